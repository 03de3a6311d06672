//! Choosing one of several alternatives with few replications: rounds of replications for those still in, until one is left.
//!
//! The procedure is Kim and Nelson's (2001), valid under common random numbers ([`stats::KimNelson`]). A round is a matter of the task alone,
//! so the answer does not depend on the number of threads; what a round simulated beyond the replication at which an alternative was
//! dropped is left out.

use super::failure::Failure;
use super::runner::{self, Done, Meter, Replicate, Runner};
use super::stopping::Place;
use crate::stats::{Better, KimNelson, Sampling, SelectionRule, SelectionStep};
use crate::table::{Column, Frame, Kind, Table};

/// What is chosen by, and how surely.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Selecting {
    /// The response, as in [`Precision`](super::Precision).
    pub response: String,
    /// Which of two values of it is better.
    pub better: Better,
    /// The least difference that matters, in the units of the response.
    pub indifference: f64,
    /// Probability of choosing the best where it is better than all others by that difference.
    pub confidence: f64,
    /// Replications of every alternative before any is dropped, at least 2.
    pub first_stage: u32,
    /// At most so many replications of an alternative.
    pub max: u32,
}

/// What became of an alternative.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct SelectionRow {
    /// Its name.
    pub alternative: String,
    /// Its replications that were looked at.
    pub replications: u32,
    /// The replication after which it was dropped; none: it was not.
    pub dropped_at: Option<u32>,
    /// The alternative that was better by more than chance allows.
    pub dropped_by: Option<String>,
    /// Whether it was chosen.
    pub selected: bool,
}

/// Runs rounds until one alternative is left or the limit is reached; none where it was interrupted.
pub(crate) fn select<R: Replicate>(
    selecting: &Selecting,
    runner: &Runner,
    worker: impl Fn() -> R + Sync,
    meter: &Meter,
    block: u32,
) -> Result<Option<Vec<SelectionRow>>, Failure> {
    let place = Place::parse(&selecting.response)?;
    let rule = SelectionRule {
        better: selecting.better,
        sampling: Sampling::Common,
        first_stage: selecting.first_stage as usize,
        indifference: selecting.indifference,
        confidence: selecting.confidence,
    };
    let mut procedure = KimNelson::new(runner.names.len(), rule).ok_or_else(|| cannot(selecting, runner.names.len()))?;
    let (mut done, mut selected) = (0, None);
    while selected.is_none() && done < selecting.max {
        let until = next_round(done, selecting).min(selecting.max);
        let remaining = procedure.remaining().to_vec();
        let work = runner::blocks_of(&remaining, done, until, block);
        if runner.run(&work, &worker, meter)? != Done::All {
            return Ok(None);
        }
        let parts = runner.store.parts()?;
        let mut values = vec![Vec::new(); runner.names.len()];
        for &alternative in &remaining {
            values[alternative] = place.values(runner.store, (alternative, &parts[alternative]), done, until)?;
        }
        for replication in 0..(until - done) as usize {
            let row: Vec<f64> = values
                .iter()
                .map(|column| column.get(replication).copied().unwrap_or(f64::NAN))
                .collect();
            match procedure.add(&row) {
                Some(SelectionStep::Select(found)) => {
                    selected = Some(found);
                    break;
                }
                Some(SelectionStep::Replicate) => {}
                None => {
                    return Err(missing(
                        selecting,
                        runner.names,
                        procedure.remaining(),
                        &row,
                        done + replication as u32 + 1,
                    ));
                }
            }
        }
        done = until;
    }
    Ok(Some(rows(&procedure, runner.names, selected)))
}

/// The first stage; then rounds that grow with what has been done, as many replications as a tenth of it, so that few are simulated in vain.
fn next_round(done: u32, selecting: &Selecting) -> u32 {
    match done {
        0 => selecting.first_stage,
        done => done.saturating_add((done / 10).max(8)),
    }
}

fn cannot(selecting: &Selecting, alternatives: usize) -> Failure {
    Failure::Usage(format!(
        "cannot select by `{}`: expected at least two alternatives (there are {alternatives}), an indifference above 0 ({}), a first stage of at \
         least 2 replications ({}) and a confidence that it can serve ({})",
        selecting.response, selecting.indifference, selecting.first_stage, selecting.confidence
    ))
}

fn missing(selecting: &Selecting, names: &[String], remaining: &[usize], row: &[f64], replication: u32) -> Failure {
    let lacking = remaining.iter().find(|i| !row[**i].is_finite());
    let name = lacking.map_or("an alternative", |i| names[*i].as_str());
    Failure::Usage(format!(
        "`{name}` has no `{}` in replication {replication}, so that alternatives cannot be selected by it",
        selecting.response
    ))
}

fn rows(procedure: &KimNelson, names: &[String], selected: Option<usize>) -> Vec<SelectionRow> {
    let row = |(i, name): (usize, &String)| {
        let dropped = procedure.drops().iter().find(|dropped| dropped.alternative == i);
        SelectionRow {
            alternative: name.clone(),
            replications: dropped.map_or(procedure.replications(), |dropped| dropped.at) as u32,
            dropped_at: dropped.map(|dropped| dropped.at as u32),
            dropped_by: dropped.map(|dropped| names[dropped.by].clone()),
            selected: selected == Some(i),
        }
    };
    names.iter().enumerate().map(row).collect()
}

/// The table `selection`.
pub(crate) fn table() -> Table {
    Table {
        name: "selection",
        doc: "a row per alternative: how many replications it took to choose one of them (Kim and Nelson, 2001)",
        keys: 1,
        columns: vec![
            Column::new("alternative", Kind::Text, "", "name of the alternative"),
            Column::new("replications", Kind::Whole, "replications", "replications that were looked at"),
            Column::new(
                "dropped_at",
                Kind::Whole,
                "replications",
                "after how many it was dropped; empty: it was not",
            ),
            Column::new(
                "dropped_by",
                Kind::Text,
                "",
                "the alternative that was better by more than chance allows",
            ),
            Column::new("selected", Kind::Whole, "", "1: chosen; 0: not"),
            Column::new("response", Kind::Text, "", "what was chosen by"),
            Column::new(
                "indifference",
                Kind::Real,
                "",
                "the least difference that matters, in the units of the response",
            ),
            Column::new(
                "confidence",
                Kind::Real,
                "share",
                "probability of choosing the best where it is better than all others by that difference",
            ),
        ],
        small: true,
    }
}

/// The rows as a frame of [`table`].
pub(crate) fn frame(rows: &[SelectionRow], selecting: &Selecting) -> Frame {
    let mut frame = Frame::new(&table());
    for row in rows {
        let written = frame.row().text(&row.alternative).whole(i64::from(row.replications));
        let written = match row.dropped_at {
            Some(at) => written.whole(i64::from(at)),
            None => written.empty(),
        };
        let written = match &row.dropped_by {
            Some(by) => written.text(by),
            None => written.empty(),
        };
        written
            .whole(i64::from(row.selected))
            .text(&selecting.response)
            .real(selecting.indifference)
            .real(selecting.confidence)
            .end();
    }
    frame
}
