//! Incidents: when they happen, how grave they are, and in which regime. The same whatever the policy.
//!
//! Incident k of a replication is made from random numbers addressed by k, so that its instant depends on no decision. Where the
//! policy closes on warnings, incidents are made so far ahead that every warning is known in time.

use std::collections::VecDeque;

use super::agenda::{Class, Event};
use super::observer::Observer;
use super::plan::{Plan, choose};
use super::random::Draws;
use super::simulation::{Group, Simulation};
use crate::random::Entity;
use crate::scenario::{IncidentProcess, SeverityId};
use crate::time::{Duration, HOUR_US, Time};

/// An incident that will happen.
#[derive(Clone, Copy, Debug)]
struct Coming {
    number: u32,
    at: Time,
    /// Its severity, where the record states it.
    recorded: Option<SeverityId>,
    /// What the process remembers just before it was made.
    before: Memory,
}

/// Where the process stands, in unrounded microseconds, so that rounding does not add up.
#[derive(Clone, Copy, Debug, Default)]
struct Memory {
    /// Incidents made so far.
    made: u32,
    at_us: f64,
    /// Excess of the Hawkes intensity over its base just after the last incident, per hour.
    excess_per_hour: f64,
    /// Place on the path of regimes at which the next incident is sought.
    segment: usize,
    /// What of the next unit exponentials of the base rate and of the excess is used up already, under parameters that no longer hold.
    used: f64,
    used_excess: f64,
    /// From when on the base rate of now holds.
    since_us: f64,
}

/// The process of incidents under way.
#[derive(Debug, Default)]
pub(super) struct Incidents {
    memory: Memory,
    /// Made and not yet happened, in order.
    ahead: VecDeque<Coming>,
    /// The process has no further incident within the horizon.
    over: bool,
    /// The path of the regimes: since when, which.
    path: Vec<(Time, usize)>,
    /// Next change on the path to be told.
    next_change: usize,
    /// The regime under way, as told.
    current: Option<usize>,
    /// Grows when what was scheduled no longer holds.
    pub(super) generation: u32,
    /// False alarms so far, and when the last one was.
    pub(super) alarms: u32,
    pub(super) alarm_at_us: f64,
    /// The latest incident of which a warning came.
    pub(super) warned_of: u32,
}

/// Number `k` of the process of incidents.
pub(super) fn entity(k: u32) -> Entity {
    Entity::numbered(k, 0)
}

/// A unit exponential variate.
pub(super) fn exponential(u: f64) -> f64 {
    -libm::log(u)
}

impl Incidents {
    fn clear(&mut self) {
        self.memory = Memory::default();
        self.ahead.clear();
        self.over = false;
        self.path.clear();
        self.next_change = 0;
        self.current = None;
        self.generation = 0;
        self.alarms = 0;
        self.alarm_at_us = 0.0;
        self.warned_of = 0;
    }

    /// Makes the next incident, unless none falls into the horizon.
    fn make(&mut self, plan: &Plan, draws: &Draws) -> Option<Coming> {
        let process = &plan.scenario.incidents.as_ref()?.process;
        let before = self.memory;
        self.memory.made += 1;
        let number = self.memory.made;
        let hour = HOUR_US as f64;
        let memory = &mut self.memory;
        match process {
            IncidentProcess::Poisson { per_hour } => {
                let need = exponential(draws.incidents.uniform(entity(number), 0)) - memory.used;
                memory.at_us = memory.at_us.max(memory.since_us) + need / per_hour * hour;
            }
            IncidentProcess::Hawkes {
                base_per_hour,
                branching,
                decay,
            } => {
                let decay_per_hour = 1.0 / decay.as_hours();
                let gap = memory.hawkes_gap_h(*base_per_hour, decay_per_hour, draws.incidents.pair(entity(number), 0));
                memory.excess_per_hour = memory.excess_per_hour * libm::exp(-decay_per_hour * gap) + branching * decay_per_hour;
                memory.at_us += gap * hour;
            }
            IncidentProcess::Regimes { regimes, .. } => {
                let need = exponential(draws.incidents.uniform(entity(number), 0)) - memory.used;
                memory.at_us = memory.at_us.max(memory.since_us);
                let rate = |regime: usize| regimes[regime].per_hour / hour;
                memory.along(&self.path, rate, need)?;
            }
            IncidentProcess::Trace(record) => {
                let (at, severity) = record.get(number as usize - 1)?;
                return Some(Coming {
                    number,
                    at: *at,
                    recorded: Some(*severity),
                    before,
                });
            }
        }
        (memory.used, memory.used_excess) = (0.0, 0.0);
        (memory.at_us < plan.end.0 as f64).then(|| Coming {
            number,
            at: Time(memory.at_us.round() as i64),
            recorded: None,
            before,
        })
    }

    /// Lays out the regimes over the horizon, on from the last one laid.
    fn lay_path(&mut self, plan: &Plan, draws: &Draws) {
        let Some(IncidentProcess::Regimes { regimes, .. }) = plan.scenario.incidents.as_ref().map(|i| &i.process) else {
            return;
        };
        let security = &plan.security;
        if self.path.is_empty() {
            let first = choose(&security.regime_start, draws.regime.uniform(entity(0), 0));
            self.path.push((Time::ZERO, first));
        }
        while let Some((from, regime)) = self.path.last().copied() {
            let [stay, next] = draws.regime.pair(entity(self.path.len() as u32), 0);
            let until = from + Duration((exponential(stay) * regimes[regime].mean_stay.0 as f64).round() as i64);
            if security.regime_to[regime].is_empty() || until >= plan.end {
                break;
            }
            self.path.push((until, choose(&security.regime_to[regime], next)));
        }
    }
}

impl Memory {
    /// Hours until the next incident of a Hawkes process with exponential kernel, exactly: the sooner of one from the base rate and one
    /// from the decaying excess (Dassios and Zhao, 2013, Electronic Communications in Probability 18).
    fn hawkes_gap_h(&self, base_per_hour: f64, decay_per_hour: f64, u: [f64; 2]) -> f64 {
        let from_base = (exponential(u[0]) - self.used) / base_per_hour;
        let from_excess = if self.excess_per_hour > 0.0 {
            let d = 1.0 - decay_per_hour * (exponential(u[1]) - self.used_excess) / self.excess_per_hour;
            if d > 0.0 { -libm::log(d) / decay_per_hour } else { f64::INFINITY }
        } else {
            f64::INFINITY
        };
        from_base.min(from_excess)
    }

    /// Brings a Hawkes process to an instant at which its parameters change: the excess has decayed until then, and what past incidents
    /// have still to bring about (its integral) stays the same with the new decay.
    fn bring_to(&mut self, now_us: f64, old: Duration, new: Option<&IncidentProcess>) {
        let passed_h = (now_us - self.at_us) / HOUR_US as f64;
        let left = libm::exp(-passed_h / old.as_hours());
        self.used_excess += self.excess_per_hour * old.as_hours() * (1.0 - left);
        self.excess_per_hour *= left;
        if let Some(IncidentProcess::Hawkes { decay, .. }) = new {
            self.excess_per_hour *= old.as_hours() / decay.as_hours();
        }
        self.at_us = now_us;
    }

    /// Moves along the path of regimes until the integral of the rate has grown by `need`; none where it never does.
    fn along(&mut self, path: &[(Time, usize)], rate_per_us: impl Fn(usize) -> f64, mut need: f64) -> Option<()> {
        loop {
            let per_us = rate_per_us(path.get(self.segment)?.1);
            let until = path.get(self.segment + 1).map_or(f64::INFINITY, |(t, _)| t.0 as f64);
            let there = (until - self.at_us).max(0.0) * per_us;
            if need < there {
                self.at_us += need / per_us;
                return Some(());
            }
            if until.is_infinite() {
                return None;
            }
            need -= there;
            self.at_us = self.at_us.max(until);
            self.segment += 1;
        }
    }
}

impl Simulation<'_> {
    /// Puts the first incident and the first regime on the agenda.
    pub(super) fn begin_incidents<O: Observer>(&mut self, observer: &mut O) {
        self.incidents.clear();
        self.incidents.lay_path(&self.plan, &self.draws);
        if let Some((_, regime)) = self.incidents.path.first().copied() {
            self.incidents.current = Some(regime);
            observer.regime(Time::ZERO, regime);
            self.incidents.next_change = 1;
            self.schedule_regime();
        }
        self.look_ahead();
        self.schedule_false_alarm();
    }

    fn schedule_regime(&mut self) {
        if let Some((at, _)) = self.incidents.path.get(self.incidents.next_change) {
            let generation = self.incidents.generation;
            self.agenda.schedule(*at, Class::Incident, Event::Regime { generation });
        }
    }

    /// Makes incidents: the next one, and all whose warnings are due before it.
    fn look_ahead(&mut self) {
        let lead = self.plan.scenario.policy.precaution.as_ref().map_or(Duration::ZERO, |p| p.lead);
        while !self.incidents.over {
            let horizon = self.incidents.ahead.front().map(|next| next.at + lead);
            if self.incidents.ahead.back().is_some_and(|last| horizon.is_some_and(|h| last.at > h)) {
                break;
            }
            let before = self.incidents.memory;
            let Some(coming) = self.incidents.make(&self.plan, &self.draws) else {
                // Under other rates it may fall into the horizon after all.
                self.incidents.memory = before;
                self.incidents.over = true;
                break;
            };
            self.incidents.ahead.push_back(coming);
            self.warn_of(coming.number, coming.at);
            let event = Event::Incident {
                number: coming.number,
                generation: self.incidents.generation,
            };
            self.agenda.schedule(coming.at, Class::Incident, event);
            if lead == Duration::ZERO {
                break;
            }
        }
    }

    /// The regime changes.
    pub(super) fn regime_changes<O: Observer>(&mut self, generation: u32, observer: &mut O) {
        if generation != self.incidents.generation {
            return;
        }
        let (_, regime) = self.incidents.path[self.incidents.next_change];
        self.incidents.current = Some(regime);
        self.incidents.next_change += 1;
        observer.regime(self.now, regime);
        self.schedule_regime();
        self.pending = Some(Group::Opening);
    }

    /// An incident happens: it is told, then what it finds, then the policy responds.
    pub(super) fn incident<O: Observer>(&mut self, number: u32, generation: u32, observer: &mut O) {
        if generation != self.incidents.generation {
            return;
        }
        let Some(coming) = self.incidents.ahead.pop_front() else { return };
        self.events += 1;
        let drawn = || choose(&self.plan.security.severities, self.draws.severity.uniform(entity(number), 0));
        let severity = coming.recorded.map_or_else(drawn, |s| s.0);
        observer.incident(self.now, number, severity, self.incidents.current);
        self.expose(number, severity, observer);
        self.respond(severity, number);
        self.pending = Some(Group::Opening);
        self.look_ahead();
    }

    /// The rates of the process change at this instant, from those of `before`: what has not happened yet is made anew. Whatever of a
    /// random number was used up under the old rates stays used, so that without a change every incident is the same.
    pub(super) fn incident_rates_change(&mut self, old: &IncidentProcess) {
        self.incidents.generation += 1;
        self.incidents.over = false;
        let now_us = self.now.0 as f64;
        if let Some(next) = self.incidents.ahead.front().copied() {
            self.incidents.memory = next.before;
        }
        self.incidents.ahead.clear();
        let incidents = &mut self.incidents;
        let from_us = incidents.memory.at_us.max(incidents.memory.since_us);
        let hour = HOUR_US as f64;
        incidents.memory.used += match old {
            IncidentProcess::Poisson { per_hour } => (now_us - from_us) * per_hour / hour,
            IncidentProcess::Hawkes { base_per_hour, decay, .. } => {
                incidents
                    .memory
                    .bring_to(now_us, *decay, self.plan.scenario.incidents.as_ref().map(|i| &i.process));
                (now_us - from_us) * base_per_hour / hour
            }
            IncidentProcess::Regimes { regimes, .. } => {
                let mut used = 0.0;
                for (i, (since, regime)) in incidents.path.iter().enumerate() {
                    let until = incidents.path.get(i + 1).map_or(f64::INFINITY, |(t, _)| t.0 as f64);
                    let length = until.min(now_us) - from_us.max(since.0 as f64);
                    used += length.max(0.0) * regimes[*regime].per_hour / hour;
                }
                used
            }
            IncidentProcess::Trace(_) => 0.0,
        };
        incidents.memory.since_us = now_us;
        incidents.path.truncate(incidents.next_change);
        self.lay_path_on(old);
        self.schedule_regime();
        self.look_ahead();
    }

    /// Lays the path of the regimes on from now: the stay under way is stretched as its mean is.
    fn lay_path_on(&mut self, before: &IncidentProcess) {
        let plan = std::sync::Arc::clone(&self.plan);
        let (Some((from, regime)), Some(old), Some(new)) = (
            self.incidents.path.last().copied(),
            mean_stays(before),
            plan.scenario.incidents.as_ref().and_then(|i| mean_stays(&i.process)),
        ) else {
            return;
        };
        let stretch = new[regime].0 as f64 / old[regime].0 as f64;
        let [stay, next] = self.draws.regime.pair(entity(self.incidents.path.len() as u32), 0);
        let planned = from + Duration((exponential(stay) * old[regime].0 as f64).round() as i64);
        let left = (planned - self.now).0.max(0) as f64;
        let until = self.now + Duration((left * stretch).round() as i64);
        let to = &plan.security.regime_to[regime];
        if !to.is_empty() && until < plan.end {
            self.incidents.path.push((until, choose(to, next)));
            self.incidents.lay_path(&plan, &self.draws);
        }
    }
}

fn mean_stays(process: &IncidentProcess) -> Option<Vec<Duration>> {
    match process {
        IncidentProcess::Regimes { regimes, .. } => Some(regimes.iter().map(|r| r.mean_stay).collect()),
        _ => None,
    }
}
