//! Which parameters can change while the crossing works: one row a pattern of paths, with its measure and its place in the types.
//!
//! Words in capitals stand for names; their indices, in order, are handed to `cell`.

mod corridor;
mod security;
mod stages;
mod supply;

use super::cell::Cell;
use super::{At, Part, Slot};
use crate::scenario::world::Scenario;

/// A pattern of paths.
pub(in crate::scenario) struct Row {
    /// Keys joined by points; those in capitals are names.
    pub pattern: &'static str,
    /// What is made anew when it changes.
    pub part: fn(At) -> Part,
    /// What it is measured in, and its bounds.
    pub measure: Measure,
    /// Its place; none: nothing is stated there.
    pub cell: fn(&mut Scenario, At) -> Option<Cell<'_>>,
}

/// What a parameter is measured in, with its bounds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::scenario) enum Measure {
    /// From 0 to 1.
    Share,
    /// From 0 to below 1.
    BelowOne,
    /// At least 0.
    Amount,
    /// Above 0.
    Positive,
    /// Any number: a parameter of a law whose family holds its bounds.
    Free,
    /// Whole, at least so much.
    Whole(u32),
    /// Whole, at least so much, or unlimited.
    Limit(u32),
    /// Per hour, at least 0.
    Rate,
    /// A duration, at least 0.
    Time,
    /// A duration above 0.
    Span,
    /// A law of times, at least 0.
    TimeLaw,
    /// A law of times that is not always 0: what repeats after it must not stand still.
    SpanLaw,
    /// A time inside a law.
    FreeTime,
    /// A law of tonnes.
    TonnesLaw,
    /// A law of pallets.
    PalletsLaw,
    /// A law of shares.
    ShareLaw,
    /// A law of counts.
    CountLaw,
    /// The status of an organisation.
    Status,
    /// Hours of days of the week.
    Hours,
}

/// The greatest value below 1 that [`Measure::BelowOne`] takes.
const BELOW_ONE: f64 = 1.0 - 1e-9;

impl Measure {
    /// The least and the greatest value.
    pub(in crate::scenario) fn bounds(self) -> (f64, f64) {
        match self {
            Measure::Share | Measure::ShareLaw => (0.0, 1.0),
            Measure::BelowOne => (0.0, BELOW_ONE),
            Measure::Positive => (f64::MIN_POSITIVE, f64::INFINITY),
            Measure::Whole(least) | Measure::Limit(least) => (f64::from(least), f64::from(u32::MAX)),
            Measure::Span => (1.0, f64::INFINITY),
            Measure::Free | Measure::FreeTime | Measure::Status | Measure::Hours => (f64::NEG_INFINITY, f64::INFINITY),
            Measure::Amount
            | Measure::Rate
            | Measure::Time
            | Measure::TimeLaw
            | Measure::SpanLaw
            | Measure::TonnesLaw
            | Measure::PalletsLaw
            | Measure::CountLaw => (0.0, f64::INFINITY),
        }
    }

    /// The value itself, or the bound beyond which it lies.
    pub(in crate::scenario) fn clamped(self, x: f64) -> f64 {
        let (least, greatest) = self.bounds();
        x.max(least).min(greatest)
    }

    /// Whether it is a time, in microseconds.
    pub(in crate::scenario) fn is_time(self) -> bool {
        matches!(
            self,
            Measure::Time | Measure::Span | Measure::TimeLaw | Measure::SpanLaw | Measure::FreeTime
        )
    }

    /// Whether it is a quantity that can be multiplied and added to.
    pub(in crate::scenario) fn is_quantity(self) -> bool {
        !matches!(self, Measure::Status | Measure::Hours)
    }

    /// Whether it is a law, which has parameters inside.
    pub(in crate::scenario) fn is_law(self) -> bool {
        matches!(
            self,
            Measure::TimeLaw | Measure::SpanLaw | Measure::TonnesLaw | Measure::PalletsLaw | Measure::ShareLaw | Measure::CountLaw
        )
    }

    /// Whether it is rounded to the nearest whole number.
    pub(in crate::scenario) fn is_whole(self) -> bool {
        matches!(self, Measure::Whole(_) | Measure::Limit(_))
    }
}

/// All rows, section by section.
const SECTIONS: [&[Row]; 4] = [supply::ROWS, stages::ROWS, corridor::ROWS, security::ROWS];

/// A row by its number.
pub(super) fn row(mut number: usize) -> &'static Row {
    for section in SECTIONS {
        if number < section.len() {
            return &section[number];
        }
        number -= section.len();
    }
    // Numbers come from `all` alone.
    &supply::ROWS[0]
}

/// All rows with their numbers.
pub(super) fn all() -> impl Iterator<Item = (usize, &'static Row)> {
    SECTIONS.into_iter().flatten().enumerate()
}

/// The second of a pair whose first is this index.
fn of<T, Id: Copy>(pairs: &mut [(Id, T)], at: usize, index: impl Fn(Id) -> usize) -> Option<&mut T> {
    pairs.iter_mut().find(|(id, _)| index(*id) == at).map(|(_, value)| value)
}

/// Own values of cargos, with the general ones that change along with them.
const OWN: [(&str, &str); 3] = [
    ("stage.STAGE.service_for.CARGO", "stage.STAGE.service"),
    ("stage.STAGE.extra.EXTRA.for.CARGO", "stage.STAGE.extra.EXTRA.probability"),
    ("stage.STAGE.outcome.OUTCOME.for.CARGO", "stage.STAGE.outcome.OUTCOME.probability"),
];

/// Where the general value lies whose changes act on this own value of a cargo too.
pub(super) fn general_of(slot: Slot) -> Option<Slot> {
    let pattern = row(slot.row).pattern;
    let (_, general) = OWN.iter().find(|(own, _)| *own == pattern)?;
    let (number, found) = all().find(|(_, row)| row.pattern == *general)?;
    let mut at = slot.at;
    let names = found.pattern.split('.').filter(|key| is_name(key)).count();
    at[names..].fill(0);
    Some(Slot { row: number, at })
}

/// Whether a key of a pattern stands for a name.
pub(super) fn is_name(key: &str) -> bool {
    key.starts_with(|c: char| c.is_ascii_uppercase())
}
