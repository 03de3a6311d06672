//! Choosing one of several alternatives with few replications, in rounds: by dropping alternatives until one is left, or by sharing out a
//! number of replications.
//!
//! A round is a matter of the task alone, so the answer does not depend on the number of threads.

mod budget;
mod indifference;
mod stored;
mod table;

pub(crate) use table::{frame, table};

use super::failure::Failure;
use super::run::kept_tables;
use super::runner::{Meter, Replicate, Runner};
use super::stopping::Place;
use crate::model::Plan;
use crate::stats::Better;

/// What is chosen by, and how surely.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Selecting {
    /// The response, as in [`Precision`](super::Precision).
    pub response: String,
    /// Which of two values of it is better.
    pub better: Better,
    /// By which procedure.
    #[serde(flatten)]
    pub choosing: Choosing,
    /// With an indifference, the probability of choosing the best where it is better than all others by that.
    pub confidence: f64,
    /// Replications of every alternative before any is dropped or the rest is shared out, at least 2; fewer with a small budget.
    pub first_stage: u32,
    /// At most so many replications of an alternative.
    pub max: u32,
}

/// The procedure by which one alternative is chosen.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choosing {
    /// Kim and Nelson (2001): the least difference that matters, in the units of the response.
    Indifference(f64),
    /// Optimal computing budget allocation (Chen, Lin, Yücesan, Chick 2000): the replications of all alternatives together.
    Budget(u32),
}

impl Selecting {
    /// Whether so many alternatives can be selected from.
    pub(crate) fn check(&self, alternatives: usize) -> Result<(), Failure> {
        match self.choosing {
            Choosing::Indifference(least) => indifference::procedure((self, least), alternatives).map(|_| ()),
            Choosing::Budget(budget) => budget::first_stage((self, budget), alternatives).map(|_| ()),
        }
    }
}

/// How one alternative was chosen.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Selection {
    /// By alternative.
    pub rows: Vec<SelectionRow>,
    /// With a budget, about how probably the one chosen is the best: an approximation for independent runs, at most 0.999; none where nothing
    /// has varied.
    pub probability_correct: Option<f64>,
    /// With an indifference, whether the confidence holds of the choice: not where an alternative was dropped for one from which it hardly
    /// differed, nor where none is chosen. Of those that are tied it never speaks.
    pub promised: bool,
    /// Replications that every alternative had before any was dropped or the rest was shared out.
    pub first_stage: u32,
}

/// What became of an alternative.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct SelectionRow {
    /// Its name.
    pub alternative: String,
    /// Its replications that were looked at.
    pub replications: u32,
    /// The mean of the response over these.
    pub mean: f64,
    /// The replication after which it was dropped; none: it was not.
    pub dropped_at: Option<u32>,
    /// The alternative that was better by more than chance allows.
    pub dropped_by: Option<String>,
    /// The alternative to which it was equal in every replication, both having equally many, and that stands for both.
    pub tied_with: Option<String>,
    /// Whether it and the one that it was dropped for differed in so few replications that it is hardly known how much they vary.
    pub hardly_differed: bool,
    /// Whether it was chosen.
    pub selected: bool,
}

/// Runs rounds until one alternative is chosen or there are no replications left; none where it was interrupted.
pub(crate) fn select<R: Replicate>(
    selecting: &Selecting,
    runner: &Runner,
    worker: impl Fn() -> R + Sync,
    meter: &Meter,
    block: u32,
) -> Result<Option<Selection>, Failure> {
    match selecting.choosing {
        Choosing::Indifference(least) => indifference::select((selecting, least), runner, worker, meter, block),
        Choosing::Budget(budget) => budget::select((selecting, budget), runner, worker, meter, block),
    }
}

/// The unit of a response where a plan is simulated; empty where it has none, or is not there.
pub fn unit_of(plan: &Plan, response: &str) -> String {
    let found = || {
        let place = Place::parse(response).ok()?;
        let layout = kept_tables(&[plan], None, &[place.table]).ok()?;
        place.unit(&layout)
    };
    found().unwrap_or_default()
}

fn missing(selecting: &Selecting, name: &str, replication: u32) -> Failure {
    Failure::Usage(format!(
        "`{name}` has no `{}` in replication {replication}, so that alternatives cannot be selected by it",
        selecting.response
    ))
}
