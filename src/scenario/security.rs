//! What happens (incidents, given closures) and what is decided (the policy), kept apart.

use super::world::{AtClosure, CargoId, QueueAtClosure, SeverityId, StageId};
use crate::random::Law;
use crate::time::{Duration, Time};

/// Incidents, the same whatever the policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Incidents {
    /// When they happen.
    pub process: IncidentProcess,
    /// How grave they are; never empty.
    pub severities: Vec<Severity>,
}

/// A class of incidents.
#[derive(Clone, Debug, PartialEq)]
pub struct Severity {
    /// Its name in the scenario.
    pub name: String,
    /// Probability that an incident is of this class; they sum to 1.
    pub share: f64,
    /// Weight in the exposure.
    pub weight: f64,
    /// Probability that an exposed truck's load is lost.
    pub loss: f64,
}

/// When incidents happen.
#[derive(Clone, Debug, PartialEq)]
pub enum IncidentProcess {
    /// At a constant rate.
    Poisson {
        /// Incidents an hour.
        per_hour: f64,
    },
    /// Self-exciting with an exponential kernel (Hawkes 1971), no history at the start.
    Hawkes {
        /// Incidents an hour without any before.
        base_per_hour: f64,
        /// Mean number that each one brings about, below 1.
        branching: f64,
        /// Mean lag of those.
        decay: Duration,
    },
    /// Modulated by a Markov chain in continuous time.
    Regimes {
        /// The state at the start.
        start: RegimeStart,
        /// The states.
        regimes: Vec<Regime>,
    },
    /// As recorded, ascending.
    Trace(Vec<(Time, SeverityId)>),
}

/// The state in which the chain of regimes starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegimeStart {
    /// A given one, by index.
    State(usize),
    /// Drawn from the stationary law.
    Stationary,
}

/// A state of the security situation.
#[derive(Clone, Debug, PartialEq)]
pub struct Regime {
    /// Its name in the scenario.
    pub name: String,
    /// Mean of the exponential stay.
    pub mean_stay: Duration,
    /// Incidents an hour.
    pub per_hour: f64,
    /// Where it leads, by index, with shares that sum to 1.
    pub to: Vec<(usize, f64)>,
}

/// A closure given directly.
#[derive(Clone, Debug, PartialEq)]
pub struct GivenClosure {
    /// Its name in the scenario.
    pub name: String,
    /// Its spells.
    pub process: ClosureProcess,
    /// Share of the lanes that stay, where a spell does not say.
    pub capacity: f64,
    /// The stages it acts on, where a spell does not say.
    pub scope: Vec<StageId>,
    /// Whether spells run from the start of their day for whole days.
    pub whole_days: bool,
}

/// The spells of a given closure.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "a scenario has few closures: their size costs nothing")]
pub enum ClosureProcess {
    /// Open and closed spells in turn, independent.
    Renewal {
        /// Open spells, in microseconds.
        open: Law,
        /// Closed spells, in microseconds.
        closed: Law,
        /// Whether an open spell begins at the start.
        starts_open: bool,
    },
    /// Dated spells, ascending by start.
    Spells(Vec<Spell>),
}

/// A dated spell of closure.
#[derive(Clone, Debug, PartialEq)]
pub struct Spell {
    /// Its first instant.
    pub from: Time,
    /// The first instant after it.
    pub to: Time,
    /// Share of the lanes that stay; none: as the closure says.
    pub capacity: Option<f64>,
    /// The stages it acts on; none: as the closure says.
    pub scope: Option<Vec<StageId>>,
}

/// How incidents turn into closures, and what closures do.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// Its name.
    pub name: String,
    /// By severity; severities without a response close nothing.
    pub responses: Vec<(SeverityId, Response)>,
    /// Longer closures after several incidents.
    pub triggers: Vec<Trigger>,
    /// Steps of capacity after a full closure by the policy, in order.
    pub reopening: Vec<Reopening>,
    /// Hours in which named cargos pass.
    pub window: Option<Window>,
    /// Closing in advance, on warnings.
    pub precaution: Option<Precaution>,
    /// Another way for trucks that wait for long.
    pub diversion: Option<Diversion>,
    /// The general rule for services under way (already copied into every stage that has no own).
    pub at_closure: AtClosure,
    /// The general rule for those who wait (already copied into every stage that has no own).
    pub queue_at_closure: QueueAtClosure,
    /// The general delay of turned-back trucks, in microseconds (already copied likewise).
    pub return_delay: Option<Law>,
}

/// The closure that an incident brings.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// Share of the lanes that stay.
    pub capacity: f64,
    /// How long, in microseconds.
    pub length: Law,
    /// The stages it acts on.
    pub scope: Vec<StageId>,
    /// It ends no sooner than so long after the last incident that has a response.
    pub quiet: Duration,
    /// It begins so long after the incident.
    pub notice: Duration,
    /// Whether it runs from the start of its day for whole days.
    pub whole_days: bool,
}

/// A closure after several incidents within a window.
#[derive(Clone, Debug, PartialEq)]
pub struct Trigger {
    /// Its name in the scenario.
    pub name: String,
    /// So many incidents that have a response …
    pub incidents: u32,
    /// … within so long.
    pub within: Duration,
    /// Share of the lanes that stay.
    pub capacity: f64,
    /// How long, in microseconds.
    pub length: Law,
    /// The stages it acts on.
    pub scope: Vec<StageId>,
    /// Whether it runs from the start of its day for whole days.
    pub whole_days: bool,
}

/// A step of the reopening.
#[derive(Clone, Debug, PartialEq)]
pub struct Reopening {
    /// Share of the lanes that work.
    pub capacity: f64,
    /// How long the step lasts, in microseconds.
    pub length: Law,
}

/// A humanitarian window.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    /// Half-open intervals of every day, since midnight; an end before its start lies on the next day.
    pub hours: Vec<(Duration, Duration)>,
    /// Who passes.
    pub cargo: Vec<CargoId>,
}

/// Closing in advance, on warnings.
#[derive(Clone, Debug, PartialEq)]
pub struct Precaution {
    /// Share of the incidents that are warned of.
    pub hit: f64,
    /// How long before the incident the warning comes.
    pub lead: Duration,
    /// Warnings an hour that no incident follows.
    pub false_alarms_per_hour: f64,
    /// Share of the lanes that stay.
    pub capacity: f64,
    /// How long the closure lasts from the warning on, in microseconds.
    pub length: Law,
    /// The stages it acts on.
    pub scope: Vec<StageId>,
}

/// Another way for trucks that wait at stages that are closed for long.
#[derive(Clone, Debug, PartialEq)]
pub struct Diversion {
    /// So long after a stage was closed, and every 24 h after.
    pub after: Duration,
    /// Where the trucks go.
    pub to: DiversionTarget,
    /// Share of the waiting trucks.
    pub share: f64,
    /// How long that takes, in microseconds.
    pub delay: Law,
    /// Greatest number a calendar day; none: no limit.
    pub daily_cap: Option<u32>,
}

/// Where diverted trucks go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DiversionTarget {
    /// Another entry point, by its label: their way through the model ends as diverted.
    Elsewhere(String),
    /// A stage.
    Stage(StageId),
}
