//! From a path to the parameter at its place.

use super::rows::{self, is_name};
use super::{At, Slot};
use crate::calendar::parse_days;
use crate::scenario::world::{IncidentProcess, Regime, Scenario};

/// A path that leads to a row; what is left of it lies inside a law.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::scenario) struct Resolved {
    /// Where it lies.
    pub slot: Slot,
    /// So many keys of the path lead there.
    pub keys: usize,
}

/// Why a path leads to no parameter that can change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::scenario) enum Unresolved {
    /// Nothing of this name is in the scenario.
    NoName {
        /// What it should name: "stage".
        word: String,
        /// The name.
        name: String,
        /// The names that there are.
        known: Vec<String>,
    },
    /// The scenario states nothing there.
    NotStated,
    /// It cannot change while the crossing works.
    Fixed,
}

/// Finds the parameter of a path in a scenario.
///
/// A parameter that may be unstated (a patience, a capacity) is found even so.
pub(in crate::scenario) fn resolve(scenario: &Scenario, path: &[String]) -> Result<Resolved, Unresolved> {
    let mut why = Unresolved::Fixed;
    for (number, row) in rows::all() {
        let parts: Vec<&str> = row.pattern.split('.').collect();
        let fits = parts.len() <= path.len() && parts.iter().zip(path).all(|(part, key)| is_name(part) || part == key);
        if !fits || (parts.len() < path.len() && !row.measure.is_law()) {
            continue;
        }
        match indices(scenario, &parts, path) {
            Err(None) => {}
            Err(Some(no_name)) => why = no_name,
            Ok(at) => {
                let slot = Slot { row: number, at };
                let keys = parts.len();
                if (row.cell)(&mut scenario.clone(), at).is_some() {
                    return Ok(Resolved { slot, keys });
                }
                why = Unresolved::NotStated;
            }
        }
    }
    Err(why)
}

/// The indices of the names in a path; `Err(None)`: it is not meant by this pattern.
fn indices(scenario: &Scenario, parts: &[&str], path: &[String]) -> Result<At, Option<Unresolved>> {
    let mut at = [0; 3];
    let names = parts.iter().zip(path).filter(|(part, _)| is_name(part));
    for (i, (word, name)) in names.enumerate() {
        if *word == "DAYS" {
            at[i] = resolve_days(name).ok_or(None)?;
            continue;
        }
        let known = known(scenario, word, at[0]);
        at[i] = known.iter().position(|k| k.as_deref() == Some(name)).ok_or_else(|| {
            Some(Unresolved::NoName {
                word: word.to_lowercase(),
                name: name.clone(),
                known: known.iter().flatten().cloned().collect(),
            })
        })?;
    }
    Ok(at)
}

/// Days of a key such as `sun-thu`, a bit each from Monday.
fn resolve_days(key: &str) -> Option<usize> {
    let days = parse_days(key).ok()?;
    Some(days.iter().fold(0, |bits, day| bits | 1 << day))
}

/// The names that a word of a pattern may stand for, by index, `first` being the index of the first name in the path;
/// none where the index is something else's.
fn known(scenario: &Scenario, word: &str, first: usize) -> Vec<Option<String>> {
    fn all<'a>(names: impl Iterator<Item = &'a String>) -> Vec<Option<String>> {
        names.cloned().map(Some).collect()
    }
    match word {
        "CALENDAR" => all(scenario.calendars.iter().map(|(name, _)| name)),
        "CARGO" => all(scenario.cargos.iter().map(|c| &c.name)),
        "ORGANISATION" => all(scenario.organisations.iter().map(|o| &o.name)),
        "HUB" => all(scenario.hubs.iter().map(|h| &h.name)),
        "CONVOY" => all(scenario.convoys.iter().map(|c| &c.name)),
        "TRAVELLERS" => all(scenario.travellers.iter().map(|t| &t.name)),
        "RESOURCE" => all(scenario.resources.iter().map(|r| &r.name)),
        "STAGE" | "ESCORT" => {
            let stages = scenario.stages.iter();
            stages
                .map(|s| (s.escort.is_some() == (word == "ESCORT")).then(|| s.name.clone()))
                .collect()
        }
        "EXTRA" => all(scenario.stages[first].extras.iter().map(|e| &e.name)),
        "OUTCOME" => all(scenario.stages[first].outcomes.iter().map(|o| &o.name)),
        "SEVERITY" => all(scenario.incidents.iter().flat_map(|i| &i.severities).map(|s| &s.name)),
        "REGIME" => all(regimes(scenario).iter().map(|r| &r.name)),
        "CLOSURE" => all(scenario.closures.iter().map(|c| &c.name)),
        "TRIGGER" => all(scenario.policy.triggers.iter().map(|t| &t.name)),
        "STEP" => (1..=scenario.policy.reopening.len()).map(|n| Some(n.to_string())).collect(),
        "CONTINGENT" => all(scenario.contingents.iter().map(|c| &c.name)),
        _ => Vec::new(),
    }
}

fn regimes(scenario: &Scenario) -> &[Regime] {
    match scenario.incidents.as_ref().map(|i| &i.process) {
        Some(IncidentProcess::Regimes { regimes, .. }) => regimes,
        _ => &[],
    }
}
