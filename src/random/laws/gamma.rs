//! Gamma and Erlang laws: sums of exponential phases.

use std::sync::Arc;

use super::super::family::{Family, Given, LawFault, Parameter, ParameterKind};
use super::super::law::Law;
use super::super::probit::{LogLaw, ProbitTable};
use super::super::remembered::Remembered;
use super::super::special::{gamma_share, log_gamma_density, log_gamma_tails};
use super::{CV, Continuous, MEAN};

pub(super) const FAMILY: Family = Family {
    name: "gamma",
    doc: "between exponential and normal: sums of waiting times",
    parameters: &[MEAN, CV],
    forms: &[&["mean", "cv"]],
    build: |given| {
        let (mean, cv) = (given.positive("mean")?, given.positive("cv")?);
        law(mean, 1.0 / (cv * cv), "cv")
    },
};

pub(super) const ERLANG: Family = Family {
    name: "erlang",
    doc: "the sum of `k` equal exponential phases",
    parameters: &[
        MEAN,
        Parameter {
            name: "k",
            kind: ParameterKind::Whole,
            doc: "number of phases, at least 1",
        },
    ],
    forms: &[&["mean", "k"]],
    build: erlang,
};

fn erlang(given: &Given) -> Result<Law, LawFault> {
    let (mean, k) = (given.positive("mean")?, given.whole("k", 1)?);
    law(mean, k as f64, "k")
}

/// The shapes for which the table is right to its tolerance.
const SHAPES: [f64; 2] = [1e-4, 1e10];

/// By shape.
static TABLES: Remembered<f64, Arc<ProbitTable>> = Remembered::new();

fn law(mean: f64, shape: f64, parameter: &'static str) -> Result<Law, LawFault> {
    if !(SHAPES[0]..=SHAPES[1]).contains(&shape) {
        return Err(LawFault::of(
            parameter,
            format!("{parameter} must give a shape from 0.0001 to 1e10, found shape {shape}"),
        ));
    }
    let table = TABLES.get(shape, |shape| Arc::new(ProbitTable::new(&Unit { shape: *shape })));
    Ok(Law::new(Gamma {
        shape,
        scale: mean / shape,
        table,
    }))
}

/// The gamma law of scale 1.
struct Unit {
    shape: f64,
}

impl LogLaw for Unit {
    fn log_tails(&self, t: f64) -> [f64; 2] {
        log_gamma_tails(self.shape, t)
    }
    fn log_density(&self, t: f64) -> f64 {
        log_gamma_density(self.shape, t)
    }
    fn middle(&self) -> f64 {
        libm::log(self.shape)
    }
}

/// The gamma law, its quantile tabulated.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::random) struct Gamma {
    shape: f64,
    scale: f64,
    table: Arc<ProbitTable>,
}

impl Gamma {
    fn tails(&self, x: f64) -> [f64; 2] {
        log_gamma_tails(self.shape, libm::log(x.max(0.0) / self.scale)).map(libm::exp)
    }
}

impl Continuous for Gamma {
    fn quantile(&self, p: f64) -> f64 {
        self.scale * libm::exp(self.table.at_share(p))
    }
    fn up_to(&self, x: f64) -> f64 {
        self.tails(x)[0]
    }
    fn above(&self, x: f64) -> f64 {
        self.tails(x)[1]
    }
    fn mean(&self) -> f64 {
        self.shape * self.scale
    }
    fn variance(&self) -> f64 {
        self.shape * self.scale * self.scale
    }
    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }
    fn partial_moments(&self, a: f64, b: f64) -> [f64; 2] {
        let (k, a, b) = (self.shape, a / self.scale, b / self.scale);
        [
            self.mean() * gamma_share(k + 1.0, a, b),
            self.mean() * (k + 1.0) * self.scale * gamma_share(k + 2.0, a, b),
        ]
    }
}
