//! One replication of a compiled scenario.

mod observer;
mod plan;
mod truck;

pub use observer::{ActiveClosure, Observer, StageView};
pub use plan::Plan;
pub use truck::{Aside, Cause, Leaves, Truck, TruckId};
