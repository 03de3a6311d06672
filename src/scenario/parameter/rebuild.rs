//! A part of the scenario made anew, with all that acts on it.

use super::cell::{Cell, Change, Current};
use super::rows::{self, general_of};
use super::shares::keep_sums;
use super::{Acting, Inside, Parameter, Part, Slot, Value};
use crate::scenario::world::Scenario;

/// Makes a part of `current` anew: that of `base` with everything that acts on it (parameters of other parts are passed over).
///
/// On each parameter first what sets it, then what multiplies, then what adds. Laws are scaled and shifted, counts rounded to the
/// nearest; the own values of cargos are multiplied and added to along with the general one, but not set. Shares that change keep
/// their new value, the others of their set are scaled. What nothing acts on keeps every bit.
pub fn rebuild(base: &Scenario, current: &mut Scenario, part: Part, acting: &[Acting]) {
    copy(base, current, part);
    let mut whole: Vec<(Slot, Change)> = Vec::new();
    let mut inside: Vec<(Slot, &Inside, Change)> = Vec::new();
    for a in acting.iter().filter(|a| a.parameter.part == part && !a.is_idle()) {
        let slot = a.parameter.slot;
        if let Some(within) = &a.parameter.inside {
            match inside.iter_mut().find(|(s, i, _)| *s == slot && i.leaf == within.leaf) {
                Some((_, _, change)) => *change = change.with(a),
                None => inside.push((slot, within, Change::NONE.with(a))),
            }
        } else {
            match whole.iter_mut().find(|(s, _)| *s == slot) {
                Some((_, change)) => *change = change.with(a),
                None => whole.push((slot, Change::NONE.with(a))),
            }
        }
    }
    remake_laws(current, &inside);
    change_all(current, &whole);
    keep_sums(current, &whole);
}

fn cell(scenario: &mut Scenario, slot: Slot) -> Option<Cell<'_>> {
    (rows::row(slot.row).cell)(scenario, slot.at)
}

/// The number inside a law, with all that acts on it.
pub(super) fn number_with(parameter: &Parameter, inside: &Inside, acting: &[Acting]) -> Option<f64> {
    let same = |a: &&Acting| a.parameter.slot == parameter.slot && a.parameter.inside.as_ref().is_some_and(|i| i.leaf == inside.leaf);
    let change = acting.iter().filter(same).fold(Change::NONE, Change::with);
    let mut written = (*inside.written).clone();
    written.apply(&inside.leaf, change);
    written.number(&inside.leaf)
}

/// Laws of which parameters inside change.
fn remake_laws(current: &mut Scenario, inside: &[(Slot, &Inside, Change)]) {
    for (i, (slot, within, _)) in inside.iter().enumerate() {
        if inside[..i].iter().any(|(s, ..)| s == slot) {
            continue;
        }
        let mut written = (*within.written).clone();
        for (_, within, change) in inside.iter().filter(|(s, ..)| s == slot) {
            written.apply(&within.leaf, *change);
        }
        let Some(place) = cell(current, *slot) else { continue };
        // Decoding has made every law at its extremes; should one in between fail all the same, the law stays as it was.
        if let Cell::Count(_) = place {
            if let Ok(law) = written.count() {
                place.put_count(law);
            }
        } else if let Ok(law) = written.law() {
            place.put_law(law);
        }
    }
}

/// Everything but what lies inside laws.
fn change_all(current: &mut Scenario, whole: &[(Slot, Change)]) {
    // Own values of cargos take the changes of the general one along with their own, all multiplications before all additions.
    let mut owns: Vec<(Slot, Current)> = Vec::new();
    for (slot, change) in whole {
        let Some(general) = general_of(*slot) else { continue };
        let Some((_, along)) = whole.iter().find(|(s, _)| *s == general) else {
            continue;
        };
        let both = Change {
            set: change.set,
            multiply: change.multiply * along.multiply,
            add: change.add + along.add,
        };
        let Some(before) = cell(current, *slot).and_then(|cell| cell.current()) else {
            continue;
        };
        let measure = rows::row(slot.row).measure;
        if let Some(cell) = cell(current, *slot) {
            cell.apply(both, measure);
        }
        if let Some(after) = cell(current, *slot).and_then(|cell| cell.current()) {
            owns.push((*slot, after));
        }
        put(current, *slot, before);
    }
    for (slot, change) in whole.iter().filter(|(slot, _)| !owns.iter().any(|(own, _)| own == slot)) {
        if let Some(cell) = cell(current, *slot) {
            cell.apply(*change, rows::row(slot.row).measure);
        }
    }
    for (slot, value) in owns {
        put(current, slot, value);
    }
}

/// Puts a value as it is.
fn put(current: &mut Scenario, slot: Slot, value: Current) {
    let value = Value::from(value);
    let change = Change {
        set: Some(&value),
        ..Change::NONE
    };
    if let Some(cell) = cell(current, slot) {
        cell.apply(change, rows::row(slot.row).measure);
    }
}

/// The part as it was in the beginning.
fn copy(base: &Scenario, current: &mut Scenario, part: Part) {
    match part {
        Part::Calendar(i) => current.calendars[i].clone_from(&base.calendars[i]),
        Part::Cargo(i) => current.cargos[i].clone_from(&base.cargos[i]),
        Part::Organisations => current.organisations.clone_from(&base.organisations),
        Part::Restrictions => current.restrictions.clone_from(&base.restrictions),
        Part::Hub(i) => current.hubs[i].clone_from(&base.hubs[i]),
        Part::Convoy(i) => current.convoys[i].clone_from(&base.convoys[i]),
        Part::Travellers(i) => current.travellers[i].clone_from(&base.travellers[i]),
        Part::Resource(i) => current.resources[i].clone_from(&base.resources[i]),
        Part::Stage(i) => current.stages[i].clone_from(&base.stages[i]),
        Part::Incidents => current.incidents.clone_from(&base.incidents),
        Part::Closure(i) => current.closures[i].clone_from(&base.closures[i]),
        Part::Policy => current.policy.clone_from(&base.policy),
        Part::Peacekeeping => {
            current.contingents.clone_from(&base.contingents);
            current.peacekeeping.clone_from(&base.peacekeeping);
        }
    }
}

/// The value that a law or number has become, as one that is set.
impl From<Current> for Value {
    fn from(current: Current) -> Value {
        match current {
            Current::Number(x) => Value::Number(x),
            Current::Law(law) => Value::Law(law),
            Current::Count(law) => Value::Count(law),
            Current::Status(status) => Value::Status(status),
            Current::Hours(hours) => Value::Hours(hours),
        }
    }
}
