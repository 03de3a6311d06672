//! A replication by columns: what happened, stage by stage, in order of time.

use super::super::observer::ActiveClosure;
use super::station::Station;
use crate::scenario::End;
use crate::time::{Duration, Time};

/// A part of a replication by columns, as [`Line::run`](super::Line::run) hands them on: what happened from the end of the part before
/// until before an instant, and what is not over.
///
/// A truck is its place in order of dispatch in the whole replication, a convoy likewise; columns of them begin with the first that may
/// still matter.
#[derive(Debug, Default)]
pub struct Columns {
    /// By convoy of at least one truck, in order of dispatch.
    pub convoys: Vec<Convoy>,
    /// The first of those.
    pub first_convoy: u32,
    /// By truck.
    pub loads: Loads,
    /// By stage.
    pub stages: Vec<Visits>,
    /// What calendars and security do, in order of time, in the whole replication.
    pub changes: Vec<Change>,
    /// The end of the part, and after the last of the replication.
    pub until: Time,
    /// Whether it is the first of the replication.
    pub is_first: bool,
    /// Whether it is the last.
    pub is_last: bool,
    /// What is no longer in the columns but was in those of the part before.
    pub forgotten: Forgotten,
}

/// How many at the front of columns have been forgotten.
#[derive(Debug, Default)]
pub struct Forgotten {
    /// Convoys.
    pub convoys: usize,
    /// Trucks.
    pub trucks: usize,
    /// By stage, visits.
    pub visits: Vec<usize>,
}

/// A convoy.
#[derive(Clone, Copy, Debug)]
pub struct Convoy {
    /// When it was dispatched.
    pub at: Time,
    /// Its stream, by index.
    pub stream: u16,
    /// The stage that it enters.
    pub enters: u16,
    /// Its first truck; the others follow.
    pub first: u32,
    /// How many.
    pub trucks: u32,
    /// Its number among those of the stream, from 1.
    pub number: u32,
    /// Its parts of the addresses of random numbers.
    pub source: u32,
    /// See `source`.
    pub group: u32,
}

/// What trucks are.
#[derive(Debug, Default)]
pub struct Loads {
    /// The first truck of the columns.
    pub first: u32,
    /// When they were dispatched.
    pub dispatched: Vec<Time>,
    /// Their convoys, by place.
    pub convoy: Vec<u32>,
    /// What each is, where they are not all alike.
    pub kinds: Vec<Kind>,
    /// What all are, where they are.
    pub alike: Option<Kind>,
    /// Shorter columns are not looked at again.
    enough: usize,
}

/// What a truck is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// The kind of goods, by index.
    pub cargo: u16,
    /// The organisation, by index.
    pub organisation: u16,
    /// The load in whole grams.
    pub grams: i64,
}

impl Loads {
    /// What a truck is.
    #[inline]
    pub fn kind(&self, truck: u32) -> Kind {
        self.alike.unwrap_or_else(|| self.kinds[(truck - self.first) as usize])
    }

    /// The kind of goods of a truck, by index.
    #[inline]
    pub fn cargo(&self, truck: u32) -> usize {
        usize::from(self.kind(truck).cargo)
    }

    /// When a truck was dispatched.
    #[inline]
    pub fn dispatched(&self, truck: u32) -> Time {
        self.dispatched[(truck - self.first) as usize]
    }
}

/// The visits to a stage in order of arrival, which is that of the starts of service too.
#[derive(Debug, Default)]
pub struct Visits {
    /// Whose.
    pub truck: Vec<u32>,
    /// When they began.
    pub arrived: Vec<Time>,
    /// When their services started; those that have not are missing at the end.
    pub started: Vec<Time>,
    /// When services ended in the part, and their trucks left, in that order.
    pub left: Vec<Time>,
    /// The places of those visits in the order of arrival.
    pub left_place: Vec<u32>,
    /// After the last part, the places of the visits whose services are under way.
    pub under_way: Vec<u32>,
    /// Trucks whose way ended here in the part, in order of time.
    pub exits: Vec<Exit>,
    /// How long the services of those take that have not started, and of others.
    pub(super) length: Vec<Duration>,
    /// Shorter columns are not looked at again.
    enough: usize,
}

/// The end of a truck's way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exit {
    /// When.
    pub at: Time,
    /// Which.
    pub truck: u32,
    /// How.
    pub end: End,
    /// Whether an outcome of the stage returned it.
    pub returned: bool,
}

/// A change of what may work.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// When.
    pub at: Time,
    /// What.
    pub news: News,
}

/// What an observer hears of a change.
#[derive(Clone, Debug, PartialEq)]
pub enum News {
    /// The calendar of a stage opens or closes.
    Calendar {
        /// By index.
        stage: usize,
        /// Whether it opens.
        open: bool,
    },
    /// What security leaves open has changed.
    Security {
        /// The share of each stage's lanes.
        capacities: Vec<f64>,
        /// The closures in force.
        active: Vec<ActiveClosure>,
    },
}

impl Columns {
    /// The columns of a replication before its first part; keeps the memory.
    pub(super) fn begin(&mut self, stages: usize) {
        self.convoys.clear();
        self.loads.dispatched.clear();
        self.loads.convoy.clear();
        self.loads.kinds.clear();
        (self.first_convoy, self.loads.first, self.loads.alike) = (0, 0, None);
        self.stages.resize_with(stages, Visits::default);
        self.stages.iter_mut().for_each(Visits::clear);
        self.changes.clear();
        (self.is_first, self.is_last) = (true, false);
        self.forgotten.begin(stages);
    }

    /// After a part: what has happened in it is forgotten where that makes columns much shorter; gives how many trucks.
    ///
    /// Columns of fewer than `least` are not made shorter.
    pub(super) fn go_on(&mut self, stations: &mut [Station], least: usize) -> usize {
        self.is_first = false;
        self.forgotten.begin(self.stages.len());
        for ((visits, station), forgotten) in self.stages.iter_mut().zip(stations).zip(&mut self.forgotten.visits) {
            *forgotten = visits.go_on(station, least);
        }
        let trucks = self.loads.dispatched.len();
        if trucks < self.loads.enough.max(least) {
            return 0;
        }
        let present = self.stages.iter().flat_map(|visits| visits.truck.iter().copied());
        let all = self.loads.first + trucks as u32;
        let first = present.min().unwrap_or(all).min(all);
        let gone = (first - self.loads.first) as usize;
        let convoys = self
            .loads
            .convoy
            .get(gone)
            .map_or(self.convoys.len(), |c| (*c - self.first_convoy) as usize);
        self.loads.forget(gone);
        self.convoys.drain(..convoys);
        self.first_convoy += convoys as u32;
        (self.forgotten.trucks, self.forgotten.convoys) = (gone, convoys);
        gone
    }

    /// A convoy and its trucks come.
    #[inline]
    pub(super) fn add(&mut self, convoy: Convoy) {
        let number = self.first_convoy + self.convoys.len() as u32;
        let loads = &mut self.loads;
        if convoy.trucks == 1 {
            loads.dispatched.push(convoy.at);
            loads.convoy.push(number);
        } else {
            let trucks = loads.dispatched.len() + convoy.trucks as usize;
            loads.dispatched.resize(trucks, convoy.at);
            loads.convoy.resize(trucks, number);
        }
        self.convoys.push(convoy);
    }

    /// The convoy of a truck.
    #[inline]
    pub fn convoy_of(&self, truck: u32) -> &Convoy {
        let convoy = self.loads.convoy[(truck - self.loads.first) as usize];
        &self.convoys[(convoy - self.first_convoy) as usize]
    }
}

impl Forgotten {
    fn begin(&mut self, stages: usize) {
        (self.convoys, self.trucks) = (0, 0);
        self.visits.clear();
        self.visits.resize(stages, 0);
    }
}

impl Loads {
    fn forget(&mut self, trucks: usize) {
        self.dispatched.drain(..trucks);
        self.convoy.drain(..trucks);
        if self.alike.is_none() {
            self.kinds.drain(..trucks);
        }
        self.first += trucks as u32;
        self.enough = 2 * self.dispatched.len();
    }
}

impl Visits {
    fn clear(&mut self) {
        self.truck.clear();
        self.arrived.clear();
        self.started.clear();
        self.left.clear();
        self.left_place.clear();
        self.under_way.clear();
        self.exits.clear();
        self.length.clear();
        self.enough = 0;
    }

    /// Forgets who left in the part, and visits at the front, up to the first that is not over, if they are many; gives how many.
    fn go_on(&mut self, station: &mut Station, least: usize) -> usize {
        self.left.clear();
        self.left_place.clear();
        self.exits.clear();
        if self.truck.len() < self.enough.max(least) {
            return 0;
        }
        let forgotten = station.first_served().map_or(self.started.len(), |place| place as usize);
        station.forget(forgotten as u32);
        self.truck.drain(..forgotten);
        self.arrived.drain(..forgotten);
        self.started.drain(..forgotten);
        self.length.drain(..forgotten);
        self.enough = 2 * self.truck.len();
        forgotten
    }
}
