//! Hubs, escorts and hot seasons compiled.

use super::stream::Kind;
use super::{general_senders, organisation_index};
use crate::random::{CountLaw, Entity, Law, Purpose};
use crate::scenario::{CargoId, Clearance, Escort, Heat, Hub, Interception, Scenario};
use crate::time::{Duration, Time};

/// A hub as the engine needs it.
#[derive(Clone, Debug)]
pub(in crate::model) struct HubPlan {
    /// Its part of its loads' addresses.
    pub(in crate::model) source: u32,
    pub(in crate::model) initial_stock: u32,
    pub(in crate::model) stop_above: Option<u32>,
    pub(in crate::model) retry: Option<crate::scenario::Retry>,
    pub(in crate::model) organisation: Kind,
    pub(in crate::model) cargo: Option<Kind>,
}

impl HubPlan {
    pub(in crate::model) fn compile(hub: &Hub, scenario: &Scenario) -> HubPlan {
        HubPlan {
            source: Entity::source_named(&format!("hub.{}", hub.name)),
            initial_stock: hub.initial_stock,
            stop_above: hub.stop_above,
            retry: hub.retry.clone(),
            organisation: hub
                .organisation
                .as_ref()
                .map_or_else(|| general_senders(scenario), |mix| Kind::compile(mix, organisation_index)),
            cargo: hub.cargo.as_ref().map(|mix| Kind::compile(mix, |CargoId(c)| c as u16)),
        }
    }
}

/// An escort as the engine needs it.
#[derive(Clone, Debug)]
pub(in crate::model) struct EscortPlan {
    pub(in crate::model) teams: Option<u16>,
    pub(in crate::model) vehicles: Option<VehiclePlan>,
    pub(in crate::model) size_min: u32,
    pub(in crate::model) size_max: CountLaw,
    pub(in crate::model) max_wait: Option<Duration>,
    pub(in crate::model) clearance: Clearance,
    pub(in crate::model) trip: Law,
    pub(in crate::model) return_time: Law,
    pub(in crate::model) intercepted: Option<Interception>,
    pub(in crate::model) purposes: EscortPurposes,
}

/// Vehicles for the load of a convoy.
#[derive(Clone, Debug)]
pub(in crate::model) struct VehiclePlan {
    pub(in crate::model) resource: u16,
    pub(in crate::model) tonnes: Option<f64>,
    pub(in crate::model) pallets: Option<f64>,
    pub(in crate::model) return_time: Option<Law>,
}

/// What the random numbers of an escort are for.
#[derive(Clone, Copy, Debug)]
pub(in crate::model) struct EscortPurposes {
    pub(in crate::model) size: Purpose,
    pub(in crate::model) clearance: Purpose,
    pub(in crate::model) trip: Purpose,
    pub(in crate::model) back: Purpose,
    pub(in crate::model) vehicles_back: Purpose,
    pub(in crate::model) intercepted: Purpose,
    pub(in crate::model) which: Purpose,
}

impl EscortPlan {
    /// An escort; `before`: what it was before a change, which has its purposes already.
    pub(in crate::model) fn compile(escort: &Escort, name: &str, before: Option<&EscortPlan>) -> EscortPlan {
        EscortPlan {
            teams: escort.teams.map(|r| r.0 as u16),
            vehicles: escort.vehicles.as_ref().map(|v| VehiclePlan {
                resource: v.resource.0 as u16,
                tonnes: v.tonnes,
                pallets: v.pallets,
                return_time: v.return_time.clone(),
            }),
            size_min: escort.size_min,
            size_max: escort.size_max.clone(),
            max_wait: escort.max_wait,
            clearance: escort.clearance.clone(),
            trip: escort.trip.clone(),
            return_time: escort.return_time.clone(),
            intercepted: escort.intercepted.clone(),
            purposes: before.map_or_else(|| EscortPurposes::of(name), |b| b.purposes),
        }
    }
}

impl EscortPurposes {
    fn of(name: &str) -> EscortPurposes {
        let purpose = |what: &str| Purpose::named(&format!("escort.{name}.{what}"));
        EscortPurposes {
            size: purpose("size"),
            clearance: purpose("clearance"),
            trip: purpose("trip"),
            back: purpose("return_time"),
            vehicles_back: purpose("vehicles.return_time"),
            intercepted: purpose("intercepted"),
            which: purpose("intercepted.which"),
        }
    }
}

/// The hot season of every year that the horizon and ten years after it touch.
pub(in crate::model) fn heat_spells(heat: &Heat, scenario: &Scenario, end: Time) -> Vec<(Time, Time)> {
    let origin = &scenario.horizon.origin;
    let mut spells = Vec::new();
    let mut begun = None;
    for day in -1..=origin.day_index(end) + 3660 {
        let date = origin.date_of_day(day);
        let number = |part: std::ops::Range<usize>| date.get(part).and_then(|t| t.parse::<u8>().ok()).unwrap_or(0);
        let today = (number(5..7), number(8..10));
        let hot = if heat.from <= heat.to {
            today >= heat.from && today <= heat.to
        } else {
            today >= heat.from || today <= heat.to
        };
        match (hot, begun) {
            (true, None) => begun = Some(origin.start_of_day(day)),
            (false, Some(from)) => {
                spells.push((from, origin.start_of_day(day)));
                begun = None;
            }
            _ => {}
        }
    }
    spells
}
