//! Estimates with their intervals as titles tell them: of one alternative, and from the least of several to the greatest.

use super::super::numbers::{plain_percent, whole};
use super::lead::with_unit;
use super::place::{Place, Way, trimmed, width};
use crate::stats::{self, Estimate};

/// How estimates of one quantity are told.
#[derive(Clone, Copy, Debug)]
pub(super) struct Telling<'a> {
    /// The unit behind a number; may be empty.
    pub(super) unit: &'a str,
    /// Of the intervals.
    pub(super) confidence: f64,
}

/// Alternatives of which a title tells.
#[derive(Clone, Copy, Debug)]
pub(super) struct Several<'a> {
    /// Those that are drawn.
    pub(super) of: &'a [(&'a str, Estimate)],
    /// How many there are, drawn or not: the intervals are [`at_once`](Telling::at_once) for so many, since those drawn were chosen from them.
    pub(super) all: usize,
    /// Which way the values are rounded; their intervals then outwards.
    pub(super) way: Way,
}

impl Telling<'_> {
    /// The value with its unit, and its interval: `18.3 t` and `95 % interval 17.0 to 19.6 t`. No interval of one replication, or where all are the same.
    pub(super) fn parts(self, of: Estimate) -> (String, Option<String>) {
        self.bound(of, Way::Nearest)
    }

    /// The same of a bound, which is rounded so that it stays one, and its interval outwards so that it holds the bound.
    pub(super) fn bound(self, of: Estimate, way: Way) -> (String, Option<String>) {
        let (value, range) = self.numbers(&of, self.place(&of), way);
        let interval = range.map(|range| format!("{} interval {range}", plain_percent(self.confidence)));
        (value, interval)
    }

    /// What alternatives have, after what it is: `: 690 (a, 680 to 700), 688 (b, 678 to 698)` of up to three, `, of 4 alternatives: from 500 (b, …) to
    /// 900 (c, …)` of more, and what the intervals are, which hold for all at once ([`at_once`](Telling::at_once)). Values that are no numbers are left
    /// out; two that differ are told with the digits that show it.
    pub(super) fn several(self, asked: &Several) -> String {
        let found: Vec<&(&str, Estimate)> = asked.of.iter().filter(|(_, estimate)| estimate.value.is_finite()).collect();
        let order = |a: &&&(&str, Estimate), b: &&&(&str, Estimate)| a.1.value.total_cmp(&b.1.value);
        let Some((least, most)) = found.iter().min_by(order).zip(found.iter().max_by(order)) else {
            return String::new();
        };
        let apart = most.1.value - least.1.value;
        let told = |(name, of): &(&str, Estimate)| {
            let place = self.place(of).showing(apart, most.1.value.abs().max(least.1.value.abs()));
            let (value, range) = self.numbers(of, place, asked.way);
            let range = match range {
                Some(range) => format!(", {range}"),
                None if (of.upper - of.lower).is_nan() => ", no interval of so few".to_owned(),
                None => String::new(),
            };
            format!("{value} ({name}{range})")
        };
        let amounts = if found.len() <= 3 {
            format!(": {}", found.iter().map(|one| told(one)).collect::<Vec<_>>().join(", "))
        } else {
            format!(
                ", {}: from {} to {}",
                alternatives(asked.of.len(), found.len(), asked.all),
                told(least),
                told(most)
            )
        };
        let intervals = match found.iter().filter(|(_, of)| width(of).is_some()).count() {
            0 => String::new(),
            // What holds for one of several is sure of itself by more.
            1 => format!("; {} interval", plain_percent(self.at_once(asked.all))),
            _ => format!("; {} intervals for all at once", plain_percent(self.confidence)),
        };
        amounts + &intervals
    }

    /// A value with its unit, and the ends of its interval with theirs where it has a width.
    fn numbers(self, of: &Estimate, place: Place, way: Way) -> (String, Option<String>) {
        if width(of).is_none() {
            return (with_unit(&trimmed(&place.rounded(of.value, way)), self.unit), None);
        }
        let [down, up] = match way {
            Way::Nearest => [Way::Nearest; 2],
            _ => [Way::Down, Way::Up],
        };
        let upper = with_unit(&place.rounded(of.upper, up), self.unit);
        let range = format!("{} to {upper}", place.rounded(of.lower, down));
        (with_unit(&place.rounded(of.value, way), self.unit), Some(range))
    }

    /// The last digit of an estimate; a share is not told as none or all.
    fn place(self, of: &Estimate) -> Place {
        let place = Place::of(of);
        if self.unit == "%" { place.off_all(of.value) } else { place }
    }

    /// The confidence that each of so many intervals takes, so that all hold together.
    pub(super) fn at_once(self, intervals: usize) -> f64 {
        stats::confidence_at_once(self.confidence, intervals.max(1))
    }
}

/// `of 4 alternatives`; where not all are drawn, `of the 12 alternatives shown`.
pub(super) fn alternatives(shown: usize, told: usize, all: usize) -> String {
    if shown < all {
        format!("of the {} alternatives shown", whole(told as f64))
    } else {
        format!("of {} alternatives", whole(told as f64))
    }
}

#[cfg(test)]
mod tests {
    use super::super::place::rounded;
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

    /// Of alternatives that are all drawn.
    fn least_to_most(telling: Telling, of: &[(&str, Estimate)]) -> String {
        telling.several(&Several {
            of,
            all: of.iter().filter(|(_, of)| of.value.is_finite()).count(),
            way: Way::Nearest,
        })
    }

    #[test]
    fn a_value_has_the_digits_that_its_interval_lets_it_have() {
        let told = |value: &str, interval: &str| (value.to_owned(), Some(interval.to_owned()));
        assert_eq!(
            TONNES.parts(estimate(468.24, 3.1)),
            told("468.2 t", "95 % interval 465.1 to 471.3 t")
        );
        assert_eq!(TONNES.parts(estimate(468.24, 8.3)), told("468 t", "95 % interval 460 to 477 t"));
        assert_eq!(
            TONNES.parts(estimate(46_824.0, 314.0)),
            told("46,820 t", "95 % interval 46,510 to 47,140 t")
        );
        assert_eq!(TONNES.parts(estimate(19.86, 2.45)), told("19.9 t", "95 % interval 17.4 to 22.3 t"));
    }

    #[test]
    fn what_has_no_width_is_told_as_it_is_and_nothing_as_0() {
        assert_eq!(TONNES.parts(Estimate::alone(468.24)), ("468.2 t".to_owned(), None));
        assert_eq!(TONNES.parts(estimate(6_562.3, 0.0)), ("6,562 t".to_owned(), None));
        assert_eq!(TONNES.parts(estimate(59_380.0, 0.0)), ("59,380 t".to_owned(), None));
        assert_eq!(TONNES.parts(estimate(5.0, 0.0)), ("5 t".to_owned(), None));
        assert_eq!(TONNES.parts(estimate(0.0, 0.0)), ("0 t".to_owned(), None));
        // What rounding leaves is no width.
        assert_eq!(TONNES.parts(estimate(109.371_666_666_666, 1e-14)), ("109.4 t".to_owned(), None));
        assert_eq!(TONNES.parts(estimate(1e-15, 0.0)), ("0 t".to_owned(), None));
        assert_eq!((rounded(6_562.3, 0.0), rounded(0.0, 0.0)), ("6,562".to_owned(), "0".to_owned()));
        let narrow = TONNES.parts(estimate(123_456_789.0, 0.5)).0;
        assert!(narrow.bytes().filter(u8::is_ascii_digit).count() <= 12, "{narrow}");
    }

    #[test]
    fn the_least_and_the_most_of_several_are_told_each_with_its_interval() {
        let of = ["a", "b", "c", "d"].into_iter().zip([690.0, 500.0, 900.0, 700.0]);
        let of: Vec<(&str, Estimate)> = of.map(|(name, value)| (name, estimate(value, 20.0))).collect();
        assert_eq!(
            least_to_most(TONNES, &of),
            ", of 4 alternatives: from 500 t (b, 480 to 520 t) to 900 t (c, 880 to 920 t); 95 % intervals for all at once"
        );
        let some = Several {
            of: &of,
            all: 30,
            way: Way::Nearest,
        };
        assert!(TONNES.several(&some).starts_with(", of the 4 alternatives shown: from 500 t"));
        assert_eq!(
            least_to_most(TONNES, &[("a", Estimate::NONE), of[1]]),
            ": 500 t (b, 480 to 520 t); 95 % interval"
        );
        assert_eq!(least_to_most(TONNES, &[("a", Estimate::NONE)]), "");
    }

    #[test]
    fn the_only_interval_of_several_has_the_confidence_that_all_at_once_take() {
        assert_eq!(
            least_to_most(TONNES, &[("a", estimate(0.0, 0.0)), ("b", estimate(605.0, 45.0))]),
            ": 0 t (a), 605 t (b, 560 to 650 t); 97.5 % interval"
        );
    }

    #[test]
    fn values_that_differ_are_not_told_as_the_same_and_never_with_fewer_digits() {
        let of = [("a", estimate(57.43, 30.0)), ("b", estimate(56.82, 30.0))];
        assert!(least_to_most(TONNES, &of).starts_with(": 57.4 t (a, 27.4 to 87.4 t), 56.8 t"));
        let percent = Telling { unit: "%", ..TONNES };
        assert_eq!(
            least_to_most(percent, &[("a", Estimate::alone(0.0)), ("b", Estimate::alone(95.536))]),
            ": 0 % (a, no interval of so few), 95.54 % (b, no interval of so few)"
        );
        let dust = [
            ("a", estimate(109.371_666_666_666_67, 7e-15)),
            ("b", estimate(109.371_666_666_666_7, 0.0)),
        ];
        assert_eq!(least_to_most(percent, &dust), ": 109.4 % (a), 109.4 % (b)");
        assert_eq!(percent.parts(estimate(99.97, 0.9)).0, "99.97 %");
        assert_eq!(percent.parts(Estimate::alone(99.999)).0, "99.999 %");
        assert_eq!(percent.parts(Estimate::alone(100.0)).0, "100 %");
    }

    #[test]
    fn a_bound_and_its_interval_are_rounded_outwards() {
        let (value, interval) = TONNES.bound(estimate(45_278.0, 1_900.0), Way::Down);
        assert_eq!(
            (value.as_str(), interval.as_deref()),
            ("45,200 t", Some("95 % interval 43,300 to 47,200 t"))
        );
    }
}
