//! A scenario as meant: every name resolved to an index, every unit in its type, every default filled in.
//!
//! Only this enters the model. Whatever could be wrong was refused before: the model has no checks and no "not given".
//! Laws of time are in microseconds, loads in tonnes and pallets.

use crate::calendar::{Calendar, Origin};
use crate::random::Law;
use crate::time::{Duration, Time};

pub use super::corridor::{
    AtFailure, Breakdown, Clearance, Delayed, Denied, Escort, FailureClock, Hub, Impeded, Interception, Need, Resource, Retry, Vehicles,
};
pub use super::crossing::{
    AtClose, AtClosure, DayEffect, Discipline, End, Extra, Flow, Outcome, OutcomeRule, Queue, QueueAtClose, QueueAtClosure, Stage, Target,
    WhenFull,
};
pub use super::developments::{Change, Contingent, Driver, Effect, EscortTeams, Moment, Peacekeeping, Steps};
pub use super::security::{
    ClosureProcess, Diversion, DiversionTarget, GivenClosure, IncidentProcess, Incidents, Policy, Precaution, Regime, RegimeStart,
    Reopening, Response, Severity, Spell, Trigger, Window,
};
pub use super::supply::{
    Approval, Arrivals, BarredAction, Cargo, ConvoyStream, Heat, Mix, Organisation, Repack, Restrictions, Status, TraceConvoy, Travellers,
    WhenClosed,
};

/// Index of a calendar in [`Scenario::calendars`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CalendarId(pub usize);

/// Index of a cargo kind in [`Scenario::cargos`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CargoId(pub usize);

/// Index of an organisation in [`Scenario::organisations`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OrganisationId(pub usize);

/// Index of a stage in [`Scenario::stages`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StageId(pub usize);

/// Index of a severity in [`Incidents::severities`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SeverityId(pub usize);

/// Index of a hub in [`Scenario::hubs`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HubId(pub usize);

/// Index of a resource in [`Scenario::resources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ResourceId(pub usize);

/// Index of a driver in [`Scenario::drivers`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DriverId(pub usize);

/// A world to simulate.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// Short name, used as `alternative` in results.
    pub name: String,
    /// One line for people.
    pub title: String,
    /// A paragraph for people.
    pub summary: String,
    /// Cited sources: key, and publisher, title, date, address.
    pub sources: Vec<(String, String)>,
    /// Days over which a need must be met for a day not to be below it.
    pub need_window: Duration,
    /// When the run starts and ends.
    pub horizon: Horizon,
    /// Named opening hours.
    pub calendars: Vec<(String, Calendar)>,
    /// Kinds of goods.
    pub cargos: Vec<Cargo>,
    /// Consignors.
    pub organisations: Vec<Organisation>,
    /// What happens to the trucks of barred organisations.
    pub restrictions: Restrictions,
    /// Stocks upstream from which convoys may draw.
    pub hubs: Vec<Hub>,
    /// Streams of convoys.
    pub convoys: Vec<ConvoyStream>,
    /// Streams of people who cross, apart from trucks.
    pub travellers: Vec<Travellers>,
    /// What stages and escorts share.
    pub resources: Vec<Resource>,
    /// Stages in the order of the route, escorts and the stages of travellers among them.
    pub stages: Vec<Stage>,
    /// Incidents, the same whatever the policy.
    pub incidents: Option<Incidents>,
    /// Closures given directly, the same whatever the policy.
    pub closures: Vec<GivenClosure>,
    /// How incidents turn into closures.
    pub policy: Policy,
    /// Troops by contributor.
    pub contingents: Vec<Contingent>,
    /// What troops do.
    pub peacekeeping: Option<Peacekeeping>,
    /// Uncertain developments.
    pub drivers: Vec<Driver>,
    /// When the state is looked at.
    pub observe: Observe,
}

/// The run's length.
#[derive(Clone, Debug, PartialEq)]
pub struct Horizon {
    /// Civil date and time at which the run starts.
    pub origin: Origin,
    /// From start to end, the warm-up included.
    pub length: Duration,
    /// What happens before this does not count.
    pub warm_up: Duration,
    /// What ends the run.
    pub stop: Stop,
}

impl Horizon {
    /// Start, length and warm-up: only alternatives that have the same are to be compared.
    pub fn period(&self) -> (String, Duration, Duration) {
        (self.origin.iso(Time::ZERO), self.length, self.warm_up)
    }
}

/// What ends a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The end of the horizon.
    AtEnd,
    /// The instant at which every stream has ended and no truck is left, at the latest the end of the horizon.
    WhenEmpty,
}

/// Instants at which the state is recorded, and trucks whose waits are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Observe {
    /// Clock times of every day, since midnight.
    pub daily: Vec<Duration>,
    /// Instants since the start.
    pub at: Vec<Time>,
    /// Numbers of visits, by order of arrival at each stage, from 1.
    pub first: Vec<u64>,
}

/// A law with the overrides that some cargos have.
#[derive(Clone, Debug, PartialEq)]
pub struct LawByCargo {
    /// For every cargo that has no own law.
    pub general: Law,
    /// Own laws.
    pub by_cargo: Vec<(CargoId, Law)>,
}

/// A probability with the overrides that some cargos have.
#[derive(Clone, Debug, PartialEq)]
pub struct ProbabilityByCargo {
    /// For every cargo that has no own probability.
    pub general: f64,
    /// Own probabilities.
    pub by_cargo: Vec<(CargoId, f64)>,
}

impl ProbabilityByCargo {
    /// The probability that holds for a cargo.
    pub fn of(&self, cargo: CargoId) -> f64 {
        self.by_cargo.iter().find(|(c, _)| *c == cargo).map_or(self.general, |(_, p)| *p)
    }
}
