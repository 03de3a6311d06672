//! Replications one after the other until an interval is narrow enough.

use super::laws::student_quantile;
use super::order::GrowingRanks;
use super::ordered::Ordered;
use super::quantile::{along, place_of_quantile};

/// What is to be known so precisely.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    /// The mean, by its t interval.
    Mean,
    /// A quantile (type 7), by its order-statistic interval.
    Quantile(f64),
    /// The mean of the differences within pairs, by its t interval.
    Difference,
}

/// As words: `mean`, `median`, `difference`, and `p05` for the quantile of 5 %.
impl std::fmt::Display for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        match *self {
            Target::Mean => f.pad("mean"),
            Target::Difference => f.pad("difference"),
            Target::Quantile(p) if (p - 0.5).abs() < 1e-9 => f.pad("median"),
            Target::Quantile(p) => {
                let percent = (p * 1e8).round() / 1e6;
                f.pad(&if percent < 10.0 {
                    format!("p0{percent}")
                } else {
                    format!("p{percent}")
                })
            }
        }
    }
}

impl std::str::FromStr for Target {
    type Err = String;

    /// Reads the words that it is shown as, `p5` for `p05` too.
    fn from_str(text: &str) -> Result<Target, String> {
        let is_plain = |digits: &&str| digits.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let percent = text
            .strip_prefix('p')
            .filter(is_plain)
            .and_then(|digits| digits.parse::<f64>().ok());
        match (text, percent) {
            ("mean", _) => Ok(Target::Mean),
            ("median", _) => Ok(Target::Quantile(0.5)),
            ("difference", _) => Ok(Target::Difference),
            (_, Some(percent)) if percent > 0.0 && percent < 100.0 => Ok(Target::Quantile(percent / 100.0)),
            _ => Err(format!(
                "expected `mean`, `median`, `difference` or a quantile such as `p05` or `p90`, found `{text}`"
            )),
        }
    }
}

/// How wide half an interval may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Width {
    /// Such a share of the estimate; of a difference, of the mean of the second of each pair, since a difference may be 0.
    Relative(f64),
    /// So much, in the unit of the values.
    Absolute(f64),
}

/// Replications one after the other until the interval is narrow enough and stays so.
///
/// Narrow enough is a half-width of at most g / (1 + g) of the estimate for a relative error of g, which keeps the error within g of the
/// truth (Law & Kelton); of a difference at most g of what it is a share of; or at most an absolute half-width. That is asked from 10
/// replications on, and it must stay so for 5 % more, at least 5 (Hoad, Robinson & Davies 2010, JORS 61:1632, with k = 5). An interval that
/// is open, because the sample is too small for an order statistic at its end, is not narrow. Coverage at such a stop is a little below
/// the nominal one; the look-ahead keeps that small.
///
/// A value takes time of the order of the root of their number at most.
#[derive(Clone, Debug)]
pub struct Precision {
    width: Width,
    confidence: f64,
    seen: Seen,
    n: usize,
    precise_since: Option<usize>,
    measured: f64,
}

/// What is kept of the values.
#[derive(Clone, Debug)]
enum Seen {
    Mean(Moments),
    Quantile { p: f64, values: Ordered, ranks: GrowingRanks },
    Difference { difference: Moments, second: Moments },
}

impl Precision {
    /// No stop before so many replications.
    pub const LEAST: usize = 10;

    /// A rule for a width (2 %: `Relative(0.02)`) at a confidence (0.95).
    pub fn new(width: Width, confidence: f64, target: Target) -> Precision {
        let seen = match target {
            Target::Mean => Seen::Mean(Moments::default()),
            Target::Difference => Seen::Difference {
                difference: Moments::default(),
                second: Moments::default(),
            },
            Target::Quantile(p) => Seen::Quantile {
                p,
                values: Ordered::default(),
                ranks: GrowingRanks::new(p, confidence),
            },
        };
        Precision {
            width,
            confidence,
            seen,
            n: 0,
            precise_since: None,
            measured: f64::INFINITY,
        }
    }

    /// Takes the next replication's response; true once the interval was narrow enough and held through the look-ahead.
    ///
    /// A response that is NaN says nothing and is left out. Of a difference this is a pair whose second is 0.
    pub fn push(&mut self, y: f64) -> bool {
        self.push_pair(y, 0.0)
    }

    /// The same of a pair, of which a mean or a quantile takes the first alone. A pair that lacks one of its values says nothing.
    pub fn push_pair(&mut self, first: f64, second: f64) -> bool {
        if !first.is_nan() && !second.is_nan() {
            self.n += 1;
            match &mut self.seen {
                Seen::Mean(moments) => moments.add(first),
                Seen::Quantile { values, ranks, .. } => {
                    values.add(first);
                    ranks.grow();
                }
                Seen::Difference {
                    difference,
                    second: moments,
                } => {
                    difference.add(first - second);
                    moments.add(second);
                }
            }
            self.measured = self.measure();
            if self.n >= Precision::LEAST && self.measured <= self.greatest() {
                self.precise_since.get_or_insert(self.n);
            } else {
                self.precise_since = None;
            }
        }
        self.precise_since.is_some_and(|since| self.n >= since + look_ahead(since))
    }

    /// Half the width of the interval as it was asked for: a share, or in the unit of the values. Infinite while there is no interval, 0
    /// where all values are equal.
    pub fn half_width(&self) -> f64 {
        self.measured
    }

    /// The half-width over the greatest that is narrow enough: at most 1 where it is.
    pub fn excess(&self) -> f64 {
        self.measured / self.greatest()
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

    /// The greatest half-width that is narrow enough.
    fn greatest(&self) -> f64 {
        match (self.width, &self.seen) {
            (Width::Absolute(greatest), _) | (Width::Relative(greatest), Seen::Difference { .. }) => greatest,
            (Width::Relative(share), _) => adjusted(share),
        }
    }

    fn measure(&self) -> f64 {
        let t = || student_quantile(0.5 + 0.5 * self.confidence, self.n as f64 - 1.0);
        // What a share is of, and half the width.
        let (whole, half) = match &self.seen {
            Seen::Mean(moments) => (moments.mean, t() * moments.standard_error()),
            Seen::Difference { difference, second } => (second.mean, t() * difference.standard_error()),
            Seen::Quantile { p, values, ranks } => {
                let half = ranks.ranks().map_or(f64::NAN, |(l, u)| 0.5 * (values.at(u) - values.at(l)));
                let (below, part) = place_of_quantile(values.len(), *p);
                (along(values.at(below), values.at((below + 1).min(values.len())), part), half)
            }
        };
        let whole = match self.width {
            Width::Relative(_) => whole.abs(),
            Width::Absolute(_) => 1.0,
        };
        if half <= 0.0 {
            0.0
        } else if half.is_nan() || whole.is_nan() {
            f64::INFINITY
        } else {
            half / whole
        }
    }
}

/// The half-width over the *estimate* that keeps the error over the *truth* within g.
pub(super) fn adjusted(relative: f64) -> f64 {
    relative / (1.0 + relative)
}

/// How many more replications must stay precise: ⌊5 max(n, 100) / 100⌋.
fn look_ahead(n: usize) -> usize {
    5 * n.max(100) / 100
}

/// Mean and variance as values come (Welford 1962, Technometrics 4:419).
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Moments {
    n: f64,
    mean: f64,
    squares: f64,
}

impl Moments {
    pub(super) fn add(&mut self, y: f64) {
        self.n += 1.0;
        let off = y - self.mean;
        self.mean += off / self.n;
        self.squares += off * (y - self.mean);
    }

    pub(super) fn variance(&self) -> f64 {
        self.squares / (self.n - 1.0)
    }

    fn standard_error(&self) -> f64 {
        (self.variance() / self.n).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::super::laws::normal_quantile;
    use super::super::order::quantile_interval;
    use super::super::quantile::{quantile, sorted};
    use super::super::testing::{SYSTEMS, assert_close, uniforms};
    use super::*;

    fn relative(share: f64, target: Target) -> Precision {
        Precision::new(Width::Relative(share), 0.95, target)
    }

    #[test]
    fn a_constant_is_precise_after_the_look_ahead() {
        for target in [Target::Mean, Target::Quantile(0.5), Target::Difference] {
            for value in [0.0, 7.0] {
                let mut rule = relative(0.02, target);
                let stopped = (1..=100).find(|_| rule.push(value));
                assert_eq!(stopped, Some(15));
                assert_eq!(rule.precise_since(), Some(10));
                assert_close(rule.half_width(), 0.0, 0.0);
            }
        }
    }

    #[test]
    fn precision_lost_in_the_look_ahead_starts_it_anew() {
        let mut rule = relative(0.05, Target::Mean);
        for _ in 0..12 {
            assert!(!rule.push(100.0));
        }
        assert!(!rule.push(400.0));
        assert_eq!(rule.precise_since(), None);
        assert!(!rule.push(f64::NAN) && !rule.push_pair(1.0, f64::NAN));
        assert_eq!(rule.len(), 13);
    }

    #[test]
    fn the_rule_stops_near_the_number_that_the_spread_asks_for() {
        let mut uniform = uniforms(23);
        let mut rule = relative(0.02, Target::Mean);
        let stopped = (1..=10_000).find(|_| rule.push(100.0 + 15.0 * normal_quantile(uniform()))).unwrap();
        // (z cv / g')² = (1.96 · 0.15 · 51)² = 225, and 5 % more.
        assert!((180..290).contains(&stopped), "{stopped}");
        assert!(rule.half_width() <= 0.02 / 1.02 && rule.excess() <= 1.0);
        let mut absolute = Precision::new(Width::Absolute(2.0), 0.95, Target::Mean);
        let stopped = (1..=10_000).find(|_| absolute.push(15.0 * normal_quantile(uniform()))).unwrap();
        // (z s / 2)² = 216, of a mean that is 0.
        assert!((175..280).contains(&stopped), "{stopped}");
    }

    #[test]
    fn the_width_of_a_difference_is_that_of_the_paired_interval_over_the_mean_of_the_second() {
        // Banks, Carson, Nelson & Nicol: 0.800 ± 1.5172 between two systems of which the second has a mean of 49.236.
        let pairs = SYSTEMS[0].iter().zip(SYSTEMS[1]);
        let mut share = relative(0.04, Target::Difference);
        let mut units = Precision::new(Width::Absolute(1.5), 0.95, Target::Difference);
        for (first, second) in pairs {
            assert!(!share.push_pair(*first, second) && !units.push_pair(*first, second));
        }
        assert_close(units.half_width(), 1.5172, 1e-4);
        assert_close(share.half_width(), 1.5172 / 49.236, 1e-4);
        assert_eq!((units.precise_since(), share.precise_since()), (None, Some(10)));
    }

    #[test]
    fn a_quantile_is_as_wide_as_its_order_statistics_at_every_size() {
        let mut uniform = uniforms(29);
        for p in [0.5, 0.05, 0.9] {
            let (mut rule, mut values) = (relative(0.001, Target::Quantile(p)), Vec::new());
            for n in 1..=400 {
                let y = 10.0 + normal_quantile(uniform());
                values.push(y);
                rule.push(y);
                let sample = sorted(&values);
                match quantile_interval(&sample, p, 0.95) {
                    None => assert!(rule.half_width().is_infinite(), "{n}"),
                    Some(interval) => {
                        let expected = 0.5 * (interval.upper - interval.lower) / quantile(&sample, p);
                        assert_close(rule.half_width(), expected, 1e-12);
                    }
                }
            }
        }
    }

    #[test]
    fn a_quantile_needs_a_sample_with_room_on_both_sides() {
        // 1 − 0.95^72 is the first to exceed 0.975: below 72 values the interval of the quantile of 5 % is open, even of a constant.
        let mut rule = relative(0.02, Target::Quantile(0.05));
        let stopped = (1..=1000).find(|_| rule.push(3.0));
        assert_eq!((rule.precise_since(), stopped), (Some(72), Some(77)));
        let mut rule = Precision::new(Width::Absolute(1.0), 0.95, Target::Quantile(0.05));
        assert_eq!((1..=1000).find(|_| rule.push(3.0)), Some(77));
    }

    #[test]
    fn targets_are_read_as_they_are_shown() {
        for word in ["mean", "median", "difference", "p05", "p90", "p99.5", "p02.5", "p07"] {
            assert_eq!(word.parse::<Target>().unwrap().to_string(), word);
        }
        assert_eq!("p5".parse(), "p05".parse::<Target>());
        for wrong in ["p0", "p100", "p-5", "p1e1", "pinf", "", "p", "mode"] {
            assert!(wrong.parse::<Target>().unwrap_err().contains("such as `p05`"), "{wrong}");
        }
    }
}
