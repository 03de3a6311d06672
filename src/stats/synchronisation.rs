//! Whether common random numbers work, with intervals: the factor by which they reduce the variance, and the correlation.

use super::bootstrap::bootstrap;
use super::compare::{correlation, variance_reduction};
use super::estimate::Estimate;
use super::laws::normal_quantile;

/// [`variance_reduction`] with its BCa interval by the bootstrap of whole rows. `uniform` gives numbers from 0 to 1.
///
/// None unless both samples have one length of at least 3 and the factor is finite: where all differences are equal it is infinite in
/// every resample. Below ten rows or so the interval is rough.
pub fn variance_reduction_interval(
    first: &[f64],
    second: &[f64],
    confidence: f64,
    resamples: usize,
    uniform: impl FnMut() -> f64,
) -> Option<Estimate> {
    let value = variance_reduction(first, second);
    if first.len() < 3 || !value.is_finite() {
        return None;
    }
    let rows: Vec<(f64, f64)> = first.iter().copied().zip(second.iter().copied()).collect();
    let boot = bootstrap(&rows, resamples, uniform, |rows| {
        let (a, b): (Vec<f64>, Vec<f64>) = rows.iter().copied().unzip();
        variance_reduction(&a, &b)
    });
    let interval = boot.bca(confidence);
    (interval.lower <= interval.upper).then_some(Estimate {
        value,
        lower: interval.lower,
        upper: interval.upper,
    })
}

/// [`correlation`] with Fisher's interval tanh(atanh r ± z / √(n − 3)) (Fisher 1921, Metron 1:3), exact only for normal pairs.
///
/// None unless both samples have one length of at least 4 and some spread; of no width on a line.
pub fn correlation_interval(first: &[f64], second: &[f64], confidence: f64) -> Option<Estimate> {
    let value = correlation(first, second);
    let z = normal_quantile(0.5 + 0.5 * confidence);
    if first.len() < 4 || value.is_nan() || z.is_nan() {
        return None;
    }
    let centre = libm::atanh(value);
    let half = z / ((first.len() - 3) as f64).sqrt();
    Some(Estimate {
        value,
        lower: libm::tanh(centre - half),
        upper: libm::tanh(centre + half),
    })
}

#[cfg(test)]
mod tests {
    use super::super::laws::normal_quantile;
    use super::super::testing::{SYSTEMS, assert_close, uniforms};
    use super::*;

    #[test]
    fn the_factors_of_banks_are_surely_above_1() {
        for (i, j, factor) in [(0, 1, 128.3), (0, 2, 17.07), (2, 3, 43.36)] {
            let found = variance_reduction_interval(&SYSTEMS[i], &SYSTEMS[j], 0.95, 4000, uniforms(11)).unwrap();
            assert_close(found.value, factor, 5e-4);
            assert!(found.lower > 5.0 && found.contains(factor), "{found:?}");
        }
    }

    #[test]
    fn the_factor_of_independent_samples_is_about_1() {
        let mut uniform = uniforms(13);
        let mut held = 0;
        for _ in 0..200 {
            let mut sample = || (0..50).map(|_| normal_quantile(uniform())).collect::<Vec<f64>>();
            let (first, second) = (sample(), sample());
            let found = variance_reduction_interval(&first, &second, 0.9, 300, uniforms(17)).unwrap();
            held += u32::from(found.contains(1.0));
        }
        assert!((164..=196).contains(&held), "{held}");
    }

    #[test]
    fn fishers_interval_is_the_known_one() {
        // r = 0.5 of 28 pairs: 0.549306 ± 1.959964 / 5.
        let x: Vec<f64> = (0..28).map(|i| f64::from(i % 2) - 0.5).collect();
        let y: Vec<f64> = (0..28).map(|i| f64::from(i % 2 + i / 2 % 2) - 1.0).collect();
        let found = correlation_interval(&x, &y, 0.95).unwrap();
        let centre = libm::atanh(found.value);
        assert_close(found.value, std::f64::consts::FRAC_1_SQRT_2, 1e-12);
        assert_close(libm::atanh(found.lower), centre - 0.391_992_796_9, 1e-9);
        assert_close(libm::atanh(found.upper), centre + 0.391_992_796_9, 1e-9);
    }

    #[test]
    fn too_little_has_no_interval() {
        assert_eq!(variance_reduction_interval(&[1.0, 2.0], &[2.0, 1.0], 0.95, 100, uniforms(1)), None);
        assert_eq!(
            variance_reduction_interval(&[1.0, 2.0, 4.0], &[2.0, 3.0, 5.0], 0.95, 100, uniforms(1)),
            None
        );
        assert_eq!(correlation_interval(&[1.0, 2.0, 4.0], &[2.0, 3.0, 9.0], 0.95), None);
        assert_eq!(correlation_interval(&[1.0; 5], &[1.0, 2.0, 3.0, 4.0, 5.0], 0.95), None);
        let line = correlation_interval(&[1.0, 2.0, 3.0, 4.0], &[2.0, 4.0, 6.0, 8.0], 0.95).unwrap();
        assert!(line.lower >= 1.0 - 1e-12 && line.upper <= 1.0);
    }
}
