//! Records one after the other, in room that is made beforehand.

/// Room is made for so many at once: memory is asked for in doubling steps, as vectors do, but touched only where it is used.
const STEP: usize = 256;

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

    /// Makes room for one more where there is none.
    pub(super) fn make_room(&mut self) {
        if !self.has_room() {
            self.room.resize(self.length + STEP, T::default());
        }
    }

    pub(super) fn push(&mut self, record: T) {
        self.make_room();
        self.push_within(record);
    }

    /// As [`Log::push`], room having been made.
    #[inline]
    pub(super) fn push_within(&mut self, record: T) {
        self.room[self.length] = record;
        self.length += 1;
    }

    /// Room for so many more; [`Log::count`] tells how many were written there.
    pub(super) fn ahead(&mut self, many: usize) -> &mut [T] {
        let needed = self.length + many;
        if self.room.len() < needed {
            self.room.resize(needed, T::default());
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
