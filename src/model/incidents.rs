//! Incidents: when they happen, how grave they are, and in which regime. The same whatever the policy.
//!
//! Incident k of a replication is made from random numbers addressed by k, so that its instant depends on no decision.

use super::agenda::{Class, Event};
use super::observer::Observer;
use super::plan::{Plan, choose};
use super::random::Draws;
use super::simulation::{Group, Simulation};
use crate::random::Entity;
use crate::scenario::{IncidentProcess, SeverityId};
use crate::time::{HOUR_US, Time};

/// The process of incidents under way. Instants are kept in unrounded microseconds, so that rounding does not add up.
#[derive(Debug, Default)]
pub(super) struct Incidents {
    /// Incidents made so far.
    made: u32,
    /// Where the process stands.
    at_us: f64,
    /// Excess of the Hawkes intensity over its base just after the last incident, per hour.
    excess_per_hour: f64,
    /// The path of the regimes: since when, which.
    path: Vec<(Time, usize)>,
    /// Next change on the path to be told.
    next_change: usize,
    /// Place on the path at which the next incident is sought.
    segment: usize,
    /// The regime under way, as told.
    current: Option<usize>,
    /// Severity of the next incident, where the record states it.
    recorded: Option<SeverityId>,
}

/// Number `k` of the process of incidents.
fn entity(k: u32) -> Entity {
    Entity { source: 0, group: k, member: 0 }
}

/// A unit exponential variate.
fn exponential(u: f64) -> f64 {
    -libm::log(u)
}

impl Incidents {
    fn clear(&mut self) {
        self.made = 0;
        self.at_us = 0.0;
        self.excess_per_hour = 0.0;
        self.path.clear();
        self.next_change = 0;
        self.segment = 0;
        self.current = None;
        self.recorded = None;
    }

    /// The instant of the next incident, and its severity where the record states it.
    fn next(&mut self, plan: &Plan, draws: &Draws) -> Option<(Time, Option<SeverityId>)> {
        let process = &plan.scenario.incidents.as_ref()?.process;
        self.made += 1;
        let k = self.made;
        let hour = HOUR_US as f64;
        match process {
            IncidentProcess::Poisson { per_hour } => {
                self.at_us += exponential(draws.incidents.uniform(entity(k), 0)) / per_hour * hour;
            }
            IncidentProcess::Hawkes { base_per_hour, branching, decay } => {
                let decay_per_hour = 1.0 / decay.as_hours();
                let gap = self.hawkes_gap_h(*base_per_hour, decay_per_hour, draws.incidents.pair(entity(k), 0));
                self.excess_per_hour = self.excess_per_hour * libm::exp(-decay_per_hour * gap) + branching * decay_per_hour;
                self.at_us += gap * hour;
            }
            IncidentProcess::Regimes { regimes, .. } => {
                let mut need = exponential(draws.incidents.uniform(entity(k), 0));
                loop {
                    let per_us = regimes[self.path.get(self.segment)?.1].per_hour / hour;
                    let until = self.path.get(self.segment + 1).map_or(f64::INFINITY, |(t, _)| t.0 as f64);
                    let there = (until - self.at_us) * per_us;
                    if need < there {
                        self.at_us += need / per_us;
                        break;
                    }
                    if until.is_infinite() {
                        return None;
                    }
                    need -= there;
                    self.at_us = until;
                    self.segment += 1;
                }
            }
            IncidentProcess::Trace(record) => {
                let (at, severity) = record.get(k as usize - 1)?;
                return Some((*at, Some(*severity)));
            }
        }
        (self.at_us < plan.end.0 as f64).then(|| (Time(self.at_us.round() as i64), None))
    }

    /// Hours until the next incident of a Hawkes process with exponential kernel, exactly: the sooner of one from the base rate and one
    /// from the decaying excess (Dassios and Zhao, 2013, Electronic Communications in Probability 18).
    fn hawkes_gap_h(&self, base_per_hour: f64, decay_per_hour: f64, u: [f64; 2]) -> f64 {
        let from_base = exponential(u[0]) / base_per_hour;
        let from_excess = if self.excess_per_hour > 0.0 {
            let d = 1.0 - decay_per_hour * exponential(u[1]) / self.excess_per_hour;
            if d > 0.0 { -libm::log(d) / decay_per_hour } else { f64::INFINITY }
        } else {
            f64::INFINITY
        };
        from_base.min(from_excess)
    }

    /// Lays out the regimes over the horizon.
    fn lay_path(&mut self, plan: &Plan, draws: &Draws) {
        let Some(IncidentProcess::Regimes { regimes, .. }) = plan.scenario.incidents.as_ref().map(|i| &i.process) else { return };
        let security = &plan.security;
        let mut regime = choose(&security.regime_start, draws.regime.uniform(entity(0), 0));
        let mut at_us = 0.0;
        let mut k = 0;
        while at_us < plan.end.0 as f64 {
            self.path.push((Time(at_us.round() as i64), regime));
            k += 1;
            let [stay, next] = draws.regime.pair(entity(k), 0);
            at_us += exponential(stay) * regimes[regime].mean_stay.0 as f64;
            regime = choose(&security.regime_to[regime], next);
        }
    }
}

impl Simulation<'_> {
    /// Puts the first incident and the first regime on the agenda.
    pub(super) fn begin_incidents<O: Observer>(&mut self, observer: &mut O) {
        self.incidents.clear();
        self.incidents.lay_path(self.plan, &self.draws);
        if let Some((_, regime)) = self.incidents.path.first().copied() {
            self.incidents.current = Some(regime);
            observer.regime(Time::ZERO, regime);
            self.incidents.next_change = 1;
            self.schedule_regime();
        }
        self.schedule_incident();
    }

    fn schedule_regime(&mut self) {
        if let Some((at, _)) = self.incidents.path.get(self.incidents.next_change) {
            self.agenda.schedule(*at, Class::Incident, Event::Regime);
        }
    }

    fn schedule_incident(&mut self) {
        if let Some((at, severity)) = self.incidents.next(self.plan, &self.draws) {
            self.incidents.recorded = severity;
            self.agenda.schedule(at, Class::Incident, Event::Incident);
        }
    }

    /// The regime changes.
    pub(super) fn regime_changes<O: Observer>(&mut self, observer: &mut O) {
        let (_, regime) = self.incidents.path[self.incidents.next_change];
        self.incidents.current = Some(regime);
        self.incidents.next_change += 1;
        observer.regime(self.now, regime);
        self.schedule_regime();
        self.pending = Some(Group::Opening);
    }

    /// An incident happens: it is told, then the policy responds.
    pub(super) fn incident<O: Observer>(&mut self, observer: &mut O) {
        self.events += 1;
        let k = self.incidents.made;
        let drawn = || choose(&self.plan.security.severities, self.draws.severity.uniform(entity(k), 0));
        let severity = self.incidents.recorded.map_or_else(drawn, |s| s.0);
        observer.incident(self.now, k, severity, self.incidents.current);
        self.respond(severity, k);
        self.pending = Some(Group::Opening);
        self.schedule_incident();
    }
}
