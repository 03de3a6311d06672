//! The table `comparison`: how the other alternatives of a result differ from the reference, replication by replication.

use crate::observe::Response;
use crate::stats;
use crate::table::{Column, Frame, Kind, Table};

/// How a response of an alternative differs from that of the reference, both under the same random numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparisonRow {
    /// The response.
    pub response: Response,
    /// The alternative.
    pub alternative: String,
    /// What it is held against.
    pub reference: String,
    /// Replications in which both gave a value.
    pub n: usize,
    /// Mean of alternative less reference.
    pub difference: f64,
    /// Its standard error.
    pub se: f64,
    /// Lower end of its interval.
    pub lower: f64,
    /// Upper end of its interval.
    pub upper: f64,
    /// Two-sided p value of no difference.
    pub p: f64,
    /// The same, adjusted for the number of alternatives (Holm).
    pub p_adjusted: f64,
    /// How much the common random numbers save: variance of independent over that of paired differences.
    pub variance_reduction: f64,
}

/// A response of the reference held against that of every other alternative: name and values, in order of replication.
pub(crate) fn compare(response: &Response, reference: (&str, &[f64]), others: &[(&str, &[f64])], confidence: f64) -> Vec<ComparisonRow> {
    let of_one = |&(name, values): &(&str, &[f64])| {
        let pairs = values.iter().zip(reference.1).filter(|(a, b)| a.is_finite() && b.is_finite());
        let (these, those): (Vec<f64>, Vec<f64>) = pairs.unzip();
        let test = stats::paired_t(&these, &those, confidence);
        ComparisonRow {
            response: response.clone(),
            alternative: name.to_owned(),
            reference: reference.0.to_owned(),
            n: these.len(),
            difference: test.difference,
            se: test.se,
            lower: test.lower,
            upper: test.upper,
            p: test.p,
            p_adjusted: f64::NAN,
            variance_reduction: stats::variance_reduction(&these, &those),
        }
    };
    let mut rows: Vec<ComparisonRow> = others.iter().map(of_one).filter(|row| row.n >= 2).collect();
    let adjusted = stats::holm(&rows.iter().map(|row| row.p).collect::<Vec<_>>());
    for (row, p) in rows.iter_mut().zip(adjusted) {
        row.p_adjusted = p;
    }
    rows
}

/// The table `comparison`.
pub(crate) fn table() -> Table {
    let text = |name: &str, doc: &str| Column::new(name, Kind::Text, "", doc);
    let real = |name: &str, doc: &str| Column::new(name, Kind::Real, "", doc);
    Table {
        name: "comparison",
        doc: "a row per response and alternative: its paired difference from the reference",
        keys: 4,
        columns: vec![
            text("response", "as in `summary`"),
            text("alternative", "name of the scenario or alternative"),
            text(
                "reference",
                "the alternative that it is held against: a study's reference, else the first",
            ),
            text("statistic", "of which the difference is taken: mean"),
            text("unit", "unit of the response, of the difference, its error and its interval"),
            Column::new("n", Kind::Whole, "replications", "replications in which both gave a value"),
            real("difference", "alternative less reference, mean over replications"),
            real("se", "standard error of the difference"),
            real("lower", "lower end of its paired t interval"),
            real("upper", "upper end of its paired t interval"),
            Column::new("confidence", Kind::Real, "share", "confidence of the interval"),
            real("p", "two-sided p value of no difference"),
            real("p_adjusted", "the same adjusted for the number of alternatives (Holm), by response"),
            real(
                "variance_reduction",
                "variance of the difference of independent runs over that of the paired; empty where the difference never varies",
            ),
        ],
        small: true,
    }
}

/// The rows as a frame of [`table`].
pub(crate) fn frame(rows: &[ComparisonRow], confidence: f64) -> Frame {
    let mut frame = Frame::new(&table());
    for r in rows {
        let row = frame
            .row()
            .text(&r.response.name)
            .text(&r.alternative)
            .text(&r.reference)
            .text("mean");
        let row = if r.response.unit.is_empty() {
            row.empty()
        } else {
            row.text(&r.response.unit)
        };
        let saved = Some(r.variance_reduction).filter(|v| v.is_finite()).unwrap_or(f64::NAN);
        row.whole(r.n as i64)
            .real(r.difference)
            .real(r.se)
            .real(r.lower)
            .real(r.upper)
            .real(confidence)
            .real(r.p)
            .real(r.p_adjusted)
            .real(saved)
            .end();
    }
    frame
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response() -> Response {
        Response {
            name: "delivered_tonnes".to_owned(),
            unit: "t".to_owned(),
            doc: String::new(),
            more_is_better: Some(true),
            column: 2,
        }
    }

    /// Law's inventories (see `stats::compare`): the paired interval at 90 % is [1.649127, 8.306873].
    #[test]
    fn differences_are_taken_within_replications() {
        let (first, second) = ([118.21, 120.22, 122.45, 122.68, 119.40], [126.97, 124.31, 126.68, 122.66, 127.23]);
        let rows = compare(&response(), ("a", &first), &[("b", &second), ("c", &first)], 0.9);
        assert!((rows[0].difference - 4.978).abs() < 1e-9 && (rows[0].lower - 1.649_127).abs() < 1e-6 && rows[0].n == 5);
        assert!((rows[0].p_adjusted - 2.0 * rows[0].p).abs() < 1e-12);
        assert!(rows[1].difference.abs() < 1e-12 && (rows[1].p - 1.0).abs() < 1e-12);
        assert_eq!(frame(&rows, 0.9).len(), 2);
    }

    #[test]
    fn a_replication_without_a_value_takes_its_pair_with_it() {
        let rows = compare(
            &response(),
            ("a", &[1.0, f64::NAN, 2.0, 4.0]),
            &[("b", &[2.0, 9.0, 4.0, f64::NAN])],
            0.95,
        );
        assert_eq!(rows[0].n, 2);
        assert!((rows[0].difference - 1.5).abs() < 1e-12);
        assert!(compare(&response(), ("a", &[1.0]), &[("b", &[2.0])], 0.95).is_empty());
    }
}
