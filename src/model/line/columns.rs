//! A replication by columns: what happened, stage by stage, in order of time.

use super::super::observer::ActiveClosure;
use crate::scenario::End;
use crate::time::Time;

/// A replication by columns, as [`Line::run`](super::Line::run) leaves it. A truck is its place in order of dispatch.
#[derive(Debug, Default)]
pub struct Columns {
    /// By convoy of at least one truck, in order of dispatch.
    pub convoys: Vec<Convoy>,
    /// By truck.
    pub loads: Loads,
    /// By stage.
    pub stages: Vec<Visits>,
    /// What calendars and security did, in order of time.
    pub changes: Vec<Change>,
    /// The end of the replication.
    pub end: Time,
    /// Events, as the event engine counts them.
    pub events: u64,
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
    /// Its parts of the addresses of random numbers.
    pub source: u32,
    /// See `source`.
    pub group: u32,
}

/// What trucks are.
#[derive(Debug, Default)]
pub struct Loads {
    /// When they were dispatched.
    pub dispatched: Vec<Time>,
    /// Their convoys, by place.
    pub convoy: Vec<u32>,
    /// What each is, where they are not all alike.
    pub kinds: Vec<Kind>,
    /// What all are, where they are.
    pub alike: Option<Kind>,
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
    pub fn kind(&self, truck: usize) -> Kind {
        self.alike.unwrap_or_else(|| self.kinds[truck])
    }

    /// The kind of goods of a truck, by index.
    #[inline]
    pub fn cargo(&self, truck: u32) -> usize {
        usize::from(self.kind(truck as usize).cargo)
    }
}

/// The visits to a stage in order of arrival, which is that of the starts of service too.
#[derive(Debug, Default)]
pub struct Visits {
    /// Whose.
    pub truck: Vec<u32>,
    /// When they began.
    pub arrived: Vec<Time>,
    /// When their services started; those that did not are missing at the end.
    pub started: Vec<Time>,
    /// When services ended, and their trucks left, in that order.
    pub left: Vec<Time>,
    /// The places of those visits in the order of arrival.
    pub left_place: Vec<u32>,
    /// The places of the visits whose services are under way at the end.
    pub under_way: Vec<u32>,
    /// Trucks whose way ended here, in order of time.
    pub exits: Vec<Exit>,
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
    /// Forgets everything, keeps the memory; what is seated is seated anew.
    pub(super) fn clear(&mut self, stages: usize) {
        self.convoys.clear();
        self.loads.kinds.clear();
        self.loads.alike = None;
        self.stages.resize_with(stages, Visits::default);
        self.stages.iter_mut().for_each(Visits::clear);
        self.changes.clear();
        self.events = 0;
    }

    /// Gives every truck its convoy and its dispatch.
    pub(super) fn seat(&mut self, trucks: usize) {
        let loads = &mut self.loads;
        loads.dispatched.resize(trucks, Time::ZERO);
        loads.convoy.resize(trucks, 0);
        let mut places = loads.dispatched.iter_mut().zip(&mut loads.convoy);
        for (number, convoy) in (0..).zip(&self.convoys) {
            for (dispatched, own) in places.by_ref().take(convoy.trucks as usize) {
                (*dispatched, *own) = (convoy.at, number);
            }
        }
    }

    /// Trucks dispatched.
    pub fn trucks(&self) -> usize {
        self.loads.dispatched.len()
    }
}

impl Visits {
    /// The columns of services are overwritten where they are.
    fn clear(&mut self) {
        self.truck.clear();
        self.arrived.clear();
        self.under_way.clear();
        self.exits.clear();
    }
}
