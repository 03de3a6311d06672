//! The dispatch of convoys: trucks with their senders and loads, groups of travellers, loads from a hub.

use super::convoys::Due;
use super::observer::Observer;
use super::plan::{Kind, Occurrences, StreamKind, choose};
use super::simulation::Simulation;
use super::slot::Slot;
use super::truck::TruckId;
use crate::random::Entity;

impl Simulation<'_> {
    /// Dispatches a convoy: all its trucks are in the yard before the first of them is served.
    pub(super) fn dispatch<O: Observer>(&mut self, stream: usize, due: Due, observer: &mut O) {
        let full = self.convoy_size(stream, &due);
        let plan = std::sync::Arc::clone(&self.plan);
        let rules = &plan.streams[stream];
        let size = rules.follows.map_or(full, |stage| {
            let left = self.gate.capacities[stage as usize];
            (full as f64 * left + 0.5).floor() as u64
        });
        if size == 0 || self.streams[stream].dispatched >= rules.limit {
            return;
        }
        let size = size.min(u64::from(u32::MAX)) as u32;
        self.events += 1;
        self.streams[stream].dispatched += 1;
        if self.streams[stream].dispatched >= rules.limit {
            // Nothing follows: the stream is over now, not when the next one would have been due.
            self.streams[stream].next = None;
            self.streams[stream].generation += 1;
            self.streams[stream].waiting.clear();
        }
        match (rules.kind, rules.hub) {
            (StreamKind::Travellers, _) => self.dispatch_people(stream, &due, size, observer),
            (_, Some(hub)) => self.draw_from_hub(stream, hub as usize, due.number, size, observer),
            _ => self.dispatch_trucks(stream, &due, size, observer),
        }
        self.look(observer);
    }

    fn dispatch_people<O: Observer>(&mut self, stream: usize, due: &Due, size: u32, observer: &mut O) {
        for member in 0..size {
            let entity = Entity {
                source: self.plan.streams[stream].source,
                group: due.group,
                member,
            };
            self.people += 1;
            let id = self.place_truck(stream, entity);
            let truck = &mut self.arena[id].truck;
            truck.is_traveller = true;
            truck.number = self.people;
            truck.convoy = due.number;
            observer.dispatched(self.now, id, &self.arena[id].truck);
            self.arrive(id, self.arena[id].enters as usize, observer);
        }
    }

    fn dispatch_trucks<O: Observer>(&mut self, stream: usize, due: &Due, size: u32, observer: &mut O) {
        let plan = std::sync::Arc::clone(&self.plan);
        let rules = &plan.streams[stream];
        let recorded = match &rules.occurrences {
            Occurrences::Trace(convoys) => convoys.get(due.group as usize - 1),
            _ => None,
        };
        let mut loads = Vec::with_capacity(size as usize);
        for member in 0..size {
            let entity = Entity {
                source: rules.source,
                group: due.group,
                member,
            };
            let turn = self.streams[stream].trucks;
            self.streams[stream].trucks += 1;
            let organisation = recorded.and_then(|r| r.organisation).map_or_else(
                || rules.organisation.pick(turn, || self.draws.organisation.uniform(entity, 0)),
                |o| o.0 as u16,
            );
            let cargo = recorded
                .and_then(|r| r.cargo)
                .map_or_else(|| self.cargo_of(rules.cargo.as_ref(), organisation, turn, entity), |c| c.0 as u16);
            let is_refused = !plan.organisations[organisation as usize].is_free
                && !self.is_barred(organisation as usize)
                && self.is_request_refused(organisation, cargo, entity);
            if is_refused {
                observer.denied(self.now, organisation as usize, cargo as usize);
            } else {
                loads.push((entity, organisation, cargo));
            }
        }
        if loads.is_empty() {
            return;
        }
        observer.convoy(self.now, stream, due.number, loads.len() as u32);
        self.try_quota_again(stream, observer);
        let tonnes = recorded.and_then(|r| Some(r.tonnes? / f64::from(r.trucks)));
        for (entity, organisation, cargo) in loads {
            let id = self.make_truck(stream, due.number, entity, organisation, cargo, tonnes);
            let expires = self.expires(cargo as usize, entity, self.now);
            self.await_expiry(id, expires);
            observer.dispatched(self.now, id, &self.arena[id].truck);
            self.check_in(id, observer);
        }
    }

    /// The cargo of a truckload: of its stream or hub, or by the shares of its organisation.
    pub(super) fn cargo_of(&self, own: Option<&Kind>, organisation: u16, turn: usize, entity: Entity) -> u16 {
        let u = || self.draws.cargo.uniform(entity, 0);
        match own {
            Some(kind) => kind.pick(turn, u),
            None => pick_shares(&self.plan.organisations[organisation as usize].cargo, u),
        }
    }

    /// A place for a truck or traveller of a stream.
    fn place_truck(&mut self, stream: usize, entity: Entity) -> TruckId {
        let plan = &self.plan.streams[stream];
        let id = self.arena.allocate();
        let slot = &mut self.arena[id];
        let (generation, life) = (slot.generation, slot.life);
        *slot = Slot {
            generation,
            life,
            enters: plan.enters,
            state: super::slot::State::Aside,
            ..Slot::empty()
        };
        slot.truck.stream = plan.index;
        slot.truck.entity = entity;
        slot.truck.dispatched = self.now;
        slot.truck.tries = 1;
        id
    }

    /// A truck of a convoy, with its load: as recorded, or as drawn.
    pub(super) fn make_truck(
        &mut self,
        stream: usize,
        convoy: u32,
        entity: Entity,
        organisation: u16,
        cargo: u16,
        recorded_tonnes: Option<f64>,
    ) -> TruckId {
        let goods = &self.plan.scenario.cargos[cargo as usize];
        let drawn = |law: &crate::random::Law, draws: &crate::random::Stream| {
            law.as_constant().unwrap_or_else(|| law.quantile(draws.uniform(entity, 0)))
        };
        let tonnes = recorded_tonnes.unwrap_or_else(|| drawn(&goods.tonnes, &self.draws.tonnes));
        let pallets = drawn(&goods.pallets, &self.draws.pallets);
        self.dispatched += 1;
        let id = self.place_truck(stream, entity);
        let truck = &mut self.arena[id].truck;
        truck.number = self.dispatched;
        truck.convoy = convoy;
        truck.organisation = organisation;
        truck.consignor = organisation;
        truck.cargo = cargo;
        truck.grams = (tonnes * 1e6).round() as i64;
        truck.pallets = pallets as f32;
        id
    }
}

impl Kind {
    /// The kind of the next truck: the `turn`-th in turn, or by shares.
    pub(super) fn pick(&self, turn: usize, u: impl FnOnce() -> f64) -> u16 {
        match self {
            Kind::Cycle(kinds) => kinds[turn % kinds.len()],
            Kind::Shares(ends) => pick_shares(ends, u),
        }
    }
}

/// By shares; where there is no choice, nothing is drawn.
fn pick_shares(ends: &[(f64, u16)], u: impl FnOnce() -> f64) -> u16 {
    if let [(_, only)] = ends { *only } else { choose(ends, u()) }
}
