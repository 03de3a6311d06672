//! A number over time: its area, and the most that it was for any length of time.

use crate::time::Time;

/// A number of trucks, people, loads or units over time.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Level {
    pub(super) now: i64,
    last: Time,
    /// The number times microseconds.
    pub(super) area: i128,
    /// Most for any length of time.
    pub(super) most: i64,
}

impl Level {
    /// So many at the start.
    pub(super) fn starting(now: i64) -> Level {
        Level { now, ..Level::default() }
    }

    /// Time has passed.
    pub(super) fn advance(&mut self, at: Time) {
        let dt = (at - self.last).0;
        if dt > 0 {
            self.last = at;
            self.area += i128::from(self.now) * i128::from(dt);
            self.most = self.most.max(self.now);
        }
    }

    /// More or fewer from now on.
    pub(super) fn change(&mut self, at: Time, by: i64) {
        self.advance(at);
        self.now += by;
    }

    /// So many from now on.
    pub(super) fn set(&mut self, at: Time, now: i64) {
        self.advance(at);
        self.now = now;
    }

    /// The period that counts begins.
    pub(super) fn begin(&mut self, at: Time) {
        (self.last, self.area, self.most) = (at, 0, 0);
    }
}
