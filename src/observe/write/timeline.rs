//! Rows of the timeline: changes of state and queues in order of time.

use super::super::layout::Kept;
use super::super::recorder::Recorder;
use super::super::timeline::Change;
use super::Rows;
use crate::time::{HOUR_US, Time};

impl Recorder {
    pub(super) fn write_timeline(&self, rows: &mut Rows) {
        let of_this = rows.replication == self.timeline_of;
        let Some(timeline) = self.timeline.as_ref().filter(|_| of_this) else {
            return;
        };
        let mut changes = timeline.changes().iter().peekable();
        for &hour in &self.writer.timeline_hours {
            // Queues are looked at just before anything else happens at that instant.
            while let Some((at, change)) = changes.next_if(|(at, _)| at.0 < hour * HOUR_US) {
                self.write_change(rows, *at, change);
            }
            for (stage, name) in self.writer.stages.iter().enumerate() {
                if let Some(waiting) = self.samples.waiting(hour, stage) {
                    put(rows, hour as f64, "waiting", name, &waiting.to_string());
                }
            }
        }
        for (at, change) in changes {
            self.write_change(rows, *at, change);
        }
    }

    fn write_change(&self, rows: &mut Rows, at: Time, change: &Change) {
        let names = &self.writer;
        let at = at.as_hours();
        let name = |names: &[String], i: usize| names.get(i).cloned().unwrap_or_default();
        match *change {
            Change::Calendar { stage, open } => {
                put(rows, at, "calendar", &names.stages[stage], if open { "open" } else { "closed" });
            }
            Change::Closure { source, capacity } => {
                let state = capacity.map_or("over".to_owned(), |c| c.to_string());
                put(rows, at, "closure", &names.sources[source as usize], &state);
            }
            Change::Capacity { stage, capacity } => {
                put(rows, at, "capacity", &names.stages[stage], &capacity.to_string());
            }
            Change::Incident { severity, regime } => {
                let regime = regime.map_or(String::new(), |r| name(&names.regimes, r));
                put(rows, at, "incident", &name(&names.severities, severity), &regime);
            }
            Change::Regime { regime } => put(rows, at, "regime", &name(&names.regimes, regime), "begins"),
            Change::Driver { driver, happens } => {
                let state = if happens { "begins" } else { "over" };
                put(rows, at, "driver", &name(&names.developments, driver), state);
            }
            Change::Contingent { contingent } => {
                let place = names.developments.len() - names.contingents + contingent;
                let called = name(&names.developments, place);
                put(rows, at, "contingent", called.trim_start_matches("contingent."), "begins");
            }
        }
    }
}

fn put(rows: &mut Rows, hour: f64, what: &str, name: &str, state: &str) {
    if let Some(row) = rows.row(Kept::Timeline) {
        let state = Some(state).filter(|s| !s.is_empty());
        row.real(hour).text(what).text(name).text_or_empty(state).end();
    }
}
