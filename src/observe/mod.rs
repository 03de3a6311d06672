//! What a replication leaves behind: tallies of everything that counts, as rows of tables; and the trace.
//!
//! A [`Layout`] says which tables are kept and which columns they have for a set of plans; a [`Recorder`] observes one
//! replication after the other and writes its rows into [`Frames`]; a [`Trace`] keeps every visit and every change of state.
//!
//! The rule of counting: what happens at an instant after the warm-up counts, whenever the truck came; time averages run from the
//! warm-up to the end. Tallies are exact integers (counts, microseconds, grams); only what is written is divided.

mod balance;
mod closure;
mod convoy;
mod day;
mod delivery;
mod driver;
mod escort;
mod first;
mod flow;
mod hub;
mod incident;
mod layout;
mod level;
mod log;
mod quantile;
mod recorder;
mod response;
mod sample;
mod stage;
mod stock;
mod timeline;
mod trace;
mod write;

#[cfg(test)]
mod tests;

pub use balance::Imbalance;
pub use layout::{DERIVED, Frames, Layout, QueueGrid};
pub use recorder::Recorder;
pub use response::{Response, responses};
pub use trace::Trace;
