//! What can be taken from a hub, in order of entry.
//!
//! Orders of entry are whole numbers, given one after the other, so a set of them is a row of bits. To put one in, to take one out and
//! to find the first is a step or two, however many there are; a heap moves its entries about at each of these.

use super::truck::TruckId;

/// Something that can be taken: a load, or a truck that comes back.
#[derive(Clone, Copy, Debug)]
pub(super) enum Ready {
    /// A load that has not been dispatched yet.
    Load {
        /// Its place.
        place: u32,
        /// Its life when it became ready.
        life: u32,
    },
    /// A truck that was returned.
    Truck {
        /// Which.
        id: TruckId,
        /// Its life when it became ready.
        life: u32,
    },
}

/// A set of orders of entry.
#[derive(Clone, Debug, Default)]
struct Orders {
    words: Vec<u64>,
    /// A bit for each word that holds something.
    filled: Vec<u64>,
    /// Words of `filled` before this one hold nothing.
    from: usize,
}

impl Orders {
    fn clear(&mut self) {
        self.words.clear();
        self.filled.clear();
        self.from = 0;
    }

    fn insert(&mut self, entry: usize) {
        let word = entry / 64;
        if word >= self.words.len() {
            self.words.resize(word + 1, 0);
            self.filled.resize(word / 64 + 1, 0);
        }
        self.words[word] |= 1 << (entry % 64);
        self.filled[word / 64] |= 1 << (word % 64);
        self.from = self.from.min(word / 64);
    }

    fn remove(&mut self, entry: usize) {
        let word = entry / 64;
        self.words[word] &= !(1 << (entry % 64));
        if self.words[word] == 0 {
            self.filled[word / 64] &= !(1 << (word % 64));
        }
    }

    fn first(&mut self) -> Option<usize> {
        while let Some(filled) = self.filled.get(self.from) {
            if *filled != 0 {
                let word = self.from * 64 + filled.trailing_zeros() as usize;
                return Some(word * 64 + self.words[word].trailing_zeros() as usize);
            }
            self.from += 1;
        }
        None
    }
}

/// All that can be taken from a hub, in sets.
#[derive(Clone, Debug, Default)]
pub(super) struct Shelf {
    sets: Vec<Orders>,
    /// By order of entry, what became ready last. No two that are there have the same.
    ready: Vec<Option<Ready>>,
}

impl Shelf {
    /// Empty, with so many sets.
    pub(super) fn clear(&mut self, sets: usize) {
        self.sets.resize_with(sets, Orders::default);
        self.sets.iter_mut().for_each(Orders::clear);
        self.ready.clear();
    }

    /// Puts something into a set.
    pub(super) fn put(&mut self, set: usize, entry: u64, ready: Ready) {
        let entry = entry as usize;
        if entry >= self.ready.len() {
            self.ready.resize(entry + 1, None);
        }
        self.ready[entry] = Some(ready);
        self.sets[set].insert(entry);
    }

    /// The order of entry of the first of a set; what no longer `holds` is forgotten.
    pub(super) fn first(&mut self, set: usize, holds: impl Fn(Ready) -> bool) -> Option<u64> {
        let orders = &mut self.sets[set];
        while let Some(entry) = orders.first() {
            if self.ready[entry].is_some_and(&holds) {
                return Some(entry as u64);
            }
            orders.remove(entry);
        }
        None
    }

    /// Takes something out of a set.
    pub(super) fn take(&mut self, set: usize, entry: u64) -> Option<Ready> {
        self.sets[set].remove(entry as usize);
        self.ready[entry as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_first_is_the_least_whatever_was_put_in_and_taken_out() {
        let (mut shelf, mut expected) = (Shelf::default(), BTreeSet::new());
        shelf.clear(2);
        let mut seed = 5_u64;
        for step in 0..50_000_u32 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let entry = (seed >> 33) % u64::from(1 + step);
            if seed >> 62 == 0 || step > 40_000 {
                let first = shelf.first(1, |_| true);
                assert_eq!(first, expected.pop_first());
                assert_eq!(first.and_then(|entry| shelf.take(1, entry)).is_some(), first.is_some());
            } else {
                shelf.put(1, entry, Ready::Load { place: step, life: 0 });
                expected.insert(entry);
            }
        }
        assert_eq!(shelf.first(0, |_| true), None);
    }

    #[test]
    fn what_no_longer_holds_is_forgotten() {
        let mut shelf = Shelf::default();
        shelf.clear(1);
        for entry in 0..200 {
            shelf.put(
                0,
                entry,
                Ready::Load {
                    place: entry as u32,
                    life: 0,
                },
            );
        }
        let is_late = |ready| matches!(ready, Ready::Load { place, .. } if place >= 130);
        assert_eq!(shelf.first(0, is_late), Some(130));
        assert_eq!(shelf.first(0, |_| true), Some(130));
    }
}
