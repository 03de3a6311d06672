//! The mean with Student's interval (Student 1908, Biometrika 6:1), and means weighted by time.

use super::laws::student_quantile;
use super::sum::{mean, sum, variance};

/// A mean with its t interval; what needs more values than there are is NaN.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeanInterval {
    /// Number of values.
    pub n: usize,
    /// Their mean; NaN of none.
    pub mean: f64,
    /// Their standard deviation (divisor n − 1); NaN of fewer than two.
    pub sd: f64,
    /// Standard error of the mean.
    pub se: f64,
    /// Lower end of the interval.
    pub lower: f64,
    /// Upper end of the interval.
    pub upper: f64,
}

impl MeanInterval {
    /// Half the width of the interval.
    pub fn half_width(&self) -> f64 {
        0.5 * (self.upper - self.lower)
    }

    /// The farther of the distances from the mean to the ends: half the width, but where an end was cut.
    pub fn reach(&self) -> f64 {
        (self.upper - self.mean).max(self.mean - self.lower)
    }

    /// The same without the parts of the interval beyond what the mean can be.
    #[must_use]
    pub fn within(self, (least, greatest): (f64, f64)) -> MeanInterval {
        MeanInterval {
            lower: if self.lower < least { least } else { self.lower },
            upper: if self.upper > greatest { greatest } else { self.upper },
            ..self
        }
    }

    /// Whether a value lies within the interval.
    pub fn contains(&self, x: f64) -> bool {
        self.lower <= x && x <= self.upper
    }
}

/// The mean with ± t(1 − α/2, n − 1) S / √n, α = 1 − `confidence`.
pub fn mean_interval(values: &[f64], confidence: f64) -> MeanInterval {
    let n = values.len();
    let (mean, sd) = (mean(values), variance(values).sqrt());
    let se = sd / (n as f64).sqrt();
    let half = if n < 2 {
        f64::NAN
    } else {
        student_quantile(0.5 + 0.5 * confidence, (n - 1) as f64) * se
    };
    MeanInterval {
        n,
        mean,
        sd,
        se,
        lower: mean - half,
        upper: mean + half,
    }
}

/// The mean over [from, to] of a step function given as (time, value from then on), ascending by time; a step that straddles an
/// end counts with the part inside.
///
/// NaN for an empty window, or if no step has begun when it opens.
pub fn time_weighted_mean(steps: &[(f64, f64)], from: f64, to: f64) -> f64 {
    if from.is_nan() || to.is_nan() || to <= from || steps.first().is_none_or(|(begins, _)| *begins > from) {
        return f64::NAN;
    }
    let area = sum(steps.iter().enumerate().map(|(i, &(begins, value))| {
        let ends = steps.get(i + 1).map_or(to, |(next, _)| *next);
        value * (ends.min(to) - begins.max(from)).max(0.0)
    }));
    area / (to - from)
}

#[cfg(test)]
mod tests {
    use super::super::laws::normal_quantile;
    use super::super::testing::{SYSTEMS, assert_close, uniforms};
    use super::*;

    const LAW: [f64; 10] = [1.2, 1.5, 1.68, 1.89, 0.95, 1.49, 1.58, 1.55, 0.5, 1.09];

    #[test]
    fn the_interval_of_laws_ten_replications_is_the_printed_one() {
        let interval = mean_interval(&LAW, 0.9);
        assert_close(interval.mean, 1.343, 1e-12);
        assert_close(interval.sd * interval.sd, 0.167_512_222_222_222_23, 1e-12);
        assert_close(interval.half_width(), 0.237_253_414_489_397_02, 1e-12);
        assert_close(mean_interval(&LAW, 0.95).half_width(), 0.292_783_11, 2e-8);
    }

    #[test]
    fn an_interval_that_is_cut_reaches_as_far_as_its_other_end() {
        let interval = mean_interval(&[0.0, 0.0, 0.0, 0.8], 0.95);
        let cut = interval.within((0.0, 1.0));
        assert!(interval.lower < 0.0 && interval.upper < 1.0);
        assert_close(cut.lower, 0.0, 0.0);
        assert_close(cut.upper, interval.upper, 0.0);
        assert_close(cut.reach(), interval.half_width(), 1e-12);
        assert_close(interval.within((f64::NEG_INFINITY, f64::INFINITY)).lower, interval.lower, 0.0);
        assert!(mean_interval(&[0.5], 0.95).within((0.0, 1.0)).lower.is_nan());
    }

    #[test]
    fn the_interval_of_ten_counts_is_the_printed_one() {
        let interval = mean_interval(&[6.0, 7.0, 5.0, 1.0, 0.0, 4.0, 6.0, 0.0, 6.0, 1.0], 0.9);
        assert_close(interval.mean, 3.6, 1e-15);
        // The printed digits rest on a quantile that is good to some nine.
        assert_close(interval.lower, 1.978_733_917_471_777, 1e-8);
        assert_close(interval.upper, 5.221_266_082_528_222, 1e-8);
    }

    #[test]
    fn the_four_systems_of_banks_have_their_printed_intervals() {
        let printed = [
            (50.036, 17.7027, 37.3723, 62.6997),
            (49.236, 16.2450, 37.6150, 60.8570),
            (44.350, 13.1509, 34.9424, 53.7576),
            (48.778, 15.9415, 37.3741, 60.1819),
        ];
        for (system, (mean, sd, lower, upper)) in SYSTEMS.iter().zip(printed) {
            let interval = mean_interval(system, 0.95);
            assert_close(interval.mean, mean, 1e-9);
            for (found, printed) in [(interval.sd, sd), (interval.lower, lower), (interval.upper, upper)] {
                assert!((found - printed).abs() < 6e-5, "found {found}, printed {printed}");
            }
        }
    }

    #[test]
    fn the_interval_of_sixteen_skewed_values_is_the_derived_one() {
        let data = [
            10.0, 12.0, 12.5, 12.5, 13.9, 15.0, 21.0, 22.0, 23.0, 34.0, 50.0, 81.0, 89.0, 121.0, 134.0, 213.0,
        ];
        let interval = mean_interval(&data, 0.95);
        assert_close(interval.mean, 53.993_75, 1e-12);
        assert_close(interval.lower, 22.6536, 3e-6);
        assert_close(interval.upper, 85.3339, 1e-6);
    }

    #[test]
    fn too_few_values_have_no_interval() {
        let one = mean_interval(&[4.0], 0.95);
        assert_close(one.mean, 4.0, 0.0);
        assert!(one.sd.is_nan() && one.lower.is_nan() && one.upper.is_nan() && !one.contains(4.0));
        assert!(mean_interval(&[], 0.95).mean.is_nan());
        assert_close(mean_interval(&[3.0, 3.0], 0.95).half_width(), 0.0, 0.0);
    }

    #[test]
    fn a_step_that_straddles_an_end_counts_with_its_part() {
        let steps = [(0.0, 2.0), (4.0, 5.0)];
        assert_close(time_weighted_mean(&steps, 3.0, 6.0), 4.0, 1e-15);
        assert_close(time_weighted_mean(&steps, 5.0, 10.0), 5.0, 1e-15);
        assert!(time_weighted_mean(&steps, -1.0, 3.0).is_nan());
        assert!(time_weighted_mean(&steps, 3.0, 3.0).is_nan());
        assert!(time_weighted_mean(&[], 0.0, 1.0).is_nan());
    }

    #[test]
    fn the_interval_covers_the_mean_of_normal_data_as_often_as_it_says() {
        let mut uniform = uniforms(7);
        for (n, confidence) in [(5, 0.9), (20, 0.95)] {
            let covered = (0..2000)
                .filter(|_| {
                    let sample: Vec<f64> = (0..n).map(|_| 100.0 + 15.0 * normal_quantile(uniform())).collect();
                    mean_interval(&sample, confidence).contains(100.0)
                })
                .count();
            let error = (confidence * (1.0 - confidence) / 2000.0_f64).sqrt();
            assert!(
                (covered as f64 / 2000.0 - confidence).abs() < 3.0 * error,
                "{covered} of 2000 at {confidence}"
            );
        }
    }

    #[test]
    fn the_interval_of_few_skewed_values_covers_less_by_as_much_as_is_known() {
        let mut uniform = uniforms(19);
        for (n, expected) in [(5, 0.831_022), (10, 0.852_681), (20, 0.871_262), (40, 0.882_914)] {
            let covered = (0..10_000)
                .filter(|_| {
                    let sample: Vec<f64> = (0..n).map(|_| -libm::log(uniform())).collect();
                    mean_interval(&sample, 0.9).contains(1.0)
                })
                .count();
            assert!(
                (covered as f64 / 10_000.0 - expected).abs() < 0.006,
                "{covered} of 10000 for n = {n}"
            );
        }
    }
}
