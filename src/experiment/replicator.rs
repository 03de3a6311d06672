//! Replications of one plan, one after the other: simulated the quickest way that the plan allows, and tallied.

use crate::model::{Line, Plan, Simulation};
use crate::observe::{Frames, Layout, Recorder};

/// Replicates a plan again and again in the same memory.
pub struct Replicator<'p> {
    /// Where the plan allows it, and whatever is kept can be read from columns.
    line: Option<Line<'p>>,
    simulation: Simulation<'p>,
    recorder: Recorder,
}

impl<'p> Replicator<'p> {
    /// For a plan, to keep the tables of a layout.
    pub fn new(plan: &'p Plan, layout: &Layout) -> Replicator<'p> {
        Replicator {
            line: Line::of(plan).filter(|_| layout.is_read_from_columns(plan)),
            simulation: Simulation::new(plan),
            recorder: Recorder::new(plan, layout),
        }
    }

    /// Simulates a replication and adds its rows to the frames of the tables; gives the number of its events.
    ///
    /// # Errors
    /// What does not balance in the tallies, which is a fault of the program.
    pub fn run(&mut self, seed: u64, name: &str, replication: u32, frames: &mut Frames) -> Result<u64, String> {
        let recorder = &mut self.recorder;
        let by_line = self
            .line
            .as_mut()
            .and_then(|line| line.run(seed, replication, |part| recorder.read(part)));
        let events = by_line.unwrap_or_else(|| {
            // What was read of it does not count.
            recorder.reset();
            self.simulation.run(seed, replication, recorder)
        });
        recorder
            .write(name, replication, frames)
            .map_err(|imbalance| imbalance.to_string())?;
        Ok(events)
    }
}
