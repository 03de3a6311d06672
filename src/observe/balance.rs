//! Conservation: every truck and every gram dispatched has ended or is somewhere, at every instant.
//!
//! A book of places is kept beside the tallies: each stage, and the places off the stages. A truck that is taken from a place where
//! it does not stand, and a sum that does not close at the end, is a fault of the model; the replication then has no result.

use super::flow::Load;
use crate::model::{Aside, TruckId};
use crate::time::Time;

/// Trucks or tonnes were not conserved: a defect of the program, not of the scenario.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Imbalance {
    /// Which replication, what does not close, and the numbers.
    pub message: String,
}

/// Where a truck can be that is at no stage; placed behind the stages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Off {
    /// Dispatched and not yet anywhere else: for an instant only.
    Dispatched,
    /// Held until registered.
    Held,
    /// Over its quota.
    Quota,
    /// Turned back, to come again.
    TurnedBack,
    /// Back in a hub, to try again.
    Hub,
    /// Waiting for approval.
    Approval,
    /// Being repacked.
    Repacking,
    /// Diverted, on its way.
    Diverted,
    /// Between two stages: for an instant only.
    Between,
    /// Left its last stage: for an instant only.
    Ending,
}

impl Off {
    /// All, in order.
    pub(super) const ALL: [Off; 10] = [
        Off::Dispatched,
        Off::Held,
        Off::Quota,
        Off::TurnedBack,
        Off::Hub,
        Off::Approval,
        Off::Repacking,
        Off::Diverted,
        Off::Between,
        Off::Ending,
    ];

    /// The place of a truck set aside.
    pub(super) const fn of(aside: Aside) -> Off {
        match aside {
            Aside::Held => Off::Held,
            Aside::Quota => Off::Quota,
            Aside::TurnedBack => Off::TurnedBack,
            Aside::Hub(_) => Off::Hub,
            Aside::Approval => Off::Approval,
            Aside::Repacking => Off::Repacking,
            Aside::Diverted => Off::Diverted,
        }
    }

    /// The word of the results.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Off::Dispatched => "dispatched",
            Off::Held => "held",
            Off::Quota => "quota",
            Off::TurnedBack => "turned_back",
            Off::Hub => "hub",
            Off::Approval => "approval",
            Off::Repacking => "repacking",
            Off::Diverted => "diverted",
            Off::Between => "between stages",
            Off::Ending => "ending",
        }
    }
}

/// No place: the truck is not in the system.
const NOWHERE: u16 = u16::MAX;

/// The book of places.
#[derive(Clone, Debug)]
pub(super) struct Balance {
    stages: u16,
    /// By truck in the arena, its place.
    place: Vec<u16>,
    /// By place, what is there.
    there: Vec<Load>,
    dispatched: Load,
    ended: Load,
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
    pub(super) fn new(stages: usize) -> Balance {
        Balance {
            stages: stages as u16,
            place: Vec::new(),
            there: vec![Load::default(); stages + Off::ALL.len()],
            dispatched: Load::default(),
            ended: Load::default(),
            fault: None,
        }
    }

    pub(super) fn reset(&mut self) {
        self.place.fill(NOWHERE);
        self.there.fill(Load::default());
        self.dispatched = Load::default();
        self.ended = Load::default();
        self.fault = None;
    }

    /// The number of a place off the stages.
    pub(super) const fn off(&self, off: Off) -> u16 {
        self.stages + off as u16
    }

    /// What is at a place.
    pub(super) fn at(&self, place: u16) -> Load {
        self.there[place as usize]
    }

    /// Trucks in the system.
    pub(super) const fn present(&self) -> i64 {
        self.dispatched.trucks - self.ended.trucks
    }

    /// Where a truck is.
    pub(super) fn place(&self, id: TruckId) -> u16 {
        self.place.get(id.index()).copied().unwrap_or(NOWHERE)
    }

    pub(super) fn dispatch(&mut self, at: Time, id: TruckId, number: u32, grams: i64) {
        if id.index() >= self.place.len() {
            self.place.resize(id.index() + 1, NOWHERE);
        }
        self.check(at, number, NOWHERE, self.place[id.index()]);
        let place = self.off(Off::Dispatched);
        self.place[id.index()] = place;
        self.there[place as usize].add(grams);
        self.dispatched.add(grams);
    }

    /// Moves a truck; gives the place it comes from.
    pub(super) fn go(&mut self, at: Time, id: TruckId, number: u32, grams: i64, to: u16) -> u16 {
        let from = self.place(id);
        if from == NOWHERE {
            self.check(at, number, to, from);
            return from;
        }
        self.place[id.index()] = to;
        self.there[from as usize].take(grams);
        self.there[to as usize].add(grams);
        from
    }

    /// Moves a truck from a stage where it must stand.
    pub(super) fn leave(&mut self, at: Time, id: TruckId, number: u32, grams: i64, stage: u16, to: Off) {
        let to = self.off(to);
        let from = self.go(at, id, number, grams, to);
        self.check(at, number, stage, from);
    }

    /// A truck leaves the system; gives the place it leaves from.
    pub(super) fn end(&mut self, at: Time, id: TruckId, number: u32, grams: i64) -> u16 {
        let from = self.place(id);
        if from == NOWHERE {
            self.check(at, number, self.off(Off::Ending), from);
            return from;
        }
        self.place[id.index()] = NOWHERE;
        self.there[from as usize].take(grams);
        self.ended.add(grams);
        from
    }

    #[inline]
    fn check(&mut self, at: Time, truck: u32, expected: u16, found: u16) {
        if expected != found && self.fault.is_none() {
            self.fault = Some(Fault {
                at,
                truck,
                expected,
                found,
            });
        }
    }

    /// Whether all is conserved; `standing` gives the trucks that the tallies of a stage hold, none if one of them was ever negative.
    pub(super) fn close(&self, replication: u32, names: &[String], standing: impl Fn(usize) -> Option<i64>) -> Result<(), Imbalance> {
        let refuse = |what: String| {
            Err(Imbalance {
                message: format!("replication {replication}: trucks are not conserved: {what}"),
            })
        };
        let named = |place: u16| match names.get(place as usize) {
            Some(stage) => format!("stage `{stage}`"),
            None => Off::ALL
                .get((place.wrapping_sub(self.stages)) as usize)
                .map_or_else(|| "nowhere".to_owned(), |off| off.name().to_owned()),
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
        let (mut sum, mut least, mut stray) = (Load::default(), 0, false);
        for load in &self.there {
            sum.trucks += load.trucks;
            sum.grams += load.grams;
            least = least.min(load.trucks).min(load.grams);
            // Loads move with their trucks: what is left where no truck stands has changed on its way.
            stray |= load.trucks == 0 && load.grams != 0;
        }
        let (out, back) = (self.dispatched, self.ended);
        if (out.trucks, out.grams) != (back.trucks + sum.trucks, back.grams + sum.grams) || least < 0 || stray {
            return refuse(format!(
                "dispatched {} ({} g), ended {} ({} g), present {} ({} g)",
                out.trucks, out.grams, back.trucks, back.grams, sum.trucks, sum.grams
            ));
        }
        for off in [Off::Dispatched, Off::Between, Off::Ending] {
            let left = self.at(self.off(off)).trucks;
            if left != 0 {
                return refuse(format!("{left} trucks are {} at the end, expected none", off.name()));
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
