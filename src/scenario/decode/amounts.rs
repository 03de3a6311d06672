//! Amounts that no run could hold: refused before one begins.

use super::build::Builder;
use crate::calendar::Profile;
use crate::scenario::issue::Issue;
use crate::scenario::world::{Arrivals, ClosureProcess, IncidentProcess, Scenario};
use crate::time::Duration;

/// Most trucks, people, loads, incidents or spells of one replication.
const MOST: f64 = 1e9;

/// Longest horizon: a thousand years.
const LONGEST: Duration = Duration::from_days(365_250);

impl Builder<'_> {
    pub(super) fn check_amounts(&mut self, scenario: &Scenario) {
        let length = scenario.horizon.length;
        if length > LONGEST {
            let issue = Issue::error("expected a horizon of at most a thousand years (365250d)").at(&self.place_at(&["horizon", "length"]));
            self.issues.push(issue);
            return;
        }
        let mut amounts: Vec<(Vec<&str>, &str, f64)> = Vec::new();
        for c in &scenario.convoys {
            let expected = arrivals(&c.arrivals, length) * c.size.mean().max(1.0);
            amounts.push((vec!["convoy", &c.name, "arrivals"], "trucks", expected));
        }
        for t in &scenario.travellers {
            let expected = arrivals(&t.arrivals, length) * t.size.mean().max(1.0);
            amounts.push((vec!["travellers", &t.name, "arrivals"], "people", expected));
        }
        for hub in &scenario.hubs {
            let expected = hub
                .inflow
                .as_ref()
                .map_or(0.0, |inflow| arrivals(inflow, length) * hub.batch.mean().max(1.0));
            amounts.push((vec!["hub", &hub.name, "inflow"], "loads", expected));
        }
        if let Some(incidents) = &scenario.incidents {
            let expected = match &incidents.process {
                IncidentProcess::Poisson { per_hour } => per_hour * length.as_hours(),
                IncidentProcess::Hawkes {
                    base_per_hour, branching, ..
                } => base_per_hour * length.as_hours() / (1.0 - branching),
                IncidentProcess::Regimes { regimes, .. } => {
                    let stays = regimes.iter().map(|r| length.0 as f64 / (r.mean_stay.0 as f64).max(1.0));
                    let rates = regimes.iter().map(|r| r.per_hour * length.as_hours());
                    stays.chain(rates).fold(0.0, f64::max)
                }
                IncidentProcess::Trace(record) => record.len() as f64,
            };
            amounts.push((vec!["security", "incidents"], "incidents", expected));
        }
        for closure in &scenario.closures {
            if let ClosureProcess::Renewal { open, closed, .. } = &closure.process {
                let expected = length.0 as f64 / (open.mean() + closed.mean()).max(1.0);
                amounts.push((vec!["closure", &closure.name], "spells", expected));
            }
        }
        for (path, what, expected) in amounts {
            if expected > MOST {
                let issue = Issue::error(format!(
                    "some {expected:.0e} {what} would come, expected at most {MOST:.0e} in a run"
                ));
                let place = self.place_at(&path);
                self.issues
                    .push(issue.at(&place).note("a run could not hold them: is a unit or a zero wrong?"));
            }
        }
    }
}

/// About how many convoys, groups or batches come.
fn arrivals(arrivals: &Arrivals, length: Duration) -> f64 {
    match arrivals {
        Arrivals::Poisson { per_hour, profile } => per_hour * profile.as_ref().map_or(1.0, Profile::max) * length.as_hours(),
        Arrivals::Renewal { every } => length.0 as f64 / every.mean().max(1.0),
        Arrivals::Schedule { times, at, .. } => times.len() as f64 * length.as_days() + at.len() as f64,
        Arrivals::Trace(rows) => rows.len() as f64,
    }
}
