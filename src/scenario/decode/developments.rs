//! Contingents, peacekeeping, drivers: who comes, what happens, and when.

use super::build::{Builder, duration, items, node, number, place_of, sub, text};
use super::fit::{date_time, unexpected};
use super::walk::Walk;
use crate::random::Law;
use crate::scenario::document::{Node, Table};
use crate::scenario::fields::{Kind, Unit};
use crate::scenario::issue::{Issue, did_you_mean, nearest};
use crate::scenario::world::{Contingent, Driver, DriverId, EscortTeams, Moment, Peacekeeping, ResourceId, Scenario};
use crate::time::{Duration, Time};

impl Walk<'_> {
    /// A date, a duration or a law since the start, or `{ from = DATE, delay = … }`.
    pub(super) fn moment(&mut self, node: &Node, kind: &Kind, path: &str) {
        let Some(table) = node.as_table() else {
            if node.as_text().is_some() {
                self.value(node, &Kind::Instant, path);
            } else if super::fit::misfit(node, &Kind::Date).is_some() {
                self.issues.push(unexpected(node, kind));
            }
            return;
        };
        if table.has("dist") {
            self.value(node, &Kind::Law(Unit::Time), path);
            return;
        }
        for entry in &table.entries {
            match entry.key.as_str() {
                "from" => self.value(&entry.node, &Kind::Date, path),
                "delay" => self.value(&entry.node, &Kind::Law(Unit::Time), path),
                _ => {
                    let issue = Issue::error(format!("unknown key `{}` in a moment", entry.key)).at(&entry.key_place);
                    self.issues.push(issue.note("known here: from, delay; a distribution has `dist`"));
                }
            }
        }
        if !table.has("from") {
            let issue = Issue::error(format!("`{path}` needs `from`"))
                .at(&node.place)
                .label("no `from` here");
            self.issues.push(issue.note("`from`: the date from which the delay counts"));
        }
    }
}

impl Builder<'_> {
    /// Fills in what may change while the crossing works, once all that it can change is there.
    pub(super) fn developments(&mut self, scenario: &mut Scenario) {
        let is_sound = !self.issues.has_errors();
        scenario.contingents = self.contingents();
        scenario.peacekeeping = self.peacekeeping(scenario, is_sound);
        scenario.drivers = self.drivers(scenario, is_sound);
        self.cycles(&scenario.drivers);
    }

    fn contingents(&mut self) -> Vec<Contingent> {
        let named = sub(self.root, "contingent");
        let mut contingents = Vec::new();
        for e in &named.entries {
            let Some(table) = e.node.as_table() else { continue };
            contingents.push(Contingent {
                name: e.key.clone(),
                troops: number(table, "troops").unwrap_or(0.0),
                probability: number(table, "probability").unwrap_or(1.0),
                arrives: self.moment(table.get("arrives"), &format!("contingent `{}` arrives", e.key)),
                build_up: duration(table, "build_up").unwrap_or_default(),
                effectiveness: number(table, "effectiveness").unwrap_or(1.0),
            });
        }
        contingents
    }

    /// When something happens; what can only happen after the end is told.
    fn moment(&mut self, given: Option<&Node>, what: &str) -> Moment {
        let at_start = Moment {
            from: Time::ZERO,
            delay: None,
        };
        let Some(node) = given.map(Node::bare) else { return at_start };
        let moment = match node.as_table() {
            Some(table) if table.has("dist") => Moment {
                delay: self.made.law(node, Unit::Time),
                ..at_start
            },
            Some(table) => Moment {
                from: table
                    .get("from")
                    .and_then(|n| date_time(n.bare()).ok())
                    .map_or(Time::ZERO, |d| self.origin.time_of(d)),
                delay: self.law(table, "delay", Unit::Time),
            },
            None => Moment {
                from: self.instant(node).unwrap_or(Time::ZERO),
                delay: None,
            },
        };
        let earliest = moment.earliest();
        if earliest >= Time::ZERO + self.length && !self.issues.has_errors() {
            let end = self.origin.iso(Time::ZERO + self.length);
            let issue = Issue::warning(format!("{what} at the earliest on {}: after the end", self.origin.iso(earliest)));
            self.issues.push(issue.at(&node.place).note(format!("the horizon ends on {end}")));
        }
        moment
    }

    fn peacekeeping(&mut self, scenario: &Scenario, is_sound: bool) -> Option<Peacekeeping> {
        let table = node(self.root, "peacekeeping").and_then(Node::as_table)?;
        let target_troops = self.above_zero(table, "target_troops");
        let elasticity = number(table, "incident_elasticity").unwrap_or(0.0);
        let regimes = sub(sub(sub(self.root, "security"), "incidents"), "regime");
        let mut paths = vec!["security.incidents.rate".to_owned(), "security.incidents.base_rate".to_owned()];
        paths.extend(regimes.keys().map(|name| format!("security.incidents.regime.\"{name}\".rate")));
        let incident_rates: Vec<_> = paths.iter().filter_map(|path| Self::own_parameter(scenario, path)).collect();
        if let (Some(stated), true, true) = (table.get("incident_elasticity"), incident_rates.is_empty(), elasticity > 0.0)
            && is_sound
        {
            let issue = Issue::warning("`incident_elasticity` has no effect: this scenario has no rate of incidents").at(&stated.place);
            self.issues.push(issue);
        }
        let effects = items(table, "effects")
            .iter()
            .filter_map(|n| self.effect(scenario, n, is_sound))
            .collect();
        Some(Peacekeeping {
            target_troops,
            escort_teams: self.escort_teams(scenario, sub(table, "escort_teams"), is_sound),
            incident_elasticity: elasticity,
            incident_rates,
            effects,
        })
    }

    /// A number that divides.
    fn above_zero(&mut self, table: &Table, key: &str) -> f64 {
        let x = number(table, key);
        if let (Some(x), Some(node)) = (x, table.get(key))
            && (-0.0..=0.0).contains(&x)
        {
            self.issues.push(Issue::error("expected a number above 0, found 0").at(&node.place));
        }
        x.filter(|x| *x > 0.0).unwrap_or(1.0)
    }

    fn escort_teams(&mut self, scenario: &Scenario, table: &Table, is_sound: bool) -> Option<EscortTeams> {
        let named = node(table, "resource")?;
        let name = named.as_text()?;
        let per_troops = self.above_zero(table, "per_troops");
        let known = || scenario.resources.iter().map(|r| r.name.as_str());
        let Some(index) = known().position(|n| n == name) else {
            if is_sound {
                let issue = Issue::error(format!("no resource is called `{name}`")).at(&named.place);
                self.issues.push(match nearest(name, known()) {
                    Some(near) => did_you_mean(issue, near, &named.place, true),
                    None if scenario.resources.is_empty() => issue.note("this scenario has no resource"),
                    None => issue.note(format!("there are: {}", known().collect::<Vec<_>>().join(", "))),
                });
            }
            return None;
        };
        Some(EscortTeams {
            resource: ResourceId(index),
            count: Self::own_parameter(scenario, &format!("resource.\"{name}\".count"))?,
            per_troops,
        })
    }

    fn drivers(&mut self, scenario: &Scenario, is_sound: bool) -> Vec<Driver> {
        let named = sub(self.root, "driver");
        let mut drivers = Vec::new();
        for e in &named.entries {
            let table = e.node.as_table().unwrap_or(&super::build::EMPTY);
            let level = number(table, "level").unwrap_or(1.0);
            let mut effects = Vec::new();
            for given in items(table, "effects") {
                self.forms(given, level);
                effects.extend(self.effect(scenario, given, is_sound));
            }
            let after = node(table, "after").and_then(Node::as_text);
            drivers.push(Driver {
                name: e.key.clone(),
                title: text(table, "title").to_owned(),
                probability: number(table, "probability").unwrap_or(0.0),
                when: self.moment(table.get("when"), &format!("driver `{}` happens", e.key)),
                after: after
                    .and_then(|name| self.names.drivers.iter().position(|n| n == name))
                    .map(DriverId),
                lasts: self.law(table, "lasts", Unit::Time),
                level,
                effects,
            });
        }
        drivers
    }

    /// A driver that waits for itself never happens.
    fn cycles(&mut self, drivers: &[Driver]) {
        let mut told: Vec<usize> = Vec::new();
        for start in 0..drivers.len() {
            let mut chain = vec![start];
            while let Some(DriverId(before)) = drivers[chain[chain.len() - 1]].after {
                let Some(first) = chain.iter().position(|i| *i == before) else {
                    chain.push(before);
                    continue;
                };
                if first == 0 && !told.contains(&start) {
                    told.extend(&chain);
                    let mut names: Vec<String> = chain.iter().map(|i| format!("`{}`", drivers[*i].name)).collect();
                    names.push(names[0].clone());
                    let table = sub(sub(self.root, "driver"), &drivers[start].name);
                    let issue = Issue::error(format!("driver `{}` never happens: it waits for itself", drivers[start].name));
                    self.issues
                        .push(issue.at(&place_of(table, "after")).label("a cycle").note(names.join(" after ")));
                }
                break;
            }
        }
    }
}

impl Moment {
    /// The first instant at which it may happen.
    pub(super) fn earliest(&self) -> Time {
        self.from + Duration(self.delay.as_ref().map_or(0.0, |law| law.support().0.max(0.0)) as i64)
    }

    /// The last instant at which it may happen.
    pub(super) fn latest(&self) -> Time {
        later(self.from, self.delay.as_ref())
    }
}

/// The latest instant after a time that a law gives.
pub(super) fn later(from: Time, law: Option<&Law>) -> Time {
    // Beyond a hundred thousand years all instants are alike.
    const NEVER: f64 = 3.2e18;
    let longest = law.map_or(0.0, |law| law.support().1);
    Time((from.0 as f64 + longest).min(NEVER) as i64)
}
