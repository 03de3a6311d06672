//! The first stage of a sequential selection: how much the differences of a pair vary, and whether enough of them were seen to say so.
//!
//! Where rare events make the whole difference two alternatives may be equal in all of a first stage, or differ in one replication of it; a
//! variance of that says nothing. The first stage of such a pair grows, in steps of its own length, until the two have differed in some.

use super::super::sum::variance;
use super::kim_nelson::{SelectionRule, kim_nelson_constants};

/// In so many replications the two of a pair have to differ from what they mostly differ by.
const FEW: usize = 5;

/// What the first stage of a pair says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spread {
    /// S² of the differences.
    pub variance: f64,
    /// h² of a first stage of that length.
    pub h2: f64,
    pub varied: Varied,
}

/// In how many replications of its first stage a pair differed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Varied {
    /// In enough for a variance.
    Enough,
    /// In too few, or always by the same.
    Hardly,
    /// In none: the two are equal in every replication.
    Never,
}

/// The values of the longest first stage, and the constants of each length. Of k alternatives nothing is held by pair.
#[derive(Clone, Debug)]
pub(super) struct FirstStage {
    values: Vec<Vec<f64>>,
    /// Its lengths, ascending, each with its h².
    lengths: Vec<(usize, f64)>,
    needed: usize,
}

impl FirstStage {
    /// None where [`kim_nelson_constants`] has none, or the longest is shorter than the first.
    pub(super) fn new(k: usize, rule: &SelectionRule) -> Option<FirstStage> {
        let (shortest, longest) = (rule.first_stage, rule.longest_first_stage);
        if longest < shortest || shortest == 0 {
            return None;
        }
        let of = |length: usize| Some((length, kim_nelson_constants(k, length, rule.confidence, rule.sampling)?.1));
        let steps = (1..).map(|step| step * shortest).take_while(|length| *length < longest);
        Some(FirstStage {
            values: vec![Vec::with_capacity(shortest); k],
            lengths: steps.chain([longest]).map(of).collect::<Option<_>>()?,
            needed: FEW.min(shortest - 1),
        })
    }

    /// Takes the next value of an alternative; once the longest first stage is over none are kept.
    pub(super) fn add(&mut self, alternative: usize, value: f64) {
        if self
            .lengths
            .last()
            .is_some_and(|(longest, _)| self.values[alternative].len() < *longest)
        {
            self.values[alternative].push(value);
        }
    }

    /// What is known of a pair after so many replications of both; none while its first stage goes on.
    pub(super) fn spread(&self, i: usize, j: usize, replications: usize) -> Option<Spread> {
        let mut over = self.lengths.iter().take_while(|(length, _)| *length <= replications);
        let is_last = |length: usize| self.lengths.last().is_some_and(|(longest, _)| *longest == length);
        over.find_map(|&(length, h2)| {
            let (a, b) = (self.values[i].get(..length)?, self.values[j].get(..length)?);
            let differences: Vec<f64> = a.iter().zip(b).map(|(x, y)| x - y).collect();
            let varied = if unusual(a, b, &differences) >= self.needed {
                Varied::Enough
            } else if !is_last(length) {
                return None;
            } else if differences.iter().all(|d| d.abs() <= 0.0) {
                Varied::Never
            } else {
                Varied::Hardly
            };
            let variance = variance(&differences);
            Some(Spread { variance, h2, varied })
        })
    }
}

/// How many differences are not the one that most replications have (Boyer and Moore's vote, 1981); where there is no such, half of them or
/// more. What rounding makes of one and the same difference is no other.
fn unusual(a: &[f64], b: &[f64], differences: &[f64]) -> usize {
    let size = a.iter().chain(b).fold(0.0, |most: f64, x| most.max(x.abs()));
    let same = |x: f64, y: f64| (x - y).abs() <= 1e-13 * size;
    let (mut usual, mut votes) = (0.0, 0);
    for &d in differences {
        (usual, votes) = match votes {
            0 => (d, 1),
            _ if same(d, usual) => (usual, votes + 1),
            _ => (usual, votes - 1),
        };
    }
    differences.iter().filter(|d| !same(**d, usual)).count()
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::assert_close;
    use super::super::{Better, Sampling};
    use super::*;

    fn stage(values: [&dyn Fn(usize) -> f64; 2], n: usize) -> FirstStage {
        let rule = SelectionRule {
            better: Better::Greater,
            sampling: Sampling::Common,
            first_stage: 20,
            longest_first_stage: 50,
            indifference: 1.0,
            confidence: 0.95,
        };
        let mut stage = FirstStage::new(2, &rule).unwrap();
        for r in 0..n {
            values.iter().enumerate().for_each(|(i, value)| stage.add(i, value(r)));
        }
        stage
    }

    #[test]
    fn a_pair_that_differs_always_is_known_after_the_first_stage_and_stays_so() {
        let found = stage([&|r| r as f64, &|r| 0.5 * r as f64], 45);
        let first = found.spread(0, 1, 20).unwrap();
        assert_eq!((found.spread(0, 1, 19), first.varied), (None, Varied::Enough));
        assert_eq!(found.spread(0, 1, 45), Some(first));
        assert_close(first.variance, 0.25 * 35.0, 1e-12);
    }

    #[test]
    fn one_that_differs_now_and_then_needs_a_longer_one_and_has_its_variance_and_constant() {
        let rarely = |r: usize| if r % 8 == 7 { 30.0 } else { 0.0 };
        let found = stage([&rarely, &|_| 0.0], 50);
        assert_eq!(found.spread(0, 1, 39), None);
        let spread = found.spread(0, 1, 40).unwrap();
        assert_eq!(spread.varied, Varied::Enough);
        assert_close(spread.variance, (5.0 * 900.0 - 40.0 * 3.75 * 3.75) / 39.0, 1e-10);
        let (_, h2) = kim_nelson_constants(2, 40, 0.95, Sampling::Common).unwrap();
        assert_close(spread.h2, h2, 0.0);
    }

    #[test]
    fn what_hardly_or_never_differs_is_told_apart_at_the_end_of_the_longest() {
        let kind = |a: &dyn Fn(usize) -> f64, b: &dyn Fn(usize) -> f64| {
            let found = stage([a, b], 60);
            assert_eq!(found.spread(0, 1, 49), None);
            found.spread(0, 1, 50).unwrap().varied
        };
        assert_eq!(kind(&|r| r as f64, &|r| r as f64), Varied::Never);
        assert_eq!(kind(&|r| if r == 3 { 1.0 } else { 0.0 }, &|_| 0.0), Varied::Hardly);
        // The same by whatever rounding leaves of it.
        assert_eq!(kind(&|r| 0.1 * r as f64 + 0.3, &|r| 0.1 * r as f64), Varied::Hardly);
    }
}
