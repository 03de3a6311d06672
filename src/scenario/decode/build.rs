//! The scenario from a document whose values fit: names to indices, units to types. What joins several values is checked here.

use super::fit::{date_time, hours};
use super::laws::LawBook;
use super::names::Names;
use crate::calendar::{CivilDateTime, Origin};
use crate::random::Law;
use crate::scenario::document::{Node, Table, Value};
use crate::scenario::fields::Unit;
use crate::scenario::issue::{Issue, Issues, Place, SourceId};
use crate::scenario::world::{Horizon, LawByCargo, Observe, ProbabilityByCargo, Scenario, StageId, Stop};
use crate::time::{Duration, Time};
use crate::units::Rate;

/// What the parts of the scenario are built from.
pub(super) struct Builder<'a> {
    pub root: &'a Table,
    pub names: &'a Names,
    pub origin: Origin,
    pub length: Duration,
    pub issues: &'a mut Issues,
    pub made: &'a LawBook,
}

/// A table that is absent.
pub(super) static EMPTY: Table = Table { entries: Vec::new() };

/// How far shares may be from their sum.
const SUM_TOLERANCE: f64 = 0.001;

impl Builder<'_> {
    /// The law under a key.
    pub(super) fn law(&self, table: &Table, key: &str, unit: Unit) -> Option<Law> {
        self.made.law(table.get(key)?, unit)
    }

    pub(super) fn scenario(&mut self) -> Scenario {
        let about = sub(self.root, "scenario");
        let sources = sub(about, "sources")
            .entries
            .iter()
            .map(|e| (e.key.clone(), e.node.as_text().unwrap_or("").to_owned()))
            .collect();
        self.name(about);
        let horizon = self.horizon();
        let calendars = self.calendars();
        let (cargos, organisations) = (self.cargos(), self.organisations());
        let policy = self.policy();
        Scenario {
            name: text(about, "name").to_owned(),
            title: text(about, "title").to_owned(),
            summary: text(about, "summary").to_owned(),
            sources,
            need_window: duration(about, "need_window").unwrap_or(Duration::from_days(7)),
            horizon,
            restrictions: self.restrictions(),
            hubs: self.hubs(&calendars),
            convoys: self.convoys(&calendars),
            travellers: self.travellers(&calendars),
            resources: self.resources(),
            stages: self.stages(&policy),
            incidents: self.incidents(),
            closures: self.closures(),
            observe: self.observe(),
            calendars,
            cargos,
            organisations,
            policy,
            contingents: Vec::new(),
            peacekeeping: None,
            drivers: Vec::new(),
        }
    }

    /// The name is a folder's and a file's too.
    fn name(&mut self, about: &Table) {
        let Some(node) = about.get("name") else { return };
        let Some(name) = node.as_text() else { return };
        if let Some(issue) = result_name_fault(name, &node.place) {
            self.issues.push(issue);
        }
    }

    fn horizon(&mut self) -> Horizon {
        let table = sub(self.root, "horizon");
        let warm_up = duration(table, "warm_up").unwrap_or_default();
        if let (Some(node), true) = (table.get("warm_up"), warm_up >= self.length && self.length > Duration::ZERO) {
            let issue = Issue::error(format!("the warm-up of {warm_up} leaves nothing of the length of {}", self.length)).at(&node.place);
            self.issues.push(issue.label("`length` includes the warm-up"));
        }
        let stop = if text(table, "stop") == "when_empty" {
            Stop::WhenEmpty
        } else {
            Stop::AtEnd
        };
        Horizon {
            origin: self.origin,
            length: self.length,
            warm_up,
            stop,
        }
    }

    fn observe(&mut self) -> Observe {
        let table = sub(self.root, "observe");
        let mut daily: Vec<Duration> = items(table, "daily")
            .iter()
            .filter_map(|n| crate::calendar::parse_clock(n.bare().as_text()?).ok())
            .collect();
        daily.sort_unstable();
        daily.dedup();
        let mut at = self.instants(items(table, "at"), "observation", true);
        at.sort_unstable();
        at.dedup();
        let mut first: Vec<u64> = items(table, "first")
            .iter()
            .filter_map(|n| n.bare().as_number())
            .map(|n| n as u64)
            .collect();
        first.sort_unstable();
        first.dedup();
        Observe { daily, at, first }
    }

    /// Instants within the horizon; those outside are told and left out.
    pub(super) fn instants(&mut self, nodes: &[Node], what: &str, end_included: bool) -> Vec<Time> {
        let mut inside = Vec::new();
        let mut outside: Option<(Place, usize)> = None;
        for node in nodes {
            let Some(at) = self.instant(node) else { continue };
            let end = Time::ZERO + self.length;
            if at < Time::ZERO || at > end || (at == end && !end_included) {
                outside.get_or_insert((node.place.clone(), 0)).1 += 1;
            } else {
                inside.push(at);
            }
        }
        if let Some((place, count)) = outside {
            self.outside(&place, what, count, nodes.len());
        }
        inside
    }

    /// Tells what lies outside the horizon: some of it is left out, all of it is a fault.
    pub(super) fn outside(&mut self, place: &Place, what: &str, count: usize, of: usize) {
        let message = if of == 1 {
            format!("this {what} lies outside the horizon")
        } else {
            format!(
                "{count} of {of} {what}s {} outside the horizon",
                if count == 1 { "lies" } else { "lie" }
            )
        };
        let span = format!(
            "the horizon runs from {} to {}",
            self.origin.iso(Time::ZERO),
            self.origin.iso(Time::ZERO + self.length)
        );
        let label = if count > 1 { "the first of them" } else { "" };
        let issue = if count == of {
            Issue::error(message)
        } else {
            Issue::warning(format!("{message} and {} left out", if count == 1 { "is" } else { "are" }))
        };
        self.issues.push(issue.at(place).label(label).note(span));
    }

    /// A date, or a duration since the start.
    pub(super) fn instant(&self, node: &Node) -> Option<Time> {
        let node = node.bare();
        match &node.value {
            Value::Text(text) => Duration::parse(text).ok().map(|d| Time::ZERO + d),
            _ => date_time(node).ok().map(|d| self.origin.time_of(d)),
        }
    }

    /// Stages by name; none given: all.
    pub(super) fn scope(&self, node: Option<&Node>) -> Vec<StageId> {
        match node.and_then(|n| n.bare().as_array()) {
            Some(names) => {
                let mut stages: Vec<StageId> = names.iter().filter_map(|n| self.names.stage(n.as_text()?)).collect();
                stages.sort_unstable();
                stages.dedup();
                stages
            }
            None => (0..self.names.stages.len()).map(StageId).collect(),
        }
    }

    /// Shares that sum to 1, then divided by their sum; `what` says whose they are.
    pub(super) fn shares<Id>(&mut self, place: &Place, what: &str, shares: Vec<(Id, Option<f64>)>) -> Vec<(Id, f64)> {
        self.sum_to_one(place, &format!("the shares of {what}"), shares)
    }

    /// As [`Self::shares`], for what is not called so.
    pub(super) fn sum_to_one<Id>(&mut self, place: &Place, what: &str, shares: Vec<(Id, Option<f64>)>) -> Vec<(Id, f64)> {
        // What is no share was told by itself.
        let complete = shares.iter().all(|(_, share)| share.is_some_and(|s| (0.0..=1.0).contains(&s)));
        let sum: f64 = shares.iter().filter_map(|(_, share)| *share).sum();
        let count = shares.len();
        if complete && (sum - 1.0).abs() > SUM_TOLERANCE {
            let rounded = (sum * 1e6).round() / 1e6;
            let issue = Issue::error(format!("{what} sum to {rounded}, expected 1")).at(place);
            let all: Vec<String> = shares
                .iter()
                .filter_map(|(_, share)| *share)
                .map(|share| share.to_string())
                .collect();
            self.issues.push(if count == 1 {
                issue.label("the only one: its share is 1")
            } else {
                issue.label(format!("{} = {rounded}", all.join(" + ")))
            });
        }
        // 0.7, 0.1 and 0.2 are meant to be what they are.
        let divisor = if (sum - 1.0).abs() < 1e-12 || sum <= 0.0 { 1.0 } else { sum };
        shares.into_iter().map(|(id, share)| (id, share.unwrap_or(0.0) / divisor)).collect()
    }

    /// A law with the overrides of some cargos.
    pub(super) fn law_by_cargo(&self, table: &Table, key: &str, overrides: &str) -> LawByCargo {
        let by_cargo = sub(table, overrides)
            .entries
            .iter()
            .filter_map(|e| Some((self.names.cargo(&e.key)?, self.made.law(&e.node, Unit::Time)?)))
            .collect();
        LawByCargo {
            general: self.law(table, key, Unit::Time).unwrap_or_else(|| Law::constant(0.0)),
            by_cargo,
        }
    }

    /// A probability with the overrides of some cargos.
    pub(super) fn probability_by_cargo(&self, table: &Table) -> ProbabilityByCargo {
        let by_cargo = sub(table, "for")
            .entries
            .iter()
            .filter_map(|e| Some((self.names.cargo(&e.key)?, e.node.bare().as_number()?)))
            .collect();
        ProbabilityByCargo {
            general: number(table, "probability").unwrap_or(0.0),
            by_cargo,
        }
    }
}

/// The civil start of the horizon; a stand-in where it is missing or wrong, which was told.
pub(super) fn origin_of(root: &Table) -> Origin {
    let node = node(sub(root, "horizon"), "start");
    let start = node.and_then(|n| date_time(n).ok()).unwrap_or(CivilDateTime {
        year: 2026,
        month: 1,
        day: 1,
        hour: 0,
        minute: 0,
        second: 0,
        microsecond: 0,
    });
    Origin::at(start)
}

/// The length of the horizon.
pub(super) fn length_of(root: &Table) -> Duration {
    duration(sub(root, "horizon"), "length").unwrap_or_default()
}

/// A table inside another; an absent one is empty.
pub(super) fn sub<'a>(table: &'a Table, key: &str) -> &'a Table {
    node(table, key).and_then(Node::as_table).unwrap_or(&EMPTY)
}

/// The place of a key, or of nothing.
pub(super) fn place_of(table: &Table, key: &str) -> Place {
    table.entry(key).map_or(
        Place {
            source: SourceId(0),
            span: 0..0,
        },
        |e| e.key_place.clone(),
    )
}

pub(super) fn node<'a>(table: &'a Table, key: &str) -> Option<&'a Node> {
    table.get(key).map(Node::bare)
}

pub(super) fn text<'a>(table: &'a Table, key: &str) -> &'a str {
    node(table, key).and_then(Node::as_text).unwrap_or("")
}

pub(super) fn number(table: &Table, key: &str) -> Option<f64> {
    node(table, key)?.as_number()
}

pub(super) fn whole(table: &Table, key: &str) -> Option<u32> {
    match node(table, key)?.value {
        Value::Whole(n) => u32::try_from(n).ok(),
        _ => None,
    }
}

pub(super) fn flag(table: &Table, key: &str) -> bool {
    node(table, key).is_some_and(|n| n.value == Value::Flag(true))
}

pub(super) fn duration(table: &Table, key: &str) -> Option<Duration> {
    Duration::parse(node(table, key)?.as_text()?).ok()
}

pub(super) fn per_hour(table: &Table, key: &str) -> f64 {
    node(table, key)
        .and_then(Node::as_text)
        .and_then(|t| Rate::parse(t).ok())
        .map_or(0.0, |r| r.per_hour)
}

pub(super) fn items<'a>(table: &'a Table, key: &str) -> &'a [Node] {
    node(table, key).and_then(Node::as_array).unwrap_or_default()
}

/// Intervals of a day.
pub(super) fn intervals(table: &Table, key: &str) -> Vec<(Duration, Duration)> {
    node(table, key).and_then(|n| hours(n).ok()).unwrap_or_default()
}

/// What is wrong with a name after which files of a result are called.
pub(crate) fn result_name_fault(name: &str, place: &Place) -> Option<Issue> {
    let good = !name.is_empty() && !name.starts_with('.') && name.chars().all(|c| c.is_alphanumeric() || "-_. ".contains(c));
    let issue = || {
        Issue::error(format!(
            "expected a name of letters, digits, `-`, `_`, `.` and spaces, found `{name}`"
        ))
    };
    (!good).then(|| issue().at(place).note("result files are called after it"))
}
