//! Worlds written in the tests, run in memory, and what was seen of them.
#![allow(dead_code, reason = "each test file uses its part")]

pub(crate) mod choices;
pub(crate) mod idle;

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use rafah::model::{Answer, Aside, Cause, HubExit, Leaves, Observer, Plan, Simulation, Trip, Truck, TruckId};
use rafah::scenario::{End, Reader, Scenario};
use rafah::time::Time;

/// Files that exist only here.
pub(crate) struct Files(pub(crate) BTreeMap<&'static str, String>);

impl Reader for Files {
    fn read(&self, path: &Path) -> io::Result<String> {
        let found = self.0.iter().find(|(name, _)| Path::new(name) == path);
        found
            .map(|(_, text)| text.clone())
            .ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
    }
}

/// Reads a world from its text; panics with the messages where it is wrong.
pub(crate) fn world(text: &str) -> Scenario {
    let files = Files(BTreeMap::from([("world.toml", text.to_owned())]));
    match rafah::scenario::load(Path::new("world.toml"), &[], &files) {
        Ok(loaded) => loaded.scenario,
        Err(refused) => panic!("{:?}", refused.issues.iter().map(|i| &i.message).collect::<Vec<_>>()),
    }
}

/// A visit of a truck to a stage.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Visit {
    pub(crate) convoy: (u16, u32),
    pub(crate) position: u32,
    pub(crate) truck: u32,
    pub(crate) stage: usize,
    pub(crate) arrived: f64,
    /// First start, in minutes; none: never served.
    pub(crate) started: Option<f64>,
    pub(crate) completed: Option<f64>,
    pub(crate) left: f64,
    pub(crate) to: Leaves,
}

/// Everything that was told of a replication, as lines, and its visits in order of leaving.
#[derive(Default)]
pub(crate) struct Log {
    pub(crate) lines: Vec<(Time, String)>,
    pub(crate) visits: Vec<Visit>,
    pub(crate) ends: Vec<(u32, f64, End)>,
    pub(crate) trucks: Vec<(u16, u32, u32, u16, u16, i64)>,
    pub(crate) trips: Vec<Trip>,
}

impl Log {
    /// Instants, in minutes, of the lines that begin so.
    pub(crate) fn when(&self, begins: &str) -> Vec<f64> {
        let lines = self.lines.iter().filter(|l| l.1.starts_with(begins));
        lines.map(|l| l.0.as_minutes()).collect()
    }

    /// Lines that begin so.
    pub(crate) fn said(&self, begins: &str) -> Vec<&str> {
        let lines = self.lines.iter().filter(|l| l.1.starts_with(begins));
        lines.map(|l| l.1.as_str()).collect()
    }

    /// Starts of service at a stage in minutes, in order of time.
    pub(crate) fn starts_in_time(&self, stage: usize) -> Vec<f64> {
        let mut starts = self.starts(stage);
        starts.sort_by(f64::total_cmp);
        starts
    }

    fn line(&mut self, at: Time, text: String) {
        self.lines.push((at, text));
    }

    /// Visits to a stage in order of trucks.
    pub(crate) fn at(&self, stage: usize) -> Vec<&Visit> {
        let mut visits: Vec<&Visit> = self.visits.iter().filter(|v| v.stage == stage).collect();
        visits.sort_by_key(|v| v.truck);
        visits
    }

    /// Starts of service at a stage in minutes, by truck; only those that were served.
    pub(crate) fn starts(&self, stage: usize) -> Vec<f64> {
        self.at(stage).iter().filter_map(|v| v.started).collect()
    }

    /// Instants of leaving a stage in minutes, by truck.
    pub(crate) fn leavings(&self, stage: usize) -> Vec<f64> {
        self.at(stage).iter().map(|v| v.left).collect()
    }

    /// Numbers of trucks that ended so, in order.
    pub(crate) fn ended(&self, end: End) -> Vec<u32> {
        let mut numbers: Vec<u32> = self.ends.iter().filter(|e| e.2 == end).map(|e| e.0).collect();
        numbers.sort_unstable();
        numbers
    }
}

fn minutes(at: Time) -> Option<f64> {
    (at != Time::NEVER).then(|| at.as_minutes())
}

impl Observer for Log {
    fn convoy(&mut self, at: Time, stream: usize, number: u32, trucks: u32) {
        self.line(at, format!("convoy {stream}/{number} of {trucks}"));
    }
    fn dispatched(&mut self, at: Time, _: TruckId, truck: &Truck) {
        self.trucks.push((
            truck.stream,
            truck.convoy,
            truck.entity.member,
            truck.organisation,
            truck.cargo,
            truck.grams,
        ));
        self.line(at, format!("truck {} dispatched", truck.number));
    }
    fn set_aside(&mut self, at: Time, _: TruckId, truck: &Truck, place: Aside) {
        self.line(at, format!("truck {} aside {place:?}", truck.number));
    }
    fn reconsigned(&mut self, at: Time, _: TruckId, truck: &Truck) {
        self.line(at, format!("truck {} reconsigned", truck.number));
    }
    fn arrived(&mut self, at: Time, _: TruckId, truck: &Truck) {
        self.line(at, format!("truck {} arrives at {}", truck.number, truck.stage));
    }
    fn started(&mut self, at: Time, _: TruckId, truck: &Truck) {
        self.line(at, format!("truck {} starts", truck.number));
    }
    fn paused(&mut self, at: Time, _: TruckId, truck: &Truck) {
        self.line(at, format!("truck {} pauses", truck.number));
    }
    fn resumed(&mut self, at: Time, _: TruckId, truck: &Truck) {
        self.line(at, format!("truck {} goes on", truck.number));
    }
    fn completed(&mut self, at: Time, _: TruckId, truck: &Truck) {
        self.line(at, format!("truck {} served", truck.number));
    }
    fn left(&mut self, at: Time, _: TruckId, truck: &Truck, to: Leaves) {
        self.line(at, format!("truck {} leaves to {to:?}", truck.number));
        self.visits.push(Visit {
            convoy: (truck.stream, truck.convoy),
            position: truck.entity.member,
            truck: truck.number,
            stage: truck.stage as usize,
            arrived: truck.arrived.as_minutes(),
            started: minutes(truck.started),
            completed: minutes(truck.completed),
            left: at.as_minutes(),
            to,
        });
    }
    fn ended(&mut self, at: Time, _: TruckId, truck: &Truck, end: End, cause: Cause) {
        self.ends.push((truck.number, at.as_minutes(), end));
        self.line(at, format!("truck {} ends {} {cause:?}", truck.number, end.name()));
    }
    fn calendar(&mut self, at: Time, stage: usize, open: bool) {
        self.line(at, format!("calendar of {stage} open {open}"));
    }
    fn security(&mut self, at: Time, capacities: &[f64], _: &[rafah::model::ActiveClosure]) {
        self.line(at, format!("capacities {capacities:?}"));
    }
    fn dispatched_again(&mut self, at: Time, _: TruckId, truck: &Truck) {
        self.line(at, format!("truck {} dispatched again, try {}", truck.number, truck.tries));
    }
    fn returned(&mut self, at: Time, _: TruckId, truck: &Truck, cause: Cause, again: bool) {
        self.line(at, format!("truck {} returned {cause:?} again {again}", truck.number));
    }
    fn put_back(&mut self, at: Time, _: TruckId, truck: &Truck) {
        self.line(at, format!("truck {} put back", truck.number));
    }
    fn taken_up(&mut self, at: Time, _: TruckId, truck: &Truck) {
        self.line(at, format!("truck {} taken up", truck.number));
    }
    fn repacked(&mut self, at: Time, _: TruckId, truck: &Truck, rejected_grams: i64) {
        self.line(at, format!("truck {} repacked, {rejected_grams} g rejected", truck.number));
    }
    fn lanes_down(&mut self, at: Time, stage: usize, down: u32, failed: bool) {
        self.line(at, format!("lanes down at {stage}: {down}, failed {failed}"));
    }
    fn resource(&mut self, at: Time, resource: usize, in_use: u32, available: u32, waiting: u32) {
        self.line(at, format!("resource {resource}: {in_use} of {available}, {waiting} wait"));
    }
    fn answered(&mut self, at: Time, stage: usize, answer: Answer) {
        self.line(at, format!("answer at {stage}: {answer:?}"));
    }
    fn trip(&mut self, at: Time, _: usize, trip: &Trip) {
        self.line(at, format!("trip of {}", trip.trucks));
        self.trips.push(*trip);
    }
    fn hub_batch(&mut self, at: Time, hub: usize, organisation: usize, loads: u32, sent: bool) {
        self.line(at, format!("batch of {loads} to hub {hub} by {organisation} sent {sent}"));
    }
    fn hub_stock(&mut self, at: Time, hub: usize, stock: u32) {
        self.line(at, format!("stock of hub {hub}: {stock}"));
    }
    fn hub_drawn(&mut self, at: Time, hub: usize, slots: u32, loads: u32) {
        self.line(at, format!("{loads} of hub {hub} in {slots} slots"));
    }
    fn hub_exit(&mut self, at: Time, hub: usize, _: usize, _: usize, why: HubExit) {
        self.line(at, format!("load leaves hub {hub}: {why:?}"));
    }
    fn hub_held(&mut self, at: Time, hub: usize, organisation: usize) {
        self.line(at, format!("load of {organisation} held in hub {hub}"));
    }
    fn denied(&mut self, at: Time, organisation: usize, _: usize) {
        self.line(at, format!("request of {organisation} denied"));
    }
    fn exposure(&mut self, at: Time, _: u32, trucks: u32, exposure: f64, lost: u32) {
        self.line(at, format!("exposed {trucks} weighted {exposure} lost {lost}"));
    }
    fn driver(&mut self, at: Time, driver: usize, sizes: Option<&[f64]>) {
        self.line(at, format!("driver {driver} {}", if sizes.is_some() { "begins" } else { "ends" }));
    }
    fn contingent(&mut self, at: Time, contingent: usize) {
        self.line(at, format!("contingent {contingent}"));
    }
    fn incident(&mut self, at: Time, number: u32, severity: usize, _: Option<usize>) {
        self.line(at, format!("incident {number} of severity {severity}"));
    }
}

/// Runs a replication of a world.
pub(crate) fn run(text: &str, seed: u64, replication: u32) -> Log {
    let plan = Plan::compile(&world(text));
    let mut log = Log::default();
    Simulation::new(&plan).run(seed, replication, &mut log);
    log
}

/// Whether numbers are the same but for rounding.
pub(crate) fn close_to(a: &[f64], b: &[f64]) {
    assert!(
        a.len() == b.len() && a.iter().zip(b).all(|(x, y)| (x - y).abs() < 1e-6),
        "{a:?} is not {b:?}"
    );
}

/// A world of one kind of goods and one organisation: so many days from Thursday, 1 January 2026, and what is written of it.
pub(crate) fn hand_world(days: u32, rest: &str) -> String {
    format!(
        r#"
format = 1
[scenario]
name = "hand"
[horizon]
start = 2026-01-01
length = "{days}d"
[cargo.goods]
load = {{ tonnes = 20 }}
[organisation.all]
share = 1
cargo = {{ goods = 1 }}
{rest}
"#
    )
}

/// One truck at each of these minutes.
pub(crate) fn singles(minutes: &[u32]) -> String {
    let at: Vec<String> = minutes.iter().map(|m| dated(*m)).collect();
    format!(
        "[convoy.trucks]\narrivals = {{ process = \"schedule\", at = [{}] }}\nsize = 1\n",
        at.join(", ")
    )
}

/// One convoy of so many trucks at this minute.
pub(crate) fn convoy(minute: u32, trucks: u32) -> String {
    singles(&[minute]).replace("size = 1", &format!("size = {trucks}"))
}

/// A minute of the run as a date.
pub(crate) fn dated(minute: u32) -> String {
    format!("2026-01-{:02}T{:02}:{:02}:00", 1 + minute / 1440, minute % 1440 / 60, minute % 60)
}

/// A closure between two minutes.
pub(crate) fn closed(from: u32, to: u32, more: &str) -> String {
    format!(
        "[closure.c]\nprocess = \"schedule\"\nspells = [{{ from = {}, to = {} }}]\n{more}\n",
        dated(from),
        dated(to)
    )
}

/// Incidents at these minutes, all of the severity `major` unless said otherwise.
pub(crate) fn incidents(minutes: &[u32], severity: &str) -> String {
    let rows: Vec<String> = minutes
        .iter()
        .map(|m| format!("{{ at = {}, severity = \"major\" }}", dated(*m)))
        .collect();
    format!(
        "[security.incidents]\nprocess = \"trace\"\nrows = [{}]\nseverity = {{ major = {{ share = 1{severity} }} }}\n",
        rows.join(", ")
    )
}
