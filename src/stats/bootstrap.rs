//! The bootstrap: percentile, basic and BCa intervals (Efron 1987, JASA 82:171; DiCiccio & Efron 1996, Stat. Sci. 11:189).
//!
//! What is resampled are whole rows, that is replications: never events within one.

use super::laws::{normal_cdf, normal_quantile};
use super::quantile::quantile;
use super::sum::{mean, sum, variance};

/// An interval; NaN where there is none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub lower: f64,
    /// Upper end.
    pub upper: f64,
}

impl Interval {
    /// No interval.
    pub const NONE: Interval = Interval {
        lower: f64::NAN,
        upper: f64::NAN,
    };

    /// Whether a value lies within.
    pub fn contains(&self, x: f64) -> bool {
        self.lower <= x && x <= self.upper
    }
}

/// A statistic with its resampled values.
#[derive(Clone, Debug, PartialEq)]
pub struct Bootstrap {
    /// The statistic of the sample itself.
    pub estimate: f64,
    /// Its values in the resamples, ascending; those that were NaN are left out.
    pub resampled: Vec<f64>,
    /// Efron's acceleration, from the jackknife.
    pub acceleration: f64,
}

/// Draws `resamples` samples of rows with replacement and takes the statistic of each.
///
/// A row may be a number, or a tuple of the numbers that belong to one replication, which then stay together. `uniform` gives
/// numbers from 0 to 1.
pub fn bootstrap<T: Copy>(rows: &[T], resamples: usize, mut uniform: impl FnMut() -> f64, statistic: impl Fn(&[T]) -> f64) -> Bootstrap {
    let n = rows.len();
    let mut resampled = Vec::with_capacity(resamples);
    let mut sample = rows.to_vec();
    if n > 0 {
        for _ in 0..resamples {
            for row in &mut sample {
                *row = rows[((uniform() * n as f64) as usize).min(n - 1)];
            }
            resampled.push(statistic(&sample));
        }
    }
    resampled.retain(|x| !x.is_nan());
    resampled.sort_unstable_by(f64::total_cmp);
    Bootstrap {
        estimate: statistic(rows),
        resampled,
        acceleration: acceleration(rows, statistic),
    }
}

/// Acceleration from the jackknife: Σ(m − t_i)³ / (6 (Σ(m − t_i)²)^1.5); 0 where all leave-one-out values are equal.
pub fn acceleration<T: Copy>(rows: &[T], statistic: impl Fn(&[T]) -> f64) -> f64 {
    if rows.len() < 2 {
        return 0.0;
    }
    let mut others: Vec<T> = rows[1..].to_vec();
    let mut values = vec![statistic(&others)];
    for i in 0..rows.len() - 1 {
        // `others` lacks row i + 1 from here on.
        others[i] = rows[i];
        values.push(statistic(&others));
    }
    let centre = mean(&values);
    let squares = sum(values.iter().map(|t| (centre - t) * (centre - t)));
    let cubes = sum(values.iter().map(|t| (centre - t) * (centre - t) * (centre - t)));
    if squares > 0.0 {
        cubes / (6.0 * squares * squares.sqrt())
    } else {
        0.0
    }
}

/// The BCa interval of a statistic of a sample of numbers.
pub fn bca(values: &[f64], confidence: f64, resamples: usize, uniform: impl FnMut() -> f64, statistic: impl Fn(&[f64]) -> f64) -> Interval {
    bootstrap(values, resamples, uniform, statistic).bca(confidence)
}

impl Bootstrap {
    /// Standard deviation of the resampled values.
    pub fn standard_error(&self) -> f64 {
        variance(&self.resampled).sqrt()
    }

    /// Quantiles α/2 and 1 − α/2 of the resampled values.
    pub fn percentile(&self, confidence: f64) -> Interval {
        self.between(0.5 - 0.5 * confidence, 0.5 + 0.5 * confidence)
    }

    /// The percentile interval mirrored at the estimate.
    pub fn basic(&self, confidence: f64) -> Interval {
        let Interval { lower, upper } = self.percentile(confidence);
        Interval {
            lower: 2.0 * self.estimate - upper,
            upper: 2.0 * self.estimate - lower,
        }
    }

    /// Corrected for bias (ties with the estimate count half) and acceleration; NaN where all resampled values lie on one side
    /// of the estimate, for which the correction has no value.
    pub fn bca(&self, confidence: f64) -> Interval {
        let below = self.resampled.partition_point(|x| *x < self.estimate);
        let up_to = self.resampled.partition_point(|x| *x <= self.estimate);
        let bias = normal_quantile(0.5 * (below + up_to) as f64 / self.resampled.len() as f64);
        if !bias.is_finite() {
            return Interval::NONE;
        }
        let level = |tail: f64| {
            let shifted = bias + normal_quantile(tail);
            normal_cdf(bias + shifted / (1.0 - self.acceleration * shifted))
        };
        self.between(level(0.5 - 0.5 * confidence), level(0.5 + 0.5 * confidence))
    }

    /// Two-sided p value of the statistic's being `value`, by inverting percentile intervals: twice the lesser share of resampled values on
    /// one side of it, itself counted on both, and one resample added to each (Davison & Hinkley 1997, Bootstrap Methods, section 4.4).
    pub fn p_value(&self, value: f64) -> f64 {
        let below = self.resampled.partition_point(|x| *x <= value);
        let above = self.resampled.len() - self.resampled.partition_point(|x| *x < value);
        (2.0 * (1 + below.min(above)) as f64 / (1 + self.resampled.len()) as f64).min(1.0)
    }

    fn between(&self, lower: f64, upper: f64) -> Interval {
        Interval {
            lower: quantile(&self.resampled, lower),
            upper: quantile(&self.resampled, upper),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{THIRTY, assert_close, uniforms};
    use super::*;

    const SIXTEEN: [f64; 16] = [
        10.0, 12.0, 12.5, 12.5, 13.9, 15.0, 21.0, 22.0, 23.0, 34.0, 50.0, 81.0, 89.0, 121.0, 134.0, 213.0,
    ];

    #[test]
    fn the_three_intervals_are_those_of_r() {
        let boot = bootstrap(&SIXTEEN, 1_000_000, uniforms(3), mean);
        assert_close(boot.estimate, 53.993_75, 1e-12);
        assert_close(boot.acceleration, 0.061_528_869_6, 1e-9);
        let near = |interval: Interval, lower: f64, upper: f64| {
            assert_close(interval.lower, lower, 0.005);
            assert_close(interval.upper, upper, 0.005);
        };
        near(boot.basic(0.95), 23.77, 79.12);
        near(boot.percentile(0.95), 28.86, 84.21);
        near(boot.bca(0.95), 32.31, 91.43);
    }

    #[test]
    fn the_interval_of_thirty_values_is_that_of_scipy() {
        let boot = bootstrap(&THIRTY, 100_000, uniforms(5), mean);
        assert_close(boot.acceleration, 0.052_184_115_485_208_13, 1e-9);
        let interval = boot.bca(0.95);
        assert!((interval.lower - 16.214_166_666_666_667).abs() < 0.06, "{interval:?}");
        assert!((interval.upper - 23.973_267_780_479_183).abs() < 0.1, "{interval:?}");
        assert_close(boot.standard_error(), (variance(&THIRTY) * 29.0 / 30.0 / 30.0).sqrt(), 0.01);
    }

    #[test]
    fn the_interval_of_thirty_exponential_values_covers_a_little_less_than_it_says() {
        let (mut uniform, mut again) = (uniforms(23), uniforms(29));
        let covered = (0..1000)
            .filter(|_| {
                let sample: Vec<f64> = (0..30).map(|_| -libm::log(uniform())).collect();
                bca(&sample, 0.9, 400, &mut again, mean).contains(1.0)
            })
            .count();
        assert!((850..=910).contains(&covered), "{covered} of 1000");
    }

    #[test]
    fn equal_values_have_an_interval_of_no_width() {
        let boot = bootstrap(&[4.0; 8], 200, uniforms(1), mean);
        assert_eq!(boot.bca(0.95), Interval { lower: 4.0, upper: 4.0 });
    }

    #[test]
    fn rows_stay_together() {
        let rows: Vec<(f64, f64)> = THIRTY.iter().map(|x| (*x, x - 1.0)).collect();
        let boot = bootstrap(&rows, 500, uniforms(2), |rows| {
            rows.iter().map(|(a, b)| a - b).sum::<f64>() / rows.len() as f64
        });
        assert!(boot.resampled.iter().all(|d| (d - 1.0).abs() < 1e-12));
    }

    #[test]
    fn nothing_resampled_has_no_interval() {
        assert!(bca(&[], 0.95, 100, uniforms(1), mean).lower.is_nan());
        assert!(bca(&[1.0, 2.0], 0.95, 0, uniforms(1), mean).lower.is_nan());
        // The maximum of a resample never lies above that of the sample, and all but never below half the time.
        assert!(bootstrap(&[1.0], 10, || 1.0, mean).percentile(0.9).contains(1.0));
    }
}
