//! The last digit of a number in a title, and which way it is rounded: what is known is told, and what is said of it stays true.

use super::super::numbers::{fixed, whole};
use crate::stats::Estimate;

/// Sizes below this part of the numbers they belong to come of rounding, and are none.
const DUST: f64 = 1e-9;
/// So many digits a number is told with at most, for its size.
const MOST: i32 = 12;

/// The last digit that is told of a number, as a power of ten.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place(i32);

/// Which way a number is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Nearest,
    /// Of what at least is so much: a lower bound stays one.
    Down,
    /// Of what is so much at most.
    Up,
}

impl Place {
    /// Of an estimate: by half the width of its interval, without one (few replications, a constant) four digits of the value.
    pub(super) fn of(estimate: &Estimate) -> Place {
        width(estimate).map_or_else(|| Place::exact(estimate.value), |width| Place::within(estimate, width / 2.0))
    }

    /// Of what is known to within so much: rounding moves it by no more than a sixteenth of that. These are two digits of it, one where it begins with 8
    /// or 9.
    fn within(of: &Estimate, half: f64) -> Place {
        let size = [of.value, of.lower, of.upper].into_iter().filter(|x| x.is_finite());
        let size = size.fold(0.0, |most: f64, x| most.max(x.abs()));
        Place(power(half / 8.0).max(power(size) - MOST + 1))
    }

    /// Of two ends between which something lies, by half the way from one to the other.
    pub(super) fn between(low: f64, high: f64) -> Place {
        Place::of(&Estimate {
            value: high,
            lower: low,
            upper: high,
        })
    }

    /// Two digits of a size, which none can be told with less of.
    pub(super) fn of_size(size: f64) -> Place {
        Place(if is_some(size) { power(size) - 1 } else { 0 })
    }

    /// Four digits of a value of which nothing says how well it is known.
    fn exact(value: f64) -> Place {
        Place(if is_some(value) { power(value) - 3 } else { 0 })
    }

    /// With the digits that tell two values so far apart from each other; never fewer.
    pub(super) fn showing(self, apart: f64, of: f64) -> Place {
        if is_some(apart) && apart.abs() > DUST * of.abs() {
            self.min(Place(power(apart / 2.0).max(power(of) - MOST + 1)))
        } else {
            self
        }
    }

    /// With the digits that it takes to tell ends that keep off 0 as such.
    pub(super) fn off_zero(self, lower: f64, upper: f64) -> Place {
        let nearest = lower.abs().min(upper.abs());
        if (lower > 0.0 || upper < 0.0) && is_some(nearest) {
            self.min(Place(power(nearest)))
        } else {
            self
        }
    }

    /// A percentage above 0 and below 100 is not told as none or all.
    pub(super) fn off_all(self, percent: f64) -> Place {
        let is_told = |place: &Place| !["0", "100"].contains(&trimmed(&place.told(percent)).as_str());
        if percent <= 0.0 || percent >= 100.0 || is_told(&self) {
            return self;
        }
        (1..5).map(|more| Place(self.0.min(0) - more)).find(is_told).unwrap_or(self)
    }

    pub(super) fn told(self, value: f64) -> String {
        self.rounded(value, Way::Nearest)
    }

    /// Rounded down, so that what is so much or more stays so.
    pub(super) fn down(self, value: f64) -> String {
        self.rounded(value, Way::Down)
    }

    /// Rounded up, so that what is so much or less stays so.
    pub(super) fn up(self, value: f64) -> String {
        self.rounded(value, Way::Up)
    }

    /// Rounded as told.
    pub(super) fn rounded(self, value: f64, way: Way) -> String {
        let decimals = (-self.0).max(0) as usize;
        let unit = libm::exp10(f64::from(self.0));
        // As it is written: a product with a power of ten below 1 is not the number that its digits say.
        let read = |steps: f64| {
            if self.0 < 0 {
                format!("{:.decimals$}", steps * unit).parse().unwrap_or(steps * unit)
            } else {
                steps * unit
            }
        };
        let steps = (value / unit).round();
        let nearest = read(steps);
        let off = if (nearest - value).abs() <= DUST * value.abs() {
            0.0
        } else {
            nearest - value
        };
        let rounded = match way {
            Way::Down if off > 0.0 => read(steps - 1.0),
            Way::Up if off < 0.0 => read(steps + 1.0),
            _ => nearest,
        };
        if decimals > 0 { fixed(rounded, decimals) } else { whole(rounded) }
    }
}

/// The power of ten of the first digit.
fn power(size: f64) -> i32 {
    libm::floor(libm::log10(size.abs())) as i32
}

/// Whether a size is more than rounding leaves of none.
fn is_some(size: f64) -> bool {
    size.is_finite() && size.abs() > 1e-12
}

/// How wide the interval of an estimate is; none where there is none, or where all are the same but for rounding.
pub(super) fn width(of: &Estimate) -> Option<f64> {
    let width = of.upper - of.lower;
    let size = [of.value, of.lower, of.upper].map(f64::abs).into_iter().fold(0.0, f64::max);
    (is_some(width) && width > 2.0 * DUST * size).then_some(width)
}

/// Without zeros at the end, which nothing is known from.
pub(super) fn trimmed(number: &str) -> String {
    if number.contains('.') {
        number.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        number.to_owned()
    }
}

/// A value of which nothing says how well it is known, or that is known: four digits.
pub(super) fn exact(value: f64) -> String {
    exact_bound(value, Way::Nearest)
}

/// The same of a bound.
pub(super) fn exact_bound(value: f64, way: Way) -> String {
    trimmed(&Place::exact(value).rounded(value, way))
}

/// A number with two digits of the size that matters.
pub(super) fn rounded(value: f64, matters: f64) -> String {
    if is_some(matters) {
        Place::of_size(matters).told(value)
    } else {
        exact(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The number that a text tells.
    fn read(told: &str) -> f64 {
        told.replace(',', "").replace('−', "-").parse().unwrap()
    }

    #[test]
    fn rounding_moves_an_end_by_no_more_than_a_sixteenth_of_half_the_width() {
        for k in 1..2_000 {
            let (half, value) = (0.013 * f64::from(k), 31.7 * f64::from(k % 97));
            let of = Estimate {
                value,
                lower: value - half,
                upper: value + half,
            };
            let moved = (read(&Place::of(&of).told(of.upper)) - of.upper).abs();
            assert!(moved <= half / 16.0 + 1e-9, "{value} ± {half}: {moved}");
        }
    }

    #[test]
    fn bounds_are_rounded_so_that_they_stay_true() {
        for k in 0..4_000 {
            let value = (f64::from(k) - 1_500.0) * 137.03;
            for place in [-3, -1, 0, 1, 3].map(Place) {
                let near = 1e-9 * value.abs();
                assert!(read(&place.down(value)) <= value + near, "{value}: {}", place.down(value));
                assert!(read(&place.up(value)) >= value - near, "{value}: {}", place.up(value));
                let unit = libm::exp10(f64::from(place.0));
                assert!(read(&place.up(value)) - read(&place.down(value)) <= unit * 1.000_001, "{value}");
            }
        }
        // A number that is told whole is itself.
        assert_eq!([Place(-1).down(6_562.3), Place(-1).up(6_562.3)], ["6,562.3", "6,562.3"]);
        assert_eq!([Place(-1).down(0.1 + 0.2), Place(-1).up(0.1 + 0.2)], ["0.3", "0.3"]);
        assert_eq!([Place(3).down(-1_200.0), Place(3).up(-1_200.0)], ["−2,000", "−1,000"]);
    }

    #[test]
    fn numbers_in_titles_have_the_digits_that_matter() {
        assert_eq!(rounded(412_345.0, 9_876.0), "412,300");
        assert_eq!(rounded(1_234.0, 1_234.0), "1,200");
        assert_eq!(rounded(3.456, 0.5), "3.46");
    }
}
