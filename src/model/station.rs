//! The state of a stage: its yard, its lanes, and what calendar and security leave of them.

use super::plan::StagePlan;
use super::slot::List;
use super::yard::Yard;
use crate::scenario::Stage;
use crate::time::Time;

/// A stage under way.
#[derive(Clone, Debug)]
pub(super) struct Station {
    /// Who waits in the yard.
    pub(super) yard: Yard,
    /// Who wants to come in and finds no place, first come first: trucks outside, and trucks blocked in their lanes elsewhere.
    pub(super) wanting: List,
    /// How many of those stand outside.
    pub(super) outside: u32,
    /// Who is in a lane, served or stopped, in order of first starts.
    pub(super) in_lanes: List,
    /// How many of those are served.
    pub(super) serving: u32,
    /// How many of those are stopped.
    pub(super) paused: u32,
    /// How many are in a lane, served, without a place further on.
    pub(super) blocked: u32,
    /// Whether the calendar is open.
    pub(super) open: bool,
    /// When the opening interval ends.
    pub(super) closes: Time,
    /// Lanes that security leaves.
    pub(super) stay: u32,
    /// Only trucks that the humanitarian window names may start or go on.
    pub(super) named_only: bool,
    /// Services that ended here, for outcomes in a fixed cycle.
    pub(super) completions: u64,
    /// It is on the list of stages to look at.
    pub(super) noted: bool,
}

impl Station {
    pub(super) fn new(stage: &Stage, plan: &StagePlan) -> Station {
        Station {
            yard: Yard::new(stage.queue.discipline, plan.ranks),
            wanting: List::default(),
            outside: 0,
            in_lanes: List::default(),
            serving: 0,
            paused: 0,
            blocked: 0,
            open: true,
            closes: Time::NEVER,
            stay: plan.lanes,
            named_only: false,
            completions: 0,
            noted: false,
        }
    }

    pub(super) fn clear(&mut self, plan: &StagePlan) {
        self.yard.clear();
        self.wanting = List::default();
        self.outside = 0;
        self.in_lanes = List::default();
        self.serving = 0;
        self.paused = 0;
        self.blocked = 0;
        self.open = true;
        self.closes = Time::NEVER;
        self.stay = plan.lanes;
        self.named_only = false;
        self.completions = 0;
        self.noted = false;
    }

    /// Whether security closes it.
    pub(super) fn is_closed(&self) -> bool {
        self.stay == 0
    }

    /// Lanes that could take up work now: within what security leaves, and not taken.
    pub(super) fn free_lanes(&self, plan: &StagePlan) -> u32 {
        if !self.open {
            return 0;
        }
        let working = self.serving + self.blocked;
        let taken = working + self.paused;
        self.stay.saturating_sub(working).min(plan.lanes.saturating_sub(taken))
    }

    /// Lanes in which a first service may start now.
    pub(super) fn startable(&self, plan: &StagePlan, now: Time) -> u32 {
        if self.closes != Time::NEVER && now >= self.closes - plan.last_start { 0 } else { self.free_lanes(plan) }
    }

    /// Whether a truck may come in: a place in the yard, or a lane that takes it at once.
    pub(super) fn has_room(&self, plan: &StagePlan, now: Time, named: bool) -> bool {
        let Some(capacity) = plan.capacity else { return true };
        let lanes = if self.named_only && !named { 0 } else { self.startable(plan, now) };
        u64::from(self.yard.len()) < u64::from(capacity) + u64::from(lanes)
    }
}
