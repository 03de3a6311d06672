//! Numbers computed a few entities ahead: the same as those of the stream, several times cheaper where entities come nearly in order.

use super::philox::{BlockKey, LANES};
use super::stream::{Entity, Stream};

/// Blocks that are kept.
const KEPT: usize = 32;
/// No member divided by [`LANES`] is so great.
const NEVER: (u64, u32) = (u64::MAX, u32::MAX);

/// The numbers that [`Stream::uniform`] gives for one purpose in one replication, computed for four members of a group at once and kept
/// for those who ask next.
///
/// For what nearly every truck asks for, in nearly the order of its number: a block costs about as much as one and a half numbers one by
/// one. Numbers with `k` above 0 are computed one by one, since who comes again has lost its neighbours.
#[derive(Clone, Debug)]
pub struct Ahead {
    key: BlockKey,
    one_by_one: Stream,
    blocks: [Block; KEPT],
}

/// The numbers of a block and whose they are; a line of the cache.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
struct Block {
    place: (u64, u32),
    numbers: [f64; LANES],
}

impl Ahead {
    /// Nothing computed yet.
    pub fn new(stream: &Stream) -> Ahead {
        let empty = Block {
            place: NEVER,
            numbers: [0.0; LANES],
        };
        Ahead {
            key: BlockKey::new(stream.key()),
            one_by_one: *stream,
            blocks: [empty; KEPT],
        }
    }

    /// The number that `stream.uniform(entity, k)` gives, of the stream that this was made from.
    #[inline]
    pub fn uniform(&mut self, entity: Entity, k: u32) -> f64 {
        if k > 0 {
            return self.one_by_one.uniform(entity, k);
        }
        let group = u64::from(entity.group) << 32 | u64::from(entity.source);
        let block = entity.member / LANES as u32;
        // Neighbouring groups four blocks apart, so that convoys of a usual size do not get in each other's way.
        let slot = (group >> 30).wrapping_add(u64::from(block)) as usize % KEPT;
        if self.blocks[slot].place != (group, block) {
            self.blocks[slot].fill(&self.key, group, block);
        }
        self.blocks[slot].numbers[entity.member as usize % LANES]
    }

    /// The stream that this was made from.
    pub fn stream(&self) -> &Stream {
        &self.one_by_one
    }
}

impl Block {
    /// Takes whole words instead of an entity, which would travel through memory with every question.
    #[cold]
    #[inline(never)]
    fn fill(&mut self, key: &BlockKey, group: u64, block: u32) {
        let counter = [group as u32, (group >> 32) as u32, block * LANES as u32, 0];
        key.block(counter, open_unit, &mut self.numbers);
        self.place = (group, block);
    }
}

/// The number of two words as a stream has it (the upper 53 of 64 bits times 2⁻⁵³, half of that in place of 0), by operations that
/// every vector unit has: bits are set below the exponent of a power of two, and that is taken away. Every step is exact.
#[inline(always)]
#[expect(clippy::inline_always, reason = "it becomes vector instructions where it is called")]
pub(super) fn open_unit(low: u64, high: u64) -> f64 {
    /// The power whose last bit is 2⁻³², and that whose last bit is 2⁻⁵³.
    const POWERS: [f64; 2] = [1_048_576.0, 0.5];
    let upper = f64::from_bits(POWERS[0].to_bits() | high) - (POWERS[0] + POWERS[1]);
    let lower = f64::from_bits(POWERS[1].to_bits() | (low >> 11));
    (upper + lower).max(0.5 / (1_u64 << 53) as f64)
}

#[cfg(test)]
mod tests {
    use super::super::Purpose;
    use super::*;

    fn stream(replication: u32) -> Stream {
        Stream::new(9, replication, Purpose::named("stage.scan.service"))
    }

    /// Asks for the number of every address and compares it with that of the stream.
    fn assert_same(addresses: impl Iterator<Item = (u32, u32, u32, u32)>) {
        let stream = stream(0);
        let mut ahead = Ahead::new(&stream);
        for (source, group, member, k) in addresses {
            let entity = Entity { source, group, member };
            assert_eq!(
                ahead.uniform(entity, k).to_bits(),
                stream.uniform(entity, k).to_bits(),
                "{entity:?} {k}"
            );
        }
    }

    #[test]
    fn numbers_are_those_of_the_stream_in_order_and_out_of_it() {
        assert_same((0..500).flat_map(|g| (0..g % 40).map(move |m| (1, g, m, 0))));
        assert_same((0..500).rev().flat_map(|g| (0..g % 40).rev().map(move |m| (1, g, m, g % 3))));
        let order = stream(1);
        let any = |i: u32, below: f64| (order.uniform(Entity::numbered(i, 0), 0) * below) as u32;
        assert_same((0..50_000).map(|i| (any(i, 3.0), any(i + 1, 9.0), any(i + 2, 70.0), any(i + 3, 3.0))));
    }

    #[test]
    fn addresses_at_the_ends_have_numbers_of_their_own() {
        const ENDS: [u32; 7] = [0, 1, 3, 4, u32::MAX - 4, u32::MAX - 3, u32::MAX];
        let end = |i: usize, place: u32| ENDS[i / ENDS.len().pow(place) % ENDS.len()];
        let all = 0..ENDS.len().pow(4);
        assert_same(all.clone().map(|i| (end(i, 0), end(i, 1), end(i, 2), end(i, 3))));
        assert_same(all.map(|i| (end(i, 3), end(i, 2), end(i, 1), end(i, 0))));
    }

    #[test]
    fn words_become_the_same_numbers_as_in_a_stream() {
        let plain = super::super::stream::open_unit;
        let words = [0, 1, 0x7ff, 0x800, 0xfff, 0x7fff_ffff, 0x8000_0000, u32::MAX - 1, u32::MAX];
        for low in words {
            for high in words {
                assert_eq!(
                    open_unit(low.into(), high.into()).to_bits(),
                    plain(low, high).to_bits(),
                    "{low} {high}"
                );
            }
        }
    }
}
