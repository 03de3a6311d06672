//! How many replications it takes, from a pilot or as the values come, for an interval of a mean of a width fixed in advance.

use super::laws::{normal_quantile, student_quantile};
use super::precision::{Moments, adjusted};

/// The least number of replications, at least `n`, whose t interval would be at most ± `half_width`, from a pilot of `n` with
/// variance `variance` (Law, Simulation Modeling and Analysis, chapter 9).
///
/// None for a pilot of fewer than two, a half-width that is not above 0, or more than 2⁵² replications.
pub fn replications_for_absolute(n: u64, variance: f64, confidence: f64, half_width: f64) -> Option<u64> {
    if n < 2 || variance.is_nan() || half_width.is_nan() || half_width <= 0.0 {
        return None;
    }
    let enough = |i: u64| student_quantile(0.5 + 0.5 * confidence, (i - 1) as f64) * (variance / i as f64).sqrt() <= half_width;
    let mut upper = n;
    while !enough(upper) {
        if upper > 1 << 52 {
            return None;
        }
        upper *= 2;
    }
    let mut lower = n;
    while lower < upper {
        let middle = lower + (upper - lower) / 2;
        if enough(middle) {
            upper = middle;
        } else {
            lower = middle + 1;
        }
    }
    Some(lower)
}

/// The same for a relative error g of the mean: its half-width must be at most g / (1 + g) of the pilot's mean.
pub fn replications_for_relative(n: u64, mean: f64, variance: f64, confidence: f64, relative: f64) -> Option<u64> {
    replications_for_absolute(n, variance, confidence, mean.abs() * adjusted(relative))
}

/// The first n >= `least` with n >= (z / d)² (S_n² + 1/n), at which Chow & Robbins (1965, Ann. Math. Stat. 36:457) stop; none if the
/// values run out first. `half_width` is d.
pub fn chow_robbins(values: &[f64], least: usize, confidence: f64, half_width: f64) -> Option<usize> {
    let ratio = normal_quantile(0.5 + 0.5 * confidence) / half_width;
    let mut moments = Moments::default();
    values.iter().enumerate().find_map(|(i, y)| {
        moments.add(*y);
        let n = (i + 1) as f64;
        (i + 1 >= least.max(2) && n >= ratio * ratio * (moments.variance() + 1.0 / n)).then_some(i + 1)
    })
}

#[cfg(test)]
mod tests {
    use super::super::sum::{mean, variance};
    use super::super::testing::uniforms;
    use super::*;

    #[test]
    fn laws_pilot_asks_for_the_printed_numbers() {
        let pilot = [1.2, 1.5, 1.68, 1.89, 0.95, 1.49, 1.58, 1.55, 0.5, 1.09];
        assert_eq!(replications_for_absolute(10, variance(&pilot), 0.9, 0.1), Some(48));
        assert_eq!(replications_for_relative(10, mean(&pilot), variance(&pilot), 0.9, 0.1), Some(33));
        assert_eq!(replications_for_absolute(10, variance(&pilot), 0.9, 1.0), Some(10));
        assert_eq!(replications_for_absolute(1, f64::NAN, 0.9, 1.0), None);
        assert_eq!(replications_for_relative(10, 0.0, 1.0, 0.9, 0.1), None);
    }

    #[test]
    fn chow_and_robbins_stop_at_the_first_number_that_is_enough() {
        let mut uniform = uniforms(31);
        let values: Vec<f64> = (0..2000).map(|_| normal_quantile(uniform())).collect();
        let stopped = chow_robbins(&values, 10, 0.95, 0.1).unwrap();
        let z = normal_quantile(0.975);
        let holds = |n: usize| n as f64 >= (z / 0.1) * (z / 0.1) * (variance(&values[..n]) + 1.0 / n as f64);
        assert!(holds(stopped) && (10..stopped).all(|n| !holds(n)));
        assert!((330..440).contains(&stopped), "{stopped}");
        assert_eq!(chow_robbins(&values[..50], 10, 0.95, 0.1), None);
    }
}
