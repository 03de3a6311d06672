//! How what the others deliver differs from what the first delivers, where nothing is asked: more, less, or not to be told.

use super::super::super::charts::Source;
use super::super::super::failure::Failure;
use super::super::super::numbers::{decimals, fixed, plain_percent};
use crate::stats::Estimate;

/// A sentence for each alternative that is shown.
pub(super) fn sentences(source: &Source) -> Result<Vec<String>, Failure> {
    if !source.folder.has("comparison") {
        return Ok(Vec::new());
    }
    let columns = [
        "response",
        "statistic",
        "alternative",
        "reference",
        "difference",
        "lower",
        "upper",
        "confidence",
    ];
    let frame = source.folder.columns("comparison", &columns)?;
    let text = |row: usize, column: usize| frame.columns[column].text(row).unwrap_or_default();
    let is_shown = |name: &str| source.alternatives.iter().any(|one| one.name == name);
    let of_tonnes =
        (0..frame.len()).filter(|row| text(*row, 0) == "delivered_tonnes" && text(*row, 1) == "mean" && is_shown(text(*row, 2)));
    let told = |row: usize| {
        let [value, lower, upper, confidence] = [4, 5, 6, 7].map(|column: usize| frame.columns[column].real(row));
        sentence((text(row, 2), text(row, 3)), Estimate { value, lower, upper }, confidence)
    };
    Ok(of_tonnes.map(told).collect())
}

/// What can be said of a difference in tonnes.
fn sentence((alternative, reference): (&str, &str), of: Estimate, confidence: f64) -> String {
    if !of.value.is_finite() {
        return format!(
            "How much more or less `{alternative}` delivers than `{reference}` is not known: the table `comparison` has no value."
        );
    }
    let digits = decimals(of.value, (of.upper - of.lower) / 2.0, 1);
    let number = |value: f64| fixed(value, digits);
    let size = |value: f64| number(value.abs());
    let confidence = plain_percent(confidence);
    let more = if of.value < 0.0 { "less" } else { "more" };
    if !(of.upper - of.lower).is_finite() {
        return if of.value.abs() > 0.0 {
            format!(
                "Under `{alternative}` {} t {more} are delivered than under `{reference}`; how sure that is cannot be said, as there is no interval.",
                size(of.value)
            )
        } else {
            format!(
                "Under `{alternative}` as much is delivered as under `{reference}`; how sure that is cannot be said, as there is no interval."
            )
        };
    }
    if of.upper <= of.lower {
        return if of.value.abs() > 0.0 {
            format!(
                "Under `{alternative}` {} t {more} are delivered than under `{reference}`, in every replication.",
                size(of.value)
            )
        } else {
            format!("Under `{alternative}` exactly as much is delivered as under `{reference}`, in every replication.")
        };
    }
    if of.lower <= 0.0 && of.upper >= 0.0 {
        return format!(
            "What `{alternative}` delivers cannot be told from what `{reference}` delivers: the difference is {} t ({confidence} interval {} to {}).",
            number(of.value),
            number(of.lower),
            number(of.upper)
        );
    }
    let (near, far) = if of.value < 0.0 {
        (of.upper, of.lower)
    } else {
        (of.lower, of.upper)
    };
    format!(
        "Under `{alternative}` {} t {more} are delivered than under `{reference}` ({confidence} interval {} to {} t {more}).",
        size(of.value),
        size(near),
        size(far)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(value: f64, lower: f64, upper: f64) -> String {
        sentence(("b", "a"), Estimate { value, lower, upper }, 0.95)
    }

    #[test]
    fn only_an_interval_without_0_makes_more_or_less() {
        assert!(said(1200.0, 1000.0, 1400.0).contains("1,200 t more are delivered than under `a` (95 % interval 1,000 to 1,400 t more)"));
        assert!(
            said(-1200.0, -1400.0, -1000.0).contains("1,200 t less are delivered than under `a` (95 % interval 1,000 to 1,400 t less)")
        );
        let open = said(-56.0, -378.0, 266.0);
        assert!(
            open.contains("cannot be told from") && open.contains("−56 t (95 % interval −378 to 266)"),
            "{open}"
        );
        assert!(!open.contains("less") && !open.contains("more"), "{open}");
    }

    #[test]
    fn no_difference_and_an_unknown_one_are_not_the_same() {
        assert!(said(0.0, 0.0, 0.0).contains("exactly as much"));
        assert!(said(f64::NAN, f64::NAN, f64::NAN).contains("is not known"));
        let one = said(0.0, f64::NAN, f64::NAN);
        assert!(
            one.contains("as much is delivered") && one.contains("no interval") && !one.contains("more"),
            "{one}"
        );
    }
}
