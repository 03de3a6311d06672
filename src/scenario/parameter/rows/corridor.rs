//! Hubs, resources, escorts, contingents and what they do.

use super::super::Part;
use super::super::cell::Cell;
use super::{Measure, Row, of};
use crate::scenario::world::{Arrivals, CargoId, Mix, OrganisationId};

/// A row of an escort; the first name of its path is that of the escort, which is a stage.
macro_rules! escort {
    ($pattern:literal, $measure:expr, |$escort:ident| $cell:expr) => {
        Row {
            pattern: $pattern,
            part: |at| Part::Stage(at[0]),
            measure: $measure,
            cell: |scenario, at| {
                let $escort = scenario.stages[at[0]].escort.as_deref_mut()?;
                $cell
            },
        }
    };
}

/// A row of a hub.
macro_rules! hub {
    ($pattern:literal, $measure:expr, |$hub:ident, $at:ident| $cell:expr) => {
        Row {
            pattern: $pattern,
            part: |at| Part::Hub(at[0]),
            measure: $measure,
            cell: |scenario, $at| {
                let $hub = &mut scenario.hubs[$at[0]];
                $cell
            },
        }
    };
}

/// A row of what troops are and do.
macro_rules! troops {
    ($pattern:literal, $measure:expr, |$scenario:ident, $at:ident| $cell:expr) => {
        Row {
            pattern: $pattern,
            part: |_| Part::Peacekeeping,
            measure: $measure,
            cell: |$scenario, $at| $cell,
        }
    };
}

pub(super) const ROWS: &[Row] = &[
    hub!("hub.HUB.inflow.rate", Measure::Rate, |h, at| match h.inflow.as_mut()? {
        Arrivals::Poisson { per_hour, .. } => Some(Cell::Number(per_hour)),
        _ => None,
    }),
    hub!("hub.HUB.inflow.every", Measure::SpanLaw, |h, at| match h.inflow.as_mut()? {
        Arrivals::Renewal { every } => Some(Cell::Law(every)),
        _ => None,
    }),
    hub!("hub.HUB.inflow.jitter", Measure::TimeLaw, |h, at| match h.inflow.as_mut()? {
        Arrivals::Schedule { jitter, .. } => jitter.as_mut().map(Cell::Law),
        _ => None,
    }),
    hub!("hub.HUB.inflow.batch", Measure::CountLaw, |h, at| {
        h.inflow.is_some().then_some(Cell::Count(&mut h.batch))
    }),
    hub!("hub.HUB.stop_above", Measure::Limit(0), |h, at| Some(Cell::MaybeWhole(
        &mut h.stop_above
    ))),
    hub!("hub.HUB.retry.probability", Measure::Share, |h, at| {
        h.retry.as_mut().map(|r| Cell::Number(&mut r.probability))
    }),
    hub!("hub.HUB.retry.tries", Measure::Whole(1), |h, at| {
        h.retry.as_mut().map(|r| Cell::Whole(&mut r.tries))
    }),
    hub!("hub.HUB.retry.delay", Measure::TimeLaw, |h, at| {
        h.retry.as_mut().map(|r| Cell::Law(&mut r.delay))
    }),
    hub!(
        "hub.HUB.organisation.ORGANISATION",
        Measure::Share,
        |h, at| match h.organisation.as_mut()? {
            Mix::Shares(shares) => of(shares, at[1], |o: OrganisationId| o.0).map(Cell::Number),
            Mix::Cycle(_) => None,
        }
    ),
    hub!("hub.HUB.cargo.CARGO", Measure::Share, |h, at| match h.cargo.as_mut()? {
        Mix::Shares(shares) => of(shares, at[1], |c: CargoId| c.0).map(Cell::Number),
        Mix::Cycle(_) => None,
    }),
    Row {
        pattern: "resource.RESOURCE.count",
        part: |at| Part::Resource(at[0]),
        measure: Measure::Whole(0),
        cell: |scenario, at| Some(Cell::Whole(&mut scenario.resources[at[0]].count)),
    },
    escort!("escort.ESCORT.size.min", Measure::Whole(1), |e| Some(Cell::Whole(&mut e.size_min))),
    escort!("escort.ESCORT.size.max", Measure::CountLaw, |e| Some(Cell::Count(&mut e.size_max))),
    escort!("escort.ESCORT.max_wait", Measure::Time, |e| Some(Cell::MaybeDuration(
        &mut e.max_wait
    ))),
    escort!("escort.ESCORT.clearance.approved", Measure::Share, |e| {
        Some(Cell::Number(&mut e.clearance.approved))
    }),
    escort!("escort.ESCORT.clearance.delayed.probability", Measure::Share, |e| {
        e.clearance.delayed.as_mut().map(|a| Cell::Number(&mut a.probability))
    }),
    escort!("escort.ESCORT.clearance.delayed.by", Measure::TimeLaw, |e| {
        e.clearance.delayed.as_mut().map(|a| Cell::Law(&mut a.by))
    }),
    escort!("escort.ESCORT.clearance.impeded.probability", Measure::Share, |e| {
        e.clearance.impeded.as_mut().map(|a| Cell::Number(&mut a.probability))
    }),
    escort!("escort.ESCORT.clearance.impeded.turns_after", Measure::TimeLaw, |e| {
        e.clearance.impeded.as_mut().map(|a| Cell::Law(&mut a.turns_after))
    }),
    escort!("escort.ESCORT.clearance.denied.probability", Measure::Share, |e| {
        e.clearance.denied.as_mut().map(|a| Cell::Number(&mut a.probability))
    }),
    escort!("escort.ESCORT.clearance.denied.retry", Measure::SpanLaw, |e| {
        e.clearance.denied.as_mut().map(|a| Cell::Law(&mut a.retry))
    }),
    escort!("escort.ESCORT.clearance.postponed.probability", Measure::Share, |e| {
        e.clearance.postponed.as_mut().map(|a| Cell::Number(&mut a.probability))
    }),
    escort!("escort.ESCORT.clearance.postponed.retry", Measure::SpanLaw, |e| {
        e.clearance.postponed.as_mut().map(|a| Cell::Law(&mut a.retry))
    }),
    escort!("escort.ESCORT.trip", Measure::TimeLaw, |e| Some(Cell::Law(&mut e.trip))),
    escort!("escort.ESCORT.return_time", Measure::TimeLaw, |e| Some(Cell::Law(
        &mut e.return_time
    ))),
    escort!("escort.ESCORT.vehicles.tonnes", Measure::Positive, |e| {
        e.vehicles.as_mut().map(|v| Cell::MaybeNumber(&mut v.tonnes))
    }),
    escort!("escort.ESCORT.vehicles.pallets", Measure::Positive, |e| {
        e.vehicles.as_mut().map(|v| Cell::MaybeNumber(&mut v.pallets))
    }),
    escort!("escort.ESCORT.vehicles.return_time", Measure::TimeLaw, |e| {
        e.vehicles.as_mut().map(|v| Cell::MaybeLaw(&mut v.return_time))
    }),
    escort!("escort.ESCORT.intercepted.probability", Measure::Share, |e| {
        e.intercepted.as_mut().map(|i| Cell::Number(&mut i.probability))
    }),
    escort!("escort.ESCORT.intercepted.share", Measure::ShareLaw, |e| {
        e.intercepted.as_mut().map(|i| Cell::Law(&mut i.share))
    }),
    troops!("contingent.CONTINGENT.troops", Measure::Amount, |s, at| {
        Some(Cell::Number(&mut s.contingents[at[0]].troops))
    }),
    troops!("contingent.CONTINGENT.effectiveness", Measure::Share, |s, at| {
        Some(Cell::Number(&mut s.contingents[at[0]].effectiveness))
    }),
    troops!("contingent.CONTINGENT.build_up", Measure::Time, |s, at| {
        Some(Cell::Duration(&mut s.contingents[at[0]].build_up))
    }),
    troops!("peacekeeping.target_troops", Measure::Positive, |s, _at| {
        s.peacekeeping.as_mut().map(|p| Cell::Number(&mut p.target_troops))
    }),
    troops!("peacekeeping.incident_elasticity", Measure::Amount, |s, _at| {
        s.peacekeeping.as_mut().map(|p| Cell::Number(&mut p.incident_elasticity))
    }),
    troops!("peacekeeping.escort_teams.per_troops", Measure::Positive, |s, _at| {
        let teams = s.peacekeeping.as_mut()?.escort_teams.as_mut()?;
        Some(Cell::Number(&mut teams.per_troops))
    }),
];
