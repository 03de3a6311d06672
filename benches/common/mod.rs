//! What every bench needs: scenarios from their files, and replications kept as `rafah run --tables replications,stages` keeps them.

#![allow(dead_code, reason = "no bench uses all of it")]

use std::io;
use std::path::Path;

use rafah::experiment::{Replicator, kept_tables};
use rafah::model::Plan;
use rafah::observe::{Frames, Layout};
use rafah::scenario::{self, Reader};

/// The seed of every bench.
pub(crate) const SEED: u64 = 1;

/// Reads files from the disk.
struct Disk;

impl Reader for Disk {
    fn read(&self, path: &Path) -> io::Result<String> {
        std::fs::read_to_string(path)
    }
}

/// Reads a text in place of a file.
struct Text<'a>(&'a str);

impl Reader for Text<'_> {
    fn read(&self, _: &Path) -> io::Result<String> {
        Ok(self.0.to_owned())
    }
}

/// The compiled scenario of a file, by its path from the root of the repository.
pub(crate) fn plan(path: &str) -> Plan {
    compiled(&Path::new(env!("CARGO_MANIFEST_DIR")).join(path), &Disk)
}

/// The compiled scenario of a text.
pub(crate) fn plan_of(text: &str) -> Plan {
    compiled(Path::new("bench.toml"), &Text(text))
}

fn compiled(path: &Path, reader: &dyn Reader) -> Plan {
    match scenario::load(path, &[], reader) {
        Ok(loaded) => Plan::compile(&loaded.scenario),
        Err(refused) => panic!("{} cannot be run: {:?}", path.display(), refused.issues),
    }
}

/// What a run with `--tables replications,stages` keeps of a plan.
pub(crate) fn layout(plan: &Plan) -> Layout {
    let wanted = ["replications", "stages"].map(str::to_owned);
    kept_tables(&[plan], Some(&wanted), &[]).unwrap_or_else(|message| panic!("{message}"))
}

/// One replication after the other of a plan, each simulated as a run does, tallied and written into rows.
pub(crate) struct Replications<'p> {
    layout: &'p Layout,
    replicator: Replicator<'p>,
    frames: Frames,
}

impl<'p> Replications<'p> {
    /// None simulated yet.
    pub(crate) fn new(plan: &'p Plan, layout: &'p Layout) -> Replications<'p> {
        Replications {
            layout,
            replicator: Replicator::new(plan, layout),
            frames: Frames::new(layout),
        }
    }

    /// Simulates a replication, whose rows replace those of the one before; returns the number of its events.
    pub(crate) fn run(&mut self, replication: u32) -> u64 {
        self.frames.clear();
        let ran = self.replicator.run(SEED, "bench", replication, &mut self.frames);
        ran.unwrap_or_else(|imbalance| panic!("{imbalance}"))
    }

    /// A number of the last replication: the first row of a table.
    pub(crate) fn value(&self, table: &str, column: &str) -> f64 {
        let place = self.layout.position(table);
        let found = place.and_then(|at| Some(self.frames.0[at].columns[self.layout.tables()[at].position(column)?].real(0)));
        found.unwrap_or_else(|| panic!("no {column} in {table}"))
    }
}
