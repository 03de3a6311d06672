//! The work: every alternative's first replications, each run with one of its closures and without it, on all threads.
//!
//! Replications go side by side over the alternatives, in order; whatever stops them, those that are finished under every alternative are
//! the first so many.

use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};

use rayon::ThreadPool;

use super::pair::{Pair, candidates, picked};
use super::path::Path;
use crate::experiment::clock::Stopwatch;
use crate::experiment::latest::Latest;
use crate::experiment::progress::{Advance, Progress};
use crate::experiment::run::Experiment;
use crate::model::{Plan, Simulation};
use crate::random::{Entity, Purpose, Stream};

/// What was found.
pub(super) struct Priced {
    /// Replications finished under every alternative, the first so many.
    pub(super) replications: u32,
    /// By alternative the pairs of these, in order of replication.
    pub(super) pairs: Vec<Vec<Pair>>,
}

/// What runs one plan with closures and without them, again and again in the same memory.
struct Pricer<'p> {
    plan: &'p Plan,
    simulation: Simulation<'p>,
    with: Path,
    without: Path,
}

impl<'p> Pricer<'p> {
    fn new(plan: &'p Plan) -> Pricer<'p> {
        Pricer {
            plan,
            simulation: Simulation::new(plan),
            with: Path::new(plan),
            without: Path::new(plan),
        }
    }

    /// The price of one closure of a replication; none where it has none.
    fn price(&mut self, seed: u64, replication: u32) -> Option<Pair> {
        let horizon = &self.plan.scenario.horizon;
        self.with.clear();
        self.simulation.without(None);
        self.simulation.run(seed, replication, &mut self.with);
        let closures = candidates(self.with.closures(), horizon);
        let which = Stream::new(seed, replication, Purpose::named("experiment.closure_price")).uniform(Entity::numbered(0, 0), 0);
        let closure = closures.get(picked(which, closures.len()))?;
        self.without.clear();
        self.simulation.without(Some(closure.number));
        self.simulation.run(seed, replication, &mut self.without);
        Pair::new(replication, closure, &self.with, &self.without, &horizon.origin)
    }
}

/// Prices the first `replications` of every alternative, until it is interrupted.
pub(super) fn priced(
    pool: &ThreadPool,
    experiment: &Experiment,
    replications: u32,
    progress: &dyn Progress,
    interrupted: &AtomicBool,
) -> Priced {
    let alternatives = experiment.alternatives.len();
    let tasks = replications as usize * alternatives;
    let (next, done, watch) = (AtomicUsize::new(0), AtomicU64::new(0), Stopwatch::start());
    let found: Mutex<Vec<(usize, Pair)>> = Mutex::new(Vec::new());
    pool.broadcast(|_| {
        let mut pricers: Latest<Pricer> = Latest::new();
        let mut own = Vec::new();
        while !interrupted.load(Ordering::Relaxed) {
            let task = next.fetch_add(1, Ordering::Relaxed);
            if task >= tasks {
                break;
            }
            let (replication, alternative) = (task / alternatives, task % alternatives);
            let pricer = pricers.of(alternative, || Pricer::new(&experiment.alternatives[alternative].plan));
            own.extend(pricer.price(experiment.seed, replication as u32 + 1).map(|pair| (task, pair)));
            let done = done.fetch_add(1, Ordering::Relaxed) + 1;
            progress.pricing(&Advance {
                done,
                planned: tasks as u64,
                blocks: 0,
                per_second: done as f64 / watch.seconds().max(1e-9),
            });
        }
        found.lock().unwrap_or_else(PoisonError::into_inner).append(&mut own);
    });
    let mut found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    found.sort_unstable_by_key(|(task, _)| *task);
    // Every task that was begun was finished: what is there has no gap.
    let finished = done.into_inner() as usize / alternatives.max(1);
    let mut pairs: Vec<Vec<Pair>> = vec![Vec::new(); alternatives];
    for (task, pair) in found.into_iter().take_while(|(task, _)| *task < finished * alternatives) {
        pairs[task % alternatives].push(pair);
    }
    Priced {
        replications: finished as u32,
        pairs,
    }
}
