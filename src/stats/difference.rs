//! Differences of quantiles, CVaR or any other statistic between two samples that belong together by rows, for which there is no
//! paired t.

use super::bootstrap::{Bootstrap, bootstrap};
use super::estimate::Estimate;
use super::laws::student_quantile;
use super::sum::sum;

/// By sectioning (Asmussen & Glynn 2007, Stochastic Simulation, section III.5; Nakayama 2014, TOMACS 24:19): with θ of all rows and θ_b
/// of each of b sections of consecutive rows, as equal as can be,
///
/// θ ± t(1 − α/2, b − 1) √(Σ (θ_b − θ)² / (b − 1)) / √b.
///
/// θ is the statistic of the first less that of the second; 10 to 20 sections are usual, each long enough for the statistic to have
/// little bias. `statistic` sees values in no particular order. None unless both samples have one length, there are at least 2
/// sections and as many rows, and the statistic is finite in all of them.
pub fn sectioned_difference(
    first: &[f64],
    second: &[f64],
    sections: usize,
    confidence: f64,
    statistic: impl Fn(&[f64]) -> f64,
) -> Option<Estimate> {
    let n = first.len();
    if n != second.len() || sections < 2 || n < sections {
        return None;
    }
    let difference = |from: usize, to: usize| statistic(&first[from..to]) - statistic(&second[from..to]);
    let value = difference(0, n);
    let deviation = |b: usize| difference(b * n / sections, (b + 1) * n / sections) - value;
    let squares = sum((0..sections).map(deviation).map(|d| d * d));
    let df = (sections - 1) as f64;
    let half = student_quantile(0.5 + 0.5 * confidence, df) * (squares / df / sections as f64).sqrt();
    (value.is_finite() && half.is_finite()).then_some(Estimate {
        value,
        lower: value - half,
        upper: value + half,
    })
}

/// By the bootstrap of whole rows: the statistic of the first less that of the second, with its resampled values, for
/// [`Bootstrap::bca`] or [`Bootstrap::percentile`].
///
/// `uniform` gives numbers from 0 to 1; `statistic` sees values in no particular order. None unless both samples have one length of at
/// least 2 and there are resamples.
pub fn bootstrap_difference(
    first: &[f64],
    second: &[f64],
    resamples: usize,
    uniform: impl FnMut() -> f64,
    statistic: impl Fn(&[f64]) -> f64,
) -> Option<Bootstrap> {
    if first.len() != second.len() || first.len() < 2 || resamples == 0 {
        return None;
    }
    let rows: Vec<(f64, f64)> = first.iter().copied().zip(second.iter().copied()).collect();
    Some(bootstrap(&rows, resamples, uniform, |rows| {
        let (a, b): (Vec<f64>, Vec<f64>) = rows.iter().copied().unzip();
        statistic(&a) - statistic(&b)
    }))
}

#[cfg(test)]
mod tests {
    use super::super::compare::paired_t;
    use super::super::cvar::cvar_lower;
    use super::super::laws::normal_quantile;
    use super::super::quantile::{quantile, sorted};
    use super::super::sum::mean;
    use super::super::testing::{SYSTEMS, assert_close, uniforms};
    use super::*;

    fn tenth(values: &[f64]) -> f64 {
        quantile(&sorted(values), 0.1)
    }

    #[test]
    fn of_the_mean_with_a_section_for_each_row_it_is_the_paired_t() {
        let found = sectioned_difference(&SYSTEMS[0], &SYSTEMS[2], 10, 0.95, mean).unwrap();
        let test = paired_t(&SYSTEMS[0], &SYSTEMS[2], 0.95);
        assert_close(found.value, test.difference, 1e-12);
        assert_close(found.lower, test.lower, 1e-12);
        assert_close(found.upper, test.upper, 1e-12);
    }

    #[test]
    fn a_constant_shift_is_sure() {
        let second = SYSTEMS[0].map(|x| x - 8.0);
        let found = sectioned_difference(&SYSTEMS[0], &second, 5, 0.95, tenth).unwrap();
        assert_close(found.lower, 8.0, 1e-12);
        assert_close(found.upper, 8.0, 1e-12);
        let boot = bootstrap_difference(&SYSTEMS[0], &second, 200, uniforms(3), |x| cvar_lower(&sorted(x), 0.2)).unwrap();
        assert!(boot.resampled.iter().all(|x| (x - 8.0).abs() < 1e-12));
    }

    #[test]
    fn too_little_has_no_answer() {
        assert_eq!(sectioned_difference(&SYSTEMS[0], &SYSTEMS[1], 11, 0.95, mean), None);
        assert_eq!(sectioned_difference(&SYSTEMS[0], &SYSTEMS[1], 1, 0.95, mean), None);
        assert_eq!(sectioned_difference(&SYSTEMS[0], &SYSTEMS[1][1..], 3, 0.95, mean), None);
        assert_eq!(sectioned_difference(&SYSTEMS[0], &SYSTEMS[1], 5, 0.95, |_| f64::NAN), None);
        assert_eq!(bootstrap_difference(&[1.0], &[1.0], 10, uniforms(1), mean), None);
        assert_eq!(bootstrap_difference(&SYSTEMS[0], &SYSTEMS[1], 0, uniforms(1), mean), None);
    }

    /// Pairs with a common part, the second with twice the spread of its own.
    fn pairs(n: usize, uniform: &mut impl FnMut() -> f64) -> (Vec<f64>, Vec<f64>) {
        let mut pair = || {
            let (a, b) = (normal_quantile(uniform()), normal_quantile(uniform()));
            (a, 1.5 * a + 0.5 * b)
        };
        (0..n).map(|_| pair()).unzip()
    }

    fn tail_mean(values: &[f64]) -> f64 {
        cvar_lower(&sorted(values), 0.1)
    }

    /// The differences of the tenth and of the mean below it between such pairs: the mean of the standard normal law is −φ(z)/q there.
    fn truth() -> (f64, f64) {
        let closer = 1.0 - (1.5_f64 * 1.5 + 0.25).sqrt();
        (normal_quantile(0.1) * closer, -1.754_983_319 * closer)
    }

    #[test]
    fn sectioning_covers_the_difference_as_often_as_it_says() {
        let mut uniform = uniforms(61);
        let (tenths, tails) = truth();
        let runs = 400;
        let mut held = [0_u32; 2];
        for _ in 0..runs {
            let (first, second) = pairs(400, &mut uniform);
            let covers = |truth: f64, statistic: fn(&[f64]) -> f64| {
                let found = sectioned_difference(&first, &second, 10, 0.9, statistic).unwrap();
                u32::from(found.contains(truth))
            };
            held[0] += covers(tenths, tenth);
            held[1] += covers(tails, tail_mean);
        }
        let shares = held.map(|held| f64::from(held) / f64::from(runs));
        assert!(shares.iter().all(|share| (share - 0.9).abs() < 0.05), "{shares:?}");
    }

    #[test]
    fn the_bootstrap_of_rows_covers_the_difference_about_as_often_as_it_says() {
        let mut uniform = uniforms(61);
        let mut again = uniforms(67);
        let (tenths, tails) = truth();
        let runs = 100;
        let mut held = [0_u32; 2];
        for _ in 0..runs {
            let (first, second) = pairs(120, &mut uniform);
            let mut covers = |truth: f64, statistic: fn(&[f64]) -> f64| {
                let boot = bootstrap_difference(&first, &second, 120, &mut again, statistic).unwrap();
                u32::from(boot.percentile(0.9).contains(truth))
            };
            held[0] += covers(tenths, tenth);
            held[1] += covers(tails, tail_mean);
        }
        let shares = held.map(|held| f64::from(held) / f64::from(runs));
        // Three standard errors are 0.09; that of a quantile errs to the safe side for long.
        assert!(shares.iter().all(|share| *share > 0.81) && shares[1] < 0.99, "{shares:?}");
    }
}
