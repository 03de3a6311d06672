//! Counts more variable than Poisson's.

use super::super::count::CountLaw;
use super::super::family::{CountFamily, Given, LawFault, Parameter, ParameterKind};
use super::MEAN;
use super::table::CountTable;

pub(super) const FAMILY: CountFamily = CountFamily {
    name: "negative_binomial",
    doc: "a Poisson count whose mean varies by a gamma law: variance mean + mean²/k",
    parameters: &[
        MEAN,
        Parameter {
            name: "k",
            kind: ParameterKind::Number,
            doc: "the smaller, the more variable; above 0",
        },
    ],
    forms: &[&["mean", "k"]],
    build,
};

fn build(given: &Given) -> Result<CountLaw, LawFault> {
    let (mean, k) = (given.positive("mean")?, given.positive("k")?);
    let growth = mean / (mean + k);
    let mode = if k > 1.0 { (mean * (k - 1.0) / k) as u64 } else { 0 };
    Ok(CountLaw::table(
        CountTable::around(mode, 0, None, |n| growth * (n + k) / (n + 1.0))?,
        None,
    ))
}
