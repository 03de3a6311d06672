//! One of given values.

use std::sync::Arc;

use super::super::family::{Family, Given, LawFault, Parameter, ParameterKind};
use super::super::law::Law;
use super::{Continuous, Shape};

pub(super) const FAMILY: Family = Family {
    name: "empirical",
    doc: "one of given values, as observed; nothing between them",
    parameters: &[
        Parameter {
            name: "values",
            kind: ParameterKind::Quantities,
            doc: "the values",
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

fn build(given: &Given) -> Result<Law, LawFault> {
    Ok(Law::new(Empirical::new(weighted(given)?)?))
}

/// `values` and `weights` in pairs.
pub(in crate::random) fn weighted(given: &Given) -> Result<Vec<(f64, f64)>, LawFault> {
    let values = given.list("values").unwrap_or_default();
    let Some(weights) = given.list("weights") else {
        return Ok(values.iter().map(|&v| (v, 1.0)).collect());
    };
    check_weights(weights, values.len(), "values")?;
    Ok(values.iter().copied().zip(weights.iter().copied()).collect())
}

/// As many weights as things, none below 0, not all 0.
pub(super) fn check_weights(weights: &[f64], things: usize, name: &str) -> Result<(), LawFault> {
    if weights.len() != things {
        return Err(LawFault::of(
            "weights",
            format!("weights must be as many as {name}, found {} for {things}", weights.len()),
        ));
    }
    if let Some(weight) = weights.iter().find(|w| !(w.is_finite() && **w >= 0.0)) {
        return Err(LawFault::of("weights", format!("weights must be at least 0, found {weight}")));
    }
    Ok(())
}

/// A law of finitely many values.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::random) struct Empirical(Arc<Steps>);

#[derive(Debug, PartialEq)]
struct Steps {
    /// Ascending, all different.
    values: Vec<f64>,
    /// The probability of a value at or below the one of the same index; the last is 1.
    shares: Vec<f64>,
    /// For each of as many equal parts of the unit interval as there are values, the first index whose share reaches into it.
    guide: Vec<u32>,
}

impl Empirical {
    /// From values and weights, in any order; equal values are joined.
    pub(in crate::random) fn new(mut pairs: Vec<(f64, f64)>) -> Result<Empirical, LawFault> {
        pairs.retain(|&(_, weight)| weight > 0.0);
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
        pairs.dedup_by(|next, kept| {
            let is_same = next.0 <= kept.0;
            if is_same {
                kept.1 += next.1;
            }
            is_same
        });
        let total: f64 = pairs.iter().map(|p| p.1).sum();
        if pairs.is_empty() || !total.is_finite() {
            return Err(LawFault::of(
                "values",
                "values must hold at least one with a weight above 0, found none",
            ));
        }
        let mut sum = 0.0;
        let mut shares: Vec<f64> = pairs
            .iter()
            .map(|p| {
                sum += p.1;
                sum / total
            })
            .collect();
        if let Some(last) = shares.last_mut() {
            *last = 1.0;
        }
        let guide = super::super::counts::guide(&shares);
        Ok(Empirical(Arc::new(Steps {
            values: pairs.iter().map(|p| p.0).collect(),
            shares,
            guide,
        })))
    }

    /// Values with their probabilities.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        let steps = &*self.0;
        let before = std::iter::once(0.0).chain(steps.shares.iter().copied());
        steps
            .values
            .iter()
            .zip(&steps.shares)
            .zip(before)
            .map(|((&value, share), before)| (value, share - before))
    }
}

impl Continuous for Empirical {
    fn quantile(&self, p: f64) -> f64 {
        self.0.values[super::super::counts::find(&self.0.shares, &self.0.guide, p)]
    }
    fn up_to(&self, x: f64) -> f64 {
        match self.0.values.partition_point(|&v| v <= x) {
            0 => 0.0,
            n => self.0.shares[n - 1],
        }
    }
    fn below(&self, x: f64) -> f64 {
        match self.0.values.partition_point(|&v| v < x) {
            0 => 0.0,
            n => self.0.shares[n - 1],
        }
    }
    fn share(&self, a: f64, b: f64) -> f64 {
        self.up_to(b) - self.below(a)
    }
    fn mean(&self) -> f64 {
        self.pairs().map(|(x, p)| x * p).sum()
    }
    fn variance(&self) -> f64 {
        let mean = self.mean();
        self.pairs().map(|(x, p)| (x - mean) * (x - mean) * p).sum()
    }
    fn support(&self) -> (f64, f64) {
        let values = &self.0.values;
        (values[0], values[values.len() - 1])
    }
    fn partial_moments(&self, a: f64, b: f64) -> [f64; 2] {
        self.pairs()
            .filter(|(x, _)| (a..=b).contains(x))
            .fold([0.0; 2], |[first, second], (x, p)| [first + x * p, second + x * x * p])
    }
    fn within(&self, a: f64, b: f64) -> Option<Result<Shape, LawFault>> {
        Some(Empirical::new(self.pairs().filter(|(x, _)| (a..=b).contains(x)).collect()).map(Shape::from))
    }
}
