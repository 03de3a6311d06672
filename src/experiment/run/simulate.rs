//! The replications of an experiment, by its stopping rule.

use super::Experiment;
use super::record::reference;
use crate::experiment::failure::Failure;
use crate::experiment::runner::{self, Done, Meter, Replicate, Runner};
use crate::experiment::selection::{self, Selection};
use crate::experiment::stopping::{self, Place, PrecisionReached, Sequential, Stopping};

/// How far the simulation went.
pub(super) struct Simulated {
    /// By alternative, the replications that the stopping rule asks for, if it was not interrupted.
    pub replications: Vec<u32>,
    pub precision: Option<PrecisionReached>,
    /// What became of the alternatives of which one was to be chosen.
    pub selection: Option<Selection>,
    pub complete: bool,
}

/// Simulates until the stopping rule is content.
pub(super) fn simulate<R: Replicate>(
    experiment: &Experiment,
    runner: &Runner,
    worker: impl Fn() -> R + Sync,
    meter: &Meter,
    block: u32,
) -> Result<Simulated, Failure> {
    let alternatives = experiment.alternatives.len();
    let precision = match &experiment.stopping {
        Stopping::Fixed(n) => {
            let done = runner.run(&runner::blocks(alternatives, 0, *n, block), worker, meter)?;
            return Ok(Simulated {
                replications: vec![*n; alternatives],
                precision: None,
                selection: None,
                complete: done == Done::All,
            });
        }
        Stopping::Selection(selecting) => {
            let selection = selection::select(selecting, runner, worker, meter, block)?;
            // The tables hold what was looked at of each alternative.
            let looked_at = |selection: &Selection| selection.rows.iter().map(|row| row.replications).collect();
            return Ok(Simulated {
                replications: selection.as_ref().map_or_else(Vec::new, looked_at),
                precision: None,
                complete: selection.is_some(),
                selection,
            });
        }
        Stopping::Precision(precision) => precision,
    };
    let responses = precision.responses();
    let places = responses
        .iter()
        .map(|response| Place::parse(response))
        .collect::<Result<Vec<_>, _>>()?;
    let mut judge = Sequential::new(precision, alternatives, reference(experiment));
    let (mut done, mut reached, mut complete) = (0, false, true);
    while done < precision.max && !reached && complete {
        let until = stopping::next_batch(done, precision.max);
        complete = runner.run(&runner::blocks(alternatives, done, until, block), &worker, meter)? == Done::All;
        if complete {
            let parts = runner.store.parts()?;
            let columns_of = |(place, response): (&Place, &&str)| {
                let columns = parts.iter().enumerate();
                let columns = columns.map(|(a, parts)| place.values(runner.store, (a, parts), done, until));
                let columns = columns.collect::<Result<Vec<_>, _>>()?;
                check_presence(&columns, until - done, response, runner.names)?;
                Ok(columns)
            };
            let columns = places.iter().zip(&responses).map(columns_of).collect::<Result<Vec<_>, Failure>>()?;
            reached = judge.push(&columns);
            if let Some(furthest) = judge.furthest(runner.names) {
                meter.precision(judge.seen(), &furthest);
            }
            done = until;
        }
    }
    let precision = PrecisionReached {
        reached,
        aims: judge.reached(runner.names),
    };
    // What was simulated beyond the replication at which the rule stopped is left out: it would depend on the size of batches.
    let replications = vec![judge.seen(); alternatives];
    Ok(Simulated {
        replications,
        precision: Some(precision),
        selection: None,
        complete,
    })
}

/// A response of a table with a key must be there for every alternative, once a replication.
fn check_presence(columns: &[Vec<f64>], expected: u32, response: &str, names: &[String]) -> Result<(), Failure> {
    match columns.iter().position(|c| c.len() != expected as usize) {
        Some(a) => Err(Failure::Usage(format!("`{}` has no response `{response}`", names[a]))),
        None => Ok(()),
    }
}
