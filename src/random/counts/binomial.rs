//! Successes among trials.

use super::super::count::CountLaw;
use super::super::family::{CountFamily, Given, LawFault, Parameter, ParameterKind};
use super::table::CountTable;

pub(super) const FAMILY: CountFamily = CountFamily {
    name: "binomial",
    doc: "successes among `n` trials",
    parameters: &[
        Parameter {
            name: "n",
            kind: ParameterKind::Whole,
            doc: "number of trials",
        },
        Parameter {
            name: "p",
            kind: ParameterKind::Probability,
            doc: "probability of success",
        },
    ],
    forms: &[&["n", "p"]],
    build,
};

fn build(given: &Given) -> Result<CountLaw, LawFault> {
    let (n, p) = (given.whole("n", 0)?, given.need("p")?);
    if !(0.0..=1.0).contains(&p) {
        return Err(LawFault::of("p", format!("p must lie from 0 to 1, found {p}")));
    }
    if p <= 0.0 || p >= 1.0 || n == 0 {
        return Ok(CountLaw::constant(if p >= 1.0 { n } else { 0 }));
    }
    let (trials, odds) = (n as f64, p / (1.0 - p));
    let mode = (((trials + 1.0) * p) as u64).min(n);
    Ok(CountLaw::table(
        CountTable::around(mode, 0, Some(n), |k| odds * (trials - k) / (k + 1.0))?,
        Some(n),
    ))
}
