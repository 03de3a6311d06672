//! Trucks at the stages: coming in, waiting, going on.

use super::agenda::{Class, Event};
use super::observer::Observer;
use super::simulation::Simulation;
use super::slot::State;
use super::truck::{Cause, Leaves, TruckId};
use crate::scenario::{End, WhenFull};

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

    pub(super) fn rank(&self, id: TruckId) -> usize {
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
