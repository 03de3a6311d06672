//! Streams of convoys: when they are due, how large they are, and the dispatch of their trucks.
//!
//! Convoy k of a stream keeps its number, and with it the addresses of its trucks, whatever becomes of the convoys before it:
//! those that a calendar, a closure or a size of 0 suppresses are counted too.

use std::collections::VecDeque;

use super::agenda::{Class, Event};
use super::observer::Observer;
use super::plan::{Kind, Occurrences, choose};
use super::simulation::Simulation;
use super::slot::Slot;
use super::truck::TruckId;
use crate::random::{Entity, NormalChain};
use crate::time::Time;

/// A convoy that is due.
#[derive(Clone, Copy, Debug)]
struct Due {
    at: Time,
    /// From 1 in the stream.
    number: u32,
    trucks: u64,
}

/// A stream under way.
#[derive(Debug, Default)]
pub(super) struct StreamState {
    /// All convoys of a schedule, in order of their instants, jitter included.
    scheduled: Vec<Due>,
    /// Convoys that were due so far.
    made: u32,
    /// Where a Poisson or renewal process stands, in unrounded microseconds, and on which piece of its rate.
    at_us: f64,
    piece: usize,
    chain: Option<NormalChain>,
    next: Option<Due>,
    dispatched: u64,
    /// Trucks so far, for kinds in turn.
    trucks: usize,
    /// Convoys that wait for the reopening.
    waiting: VecDeque<Due>,
    /// Trucks over their organisation's quota, with their lives.
    pub(super) over_quota: VecDeque<(TruckId, u32)>,
}

impl StreamState {
    /// Whether no convoy comes any more.
    pub(super) fn is_over(&self) -> bool {
        self.next.is_none() && self.waiting.is_empty()
    }
}

fn entity(number: u32) -> Entity {
    Entity {
        source: 0,
        group: number,
        member: 0,
    }
}

impl Simulation<'_> {
    /// Puts a stream's first convoy on the agenda.
    pub(super) fn begin_stream(&mut self, stream: usize) {
        let plan = &self.plan.streams[stream];
        let mut state = std::mem::take(&mut self.streams[stream]);
        state.scheduled.clear();
        state.waiting.clear();
        state.over_quota.clear();
        let chain = (plan.autocorrelation != 0.0).then(|| NormalChain::new(plan.autocorrelation));
        self.streams[stream] = StreamState {
            chain,
            scheduled: state.scheduled,
            ..StreamState::default()
        };
        if let Occurrences::Schedule { .. } = plan.occurrences {
            self.lay_schedule(stream);
        }
        self.schedule_convoy(stream);
    }

    /// Works out all convoys of a schedule: sizes in order of the timetable, then the order in which jitter lets them come.
    fn lay_schedule(&mut self, stream: usize) {
        let plan = &self.plan.streams[stream];
        let Occurrences::Schedule { slots, jitter } = &plan.occurrences else {
            return;
        };
        for (i, (at, suppressed)) in slots.iter().enumerate() {
            let number = i as u32 + 1;
            let trucks = self.convoy_size(stream, number);
            if *suppressed {
                continue;
            }
            let late = match (jitter, self.draws.convoys[stream].jitter) {
                (Some((law, _)), Some(draws)) => law.duration(draws.uniform(entity(number), 0)),
                _ => crate::time::Duration::ZERO,
            };
            self.streams[stream].scheduled.push(Due {
                at: *at + late,
                number,
                trucks,
            });
        }
        self.streams[stream].scheduled.sort_by_key(|due| (due.at, due.number));
    }

    fn convoy_size(&mut self, stream: usize, number: u32) -> u64 {
        let plan = &self.plan.streams[stream];
        if let Some(size) = plan.size.as_constant() {
            return size;
        }
        let u = self.draws.convoys[stream].size.uniform(entity(number), 0);
        let state = &mut self.streams[stream];
        plan.size.quantile(state.chain.as_mut().map_or(u, |chain| chain.next(u)))
    }

    fn next_due(&mut self, stream: usize) -> Option<Due> {
        let plan = &self.plan.streams[stream];
        let number = self.streams[stream].made + 1;
        self.streams[stream].made = number;
        let at = match &plan.occurrences {
            Occurrences::Schedule { .. } => return self.streams[stream].scheduled.get(number as usize - 1).copied(),
            Occurrences::Trace(convoys) => {
                return convoys.get(number as usize - 1).map(|c| Due {
                    at: c.at,
                    number,
                    trucks: u64::from(c.trucks),
                });
            }
            Occurrences::Renewal(law) => {
                let gap = law.duration(self.draws.convoys[stream].gaps.uniform(entity(number), 0));
                self.streams[stream].at_us += gap.0 as f64;
                self.streams[stream].at_us
            }
            Occurrences::Poisson(pieces) => {
                let need = -libm::log(self.draws.convoys[stream].gaps.uniform(entity(number), 0));
                self.streams[stream].along(pieces, need)?
            }
        };
        (at < self.plan.end.0 as f64).then(|| Due {
            at: Time(at.round() as i64),
            number,
            trucks: self.convoy_size(stream, number),
        })
    }

    fn schedule_convoy(&mut self, stream: usize) {
        let ended = self.streams[stream].dispatched >= self.plan.streams[stream].limit;
        let next = if ended {
            None
        } else {
            self.next_due(stream).filter(|due| due.at < self.plan.end)
        };
        self.streams[stream].next = next;
        if let Some(due) = next {
            self.agenda.schedule(due.at, Class::Convoy, Event::Convoy(stream as u16));
        }
    }

    /// A convoy is due: it goes, or waits for the reopening.
    pub(super) fn convoy_due<O: Observer>(&mut self, stream: usize, observer: &mut O) {
        let plan = &self.plan.streams[stream];
        if let Some(due) = self.streams[stream].next {
            if plan.waits_when_closed && self.stations[plan.enters as usize].is_closed() {
                self.streams[stream].waiting.push_back(due);
            } else {
                self.dispatch(stream, due, observer);
            }
        }
        self.schedule_convoy(stream);
    }

    /// Security opens a stage again: convoys that waited for it go at this instant.
    pub(super) fn reopen_for_convoys(&mut self, stage: usize) {
        for stream in 0..self.streams.len() {
            if self.plan.streams[stream].enters as usize == stage && !self.streams[stream].waiting.is_empty() {
                self.agenda.schedule(self.now, Class::Convoy, Event::WaitingConvoy(stream as u16));
            }
        }
    }

    /// The convoys of a stream that waited for the reopening go.
    pub(super) fn waiting_convoy<O: Observer>(&mut self, stream: usize, observer: &mut O) {
        while let Some(due) = self.streams[stream].waiting.pop_front() {
            self.dispatch(stream, due, observer);
        }
    }

    /// Dispatches a convoy: all its trucks are in the yard before the first of them is served.
    fn dispatch<O: Observer>(&mut self, stream: usize, due: Due, observer: &mut O) {
        let plan = &self.plan.streams[stream];
        let trucks = plan.follows.map_or(due.trucks, |stage| {
            let left = self.gate.capacities[stage as usize];
            (due.trucks as f64 * left + 0.5).floor() as u64
        });
        if trucks == 0 || self.streams[stream].dispatched >= plan.limit {
            return;
        }
        self.events += 1;
        self.streams[stream].dispatched += 1;
        observer.convoy(self.now, stream, due.number, trucks as u32);
        self.try_quota_again(stream, observer);
        for position in 0..trucks as u32 {
            let id = self.make_truck(stream, due.number, position, trucks as u32);
            observer.dispatched(self.now, id, &self.arena[id].truck);
            self.check_in(id, observer);
        }
        self.look(observer);
    }

    /// A truck of a convoy, with all that is drawn for it.
    fn make_truck(&mut self, stream: usize, convoy: u32, position: u32, of: u32) -> TruckId {
        let plan = &self.plan.streams[stream];
        let entity = Entity {
            source: plan.source,
            group: convoy,
            member: position,
        };
        let recorded = match &plan.occurrences {
            Occurrences::Trace(convoys) => convoys.get(convoy as usize - 1),
            _ => None,
        };
        let turn = self.streams[stream].trucks;
        self.streams[stream].trucks += 1;
        let organisation = recorded.and_then(|r| r.organisation).map_or_else(
            || pick(&plan.organisation, turn, || self.draws.organisation.uniform(entity, 0)),
            |o| o.0 as u16,
        );
        let drawn_cargo = || {
            let u = || self.draws.cargo.uniform(entity, 0);
            match &plan.cargo {
                Some(kind) => pick(kind, turn, u),
                None => pick_shares(&self.plan.organisations[organisation as usize].cargo, u),
            }
        };
        let cargo = recorded.and_then(|r| r.cargo).map_or_else(drawn_cargo, |c| c.0 as u16);
        let goods = &self.plan.scenario.cargos[cargo as usize];
        let tonnes = match recorded.and_then(|r| r.tonnes) {
            Some(whole) => whole / f64::from(of),
            None => goods
                .tonnes
                .as_constant()
                .unwrap_or_else(|| goods.tonnes.quantile(self.draws.tonnes.uniform(entity, 0))),
        };
        let pallets = goods
            .pallets
            .as_constant()
            .unwrap_or_else(|| goods.pallets.quantile(self.draws.pallets.uniform(entity, 0)));
        self.dispatched += 1;
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
        let truck = &mut slot.truck;
        truck.number = self.dispatched;
        truck.stream = stream as u16;
        truck.convoy = convoy;
        truck.entity = entity;
        truck.organisation = organisation;
        truck.consignor = organisation;
        truck.cargo = cargo;
        truck.grams = (tonnes * 1e6).round() as i64;
        truck.pallets = pallets as f32;
        truck.dispatched = self.now;
        truck.tries = 1;
        if let Some(law) = &goods.shelf_life {
            let keeps = law.duration(self.draws.shelf_life.uniform(entity, 0));
            self.agenda
                .schedule(self.now + keeps, Class::Deadline, Event::Expiry { truck: id.0, life });
        }
        id
    }
}

impl StreamState {
    /// Moves along a piecewise constant rate until its integral has grown by `need`; none where it never does.
    fn along(&mut self, pieces: &[(f64, f64)], mut need: f64) -> Option<f64> {
        loop {
            let per_us = pieces.get(self.piece)?.1;
            let until = pieces.get(self.piece + 1).map_or(f64::INFINITY, |(from, _)| *from);
            let there = (until - self.at_us) * per_us;
            if need < there {
                self.at_us += need / per_us;
                return Some(self.at_us);
            }
            if until.is_infinite() {
                return None;
            }
            need -= there;
            self.at_us = until;
            self.piece += 1;
        }
    }
}

fn pick(kind: &Kind, turn: usize, u: impl FnOnce() -> f64) -> u16 {
    match kind {
        Kind::Cycle(kinds) => kinds[turn % kinds.len()],
        Kind::Shares(ends) => pick_shares(ends, u),
    }
}

/// By shares; where there is no choice, nothing is drawn.
fn pick_shares(ends: &[(f64, u16)], u: impl FnOnce() -> f64) -> u16 {
    if let [(_, only)] = ends { *only } else { choose(ends, u()) }
}
