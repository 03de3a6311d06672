//! What is made of a plan, again and again used, while there are not too many plans.

use std::collections::VecDeque;

/// What was made of the latest alternatives. A simulator has room for all that is under way in it, so that of thousands of alternatives a
/// thread cannot keep one each.
pub(super) struct Latest<T> {
    /// By alternative, the one made last in front.
    made: VecDeque<(usize, T)>,
}

/// So many are kept.
const KEPT: usize = 64;

impl<T> Latest<T> {
    /// Nothing made yet.
    pub(super) const fn new() -> Latest<T> {
        Latest { made: VecDeque::new() }
    }

    /// What was made of this alternative, or else is made now, in place of the one that was made first.
    pub(super) fn of(&mut self, alternative: usize, make: impl FnOnce() -> T) -> &mut T {
        let place = self.made.iter().position(|(of, _)| *of == alternative).unwrap_or_else(|| {
            self.made.truncate(KEPT - 1);
            self.made.push_front((alternative, make()));
            0
        });
        &mut self.made[place].1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_made_is_used_again_until_too_many_others_were_made() {
        let mut latest = Latest::new();
        let mut made = Vec::new();
        for alternative in (0..KEPT).chain([0, KEPT, 1, 0]) {
            let found = *latest.of(alternative, || {
                made.push(alternative);
                alternative
            });
            assert_eq!(found, alternative);
        }
        // The first one was used again once, and then had to give way to the one too many.
        assert_eq!(made, (0..=KEPT).chain([0]).collect::<Vec<_>>());
        assert_eq!(latest.made.len(), KEPT);
    }
}
