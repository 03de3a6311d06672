//! Replications of a plan, and what is read from the rows that each leaves.

use rayon::prelude::*;

use crate::calendar::Origin;
use crate::model::{Plan, Simulation};
use crate::observe::{Frames, Layout, Recorder};
use crate::table::Data;

/// The rows of one replication.
pub(super) struct Rows<'a> {
    pub(super) layout: &'a Layout,
    pub(super) frames: &'a Frames,
    /// Where the calendar days of the rows lie.
    origin: &'a Origin,
}

impl Rows<'_> {
    fn column(&self, table: &str, column: &str) -> Option<&Data> {
        let place = self.layout.position(table)?;
        let at = self.layout.tables()[place].position(column)?;
        self.frames.0[place].columns.get(at)
    }

    /// A column of numbers; none: there is no such column. What is empty is NaN.
    pub(super) fn numbers(&self, table: &str, column: &str) -> Option<Vec<f64>> {
        let data = self.column(table, column)?;
        Some((0..data.len()).map(|row| data.real(row)).collect())
    }

    /// A column of words.
    pub(super) fn words(&self, table: &str, column: &str) -> Option<Vec<&str>> {
        let data = self.column(table, column)?;
        Some((0..data.len()).map(|row| data.text(row).unwrap_or_default()).collect())
    }

    /// A column of `daily`, with the day of the week of each row; 0 is Monday.
    pub(super) fn days(&self, column: &str) -> Option<Vec<(usize, f64)>> {
        let days = self.numbers("daily", "day")?;
        let values = self.numbers("daily", column)?;
        // Rows count days from 1, origins from 0.
        let weekday = |day: &f64| self.origin.weekday(*day as i64 - 1);
        Some(days.iter().map(weekday).zip(values).collect())
    }
}

/// What `read` tells of the replications 1, 2, …, in their order; `tables` are kept for it.
///
/// # Errors
/// A sentence where a replication does not balance or `read` finds fault: a fault of the program.
pub(super) fn replicate<T: Send>(
    name: &str,
    plan: &Plan,
    tables: &[&str],
    (seed, replications): (u64, u32),
    read: impl Fn(&Rows) -> Result<T, String> + Sync,
) -> Result<Vec<T>, String> {
    let tables: Vec<String> = tables.iter().map(|&table| table.to_owned()).collect();
    let layout = Layout::new(&[plan], Some(&tables))?;
    let workshop = || (Simulation::new(plan), Recorder::new(plan, &layout), Frames::new(&layout));
    (1..=replications)
        .into_par_iter()
        .map_init(workshop, |(simulation, recorder, frames), replication| {
            simulation.run(seed, replication, recorder);
            frames.clear();
            recorder
                .write(name, replication, frames)
                .map_err(|imbalance| format!("replication {replication} of `{name}`: {imbalance}"))?;
            read(&Rows {
                layout: &layout,
                frames,
                origin: &plan.scenario.horizon.origin,
            })
        })
        .collect()
}

/// A response (a column of `replications`) in the replications 1, 2, … of a plan.
///
/// # Errors
/// A sentence where there is no such response, or where a replication does not balance.
pub fn response(name: &str, plan: &Plan, column: &str, seed: u64, replications: u32) -> Result<Vec<f64>, String> {
    replicate(name, plan, &["replications"], (seed, replications), |rows| {
        let value = rows.numbers("replications", column).and_then(|values| values.first().copied());
        value.ok_or_else(|| format!("there is no response `{column}`"))
    })
}
