//! The ratio of two sums over the same rows, with an interval by the jackknife.

use super::estimate::Estimate;
use super::laws::student_quantile;
use super::sum::{Sum, sum};

/// A ratio of sums with what the jackknife says of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct JackknifeRatio {
    /// Σ numerators / Σ denominators.
    pub value: f64,
    /// Its bias as estimated, (n − 1)(m − value) with m the mean of the leave-one-out values. Not taken off `value`.
    pub bias: f64,
    /// Its standard error, √((n − 1)/n Σ (θ_i − m)²) over the leave-one-out values θ_i.
    pub se: f64,
}

impl JackknifeRatio {
    /// Value ± t(1 − α/2, n − 1) se, α = 1 − `confidence`, of `n` rows.
    pub fn interval(&self, n: usize, confidence: f64) -> Estimate {
        let half = student_quantile(0.5 + 0.5 * confidence, n as f64 - 1.0) * self.se;
        Estimate {
            value: self.value,
            lower: self.value - half,
            upper: self.value + half,
        }
    }
}

/// The ratio Σ y / Σ x over rows (y, x), with bias and standard error by the jackknife (Quenouille 1956, Biometrika 43:353; Tukey 1958,
/// Ann. Math. Stat. 29:614; for ratios Miller 1974, Biometrika 61:1). Rows must be independent; within a row y and x may depend on each
/// other in any way.
///
/// None where Σ x is not above 0. Of fewer than two rows, or where without some row nothing of Σ x is left, bias and error are NaN.
pub fn jackknife_ratio(rows: &[(f64, f64)]) -> Option<JackknifeRatio> {
    let (value, without) = leave_one_out(rows)?;
    Some(jackknife(value, &without))
}

/// The difference of two such ratios over the same rows, the first less the second, by the same jackknife: without row i both lack it, so
/// that what the two have in common in a row falls out. A row that one of them lacks is (0, 0) in it.
///
/// None where either has no ratio.
pub fn jackknife_difference(rows: &[[(f64, f64); 2]]) -> Option<JackknifeRatio> {
    let of = |which: usize| leave_one_out(&rows.iter().map(|row| row[which]).collect::<Vec<_>>());
    let ((first, of_first), (second, of_second)) = (of(0)?, of(1)?);
    let without: Vec<f64> = of_first.iter().zip(&of_second).map(|(a, b)| a - b).collect();
    Some(jackknife(first - second, &without))
}

/// The ratio of all rows, and of all but each.
fn leave_one_out(rows: &[(f64, f64)]) -> Option<(f64, Vec<f64>)> {
    let (top, bottom): (Sum, Sum) = (rows.iter().map(|r| r.0).collect(), rows.iter().map(|r| r.1).collect());
    let value = top.value() / bottom.value();
    if !(bottom.value() > 0.0 && value.is_finite()) {
        return None;
    }
    // A difference of sums: exact enough, as both are compensated, and linear in n.
    let without = rows.iter().map(|(y, x)| {
        let left = bottom.value() - x;
        if left > 0.0 { (top.value() - y) / left } else { f64::NAN }
    });
    Some((value, without.collect()))
}

/// Bias and standard error of a value from the values without each row.
fn jackknife(value: f64, without: &[f64]) -> JackknifeRatio {
    let n = without.len() as f64;
    let centre = sum(without.iter().copied()) / n;
    let squares = sum(without.iter().map(|t| (t - centre) * (t - centre)));
    let known = without.len() >= 2;
    JackknifeRatio {
        value,
        bias: if known { (n - 1.0) * (centre - value) } else { f64::NAN },
        se: if known { ((n - 1.0) / n * squares).sqrt() } else { f64::NAN },
    }
}

#[cfg(test)]
mod tests {
    use super::super::laws::normal_quantile;
    use super::super::testing::{assert_close, uniforms};
    use super::*;

    /// Blood levels of eight subjects under three patches (Efron and Tibshirani 1993, table 10.1): new less old, old less placebo.
    const PATCH: [(f64, f64); 8] = [
        (-1200.0, 8406.0),
        (2601.0, 2342.0),
        (-2705.0, 8187.0),
        (1982.0, 8459.0),
        (-1290.0, 4795.0),
        (351.0, 3516.0),
        (-638.0, 4796.0),
        (-2719.0, 10238.0),
    ];

    /// Ratio −0.0713 and bias 0.0080 (Efron and Tibshirani 1993, chapter 10); to more digits 0.008002488 and 0.1055278 (Rizzo 2007,
    /// examples 7.6 and 7.7).
    #[test]
    fn the_jackknife_of_the_patches_is_the_printed_one() {
        let found = jackknife_ratio(&PATCH).unwrap();
        assert!((found.value + 0.0713).abs() < 5e-5, "{found:?}");
        assert_close(found.bias, 0.008_002_488, 1e-7);
        assert_close(found.se, 0.105_527_8, 1e-6);
        let interval = found.interval(8, 0.95);
        assert!(interval.contains(0.0) && interval.contains(found.value));
        assert_close((interval.upper - interval.lower) / found.se, 2.0 * 2.364_624_25, 1e-7);
    }

    #[test]
    fn three_rows_by_hand() {
        // 12 / 6; without each of them 11/5, 9/4, 4/3.
        let found = jackknife_ratio(&[(1.0, 1.0), (3.0, 2.0), (8.0, 3.0)]).unwrap();
        assert_close(found.value, 2.0, 0.0);
        assert_close(found.bias, -0.144_444_444_444_444_4, 1e-12);
        assert_close(found.se, 0.595_144_966_259_648, 1e-12);
    }

    #[test]
    fn of_equal_denominators_it_is_the_interval_of_the_mean() {
        let values = [1.2, 1.5, 1.68, 1.89, 0.95, 1.49, 1.58, 1.55, 0.5, 1.09];
        let rows: Vec<(f64, f64)> = values.iter().map(|y| (2.0 * y, 2.0)).collect();
        let found = jackknife_ratio(&rows).unwrap();
        let mean = super::super::mean::mean_interval(&values, 0.9);
        assert_close(found.value, mean.mean, 1e-14);
        assert_close(found.se, mean.se, 1e-12);
        assert_close(found.interval(10, 0.9).lower, mean.lower, 1e-12);
        assert!(found.bias.abs() < 1e-12);
    }

    #[test]
    fn what_two_ratios_have_in_common_falls_out_of_their_difference() {
        // 12/6 less 9/6; without each row 11/5 − 8/5, 9/4 − 6/4, 4/3 − 4/3.
        let rows = [[(1.0, 1.0), (1.0, 1.0)], [(3.0, 2.0), (3.0, 2.0)], [(8.0, 3.0), (5.0, 3.0)]];
        let found = jackknife_difference(&rows).unwrap();
        assert_close(found.value, 0.5, 1e-14);
        let squares: f64 = [0.6, 0.75, 0.0].map(|t: f64| (t - 0.45) * (t - 0.45)).iter().sum();
        assert_close(found.se, (2.0 / 3.0 * squares).sqrt(), 1e-12);
        // Of the same rows nothing is left, however much they vary.
        let same: Vec<[(f64, f64); 2]> = PATCH.iter().map(|row| [*row; 2]).collect();
        let found = jackknife_difference(&same).unwrap();
        assert!(found.value.abs() < 1e-15 && found.se.abs() < 1e-15, "{found:?}");
        // Of rows that one of the two lacks each, the error is that of independent ratios, but for n.
        let apart = PATCH
            .iter()
            .enumerate()
            .map(|(i, row)| if i % 2 == 0 { [*row, (0.0, 0.0)] } else { [(0.0, 0.0), *row] });
        assert!(jackknife_difference(&apart.collect::<Vec<_>>()).unwrap().se > 0.1);
        assert_eq!(jackknife_difference(&[[(1.0, 1.0), (0.0, 0.0)]; 3]), None);
    }

    #[test]
    fn where_there_is_nothing_to_divide_by_there_is_no_ratio() {
        assert_eq!(jackknife_ratio(&[]), None);
        assert_eq!(jackknife_ratio(&[(1.0, 0.0), (2.0, 0.0)]), None);
        let one = jackknife_ratio(&[(3.0, 2.0)]).unwrap();
        assert!((one.value - 1.5).abs() < 1e-15 && one.se.is_nan() && one.interval(1, 0.95).lower.is_nan());
        let all_in_one = jackknife_ratio(&[(3.0, 2.0), (1.0, 0.0)]).unwrap();
        assert!((all_in_one.value - 2.0).abs() < 1e-15 && all_in_one.se.is_nan());
    }

    #[test]
    fn the_interval_covers_a_ratio_of_dependent_parts_about_as_often_as_it_says() {
        let mut uniform = uniforms(23);
        let covered = (0..2000)
            .filter(|_| {
                let rows: Vec<(f64, f64)> = (0..60)
                    .map(|_| {
                        let x = -libm::log(uniform());
                        (3.0 * x + 0.5 * x * normal_quantile(uniform()), x)
                    })
                    .collect();
                jackknife_ratio(&rows).unwrap().interval(60, 0.95).contains(3.0)
            })
            .count();
        assert!((1840..=1945).contains(&covered), "{covered} of 2000");
    }
}
