//! What may change while the crossing works: troops by contributor, and uncertain developments with their effects on parameters.

use super::parameter::{Parameter, Value};
use super::world::{DriverId, ResourceId};
use crate::random::Law;
use crate::time::{Duration, Time};

/// When something happens: an instant, perhaps with a random delay.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// From when the delay counts.
    pub from: Time,
    /// The delay, in microseconds; none: no delay.
    pub delay: Option<Law>,
}

/// Troops of one contributor.
#[derive(Clone, Debug, PartialEq)]
pub struct Contingent {
    /// Its name in the scenario.
    pub name: String,
    /// Number of troops.
    pub troops: f64,
    /// Probability that they come.
    pub probability: f64,
    /// When they come.
    pub arrives: Moment,
    /// Their number grows over so long, linearly, in daily steps.
    pub build_up: Duration,
    /// What share of their strength takes effect.
    pub effectiveness: f64,
}

/// What troops do.
#[derive(Clone, Debug, PartialEq)]
pub struct Peacekeeping {
    /// The strength s is the effective troops over this.
    pub target_troops: f64,
    /// Teams that effective troops provide.
    pub escort_teams: Option<EscortTeams>,
    /// Incident rates are multiplied by max(0, 1 - this × s).
    pub incident_elasticity: f64,
    /// Effects that act as 1 - (1 - e) × min(s, 1); each multiplies.
    pub effects: Vec<Effect>,
}

/// Teams that effective troops provide, in whole numbers, beside the count of their resource.
#[derive(Clone, Debug, PartialEq)]
pub struct EscortTeams {
    /// The resource to which they are added.
    pub resource: ResourceId,
    /// Effective troops for each team.
    pub per_troops: f64,
}

/// An uncertain development.
#[derive(Clone, Debug, PartialEq)]
pub struct Driver {
    /// Its name in the scenario.
    pub name: String,
    /// One line for people.
    pub title: String,
    /// Probability that it happens.
    pub probability: f64,
    /// When.
    pub when: Moment,
    /// Only once this one has happened.
    pub after: Option<DriverId>,
    /// How long it lasts, in microseconds; none: for good.
    pub lasts: Option<Law>,
    /// Scales its effects, from 0 (none) to 1.
    pub level: f64,
    /// What it changes.
    pub effects: Vec<Effect>,
}

/// A change of a parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// Which parameter.
    pub parameter: Parameter,
    /// How it changes.
    pub change: Change,
    /// It comes in equal daily steps over so long; 0: at once.
    pub over: Duration,
}

/// How a parameter changes. Sizes may be uncertain: they are drawn once a replication.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// It is multiplied.
    Multiply(Law),
    /// So much is added, in the unit of the parameter (microseconds for a time, per hour for a rate).
    Add(Law),
    /// It becomes this.
    Set(Value),
}
