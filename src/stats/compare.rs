//! Two samples held against each other, and many tests at once.

use super::laws::{student_cdf, student_quantile};
use super::sum::{mean, sum, variance};

/// A t test of a difference of means with its interval; what needs more values than there are is NaN.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TTest {
    /// Mean of the first less mean of the second.
    pub difference: f64,
    /// Standard error of the difference.
    pub se: f64,
    /// Degrees of freedom.
    pub df: f64,
    /// The difference in standard errors.
    pub t: f64,
    /// Two-sided p value of no difference.
    pub p: f64,
    /// Lower end of the interval.
    pub lower: f64,
    /// Upper end of the interval.
    pub upper: f64,
}

/// The differences of pairs. Where these differ by no more than rounding makes of numbers of that size, they are all the same: a constant
/// difference, such as a closure more in every replication, has no spread.
pub(super) fn differences(first: &[f64], second: &[f64]) -> Vec<f64> {
    let mut found: Vec<f64> = first.iter().zip(second).map(|(a, b)| a - b).collect();
    let size = first.iter().chain(second).fold(0.0_f64, |size, x| size.max(x.abs()));
    let ends = found
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(*x), high.max(*x)));
    let is_sound = found.iter().all(|x| x.is_finite());
    if is_sound && ends.1 > ends.0 && ends.1 - ends.0 <= ROUNDING * size {
        let middle = mean(&found);
        found.fill(middle);
    }
    found
}

/// What sums of numbers of size 1 may be off by rounding, amply.
const ROUNDING: f64 = 1e-13;

/// By pairs, as under common random numbers: a t interval of the differences. NaN unless both have the same length of at least 2.
pub fn paired_t(first: &[f64], second: &[f64], confidence: f64) -> TTest {
    let n = first.len();
    if n != second.len() || n < 2 {
        return t_test(f64::NAN, f64::NAN, f64::NAN, confidence);
    }
    let differences = differences(first, second);
    t_test(
        mean(&differences),
        (variance(&differences) / n as f64).sqrt(),
        (n - 1) as f64,
        confidence,
    )
}

/// Of independent samples with variances of their own (Welch 1938, Biometrika 29:350; Satterthwaite 1946, Biometrics 2:110).
pub fn welch_t(first: &[f64], second: &[f64], confidence: f64) -> TTest {
    let (n, m) = (first.len() as f64, second.len() as f64);
    let (a, b) = (variance(first) / n, variance(second) / m);
    let df = (a + b) * (a + b) / (a * a / (n - 1.0) + b * b / (m - 1.0));
    t_test(mean(first) - mean(second), (a + b).sqrt(), df, confidence)
}

fn t_test(difference: f64, se: f64, df: f64, confidence: f64) -> TTest {
    // Identical samples differ by exactly nothing, and surely.
    let (t, half) = if se > 0.0 || se.is_nan() {
        (difference / se, student_quantile(0.5 + 0.5 * confidence, df) * se)
    } else if difference.abs() > 0.0 {
        (difference.signum() * f64::INFINITY, 0.0)
    } else {
        (0.0, 0.0)
    };
    let p = if se > 0.0 || se.is_nan() {
        2.0 * student_cdf(-t.abs(), df)
    } else if t.is_infinite() {
        0.0
    } else {
        1.0
    };
    TTest {
        difference,
        se,
        df,
        t,
        p,
        lower: difference - half,
        upper: difference + half,
    }
}

/// Pearson's correlation; NaN unless both have the same length and some spread.
pub fn correlation(first: &[f64], second: &[f64]) -> f64 {
    if first.len() != second.len() {
        return f64::NAN;
    }
    let (a, b) = (mean(first), mean(second));
    let products = sum(first.iter().zip(second).map(|(x, y)| (x - a) * (y - b)));
    let squares = |values: &[f64], centre: f64| sum(values.iter().map(|x| (x - centre) * (x - centre)));
    let spread = (squares(first, a) * squares(second, b)).sqrt();
    if spread > 0.0 {
        (products / spread).clamp(-1.0, 1.0)
    } else {
        f64::NAN
    }
}

/// How much common random numbers save: (S₁² + S₂²) / S_D². Below 1 they do harm; infinite where the differences are all equal;
/// NaN of fewer than two pairs or without any spread.
pub fn variance_reduction(first: &[f64], second: &[f64]) -> f64 {
    if first.len() != second.len() {
        return f64::NAN;
    }
    let differences = differences(first, second);
    (variance(first) + variance(second)) / variance(&differences)
}

/// p values adjusted for their number (Holm 1979, Scand. J. Stat. 6:65), in the order given.
pub fn holm(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|i, j| p[*i].total_cmp(&p[*j]));
    let mut adjusted = vec![0.0; p.len()];
    let mut greatest: f64 = 0.0;
    for (rank, i) in order.into_iter().enumerate() {
        greatest = greatest.max((p.len() - rank) as f64 * p[i]).min(1.0);
        adjusted[i] = if p[i].is_nan() { f64::NAN } else { greatest };
    }
    adjusted
}

/// p values times their number, at most 1.
pub fn bonferroni(p: &[f64]) -> Vec<f64> {
    p.iter()
        .map(|x| if x.is_nan() { f64::NAN } else { (x * p.len() as f64).min(1.0) })
        .collect()
}

/// Student's point for `intervals` two-sided intervals that are to hold at once with a confidence: t(1 − α/(2 intervals), df), by
/// Bonferroni's inequality. None without intervals or degrees of freedom, or
/// unless 0 < confidence < 1.
pub fn bonferroni_t(intervals: usize, df: f64, confidence: f64) -> Option<f64> {
    let sound = intervals > 0 && df > 0.0 && confidence > 0.0 && confidence < 1.0;
    sound.then(|| student_quantile(1.0 - (1.0 - confidence) / (2 * intervals) as f64, df))
}

/// The confidence of each of `intervals` that are to hold at once with a confidence, by Bonferroni's inequality.
pub fn confidence_at_once(confidence: f64, intervals: usize) -> f64 {
    match intervals {
        0 | 1 => confidence,
        several => 1.0 - (1.0 - confidence) / several as f64,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{SYSTEMS, assert_close};
    use super::*;

    const DRUG_1: [f64; 10] = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
    const DRUG_2: [f64; 10] = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

    #[test]
    fn students_sleep_data_have_their_known_tests() {
        let welch = welch_t(&DRUG_1, &DRUG_2, 0.95);
        assert_close(welch.t, -1.860_813_467_486_852_6, 1e-12);
        assert_close(welch.df, 17.776_473_516_178_488, 1e-12);
        assert_close(welch.p, 0.079_394_140_187_358_3, 1e-11);
        assert_close(welch.lower, -3.365_483_230_711_710_4, 1e-11);
        assert_close(welch.upper, 0.205_483_230_711_711_37, 1e-11);
        let paired = paired_t(&DRUG_1, &DRUG_2, 0.95);
        assert_close(paired.t, -4.062_127_683_382_037, 1e-12);
        assert_close(paired.p, 0.002_832_890_197_384_273, 1e-11);
        assert_close(paired.lower, -2.459_885_763_276_983, 1e-11);
        assert_close(paired.upper, -0.700_114_236_723_017_5, 1e-11);
    }

    #[test]
    fn laws_inventories_have_their_printed_intervals() {
        let first = [126.97, 124.31, 126.68, 122.66, 127.23];
        let second = [118.21, 120.22, 122.45, 122.68, 119.40];
        let paired = paired_t(&first, &second, 0.9);
        assert_close(paired.difference, 4.978, 1e-12);
        assert_close(paired.se * paired.se, 2.438_274, 3e-7);
        assert_close(paired.lower, 1.649_127, 4e-7);
        assert_close(paired.upper, 8.306_873, 1e-7);
        let welch = welch_t(&first, &second, 0.9);
        assert_close(welch.df, 7.992_386, 1e-7);
        assert_close(welch.lower, 2.660_786, 2e-7);
        assert_close(welch.upper, 7.295_214, 1e-7);
    }

    #[test]
    fn ten_pairs_have_the_printed_interval() {
        let test = t_test(2.22, 0.55 / 10.0_f64.sqrt(), 9.0, 0.95);
        assert_close(test.lower, 1.827, 3e-4);
        assert_close(test.upper, 2.613, 3e-4);
    }

    #[test]
    fn the_pairs_of_banks_have_their_printed_intervals() {
        let printed = [
            (0, 1, 0.800, 2.1208, -0.7172, 2.3172),
            (0, 2, 5.686, 5.3384, 1.8672, 9.5048),
            (0, 3, 1.258, 2.3430, -0.4181, 2.9341),
            (1, 2, 4.886, 3.4435, 2.4227, 7.3493),
            (1, 3, 0.458, 0.3445, 0.2116, 0.7044),
            (2, 3, -4.428, 3.1384, -6.6731, -2.1829),
        ];
        for (i, j, difference, sd, lower, upper) in printed {
            let test = paired_t(&SYSTEMS[i], &SYSTEMS[j], 0.95);
            assert!((test.difference - difference).abs() < 1e-9);
            assert!((test.se * 10.0_f64.sqrt() - sd).abs() < 6e-5);
            assert!((test.lower - lower).abs() < 6e-5 && (test.upper - upper).abs() < 6e-5, "{test:?}");
        }
        assert_close((paired_t(&SYSTEMS[0], &SYSTEMS[2], 0.95).se).powi(2) * 10.0, 28.498_049, 1e-7);
    }

    #[test]
    fn common_random_numbers_save_what_is_known() {
        assert_close(variance_reduction(&SYSTEMS[0], &SYSTEMS[1]), 128.3, 5e-4);
        assert_close(variance_reduction(&SYSTEMS[0], &SYSTEMS[2]), 17.07, 5e-4);
        assert_close(variance_reduction(&SYSTEMS[2], &SYSTEMS[3]), 43.36, 5e-4);
        assert!(variance_reduction(&[1.0, 2.0], &[2.0, 3.0]).is_infinite());
        assert!(variance_reduction(&[1.0], &[2.0, 3.0]).is_nan());
    }

    #[test]
    fn identical_samples_do_not_differ() {
        let same = paired_t(&DRUG_1, &DRUG_1, 0.95);
        assert_eq!((same.difference, same.lower, same.upper, same.t, same.p), (0.0, 0.0, 0.0, 0.0, 1.0));
        let shifted = paired_t(&[2.0, 3.0], &[1.0, 2.0], 0.95);
        assert!(shifted.t.is_infinite() && shifted.p <= 0.0);
        assert!(paired_t(&[1.0], &[1.0], 0.95).lower.is_nan());
        assert!(paired_t(&[1.0, 2.0], &[1.0], 0.95).difference.is_nan());
        assert!(welch_t(&[1.0], &[1.0, 2.0], 0.95).p.is_nan());
    }

    #[test]
    fn correlation_is_1_along_a_line() {
        assert_close(correlation(&[1.0, 2.0, 4.0], &[3.0, 5.0, 9.0]), 1.0, 1e-15);
        assert_close(correlation(&[1.0, 2.0, 3.0], &[1.0, 3.0, 2.0]), 0.5, 1e-15);
        assert!(correlation(&[1.0, 1.0], &[1.0, 2.0]).is_nan());
        assert!(correlation(&[1.0], &[1.0, 2.0]).is_nan());
    }

    #[test]
    fn a_difference_that_is_always_the_same_has_no_spread_whatever_rounding_makes_of_it() {
        let base: Vec<f64> = (0..40).map(|k| 300.0 + 7.3 * f64::from(k * k % 11)).collect();
        let more: Vec<f64> = base.iter().map(|x| x + 10.1).collect();
        assert!(base.iter().zip(&more).any(|(x, y)| (y - x - 10.1).abs() > 0.0), "rounding shows");
        let test = paired_t(&more, &base, 0.95);
        assert_close(test.difference, 10.1, 1e-12);
        assert_close(test.se, 0.0, 0.0);
        assert!(test.p <= 0.0 && variance_reduction(&more, &base).is_infinite());
        // What differs by little more than rounding is kept.
        let other: Vec<f64> = base.iter().enumerate().map(|(k, x)| x + 1e-9 * (k % 2) as f64).collect();
        assert!(paired_t(&other, &base, 0.95).se > 0.0);
    }

    #[test]
    fn bonferronis_points_are_the_derived_ones() {
        assert_close(student_quantile(0.5 + 0.5 * confidence_at_once(0.95, 3), 9.0), 2.933_324, 2e-7);
        assert_close(bonferroni_t(6, 9.0, 0.95).unwrap(), 3.364_203, 2e-7);
        assert_close(bonferroni_t(3, 9.0, 0.95).unwrap(), 2.933_324, 2e-7);
        assert_close(bonferroni_t(1, 9.0, 0.95).unwrap(), student_quantile(0.975, 9.0), 0.0);
        assert_eq!(bonferroni_t(0, 9.0, 0.95), None);
        assert_eq!(bonferroni_t(2, 0.0, 0.95), None);
        assert_eq!(bonferroni_t(2, 9.0, 1.0), None);
    }

    #[test]
    fn adjusted_p_values_are_those_of_r() {
        let p = [0.01, 0.04, 0.03, 0.005, 0.2, 0.0007];
        let close = |found: &[f64], expected: &[f64]| found.iter().zip(expected).for_each(|(f, e)| assert_close(*f, *e, 1e-12));
        close(&holm(&p), &[0.04, 0.09, 0.09, 0.025, 0.2, 0.0042]);
        close(&bonferroni(&p), &[0.06, 0.24, 0.18, 0.03, 1.0, 0.0042]);
        close(&holm(&[0.01, 0.04, 0.03, 0.005]), &[0.03, 0.06, 0.06, 0.02]);
        assert!(holm(&[]).is_empty());
    }
}
