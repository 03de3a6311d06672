//! Philox4x32-10, the counter-based generator of Salmon, Moraes, Dror and Shaw (SC'11, 2011): a bijection of the counter for every key.

const MULTIPLIERS: [u32; 2] = [0xD251_1F53, 0xCD9E_8D57];
const WEYL: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];
const ROUNDS: usize = 10;

/// The 128 random bits at `counter` under `key`.
#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "a call that passes arrays through memory costs a fifth of the whole"
)]
pub(super) fn philox(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    let (mut c, mut k) = (counter, key);
    for _ in 0..ROUNDS {
        let a = u64::from(MULTIPLIERS[0]) * u64::from(c[0]);
        let b = u64::from(MULTIPLIERS[1]) * u64::from(c[2]);
        c = [(b >> 32) as u32 ^ c[1] ^ k[0], b as u32, (a >> 32) as u32 ^ c[3] ^ k[1], a as u32];
        k = [k[0].wrapping_add(WEYL[0]), k[1].wrapping_add(WEYL[1])];
    }
    c
}

/// The keys of all rounds.
pub(super) fn schedule(key: [u32; 2]) -> [[u64; 2]; ROUNDS] {
    let at = |round: usize, i: usize| u64::from(key[i].wrapping_add(WEYL[i].wrapping_mul(round as u32)));
    std::array::from_fn(|round| [at(round, 0), at(round, 1)])
}

/// A round of words of 64 bits, of which the lower half counts, since vector units multiply so.
#[inline(always)]
#[expect(clippy::inline_always, reason = "it becomes vector instructions where it is called")]
pub(super) fn round(words: [u64; 4], key: [u64; 2]) -> [u64; 4] {
    let (a, b) = (product(0, words[0]), product(1, words[2]));
    [(b >> 32) ^ words[1] ^ key[0], b, (a >> 32) ^ words[3] ^ key[1], a]
}

/// Counters that a block evaluates together.
pub(super) const LANES: usize = 4;

/// Rounds that all lanes of a block go through in full: in the two before, only one word differs from lane to lane.
const FULL_ROUNDS: usize = ROUNDS - 2;

/// A key prepared for blocks: its schedule, every word once a lane, as vector instructions load it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[repr(align(16))]
pub(super) struct BlockKey {
    first: [[u64; 2]; 2],
    schedule: [[[u64; LANES]; 2]; FULL_ROUNDS],
}

impl BlockKey {
    /// The schedule of a key.
    pub(super) fn new(key: [u32; 2]) -> BlockKey {
        let keys = schedule(key);
        BlockKey {
            first: [keys[0], keys[1]],
            schedule: std::array::from_fn(|round| keys[round + 2].map(|word| [word; LANES])),
        }
    }

    /// `finish` of the first two words at each of the counters `[source, group, member + i, k]`, `i` from 0 below [`LANES`].
    ///
    /// The same as [`philox`] lane by lane. A word has 64 bits here, of which the lower half counts, since vector units multiply so; and
    /// the lanes are the one loop, its body free of branches, since the compiler makes vectors of such a loop alone.
    #[inline]
    pub(super) fn block(&self, [source, group, member, k]: [u32; 4], finish: impl Fn(u64, u64) -> f64, numbers: &mut [f64; LANES]) {
        let [first, second] = self.first;
        let a = product(0, u64::from(source));
        let (x, third, fourth) = (u64::from(group) ^ first[0], (a >> 32) ^ u64::from(k) ^ first[1], a);
        let b = product(1, third);
        let (y, z) = ((b >> 32) ^ second[0], fourth ^ second[1]);
        for (i, number) in numbers.iter_mut().enumerate() {
            let c = product(1, u64::from(member) + i as u64);
            let a = product(0, (c >> 32) ^ x);
            let mut words = [c ^ y, b, (a >> 32) ^ z, a];
            for key in &self.schedule {
                words = round(words, [key[0][i], key[1][i]]);
            }
            *number = finish(words[0] & LOW, words[1] & LOW);
        }
    }
}

/// The half of 64 bits that counts.
pub(super) const LOW: u64 = u32::MAX as u64;

/// The 64 bits of one of the multipliers times a word.
#[inline(always)]
#[expect(clippy::inline_always, reason = "it becomes vector instructions where it is called")]
fn product(multiplier: usize, word: u64) -> u64 {
    u64::from(MULTIPLIERS[multiplier]) * (word & LOW)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn philox_gives_the_published_known_answers() {
        // `kat_vectors` of Random123, rows `philox4x32 10`.
        let known = [
            ([0; 4], [0; 2], [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
            ([u32::MAX; 4], [u32::MAX; 2], [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]),
            (
                [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344],
                [0xa409_3822, 0x299f_31d0],
                [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1],
            ),
        ];
        for (counter, key, expected) in known {
            assert_eq!(philox(counter, key), expected);
        }
    }
    #[test]
    fn a_block_has_the_numbers_of_its_counters() {
        let mut bits = [1, 2, 3, 4];
        for round in 0..2000 {
            bits = philox(bits, [round, 7]);
            let [source, group, member, k] = if round % 10 == 0 { [u32::MAX; 4] } else { bits };
            let (first, key) = (member & !3, [bits[3], bits[0].rotate_left(round)]);
            let (mut lows, mut highs) = ([0.0; LANES], [0.0; LANES]);
            BlockKey::new(key).block([source, group, first, k], |low, _| low as f64, &mut lows);
            BlockKey::new(key).block([source, group, first, k], |_, high| high as f64, &mut highs);
            for i in 0..LANES {
                let [low, high, ..] = philox([source, group, first + i as u32, k], key).map(f64::from);
                assert_eq!([lows[i], highs[i]].map(f64::to_bits), [low, high].map(f64::to_bits));
            }
        }
    }
}
