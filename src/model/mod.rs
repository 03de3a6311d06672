//! One replication of a compiled scenario.
//!
//! ```text
//! convoys ──> restrictions ──> flow (yard, lanes, next stage …) ──> an end
//!                                ^
//! incidents ──> policy ──> gate ─┘          agenda: what is due, in order          observer: hears of every change
//! ```

mod agenda;
mod convoys;
mod flow;
mod gate;
mod incidents;
mod observer;
mod plan;
mod policy;
mod random;
mod restrictions;
mod simulation;
mod slot;
mod station;
#[cfg(test)]
mod theory_tests;
mod truck;
mod yard;

pub use observer::{ActiveClosure, Observer, StageView};
pub use plan::Plan;
pub use simulation::Simulation;
pub use truck::{Answer, Aside, Cause, HubExit, Leaves, Trip, Truck, TruckId};
