//! Blocks of replications on all cores.
//!
//! A block is the unit of work and of the store. Workers take blocks in order and finish what they have begun; so whatever
//! stops them, what is kept is the beginning of the list without a gap, and an error told is the first in the list, whatever the
//! number of threads. Streams are addressed by seed and replication: no result depends on who simulates what.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};

use rayon::ThreadPool;

use super::clock::Stopwatch;
use super::failure::Failure;
use super::progress::{Advance, Progress};
use super::stopping::AimReached;
use super::store::Store;
use crate::observe::{Frames, Layout};

/// Simulates one replication after the other; each worker has its own.
pub(crate) trait Replicate {
    /// Adds the rows of a replication to the frames; an error is a message.
    fn replicate(&mut self, alternative: usize, replication: u32, frames: &mut Frames) -> Result<(), String>;
}

/// Consecutive replications of one alternative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Work {
    pub(crate) alternative: usize,
    pub(crate) first: u32,
    pub(crate) last: u32,
}

/// The replications `after` + 1 to `until` of all alternatives in blocks: side by side, so that all are equally far at any time.
pub(crate) fn blocks(alternatives: usize, after: u32, until: u32, size: u32) -> Vec<Work> {
    blocks_of(&(0..alternatives).collect::<Vec<_>>(), after, until, size)
}

/// The same of some alternatives.
pub(crate) fn blocks_of(alternatives: &[usize], after: u32, until: u32, size: u32) -> Vec<Work> {
    let mut work = Vec::new();
    let mut first = after + 1;
    while first <= until {
        let last = until.min(first.saturating_add(size - 1));
        work.extend(alternatives.iter().map(|&alternative| Work { alternative, first, last }));
        let Some(next) = last.checked_add(1) else { break };
        first = next;
    }
    work
}

/// Replications in a block: small enough for many blocks per thread and little memory (at most 20,000 simulated days), so many that of a
/// million short replications no more than some thousand files are opened again and again (at most 1,000 replications); and a matter
/// of the task alone, never of the number of threads.
/// Of many alternatives with few replications each a block holds all of one rather than that there are hundreds of thousands of files.
pub(crate) fn block_size(alternatives: usize, replications: u32, horizon_days: f64) -> u32 {
    let by_memory = (20_000.0 / horizon_days.max(1.0)) as u32;
    let of_all = u64::from(replications) * alternatives as u64;
    let size = u64::from(replications / 64).max(of_all / MOST_BLOCKS).min(u64::from(replications));
    (size.clamp(1, 1000) as u32).min(by_memory.max(1))
}

/// About so many blocks there may be, where memory allows.
const MOST_BLOCKS: u64 = 4096;

/// What was done of a list of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Done {
    /// All of it.
    All,
    /// So much of its beginning, because somebody asked to stop.
    Interrupted,
}

/// The state of a simulation that outlives one list of work.
pub(crate) struct Meter<'a> {
    watch: Stopwatch,
    progress: &'a dyn Progress,
    planned: u64,
    done: AtomicU64,
    blocks: AtomicU64,
}

impl<'a> Meter<'a> {
    pub(crate) fn new(progress: &'a dyn Progress, planned: u64) -> Meter<'a> {
        Meter {
            watch: Stopwatch::start(),
            progress,
            planned,
            done: AtomicU64::new(0),
            blocks: AtomicU64::new(0),
        }
    }

    /// Replications done.
    pub(crate) fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }

    /// A batch is done.
    pub(crate) fn precision(&self, replications: u32, furthest: &AimReached) {
        self.progress.precision(replications, furthest);
    }

    fn replication(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        let (blocks, seconds) = (self.blocks.load(Ordering::Relaxed), self.watch.seconds());
        let per_second = if seconds > 0.0 { done as f64 / seconds } else { 0.0 };
        self.progress.advanced(&Advance {
            done,
            planned: self.planned,
            blocks,
            per_second,
        });
    }
}

/// Simulates a list of work and keeps its blocks.
pub(crate) struct Runner<'a> {
    pub(crate) pool: &'a ThreadPool,
    pub(crate) store: &'a Store,
    pub(crate) layout: &'a Layout,
    pub(crate) names: &'a [String],
    pub(crate) seed: u64,
    pub(crate) interrupted: &'a AtomicBool,
}

impl Runner<'_> {
    /// Does the work; stops after the blocks under way where somebody asks for it or something fails.
    pub(crate) fn run<R: Replicate>(&self, work: &[Work], worker: impl Fn() -> R + Sync, meter: &Meter) -> Result<Done, Failure> {
        let next = AtomicUsize::new(0);
        let stopped = AtomicBool::new(false);
        let failure: Mutex<Option<(usize, Failure)>> = Mutex::new(None);
        self.pool.broadcast(|_| {
            let mut worker = worker();
            let mut frames = Frames::new(self.layout);
            while !stopped.load(Ordering::Relaxed) {
                if self.interrupted.load(Ordering::Relaxed) {
                    stopped.store(true, Ordering::Relaxed);
                    return;
                }
                let i = next.fetch_add(1, Ordering::Relaxed);
                let Some(block) = work.get(i) else { return };
                frames.0.iter_mut().for_each(crate::table::Frame::clear);
                if let Err(found) = self.block(*block, &mut worker, &mut frames, meter) {
                    stopped.store(true, Ordering::Relaxed);
                    let mut first = failure.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                    if first.as_ref().is_none_or(|(at, _)| i < *at) {
                        *first = Some((i, found));
                    }
                }
            }
        });
        match failure.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner) {
            Some((_, failure)) => Err(failure),
            None if next.load(Ordering::Relaxed) < work.len() => Ok(Done::Interrupted),
            None => Ok(Done::All),
        }
    }

    fn block<R: Replicate>(&self, block: Work, worker: &mut R, frames: &mut Frames, meter: &Meter) -> Result<(), Failure> {
        for replication in block.first..=block.last {
            worker
                .replicate(block.alternative, replication, frames)
                .map_err(|message| Failure::Imbalance {
                    alternative: self.names[block.alternative].clone(),
                    seed: self.seed,
                    replication,
                    message,
                })?;
            meter.replication();
        }
        self.store.write(block.alternative, block.first, block.last, &frames.0)?;
        meter.blocks.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_cover_every_replication_once_and_alternatives_advance_together() {
        let work = blocks(2, 3, 8, 2);
        let shown: Vec<(usize, u32, u32)> = work.iter().map(|w| (w.alternative, w.first, w.last)).collect();
        assert_eq!(shown, [(0, 4, 5), (1, 4, 5), (0, 6, 7), (1, 6, 7), (0, 8, 8), (1, 8, 8)]);
        assert!(blocks(2, 3, 3, 2).is_empty());
    }

    #[test]
    fn block_sizes_follow_from_the_task() {
        assert_eq!(block_size(1, 1, 365.0), 1);
        assert_eq!(block_size(1, 1000, 365.0), 15);
        assert_eq!(block_size(1, 100_000, 365.0), 54);
        assert_eq!(block_size(1, 1_000_000, 7.0), 1000);
        assert_eq!(block_size(1, 100_000, 3650.0), 5);
        assert_eq!(block_size(1, 100_000, 1e9), 1);
        assert_eq!(block_size(10, 1000, 365.0), 15);
        assert_eq!(block_size(10_000, 20, 91.0), 20);
        assert_eq!(block_size(1000, 20, 91.0), 4);
    }
}
