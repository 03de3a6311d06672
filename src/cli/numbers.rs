//! Numbers as people read them: thousands apart, no more digits than are known.

/// By what values of a unit are multiplied for readers, and the unit they are then in: shares are told in per cent.
pub(super) fn scaled(unit: &str) -> (f64, &str) {
    match unit {
        "share" => (100.0, "%"),
        unit => (1.0, unit),
    }
}

/// The unit of differences of numbers in a unit.
pub(super) fn of_differences(unit: &str) -> &str {
    match unit {
        "share" | "%" => "percentage points",
        unit => unit,
    }
}

/// `1 truck`, `2 trucks`, `1,200 trucks`.
pub(super) fn counted(n: usize, noun: &str) -> String {
    format!("{} {noun}{}", whole(n as f64), if n == 1 { "" } else { "s" })
}

/// A number rounded to a whole one.
pub(super) fn whole(value: f64) -> String {
    fixed(value, 0)
}

/// A number with so many decimals and its thousands apart; `–` for none.
pub(super) fn fixed(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let text = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(w, f)| (w, Some(f)));
    let mut out = String::new();
    // What rounds to zero has no sign.
    if value < 0.0 && text.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        out.push('−');
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// How many decimals are worth showing of a value known to within `error`: those of the error's second digit, at most `most`.
///
/// Without an error (one replication, a constant) about four digits of the value itself.
pub(super) fn decimals(value: f64, error: f64, most: usize) -> usize {
    let scale = if error.is_finite() && error > 0.0 {
        error
    } else {
        value.abs() / 100.0
    };
    if !scale.is_finite() || scale <= 0.0 {
        return 0;
    }
    let digit = 1.0 - libm::floor(libm::log10(scale));
    (digit.max(0.0) as usize).min(most)
}

/// How many decimals show a difference of this size: the place of its first digit, at most four.
pub(super) fn decimals_that_show(difference: f64) -> usize {
    let size = difference.abs();
    if !size.is_finite() || size <= 0.0 {
        return 0;
    }
    ((-libm::floor(libm::log10(size))).max(0.0) as usize).min(4)
}

/// A share as a percentage.
pub(super) fn percent(share: f64, decimals: usize) -> String {
    if share.is_finite() {
        format!("{} %", fixed(share * 100.0, decimals))
    } else {
        "–".to_owned()
    }
}

/// A share as a percentage with one decimal, or none where that is 0: `95 %`, `99.5 %`.
pub(super) fn plain_percent(share: f64) -> String {
    percent(share, 1).replace(".0", "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(fixed(1_234_567.891, 1), "1,234,567.9");
        assert_eq!(whole(999.4), "999");
        assert_eq!(fixed(-0.04, 1), "0.0");
        assert_eq!(fixed(-1234.0, 0), "−1,234");
        assert_eq!(fixed(f64::NAN, 2), "–");
    }

    #[test]
    fn no_more_digits_than_are_known() {
        assert_eq!(decimals(123_456.0, 4_321.0, 3), 0);
        assert_eq!(decimals(12.345, 0.27, 3), 2);
        assert_eq!(decimals(0.812, 0.004, 3), 3);
        assert_eq!(decimals(5.0, f64::NAN, 3), 3);
        assert_eq!(decimals(0.0, 0.0, 3), 0);
    }

    #[test]
    fn a_difference_shows_in_its_first_digit() {
        assert_eq!(
            [1.2, 0.9, -0.14, 0.0031, 1e-9, 0.0, f64::NAN].map(decimals_that_show),
            [0, 1, 1, 3, 4, 0, 0]
        );
    }

    #[test]
    fn nouns_agree_with_their_number() {
        assert_eq!(counted(1, "error"), "1 error");
        assert_eq!(counted(1200, "truck"), "1,200 trucks");
    }
}
