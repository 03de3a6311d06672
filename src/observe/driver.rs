//! Uncertain developments: which happened, when, and how large.

use crate::time::Time;

/// A driver or contingent in one replication.
#[derive(Clone, Debug)]
pub(super) struct Development {
    /// When it happened; [`Time::NEVER`] if it did not.
    pub(super) when: Time,
    /// When it ended again; [`Time::NEVER`] if it did not.
    pub(super) end: Time,
    /// The sizes drawn for its effects.
    pub(super) sizes: Vec<f64>,
}

impl Development {
    pub(super) const fn new() -> Development {
        Development {
            when: Time::NEVER,
            end: Time::NEVER,
            sizes: Vec::new(),
        }
    }

    pub(super) fn reset(&mut self) {
        (self.when, self.end) = (Time::NEVER, Time::NEVER);
        self.sizes.clear();
    }

    pub(super) fn happens(&mut self, at: Time, sizes: &[f64]) {
        self.when = at;
        self.end = Time::NEVER;
        self.sizes.clear();
        self.sizes.extend_from_slice(sizes);
    }

    pub(super) const fn ends(&mut self, at: Time) {
        self.end = at;
    }
}
