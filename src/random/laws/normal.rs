//! The normal law, cut at 0.

use super::super::family::{Family, Given, LawFault, Parameter, ParameterKind};
use super::super::law::Law;
use super::super::normal::{normal_cdf, normal_density, normal_quantile};
use super::Continuous;

pub(super) const FAMILY: Family = Family {
    name: "normal",
    doc: "the bell curve, cut at 0 (truncated, so its mean is above `mean`)",
    parameters: &[
        Parameter {
            name: "mean",
            kind: ParameterKind::Quantity,
            doc: "expectation before the cut at 0",
        },
        Parameter {
            name: "sd",
            kind: ParameterKind::Quantity,
            doc: "standard deviation before the cut at 0, above 0",
        },
    ],
    forms: &[&["mean", "sd"]],
    build,
};

fn build(given: &Given) -> Result<Law, LawFault> {
    let (mean, sd) = (given.need("mean")?, given.positive("sd")?);
    Law::new(Normal { mean, sd }).truncated(Some(0.0), None).map_err(|_| {
        LawFault::of(
            "mean",
            format!("mean must leave some probability above 0, found {mean} with sd {sd}"),
        )
    })
}

/// The normal law, uncut.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::random) struct Normal {
    mean: f64,
    sd: f64,
}

impl Normal {
    fn score(&self, x: f64) -> f64 {
        (x - self.mean) / self.sd
    }
}

impl Continuous for Normal {
    fn quantile(&self, p: f64) -> f64 {
        self.mean + self.sd * normal_quantile(p)
    }
    fn up_to(&self, x: f64) -> f64 {
        normal_cdf(self.score(x))
    }
    fn above(&self, x: f64) -> f64 {
        normal_cdf(-self.score(x))
    }
    fn mean(&self) -> f64 {
        self.mean
    }
    fn variance(&self) -> f64 {
        self.sd * self.sd
    }
    fn support(&self) -> (f64, f64) {
        (f64::NEG_INFINITY, f64::INFINITY)
    }
    fn partial_moments(&self, a: f64, b: f64) -> [f64; 2] {
        let share = self.share(a, b);
        let (a, b) = (self.score(a), self.score(b));
        // Of the standard scores: the integrals of z and z², an infinite bound adding nothing.
        let edge = |z: f64| if z.is_finite() { z * normal_density(z) } else { 0.0 };
        let (first, second) = (normal_density(a) - normal_density(b), share + edge(a) - edge(b));
        [
            self.mean * share + self.sd * first,
            self.mean * self.mean * share + 2.0 * self.mean * self.sd * first + self.sd * self.sd * second,
        ]
    }
}
