//! A stage as a recursion: the next in the queue starts as soon as a lane is free and open to it.
//!
//! The lanes keep the ends of their services in order, so that the next is free at the first of them. Of `n` lanes of which `k` may
//! take up services, the (n - k + 1)-th must have ended: then fewer than `k` are served (Kiefer and Wolfowitz, 1955, for all lanes).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::around::Piece;
use super::columns::Visits;
use crate::time::{Duration, Time};

/// Bits that number the lanes of a small stage.
const LANE_BITS: u32 = 4;
const MOST_NUMBERS: usize = 1 << LANE_BITS;
/// Up to so many lanes are kept in order, more in a heap.
const MOST_SORTED: u32 = 12;

/// The longest service: with the latest end of a horizon and the number of a lane it fits into 64 bits.
pub(super) const LONGEST: Duration = Duration(1 << 58);

/// Who is served when: fills in `started`, `left`, `left_place` and `under_way` of visits that have arrived; `lengths` are those of their services,
/// none beyond [`LONGEST`].
pub(super) fn serve(visits: &mut Visits, lanes: u32, pieces: &[Piece], lengths: &[Duration], end: Time) {
    let stage = Stage { pieces, lengths, end };
    match lanes {
        1 => stage.serve_sorted::<1>(visits),
        2 => stage.serve_sorted::<2>(visits),
        3 => stage.serve_sorted::<3>(visits),
        4 => stage.serve_sorted::<4>(visits),
        5 => stage.serve_sorted::<5>(visits),
        6 => stage.serve_sorted::<6>(visits),
        7 => stage.serve_sorted::<7>(visits),
        8 => stage.serve_sorted::<8>(visits),
        9 => stage.serve_sorted::<9>(visits),
        10 => stage.serve_sorted::<10>(visits),
        11 => stage.serve_sorted::<11>(visits),
        MOST_SORTED => stage.serve_sorted::<12>(visits),
        _ => stage.serve_heaped(visits),
    }
    // What would happen at or after the end does not.
    let until = visits.left.partition_point(|at| *at < end);
    visits.left.truncate(until);
    visits.under_way.extend(visits.left_place.drain(until..));
}

struct Stage<'a> {
    pieces: &'a [Piece],
    lengths: &'a [Duration],
    end: Time,
}

/// The lanes of a small stage, in order of the ends of their services: the end before the number of the lane.
#[derive(Clone, Copy)]
struct Lanes<const N: usize> {
    keys: [u64; N],
    /// By number, the place of the visit in it, from 1; 0: none yet.
    places: [u32; MOST_NUMBERS],
}

/// When the lane of a key ends its service.
#[inline]
const fn end_of(key: u64) -> Time {
    Time((key >> LANE_BITS) as i64)
}

/// The number of the lane of a key.
#[inline]
const fn number_of(key: u64) -> usize {
    key as usize % MOST_NUMBERS
}

impl<const N: usize> Lanes<N> {
    fn new() -> Lanes<N> {
        Lanes {
            keys: std::array::from_fn(|lane| lane as u64),
            places: [0; MOST_NUMBERS],
        }
    }

    /// The first lane takes up another service; gives the end and the place of the one before.
    #[inline]
    fn replace(&mut self, end: Time, place: u32) -> (Time, u32) {
        let first = self.keys[0];
        if N > 1 && (first ^ self.keys[1]) < MOST_NUMBERS as u64 {
            settle(self.keys, &mut self.places);
        }
        let before = std::mem::replace(&mut self.places[number_of(first)], place);
        let mut key = (end.0 as u64) << LANE_BITS | number_of(first) as u64;
        for rank in 1..N {
            let other = self.keys[rank];
            self.keys[rank - 1] = key.min(other);
            key = key.max(other);
        }
        self.keys[N - 1] = key;
        (end_of(first), before)
    }
}

/// Of visits that end first, at one instant, the one that came first leaves first: it changes places with the one in the first lane.
#[cold]
#[inline(never)]
fn settle<const N: usize>(keys: [u64; N], places: &mut [u32; MOST_NUMBERS]) {
    let tied = keys
        .iter()
        .filter(|key| end_of(**key) == end_of(keys[0]))
        .map(|key| number_of(*key));
    if let Some(first) = tied.min_by_key(|number| places[*number]) {
        places.swap(first, number_of(keys[0]));
    }
}

/// How many visits have been started, and how many have left.
#[derive(Clone, Copy, Default)]
struct Done {
    started: usize,
    left: usize,
}

impl Stage<'_> {
    /// When the piece of this number ends.
    fn until(&self, piece: usize) -> Time {
        self.pieces.get(piece + 1).map_or(self.end, |next| next.from.min(self.end))
    }

    fn serve_sorted<const N: usize>(&self, visits: &mut Visits) {
        let count = visits.arrived.len();
        visits.started.resize(count, Time::ZERO);
        visits.left.resize(count, Time::ZERO);
        visits.left_place.resize(count, 0);
        let mut lanes = Lanes::<N>::new();
        let mut done = Done::default();
        for (number, piece) in self.pieces.iter().enumerate() {
            let hours = (piece.from, self.until(number));
            let rank = N - piece.lanes.min(N as u32) as usize;
            if rank > 0 {
                self.serve_few(&mut lanes, visits, &mut done, (rank, count), hours);
            } else {
                // The first in each lane follow nobody.
                self.serve_few(&mut lanes, visits, &mut done, (rank, N), hours);
                if done.started >= N {
                    self.serve_many(&mut lanes, visits, &mut done, hours);
                }
            }
        }
        visits.started.truncate(done.started);
        visits.left.truncate(done.left);
        visits.left_place.truncate(done.left);
        for _ in 0..N {
            let (left, place) = lanes.replace(Time(self.end.0 + LONGEST.0), 0);
            if place > 0 {
                visits.left.push(left);
                visits.left_place.push(place - 1);
            }
        }
    }

    /// Starts services in some hours in the lanes from a rank on, until so many have been started in all.
    fn serve_few<const N: usize>(
        &self,
        lanes: &mut Lanes<N>,
        visits: &mut Visits,
        done: &mut Done,
        (rank, most): (usize, usize),
        (from, until): (Time, Time),
    ) {
        while rank < N && done.started < most.min(self.lengths.len()) {
            let place = done.started;
            let at = visits.arrived[place].max(end_of(lanes.keys[rank])).max(from);
            if at >= until {
                break;
            }
            visits.started[place] = at;
            done.started += 1;
            let (left, left_place) = lanes.replace(at + self.lengths[place], done.started as u32);
            if left_place > 0 {
                visits.left[done.left] = left;
                visits.left_place[done.left] = left_place - 1;
                done.left += 1;
            }
        }
    }

    /// The same in all lanes, each of which has had a service before.
    fn serve_many<const N: usize>(&self, lanes: &mut Lanes<N>, visits: &mut Visits, done: &mut Done, (from, until): (Time, Time)) {
        let mut own = *lanes;
        let first = done.started;
        let read = visits.arrived[first..].iter().zip(&self.lengths[first..]);
        let left = visits.left[done.left..].iter_mut().zip(&mut visits.left_place[done.left..]);
        let mut count = first as u32;
        for (((&arrived, &length), started), (left, left_place)) in read.zip(&mut visits.started[first..]).zip(left) {
            let at = Time(arrived.0.max(end_of(own.keys[0]).0).max(from.0));
            if at >= until {
                break;
            }
            *started = at;
            count += 1;
            let (end, place) = own.replace(Time(at.0 + length.0), count);
            (*left, *left_place) = (end, place - 1);
        }
        *lanes = own;
        done.left += count as usize - first;
        done.started = count as usize;
    }

    /// The same for any number of lanes: who is served stands in a heap by the end of its service.
    fn serve_heaped(&self, visits: &mut Visits) {
        visits.started.clear();
        visits.left.clear();
        visits.left_place.clear();
        let mut served: BinaryHeap<Reverse<(Time, u32)>> = BinaryHeap::new();
        let (mut piece, mut last) = (0, Time::ZERO);
        for ((place, &arrived), &length) in (0..).zip(&visits.arrived).zip(self.lengths) {
            // The lanes that the one before had to wait for may have been more than one.
            let mut at = arrived.max(last);
            let started = loop {
                at = at.max(self.pieces[piece].from);
                let lanes = self.pieces[piece].lanes as usize;
                while let Some(&Reverse((left, left_place))) = served.peek()
                    && (left <= at || (served.len() >= lanes && lanes > 0 && left < self.until(piece)))
                {
                    at = at.max(left);
                    served.pop();
                    visits.left.push(left);
                    visits.left_place.push(left_place);
                }
                if lanes > served.len() && at < self.until(piece) {
                    break Some(at);
                }
                piece += 1;
                if piece >= self.pieces.len() || self.pieces[piece].from >= self.end {
                    break None;
                }
            };
            let Some(started) = started else { break };
            visits.started.push(started);
            last = started;
            served.push(Reverse((started + length, place)));
        }
        while let Some(Reverse((left, place))) = served.pop() {
            visits.left.push(left);
            visits.left_place.push(place);
        }
    }
}
