//! The ends of the services under way at one stage, in order.

use super::super::truck::TruckId;
use super::Key;

/// So many are kept in order; what is beyond them, at stages of very many lanes, is better off in a heap.
const MOST: usize = 128;

/// Room for twice as many, so that the whole is seldom moved to the beginning.
const ROOM: usize = 2 * MOST;

/// Among so few a place is found soonest step by step.
const FEW: usize = 16;

/// So far from the beginning few are moved back to it, where they stay in the cache.
const APART: usize = 48;

/// The end of a service.
#[derive(Clone, Copy, Debug)]
struct End {
    key: Key,
    truck: TruckId,
    generation: u32,
}

/// No end.
const NONE: End = End {
    key: Key::NEVER,
    truck: TruckId(0),
    generation: 0,
};

/// The ends of services, ascending; ends that no longer hold stay until they are due.
#[derive(Debug)]
pub(super) struct Services {
    /// Of use from `first` to before `last`.
    ends: Box<[End; ROOM]>,
    first: usize,
    last: usize,
}

impl Default for Services {
    fn default() -> Services {
        Services {
            ends: Box::new([NONE; ROOM]),
            first: 0,
            last: 0,
        }
    }
}

impl Services {
    /// Forgets all.
    pub(super) fn clear(&mut self) {
        (self.first, self.last) = (0, 0);
    }

    /// Whether another may be inserted.
    #[inline]
    pub(super) fn has_room(&self) -> bool {
        self.last - self.first < MOST
    }

    /// The least key.
    #[inline]
    pub(super) fn head(&self) -> Key {
        if self.first < self.last {
            self.ends[self.first % ROOM].key
        } else {
            Key::NEVER
        }
    }

    /// Puts an end that was scheduled last in its place.
    #[inline]
    pub(super) fn insert(&mut self, key: Key, truck: TruckId, generation: u32) {
        if self.last == ROOM || (self.first >= APART && self.last - self.first <= FEW) {
            self.move_to_beginning();
        }
        let end = End { key, truck, generation };
        if self.last - self.first <= FEW {
            self.insert_among_few(end);
        } else {
            self.insert_among_many(end);
        }
        self.last += 1;
    }

    #[cold]
    fn move_to_beginning(&mut self) {
        self.ends.copy_within(self.first..self.last, 0);
        (self.first, self.last) = (0, self.last - self.first);
    }

    /// Most services that begin now end after most of those under way, so the place is sought from behind.
    #[inline]
    fn insert_among_few(&mut self, end: End) {
        let mut place = self.last;
        while place > self.first && self.ends[(place - 1) % ROOM].key.at > end.key.at {
            self.ends[place % ROOM] = self.ends[(place - 1) % ROOM];
            place -= 1;
        }
        self.ends[place % ROOM] = end;
    }

    fn insert_among_many(&mut self, end: End) {
        let before = self.ends[self.first..self.last].partition_point(|other| other.key.at <= end.key.at);
        let place = self.first + before;
        self.ends.copy_within(place..self.last, place + 1);
        self.ends[place] = end;
    }

    /// Takes the first.
    #[inline]
    pub(super) fn pop(&mut self) -> Option<(TruckId, u32)> {
        if self.first == self.last {
            return None;
        }
        let end = self.ends[self.first % ROOM];
        self.first += 1;
        Some((end.truck, end.generation))
    }
}
