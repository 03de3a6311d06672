//! The summary of every response: mean with Student's interval, quantiles with order-statistic intervals.

mod stored;

use std::sync::Arc;

pub use stored::summaries;

use crate::observe::Response;
use crate::stats::{self, MeanInterval};
use crate::table::{Column, Frame, Kind, Table};

/// A response of an alternative over its replications. What needs more replications than there are is NaN.
#[derive(Clone, Debug, PartialEq)]
pub struct SummaryRow {
    /// The response, a column of `replications` or of a table with a key.
    pub response: Arc<Response>,
    /// Replications that gave a value.
    pub n: usize,
    /// Their mean.
    pub mean: f64,
    /// Their standard deviation.
    pub sd: f64,
    /// Standard error of the mean.
    pub se: f64,
    /// Lower end of the mean's interval.
    pub lower: f64,
    /// Upper end of the mean's interval.
    pub upper: f64,
    /// Confidence of all intervals.
    pub confidence: f64,
    /// Least value.
    pub min: f64,
    /// The quantiles of [`PROBABILITIES`], in their order.
    pub quantiles: [QuantileRow; 5],
    /// Greatest value.
    pub max: f64,
}

/// A quantile over replications.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QuantileRow {
    /// Its estimate (Hyndman & Fan, type 7).
    pub estimate: f64,
    /// Lower end of its interval.
    pub lower: f64,
    /// Upper end of its interval.
    pub upper: f64,
}

/// The quantiles of a summary: 5, 25, 50, 75 and 95 %.
pub const PROBABILITIES: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// Their names.
const NAMES: [&str; 5] = ["p05", "p25", "p50", "p75", "p95"];

impl SummaryRow {
    /// The mean and its interval.
    pub fn estimate(&self) -> stats::Estimate {
        stats::Estimate {
            value: self.mean,
            lower: self.lower,
            upper: self.upper,
        }
    }

    /// Summarises the values of a response in order of replication; NaN where a replication gave none.
    pub(crate) fn new(response: Arc<Response>, values: &[f64], confidence: f64) -> SummaryRow {
        let mut values: Vec<f64> = values.iter().copied().filter(|v| !v.is_nan()).collect();
        let mean = stats::mean_interval(&values, confidence);
        values.sort_by(f64::total_cmp);
        let quantiles = PROBABILITIES.map(|p| {
            let interval = stats::quantile_interval(&values, p, confidence);
            let (lower, upper) = interval.map_or((f64::NAN, f64::NAN), |i| (i.lower, i.upper));
            QuantileRow {
                estimate: if values.is_empty() { f64::NAN } else { stats::quantile(&values, p) },
                lower,
                upper,
            }
        });
        let end = |value: Option<&f64>| value.copied().unwrap_or(f64::NAN);
        let mean = possible(mean, &response.unit, (end(values.first()), end(values.last())));
        SummaryRow {
            response,
            n: values.len(),
            mean: mean.mean,
            sd: mean.sd,
            se: mean.se,
            lower: mean.lower,
            upper: mean.upper,
            confidence,
            min: end(values.first()),
            quantiles,
            max: end(values.last()),
        }
    }
}

/// The interval of a mean without what no mean can be, of values that range from `least` to `greatest`.
pub(crate) fn possible(mean: MeanInterval, unit: &str, ends: (f64, f64)) -> MeanInterval {
    mean.within(possible_means(unit, ends))
}

/// Between which values the mean of a response can lie: responses are counts, amounts, times and shares, so where no value (they range from `least` to
/// `greatest`) lies below 0, or above 1 for a share, the mean does not either.
pub(crate) fn possible_means(unit: &str, (least, greatest): (f64, f64)) -> (f64, f64) {
    (
        if least >= 0.0 { 0.0 } else { f64::NEG_INFINITY },
        if unit == "share" && greatest <= 1.0 { 1.0 } else { f64::INFINITY },
    )
}

/// The table `summary`.
pub(crate) fn table() -> Table {
    let real = |name: &str, doc: &str| Column::new(name, Kind::Real, "", doc);
    let mut columns = vec![
        Column::new("alternative", Kind::Text, "", "name of the scenario or alternative"),
        Column::new(
            "response",
            Kind::Text,
            "",
            "a column of `replications`, or of a table with a key such as `stage.NAME.mean_wait_min`",
        ),
        Column::new(
            "unit",
            Kind::Text,
            "",
            "unit of the response, and of all numbers of the row but n and confidence",
        ),
        Column::new("n", Kind::Whole, "replications", "replications that gave a value"),
        real("mean", "mean over replications"),
        real("sd", "standard deviation over replications"),
        real("se", "standard error of the mean"),
        real("lower", "lower end of the mean's t interval, cut at 0 where no value lies below"),
        real("upper", "upper end of the mean's t interval"),
        Column::new("confidence", Kind::Real, "share", "confidence of the intervals"),
        real("min", "least value"),
    ];
    for (name, p) in NAMES.iter().zip(PROBABILITIES) {
        columns.push(real(name, &format!("quantile of {p}, Hyndman and Fan type 7")));
        columns.push(real(
            &format!("{name}_lower"),
            "lower end of its interval between order statistics; empty where n is too small",
        ));
        columns.push(real(
            &format!("{name}_upper"),
            "upper end of its interval between order statistics; empty where n is too small",
        ));
    }
    columns.push(real("max", "greatest value"));
    Table {
        name: "summary",
        doc: "a row per alternative and response: its law over replications",
        keys: 2,
        columns,
        small: true,
    }
}

/// Adds the rows of an alternative.
pub(crate) fn append(frame: &mut Frame, alternative: &str, rows: &[SummaryRow]) {
    for r in rows {
        let mut row = frame.row().text(alternative).text(&r.response.name);
        // A unit that is nothing is an empty cell.
        row = if r.response.unit.is_empty() {
            row.empty()
        } else {
            row.text(&r.response.unit)
        };
        row = row
            .whole(r.n as i64)
            .real(r.mean)
            .real(r.sd)
            .real(r.se)
            .real(r.lower)
            .real(r.upper)
            .real(r.confidence)
            .real(r.min);
        for q in &r.quantiles {
            row = row.real(q.estimate).real(q.lower).real(q.upper);
        }
        row.real(r.max).end();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response() -> Arc<Response> {
        Arc::new(Response {
            name: "closed_h".to_owned(),
            unit: "h".to_owned(),
            doc: String::new(),
            more_is_better: Some(false),
            column: 2,
        })
    }

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-9
    }

    /// Ten printed values (Law & Kelton): mean 1.343, variance 0.16751222, 95 % half-width 0.29278311.
    #[test]
    fn a_summary_agrees_with_numbers_by_hand() {
        let values = [1.20, 1.50, 1.68, 1.89, 0.95, 1.49, 1.58, 1.55, f64::NAN, 0.50, 1.09];
        let row = SummaryRow::new(response(), &values, 0.95);
        assert_eq!(row.n, 10);
        assert!(close(row.mean, 1.343));
        assert!((row.sd * row.sd - 0.167_512_22).abs() < 1e-8);
        assert!((row.upper - row.mean - 0.292_783_11).abs() < 1e-8);
        assert!(close(row.min, 0.50) && close(row.max, 1.89));
        // Sorted: 0.50 0.95 1.09 1.20 1.49 | 1.50 1.55 1.58 1.68 1.89. The median's interval is (Y(2), Y(9)), coverage 0.97852.
        let median = row.quantiles[2];
        assert!(close(median.estimate, 1.495) && close(median.lower, 0.95) && close(median.upper, 1.68));
        // Type 7: 0.05 * 9 = 0.45 between the first two.
        assert!(close(row.quantiles[0].estimate, 0.50 + 0.45 * 0.45));
        assert!(row.quantiles[0].lower.is_nan() && row.quantiles[4].upper.is_nan());
    }

    /// Nine replications without and one with 10: mean 1, standard error 1, t(0.975, 9) = 2.262.
    #[test]
    fn an_interval_of_what_cannot_be_negative_ends_at_0() {
        let mut values = [0.0; 10];
        values[9] = 10.0;
        let row = SummaryRow::new(response(), &values, 0.95);
        assert!(close(row.mean, 1.0) && close(row.lower, 0.0) && (row.upper - 3.262_157).abs() < 1e-6);
        values[0] = -1.0;
        assert!(SummaryRow::new(response(), &values, 0.95).lower < 0.0);
    }

    #[test]
    fn what_needs_more_replications_is_empty() {
        let one = SummaryRow::new(response(), &[3.0], 0.95);
        assert!(close(one.mean, 3.0) && close(one.quantiles[2].estimate, 3.0));
        assert!(one.sd.is_nan() && one.lower.is_nan() && one.quantiles[2].lower.is_nan());
        let none = SummaryRow::new(response(), &[f64::NAN], 0.95);
        assert!(none.n == 0 && none.mean.is_nan() && none.min.is_nan() && none.quantiles[2].estimate.is_nan());
        let mut frame = Frame::new(&table());
        append(&mut frame, "a", &[one, none]);
        assert_eq!(frame.len(), 2);
        assert_eq!(table().columns.len(), 27);
    }
}
