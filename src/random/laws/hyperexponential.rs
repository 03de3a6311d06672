//! Two kinds of thing, one quick and one slow.

use std::sync::Arc;

use super::super::family::{Family, Given, LawFault, Parameter};
use super::super::law::Law;
use super::super::probit::{LogLaw, ProbitTable};
use super::super::remembered::Remembered;
use super::exponential::Exponential;
use super::{CV, Continuous, MEAN};

pub(super) const FAMILY: Family = Family {
    name: "hyperexponential",
    doc: "one of two exponential laws, quick or slow, each with half of the mean (balanced means): more variable than exponential",
    parameters: &[
        MEAN,
        Parameter {
            doc: "standard deviation divided by mean, before truncation, at least 1",
            ..CV
        },
    ],
    forms: &[&["mean", "cv"]],
    build,
};

/// By shares and means.
static TABLES: Remembered<Branches, Arc<ProbitTable>> = Remembered::new();

fn build(given: &Given) -> Result<Law, LawFault> {
    let (mean, cv) = (given.positive("mean")?, given.need("cv")?);
    if cv < 1.0 {
        return Err(LawFault::of("cv", format!("cv must be at least 1, found {cv}")));
    }
    if cv > 1e4 {
        return Err(LawFault::of("cv", format!("cv must be at most 10000, found {cv}")));
    }
    let square = cv * cv;
    let slow = 1.0 / ((square + 1.0) * (1.0 + ((square - 1.0) / (square + 1.0)).sqrt()));
    let branches = Branches([1.0 - slow, slow].map(|share| (share, Exponential { mean: 0.5 * mean / share })));
    let table = TABLES.get(branches.clone(), |branches| Arc::new(ProbitTable::new(branches)));
    Ok(Law::new(Hyperexponential { branches, table }))
}

/// Shares and laws.
#[derive(Clone, Debug, PartialEq)]
struct Branches([(f64, Exponential); 2]);

impl Branches {
    fn sum(&self, term: impl Fn(&Exponential) -> f64) -> f64 {
        self.0.iter().map(|(share, law)| share * term(law)).sum()
    }
}

impl LogLaw for Branches {
    fn log_tails(&self, t: f64) -> [f64; 2] {
        let x = libm::exp(t);
        let lower = libm::log(self.sum(|law| law.up_to(x)));
        // Of the upper tail the slow branch alone is left in the end, where its share would underflow.
        let upper = libm::log(self.sum(|law| law.above(x)));
        [lower, upper]
    }
    fn log_density(&self, t: f64) -> f64 {
        t + libm::log(self.sum(|law| libm::exp(-libm::exp(t) / law.mean) / law.mean))
    }
    fn middle(&self) -> f64 {
        libm::log(self.0[0].1.mean)
    }
}

/// The hyperexponential law, its quantile tabulated.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::random) struct Hyperexponential {
    branches: Branches,
    table: Arc<ProbitTable>,
}

impl Continuous for Hyperexponential {
    fn quantile(&self, p: f64) -> f64 {
        libm::exp(self.table.at_share(p))
    }
    fn up_to(&self, x: f64) -> f64 {
        self.branches.sum(|law| law.up_to(x))
    }
    fn above(&self, x: f64) -> f64 {
        self.branches.sum(|law| law.above(x))
    }
    fn mean(&self) -> f64 {
        self.branches.sum(Exponential::mean)
    }
    fn variance(&self) -> f64 {
        let mean = self.mean();
        self.branches.sum(|law| 2.0 * law.mean * law.mean) - mean * mean
    }
    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }
    fn partial_moments(&self, a: f64, b: f64) -> [f64; 2] {
        [0, 1].map(|r| self.branches.sum(|law| law.partial_moments(a, b)[r]))
    }
}
