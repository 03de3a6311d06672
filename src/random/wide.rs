//! Numbers of many addresses at once, in the widest vectors that the machine has: the same bits on every machine.
//!
//! Philox and the making of a double are whole-number operations and exact steps, so the width changes the time alone.

use std::sync::LazyLock;

use fearless_simd::{Level, dispatch};

use super::philox::{LOW, round, schedule};
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
    pub fn uniform(&mut self, stream: Stream, entities: impl Iterator<Item = Entity>) -> &[f64] {
        let mut count = 0;
        let places = self.sources.iter_mut().zip(&mut self.groups).zip(&mut self.members);
        for (((source, group), member), entity) in places.zip(entities) {
            (*source, *group, *member) = (entity.source, entity.group, entity.member);
            count += 1;
        }
        self.fill(stream, count);
        &self.numbers[..count]
    }

    fn fill(&mut self, stream: Stream, count: usize) {
        // Whole vectors, so that there is no rest to be done one by one.
        let count = count.next_multiple_of(MOST_LANES).min(TOGETHER);
        fill(
            stream,
            [&self.sources[..count], &self.groups[..count], &self.members[..count]],
            &mut self.numbers[..count],
        );
    }
}

/// Numbers that [`InTurn`] computes together.
const AHEAD: usize = 32;

/// The numbers of entities that are numbered and ask one after the other, computed a few ahead.
#[derive(Clone, Debug)]
pub struct InTurn {
    stream: Stream,
    /// Who is expected to ask next.
    next: u32,
    /// Whose the first of the numbers is, and how many there are.
    first: u32,
    kept: usize,
    numbers: [f64; AHEAD],
}

impl InTurn {
    /// Nothing computed yet.
    pub fn new(stream: &Stream) -> InTurn {
        InTurn {
            stream: *stream,
            next: u32::MAX,
            first: 0,
            kept: 0,
            numbers: [0.0; AHEAD],
        }
    }

    /// The number that `stream.uniform(Entity::numbered(number, 0), 0)` gives, of the stream that this was made from.
    #[inline]
    pub fn uniform(&mut self, number: u32) -> f64 {
        let place = number.wrapping_sub(self.first) as usize;
        if place < self.kept {
            self.next = number.wrapping_add(1);
            return self.numbers[place];
        }
        self.beyond(number)
    }

    /// Who asks out of turn is answered alone.
    #[cold]
    fn beyond(&mut self, number: u32) -> f64 {
        let is_in_turn = number == self.next;
        self.next = number.wrapping_add(1);
        if !is_in_turn {
            return self.stream.uniform(Entity::numbered(number, 0), 0);
        }
        let groups: [u32; AHEAD] = std::array::from_fn(|i| number.wrapping_add(i as u32));
        fill(self.stream, [&[0; AHEAD], &groups, &[0; AHEAD]], &mut self.numbers);
        (self.first, self.kept) = (number, AHEAD);
        self.numbers[0]
    }
}

/// The first number of each source, group and member.
fn fill(stream: Stream, addresses: [&[u32]; 3], into: &mut [f64]) {
    let keys = schedule(stream.key());
    dispatch!(*LEVEL, _simd => numbers(&keys, addresses, into));
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
            words = round(words, *key);
        }
        *number = super::ahead::open_unit(words[0] & LOW, words[1] & LOW);
    }
}

#[cfg(test)]
mod tests {
    use super::super::Purpose;
    use super::*;

    fn stream() -> Stream {
        Stream::new(11, 4, Purpose::named("stage.scan.service"))
    }

    fn assert_same(stream: Stream, entity: Entity, number: f64) {
        assert_eq!(number.to_bits(), stream.uniform(entity, 0).to_bits(), "{entity:?}");
    }

    #[test]
    fn many_entities_have_the_numbers_of_the_stream_however_many_they_are() {
        let stream = stream();
        let mut many = Many::default();
        let entity = |i: u32| Entity {
            source: [7, u32::MAX, 0][i as usize % 3],
            group: i.wrapping_mul(0x9E37_79B9),
            member: if i.is_multiple_of(5) { u32::MAX - i } else { i / 3 },
        };
        for count in 0..=TOGETHER as u32 {
            let numbers = many.uniform(stream, (0..count).map(entity));
            assert_eq!(numbers.len(), count as usize);
            (0..count)
                .zip(numbers)
                .for_each(|(i, &number)| assert_same(stream, entity(i), number));
        }
        assert_eq!(many.uniform(stream, (0..1000).map(entity)).len(), TOGETHER);
    }

    #[test]
    fn the_vectors_of_this_machine_give_the_numbers_of_the_plain_loop() {
        let stream = stream();
        let groups: [u32; TOGETHER] = std::array::from_fn(|i| i as u32 * 77);
        let keys = schedule(stream.key());
        let mut plain = [0.0; TOGETHER];
        numbers(&keys, [&groups; 3], &mut plain);
        let mut wide = [0.0; TOGETHER];
        fill(stream, [&groups; 3], &mut wide);
        assert_eq!(plain.map(f64::to_bits), wide.map(f64::to_bits));
    }

    #[test]
    fn numbers_in_turn_are_those_of_the_stream_in_any_order() {
        let stream = stream();
        let mut in_turn = InTurn::new(&stream);
        let forwards = 1..200;
        let jumps = [5, 6, 7, 900, 901, 3, 901, 902, 903, u32::MAX - 1, u32::MAX, 0, 1, 2];
        for number in forwards.chain(jumps).chain((1..90).rev()).chain(1..90) {
            assert_same(stream, Entity::numbered(number, 0), in_turn.uniform(number));
        }
    }
}
