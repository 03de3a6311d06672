//! What surrounds the stages: hubs, resources, what stages need, breakdowns, effects of the day.

use super::build::{Builder, EMPTY, number, place_of, sub, text, whole};
use super::laws;
use crate::calendar::Calendar;
use crate::random::{CountLaw, Law};
use crate::scenario::document::{Node, Table};
use crate::scenario::fields::{Of, Unit};
use crate::scenario::issue::{Issue, did_you_mean, nearest};
use crate::scenario::world::{AtFailure, Breakdown, CargoId, DayEffect, FailureClock, Hub, Need, OrganisationId, Resource, Retry, StageId};

impl Builder<'_> {
    pub(super) fn hubs(&mut self, calendars: &[(String, Calendar)]) -> Vec<Hub> {
        let named = sub(self.root, "hub");
        named
            .entries
            .iter()
            .map(|e| self.hub(&e.key, e.node.as_table().unwrap_or(&EMPTY), calendars))
            .collect()
    }

    fn hub(&mut self, name: &str, table: &Table, calendars: &[(String, Calendar)]) -> Hub {
        let inflow = sub(table, "inflow");
        let whose = format!("hub `{name}`");
        Hub {
            name: name.to_owned(),
            initial_stock: whole(table, "initial_stock").unwrap_or(0),
            batch: inflow
                .get("batch")
                .and_then(|n| laws::count(n).ok())
                .unwrap_or_else(|| CountLaw::constant(1)),
            inflow: table.get("inflow").map(|node| self.arrivals(Some(node), inflow, calendars)),
            stop_above: whole(table, "stop_above"),
            retry: self.retry(table),
            organisation: self.organisation_mix(table, &whose),
            cargo: self.cargo_mix(table, &whose),
        }
    }

    /// The rule for trying again of a hub or an outcome.
    pub(super) fn retry(&self, table: &Table) -> Option<Retry> {
        let retry = table.get("retry")?.as_table()?;
        Some(Retry {
            probability: number(retry, "probability")?,
            tries: whole(retry, "tries")?,
            delay: self.law(retry, "delay", Unit::Time)?,
        })
    }

    pub(super) fn resources(&self) -> Vec<Resource> {
        sub(self.root, "resource")
            .entries
            .iter()
            .map(|e| {
                let table = e.node.as_table().unwrap_or(&EMPTY);
                Resource {
                    name: e.key.clone(),
                    count: whole(table, "count").unwrap_or(0),
                    calendar: self.calendar_of(table),
                }
            })
            .collect()
    }

    /// What a truck takes at a stage beside a lane.
    pub(super) fn needs(&mut self, stage: StageId, table: &Table) -> Vec<Need> {
        let (needs, releases) = (sub(table, "needs"), sub(table, "releases_after"));
        for e in releases.entries.iter().filter(|e| !needs.has(&e.key)) {
            // A name that does not exist was told.
            if self.names.resource(&e.key).is_none() {
                continue;
            }
            let issue = Issue::error(format!("`{}` is given back but not taken: `needs` does not name it", e.key)).at(&e.key_place);
            self.issues.push(match nearest(&e.key, needs.keys()) {
                Some(near) => did_you_mean(issue, near, &e.key_place, false),
                None => issue,
            });
        }
        needs
            .entries
            .iter()
            .filter_map(|e| {
                Some(Need {
                    resource: self.names.resource(&e.key)?,
                    units: whole(needs, &e.key)?,
                    released_after: self.names.stage(text(releases, &e.key)).unwrap_or(stage),
                })
            })
            .collect()
    }

    pub(super) fn breakdown(&mut self, table: &Table) -> Option<Breakdown> {
        let own = table.get("breakdown")?.as_table()?;
        let every = self.law(own, "every", Unit::Time)?;
        if every.support().1 <= 0.0 {
            let place = own.get("every").map_or_else(|| place_of(table, "breakdown"), |n| n.place.clone());
            self.issues
                .push(Issue::error("expected a time between failures above 0, found none").at(&place));
        }
        if let Some(lanes) = table.get("lanes").filter(|n| n.bare().as_text() == Some("unlimited")) {
            let issue = Issue::error("unlimited lanes cannot fail").at(&place_of(table, "breakdown"));
            self.issues.push(issue.label(format!(
                "`lanes` is {}: each lane fails by itself",
                crate::scenario::document::inline(lanes.bare())
            )));
        }
        Some(Breakdown {
            every,
            repair: self.law(own, "repair", Unit::Time).unwrap_or_else(|| Law::constant(0.0)),
            clock: if text(own, "clock") == "busy" {
                FailureClock::Busy
            } else {
                FailureClock::Calendar
            },
            at_failure: match text(own, "at_failure") {
                "restart" => AtFailure::Restart,
                "requeue" => AtFailure::Requeue,
                _ => AtFailure::Hold,
            },
        })
    }

    /// Organisations in place of the general shares.
    pub(super) fn organisation_mix(&mut self, table: &Table, whose: &str) -> Option<crate::scenario::world::Mix<OrganisationId>> {
        self.mix(table, "organisation", whose, Of::Organisation)
            .map(|mix| super::convoys::with_ids(mix, OrganisationId))
    }

    /// Cargo in place of the organisations' shares.
    pub(super) fn cargo_mix(&mut self, table: &Table, whose: &str) -> Option<crate::scenario::world::Mix<CargoId>> {
        self.mix(table, "cargo", whose, Of::Cargo)
            .map(|mix| super::convoys::with_ids(mix, CargoId))
    }
}

/// The factor of a day, as a stage or a convoy states it.
pub(super) fn day_effect(table: &Table) -> Option<DayEffect> {
    let own = table.get("day_effect").and_then(Node::as_table)?;
    Some(DayEffect {
        cv: number(own, "cv").unwrap_or(0.0),
        autocorrelation: number(own, "autocorrelation").unwrap_or(0.0),
    })
}
