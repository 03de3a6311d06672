//! What can be simulated but is seldom meant: told, not refused.

use super::build::{Builder, place_of, sub};
use crate::calendar::parse_interval;
use crate::scenario::document::{Node, Table};
use crate::scenario::fields::is_days;
use crate::scenario::issue::Issue;
use crate::scenario::supply::{Arrivals, Mix};
use crate::scenario::world::{CargoId, Scenario, StageId};
use crate::time::{Duration, HOUR_US, Time};

impl Builder<'_> {
    pub(super) fn check_doubts(&mut self, scenario: &Scenario) {
        let mut warnings = Vec::new();
        for calendar in &sub(self.root, "calendar").entries {
            overnight(calendar.node.as_table(), &mut warnings);
        }
        self.unused_cargos(scenario, &mut warnings);
        self.long_services(scenario, &mut warnings);
        for warning in warnings {
            self.issues.push(warning);
        }
    }

    /// Goods that nobody brings.
    fn unused_cargos(&self, scenario: &Scenario, warnings: &mut Vec<Issue>) {
        let of_organisations = |cargo: CargoId| {
            scenario
                .organisations
                .iter()
                .any(|o| o.cargo.iter().any(|(c, share)| *c == cargo && *share > 0.0))
        };
        let of_mix = |mix: Option<&Mix<CargoId>>, cargo: CargoId| match mix {
            Some(Mix::Shares(shares)) => shares.iter().any(|(c, share)| *c == cargo && *share > 0.0),
            Some(Mix::Cycle(cycle)) => cycle.contains(&cargo),
            None => false,
        };
        let recorded = |arrivals: Option<&Arrivals>, cargo: CargoId| match arrivals {
            Some(Arrivals::Trace(rows)) => rows.iter().any(|row| row.cargo == Some(cargo)),
            _ => false,
        };
        let of_convoys = |cargo: CargoId| {
            let mut convoys = scenario.convoys.iter();
            convoys.any(|c| of_mix(c.cargo.as_ref(), cargo) || recorded(Some(&c.arrivals), cargo))
        };
        let of_hubs = |cargo: CargoId| {
            let mut hubs = scenario.hubs.iter();
            hubs.any(|h| of_mix(h.cargo.as_ref(), cargo) || recorded(h.inflow.as_ref(), cargo))
        };
        let nobody = if scenario.hubs.is_empty() {
            "no organisation and no convoy"
        } else {
            "no organisation, no hub and no convoy"
        };
        for (i, cargo) in scenario.cargos.iter().enumerate() {
            let cargo_id = CargoId(i);
            if !of_organisations(cargo_id) && !of_convoys(cargo_id) && !of_hubs(cargo_id) {
                let place = place_of(sub(self.root, "cargo"), &cargo.name);
                warnings.push(Issue::warning(format!("{nobody} brings `{}`", cargo.name)).at(&place));
            }
        }
    }

    /// Services that no opening is long enough for, in the mean.
    fn long_services(&self, scenario: &Scenario, warnings: &mut Vec<Issue>) {
        for (i, stage) in scenario.stages.iter().enumerate() {
            let Some(calendar) = stage.calendar else { continue };
            let (name, calendar) = &scenario.calendars[calendar.0];
            let openings = calendar.openings(&self.origin, Time::ZERO + self.length);
            let Some(longest) = openings.iter().map(|o| o.to - o.from).max() else {
                continue;
            };
            let mean = stage.service.general.mean();
            if mean.is_finite() && mean > longest.0 as f64 {
                let hours = |us: f64| (us / HOUR_US as f64 * 10.0).round() / 10.0;
                let message = format!(
                    "a service at `{}` takes {} h in the mean, the longest opening of `{name}` is {longest}",
                    stage.name,
                    hours(mean)
                );
                let place = self.key_place(StageId(i), &["service"]);
                // A service that never ends was refused already.
                if !self.issues.any_within(&place) {
                    warnings.push(Issue::warning(message).at(&place));
                }
            }
        }
    }
}

/// Hours that run over midnight for more than half a day: more likely the two ends were exchanged.
fn overnight(table: Option<&Table>, warnings: &mut Vec<Issue>) {
    for entry in table.into_iter().flat_map(|t| &t.entries) {
        if !is_days(&entry.key) {
            // Seasons and dates hold hours of their own.
            overnight(entry.node.as_table().filter(|t| !t.is_evidence()), warnings);
            continue;
        }
        let bare = entry.node.bare();
        let texts = bare
            .as_array()
            .map_or_else(|| vec![bare], |items| items.iter().collect::<Vec<&Node>>());
        for node in texts {
            let Some(text) = node.as_text() else { continue };
            let Ok((from, to)) = parse_interval(text) else { continue };
            let length = to + Duration::from_days(1) - from;
            if to < from && length > Duration::from_hours(12.0) {
                let issue = Issue::warning(format!("`{text}` runs over midnight and is open for {length}")).at(&node.place);
                let turned = text.split_once('-').map(|(from, to)| format!("{}-{}", to.trim(), from.trim()));
                warnings.push(match turned {
                    Some(turned) => issue.label(format!("did you mean `{turned}`?")),
                    None => issue,
                });
            }
        }
    }
}
