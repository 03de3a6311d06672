//! Calendars, cargo, organisations, restrictions, streams of convoys and of travellers.

use super::super::Part;
use super::super::cell::Cell;
use super::{Measure, Row, of};
use crate::scenario::world::{Approval, Arrivals, BarredAction, CargoId, Mix, OrganisationId, Scenario};

/// A row of a cargo.
macro_rules! cargo {
    ($pattern:literal, $measure:expr, |$cargo:ident| $cell:expr) => {
        Row {
            pattern: $pattern,
            part: |at| Part::Cargo(at[0]),
            measure: $measure,
            cell: |scenario, at| {
                let $cargo = &mut scenario.cargos[at[0]];
                $cell
            },
        }
    };
}

/// A row of the organisations.
macro_rules! organisation {
    ($pattern:literal, $measure:expr, |$scenario:ident, $at:ident| $cell:expr) => {
        Row {
            pattern: $pattern,
            part: |_| Part::Organisations,
            measure: $measure,
            cell: |$scenario, $at| $cell,
        }
    };
}

/// A row of the stream of convoys or travellers in a list.
macro_rules! stream {
    ($pattern:literal, $part:ident, $list:ident, $measure:expr, |$stream:ident, $at:ident| $cell:expr) => {
        Row {
            pattern: $pattern,
            part: |at| Part::$part(at[0]),
            measure: $measure,
            cell: |scenario, $at| {
                let $stream = &mut scenario.$list[$at[0]];
                $cell
            },
        }
    };
}

fn approval(scenario: &mut Scenario, organisation: usize) -> Option<&mut Approval> {
    scenario.organisations[organisation].approval.as_mut()
}

fn approval_for(scenario: &mut Scenario, organisation: usize, cargo: usize) -> Option<&mut Approval> {
    of(&mut scenario.organisations[organisation].approval_for, cargo, |c: CargoId| c.0)
}

/// The rule that hands trucks of barred organisations over.
macro_rules! reconsigned {
    ($pattern:literal, $measure:expr, $field:ident => $cell:expr) => {
        Row {
            pattern: $pattern,
            part: |_| Part::Restrictions,
            measure: $measure,
            cell: |scenario, _| match &mut scenario.restrictions.barred {
                BarredAction::Reconsign { $field, .. } => Some($cell),
                _ => None,
            },
        }
    };
}

pub(super) const ROWS: &[Row] = &[
    Row {
        pattern: "calendar.CALENDAR.DAYS",
        part: |at| Part::Calendar(at[0]),
        measure: Measure::Hours,
        cell: |scenario, at| Some(Cell::Hours(&mut scenario.calendars[at[0]].1.weekly, at[1])),
    },
    cargo!("cargo.CARGO.load.tonnes", Measure::TonnesLaw, |c| Some(Cell::Law(&mut c.tonnes))),
    cargo!("cargo.CARGO.load.pallets", Measure::PalletsLaw, |c| Some(Cell::Law(&mut c.pallets))),
    cargo!("cargo.CARGO.shelf_life", Measure::TimeLaw, |c| Some(Cell::MaybeLaw(
        &mut c.shelf_life
    ))),
    cargo!("cargo.CARGO.heat.factor", Measure::Positive, |c| {
        c.heat.as_mut().map(|h| Cell::Number(&mut h.factor))
    }),
    cargo!("cargo.CARGO.restricted", Measure::Share, |c| Some(Cell::Number(&mut c.restricted))),
    cargo!("cargo.CARGO.repack.probability", Measure::Share, |c| {
        c.repack.as_mut().map(|r| Cell::Number(&mut r.probability))
    }),
    cargo!("cargo.CARGO.repack.delay", Measure::TimeLaw, |c| {
        c.repack.as_mut().map(|r| Cell::Law(&mut r.delay))
    }),
    cargo!("cargo.CARGO.repack.share", Measure::Share, |c| {
        c.repack.as_mut().map(|r| Cell::Number(&mut r.share))
    }),
    organisation!("organisation.ORGANISATION.share", Measure::Share, |s, at| {
        Some(Cell::Number(&mut s.organisations[at[0]].share))
    }),
    organisation!("organisation.ORGANISATION.cargo.CARGO", Measure::Share, |s, at| {
        of(&mut s.organisations[at[0]].cargo, at[1], |c: CargoId| c.0).map(Cell::Number)
    }),
    organisation!("organisation.ORGANISATION.status", Measure::Status, |s, at| {
        Some(Cell::Status(&mut s.organisations[at[0]].status))
    }),
    organisation!("organisation.ORGANISATION.daily_quota", Measure::Limit(1), |s, at| {
        Some(Cell::MaybeWhole(&mut s.organisations[at[0]].daily_quota))
    }),
    organisation!("organisation.ORGANISATION.approval.lead", Measure::TimeLaw, |s, at| {
        approval(s, at[0]).map(|a| Cell::Law(&mut a.lead))
    }),
    organisation!("organisation.ORGANISATION.approval.refused", Measure::Share, |s, at| {
        approval(s, at[0]).map(|a| Cell::Number(&mut a.refused))
    }),
    organisation!("organisation.ORGANISATION.approval.not_honoured", Measure::Share, |s, at| {
        approval(s, at[0]).map(|a| Cell::Number(&mut a.not_honoured))
    }),
    organisation!("organisation.ORGANISATION.approval_for.CARGO.lead", Measure::TimeLaw, |s, at| {
        approval_for(s, at[0], at[1]).map(|a| Cell::Law(&mut a.lead))
    }),
    organisation!("organisation.ORGANISATION.approval_for.CARGO.refused", Measure::Share, |s, at| {
        approval_for(s, at[0], at[1]).map(|a| Cell::Number(&mut a.refused))
    }),
    organisation!(
        "organisation.ORGANISATION.approval_for.CARGO.not_honoured",
        Measure::Share,
        |s, at| { approval_for(s, at[0], at[1]).map(|a| Cell::Number(&mut a.not_honoured)) }
    ),
    reconsigned!("restrictions.barred.delay", Measure::TimeLaw, delay => Cell::Law(delay)),
    reconsigned!("restrictions.barred.success", Measure::Share, success => Cell::Number(success)),
    reconsigned!("restrictions.barred.daily_cap", Measure::Limit(0), daily_cap => Cell::MaybeWhole(daily_cap)),
    stream!("convoy.CONVOY.arrivals.rate", Convoy, convoys, Measure::Rate, |c, at| rate(
        &mut c.arrivals
    )),
    stream!("convoy.CONVOY.arrivals.every", Convoy, convoys, Measure::SpanLaw, |c, at| {
        every(&mut c.arrivals)
    }),
    stream!("convoy.CONVOY.arrivals.jitter", Convoy, convoys, Measure::TimeLaw, |c, at| {
        jitter(&mut c.arrivals)
    }),
    stream!("convoy.CONVOY.size", Convoy, convoys, Measure::CountLaw, |c, at| Some(Cell::Count(
        &mut c.size
    ))),
    stream!("convoy.CONVOY.day_effect.cv", Convoy, convoys, Measure::Amount, |c, at| {
        c.day_effect.as_mut().map(|d| Cell::Number(&mut d.cv))
    }),
    stream!(
        "convoy.CONVOY.cargo.CARGO",
        Convoy,
        convoys,
        Measure::Share,
        |c, at| match c.cargo.as_mut()? {
            Mix::Shares(shares) => of(shares, at[1], |c: CargoId| c.0).map(Cell::Number),
            Mix::Cycle(_) => None,
        }
    ),
    stream!(
        "convoy.CONVOY.organisation.ORGANISATION",
        Convoy,
        convoys,
        Measure::Share,
        |c, at| match c.organisation.as_mut()? {
            Mix::Shares(shares) => of(shares, at[1], |o: OrganisationId| o.0).map(Cell::Number),
            Mix::Cycle(_) => None,
        }
    ),
    stream!(
        "travellers.TRAVELLERS.arrivals.rate",
        Travellers,
        travellers,
        Measure::Rate,
        |t, at| rate(&mut t.arrivals)
    ),
    stream!(
        "travellers.TRAVELLERS.arrivals.every",
        Travellers,
        travellers,
        Measure::SpanLaw,
        |t, at| every(&mut t.arrivals)
    ),
    stream!(
        "travellers.TRAVELLERS.arrivals.jitter",
        Travellers,
        travellers,
        Measure::TimeLaw,
        |t, at| jitter(&mut t.arrivals)
    ),
    stream!("travellers.TRAVELLERS.size", Travellers, travellers, Measure::CountLaw, |t, at| {
        Some(Cell::Count(&mut t.size))
    }),
];

fn rate(arrivals: &mut Arrivals) -> Option<Cell<'_>> {
    match arrivals {
        Arrivals::Poisson { per_hour, .. } => Some(Cell::Number(per_hour)),
        _ => None,
    }
}

fn every(arrivals: &mut Arrivals) -> Option<Cell<'_>> {
    match arrivals {
        Arrivals::Renewal { every } => Some(Cell::Law(every)),
        _ => None,
    }
}

fn jitter(arrivals: &mut Arrivals) -> Option<Cell<'_>> {
    match arrivals {
        Arrivals::Schedule { jitter, .. } => jitter.as_mut().map(Cell::Law),
        _ => None,
    }
}
