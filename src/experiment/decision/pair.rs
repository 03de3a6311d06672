//! Every other alternative against the reference, replication by replication.

use std::sync::Arc;

use rayon::prelude::*;

use super::{AgainstReference, Matrix, Terms, Uniforms};
use crate::experiment::comparison::{AtOnce, ComparisonRow, Statistic};
use crate::observe::Response;
use crate::stats::{self, Better, Bootstrap, Estimate, Interval, PairedResamples, Resamples};

/// The probabilities of [`Statistic::QUANTILES`].
const PROBABILITIES: [f64; 3] = [0.5, 0.05, 0.95];

/// The worst share whose mean is taken: a tenth.
pub(super) const WORST: f64 = 0.1;

/// Below so many replications resamples of them repeat too few for the `BCa` interval.
const LEAST_FOR_BCA: usize = 20;

/// Below so many replications intervals of the worst tenth, ten of them then, hold too seldom: 83 to 88 % of the time at 36 to 60.
pub const LEAST_FOR_WORST: usize = 100;

/// What is known of an alternative against the reference.
pub(super) struct Pair {
    pub(super) against: AgainstReference,
    /// Of every statistic, p values not yet adjusted.
    pub(super) rows: Vec<ComparisonRow>,
}

/// By alternative, where it has two replications or more in common with the reference.
pub(super) fn against_reference(
    matrix: &Matrix,
    response: &Arc<Response>,
    better: Option<Better>,
    terms: &Terms,
    resamples: &Resamples<impl Fn() -> Uniforms + Sync>,
) -> Vec<(usize, Pair)> {
    let reference = terms.reference;
    let others = (0..matrix.values.len()).into_par_iter().filter(|i| *i != reference);
    let pair = |i: usize| {
        let both = [i, reference].map(|k| &matrix.values[k]);
        let rows = both[0].iter().zip(both[1]).filter(|(a, b)| a.is_finite() && b.is_finite());
        let (these, those): (Vec<f64>, Vec<f64>) = rows.unzip();
        let has_rows = [i, reference].iter().all(|k| matrix.has_rows(*k)) && these.len() >= 2;
        let [alternative, reference] = [i, reference].map(|k| matrix.names[k].as_str());
        let row = ComparisonRow::paired(response, (alternative, &these), (reference, &those), terms.confidence);
        let shared = terms.shared_draws.get(i).copied().flatten();
        let worst = better.map(|better| (better, WORST));
        let found = if these.len() == resamples.rows() {
            stats::paired_resamples(&these, &those, &PROBABILITIES, worst, resamples)
        } else {
            let fewer = super::resamples(these.len(), terms.seed);
            stats::paired_resamples(&these, &those, &PROBABILITIES, worst, &fewer)
        };
        let pairs = matrix.values.len().saturating_sub(1);
        let confidences = [terms.confidence, stats::confidence_at_once(terms.confidence, pairs)];
        has_rows.then(|| (i, of_pair((&these, &those), row, found, confidences, shared)))
    };
    others.filter_map(pair).collect()
}

/// `confidences`: of each interval for itself, and of each of those that hold at once.
fn of_pair(
    (these, those): (&[f64], &[f64]),
    mut row: ComparisonRow,
    resamples: Option<PairedResamples>,
    [confidence, of_each]: [f64; 2],
    shared: Option<f64>,
) -> Pair {
    row.relative = relative(these, those, confidence);
    let of_all = stats::paired_t(these, those, of_each);
    let at_once = AtOnce {
        difference: Estimate {
            value: row.difference,
            lower: of_all.lower,
            upper: of_all.upper,
        },
        relative: relative(these, those, of_each),
    };
    row.at_once = Some(at_once);
    let (mut further, mut of_factor) = (Vec::new(), None);
    if let Some(found) = resamples {
        row.bca = bca_of_mean(&row, &found.mean, confidence);
        of_factor = Some(found.variance_reduction.bca(confidence)).filter(|_| row.variance_reduction.is_finite());
        let quantiles = Statistic::QUANTILES.iter().zip(PROBABILITIES).zip(&found.quantiles);
        let worst = found.worst.iter().map(|boot| ((&Statistic::Worst, WORST), boot));
        for ((statistic, p), boot) in quantiles.chain(worst) {
            let enough = if *statistic == Statistic::Worst {
                these.len() >= LEAST_FOR_WORST
            } else {
                stats::quantile_interval(&stats::sorted(these), p, confidence).is_some()
            };
            further.push(resampled(&row, *statistic, boot, enough, confidence));
        }
    }
    let against = AgainstReference {
        n: row.n,
        difference: Estimate {
            value: row.difference,
            lower: row.lower,
            upper: row.upper,
        },
        relative: row.relative,
        at_once,
        correlation: stats::correlation_interval(these, those, confidence),
        variance_reduction: row.variance_reduction,
        variance_reduction_interval: of_factor.filter(|interval| interval.lower <= interval.upper),
        shared_draws: shared,
    };
    let mut rows = vec![row];
    rows.extend(further);
    Pair { against, rows }
}

/// A mean less that of the reference, as a share of the latter.
fn relative(these: &[f64], those: &[f64], confidence: f64) -> Option<Estimate> {
    stats::paired_ratio(these, those, confidence).map(|ratio| Estimate {
        value: ratio.value - 1.0,
        lower: ratio.lower - 1.0,
        upper: ratio.upper - 1.0,
    })
}

fn bca_of_mean(row: &ComparisonRow, boot: &Bootstrap, confidence: f64) -> Option<Interval> {
    // A difference that never varies has no chance in it; rounding of resampled means must not say otherwise.
    if row.se <= 0.0 {
        return Some(Interval {
            lower: row.difference,
            upper: row.difference,
        });
    }
    let interval = (row.n >= LEAST_FOR_BCA).then(|| boot.bca(confidence))?;
    (interval.lower <= interval.upper).then_some(interval)
}

/// The row of another statistic; without an interval where one sample alone would be too small for that of its quantile, unless the two
/// differ in nothing.
fn resampled(of_mean: &ComparisonRow, statistic: Statistic, boot: &Bootstrap, enough: bool, confidence: f64) -> ComparisonRow {
    let is_exact = of_mean.se <= 0.0 && of_mean.difference.abs() <= 0.0;
    let is_known = enough || is_exact;
    let or_none = |x: f64| if is_known { x } else { f64::NAN };
    let interval = boot.percentile(confidence);
    ComparisonRow {
        statistic,
        difference: boot.estimate,
        se: or_none(boot.standard_error()),
        lower: or_none(interval.lower),
        upper: or_none(interval.upper),
        p: or_none(boot.p_value(0.0)),
        variance_reduction: f64::NAN,
        bca: None,
        relative: None,
        at_once: None,
        ..of_mean.clone()
    }
}
