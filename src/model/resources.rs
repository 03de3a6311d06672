//! Resources that stages and escorts share: who asks first is served first, over all stages.
//!
//! A truck asks when it is next in its queue and a lane is free, an escort when its rule is met. A request stands in the line of every
//! resource that it needs; it is granted when it is first in all of them and all units are there.

use std::collections::VecDeque;

use super::agenda::{Class, Event};
use super::observer::Observer;
use super::simulation::{Group, Simulation};
use super::slot::{List, NONE, State};
use super::truck::TruckId;
use crate::time::Duration;

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asker {
    /// A truck whose service is to start.
    Truck(TruckId),
    /// An escort whose rule is met; its trucks are chosen when the units are there.
    Escort(u16),
    /// A group of an escort that asks again.
    Group(u32),
}

/// A resource under way.
#[derive(Clone, Debug, Default)]
struct Pool {
    in_use: u32,
    open: bool,
    /// Requests, first come first.
    line: VecDeque<u32>,
    /// It is on the list of resources to look at.
    touched: bool,
}

/// A request for units.
#[derive(Debug, Default)]
struct Request {
    /// Who asks; none where its place is free.
    asker: Option<Asker>,
    /// Resources in whose lines it stands.
    resources: Vec<u16>,
}

/// All resources under way.
#[derive(Debug, Default)]
pub(super) struct Resources {
    pools: Vec<Pool>,
    requests: Vec<Request>,
    free: Vec<u32>,
    touched: Vec<u16>,
    /// By truck in the arena, units that it holds: of which resource, how many, until the end of which stage.
    held: Vec<Vec<(u16, u32, u16)>>,
}

impl Resources {
    /// Whether a truck holds units.
    pub(super) fn holds(&self, id: TruckId) -> bool {
        self.held.get(id.index()).is_some_and(|held| !held.is_empty())
    }
}

impl Simulation<'_> {
    /// Clears all resources; those with a calendar are closed until it opens.
    pub(super) fn begin_resources<O: Observer>(&mut self, observer: &mut O) {
        let resources = &mut self.resources;
        resources.requests.clear();
        resources.free.clear();
        resources.touched.clear();
        resources.held.iter_mut().for_each(Vec::clear);
        resources.pools.clear();
        resources.pools.extend(self.plan.resources.iter().map(|r| Pool {
            open: !r.has_calendar,
            ..Pool::default()
        }));
        for resource in 0..self.plan.resources.len() {
            self.tell_resource(resource, observer);
        }
    }

    fn available(&self, resource: usize) -> u32 {
        if self.resources.pools[resource].open {
            self.plan.resources[resource].count
        } else {
            0
        }
    }

    /// Whether a resource's calendar is open.
    pub(super) fn is_resource_open(&self, resource: usize) -> bool {
        self.resources.pools[resource].open
    }

    /// Tells the use of a resource.
    pub(super) fn tell_resource<O: Observer>(&self, resource: usize, observer: &mut O) {
        let pool = &self.resources.pools[resource];
        observer.resource(self.now, resource, pool.in_use, self.available(resource), pool.line.len() as u32);
    }

    /// A resource's calendar opens or closes, or its count changes.
    pub(super) fn resource_changes<O: Observer>(&mut self, resource: usize, open: Option<bool>, observer: &mut O) {
        if let Some(open) = open {
            self.resources.pools[resource].open = open;
        }
        self.touch(resource);
        self.tell_resource(resource, observer);
    }

    /// Puts a resource on the list of those to look at.
    fn touch(&mut self, resource: usize) {
        let pool = &mut self.resources.pools[resource];
        if !pool.touched {
            pool.touched = true;
            self.resources.touched.push(resource as u16);
        }
    }

    /// Resources that an asker needs.
    fn resources_of(&self, asker: Asker, into: &mut Vec<u16>) {
        match asker {
            Asker::Truck(id) => into.extend(self.missing(id, self.arena[id].truck.stage as usize).map(|n| n.0)),
            Asker::Escort(stage) => into.extend(self.escort_resources(stage as usize)),
            Asker::Group(group) => into.extend(self.escort_resources(self.escorts.groups[group as usize].stage as usize)),
        }
    }

    /// Puts a request into the lines of its resources.
    pub(super) fn ask(&mut self, asker: Asker) -> u32 {
        let request = self.resources.free.pop().unwrap_or_else(|| {
            self.resources.requests.push(Request::default());
            self.resources.requests.len() as u32 - 1
        });
        let mut resources = std::mem::take(&mut self.resources.requests[request as usize].resources);
        self.resources_of(asker, &mut resources);
        for resource in &resources {
            self.resources.pools[*resource as usize].line.push_back(request);
            self.touch(*resource as usize);
        }
        self.resources.requests[request as usize] = Request {
            asker: Some(asker),
            resources,
        };
        request
    }

    /// Takes a request out of all lines.
    pub(super) fn forget(&mut self, request: u32) {
        let place = &mut self.resources.requests[request as usize];
        if place.asker.take().is_none() {
            return;
        }
        let mut resources = std::mem::take(&mut place.resources);
        for resource in resources.drain(..) {
            let line = &mut self.resources.pools[resource as usize].line;
            if line.front() == Some(&request) {
                line.pop_front();
            } else {
                line.retain(|r| *r != request);
            }
            self.touch(resource as usize);
        }
        self.resources.requests[request as usize].resources = resources;
        self.resources.free.push(request);
    }

    /// A truck, out of the yard, asks for what its service needs.
    pub(super) fn ask_for_truck(&mut self, id: TruckId, stage: usize) {
        let station = &mut self.stations[stage];
        station.asking.push(&mut self.arena, id);
        station.apart += 1;
        self.arena[id].state = State::Asking;
        let request = self.ask(Asker::Truck(id));
        self.arena[id].place = request;
    }

    /// A truck asks no more.
    pub(super) fn withdraw(&mut self, id: TruckId, stage: usize) {
        self.forget(self.arena[id].place);
        self.arena[id].place = NONE;
        let station = &mut self.stations[stage];
        station.asking.remove(&mut self.arena, id);
        station.apart -= 1;
    }

    /// Lanes are gone for which trucks ask: those that asked last go back to the head of the queue.
    pub(super) fn withdraw_requests(&mut self, stage: usize) {
        loop {
            let station = &self.stations[stage];
            let lanes = station.startable(&self.plan.stages[stage], self.now);
            let Some(last) = station.asking.last().filter(|_| station.asking.len() > lanes) else {
                return;
            };
            debug_assert!(self.arena[last].state == State::Asking, "it asks");
            self.withdraw_last(stage);
        }
    }

    /// Whoever asked last at a stage goes back to the head of the queue.
    pub(super) fn withdraw_last(&mut self, stage: usize) {
        if let Some(last) = self.stations[stage].asking.last() {
            self.withdraw(last, stage);
            self.join_queue_ahead(last, stage);
        }
    }

    /// Grants requests for the resources that were touched, first come first served; true if one was.
    pub(super) fn grant_requests<O: Observer>(&mut self, observer: &mut O) -> bool {
        let mut granted = false;
        while let Some(resource) = self.resources.touched.pop() {
            self.resources.pools[resource as usize].touched = false;
            while let Some(request) = self.resources.pools[resource as usize].line.front().copied() {
                if !self.grant(request, observer) {
                    break;
                }
                granted = true;
            }
            self.tell_resource(resource as usize, observer);
        }
        granted
    }

    /// Grants a request that is first in line, if it is first everywhere and all units are there; false if nothing changed.
    fn grant<O: Observer>(&mut self, request: u32, observer: &mut O) -> bool {
        let place = &self.resources.requests[request as usize];
        let Some(asker) = place.asker else { return false };
        let first = |r: &u16| self.resources.pools[*r as usize].line.front() == Some(&request);
        if !place.resources.iter().all(first) {
            return false;
        }
        match asker {
            Asker::Truck(id) => {
                let stage = self.arena[id].truck.stage as usize;
                if !self.are_missing_there(id, stage) {
                    return false;
                }
                let station = &self.stations[stage];
                let may = station.startable(&self.plan.stages[stage], self.now) > 0 && (!station.named_only || self.is_named(id));
                self.withdraw(id, stage);
                if !may {
                    self.join_queue_ahead(id, stage);
                    return true;
                }
                self.take_missing_and_start(id, stage, observer);
                self.note(stage);
                true
            }
            Asker::Escort(stage) => self.grant_escort(stage as usize, request, observer),
            Asker::Group(group) => self.grant_group(group, request, observer),
        }
    }

    /// What a truck needs at a stage and does not hold already, from an earlier visit.
    pub(super) fn missing(&self, id: TruckId, stage: usize) -> impl Iterator<Item = (u16, u32, u16)> {
        let needs = self.plan.stages[stage].needs.iter().copied();
        needs.filter(move |need| self.is_missing(id, *need))
    }

    fn is_missing(&self, id: TruckId, need: (u16, u32, u16)) -> bool {
        self.resources.held.get(id.index()).is_none_or(|held| !held.contains(&need))
    }

    /// Whether all that a truck needs at a stage can be taken now.
    fn are_missing_there(&self, id: TruckId, stage: usize) -> bool {
        self.missing(id, stage).all(|(r, units, _)| self.has_units(r as usize, units))
    }

    /// Whether a truck could have all that it needs at a stage without overtaking anybody.
    pub(super) fn is_free_to_take(&self, id: TruckId, stage: usize) -> bool {
        let mut resources = self.missing(id, stage).map(|n| n.0 as usize);
        self.are_missing_there(id, stage) && resources.all(|r| self.resources.pools[r].line.is_empty())
    }

    /// A truck, in no list, takes what it needs, and its service starts.
    pub(super) fn take_missing_and_start<O: Observer>(&mut self, id: TruckId, stage: usize, observer: &mut O) {
        for i in 0..self.plan.stages[stage].needs.len() {
            let need = self.plan.stages[stage].needs[i];
            if self.is_missing(id, need) {
                let (resource, units, until) = need;
                self.take_units(resource as usize, units);
                self.hold(id, resource, units, until);
            }
        }
        self.start(id, stage, observer);
    }

    /// Whether so many units of a resource can be taken now.
    pub(super) fn has_units(&self, resource: usize, units: u32) -> bool {
        self.available(resource).saturating_sub(self.resources.pools[resource].in_use) >= units
    }

    /// Takes units.
    pub(super) fn take_units(&mut self, resource: usize, units: u32) {
        self.resources.pools[resource].in_use += units;
        self.touch(resource);
    }

    /// Units come back, now or after a time.
    pub(super) fn give_units_back(&mut self, resource: usize, units: u32, after: Duration) {
        if after > Duration::ZERO {
            let event = Event::UnitsBack {
                resource: resource as u16,
                units,
            };
            self.agenda.schedule(self.now + after, Class::Return, event);
        } else {
            self.resources.pools[resource].in_use -= units;
            self.touch(resource);
        }
    }

    /// Units that were away are back.
    pub(super) fn units_back(&mut self, resource: usize, units: u32) {
        self.give_units_back(resource, units, Duration::ZERO);
        self.pending = Some(Group::Returns);
    }

    fn hold(&mut self, id: TruckId, resource: u16, units: u32, until: u16) {
        let held = &mut self.resources.held;
        if held.len() <= id.index() {
            held.resize(id.index() + 1, Vec::new());
        }
        held[id.index()].push((resource, units, until));
    }

    /// A truck gives back what it holds until the end of this stage.
    pub(super) fn give_back_after<O: Observer>(&mut self, id: TruckId, stage: usize, observer: &mut O) {
        self.give_back_where(id, |until| usize::from(until) == stage, observer);
    }

    /// A truck gives back all that it holds.
    pub(super) fn give_back_all<O: Observer>(&mut self, id: TruckId, observer: &mut O) {
        self.give_back_where(id, |_| true, observer);
    }

    fn give_back_where<O: Observer>(&mut self, id: TruckId, due: impl Fn(u16) -> bool, observer: &mut O) {
        let Some(held) = self.resources.held.get_mut(id.index()).filter(|h| !h.is_empty()) else {
            return;
        };
        let mut back = Vec::new();
        held.retain(|(resource, units, until)| {
            let due = due(*until);
            if due {
                back.push((*resource, *units));
            }
            !due
        });
        for (resource, units) in back {
            self.give_units_back(resource as usize, units, Duration::ZERO);
            self.tell_resource(resource as usize, observer);
        }
    }

    /// Trucks that wait apart at a stage: those that ask for units, and those with groups of an escort.
    pub(super) fn waiting_apart(&self, stage: usize, into: &mut Vec<TruckId>) {
        let mut at = self.stations[stage].asking.first();
        while let Some(id) = at {
            into.push(id);
            at = List::after(&self.arena, id);
        }
        self.waiting_in_groups(stage, into);
    }
}
