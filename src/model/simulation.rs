//! A replication: the loop over events.
//!
//! Things that fall on one instant happen in the order of their classes. What calendars, incidents and closures change at an
//! instant takes effect once all of them have spoken ([`Simulation::settle`]); likewise all trucks that come again at an instant are
//! in their yard before the first of them is served.

use std::sync::Arc;

use super::agenda::{Agenda, Class, Due, Event};
use super::convoys::StreamState;
use super::developments::Developments;
use super::diversion::Diversions;
use super::escort::Escorts;
use super::gate::Gate;
use super::hub::Hubs;
use super::incidents::Incidents;
use super::observer::{Observer, StageView};
use super::plan::{Plan, StreamKind};
use super::random::Draws;
use super::resources::Resources;
use super::restrictions::Senders;
use super::slot::Arena;
use super::station::Station;
use super::truck::TruckId;
use crate::time::Time;

/// Which changes wait to take effect together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    /// Calendars, incidents, closures.
    Opening,
    /// Trucks that come again.
    Returns,
}

impl Group {
    fn of(class: u8) -> Option<Group> {
        if class == Class::Return as u8 {
            Some(Group::Returns)
        } else if class == Class::Calendar as u8 || class == Class::Incident as u8 || class == Class::Closure as u8 {
            Some(Group::Opening)
        } else {
            None
        }
    }
}

/// Runs replications of a plan, one after the other, in the same memory.
pub struct Simulation<'p> {
    /// As the scenario states it.
    pub(super) base: &'p Plan,
    /// As developments have made it; shared with nobody but the event under way.
    pub(super) plan: Arc<Plan>,
    pub(super) now: Time,
    pub(super) agenda: Agenda,
    pub(super) arena: Arena,
    pub(super) stations: Vec<Station>,
    pub(super) streams: Vec<StreamState>,
    pub(super) senders: Senders,
    pub(super) gate: Gate,
    pub(super) incidents: Incidents,
    pub(super) resources: Resources,
    pub(super) escorts: Escorts,
    pub(super) hubs: Hubs,
    pub(super) diversions: Diversions,
    pub(super) developments: Developments,
    pub(super) draws: Draws,
    /// Stages to look at: something may start there.
    pub(super) noted: Vec<u16>,
    /// What waits to take effect together.
    pub(super) pending: Option<Group>,
    /// Trucks dispatched so far.
    pub(super) dispatched: u32,
    /// Travellers so far.
    pub(super) people: u32,
    /// The closure that does not happen, by its number.
    pub(super) left_out: Option<u32>,
    next_observation: usize,
    /// By calendar: the next opening, and its generation.
    pub(super) next_opening: Vec<(usize, u32)>,
    views: Vec<StageView>,
    /// Events of the replication, as speeds are told: arrivals at stages, ends of services, convoys, incidents, changes of capacity or
    /// calendar, observations.
    pub(super) events: u64,
}

impl<'p> Simulation<'p> {
    /// A simulation without a replication yet.
    pub fn new(plan: &'p Plan) -> Simulation<'p> {
        Simulation {
            base: plan,
            plan: Arc::new(plan.clone()),
            now: Time::ZERO,
            agenda: Agenda::default(),
            arena: Arena::default(),
            stations: plan
                .scenario
                .stages
                .iter()
                .zip(&plan.stages)
                .map(|(s, p)| Station::new(s, p))
                .collect(),
            streams: plan.streams.iter().map(|_| StreamState::default()).collect(),
            senders: Senders::default(),
            gate: Gate::default(),
            incidents: Incidents::default(),
            resources: Resources::default(),
            escorts: Escorts::default(),
            hubs: Hubs::default(),
            diversions: Diversions::default(),
            developments: Developments::default(),
            draws: Draws::new(plan),
            noted: Vec::new(),
            pending: None,
            dispatched: 0,
            people: 0,
            left_out: None,
            next_observation: 0,
            next_opening: vec![(0, 0); plan.calendars.len()],
            views: Vec::new(),
            events: 0,
        }
    }

    /// Leaves one closure out of the replications that follow: the one of this number, as told by [`Observer::closure_begun`] of the same
    /// replication with it; none leaves none out.
    ///
    /// Closures are the responses of the policy to incidents, its triggers and closures on warnings, and the spells of given closures.
    /// Whatever else closes does so as with it, and so does what brought the closure about: its incident happens and finds what it finds,
    /// counts for triggers and prolongs other closures by their quiet time. Every random number keeps its address, so that up to the
    /// beginning of the closure the replication is the same to the bit. A reopening draws its lengths by the closure whose end began it,
    /// so those after other closures last as long as with it.
    pub fn without(&mut self, closure: Option<u32>) {
        self.left_out = closure;
    }

    /// Runs one replication from the start to the end of the horizon and tells the observer. Returns the number of events.
    pub fn run<O: Observer>(&mut self, seed: u64, replication: u32, observer: &mut O) -> u64 {
        self.reset(seed, replication);
        self.begin(observer);
        let stops_when_empty = self.plan.scenario.horizon.stop == crate::scenario::Stop::WhenEmpty;
        let mut end = self.plan.end;
        while self.step(observer) {
            if stops_when_empty && self.is_over() {
                end = self.now;
                break;
            }
        }
        self.now = end;
        if self.plan.observations.last() == Some(&end) && self.next_observation + 1 == self.plan.observations.len() {
            self.observe(observer);
        }
        observer.finished(end);
        self.events
    }

    /// As before the start of a replication.
    pub(super) fn reset(&mut self, seed: u64, replication: u32) {
        self.now = Time::ZERO;
        self.draw_developments(seed, replication);
        self.agenda.clear(self.plan.stages.len(), self.plan.end);
        self.arena.clear(self.plan.stages.len());
        for (stage, station) in self.stations.iter_mut().enumerate() {
            station.clear(&self.plan.scenario.stages[stage], &self.plan.stages[stage]);
        }
        self.escorts.clear(self.plan.stages.len());
        self.diversions.clear();
        self.draws.address(&self.plan, seed, replication);
        self.noted.clear();
        self.pending = None;
        self.dispatched = 0;
        self.people = 0;
        self.next_observation = 0;
        self.next_opening.fill((0, 0));
        self.events = 0;
    }

    /// Puts the first event of everything on the agenda.
    fn begin<O: Observer>(&mut self, observer: &mut O) {
        self.begin_world(observer);
        for stream in 0..self.streams.len() {
            self.begin_stream(stream);
        }
    }

    /// Puts the first event of everything but the streams on the agenda.
    pub(super) fn begin_world<O: Observer>(&mut self, observer: &mut O) {
        for stage in 0..self.stations.len() {
            if self.plan.stages[stage].calendar.is_none() {
                observer.calendar(Time::ZERO, stage, true);
            }
        }
        self.begin_developments(observer);
        self.begin_resources(observer);
        self.begin_lanes();
        for calendar in 0..self.plan.calendars.len() {
            self.begin_calendar(calendar, observer);
        }
        if let Some(first) = self.plan.observations.first() {
            self.agenda.schedule(*first, Class::Observation, Event::Observation);
        }
        self.begin_senders();
        self.begin_security(observer);
        self.begin_hubs(observer);
    }

    /// Does what comes next; false when nothing more falls into the horizon.
    #[inline]
    pub(super) fn step<O: Observer>(&mut self, observer: &mut O) -> bool {
        let (arena, hubs) = (&self.arena, &self.hubs);
        let next = self.agenda.next(|event| match *event {
            Event::Expiry { truck, life } => arena[TruckId(truck)].life == life,
            Event::Patience { truck, generation } => arena[TruckId(truck)].generation == generation,
            Event::LoadExpiry { load, life } => hubs.loads[load as usize].life == life,
            _ => true,
        });
        if let Some(group) = self.pending
            && next.is_none_or(|next| next.time() != self.now || Group::of(next.class()) != Some(group))
        {
            self.pending = None;
            self.settle(group, observer);
            return true;
        }
        let Some(next) = next else { return false };
        self.now = next.time();
        match self.agenda.take(next) {
            Some(Due::Service { truck, generation }) => self.complete(truck, generation, observer),
            Some(Due::Event(event)) => self.handle(event, observer),
            None => {}
        }
        true
    }

    fn handle<O: Observer>(&mut self, event: Event, observer: &mut O) {
        match event {
            Event::Completion { truck, generation } => self.complete(TruckId(truck), generation, observer),
            Event::Convoy { stream, generation } => self.convoy_due(stream as usize, generation, observer),
            Event::WaitingConvoy(stream) => self.waiting_convoy(stream as usize, observer),
            Event::Patience { truck, generation } => self.patience_over(truck, generation, observer),
            Event::Expiry { truck, life } => self.expire(truck, life, observer),
            Event::EndOfDay(stage) => self.end_of_day(stage as usize, observer),
            Event::ComesAgain { truck, life } => self.comes_again(truck, life, observer),
            Event::Release(organisation) => self.release_held(organisation, observer),
            Event::Reconsignment { truck, life } => self.reconsign(truck, life, observer),
            Event::ReconsignmentDay => self.reconsignment_day(observer),
            Event::Calendar { calendar, generation } => self.calendar_changes(calendar as usize, generation, observer),
            Event::Incident { number, generation } => self.incident(number, generation, observer),
            Event::Regime { generation } => self.regime_changes(generation, observer),
            Event::SpellBegins(closure) => self.spell_begins(closure as usize),
            Event::ResponseBegins { response, incident } => self.response_begins(response as usize, incident),
            Event::ClosureEnds(id) => self.closure_ends(id),
            Event::Window => self.window_changes(),
            Event::Warning { incident, generation } => self.warning(incident, generation),
            Event::Failure { stage, lane, generation } => self.lane_fails(stage as usize, lane as usize, generation, observer),
            Event::Repair { stage, lane } => self.lane_repaired(stage as usize, lane as usize, observer),
            Event::Trip { group, generation } => self.trip_ends(group, generation, observer),
            Event::Clearance { group, generation } => self.clearance_due(group, generation),
            Event::Gathered(stage) => self.gathered(stage as usize, observer),
            Event::UnitsBack { resource, units } => self.units_back(resource as usize, units),
            Event::Batch { stream, generation } => self.batch_due(stream as usize, generation, observer),
            Event::LoadApproval { load, life } => self.load_answered(load, life, observer),
            Event::LoadReconsignment { load, life } => self.load_reconsigned(load, life, observer),
            Event::LoadExpiry { load, life } => self.load_expires(load, life, observer),
            Event::Diversion { stage, closing } => self.divert(stage as usize, closing, observer),
            Event::Development(number) => self.development(number as usize, observer),
            Event::Observation => {
                self.events += 1;
                self.observe(observer);
                if let Some(next) = self.plan.observations.get(self.next_observation) {
                    self.agenda.schedule(*next, Class::Observation, Event::Observation);
                }
            }
        }
    }

    /// Lets what was changed at this instant take effect, then starts what may start.
    fn settle<O: Observer>(&mut self, group: Group, observer: &mut O) {
        if group == Group::Opening {
            self.apply_security(observer);
        }
        self.look(observer);
    }

    /// Whether every stream has ended and no truck is left.
    fn is_over(&self) -> bool {
        let kinds = self.plan.streams.iter().map(|s| s.kind);
        let mut streams = self
            .streams
            .iter()
            .zip(kinds)
            .filter(|(_, kind)| !matches!(kind, StreamKind::Inflow(_)));
        // A world without streams is over at its horizon only.
        self.arena.live == 0 && !self.plan.streams.is_empty() && streams.all(|(stream, _)| stream.is_over())
    }

    fn observe<O: Observer>(&mut self, observer: &mut O) {
        self.next_observation += 1;
        self.views.clear();
        for (station, plan) in self.stations.iter().zip(&self.plan.stages) {
            let open = if plan.unlimited() { station.stay.min(1) } else { station.stay };
            self.views.push(StageView {
                waiting: station.waiting(),
                in_service: station.serving + station.paused,
                blocked: station.blocked,
                open_lanes: if station.open { open } else { 0 },
            });
        }
        observer.observation(self.now, &self.views);
    }

    fn begin_calendar<O: Observer>(&mut self, calendar: usize, observer: &mut O) {
        let plan = Arc::clone(&self.plan);
        let hours = &plan.calendars[calendar];
        let first = hours.openings.first();
        let open_now = first.filter(|o| o.from <= Time::ZERO);
        for stage in &hours.stages {
            let station = &mut self.stations[*stage as usize];
            station.open = open_now.is_some();
            station.closes = open_now.map_or(Time::NEVER, |o| o.to);
            station.update(&plan.stages[*stage as usize]);
            observer.calendar(Time::ZERO, *stage as usize, station.open);
        }
        for resource in &hours.resources {
            self.resource_changes(*resource as usize, Some(open_now.is_some()), observer);
        }
        let next = open_now.map_or_else(|| first.map(|o| o.from), |opening| Some(opening.to));
        self.schedule_calendar(calendar, next);
    }

    pub(super) fn schedule_calendar(&mut self, calendar: usize, at: Option<Time>) {
        let plan = &self.plan.calendars[calendar];
        let is_used = !plan.stages.is_empty() || !plan.resources.is_empty();
        if let Some(at) = at.filter(|_| is_used) {
            let event = Event::Calendar {
                calendar: calendar as u16,
                generation: self.next_opening[calendar].1,
            };
            self.agenda.schedule(at, Class::Calendar, event);
        }
    }

    /// A calendar opens or closes.
    fn calendar_changes<O: Observer>(&mut self, calendar: usize, generation: u32, observer: &mut O) {
        let (place, current) = self.next_opening[calendar];
        if current != generation {
            return;
        }
        self.events += 1;
        let plan = Arc::clone(&self.plan);
        let openings = &plan.calendars[calendar].openings;
        let opening = openings[place];
        let opens = self.now == opening.from;
        self.open_or_close(calendar, opens.then_some(opening.to), opening.last_of_day, observer);
        let next = if opens {
            Some(opening.to)
        } else {
            self.next_opening[calendar].0 += 1;
            openings.get(place + 1).map(|o| o.from)
        };
        self.schedule_calendar(calendar, next);
    }

    /// Stages and resources that keep a calendar's hours open until an instant, or close.
    pub(super) fn open_or_close<O: Observer>(&mut self, calendar: usize, until: Option<Time>, last_of_day: bool, observer: &mut O) {
        let plan = Arc::clone(&self.plan);
        for stage in &plan.calendars[calendar].stages {
            let station = &mut self.stations[*stage as usize];
            station.open = until.is_some();
            station.closes = until.unwrap_or(Time::NEVER);
            station.update(&plan.stages[*stage as usize]);
            if until.is_none() {
                self.close_by_calendar(*stage as usize, last_of_day, observer);
            }
            observer.calendar(self.now, *stage as usize, until.is_some());
            self.note(*stage as usize);
        }
        for resource in &plan.calendars[calendar].resources {
            self.resource_changes(*resource as usize, Some(until.is_some()), observer);
        }
        self.pending = Some(Group::Opening);
    }
}
