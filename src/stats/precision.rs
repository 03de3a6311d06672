//! How many replications: fixed in advance from a pilot, or one after the other until the answer is precise enough.

use super::laws::{normal_quantile, student_quantile};
use super::order::quantile_interval;
use super::quantile::quantile;

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

/// The half-width over the *estimate* that keeps the error over the *truth* within g.
fn adjusted(relative: f64) -> f64 {
    relative / (1.0 + relative)
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

/// Mean and variance as values come (Welford 1962, Technometrics 4:419).
#[derive(Clone, Copy, Debug, Default)]
struct Moments {
    n: f64,
    mean: f64,
    squares: f64,
}

impl Moments {
    fn add(&mut self, y: f64) {
        self.n += 1.0;
        let off = y - self.mean;
        self.mean += off / self.n;
        self.squares += off * (y - self.mean);
    }

    fn variance(&self) -> f64 {
        self.squares / (self.n - 1.0)
    }
}

/// What is to be known so precisely.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    /// The mean, by its t interval.
    Mean,
    /// A quantile, by its order-statistic interval.
    Quantile(f64),
}

/// Replications one after the other until the interval is narrow enough and stays so.
///
/// The half-width over the estimate must be at most g / (1 + g), which keeps the relative error within g (Law & Kelton), at 10
/// replications or more, and it must stay so for 5 % more replications, at least 5 (Hoad, Robinson & Davies 2010, JORS 61:1632,
/// with k = 5). Coverage at such a stop is a little below the nominal one; the look-ahead keeps that small.
#[derive(Clone, Debug)]
pub struct Precision {
    greatest: f64,
    confidence: f64,
    target: Target,
    n: usize,
    moments: Moments,
    /// In ascending order; kept for a quantile only.
    sorted: Vec<f64>,
    precise_since: Option<usize>,
    relative_half_width: f64,
}

impl Precision {
    /// No stop before so many replications.
    pub const LEAST: usize = 10;

    /// A rule for a relative error (0.02 for 2 %) at a confidence (0.95).
    pub fn new(relative: f64, confidence: f64, target: Target) -> Precision {
        let greatest = adjusted(relative);
        Precision {
            greatest,
            confidence,
            target,
            n: 0,
            moments: Moments::default(),
            sorted: Vec::new(),
            precise_since: None,
            relative_half_width: f64::INFINITY,
        }
    }

    /// Takes the next replication's response; true once the interval was narrow enough and held through the look-ahead.
    ///
    /// A response that is NaN says nothing and is left out.
    pub fn push(&mut self, y: f64) -> bool {
        if !y.is_nan() {
            self.n += 1;
            match self.target {
                Target::Mean => self.moments.add(y),
                Target::Quantile(_) => self.sorted.insert(self.sorted.partition_point(|x| *x <= y), y),
            }
            self.relative_half_width = self.measure();
            if self.n >= Precision::LEAST && self.relative_half_width <= self.greatest {
                self.precise_since.get_or_insert(self.n);
            } else {
                self.precise_since = None;
            }
        }
        self.precise_since.is_some_and(|since| self.n >= since + look_ahead(since))
    }

    /// Half the width of the interval over the estimate: infinite while there is no interval, 0 where all values are equal.
    pub fn relative_half_width(&self) -> f64 {
        self.relative_half_width
    }

    /// The number of replications from which on the interval has been narrow enough.
    pub fn precise_since(&self) -> Option<usize> {
        self.precise_since
    }

    /// The number of responses taken.
    pub fn len(&self) -> usize {
        self.n
    }

    /// Whether none was taken.
    pub fn is_empty(&self) -> bool {
        self.n == 0
    }

    fn measure(&self) -> f64 {
        let (estimate, half) = match self.target {
            Target::Mean => {
                let se = (self.moments.variance() / self.moments.n).sqrt();
                (
                    self.moments.mean,
                    student_quantile(0.5 + 0.5 * self.confidence, self.moments.n - 1.0) * se,
                )
            }
            Target::Quantile(p) => {
                let half = quantile_interval(&self.sorted, p, self.confidence).map_or(f64::NAN, |i| 0.5 * (i.upper - i.lower));
                (quantile(&self.sorted, p), half)
            }
        };
        if half <= 0.0 {
            0.0
        } else if half.is_nan() || estimate.is_nan() {
            f64::INFINITY
        } else {
            half / estimate.abs()
        }
    }
}

/// How many more replications must stay precise: ⌊5 max(n, 100) / 100⌋.
fn look_ahead(n: usize) -> usize {
    5 * n.max(100) / 100
}

#[cfg(test)]
mod tests {
    use super::super::sum::{mean, variance};
    use super::super::testing::{assert_close, uniforms};
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
    fn a_constant_is_precise_after_the_look_ahead() {
        for target in [Target::Mean, Target::Quantile(0.5)] {
            for value in [0.0, 7.0] {
                let mut rule = Precision::new(0.02, 0.95, target);
                let stopped = (1..=100).find(|_| rule.push(value));
                assert_eq!(stopped, Some(15));
                assert_eq!(rule.precise_since(), Some(10));
                assert_close(rule.relative_half_width(), 0.0, 0.0);
            }
        }
    }

    #[test]
    fn precision_lost_in_the_look_ahead_starts_it_anew() {
        let mut rule = Precision::new(0.05, 0.95, Target::Mean);
        for _ in 0..12 {
            assert!(!rule.push(100.0));
        }
        assert!(!rule.push(400.0));
        assert_eq!(rule.precise_since(), None);
        assert!(!rule.push(f64::NAN));
        assert_eq!(rule.len(), 13);
    }

    #[test]
    fn the_rule_stops_near_the_number_that_the_spread_asks_for() {
        let mut uniform = uniforms(23);
        let mut rule = Precision::new(0.02, 0.95, Target::Mean);
        let stopped = (1..=10_000).find(|_| rule.push(100.0 + 15.0 * normal_quantile(uniform()))).unwrap();
        // (z cv / g')² = (1.96 · 0.15 · 51)² = 225, and 5 % more.
        assert!((180..290).contains(&stopped), "{stopped}");
        assert!(rule.relative_half_width() <= 0.02 / 1.02);
    }

    #[test]
    fn a_quantile_needs_a_sample_with_room_on_both_sides() {
        let mut uniform = uniforms(29);
        let mut rule = Precision::new(0.1, 0.95, Target::Quantile(0.9));
        let stopped = (1..=10_000).find(|_| rule.push(10.0 + normal_quantile(uniform()))).unwrap();
        assert!(stopped > 40, "{stopped}");
        assert!(rule.relative_half_width() <= 0.1 / 1.1);
        assert!(Precision::new(0.1, 0.95, Target::Quantile(0.9)).relative_half_width().is_infinite());
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
