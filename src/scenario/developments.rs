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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::parameter::{Part, rebuild};
    use crate::scenario::tests::world_and;

    const DAY: Duration = Duration(DAY_US);

    #[test]
    fn daily_steps_are_equal_and_end_when_the_time_is_over() {
        let steps = Steps::over(Duration::from_days(14));
        assert_eq!((steps.count, steps.each), (14, DAY));
        assert_eq!((steps.done(DAY * 3), steps.done(DAY * 20), steps.done(Duration(-1))), (3, 14, 0));
        assert!((steps.share(7) - 0.5).abs() < 1e-15 && (steps.share(15) - 1.0).abs() < 1e-15);
        let odd = Steps::over(Duration::from_hours(36.0));
        assert_eq!((odd.count, odd.each), (2, Duration::from_hours(18.0)));
        let none = Steps::over(Duration::ZERO);
        assert_eq!((none.count, none.done(Duration::ZERO)), (0, 0));
        assert!((none.share(0) - 1.0).abs() < 1e-15);
    }

    fn driver(effects: &str) -> Driver {
        let text = format!("[driver.d]\nprobability = 0.5\neffects = [{effects}]");
        world_and(&text).scenario.drivers.remove(0)
    }

    #[test]
    fn a_multiplier_comes_as_a_power_and_an_addition_as_a_share() {
        let multiply = driver(r#"{ parameter = "stage.scan.service", multiply = 0.64, over = "4d" }"#);
        let at = |level: f64, share: f64| multiply.effects[0].acting(0.64, level, share).multiply;
        assert!((at(1.0, 0.5) - 0.8).abs() < 1e-12, "the root of 0.64");
        assert!((at(0.5, 1.0) - 0.8).abs() < 1e-12 && (at(1.0, 1.0) - 0.64).abs() < 1e-15);
        let add = driver(r#"{ parameter = "stage.transfer.lanes", add = 3 }"#);
        assert!((add.effects[0].acting(3.0, 0.5, 0.5).add - 0.75).abs() < 1e-15);
    }

    #[test]
    fn without_level_or_share_nothing_acts() {
        let d = driver(r#"{ parameter = "stage.scan.service", multiply = 0 }, { parameter = "stage.scan.lanes", set = 3 }"#);
        for effect in &d.effects {
            assert!(effect.acting(0.0, 0.0, 1.0).is_idle() && effect.acting(0.0, 1.0, 0.0).is_idle());
        }
    }

    const TROOPS: &str = r#"
[contingent.one]
troops = 1000
effectiveness = 0.8
build_up = "10d"

[contingent.two]
troops = 400
arrives = { from = 2026-07-05, delay = "2d" }

[peacekeeping]
target_troops = 8000
incident_elasticity = 3
effects = [{ parameter = "stage.scan.service", multiply = 0.6 }]
"#;

    #[test]
    fn troops_build_up_in_daily_steps() {
        let world = world_and(TROOPS).scenario;
        let one = &world.contingents[0];
        let after = |days: f64| one.effective(Duration::from_hours(24.0 * days));
        assert!((after(0.0)).abs() < 1e-9 && (after(2.5) - 160.0).abs() < 1e-9 && (after(30.0) - 800.0).abs() < 1e-9);
        assert!((world.contingents[1].effective(Duration::ZERO) - 400.0).abs() < 1e-9);
        assert_eq!(world.contingents[1].arrives.from, Time::ZERO + DAY * 4);
        assert!(one.effective(Duration(-1)).abs() < 1e-9, "before they arrive");
    }

    #[test]
    fn strength_lowers_incident_rates_and_scales_effects() {
        let world = world_and(TROOPS).scenario;
        let peacekeeping = world.peacekeeping.as_ref().unwrap();
        let acting = peacekeeping.acting(1200.0, &[0.6]);
        let values: Vec<(&str, f64)> = acting.iter().map(|a| (a.parameter.path.as_str(), a.multiply)).collect();
        assert_eq!(values[0].0, "security.incidents.rate");
        assert!((values[0].1 - 0.55).abs() < 1e-12, "1 - 3 × 0.15");
        assert!((values[1].1 - 0.94).abs() < 1e-12, "1 - 0.4 × 0.15");
        let mut now = world.clone();
        rebuild(&world, &mut now, Part::Stage(0), &acting);
        assert!((now.stages[0].service.general.mean() / 60e6 - 2.82).abs() < 1e-9, "3 min × 0.94");
        let many = peacekeeping.acting(16_000.0, &[0.6]);
        assert!(many[0].multiply.abs() < 1e-15 && (many[1].multiply - 0.6).abs() < 1e-12);
    }

    #[test]
    fn effective_troops_give_whole_teams() {
        let world = world_and(TROOPS).scenario;
        let mut peacekeeping = world.peacekeeping.unwrap();
        let count = peacekeeping.effects[0].parameter.clone();
        peacekeeping.escort_teams = Some(EscortTeams {
            resource: ResourceId(0),
            count,
            per_troops: 120.0,
        });
        let teams = |troops: f64| peacekeeping.acting(troops, &[0.6])[1].add;
        assert!((teams(1000.0 * 0.8) - 6.0).abs() < 1e-12, "6.67");
        assert!((teams(1200.0 * 0.1 * 3.0) - 3.0).abs() < 1e-12 && teams(119.0).abs() < 1e-12);
    }
}
