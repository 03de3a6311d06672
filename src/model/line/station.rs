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

    /// Starts services before an instant, and tells who leaves; none is longer than [`LONGEST`].
    pub(super) fn serve(&mut self, visits: &mut Visits, lanes: u32, hours: Hours, until: Time) {
        match lanes {
            1 => self.serve_sorted::<1>(visits, hours, until),
            2 => self.serve_sorted::<2>(visits, hours, until),
            3 => self.serve_sorted::<3>(visits, hours, until),
            4 => self.serve_sorted::<4>(visits, hours, until),
            5 => self.serve_sorted::<5>(visits, hours, until),
            6 => self.serve_sorted::<6>(visits, hours, until),
            7 => self.serve_sorted::<7>(visits, hours, until),
            8 => self.serve_sorted::<8>(visits, hours, until),
            9 => self.serve_sorted::<9>(visits, hours, until),
            10 => self.serve_sorted::<10>(visits, hours, until),
            11 => self.serve_sorted::<11>(visits, hours, until),
            MOST_SORTED => self.serve_sorted::<12>(visits, hours, until),
            _ => self.serve_heaped(visits, hours, until),
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
        visits.left.extend(leaving.iter().map(|(at, _)| *at));
        visits.left_place.extend(leaving.iter().map(|(_, place)| *place));
        self.leave(visits, Time(until.0 - 1));
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

    fn serve_sorted<const N: usize>(&mut self, visits: &mut Visits, hours: Hours, until: Time) {
        let mut lanes = Lanes::<N> {
            keys: std::array::from_fn(|rank| self.keys[rank]),
            places: self.places,
        };
        let mut service = Service::new(visits);
        while let Some(piece) = hours.get(self.piece).filter(|piece| piece.from < until && !service.is_done()) {
            let ends = hours.until(self.piece);
            let range = (piece.from, ends.min(until));
            let rank = N - piece.lanes.min(N as u32) as usize;
            if rank == 0 {
                service.serve::<N, true>(&mut lanes, 0, range);
            } else if rank < N {
                service.serve::<N, false>(&mut lanes, rank, range);
            }
            if service.is_done() || ends > until {
                break;
            }
            self.piece += 1;
        }
        service.finish();
        self.keys[..N].copy_from_slice(&lanes.keys);
        self.places = lanes.places;
    }

    /// The same for any number of lanes.
    fn serve_heaped(&mut self, visits: &mut Visits, hours: Hours, until: Time) {
        while visits.started.len() < visits.arrived.len() {
            let place = visits.started.len();
            // The lanes that the one before had to wait for may have been more than one.
            let mut at = visits.arrived[place].max(self.last);
            loop {
                let Some(piece) = hours.get(self.piece) else { return };
                at = at.max(piece.from);
                if at >= until {
                    return;
                }
                self.leave(visits, at);
                let (lanes, ends) = (piece.lanes as usize, hours.until(self.piece));
                if lanes > self.served.len() && at < ends {
                    break;
                }
                match self.served.peek() {
                    Some(&Reverse((left, _))) if lanes > 0 && left < ends => at = left,
                    _ => self.piece += 1,
                }
            }
            visits.started.push(at);
            self.last = at;
            self.served.push(Reverse((at + visits.length[place], place as u32)));
        }
    }

    /// Those leave, of many lanes, whose services have ended.
    fn leave(&mut self, visits: &mut Visits, at: Time) {
        while let Some(&Reverse((left, place))) = self.served.peek()
            && left <= at
        {
            self.served.pop();
            visits.left.push(left);
            visits.left_place.push(place);
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
    lengths: &'a [Duration],
    started: &'a mut Vec<Time>,
    /// How many have been started.
    done: usize,
    left: &'a mut Vec<Time>,
    left_place: &'a mut Vec<u32>,
    /// How many have left.
    left_count: usize,
}

/// Starts for which room is made at once.
const ROOM: usize = 1024;

impl Service<'_> {
    fn new(visits: &mut Visits) -> Service<'_> {
        Service {
            arrived: &visits.arrived,
            lengths: &visits.length,
            done: visits.started.len(),
            started: &mut visits.started,
            left_count: visits.left.len(),
            left: &mut visits.left,
            left_place: &mut visits.left_place,
        }
    }

    /// Whether all have been started.
    fn is_done(&self) -> bool {
        self.done == self.arrived.len()
    }

    fn finish(self) {
        self.started.truncate(self.done);
        self.left.truncate(self.left_count);
        self.left_place.truncate(self.left_count);
    }

    /// Starts services in some hours in the lanes from a rank on, all of them where that is 0.
    fn serve<const N: usize, const ALL: bool>(&mut self, lanes: &mut Lanes<N>, rank: usize, hours: (Time, Time)) {
        loop {
            let some = self.arrived.len().min(self.done + ROOM);
            let leaving = self.left_count + some - self.done;
            self.started.resize(some, Time::ZERO);
            self.left.resize(leaving, Time::ZERO);
            self.left_place.resize(leaving, 0);
            self.serve_some::<N, ALL>(lanes, rank, hours);
            if self.done < some || self.is_done() {
                return;
            }
        }
    }

    /// The same as long as there is room, in which as many leave as start.
    fn serve_some<const N: usize, const ALL: bool>(&mut self, lanes: &mut Lanes<N>, rank: usize, (from, until): (Time, Time)) {
        let mut own = *lanes;
        let mut place = self.done as u32;
        let mut left_count = 0;
        let read = self.arrived[self.done..].iter().zip(&self.lengths[self.done..]);
        let (left, left_place) = (&mut self.left[self.left_count..], &mut self.left_place[self.left_count..]);
        let left_place = &mut left_place[..left.len()];
        for ((&arrived, &length), started) in read.zip(&mut self.started[self.done..]) {
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
        self.done = place as usize;
    }
}
