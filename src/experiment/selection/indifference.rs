//! Kim and Nelson's (2001) procedure, valid under common random numbers: alternatives are dropped until one is left.
//!
//! What a round simulated beyond the replication at which an alternative was dropped is left out.

use super::{Selecting, Selection, SelectionRow};
use crate::experiment::failure::Failure;
use crate::experiment::runner::{self, Done, Meter, Replicate, Runner};
use crate::experiment::stopping::Place;
use crate::stats::{Grounds, KimNelson, Sampling, SelectionRule, SelectionStep, Sum};

/// The longest first stage of two alternatives that differ in too few replications to say how much they vary.
const LONGEST: u32 = 200;

/// Runs rounds until one alternative is left or the limit is reached; none where it was interrupted.
pub(super) fn select<R: Replicate>(
    (selecting, indifference): (&Selecting, f64),
    runner: &Runner,
    worker: impl Fn() -> R + Sync,
    meter: &Meter,
    block: u32,
) -> Result<Option<Selection>, Failure> {
    let place = Place::parse(&selecting.response)?;
    let alternatives = runner.names.len();
    let mut procedure = procedure((selecting, indifference), alternatives)?;
    let mut sums = vec![Sum::default(); alternatives];
    let (mut done, mut selected) = (0, None);
    while selected.is_none() && done < selecting.max {
        let until = next_round(done, selecting).min(selecting.max);
        let remaining = procedure.remaining().to_vec();
        let work = runner::blocks_of(&remaining, done, until, block);
        if runner.run(&work, &worker, meter)? != Done::All {
            return Ok(None);
        }
        let parts = runner.store.parts()?;
        let mut values = vec![Vec::new(); alternatives];
        for &alternative in &remaining {
            values[alternative] = place.values(runner.store, (alternative, &parts[alternative]), done, until)?;
        }
        for replication in 0..(until - done) as usize {
            let row: Vec<f64> = values
                .iter()
                .map(|column| column.get(replication).copied().unwrap_or(f64::NAN))
                .collect();
            for &alternative in procedure.remaining() {
                sums[alternative].add(row[alternative]);
            }
            match procedure.add(&row) {
                Some(SelectionStep::Select(found)) => {
                    selected = Some(found);
                    break;
                }
                Some(SelectionStep::Replicate) => {}
                None => {
                    let lacking = procedure.remaining().iter().find(|i| !row[**i].is_finite());
                    let name = lacking.map_or("an alternative", |i| runner.names[*i].as_str());
                    return Err(super::missing(selecting, name, done + replication as u32 + 1));
                }
            }
        }
        done = until;
    }
    Ok(Some(Selection {
        rows: rows(&procedure, &sums, runner.names, selected),
        probability_correct: None,
        promised: selected.is_some() && procedure.drops().iter().all(|drop| drop.grounds != Grounds::HardlyDiffered),
        first_stage: selecting.first_stage,
    }))
}

/// The first stage; then rounds that grow with what has been done, as many replications as a tenth of it, so that few are simulated in vain.
fn next_round(done: u32, selecting: &Selecting) -> u32 {
    match done {
        0 => selecting.first_stage,
        done => done.saturating_add((done / 10).max(8)),
    }
}

/// The procedure at its beginning.
pub(super) fn procedure((selecting, indifference): (&Selecting, f64), alternatives: usize) -> Result<KimNelson, Failure> {
    if selecting.max < selecting.first_stage {
        return Err(Failure::Usage(format!(
            "at most {} replications do not choose one: expected at least {}, which every alternative has before any is dropped",
            selecting.max, selecting.first_stage
        )));
    }
    let rule = SelectionRule {
        better: selecting.better,
        sampling: Sampling::Common,
        first_stage: selecting.first_stage as usize,
        longest_first_stage: LONGEST.min(selecting.max).max(selecting.first_stage) as usize,
        indifference,
        confidence: selecting.confidence,
    };
    let cannot = || {
        Failure::Usage(format!(
            "cannot select by `{}`: expected at least two alternatives (there are {alternatives}), an indifference above 0 ({indifference}), a first \
             stage of at least 2 replications ({}) and a confidence that it can serve ({})",
            selecting.response, selecting.first_stage, selecting.confidence
        ))
    };
    KimNelson::new(alternatives, rule).ok_or_else(cannot)
}

fn rows(procedure: &KimNelson, sums: &[Sum], names: &[String], selected: Option<usize>) -> Vec<SelectionRow> {
    let mut dropped = vec![None; names.len()];
    for drop in procedure.drops() {
        dropped[drop.alternative] = Some(drop);
    }
    let row = |(i, name): (usize, &String)| {
        let drop = dropped[i];
        let replications = drop.map_or(procedure.replications(), |drop| drop.at);
        let is_level = drop.is_some_and(|drop| drop.grounds == Grounds::Level);
        let by = |level: bool| drop.filter(|_| is_level == level).map(|drop| names[drop.by].clone());
        SelectionRow {
            alternative: name.clone(),
            replications: replications as u32,
            mean: sums[i].value() / replications as f64,
            dropped_at: drop.map(|drop| drop.at as u32),
            dropped_by: by(false),
            tied_with: by(true),
            hardly_differed: drop.is_some_and(|drop| drop.grounds == Grounds::HardlyDiffered),
            selected: selected == Some(i),
        }
    };
    names.iter().enumerate().map(row).collect()
}
