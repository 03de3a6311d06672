//! Quantiles as weighted sums of all order statistics (Harrell & Davis 1982, Biometrika 69:635), with their standard errors.

use super::laws::incomplete_beta;
use super::sum::{mean, sum};

/// A quantile by Harrell & Davis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HarrellDavis {
    /// The estimate; NaN of no values or unless 0 < p < 1.
    pub value: f64,
    /// Its jackknife standard error; NaN of fewer than two.
    pub se: f64,
}

/// Σ w_i Y_(i) with w_i the beta((n+1)p, (n+1)(1−p)) mass of ((i−1)/n, i/n).
pub fn harrell_davis(sorted: &[f64], p: f64) -> HarrellDavis {
    let n = sorted.len();
    if n == 0 || !(p > 0.0 && p < 1.0) {
        return HarrellDavis {
            value: f64::NAN,
            se: f64::NAN,
        };
    }
    let value = sum(weights(n, p).iter().zip(sorted).map(|(w, y)| w * y));
    HarrellDavis {
        value,
        se: jackknife_se(sorted, p),
    }
}

/// What each order statistic of n counts for in the quantile `p`, 0 < p < 1.
pub(super) fn weights(n: usize, p: f64) -> Vec<f64> {
    let (a, b) = ((n + 1) as f64 * p, (n + 1) as f64 * (1.0 - p));
    beta_masses(n, a, b)
}

/// The mass of a beta law in each of n equal cells.
fn beta_masses(n: usize, a: f64, b: f64) -> Vec<f64> {
    let mut below = 0.0;
    (1..=n)
        .map(|i| {
            let up_to = incomplete_beta(a, b, i as f64 / n as f64);
            let mass = up_to - below;
            below = up_to;
            mass
        })
        .collect()
}

/// Leaving out the i-th value moves those above it one rank down, so all n estimates come from two running sums.
fn jackknife_se(sorted: &[f64], p: f64) -> f64 {
    let n = sorted.len();
    if n < 2 {
        return f64::NAN;
    }
    let weights = weights(n - 1, p);
    let mut above = vec![0.0; n];
    for i in (0..n - 1).rev() {
        above[i] = above[i + 1] + weights[i] * sorted[i + 1];
    }
    let mut below = 0.0;
    let values: Vec<f64> = (0..n)
        .map(|i| {
            let value = below + above[i];
            if let Some(w) = weights.get(i) {
                below += w * sorted[i];
            }
            value
        })
        .collect();
    let centre = mean(&values);
    let squares = sum(values.iter().map(|t| (t - centre) * (t - centre)));
    (squares * (n - 1) as f64 / n as f64).sqrt()
}

/// Standard error of the sample quantile (Maritz & Jarrett 1978, JASA 73:194); NaN where the sample has no room on both sides of
/// its rank.
pub fn maritz_jarrett_se(sorted: &[f64], p: f64) -> f64 {
    let n = sorted.len();
    let rank = n as f64 * p + 0.5;
    if rank.is_nan() || rank < 2.0 || rank >= n as f64 {
        return f64::NAN;
    }
    let m = rank.floor();
    let masses = beta_masses(n, m - 1.0, n as f64 - m);
    let first = sum(masses.iter().zip(sorted).map(|(w, y)| w * y));
    let second = sum(masses.iter().zip(sorted).map(|(w, y)| w * (y - first) * (y - first)));
    second.sqrt()
}

#[cfg(test)]
mod tests {
    use super::super::quantile::sorted;
    use super::super::testing::{THIRTY, assert_close};
    use super::*;

    #[test]
    fn the_estimates_are_those_of_scipy() {
        let ten: Vec<f64> = (1..=10).map(f64::from).collect();
        assert_close(harrell_davis(&ten, 0.5).value, 5.5, 1e-12);
        assert_close(harrell_davis(&ten, 0.9).value, 9.435_115_176_7, 1e-10);
        let sixteen = [
            10.0, 12.0, 12.5, 12.5, 13.9, 15.0, 21.0, 22.0, 23.0, 34.0, 50.0, 81.0, 89.0, 121.0, 134.0, 213.0,
        ];
        assert_close(harrell_davis(&sixteen, 0.5).value, 28.925_025_224, 1e-10);
        assert_close(harrell_davis(&sixteen, 0.9).value, 154.085_555_048_8, 1e-10);
        let thirty = sorted(&THIRTY);
        for (p, expected) in [
            (0.25, 12.182_944_030_516_085),
            (0.5, 16.354_804_882_314_397),
            (0.9, 35.094_535_322_507_056),
        ] {
            assert_close(harrell_davis(&thirty, p).value, expected, 1e-10);
        }
    }

    #[test]
    fn the_weights_are_symmetric_at_the_median() {
        let weights = weights(10, 0.5);
        for (i, expected) in [0.000_512, 0.014_573, 0.072_740, 0.168_369, 0.243_805].into_iter().enumerate() {
            assert!((weights[i] - expected).abs() < 6e-7);
            assert_close(weights[9 - i], weights[i], 1e-12);
        }
    }

    const NINETEEN: [f64; 19] = [
        77.0, 87.0, 88.0, 114.0, 151.0, 210.0, 219.0, 246.0, 253.0, 262.0, 296.0, 299.0, 306.0, 376.0, 428.0, 515.0, 666.0, 1310.0, 2611.0,
    ];

    #[test]
    fn the_standard_errors_are_those_of_scipy() {
        assert_close(maritz_jarrett_se(&NINETEEN, 0.25), 55.768_19, 2e-7);
        assert_close(maritz_jarrett_se(&NINETEEN, 0.5), 45.840_28, 2e-7);
        assert_close(maritz_jarrett_se(&NINETEEN, 0.75), 198.878_75, 2e-7);
        assert_close(harrell_davis(&NINETEEN, 0.9).value, 1_367.915_4, 1e-7);
    }

    #[test]
    fn the_jackknife_is_that_of_the_definition() {
        let values: Vec<f64> = (0..19)
            .map(|i| {
                let others: Vec<f64> = (0..19).filter(|j| *j != i).map(|j| NINETEEN[j]).collect();
                harrell_davis(&others, 0.75).value
            })
            .collect();
        let centre = mean(&values);
        let direct = (18.0 / 19.0 * values.iter().map(|t| (t - centre) * (t - centre)).sum::<f64>()).sqrt();
        assert_close(harrell_davis(&NINETEEN, 0.75).se, direct, 1e-11);
    }

    #[test]
    fn too_few_values_have_no_answer() {
        assert!(harrell_davis(&[], 0.5).value.is_nan());
        assert!(harrell_davis(&[1.0, 2.0], 1.0).value.is_nan());
        let one = harrell_davis(&[3.0], 0.5);
        assert_close(one.value, 3.0, 1e-15);
        assert!(one.se.is_nan());
        assert!(maritz_jarrett_se(&[1.0, 2.0, 3.0], 0.1).is_nan());
        assert!(maritz_jarrett_se(&[], 0.5).is_nan());
    }
}
