//! Intervals between order statistics: no assumption but independence (David & Nagaraja 2003, section 7.1; Hahn & Meeker 1991).

use std::cell::RefCell;
use std::collections::VecDeque;

use super::laws::{binomial_cdf, lately};

/// Ranks with the coverage of their interval.
type Ranks = Option<(u64, u64, f64)>;

thread_local! {
    /// Those found last: a summary asks for those of five quantiles, response after response.
    static RANKS: RefCell<VecDeque<([f64; 3], Ranks)>> = const { RefCell::new(VecDeque::new()) };
}

/// An interval for a quantile whose ends are values of the sample.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QuantileInterval {
    /// Lower end.
    pub lower: f64,
    /// Upper end.
    pub upper: f64,
    /// Its exact probability of covering the quantile of a continuous law, at least what was asked for.
    pub coverage: f64,
}

/// The interval (Y_(l), Y_(u)) for the quantile `p`, with at most α/2 beyond each end; none: the sample is too small to have both ends.
pub fn quantile_interval(sorted: &[f64], p: f64, confidence: f64) -> Option<QuantileInterval> {
    let (l, u, coverage) = RANKS.with_borrow_mut(|known| {
        let given = [sorted.len() as f64, p, confidence];
        lately(known, given, || ranks(sorted.len() as u64, p, confidence))
    })?;
    Some(QuantileInterval {
        lower: sorted[l as usize - 1],
        upper: sorted[u as usize - 1],
        coverage,
    })
}

/// Largest l with P(B <= l − 1) <= α/2 and smallest u with P(B >= u) <= α/2 for B ~ Bin(n, p), from 1, and the coverage.
fn ranks(n: u64, p: f64, confidence: f64) -> Ranks {
    if !(p > 0.0 && p < 1.0 && confidence > 0.0 && confidence < 1.0) {
        return None;
    }
    let tail = 0.5 * (1.0 - confidence);
    // P(B <= k) <= α/2 holds up to some k and no further.
    let beyond = first(0, n, |k| binomial_cdf(k as i64, n, p) > tail);
    let l = beyond;
    // P(B >= u) by the mirrored law, which keeps the digits of a small tail.
    let u = first(1, n + 1, |u| binomial_cdf((n - u.min(n)) as i64, n, 1.0 - p) <= tail || u > n);
    if l < 1 || u > n {
        return None;
    }
    let coverage = 1.0 - binomial_cdf(l as i64 - 1, n, p) - binomial_cdf((n - u) as i64, n, 1.0 - p);
    Some((l, u, coverage))
}

/// The ranks of [`quantile_interval`] while a sample grows: with each value either of them moves by one or not at all, so that no search
/// is needed. For B ~ Bin(n, p), P(B <= l) with one value more is no greater, and P(B <= l + 1) no less than P(B <= l) was.
#[derive(Clone, Debug)]
pub(super) struct GrowingRanks {
    p: f64,
    tail: f64,
    n: u64,
    /// Values up to the lower end, and from the upper end on; 0: there is no such end.
    below: u64,
    above: u64,
}

impl GrowingRanks {
    /// Of no values.
    pub(super) fn new(p: f64, confidence: f64) -> GrowingRanks {
        GrowingRanks {
            p,
            tail: 0.5 * (1.0 - confidence),
            n: 0,
            below: 0,
            above: 0,
        }
    }

    /// One value more.
    pub(super) fn grow(&mut self) {
        self.n += 1;
        self.below += u64::from(binomial_cdf(self.below as i64, self.n, self.p) <= self.tail);
        // The upper end by the mirrored law, which keeps the digits of a small tail.
        self.above += u64::from(binomial_cdf(self.above as i64, self.n, 1.0 - self.p) <= self.tail);
    }

    /// The ranks of both ends, from 1; none: the sample is too small to have both.
    pub(super) fn ranks(&self) -> Option<(usize, usize)> {
        let both = self.below > 0 && self.above > 0;
        both.then(|| (self.below as usize, (self.n + 1 - self.above) as usize))
    }
}

/// The least number of values whose extremes bound a share `content` of the law with a confidence (Wilks 1941, Ann. Math. Stat. 12:91).
///
/// `extremes` counts the values cut off: 1 for a one-sided bound by the extreme, 2 for both extremes or a one-sided bound by the
/// second. None unless both shares lie between 0 and 1 and `extremes` is at least 1.
pub fn wilks_size(content: f64, confidence: f64, extremes: u64) -> Option<u64> {
    if !(content > 0.0 && content < 1.0 && confidence > 0.0 && confidence < 1.0) || extremes == 0 {
        return None;
    }
    let enough = |n: u64| binomial_cdf(extremes as i64 - 1, n, 1.0 - content) <= 1.0 - confidence;
    let mut upper = extremes;
    while !enough(upper) {
        // Beyond this the shares are too close to 1 to be told apart.
        if upper > 1 << 52 {
            return None;
        }
        upper *= 2;
    }
    Some(first(extremes, upper, enough))
}

/// The least whole number in [from, to] at which a condition holds that holds ever after; `to` if none does before.
fn first(mut from: u64, mut to: u64, holds: impl Fn(u64) -> bool) -> u64 {
    while from < to {
        let middle = from + (to - from) / 2;
        if holds(middle) {
            to = middle;
        } else {
            from = middle + 1;
        }
    }
    from
}

#[cfg(test)]
mod tests {
    use super::super::quantile::sorted;
    use super::super::testing::{assert_close, uniforms};
    use super::*;

    #[test]
    fn ranks_that_grow_are_those_of_a_sample_of_that_size() {
        for (p, confidence) in [(0.5, 0.95), (0.05, 0.95), (0.9, 0.8), (0.99, 0.99)] {
            let mut growing = GrowingRanks::new(p, confidence);
            for n in 1..=1500 {
                growing.grow();
                let expected = ranks(n, p, confidence).map(|(l, u, _)| (l as usize, u as usize));
                assert_eq!(growing.ranks(), expected, "{n} {p}");
            }
        }
    }

    #[test]
    fn the_ranks_are_those_of_the_tables() {
        let tables = [
            (10, 0.5, 2, 9, 0.97852),
            (20, 0.5, 6, 15, 0.95861),
            (30, 0.5, 10, 21, 0.95723),
            (100, 0.5, 40, 61, 0.96480),
            (100, 0.05, 1, 11, 0.98261),
            (100, 0.9, 84, 96, 0.95569),
            (200, 0.9, 171, 189, 0.96688),
            (500, 0.95, 465, 485, 0.96050),
            (1000, 0.05, 37, 65, 0.95810),
            (1000, 0.99, 983, 997, 0.97610),
        ];
        for (n, p, l, u, coverage) in tables {
            let found = ranks(n, p, 0.95).unwrap();
            assert_eq!((found.0, found.1), (l, u), "n {n}, p {p}");
            assert_close(found.2, coverage, 6e-6);
        }
    }

    #[test]
    fn a_sample_too_small_has_no_interval() {
        assert_eq!(quantile_interval(&[], 0.5, 0.95), None);
        assert_eq!(quantile_interval(&[1.0, 2.0, 3.0, 4.0, 5.0], 0.5, 0.95), None);
        assert!(quantile_interval(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 0.5, 0.95).is_some());
        assert_eq!(ranks(50, 0.95, 0.95), None);
        assert_eq!(ranks(50, 1.0, 0.95), None);
    }

    #[test]
    fn wilks_sizes_are_the_printed_ones() {
        let size = |content, extremes| wilks_size(content, 0.95, extremes).unwrap();
        assert_eq!((size(0.95, 1), size(0.95, 2)), (59, 93));
        assert_eq!((size(0.99, 1), size(0.9, 1)), (299, 29));
        assert_eq!((size(0.9, 2), size(0.99, 2)), (46, 473));
        assert_eq!(wilks_size(1.0, 0.95, 1), None);
        assert_eq!(wilks_size(0.95, 0.95, 0), None);
    }

    #[test]
    fn the_interval_covers_the_quantile_as_often_as_it_says() {
        let mut uniform = uniforms(11);
        // Exponential data: the interval asks for no law.
        for (n, p) in [(30, 0.5), (100, 0.9)] {
            let truth = -libm::log1p(-p);
            let mut exact = 0.0;
            let covered = (0..2000)
                .filter(|_| {
                    let sample: Vec<f64> = (0..n).map(|_| -libm::log(uniform())).collect();
                    let interval = quantile_interval(&sorted(&sample), p, 0.95).unwrap();
                    exact = interval.coverage;
                    interval.lower <= truth && truth <= interval.upper
                })
                .count();
            assert!(
                (covered as f64 / 2000.0 - exact).abs() < 3.0 * (exact * (1.0 - exact) / 2000.0_f64).sqrt(),
                "{covered} of 2000, {exact}"
            );
        }
    }
}
