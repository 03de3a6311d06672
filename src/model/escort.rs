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
use super::truck::TruckId;
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
    pub(super) number: u32,
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
    pub(super) request: u32,
    /// Grows when what was scheduled no longer holds.
    pub(super) generation: u32,
}

/// What an escort remembers.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Gathering {
    /// Groups formed so far.
    pub(super) formed: u32,
    /// The size drawn for the next group; 0: not yet.
    pub(super) size: u32,
    /// Its request for team and vehicles.
    request: Option<u32>,
    /// Trucks at the head of the queue that came back from a trip and ask again at once.
    pub(super) urgent: u32,
    /// Some of its groups want to ask, to leave or to go on, and have not been looked at.
    pub(super) has_groups_to_go: bool,
    /// The latest instant for which its look at the oldest truck is on the agenda.
    due: Option<Time>,
    /// The last instant at which it looked.
    ripe: Option<Time>,
}

/// All escorts under way.
#[derive(Debug, Default)]
pub(super) struct Escorts {
    pub(super) gatherings: Vec<Gathering>,
    pub(super) groups: Vec<Group>,
    pub(super) free: Vec<u32>,
    /// Trucks that are looked at, while they are.
    next: Vec<TruckId>,
}

impl Escorts {
    pub(super) fn clear(&mut self, stages: usize) {
        self.gatherings.clear();
        self.gatherings.resize(stages, Gathering::default());
        self.groups.clear();
        self.free.clear();
    }

    /// Gives the list of a group that is no more back to its place, for the next one there.
    pub(super) fn keep_memory(&mut self, place: u32, mut trucks: Vec<TruckId>) {
        let group = &mut self.groups[place as usize];
        if group.state == GroupState::Free && group.trucks.capacity() == 0 {
            trucks.clear();
            group.trucks = trucks;
        }
    }

    /// A place for a group.
    pub(super) fn free_place(&mut self) -> u32 {
        self.free.pop().unwrap_or_else(|| {
            self.groups.push(Group::empty());
            self.groups.len() as u32 - 1
        })
    }
}

impl Group {
    /// A group without trucks.
    pub(super) fn empty() -> Group {
        Group {
            stage: 0,
            state: GroupState::Free,
            trucks: Vec::new(),
            number: 0,
            requests: 0,
            requested: Time::NEVER,
            oldest: Time::NEVER,
            departed: Time::NEVER,
            ends_at: Time::NEVER,
            remaining: Duration::ZERO,
            total: Duration::ZERO,
            full: false,
            has_team: false,
            vehicles: 0,
            request: NONE,
            generation: 0,
        }
    }

    pub(super) fn entity(&self) -> Entity {
        Entity::numbered(self.number, self.requests)
    }
}

impl Simulation<'_> {
    /// The resources that an escort takes, each once.
    pub(super) fn escort_resources(&self, stage: usize) -> impl Iterator<Item = u16> {
        let plan = self.plan.stages[stage].escort.as_ref();
        let teams = plan.and_then(|p| p.teams);
        let vehicles = plan.and_then(|p| p.vehicles.as_ref()).map(|v| v.resource);
        teams.into_iter().chain(vehicles.filter(|v| teams != Some(*v)))
    }

    /// Whether an escort takes no resources.
    fn needs_nothing(&self, stage: usize) -> bool {
        self.escort_resources(stage).next().is_none()
    }

    /// Whether convoys may leave: the calendar is open, and security leaves something.
    fn works(&self, stage: usize) -> bool {
        self.stations[stage].open && self.stations[stage].stay > 0
    }

    /// Looks at an escort: lets in who wants to come in, lets groups go on that waited for it to work, and asks for the next one.
    pub(super) fn gather<O: Observer>(&mut self, stage: usize, observer: &mut O) {
        if self.stations[stage].wanting.len() > 0 {
            self.admit_all(stage, observer);
        }
        if self.escorts.gatherings[stage].has_groups_to_go && self.works(stage) {
            self.let_groups_go(stage, observer);
        }
        let mut may_form = self.works(stage) && self.is_rule_met(stage);
        while may_form && self.escorts.gatherings[stage].request.is_none() {
            if self.needs_nothing(stage) {
                let size = self.next_size(stage);
                self.form_group(stage, size, observer);
                may_form = self.works(stage) && self.is_rule_met(stage);
            } else {
                let request = self.ask(Asker::Escort(stage as u16));
                self.escorts.gatherings[stage].request = Some(request);
            }
        }
        if !may_form && let Some(request) = self.escorts.gatherings[stage].request.take() {
            self.forget(request);
        }
        self.await_gathering(stage);
    }

    /// The greatest size of the next group, drawn once for it.
    #[inline]
    pub(super) fn next_size(&mut self, stage: usize) -> u32 {
        let size = self.escorts.gatherings[stage].size;
        if size > 0 { size } else { self.draw_size(stage) }
    }

    fn draw_size(&mut self, stage: usize) -> u32 {
        let gathering = &mut self.escorts.gatherings[stage];
        if let (Some(plan), Some(draws)) = (&self.plan.stages[stage].escort, self.draws.stages[stage].escort) {
            let drawn = plan.size_max.as_constant().unwrap_or_else(|| {
                let entity = Entity::numbered(gathering.formed + 1, 0);
                plan.size_max.quantile(draws.size.uniform(entity, 0))
            });
            gathering.size = (drawn.clamp(1, u64::from(u32::MAX)) as u32).max(plan.size_min);
        }
        gathering.size
    }

    /// Whether as many wait as a convoy takes, or the oldest has waited long enough and there are enough, or trucks came back.
    fn is_rule_met(&mut self, stage: usize) -> bool {
        let station = &self.stations[stage];
        let n = station.yard.candidates(station.named_only);
        if n == 0 {
            return false;
        }
        let size = self.next_size(stage);
        let (Some(plan), gathering) = (&self.plan.stages[stage].escort, &self.escorts.gatherings[stage]) else {
            return false;
        };
        if n >= size || gathering.urgent > 0 {
            return true;
        }
        let Some(wait) = plan.max_wait.filter(|_| n >= plan.size_min) else {
            return false;
        };
        // Waiting is over last of all that falls on its instant, so that whoever comes at that instant goes too.
        let over = self.arrival_of_oldest(stage) + wait;
        over < self.now || (over == self.now && gathering.ripe == Some(self.now))
    }

    /// When the oldest truck of those that may go came to gather.
    #[inline]
    fn arrival_of_oldest(&self, stage: usize) -> Time {
        let station = &self.stations[stage];
        let oldest = station.yard.oldest(&self.arena, station.named_only);
        oldest.map_or(Time::NEVER, |id| self.arena[id].truck.arrived)
    }

    /// Puts the instant on the agenda at which the oldest truck will have waited long enough.
    fn await_gathering(&mut self, stage: usize) {
        let Some(wait) = self.plan.stages[stage].escort.as_ref().and_then(|p| p.max_wait) else {
            return;
        };
        let at = self.arrival_of_oldest(stage) + wait;
        let gathering = &mut self.escorts.gatherings[stage];
        if at >= self.now && at < Time::NEVER && gathering.due != Some(at) {
            gathering.due = Some(at);
            self.agenda.schedule(at, Class::Deadline, Event::Gathered(stage as u16));
        }
    }

    /// The oldest truck has waited long enough.
    pub(super) fn gathered<O: Observer>(&mut self, stage: usize, observer: &mut O) {
        self.escorts.gatherings[stage].ripe = Some(self.now);
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
        let mut next = std::mem::take(&mut self.escorts.next);
        self.look_at_next(stage, size, &mut next);
        let mut n = next.len();
        let count = plan.resources[vehicles.resource as usize].count;
        let mut needed = self.vehicles_for(stage, &next);
        while n > 1 && needed > count {
            n -= 1;
            needed = self.vehicles_for(stage, &next[..n]);
        }
        next.clear();
        self.escorts.next = next;
        let team = u32::from(escort.teams == Some(vehicles.resource));
        self.has_units(vehicles.resource as usize, needed.min(count.max(1)) + team)
            .then_some(n as u32)
    }

    /// The next trucks of the yard, at most so many, which stay there.
    fn look_at_next(&mut self, stage: usize, size: u32, into: &mut Vec<TruckId>) {
        let station = &self.stations[stage];
        if station.yard.first_in_one_queue(&self.arena, station.named_only, size, into) {
            return;
        }
        // Where several queues are merged, those who have been looked at keep the first places from now on.
        self.take_next(stage, size, into);
        for id in into.iter().rev() {
            self.put_ahead(*id, stage);
        }
    }

    /// Lets groups go on that waited for the escort to work.
    fn let_groups_go<O: Observer>(&mut self, stage: usize, observer: &mut O) {
        self.escorts.gatherings[stage].has_groups_to_go = false;
        for place in 0..self.escorts.groups.len() as u32 {
            let group = &self.escorts.groups[place as usize];
            if group.stage as usize != stage {
                continue;
            }
            match group.state {
                GroupState::Ready => self.depart(place, None, observer),
                GroupState::Wants if group.request == NONE => {
                    if self.needs_nothing(stage) {
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
            let team = |v: usize| u32::from(escort.teams.map(usize::from) == Some(v));
            let there = escort.teams.is_none_or(|t| self.has_units(t as usize, 1))
                && vehicles.is_none_or(|v| self.has_units(v, needed.min(self.plan.resources[v].count.max(1)) + team(v)));
            if !there {
                return false;
            }
        }
        self.escorts.groups[place as usize].request = NONE;
        self.forget(request);
        if self.works(stage) {
            self.ask_clearance(place, observer);
        } else {
            self.escorts.gatherings[stage].has_groups_to_go = true;
        }
        true
    }

    /// Trucks of a group that turned round are first in the queue and ask again at once.
    pub(super) fn ask_again_at_once(&mut self, stage: usize, trucks: &[TruckId]) {
        for id in trucks {
            let slot = &mut self.arena[*id];
            if slot.state == State::Queued {
                slot.interrupted = true;
                self.escorts.gatherings[stage].urgent += 1;
            }
        }
        self.note(stage);
    }

    /// A truck that turned round leaves the queue of its escort.
    pub(super) fn is_urgent_no_more(&mut self, id: TruckId, stage: usize) {
        if self.plan.stages[stage].escort.is_some() && std::mem::take(&mut self.arena[id].interrupted) {
            self.escorts.gatherings[stage].urgent -= 1;
        }
    }
}
