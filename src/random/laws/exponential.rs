//! Waiting for what may come at any moment.

use super::super::family::{Family, Given, LawFault};
use super::super::law::Law;
use super::super::special::gamma_share;
use super::{Continuous, MEAN};

pub(super) const FAMILY: Family = Family {
    name: "exponential",
    doc: "memoryless: the gaps of a Poisson process",
    parameters: &[MEAN],
    forms: &[&["mean"]],
    build,
};

fn build(given: &Given) -> Result<Law, LawFault> {
    Ok(Law::new(Exponential {
        mean: given.positive("mean")?,
    }))
}

/// The exponential law.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::random) struct Exponential {
    pub(super) mean: f64,
}

impl Continuous for Exponential {
    fn quantile(&self, p: f64) -> f64 {
        -self.mean * libm::log1p(-p)
    }
    fn up_to(&self, x: f64) -> f64 {
        -libm::expm1(-x.max(0.0) / self.mean)
    }
    fn above(&self, x: f64) -> f64 {
        libm::exp(-x.max(0.0) / self.mean)
    }
    fn mean(&self) -> f64 {
        self.mean
    }
    fn variance(&self) -> f64 {
        self.mean * self.mean
    }
    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }
    fn partial_moments(&self, a: f64, b: f64) -> [f64; 2] {
        let m = self.mean;
        [m * gamma_share(2.0, a / m, b / m), 2.0 * m * m * gamma_share(3.0, a / m, b / m)]
    }
}
