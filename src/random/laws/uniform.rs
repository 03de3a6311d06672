//! Every value of a range alike.

use super::super::family::{Family, Given, LawFault};
use super::super::law::Law;
use super::{Continuous, MAX, MIN, bounds};

pub(super) const FAMILY: Family = Family {
    name: "uniform",
    doc: "every value of a range alike",
    parameters: &[MIN, MAX],
    forms: &[&["min", "max"]],
    build,
};

fn build(given: &Given) -> Result<Law, LawFault> {
    let (min, max) = bounds(given)?;
    Ok(if min < max {
        Law::new(Uniform { min, width: max - min })
    } else {
        Law::constant(min)
    })
}

/// The uniform law, its width above 0.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::random) struct Uniform {
    min: f64,
    width: f64,
}

impl Continuous for Uniform {
    fn quantile(&self, p: f64) -> f64 {
        self.min + p * self.width
    }
    fn up_to(&self, x: f64) -> f64 {
        ((x - self.min) / self.width).clamp(0.0, 1.0)
    }
    fn mean(&self) -> f64 {
        self.min + 0.5 * self.width
    }
    fn variance(&self) -> f64 {
        self.width * self.width / 12.0
    }
    fn support(&self) -> (f64, f64) {
        (self.min, self.min + self.width)
    }
    fn partial_moments(&self, a: f64, b: f64) -> [f64; 2] {
        let (a, b) = (a.max(self.min), b.min(self.min + self.width));
        [(b * b - a * a) / (2.0 * self.width), (b * b * b - a * a * a) / (3.0 * self.width)]
    }
}
