//! Always the same number.

use super::super::count::CountLaw;
use super::super::family::{CountFamily, Parameter, ParameterKind};

pub(super) const FAMILY: CountFamily = CountFamily {
    name: "constant",
    doc: "always the same number",
    parameters: &[Parameter {
        name: "value",
        kind: ParameterKind::Whole,
        doc: "the number",
    }],
    forms: &[&["value"]],
    build: |given| Ok(CountLaw::constant(given.whole("value", 0)?)),
};
