//! What a replication tells of itself: the only way out of the model.
//!
//! An observer hears of every change of state at the instant at which it happens and never changes anything. Hooks come in
//! order of time; those of one instant in the order of the model's classes. A visit of a truck to a stage goes
//!
//! ```text
//! arrived ──> started ──> completed ──> left          (waits, is served, perhaps blocked in its lane, leaves the lane)
//!    │           └ paused / resumed ┘     ^
//!    └────────────────────────────────────┘           (leaves without service: expired, returned, turned back, lost)
//! ```
//!
//! `left` with [`Leaves::End`] is followed at once by `ended`; `left` with [`Leaves::Stage`] by `arrived` there.

use super::truck::{Aside, Cause, Leaves, Truck, TruckId};
use crate::scenario::End;
use crate::time::Time;

/// The state of a stage at an instant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StageView {
    /// Trucks that wait, those outside a full first yard included.
    pub waiting: u32,
    /// Trucks in a lane whose service is not over, paused ones included.
    pub in_service: u32,
    /// Trucks in a lane whose service is over and that find no place further on.
    pub blocked: u32,
    /// Lanes that are staffed and not closed by security (of unlimited lanes: 1 when open).
    pub open_lanes: u32,
}

/// A closure in force.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ActiveClosure {
    /// Its source, an index of `Plan::sources`.
    pub source: u16,
    /// Share of the lanes that stay.
    pub capacity: f64,
}

/// Sees what happens in a replication and never changes it.
#[allow(unused_variables, reason = "the names document the hooks; every default does nothing")]
pub trait Observer {
    /// A moment of observation: the state of every stage just before anything else happens at this instant.
    fn observation(&mut self, at: Time, stages: &[StageView]) {}

    /// A convoy of `trucks` (at least 1) is dispatched; its trucks follow at once.
    fn convoy(&mut self, at: Time, stream: usize, number: u32, trucks: u32) {}

    /// A truck is dispatched for the first time. It then arrives at a stage, is set aside, or ends, at the same instant.
    fn dispatched(&mut self, at: Time, id: TruckId, truck: &Truck) {}

    /// A truck that is at no stage waits elsewhere from now on (told again when the place changes).
    fn set_aside(&mut self, at: Time, id: TruckId, truck: &Truck, place: Aside) {}

    /// A re-consignment is through: the truck goes on under `truck.organisation`, sent by `truck.consignor`.
    fn reconsigned(&mut self, at: Time, id: TruckId, truck: &Truck) {}

    /// A visit begins at `truck.stage`: the truck waits from now on (also outside a full first yard).
    fn arrived(&mut self, at: Time, id: TruckId, truck: &Truck) {}

    /// The visit's service starts for the first time.
    fn started(&mut self, at: Time, id: TruckId, truck: &Truck) {}

    /// The service stops, by closing or closure; the lane is kept.
    fn paused(&mut self, at: Time, id: TruckId, truck: &Truck) {}

    /// A stopped service goes on, or begins again.
    fn resumed(&mut self, at: Time, id: TruckId, truck: &Truck) {}

    /// The service is over; the lane is kept until `left`.
    fn completed(&mut self, at: Time, id: TruckId, truck: &Truck) {}

    /// The visit is over: from the queue or the outside (`truck.started` is `NEVER`), or from the lane.
    fn left(&mut self, at: Time, id: TruckId, truck: &Truck, to: Leaves) {}

    /// The truck's way is over.
    fn ended(&mut self, at: Time, id: TruckId, truck: &Truck, end: End, cause: Cause) {}

    /// The calendar of a stage opens or closes (told at the start for every stage, then at each change).
    fn calendar(&mut self, at: Time, stage: usize, open: bool) {}

    /// What security leaves open has changed: the share of each stage's lanes, and the closures in force.
    fn security(&mut self, at: Time, capacities: &[f64], active: &[ActiveClosure]) {}

    /// An incident; `number` from 1, `severity` and `regime` by index.
    fn incident(&mut self, at: Time, number: u32, severity: usize, regime: Option<usize>) {}

    /// The chain of regimes enters a state (told at the start too).
    fn regime(&mut self, at: Time, regime: usize) {}

    /// The replication ends; nothing follows.
    fn finished(&mut self, at: Time) {}
}

/// Sees nothing.
impl Observer for () {}

/// Two observers of the same replication.
impl<A: Observer, B: Observer> Observer for (A, B) {
    fn observation(&mut self, at: Time, stages: &[StageView]) {
        self.0.observation(at, stages);
        self.1.observation(at, stages);
    }
    fn convoy(&mut self, at: Time, stream: usize, number: u32, trucks: u32) {
        self.0.convoy(at, stream, number, trucks);
        self.1.convoy(at, stream, number, trucks);
    }
    fn dispatched(&mut self, at: Time, id: TruckId, truck: &Truck) {
        self.0.dispatched(at, id, truck);
        self.1.dispatched(at, id, truck);
    }
    fn set_aside(&mut self, at: Time, id: TruckId, truck: &Truck, place: Aside) {
        self.0.set_aside(at, id, truck, place);
        self.1.set_aside(at, id, truck, place);
    }
    fn reconsigned(&mut self, at: Time, id: TruckId, truck: &Truck) {
        self.0.reconsigned(at, id, truck);
        self.1.reconsigned(at, id, truck);
    }
    fn arrived(&mut self, at: Time, id: TruckId, truck: &Truck) {
        self.0.arrived(at, id, truck);
        self.1.arrived(at, id, truck);
    }
    fn started(&mut self, at: Time, id: TruckId, truck: &Truck) {
        self.0.started(at, id, truck);
        self.1.started(at, id, truck);
    }
    fn paused(&mut self, at: Time, id: TruckId, truck: &Truck) {
        self.0.paused(at, id, truck);
        self.1.paused(at, id, truck);
    }
    fn resumed(&mut self, at: Time, id: TruckId, truck: &Truck) {
        self.0.resumed(at, id, truck);
        self.1.resumed(at, id, truck);
    }
    fn completed(&mut self, at: Time, id: TruckId, truck: &Truck) {
        self.0.completed(at, id, truck);
        self.1.completed(at, id, truck);
    }
    fn left(&mut self, at: Time, id: TruckId, truck: &Truck, to: Leaves) {
        self.0.left(at, id, truck, to);
        self.1.left(at, id, truck, to);
    }
    fn ended(&mut self, at: Time, id: TruckId, truck: &Truck, end: End, cause: Cause) {
        self.0.ended(at, id, truck, end, cause);
        self.1.ended(at, id, truck, end, cause);
    }
    fn calendar(&mut self, at: Time, stage: usize, open: bool) {
        self.0.calendar(at, stage, open);
        self.1.calendar(at, stage, open);
    }
    fn security(&mut self, at: Time, capacities: &[f64], active: &[ActiveClosure]) {
        self.0.security(at, capacities, active);
        self.1.security(at, capacities, active);
    }
    fn incident(&mut self, at: Time, number: u32, severity: usize, regime: Option<usize>) {
        self.0.incident(at, number, severity, regime);
        self.1.incident(at, number, severity, regime);
    }
    fn regime(&mut self, at: Time, regime: usize) {
        self.0.regime(at, regime);
        self.1.regime(at, regime);
    }
    fn finished(&mut self, at: Time) {
        self.0.finished(at);
        self.1.finished(at);
    }
}
