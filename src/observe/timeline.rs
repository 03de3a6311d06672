//! The changes of state of one replication, to be drawn along the time: closures, regimes, incidents, hours, developments.

use crate::model::ActiveClosure;
use crate::time::Time;

/// A change of state; names by index.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Change {
    /// Hours of a stage.
    Calendar {
        stage: usize,
        open: bool,
    },
    /// A source of closures leaves this share of the lanes, or ends.
    Closure {
        source: u16,
        capacity: Option<f64>,
    },
    /// The share of a stage's lanes that security leaves.
    Capacity {
        stage: usize,
        capacity: f64,
    },
    Incident {
        severity: usize,
        regime: Option<usize>,
    },
    Regime {
        regime: usize,
    },
    Driver {
        driver: usize,
        happens: bool,
    },
    Contingent {
        contingent: usize,
    },
}

/// The changes in order of time.
#[derive(Clone, Debug, Default)]
pub(super) struct Timeline {
    changes: Vec<(Time, Change)>,
    active: Vec<ActiveClosure>,
    capacities: Vec<f64>,
}

impl Timeline {
    pub(super) fn new(stages: usize) -> Timeline {
        Timeline {
            capacities: vec![1.0; stages],
            ..Timeline::default()
        }
    }

    pub(super) fn reset(&mut self) {
        self.changes.clear();
        self.active.clear();
        self.capacities.fill(1.0);
    }

    pub(super) fn push(&mut self, at: Time, change: Change) {
        self.changes.push((at, change));
    }

    /// What security leaves open has changed.
    pub(super) fn security(&mut self, at: Time, capacities: &[f64], active: &[ActiveClosure]) {
        for closure in self.active.iter().filter(|c| !active.contains(c)) {
            let source = closure.source;
            self.changes.push((at, Change::Closure { source, capacity: None }));
        }
        for closure in active.iter().filter(|c| !self.active.contains(c)) {
            let (source, capacity) = (closure.source, Some(closure.capacity));
            self.changes.push((at, Change::Closure { source, capacity }));
        }
        self.active.clear();
        self.active.extend_from_slice(active);
        for (stage, (before, &capacity)) in self.capacities.iter_mut().zip(capacities).enumerate() {
            if before.total_cmp(&capacity).is_ne() {
                *before = capacity;
                self.changes.push((at, Change::Capacity { stage, capacity }));
            }
        }
    }

    pub(super) fn changes(&self) -> &[(Time, Change)] {
        &self.changes
    }
}
