//! Intervals for a proportion: so many hits of so many trials.

use super::bootstrap::Interval;
use super::laws::{beta_quantile, normal_quantile};

/// The exact interval (Clopper & Pearson 1934, Biometrika 26:404); NaN without trials or with more hits than trials.
///
/// A one-sided bound of confidence c is the end of the two-sided interval of confidence 2c − 1.
pub fn clopper_pearson(hits: u64, trials: u64, confidence: f64) -> Interval {
    if trials == 0 || hits > trials {
        return Interval::NONE;
    }
    let (k, n) = (hits as f64, trials as f64);
    let tail = 0.5 * (1.0 - confidence);
    let lower = if hits == 0 { 0.0 } else { beta_quantile(tail, k, n - k + 1.0) };
    let upper = if hits == trials {
        1.0
    } else {
        beta_quantile(1.0 - tail, k + 1.0, n - k)
    };
    Interval { lower, upper }
}

/// The score interval (Wilson 1927, JASA 22:209); NaN without trials or with more hits than trials.
pub fn wilson(hits: u64, trials: u64, confidence: f64) -> Interval {
    if trials == 0 || hits > trials {
        return Interval::NONE;
    }
    let (n, share) = (trials as f64, hits as f64 / trials as f64);
    let z = normal_quantile(0.5 + 0.5 * confidence);
    let square = z * z / n;
    let centre = (share + 0.5 * square) / (1.0 + square);
    let half = z * (share * (1.0 - share) / n + square / (4.0 * n)).sqrt() / (1.0 + square);
    // At no hit, or nothing but hits, the end is exact; rounding would carry it a hair outside.
    Interval {
        lower: if hits == 0 { 0.0 } else { centre - half },
        upper: if hits == trials { 1.0 } else { centre + half },
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::assert_close;
    use super::*;

    #[test]
    fn three_of_twenty_have_their_derived_intervals() {
        let exact = clopper_pearson(3, 20, 0.95);
        assert_close(exact.lower, 0.032_070_9, 2e-6);
        assert_close(exact.upper, 0.378_926_8, 2e-7);
        let score = wilson(3, 20, 0.95);
        assert_close(score.lower, 0.052_368_7, 1e-6);
        assert_close(score.upper, 0.360_418_9, 2e-7);
    }

    #[test]
    fn never_in_thirty_still_has_an_upper_bound() {
        assert_close(clopper_pearson(0, 30, 0.95).upper, 0.115_703_3, 4e-7);
        assert_close(clopper_pearson(0, 30, 0.9).upper, 0.095_033_9, 6e-7);
        assert_close(clopper_pearson(0, 30, 0.95).lower, 0.0, 0.0);
        assert_close(clopper_pearson(30, 30, 0.95).upper, 1.0, 0.0);
        assert_close(wilson(0, 30, 0.95).lower, 0.0, 0.0);
        assert_close(wilson(30, 30, 0.95).upper, 1.0, 0.0);
    }

    #[test]
    fn no_trials_have_no_interval() {
        assert!(clopper_pearson(0, 0, 0.95).lower.is_nan());
        assert!(wilson(3, 2, 0.95).upper.is_nan());
    }
}
