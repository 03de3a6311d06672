//! Tables of laws that were made before: alternatives of a study by the thousand have mostly the same laws, and one table serves them all.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

/// So many are remembered: those of a large scenario, and little to search.
const MOST: usize = 128;

/// What was made last of some things, by what it was made of. What is made must follow from that alone.
pub(super) struct Remembered<K, V>(Mutex<VecDeque<(K, V)>>);

impl<K: PartialEq, V: Clone> Remembered<K, V> {
    pub(super) const fn new() -> Remembered<K, V> {
        Remembered(Mutex::new(VecDeque::new()))
    }

    /// What belongs to the key: as remembered, else as made.
    pub(super) fn get(&self, key: K, make: impl FnOnce(&K) -> V) -> V {
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, value)) = known().iter().find(|(of, _)| *of == key) {
            return value.clone();
        }
        let value = make(&key);
        let mut known = known();
        known.truncate(MOST - 1);
        known.push_front((key, value.clone()));
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_made_lately_is_not_made_again() {
        let remembered = Remembered::new();
        let mut made = Vec::new();
        for key in [1, 2, 1, 2, 3, 1] {
            assert_eq!(
                remembered.get(key, |key| {
                    made.push(*key);
                    key * 10
                }),
                key * 10
            );
        }
        assert_eq!(made, [1, 2, 3]);
        (10..10 + MOST).for_each(|key| _ = remembered.get(key, |key| *key));
        assert_eq!(remembered.get(1, |_| 7), 7);
    }
}
