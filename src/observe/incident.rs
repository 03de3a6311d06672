//! Incidents, and the regimes in which they happen.

use crate::time::Time;

/// An incident.
#[derive(Clone, Copy, Debug)]
pub(super) struct Incident {
    pub(super) at: Time,
    pub(super) number: u32,
    pub(super) severity: usize,
    pub(super) regime: Option<usize>,
    /// Trucks exposed, those times its weight, and loads lost.
    pub(super) exposed: u32,
    pub(super) exposure: f64,
    pub(super) lost: u32,
}

/// Time in each regime.
#[derive(Clone, Debug)]
pub(super) struct Regimes {
    current: Option<usize>,
    last: Time,
    /// By regime, microseconds in it and how often it was entered.
    tallies: Vec<(i64, i64)>,
}

impl Regimes {
    pub(super) fn new(regimes: usize) -> Regimes {
        Regimes {
            current: None,
            last: Time::ZERO,
            tallies: vec![(0, 0); regimes],
        }
    }

    pub(super) fn reset(&mut self) {
        self.current = None;
        self.begin(Time::ZERO);
    }

    /// The period that counts begins; the regime in force goes on.
    pub(super) fn begin(&mut self, at: Time) {
        self.last = at;
        self.tallies.fill((0, 0));
    }

    /// Time has passed.
    pub(super) fn advance(&mut self, at: Time) {
        if let Some(tally) = self.current.and_then(|r| self.tallies.get_mut(r)) {
            tally.0 += (at - self.last).0;
        }
        self.last = at;
    }

    pub(super) fn enter(&mut self, at: Time, regime: usize) {
        self.advance(at);
        self.current = Some(regime);
        if let Some(tally) = self.tallies.get_mut(regime) {
            tally.1 += 1;
        }
    }

    /// By regime, microseconds in it and how often it was entered.
    pub(super) fn tallies(&self) -> &[(i64, i64)] {
        &self.tallies
    }
}
