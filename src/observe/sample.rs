//! Waiting trucks at full hours, for the queue profile.
//!
//! In long runs the profile has a value a day. One look a day would see the queue at that clock time only (at midnight a crossing that sends
//! its queue home at closing is always empty), so every hour is looked at all the same and the day tells its greatest.

use super::layout::QueueGrid;
use crate::time::{HOUR_US, Time};

/// The samples of a replication.
#[derive(Clone, Debug)]
pub(super) struct Samples {
    /// Hours that a value stands for: 1 is the state at that hour, more the greatest of so many hours that end after it; none: not kept.
    step_h: Option<i64>,
    warm_up: Time,
    /// The hour at which the next is due.
    next: i64,
    /// The first full hour of the period.
    first: i64,
    stages: usize,
    /// By sample from `first`, then by stage.
    waiting: Vec<i64>,
}

impl Samples {
    pub(super) fn new(grid: Option<&QueueGrid>, warm_up: Time, stages: usize) -> Samples {
        let first = (warm_up.0 + HOUR_US - 1).div_euclid(HOUR_US);
        Samples {
            step_h: grid.map(|g| g.step_h),
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
        self.step_h.map_or(Time::NEVER, |_| Time(self.next * HOUR_US).max(self.warm_up))
    }

    /// Takes one.
    pub(super) fn take(&mut self, waiting: impl Iterator<Item = i64>) {
        self.waiting.extend(waiting);
        self.next += 1;
    }

    /// What waited at a stage at an hour of the grid, or the most that did at a full hour of the day that begins there, its end included
    /// (samples see the state just before). None where that was not sampled.
    pub(super) fn waiting(&self, hour: i64, stage: usize) -> Option<i64> {
        let step_h = self.step_h?;
        let hours = if step_h == 1 { hour..=hour } else { hour + 1..=hour + step_h };
        hours.filter_map(|hour| self.at(hour, stage)).max()
    }

    fn at(&self, hour: i64, stage: usize) -> Option<i64> {
        let at = usize::try_from(hour - self.first).ok()? * self.stages + stage;
        self.waiting.get(at).copied()
    }
}
