//! A number of replications shared out where they teach most: optimal computing budget allocation (Chen, Lin, Yücesan, Chick 2000).
//!
//! After a first stage of all alternatives the rest goes out in steps of a twentieth of what was used. What is nearer to the best than the
//! standard error of the difference is taken to be that far, so that ties do not take everything; what did not vary so far is taken to
//! vary a little, so that rare events can still show.

use super::{Selecting, Selection, SelectionRow};
use crate::experiment::failure::Failure;
use crate::experiment::runner::{self, Done, Meter, Replicate, Runner, Work};
use crate::experiment::stopping::Place;
use crate::stats;

/// The fewest replications of an alternative before the rest is shared out: with fewer a spread is hardly known.
const LEAST: u32 = 5;

/// The replications of every alternative before the rest is shared out: as many as a selection usually begins with, fewer where that
/// would take more than half of the budget, but not below [`LEAST`].
pub(super) fn first_stage((selecting, budget): (&Selecting, u32), alternatives: usize) -> Result<u32, Failure> {
    let needed = alternatives as u64 * u64::from(LEAST);
    if alternatives < 2 || u64::from(budget) < needed {
        return Err(Failure::Usage(format!(
            "`--budget {budget}`: expected at least {needed} replications, {LEAST} of each of {alternatives} alternatives, before the rest is shared out"
        )));
    }
    let each = budget / alternatives as u32;
    Ok((each / 2).clamp(LEAST, selecting.first_stage.max(LEAST)))
}

/// How many replications the next step shares out.
fn step(used: u32) -> u32 {
    (used / 20).max(10)
}

/// Shares out the budget; none where it was interrupted.
pub(super) fn select<R: Replicate>(
    (selecting, budget): (&Selecting, u32),
    runner: &Runner,
    worker: impl Fn() -> R + Sync,
    meter: &Meter,
    block: u32,
) -> Result<Option<Selection>, Failure> {
    let place = Place::parse(&selecting.response)?;
    let alternatives = runner.names.len();
    let first = first_stage((selecting, budget), alternatives)?;
    let mut values: Vec<Vec<f64>> = vec![Vec::new(); alternatives];
    let mut more = vec![first as usize; alternatives];
    loop {
        let mut work: Vec<Work> = Vec::new();
        for (alternative, more) in more.iter().enumerate().filter(|(_, more)| **more > 0) {
            let done = values[alternative].len() as u32;
            work.extend(runner::blocks_of(&[alternative], done, done + *more as u32, block));
        }
        if runner.run(&work, &worker, meter)? != Done::All {
            return Ok(None);
        }
        let parts = runner.store.parts()?;
        for (alternative, more) in more.iter().enumerate().filter(|(_, more)| **more > 0) {
            let done = values[alternative].len();
            let until = (done + more) as u32;
            let found = place.values(runner.store, (alternative, &parts[alternative]), done as u32, until)?;
            if found.len() != *more || found.iter().any(|x| !x.is_finite()) {
                let at = found.iter().position(|x| !x.is_finite()).unwrap_or(found.len());
                return Err(super::missing(selecting, &runner.names[alternative], (done + at) as u32 + 1));
            }
            values[alternative].extend(found);
        }
        let used: usize = values.iter().map(Vec::len).sum();
        let left = budget - used as u32;
        if left == 0 {
            return Ok(Some(chosen(selecting, runner.names, &values, first)));
        }
        more = next(selecting, &values, step(used as u32).min(left) as usize);
    }
}

/// What the replications so far say.
struct State {
    means: Vec<f64>,
    /// Guarded against what has not varied so far.
    sds: Vec<f64>,
    used: Vec<usize>,
}

impl State {
    fn of(values: &[Vec<f64>]) -> State {
        let sds: Vec<f64> = values.iter().map(|values| stats::variance(values).sqrt()).collect();
        let used: Vec<usize> = values.iter().map(Vec::len).collect();
        State {
            means: values.iter().map(|values| stats::mean(values)).collect(),
            sds: stats::ocba_spreads(&sds, &used).unwrap_or(sds),
            used,
        }
    }

    /// The standard error of the difference of two means.
    fn error(&self, i: usize, j: usize) -> f64 {
        let square = |i: usize| self.sds[i] * self.sds[i] / self.used[i] as f64;
        (square(i) + square(j)).sqrt()
    }

    /// The best mean, the earlier of those that are level.
    fn best(&self, selecting: &Selecting) -> usize {
        let better = |i: usize, j: usize| selecting.better.turn(self.means[i]) > selecting.better.turn(self.means[j]);
        (1..self.means.len()).fold(0, |best, i| if better(i, best) { i } else { best })
    }
}

/// The next `more` replications by alternative.
fn next(selecting: &Selecting, values: &[Vec<f64>], more: usize) -> Vec<usize> {
    let state = State::of(values);
    let shared = stats::ocba_step(&state.means, &state.sds, selecting.better, &state.used, more);
    // Where nothing has varied yet there is nothing to go by.
    shared.unwrap_or_else(|| {
        let k = values.len();
        (0..k).map(|i| more / k + usize::from(i < more % k)).collect()
    })
}

/// The alternative of the best mean, and how the budget was spent.
fn chosen(selecting: &Selecting, names: &[String], values: &[Vec<f64>], first_stage: u32) -> Selection {
    let state = State::of(values);
    let best = state.best(selecting);
    let is_level =
        |i: usize| values[i].len() == values[best].len() && values[i].iter().zip(&values[best]).all(|(a, b)| a.total_cmp(b).is_eq());
    let tied: Vec<bool> = (0..names.len()).map(|i| i != best && is_level(i)).collect();
    let row = |(i, name): (usize, &String)| SelectionRow {
        alternative: name.clone(),
        replications: values[i].len() as u32,
        mean: state.means[i],
        dropped_at: None,
        dropped_by: None,
        tied_with: tied[i].then(|| names[best].clone()),
        hardly_differed: false,
        selected: i == best,
    };
    Selection {
        rows: names.iter().enumerate().map(row).collect(),
        probability_correct: probability(&state, selecting.better, best, &tied),
        promised: false,
        first_stage,
    }
}

/// An approximation is no better than this.
const SUREST: f64 = 0.999;

/// About how probably the best mean is the best; none where nothing has varied. What has been level with it all along is taken to be worse by
/// the standard error: nearer it might be, but then either is right.
fn probability(state: &State, better: stats::Better, best: usize, tied: &[bool]) -> Option<f64> {
    if state.sds.iter().all(|sd| *sd <= 0.0) {
        return None;
    }
    let mean = |i: usize| {
        if tied[i] {
            better.turn(better.turn(state.means[best]) - state.error(i, best))
        } else {
            state.means[i]
        }
    };
    let means: Vec<f64> = (0..tied.len()).map(mean).collect();
    stats::ocba_probability(&means, &state.sds, better, &state.used).map(|found| found.min(SUREST))
}

#[cfg(test)]
mod tests {
    use super::super::Choosing;
    use super::*;
    use crate::stats::Better;

    fn by_more(budget: u32) -> Selecting {
        Selecting {
            response: "delivered_tonnes".to_owned(),
            better: Better::Greater,
            choosing: Choosing::Budget(budget),
            confidence: 0.95,
            first_stage: 20,
            max: budget,
        }
    }

    /// Values around a mean with a spread of about `sd`.
    fn around(mean: f64, sd: f64, n: usize) -> Vec<f64> {
        (0..n).map(|i| mean + sd * [-1.2, 0.3, 1.1, -0.4, 0.2][i % 5]).collect()
    }

    #[test]
    fn the_first_stage_takes_at_most_half_unless_that_is_too_little() {
        let of = |budget| first_stage((&by_more(budget), budget), 4);
        assert_eq!([1000, 100, 24].map(|budget| of(budget).unwrap()), [20, 12, 5]);
        assert!(of(19).is_err_and(|refused| refused.to_string().contains("at least 20 replications")));
    }

    #[test]
    fn steps_are_spent_whole_and_go_to_the_best_and_its_rivals() {
        let values = [around(10.0, 2.0, 20), around(9.0, 2.0, 20), around(2.0, 2.0, 20)];
        let shared = next(&by_more(1000), &values, 100);
        assert_eq!(shared.iter().sum::<usize>(), 100);
        assert!(shared[0] > 40 && shared[1] > 40 && shared[2] == 0, "{shared:?}");
    }

    #[test]
    fn a_tie_does_not_take_everything_from_an_alternative_that_is_hardly_known() {
        // The first two are the same; the third is behind by half its standard error.
        let values = [around(10.0, 1.0, 20), around(10.0, 1.0, 20), around(8.0, 20.0, 20)];
        let shared = next(&by_more(1000), &values, 90);
        assert!(shared[2] > 20, "{shared:?}");
    }

    #[test]
    fn what_never_varied_is_not_left_for_ever_and_where_nothing_varies_all_get_as_much() {
        let values = [around(10.0, 1.0, 20), vec![9.9; 20], around(0.0, 1.0, 20)];
        let shared = next(&by_more(1000), &values, 100);
        assert!(shared[1] > 0, "{shared:?}");
        assert_eq!(next(&by_more(1000), &[vec![1.0; 5], vec![1.0; 5], vec![2.0; 5]], 11), [4, 4, 3]);
    }

    #[test]
    fn what_was_level_in_all_replications_of_both_is_told_and_stays_in_the_probability() {
        let names = ["a", "b", "c"].map(str::to_owned);
        let twice = [around(10.0, 1.0, 20), around(10.0, 1.0, 20), around(0.0, 1.0, 20)];
        let found = chosen(&by_more(60), &names, &twice, 20);
        assert!(found.rows[0].selected && found.rows[1].tied_with.as_deref() == Some("a"));
        // Φ(1): worse by its standard error at most.
        assert!((found.probability_correct.unwrap() - 0.841_344_746).abs() < 1e-9, "{found:?}");
    }

    #[test]
    fn what_was_level_as_long_as_both_were_looked_at_is_no_tie() {
        let names = ["a", "b"].map(str::to_owned);
        let found = chosen(&by_more(65), &names, &[around(10.0, 1.0, 25), around(10.0, 1.0, 40)], 20);
        assert!(found.rows.iter().all(|row| row.tied_with.is_none()), "{found:?}");
        assert!(found.probability_correct.unwrap() < 0.6);
    }

    #[test]
    fn no_choice_is_sure_and_of_what_never_varied_nothing_is_said() {
        let names = ["a", "b", "c"].map(str::to_owned);
        let far = [around(100.0, 1.0, 40), around(0.0, 1.0, 20), around(10.0, 1.0, 20)];
        assert_eq!(chosen(&by_more(80), &names, &far, 20).probability_correct, Some(SUREST));
        let never = [vec![3.0; 20], vec![3.0; 20], vec![2.0; 20]];
        assert_eq!(chosen(&by_more(60), &names, &never, 20).probability_correct, None);
        // The one without events so far is not known exactly.
        let rare = [vec![0.0; 20], [vec![1.0], vec![0.0; 19]].concat()];
        let less = Selecting {
            better: Better::Less,
            ..by_more(40)
        };
        assert!(chosen(&less, &names[..2], &rare, 20).probability_correct.unwrap() < 0.85);
    }
}
