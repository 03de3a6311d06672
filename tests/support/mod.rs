//! Worlds written in the tests, run in memory, and what was seen of them.
#![allow(dead_code, reason = "each test file uses its part")]

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use rafah::model::{Aside, Cause, Leaves, Observer, Plan, Simulation, Truck, TruckId};
use rafah::scenario::{End, Reader, Scenario};
use rafah::time::Time;

/// Files that exist only here.
pub struct Files(pub BTreeMap<&'static str, String>);

impl Reader for Files {
    fn read(&self, path: &Path) -> io::Result<String> {
        let found = self.0.iter().find(|(name, _)| Path::new(name) == path);
        found.map(|(_, text)| text.clone()).ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
    }
}

/// Reads a world from its text; panics with the messages where it is wrong.
pub fn world(text: &str) -> Scenario {
    let files = Files(BTreeMap::from([("world.toml", text.to_owned())]));
    match rafah::scenario::load(Path::new("world.toml"), &[], &files) {
        Ok(loaded) => loaded.scenario,
        Err(refused) => panic!("{:?}", refused.issues.iter().map(|i| &i.message).collect::<Vec<_>>()),
    }
}

/// A visit of a truck to a stage.
#[derive(Clone, Debug, PartialEq)]
pub struct Visit {
    pub convoy: (u16, u32),
    pub position: u32,
    pub truck: u32,
    pub stage: usize,
    pub arrived: f64,
    /// First start, in minutes; none: never served.
    pub started: Option<f64>,
    pub completed: Option<f64>,
    pub left: f64,
    pub to: Leaves,
}

/// Everything that was told of a replication, as lines, and its visits in order of leaving.
#[derive(Default)]
pub struct Log {
    pub lines: Vec<(Time, String)>,
    pub visits: Vec<Visit>,
    pub ends: Vec<(u32, f64, End)>,
    pub trucks: Vec<(u16, u32, u32, u16, u16, i64)>,
}

impl Log {
    fn line(&mut self, at: Time, text: String) {
        self.lines.push((at, text));
    }

    /// Visits to a stage in order of trucks.
    pub fn at(&self, stage: usize) -> Vec<&Visit> {
        let mut visits: Vec<&Visit> = self.visits.iter().filter(|v| v.stage == stage).collect();
        visits.sort_by_key(|v| v.truck);
        visits
    }

    /// Starts of service at a stage in minutes, by truck; only those that were served.
    pub fn starts(&self, stage: usize) -> Vec<f64> {
        self.at(stage).iter().filter_map(|v| v.started).collect()
    }

    /// Instants of leaving a stage in minutes, by truck.
    pub fn leavings(&self, stage: usize) -> Vec<f64> {
        self.at(stage).iter().map(|v| v.left).collect()
    }

    /// Numbers of trucks that ended so, in order.
    pub fn ended(&self, end: End) -> Vec<u32> {
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
        self.trucks.push((truck.stream, truck.convoy, truck.entity.member, truck.organisation, truck.cargo, truck.grams));
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
    fn incident(&mut self, at: Time, number: u32, severity: usize, _: Option<usize>) {
        self.line(at, format!("incident {number} of severity {severity}"));
    }
}

/// Runs a replication of a world.
pub fn run(text: &str, seed: u64, replication: u32) -> Log {
    let plan = Plan::compile(&world(text));
    let mut log = Log::default();
    Simulation::new(&plan).run(seed, replication, &mut log);
    log
}
