//! What an experiment tells while it runs; whoever shows it decides how.

use super::stopping::AimReached;

/// How far the simulation is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Advance {
    /// Replications done, over all alternatives.
    pub done: u64,
    /// Replications planned, over all alternatives; with a precision to reach, the most that there can be.
    pub planned: u64,
    /// Blocks of replications kept so far.
    pub blocks: u64,
    /// Replications done per second of wall time.
    pub per_second: f64,
}

/// Hears how an experiment goes, from any of its threads. Every default does nothing.
#[allow(unused_variables, reason = "the names document the hooks")]
pub trait Progress: Sync {
    /// A replication is done.
    fn advanced(&self, advance: &Advance) {}
    /// A batch is done: replications of each alternative so far, and the aim that is furthest from the precision asked for.
    fn precision(&self, replications: u32, furthest: &AimReached) {}
    /// What a stopped run left in the folder, without a finished result, is removed; the run starts anew.
    fn leftover(&self) {}
    /// A replication is priced, run with one of its closures and without it: of those that are asked for, over all alternatives.
    fn pricing(&self, advance: &Advance) {}
    /// The simulation is over, the tables are being written.
    fn writing(&self) {}
}

/// Nobody listens.
impl Progress for () {}
