//! Sample quantiles in the nine definitions of Hyndman & Fan (1996, Am. Stat. 50:361).

/// Which definition of a sample quantile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuantileType {
    /// Inverse of the empirical distribution function.
    One,
    /// The same, averaged where it is flat.
    Two,
    /// Nearest even order statistic.
    Three,
    /// Linear interpolation of the empirical distribution function.
    Four,
    /// Hazen's.
    Five,
    /// Weibull's: p(k) = k / (n + 1).
    Six,
    /// Gumbel's, the default of R and NumPy: p(k) = (k − 1) / (n − 1).
    Seven,
    /// About unbiased in the median whatever the law; recommended for inference.
    Eight,
    /// About unbiased for normal data.
    Nine,
}

/// The values in ascending order, those that are NaN left out.
pub fn sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|x| !x.is_nan()).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted
}

/// The sample quantile of type 7; NaN of no values or unless 0 <= p <= 1.
pub fn quantile(sorted: &[f64], p: f64) -> f64 {
    quantile_of_type(sorted, p, QuantileType::Seven)
}

/// The sample quantile of a type; NaN of no values or unless 0 <= p <= 1.
pub fn quantile_of_type(sorted: &[f64], p: f64, kind: QuantileType) -> f64 {
    if sorted.is_empty() || p.is_nan() || !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    let n = sorted.len() as f64;
    let third = 1.0 / 3.0;
    match kind {
        QuantileType::One => step(sorted, n * p, |_| 0.0),
        QuantileType::Two => step(sorted, n * p, |_| 0.5),
        QuantileType::Three => step(sorted, n * p - 0.5, |below| if below.rem_euclid(2.0) < 0.5 { 0.0 } else { 1.0 }),
        QuantileType::Four => between(sorted, n * p),
        QuantileType::Five => between(sorted, n * p + 0.5),
        QuantileType::Six => between(sorted, (n + 1.0) * p),
        QuantileType::Seven => between(sorted, rank_of_seven(sorted.len(), p)),
        QuantileType::Eight => between(sorted, (n + third) * p + third),
        QuantileType::Nine => between(sorted, (n + 0.25) * p + 0.375),
    }
}

fn rank_of_seven(n: usize, p: f64) -> f64 {
    (n as f64 - 1.0) * p + 1.0
}

/// The rank (1 is the least) at or below the quantile of type 7 of `n` values, at least one, and which part of the way to the next it is.
pub(super) fn place_of_quantile(n: usize, p: f64) -> (usize, f64) {
    let (below, part) = split(rank_of_seven(n, p));
    ((below as usize).clamp(1, n), part)
}

/// Rounding of `n p` must not carry a rank over a whole number.
const FUZZ: f64 = 4.0 * f64::EPSILON;

/// The order statistic of the next rank up, or at a whole rank so much of the way to it.
fn step(sorted: &[f64], rank: f64, at_whole: impl Fn(f64) -> f64) -> f64 {
    let below = (rank + FUZZ * rank.abs()).floor();
    let beyond = if rank - below > FUZZ * rank.abs() { 1.0 } else { at_whole(below) };
    interpolated(sorted, below, beyond)
}

/// Linear between the order statistics round a rank (1 is the least), the extremes beyond them.
fn between(sorted: &[f64], rank: f64) -> f64 {
    let (below, part) = split(rank);
    interpolated(sorted, below, part)
}

/// A rank as a whole one and what is left of it.
fn split(rank: f64) -> (f64, f64) {
    let below = (rank + FUZZ * rank.abs()).floor();
    (below, (rank - below).max(0.0))
}

fn interpolated(sorted: &[f64], below: f64, part: f64) -> f64 {
    let at = |rank: f64| sorted[(rank.clamp(1.0, sorted.len() as f64) - 1.0) as usize];
    along(at(below), at(below + 1.0), part)
}

/// So much of the way from one order statistic to the next.
pub(super) fn along(low: f64, high: f64, part: f64) -> f64 {
    // Equal neighbours, infinite ones too, need no arithmetic.
    if part <= 0.0 || low >= high {
        low
    } else {
        low + part * (high - low)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{THIRTY, assert_close};
    use super::QuantileType::{Eight, Five, Four, Nine, One, Seven, Six, Three, Two};
    use super::*;

    #[test]
    fn the_nine_definitions_give_their_known_values() {
        let expected = [
            (One, [8.4, 12.1, 16.0, 30.7, 41.2]),
            (Two, [8.4, 12.1, 16.2, 33.3, 41.2]),
            (Three, [8.4, 12.1, 16.0, 30.7, 35.9]),
            (Four, [8.0, 11.9, 16.0, 30.7, 38.55]),
            (Five, [8.4, 12.1, 16.2, 33.3, 41.2]),
            (Six, [8.04, 12.0, 16.2, 35.38, 47.545]),
            (Seven, [8.715, 12.225, 16.2, 31.22, 38.815]),
            (Eight, [8.28, 12.066_666_666_666_666, 16.2, 33.993_333_333_333_33, 43.315]),
            (Nine, [8.31, 12.075, 16.2, 33.82, 42.786_25]),
        ];
        let sorted = sorted(&THIRTY);
        for (kind, values) in expected {
            for (p, value) in [0.05, 0.25, 0.5, 0.9, 0.95].into_iter().zip(values) {
                assert_close(quantile_of_type(&sorted, p, kind), value, 1e-12);
            }
        }
    }

    #[test]
    fn types_7_and_8_differ_where_the_tail_is_long() {
        let data = [
            77.0, 87.0, 88.0, 114.0, 151.0, 210.0, 219.0, 246.0, 253.0, 262.0, 296.0, 299.0, 306.0, 376.0, 428.0, 515.0, 666.0, 1310.0,
            2611.0,
        ];
        assert_close(quantile(&data, 0.9), 794.8, 1e-12);
        assert_close(quantile_of_type(&data, 0.9, Eight), 1_138.266_7, 1e-7);
    }

    #[test]
    fn the_extremes_are_the_extremes() {
        let sorted = sorted(&[3.0, f64::NAN, 1.0, 2.0]);
        assert_eq!(sorted.len(), 3);
        for kind in [One, Two, Three, Four, Five, Six, Seven, Eight, Nine] {
            assert_close(quantile_of_type(&sorted, 0.0, kind), 1.0, 0.0);
            assert_close(quantile_of_type(&sorted, 1.0, kind), 3.0, 0.0);
            assert_close(quantile_of_type(&[7.0], 0.3, kind), 7.0, 0.0);
            assert!(quantile_of_type(&[], 0.5, kind).is_nan());
        }
        assert!(quantile(&sorted, 1.5).is_nan() && quantile(&sorted, f64::NAN).is_nan());
        assert!(quantile(&[f64::INFINITY, f64::INFINITY], 0.5).is_infinite());
    }
}
