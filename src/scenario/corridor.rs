//! What surrounds the stages: hubs upstream, shared resources, breakdowns, escorted convoys.

use super::supply::{Arrivals, Mix};
use super::world::{CalendarId, CargoId, OrganisationId, ResourceId, StageId};
use crate::random::{CountLaw, Law};
use crate::time::Duration;

/// A stock of truckloads upstream, from which convoys draw.
#[derive(Clone, Debug, PartialEq)]
pub struct Hub {
    /// Its name in the scenario.
    pub name: String,
    /// Truckloads at the start, approved and of age 0.
    pub initial_stock: u32,
    /// When batches come; none: nothing comes.
    pub inflow: Option<Arrivals>,
    /// Truckloads of a batch: the draw, but at least 1.
    pub batch: CountLaw,
    /// Senders send nothing while the stock is above this; none: they always send.
    pub stop_above: Option<u32>,
    /// Whether returned trucks try again; none: they end as returned.
    pub retry: Option<Retry>,
    /// Organisation of its loads in place of the general shares.
    pub organisation: Option<Mix<OrganisationId>>,
    /// Cargo of its loads in place of the organisations' shares.
    pub cargo: Option<Mix<CargoId>>,
}

/// Whether and when a returned truck takes a slot again.
#[derive(Clone, Debug, PartialEq)]
pub struct Retry {
    /// Probability that it tries again.
    pub probability: f64,
    /// Greatest number of tries, the first included.
    pub tries: u32,
    /// How long it is away, in microseconds.
    pub delay: Law,
}

/// Something that stages and escorts share: vehicles, teams, forklifts, staff.
#[derive(Clone, Debug, PartialEq)]
pub struct Resource {
    /// Its name in the scenario.
    pub name: String,
    /// Units.
    pub count: u32,
    /// When its units can be taken; none: always.
    pub calendar: Option<CalendarId>,
}

/// Units of a resource that a truck takes when its service starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Need {
    /// Which resource.
    pub resource: ResourceId,
    /// How many units.
    pub units: u32,
    /// The stage at whose end they are given back.
    pub released_after: StageId,
}

/// Failures of the lanes of a stage, each lane by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Breakdown {
    /// Time from the last repair to the next failure, in microseconds.
    pub every: Law,
    /// Time to repair, in microseconds.
    pub repair: Law,
    /// What the time between failures counts.
    pub clock: FailureClock,
    /// What a failure does to the truck under way.
    pub at_failure: AtFailure,
}

/// What the time between failures counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureClock {
    /// All time.
    Calendar,
    /// Time in service only.
    Busy,
}

/// What a failure does to the truck under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtFailure {
    /// It waits in its lane and goes on with what remained.
    Hold,
    /// It waits in its lane and begins again, with the same time.
    Restart,
    /// It goes to the head of the queue and goes on with what remained in the next free lane.
    Requeue,
}

/// What makes a stage an escort: trucks gather, and go together with a team.
#[derive(Clone, Debug, PartialEq)]
pub struct Escort {
    /// The resource of which each convoy takes one unit; none: unlimited.
    pub teams: Option<ResourceId>,
    /// Vehicles for its load; none: it needs none.
    pub vehicles: Option<Vehicles>,
    /// Least number of trucks of a convoy.
    pub size_min: u32,
    /// Greatest number of trucks of a convoy, drawn for each request.
    pub size_max: CountLaw,
    /// How long the oldest truck waits until a smaller convoy may go; none: for ever.
    pub max_wait: Option<Duration>,
    /// The answers to a request.
    pub clearance: Clearance,
    /// Time of a trip, in microseconds.
    pub trip: Law,
    /// Time from the arrival until the team is back, in microseconds.
    pub return_time: Law,
    /// What may happen on the way; none: nothing.
    pub intercepted: Option<Interception>,
}

/// Vehicles that a convoy needs for its load: the larger number of the two.
#[derive(Clone, Debug, PartialEq)]
pub struct Vehicles {
    /// Which resource they are.
    pub resource: ResourceId,
    /// Tonnes that one takes; none: without limit.
    pub tonnes: Option<f64>,
    /// Pallets that one takes; none: without limit.
    pub pallets: Option<f64>,
    /// Time from the arrival until they are back, in microseconds; none: they come back with the team.
    pub return_time: Option<Law>,
}

/// Probabilities of the answers to a request; they sum to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Clearance {
    /// It leaves at once.
    pub approved: f64,
    /// It leaves later.
    pub delayed: Option<Delayed>,
    /// It leaves, turns round and gathers again.
    pub impeded: Option<Impeded>,
    /// It asks again later.
    pub denied: Option<Denied>,
    /// As denied, counted apart.
    pub postponed: Option<Denied>,
}

/// The convoy leaves later, its team waiting.
#[derive(Clone, Debug, PartialEq)]
pub struct Delayed {
    /// How probable it is.
    pub probability: f64,
    /// How much later, in microseconds.
    pub by: Law,
}

/// The convoy turns round on its way.
#[derive(Clone, Debug, PartialEq)]
pub struct Impeded {
    /// How probable it is.
    pub probability: f64,
    /// How long after it left, in microseconds.
    pub turns_after: Law,
}

/// The convoy does not leave.
#[derive(Clone, Debug, PartialEq)]
pub struct Denied {
    /// How probable it is.
    pub probability: f64,
    /// When the same trucks ask again, in microseconds.
    pub retry: Law,
}

/// What may happen to a convoy on its way.
#[derive(Clone, Debug, PartialEq)]
pub struct Interception {
    /// How probable it is, by convoy.
    pub probability: f64,
    /// Share of its trucks that it loses then.
    pub share: Law,
}
