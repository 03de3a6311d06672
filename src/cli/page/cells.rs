//! Numbers in the cells of the report's tables.

use super::super::numbers::{decimals, decimals_that_show, fixed, percent};
use super::content::Cell;
use crate::stats::Estimate;

/// `Mean (t)`.
pub(super) fn with_unit(words: &str, unit: &str) -> String {
    if unit.is_empty() {
        words.to_owned()
    } else {
        format!("{words} ({unit})")
    }
}

/// Decimals for a column of estimates: one number for all of it.
pub(super) fn digits(column: impl Iterator<Item = Estimate> + Clone, most: usize) -> usize {
    let known = |of: &Estimate| of.value.is_finite();
    let greatest = column.clone().filter(known).map(|of| of.value.abs()).fold(0.0, f64::max);
    let halves = column
        .filter(known)
        .map(|of| (of.upper - of.lower) / 2.0)
        .filter(|half| *half > 0.0);
    halves
        .filter(|half| half.is_finite())
        .map(|half| decimals(greatest, half, most))
        .max()
        .unwrap_or_else(|| decimals(greatest, f64::NAN, most))
}

/// Decimals by which the smallest difference that is sure shows, and no fewer than `digits`: two means that surely differ are not told alike.
pub(super) fn showing(digits: usize, differences: impl Iterator<Item = Estimate>) -> usize {
    let sure = differences.filter(is_sure).map(|of| of.value.abs());
    digits.max(decimals_that_show(sure.fold(f64::INFINITY, f64::min)))
}

/// The same for a column of differences, with one more where an end of an interval that leaves 0 out would be told as 0.
pub(super) fn showing_ends(digits: usize, differences: impl Iterator<Item = Estimate> + Clone) -> usize {
    let near = differences.clone().filter(is_sure).map(|of| of.lower.abs().min(of.upper.abs()));
    let digits = showing(digits, differences);
    digits.max(decimals_that_show(near.fold(f64::INFINITY, f64::min)).min(digits + 1))
}

fn is_sure(of: &Estimate) -> bool {
    of.lower > 0.0 || of.upper < 0.0
}

/// `912.3 [901.2, 923.4]`; without an interval the number alone; a dash for none.
pub(super) fn estimate(of: Estimate, digits: usize) -> Cell {
    Cell::number(in_words(of, digits, fixed), of.value)
}

/// `+9.1 [+8.2, +10.0]`, of a difference.
pub(super) fn difference(of: Estimate, digits: usize) -> Cell {
    Cell::number(in_words(of, digits, signed), of.value)
}

/// A probability from resamples, of which neither nothing nor all is known.
pub(super) fn probability(of: f64) -> Cell {
    let told = percent(of, 1);
    let told = match told.as_str() {
        "0.0 %" => "< 0.1 %".to_owned(),
        "100.0 %" => "> 99.9 %".to_owned(),
        _ => told,
    };
    Cell::number(told, of)
}

fn in_words(of: Estimate, digits: usize, number: impl Fn(f64, usize) -> String) -> String {
    let value = number(of.value, digits);
    if (of.upper - of.lower).is_finite() && of.value.is_finite() {
        format!("{value} [{}, {}]", number(of.lower, digits), number(of.upper, digits))
    } else {
        value
    }
}

/// With its sign, where it is more than 0.
fn signed(value: f64, digits: usize) -> String {
    let told = fixed(value, digits);
    if value > 0.0 && told.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        format!("+{told}")
    } else {
        told
    }
}

/// A number of a chart with as many as six digits; nothing for none.
pub(super) fn plain(value: f64) -> String {
    if !value.is_finite() {
        return String::new();
    }
    let size = if value.abs() > 0.0 {
        libm::floor(libm::log10(value.abs())) as i32
    } else {
        0
    };
    let told = fixed(value, (5 - size).clamp(0, 12) as usize);
    if told.contains('.') {
        told.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        told
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(value: f64, lower: f64, upper: f64) -> Estimate {
        Estimate { value, lower, upper }
    }

    #[test]
    fn a_difference_has_its_sign_and_nothing_has_none() {
        assert_eq!(difference(of(9.06, 8.2, 10.0), 1).words, "+9.1 [+8.2, +10.0]");
        assert_eq!(difference(of(0.0, -1.0, 1.0), 0).words, "0 [−1, +1]");
        assert_eq!(signed(0.004, 1), "0.0");
    }

    #[test]
    fn what_has_no_interval_stands_alone() {
        assert_eq!(estimate(of(1234.5, f64::NAN, f64::NAN), 1).words, "1,234.5");
        let none = estimate(of(f64::NAN, 0.0, 1.0), 1);
        assert!(none.words == "–" && none.value.is_none());
    }

    #[test]
    fn numbers_of_charts_keep_six_digits() {
        assert_eq!(plain(45_508.039_102), "45,508");
        assert_eq!(plain(0.721_220_314), "0.72122");
        assert_eq!(plain(12.0), "12");
        assert_eq!(plain(0.0), "0");
        assert_eq!(plain(1_234_567.0), "1,234,567");
        assert_eq!(plain(f64::NAN), "");
    }

    #[test]
    fn means_that_surely_differ_are_not_told_alike() {
        let [one, other] = [of(57.96, 50.0, 66.0), of(58.04, 50.1, 66.1)];
        let means = || [one, other].into_iter();
        let sure = [of(0.08, 0.02, 0.14)];
        assert_eq!(estimate(one, digits(means(), 0)).words, estimate(of(58.04, 50.0, 66.0), 0).words);
        let digits = showing(digits(means(), 0), sure.into_iter());
        assert_eq!([one, other].map(|mean| fixed(mean.value, digits)), ["57.96", "58.04"]);
        assert_eq!(showing(1, [of(0.08, -0.02, 0.14)].into_iter()), 1);
        assert_eq!(showing_ends(1, [of(-0.24, -0.46, -0.02)].into_iter()), 2);
    }

    #[test]
    fn no_resample_makes_a_probability_nothing_or_all() {
        assert_eq!(
            [0.0, 0.4, 0.9996, 1.0].map(|p| probability(p).words),
            ["< 0.1 %", "40.0 %", "> 99.9 %", "> 99.9 %"]
        );
    }

    #[test]
    fn a_column_has_the_digits_of_its_narrowest_interval() {
        let column = [
            of(45_508.0, 45_182.0, 45_833.0),
            of(51_000.0, 50_990.0, 51_010.0),
            of(f64::NAN, 0.0, 0.1),
        ];
        assert_eq!(digits(column.into_iter(), 2), 0);
        assert_eq!(digits([of(0.72, 0.716, 0.726)].into_iter(), 2), 2);
    }
}
