//! Dunnett's one-sided point (Dunnett 1955, JASA 50:1096), for comparisons of independent samples of one size with a control.

use super::super::integrate::{normal_law, point, relative_sd_law};
use super::super::laws::normal_cdf;

/// The d below which the greatest of `comparisons` Student variables lies with a confidence: they share the standard error, of
/// `df` degrees of freedom, and have correlation 1/2 pairwise. It solves
///
/// ∫∫ Φ(z + √2 d s)^p φ(z) dz dF(s) = confidence, with S² of law χ²/df.
///
/// None without comparisons, below 1 degree of freedom, or for a confidence not above 1 / (comparisons + 1), where d would not be positive.
pub fn dunnett_point(comparisons: usize, df: f64, confidence: f64) -> Option<f64> {
    let p = comparisons as f64;
    if comparisons == 0 || df.is_nan() || df < 1.0 || !(confidence > 1.0 / (p + 1.0) && confidence < 1.0) {
        return None;
    }
    let (normal, sd) = (normal_law(), relative_sd_law(df.min(1e9)));
    Some(point(confidence, |d| {
        let below = |shift: f64| -> f64 { normal.iter().map(|(z, weight)| weight * libm::pow(normal_cdf(z + shift), p)).sum() };
        sd.iter().map(|(s, weight)| weight * below(std::f64::consts::SQRT_2 * d * s)).sum()
    }))
}

#[cfg(test)]
mod tests {
    use super::super::super::laws::{normal_quantile, student_quantile};
    use super::super::super::testing::assert_close;
    use super::*;

    #[test]
    fn the_points_are_those_of_the_tables() {
        for (k, df, expected) in [(3, 27.0, 1.9974), (4, 36.0, 2.1327), (5, 20.0, 2.3044), (5, 45.0, 2.2224)] {
            let d = dunnett_point(k - 1, df, 0.95).unwrap();
            assert!((d - expected).abs() < 6e-5, "k {k}, df {df}: {d}");
        }
        // The row of 10 degrees of freedom in Dunnett's table at 95 %.
        for (comparisons, printed) in (1..).zip([1.81, 2.15, 2.34, 2.47, 2.56]) {
            let d = dunnett_point(comparisons, 10.0, 0.95).unwrap();
            assert!((d - printed).abs() < 0.006, "{comparisons}: {d}");
        }
    }

    #[test]
    fn one_comparison_is_students() {
        for df in [1.0, 2.0, 5.0, 40.0] {
            assert_close(dunnett_point(1, df, 0.95).unwrap(), student_quantile(0.95, df), 1e-7);
        }
        assert_close(dunnett_point(1, f64::INFINITY, 0.95).unwrap(), normal_quantile(0.95), 1e-7);
    }

    #[test]
    fn no_comparison_has_no_point() {
        assert_eq!(dunnett_point(0, 10.0, 0.95), None);
        assert_eq!(dunnett_point(3, 0.0, 0.95), None);
        assert_eq!(dunnett_point(3, 10.0, 0.25), None);
        assert_eq!(dunnett_point(3, 10.0, 1.0), None);
    }
}
