//! The exponential of a normal quantity: durations that are products of many effects.

use super::super::family::{Family, Given, LawFault, Parameter, ParameterKind};
use super::super::law::Law;
use super::super::normal::{normal_cdf, normal_quantile};
use super::{CV, Continuous, MEAN};

pub(super) const FAMILY: Family = Family {
    name: "lognormal",
    doc: "its logarithm is normal: most durations of handling and repair",
    parameters: &[
        MEAN,
        CV,
        Parameter {
            name: "median",
            kind: ParameterKind::Quantity,
            doc: "median before `min` and `max` truncate, above 0",
        },
        Parameter {
            name: "sigma",
            kind: ParameterKind::Number,
            doc: "standard deviation of the logarithm, above 0",
        },
    ],
    forms: &[&["mean", "cv"], &["median", "sigma"]],
    build,
};

fn build(given: &Given) -> Result<Law, LawFault> {
    Ok(Law::new(if given.number("mean").is_some() {
        let (mean, cv) = (given.positive("mean")?, given.positive("cv")?);
        let square = libm::log1p(cv * cv);
        Lognormal {
            mu: libm::log(mean) - 0.5 * square,
            sigma: square.sqrt(),
        }
    } else {
        Lognormal {
            mu: libm::log(given.positive("median")?),
            sigma: given.positive("sigma")?,
        }
    }))
}

/// The lognormal law by mean and standard deviation of the logarithm.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::random) struct Lognormal {
    mu: f64,
    sigma: f64,
}

impl Lognormal {
    fn score(&self, x: f64) -> f64 {
        (libm::log(x.max(0.0)) - self.mu) / self.sigma
    }

    /// The expectation of the `r`-th power.
    fn moment(&self, r: f64) -> f64 {
        libm::exp(r * self.mu + 0.5 * r * r * self.sigma * self.sigma)
    }
}

impl Continuous for Lognormal {
    fn quantile(&self, p: f64) -> f64 {
        libm::exp(self.mu + self.sigma * normal_quantile(p))
    }
    fn up_to(&self, x: f64) -> f64 {
        normal_cdf(self.score(x))
    }
    fn above(&self, x: f64) -> f64 {
        normal_cdf(-self.score(x))
    }
    fn mean(&self) -> f64 {
        self.moment(1.0)
    }
    fn variance(&self) -> f64 {
        let mean = self.mean();
        mean * mean * libm::expm1(self.sigma * self.sigma)
    }
    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }
    fn partial_moments(&self, a: f64, b: f64) -> [f64; 2] {
        let (a, b) = (self.score(a), self.score(b));
        [1.0, 2.0].map(|r| {
            let shift = r * self.sigma;
            let share = if a > shift {
                normal_cdf(shift - a) - normal_cdf(shift - b)
            } else {
                normal_cdf(b - shift) - normal_cdf(a - shift)
            };
            self.moment(r) * share
        })
    }
}
