//! Quantiles over time: a median line in its 50 % and 90 % bands.

use super::super::colour::Colour;
use super::super::days::TimeAxis;
use super::super::page::SERIES;
use super::super::plot::Plot;
use super::super::scene::Point;
use crate::stats;

/// The 5 %, 25 %, 50 %, 75 % and 95 % quantiles of one quantity at one time, over replications. Not-a-number leaves a gap.
pub type Quantiles = [f64; 5];

/// The quantiles of a sample (Hyndman and Fan, type 7), which is sorted in place; values that are not finite must be gone. An empty sample gives a gap.
pub fn quantiles(sample: &mut [f64]) -> Quantiles {
    sample.sort_unstable_by(f64::total_cmp);
    [0.05, 0.25, 0.5, 0.75, 0.95].map(|p| stats::quantile(sample, p))
}

/// How many days to average before drawing, so that a year is not a comb of weekly closing days: 1 up to a hundred days, 7 up to three years, else 28.
pub fn days_a_value(days: usize) -> usize {
    match days {
        0..=100 => 1,
        101..=1100 => 7,
        _ => 28,
    }
}

/// How many of `count` values [`means`] takes: all, but for a last part of less than half of `every`, unless it is all there is.
pub fn averaged_days(count: usize, every: usize) -> usize {
    let rest = count % every.max(1);
    if rest * 2 < every && count > rest { count - rest } else { count }
}

/// Means of each `every` values in turn. A last part that is not whole has a mean of its own, unless it is less than half: [`averaged_days`].
pub fn means(daily: &[f64], every: usize) -> Vec<f64> {
    let every = every.max(1);
    daily[..averaged_days(daily.len(), every)]
        .chunks(every)
        .map(|chunk| chunk.iter().sum::<f64>() / chunk.len() as f64)
        .collect()
}

/// How many values to average for each point drawn, so that no more points than `most` are drawn: 1, or whole days, weeks, four weeks, quarters, years.
pub(super) fn averaged(count: usize, step_days: f64, most: usize) -> usize {
    if count <= most {
        return 1;
    }
    let periods = [1.0, 7.0, 28.0, 91.0, 364.0].map(|days| ((days / step_days).round() as usize).max(1));
    let enough = periods.into_iter().find(|every| *every > 1 && count / every <= most);
    enough.unwrap_or_else(|| count.div_ceil(most.max(1)))
}

/// What stands for several values in turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Summary {
    /// Their mean.
    Mean,
    /// The greatest: what is empty at night and on closed days is not made small by them.
    Greatest,
}

impl Summary {
    fn of(self, values: impl ExactSizeIterator<Item = f64>) -> f64 {
        let n = values.len() as f64;
        match self {
            Summary::Mean => values.sum::<f64>() / n,
            // A gap is nothing great.
            Summary::Greatest => values.fold(f64::NAN, f64::max),
        }
    }

    /// Its name in a sentence.
    pub(super) fn name(self) -> &'static str {
        match self {
            Summary::Mean => "mean",
            Summary::Greatest => "greatest",
        }
    }
}

/// Each quantile of `every` rows in turn put into one, without a last part that is not whole.
pub(super) fn coarser(rows: &[Quantiles], every: usize, summary: Summary) -> Vec<Quantiles> {
    let chunks = rows.chunks_exact(every);
    chunks
        .map(|chunk| std::array::from_fn(|p| summary.of(chunk.iter().map(|row| row[p]))))
        .collect()
}

/// The least and greatest finite value of rows, if there is one.
pub(super) fn bounds(rows: &[Quantiles]) -> Option<(f64, f64)> {
    let finite = rows.iter().flatten().filter(|value| value.is_finite());
    finite.fold(None, |found, &value| {
        let (low, high) = found.unwrap_or((value, value));
        Some((value.min(low), value.max(high)))
    })
}

/// Draws the bands and the median of rows, gap by gap.
pub(super) fn draw(plot: &mut Plot, axis: &TimeAxis, rows: &[Quantiles], class: usize) {
    let (fill, line) = (Colour::class(class), Colour::class(class).readable(2.2));
    let width = if rows.len() > 400 { 1.0 } else { SERIES };
    for run in runs(rows) {
        let along = |p: usize| -> Vec<Point> {
            let points = run.clone().map(|index| (axis.at(index), rows[index][p]));
            let mut points: Vec<Point> = points.collect();
            if let [(x, y)] = points[..] {
                // A single value is drawn as wide as the time it stands for.
                let half = axis.step() / 2.0;
                points = vec![(x - half, y), (x + half, y)];
            }
            points
        };
        plot.band(&along(0), &along(4), fill.with_alpha(0.18));
        plot.band(&along(1), &along(3), fill.with_alpha(0.32));
        plot.line(&along(2), line, width);
    }
}

/// Stretches of rows without a gap.
fn runs(rows: &[Quantiles]) -> Vec<std::ops::Range<usize>> {
    let mut found: Vec<std::ops::Range<usize>> = Vec::new();
    for (index, _) in rows.iter().enumerate().filter(|(_, row)| row.iter().all(|value| value.is_finite())) {
        match found.last_mut() {
            Some(run) if run.end == index => run.end = index + 1,
            _ => found.push(index..index + 1),
        }
    }
    found
}

/// The sentence that says what the bands are, where there are any.
pub(super) fn bands_in_words<'a>(rows: impl Iterator<Item = &'a [Quantiles]>) -> &'static str {
    let (mut panels, mut has_bands) = (0, false);
    for rows in rows {
        panels += 1;
        has_bands |= rows.iter().any(|row| row[4] > row[0]);
    }
    match (has_bands, panels) {
        (true, 0 | 1) => "Line: median; bands: the middle 50\u{a0}% and 90\u{a0}% of the replications.",
        (true, _) => "Lines: medians; bands: the middle 50\u{a0}% and 90\u{a0}% of the replications.",
        (false, 0 | 1) => "Line: one value each, the same in all replications.",
        (false, _) => "Lines: one value each, the same in all replications.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_of_a_hundred_and_one_values_are_the_values_themselves() {
        let mut sample: Vec<f64> = (0..=100).rev().map(f64::from).collect();
        for (found, expected) in quantiles(&mut sample).into_iter().zip([5.0, 25.0, 50.0, 75.0, 95.0]) {
            assert!((found - expected).abs() < 1e-9);
        }
        assert!(quantiles(&mut []).iter().all(|value| value.is_nan()));
        assert!(quantiles(&mut [3.0]).iter().all(|value| (value - 3.0).abs() < 1e-12));
    }

    #[test]
    fn long_horizons_are_averaged_over_whole_weeks() {
        assert_eq!([days_a_value(60), days_a_value(365), days_a_value(3650)], [1, 7, 28]);
        assert_eq!(means(&[1.0, 3.0, 5.0, 7.0, 100.0], 4), [4.0]);
        assert_eq!(means(&[1.0, 3.0, 5.0, 7.0, 100.0, 200.0], 4), [4.0, 150.0]);
        assert_eq!([averaged_days(365, 7), averaged_days(111, 7), averaged_days(3, 7)], [364, 111, 3]);
        assert_eq!(means(&[1.0, 3.0], 7), [2.0]);
        assert!(means(&[], 7).is_empty());
    }

    #[test]
    fn more_values_than_can_be_seen_are_averaged_over_whole_periods() {
        assert_eq!(averaged(365, 1.0, 450), 1);
        assert_eq!(averaged(3650, 1.0, 450), 28);
        assert_eq!(averaged(1440, 1.0 / 24.0, 450), 24);
        let rows: Vec<Quantiles> = (0..7).map(|k| [f64::from(k); 5]).collect();
        let drawn = |summary| coarser(&rows, 3, summary).iter().map(|row| row[2]).collect::<Vec<f64>>();
        assert_eq!(drawn(Summary::Mean), [1.0, 4.0]);
        assert_eq!(drawn(Summary::Greatest), [2.0, 5.0]);
    }

    #[test]
    fn a_gap_parts_the_line() {
        let gap = [f64::NAN; 5];
        assert_eq!(runs(&[[1.0; 5], [2.0; 5], gap, gap, [3.0; 5]]), [0..2, 4..5]);
    }
}
