//! Numbers over time: their area, and the most that they were for any length of time.
//!
//! A number that changes by `b` at the instant `t` has, at a later instant `T`, an area that is larger by `b (T - t)`. So it is enough to
//! sum up `b t`: the area until `T` is the number times `T` less that sum, and a change costs two additions however long ago the last
//! one was.

use crate::time::Time;

/// A number of trucks, people, loads or units over time.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Number {
    now: i64,
    /// What the area has beyond the number times the time, in the number times microseconds.
    offset: i128,
    /// Whether it ever fell below 0.
    sank: bool,
}

impl Number {
    /// So many at the start.
    const fn starting(now: i64) -> Number {
        Number {
            now,
            offset: 0,
            sank: false,
        }
    }

    /// What it is.
    pub(super) const fn now(&self) -> i64 {
        self.now
    }

    /// Whether it was never below 0.
    pub(super) const fn is_sound(&self) -> bool {
        !self.sank
    }

    /// The number times microseconds, until `at`.
    pub(super) fn area(&self, at: Time) -> i128 {
        self.offset + i128::from(self.now) * i128::from(at.0)
    }

    /// One more from now on.
    #[inline]
    pub(super) fn rise(&mut self, at: Time) {
        self.offset -= instant(at);
        self.now += 1;
    }

    /// One less from now on.
    #[inline]
    pub(super) fn fall(&mut self, at: Time) {
        self.offset += instant(at);
        self.now -= 1;
        if self.now < 0 {
            self.sink();
        }
    }

    #[cold]
    const fn sink(&mut self) {
        self.sank = true;
    }

    /// More or fewer from now on.
    fn change(&mut self, at: Time, by: i64) {
        self.offset -= i128::from(by) * i128::from(at.0);
        self.now += by;
    }

    /// The period that counts begins.
    pub(super) fn begin(&mut self, at: Time) {
        self.offset = -i128::from(self.now) * i128::from(at.0);
    }

    /// So many rises and falls, at instants of these sums, in any order.
    pub(super) fn read(&mut self, rises: Sum, falls: Sum) {
        self.offset += falls.sum - rises.sum;
        self.now += rises.count - falls.count;
        self.sank |= self.now < 0;
    }
}

/// Some instants, none before the start: how many, and their sum.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sum {
    pub(super) count: i64,
    pub(super) sum: i128,
}

impl Sum {
    /// Of instants none of which is after `last`.
    pub(super) fn of(at: impl ExactSizeIterator<Item = Time>, last: Option<Time>) -> Sum {
        let count = at.len() as i64;
        let bound = last.map_or(0, |last| i128::from(last.0) * i128::from(count));
        let sum = if bound <= i128::from(i64::MAX) {
            i128::from(at.map(|at| at.0).sum::<i64>())
        } else {
            sum_of(at)
        };
        Sum { count, sum }
    }

    /// Of ascending instants.
    pub(super) fn of_column(at: &[Time]) -> Sum {
        Sum::of(at.iter().copied(), at.last().copied())
    }
}

/// The sum of some instants, none before the start.
fn sum_of(at: impl Iterator<Item = Time>) -> i128 {
    // The lower halves and the upper ones by themselves cannot overflow, and cost less than one wide sum.
    let (mut low, mut high) = (0_u64, 0_u64);
    for Time(at) in at {
        low += at as u64 & u64::from(u32::MAX);
        high += at as u64 >> 32;
    }
    i128::from(low) + (i128::from(high) << 32)
}

/// An instant, none of which is before the start, as a number that costs no sign.
#[inline]
fn instant(at: Time) -> i128 {
    debug_assert!(at >= Time::ZERO, "{at:?} is before the start");
    i128::from(at.0 as u64)
}

/// A number of which the most is of interest too.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Level {
    number: Number,
    /// The instant of the last rise, and what it was before the first rise of that instant.
    risen: Time,
    before: i64,
    /// Most for any length of time before it last fell.
    most: i64,
}

impl Level {
    /// So many at the start.
    pub(super) fn starting(now: i64) -> Level {
        Level {
            number: Number::starting(now),
            ..Level::default()
        }
    }

    /// What it is.
    pub(super) const fn now(&self) -> i64 {
        self.number.now
    }

    /// Whether it was never below 0.
    pub(super) const fn is_sound(&self) -> bool {
        self.number.is_sound()
    }

    /// The level times microseconds, until `at`.
    pub(super) fn area(&self, at: Time) -> i128 {
        self.number.area(at)
    }

    /// Most for any length of time until `at`.
    pub(super) fn most(&self, at: Time) -> i64 {
        let held = if at > self.risen { self.number.now } else { self.before };
        self.most.max(held)
    }

    /// One more from now on.
    #[inline]
    pub(super) fn rise(&mut self, at: Time) {
        self.rises(at);
        self.number.rise(at);
    }

    /// One less from now on.
    #[inline]
    pub(super) fn fall(&mut self, at: Time) {
        self.falls(at);
        self.number.fall(at);
    }

    /// So many from now on.
    pub(super) fn set(&mut self, at: Time, now: i64) {
        if now > self.number.now {
            self.rises(at);
        } else {
            self.falls(at);
        }
        self.number.change(at, now - self.number.now);
    }

    #[inline]
    fn rises(&mut self, at: Time) {
        if at != self.risen {
            (self.risen, self.before) = (at, self.number.now);
        }
    }

    /// Only before it falls can it have been more than ever.
    #[inline]
    fn falls(&mut self, at: Time) {
        if self.number.now > self.most {
            self.most = self.most(at);
        }
    }

    /// The period that counts begins.
    pub(super) fn begin(&mut self, at: Time) {
        self.number.begin(at);
        (self.risen, self.before, self.most) = (at, 0, 0);
    }

    /// Everything that changes it from `from` on until a later instant: rises and falls, both ascending.
    ///
    /// It can have been more than ever only after a rise, with all changes of that instant; after rise `j`, counted from 0, it is more
    /// than `most` if of the falls the one of number `now + j - most` comes later, `now` being what it was at `from`. The sums are those
    /// of rises and falls.
    pub(super) fn read(&mut self, from: Time, rises: &[Time], falls: &[Time], [risen, fallen]: [Sum; 2]) {
        let now = self.number.now;
        if from == self.risen {
            let at_once = |at: &[Time]| at.iter().take_while(|t| **t == from).count() as i64;
            self.most = self.most.max(now + at_once(rises) - at_once(falls));
        }
        let mut most = self.most;
        for (rise, j) in rises.iter().zip(now..) {
            while j - most >= 0 && falls.get((j - most) as usize).is_none_or(|fall| fall > rise) {
                most += 1;
            }
        }
        self.most = most;
        self.number.read(risen, fallen);
    }

    /// The same with falls in several lists.
    pub(super) fn read_lists<T>(&mut self, from: Time, rises: &[Time], falls: &[&[T]], at: impl Fn(&T) -> Time) {
        let mut now = self.number.now;
        let can_be_more = now + rises.len() as i64 > self.most;
        if can_be_more && from == self.risen {
            let begun = falls.iter().map(|list| list.iter().take_while(|fall| at(fall) == from).count());
            let fallen: usize = begun.sum();
            let risen = rises.iter().take_while(|rise| **rise == from).count();
            self.most = self.most.max(now + risen as i64 - fallen as i64);
        }
        let (mut rest, mut left) = if can_be_more {
            (rises, falls.to_vec())
        } else {
            (&[][..], Vec::new())
        };
        while let Some(&instant) = rest.first() {
            let risen = rest.iter().take_while(|rise| **rise == instant).count();
            rest = &rest[risen..];
            now += risen as i64;
            for list in &mut left {
                let fallen = list.iter().take_while(|fall| at(fall) <= instant).count();
                *list = &list[fallen..];
                now -= fallen as i64;
            }
            self.most = self.most.max(now);
        }
        self.number.read(Sum::of_column(rises), Sum::default());
        for list in falls {
            self.number
                .read(Sum::default(), Sum::of(list.iter().map(&at), list.last().map(&at)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What it was, from each instant on.
    #[derive(Default)]
    struct Told(Vec<(Time, i64)>);

    impl Told {
        /// Area and most until `at`, length by length.
        fn until(&self, at: Time) -> (i128, i64) {
            let ends = self.0.iter().skip(1).map(|&(end, _)| end).chain([at]);
            let lengths = self.0.iter().zip(ends).map(|(&(from, now), end)| ((end - from).0, now));
            lengths
                .filter(|&(length, _)| length > 0)
                .fold((0, 0), |(area, most), (length, now)| {
                    (area + i128::from(length) * i128::from(now), most.max(now))
                })
        }
    }

    proptest! {
        #[test]
        fn area_and_most_are_those_of_the_lengths_of_time(
            start in 0_i64..4,
            steps in prop::collection::vec((0_i64..3, -3_i64..=3), 0..60),
            begins in 0_usize..60,
            rest in 0_i64..3,
        ) {
            let mut level = Level::starting(start);
            let mut told = Told(vec![(Time::ZERO, start)]);
            let mut at = Time::ZERO;
            for (i, (passed, by)) in steps.into_iter().enumerate() {
                at.0 += passed;
                if i == begins {
                    level.begin(at);
                    told = Told(vec![(at, level.now())]);
                }
                match by {
                    1 => level.rise(at),
                    -1 => level.fall(at),
                    _ => level.set(at, level.now() + by),
                }
                told.0.push((at, level.now()));
            }
            at.0 += rest;
            prop_assert_eq!((level.area(at), level.most(at)), told.until(at));
        }
    }

    #[test]
    fn a_number_that_fell_below_nothing_is_not_sound() {
        let mut number = Number::default();
        number.rise(Time(1));
        number.fall(Time(2));
        assert!(number.is_sound());
        number.fall(Time(3));
        number.rise(Time(3));
        assert!(!number.is_sound());
    }
}
