//! Escorts: trucks gather, ask for clearance, and go together with a team and vehicles.
//!
//! ```text
//! yard ──(rule met, team and vehicles free)──> group ──clearance──> trip ──> arrival ──> the next stage
//!   ^                                           │  ^                 │
//!   │                                    denied │  │ asks again      │ impeded: turns round
//!   └───────────────────────────────────────────┴──┴─────────────────┘
//! ```

use super::agenda::{Class, Event};
use super::observer::Observer;
use super::resources::Asker;
use super::simulation::Simulation;
use super::slot::{NONE, State};
use super::truck::{Answer, TruckId};
use crate::random::Entity;
use crate::time::{Duration, Time};

/// What a group of trucks of an escort is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum GroupState {
    /// Its place is free.
    Free,
    /// Denied or postponed: asks again later.
    Waits,
    /// Wants to ask, and waits for the escort to work or for its team and vehicles.
    Wants,
    /// Cleared, leaves later, its team waiting.
    Delayed,
    /// Its delay is over, but the escort does not work.
    Ready,
    /// On its trip.
    Trip,
    /// On a trip that will turn round.
    Turns,
    /// Stopped on its trip.
    Stopped {
        /// It will turn round.
        turns: bool,
    },
}

/// Trucks that go together.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) stage: u16,
    pub(super) state: GroupState,
    pub(super) trucks: Vec<TruckId>,
    /// Its number at its escort, from 1: the address of its random numbers.
    number: u32,
    /// Requests so far.
    pub(super) requests: u32,
    /// When it first asked.
    pub(super) requested: Time,
    /// When its oldest truck came to gather.
    pub(super) oldest: Time,
    pub(super) departed: Time,
    /// When the trip is over, or turns round.
    pub(super) ends_at: Time,
    pub(super) remaining: Duration,
    pub(super) total: Duration,
    /// Whether it is as large as a convoy may be.
    pub(super) full: bool,
    pub(super) has_team: bool,
    pub(super) vehicles: u32,
    request: u32,
    /// Grows when what was scheduled no longer holds.
    pub(super) generation: u32,
}

/// What an escort remembers.
#[derive(Clone, Copy, Debug, Default)]
struct Gathering {
    /// Groups formed so far.
    formed: u32,
    /// The size drawn for the next group; 0: not yet.
    size: u32,
    /// Its request for team and vehicles.
    request: Option<u32>,
    /// Trucks at the head of the queue that came back from a trip and ask again at once.
    urgent: u32,
    /// The latest instant for which its look at the oldest truck is on the agenda.
    due: Option<Time>,
}

/// All escorts under way.
#[derive(Debug, Default)]
pub(super) struct Escorts {
    gatherings: Vec<Gathering>,
    pub(super) groups: Vec<Group>,
    free: Vec<u32>,
}

impl Escorts {
    pub(super) fn clear(&mut self, stages: usize) {
        self.gatherings.clear();
        self.gatherings.resize(stages, Gathering::default());
        self.groups.clear();
        self.free.clear();
    }
}

impl Group {
    fn entity(&self) -> Entity {
        Entity {
            source: 0,
            group: self.number,
            member: self.requests,
        }
    }
}

impl Simulation<'_> {
    /// The resources that an escort takes.
    pub(super) fn escort_resources(&self, stage: usize) -> Vec<u16> {
        let Some(plan) = &self.plan.stages[stage].escort else {
            return Vec::new();
        };
        let mut needed: Vec<u16> = plan.teams.into_iter().chain(plan.vehicles.as_ref().map(|v| v.resource)).collect();
        needed.dedup();
        needed
    }

    /// Whether convoys may leave: the calendar is open, and security leaves something.
    fn works(&self, stage: usize) -> bool {
        self.stations[stage].open && self.stations[stage].stay > 0
    }

    /// Looks at an escort: lets in who wants to come in, lets groups go on that waited for it to work, and asks for the next one.
    pub(super) fn gather<O: Observer>(&mut self, stage: usize, observer: &mut O) {
        self.admit_all(stage, observer);
        if self.works(stage) {
            self.let_groups_go(stage, observer);
        }
        while self.works(stage) && self.is_rule_met(stage) && self.escorts.gatherings[stage].request.is_none() {
            if self.escort_resources(stage).is_empty() {
                let size = self.next_size(stage);
                self.form_group(stage, size, observer);
            } else {
                let request = self.ask(Asker::Escort(stage as u16));
                self.escorts.gatherings[stage].request = Some(request);
            }
        }
        if (!self.works(stage) || !self.is_rule_met(stage))
            && let Some(request) = self.escorts.gatherings[stage].request.take()
        {
            self.forget(request);
        }
        self.await_gathering(stage);
    }

    /// The greatest size of the next group, drawn once for it.
    fn next_size(&mut self, stage: usize) -> u32 {
        let gathering = &mut self.escorts.gatherings[stage];
        if gathering.size == 0
            && let (Some(plan), Some(draws)) = (&self.plan.stages[stage].escort, self.draws.stages[stage].escort)
        {
            let drawn = plan.size_max.as_constant().unwrap_or_else(|| {
                let entity = Entity {
                    source: 0,
                    group: gathering.formed + 1,
                    member: 0,
                };
                plan.size_max.quantile(draws.size.uniform(entity, 0))
            });
            gathering.size = (drawn.clamp(1, u64::from(u32::MAX)) as u32).max(plan.size_min);
        }
        gathering.size
    }

    /// Whether as many wait as a convoy takes, or the oldest has waited long enough and there are enough, or trucks came back.
    fn is_rule_met(&mut self, stage: usize) -> bool {
        let size = self.next_size(stage);
        let n = self.stations[stage].yard.len();
        if n == 0 {
            self.escorts.gatherings[stage].urgent = 0;
            return false;
        }
        let Some(plan) = &self.plan.stages[stage].escort else {
            return false;
        };
        let has_waited = || {
            let oldest = self.stations[stage].yard.oldest(&self.arena);
            let since = oldest.map_or(Time::NEVER, |id| self.arena[id].truck.arrived);
            plan.max_wait.is_some_and(|wait| since + wait <= self.now)
        };
        n >= size || self.escorts.gatherings[stage].urgent > 0 || (n >= plan.size_min && has_waited())
    }

    /// Puts the instant on the agenda at which the oldest truck will have waited long enough.
    fn await_gathering(&mut self, stage: usize) {
        let Some(wait) = self.plan.stages[stage].escort.as_ref().and_then(|p| p.max_wait) else {
            return;
        };
        let Some(oldest) = self.stations[stage].yard.oldest(&self.arena) else {
            return;
        };
        let at = self.arena[oldest].truck.arrived + wait;
        let gathering = &mut self.escorts.gatherings[stage];
        if at > self.now && gathering.due != Some(at) {
            gathering.due = Some(at);
            self.agenda.schedule(at, Class::Deadline, Event::Gathered(stage as u16));
        }
    }

    /// The oldest truck has waited long enough.
    pub(super) fn gathered<O: Observer>(&mut self, stage: usize, observer: &mut O) {
        self.note(stage);
        self.look(observer);
    }

    /// Team and vehicles are there for the next group, if its rule is still met; true if anything changed.
    pub(super) fn grant_escort<O: Observer>(&mut self, stage: usize, request: u32, observer: &mut O) -> bool {
        if !self.works(stage) || !self.is_rule_met(stage) {
            self.escorts.gatherings[stage].request = None;
            self.forget(request);
            return true;
        }
        let size = self.next_size(stage);
        let Some(trucks) = self.affordable(stage, size) else { return false };
        self.escorts.gatherings[stage].request = None;
        self.forget(request);
        self.form_group(stage, trucks, observer);
        self.note(stage);
        true
    }

    /// So many of the next trucks as the next group takes, if the units for them are there. A load that all vehicles together cannot
    /// take is divided.
    fn affordable(&mut self, stage: usize, size: u32) -> Option<u32> {
        let plan = std::sync::Arc::clone(&self.plan);
        let escort = plan.stages[stage].escort.as_ref()?;
        if escort.teams.is_some_and(|team| !self.has_units(team as usize, 1)) {
            return None;
        }
        let Some(vehicles) = &escort.vehicles else {
            return Some(size.min(self.stations[stage].yard.len()));
        };
        let next = self.take_next(stage, size);
        for id in next.iter().rev() {
            self.put_ahead(*id, stage);
        }
        let mut n = next.len();
        let count = plan.resources[vehicles.resource as usize].count;
        while n > 1 && self.vehicles_for(stage, &next[..n]) > count {
            n -= 1;
        }
        let needed = self.vehicles_for(stage, &next[..n]).min(count.max(1));
        self.has_units(vehicles.resource as usize, needed).then_some(n as u32)
    }

    /// Vehicles for the loads of trucks: the larger need of tonnes and pallets, at least one.
    fn vehicles_for(&self, stage: usize, trucks: &[TruckId]) -> u32 {
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
    fn take_next(&mut self, stage: usize, size: u32) -> Vec<TruckId> {
        let mut taken = Vec::new();
        while taken.len() < size as usize {
            let station = &mut self.stations[stage];
            let Some(id) = station.yard.next(&self.arena, station.named_only) else {
                break;
            };
            station.yard.remove(&mut self.arena, id);
            taken.push(id);
        }
        taken
    }

    /// Forms a group of the next trucks and asks for clearance; its units are there.
    fn form_group<O: Observer>(&mut self, stage: usize, size: u32, observer: &mut O) {
        let full_size = self.next_size(stage);
        let trucks = self.take_next(stage, size);
        let gathering = &mut self.escorts.gatherings[stage];
        gathering.formed += 1;
        gathering.size = 0;
        gathering.urgent = gathering.urgent.saturating_sub(trucks.len() as u32);
        let number = gathering.formed;
        if trucks.is_empty() {
            return;
        }
        let arrived = trucks.iter().map(|id| self.arena[*id].truck.arrived);
        let group = Group {
            stage: stage as u16,
            state: GroupState::Wants,
            number,
            requests: 0,
            requested: self.now,
            oldest: arrived.min().unwrap_or(self.now),
            departed: Time::NEVER,
            ends_at: Time::NEVER,
            remaining: Duration::ZERO,
            total: Duration::ZERO,
            full: trucks.len() as u32 >= full_size,
            has_team: false,
            vehicles: 0,
            request: NONE,
            generation: 0,
            trucks,
        };
        let place = self.place_group(group);
        self.stations[stage].apart += self.escorts.groups[place as usize].trucks.len() as u32;
        for i in 0..self.escorts.groups[place as usize].trucks.len() {
            let id = self.escorts.groups[place as usize].trucks[i];
            self.arena[id].state = State::Grouped;
            self.arena[id].place = place;
        }
        self.ask_clearance(place, observer);
    }

    fn place_group(&mut self, group: Group) -> u32 {
        if let Some(place) = self.escorts.free.pop() {
            let old = &mut self.escorts.groups[place as usize];
            let generation = old.generation + 1;
            *old = Group { generation, ..group };
            place
        } else {
            self.escorts.groups.push(group);
            self.escorts.groups.len() as u32 - 1
        }
    }

    /// A group takes its team and vehicles and asks for clearance.
    fn ask_clearance<O: Observer>(&mut self, place: u32, observer: &mut O) {
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
    pub(super) fn clearance_due<O: Observer>(&mut self, place: u32, generation: u32, observer: &mut O) {
        let group = &mut self.escorts.groups[place as usize];
        if group.generation != generation {
            return;
        }
        group.state = match group.state {
            GroupState::Delayed => GroupState::Ready,
            _ => GroupState::Wants,
        };
        let stage = group.stage as usize;
        self.note(stage);
        self.look(observer);
    }

    /// Lets groups go on that waited for the escort to work.
    fn let_groups_go<O: Observer>(&mut self, stage: usize, observer: &mut O) {
        for place in 0..self.escorts.groups.len() as u32 {
            let group = &self.escorts.groups[place as usize];
            if group.stage as usize != stage {
                continue;
            }
            match group.state {
                GroupState::Ready => self.depart(place, None, observer),
                GroupState::Wants if group.request == NONE => {
                    if self.escort_resources(stage).is_empty() {
                        self.ask_clearance(place, observer);
                    } else {
                        let request = self.ask(Asker::Group(place));
                        self.escorts.groups[place as usize].request = request;
                    }
                }
                GroupState::Stopped { turns } => self.trip_goes_on(place, turns, observer),
                _ => {}
            }
        }
    }

    /// Team and vehicles are there for a group that asks again; true if anything changed.
    pub(super) fn grant_group<O: Observer>(&mut self, place: u32, request: u32, observer: &mut O) -> bool {
        let stage = self.escorts.groups[place as usize].stage as usize;
        if self.works(stage) {
            let Some(escort) = &self.plan.stages[stage].escort else {
                return false;
            };
            let vehicles = escort.vehicles.as_ref().map(|v| v.resource as usize);
            let needed = self.vehicles_for(stage, &self.escorts.groups[place as usize].trucks);
            let there = escort.teams.is_none_or(|t| self.has_units(t as usize, 1))
                && vehicles.is_none_or(|v| self.has_units(v, needed.min(self.plan.resources[v].count.max(1))));
            if !there {
                return false;
            }
        }
        self.escorts.groups[place as usize].request = NONE;
        self.forget(request);
        if self.works(stage) {
            self.ask_clearance(place, observer);
        }
        true
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

    /// Trucks of a group that turned round are first in the queue and ask again at once.
    pub(super) fn ask_again_at_once(&mut self, stage: usize, trucks: u32) {
        self.escorts.gatherings[stage].urgent += trucks;
        self.note(stage);
    }

    /// The random address of a group's trip.
    pub(super) fn group_entity(&self, place: u32) -> Entity {
        self.escorts.groups[place as usize].entity()
    }
}
