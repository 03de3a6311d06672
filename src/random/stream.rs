//! Addresses of random numbers: whose, for what, which one.

use super::philox::philox;

/// Distinguishes the counters that make keys from any later use of the same generator.
const KEY_DOMAIN: u32 = 0x7261_6661;

/// What random numbers are for, known by a name such as `stage.scan.service`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Purpose(u64);

impl Purpose {
    /// Depends on the name alone, so a new purpose leaves the numbers of the others as they were.
    pub fn named(name: &str) -> Purpose {
        let mut first = [0; 8];
        first.copy_from_slice(&blake3::hash(name.as_bytes()).as_bytes()[..8]);
        Purpose(u64::from_le_bytes(first))
    }
}

/// Whose random numbers: a truck, convoy, incident, spell or day, the same under every policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entity {
    /// The stream or process, by the hash of its name.
    pub source: u32,
    /// The convoy, incident, spell or day.
    pub group: u32,
    /// The position within.
    pub member: u32,
}

impl Entity {
    /// An entity of a process that is the only one of its purpose: its number, and the position within.
    pub const fn numbered(group: u32, member: u32) -> Entity {
        Entity { source: 0, group, member }
    }

    /// The `source` of entities that come from the stream or process of this name.
    pub fn source_named(name: &str) -> u32 {
        let mut first = [0; 4];
        first.copy_from_slice(&blake3::hash(name.as_bytes()).as_bytes()[..4]);
        u32::from_le_bytes(first)
    }
}

/// The random numbers of one purpose in one replication.
///
/// Holds no state but its key: numbers may be asked for in any order, any number of times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stream {
    key: [u32; 2],
}

impl Stream {
    /// The key is one evaluation of the generator at (seed, replication) under the purpose.
    pub fn new(seed: u64, replication: u32, purpose: Purpose) -> Stream {
        let counter = [seed as u32, (seed >> 32) as u32, replication, KEY_DOMAIN];
        let [a, b, ..] = philox(counter, [purpose.0 as u32, (purpose.0 >> 32) as u32]);
        Stream { key: [a, b] }
    }

    /// What the generator is keyed with.
    pub(super) fn key(self) -> [u32; 2] {
        self.key
    }

    /// The `k`-th number of `entity`, uniform in the open interval from 0 to 1; the first of [`Stream::pair`].
    pub fn uniform(&self, entity: Entity, k: u32) -> f64 {
        let [a, b, ..] = philox([entity.source, entity.group, entity.member, k], self.key);
        open_unit(a, b)
    }

    /// Two independent uniforms of one address.
    pub fn pair(&self, entity: Entity, k: u32) -> [f64; 2] {
        let [a, b, c, d] = philox([entity.source, entity.group, entity.member, k], self.key);
        [open_unit(a, b), open_unit(c, d)]
    }
}

/// The upper 53 of 64 bits as a multiple of 2⁻⁵³; in place of 0 half of that, so that every quantile is finite.
pub(super) fn open_unit(low: u32, high: u32) -> f64 {
    const UNIT: f64 = 1.0 / (1_u64 << 53) as f64;
    let bits = (u64::from(high) << 32 | u64::from(low)) >> 11;
    (bits as f64).max(0.5) * UNIT
}

#[cfg(test)]
mod tests {
    use super::*;

    fn truck(group: u32, member: u32) -> Entity {
        Entity {
            source: Entity::source_named("convoy.gate"),
            group,
            member,
        }
    }

    #[test]
    fn an_address_gives_the_same_number_whatever_was_asked_before() {
        let stream = Stream::new(42, 3, Purpose::named("stage.scan.service"));
        let addresses: Vec<(Entity, u32)> = (0..50).flat_map(|g| (0..4).map(move |m| (truck(g, m), m))).collect();
        let forwards: Vec<u64> = addresses.iter().map(|&(e, k)| stream.uniform(e, k).to_bits()).collect();
        let mut backwards: Vec<u64> = addresses.iter().rev().map(|&(e, k)| stream.uniform(e, k).to_bits()).collect();
        backwards.reverse();
        assert_eq!(forwards, backwards);
    }

    #[test]
    fn every_part_of_the_address_matters() {
        let at = |seed, replication, purpose: &str, entity, k| Stream::new(seed, replication, Purpose::named(purpose)).pair(entity, k);
        let e = truck(1, 1);
        let mut bits: Vec<u64> = [
            at(1, 0, "a", e, 0),
            at(2, 0, "a", e, 0),
            at(1 << 40, 0, "a", e, 0),
            at(1, 1, "a", e, 0),
            at(1, 0, "b", e, 0),
            at(1, 0, "a", Entity { source: e.source + 1, ..e }, 0),
            at(1, 0, "a", Entity { group: 2, ..e }, 0),
            at(1, 0, "a", Entity { member: 2, ..e }, 0),
            at(1, 0, "a", e, 1),
        ]
        .iter()
        .flatten()
        .map(|u| u.to_bits())
        .collect();
        bits.sort_unstable();
        bits.dedup();
        assert_eq!(bits.len(), 18);
    }

    #[test]
    fn no_two_purposes_or_replications_share_a_key() {
        let mut keys: Vec<[u32; 2]> = (0..100)
            .flat_map(|p| (0..100).map(move |r| Stream::new(7, r, Purpose::named(&format!("stage.s{p}.service"))).key))
            .collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), 10_000);
    }

    #[test]
    fn the_interval_is_open_at_both_ends() {
        assert!(open_unit(0, 0) > 0.0);
        assert!(open_unit(u32::MAX, u32::MAX) < 1.0);
        assert!(1.0 - open_unit(0, 0) <= 1.0);
    }

    #[test]
    fn numbers_are_uniform_over_trucks_convoys_and_visits() {
        let stream = Stream::new(1, 0, Purpose::named("uniformity"));
        let addresses: [fn(u32) -> (Entity, u32); 3] = [|i| (truck(0, i), 0), |i| (truck(i, 0), 0), |i| (truck(0, 0), i)];
        for address in addresses {
            let mut cells = [0_u32; 256];
            for i in 0..256_000 {
                let (entity, k) = address(i);
                cells[(stream.uniform(entity, k) * 256.0) as usize] += 1;
            }
            assert_chi_square(&cells, 1000.0);
        }
    }

    #[test]
    fn neighbouring_addresses_purposes_and_replications_are_independent_in_pairs() {
        let stream = |r, name| Stream::new(1, r, Purpose::named(name));
        let (s, next, other) = (stream(0, "pairs"), stream(1, "pairs"), stream(0, "others"));
        let couples: [&dyn Fn(u32) -> [f64; 2]; 5] = [
            &|i| s.pair(truck(0, i), 0),
            &|i| [s.uniform(truck(0, i), 0), s.uniform(truck(0, i + 1), 0)],
            &|i| [s.uniform(truck(0, i), 0), s.uniform(truck(0, i), 1)],
            &|i| [s.uniform(truck(0, i), 0), next.uniform(truck(0, i), 0)],
            &|i| [s.uniform(truck(0, i), 0), other.uniform(truck(0, i), 0)],
        ];
        for couple in couples {
            let mut cells = [0_u32; 256];
            for i in 0..256_000 {
                let [a, b] = couple(i);
                cells[(a * 16.0) as usize * 16 + (b * 16.0) as usize] += 1;
            }
            assert_chi_square(&cells, 1000.0);
        }
    }

    /// Within four standard deviations of its mean: chi-square on n - 1 degrees of freedom has mean n - 1 and variance 2(n - 1).
    fn assert_chi_square(cells: &[u32], expected: f64) {
        let freedom = (cells.len() - 1) as f64;
        let statistic: f64 = cells
            .iter()
            .map(|&n| (f64::from(n) - expected) * (f64::from(n) - expected) / expected)
            .sum();
        assert!(
            (statistic - freedom).abs() < 4.0 * (2.0 * freedom).sqrt(),
            "chi-square {statistic} on {freedom}"
        );
    }
}
