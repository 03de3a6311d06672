//! Events by the hour in which they fall: a timing wheel (Varghese and Lauck, 1987), the hour under way in order.
//!
//! A bucket is 2³² µs, some 72 minutes. The wheel holds the buckets of the next weeks; what lies beyond them waits in a list. A bucket is
//! put in order when its hour comes, once for all that is in it; the few events that are scheduled within the hour find their place there.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use super::{Event, Key};
use crate::time::Time;

const BUCKET_BITS: u32 = 32;
const BUCKETS: usize = 1024;
/// How far the wheel reaches on each time it is filled from what lies beyond.
const REACH: u64 = BUCKETS as u64 / 2;
const WORDS: usize = BUCKETS / 64;
/// Among so many an event finds its place quickly; where more are due within the hour, a heap takes it.
const MOST: usize = 256;

/// An event with its place in the order.
#[derive(Clone, Copy, Debug)]
struct Entry {
    key: Key,
    event: Event,
}

impl Entry {
    fn bucket(&self) -> u64 {
        bucket(self.key.time())
    }
}

fn bucket(at: Time) -> u64 {
    at.0 as u64 >> BUCKET_BITS
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Entry {}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Entry {
    /// Reversed, because the heap gives its greatest entry first.
    fn cmp(&self, other: &Self) -> Ordering {
        other.key.cmp(&self.key)
    }
}

/// Events in buckets, those of the bucket under way in order.
#[derive(Debug)]
pub(super) struct Wheel {
    /// What is in buckets up to `current`, the next one last.
    near: Vec<Entry>,
    /// The same, of those for which there were too many in `near`.
    crowd: BinaryHeap<Entry>,
    current: u64,
    /// By bucket after `current` and before `limit`, modulo their number.
    buckets: Vec<Vec<Entry>>,
    /// A bit for each bucket that holds something.
    filled: [u64; WORDS],
    limit: u64,
    /// Everything from `limit` on.
    beyond: Vec<Entry>,
    /// The first bucket of those.
    beyond_from: u64,
}

impl Default for Wheel {
    fn default() -> Wheel {
        Wheel {
            near: Vec::new(),
            crowd: BinaryHeap::new(),
            current: 0,
            buckets: std::iter::repeat_with(Vec::new).take(BUCKETS).collect(),
            filled: [0; WORDS],
            limit: BUCKETS as u64,
            beyond: Vec::new(),
            beyond_from: u64::MAX,
        }
    }
}

impl Wheel {
    /// Forgets everything, keeps the memory.
    pub(super) fn clear(&mut self) {
        self.near.clear();
        self.crowd.clear();
        while let Some(place) = self.first_filled() {
            self.empty(place);
        }
        self.beyond.clear();
        (self.current, self.limit, self.beyond_from) = (0, BUCKETS as u64, u64::MAX);
    }

    pub(super) fn push(&mut self, key: Key, event: Event) {
        let entry = Entry { key, event };
        let bucket = entry.bucket();
        if bucket > self.current {
            self.put_ahead(bucket, entry);
        } else if self.near.len() < MOST {
            let place = self.near.partition_point(|other| other.key > key);
            self.near.insert(place, entry);
        } else {
            self.crowd.push(entry);
        }
    }

    fn put_ahead(&mut self, bucket: u64, entry: Entry) {
        if bucket < self.limit {
            let place = bucket as usize % BUCKETS;
            self.buckets[place].push(entry);
            self.filled[place / 64] |= 1 << (place % 64);
        } else {
            self.beyond_from = self.beyond_from.min(bucket);
            self.beyond.push(entry);
        }
    }

    /// Whether the next event is of the bucket under way; else [`Wheel::turn`] comes first.
    #[inline]
    pub(super) fn is_turned(&self) -> bool {
        !self.near.is_empty() || !self.crowd.is_empty()
    }

    /// The key of the next event or, where the wheel has to turn first, one that is not greater.
    #[inline]
    pub(super) fn head(&self) -> Key {
        match (self.near.last(), self.crowd.peek()) {
            (Some(next), None) => next.key,
            (None, None) => self.edge(),
            (next, Some(other)) => next.map_or(other.key, |next| next.key.min(other.key)),
        }
    }

    /// The beginning of the next bucket that holds something.
    fn edge(&self) -> Key {
        self.next_bucket()
            .map_or(Key::NEVER, |b| Key::first_at(Time((b << BUCKET_BITS) as i64)))
    }

    /// Turns to the next bucket that holds something and keeps what still holds.
    #[cold]
    pub(super) fn turn(&mut self, holds: impl Fn(&Event) -> bool) {
        let Some(next) = self.next_bucket() else { return };
        self.current = next;
        if next + REACH >= self.limit {
            self.limit = next - next % REACH + BUCKETS as u64;
            self.fill(&holds);
        }
        let place = next as usize % BUCKETS;
        let entries = std::mem::take(&mut self.buckets[place]);
        self.near.extend(entries.iter().filter(|entry| holds(&entry.event)));
        self.near.sort_unstable_by_key(|entry| Reverse(entry.key));
        self.buckets[place] = entries;
        self.empty(place);
    }

    /// Takes the next event, the wheel being turned.
    pub(super) fn pop(&mut self) -> Option<Event> {
        let is_crowded = self
            .crowd
            .peek()
            .is_some_and(|other| self.near.last().is_none_or(|next| other.key < next.key));
        let entry = if is_crowded { self.crowd.pop() } else { self.near.pop() };
        entry.map(|entry| entry.event)
    }

    /// Brings into the wheel what it now reaches, and forgets what no longer holds.
    fn fill(&mut self, holds: impl Fn(&Event) -> bool) {
        let limit = self.limit;
        if self.beyond_from >= limit {
            return;
        }
        let beyond = std::mem::take(&mut self.beyond);
        self.beyond_from = u64::MAX;
        for entry in beyond.into_iter().filter(|entry| holds(&entry.event)) {
            self.put_ahead(entry.bucket(), entry);
        }
    }

    fn empty(&mut self, place: usize) {
        self.buckets[place].clear();
        self.filled[place / 64] &= !(1 << (place % 64));
    }

    fn first_filled(&self) -> Option<usize> {
        let word = self.filled.iter().position(|word| *word != 0)?;
        Some(word * 64 + self.filled[word].trailing_zeros() as usize)
    }

    /// The next bucket after the current one that holds something.
    fn next_bucket(&self) -> Option<u64> {
        let start = (self.current as usize + 1) % BUCKETS;
        let ahead = |place: usize| self.current + 1 + ((place + BUCKETS - start) % BUCKETS) as u64;
        let first = self.filled[start / 64] & (u64::MAX << (start % 64));
        if first != 0 {
            return Some(ahead(start / 64 * 64 + first.trailing_zeros() as usize));
        }
        let words = (1..=WORDS).map(|step| (start / 64 + step) % WORDS);
        for word in words {
            if self.filled[word] != 0 {
                return Some(ahead(word * 64 + self.filled[word].trailing_zeros() as usize));
            }
        }
        (!self.beyond.is_empty()).then_some(self.beyond_from)
    }
}
