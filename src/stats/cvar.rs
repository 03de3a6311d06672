//! Conditional value at risk, the mean of a tail (Rockafellar & Uryasev 2000, J. Risk 2:21; 2002, J. Banking Fin. 26:1443).
//!
//! For aid delivered the lower tail matters: the mean of the worst share of replications. The value on the border counts with
//! the fraction that is missing.

use super::sum::{mean, sum};

/// Mean of the least share `q` of the values; NaN of no values or unless 0 < q <= 1.
pub fn cvar_lower(sorted: &[f64], q: f64) -> f64 {
    lower_tail(sorted.iter().copied(), sorted.len(), q)
}

/// Mean of the values beyond level `a`, the greatest share 1 − a; NaN of no values or unless 0 <= a < 1.
pub fn cvar_upper(sorted: &[f64], a: f64) -> f64 {
    -lower_tail(sorted.iter().rev().map(|x| -x), sorted.len(), 1.0 - a)
}

/// Asymptotic standard error of [`cvar_lower`], √(Var[(v − X)⁺] / (q² n)) with v the value on the border (Trindade, Uryasev,
/// Shapiro, Zrazhevsky 2007, J. Banking Fin. 31:3524); NaN of fewer than two values. Bootstrap small samples instead.
pub fn cvar_lower_se(sorted: &[f64], q: f64) -> f64 {
    tail_se(sorted.iter().copied(), sorted.len(), q)
}

/// Asymptotic standard error of [`cvar_upper`], likewise.
pub fn cvar_upper_se(sorted: &[f64], a: f64) -> f64 {
    tail_se(sorted.iter().rev().map(|x| -x), sorted.len(), 1.0 - a)
}

/// Rounding of `q n` must not add a sliver of the next value.
const FUZZ: f64 = 1e-12;

fn lower_tail(ascending: impl Iterator<Item = f64>, n: usize, q: f64) -> f64 {
    if n == 0 || q.is_nan() || q <= 0.0 || q > 1.0 {
        return f64::NAN;
    }
    let share = q * n as f64;
    let whole = (share + FUZZ).floor();
    let part = (share - whole).max(0.0);
    let part = if part < FUZZ { 0.0 } else { part };
    let taken = whole as usize;
    let weighted = ascending
        .take(taken + usize::from(part > 0.0))
        .enumerate()
        .map(|(i, x)| if i < taken { x } else { part * x });
    sum(weighted) / share
}

fn tail_se(ascending: impl Iterator<Item = f64> + Clone, n: usize, q: f64) -> f64 {
    if n < 2 || q.is_nan() || q <= 0.0 || q > 1.0 {
        return f64::NAN;
    }
    let border = ((q * n as f64 - FUZZ).ceil() as usize).clamp(1, n);
    let value = ascending.clone().nth(border - 1).unwrap_or(f64::NAN);
    let short: Vec<f64> = ascending.map(|x| (value - x).max(0.0)).collect();
    let centre = mean(&short);
    let variance = sum(short.iter().map(|x| (x - centre) * (x - centre))) / (n - 1) as f64;
    (variance / n as f64).sqrt() / q
}

#[cfg(test)]
mod tests {
    use super::super::laws::normal_quantile;
    use super::super::quantile::sorted;
    use super::super::testing::{assert_close, uniforms};
    use super::*;

    #[test]
    fn the_value_on_the_border_counts_in_part() {
        let twenty: Vec<f64> = (1..=20).map(f64::from).collect();
        assert_close(cvar_lower(&twenty, 0.10), 1.5, 1e-12);
        assert_close(cvar_lower(&twenty, 0.05), 1.0, 1e-12);
        assert_close(cvar_lower(&twenty, 0.12), 1.75, 1e-12);
        assert_close(cvar_lower(&twenty, 1.0), 10.5, 1e-12);
        assert_close(cvar_upper(&twenty, 0.9), 19.5, 1e-12);
        assert_close(cvar_upper(&twenty, 0.88), 19.25, 1e-12);
        assert_close(cvar_upper(&twenty, 0.0), 10.5, 1e-12);
    }

    #[test]
    fn a_fine_grid_gives_the_tails_of_known_laws() {
        let n = 100_000;
        let grid = |quantile: &dyn Fn(f64) -> f64| -> Vec<f64> { (0..n).map(|i| quantile((f64::from(i) + 0.5) / f64::from(n))).collect() };
        let normal = grid(&normal_quantile);
        for (a, expected) in [(0.90, 1.754_983_3), (0.95, 2.062_712_8), (0.99, 2.665_214_2)] {
            assert_close(cvar_upper(&normal, a), expected, 1e-4);
            assert_close(cvar_lower(&normal, 1.0 - a), -expected, 1e-4);
        }
        let exponential = grid(&|p| -libm::log1p(-p));
        assert_close(cvar_upper(&exponential, 0.9), -libm::log(0.1) + 1.0, 1e-4);
        assert_close(cvar_upper(&grid(&|p| p), 0.9), 0.95, 1e-9);
    }

    #[test]
    fn the_standard_error_is_the_spread_of_the_estimate() {
        let mut uniform = uniforms(17);
        let (mut estimates, mut errors) = (Vec::new(), Vec::new());
        for _ in 0..400 {
            let sample = sorted(&(0..500).map(|_| normal_quantile(uniform())).collect::<Vec<_>>());
            estimates.push(cvar_lower(&sample, 0.1));
            errors.push(cvar_lower_se(&sample, 0.1));
        }
        assert_close(mean(&errors), super::super::sum::variance(&estimates).sqrt(), 0.1);
    }

    #[test]
    fn no_tail_has_no_mean() {
        assert!(cvar_lower(&[], 0.1).is_nan() && cvar_lower(&[1.0], 0.0).is_nan() && cvar_upper(&[1.0], 1.0).is_nan());
        assert!(cvar_lower_se(&[1.0], 0.1).is_nan());
        // Less than one value in the tail: the least stands for it.
        assert_close(cvar_lower(&[1.0, 2.0, 3.0], 0.05), 1.0, 1e-12);
        assert_close(cvar_upper_se(&[2.0, 2.0, 2.0], 0.9), 0.0, 0.0);
    }
}
