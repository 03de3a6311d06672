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
pub(super) const MOST_SORTED: u32 = 12;

/// Who is served when: fills in `started`, `left` and `left_place` of visits that have arrived; `lengths` are those of their services.
pub(super) fn serve(visits: &mut Visits, lanes: u32, pieces: &[Piece], lengths: &[Duration], end: Time) {
    let visits = &mut *visits;
    visits.left.reserve(lengths.len());
    visits.left_place.reserve(lengths.len());
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
}

struct Stage<'a> {
    pieces: &'a [Piece],
    lengths: &'a [Duration],
    end: Time,
}

/// The lanes of a small stage, in order of the ends of their services: the end before the number of the lane.
struct Lanes<const N: usize> {
    keys: [u64; N],
    /// By number, the place of the visit in it, from 1; 0: none yet.
    places: [u32; MOST_NUMBERS],
}

impl<const N: usize> Lanes<N> {
    fn new() -> Lanes<N> {
        Lanes {
            keys: std::array::from_fn(|lane| lane as u64),
            places: [0; MOST_NUMBERS],
        }
    }

    /// When the lane of this rank ends its service.
    #[inline]
    fn end(&self, rank: usize) -> Time {
        Time((self.keys[rank] >> LANE_BITS) as i64)
    }

    /// The place of the visit in the lane of a rank, from 1.
    #[inline]
    fn place(&mut self, rank: usize) -> &mut u32 {
        &mut self.places[self.keys[rank] as usize % MOST_NUMBERS]
    }

    /// Of visits that end at one instant the first that came leaves first.
    #[inline]
    fn settle(&mut self) {
        if N > 1 && self.end(0) == self.end(1) {
            self.settle_ties();
        }
    }

    #[cold]
    fn settle_ties(&mut self) {
        let (end, mut first) = (self.end(0), *self.place(0));
        for rank in 1..N {
            if self.end(rank) == end && *self.place(rank) < first {
                std::mem::swap(&mut first, self.place(rank));
            }
        }
        *self.place(0) = first;
    }

    /// The first lane takes up another service; gives the end and the place of the one before.
    #[inline]
    fn replace(&mut self, end: Time, place: u32) -> (Time, u32) {
        self.settle();
        let before = (self.end(0), std::mem::replace(self.place(0), place));
        let mut key = (end.0 as u64) << LANE_BITS | self.keys[0] % (1 << LANE_BITS);
        for rank in 1..N {
            let other = self.keys[rank];
            self.keys[rank - 1] = key.min(other);
            key = key.max(other);
        }
        self.keys[N - 1] = key;
        before
    }
}

impl Stage<'_> {
    /// When the piece of this number ends.
    fn until(&self, piece: usize) -> Time {
        self.pieces.get(piece + 1).map_or(self.end, |next| next.from.min(self.end))
    }

    fn serve_sorted<const N: usize>(&self, visits: &mut Visits) {
        let mut lanes = Lanes::<N>::new();
        let rank_of = |piece: usize| {
            N.checked_sub(self.pieces[piece].lanes.min(N as u32) as usize)
                .filter(|&rank| rank < N)
        };
        let (mut piece, mut rank) = (0, rank_of(0));
        let (mut from, mut until) = (Time::ZERO, if rank.is_some() { self.until(0) } else { Time::ZERO });
        for ((place, &arrived), &length) in (1..).zip(&visits.arrived).zip(self.lengths) {
            let ready = |rank: Option<usize>, from: Time, lanes: &Lanes<N>| {
                let free = lanes.end(rank.unwrap_or(0));
                Time(arrived.0.max(free.0).max(from.0))
            };
            let mut at = ready(rank, from, &lanes);
            while at >= until {
                piece += 1;
                if piece >= self.pieces.len() || self.pieces[piece].from >= self.end {
                    self.empty(&mut lanes, visits);
                    return;
                }
                rank = rank_of(piece);
                from = self.pieces[piece].from;
                until = if rank.is_some() { self.until(piece) } else { from };
                at = ready(rank, from, &lanes);
            }
            visits.started.push(at);
            let ends = Time(at.0.saturating_add(length.0).min(self.end.0));
            let (left, left_place) = lanes.replace(ends, place);
            if left_place > 0 {
                visits.left.push(left);
                visits.left_place.push(left_place - 1);
            }
        }
        self.empty(&mut lanes, visits);
    }

    /// The services under way end.
    fn empty<const N: usize>(&self, lanes: &mut Lanes<N>, visits: &mut Visits) {
        for _ in 0..N {
            let (left, place) = lanes.replace(self.end, 0);
            if place > 0 {
                visits.left.push(left);
                visits.left_place.push(place - 1);
            }
        }
        self.cut(visits);
    }

    /// Forgets what would happen at or after the end.
    fn cut(&self, visits: &mut Visits) {
        let until = visits.left.partition_point(|at| *at < self.end);
        visits.left.truncate(until);
        visits.left_place.truncate(until);
    }

    /// The same for any number of lanes: who is served stands in a heap by the end of its service.
    fn serve_heaped(&self, visits: &mut Visits) {
        let mut served: BinaryHeap<Reverse<(Time, u32)>> = BinaryHeap::new();
        let (mut piece, mut last) = (0, Time::ZERO);
        for ((place, &arrived), &length) in (0..).zip(&visits.arrived).zip(self.lengths) {
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
            let ends = Time(started.0.saturating_add(length.0).min(self.end.0));
            served.push(Reverse((ends, place)));
        }
        while let Some(Reverse((left, place))) = served.pop() {
            visits.left.push(left);
            visits.left_place.push(place);
        }
        self.cut(visits);
    }
}
