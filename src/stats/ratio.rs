//! The ratio of two means of samples that belong together.

use super::estimate::Estimate;
use super::laws::student_quantile;
use super::mean::mean_interval;
use super::sum::{mean, variance};

/// Mean of the first over mean of the second, R, with the interval by linearisation (Cochran 1977, Sampling Techniques, section 6.4):
///
/// R ± t(1 − α/2, n − 1) S_E / (√n |X̄|), E_r = Y_r − R X_r,
///
/// Y the first and X the second. None unless both have one length of at least 2, all finite, and the interval of the second's mean
/// leaves out 0, near which a ratio says nothing.
pub fn paired_ratio(first: &[f64], second: &[f64], confidence: f64) -> Option<Estimate> {
    let n = first.len();
    let below = mean_interval(second, confidence);
    let is_far_from_0 = below.lower > 0.0 || below.upper < 0.0;
    if n < 2 || second.len() != n || !first.iter().all(|x| x.is_finite()) || !is_far_from_0 {
        return None;
    }
    let value = mean(first) / below.mean;
    let errors: Vec<f64> = first.iter().zip(second).map(|(y, x)| y - value * x).collect();
    let t = student_quantile(0.5 + 0.5 * confidence, (n - 1) as f64);
    let half = t * (variance(&errors) / n as f64).sqrt() / below.mean.abs();
    Some(Estimate {
        value,
        lower: value - half,
        upper: value + half,
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{assert_close, uniforms};
    use super::*;
    use crate::stats::normal_quantile;

    /// By hand: R = 31/15, errors −4/15, −1/3, 3/5 with variance 0.2711111, t(0.975, 2) = 4.302653, mean 5.
    #[test]
    fn the_interval_of_a_ratio_agrees_with_one_by_hand() {
        let found = paired_ratio(&[8.0, 10.0, 13.0], &[4.0, 5.0, 6.0], 0.95).unwrap();
        assert_close(found.value, 31.0 / 15.0, 1e-12);
        assert_close(found.upper - found.value, 0.258_690, 1e-5);
    }

    #[test]
    fn the_same_sample_is_surely_one_of_itself() {
        let found = paired_ratio(&[3.0, 4.0, 7.0], &[3.0, 4.0, 7.0], 0.8).unwrap();
        assert_eq!([found.value, found.lower, found.upper].map(f64::to_bits), [1.0_f64.to_bits(); 3]);
    }

    #[test]
    fn there_is_no_ratio_to_what_may_be_nothing() {
        assert_eq!(paired_ratio(&[1.0, 2.0, 3.0], &[-1.0, 0.5, 1.0], 0.95), None);
        assert_eq!(paired_ratio(&[1.0, 2.0], &[0.0, 0.0], 0.95), None);
        assert_eq!(paired_ratio(&[1.0, f64::NAN], &[3.0, 3.0], 0.95), None);
        assert_eq!(paired_ratio(&[1.0], &[3.0], 0.95), None);
    }

    #[test]
    fn intervals_of_ratios_hold_about_as_often_as_they_say() {
        let mut uniform = uniforms(31);
        let mut held = 0;
        for _ in 0..1000 {
            let (mut first, mut second) = (Vec::new(), Vec::new());
            for _ in 0..30 {
                let shared = normal_quantile(uniform());
                first.push(12.0 + 2.0 * shared + normal_quantile(uniform()));
                second.push(10.0 + 2.0 * shared);
            }
            held += u32::from(paired_ratio(&first, &second, 0.95).unwrap().contains(1.2));
        }
        assert!((930..=970).contains(&held), "{held}");
    }
}
