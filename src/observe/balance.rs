//! Conservation: every truck and every gram dispatched has ended or is somewhere, at every instant.
//!
//! A book is kept beside the tallies: by truck, its place (a stage, a place off the stages, a hub in which it waits to try again) and its
//! load. A truck that is taken from a place where it does not stand, one that ends with another load than it had, and a sum that does
//! not close at the end, is a fault of the model; the replication then has no result. People who cross have a book of their own. Of a
//! replication read from columns the sums are held against each other, not every truck: that its columns are those of the event engine is
//! for the tests to show.

use super::flow::Load;
use super::off::Off;
use crate::model::{Aside, TruckId};
use crate::time::Time;

/// Trucks or tonnes were not conserved: a defect of the program, not of the scenario.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Imbalance {
    /// Which replication, what does not close, and the numbers.
    pub message: String,
}

/// No place: the truck is not in the system.
const NOWHERE: u16 = u16::MAX;

/// Where a truck is, and its load in grams.
#[derive(Clone, Copy, Debug)]
struct Entry {
    place: u16,
    grams: i64,
}

/// The book of places.
#[derive(Clone, Debug)]
pub(super) struct Balance {
    /// What is counted, for messages.
    what: &'static str,
    stages: u16,
    /// By truck in the arena.
    entries: Vec<Entry>,
    /// By place, what is there: summed up at the end.
    there: Vec<Load>,
    dispatched: Load,
    ended: Load,
    /// Grams that trucks had less at their end than in this book, and whether any ever had less or more.
    missing: i64,
    strays: bool,
    /// Grams that left their trucks as rejected.
    repacked: i64,
    fault: Option<Fault>,
}

/// The first thing that went wrong.
#[derive(Clone, Debug)]
struct Fault {
    at: Time,
    truck: u32,
    expected: u16,
    found: u16,
}

impl Balance {
    /// A book of `what` (trucks, travellers).
    pub(super) fn new(what: &'static str, stages: usize, hubs: usize) -> Balance {
        Balance {
            what,
            stages: stages as u16,
            entries: Vec::new(),
            there: vec![Load::default(); stages + Off::ALL.len() + hubs],
            dispatched: Load::default(),
            ended: Load::default(),
            missing: 0,
            strays: false,
            repacked: 0,
            fault: None,
        }
    }

    pub(super) fn reset(&mut self) {
        self.entries.clear();
        self.dispatched = Load::default();
        self.ended = Load::default();
        (self.missing, self.strays, self.repacked) = (0, false, 0);
        self.fault = None;
    }

    /// The number of a place off the stages.
    pub(super) const fn off(&self, off: Off) -> u16 {
        self.stages + off as u16
    }

    /// The number of the place in which trucks wait in a hub to try again.
    pub(super) const fn hub(&self, hub: usize) -> u16 {
        self.stages + (Off::ALL.len() + hub) as u16
    }

    /// The hub that a place is, by index.
    pub(super) fn hub_at(&self, place: u16) -> Option<usize> {
        let first = self.hub(0);
        (first..self.there.len() as u16).contains(&place).then(|| (place - first) as usize)
    }

    /// The number of the place of a truck set aside.
    pub(super) const fn aside(&self, aside: Aside) -> u16 {
        match aside {
            Aside::Held => self.off(Off::Held),
            Aside::Quota => self.off(Off::Quota),
            Aside::TurnedBack => self.off(Off::TurnedBack),
            Aside::Hub(hub) => self.hub(hub as usize),
            Aside::Approval => self.off(Off::Approval),
            Aside::Repacking => self.off(Off::Repacking),
            Aside::Diverted => self.off(Off::Diverted),
        }
    }

    /// A part of a truck's load leaves it where it is.
    pub(super) fn repack(&mut self, id: TruckId, grams: i64) {
        if let Some(entry) = self.entries.get_mut(id.index()).filter(|e| e.place != NOWHERE) {
            entry.grams -= grams;
            self.repacked += grams;
        }
    }

    /// Sums up what is at each place.
    pub(super) fn sum_up(&mut self) {
        self.there.fill(Load::default());
        for entry in self.entries.iter().filter(|e| e.place != NOWHERE) {
            self.there[entry.place as usize].add(entry.grams);
        }
    }

    /// What is at a place, when that was summed up last.
    pub(super) fn at(&self, place: u16) -> Load {
        self.there[place as usize]
    }

    /// Trucks in the system.
    pub(super) const fn present(&self) -> i64 {
        self.dispatched.trucks - self.ended.trucks
    }

    /// Where a truck is.
    pub(super) fn place(&self, id: TruckId) -> u16 {
        self.entries.get(id.index()).map_or(NOWHERE, |entry| entry.place)
    }

    /// Enters a truck where its entry is free; false where there is none.
    #[inline]
    pub(super) fn enters(&mut self, id: TruckId, grams: i64) -> bool {
        let place = self.off(Off::Dispatched);
        match self.entries.get_mut(id.index()) {
            Some(entry) if entry.place == NOWHERE => {
                *entry = Entry { place, grams };
                self.dispatched.add(grams);
                true
            }
            _ => false,
        }
    }

    pub(super) fn dispatch(&mut self, at: Time, id: TruckId, number: u32, grams: i64) {
        if id.index() >= self.entries.len() {
            self.extend(id);
        }
        self.check(at, number, NOWHERE, self.place(id));
        self.entries[id.index()].place = NOWHERE;
        self.enters(id, grams);
    }

    fn extend(&mut self, id: TruckId) {
        let nobody = Entry { place: NOWHERE, grams: 0 };
        self.entries.resize(id.index() + 1, nobody);
    }

    /// Moves a truck that is in this book with this load; false where none is.
    #[inline]
    pub(super) fn comes(&mut self, id: TruckId, grams: i64, stage: u16) -> bool {
        match self.entries.get_mut(id.index()) {
            Some(entry) if entry.place != NOWHERE && entry.grams == grams => {
                entry.place = stage;
                true
            }
            _ => false,
        }
    }

    /// Moves a truck from a stage to another, its load to be looked at later; false where it does not stand there in this book.
    #[inline]
    pub(super) fn passes(&mut self, id: TruckId, stage: u16, to: u16) -> bool {
        match self.entries.get_mut(id.index()) {
            Some(entry) if entry.place == stage => {
                entry.place = to;
                true
            }
            _ => false,
        }
    }

    /// Moves a truck from a stage out of the system; false where it does not stand there in this book.
    #[inline]
    pub(super) fn passes_out(&mut self, id: TruckId, stage: u16, grams: i64) -> bool {
        match self.entries.get_mut(id.index()) {
            Some(entry) if entry.place == stage => {
                entry.place = NOWHERE;
                let booked = entry.grams;
                self.closed(booked, grams);
                true
            }
            _ => false,
        }
    }

    /// Moves a truck with its load; gives the place it comes from.
    pub(super) fn go(&mut self, at: Time, id: TruckId, number: u32, grams: i64, to: u16) -> u16 {
        match self.entries.get_mut(id.index()) {
            Some(entry) if entry.place != NOWHERE => {
                self.strays |= entry.grams != grams;
                std::mem::replace(&mut entry.place, to)
            }
            _ => {
                self.fault(at, number, to, NOWHERE);
                NOWHERE
            }
        }
    }

    /// Moves a truck from a stage where it must stand.
    pub(super) fn leave(&mut self, at: Time, id: TruckId, number: u32, grams: i64, stage: u16, to: Off) {
        let to = self.off(to);
        let from = self.go(at, id, number, grams, to);
        self.check(at, number, stage, from);
    }

    /// Moves a truck from a stage where it must stand to another.
    pub(super) fn pass(&mut self, at: Time, id: TruckId, number: u32, grams: i64, stage: u16, to: u16) {
        self.leave(at, id, number, grams, stage, Off::Between);
        self.go(at, id, number, grams, to);
    }

    /// A truck leaves the system; gives the place it leaves from.
    pub(super) fn end(&mut self, at: Time, id: TruckId, number: u32, grams: i64) -> u16 {
        match self.entries.get_mut(id.index()) {
            Some(entry) if entry.place != NOWHERE => {
                let Entry { place, grams: booked } = *entry;
                entry.place = NOWHERE;
                self.closed(booked, grams);
                place
            }
            _ => {
                self.fault(at, number, self.off(Off::Ending), NOWHERE);
                NOWHERE
            }
        }
    }

    /// A truck leaves the system from a stage where it must stand.
    pub(super) fn pass_out(&mut self, at: Time, id: TruckId, number: u32, grams: i64, stage: u16) {
        self.leave(at, id, number, grams, stage, Off::Ending);
        self.end(at, id, number, grams);
    }

    /// A truck that has left the system had this load in the book, and that load at its end.
    #[inline]
    const fn closed(&mut self, booked: i64, grams: i64) {
        self.ended.add(grams);
        if booked != grams {
            self.missing += booked - grams;
            self.strays = true;
        }
    }

    /// Trucks are dispatched that are not followed on their way: those that do not end are entered where they are at the end.
    pub(super) const fn counts_dispatched(&mut self, load: Load) {
        self.dispatched.join(load);
    }

    /// Such trucks end.
    pub(super) const fn counts_ended(&mut self, load: Load) {
        self.ended.join(load);
    }

    /// Such a truck is at a stage at the end.
    pub(super) fn counts_present(&mut self, stage: usize, grams: i64) {
        let place = stage as u16;
        self.entries.push(Entry { place, grams });
    }

    #[inline]
    fn check(&mut self, at: Time, truck: u32, expected: u16, found: u16) {
        if expected != found {
            self.fault(at, truck, expected, found);
        }
    }

    /// The first one is told.
    #[cold]
    fn fault(&mut self, at: Time, truck: u32, expected: u16, found: u16) {
        let fault = Fault {
            at,
            truck,
            expected,
            found,
        };
        self.fault.get_or_insert(fault);
    }

    /// Whether all is conserved; `names` are those of the stages, `hubs` those of the hubs, and `standing` gives what the
    /// tallies of a stage hold of this book: none if one of them was ever negative.
    pub(super) fn close(
        &self,
        replication: u32,
        names: &[String],
        hubs: &[String],
        standing: impl Fn(usize) -> Option<i64>,
    ) -> Result<(), Imbalance> {
        let refuse = |found: String| {
            Err(Imbalance {
                message: format!("replication {replication}: {} are not conserved: {found}", self.what),
            })
        };
        let named = |place: u16| match names.get(place as usize) {
            Some(stage) => format!("stage `{stage}`"),
            None => match self.hub_at(place).and_then(|hub| hubs.get(hub)) {
                Some(hub) => format!("hub `{hub}`"),
                None => Off::ALL
                    .get((place.wrapping_sub(self.stages)) as usize)
                    .map_or_else(|| "nowhere".to_owned(), |off| off.name().to_owned()),
            },
        };
        if let Some(Fault {
            at,
            truck,
            expected,
            found,
        }) = self.fault
        {
            let (hour, expected, found) = (at.as_hours(), named(expected), named(found));
            return refuse(format!("at hour {hour} truck {truck} was expected at {expected}, found at {found}"));
        }
        let mut sum = Load {
            trucks: 0,
            grams: self.missing,
        };
        self.there.iter().for_each(|load| sum.join(*load));
        let (out, back, repacked) = (self.dispatched, self.ended, self.repacked);
        let closes = (out.trucks, out.grams) == (back.trucks + sum.trucks, back.grams + repacked + sum.grams);
        if self.strays || !closes {
            let aside = if repacked == 0 {
                String::new()
            } else {
                format!(", repacked {repacked} g")
            };
            return refuse(format!(
                "dispatched {} ({} g), ended {} ({} g){aside}, present {} ({} g)",
                out.trucks, out.grams, back.trucks, back.grams, sum.trucks, sum.grams
            ));
        }
        for off in [Off::Dispatched, Off::Between, Off::Ending] {
            let left = self.at(self.off(off)).trucks;
            if left != 0 {
                return refuse(format!("{left} {} are {} at the end, expected none", self.what, off.name()));
            }
        }
        for (stage, name) in names.iter().enumerate() {
            let booked = self.there[stage].trucks;
            match standing(stage) {
                Some(tallied) if tallied == booked => {}
                Some(tallied) => return refuse(format!("stage `{name}` holds {booked}, its queue and lanes {tallied}")),
                None => return refuse(format!("a count of stage `{name}` fell below 0")),
            }
        }
        Ok(())
    }
}
