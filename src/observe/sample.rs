//! Waiting trucks on a grid of times, for the queue profile.

use super::layout::QueueGrid;
use crate::time::{HOUR_US, Time};

/// The samples of a replication.
#[derive(Clone, Debug)]
pub(super) struct Samples {
    /// Microseconds between two; none: not kept.
    step: Option<i64>,
    warm_up: Time,
    /// Number of the next sample on the grid.
    next: i64,
    /// Number of the first on the grid within the period.
    first: i64,
    stages: usize,
    /// By sample from `first`, then by stage.
    waiting: Vec<i64>,
}

impl Samples {
    pub(super) fn new(grid: Option<&QueueGrid>, warm_up: Time, stages: usize) -> Samples {
        let step = grid.map(|g| g.step_h * HOUR_US);
        let first = step.map_or(0, |s| (warm_up.0 + s - 1).div_euclid(s));
        Samples {
            step,
            warm_up,
            next: first,
            first,
            stages,
            waiting: Vec::new(),
        }
    }

    pub(super) fn reset(&mut self) {
        self.next = self.first;
        self.waiting.clear();
    }

    /// When the next is due.
    pub(super) fn due(&self) -> Time {
        self.step.map_or(Time::NEVER, |s| Time(self.next * s).max(self.warm_up))
    }

    /// Takes one.
    pub(super) fn take(&mut self, waiting: impl Iterator<Item = i64>) {
        self.waiting.extend(waiting);
        self.next += 1;
    }

    /// What waited at a stage at an hour of the grid, where that was sampled.
    pub(super) fn waiting(&self, hour: i64, stage: usize) -> Option<i64> {
        let sample = hour * HOUR_US / self.step? - self.first;
        let at = usize::try_from(sample).ok()? * self.stages + stage;
        self.waiting.get(at).copied()
    }
}
