//! Inversion by a table of cumulative shares, with a guide to where to look (Chen & Asau, J. Am. Stat. Assoc. 69, 1974).

use std::sync::Arc;

use super::super::family::LawFault;
use super::super::law::LEAST_SHARE;

/// Numbers a table may hold.
const LONGEST: usize = 1 << 20;
/// Numbers this much rarer than the most likely one are left out: less than the resolution of a uniform.
const NEGLIGIBLE: f64 = 1e-20;

/// For each of `shares.len()` equal parts of the unit interval, the first index whose share reaches into it.
pub(in crate::random) fn guide(shares: &[f64]) -> Vec<u32> {
    let parts = shares.len() as f64;
    let mut index = 0;
    (0..shares.len())
        .map(|part| {
            while shares[index] < part as f64 / parts {
                index += 1;
            }
            index as u32
        })
        .collect()
}

/// The first index whose share is at least `p`; the last share is 1.
pub(in crate::random) fn find(shares: &[f64], guide: &[u32], p: f64) -> usize {
    let mut index = guide[((p * guide.len() as f64) as usize).min(guide.len() - 1)] as usize;
    while shares[index] < p {
        index += 1;
    }
    while index > 0 && shares[index - 1] >= p {
        index -= 1;
    }
    index
}

/// Consecutive numbers with their probabilities.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::random) struct CountTable(Arc<Columns>);

#[derive(Debug, PartialEq)]
struct Columns {
    first: u64,
    probabilities: Vec<f64>,
    /// The probability of a number at or below; the last is 1.
    shares: Vec<f64>,
    guide: Vec<u32>,
}

impl CountTable {
    /// From weights of consecutive numbers, not all 0.
    fn new(first: u64, mut weights: Vec<f64>) -> CountTable {
        let total: f64 = weights.iter().sum();
        for weight in &mut weights {
            *weight /= total;
        }
        let mut sum = 0.0;
        let mut shares: Vec<f64> = weights
            .iter()
            .map(|p| {
                sum += p;
                f64::min(sum, 1.0)
            })
            .collect();
        if let Some(last) = shares.last_mut() {
            *last = 1.0;
        }
        let guide = guide(&shares);
        CountTable(Arc::new(Columns {
            first,
            probabilities: weights,
            shares,
            guide,
        }))
    }

    /// Outwards from the most likely number: `ratio(n)` is the probability of n + 1 divided by that of n.
    pub(super) fn around(mode: u64, least: u64, greatest: Option<u64>, ratio: impl Fn(f64) -> f64) -> Result<CountTable, LawFault> {
        let mut weights = Vec::new();
        let (mut weight, mut number) = (1.0, mode);
        while number > least && weight > NEGLIGIBLE && weights.len() <= LONGEST {
            number -= 1;
            weight /= ratio(number as f64);
            weights.push(weight);
        }
        let first = number;
        weights.reverse();
        weights.push(1.0);
        (weight, number) = (1.0, mode);
        while greatest.is_none_or(|greatest| number < greatest) && weight > NEGLIGIBLE && weights.len() <= LONGEST {
            weight *= ratio(number as f64);
            number += 1;
            weights.push(weight);
        }
        if weights.len() > LONGEST {
            return Err(LawFault::whole(format!(
                "the law spreads over more than {LONGEST} numbers; a continuous law may state the count"
            )));
        }
        Ok(CountTable::new(first, weights))
    }

    pub(in crate::random) fn quantile(&self, u: f64) -> u64 {
        let columns = &*self.0;
        columns.first + find(&columns.shares, &columns.guide, u) as u64
    }

    pub(in crate::random) fn first(&self) -> u64 {
        self.0.first
    }

    pub(in crate::random) fn last(&self) -> u64 {
        self.0.first + self.0.shares.len() as u64 - 1
    }

    /// Expectation and variance.
    pub(in crate::random) fn moments(&self) -> (f64, f64) {
        let sum = |term: &dyn Fn(f64) -> f64| {
            self.0
                .probabilities
                .iter()
                .enumerate()
                .map(|(i, p)| p * term(i as f64))
                .sum::<f64>()
        };
        let beyond = sum(&|i| i);
        (self.0.first as f64 + beyond, sum(&|i| (i - beyond) * (i - beyond)))
    }

    /// The table from `from` to `to`.
    pub(in crate::random) fn within(&self, from: Option<u64>, to: Option<u64>) -> Result<CountTable, LawFault> {
        let columns = &*self.0;
        let from = from.map_or(self.first(), |from| from.max(self.first()));
        let to = to.map_or(self.last(), |to| to.min(self.last()));
        let kept = if from <= to {
            &columns.probabilities[(from - columns.first) as usize..=(to - columns.first) as usize]
        } else {
            &[]
        };
        if kept.iter().sum::<f64>() < LEAST_SHARE {
            return Err(LawFault::whole(
                "min and max leave no probability: almost all of the law lies outside".to_string(),
            ));
        }
        Ok(CountTable::new(from, kept.to_vec()))
    }
}
