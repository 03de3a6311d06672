//! The table `comparison`: how the other alternatives of a result differ from one of them, replication by replication.

use crate::observe::Response;
use crate::stats::{self, Estimate, Interval};
use crate::table::{Column, Frame, Kind, Table};

/// Of what a difference is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Statistic {
    /// The mean.
    Mean,
    /// The median.
    Median,
    /// The 5 % quantile.
    P05,
    /// The 95 % quantile.
    P95,
    /// The mean of the worst tenth of the replications.
    Worst,
}

impl Statistic {
    /// All, in the order of the table.
    pub const ALL: [Statistic; 5] = [Statistic::Mean, Statistic::Median, Statistic::P05, Statistic::P95, Statistic::Worst];

    /// The quantiles among them.
    pub(crate) const QUANTILES: [Statistic; 3] = [Statistic::Median, Statistic::P05, Statistic::P95];

    /// As the table names it.
    pub fn name(self) -> &'static str {
        match self {
            Statistic::Mean => "mean",
            Statistic::Median => "median",
            Statistic::P05 => "p05",
            Statistic::P95 => "p95",
            Statistic::Worst => "cvar",
        }
    }

    /// How its interval is found, as the table names it.
    fn method(self) -> &'static str {
        match self {
            Statistic::Mean => "paired t",
            _ => "bootstrap",
        }
    }
}

/// A difference whose interval belongs to a family that holds at once (Bonferroni): for what is picked out after having been seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AtOnce {
    /// Mean of alternative less reference.
    pub difference: Estimate,
    /// The same as a share of the reference's mean; none where that may be 0.
    pub relative: Option<Estimate>,
}

/// How a response of an alternative differs from that of the reference, both under the same random numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparisonRow {
    /// The response.
    pub response: Response,
    /// The alternative.
    pub alternative: String,
    /// What it is held against.
    pub reference: String,
    /// Of what the difference is taken.
    pub statistic: Statistic,
    /// Replications in which both gave a value.
    pub n: usize,
    /// The statistic of alternative less that of reference.
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
    /// The `BCa` interval of a difference of means, where a question asks for the response.
    pub bca: Option<Interval>,
    /// A difference of means as a share of the reference's, where a question asks for the response and that is surely not 0.
    pub relative: Option<Estimate>,
    /// Both with intervals that hold for all alternatives at once, where a question asks for the response.
    pub at_once: Option<AtOnce>,
}

impl ComparisonRow {
    /// The difference of means of an alternative and its reference, by name and values, which belong together in pairs.
    pub(crate) fn paired(response: &Response, these: (&str, &[f64]), those: (&str, &[f64]), confidence: f64) -> ComparisonRow {
        let ((alternative, these), (reference, those)) = (these, those);
        let test = stats::paired_t(these, those, confidence);
        ComparisonRow {
            response: response.clone(),
            alternative: alternative.to_owned(),
            reference: reference.to_owned(),
            statistic: Statistic::Mean,
            n: these.len(),
            difference: test.difference,
            se: test.se,
            lower: test.lower,
            upper: test.upper,
            p: test.p,
            p_adjusted: f64::NAN,
            variance_reduction: stats::variance_reduction(these, those),
            bca: None,
            relative: None,
            at_once: None,
        }
    }
}

/// Adjusts the p values of one response for the number of alternatives, statistic by statistic.
pub(crate) fn adjust(rows: &mut [ComparisonRow]) {
    for statistic in Statistic::ALL {
        let of_one = |row: &&mut ComparisonRow| row.statistic == statistic && !row.p.is_nan();
        let p: Vec<f64> = rows.iter_mut().filter(of_one).map(|row| row.p).collect();
        let adjusted = stats::holm(&p);
        rows.iter_mut().filter(of_one).zip(adjusted).for_each(|(row, p)| row.p_adjusted = p);
    }
}

/// Puts rows, response by response, in the place of those of the same responses; at the end where there were none.
pub(crate) fn replace(all: &mut Vec<ComparisonRow>, rows: &[ComparisonRow]) {
    for of_one in rows.chunk_by(|a, b| a.response.name == b.response.name) {
        let name = &of_one[0].response.name;
        let is_same = |row: &ComparisonRow| row.response.name == *name;
        let place = all.iter().position(is_same).unwrap_or(all.len());
        all.retain(|row| !is_same(row));
        all.splice(place..place, of_one.iter().cloned());
    }
}

/// A response of the reference held against that of every other alternative: name and values, in order of replication.
pub(crate) fn compare(response: &Response, reference: (&str, &[f64]), others: &[(&str, &[f64])], confidence: f64) -> Vec<ComparisonRow> {
    let of_one = |&(name, values): &(&str, &[f64])| {
        let pairs = values.iter().zip(reference.1).filter(|(a, b)| a.is_finite() && b.is_finite());
        let (these, those): (Vec<f64>, Vec<f64>) = pairs.unzip();
        ComparisonRow::paired(response, (name, &these), (reference.0, &those), confidence)
    };
    let mut rows: Vec<ComparisonRow> = others.iter().map(of_one).filter(|row| row.n >= 2).collect();
    adjust(&mut rows);
    rows
}

/// The table `comparison`.
pub(crate) fn table() -> Table {
    let text = |name: &str, doc: &str| Column::new(name, Kind::Text, "", doc);
    let real = |name: &str, doc: &str| Column::new(name, Kind::Real, "", doc);
    Table {
        name: "comparison",
        doc: "a row per response, alternative and statistic: its paired difference from the reference",
        keys: 4,
        columns: vec![
            text("response", "as in `summary`"),
            text("alternative", "name of the scenario or alternative"),
            text(
                "reference",
                "the alternative that it is held against: that of the study, else the first",
            ),
            text(
                "statistic",
                "of which the difference is taken: mean; for responses that a study asks for also median, p05, p95 and, where one direction is better, cvar, \
                 the mean of the worst tenth of the replications",
            ),
            text("unit", "unit of the response, of the difference, its error and its interval"),
            Column::new("n", Kind::Whole, "replications", "replications in which both gave a value"),
            real("difference", "statistic of the alternative less that of the reference"),
            real("se", "standard error of the difference"),
            real("lower", "lower end of its interval; empty where n is too small"),
            real("upper", "upper end of its interval; empty where n is too small"),
            Column::new("confidence", Kind::Real, "share", "confidence of the interval"),
            text(
                "method",
                "how interval, error and p value are found: paired t, or bootstrap (percentiles of 2,000 resamples of whole replications)",
            ),
            real("p", "two-sided p value of no difference"),
            real(
                "p_adjusted",
                "the same adjusted for the number of alternatives (Holm), by response and statistic",
            ),
            real(
                "variance_reduction",
                "variance of the difference of independent runs over that of the paired; empty where the difference never varies",
            ),
            real(
                "bca_lower",
                "lower end of the mean difference's BCa interval, for skewed differences; of responses that a study asks for",
            ),
            real("bca_upper", "upper end of it"),
            Column::new(
                "relative",
                Kind::Real,
                "share",
                "mean difference as a share of the reference's mean, of responses that a study asks for; empty where that may be 0",
            ),
            Column::new(
                "relative_lower",
                Kind::Real,
                "share",
                "lower end of its interval, that of a paired ratio of means",
            ),
            Column::new("relative_upper", Kind::Real, "share", "upper end of it"),
            real(
                "at_once_lower",
                "lower end of the mean difference's t interval that holds for the differences of all alternatives from the reference at once (Bonferroni), \
                 of responses that a study asks for",
            ),
            real("at_once_upper", "upper end of it"),
            Column::new(
                "relative_at_once_lower",
                Kind::Real,
                "share",
                "lower end of the interval of `relative` that holds for all alternatives at once",
            ),
            Column::new("relative_at_once_upper", Kind::Real, "share", "upper end of it"),
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
            .text(r.statistic.name());
        let row = if r.response.unit.is_empty() {
            row.empty()
        } else {
            row.text(&r.response.unit)
        };
        let saved = Some(r.variance_reduction).filter(|v| v.is_finite()).unwrap_or(f64::NAN);
        let row = row
            .whole(r.n as i64)
            .real(r.difference)
            .real(r.se)
            .real(r.lower)
            .real(r.upper)
            .real(confidence)
            .text(r.statistic.method())
            .real(r.p)
            .real(r.p_adjusted)
            .real(saved)
            .real(r.bca.map_or(f64::NAN, |ends| ends.lower))
            .real(r.bca.map_or(f64::NAN, |ends| ends.upper))
            .real(r.relative.map_or(f64::NAN, |share| share.value))
            .real(r.relative.map_or(f64::NAN, |share| share.lower))
            .real(r.relative.map_or(f64::NAN, |share| share.upper));
        let relative = r.at_once.and_then(|at_once| at_once.relative);
        row.real(r.at_once.map_or(f64::NAN, |at_once| at_once.difference.lower))
            .real(r.at_once.map_or(f64::NAN, |at_once| at_once.difference.upper))
            .real(relative.map_or(f64::NAN, |share| share.lower))
            .real(relative.map_or(f64::NAN, |share| share.upper))
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
