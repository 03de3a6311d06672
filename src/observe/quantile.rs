//! Exact quantiles and standard deviations of whole microseconds, by selection and integer sums.

/// The quantiles of Hyndman and Fan's type 7 (1996) at ascending `levels`, NaN of no values. Reorders the values.
pub(super) fn quantiles<const N: usize>(values: &mut [i64], levels: [f64; N]) -> [f64; N] {
    let mut found = [f64::NAN; N];
    if values.is_empty() {
        return found;
    }
    // All values before `done` are no greater than those from there on.
    let mut done = 0;
    let last = values.len() - 1;
    for (level, out) in levels.into_iter().zip(&mut found) {
        let place = level * last as f64;
        let (below, share) = (place.floor() as usize, place - place.floor());
        let (_, &mut low, above) = values[done..].select_nth_unstable(below - done);
        let high = above.iter().copied().min().unwrap_or(low);
        done = below;
        *out = if share > 0.0 {
            low as f64 + share * (high - low) as f64
        } else {
            low as f64
        };
    }
    found
}

/// The mean; NaN of no values.
pub(super) fn mean(sum: i128, n: i64) -> f64 {
    if n == 0 { f64::NAN } else { sum as f64 / n as f64 }
}

/// The standard deviation with divisor n − 1; NaN of fewer than two values.
pub(super) fn deviation(values: &[i64]) -> f64 {
    let n = values.len() as i128;
    if n < 2 {
        return f64::NAN;
    }
    let sum: i128 = values.iter().map(|&v| i128::from(v)).sum();
    // Around a whole number near the mean the squares stay small, and the rest is below one square.
    let centre = sum / n;
    let squares: i128 = values.iter().map(|&v| (i128::from(v) - centre).pow(2)).sum();
    let rest = sum - n * centre;
    let spread = squares as f64 - (rest * rest) as f64 / n as f64;
    (spread.max(0.0) / (n - 1) as f64).sqrt()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::float_cmp, reason = "these quantiles are exact")]
    use super::*;

    #[test]
    fn quantiles_interpolate_between_neighbours() {
        let mut values = [40, 10, 30, 20];
        assert_eq!(quantiles(&mut values, [0.0, 0.5, 0.9, 1.0]), [10.0, 25.0, 37.0, 40.0]);
        assert_eq!(quantiles(&mut [7], [0.5, 0.99]), [7.0, 7.0]);
        assert!(quantiles(&mut [], [0.5])[0].is_nan());
    }

    #[test]
    fn quantiles_agree_with_a_sorted_copy() {
        let mut values: Vec<i64> = (0..997).map(|i| i * 7919 % 1009).collect();
        let mut sorted = values.clone();
        sorted.sort_unstable();
        for (found, level) in quantiles(&mut values, [0.05, 0.5, 0.9, 0.95, 0.99])
            .into_iter()
            .zip([0.05, 0.5, 0.9, 0.95, 0.99])
        {
            let place: f64 = level * 996.0;
            let (low, high) = (sorted[place as usize], sorted[(place as usize + 1).min(996)]);
            assert!((found - (low as f64 + place.fract() * (high - low) as f64)).abs() < 1e-9);
        }
    }

    #[test]
    fn the_deviation_is_exact_far_from_zero() {
        let far = 1_000_000_000_000;
        assert!((deviation(&[far + 1, far + 2, far + 3, far + 4]) - (5.0_f64 / 3.0).sqrt()).abs() < 1e-15);
        assert!(deviation(&[3]).is_nan());
    }
}
