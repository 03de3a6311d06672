//! Always the same value.

use super::super::family::{Family, Given, LawFault, Parameter, ParameterKind};
use super::super::law::Law;
use super::Continuous;

pub(super) const FAMILY: Family = Family {
    name: "constant",
    doc: "always the same value",
    parameters: &[Parameter {
        name: "value",
        kind: ParameterKind::Quantity,
        doc: "the value",
    }],
    forms: &[&["value"]],
    build,
};

fn build(given: &Given) -> Result<Law, LawFault> {
    Ok(Law::constant(given.need("value")?))
}

/// All probability at one value.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::random) struct Constant(pub(in crate::random) f64);

impl Continuous for Constant {
    fn quantile(&self, _p: f64) -> f64 {
        self.0
    }
    fn up_to(&self, x: f64) -> f64 {
        f64::from(u8::from(self.0 <= x))
    }
    fn below(&self, x: f64) -> f64 {
        f64::from(u8::from(self.0 < x))
    }
    fn share(&self, a: f64, b: f64) -> f64 {
        f64::from(u8::from((a..=b).contains(&self.0)))
    }
    fn mean(&self) -> f64 {
        self.0
    }
    fn variance(&self) -> f64 {
        0.0
    }
    fn support(&self) -> (f64, f64) {
        (self.0, self.0)
    }
    fn partial_moments(&self, a: f64, b: f64) -> [f64; 2] {
        let share = self.share(a, b);
        [self.0 * share, self.0 * self.0 * share]
    }
}
