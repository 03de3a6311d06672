//! From the numbers of each replication to a figure, its interval, and the band in which single replications lie.

use crate::stats::{mean_interval, quantile, quantile_interval, sorted};

const CONFIDENCE: f64 = 0.95;

/// How a figure comes of the numbers that a measure gives of each replication.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Estimator {
    /// The mean of the first numbers.
    Mean,
    /// The sum of the first numbers over that of the second.
    Ratio,
    /// The mean of all numbers of all replications together.
    PooledMean,
    /// A quantile of all numbers together.
    Quantile(f64),
    /// The Kolmogorov distance of all numbers together from the listed ones. It has no interval.
    Distance(&'static [f64]),
}

/// A figure over replications; what cannot be told is NaN.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// The estimate.
    pub value: f64,
    /// Lower end of its 95 % interval.
    pub lower: f64,
    /// Upper end of its 95 % interval.
    pub upper: f64,
    /// The 2.5 % quantile of the figures of single replications.
    pub band_lower: f64,
    /// Their 97.5 % quantile.
    pub band_upper: f64,
}

impl Estimator {
    /// The figure of these replications.
    pub(super) fn figure(self, replications: &[Vec<f64>]) -> Figure {
        let (value, lower, upper) = self.estimate(replications);
        let single: Vec<f64> = replications
            .iter()
            .map(|one| self.estimate(std::slice::from_ref(one)).0)
            .filter(|value| value.is_finite())
            .collect();
        let single = sorted(&single);
        Figure {
            value,
            lower,
            upper,
            band_lower: quantile(&single, 0.5 - 0.5 * CONFIDENCE),
            band_upper: quantile(&single, 0.5 + 0.5 * CONFIDENCE),
        }
    }

    /// The estimate and the ends of its interval.
    fn estimate(self, replications: &[Vec<f64>]) -> (f64, f64, f64) {
        let nth = |k: usize| {
            replications
                .iter()
                .map(|one| one.get(k).copied().unwrap_or(f64::NAN))
                .collect::<Vec<f64>>()
        };
        match self {
            Estimator::Mean => {
                let interval = mean_interval(&nth(0), CONFIDENCE);
                (interval.mean, interval.lower, interval.upper)
            }
            Estimator::Ratio => ratio(&nth(0), &nth(1)),
            Estimator::PooledMean => {
                let sums: Vec<f64> = replications.iter().map(|one| one.iter().sum()).collect();
                let counts: Vec<f64> = replications.iter().map(|one| one.len() as f64).collect();
                ratio(&sums, &counts)
            }
            Estimator::Quantile(p) => {
                let all = sorted(&replications.concat());
                let interval = quantile_interval(&all, p, CONFIDENCE);
                let (lower, upper) = interval.map_or((f64::NAN, f64::NAN), |i| (i.lower, i.upper));
                (quantile(&all, p), lower, upper)
            }
            Estimator::Distance(listed) => (distance(&replications.concat(), listed), f64::NAN, f64::NAN),
        }
    }
}

/// The ratio of the sums, with an interval by the delta method.
fn ratio(above: &[f64], below: &[f64]) -> (f64, f64, f64) {
    let (top, bottom) = (mean_interval(above, CONFIDENCE), mean_interval(below, CONFIDENCE));
    let value = top.mean / bottom.mean;
    let residuals: Vec<f64> = above.iter().zip(below).map(|(a, b)| a - value * b).collect();
    let half = mean_interval(&residuals, CONFIDENCE).half_width() / bottom.mean;
    (value, value - half, value + half)
}

/// The greatest distance between the distribution functions of two samples; NaN where one is empty.
fn distance(first: &[f64], second: &[f64]) -> f64 {
    if first.is_empty() || second.is_empty() {
        return f64::NAN;
    }
    let (first, second) = (sorted(first), sorted(second));
    let below = |sample: &[f64], x: f64| sample.partition_point(|&value| value <= x) as f64 / sample.len() as f64;
    let steps = first.iter().chain(&second);
    steps.map(|&x| (below(&first, x) - below(&second, x)).abs()).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pooled_mean_weighs_every_number_alike() {
        let figure = Estimator::PooledMean.figure(&[vec![1.0], vec![2.0, 3.0, 4.0]]);
        assert!((figure.value - 2.5).abs() < 1e-12);
        assert!(figure.lower < 2.5 && 2.5 < figure.upper);
    }

    #[test]
    fn a_ratio_is_one_of_sums_and_its_band_one_of_single_replications() {
        let figure = Estimator::Ratio.figure(&[vec![1.0, 10.0], vec![0.0, 10.0], vec![4.0, 20.0], vec![0.0, 0.0]]);
        assert!((figure.value - 0.125).abs() < 1e-12);
        assert!(figure.band_lower >= 0.0 && figure.band_upper <= 0.2, "{figure:?}");
    }

    #[test]
    fn the_distance_is_the_greatest_gap_between_the_two_stairs() {
        assert!((distance(&[1.0, 2.0], &[2.0, 3.0]) - 0.5).abs() < 1e-12);
        assert!(distance(&[1.0, 2.0, 2.0], &[2.0, 1.0, 2.0]).abs() < 1e-12);
        assert!(distance(&[], &[1.0]).is_nan());
    }

    #[test]
    fn a_quantile_is_that_of_all_numbers_together() {
        let figure = Estimator::Quantile(0.5).figure(&[vec![1.0, 2.0], vec![3.0, 4.0, 100.0]]);
        assert!((figure.value - 3.0).abs() < 1e-12);
    }
}
