//! Every number of a range alike.

use super::super::count::CountLaw;
use super::super::family::{CountFamily, Given, LawFault, Parameter, ParameterKind};

pub(super) const FAMILY: CountFamily = CountFamily {
    name: "uniform",
    doc: "every number of a range alike",
    parameters: &[
        Parameter {
            name: "min",
            kind: ParameterKind::Whole,
            doc: "least number",
        },
        Parameter {
            name: "max",
            kind: ParameterKind::Whole,
            doc: "greatest number, included",
        },
    ],
    forms: &[&["min", "max"]],
    build,
};

fn build(given: &Given) -> Result<CountLaw, LawFault> {
    let (min, max) = (given.whole("min", 0)?, given.whole("max", 0)?);
    if min > max {
        return Err(LawFault::of("min", format!("min must be at or below max, found {min} above {max}")));
    }
    Ok(CountLaw::range(min, max))
}
