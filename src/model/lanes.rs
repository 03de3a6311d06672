//! Lanes that fail: each by itself, in calendar time or in the time in which it serves.

use super::agenda::{Class, Event};
use super::observer::Observer;
use super::simulation::Simulation;
use super::slot::{NONE, State};
use super::truck::TruckId;
use crate::random::Entity;
use crate::scenario::AtFailure;
use crate::time::{Duration, Time};

/// A lane that may fail.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lane {
    /// Not under repair.
    pub(super) up: bool,
    /// Who is in it.
    truck: u32,
    /// Whoever is in it has been served and finds no place further on.
    blocked: bool,
    /// Time of service left until the next failure, where that is what counts.
    left: Duration,
    /// Since when it has served without interruption.
    serves_since: Option<Time>,
    /// Grows when a failure that was scheduled no longer holds.
    generation: u32,
    /// Failures so far.
    failures: u32,
}

impl Lane {
    /// Whether a truck may take it.
    pub(super) fn is_free(&self) -> bool {
        self.up && self.truck == NONE
    }

    /// Whether a truck stands in it that neither works nor keeps another lane from working.
    pub(super) fn is_blocked_and_down(&self) -> bool {
        !self.up && self.blocked
    }
}

impl Simulation<'_> {
    /// Puts the first failure of each lane of each stage that has failures on the agenda.
    pub(super) fn begin_lanes(&mut self) {
        for stage in 0..self.stations.len() {
            if self.plan.stages[stage].breakdown.is_some() {
                self.add_lanes(stage, self.plan.stages[stage].lanes);
            }
        }
    }

    /// Adds lanes that may fail to a stage that has failures.
    pub(super) fn add_lanes(&mut self, stage: usize, more: u32) {
        let Some(by_busy_time) = self.plan.stages[stage].breakdown.as_ref().map(|b| b.by_busy_time) else {
            return;
        };
        for _ in 0..more {
            let station = &mut self.stations[stage];
            station.lanes.push(Lane {
                up: true,
                truck: NONE,
                blocked: false,
                left: Duration::ZERO,
                serves_since: None,
                generation: 0,
                failures: 0,
            });
            let lane = station.lanes.len() - 1;
            self.renew(stage, lane, by_busy_time);
        }
        self.count_up(stage);
    }

    /// Counts the lanes that are not under repair, those that were taken away apart.
    pub(super) fn count_up(&mut self, stage: usize) {
        let station = &mut self.stations[stage];
        let lanes = station.lanes.iter().take(self.plan.stages[stage].lanes as usize);
        station.up = lanes.filter(|lane| lane.up).count() as u32;
    }

    /// Draws the time to a lane's next failure.
    fn renew(&mut self, stage: usize, lane: usize, by_busy_time: bool) {
        let every = self.lane_draw(stage, lane, 0);
        if by_busy_time {
            self.stations[stage].lanes[lane].left = every;
        } else {
            self.schedule_failure(stage, lane, every);
        }
    }

    /// The time to a lane's next failure (`which` 0) or that of its repair (1).
    fn lane_draw(&self, stage: usize, lane: usize, which: usize) -> Duration {
        let (Some(breakdown), Some(draws)) = (&self.plan.stages[stage].breakdown, self.draws.stages[stage].breakdown) else {
            return Duration::ZERO;
        };
        let entity = Entity::numbered(lane as u32, self.stations[stage].lanes[lane].failures);
        let u = draws.pair(entity, 0);
        let law = if which == 0 { &breakdown.every } else { &breakdown.repair };
        law.duration(u[which])
    }

    fn schedule_failure(&mut self, stage: usize, lane: usize, after: Duration) {
        let generation = self.stations[stage].lanes[lane].generation;
        let event = Event::Failure {
            stage: stage as u16,
            lane: lane as u16,
            generation,
        };
        self.agenda.schedule(self.now + after, Class::Failure, event);
    }

    /// A truck takes the lowest-numbered lane that is free.
    pub(super) fn take_lane(&mut self, id: TruckId, stage: usize) {
        let lanes = self.plan.stages[stage].lanes as usize;
        if let Some(lane) = self.stations[stage].lanes.iter().take(lanes).position(Lane::is_free) {
            self.stations[stage].lanes[lane].truck = id.0;
            self.arena[id].place = lane as u32;
        }
    }

    /// A truck leaves its lane.
    #[inline]
    pub(super) fn free_lane(&mut self, id: TruckId, stage: usize) {
        if !self.stations[stage].lanes.is_empty() {
            self.free_lane_that_fails(id, stage);
        }
    }

    fn free_lane_that_fails(&mut self, id: TruckId, stage: usize) {
        let lane = self.arena[id].place as usize;
        if let Some(lane) = self.stations[stage].lanes.get_mut(lane).filter(|l| l.truck == id.0) {
            lane.truck = NONE;
            lane.blocked = false;
            self.arena[id].place = NONE;
        }
    }

    /// A truck that has been served stays in its lane.
    pub(super) fn block_lane(&mut self, id: TruckId, stage: usize) {
        let lane = self.arena[id].place as usize;
        if let Some(lane) = self.stations[stage].lanes.get_mut(lane) {
            lane.blocked = true;
        }
    }

    /// The lane of a truck begins to serve, or goes on.
    pub(super) fn lane_serves(&mut self, id: TruckId, stage: usize) {
        let by_busy_time = self.plan.stages[stage].breakdown.as_ref().is_some_and(|b| b.by_busy_time);
        let number = self.arena[id].place as usize;
        let now = self.now;
        if let Some(lane) = self.stations[stage].lanes.get_mut(number).filter(|_| by_busy_time) {
            lane.serves_since = Some(now);
            let left = lane.left;
            if now + left < self.arena[id].ends_at {
                self.schedule_failure(stage, number, left);
            }
        }
    }

    /// The lane of a truck stops serving.
    pub(super) fn lane_stops(&mut self, id: TruckId, stage: usize) {
        let number = self.arena[id].place as usize;
        let now = self.now;
        if let Some(lane) = self.stations[stage].lanes.get_mut(number)
            && let Some(since) = lane.serves_since.take()
        {
            lane.left = Duration((lane.left - (now - since)).0.max(0));
            lane.generation += 1;
        }
    }

    /// Whether the lane of a stopped truck is under repair.
    pub(super) fn is_lane_down(&self, id: TruckId, stage: usize) -> bool {
        let lane = self.stations[stage].lanes.get(self.arena[id].place as usize);
        lane.is_some_and(|l| !l.up)
    }

    /// A lane fails, unless what was scheduled no longer holds.
    pub(super) fn lane_fails<O: Observer>(&mut self, stage: usize, lane: usize, generation: u32, observer: &mut O) {
        let state = self.stations[stage].lanes[lane];
        if state.generation != generation || !state.up {
            return;
        }
        self.events += 1;
        self.stations[stage].lanes[lane].up = false;
        self.count_up(stage);
        let rule = self.plan.stages[stage].breakdown.as_ref().map(|b| b.at_failure);
        if state.truck != NONE {
            let id = TruckId(state.truck);
            match (self.arena[id].state, rule) {
                (State::Serving, Some(AtFailure::Hold)) => self.pause(id, stage, false, observer),
                (State::Serving, Some(AtFailure::Restart)) => self.pause(id, stage, true, observer),
                (State::Paused, Some(AtFailure::Restart)) => self.arena[id].remaining = self.arena[id].total,
                (State::Serving | State::Paused, Some(AtFailure::Requeue)) => self.put_back(id, stage, observer),
                _ => {}
            }
        }
        let down = self.down(stage);
        observer.lanes_down(self.now, stage, down, true);
        let repair = self.lane_draw(stage, lane, 1);
        let event = Event::Repair {
            stage: stage as u16,
            lane: lane as u16,
        };
        self.agenda.schedule(self.now + repair, Class::Completion, event);
        self.note(stage);
        self.look(observer);
    }

    /// Lanes under repair, those that were taken away apart.
    pub(super) fn down(&self, stage: usize) -> u32 {
        let station = &self.stations[stage];
        self.plan.stages[stage].lanes.min(station.lanes.len() as u32) - station.up
    }

    /// A lane is repaired.
    pub(super) fn lane_repaired<O: Observer>(&mut self, stage: usize, lane: usize, observer: &mut O) {
        self.events += 1;
        let state = &mut self.stations[stage].lanes[lane];
        state.up = true;
        state.failures += 1;
        state.generation += 1;
        self.count_up(stage);
        let by_busy_time = self.plan.stages[stage].breakdown.as_ref().is_some_and(|b| b.by_busy_time);
        self.renew(stage, lane, by_busy_time);
        let down = self.down(stage);
        observer.lanes_down(self.now, stage, down, false);
        self.note(stage);
        self.look(observer);
    }
}
