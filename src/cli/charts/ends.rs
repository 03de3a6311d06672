//! Estimates with their intervals as titles tell them: of one alternative, and from the least of several to the greatest.

use super::super::numbers::{fixed, plain_percent, whole};
use super::lead::with_unit;
use super::rounded;
use crate::stats::{self, Estimate, MeanInterval};

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

    /// What alternatives have, after what it is: `: 690 (a, 680 to 700), 688 (b, 678 to 698)` of up to three, `, of 4 alternatives: from 500 (b, …) to
    /// 900 (c, …)` of more, and what the intervals are, which hold for all at once ([`at_once`](Telling::at_once)). Values that are no numbers are left
    /// out; two that differ are told with the digits that show it.
    pub(super) fn least_to_most(self, of: &[(&str, Estimate)]) -> String {
        let found: Vec<&(&str, Estimate)> = of.iter().filter(|(_, estimate)| estimate.value.is_finite()).collect();
        let order = |a: &&&(&str, Estimate), b: &&&(&str, Estimate)| a.1.value.total_cmp(&b.1.value);
        let Some((least, most)) = found.iter().min_by(order).zip(found.iter().max_by(order)) else {
            return String::new();
        };
        let apart = most.1.value - least.1.value;
        let told = |one: &(&str, Estimate)| self.told(*one, apart);
        let amounts = if found.len() <= 3 {
            format!(": {}", found.iter().map(|one| told(one)).collect::<Vec<_>>().join(", "))
        } else {
            let count = whole(found.len() as f64);
            format!(", of {count} alternatives: from {} to {}", told(least), told(most))
        };
        let percent = plain_percent(self.confidence);
        let intervals = match found.iter().filter(|(_, of)| of.upper > of.lower).count() {
            0 => String::new(),
            1 => format!("; {percent} interval"),
            _ => format!("; {percent} intervals for all at once"),
        };
        amounts + &intervals
    }

    /// One of several, of which the greatest lies so far from the least.
    fn told(self, (name, Estimate { value, lower, upper }): (&str, Estimate), apart: f64) -> String {
        let sizes = [(upper - lower) / 4.0, apart / 2.0];
        let matters = sizes.into_iter().filter(|size| *size > 0.0).fold(f64::INFINITY, f64::min);
        let matters = if matters.is_finite() {
            matters
        } else {
            value.abs().max(1.0) / 10.0
        };
        let number = |x: f64| to_the_size_of(x, matters);
        let interval = match upper - lower {
            width if width > 0.0 => format!(", {} to {}", number(lower), with_unit(&number(upper), self.unit)),
            width if width.is_nan() => ", no interval of so few".to_owned(),
            _ => String::new(),
        };
        format!("{} ({name}{interval})", with_unit(&number(value), self.unit))
    }

    /// The confidence that each of so many intervals takes, so that all hold together.
    pub(super) fn at_once(self, intervals: usize) -> f64 {
        stats::confidence_at_once(self.confidence, intervals.max(1))
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
        assert_eq!(TONNES.parts(estimate(468.24, 3.1)), told("468 t", "95 % interval 465 to 471 t"));
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
        let of = ["a", "b", "c", "d"].into_iter().zip([690.0, 500.0, 900.0, 700.0]);
        let of: Vec<(&str, Estimate)> = of.map(|(name, value)| (name, estimate(value, 20.0))).collect();
        assert_eq!(
            TONNES.least_to_most(&of),
            ", of 4 alternatives: from 500 t (b, 480 to 520 t) to 900 t (c, 880 to 920 t); 95 % intervals for all at once"
        );
        assert_eq!(
            TONNES.least_to_most(&[("a", Estimate::NONE), of[1]]),
            ": 500 t (b, 480 to 520 t); 95 % interval"
        );
        assert_eq!(
            TONNES.least_to_most(&[("a", Estimate::alone(690.3)), ("b", Estimate::alone(688.3))]),
            ": 690 t (a, no interval of so few), 688 t (b, no interval of so few)"
        );
        assert_eq!(TONNES.least_to_most(&[("a", Estimate::NONE)]), "");
    }

    #[test]
    fn values_that_differ_by_less_than_their_intervals_are_wide_are_not_told_as_the_same() {
        let of = [("a", estimate(57.43, 3.0)), ("b", estimate(56.82, 3.0))];
        assert!(TONNES.least_to_most(&of).starts_with(": 57.4 t (a, 54.4 to 60.4 t), 56.8 t"));
    }
}
