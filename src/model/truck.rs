//! A truck: what it is, and where it stands.

use crate::random::Entity;
use crate::scenario::End;
use crate::time::Time;

/// Place of a truck in the arena of a replication; used again for another truck after its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TruckId(pub u32);

impl TruckId {
    /// As an index.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// What happens to a visit when it is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaves {
    /// On to this stage, by index.
    Stage(usize),
    /// The truck's way ends here.
    End(End),
    /// Turned back by a closure, to come again.
    TurnedBack,
    /// Returned to its hub, to try again.
    Returned,
    /// Rejected, to come again with a part of its load.
    Repacking,
    /// Diverted, on its way to another stage or entry point.
    Diverted,
}

/// Why a truck's way ended as it did, where its end alone does not tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Its end says it.
    Plain,
    /// Returned because no time was left at closing.
    TimedOut,
    /// Returned by an outcome of a stage, or because its approval was not honoured.
    Outcome,
}

/// Where a truck waits that is at no stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aside {
    /// Held until its organisation is registered (or its re-consignment is through).
    Held,
    /// Over its organisation's daily quota.
    Quota,
    /// Turned back, on its way to come again.
    TurnedBack,
    /// Back in the hub of this index, to try again.
    Hub(u16),
    /// Waiting for its approval.
    Approval,
    /// Being repacked.
    Repacking,
    /// Diverted, on its way.
    Diverted,
}

/// An answer to an escort's request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It leaves at once.
    Approved,
    /// It leaves later.
    Delayed,
    /// It leaves and turns round.
    Impeded,
    /// It asks again later.
    Denied,
    /// It asks again later, counted apart.
    Postponed,
}

/// A trip of an escort, as told at its arrival.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trip {
    /// Trucks that left.
    pub trucks: u32,
    /// Whether they were as many as a convoy takes.
    pub full: bool,
    /// Vehicles that carried their load.
    pub vehicles: u32,
    /// Load in grams.
    pub grams: i64,
    /// Load in pallets.
    pub pallets: f64,
    /// When the oldest truck came to gather.
    pub oldest: Time,
    /// When clearance was first asked.
    pub requested: Time,
    /// When it left.
    pub departed: Time,
    /// Trucks intercepted on the way.
    pub intercepted: u32,
}

/// What becomes of a load in a hub before its first dispatch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HubExit {
    /// Its request was refused.
    Denied,
    /// Its organisation is barred.
    Refused,
    /// Its shelf life is over.
    Expired,
}

/// A truck from dispatch to its end; what every visit asks for stands first, in one line of the cache.
#[derive(Clone, Debug)]
#[repr(C)]
pub struct Truck {
    /// When it arrived at its stage.
    pub arrived: Time,
    /// When its service there first started; [`Time::NEVER`] before.
    pub started: Time,
    /// When its service there ended; [`Time::NEVER`] before.
    pub completed: Time,
    /// Its load in whole grams.
    pub grams: i64,
    /// When it was first dispatched.
    pub dispatched: Time,
    /// The address of its random numbers.
    pub entity: Entity,
    /// Its number in order of dispatch over the replication, from 1.
    pub number: u32,
    /// The stage at which it is or was last, by index.
    pub stage: u16,
    /// Its kind of goods, by index.
    pub cargo: u16,
    /// The organisation under which it travels, by index.
    pub organisation: u16,
    /// People of a travellers' stream, not a truck: it has no goods and no sender.
    pub is_traveller: bool,
    /// Its convoy's number in the stream, from 1.
    pub convoy: u32,
    /// Its load in pallets.
    pub pallets: f32,
    /// Its stream, by index; of travellers, among theirs.
    pub stream: u16,
    /// The organisation that sent it, by index.
    pub consignor: u16,
    /// Dispatches so far.
    pub tries: u16,
}

impl Truck {
    /// As it is on arrival at the stage `to`: a visit begins.
    #[must_use]
    pub fn arriving(&self, at: Time, to: usize) -> Truck {
        Truck {
            stage: to as u16,
            arrived: at,
            started: Time::NEVER,
            completed: Time::NEVER,
            ..self.clone()
        }
    }
}
