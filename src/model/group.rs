//! Groups of trucks of an escort: formed, equipped with team and vehicles, cleared or refused.

use super::agenda::{Class, Event};
use super::escort::{Group, GroupState};
use super::observer::Observer;
use super::simulation::{Group as Settling, Simulation};
use super::slot::{NONE, State};
use super::truck::{Answer, TruckId};
use crate::random::Entity;
use crate::time::{Duration, Time};

impl Simulation<'_> {
    /// Vehicles for the loads of trucks: the larger need of tonnes and pallets, at least one.
    pub(super) fn vehicles_for(&self, stage: usize, trucks: &[TruckId]) -> u32 {
        let Some(plan) = self.plan.stages[stage].escort.as_ref().and_then(|e| e.vehicles.as_ref()) else {
            return 0;
        };
        let grams: i64 = trucks.iter().map(|id| self.arena[*id].truck.grams).sum();
        let pallets: f64 = trucks.iter().map(|id| f64::from(self.arena[*id].truck.pallets)).sum();
        let by_tonnes = plan.tonnes.map_or(0.0, |t| grams as f64 / 1e6 / t);
        let by_pallets = plan.pallets.map_or(0.0, |p| pallets / p);
        (by_tonnes.max(by_pallets) - 1e-9).ceil().max(1.0) as u32
    }

    /// Takes the next trucks out of the yard, at most so many.
    pub(super) fn take_next(&mut self, stage: usize, size: u32, into: &mut Vec<TruckId>) {
        let station = &mut self.stations[stage];
        while into.len() < size as usize && station.yard.len() > 0 {
            let Some(id) = station.yard.take_next(&mut self.arena, station.named_only) else {
                break;
            };
            into.push(id);
        }
    }

    /// Forms a group of the next trucks and asks for clearance; its units are there.
    pub(super) fn form_group<O: Observer>(&mut self, stage: usize, size: u32, observer: &mut O) {
        let full_size = self.next_size(stage);
        let place = self.escorts.free_place();
        let mut trucks = std::mem::take(&mut self.escorts.groups[place as usize].trucks);
        self.take_next(stage, size, &mut trucks);
        let gathering = &mut self.escorts.gatherings[stage];
        gathering.formed += 1;
        gathering.size = 0;
        let number = gathering.formed;
        if trucks.is_empty() {
            self.escorts.free.push(place);
            return;
        }
        let (mut oldest, mut requested) = (Time::NEVER, self.now);
        for id in &trucks {
            self.is_urgent_no_more(*id, stage);
            let slot = &mut self.arena[*id];
            slot.requested = slot.requested.min(self.now);
            slot.state = State::Grouped;
            slot.place = place;
            oldest = oldest.min(slot.truck.arrived);
            requested = requested.min(slot.requested);
        }
        self.stations[stage].apart += trucks.len() as u32;
        let group = &mut self.escorts.groups[place as usize];
        *group = Group {
            stage: stage as u16,
            state: GroupState::Wants,
            number,
            requested,
            oldest,
            full: trucks.len() as u32 >= full_size,
            generation: group.generation + 1,
            trucks,
            ..Group::empty()
        };
        self.ask_clearance(place, observer);
    }

    /// A group takes its team and vehicles and asks for clearance.
    pub(super) fn ask_clearance<O: Observer>(&mut self, place: u32, observer: &mut O) {
        let plan = std::sync::Arc::clone(&self.plan);
        let stage = self.escorts.groups[place as usize].stage as usize;
        let (Some(escort), Some(draws)) = (&plan.stages[stage].escort, self.draws.stages[stage].escort) else {
            return;
        };
        self.equip(place);
        let group = &mut self.escorts.groups[place as usize];
        group.requests += 1;
        let [u, v] = draws.clearance.pair(group.entity(), 0);
        let rule = &escort.clearance;
        let mut upper = rule.approved;
        if let Some(delayed) = &rule.delayed {
            upper += delayed.probability;
            if u >= rule.approved && u < upper {
                observer.answered(self.now, stage, Answer::Delayed);
                self.wait_in_group(place, GroupState::Delayed, delayed.by.duration(v));
                return;
            }
        }
        if let Some(impeded) = &rule.impeded {
            let from = upper;
            upper += impeded.probability;
            if u >= from && u < upper {
                observer.answered(self.now, stage, Answer::Impeded);
                self.depart(place, Some(impeded.turns_after.duration(v)), observer);
                return;
            }
        }
        for (refusal, answer) in [(&rule.denied, Answer::Denied), (&rule.postponed, Answer::Postponed)] {
            let from = upper;
            upper += refusal.as_ref().map_or(0.0, |d| d.probability);
            if let Some(refusal) = refusal
                && u >= from
                && u < upper
            {
                observer.answered(self.now, stage, answer);
                self.unequip(place, Duration::ZERO, Duration::ZERO);
                self.wait_in_group(place, GroupState::Waits, refusal.retry.duration(v));
                return;
            }
        }
        observer.answered(self.now, stage, Answer::Approved);
        self.depart(place, None, observer);
    }

    fn wait_in_group(&mut self, place: u32, state: GroupState, time: Duration) {
        let group = &mut self.escorts.groups[place as usize];
        group.state = state;
        group.generation += 1;
        let event = Event::Clearance {
            group: place,
            generation: group.generation,
        };
        self.agenda.schedule(self.now + time, Class::Return, event);
    }

    /// A group takes team and vehicles.
    fn equip(&mut self, place: u32) {
        let plan = std::sync::Arc::clone(&self.plan);
        let stage = self.escorts.groups[place as usize].stage as usize;
        let Some(escort) = &plan.stages[stage].escort else { return };
        if let Some(team) = escort.teams {
            self.take_units(team as usize, 1);
            self.escorts.groups[place as usize].has_team = true;
        }
        if let Some(vehicles) = &escort.vehicles {
            let count = plan.resources[vehicles.resource as usize].count;
            let trucks = std::mem::take(&mut self.escorts.groups[place as usize].trucks);
            let needed = self.vehicles_for(stage, &trucks).min(count.max(1));
            self.escorts.groups[place as usize].trucks = trucks;
            self.take_units(vehicles.resource as usize, needed);
            self.escorts.groups[place as usize].vehicles = needed;
        }
    }

    /// A group gives back its team and vehicles, after these times.
    pub(super) fn unequip(&mut self, place: u32, team_after: Duration, vehicles_after: Duration) {
        let plan = std::sync::Arc::clone(&self.plan);
        let group = &mut self.escorts.groups[place as usize];
        let Some(escort) = &plan.stages[group.stage as usize].escort else {
            return;
        };
        let had_team = std::mem::take(&mut group.has_team);
        let vehicles = std::mem::take(&mut group.vehicles);
        if let Some(team) = escort.teams.filter(|_| had_team) {
            self.give_units_back(team as usize, 1, team_after);
        }
        if let Some(plan) = escort.vehicles.as_ref().filter(|_| vehicles > 0) {
            self.give_units_back(plan.resource as usize, vehicles, vehicles_after);
        }
    }

    /// A group's wait is over: it asks again, or leaves after its delay, if the escort works.
    pub(super) fn clearance_due(&mut self, place: u32, generation: u32) {
        let group = &mut self.escorts.groups[place as usize];
        if group.generation != generation {
            return;
        }
        group.state = match group.state {
            GroupState::Delayed => GroupState::Ready,
            _ => GroupState::Wants,
        };
        let stage = group.stage as usize;
        self.escorts.gatherings[stage].has_groups_to_go = true;
        self.note(stage);
        self.pending = Some(Settling::Returns);
    }

    /// A truck leaves its group; a group that waits and is empty is no more.
    pub(super) fn leave_group(&mut self, id: TruckId) {
        let place = self.arena[id].place;
        let stage = self.arena[id].truck.stage as usize;
        let station = &mut self.stations[stage];
        match self.arena[id].state {
            State::Grouped => station.apart -= 1,
            State::Serving => station.serving -= 1,
            _ => station.paused -= 1,
        }
        self.arena[id].place = NONE;
        let group = &mut self.escorts.groups[place as usize];
        group.trucks.retain(|t| *t != id);
        let on_trip = matches!(group.state, GroupState::Trip | GroupState::Turns | GroupState::Stopped { .. });
        if group.trucks.is_empty() && !on_trip {
            self.dissolve(place);
        }
    }

    /// A group is no more; its team and vehicles are free.
    pub(super) fn dissolve(&mut self, place: u32) {
        self.unequip(place, Duration::ZERO, Duration::ZERO);
        let request = std::mem::replace(&mut self.escorts.groups[place as usize].request, NONE);
        if request != NONE {
            self.forget(request);
        }
        let group = &mut self.escorts.groups[place as usize];
        group.state = GroupState::Free;
        group.generation += 1;
        group.trucks.clear();
        self.escorts.free.push(place);
    }

    /// Trucks of groups that have not left, in order of groups.
    pub(super) fn waiting_in_groups(&self, stage: usize, into: &mut Vec<TruckId>) {
        for group in self.escorts.groups.iter().filter(|g| g.stage as usize == stage) {
            into.extend(group.trucks.iter().filter(|id| self.arena[**id].state == State::Grouped));
        }
    }

    /// The random address of a group's trip.
    pub(super) fn group_entity(&self, place: u32) -> Entity {
        self.escorts.groups[place as usize].entity()
    }
}
