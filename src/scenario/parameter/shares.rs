//! Shares that sum to 1: those that change keep their new value, the others of their set are scaled.

use super::cell::Change;
use super::{Slot, rows};
use crate::scenario::world::{IncidentProcess, Mix, Scenario};

/// The members of a set of shares: their number in the path, and their place.
type Members<'a> = Vec<(usize, &'a mut f64)>;

/// A set of shares: which one, and the indices that come before the member's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Set {
    Organisations,
    CargoOf(usize),
    Severities,
    Regimes(usize),
    ConvoyCargo(usize),
    ConvoyOrganisations(usize),
    HubCargo(usize),
    HubOrganisations(usize),
    Clearance(usize),
}

/// The set to which a share belongs, and its number in it.
pub(super) fn set_of(slot: Slot) -> Option<(Set, usize)> {
    let [a, b, _] = slot.at;
    Some(match rows::row(slot.row).pattern {
        "organisation.ORGANISATION.share" => (Set::Organisations, a),
        "organisation.ORGANISATION.cargo.CARGO" => (Set::CargoOf(a), b),
        "security.incidents.severity.SEVERITY.share" => (Set::Severities, a),
        "security.incidents.regime.REGIME.to.REGIME" => (Set::Regimes(a), b),
        "convoy.CONVOY.cargo.CARGO" => (Set::ConvoyCargo(a), b),
        "convoy.CONVOY.organisation.ORGANISATION" => (Set::ConvoyOrganisations(a), b),
        "hub.HUB.cargo.CARGO" => (Set::HubCargo(a), b),
        "hub.HUB.organisation.ORGANISATION" => (Set::HubOrganisations(a), b),
        "escort.ESCORT.clearance.approved" => (Set::Clearance(a), 0),
        "escort.ESCORT.clearance.delayed.probability" => (Set::Clearance(a), 1),
        "escort.ESCORT.clearance.impeded.probability" => (Set::Clearance(a), 2),
        "escort.ESCORT.clearance.denied.probability" => (Set::Clearance(a), 3),
        "escort.ESCORT.clearance.postponed.probability" => (Set::Clearance(a), 4),
        _ => return None,
    })
}

pub(super) fn members(scenario: &mut Scenario, set: Set) -> Members<'_> {
    fn mix<Id>(mix: &mut Option<Mix<Id>>, index: fn(&Id) -> usize) -> Members<'_> {
        match mix {
            Some(Mix::Shares(shares)) => shares.iter_mut().map(|(id, share)| (index(id), share)).collect(),
            _ => Vec::new(),
        }
    }
    match set {
        Set::Organisations => scenario.organisations.iter_mut().map(|o| &mut o.share).enumerate().collect(),
        Set::CargoOf(i) => scenario.organisations[i].cargo.iter_mut().map(|(c, share)| (c.0, share)).collect(),
        Set::Severities => {
            let severities = scenario.incidents.iter_mut().flat_map(|i| &mut i.severities);
            severities.map(|s| &mut s.share).enumerate().collect()
        }
        Set::Regimes(i) => match scenario.incidents.as_mut().map(|i| &mut i.process) {
            Some(IncidentProcess::Regimes { regimes, .. }) => regimes[i].to.iter_mut().map(|(to, share)| (*to, share)).collect(),
            _ => Vec::new(),
        },
        Set::ConvoyCargo(i) => mix(&mut scenario.convoys[i].cargo, |c| c.0),
        Set::ConvoyOrganisations(i) => mix(&mut scenario.convoys[i].organisation, |o| o.0),
        Set::HubCargo(i) => mix(&mut scenario.hubs[i].cargo, |c| c.0),
        Set::HubOrganisations(i) => mix(&mut scenario.hubs[i].organisation, |o| o.0),
        Set::Clearance(i) => {
            let Some(escort) = scenario.stages[i].escort.as_deref_mut() else {
                return Vec::new();
            };
            let clearance = &mut escort.clearance;
            let answers = [
                Some(&mut clearance.approved),
                clearance.delayed.as_mut().map(|a| &mut a.probability),
                clearance.impeded.as_mut().map(|a| &mut a.probability),
                clearance.denied.as_mut().map(|a| &mut a.probability),
                clearance.postponed.as_mut().map(|a| &mut a.probability),
            ];
            answers.into_iter().enumerate().filter_map(|(i, p)| Some((i, p?))).collect()
        }
    }
}

/// Scales the shares beside those that changed.
pub(super) fn keep_sums(current: &mut Scenario, changes: &[(Slot, Change)]) {
    let mut done: Vec<Set> = Vec::new();
    for (slot, _) in changes {
        let Some((set, _)) = set_of(*slot) else { continue };
        if done.contains(&set) {
            continue;
        }
        let changed: Vec<usize> = changes
            .iter()
            .filter_map(|(slot, _)| set_of(*slot))
            .filter(|(of, _)| *of == set)
            .map(|(_, member)| member)
            .collect();
        scale(members(current, set), &changed);
        done.push(set);
    }
}

fn scale(members: Members, changed: &[usize]) {
    let (mut kept, mut free) = (0.0, 0.0);
    for (member, share) in &members {
        if changed.contains(member) {
            kept += **share;
        } else {
            free += **share;
        }
    }
    // Where nothing else can make up the sum, those that changed share it out among themselves.
    let (of_changed, of_others) = if free > 0.0 && kept <= 1.0 {
        (1.0, (1.0 - kept) / free)
    } else if kept > 0.0 {
        (1.0 / kept, 0.0)
    } else {
        return;
    };
    for (member, share) in members {
        *share *= if changed.contains(&member) { of_changed } else { of_others };
    }
}
