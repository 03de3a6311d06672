//! Estimates with their intervals as titles tell them: of one alternative, and from the least of several to the greatest.

use super::super::numbers::{fixed, plain_percent, whole};
use super::lead::with_unit;
use super::rounded;
use crate::stats::{Estimate, MeanInterval};

/// How estimates of one quantity are told.
#[derive(Clone, Copy, Debug)]
pub(super) struct Telling<'a> {
    /// The unit behind a number; may be empty.
    pub(super) unit: &'a str,
    /// Of the intervals.
    pub(super) confidence: f64,
}

impl Telling<'_> {
    /// The value with its unit, and its interval: `18.3 t` and `95 % interval 17.0 to 19.6 t`. No interval of one replication, or where all are the same.
    pub(super) fn parts(self, of: Estimate) -> (String, Option<String>) {
        let half = (of.upper - of.lower) / 2.0;
        if half.is_nan() || half <= 0.0 {
            return (with_unit(&rounded(of.value, of.value), self.unit), None);
        }
        let number = |value: f64| to_the_size_of(value, half / 2.0);
        let interval = format!(
            "{} interval {} to {}",
            plain_percent(self.confidence),
            number(of.lower),
            with_unit(&number(of.upper), self.unit)
        );
        (with_unit(&number(of.value), self.unit), Some(interval))
    }

    /// What alternatives have, after what it is: `: 690 (a, 95 % interval 680 to 700), 688 (b, …)` of up to two,
    /// `, of 4 alternatives: from 500 (b, …) to 900 (c, …)` of more. Values that are no numbers are left out.
    pub(super) fn from_least_to_most(self, of: &[(&str, Estimate)]) -> String {
        let found: Vec<&(&str, Estimate)> = of.iter().filter(|(_, estimate)| estimate.value.is_finite()).collect();
        let order = |a: &&&(&str, Estimate), b: &&&(&str, Estimate)| a.1.value.total_cmp(&b.1.value);
        let Some((least, most)) = found.iter().min_by(order).zip(found.iter().max_by(order)) else {
            return String::new();
        };
        let told = |(name, estimate): &(&str, Estimate)| match self.parts(*estimate) {
            (value, Some(interval)) => format!("{value} ({name}, {interval})"),
            (value, None) => format!("{value} ({name})"),
        };
        if found.len() <= 2 {
            let all: Vec<String> = found.iter().map(|one| told(one)).collect();
            format!(": {}", all.join(", "))
        } else {
            let count = whole(found.len() as f64);
            format!(", of {count} alternatives: from {} to {}", told(least), told(most))
        }
    }
}

/// A number to the digit of the size of another, which is above 0.
fn to_the_size_of(value: f64, size: f64) -> String {
    let digit = libm::floor(libm::log10(size));
    if digit < 0.0 {
        fixed(value, -digit as usize)
    } else {
        let unit = libm::exp10(digit);
        whole((value / unit).round() * unit)
    }
}

/// The mean and its interval.
pub(super) fn of_mean(found: MeanInterval) -> Estimate {
    Estimate {
        value: found.mean,
        lower: found.lower,
        upper: found.upper,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TONNES: Telling = Telling {
        unit: "t",
        confidence: 0.95,
    };

    fn estimate(value: f64, half: f64) -> Estimate {
        Estimate {
            value,
            lower: value - half,
            upper: value + half,
        }
    }

    #[test]
    fn a_value_has_the_digits_that_its_interval_lets_it_have() {
        let told = |value: &str, interval: &str| (value.to_owned(), Some(interval.to_owned()));
        assert_eq!(TONNES.parts(estimate(468.24, 3.14)), told("468 t", "95 % interval 465 to 471 t"));
        assert_eq!(
            TONNES.parts(estimate(46_824.0, 314.0)),
            told("46,800 t", "95 % interval 46,500 to 47,100 t")
        );
        assert_eq!(
            TONNES.parts(estimate(0.732, 0.006)),
            told("0.732 t", "95 % interval 0.726 to 0.738 t")
        );
        assert_eq!(TONNES.parts(Estimate::alone(468.24)), ("470 t".to_owned(), None));
        assert_eq!(TONNES.parts(estimate(5.0, 0.0)), ("5.0 t".to_owned(), None));
    }

    #[test]
    fn the_least_and_the_most_of_several_are_told_each_with_its_interval() {
        let of = [
            ("a", estimate(690.0, 20.0)),
            ("b", estimate(500.0, 20.0)),
            ("c", estimate(900.0, 20.0)),
        ];
        assert_eq!(
            TONNES.from_least_to_most(&of),
            ", of 3 alternatives: from 500 t (b, 95 % interval 480 to 520 t) to 900 t (c, 95 % interval 880 to 920 t)"
        );
        assert_eq!(
            TONNES.from_least_to_most(&[("a", Estimate::NONE), of[1]]),
            ": 500 t (b, 95 % interval 480 to 520 t)"
        );
        assert_eq!(TONNES.from_least_to_most(&[("a", Estimate::NONE)]), "");
    }
}
