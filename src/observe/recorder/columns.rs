//! A replication told by columns: the same tallies as from hooks, filled in stretch by stretch.
//!
//! Between two cuts every column contributes a slice to each tally. Counts, areas and sums are whole numbers, which add up to the same in
//! any order; of changes at one instant no tally keeps the order.

use super::super::delivery::Delivery;
use super::super::flow::Load;
use super::Recorder;
use crate::model::{Columns, Exit, Kind, Loads, News, Observer};
use crate::scenario::End;
use crate::time::Time;

/// How far the columns have been read.
#[derive(Clone, Debug, Default)]
struct Places {
    /// Until when.
    until: Time,
    trucks: usize,
    stages: Vec<StagePlaces>,
}

/// How far the columns of a stage have been read.
#[derive(Clone, Copy, Debug, Default)]
struct StagePlaces {
    arrived: usize,
    started: usize,
    left: usize,
    exits: usize,
}

impl Places {
    /// Goes on to the first things at or after an instant.
    fn move_to(&mut self, until: Time, columns: &Columns) {
        self.until = until;
        self.trucks = before(&columns.loads.dispatched, self.trucks, |t| *t < until);
        for (at, visits) in self.stages.iter_mut().zip(&columns.stages) {
            at.arrived = before(&visits.arrived, at.arrived, |t| *t < until);
            at.started = before(&visits.started, at.started, |t| *t < until);
            at.left = before(&visits.left, at.left, |t| *t < until);
            at.exits = before(&visits.exits, at.exits, |exit| exit.at < until);
        }
    }
}

impl Recorder {
    /// Reads a whole replication.
    pub fn read(&mut self, columns: &Columns) {
        let mut places = Places {
            stages: vec![StagePlaces::default(); columns.stages.len()],
            ..Places::default()
        };
        for change in &columns.changes {
            self.read_until(change.at, columns, &mut places);
            match &change.news {
                News::Calendar { stage, open } => self.calendar(change.at, *stage, *open),
                News::Security { capacities, active } => self.security(change.at, capacities, active),
            }
        }
        self.read_until(columns.end, columns, &mut places);
        // What happens at the very end, where that is the end of the last truck, counts.
        self.absorb(Time::NEVER, columns, &mut places);
        self.book_present(columns, &places);
        self.finished(columns.end);
        self.read_convoys(columns);
    }

    /// Reads what happened before an instant, and makes the cuts up to it.
    fn read_until(&mut self, at: Time, columns: &Columns, places: &mut Places) {
        while self.next <= at {
            let cut = self.next;
            self.absorb(cut, columns, places);
            self.cut(cut);
        }
        self.absorb(at, columns, places);
    }

    /// Reads a stretch without cuts, from where the columns have been read until before an instant.
    fn absorb(&mut self, until: Time, columns: &Columns, places: &mut Places) {
        if until <= places.until {
            return;
        }
        let from = places.clone();
        places.move_to(until, columns);
        self.absorb_backlog(columns, &from, places);
        let loads = &columns.loads;
        self.absorb_loads((from.trucks..places.trucks).map(|truck| (truck, None)), loads);
        let stages = columns.stages.iter().zip(from.stages.iter().zip(&places.stages));
        for (stage, (visits, (from_place, to))) in stages.enumerate() {
            let arrivals = |place: &u32| visits.arrived[*place as usize];
            let starts = from_place.started..to.started;
            let ends = from_place.left..to.left;
            self.stages[stage].read(
                from.until,
                &visits.arrived[from_place.arrived..to.arrived],
                (&visits.arrived[starts.clone()], &visits.started[starts]),
                (visits.left_place[ends.clone()].iter().map(arrivals), &visits.left[ends]),
            );
            self.absorb_exits(stage, &visits.exits[from_place.exits..to.exits], loads);
        }
    }

    fn absorb_backlog(&mut self, columns: &Columns, from: &Places, to: &Places) {
        let stages = columns.stages.iter().zip(from.stages.iter().zip(&to.stages));
        let exits: Vec<&[Exit]> = stages.map(|(visits, (from, to))| &visits.exits[from.exits..to.exits]).collect();
        let dispatched = &columns.loads.dispatched[from.trucks..to.trucks];
        self.backlog.read_lists(from.until, dispatched, &exits, |exit| exit.at);
    }

    fn absorb_exits(&mut self, stage: usize, exits: &[Exit], loads: &Loads) {
        self.absorb_loads(exits.iter().map(|exit| (exit.truck as usize, Some(exit.end))), loads);
        for exit in exits {
            if exit.end == End::Delivered {
                let truck = exit.truck as usize;
                let Kind { cargo, organisation, grams } = loads.kind(truck);
                self.stocks.delivered(exit.at, cargo, grams);
                let time = (exit.at - loads.dispatched[truck]).0;
                self.deliveries.push(Delivery { time, cargo, organisation });
            } else {
                self.stretch.returns += i64::from(exit.returned);
                if exit.end == End::Expired {
                    self.stages[stage].expired();
                }
            }
        }
        if let Some(last) = exits.last() {
            self.last_end = self.last_end.max(Some(last.at));
        }
    }

    /// Trucks that are dispatched or, so, end: those alike that follow each other at once.
    fn absorb_loads(&mut self, trucks: impl Iterator<Item = (usize, Option<End>)>, loads: &Loads) {
        let (mut kind, mut load) = ((0, 0, None), Load::default());
        for (truck, end) in trucks {
            let Kind { cargo, organisation, grams } = loads.kind(truck);
            let own = (cargo, organisation, end);
            if own != kind {
                self.join_load(std::mem::replace(&mut kind, own), std::mem::take(&mut load));
            }
            load.add(grams);
        }
        self.join_load(kind, load);
    }

    fn join_load(&mut self, (cargo, organisation, end): (u16, u16, Option<End>), load: Load) {
        self.stretch.join_load(cargo, organisation, load, end);
        if end.is_some() {
            self.balance.counts_ended(load);
        } else {
            self.balance.counts_dispatched(load);
        }
    }

    /// Enters who is there at the end into the book.
    fn book_present(&mut self, columns: &Columns, places: &Places) {
        for (stage, (visits, at)) in columns.stages.iter().zip(&places.stages).enumerate() {
            let in_lanes = visits.under_way.iter().map(|&place| place as usize);
            for place in in_lanes.chain(at.started..at.arrived) {
                let kind = columns.loads.kind(visits.truck[place] as usize);
                self.balance.counts_present(stage, kind.grams);
            }
        }
    }

    /// Convoys: their sizes, the starts of their first services and the ends of their last trucks.
    fn read_convoys(&mut self, columns: &Columns) {
        if self.convoys.is_empty() {
            return;
        }
        let begin = if self.begun { self.warm_up } else { Time::ZERO };
        let mut started = vec![None; columns.convoys.len()];
        let mut ended = vec![Time::ZERO; columns.convoys.len()];
        let mut left: Vec<u32> = columns.convoys.iter().map(|c| c.trucks).collect();
        for (stage, visits) in columns.stages.iter().enumerate() {
            // The first of a convoy is served first, at the stage that it enters.
            let mut visit = visits.truck.iter().zip(&visits.started);
            for (convoy, started) in columns.convoys.iter().zip(&mut started) {
                if convoy.enters as usize == stage {
                    *started = visit.find(|(truck, _)| **truck == convoy.first).map(|(_, at)| *at);
                }
            }
            for exit in &visits.exits {
                let convoy = columns.loads.convoy[exit.truck as usize] as usize;
                left[convoy] -= 1;
                ended[convoy] = exit.at.max(ended[convoy]);
            }
        }
        for (i, convoy) in columns.convoys.iter().enumerate() {
            let cleared = (left[i] == 0).then_some(ended[i]);
            if let Some(tally) = self.convoys.get_mut(convoy.stream as usize) {
                tally.read(begin, convoy.at, convoy.trucks, started[i], cleared);
            }
        }
    }
}

/// The place of the first from a place on for which something does not hold, seen from near.
fn before<T>(column: &[T], from: usize, holds: impl Fn(&T) -> bool) -> usize {
    let mut step = 16;
    let mut low = from;
    while column.get(low + step).is_some_and(&holds) {
        low += step;
        step *= 2;
    }
    let high = column.len().min(low + step);
    low + column[low..high].partition_point(holds)
}
