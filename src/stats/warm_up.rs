//! How much of the beginning of a run to leave out: MSER-5 and Welch's moving average.

use super::sum::mean;

/// What MSER-5 advises.
#[derive(Clone, Debug, PartialEq)]
pub struct Mser {
    /// Batches to delete.
    pub batches: usize,
    /// Values to delete: five a batch.
    pub deleted: usize,
    /// The statistic at each number of deleted batches, from 0 to half of them.
    pub statistics: Vec<f64>,
    /// Mean of the values that stay.
    pub mean: f64,
    /// The least statistic lies at the limit of the search: the run is too short to tell.
    pub at_limit: bool,
}

/// MSER-5 (White 1997, Simulation 69:323; White, Cobb & Spratt 2000, Proc. WSC, 755): over d from 0 to k/2 deleted batches of five, the
/// least Σ_{j>d} (Z_j − Z̄_d)² / (k − d)²; of equals the least d. None of fewer than two whole batches; what is left of a batch at
/// the end takes no part in the search.
pub fn mser5(values: &[f64]) -> Option<Mser> {
    const BATCH: usize = 5;
    let means: Vec<f64> = values.chunks_exact(BATCH).map(mean).collect();
    let k = means.len();
    if k < 2 {
        return None;
    }
    // Moments of the batches that stay, from the end, so that each d costs one step (Welford 1962).
    let mut statistics = vec![0.0; k];
    let (mut centre, mut squares) = (0.0, 0.0);
    for d in (0..k).rev() {
        let stay = (k - d) as f64;
        let off = means[d] - centre;
        centre += off / stay;
        squares += off * (means[d] - centre);
        statistics[d] = squares / (stay * stay);
    }
    statistics.truncate(k / 2 + 1);
    let batches = (0..statistics.len()).min_by(|i, j| statistics[*i].total_cmp(&statistics[*j]))?;
    let deleted = BATCH * batches;
    Some(Mser {
        batches,
        deleted,
        mean: mean(&values[deleted..]),
        at_limit: batches == k / 2,
        statistics,
    })
}

/// Welch's moving average (1983, The Computer Performance Modeling Handbook, 268) of a series that is already averaged over
/// replications: at j the mean of j − w … j + w, near the beginning of 1 … 2j − 1. Shorter than the series by `window`; empty if
/// nothing is left.
pub fn welch(averages: &[f64], window: usize) -> Vec<f64> {
    (0..averages.len().saturating_sub(window))
        .map(|j| {
            let reach = window.min(j);
            mean(&averages[j - reach..=j + reach])
        })
        .collect()
}

#[cfg(test)]
mod tests;
