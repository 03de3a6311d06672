//! Records one after the other, in room that is made beforehand.

/// Records of a replication; the room for them is used again in the next.
#[derive(Clone, Debug, Default)]
pub(super) struct Log<T> {
    /// Those that count, then room for more.
    room: Vec<T>,
    length: usize,
}

impl<T: Copy + Default> Log<T> {
    /// None yet.
    pub(super) const fn new() -> Log<T> {
        Log {
            room: Vec::new(),
            length: 0,
        }
    }

    pub(super) const fn clear(&mut self) {
        self.length = 0;
    }

    /// Whether one more can be kept without making room, which takes longer.
    #[inline]
    pub(super) const fn has_room(&self) -> bool {
        self.length < self.room.len()
    }

    #[inline]
    pub(super) fn push(&mut self, record: T) {
        match self.room.get_mut(self.length) {
            Some(place) => {
                *place = record;
                self.length += 1;
            }
            None => self.push_beyond(record),
        }
    }

    #[cold]
    fn push_beyond(&mut self, record: T) {
        self.room.resize((2 * self.length).max(64), T::default());
        self.room[self.length] = record;
        self.length += 1;
    }

    /// Room for so many more; [`Log::count`] tells how many were written there.
    pub(super) fn ahead(&mut self, many: usize) -> &mut [T] {
        let needed = self.length + many;
        if self.room.len() < needed {
            self.room.resize(needed.max(2 * self.length), T::default());
        }
        &mut self.room[self.length..needed]
    }

    /// So many that were written ahead count.
    pub(super) fn count(&mut self, more: usize) {
        self.length = (self.length + more).min(self.room.len());
    }

    pub(super) const fn len(&self) -> usize {
        self.length
    }

    pub(super) fn as_slice(&self) -> &[T] {
        &self.room[..self.length]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_stay_in_order_however_often_there_is_too_little_room() {
        let mut log = Log::new();
        for _ in 0..2 {
            log.clear();
            (0..1000).for_each(|i| log.push(i));
            assert_eq!(log.as_slice(), (0..1000).collect::<Vec<i32>>());
        }
        assert_eq!(log.len(), 1000);
        assert!(log.has_room());
    }
}
