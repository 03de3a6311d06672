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
//! A truck that is not blocked may be told of in one hook: `passed` for `completed`, `left` to a stage and `arrived` there, `passed_out`
//! for `completed`, `left` and `ended`. An observer that does not care for the difference hears the single hooks.
//!
//! `left` with [`Leaves::End`] is followed at once by `ended`; `left` with [`Leaves::Stage`] by `arrived` there; any other `left` by
//! `set_aside` or `ended`. A truck whose lane fails, whose convoy turns round or who makes way goes back to the queue without a new
//! visit: `put_back`, later `taken_up`. At an escort, gathering is waiting and the trip is the service.
//!
//! People of a travellers' stream are told like trucks (`truck.is_traveller`), each person as one, without `convoy`.

use super::truck::{Answer, Aside, Cause, HubExit, Leaves, Trip, Truck, TruckId};
use crate::scenario::{End, StageId};
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

/// A closure as told when it comes into force.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BegunClosure<'a> {
    /// Its number in the replication, from 1, in order of beginning: what [`Simulation::without`](super::Simulation::without) goes by.
    pub number: u32,
    /// Its source, an index of `Plan::sources`.
    pub source: u16,
    /// Share of the lanes that stay.
    pub capacity: f64,
    /// The stages on which it acts.
    pub scope: &'a [StageId],
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

    /// The service is over, and at the same instant the truck leaves its lane and arrives at the stage `to`; `truck` is as it was
    /// before it left, with `completed` set.
    fn passed(&mut self, at: Time, id: TruckId, truck: &Truck, to: usize) {
        self.completed(at, id, truck);
        self.left(at, id, truck, Leaves::Stage(to));
        self.arrived(at, id, &truck.arriving(at, to));
    }

    /// The service is over, and at the same instant the truck leaves its lane and its way ends, for no other cause.
    fn passed_out(&mut self, at: Time, id: TruckId, truck: &Truck, end: End) {
        self.completed(at, id, truck);
        self.left(at, id, truck, Leaves::End(end));
        self.ended(at, id, truck, end, Cause::Plain);
    }

    /// The calendar of a stage opens or closes (told at the start for every stage, then at each change).
    fn calendar(&mut self, at: Time, stage: usize, open: bool) {}

    /// What security leaves open has changed: the share of each stage's lanes, and the closures in force.
    fn security(&mut self, at: Time, capacities: &[f64], active: &[ActiveClosure]) {}

    /// A closure comes into force, told before what it leaves open; steps of a reopening are no closures of their own.
    fn closure_begun(&mut self, at: Time, closure: &BegunClosure) {}

    /// The closure of this number is over, told before what is open then.
    fn closure_over(&mut self, at: Time, number: u32) {}

    /// An incident; `number` from 1, `severity` and `regime` by index.
    fn incident(&mut self, at: Time, number: u32, severity: usize, regime: Option<usize>) {}

    /// The chain of regimes enters a state (told at the start too).
    fn regime(&mut self, at: Time, regime: usize) {}

    /// A truck leaves its hub again, after a return. What follows is as after `dispatched`.
    fn dispatched_again(&mut self, at: Time, id: TruckId, truck: &Truck) {}

    /// A truck is returned; with `again` it tries again (then it is set aside in its hub), else it ends.
    fn returned(&mut self, at: Time, id: TruckId, truck: &Truck, cause: Cause, again: bool) {}

    /// A truck goes back from a lane or trip to the queue, its service not over.
    fn put_back(&mut self, at: Time, id: TruckId, truck: &Truck) {}

    /// A truck that was put back is served again.
    fn taken_up(&mut self, at: Time, id: TruckId, truck: &Truck) {}

    /// A part of a rejected truck's load leaves the model as rejected; `truck` carries the rest.
    fn repacked(&mut self, at: Time, id: TruckId, truck: &Truck, rejected_grams: i64) {}

    /// The number of lanes of a stage has changed (none: unlimited); before, it is as the scenario states.
    fn lanes(&mut self, at: Time, stage: usize, lanes: Option<u32>) {}

    /// Lanes under repair at a stage have changed; `failed`: by a failure.
    fn lanes_down(&mut self, at: Time, stage: usize, down: u32, failed: bool) {}

    /// The use of a resource has changed: units in use, units that there are now, and trucks or convoys that wait for units.
    fn resource(&mut self, at: Time, resource: usize, in_use: u32, available: u32, waiting: u32) {}

    /// An answer to an escort's request.
    fn answered(&mut self, at: Time, stage: usize, answer: Answer) {}

    /// A trip of an escort arrives; its trucks follow at once, intercepted ones among them.
    fn trip(&mut self, at: Time, stage: usize, trip: &Trip) {}

    /// A batch of loads comes to a hub, or is not sent because the stock is above its limit.
    fn hub_batch(&mut self, at: Time, hub: usize, organisation: usize, loads: u32, sent: bool) {}

    /// The stock of a hub has changed: all loads there, those that wait for approval, registration or another try included.
    fn hub_stock(&mut self, at: Time, hub: usize, stock: u32) {}

    /// A convoy draws from a hub: its slots, and the loads it takes.
    fn hub_drawn(&mut self, at: Time, hub: usize, slots: u32, loads: u32) {}

    /// A load leaves a hub before its first dispatch.
    fn hub_exit(&mut self, at: Time, hub: usize, organisation: usize, cargo: usize, why: HubExit) {}

    /// A load in a hub is held until its organisation is registered.
    fn hub_held(&mut self, at: Time, hub: usize, organisation: usize) {}

    /// A load in a hub goes on under another organisation.
    fn hub_reconsigned(&mut self, at: Time, hub: usize, from: usize, to: usize) {}

    /// A request without a hub is refused: the truck is not dispatched.
    fn denied(&mut self, at: Time, organisation: usize, cargo: usize) {}

    /// What an incident finds, told after it: trucks exposed, those times its weight, and loads lost (their ends follow).
    fn exposure(&mut self, at: Time, number: u32, trucks: u32, exposure: f64, lost: u32) {}

    /// A driver happens (`sizes`: those drawn for its effects) or, without sizes, ends.
    fn driver(&mut self, at: Time, driver: usize, sizes: Option<&[f64]>) {}

    /// A contingent arrives.
    fn contingent(&mut self, at: Time, contingent: usize) {}

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
    fn passed(&mut self, at: Time, id: TruckId, truck: &Truck, to: usize) {
        self.0.passed(at, id, truck, to);
        self.1.passed(at, id, truck, to);
    }
    fn passed_out(&mut self, at: Time, id: TruckId, truck: &Truck, end: End) {
        self.0.passed_out(at, id, truck, end);
        self.1.passed_out(at, id, truck, end);
    }
    fn calendar(&mut self, at: Time, stage: usize, open: bool) {
        self.0.calendar(at, stage, open);
        self.1.calendar(at, stage, open);
    }
    fn security(&mut self, at: Time, capacities: &[f64], active: &[ActiveClosure]) {
        self.0.security(at, capacities, active);
        self.1.security(at, capacities, active);
    }
    fn closure_begun(&mut self, at: Time, closure: &BegunClosure) {
        self.0.closure_begun(at, closure);
        self.1.closure_begun(at, closure);
    }
    fn closure_over(&mut self, at: Time, number: u32) {
        self.0.closure_over(at, number);
        self.1.closure_over(at, number);
    }
    fn incident(&mut self, at: Time, number: u32, severity: usize, regime: Option<usize>) {
        self.0.incident(at, number, severity, regime);
        self.1.incident(at, number, severity, regime);
    }
    fn regime(&mut self, at: Time, regime: usize) {
        self.0.regime(at, regime);
        self.1.regime(at, regime);
    }
    fn dispatched_again(&mut self, at: Time, id: TruckId, truck: &Truck) {
        self.0.dispatched_again(at, id, truck);
        self.1.dispatched_again(at, id, truck);
    }
    fn returned(&mut self, at: Time, id: TruckId, truck: &Truck, cause: Cause, again: bool) {
        self.0.returned(at, id, truck, cause, again);
        self.1.returned(at, id, truck, cause, again);
    }
    fn put_back(&mut self, at: Time, id: TruckId, truck: &Truck) {
        self.0.put_back(at, id, truck);
        self.1.put_back(at, id, truck);
    }
    fn taken_up(&mut self, at: Time, id: TruckId, truck: &Truck) {
        self.0.taken_up(at, id, truck);
        self.1.taken_up(at, id, truck);
    }
    fn repacked(&mut self, at: Time, id: TruckId, truck: &Truck, rejected_grams: i64) {
        self.0.repacked(at, id, truck, rejected_grams);
        self.1.repacked(at, id, truck, rejected_grams);
    }
    fn lanes(&mut self, at: Time, stage: usize, lanes: Option<u32>) {
        self.0.lanes(at, stage, lanes);
        self.1.lanes(at, stage, lanes);
    }
    fn lanes_down(&mut self, at: Time, stage: usize, down: u32, failed: bool) {
        self.0.lanes_down(at, stage, down, failed);
        self.1.lanes_down(at, stage, down, failed);
    }
    fn resource(&mut self, at: Time, resource: usize, in_use: u32, available: u32, waiting: u32) {
        self.0.resource(at, resource, in_use, available, waiting);
        self.1.resource(at, resource, in_use, available, waiting);
    }
    fn answered(&mut self, at: Time, stage: usize, answer: Answer) {
        self.0.answered(at, stage, answer);
        self.1.answered(at, stage, answer);
    }
    fn trip(&mut self, at: Time, stage: usize, trip: &Trip) {
        self.0.trip(at, stage, trip);
        self.1.trip(at, stage, trip);
    }
    fn hub_batch(&mut self, at: Time, hub: usize, organisation: usize, loads: u32, sent: bool) {
        self.0.hub_batch(at, hub, organisation, loads, sent);
        self.1.hub_batch(at, hub, organisation, loads, sent);
    }
    fn hub_stock(&mut self, at: Time, hub: usize, stock: u32) {
        self.0.hub_stock(at, hub, stock);
        self.1.hub_stock(at, hub, stock);
    }
    fn hub_drawn(&mut self, at: Time, hub: usize, slots: u32, loads: u32) {
        self.0.hub_drawn(at, hub, slots, loads);
        self.1.hub_drawn(at, hub, slots, loads);
    }
    fn hub_exit(&mut self, at: Time, hub: usize, organisation: usize, cargo: usize, why: HubExit) {
        self.0.hub_exit(at, hub, organisation, cargo, why);
        self.1.hub_exit(at, hub, organisation, cargo, why);
    }
    fn hub_held(&mut self, at: Time, hub: usize, organisation: usize) {
        self.0.hub_held(at, hub, organisation);
        self.1.hub_held(at, hub, organisation);
    }
    fn hub_reconsigned(&mut self, at: Time, hub: usize, from: usize, to: usize) {
        self.0.hub_reconsigned(at, hub, from, to);
        self.1.hub_reconsigned(at, hub, from, to);
    }
    fn denied(&mut self, at: Time, organisation: usize, cargo: usize) {
        self.0.denied(at, organisation, cargo);
        self.1.denied(at, organisation, cargo);
    }
    fn exposure(&mut self, at: Time, number: u32, trucks: u32, exposure: f64, lost: u32) {
        self.0.exposure(at, number, trucks, exposure, lost);
        self.1.exposure(at, number, trucks, exposure, lost);
    }
    fn driver(&mut self, at: Time, driver: usize, sizes: Option<&[f64]>) {
        self.0.driver(at, driver, sizes);
        self.1.driver(at, driver, sizes);
    }
    fn contingent(&mut self, at: Time, contingent: usize) {
        self.0.contingent(at, contingent);
        self.1.contingent(at, contingent);
    }
    fn finished(&mut self, at: Time) {
        self.0.finished(at);
        self.1.finished(at);
    }
}
