//! Poisson counts, and those of them that are not 0.

use super::super::count::CountLaw;
use super::super::family::{CountFamily, Given, LawFault, Parameter, ParameterKind};
use super::super::special::root_of_falling;
use super::MEAN;
use super::table::CountTable;

pub(super) const FAMILY: CountFamily = CountFamily {
    name: "poisson",
    doc: "how many of many independent things happen",
    parameters: &[MEAN],
    forms: &[&["mean"]],
    build: poisson,
};

pub(super) const POSITIVE: CountFamily = CountFamily {
    name: "poisson_positive",
    doc: "a Poisson count that is not 0",
    parameters: &[Parameter {
        name: "mean",
        kind: ParameterKind::Quantity,
        doc: "expectation of the law as drawn, above 1",
    }],
    forms: &[&["mean"]],
    build: positive,
};

fn poisson(given: &Given) -> Result<CountLaw, LawFault> {
    let mean = given.need("mean")?;
    if mean < 0.0 {
        return Err(LawFault::of("mean", format!("mean must be at least 0, found {mean}")));
    }
    if mean <= 0.0 {
        return Ok(CountLaw::constant(0));
    }
    Ok(CountLaw::table(table(mean, 0)?, None))
}

fn positive(given: &Given) -> Result<CountLaw, LawFault> {
    let mean = given.need("mean")?;
    if mean <= 1.0 {
        return Err(LawFault::of("mean", format!("poisson_positive needs a mean above 1, found {mean}")));
    }
    Ok(CountLaw::table(table(underlying(mean), 1)?, None))
}

/// The mean of the Poisson law whose positive counts have this mean: λ / (1 - e⁻λ) = mean.
fn underlying(mean: f64) -> f64 {
    root_of_falling(|lambda| mean - lambda / -libm::expm1(-lambda), f64::MIN_POSITIVE, mean)
}

fn table(mean: f64, least: u64) -> Result<CountTable, LawFault> {
    CountTable::around((mean as u64).max(least), least, None, |n| mean / (n + 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_positive_law_of_mean_2_has_the_known_underlying_mean() {
        assert!((underlying(2.0) - 1.593_624_260_040_04).abs() < 1e-12);
    }
}
