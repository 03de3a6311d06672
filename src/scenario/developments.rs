//! What may change while the crossing works: troops by contributor, and uncertain developments with their effects on parameters.

use super::parameter::{Acting, Parameter, Value};
use super::world::{DriverId, ResourceId};
use crate::random::Law;
use crate::time::{DAY_US, Duration, Time};

/// When something happens: an instant, perhaps with a random delay.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// From when the delay counts.
    pub from: Time,
    /// The delay, in microseconds; none: no delay.
    pub delay: Option<Law>,
}

/// Troops of one contributor.
#[derive(Clone, Debug, PartialEq)]
pub struct Contingent {
    /// Its name in the scenario.
    pub name: String,
    /// Number of troops.
    pub troops: f64,
    /// Probability that they come.
    pub probability: f64,
    /// When they come.
    pub arrives: Moment,
    /// Their number grows over so long, linearly, in daily steps.
    pub build_up: Duration,
    /// What share of their strength takes effect.
    pub effectiveness: f64,
}

/// What troops do.
#[derive(Clone, Debug, PartialEq)]
pub struct Peacekeeping {
    /// The strength s is the effective troops over this.
    pub target_troops: f64,
    /// Teams that effective troops provide.
    pub escort_teams: Option<EscortTeams>,
    /// Incident rates are multiplied by max(0, 1 - this × s).
    pub incident_elasticity: f64,
    /// The rates of incidents that this scenario has.
    pub incident_rates: Vec<Parameter>,
    /// Effects that act as 1 - (1 - e) × min(s, 1); each multiplies.
    pub effects: Vec<Effect>,
}

/// Teams that effective troops provide, in whole numbers, beside the count of their resource.
#[derive(Clone, Debug, PartialEq)]
pub struct EscortTeams {
    /// The resource to which they are added.
    pub resource: ResourceId,
    /// The count of that resource.
    pub count: Parameter,
    /// Effective troops for each team.
    pub per_troops: f64,
}

/// An uncertain development.
#[derive(Clone, Debug, PartialEq)]
pub struct Driver {
    /// Its name in the scenario.
    pub name: String,
    /// One line for people.
    pub title: String,
    /// Probability that it happens.
    pub probability: f64,
    /// When.
    pub when: Moment,
    /// Only once this one has happened.
    pub after: Option<DriverId>,
    /// How long it lasts, in microseconds; none: for good.
    pub lasts: Option<Law>,
    /// Scales its effects, from 0 (none) to 1.
    pub level: f64,
    /// What it changes.
    pub effects: Vec<Effect>,
}

/// A change of a parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// Which parameter.
    pub parameter: Parameter,
    /// How it changes.
    pub change: Change,
    /// It comes in equal daily steps over so long; 0: at once. It goes back the same way.
    pub over: Duration,
}

/// Equal steps in which something comes: the first of them one `each` after it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Steps {
    /// How many; 0: it comes at once.
    pub count: u32,
    /// How long from one to the next: a day, or less where the whole time is no number of whole days.
    pub each: Duration,
}

/// How a parameter changes. Sizes may be uncertain: they are drawn once a replication.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// It is multiplied.
    Multiply(Law),
    /// So much is added, in the unit of the parameter (microseconds for a time, per hour for a rate).
    Add(Law),
    /// It becomes this.
    Set(Value),
}

impl Steps {
    /// The daily steps of a time.
    pub fn over(time: Duration) -> Steps {
        let days = time.0.max(0).div_euclid(DAY_US) + i64::from(time.0.max(0) % DAY_US > 0);
        let count = u32::try_from(days).unwrap_or(u32::MAX);
        Steps {
            count,
            each: Duration(if count == 0 { 0 } else { time.0 / i64::from(count) }),
        }
    }

    /// What share has come after `done` steps.
    pub fn share(self, done: u32) -> f64 {
        if done >= self.count {
            1.0
        } else {
            f64::from(done) / f64::from(self.count)
        }
    }

    /// How many steps are done so long after it began.
    pub fn done(self, since: Duration) -> u32 {
        if since < Duration::ZERO {
            return 0;
        }
        match since.0.checked_div(self.each.0) {
            Some(steps) => u32::try_from(steps).unwrap_or(u32::MAX).min(self.count),
            None => self.count,
        }
    }
}

impl Effect {
    /// The steps in which it comes and goes.
    pub fn steps(&self) -> Steps {
        Steps::over(self.over)
    }

    /// The law of its size; none: it sets, and has no size.
    pub fn size(&self) -> Option<&Law> {
        match &self.change {
            Change::Multiply(law) | Change::Add(law) => Some(law),
            Change::Set(_) => None,
        }
    }

    /// What acts on its parameter with this size, at a level from 0 to 1, when a share from 0 to 1 of it is in force: size to the
    /// power of level × share for what multiplies, level × share × size for what adds, all or nothing for what sets.
    pub fn acting(&self, size: f64, level: f64, share: f64) -> Acting<'_> {
        let strength = level * share;
        let idle = Acting {
            parameter: &self.parameter,
            set: None,
            multiply: 1.0,
            add: 0.0,
        };
        match &self.change {
            _ if strength <= 0.0 => idle,
            Change::Multiply(_) if strength >= 1.0 => Acting { multiply: size, ..idle },
            Change::Multiply(_) => Acting {
                multiply: libm::pow(size, strength),
                ..idle
            },
            Change::Add(_) => Acting {
                add: strength * size,
                ..idle
            },
            Change::Set(value) => Acting { set: Some(value), ..idle },
        }
    }
}

impl Contingent {
    /// The steps in which it comes to its strength.
    pub fn steps(&self) -> Steps {
        Steps::over(self.build_up)
    }

    /// Its effective troops so long after it arrived: troops × effectiveness, as far as they are built up.
    pub fn effective(&self, since: Duration) -> f64 {
        let steps = self.steps();
        self.troops * self.effectiveness * steps.share(steps.done(since))
    }
}

impl Peacekeeping {
    /// The strength of so many effective troops.
    pub fn strength(&self, effective_troops: f64) -> f64 {
        effective_troops / self.target_troops
    }

    /// What acts with so many effective troops: on the rates of incidents, on the count of teams, and the effects, of which the
    /// sizes were drawn, in their order.
    pub fn acting(&self, effective_troops: f64, sizes: &[f64]) -> Vec<Acting<'_>> {
        let strength = self.strength(effective_troops);
        let multiply = (1.0 - self.incident_elasticity * strength).max(0.0);
        let rates = self.incident_rates.iter().map(|parameter| Acting {
            parameter,
            set: None,
            multiply,
            add: 0.0,
        });
        let teams = self.escort_teams.iter().map(|teams| Acting {
            parameter: &teams.count,
            set: None,
            multiply: 1.0,
            add: (effective_troops / teams.per_troops + ROUNDING).floor(),
        });
        let share = strength.clamp(0.0, 1.0);
        let effects = self.effects.iter().zip(sizes).map(|(effect, size)| Acting {
            parameter: &effect.parameter,
            set: None,
            multiply: 1.0 - (1.0 - size) * share,
            add: 0.0,
        });
        rates.chain(teams).chain(effects).collect()
    }
}

/// 1200 × 0.1 / 120 troops are one team, whatever the last bit says.
const ROUNDING: f64 = 1e-9;
