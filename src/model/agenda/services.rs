//! The ends of the services under way at one stage, in order.

use super::super::truck::TruckId;
use super::Key;

/// So many are kept in order; what is beyond them, at stages of very many lanes, is better off in a heap.
const MOST: usize = 32;

/// The end of a service.
#[derive(Clone, Copy, Debug)]
struct End {
    key: Key,
    truck: TruckId,
    generation: u32,
}

/// The ends of services, ascending from `first` on; ends that no longer hold stay until they are due.
#[derive(Debug, Default)]
pub(super) struct Services {
    ends: Vec<End>,
    first: usize,
}

impl Services {
    /// Forgets all, keeps the memory.
    pub(super) fn clear(&mut self) {
        self.ends.clear();
        self.first = 0;
    }

    /// Whether another may be inserted.
    pub(super) fn has_room(&self) -> bool {
        self.ends.len() - self.first < MOST
    }

    /// The least key.
    pub(super) fn head(&self) -> Key {
        self.ends.get(self.first).map_or(Key::NEVER, |end| end.key)
    }

    /// Puts an end in its place: most services that begin now end after most of those under way, so it is sought from behind.
    pub(super) fn insert(&mut self, key: Key, truck: TruckId, generation: u32) {
        if self.first >= MOST {
            self.ends.drain(..self.first);
            self.first = 0;
        }
        let new = End { key, truck, generation };
        self.ends.push(new);
        let ends = &mut self.ends[self.first..];
        let mut place = ends.len() - 1;
        while place > 0 && ends[place - 1].key > key {
            ends[place] = ends[place - 1];
            place -= 1;
        }
        ends[place] = new;
    }

    /// Takes the first.
    pub(super) fn pop(&mut self) -> Option<(TruckId, u32)> {
        let end = self.ends.get(self.first)?;
        self.first += 1;
        Some((end.truck, end.generation))
    }
}
