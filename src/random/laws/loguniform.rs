//! Every order of magnitude of a range alike.

use super::super::family::{Family, Given, LawFault};
use super::super::law::Law;
use super::{Continuous, MAX, MIN, bounds};

pub(super) const FAMILY: Family = Family {
    name: "loguniform",
    doc: "every order of magnitude of a range alike: its logarithm is uniform",
    parameters: &[MIN, MAX],
    forms: &[&["min", "max"]],
    build,
};

fn build(given: &Given) -> Result<Law, LawFault> {
    given.positive("min")?;
    let (min, max) = bounds(given)?;
    Ok(if min < max {
        Law::new(Loguniform {
            min,
            max,
            width: libm::log(max / min),
        })
    } else {
        Law::constant(min)
    })
}

/// The law whose logarithm is uniform.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::random) struct Loguniform {
    min: f64,
    max: f64,
    width: f64,
}

impl Continuous for Loguniform {
    fn quantile(&self, p: f64) -> f64 {
        self.min * libm::exp(p * self.width)
    }
    fn up_to(&self, x: f64) -> f64 {
        libm::log(x.clamp(self.min, self.max) / self.min) / self.width
    }
    fn mean(&self) -> f64 {
        self.partial_moments(self.min, self.max)[0]
    }
    fn variance(&self) -> f64 {
        let [first, second] = self.partial_moments(self.min, self.max);
        (second - first * first).max(0.0)
    }
    fn support(&self) -> (f64, f64) {
        (self.min, self.max)
    }
    fn partial_moments(&self, a: f64, b: f64) -> [f64; 2] {
        let (a, b) = (a.max(self.min), b.min(self.max));
        [(b - a) / self.width, (b - a) * (b + a) / (2.0 * self.width)]
    }
}
