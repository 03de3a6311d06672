//! One of given numbers.

use super::super::count::CountLaw;
use super::super::family::{CountFamily, Given, LawFault, Parameter, ParameterKind};
use super::super::law::Law;
use super::super::laws::{Empirical, weighted};

pub(super) const FAMILY: CountFamily = CountFamily {
    name: "empirical",
    doc: "one of given numbers, as observed; nothing between them",
    parameters: &[
        Parameter {
            name: "values",
            kind: ParameterKind::Quantities,
            doc: "the numbers, whole",
        },
        Parameter {
            name: "weights",
            kind: ParameterKind::Weights,
            doc: "their weights, at least 0; all alike if left out",
        },
    ],
    forms: &[&["values"]],
    build,
};

fn build(given: &Given) -> Result<CountLaw, LawFault> {
    let values = weighted(given)?;
    if let Some((value, _)) = values.iter().find(|(value, _)| *value < 0.0 || value.fract() > 0.0) {
        return Err(LawFault::of(
            "values",
            format!("values must be whole numbers of at least 0, found {value}"),
        ));
    }
    Ok(CountLaw::whole_part_of(Law::new(Empirical::new(values)?)))
}
