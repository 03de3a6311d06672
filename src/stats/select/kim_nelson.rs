//! The fully sequential selection KN (Kim & Nelson 2001, TOMACS 11:251), with c = 1.
//!
//! After a first stage each further replication of those still in may drop some; common random numbers make it quick. One that is better
//! than all others by the indifference is selected with the confidence, for normal responses. Two alternatives that differ in too few
//! replications of their first stage drop each other only after a longer one.

use super::super::sum::Sum;
use super::first_stage::{FirstStage, Spread, Varied};
use super::pairs::descending;
use super::{Better, Sampling, is_indifference, is_level};

/// η and h² of `k` alternatives and a first stage of `n0` replications: η = ((2α/(k − 1))^(−2/(n0 − 1)) − 1) / 2 and h² = 2 η (n0 − 1).
///
/// Independent samples have 1 − (1 − α)^(1/(k − 1)) in place of α/(k − 1). None unless k >= 2, n0 >= 2 and the confidence leaves η positive.
pub fn kim_nelson_constants(k: usize, n0: usize, confidence: f64, sampling: Sampling) -> Option<(f64, f64)> {
    if k < 2 || n0 < 2 || !is_level(confidence) {
        return None;
    }
    let (rivals, df) = ((k - 1) as f64, (n0 - 1) as f64);
    let each = match sampling {
        Sampling::Common => (1.0 - confidence) / rivals,
        Sampling::Independent => 1.0 - libm::pow(confidence, 1.0 / rivals),
    };
    let eta = 0.5 * (libm::pow(2.0 * each, -2.0 / df) - 1.0);
    (eta > 0.0).then_some((eta, 2.0 * eta * df))
}

/// What a selection is asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SelectionRule {
    /// Which values are better.
    pub better: Better,
    /// Whether the alternatives share their random numbers.
    pub sampling: Sampling,
    /// Replications of every alternative before any is dropped, at least 2; 10 or more are usual.
    pub first_stage: usize,
    /// Up to so many replications, at least [`first_stage`](Self::first_stage), the first stage of a pair grows while the two differ in fewer
    /// than five. With as many as the first stage it never grows: the procedure as published.
    pub longest_first_stage: usize,
    /// The least difference of means that matters, in the units of the response.
    pub indifference: f64,
    /// Probability of selecting the best where it is better by at least the indifference.
    pub confidence: f64,
}

/// An alternative that is out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dropped {
    /// Which.
    pub alternative: usize,
    /// After how many replications.
    pub at: usize,
    /// The one that beats it by most at that moment, or that is level with it.
    pub by: usize,
    /// Why.
    pub grounds: Grounds,
}

/// Why an alternative is out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grounds {
    /// It is beaten by more than the allowance: the confidence is of this.
    Beaten,
    /// It is beaten, but the two differed in so few replications of the longest first stage that their spread is hardly known: the
    /// confidence does not cover it.
    HardlyDiffered,
    /// The two have been equal in every replication, the longest first stage at least: either might have been kept.
    Level,
}

/// What is to be done next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SelectionStep {
    /// One more replication of each alternative still in.
    Replicate,
    /// Nothing: this one is selected.
    Select(usize),
}

/// A selection under way, fed with one replication of all alternatives at a time.
#[derive(Clone, Debug)]
pub struct KimNelson {
    rule: SelectionRule,
    first: FirstStage,
    sums: Vec<Sum>,
    replications: usize,
    remaining: Vec<usize>,
    drops: Vec<Dropped>,
}

impl KimNelson {
    /// A selection among `k` alternatives; none where [`kim_nelson_constants`] has none, unless the indifference is positive, or where the
    /// longest first stage is shorter than the first stage.
    pub fn new(k: usize, rule: SelectionRule) -> Option<KimNelson> {
        let first = FirstStage::new(k, &rule)?;
        is_indifference(rule.indifference).then(|| KimNelson {
            rule,
            first,
            sums: vec![Sum::default(); k],
            replications: 0,
            remaining: (0..k).collect(),
            drops: Vec::new(),
        })
    }

    /// Takes the next replication: one value for each alternative, of which those of alternatives that are out are not looked at.
    ///
    /// None, and nothing taken, if the row has another length or a value of one still in is not finite. After a selection rows
    /// change nothing.
    pub fn add(&mut self, row: &[f64]) -> Option<SelectionStep> {
        if row.len() != self.sums.len() || self.remaining.iter().any(|i| !row[*i].is_finite()) {
            return None;
        }
        if let [selected] = self.remaining[..] {
            return Some(SelectionStep::Select(selected));
        }
        self.replications += 1;
        for &i in &self.remaining {
            let value = self.rule.better.turn(row[i]);
            self.sums[i].add(value);
            self.first.add(i, value);
        }
        if self.replications >= self.rule.first_stage {
            self.screen();
        }
        if self.replications >= self.rule.longest_first_stage {
            self.end();
        }
        match self.remaining[..] {
            [selected] => Some(SelectionStep::Select(selected)),
            _ => Some(SelectionStep::Replicate),
        }
    }

    /// Replications taken so far.
    pub fn replications(&self) -> usize {
        self.replications
    }

    /// The alternatives still in, ascending.
    pub fn remaining(&self) -> &[usize] {
        &self.remaining
    }

    /// Those that are out, in the order in which they were dropped.
    pub fn drops(&self) -> &[Dropped] {
        &self.drops
    }

    /// How far the difference of a pair goes on: N_ij = ⌊h² S²_ij / δ²⌋; none before the end of its first stage.
    pub fn reach(&self, i: usize, j: usize) -> Option<usize> {
        Some(self.rows_needed(&self.spread(i, j)?).floor() as usize)
    }

    /// The allowance of a pair now: W_ij(r) = max{0, δ/(2r) (h² S²_ij / δ² − r)}; none before the end of its first stage.
    pub fn allowance(&self, i: usize, j: usize) -> Option<f64> {
        Some(self.allowance_of(&self.spread(i, j)?))
    }

    fn spread(&self, i: usize, j: usize) -> Option<Spread> {
        self.first.spread(i, j, self.replications)
    }

    fn rows_needed(&self, spread: &Spread) -> f64 {
        spread.h2 * spread.variance / (self.rule.indifference * self.rule.indifference)
    }

    fn allowance_of(&self, spread: &Spread) -> f64 {
        let r = self.replications as f64;
        (0.5 * self.rule.indifference / r * (self.rows_needed(spread) - r)).max(0.0)
    }

    /// Drops those that another still in beats by more than the allowance.
    fn screen(&mut self) {
        let means: Vec<f64> = self.sums.iter().map(|sum| sum.value() / self.replications as f64).collect();
        let before = std::mem::take(&mut self.remaining);
        let mut is_in = vec![false; means.len()];
        for &i in &before {
            is_in[i] = true;
        }
        let order = descending(&means, |i| is_in[i]);
        for &i in &before {
            match self.beaten(i, &order, &means) {
                Some((by, grounds)) => self.drops.push(Dropped {
                    alternative: i,
                    at: self.replications,
                    by,
                    grounds,
                }),
                None => self.remaining.push(i),
            }
        }
    }

    /// Which one beats another by most, the first of equals; one whose spread is known before others. `order` is by mean, the best first.
    fn beaten(&self, i: usize, order: &[usize], means: &[f64]) -> Option<(usize, Grounds)> {
        let mut found: Option<(bool, f64, usize)> = None;
        for &j in order {
            let gap = means[j] - means[i];
            // An allowance is never negative: nobody further down beats it by more.
            if gap <= 0.0 || found.is_some_and(|(is_known, most, _)| is_known && gap < most) {
                break;
            }
            let Some(spread) = self.spread(i, j).filter(|spread| spread.varied != Varied::Never) else {
                continue;
            };
            let excess = means[j] - self.allowance_of(&spread) - means[i];
            let is_known = spread.varied == Varied::Enough;
            let is_more = found.is_none_or(|(known, most, by)| match is_known.cmp(&known).then(excess.total_cmp(&most)) {
                std::cmp::Ordering::Equal => j < by,
                order => order.is_gt(),
            });
            if excess > 0.0 && is_more {
                found = Some((is_known, excess, j));
            }
        }
        found.map(|(is_known, _, by)| (by, if is_known { Grounds::Beaten } else { Grounds::HardlyDiffered }))
    }

    /// Once those left have not differed in their longest first stages, the best mean is taken, the first of equals.
    fn end(&mut self) {
        let Some((&one, rest)) = self.remaining.split_first() else {
            return;
        };
        let is_level = |i: &usize| self.spread(one, *i).is_some_and(|spread| spread.varied == Varied::Never);
        if rest.is_empty() || !rest.iter().all(is_level) {
            return;
        }
        let sum = |i: usize| self.sums[i].value();
        let by = rest.iter().fold(one, |best, i| if sum(*i) > sum(best) { *i } else { best });
        let at = self.replications;
        let dropped = |&alternative: &usize| Dropped {
            alternative,
            at,
            by,
            // They may have come to differ later on.
            grounds: if sum(alternative).total_cmp(&sum(by)).is_eq() {
                Grounds::Level
            } else {
                Grounds::HardlyDiffered
            },
        };
        let drops: Vec<Dropped> = self.remaining.iter().filter(|i| **i != by).map(dropped).collect();
        self.drops.extend(drops);
        self.remaining = vec![by];
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::laws::normal_quantile;
    use super::super::super::testing::{SYSTEMS, assert_close, uniforms};
    use super::*;

    fn rule(better: Better) -> SelectionRule {
        SelectionRule {
            better,
            sampling: Sampling::Common,
            first_stage: 10,
            longest_first_stage: 10,
            indifference: 2.0,
            confidence: 0.95,
        }
    }

    #[test]
    fn the_constants_are_the_derived_ones() {
        let rows = [
            (2, 10, 0.05, 0.334_05, 6.0129),
            (4, 10, 0.05, 0.564_680, 10.164_243),
            (5, 10, 0.05, 0.634_967, 11.429_41),
            (10, 10, 0.05, 0.859_083, 15.4635),
            (10, 20, 0.05, 0.302_934, 11.511_48),
            (25, 10, 0.05, 1.190_074, 21.421_34),
            (100, 10, 0.05, 1.815_617, 32.6811),
            (4, 20, 0.10, 0.164_920, 6.266_94),
        ];
        for (k, n0, alpha, eta, h2) in rows {
            let found = kim_nelson_constants(k, n0, 1.0 - alpha, Sampling::Common).unwrap();
            assert_close(found.0, eta, 5e-6);
            assert_close(found.1, h2, 5e-6);
        }
        let independent = kim_nelson_constants(5, 10, 0.95, Sampling::Independent).unwrap();
        assert!(independent.1 < 11.4294 && independent.1 > 11.2);
    }

    #[test]
    fn the_systems_of_banks_are_decided_by_the_first_stage() {
        for (better, selected) in [(Better::Greater, 0), (Better::Less, 2)] {
            let mut selection = KimNelson::new(4, rule(better)).unwrap();
            let mut step = SelectionStep::Replicate;
            for r in 0..10 {
                assert_eq!(
                    (step, selection.reach(0, 1), selection.allowance(0, 1)),
                    (SelectionStep::Replicate, None, None)
                );
                step = selection.add(&SYSTEMS.map(|system| system[r])).unwrap();
            }
            assert_eq!(step, SelectionStep::Select(selected));
            assert_eq!(selection.remaining(), [selected]);
            assert_eq!(selection.replications(), 10);
            let pairs = [
                (0, 1, 11, 0.1430),
                (0, 2, 72, 6.2415),
                (0, 3, 13, 0.3949),
                (1, 2, 30, 2.0130),
                (1, 3, 0, 0.0),
                (2, 3, 25, 1.5028),
            ];
            for (i, j, reach, allowance) in pairs {
                assert_eq!(selection.reach(i, j), Some(reach), "{i} {j}");
                assert!((selection.allowance(i, j).unwrap() - allowance).abs() < 6e-5, "{i} {j}");
            }
            assert!(selection.drops().iter().all(|drop| drop.at == 10));
        }
    }

    #[test]
    fn each_drop_names_the_one_that_beats_it_by_most() {
        let mut selection = KimNelson::new(4, rule(Better::Greater)).unwrap();
        (0..10).for_each(|r| assert!(selection.add(&SYSTEMS.map(|system| system[r])).is_some()));
        let by: Vec<(usize, usize)> = selection.drops().iter().map(|drop| (drop.alternative, drop.by)).collect();
        assert_eq!(by, [(1, 0), (2, 3), (3, 0)]);
    }

    #[test]
    fn a_row_that_lacks_a_value_is_not_taken() {
        let mut selection = KimNelson::new(3, rule(Better::Greater)).unwrap();
        assert_eq!(selection.add(&[1.0, 2.0]), None);
        assert_eq!(selection.add(&[1.0, 2.0, f64::NAN]), None);
        assert_eq!(selection.replications(), 0);
        // The third is out after the first stage, and nobody asks for its values any more.
        (0..10).for_each(|r| {
            let noise = if r % 2 == 0 { 40.0 } else { -40.0 };
            selection.add(&[1000.0 + noise, 1000.0 - noise, f64::from(r)]);
        });
        assert_eq!(selection.remaining(), [0, 1]);
        assert_eq!(selection.add(&[1000.0, 1001.0, f64::NAN]), Some(SelectionStep::Replicate));
        assert_eq!(selection.replications(), 11);
    }

    #[test]
    fn equal_alternatives_end_with_the_first() {
        let mut selection = KimNelson::new(2, rule(Better::Greater)).unwrap();
        let steps: Vec<Option<SelectionStep>> = (0..11).map(|r| selection.add(&[f64::from(r), f64::from(r)])).collect();
        assert_eq!(steps[8], Some(SelectionStep::Replicate));
        assert_eq!(steps[9..], [Some(SelectionStep::Select(0)); 2]);
        assert_eq!(selection.replications(), 10);
        assert!(selection.drops().iter().all(|drop| drop.grounds == Grounds::Level && drop.by == 0));
    }

    #[test]
    fn no_choice_has_no_selection() {
        assert!(KimNelson::new(1, rule(Better::Greater)).is_none());
        assert!(
            KimNelson::new(
                2,
                SelectionRule {
                    indifference: 0.0,
                    ..rule(Better::Greater)
                }
            )
            .is_none()
        );
        assert!(
            KimNelson::new(
                2,
                SelectionRule {
                    confidence: 0.4,
                    ..rule(Better::Greater)
                }
            )
            .is_none()
        );
        assert!(
            KimNelson::new(
                2,
                SelectionRule {
                    first_stage: 1,
                    ..rule(Better::Greater)
                }
            )
            .is_none()
        );
    }

    /// Share of correct selections and mean replications where one is better by δ and the others are equal.
    fn slippage(sampling: Sampling, runs: u32, seed: u64) -> (f64, f64) {
        let mut uniform = uniforms(seed);
        let rule = SelectionRule {
            sampling,
            indifference: 0.6,
            ..rule(Better::Greater)
        };
        let (mut right, mut rows) = (0, 0);
        for _ in 0..runs {
            let mut selection = KimNelson::new(5, rule).unwrap();
            let selected = loop {
                let shared = if sampling == Sampling::Common {
                    2.0 * normal_quantile(uniform())
                } else {
                    0.0
                };
                let row: Vec<f64> = (0..5)
                    .map(|i| shared + normal_quantile(uniform()) + if i == 3 { 0.6 } else { 0.0 })
                    .collect();
                if let Some(SelectionStep::Select(selected)) = selection.add(&row) {
                    break selected;
                }
            };
            right += u32::from(selected == 3);
            rows += selection.replications();
        }
        (f64::from(right) / f64::from(runs), rows as f64 / f64::from(runs))
    }

    #[test]
    fn the_best_is_selected_as_often_as_it_says_in_the_slippage_configuration() {
        let runs = 1000;
        let allowed = 0.95 - 3.0 * (0.95 * 0.05 / f64::from(runs)).sqrt();
        let (common, rows) = slippage(Sampling::Common, runs, 31);
        assert!(common >= allowed, "{common}");
        // What all have in common costs nothing: 4/5 of the variance is theirs.
        let (independent, alone) = slippage(Sampling::Independent, runs, 37);
        assert!(independent >= allowed, "{independent}");
        assert!((rows / alone - 1.0).abs() < 0.1, "{rows} and {alone}");
    }
}
