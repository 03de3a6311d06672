//! Trucks at the stages: coming in, being served, going on.

use super::agenda::{Class, Event};
use super::observer::Observer;
use super::plan::Way;
use super::simulation::Simulation;
use super::slot::State;
use super::truck::{Cause, Leaves, TruckId};
use crate::scenario::{End, WhenFull};
use crate::time::{Duration, Time};

impl Simulation<'_> {
    /// A truck comes to a stage, from outside the chain or with its place assured: it enters the yard, or stands outside, or is lost.
    pub(super) fn arrive<O: Observer>(&mut self, id: TruckId, stage: usize, observer: &mut O) {
        self.begin_visit(id, stage, observer);
        let named = self.is_named(id);
        let station = &self.stations[stage];
        if station.wanting.len() == 0 && station.has_room(&self.plan.stages[stage], self.now, named) {
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

    fn begin_visit<O: Observer>(&mut self, id: TruckId, stage: usize, observer: &mut O) {
        self.events += 1;
        self.arena.begin_visit(id, stage);
        let truck = &mut self.arena[id].truck;
        truck.stage = stage as u16;
        truck.arrived = self.now;
        truck.started = Time::NEVER;
        truck.completed = Time::NEVER;
        observer.arrived(self.now, id, &self.arena[id].truck);
    }

    fn enter_yard(&mut self, id: TruckId, stage: usize) {
        self.join_queue(id, stage);
        self.await_patience(id, stage);
    }

    fn join_queue(&mut self, id: TruckId, stage: usize) {
        let cargo = &self.plan.cargos[self.arena[id].truck.cargo as usize];
        self.arena[id].state = State::Queued;
        self.stations[stage].yard.push(&mut self.arena, id, cargo.rank, cargo.named);
        self.note(stage);
    }

    /// Patience runs from the arrival at the stage until service starts.
    fn await_patience(&mut self, id: TruckId, stage: usize) {
        if let (Some((law, _)), Some(stream)) = (&self.plan.stages[stage].patience, self.draws.stages[stage].patience) {
            let u = stream.uniform(self.arena[id].truck.entity, self.arena.visit(id, stage));
            let event = Event::Patience { truck: id.0, generation: self.arena[id].generation };
            self.agenda.schedule(self.now + law.duration(u), Class::Deadline, event);
        }
    }

    pub(super) fn is_named(&self, id: TruckId) -> bool {
        self.plan.cargos[self.arena[id].truck.cargo as usize].named
    }

    /// Looks at all noted stages, and at those that they touch, until nothing more can start or move: one instant.
    pub(super) fn look<O: Observer>(&mut self, observer: &mut O) {
        while let Some(stage) = self.noted.pop() {
            self.stations[stage as usize].noted = false;
            self.serve(stage as usize, observer);
        }
    }

    /// Lets stopped services go on, then starts services, then lets in who wants to come in, until nothing changes.
    fn serve<O: Observer>(&mut self, stage: usize, observer: &mut O) {
        loop {
            if self.stations[stage].paused > 0 {
                self.resume_paused(stage, observer);
            }
            let plan = &self.plan.stages[stage];
            while self.stations[stage].yard.len() > 0 && self.stations[stage].startable(plan, self.now) > 0 {
                let station = &self.stations[stage];
                let Some(id) = station.yard.next(&self.arena, station.named_only) else { break };
                self.start(id, stage, observer);
            }
            if !self.admit(stage, observer) {
                break;
            }
        }
    }

    /// Stopped services go on in the order of their first starts, as far as calendar, security and the window allow.
    fn resume_paused<O: Observer>(&mut self, stage: usize, observer: &mut O) {
        let plan = &self.plan.stages[stage];
        let mut next = self.stations[stage].in_lanes.first();
        while let Some(id) = next {
            next = super::slot::List::after(&self.arena, id);
            let station = &self.stations[stage];
            if !station.open || station.serving + station.blocked >= station.stay.min(plan.lanes) || station.paused == 0 {
                break;
            }
            if self.arena[id].state == State::Paused && (!station.named_only || self.is_named(id)) {
                self.resume(id, stage, observer);
            }
        }
    }

    /// Lets in the first of those who want to come in, if there is room; true if somebody came.
    fn admit<O: Observer>(&mut self, stage: usize, observer: &mut O) -> bool {
        let Some(id) = self.stations[stage].wanting.first() else { return false };
        if !self.stations[stage].has_room(&self.plan.stages[stage], self.now, self.is_named(id)) {
            return false;
        }
        self.stations[stage].wanting.remove(&mut self.arena, id);
        if self.arena[id].state == State::Outside {
            self.stations[stage].outside -= 1;
            self.join_queue(id, stage);
        } else {
            let from = self.arena[id].truck.stage as usize;
            self.stations[from].blocked -= 1;
            self.note(from);
            self.go_on(id, stage, observer);
        }
        true
    }

    /// Leaves a stage for another in which there is room.
    fn go_on<O: Observer>(&mut self, id: TruckId, stage: usize, observer: &mut O) {
        observer.left(self.now, id, &self.arena[id].truck, Leaves::Stage(stage));
        self.begin_visit(id, stage, observer);
        self.enter_yard(id, stage);
    }

    /// First start of a service.
    fn start<O: Observer>(&mut self, id: TruckId, stage: usize, observer: &mut O) {
        let total = self.service_time(id, stage);
        let station = &mut self.stations[stage];
        station.yard.remove(&mut self.arena, id);
        station.in_lanes.push(&mut self.arena, id);
        station.serving += 1;
        let slot = &mut self.arena[id];
        slot.state = State::Serving;
        slot.generation += 1;
        slot.total = total;
        slot.ends_at = self.now + total;
        slot.truck.started = self.now;
        let event = Event::Completion { truck: id.0, generation: slot.generation };
        self.agenda.schedule(self.now + total, Class::Completion, event);
        observer.started(self.now, id, &self.arena[id].truck);
    }

    /// The time of a service with its extra times, each drawn at its own address.
    fn service_time(&self, id: TruckId, stage: usize) -> Duration {
        let (plan, draws) = (&self.plan.stages[stage], &self.draws.stages[stage]);
        let truck = &self.arena[id].truck;
        let (cargo, visit) = (truck.cargo as usize, self.arena.visit(id, stage));
        let law = &plan.service[cargo];
        let mut total = match law.as_constant() {
            Some(_) => law.duration(0.5),
            None => law.duration(draws.service.uniform(truck.entity, visit)),
        };
        for (extra, stream) in plan.extras.iter().zip(&draws.extras) {
            let [whether, how_long] = stream.pair(truck.entity, visit);
            if whether < extra.probability[cargo] {
                total += extra.time.duration(how_long);
            }
        }
        total
    }

    /// Stops a service; the lane is kept. With `anew` it will begin again with the same time.
    pub(super) fn pause<O: Observer>(&mut self, id: TruckId, stage: usize, anew: bool, observer: &mut O) {
        let slot = &mut self.arena[id];
        slot.remaining = if anew { slot.total } else { slot.ends_at - self.now };
        slot.state = State::Paused;
        slot.generation += 1;
        self.stations[stage].serving -= 1;
        self.stations[stage].paused += 1;
        observer.paused(self.now, id, &self.arena[id].truck);
    }

    fn resume<O: Observer>(&mut self, id: TruckId, stage: usize, observer: &mut O) {
        let slot = &mut self.arena[id];
        slot.state = State::Serving;
        slot.ends_at = self.now + slot.remaining;
        let event = Event::Completion { truck: id.0, generation: slot.generation };
        self.agenda.schedule(slot.ends_at, Class::Completion, event);
        self.stations[stage].paused -= 1;
        self.stations[stage].serving += 1;
        observer.resumed(self.now, id, &self.arena[id].truck);
    }

    /// A service is over, unless it was stopped meanwhile.
    pub(super) fn complete<O: Observer>(&mut self, truck: u32, generation: u32, observer: &mut O) {
        let id = TruckId(truck);
        if self.arena[id].generation != generation {
            return;
        }
        self.events += 1;
        let stage = self.arena[id].truck.stage as usize;
        let station = &mut self.stations[stage];
        station.in_lanes.remove(&mut self.arena, id);
        station.serving -= 1;
        station.completions += 1;
        self.arena[id].truck.completed = self.now;
        observer.completed(self.now, id, &self.arena[id].truck);
        let way = self.way_on(id, stage);
        self.note(stage);
        match way {
            Way::End(end) => {
                let cause = if end == End::Returned { Cause::Outcome } else { Cause::Plain };
                self.leave_and_end(id, end, cause, observer);
            }
            Way::Stage(next) => self.move_to(id, stage, next.0, observer),
        }
        self.look(observer);
    }

    /// Where a truck goes after its service: screening first, then outcomes in a fixed cycle, then outcomes by chance, else `next`.
    fn way_on(&self, id: TruckId, stage: usize) -> Way {
        let (plan, draws) = (&self.plan.stages[stage], &self.draws.stages[stage]);
        if self.arena[id].spoiled {
            return Way::End(End::Expired);
        }
        let truck = &self.arena[id].truck;
        let (cargo, visit) = (truck.cargo as usize, self.arena.visit(id, stage));
        let screened = plan.screening.get(cargo).copied().unwrap_or(0.0);
        if screened > 0.0 && visit == 0 && self.draws.screening.uniform(truck.entity, 0) < screened {
            return Way::End(End::Rejected);
        }
        let completions = self.stations[stage].completions;
        if let Some((_, way)) = plan.cycles.iter().find(|(every, _)| completions.is_multiple_of(u64::from(*every))) {
            return *way;
        }
        let outcomes = &plan.outcomes[cargo];
        if outcomes.is_empty() {
            return plan.next;
        }
        let u = draws.outcome.uniform(truck.entity, visit);
        outcomes.iter().find(|(upper, _)| u < *upper).map_or(plan.next, |(_, way)| *way)
    }

    /// From the lane of a stage to another stage: at once, or blocked, or lost where its yard is full.
    fn move_to<O: Observer>(&mut self, id: TruckId, from: usize, to: usize, observer: &mut O) {
        let named = self.is_named(id);
        if self.stations[to].wanting.len() == 0 && self.stations[to].has_room(&self.plan.stages[to], self.now, named) {
            self.go_on(id, to, observer);
        } else if self.plan.scenario.stages[to].queue.when_full == WhenFull::Lose {
            observer.left(self.now, id, &self.arena[id].truck, Leaves::Stage(to));
            self.begin_visit(id, to, observer);
            self.leave_and_end(id, End::Lost, Cause::Plain, observer);
        } else {
            let slot = &mut self.arena[id];
            slot.state = State::Blocked;
            slot.target = to as u16;
            slot.generation += 1;
            self.stations[from].blocked += 1;
            self.stations[to].wanting.push(&mut self.arena, id);
            self.note(to);
        }
    }

    /// Ends the visit and the truck's way; whatever list it stood in, it has been taken out before.
    pub(super) fn leave_and_end<O: Observer>(&mut self, id: TruckId, end: End, cause: Cause, observer: &mut O) {
        observer.left(self.now, id, &self.arena[id].truck, Leaves::End(end));
        self.end(id, end, cause, observer);
    }

    /// Ends a truck's way.
    pub(super) fn end<O: Observer>(&mut self, id: TruckId, end: End, cause: Cause, observer: &mut O) {
        observer.ended(self.now, id, &self.arena[id].truck, end, cause);
        self.arena.release(id);
    }

    /// Takes a truck out of the yard or from outside, because it leaves without service.
    pub(super) fn take_from_waiting(&mut self, id: TruckId) {
        let stage = self.arena[id].truck.stage as usize;
        if self.arena[id].state == State::Queued {
            self.stations[stage].yard.remove(&mut self.arena, id);
        } else {
            self.stations[stage].wanting.remove(&mut self.arena, id);
            self.stations[stage].outside -= 1;
        }
        self.note(stage);
    }

    /// Patience is over, unless service has begun or the visit is over.
    pub(super) fn patience_over<O: Observer>(&mut self, truck: u32, generation: u32, observer: &mut O) {
        let id = TruckId(truck);
        let slot = &self.arena[id];
        if slot.generation != generation || !matches!(slot.state, State::Queued | State::Outside) {
            return;
        }
        self.take_from_waiting(id);
        self.leave_and_end(id, End::Expired, Cause::Plain, observer);
        self.look(observer);
    }

    /// Shelf life is over: at once where the truck waits, at the end of the service where it is in a lane.
    pub(super) fn expire<O: Observer>(&mut self, truck: u32, life: u32, observer: &mut O) {
        let id = TruckId(truck);
        if self.arena[id].life != life {
            return;
        }
        match self.arena[id].state {
            State::Free => {}
            State::Serving | State::Paused => self.arena[id].spoiled = true,
            State::Queued | State::Outside => {
                self.take_from_waiting(id);
                self.leave_and_end(id, End::Expired, Cause::Plain, observer);
            }
            State::Blocked => {
                let (stage, target) = (self.arena[id].truck.stage as usize, self.arena[id].target as usize);
                self.stations[target].wanting.remove(&mut self.arena, id);
                self.stations[stage].blocked -= 1;
                self.note(stage);
                self.note(target);
                self.leave_and_end(id, End::Expired, Cause::Plain, observer);
            }
            State::Aside => self.end(id, End::Expired, Cause::Plain, observer),
        }
        self.look(observer);
    }

    /// The end of the day at a stage that sends home who still waits, in the yard and outside it.
    pub(super) fn end_of_day<O: Observer>(&mut self, stage: usize, observer: &mut O) {
        for id in self.all_waiting(stage) {
            self.take_from_waiting(id);
            self.leave_and_end(id, End::Returned, Cause::TimedOut, observer);
        }
        self.look(observer);
    }

    /// Who waits at a stage, in order of coming: first the yard, then outside.
    pub(super) fn all_waiting(&self, stage: usize) -> Vec<TruckId> {
        let station = &self.stations[stage];
        let mut waiting = Vec::with_capacity((station.yard.len() + station.outside) as usize);
        station.yard.in_order_of_coming(&self.arena, &mut waiting);
        let mut at = station.wanting.first();
        while let Some(id) = at {
            if self.arena[id].state == State::Outside {
                waiting.push(id);
            }
            at = super::slot::List::after(&self.arena, id);
        }
        waiting
    }
}
