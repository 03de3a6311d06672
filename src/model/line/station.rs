//! A stage as a recursion: the next in the queue starts as soon as a lane is free and open to it.
//!
//! The lanes keep the ends of their services in order, so that the next is free at the first of them. Of `n` lanes of which `k` may
//! take up services, the (n - k + 1)-th must have ended: then fewer than `k` are served (Kiefer and Wolfowitz, 1955, for all lanes).
//! Whoever comes later changes nothing of this, so all who are known are given their starts at once, part of the replication or not.

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

/// The lanes of a stage between two parts of a replication.
#[derive(Debug, Default)]
pub(super) struct Station {
    /// Of a small stage, the lanes in order of the ends of their services: the end before the number of the lane.
    keys: [u64; MOST_SORTED as usize],
    /// By number, the place of the visit in it, from 1; 0: nobody.
    places: [u32; MOST_NUMBERS],
    /// Of a larger one, who is served, by the ends of services, with the places of the visits.
    served: BinaryHeap<Reverse<(Time, u32)>>,
    /// The start given last.
    last: Time,
    /// The piece of the hours in which it lies.
    piece: usize,
}

/// The hours of a stage.
#[derive(Clone, Copy)]
pub(super) struct Hours<'a> {
    pub(super) pieces: &'a [Piece],
    /// The end of the horizon.
    pub(super) end: Time,
}

impl Hours<'_> {
    /// When the piece of this number ends.
    fn until(&self, piece: usize) -> Time {
        self.pieces.get(piece + 1).map_or(self.end, |next| next.from.min(self.end))
    }

    fn get(&self, piece: usize) -> Option<&Piece> {
        self.pieces.get(piece).filter(|piece| piece.from < self.end)
    }
}

impl Station {
    /// Nobody is there.
    pub(super) fn clear(&mut self) {
        self.keys = std::array::from_fn(|lane| lane as u64);
        self.places = [0; MOST_NUMBERS];
        self.served.clear();
        (self.last, self.piece) = (Time::ZERO, 0);
    }

    /// Gives those who have arrived and have no start yet theirs, and tells who leaves; `lengths` are those of their services, none beyond
    /// [`LONGEST`].
    pub(super) fn serve(&mut self, visits: &mut Visits, lanes: u32, hours: Hours, lengths: &[Duration]) {
        match lanes {
            1 => self.serve_sorted::<1>(visits, hours, lengths),
            2 => self.serve_sorted::<2>(visits, hours, lengths),
            3 => self.serve_sorted::<3>(visits, hours, lengths),
            4 => self.serve_sorted::<4>(visits, hours, lengths),
            5 => self.serve_sorted::<5>(visits, hours, lengths),
            6 => self.serve_sorted::<6>(visits, hours, lengths),
            7 => self.serve_sorted::<7>(visits, hours, lengths),
            8 => self.serve_sorted::<8>(visits, hours, lengths),
            9 => self.serve_sorted::<9>(visits, hours, lengths),
            10 => self.serve_sorted::<10>(visits, hours, lengths),
            11 => self.serve_sorted::<11>(visits, hours, lengths),
            MOST_SORTED => self.serve_sorted::<12>(visits, hours, lengths),
            _ => self.serve_heaped(visits, hours, lengths),
        }
    }

    /// Those leave whose services end before an instant and who have not left yet, nobody following them in their lanes.
    pub(super) fn release(&mut self, visits: &mut Visits, until: Time) {
        let mut leaving: Vec<(Time, u32)> = Vec::new();
        for key in self.keys {
            let place = &mut self.places[number_of(key)];
            if end_of(key) < until && *place > 0 {
                leaving.push((end_of(key), std::mem::take(place) - 1));
            }
        }
        leaving.sort_unstable();
        while let Some(&Reverse(next)) = self.served.peek()
            && next.0 < until
        {
            self.served.pop();
            leaving.push(next);
        }
        visits.left.extend(leaving.iter().map(|(at, _)| *at));
        visits.left_place.extend(leaving.iter().map(|(_, place)| *place));
    }

    /// The place of the first visit among those served.
    pub(super) fn first_served(&self) -> Option<u32> {
        let in_lanes = self.places.iter().filter(|place| **place > 0).map(|place| place - 1);
        in_lanes.chain(self.served.iter().map(|Reverse((_, place))| *place)).min()
    }

    /// The first visits are forgotten, none of which is served.
    pub(super) fn forget(&mut self, visits: u32) {
        self.places
            .iter_mut()
            .filter(|place| **place > 0)
            .for_each(|place| *place -= visits);
        let earlier = |Reverse((at, place)): Reverse<(Time, u32)>| Reverse((at, place - visits));
        self.served = std::mem::take(&mut self.served).into_iter().map(earlier).collect();
    }

    fn serve_sorted<const N: usize>(&mut self, visits: &mut Visits, hours: Hours, lengths: &[Duration]) {
        let mut lanes = Lanes::<N> {
            keys: std::array::from_fn(|rank| self.keys[rank]),
            places: self.places,
        };
        let mut done = visits.started.len();
        let count = visits.arrived.len();
        let first = count - lengths.len();
        let mut service = Service {
            arrived: &visits.arrived,
            lengths,
            first,
            left_count: visits.left.len(),
            started: &mut visits.started,
            left: &mut visits.left,
            left_place: &mut visits.left_place,
        };
        service.make_room(count);
        while let Some(piece) = hours.get(self.piece).filter(|_| done >= first && done < count) {
            let range = (piece.from, hours.until(self.piece));
            let rank = N - piece.lanes.min(N as u32) as usize;
            if rank == 0 {
                done = service.serve::<N, true>(&mut lanes, done, 0, range);
            } else if rank < N {
                done = service.serve::<N, false>(&mut lanes, done, rank, range);
            }
            if done < count {
                self.piece += 1;
            }
        }
        service.trim(done);
        self.keys[..N].copy_from_slice(&lanes.keys);
        self.places = lanes.places;
    }

    /// The same for any number of lanes.
    fn serve_heaped(&mut self, visits: &mut Visits, hours: Hours, lengths: &[Duration]) {
        let count = visits.arrived.len();
        let first = count - lengths.len();
        let mut place = visits.started.len();
        while place >= first && place < count {
            // The lanes that the one before had to wait for may have been more than one.
            let mut at = visits.arrived[place].max(self.last);
            let started = loop {
                let Some(piece) = hours.get(self.piece) else { break None };
                let until = hours.until(self.piece);
                at = at.max(piece.from);
                let lanes = piece.lanes as usize;
                while let Some(&Reverse((left, left_place))) = self.served.peek()
                    && (left <= at || (self.served.len() >= lanes && lanes > 0 && left < until))
                {
                    at = at.max(left);
                    self.served.pop();
                    visits.left.push(left);
                    visits.left_place.push(left_place);
                }
                if lanes > self.served.len() && at < until {
                    break Some(at);
                }
                self.piece += 1;
            };
            let Some(started) = started else { break };
            visits.started.push(started);
            self.last = started;
            self.served.push(Reverse((started + lengths[place - first], place as u32)));
            place += 1;
        }
    }
}

/// The lanes of a small stage at work.
#[derive(Clone, Copy)]
struct Lanes<const N: usize> {
    keys: [u64; N],
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

/// Columns of visits while they are filled in.
struct Service<'a> {
    arrived: &'a [Time],
    /// Of the services of visits from the one of number `first` on.
    lengths: &'a [Duration],
    first: usize,
    started: &'a mut Vec<Time>,
    left: &'a mut Vec<Time>,
    left_place: &'a mut Vec<u32>,
    /// How many have left.
    left_count: usize,
}

impl Service<'_> {
    /// Room for all who may start, and for one who leaves with each of them.
    fn make_room(&mut self, count: usize) {
        let leaving = self.left.len() + count - self.started.len() + 1;
        self.started.resize(count, Time::ZERO);
        self.left.resize(leaving, Time::ZERO);
        self.left_place.resize(leaving, 0);
    }

    fn trim(&mut self, started: usize) {
        self.started.truncate(started);
        self.left.truncate(self.left_count);
        self.left_place.truncate(self.left_count);
    }

    /// Starts services in some hours in the lanes from a rank on, all of them where that is 0, from the visit of number `done` on; gives
    /// that of the first visit that did not start.
    fn serve<const N: usize, const ALL: bool>(
        &mut self,
        lanes: &mut Lanes<N>,
        done: usize,
        rank: usize,
        (from, until): (Time, Time),
    ) -> usize {
        let mut own = *lanes;
        let mut place = done as u32;
        let mut left_count = 0;
        let read = self.arrived[done..].iter().zip(&self.lengths[done - self.first..]);
        let (left, left_place) = (&mut self.left[self.left_count..], &mut self.left_place[self.left_count..]);
        let left_place = &mut left_place[..left.len()];
        for ((&arrived, &length), started) in read.zip(&mut self.started[done..]) {
            let free = own.keys[if ALL { 0 } else { rank }];
            let at = Time(arrived.0.max(end_of(free).0).max(from.0));
            if at >= until {
                break;
            }
            *started = at;
            place += 1;
            let (end, before) = own.replace(Time(at.0 + length.0), place);
            // Each is written; the next is written over it where the lane was empty.
            (left[left_count], left_place[left_count]) = (end, before.wrapping_sub(1));
            left_count += usize::from(before > 0);
        }
        *lanes = own;
        self.left_count += left_count;
        place as usize
    }
}
