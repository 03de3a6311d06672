//! Services: they start, stop, go on, and make way.

use super::day_effect::DayChain;
use super::observer::Observer;
use super::plan::StagePlan;
use super::random::StageDraws;
use super::simulation::Simulation;
use super::slot::{List, Slot, State};
use super::truck::{Cause, TruckId};
use crate::scenario::End;
use crate::time::Duration;

impl Simulation<'_> {
    /// A service starts, or goes on for a truck that was put back; it has left the yard.
    #[inline]
    pub(super) fn start<O: Observer>(&mut self, id: TruckId, stage: usize, observer: &mut O) {
        let (station, plan) = (&mut self.stations[stage], &self.plan.stages[stage]);
        let slot = &mut self.arena[id];
        let again = std::mem::take(&mut slot.interrupted);
        let length = if again {
            slot.remaining
        } else {
            let draws = &mut self.draws.stages[stage];
            let length = draws.service_time(plan, slot);
            if plan.varies {
                let today = self.plan.day_of(self.now);
                draws.with_extras(length, plan, slot, station.day.as_mut(), today)
            } else {
                length
            }
        };
        station.serving += 1;
        slot.state = State::Serving;
        slot.generation += 1;
        slot.ends_at = self.now + length;
        self.agenda.schedule_service(slot.ends_at, stage, id, slot.generation);
        if again {
            observer.taken_up(self.now, id, &slot.truck);
        } else {
            slot.total = length;
            slot.truck.started = self.now;
            observer.started(self.now, id, &slot.truck);
        }
        if plan.keeps_order {
            station.in_lanes.push(&mut self.arena, id);
            if plan.breakdown.is_some() {
                self.take_lane(id, stage);
                self.lane_serves(id, stage);
            }
        }
    }

    /// Stops a service; the lane is kept. With `anew` it will begin again with the same time.
    pub(super) fn pause<O: Observer>(&mut self, id: TruckId, stage: usize, anew: bool, observer: &mut O) {
        let slot = &mut self.arena[id];
        slot.remaining = if anew { slot.total } else { slot.ends_at - self.now };
        slot.state = State::Paused;
        slot.generation += 1;
        self.stations[stage].serving -= 1;
        self.stations[stage].paused += 1;
        self.lane_stops(id, stage);
        observer.paused(self.now, id, &self.arena[id].truck);
    }

    fn resume<O: Observer>(&mut self, id: TruckId, stage: usize, observer: &mut O) {
        let slot = &mut self.arena[id];
        slot.state = State::Serving;
        slot.ends_at = self.now + slot.remaining;
        self.agenda.schedule_service(slot.ends_at, stage, id, slot.generation);
        self.stations[stage].paused -= 1;
        self.stations[stage].serving += 1;
        self.lane_serves(id, stage);
        observer.resumed(self.now, id, &self.arena[id].truck);
    }

    /// Stopped services go on in the order of their first starts, as far as calendar, security, failures and the window allow.
    pub(super) fn resume_paused<O: Observer>(&mut self, stage: usize, observer: &mut O) {
        let mut next = self.stations[stage].in_lanes.first();
        while let Some(id) = next {
            next = List::after(&self.arena, id);
            let station = &self.stations[stage];
            if !station.open || station.working() >= station.usable() || station.paused == 0 {
                break;
            }
            let may = self.arena[id].state == State::Paused && (!station.named_only || self.is_named(id));
            if may && !self.is_lane_down(id, stage) {
                self.resume(id, stage, observer);
            }
        }
    }

    /// Takes a truck out of its lane before its service is over, to the head of the queue, with what remains of it.
    pub(super) fn put_back<O: Observer>(&mut self, id: TruckId, stage: usize, observer: &mut O) {
        if self.arena[id].state == State::Serving {
            self.arena[id].remaining = self.arena[id].ends_at - self.now;
        }
        self.take_from_lane(id, stage);
        if self.arena[id].spoiled {
            self.leave_and_end(id, End::Expired, Cause::Plain, observer);
            return;
        }
        self.arena[id].interrupted = true;
        self.arena[id].generation += 1;
        self.join_queue_ahead(id, stage);
        observer.put_back(self.now, id, &self.arena[id].truck);
    }

    /// A truck of a higher class takes the lane of the one of the lowest class whose service began last; false where none may.
    pub(super) fn preempt<O: Observer>(&mut self, stage: usize, observer: &mut O) -> bool {
        let station = &self.stations[stage];
        // Where more are served than may be, a lane that is given up is not taken again.
        if !station.open || station.working() > station.usable() {
            return false;
        }
        let Some(next) = station.yard.next(&self.arena, station.named_only) else {
            return false;
        };
        let first_start = !self.arena[next].interrupted;
        if first_start && (!station.may_start(&self.plan.stages[stage], self.now) || !self.is_free_to_take(next, stage)) {
            return false;
        }
        let station = &self.stations[stage];
        let mut lowest: Option<(usize, TruckId)> = None;
        let mut at = station.in_lanes.first();
        while let Some(id) = at {
            at = List::after(&self.arena, id);
            let rank = self.rank(id);
            if self.arena[id].state == State::Serving && self.arena[id].ends_at > self.now && lowest.is_none_or(|(r, _)| rank >= r) {
                lowest = Some((rank, id));
            }
        }
        let Some((_, victim)) = lowest.filter(|(rank, _)| *rank > self.rank(next)) else {
            return false;
        };
        self.put_back(victim, stage, observer);
        self.stations[stage].yard.remove(&mut self.arena, next);
        if first_start {
            self.take_missing_and_start(next, stage, observer);
        } else {
            self.start(next, stage, observer);
        }
        true
    }

    /// Takes a truck out of its lane.
    pub(super) fn take_from_lane(&mut self, id: TruckId, stage: usize) {
        if self.arena[id].state == State::Serving {
            self.lane_stops(id, stage);
            self.stations[stage].serving -= 1;
        } else {
            self.stations[stage].paused -= 1;
        }
        if self.plan.stages[stage].keeps_order {
            self.stations[stage].in_lanes.remove(&mut self.arena, id);
        }
        self.free_lane(id, stage);
        self.note(stage);
    }
}

impl StageDraws {
    /// The time of a service by itself.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "it is part of every start of a service; as a call of its own it costs a tenth of the whole way"
    )]
    fn service_time(&mut self, plan: &StagePlan, slot: &Slot) -> Duration {
        let law = &plan.service[slot.truck.cargo as usize];
        let u = if law.is_constant() {
            0.5
        } else {
            self.service.uniform(slot.truck.entity, slot.visit)
        };
        law.duration(u)
    }

    /// A service time with the extra times of its truck, each drawn at its own address, times the factor of the day.
    fn with_extras(&self, length: Duration, plan: &StagePlan, slot: &Slot, day: Option<&mut DayChain>, today: i64) -> Duration {
        let mut total = length;
        for (extra, stream) in plan.extras.iter().zip(&self.extras) {
            let [whether, how_long] = stream.pair(slot.truck.entity, slot.visit);
            if whether < extra.probability[slot.truck.cargo as usize] {
                total += extra.time.duration(how_long);
            }
        }
        if let (Some(chain), Some(stream)) = (day, self.day_effect) {
            let factor = chain.factor(today, stream);
            total = Duration((total.0 as f64 * factor).round() as i64);
        }
        total
    }
}
