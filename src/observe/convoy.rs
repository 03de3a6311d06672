//! Convoys of one stream: their sizes, how long until the first of their trucks is served and until the last has ended.

use crate::time::Time;

/// A convoy some of whose trucks are still in the system.
#[derive(Clone, Copy, Debug)]
struct Open {
    at: Time,
    left: u32,
    started: bool,
    /// The latest end told of a truck, where they are not told in order.
    ended: Time,
}

/// In the place of a convoy that has not come.
const NOT_COME: Open = Open {
    at: Time::ZERO,
    left: 0,
    started: true,
    ended: Time::ZERO,
};

/// A number of lengths of time and their sum in microseconds.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Times {
    pub(super) n: i64,
    pub(super) sum: i128,
}

impl Times {
    fn add(&mut self, from: Time, to: Time) {
        self.n += 1;
        self.sum += i128::from((to - from).0);
    }
}

/// What counts of a stream.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ConvoyCounts {
    pub(super) convoys: i64,
    /// Trucks of those convoys.
    pub(super) size: i64,
    /// Trucks dispatched.
    pub(super) dispatched: i64,
    pub(super) first_starts: Times,
    pub(super) clearings: Times,
}

/// The tallies of one stream.
#[derive(Clone, Debug, Default)]
pub(super) struct ConvoyTally {
    pub(super) counts: ConvoyCounts,
    /// The number of the first convoy of `open`.
    first: u32,
    /// Of those, how many at the front have no truck left.
    gone: usize,
    /// Trucks that should still follow of the convoy told last, and when it was told. Where some never do (requests refused), the
    /// convoy is smaller.
    due: u32,
    told: Time,
    /// The number of the convoy told last.
    last: u32,
    /// Convoys by number; when half of them at the front have no truck left, those are dropped.
    open: Vec<Open>,
}

impl ConvoyTally {
    pub(super) fn reset(&mut self) {
        self.counts = ConvoyCounts::default();
        (self.first, self.gone, self.due, self.told) = (0, 0, 0, Time::ZERO);
        self.open.clear();
    }

    /// The period that counts begins; convoys under way go on.
    pub(super) fn begin(&mut self) {
        self.settle();
        self.counts = ConvoyCounts::default();
    }

    pub(super) fn convoy(&mut self, at: Time, number: u32, trucks: u32) {
        self.settle();
        self.counts.convoys += 1;
        self.counts.size += i64::from(trucks);
        // Numbers skip convoys that did not come, and those that jitter lets come later.
        if self.gone == self.open.len() {
            self.open.clear();
            (self.first, self.gone) = (number, 0);
        }
        if number < self.first {
            let before = (self.first - number) as usize;
            self.open.splice(0..0, std::iter::repeat_n(NOT_COME, before));
            (self.first, self.gone) = (number, 0);
        }
        let place = (number - self.first) as usize;
        if self.open.len() <= place {
            self.open.resize(place + 1, NOT_COME);
        }
        self.open[place] = Open {
            at,
            left: trucks,
            started: false,
            ended: Time::ZERO,
        };
        self.gone = self.gone.min(place);
        self.last = number;
        (self.due, self.told) = (trucks, at);
    }

    /// A convoy with all its trucks.
    pub(super) fn comes(&mut self, at: Time, number: u32, trucks: u32) {
        self.convoy(at, number, trucks);
        self.counts.dispatched += i64::from(trucks);
        self.due = 0;
    }

    /// The way of a truck of such a convoy is over; ends may be told in any order.
    pub(super) fn over(&mut self, at: Time, number: u32) {
        let Some(convoy) = self.find(number) else { return };
        convoy.ended = convoy.ended.max(at);
        convoy.left -= 1;
        if convoy.left == 0 {
            let (from, to) = (convoy.at, convoy.ended);
            self.counts.clearings.add(from, to);
            self.drop_empty();
        }
    }

    /// A truck follows its convoy, for the first time or again.
    pub(super) fn follows(&mut self, first: bool) {
        self.counts.dispatched += i64::from(first);
        self.due = self.due.saturating_sub(1);
    }

    /// Trucks that have not followed their convoy do not come.
    pub(super) fn settle(&mut self) {
        if self.due > 0 {
            self.counts.size -= i64::from(self.due);
            let due = std::mem::take(&mut self.due);
            if let Some(last) = self.find(self.last) {
                last.left = last.left.saturating_sub(due);
            }
            self.drop_empty();
        }
    }

    /// As [`ConvoyTally::settle`], once time has gone on.
    fn settle_before(&mut self, at: Time) {
        if self.due > 0 && at > self.told {
            self.settle();
        }
    }

    fn drop_empty(&mut self) {
        while self.open.get(self.gone).is_some_and(|c| c.left == 0) {
            self.gone += 1;
        }
        if self.gone > self.open.len() / 2 {
            self.open.drain(..self.gone);
            self.first += self.gone as u32;
            self.gone = 0;
        }
    }

    #[inline]
    fn find(&mut self, number: u32) -> Option<&mut Open> {
        self.open.get_mut(number.wrapping_sub(self.first) as usize)
    }

    #[inline]
    pub(super) fn started(&mut self, at: Time, number: u32) {
        if let Some(convoy) = self.find(number)
            && !convoy.started
        {
            convoy.started = true;
            let from = convoy.at;
            self.counts.first_starts.add(from, at);
        }
    }

    /// A truck's way is over, or it is back in its hub.
    #[inline]
    pub(super) fn ended(&mut self, at: Time, number: u32) {
        let all_follow = self.due == 0;
        match self.find(number) {
            Some(convoy) if all_follow && convoy.left > 1 => convoy.left -= 1,
            _ => self.ended_last(at, number),
        }
    }

    /// As [`ConvoyTally::ended`]; perhaps the convoy has no truck left.
    #[inline(never)]
    fn ended_last(&mut self, at: Time, number: u32) {
        self.settle_before(at);
        let Some(convoy) = self.find(number).filter(|c| c.left > 0) else {
            return;
        };
        convoy.left -= 1;
        if convoy.left == 0 {
            let from = convoy.at;
            self.counts.clearings.add(from, at);
            self.drop_empty();
        }
    }
}
