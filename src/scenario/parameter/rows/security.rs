//! Incidents, given closures, policy.

use super::super::Part;
use super::super::cell::Cell;
use super::{Measure, Row, of};
use crate::scenario::world::{ClosureProcess, IncidentProcess, Policy, Regime, Response, SeverityId};

/// A row of the incidents.
macro_rules! incidents {
    ($pattern:literal, $measure:expr, |$incidents:ident, $at:ident| $cell:expr) => {
        Row {
            pattern: $pattern,
            part: |_| Part::Incidents,
            measure: $measure,
            cell: |scenario, $at| {
                let $incidents = scenario.incidents.as_mut()?;
                $cell
            },
        }
    };
}

/// A row of the policy.
macro_rules! policy {
    ($pattern:literal, $measure:expr, |$policy:ident, $at:ident| $cell:expr) => {
        Row {
            pattern: $pattern,
            part: |_| Part::Policy,
            measure: $measure,
            cell: |scenario, $at| {
                let $policy = &mut scenario.policy;
                $cell
            },
        }
    };
}

/// A row of a given closure.
macro_rules! closure {
    ($pattern:literal, $measure:expr, |$closure:ident| $cell:expr) => {
        Row {
            pattern: $pattern,
            part: |at| Part::Closure(at[0]),
            measure: $measure,
            cell: |scenario, at| {
                let $closure = &mut scenario.closures[at[0]];
                $cell
            },
        }
    };
}

fn regime(process: &mut IncidentProcess, at: usize) -> Option<&mut Regime> {
    match process {
        IncidentProcess::Regimes { regimes, .. } => regimes.get_mut(at),
        _ => None,
    }
}

fn response(policy: &mut Policy, severity: usize) -> Option<&mut Response> {
    of(&mut policy.responses, severity, |s: SeverityId| s.0)
}

pub(super) const ROWS: &[Row] = &[
    incidents!("security.incidents.rate", Measure::Rate, |i, _at| match &mut i.process {
        IncidentProcess::Poisson { per_hour } => Some(Cell::Number(per_hour)),
        _ => None,
    }),
    incidents!("security.incidents.base_rate", Measure::Rate, |i, _at| match &mut i.process {
        IncidentProcess::Hawkes { base_per_hour, .. } => Some(Cell::Number(base_per_hour)),
        _ => None,
    }),
    incidents!("security.incidents.branching", Measure::BelowOne, |i, _at| match &mut i.process {
        IncidentProcess::Hawkes { branching, .. } => Some(Cell::Number(branching)),
        _ => None,
    }),
    incidents!("security.incidents.decay", Measure::Span, |i, _at| match &mut i.process {
        IncidentProcess::Hawkes { decay, .. } => Some(Cell::Duration(decay)),
        _ => None,
    }),
    incidents!("security.incidents.regime.REGIME.stay", Measure::Span, |i, at| {
        regime(&mut i.process, at[0]).map(|r| Cell::Duration(&mut r.mean_stay))
    }),
    incidents!("security.incidents.regime.REGIME.rate", Measure::Rate, |i, at| {
        regime(&mut i.process, at[0]).map(|r| Cell::Number(&mut r.per_hour))
    }),
    incidents!("security.incidents.regime.REGIME.to.REGIME", Measure::Share, |i, at| {
        of(&mut regime(&mut i.process, at[0])?.to, at[1], |r: usize| r).map(Cell::Number)
    }),
    incidents!("security.incidents.severity.SEVERITY.share", Measure::Share, |i, at| {
        Some(Cell::Number(&mut i.severities[at[0]].share))
    }),
    incidents!("security.incidents.severity.SEVERITY.weight", Measure::Amount, |i, at| {
        Some(Cell::Number(&mut i.severities[at[0]].weight))
    }),
    incidents!("security.incidents.severity.SEVERITY.loss", Measure::Share, |i, at| {
        Some(Cell::Number(&mut i.severities[at[0]].loss))
    }),
    closure!("closure.CLOSURE.open", Measure::SpanLaw, |c| match &mut c.process {
        ClosureProcess::Renewal { open, .. } => Some(Cell::Law(open)),
        ClosureProcess::Spells(_) => None,
    }),
    closure!("closure.CLOSURE.closed", Measure::TimeLaw, |c| match &mut c.process {
        ClosureProcess::Renewal { closed, .. } => Some(Cell::Law(closed)),
        ClosureProcess::Spells(_) => None,
    }),
    closure!("closure.CLOSURE.capacity", Measure::Share, |c| Some(Cell::Number(&mut c.capacity))),
    policy!("policy.response.SEVERITY.capacity", Measure::Share, |p, at| {
        response(p, at[0]).map(|r| Cell::Number(&mut r.capacity))
    }),
    policy!("policy.response.SEVERITY.for", Measure::TimeLaw, |p, at| {
        response(p, at[0]).map(|r| Cell::Law(&mut r.length))
    }),
    policy!("policy.response.SEVERITY.quiet", Measure::Time, |p, at| {
        response(p, at[0]).map(|r| Cell::Duration(&mut r.quiet))
    }),
    policy!("policy.response.SEVERITY.notice", Measure::Time, |p, at| {
        response(p, at[0]).map(|r| Cell::Duration(&mut r.notice))
    }),
    policy!("policy.trigger.TRIGGER.incidents", Measure::Whole(1), |p, at| {
        Some(Cell::Whole(&mut p.triggers[at[0]].incidents))
    }),
    policy!("policy.trigger.TRIGGER.within", Measure::Span, |p, at| {
        Some(Cell::Duration(&mut p.triggers[at[0]].within))
    }),
    policy!("policy.trigger.TRIGGER.capacity", Measure::Share, |p, at| {
        Some(Cell::Number(&mut p.triggers[at[0]].capacity))
    }),
    policy!("policy.trigger.TRIGGER.for", Measure::TimeLaw, |p, at| {
        Some(Cell::Law(&mut p.triggers[at[0]].length))
    }),
    policy!("policy.reopening.STEP.capacity", Measure::Share, |p, at| {
        Some(Cell::Number(&mut p.reopening[at[0]].capacity))
    }),
    policy!("policy.reopening.STEP.for", Measure::TimeLaw, |p, at| {
        Some(Cell::Law(&mut p.reopening[at[0]].length))
    }),
    policy!("policy.precaution.hit", Measure::Share, |p, _at| {
        p.precaution.as_mut().map(|x| Cell::Number(&mut x.hit))
    }),
    policy!("policy.precaution.lead", Measure::Time, |p, _at| {
        p.precaution.as_mut().map(|x| Cell::Duration(&mut x.lead))
    }),
    policy!("policy.precaution.false_alarms", Measure::Rate, |p, _at| {
        p.precaution.as_mut().map(|x| Cell::Number(&mut x.false_alarms_per_hour))
    }),
    policy!("policy.precaution.capacity", Measure::Share, |p, _at| {
        p.precaution.as_mut().map(|x| Cell::Number(&mut x.capacity))
    }),
    policy!("policy.precaution.for", Measure::TimeLaw, |p, _at| {
        p.precaution.as_mut().map(|x| Cell::Law(&mut x.length))
    }),
    policy!("policy.diversion.after", Measure::Time, |p, _at| {
        p.diversion.as_mut().map(|x| Cell::Duration(&mut x.after))
    }),
    policy!("policy.diversion.share", Measure::Share, |p, _at| {
        p.diversion.as_mut().map(|x| Cell::Number(&mut x.share))
    }),
    policy!("policy.diversion.delay", Measure::TimeLaw, |p, _at| {
        p.diversion.as_mut().map(|x| Cell::Law(&mut x.delay))
    }),
    policy!("policy.diversion.daily_cap", Measure::Limit(0), |p, _at| {
        p.diversion.as_mut().map(|x| Cell::MaybeWhole(&mut x.daily_cap))
    }),
];
