//! The mean of one long run, by batches, for checks of the steady state.

use super::mean::{MeanInterval, mean_interval};
use super::sum::{mean, sum, variance};

/// A long run cut into batches (Schmeiser 1982, Oper. Res. 30:556: 10 to 30 of them).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BatchMeans {
    /// The t interval of the batch means; `n` is their number.
    pub interval: MeanInterval,
    /// Estimate of lim n Var(mean): batch size times the variance of batch means; NaN of fewer than two batches.
    pub variance: f64,
}

/// Batches of `size` values that follow each other without overlap; what is left at the end is left out.
pub fn batch_means(values: &[f64], size: usize, confidence: f64) -> BatchMeans {
    let means: Vec<f64> = if size == 0 {
        Vec::new()
    } else {
        values.chunks_exact(size).map(mean).collect()
    };
    BatchMeans {
        interval: mean_interval(&means, confidence),
        variance: size as f64 * variance(&means),
    }
}

/// Estimate of lim n Var(mean) by all batches of `size` that overlap (Meketon & Schmeiser 1984, Proc. WSC, 227), with its degrees of
/// freedom, about 1.5 (n / size − 1): n m / ((n − m + 1)(n − m)) Σ (Ȳ_i(m) − Ȳ)². NaN unless 0 < size < n.
pub fn overlapping_batch_variance(values: &[f64], size: usize) -> (f64, f64) {
    let n = values.len();
    if size == 0 || size >= n {
        return (f64::NAN, f64::NAN);
    }
    let (count, m) = (n as f64, size as f64);
    let centre = mean(values);
    let squares = sum(values.windows(size).map(|batch| {
        let off = mean(batch) - centre;
        off * off
    }));
    (count * m / ((count - m + 1.0) * (count - m)) * squares, 1.5 * (count / m - 1.0))
}

#[cfg(test)]
mod tests {
    use super::super::laws::normal_quantile;
    use super::super::testing::{assert_close, uniforms};
    use super::*;

    #[test]
    fn ten_numbers_have_their_derived_variances() {
        let ten: Vec<f64> = (1..=10).map(f64::from).collect();
        assert_close(batch_means(&ten, 2, 0.95).variance, 20.0, 1e-12);
        assert_close(overlapping_batch_variance(&ten, 2).0, 16.666_666_7, 1e-8);
        assert_close(batch_means(&ten, 5, 0.95).variance, 62.5, 1e-12);
        assert_close(overlapping_batch_variance(&ten, 5).0, 29.166_666_7, 1e-8);
        assert_close(overlapping_batch_variance(&ten, 5).1, 1.5, 1e-12);
    }

    #[test]
    fn a_correlated_run_has_the_variance_of_theory() {
        let mut uniform = uniforms(37);
        let mut x = 0.0;
        let run: Vec<f64> = (0..200_000)
            .map(|_| {
                x = 0.8 * x + normal_quantile(uniform());
                x
            })
            .collect();
        // 1 / (1 − 0.8)² = 25.
        assert_close(batch_means(&run, 500, 0.95).variance, 25.0, 0.2);
        assert_close(overlapping_batch_variance(&run[..50_000], 250).0, 25.0, 0.25);
        assert!(batch_means(&run, 5000, 0.99).interval.contains(0.0));
    }

    #[test]
    fn too_short_a_run_has_no_variance() {
        assert!(batch_means(&[1.0, 2.0, 3.0], 2, 0.95).variance.is_nan());
        assert!(batch_means(&[1.0, 2.0], 0, 0.95).interval.mean.is_nan());
        assert!(overlapping_batch_variance(&[1.0, 2.0], 2).0.is_nan());
    }
}
