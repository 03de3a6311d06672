//! The chain of stages: lanes, services, queues, calendars, outcomes.

use super::corridor::{Breakdown, Escort, Need, Retry};
use super::world::{CalendarId, LawByCargo, ProbabilityByCargo, StageId};
use crate::random::Law;
use crate::time::Duration;

/// How a truck's way through the model ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// Aid handed over.
    Delivered,
    /// Sent back for good.
    Returned,
    /// Goods not allowed.
    Rejected,
    /// Organisation not allowed.
    Refused,
    /// Shelf life or patience over.
    Expired,
    /// No room in a yard.
    Lost,
    /// Turned back by a closure, for good.
    TurnedBack,
    /// Taken on the way.
    Intercepted,
    /// Load lost in an incident.
    LostToIncident,
    /// Delivered by another entry point.
    Diverted,
}

impl End {
    /// All ends, in the order of the result tables.
    pub const ALL: [End; 10] = [
        End::Delivered,
        End::Returned,
        End::Rejected,
        End::Refused,
        End::Expired,
        End::Lost,
        End::TurnedBack,
        End::Intercepted,
        End::LostToIncident,
        End::Diverted,
    ];

    /// The word of scenarios and results.
    pub const fn name(self) -> &'static str {
        match self {
            End::Delivered => "delivered",
            End::Returned => "returned",
            End::Rejected => "rejected",
            End::Refused => "refused",
            End::Expired => "expired",
            End::Lost => "lost",
            End::TurnedBack => "turned_back",
            End::Intercepted => "intercepted",
            End::LostToIncident => "lost_to_incident",
            End::Diverted => "diverted",
        }
    }
}

/// Where a truck goes when it leaves a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// To another stage, or the same again.
    Stage(StageId),
    /// Out of the model.
    End(End),
}

/// A step of the way, with its lanes and its yard.
#[derive(Clone, Debug, PartialEq)]
pub struct Stage {
    /// Its name in the scenario.
    pub name: String,
    /// Identical servers; none: unlimited (a pure delay).
    pub lanes: Option<u32>,
    /// Time of a service, in microseconds.
    pub service: LawByCargo,
    /// More time in the same lane, with a probability.
    pub extras: Vec<Extra>,
    /// The yard.
    pub queue: Queue,
    /// When it is staffed; none: always.
    pub calendar: Option<CalendarId>,
    /// No new service starts so long before closing.
    pub last_start: Duration,
    /// What closing time does to the services under way.
    pub at_close: AtClose,
    /// What the end of the day does to those who wait.
    pub queue_at_close: QueueAtClose,
    /// What a security closure does to the services under way.
    pub at_closure: AtClosure,
    /// What a security closure does to those who wait.
    pub queue_at_closure: QueueAtClosure,
    /// How long a turned-back truck stays away, in microseconds; none: for good.
    pub return_delay: Option<Law>,
    /// Name under which the trucks that leave it are counted.
    pub counts_as: Option<String>,
    /// How long a truck waits before it ends as expired, in microseconds.
    pub patience: Option<Law>,
    /// Where some trucks go; the rest goes to `next`.
    pub outcomes: Vec<Outcome>,
    /// Where the rest goes.
    pub next: Target,
    /// Whether restricted goods are found here.
    pub screens: bool,
    /// What passes through it.
    pub serves: Flow,
    /// What a truck takes beside a lane when its service starts.
    pub needs: Vec<Need>,
    /// Failures of its lanes; none: they never fail.
    pub breakdown: Option<Breakdown>,
    /// A factor common to the services of a day.
    pub day_effect: Option<DayEffect>,
    /// Spread of a factor common to the odds of a day's outcomes, as a coefficient of variation; 0: none.
    pub outcome_odds_cv: f64,
    /// What makes it an escort: then it has no lanes, and its services are trips.
    pub escort: Option<Box<Escort>>,
}

/// What passes through a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// Trucks.
    Trucks,
    /// People.
    Travellers,
}

/// A lognormal factor of mean 1, common to all that falls on a calendar day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DayEffect {
    /// Coefficient of variation.
    pub cv: f64,
    /// Lag-1 correlation of the normal scores behind the factors of successive days.
    pub autocorrelation: f64,
}

/// Extra time in the lane, such as a search by hand.
#[derive(Clone, Debug, PartialEq)]
pub struct Extra {
    /// Its name in the scenario.
    pub name: String,
    /// How probable it is.
    pub probability: ProbabilityByCargo,
    /// How long it takes, in microseconds.
    pub time: Law,
}

/// The waiting yard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Queue {
    /// Who is next.
    pub discipline: Discipline,
    /// Places; none: unlimited.
    pub capacity: Option<u32>,
    /// What a full yard does.
    pub when_full: WhenFull,
}

/// Who is next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Discipline {
    /// First come, first served.
    Fifo,
    /// By the cargo's priority, first come first served within a class, no preemption.
    Priority,
    /// By the cargo's priority; a truck of a lower class in a lane makes way and goes on later with what remained.
    PreemptivePriority,
    /// Last come, first served.
    Lifo,
}

/// What a full yard does to who would enter it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhenFull {
    /// The truck stays where it is.
    Block,
    /// The truck leaves as lost.
    Lose,
}

/// What closing time does to the services under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtClose {
    /// They go on to their end.
    Finish,
    /// They pause and go on with what remained.
    Hold,
    /// They begin again, with the same time.
    Restart,
}

/// What a security closure does to the services under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtClosure {
    /// They go on to their end.
    Finish,
    /// They pause and go on with what remained.
    Hold,
    /// They begin again, with the same time.
    Restart,
    /// Their trucks leave.
    TurnBack,
}

/// What the end of the day does to those who wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueueAtClose {
    /// They stay.
    Hold,
    /// They end as returned.
    Return,
}

/// What a security closure does to those who wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueueAtClosure {
    /// They stay.
    Hold,
    /// They leave.
    TurnBack,
}

/// A way out of a stage other than `next`.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Its name in the scenario.
    pub name: String,
    /// Who takes it.
    pub rule: OutcomeRule,
    /// Where it leads.
    pub to: Target,
    /// Own rule for trying again of trucks that it returns; none: that of their hub.
    pub retry: Option<Retry>,
}

/// Who takes an outcome.
#[derive(Clone, Debug, PartialEq)]
pub enum OutcomeRule {
    /// Each truck with a probability.
    Probability(ProbabilityByCargo),
    /// Every so-manieth truck that ends service at the stage.
    Every(u32),
}
