//! Least, most likely and greatest value, with a smooth curve between.

use std::sync::Arc;

use super::super::family::{Family, Given, LawFault};
use super::super::law::Law;
use super::super::probit::{LogLaw, ProbitTable};
use super::super::remembered::Remembered;
use super::super::special::{log_beta_density, log_beta_tails, logistic};
use super::{Continuous, MAX, MIN, MODE, bounds_and_mode};

pub(super) const FAMILY: Family = Family {
    name: "pert",
    doc: "an expert's least, most likely and greatest value, a smooth curve between: a beta law with mean (min + 4 mode + max) / 6",
    parameters: &[MIN, MODE, MAX],
    forms: &[&["min", "mode", "max"]],
    build,
};

/// The weight of the mode in the mean.
const LAMBDA: f64 = 4.0;

/// By both shapes.
static TABLES: Remembered<[f64; 2], Arc<ProbitTable>> = Remembered::new();

fn build(given: &Given) -> Result<Law, LawFault> {
    let (min, mode, max) = bounds_and_mode(given)?;
    if min >= max {
        return Ok(Law::constant(min));
    }
    let width = max - min;
    let (a, b) = (1.0 + LAMBDA * (mode - min) / width, 1.0 + LAMBDA * (max - mode) / width);
    let table = TABLES.get([a, b], |&[a, b]| Arc::new(ProbitTable::new(&Unit { a, b })));
    Ok(Law::new(Pert { min, width, a, b, table }))
}

/// The beta law on the unit interval, seen through the logarithm of the odds.
struct Unit {
    a: f64,
    b: f64,
}

impl LogLaw for Unit {
    fn log_tails(&self, t: f64) -> [f64; 2] {
        log_beta_tails(self.a, self.b, t)
    }
    fn log_density(&self, t: f64) -> f64 {
        log_beta_density(self.a, self.b, t)
    }
    fn middle(&self) -> f64 {
        libm::log(self.a / self.b)
    }
}

/// The PERT law, `width` above 0.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::random) struct Pert {
    min: f64,
    width: f64,
    a: f64,
    b: f64,
    table: Arc<ProbitTable>,
}

impl Pert {
    fn tails(&self, a: f64, b: f64, x: f64) -> [f64; 2] {
        let y = ((x - self.min) / self.width).clamp(0.0, 1.0);
        log_beta_tails(a, b, libm::log(y / (1.0 - y))).map(libm::exp)
    }
}

impl Continuous for Pert {
    fn quantile(&self, p: f64) -> f64 {
        self.min + self.width * logistic(self.table.at_share(p))
    }
    fn up_to(&self, x: f64) -> f64 {
        self.tails(self.a, self.b, x)[0]
    }
    fn above(&self, x: f64) -> f64 {
        self.tails(self.a, self.b, x)[1]
    }
    fn mean(&self) -> f64 {
        self.min + self.width * self.a / (self.a + self.b)
    }
    fn variance(&self) -> f64 {
        let sum = self.a + self.b;
        self.width * self.width * self.a * self.b / (sum * sum * (sum + 1.0))
    }
    fn support(&self) -> (f64, f64) {
        (self.min, self.min + self.width)
    }
    fn partial_moments(&self, from: f64, to: f64) -> [f64; 2] {
        let (a, b, sum) = (self.a, self.b, self.a + self.b);
        // Integrals of yʳ over the beta law are shares of beta laws with a larger first exponent.
        let share = |extra: f64| self.tails(a + extra, b, to)[0] - self.tails(a + extra, b, from)[0];
        let (zeroth, first, second) = (share(0.0), share(1.0) * a / sum, share(2.0) * a * (a + 1.0) / (sum * (sum + 1.0)));
        let (m, w) = (self.min, self.width);
        [m * zeroth + w * first, m * m * zeroth + 2.0 * m * w * first + w * w * second]
    }
}
