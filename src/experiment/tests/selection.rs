use super::*;
use crate::random::{Entity, Purpose, Stream};
use crate::stats::Better;

/// Simulates nothing: every real number is what is given for an alternative and a replication.
struct ByHand<'a> {
    layout: &'a Layout,
    value: &'a (dyn Fn(usize, u32) -> f64 + Sync),
}

impl Replicate for ByHand<'_> {
    fn replicate(&mut self, alternative: usize, replication: u32, frames: &mut Frames) -> Result<(), String> {
        let at = self.layout.position("replications").unwrap();
        let mut row = frames.0[at].row();
        for column in &self.layout.tables()[at].columns {
            row = match column.kind {
                Kind::Text => row.text(NAMES[alternative]),
                Kind::Whole => row.whole(i64::from(replication)),
                Kind::Real => row.real((self.value)(alternative, replication)),
            };
        }
        row.end();
        Ok(())
    }
}

const NAMES: [&str; 3] = ["one", "two", "three"];

fn selecting(choosing: Choosing, max: u32) -> Selecting {
    Selecting {
        response: "delivered_tonnes".to_owned(),
        better: Better::Greater,
        choosing,
        confidence: CONFIDENCE,
        first_stage: 20,
        max,
    }
}

fn by_indifference(least: f64, max: u32) -> Selecting {
    selecting(Choosing::Indifference(least), max)
}

fn by_budget(budget: u32) -> Selecting {
    selecting(Choosing::Budget(budget), budget)
}

/// Selects among so many alternatives of values given.
fn select(selecting: &Selecting, k: usize, value: &(dyn Fn(usize, u32) -> f64 + Sync), jobs: usize) -> Result<Selection, Failure> {
    let folder = tempfile::tempdir().unwrap();
    let mut experiment = experiment(&folder.path().join("r"), 1);
    experiment.alternatives = (0..k).map(|i| world::alternative(NAMES[i], 1 + i as u32)).collect();
    experiment.jobs = Some(jobs);
    experiment.tables = Some(vec!["replications".to_owned(), "selection".to_owned()]);
    experiment.stopping = Stopping::Selection(selecting.clone());
    let layout = super::super::run::layout(&experiment)?;
    let worker = || ByHand { layout: &layout, value };
    let outcome = run_with(&experiment, &layout, worker, &(), &GOES_ON)?;
    let of_each: Vec<u32> = outcome.alternatives.iter().map(|result| result.replications).collect();
    let selection = outcome.selection.unwrap();
    assert_eq!(of_each, selection.rows.iter().map(|row| row.replications).collect::<Vec<_>>());
    Ok(selection)
}

/// A random number by seed, alternative and replication.
fn random(seed: u32, alternative: usize, replication: u32) -> f64 {
    Stream::new(20_261_126, seed, Purpose::named("by hand")).uniform(Entity::numbered(replication, alternative as u32), 0)
}

fn chosen(selection: &Selection) -> Option<usize> {
    selection.rows.iter().position(|row| row.selected)
}

#[test]
fn at_the_limit_those_left_are_left_and_nothing_is_promised_whatever_the_threads() {
    let close = |i: usize, r: u32| random(1, i, r) + if i == 2 { -5.0 } else { 0.0 };
    let found = select(&by_indifference(0.05, 60), 3, &close, 1).unwrap();
    assert!(chosen(&found).is_none() && !found.promised);
    assert_eq!(found.rows.iter().map(|row| row.replications).collect::<Vec<_>>(), [60, 60, 20]);
    assert_eq!(found.rows[2].dropped_at, Some(20));
    assert_eq!(select(&by_indifference(0.05, 60), 3, &close, 7).unwrap(), found);
}

#[test]
fn a_limit_below_the_first_stage_is_refused_with_what_is_needed() {
    let refused = select(&by_indifference(1.0, 5), 2, &|_, _| 0.0, 1).unwrap_err();
    assert!(
        refused.exit_code() == 2 && refused.to_string().contains("expected at least 20"),
        "{refused}"
    );
}

#[test]
fn a_missing_value_is_named_by_alternative_and_replication() {
    let lacking = |i: usize, r: u32| if (i, r) == (1, 7) { f64::NAN } else { random(1, i, r) };
    for selecting in [by_indifference(0.1, 100), by_budget(100)] {
        let refused = select(&selecting, 3, &lacking, 2).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "`two` has no `delivered_tonnes` in replication 7, so that alternatives cannot be selected by it"
        );
    }
}

#[test]
fn equal_alternatives_are_level_after_the_longest_first_stage_and_the_first_stands_for_both() {
    let twins = |i: usize, r: u32| random(1, i % 2, r) - if i == 1 { 5.0 } else { 0.0 };
    let found = select(&by_indifference(0.5, 1000), 3, &twins, 2).unwrap();
    assert_eq!(chosen(&found), Some(0));
    assert!(found.promised && found.rows[2].tied_with.as_deref() == Some("one") && found.rows[2].dropped_by.is_none());
    // The second beats neither; of two that are equal the first is named.
    assert_eq!(found.rows[1].dropped_by.as_deref(), Some("one"));
    assert_eq!(found.rows.iter().map(|row| row.replications).collect::<Vec<_>>(), [200, 20, 200]);
    let found = select(&by_indifference(0.5, 50), 3, &twins, 2).unwrap();
    assert_eq!((chosen(&found), found.rows[2].replications), (Some(0), 50));
}

#[test]
fn a_budget_tells_ties_of_those_alone_that_were_looked_at_equally_often() {
    let twins = |i: usize, r: u32| random(1, i % 2, r) - if i == 1 { 5.0 } else { 0.0 };
    let found = select(&by_budget(120), 3, &twins, 2).unwrap();
    assert_eq!(found.rows.iter().map(|row| row.replications).sum::<u32>(), 120);
    for row in &found.rows {
        let best = &found.rows[chosen(&found).unwrap()];
        let may_tie = !row.selected && row.alternative != "two" && row.replications == best.replications;
        assert_eq!(row.tied_with.is_some(), may_tie, "{found:?}");
    }
    assert!(!found.promised && found.probability_correct.is_some_and(|p| p < 0.9), "{found:?}");
}

/// Losses of 30 that come in 6 of 100 replications of the first and in 1 of 200 of the second.
fn rare_losses(seed: u32) -> impl Fn(usize, u32) -> f64 + Sync {
    move |i: usize, r: u32| {
        let incident = random(seed, 0, r);
        if incident < [0.06, 0.005][i] { -30.0 } else { 0.0 }
    }
}

#[test]
fn rare_events_do_not_make_the_first_of_the_file_the_best() {
    let (mut wrong, mut wrongly_promised) = (0, 0);
    for seed in 1..=20 {
        let found = select(&by_indifference(0.5, 5000), 2, &rare_losses(seed), 2).unwrap();
        let is_wrong = chosen(&found) != Some(1);
        wrong += u32::from(is_wrong);
        wrongly_promised += u32::from(is_wrong && found.promised);
    }
    assert!(
        wrong <= 1 && wrongly_promised == 0,
        "{wrong} wrong, {wrongly_promised} with a promise"
    );
}

#[test]
fn what_hardly_differs_is_chosen_from_without_a_promise() {
    let once = |i: usize, r: u32| if (i, r) == (0, 33) { -30.0 } else { 0.0 };
    let found = select(&by_indifference(0.5, 5000), 2, &once, 2).unwrap();
    assert_eq!(chosen(&found), Some(1));
    assert!(!found.promised && found.rows[0].hardly_differed && found.rows[0].dropped_by.as_deref() == Some("two"));
}

#[test]
fn a_budget_claims_little_of_rare_events() {
    for seed in 1..=20 {
        let found = select(&by_budget(60), 2, &rare_losses(seed), 2).unwrap();
        assert!(found.probability_correct.is_none_or(|p| p < 0.999), "{found:?}");
        assert!(found.rows.iter().all(|row| row.tied_with.is_none()) || found.probability_correct.is_none_or(|p| p < 0.9));
    }
}
