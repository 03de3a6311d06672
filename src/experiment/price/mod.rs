//! The price of a closure: what it costs in tonnes an hour, and how long it takes to recover from it.
//!
//! From pairs of replications that differ in one thing: in the second, one closure of the first does not happen ([`Simulation::without`]).
//! So it is the price of one closure more or less while all others stand, whether lanes, hours and stocks make up for it or not.

mod pair;
mod path;
mod rows;
mod table;

use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::failure::Failure;
use super::run::{Alternative, Experiment};
use crate::model::Simulation;
use crate::random::{Entity, Purpose, Stream};
use pair::{Pair, candidates, picked};
use path::Path;
pub(crate) use table::{frame, table};

/// The first so many replications at most are asked for the price of a closure.
pub const PRICED_REPLICATIONS: u32 = 400;

/// Replications that one task simulates, pair by pair.
const BLOCK: u32 = 8;

/// What closures of one kind cost under one alternative.
#[derive(Clone, Debug, PartialEq)]
pub struct ClosurePrice {
    /// The alternative.
    pub alternative: String,
    /// By what closures are told apart: `all` (not at all), `cause`, `scope`, `hour` of the day at which they begin, `length`.
    pub group: &'static str,
    /// Which of them.
    pub level: String,
    /// Closures, one a replication.
    pub n: usize,
    /// Mean of the hours closed.
    pub closed_h: f64,
    /// Mean of the tonnes not delivered by the end of the run.
    pub lost_tonnes: f64,
    /// Sum of tonnes lost over sum of hours closed.
    pub tonnes_per_closed_hour: f64,
    /// Lower end of its interval; NaN where there are too few closures.
    pub lower: f64,
    /// Upper end of its interval.
    pub upper: f64,
    /// How long after the end of a closure more trucks are in the system than without it.
    pub queue_recovery: Recovery,
    /// How long more truckloads are in the system or in hubs.
    pub recovery: Recovery,
}

/// How long recovery takes, over closures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recovery {
    /// The median, in hours; NaN where it lies beyond the end of the run.
    pub median_h: f64,
    /// Lower end of its interval; NaN where there are too few closures.
    pub lower_h: f64,
    /// Upper end of its interval; NaN too where it lies beyond the end of the run.
    pub upper_h: f64,
    /// Closures from which there was no recovery by the end of the run.
    pub censored: usize,
}

/// What closures cost under each alternative, from its first `replications`, at most [`PRICED_REPLICATIONS`].
///
/// In each replication one closure is drawn from those that begin after the warm-up and at least 30 days (or a quarter of the period)
/// before the end, each as likely, by a random number of its own; the replication is run with it and without it. A replication without
/// such a closure, and one whose closure closed nothing that others did not close too, has no price.
///
/// An hour counts by the share of lanes that the closure takes at the stage where it takes most; reopening after it included. Recovery lasts
/// from the end of the closure to the first full hour at which no more is held up than without it. Prices have the jackknife interval of a ratio ([`crate::stats::jackknife_ratio`]),
/// recoveries the interval of a median by order statistics, closures after which the run ended too soon counting as the longest.
///
/// None where `interrupted` became true. The same whatever the number of threads.
///
/// # Errors
/// Where threads cannot be started.
pub fn closure_price(experiment: &Experiment, replications: u32, interrupted: &AtomicBool) -> Result<Option<Vec<ClosurePrice>>, Failure> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(experiment.jobs.unwrap_or(0)).build();
    let pool = pool.map_err(|e| Failure::Usage(format!("cannot start {} threads: {e}", experiment.jobs.unwrap_or(0))))?;
    Ok(pool.install(|| prices(experiment, replications, interrupted)))
}

/// [`closure_price`] on the threads at hand.
pub(crate) fn prices(experiment: &Experiment, replications: u32, interrupted: &AtomicBool) -> Option<Vec<ClosurePrice>> {
    let last = replications.min(PRICED_REPLICATIONS);
    let firsts: Vec<u32> = (1..=last).step_by(BLOCK as usize).collect();
    let tasks: Vec<(usize, u32)> = (0..experiment.alternatives.len())
        .flat_map(|a| firsts.iter().map(move |first| (a, *first)))
        .collect();
    let of_task = |&(a, first): &(usize, u32)| {
        let alternative = &experiment.alternatives[a];
        let block = first..=last.min(first + BLOCK - 1);
        pairs(alternative, experiment.seed, block, interrupted).map(|pairs| (a, pairs))
    };
    let found: Vec<(usize, Vec<Pair>)> = tasks.par_iter().map(of_task).collect::<Option<_>>()?;
    let mut rows = Vec::new();
    for (a, alternative) in experiment.alternatives.iter().enumerate() {
        let own: Vec<&Pair> = found.iter().filter(|(of, _)| *of == a).flat_map(|(_, pairs)| pairs).collect();
        rows.extend(rows::rows(alternative, &own, experiment.confidence));
    }
    Some(rows)
}

/// The pairs of some replications, in their order; none where somebody asks to stop.
fn pairs(alternative: &Alternative, seed: u64, replications: impl Iterator<Item = u32>, interrupted: &AtomicBool) -> Option<Vec<Pair>> {
    let plan = &alternative.plan;
    let horizon = &plan.scenario.horizon;
    let mut simulation = Simulation::new(plan);
    let (mut with, mut without) = (Path::new(plan), Path::new(plan));
    let mut pairs = Vec::new();
    for replication in replications {
        if interrupted.load(Ordering::Relaxed) {
            return None;
        }
        with.clear();
        simulation.without(None);
        simulation.run(seed, replication, &mut with);
        let closures = candidates(with.closures(), horizon);
        let which = Stream::new(seed, replication, Purpose::named("experiment.closure_price")).uniform(Entity::numbered(0, 0), 0);
        let Some(closure) = closures.get(picked(which, closures.len())) else {
            continue;
        };
        without.clear();
        simulation.without(Some(closure.number));
        simulation.run(seed, replication, &mut without);
        pairs.extend(Pair::new(closure, &with, &without, &horizon.origin));
    }
    Some(pairs)
}
