//! Where trucks come from: cargo kinds, organisations and their status, streams of convoys.

use super::crossing::DayEffect;
use super::world::{CalendarId, CargoId, HubId, OrganisationId, StageId};
use crate::calendar::Profile;
use crate::random::{CountLaw, Law};
use crate::time::{Duration, Time};

/// A kind of goods.
#[derive(Clone, Debug, PartialEq)]
pub struct Cargo {
    /// Its name in the scenario.
    pub name: String,
    /// Tonnes of a truckload.
    pub tonnes: Law,
    /// Pallets of a truckload.
    pub pallets: Law,
    /// Need in tonnes a day, where one is stated.
    pub need_tonnes_per_day: Option<f64>,
    /// Class in a priority queue: the lowest is served first; none: after all that state one.
    pub priority: Option<u32>,
    /// Time from entry into the model (hub, else dispatch) until the load expires, in microseconds; none: it keeps.
    pub shelf_life: Option<Law>,
    /// A season in which it expires faster.
    pub heat: Option<Heat>,
    /// Probability that screening rejects the whole truck.
    pub restricted: f64,
    /// What may follow a rejection.
    pub repack: Option<Repack>,
    /// Stock in Gaza at the start, in days of need.
    pub gaza_stock_days: Option<f64>,
}

/// A season of every year in which shelf life runs faster.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Heat {
    /// Month and day of its first day.
    pub from: (u8, u8),
    /// Month and day of its last day.
    pub to: (u8, u8),
    /// Shelf life runs 1/factor times as fast.
    pub factor: f64,
}

/// A rejected truck comes again with a part of its load.
#[derive(Clone, Debug, PartialEq)]
pub struct Repack {
    /// How probable it is.
    pub probability: f64,
    /// How long it takes, in microseconds.
    pub delay: Law,
    /// Share of the load that comes again; the rest counts as rejected tonnes.
    pub share: f64,
}

/// The request that comes before a truckload.
#[derive(Clone, Debug, PartialEq)]
pub struct Approval {
    /// Time from the request to the answer, in microseconds.
    pub lead: Law,
    /// Probability that it is refused.
    pub refused: f64,
    /// Share of the approved trucks that are returned at the end of their first service all the same.
    pub not_honoured: f64,
}

/// A consignor.
#[derive(Clone, Debug, PartialEq)]
pub struct Organisation {
    /// Its name in the scenario.
    pub name: String,
    /// Share of a convoy's trucks; shares sum to 1.
    pub share: f64,
    /// Shares of its cargo; they sum to 1.
    pub cargo: Vec<(CargoId, f64)>,
    /// Whether it may bring aid, and when.
    pub status: Status,
    /// Greatest number of trucks dispatched a calendar day.
    pub daily_quota: Option<u32>,
    /// The request before each truckload; none: none is needed.
    pub approval: Option<Approval>,
    /// Own rules of some cargos.
    pub approval_for: Vec<(CargoId, Approval)>,
}

impl Organisation {
    /// The rule for requests that holds for a cargo.
    pub fn approval_of(&self, cargo: CargoId) -> Option<&Approval> {
        self.approval_for
            .iter()
            .find(|(c, _)| *c == cargo)
            .map(|(_, own)| own)
            .or(self.approval.as_ref())
    }
}

/// Whether an organisation is registered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Status {
    /// At all times.
    Registered,
    /// At no time.
    Barred,
    /// Registered before this instant, barred from then on.
    BarredFrom(Time),
    /// Barred before this instant, registered from then on.
    RegisteredFrom(Time),
    /// Decided once a replication, in force from an instant on.
    RegisteredWith {
        /// Probability that it is registered.
        probability: f64,
        /// From when the decision holds.
        decided: Time,
        /// Whether it is registered before that.
        registered_before: bool,
    },
}

/// What the authorities do with the trucks of barred organisations.
#[derive(Clone, Debug, PartialEq)]
pub struct Restrictions {
    /// The rule for barred organisations.
    pub barred: BarredAction,
}

/// The fate of a barred organisation's truck.
#[derive(Clone, Debug, PartialEq)]
pub enum BarredAction {
    /// It ends as refused, before the first stage.
    Refuse,
    /// It waits until its organisation is registered.
    Hold,
    /// It goes on under another organisation.
    Reconsign {
        /// The organisation that takes it over.
        to: OrganisationId,
        /// How long that takes, in microseconds.
        delay: Law,
        /// Probability that it succeeds; otherwise the truck ends as refused.
        success: f64,
        /// Greatest number a calendar day; the others wait for the next.
        daily_cap: Option<u32>,
    },
}

/// How a kind is chosen for each truck of a stream.
#[derive(Clone, Debug, PartialEq)]
pub enum Mix<Id> {
    /// Drawn by shares that sum to 1.
    Shares(Vec<(Id, f64)>),
    /// Taken in turn, in the order of the stream's trucks over all its convoys.
    Cycle(Vec<Id>),
}

/// A stream of convoys.
#[derive(Clone, Debug, PartialEq)]
pub struct ConvoyStream {
    /// Its name in the scenario.
    pub name: String,
    /// When convoys come.
    pub arrivals: Arrivals,
    /// The stock from which it draws: sizes are slots then.
    pub draw_from: Option<HubId>,
    /// Trucks of a convoy (unused by a trace).
    pub size: CountLaw,
    /// A factor common to the sizes of a day.
    pub day_effect: Option<DayEffect>,
    /// Lag-1 correlation of the normal scores behind successive sizes.
    pub autocorrelation: f64,
    /// Cargo of its trucks in place of the organisations' shares.
    pub cargo: Option<Mix<CargoId>>,
    /// Organisation of its trucks in place of the general shares.
    pub organisation: Option<Mix<OrganisationId>>,
    /// The stage at which its trucks arrive.
    pub enters: StageId,
    /// The stage whose capacity left by security multiplies its sizes.
    pub follows: Option<StageId>,
    /// What a convoy does while its first stage is closed by security.
    pub when_closed: WhenClosed,
    /// It ends after so many convoys.
    pub limit: Option<u64>,
}

/// A stream of people who cross; they pass through stages of their own.
#[derive(Clone, Debug, PartialEq)]
pub struct Travellers {
    /// Its name in the scenario.
    pub name: String,
    /// When groups come.
    pub arrivals: Arrivals,
    /// People of a group.
    pub size: CountLaw,
    /// Lag-1 correlation of the normal scores behind successive sizes.
    pub autocorrelation: f64,
    /// The stage at which they arrive.
    pub enters: StageId,
    /// It ends after so many groups.
    pub limit: Option<u64>,
}

/// What a convoy does that is due while its first stage is closed by security.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhenClosed {
    /// It goes all the same.
    Go,
    /// It leaves at the reopening.
    Wait,
}

/// When convoys come.
#[derive(Clone, Debug, PartialEq)]
pub enum Arrivals {
    /// A Poisson process; with a profile its rate is `per_hour` times the factor of the hour.
    Poisson {
        /// Convoys an hour at factor 1.
        per_hour: f64,
        /// Factors by hour.
        profile: Option<Profile>,
    },
    /// Independent intervals, the first from the start.
    Renewal {
        /// Their law in microseconds.
        every: Law,
    },
    /// Clock times and dated instants.
    Schedule {
        /// Clock times since midnight, ascending.
        times: Vec<Duration>,
        /// On which days of the week the clock times hold, Monday first.
        days: [bool; 7],
        /// Dated instants, once each, ascending.
        at: Vec<Time>,
        /// Added to each instant, in microseconds.
        jitter: Option<Law>,
        /// Clock times only on days on which an interval of this calendar begins.
        calendar: Option<CalendarId>,
    },
    /// As recorded, ascending.
    Trace(Vec<TraceConvoy>),
}

/// A recorded convoy.
#[derive(Clone, Debug, PartialEq)]
pub struct TraceConvoy {
    /// When it comes.
    pub at: Time,
    /// Number of trucks.
    pub trucks: u32,
    /// Organisation of all its trucks, where recorded.
    pub organisation: Option<OrganisationId>,
    /// Cargo of all its trucks, where recorded.
    pub cargo: Option<CargoId>,
    /// Tonnes of the whole convoy, shared evenly, where recorded.
    pub tonnes: Option<f64>,
}
