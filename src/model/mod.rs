//! One replication of a compiled scenario.
//!
//! ```text
//! convoys ──> restrictions ──> flow (yard, lanes, next stage …) ──> an end
//!                                ^
//! incidents ──> policy ──> gate ─┘          agenda: what is due, in order          observer: hears of every change
//! ```

mod agenda;
mod changes;
mod convoys;
mod day_effect;
mod developments;
mod dispatch;
mod diversion;
mod drawing;
mod escort;
mod exposure;
mod flow;
mod gate;
mod group;
mod hub;
mod incidents;
mod lanes;
mod leave;
mod line;
mod observer;
mod plain;
mod plan;
mod policy;
mod random;
mod ready;
mod resources;
mod restrictions;
mod service;
mod simulation;
mod slot;
mod spells;
mod station;
#[cfg(test)]
mod theory_tests;
mod trip;
mod truck;
mod waiting;
mod warnings;
mod yard;

pub use line::{Change, Columns, Convoy, Exit, Forgotten, Kind, Line, Loads, News, Visits};
pub use observer::{ActiveClosure, BegunClosure, Observer, StageView};
pub use plan::Plan;
pub use simulation::Simulation;
pub use truck::{Answer, Aside, Cause, HubExit, Leaves, Trip, Truck, TruckId};
