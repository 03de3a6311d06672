//! Numbers of many addresses at once, in the widest vectors that the machine has: the same bits on every machine.
//!
//! Philox and the making of a double are whole-number operations and exact steps, so the width changes the time alone.

use std::sync::LazyLock;

use fearless_simd::{Level, dispatch};

use super::philox::schedule;
use super::stream::{Entity, Stream};

/// The vector instructions of this machine.
static LEVEL: LazyLock<Level> = LazyLock::new(Level::new);

/// Addresses that are evaluated together: enough for the call to cost nothing, few enough for the nearest cache.
pub const TOGETHER: usize = 128;

/// Some entities, up to [`TOGETHER`], and a number of each.
#[derive(Clone, Debug)]
pub struct Many {
    sources: [u32; TOGETHER],
    groups: [u32; TOGETHER],
    members: [u32; TOGETHER],
    numbers: [f64; TOGETHER],
}

impl Default for Many {
    fn default() -> Many {
        Many {
            sources: [0; TOGETHER],
            groups: [0; TOGETHER],
            members: [0; TOGETHER],
            numbers: [0.0; TOGETHER],
        }
    }
}

impl Many {
    /// The numbers that [`Stream::uniform`] gives each of the entities with `k` of 0, in their order; those beyond [`TOGETHER`] are left out.
    #[inline]
    pub fn uniform(&mut self, stream: &Stream, entities: impl Iterator<Item = Entity>) -> &[f64] {
        let mut count = 0;
        let places = self.sources.iter_mut().zip(&mut self.groups).zip(&mut self.members);
        for (((source, group), member), entity) in places.zip(entities) {
            (*source, *group, *member) = (entity.source, entity.group, entity.member);
            count += 1;
        }
        self.fill(stream, count);
        &self.numbers[..count]
    }

    fn fill(&mut self, stream: &Stream, count: usize) {
        let keys = schedule(stream.key());
        // Whole vectors, so that there is no rest to be done one by one.
        let count = count.next_multiple_of(MOST_LANES).min(TOGETHER);
        dispatch!(*LEVEL, _simd => numbers(
            &keys,
            [&self.sources[..count], &self.groups[..count], &self.members[..count]],
            &mut self.numbers[..count],
        ));
    }
}

/// Lanes of the widest vectors.
const MOST_LANES: usize = 16;

/// One loop over the addresses, its body free of branches, since the compiler makes vectors of such a loop alone. A word has 64 bits, of
/// which the lower half counts, since vector units multiply so.
#[inline(always)]
#[expect(clippy::inline_always, reason = "it is compiled once for each kind of vectors, where it is called")]
fn numbers(keys: &[[u64; 2]], [sources, groups, members]: [&[u32]; 3], numbers: &mut [f64]) {
    let addresses = sources.iter().zip(groups).zip(members);
    for (((&source, &group), &member), number) in addresses.zip(numbers) {
        let mut words = [source, group, member, 0].map(u64::from);
        for key in keys {
            words = super::philox::round(words, *key);
        }
        *number = super::ahead::open_unit(words[0] & LOW, words[1] & LOW);
    }
}

/// The half of 64 bits that counts.
const LOW: u64 = u32::MAX as u64;
