//! A replication told by columns: the same tallies as from hooks, filled in stretch by stretch.
//!
//! Between two cuts every column contributes a slice to each tally. Counts, areas and sums are whole numbers, which add up to the same in
//! any order; of changes at one instant no tally keeps the order.

use super::super::flow::Load;
use super::Recorder;
use crate::model::{Columns, Exit, Kind, Loads, News, Observer};
use crate::scenario::End;
use crate::time::Time;

/// How far the columns have been read.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    /// Until when.
    until: Time,
    convoys: usize,
    trucks: usize,
    stages: Vec<StagePlaces>,
    changes: usize,
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
    /// Nothing has been read.
    fn begin(&mut self, stages: usize) {
        (self.until, self.convoys, self.trucks, self.changes) = (Time::ZERO, 0, 0, 0);
        self.stages.clear();
        self.stages.resize(stages, StagePlaces::default());
    }

    /// In the columns of the next part.
    fn go_on(&mut self, columns: &Columns) {
        self.convoys -= columns.forgotten.convoys;
        self.trucks -= columns.forgotten.trucks;
        for (at, forgotten) in self.stages.iter_mut().zip(&columns.forgotten.visits) {
            at.arrived -= forgotten;
            at.started -= forgotten;
            (at.left, at.exits) = (0, 0);
        }
    }

    /// Goes on to the first things at or after an instant.
    fn move_to(&mut self, until: Time, columns: &Columns) {
        self.until = until;
        self.convoys = before(&columns.convoys, self.convoys, |convoy| convoy.at < until);
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
    /// Reads a part of a replication, after those before it.
    pub fn read(&mut self, columns: &Columns) {
        let mut places = std::mem::take(&mut self.places);
        if columns.is_first {
            self.reset();
            places.begin(columns.stages.len());
        } else {
            places.go_on(columns);
        }
        while let Some(change) = columns.changes.get(places.changes)
            && (columns.is_last || change.at < columns.until)
        {
            places.changes += 1;
            self.read_until(change.at, columns, &mut places);
            match &change.news {
                News::Calendar { stage, open } => self.calendar(change.at, *stage, *open),
                News::Security { capacities, active } => self.security(change.at, capacities, active),
            }
        }
        self.read_until(columns.until, columns, &mut places);
        if columns.is_last {
            // What happens at the very end, where that is the end of the last truck, counts.
            self.absorb(Time::NEVER, columns, &mut places);
            self.book_present(columns, &places);
            self.finished(columns.until);
        }
        self.places = places;
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
        self.absorb_convoys(columns, &from, places);
        let loads = &columns.loads;
        let dispatched = (from.trucks..places.trucks).map(|place| (loads.first + place as u32, None));
        self.absorb_loads(dispatched, loads);
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
        self.absorb_loads(exits.iter().map(|exit| (exit.truck, Some(exit.end))), loads);
        for exit in exits {
            if exit.end == End::Delivered {
                let Kind {
                    cargo,
                    organisation,
                    grams,
                } = loads.kind(exit.truck);
                self.stocks.delivered(exit.at, cargo, grams);
                let time = (exit.at - loads.dispatched(exit.truck)).0;
                self.deliveries.make_room();
                self.deliveries.push_within(time, cargo, organisation);
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
    fn absorb_loads(&mut self, trucks: impl Iterator<Item = (u32, Option<End>)>, loads: &Loads) {
        let (mut kind, mut load) = ((0, 0, None), Load::default());
        for (truck, end) in trucks {
            let Kind {
                cargo,
                organisation,
                grams,
            } = loads.kind(truck);
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
                let kind = columns.loads.kind(visits.truck[place]);
                self.balance.counts_present(stage, kind.grams);
            }
        }
    }

    /// Convoys: their sizes, the starts of their first services and the ends of their last trucks.
    fn absorb_convoys(&mut self, columns: &Columns, from: &Places, to: &Places) {
        if self.convoys.is_empty() {
            return;
        }
        for convoy in &columns.convoys[from.convoys..to.convoys] {
            if let Some(tally) = self.convoys.get_mut(convoy.stream as usize) {
                tally.comes(convoy.at, convoy.number, convoy.trucks);
            }
        }
        // All starts before any end, since a convoy without trucks is forgotten.
        let stages = || columns.stages.iter().zip(from.stages.iter().zip(&to.stages));
        for (stage, (visits, (from, to))) in stages().enumerate() {
            let starts = from.started..to.started;
            // The first of a convoy is served first, at the stage that it enters.
            for (&truck, &at) in visits.truck[starts.clone()].iter().zip(&visits.started[starts]) {
                let convoy = columns.convoy_of(truck);
                if truck == convoy.first
                    && convoy.enters as usize == stage
                    && let Some(tally) = self.convoys.get_mut(convoy.stream as usize)
                {
                    tally.started(at, convoy.number);
                }
            }
        }
        for (visits, (from, to)) in stages() {
            for exit in &visits.exits[from.exits..to.exits] {
                let convoy = columns.convoy_of(exit.truck);
                if let Some(tally) = self.convoys.get_mut(convoy.stream as usize) {
                    tally.over(exit.at, convoy.number);
                }
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
