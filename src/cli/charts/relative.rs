//! By how much the means of two samples that belong together differ, as a share of the one, in words.

use super::super::numbers::{decimals, fixed};
use crate::stats;

/// By how much the mean of one lies above that of another, as a share of the latter, with its interval: replication by replication, since all
/// stand on the same random numbers.
pub(super) struct Difference {
    pub(super) share: f64,
    pub(super) lower: f64,
    pub(super) upper: f64,
}

impl Difference {
    /// None where the base delivers nothing. Of a single replication there is no interval.
    pub(super) fn of(base: &[f64], other: &[f64], confidence: f64) -> Option<Difference> {
        let mean = stats::mean(base);
        if base.len() != other.len() || mean.is_nan() || mean <= 0.0 {
            return None;
        }
        let share = stats::mean(other) / mean - 1.0;
        // The ratio of two means by linearisation: its error is that of the mean of `other - ratio * base`.
        let expected: Vec<f64> = base.iter().map(|tonnes| tonnes * (1.0 + share)).collect();
        let test = stats::paired_t(other, &expected, confidence);
        Some(Difference {
            share,
            lower: share + test.lower / mean,
            upper: share + test.upper / mean,
        })
    }

    pub(super) fn in_words(&self) -> String {
        format!("{} % {}", self.signless(), if self.share < 0.0 { "less" } else { "more" })
    }

    /// Whether both are the same in every replication.
    pub(super) fn is_nothing(&self) -> bool {
        [self.share, self.lower, self.upper].iter().all(|x| x.abs() <= 0.0)
    }

    fn signless(&self) -> String {
        fixed(self.share.abs() * 100.0, self.decimals())
    }

    pub(super) fn interval(&self) -> String {
        let end = |value: f64| {
            let told = fixed(value * 100.0, self.decimals());
            if value > 0.0 { format!("+{told}") } else { told }
        };
        format!("{} to {} %", end(self.lower), end(self.upper))
    }

    fn decimals(&self) -> usize {
        // One digit of the half-width; without an interval one decimal.
        let half_width = (self.upper - self.lower) * 50.0;
        if half_width.is_nan() {
            return 1;
        }
        let own = decimals(self.share * 100.0, half_width * 10.0, 3).max(1);
        // What is surely not 0 is not told as 0.
        let is_sure = self.lower > 0.0 || self.upper < 0.0;
        let vanishes = |decimals: &usize| {
            let told = [self.lower, self.upper].map(|x| fixed(x.abs() * 100.0, *decimals));
            is_sure && told.contains(&fixed(0.0, *decimals))
        };
        (own..own + 3).find(|decimals| !vanishes(decimals)).unwrap_or(own)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sure_difference_keeps_the_digits_that_show_it() {
        let found = Difference {
            share: 0.0102,
            lower: 0.0002,
            upper: 0.0202,
        };
        assert_eq!(found.interval(), "+0.02 to +2.02 %");
    }
}
