//! What only the whole scenario can show of hubs, escorts and resources: what could never work.

use super::build::Builder;
use crate::random::{CountLaw, Law};
use crate::scenario::issue::Issue;
use crate::scenario::parameter::Part;
use crate::scenario::world::{Cargo, CargoId, ConvoyStream, Escort, Hub, Mix, ResourceId, Scenario, StageId};

/// A size without a greatest number is taken up to this quantile.
const GREATEST: f64 = 0.999;

impl Builder<'_> {
    /// Hubs have loads, and somebody fetches them.
    pub(super) fn check_hubs(&mut self, scenario: &Scenario) {
        for (i, hub) in scenario.hubs.iter().enumerate() {
            if !scenario.convoys.iter().any(|c| c.draw_from.is_some_and(|h| h.0 == i)) {
                let issue = Issue::error(format!("no convoy draws from hub `{}`", hub.name)).at(&self.place_at(&["hub", &hub.name]));
                self.issues.push(
                    issue
                        .label("its loads never leave")
                        .note(format!("`[convoy.NAME]` says `draw_from = \"{}\"`", hub.name)),
                );
            }
            if hub.initial_stock == 0 && hub.inflow.is_none() {
                let issue = Issue::error(format!("hub `{}` is always empty", hub.name)).at(&self.place_at(&["hub", &hub.name]));
                self.issues.push(issue.label("neither `initial_stock` nor `inflow`"));
            }
        }
    }

    /// Escorted convoys can come together, leave and arrive.
    pub(super) fn check_escorts(&mut self, scenario: &Scenario) {
        for (i, stage) in scenario.stages.iter().enumerate() {
            let Some(escort) = stage.escort.as_deref() else { continue };
            let (least, _) = escort.size_max.support();
            let greatest = greatest(&escort.size_max);
            let at = |keys: &[&str]| self.key_place(StageId(i), keys);
            let mut found = Vec::new();
            if greatest < u64::from(escort.size_min) {
                let issue = Issue::error(format!(
                    "a convoy of at least {} and at most {greatest} trucks never leaves",
                    escort.size_min
                ));
                found.push(issue.at(&at(&["size", "min"])).label("above `max`"));
            } else if let Some(places) = stage.queue.capacity.map(u64::from) {
                // Without `max_wait` only the greatest size lets a convoy go, with it the least suffices.
                let (needed, which) = match escort.max_wait {
                    None => (
                        least.max(u64::from(escort.size_min)),
                        "without `max_wait` a convoy goes when `size.max` trucks wait",
                    ),
                    Some(_) => (u64::from(escort.size_min), "no convoy of fewer than `size.min` trucks goes"),
                };
                if needed > places {
                    let issue = Issue::error(format!(
                        "no convoy of escort `{}` ever leaves: {needed} trucks must wait, but the yard has {places} places",
                        stage.name
                    ));
                    found.push(issue.at(&at(&["queue", "capacity"])).note(which));
                }
            }
            if escort.clearance.approved + escort.clearance.delayed.as_ref().map_or(0.0, |d| d.probability) <= 0.0 {
                let issue = Issue::error(format!("no convoy of escort `{}` ever arrives", stage.name)).at(&at(&["clearance"]));
                found.push(issue.label("no request is approved or delayed"));
            }
            self.issues.extend(found);
        }
    }

    /// Resources suffice for whoever asks for most.
    pub(super) fn check_resources(&mut self, scenario: &Scenario) {
        for (i, stage) in scenario.stages.iter().enumerate() {
            for need in &stage.needs {
                let name = &scenario.resources[need.resource.0].name;
                if let Some(issue) = too_few(
                    scenario,
                    need.resource,
                    u64::from(need.units),
                    &format!("a truck at stage `{}` needs", stage.name),
                ) {
                    let place = self.key_place(StageId(i), &["needs", name]);
                    self.issues.push(issue.at(&place).label("no service ever starts"));
                }
            }
            let Some(escort) = stage.escort.as_deref() else { continue };
            let mut found = Vec::new();
            if let Some(teams) = escort.teams
                && let Some(issue) = too_few(scenario, teams, 1, &format!("a convoy of escort `{}` needs", stage.name))
            {
                found.push(issue.at(&self.key_place(StageId(i), &["teams"])).label("no convoy ever leaves"));
            }
            if let Some(vehicles) = &escort.vehicles {
                // A resource that is both gives the team as well.
                let team = u64::from(escort.teams == Some(vehicles.resource));
                let needed = vehicles_needed(scenario, escort) + team;
                let whose = format!("a convoy of {} trucks at mean load needs", greatest(&escort.size_max));
                if let Some(issue) = too_few(scenario, vehicles.resource, needed, &whose) {
                    let place = self.key_place(StageId(i), &["vehicles", "resource"]);
                    found.push(issue.at(&place).note("the largest convoy of the escort could never leave"));
                }
            }
            self.issues.extend(found);
        }
    }
}

/// Tells a need that a resource can never meet; what developments do to its count is not known beforehand.
fn too_few(scenario: &Scenario, id: ResourceId, needed: u64, who: &str) -> Option<Issue> {
    let resource = &scenario.resources[id.0];
    let adds = scenario.peacekeeping.as_ref().and_then(|p| p.escort_teams.as_ref());
    let effects = scenario.drivers.iter().flat_map(|d| &d.effects);
    let mut effects = effects.chain(scenario.peacekeeping.iter().flat_map(|p| &p.effects));
    let may_change = adds.is_some_and(|teams| teams.resource == id) || effects.any(|e| e.parameter.part == Part::Resource(id.0));
    let few = u64::from(resource.count) < needed && !may_change;
    few.then(|| {
        Issue::error(format!(
            "{who} {needed} of resource `{}`, which has {}",
            resource.name, resource.count
        ))
    })
}

fn greatest(size: &CountLaw) -> u64 {
    size.support().1.unwrap_or_else(|| size.quantile(GREATEST))
}

/// Vehicles for the largest convoy at mean load.
fn vehicles_needed(scenario: &Scenario, escort: &Escort) -> u64 {
    let Some(vehicles) = &escort.vehicles else { return 0 };
    let trucks = greatest(&escort.size_max) as f64;
    let needed = |takes: Option<f64>, load: fn(&Cargo) -> &Law| match takes {
        Some(takes) if takes > 0.0 => (trucks * mean_load(scenario, load) / takes - 1e-9).ceil().max(0.0) as u64,
        _ => 0,
    };
    let by_tonnes = needed(vehicles.tonnes, |cargo| &cargo.tonnes);
    by_tonnes.max(needed(vehicles.pallets, |cargo| &cargo.pallets))
}

/// The mean load of a truck, each stream counted alike.
fn mean_load(scenario: &Scenario, load: fn(&Cargo) -> &Law) -> f64 {
    let streams = &scenario.convoys;
    let of = |stream: &ConvoyStream| -> f64 {
        let hub: Option<&Hub> = stream.draw_from.map(|h| &scenario.hubs[h.0]);
        let cargo = hub.map_or(&stream.cargo, |h| &h.cargo);
        let senders = hub.map_or(&stream.organisation, |h| &h.organisation);
        let mean = |shares: &[(CargoId, f64)]| -> f64 { shares.iter().map(|(c, share)| share * load(&scenario.cargos[c.0]).mean()).sum() };
        match cargo {
            Some(mix) => mean(&shares(mix)),
            None => match senders {
                Some(mix) => shares(mix)
                    .iter()
                    .map(|(o, share)| share * mean(&scenario.organisations[o.0].cargo))
                    .sum(),
                None => scenario.organisations.iter().map(|o| o.share * mean(&o.cargo)).sum(),
            },
        }
    };
    if streams.is_empty() {
        return 0.0;
    }
    streams.iter().map(of).sum::<f64>() / streams.len() as f64
}

/// The shares of a mix; each of a cycle counts alike.
fn shares<Id: Copy>(mix: &Mix<Id>) -> Vec<(Id, f64)> {
    match mix {
        Mix::Shares(shares) => shares.clone(),
        Mix::Cycle(cycle) => cycle.iter().map(|id| (*id, 1.0 / cycle.len() as f64)).collect(),
    }
}
