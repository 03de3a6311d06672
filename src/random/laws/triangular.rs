//! Least, most likely and greatest value, with straight lines between.

use super::super::family::{Family, Given, LawFault};
use super::super::law::Law;
use super::{Continuous, MAX, MIN, MODE, bounds_and_mode};

pub(super) const FAMILY: Family = Family {
    name: "triangular",
    doc: "an expert's least, most likely and greatest value, straight lines between",
    parameters: &[MIN, MODE, MAX],
    forms: &[&["min", "mode", "max"]],
    build,
};

fn build(given: &Given) -> Result<Law, LawFault> {
    let (min, mode, max) = bounds_and_mode(given)?;
    Ok(if min < max {
        Law::new(Triangular {
            min,
            mode,
            max,
            below_mode: (mode - min) / (max - min),
        })
    } else {
        Law::constant(min)
    })
}

/// The triangular law, `min` below `max`.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::random) struct Triangular {
    min: f64,
    mode: f64,
    max: f64,
    below_mode: f64,
}

impl Continuous for Triangular {
    fn quantile(&self, p: f64) -> f64 {
        let width = self.max - self.min;
        if p < self.below_mode {
            self.min + (p * width * (self.mode - self.min)).sqrt()
        } else {
            self.max - ((1.0 - p) * width * (self.max - self.mode)).sqrt()
        }
    }
    fn up_to(&self, x: f64) -> f64 {
        1.0 - self.above(x)
    }
    fn above(&self, x: f64) -> f64 {
        let x = x.clamp(self.min, self.max);
        let width = self.max - self.min;
        if x < self.mode {
            1.0 - (x - self.min) * (x - self.min) / (width * (self.mode - self.min))
        } else if x < self.max {
            (self.max - x) * (self.max - x) / (width * (self.max - self.mode))
        } else {
            0.0
        }
    }
    fn mean(&self) -> f64 {
        (self.min + self.mode + self.max) / 3.0
    }
    fn variance(&self) -> f64 {
        let (a, b, c) = (self.mode - self.min, self.max - self.mode, self.max - self.min);
        (a * a + b * b + c * c) / 36.0
    }
    fn support(&self) -> (f64, f64) {
        (self.min, self.max)
    }
    fn partial_moments(&self, a: f64, b: f64) -> [f64; 2] {
        let width = self.max - self.min;
        // The integral of xʳ times a density that is straight from 0 at `foot` to its height at the mode.
        let side = |foot: f64, from: f64, to: f64, r: i32| {
            let slope = 2.0 / (width * (self.mode - foot).abs());
            let power = |x: f64, n: i32| (0..n).fold(1.0, |product, _| product * x);
            let primitive = |x: f64| power(x, r + 2) / f64::from(r + 2) - foot * power(x, r + 1) / f64::from(r + 1);
            if from < to {
                slope * (primitive(to) - primitive(from)).abs()
            } else {
                0.0
            }
        };
        [1, 2].map(|r| side(self.min, a.max(self.min), b.min(self.mode), r) + side(self.max, a.max(self.mode), b.min(self.max), r))
    }
}
