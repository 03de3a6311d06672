//! Parameters that developments change: where they lie in the scenario, and how changes act on them.
//!
//! ```text
//! path ── rows (patterns of paths, each with its place in the types) ── Parameter ── rebuild (set, then multiply, then add) ── part made anew
//! ```

mod cell;
mod extremes;
mod rebuild;
mod resolve;
mod rows;
mod shares;
mod sums;
mod words;
mod written;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use super::world::{Scenario, Status};
use crate::calendar::Hours;
use crate::random::{CountLaw, Law};

pub(in crate::scenario) use cell::Current;
pub(in crate::scenario) use extremes::{Extreme, Sized, faults};
pub use rebuild::rebuild;
pub(in crate::scenario) use resolve::{Unresolved, resolve};
pub(in crate::scenario) use rows::{Measure, Row};
pub(in crate::scenario) use written::{Leaf, Written};

/// A parameter of the scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its place in the file, such as `stage.scan.lanes`.
    pub path: String,
    /// What it belongs to.
    pub part: Part,
    /// Its row, and the indices of the names in its path.
    pub(in crate::scenario) slot: Slot,
    /// What it is inside a law; none: it is the whole.
    pub(in crate::scenario) inside: Option<Inside>,
}

/// Where a parameter lies in the types: a row, and the indices of the names in its path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::scenario) struct Slot {
    pub(in crate::scenario) row: usize,
    pub(in crate::scenario) at: At,
}

/// Indices of the names in a path, in their order.
pub(in crate::scenario) type At = [usize; 3];

/// A parameter inside a law: the law is made anew from what was written.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::scenario) struct Inside {
    pub(in crate::scenario) written: Arc<Written>,
    pub(in crate::scenario) leaf: Leaf,
}

/// What a parameter belongs to: the least that is made anew when it changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// A calendar, by index.
    Calendar(usize),
    /// A cargo, by index.
    Cargo(usize),
    /// All organisations: their shares hang together.
    Organisations,
    /// The restrictions.
    Restrictions,
    /// A hub, by index.
    Hub(usize),
    /// A stream of convoys, by index.
    Convoy(usize),
    /// A stream of travellers, by index.
    Travellers(usize),
    /// A resource, by index.
    Resource(usize),
    /// A stage or escort, by index.
    Stage(usize),
    /// The incidents.
    Incidents,
    /// A given closure, by index.
    Closure(usize),
    /// The policy (its rules for services under way belong to the stages).
    Policy,
    /// The contingents and what they do.
    Peacekeeping,
}

/// A value that a parameter is set to.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number in the unit of the parameter: microseconds for a time, per hour for a rate, a share, a count.
    Number(f64),
    /// No limit, where a number would be one.
    Unlimited,
    /// A law of a quantity.
    Law(Law),
    /// A law of a count.
    Count(CountLaw),
    /// The status of an organisation.
    Status(Status),
    /// Hours of the days that the path names.
    Hours(Hours),
}

/// What acts on a parameter at an instant. Several may act on the same one: the last that sets it counts, multiplications compose,
/// then the additions are summed.
#[derive(Clone, Debug, PartialEq)]
pub struct Acting<'a> {
    /// The parameter.
    pub parameter: &'a Parameter,
    /// What it is set to before anything else; none: as in the scenario.
    pub set: Option<&'a Value>,
    /// What it is multiplied by.
    pub multiply: f64,
    /// What is added, in the unit of the parameter.
    pub add: f64,
}

impl Acting<'_> {
    /// Whether it leaves the parameter as it is.
    pub fn is_idle(&self) -> bool {
        self.set.is_none() && (self.multiply - 1.0).abs() <= 0.0 && self.add.abs() <= 0.0
    }
}

impl Parameter {
    /// The parameter at a place.
    pub(in crate::scenario) fn new(path: String, slot: Slot, inside: Option<Inside>) -> Parameter {
        Parameter {
            path,
            part: (rows::row(slot.row).part)(slot.at),
            slot,
            inside,
        }
    }

    /// Whether one that sets this one and one that sets the other would set the same: the same number, a law and one of its
    /// parameters, hours of a day that both name.
    pub(in crate::scenario) fn meets(&self, other: &Parameter) -> bool {
        if self.measure() == Measure::Hours && other.measure() == Measure::Hours {
            return self.slot.at[0] == other.slot.at[0] && self.slot.at[1] & other.slot.at[1] != 0;
        }
        let whole_or_same = match (&self.inside, &other.inside) {
            (Some(a), Some(b)) => a.leaf == b.leaf,
            _ => true,
        };
        self.slot == other.slot && whole_or_same
    }

    /// The row of the parameter: its unit, its bounds, its place.
    pub(in crate::scenario) fn row(&self) -> &'static Row {
        rows::row(self.slot.row)
    }

    /// What the parameter is measured in.
    pub(in crate::scenario) fn measure(&self) -> Measure {
        self.inside.as_ref().map_or(self.row().measure, |inside| inside.leaf.measure)
    }

    /// What it would be in a scenario with something acting; none: nothing is stated there.
    pub(in crate::scenario) fn with(&self, scenario: &Scenario, acting: &[Acting]) -> Option<Current> {
        if let Some(inside) = &self.inside {
            return rebuild::number_with(self, inside, acting).map(Current::Number);
        }
        let mut after = scenario.clone();
        rebuild(scenario, &mut after, self.part, acting);
        self.current(&after)
    }

    /// What it is in a scenario; none: nothing is stated there.
    pub(in crate::scenario) fn current(&self, scenario: &Scenario) -> Option<Current> {
        if let Some(inside) = &self.inside {
            return inside.written.number(&inside.leaf).map(Current::Number);
        }
        // Cells are read as they are written: on a copy, for messages only.
        let mut copy = scenario.clone();
        (self.row().cell)(&mut copy, self.slot.at).and_then(|cell| cell.current())
    }
}
