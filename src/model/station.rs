//! The state of a stage: its yard, its lanes, and what calendar, security and failures leave of them.

use super::day_effect::DayChain;
use super::lanes::Lane;
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
    /// Who waits here too, with a request for units of resources or with a group of an escort.
    pub(super) apart: u32,
    /// Who waits for units of resources, a lane being free, in order of asking.
    pub(super) asking: List,
    /// Who wants to come in and finds no place, first come first: trucks outside, and trucks blocked in their lanes elsewhere.
    pub(super) wanting: List,
    /// How many of those stand outside.
    pub(super) outside: u32,
    /// Who is in a lane, served or stopped, in order of first starts.
    pub(super) in_lanes: List,
    /// How many are served, in a lane or on a trip.
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
    /// Of a plain stage: lanes that may work now, and until when first services may start.
    pub(super) lanes_now: u32,
    pub(super) starts_until: Time,
    /// Only trucks that the humanitarian window names may start or go on.
    pub(super) named_only: bool,
    /// How often security closed it.
    pub(super) closings: u32,
    /// Services that ended here, those of screened and spoiled trucks too, for outcomes in a fixed cycle.
    pub(super) completions: u64,
    /// Its lanes, where they fail; else none.
    pub(super) lanes: Vec<Lane>,
    /// How many of those are not under repair.
    pub(super) up: u32,
    /// The factor of the day's services.
    pub(super) day: Option<DayChain>,
    /// The factor of the odds of the day's outcomes.
    pub(super) odds: Option<DayChain>,
    /// It is on the list of stages to look at.
    pub(super) noted: bool,
}

impl Station {
    pub(super) fn new(stage: &Stage, plan: &StagePlan) -> Station {
        Station {
            yard: Yard::new(stage.queue.discipline, plan.ranks, plan.sorts),
            apart: 0,
            asking: List::default(),
            wanting: List::default(),
            outside: 0,
            in_lanes: List::default(),
            serving: 0,
            paused: 0,
            blocked: 0,
            open: true,
            closes: Time::NEVER,
            stay: plan.lanes,
            lanes_now: plan.lanes,
            starts_until: Time::NEVER,
            named_only: false,
            closings: 0,
            completions: 0,
            lanes: Vec::new(),
            up: plan.lanes,
            day: plan.day_effect.as_ref().map(DayChain::new),
            odds: plan.odds_effect.as_ref().map(DayChain::new),
            noted: false,
        }
    }

    /// As before the start, with the memory of its yard.
    pub(super) fn clear(&mut self, stage: &Stage, plan: &StagePlan) {
        let (mut yard, mut lanes) = (
            std::mem::replace(&mut self.yard, Yard::new(stage.queue.discipline, 0, false)),
            std::mem::take(&mut self.lanes),
        );
        yard.clear();
        lanes.clear();
        *self = Station {
            yard,
            lanes,
            ..Station::new(stage, plan)
        };
    }

    /// Hours, security or plan have changed: what a plain stage goes by is worked out again.
    pub(super) fn update(&mut self, plan: &StagePlan) {
        self.lanes_now = if self.open { self.stay.min(plan.lanes) } else { 0 };
        self.starts_until = if self.closes == Time::NEVER {
            Time::NEVER
        } else {
            self.closes - plan.last_start
        };
    }

    /// Whether security closes it.
    pub(super) fn is_closed(&self) -> bool {
        self.stay == 0
    }

    /// Trucks that wait.
    pub(super) fn waiting(&self) -> u32 {
        self.yard.len() + self.apart + self.outside
    }

    /// Trucks that stand here.
    pub(super) fn present(&self) -> u32 {
        self.waiting() + self.serving + self.paused + self.blocked
    }

    /// Lanes in which trucks are served or stand blocked; those under repair work no more.
    pub(super) fn working(&self) -> u32 {
        let down = self.lanes.iter().filter(|lane| lane.is_blocked_and_down()).count() as u32;
        self.serving + self.blocked - down
    }

    /// Lanes that security and failures let work.
    pub(super) fn usable(&self) -> u32 {
        self.stay.min(self.up)
    }

    /// Lanes that could take up work now: within what security and failures leave, and not taken.
    pub(super) fn free_lanes(&self, plan: &StagePlan) -> u32 {
        self.free_lanes_without(plan, 0)
    }

    /// The same if so many blocked trucks had left.
    fn free_lanes_without(&self, plan: &StagePlan, leaving: u32) -> u32 {
        if !self.open {
            return 0;
        }
        let working = self.working().saturating_sub(leaving);
        let idle = if plan.breakdown.is_some() {
            let lanes = self.lanes.iter().take(plan.lanes as usize);
            lanes.filter(|lane| lane.is_free()).count() as u32 + leaving
        } else {
            plan.lanes.saturating_sub(working + self.paused)
        };
        self.usable().saturating_sub(working).min(idle)
    }

    /// Whether `last_start` lets a first service start now.
    pub(super) fn may_start(&self, plan: &StagePlan, now: Time) -> bool {
        debug_assert!(
            self.starts_until
                == if self.closes == Time::NEVER {
                    Time::NEVER
                } else {
                    self.closes - plan.last_start
                }
        );
        now < self.starts_until
    }

    /// Lanes in which a first service may start now, those for which a truck waits for units apart.
    pub(super) fn startable(&self, plan: &StagePlan, now: Time) -> u32 {
        if self.may_start(plan, now) { self.free_lanes(plan) } else { 0 }
    }

    /// Whether a truck may come in: a place in the yard, or a lane that takes it at once. `leaving`: it is blocked in a lane of this
    /// very stage.
    pub(super) fn has_room(&self, plan: &StagePlan, now: Time, named: bool, leaving: bool) -> bool {
        let Some(capacity) = plan.capacity else { return true };
        let lanes = if (self.named_only && !named) || plan.escort.is_some() || !self.may_start(plan, now) {
            0
        } else {
            self.free_lanes_without(plan, u32::from(leaving))
        };
        u64::from(self.yard.len() + self.apart) < u64::from(capacity) + u64::from(lanes)
    }
}
