//! Trials up to the first success.

use super::super::count::CountLaw;
use super::super::family::{CountFamily, Given, LawFault, Parameter, ParameterKind};
use super::super::law::LEAST_SHARE;
use super::table::CountTable;

pub(super) const FAMILY: CountFamily = CountFamily {
    name: "geometric",
    doc: "trials up to the first success: 1, 2, …",
    parameters: &[Parameter {
        name: "mean",
        kind: ParameterKind::Quantity,
        doc: "expectation before `plus`, `min` and `max`, at least 1",
    }],
    forms: &[&["mean"]],
    build,
};

fn build(given: &Given) -> Result<CountLaw, LawFault> {
    let mean = given.need("mean")?;
    if mean < 1.0 {
        return Err(LawFault::of("mean", format!("mean must be at least 1, found {mean}")));
    }
    if mean <= 1.0 {
        return Ok(CountLaw::constant(1));
    }
    Ok(CountLaw::geometric(Geometric {
        first: 1,
        mean,
        log_failure: libm::log1p(-1.0 / mean),
    }))
}

/// The geometric law, moved to begin at `first`.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::random) struct Geometric {
    first: u64,
    /// Of the law that begins at 1.
    mean: f64,
    log_failure: f64,
}

impl Geometric {
    pub(in crate::random) fn quantile(&self, u: f64) -> u64 {
        let trials = (libm::log1p(-u) / self.log_failure).ceil().max(1.0);
        self.first.saturating_add(trials as u64 - 1)
    }

    pub(in crate::random) fn first(&self) -> u64 {
        self.first
    }

    pub(in crate::random) fn mean(&self) -> f64 {
        self.first as f64 - 1.0 + self.mean
    }

    pub(in crate::random) fn variance(&self) -> f64 {
        self.mean * (self.mean - 1.0)
    }

    /// Without memory, a least number only moves the law; a greatest one makes it a table.
    pub(in crate::random) fn within(&self, from: Option<u64>, to: Option<u64>) -> Result<CountLaw, LawFault> {
        let first = from.unwrap_or(self.first).max(self.first);
        let beyond = (first - self.first) as f64;
        if libm::exp(self.log_failure * beyond) < LEAST_SHARE {
            return Err(LawFault::of(
                "min",
                format!("min leaves no probability: the law lies below {first}"),
            ));
        }
        let Some(last) = to else {
            return Ok(CountLaw::geometric(Geometric { first, ..self.clone() }));
        };
        let failure = 1.0 - 1.0 / self.mean;
        Ok(CountLaw::table(
            CountTable::around(first, first, Some(last), |_| failure)?,
            Some(last),
        ))
    }
}
