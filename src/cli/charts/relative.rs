//! By how much the means of two samples that belong together differ, as a share of the one, in words.

use super::place::{Place, exact};
use crate::stats::{self, Estimate};

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
        let share = self.percent().value.abs();
        let told = if self.varies() { self.place().told(share) } else { exact(share) };
        format!("{told} % {}", if self.share < 0.0 { "less" } else { "more" })
    }

    /// Whether both are the same in every replication, but for rounding.
    pub(super) fn is_nothing(&self) -> bool {
        [self.share, self.lower, self.upper].iter().all(|x| x.abs() <= 1e-12)
    }

    /// Whether it is not the same in every replication, but for rounding; nobody knows of a single one.
    pub(super) fn varies(&self) -> bool {
        self.upper - self.lower > 1e-12
    }

    pub(super) fn interval(&self) -> String {
        let end = |value: f64| {
            let told = self.place().told(value);
            if value > 0.0 { format!("+{told}") } else { told }
        };
        let of = self.percent();
        format!("{} to {} %", end(of.lower), end(of.upper))
    }

    /// What is surely not 0 is not told as 0.
    fn place(&self) -> Place {
        let of = self.percent();
        Place::of(&of).off_zero(of.lower, of.upper)
    }

    fn percent(&self) -> Estimate {
        let (value, lower, upper) = (self.share, self.lower, self.upper);
        Estimate { value, lower, upper }.times(100.0)
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
        assert_eq!(found.in_words(), "1.02 % more");
    }
}
