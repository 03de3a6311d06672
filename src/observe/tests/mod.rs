//! Replications told by hand, and what must come of them.
#![allow(clippy::float_cmp, reason = "what is worked out by hand must come out exactly")]

mod balance;
mod corridor;
mod days;
mod engine;
mod hub;
mod people;
mod security;
mod stages;
mod steps;
mod stock;
mod trace;
mod travellers;

use super::{Frames, Imbalance, Layout, Recorder};
use crate::calendar::Origin;
use crate::model::{Answer, Aside, Cause, HubExit, Leaves, Observer, Plan, Trip, Truck, TruckId};
use crate::random::{CountLaw, Entity, Law};
use crate::scenario::*;
use crate::time::{DAY_US, Duration, HOUR_US, MINUTE_US, Time};

/// An instant by its minute.
fn minute(at: f64) -> Time {
    Time((at * MINUTE_US as f64).round() as i64)
}

/// Stages `gate` and `scan` (counted as `scanned`), cargos `food` and `tents`, organisations `un` and `ngo`, stream `road`; a day long.
fn world() -> Scenario {
    let mut scan = sample::stage("scan");
    scan.counts_as = Some("scanned".to_owned());
    scan.lanes = Some(2);
    let mut food = sample::cargo("food");
    food.need_tonnes_per_day = Some(20.0);
    let organisation = |name| Organisation {
        share: 0.5,
        ..sample::organisation(name)
    };
    Scenario {
        cargos: vec![food, sample::cargo("tents")],
        organisations: vec![organisation("un"), organisation("ngo")],
        stages: vec![sample::stage("gate"), scan],
        ..sample::world("by hand")
    }
}

const GATE: usize = 0;
const SCAN: usize = 1;

/// Tells a replication by hand; times in minutes.
struct Script<O> {
    to: O,
    trucks: Vec<Truck>,
}

impl<O: Observer> Script<O> {
    fn telling(to: O) -> Script<O> {
        Script { to, trucks: Vec::new() }
    }

    fn with(&mut self, at: f64, truck: usize, tell: impl FnOnce(&mut O, Time, TruckId, &Truck)) {
        tell(&mut self.to, minute(at), TruckId(truck as u32), &self.trucks[truck]);
    }

    /// A convoy of trucks of 20 t, of the first cargo and organisation.
    fn convoy(&mut self, at: f64, number: u32, trucks: usize) -> std::ops::Range<usize> {
        self.to.convoy(minute(at), 0, number, trucks as u32);
        let first = self.trucks.len();
        for _ in 0..trucks {
            self.dispatch(at, number, 0, 0);
        }
        first..self.trucks.len()
    }

    fn dispatch(&mut self, at: f64, convoy: u32, cargo: u16, organisation: u16) -> usize {
        let truck = self.trucks.len();
        self.trucks.push(Truck {
            is_traveller: false,
            tries: 1,
            number: truck as u32 + 1,
            stream: 0,
            convoy,
            entity: Entity {
                source: 0,
                group: convoy,
                member: truck as u32,
            },
            organisation,
            consignor: organisation,
            cargo,
            grams: 20_000_000,
            pallets: 0.0,
            dispatched: minute(at),
            stage: u16::MAX,
            arrived: Time::NEVER,
            started: Time::NEVER,
            completed: Time::NEVER,
        });
        self.with(at, truck, O::dispatched);
        truck
    }

    fn arrive(&mut self, at: f64, truck: usize, stage: usize) {
        let t = &mut self.trucks[truck];
        (t.stage, t.arrived, t.started, t.completed) = (stage as u16, minute(at), Time::NEVER, Time::NEVER);
        self.with(at, truck, O::arrived);
    }

    fn start(&mut self, at: f64, truck: usize) {
        self.trucks[truck].started = minute(at);
        self.with(at, truck, O::started);
    }

    fn complete(&mut self, at: f64, truck: usize) {
        self.trucks[truck].completed = minute(at);
        self.with(at, truck, O::completed);
    }

    /// Leaves its stage, and arrives at the next or ends.
    fn leave(&mut self, at: f64, truck: usize, to: Leaves) {
        self.with(at, truck, |o, at, id, t| o.left(at, id, t, to));
        match to {
            Leaves::Stage(stage) => self.arrive(at, truck, stage),
            Leaves::End(end) => self.end(at, truck, end, Cause::Plain),
            Leaves::TurnedBack => self.set_aside(at, truck, Aside::TurnedBack),
            Leaves::Returned => self.set_aside(at, truck, Aside::Hub(0)),
            Leaves::Repacking => self.set_aside(at, truck, Aside::Repacking),
            Leaves::Diverted => self.set_aside(at, truck, Aside::Diverted),
        }
    }

    fn set_aside(&mut self, at: f64, truck: usize, place: Aside) {
        self.with(at, truck, |o, at, id, t| o.set_aside(at, id, t, place));
    }

    fn end(&mut self, at: f64, truck: usize, end: End, cause: Cause) {
        self.with(at, truck, |o, at, id, t| o.ended(at, id, t, end, cause));
    }

    /// A whole visit: arrives, starts, completes, and is delivered.
    fn pass(&mut self, truck: usize, stage: usize, [arrive, start, end]: [f64; 3]) {
        self.arrive(arrive, truck, stage);
        self.start(start, truck);
        self.complete(end, truck);
        self.leave(end, truck, Leaves::End(End::Delivered));
    }

    fn finish(&mut self, at: f64) {
        self.to.finished(minute(at));
    }
}

/// The tables of a replication.
struct Result {
    layout: Layout,
    frames: Frames,
}

impl Result {
    /// Tells a replication to a recorder of a world, and writes it.
    fn of(world: &Scenario, tell: impl FnOnce(&mut Script<Recorder>)) -> Result {
        Result::try_of(world, tell).unwrap()
    }

    fn try_of(world: &Scenario, tell: impl FnOnce(&mut Script<Recorder>)) -> std::result::Result<Result, Imbalance> {
        let plan = Plan::compile(world);
        let layout = Layout::new(&[&plan], None).unwrap();
        let mut frames = Frames::new(&layout);
        let mut script = Script::telling(Recorder::new(&plan, &layout));
        tell(&mut script);
        script.to.write("by hand", 1, &mut frames)?;
        Ok(Result { layout, frames })
    }

    fn rows(&self, table: &str) -> usize {
        self.frames.0[self.layout.position(table).unwrap()].len()
    }

    /// A number of a row of a table.
    fn at(&self, table: &str, row: usize, column: &str) -> f64 {
        let place = self.layout.position(table).unwrap();
        let column = self.layout.tables()[place]
            .position(column)
            .unwrap_or_else(|| panic!("no {column} in {table}"));
        self.frames.0[place].columns[column].real(row)
    }

    /// The numbers of a row, by column.
    fn row<const N: usize>(&self, table: &str, row: usize, columns: [&str; N]) -> [f64; N] {
        columns.map(|column| self.at(table, row, column))
    }

    /// The row of a table with this key.
    fn find(&self, table: &str, column: &str, key: &str) -> usize {
        (0..self.rows(table))
            .find(|&row| self.word(table, row, column) == key)
            .unwrap_or_else(|| panic!("no {key} in {table}"))
    }

    /// Where trucks went: from, to, how many.
    fn moves(&self) -> Vec<(&str, &str, f64)> {
        let word = |row, column| self.word("flows", row, column);
        (0..self.rows("flows"))
            .map(|row| (word(row, "from"), word(row, "to"), self.at("flows", row, "trucks")))
            .collect()
    }

    /// A word of a row of a table.
    fn word(&self, table: &str, row: usize, column: &str) -> &str {
        let place = self.layout.position(table).unwrap();
        let column = self.layout.tables()[place].position(column).unwrap();
        self.frames.0[place].columns[column].text(row).unwrap_or("")
    }

    /// A response of the replication.
    fn response(&self, name: &str) -> f64 {
        self.at("replications", 0, name)
    }
}

/// Equal but for rounding.
#[track_caller]
fn near(found: f64, expected: f64) {
    let slack = 1e-12 * expected.abs().max(1.0);
    assert!((found - expected).abs() <= slack, "found {found}, expected {expected}");
}
