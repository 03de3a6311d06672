//! Waits: how long each was that ended.

use super::log::Log;
use super::quantile::Sample;

/// Lengths of time that are often nothing: those are counted, the others kept.
#[derive(Clone, Debug)]
pub(super) struct Waits {
    keeps: bool,
    none: usize,
    longer: Log<i64>,
}

impl Waits {
    /// None yet; where they are not kept there never are.
    pub(super) const fn new(keeps: bool) -> Waits {
        Waits {
            keeps,
            none: 0,
            longer: Log::new(),
        }
    }

    pub(super) fn clear(&mut self) {
        self.none = 0;
        self.longer.clear();
        if self.keeps {
            self.longer.make_room();
        }
    }

    pub(super) fn add(&mut self, wait: i64) {
        if wait == 0 {
            self.none += 1;
        } else if self.keeps {
            self.longer.push(wait);
        }
    }

    /// Adds many.
    pub(super) fn extend(&mut self, waits: impl ExactSizeIterator<Item = i64>) {
        if !self.keeps {
            self.none += waits.filter(|&wait| wait == 0).count();
            return;
        }
        // Each is written; the next is written over it where it is nothing.
        let many = waits.len();
        let room = self.longer.ahead(many);
        let mut place = 0;
        for wait in waits {
            room[place] = wait;
            place += usize::from(wait != 0);
        }
        self.longer.count(place);
        self.none += many - place;
    }

    /// How many are longer than nothing.
    pub(super) const fn longer(&self) -> usize {
        self.longer.len()
    }

    pub(super) fn sample(&self) -> Sample<'_> {
        Sample::new(self.none, self.longer.as_slice())
    }

    /// Whether one more can be kept without making room; never where they are not kept.
    #[inline]
    pub(super) const fn has_room(&self) -> bool {
        self.longer.has_room()
    }

    /// As [`Waits::add`] where there is room.
    #[inline]
    pub(super) fn add_within(&mut self, wait: i64) {
        if wait == 0 {
            self.none += 1;
        } else {
            self.longer.push_within(wait);
        }
    }
}
