//! Points times replications: plan, runner, store.
mod aside;
mod failure;
mod format;
mod store;

pub use failure::Failure;
pub use format::{Csv, Formats};
