//! The trace: every visit of every truck, and every change of state, of one replication. People who cross are left out.

mod words;

use crate::model::{ActiveClosure, Answer, Aside, Cause, HubExit, Leaves, Observer, Plan, Trip, Truck, TruckId};
use crate::scenario::{End, IncidentProcess};
use crate::table::{Frame, Table, catalogue};
use crate::time::Time;

/// A visit of a truck to a stage, or a stay before the first.
#[derive(Clone, Debug)]
struct Visit {
    truck: u32,
    stream: u16,
    convoy: u32,
    organisation: u16,
    cargo: u16,
    stage: Option<u16>,
    arrived: Time,
    started: Time,
    completed: Time,
    left: Time,
    outcome: Option<Leaves>,
}

/// Keeps what `rafah trace` writes.
pub struct Trace<'p> {
    plan: &'p Plan,
    visits: Vec<Visit>,
    /// By truck in the arena, the visit it is making or made last.
    current: Vec<usize>,
    events: Frame,
    capacities: Vec<f64>,
    active: Vec<ActiveClosure>,
}

impl<'p> Trace<'p> {
    /// An empty trace.
    pub fn new(plan: &'p Plan) -> Trace<'p> {
        Trace {
            plan,
            visits: Vec::new(),
            current: Vec::new(),
            events: Frame::new(&catalogue::events()),
            capacities: vec![1.0; plan.scenario.stages.len()],
            active: Vec::new(),
        }
    }

    /// The tables `trucks` (by number of truck, then by time) and `events` (by time), with their rows.
    pub fn into_tables(mut self) -> [(Table, Frame); 2] {
        self.visits.sort_by_key(|v| v.truck);
        let table = catalogue::trucks();
        let mut frame = Frame::new(&table);
        let scenario = &self.plan.scenario;
        let minutes = |at: Time| if at == Time::NEVER { f64::NAN } else { at.as_minutes() };
        for visit in &self.visits {
            let convoy = format!("{}/{}", scenario.convoys[visit.stream as usize].name, visit.convoy);
            let organisation = scenario.organisations.get(visit.organisation as usize).map(|o| o.name.as_str());
            let cargo = scenario.cargos.get(visit.cargo as usize).map(|c| c.name.as_str());
            frame
                .row()
                .whole(i64::from(visit.truck))
                .text(&convoy)
                .text_or_empty(organisation)
                .text_or_empty(cargo)
                .text_or_empty(visit.stage.map(|s| self.stage(s as usize)))
                .real(minutes(visit.arrived))
                .real(minutes(visit.started))
                .real(minutes(visit.completed))
                .real(minutes(visit.left))
                .text_or_empty(visit.outcome.map(|leaves| self.outcome(leaves)))
                .end();
        }
        [(table, frame), (catalogue::events(), self.events)]
    }

    fn stage(&self, stage: usize) -> &'p str {
        &self.plan.scenario.stages[stage].name
    }

    fn outcome(&self, leaves: Leaves) -> &'p str {
        match leaves {
            Leaves::Stage(stage) => self.stage(stage),
            Leaves::End(end) => end.name(),
            Leaves::TurnedBack => End::TurnedBack.name(),
            Leaves::Returned => End::Returned.name(),
            Leaves::Repacking => "repacking",
            Leaves::Diverted => End::Diverted.name(),
        }
    }

    fn event(&mut self, at: Time, what: &str, name: &str, state: &str) {
        self.events
            .row()
            .real(at.as_minutes())
            .text(what)
            .text(name)
            .text(state)
            .empty()
            .end();
    }

    /// An event of a truck at its stage.
    fn truck_event(&mut self, at: Time, what: &str, name: &str, state: &str, truck: &Truck) {
        self.events
            .row()
            .real(at.as_minutes())
            .text(what)
            .text(name)
            .text(state)
            .whole(i64::from(truck.number))
            .end();
    }

    /// Begins a row of a truck.
    fn begin(&mut self, id: TruckId, truck: &Truck, stage: Option<u16>, arrived: Time) {
        if id.index() >= self.current.len() {
            self.current.resize(id.index() + 1, usize::MAX);
        }
        self.current[id.index()] = self.visits.len();
        self.visits.push(Visit {
            truck: truck.number,
            stream: truck.stream,
            convoy: truck.convoy,
            organisation: truck.organisation,
            cargo: truck.cargo,
            stage,
            arrived,
            started: Time::NEVER,
            completed: Time::NEVER,
            left: Time::NEVER,
            outcome: None,
        });
    }

    fn current(&mut self, id: TruckId) -> Option<&mut Visit> {
        let at = *self.current.get(id.index())?;
        self.visits.get_mut(at)
    }
}

impl Observer for Trace<'_> {
    fn convoy(&mut self, at: Time, stream: usize, number: u32, trucks: u32) {
        let name = format!("{}/{number}", self.plan.scenario.convoys[stream].name);
        self.event(at, "convoy", &name, &trucks.to_string());
    }

    fn dispatched(&mut self, at: Time, id: TruckId, truck: &Truck) {
        if truck.is_traveller {
            return;
        }
        self.begin(id, truck, None, Time::NEVER);
        let stream = &self.plan.scenario.convoys[truck.stream as usize].name;
        self.truck_event(at, "dispatched", stream, "", truck);
    }

    fn set_aside(&mut self, at: Time, _: TruckId, truck: &Truck, place: Aside) {
        if truck.is_traveller {
            return;
        }
        self.truck_event(at, "set_aside", "", words::aside(place), truck);
    }

    fn dispatched_again(&mut self, at: Time, id: TruckId, truck: &Truck) {
        self.begin(id, truck, None, Time::NEVER);
        let stream = &self.plan.scenario.convoys[truck.stream as usize].name;
        self.truck_event(at, "dispatched", stream, "again", truck);
    }

    fn returned(&mut self, at: Time, _: TruckId, truck: &Truck, cause: Cause, again: bool) {
        let state = if again { "again" } else { "for good" };
        self.truck_event(at, "returned", words::why(cause), state, truck);
    }

    fn put_back(&mut self, at: Time, _: TruckId, truck: &Truck) {
        self.truck_event(at, "put_back", self.stage(truck.stage as usize), "waiting", truck);
    }

    fn taken_up(&mut self, at: Time, _: TruckId, truck: &Truck) {
        self.truck_event(at, "taken_up", self.stage(truck.stage as usize), "in_service", truck);
    }

    fn repacked(&mut self, at: Time, _: TruckId, truck: &Truck, rejected_grams: i64) {
        let rejected = format!("{} t rejected", rejected_grams as f64 / 1e6);
        self.truck_event(at, "repacked", "", &rejected, truck);
    }

    fn reconsigned(&mut self, at: Time, id: TruckId, truck: &Truck) {
        let to = self.organisation(truck.organisation as usize);
        self.truck_event(at, "reconsigned", to, "", truck);
        if let Some(visit) = self.current(id).filter(|v| v.outcome.is_none()) {
            visit.organisation = truck.organisation;
        }
    }

    fn arrived(&mut self, at: Time, id: TruckId, truck: &Truck) {
        if truck.is_traveller {
            return;
        }
        // The row of a truck before its first stage becomes that of its first visit.
        match self.current(id) {
            Some(visit) if visit.stage.is_none() && visit.outcome.is_none() && visit.truck == truck.number => {
                visit.stage = Some(truck.stage);
                visit.arrived = at;
                visit.organisation = truck.organisation;
            }
            _ => self.begin(id, truck, Some(truck.stage), at),
        }
        self.truck_event(at, "arrived", self.stage(truck.stage as usize), "waiting", truck);
    }

    fn started(&mut self, at: Time, id: TruckId, truck: &Truck) {
        if truck.is_traveller {
            return;
        }
        if let Some(visit) = self.current(id) {
            visit.started = at;
        }
        self.truck_event(at, "started", self.stage(truck.stage as usize), "in_service", truck);
    }

    fn paused(&mut self, at: Time, _: TruckId, truck: &Truck) {
        if truck.is_traveller {
            return;
        }
        self.truck_event(at, "paused", self.stage(truck.stage as usize), "paused", truck);
    }

    fn resumed(&mut self, at: Time, _: TruckId, truck: &Truck) {
        if truck.is_traveller {
            return;
        }
        self.truck_event(at, "resumed", self.stage(truck.stage as usize), "in_service", truck);
    }

    fn completed(&mut self, at: Time, id: TruckId, truck: &Truck) {
        if truck.is_traveller {
            return;
        }
        if let Some(visit) = self.current(id) {
            visit.completed = at;
        }
        self.truck_event(at, "completed", self.stage(truck.stage as usize), "served", truck);
    }

    fn left(&mut self, at: Time, id: TruckId, truck: &Truck, to: Leaves) {
        if truck.is_traveller {
            return;
        }
        if let Some(visit) = self.current(id) {
            visit.left = at;
            visit.outcome = Some(to);
        }
        self.truck_event(at, "left", self.stage(truck.stage as usize), self.outcome(to), truck);
    }

    fn ended(&mut self, at: Time, id: TruckId, truck: &Truck, end: End, cause: Cause) {
        if truck.is_traveller {
            return;
        }
        let outcome = Some(Leaves::End(end));
        // A truck that ends at no stage has a row of its own for that; one that was diverted has told so when it left.
        let told = |v: &Visit| v.outcome == outcome || (end == End::Diverted && v.outcome == Some(Leaves::Diverted));
        if self.current(id).is_some_and(|v| v.outcome.is_some() && !told(v)) {
            self.begin(id, truck, None, Time::NEVER);
        }
        if let Some(visit) = self.current(id).filter(|v| v.outcome.is_none()) {
            visit.left = at;
            visit.outcome = outcome;
        }
        self.truck_event(at, "ended", end.name(), words::why(cause), truck);
    }

    fn lanes_down(&mut self, at: Time, stage: usize, down: u32, failed: bool) {
        let what = if failed { "failure" } else { "repair" };
        self.event(at, what, self.stage(stage), &format!("{down} down"));
    }

    fn resource(&mut self, at: Time, resource: usize, in_use: u32, available: u32, waiting: u32) {
        let name = &self.plan.scenario.resources[resource].name;
        self.event(at, "resource", name, &format!("{in_use} of {available} in use, {waiting} waiting"));
    }

    fn answered(&mut self, at: Time, stage: usize, answer: Answer) {
        self.event(at, "answer", self.stage(stage), words::answer(answer));
    }

    fn trip(&mut self, at: Time, stage: usize, trip: &Trip) {
        let lost = match trip.intercepted {
            0 => String::new(),
            n => format!(", {n} intercepted"),
        };
        self.event(
            at,
            "trip",
            self.stage(stage),
            &format!("{} arrived{lost}", trip.trucks - trip.intercepted),
        );
    }

    fn hub_batch(&mut self, at: Time, hub: usize, _: usize, loads: u32, sent: bool) {
        let state = if sent { loads.to_string() } else { format!("{loads} not sent") };
        self.event(at, "hub_batch", self.hub(hub), &state);
    }

    fn hub_stock(&mut self, at: Time, hub: usize, stock: u32) {
        self.event(at, "hub_stock", self.hub(hub), &stock.to_string());
    }

    fn hub_drawn(&mut self, at: Time, hub: usize, slots: u32, loads: u32) {
        self.event(at, "hub_drawn", self.hub(hub), &format!("{loads} for {slots} slots"));
    }

    fn hub_exit(&mut self, at: Time, hub: usize, _: usize, _: usize, why: HubExit) {
        self.event(at, "hub_exit", self.hub(hub), words::exit(why));
    }

    fn hub_held(&mut self, at: Time, hub: usize, _: usize) {
        self.event(at, "hub_held", self.hub(hub), "held");
    }

    fn hub_reconsigned(&mut self, at: Time, hub: usize, _: usize, to: usize) {
        self.event(at, "hub_reconsigned", self.hub(hub), self.organisation(to));
    }

    fn denied(&mut self, at: Time, organisation: usize, _: usize) {
        self.event(at, "denied", self.organisation(organisation), "");
    }

    fn exposure(&mut self, at: Time, _: u32, trucks: u32, exposure: f64, lost: u32) {
        self.event(at, "exposure", &exposure.to_string(), &format!("{trucks} exposed, {lost} lost"));
    }

    fn driver(&mut self, at: Time, driver: usize, sizes: Option<&[f64]>) {
        let name = &self.plan.scenario.drivers[driver].name;
        self.event(at, "driver", name, if sizes.is_some() { "begins" } else { "over" });
    }

    fn contingent(&mut self, at: Time, contingent: usize) {
        let name = &self.plan.scenario.contingents[contingent].name;
        self.event(at, "contingent", name, "begins");
    }

    fn calendar(&mut self, at: Time, stage: usize, open: bool) {
        self.event(at, "calendar", self.stage(stage), if open { "open" } else { "closed" });
    }

    fn security(&mut self, at: Time, capacities: &[f64], active: &[ActiveClosure]) {
        let sources = &self.plan.sources;
        let name = |c: &ActiveClosure| sources[c.source as usize].as_str();
        let before = std::mem::replace(&mut self.active, active.to_vec());
        for closure in before.iter().filter(|c| !active.contains(c)) {
            self.event(at, "closure", name(closure), "over");
        }
        for closure in active.iter().filter(|c| !before.contains(c)) {
            self.event(at, "closure", name(closure), &closure.capacity.to_string());
        }
        for (stage, capacity) in capacities.iter().enumerate() {
            let before = std::mem::replace(&mut self.capacities[stage], *capacity);
            if before.total_cmp(capacity).is_ne() {
                self.event(at, "capacity", self.stage(stage), &capacity.to_string());
            }
        }
    }

    fn incident(&mut self, at: Time, _: u32, severity: usize, regime: Option<usize>) {
        let incidents = self.plan.scenario.incidents.as_ref();
        let severity = incidents.and_then(|i| i.severities.get(severity)).map_or("", |s| s.name.as_str());
        let regime = regime.map_or("", |r| self.regime_name(r));
        self.event(at, "incident", severity, regime);
    }

    fn regime(&mut self, at: Time, regime: usize) {
        self.event(at, "regime", self.regime_name(regime), "");
    }
}

impl<'p> Trace<'p> {
    fn hub(&self, hub: usize) -> &'p str {
        &self.plan.scenario.hubs[hub].name
    }

    fn organisation(&self, organisation: usize) -> &'p str {
        self.plan.scenario.organisations.get(organisation).map_or("", |o| o.name.as_str())
    }

    fn regime_name(&self, regime: usize) -> &'p str {
        match self.plan.scenario.incidents.as_ref().map(|i| &i.process) {
            Some(IncidentProcess::Regimes { regimes, .. }) => regimes.get(regime).map_or("", |r| r.name.as_str()),
            _ => "",
        }
    }
}
