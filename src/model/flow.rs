//! Trucks at the stages: coming in, being served, going on.

use super::agenda::{Class, Event};
use super::day_effect::DayChain;
use super::observer::Observer;
use super::plan::StagePlan;
use super::random::StageDraws;
use super::simulation::Simulation;
use super::slot::{List, Slot, State};
use super::truck::{Cause, Leaves, TruckId};
use crate::scenario::{End, WhenFull};
use crate::time::{Duration, Time};

impl Simulation<'_> {
    /// A truck comes to a stage, from outside the chain or with its place assured: it enters the yard, or stands outside, or is lost.
    pub(super) fn arrive<O: Observer>(&mut self, id: TruckId, stage: usize, observer: &mut O) {
        self.begin_visit(id, stage, observer);
        let (station, plan) = (&self.stations[stage], &self.plan.stages[stage]);
        let has_room = plan.capacity.is_none() || station.has_room(plan, self.now, self.is_named(id), false);
        if station.wanting.len() == 0 && has_room {
            self.enter_yard(id, stage);
        } else if self.plan.scenario.stages[stage].queue.when_full == WhenFull::Lose {
            self.leave_and_end(id, End::Lost, Cause::Plain, observer);
        } else {
            self.arena[id].state = State::Outside;
            let station = &mut self.stations[stage];
            station.wanting.push(&mut self.arena, id);
            station.outside += 1;
            self.await_patience(id, stage);
        }
    }

    #[inline]
    fn begin_visit<O: Observer>(&mut self, id: TruckId, stage: usize, observer: &mut O) {
        self.events += 1;
        let slot = self.arena.begin_visit(id, stage, self.now);
        observer.arrived(self.now, id, &slot.truck);
    }

    /// A visit begins that is told elsewhere.
    #[inline]
    pub(super) fn be_at(&mut self, id: TruckId, stage: usize) {
        self.events += 1;
        self.arena.begin_visit(id, stage, self.now);
    }

    #[inline]
    fn enter_yard(&mut self, id: TruckId, stage: usize) {
        self.join_queue(id, stage);
        if self.plan.stages[stage].patience.is_some() {
            self.await_patience(id, stage);
        }
    }

    #[inline]
    fn join_queue(&mut self, id: TruckId, stage: usize) {
        self.put_in_queue(id, stage);
        self.note(stage);
    }

    /// A truck takes its place in the queue of its stage, where somebody else sees to what follows.
    #[inline]
    pub(super) fn put_in_queue(&mut self, id: TruckId, stage: usize) {
        if self.plan.stages[stage].sorts {
            let (rank, named) = (self.rank(id), self.is_named(id));
            self.stations[stage].yard.push(&mut self.arena, id, rank, named);
        } else {
            self.stations[stage].yard.push(&mut self.arena, id, 0, false);
        }
    }

    /// A truck that waits already takes the first place among its equals.
    pub(super) fn join_queue_ahead(&mut self, id: TruckId, stage: usize) {
        self.put_ahead(id, stage);
        self.note(stage);
    }

    /// The same where nothing new can follow from it.
    pub(super) fn put_ahead(&mut self, id: TruckId, stage: usize) {
        let (rank, named) = (self.rank(id), self.is_named(id));
        self.stations[stage].yard.push_ahead(&mut self.arena, id, rank, named);
    }

    /// Patience runs from the arrival at the stage until service starts.
    pub(super) fn await_patience(&mut self, id: TruckId, stage: usize) {
        if let Some((law, _)) = &self.plan.stages[stage].patience
            && let Some(stream) = self.draws.stages[stage].patience
        {
            let u = stream.uniform(self.arena[id].truck.entity, self.arena[id].visit);
            let event = Event::Patience {
                truck: id.0,
                generation: self.arena[id].generation,
            };
            self.agenda.schedule(self.now + law.duration(u), Class::Deadline, event);
        }
    }

    /// Whether the humanitarian window is for a truck; it is never for travellers.
    pub(super) fn is_named(&self, id: TruckId) -> bool {
        let truck = &self.arena[id].truck;
        !truck.is_traveller && self.plan.cargos[truck.cargo as usize].named
    }

    fn rank(&self, id: TruckId) -> usize {
        let truck = &self.arena[id].truck;
        if truck.is_traveller {
            0
        } else {
            self.plan.cargos[truck.cargo as usize].rank
        }
    }

    /// Looks at all noted stages, at the resources that they touch, and so on until nothing more can start or move: one instant.
    pub(super) fn look<O: Observer>(&mut self, observer: &mut O) {
        loop {
            while let Some(stage) = self.noted.pop() {
                self.stations[stage as usize].noted = false;
                if self.plan.stages[stage as usize].escort.is_some() {
                    self.gather(stage as usize, observer);
                } else {
                    self.serve(stage as usize, observer);
                }
            }
            if !self.grant_requests(observer) && self.noted.is_empty() {
                break;
            }
        }
    }

    /// Lets stopped services go on, then starts services, then lets in who wants to come in, until nothing changes.
    fn serve<O: Observer>(&mut self, stage: usize, observer: &mut O) {
        if self.plan.stages[stage].is_plain {
            self.start_plainly(stage, observer);
            return;
        }
        loop {
            if self.stations[stage].paused > 0 {
                self.resume_paused(stage, observer);
            }
            let station = &self.stations[stage];
            if station.asking.len() > 0 && station.startable(&self.plan.stages[stage], self.now) < station.asking.len() {
                self.withdraw_requests(stage);
            }
            while self.start_next(stage, observer) {}
            if self.plan.stages[stage].preempts {
                while self.preempt(stage, observer) {}
            }
            if !self.admit(stage, observer) {
                break;
            }
        }
    }

    /// Starts the service of who is next, or lets it ask for the units that it needs; false where nobody may.
    fn start_next<O: Observer>(&mut self, stage: usize, observer: &mut O) -> bool {
        let (station, plan) = (&self.stations[stage], &self.plan.stages[stage]);
        if station.yard.len() == 0 {
            return false;
        }
        let (free, asking) = (station.free_lanes(plan), station.asking.len());
        let Some(id) = station.yard.next(&self.arena, station.named_only).filter(|_| free > 0) else {
            return false;
        };
        // `last_start` binds first starts only; who was put back needs no units and takes the lane of whoever asks for some.
        let interrupted = self.arena[id].interrupted;
        if !interrupted && (free <= asking || !station.may_start(plan, self.now)) {
            return false;
        }
        self.stations[stage].yard.remove(&mut self.arena, id);
        if !interrupted && self.missing(id, stage).next().is_some() {
            self.ask_for_truck(id, stage);
        } else {
            if free <= asking {
                self.withdraw_last(stage);
            }
            self.start(id, stage, observer);
        }
        true
    }

    /// Stopped services go on in the order of their first starts, as far as calendar, security, failures and the window allow.
    fn resume_paused<O: Observer>(&mut self, stage: usize, observer: &mut O) {
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

    /// Lets in the first of those who want to come in, if there is room; true if somebody came.
    fn admit<O: Observer>(&mut self, stage: usize, observer: &mut O) -> bool {
        let Some(id) = self.stations[stage].wanting.first() else {
            return false;
        };
        let blocked = self.arena[id].state == State::Blocked;
        let from = self.arena[id].truck.stage as usize;
        let named = self.is_named(id);
        if !self.stations[stage].has_room(&self.plan.stages[stage], self.now, named, blocked && from == stage) {
            return false;
        }
        self.stations[stage].wanting.remove(&mut self.arena, id);
        if blocked {
            self.stations[from].blocked -= 1;
            self.free_lane(id, from);
            self.note(from);
            self.go_on(id, stage, observer);
        } else {
            self.stations[stage].outside -= 1;
            self.join_queue(id, stage);
        }
        true
    }

    /// Lets in who wants to come to a stage, as far as there is room.
    pub(super) fn admit_all<O: Observer>(&mut self, stage: usize, observer: &mut O) -> bool {
        let mut came = false;
        while self.admit(stage, observer) {
            came = true;
        }
        came
    }

    /// Leaves a stage for another in which there is room.
    fn go_on<O: Observer>(&mut self, id: TruckId, stage: usize, observer: &mut O) {
        observer.left(self.now, id, &self.arena[id].truck, Leaves::Stage(stage));
        self.begin_visit(id, stage, observer);
        self.enter_yard(id, stage);
    }

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
    fn preempt<O: Observer>(&mut self, stage: usize, observer: &mut O) -> bool {
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

    /// From the lane of a stage to another stage: at once, or blocked, or lost where its yard is full; `is_told`: the end of the
    /// service has been told.
    pub(super) fn move_to<O: Observer>(&mut self, id: TruckId, from: usize, to: usize, is_told: bool, observer: &mut O) {
        let (there, plan) = (&self.stations[to], &self.plan.stages[to]);
        let has_room = plan.capacity.is_none() || there.has_room(plan, self.now, self.is_named(id), false);
        if there.wanting.len() == 0 && has_room {
            self.free_lane(id, from);
            if is_told {
                self.go_on(id, to, observer);
            } else {
                observer.passed(self.now, id, &self.arena[id].truck, to);
                self.be_at(id, to);
                self.enter_yard(id, to);
            }
            return;
        }
        self.tell_completed(id, is_told, observer);
        if self.plan.scenario.stages[to].queue.when_full == WhenFull::Lose {
            self.free_lane(id, from);
            observer.left(self.now, id, &self.arena[id].truck, Leaves::Stage(to));
            self.begin_visit(id, to, observer);
            self.leave_and_end(id, End::Lost, Cause::Plain, observer);
        } else {
            let slot = &mut self.arena[id];
            slot.state = State::Blocked;
            slot.target = to as u16;
            slot.generation += 1;
            self.stations[from].blocked += 1;
            self.block_lane(id, from);
            self.stations[to].wanting.push(&mut self.arena, id);
            self.note(to);
        }
    }

    /// Puts a stage on the list of those to look at.
    #[inline]
    pub(super) fn note(&mut self, stage: usize) {
        let station = &mut self.stations[stage];
        if !station.noted {
            station.noted = true;
            self.noted.push(stage as u16);
        }
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
