//! Whether what developments change stays valid, whatever of them happens.

use super::build::{Builder, items, place_of, sub};
use super::developments::later;
use crate::random::Law;
use crate::scenario::issue::{Issue, Place};
use crate::scenario::parameter::{Extreme, Sized, faults};
use crate::scenario::world::{Change, Driver, Effect, Scenario};
use crate::time::Time;

impl Builder<'_> {
    /// Whether all that developments change stays valid, whatever of them happens.
    pub(super) fn check_developments(&mut self, scenario: &Scenario) {
        self.sets_at_once(&scenario.drivers);
        self.set_and_changed_inside(&scenario.drivers);
        let (mut sized, mut places) = (Vec::new(), Vec::new());
        for driver in scenario.drivers.iter().filter(|d| d.probability > 0.0 && d.level > 0.0) {
            let table = sub(sub(self.root, "driver"), &driver.name);
            for (effect, given) in driver.effects.iter().zip(items(table, "effects")) {
                sized.push(Sized {
                    by: format!("driver `{}`", driver.name),
                    parameter: &effect.parameter,
                    size: extreme(effect, driver.level),
                });
                places.push(given.place.clone());
            }
        }
        if let Some(peacekeeping) = &scenario.peacekeeping {
            for (effect, given) in peacekeeping.effects.iter().zip(items(sub(self.root, "peacekeeping"), "effects")) {
                sized.push(Sized {
                    by: "`peacekeeping`".to_owned(),
                    parameter: &effect.parameter,
                    size: extreme(effect, 1.0),
                });
                places.push(given.place.clone());
            }
        }
        for fault in faults(scenario, &sized) {
            self.issues.push(Issue::error(fault.message).at(&places[fault.effect]));
        }
    }

    /// Two that set one parameter, perhaps at once.
    fn sets_at_once(&mut self, drivers: &[Driver]) {
        let mut setting: Vec<(usize, usize)> = Vec::new();
        for (i, driver) in drivers.iter().enumerate().filter(|(_, d)| d.probability > 0.0) {
            for (j, effect) in driver
                .effects
                .iter()
                .enumerate()
                .filter(|(_, e)| matches!(e.change, Change::Set(_)))
            {
                let other = setting
                    .iter()
                    .find(|(k, l)| drivers[*k].effects[*l].parameter.meets(&effect.parameter) && (*k == i || overlap(drivers, *k, i)));
                if let Some((k, _)) = other {
                    let place = self.effect_place(&driver.name, j);
                    let issue = if *k == i {
                        Issue::error(format!("driver `{}` sets `{}` twice", driver.name, effect.parameter.path))
                    } else {
                        let issue = Issue::error(format!(
                            "drivers `{}` and `{}` may both set `{}` at once",
                            drivers[*k].name, driver.name, effect.parameter.path
                        ));
                        issue.note("their times may overlap: which of the two would hold?")
                    };
                    self.issues.push(issue.at(&place));
                }
                setting.push((i, j));
            }
        }
    }

    /// A law that is set as a whole, and changed inside.
    fn set_and_changed_inside(&mut self, drivers: &[Driver]) {
        let all = || {
            drivers
                .iter()
                .flat_map(|d| d.effects.iter().enumerate().map(move |(i, e)| (d, i, e)))
        };
        let sets_whole = |e: &Effect| matches!(e.change, Change::Set(_)) && e.parameter.inside.is_none();
        for (driver, i, effect) in all().filter(|(_, _, e)| e.parameter.inside.is_some()) {
            let Some((by, _, whole)) = all().find(|(_, _, e)| sets_whole(e) && e.parameter.slot == effect.parameter.slot) else {
                continue;
            };
            let issue = Issue::error(format!(
                "`{}` lies inside `{}`, which driver `{}` sets",
                effect.parameter.path, whole.parameter.path, by.name
            ));
            let place = self.effect_place(&driver.name, i);
            self.issues.push(
                issue
                    .at(&place)
                    .note("what is set anew has other parameters: change the whole distribution"),
            );
        }
    }

    fn effect_place(&self, driver: &str, effect: usize) -> Place {
        let table = sub(sub(self.root, "driver"), driver);
        let given = items(table, "effects").get(effect);
        given.map_or_else(|| place_of(sub(self.root, "driver"), driver), |n| n.place.clone())
    }
}

/// The extremes of an effect at full strength.
fn extreme(effect: &Effect, level: f64) -> Extreme<'_> {
    let span = |law: &Law| law.support();
    match &effect.change {
        Change::Multiply(law) => {
            let (low, high) = span(law);
            Extreme::Multiply(libm::pow(low, level), libm::pow(high, level))
        }
        Change::Add(law) => {
            let (low, high) = span(law);
            Extreme::Add(level * low, level * high)
        }
        Change::Set(value) => Extreme::Set(value),
    }
}

/// Whether two drivers may be in force at one instant.
fn overlap(drivers: &[Driver], a: usize, b: usize) -> bool {
    let (a, b) = (window(drivers, a, drivers.len()), window(drivers, b, drivers.len()));
    a.0 < b.1 && b.0 < a.1
}

/// From the first instant at which a driver may be in force to the last; cycles were told and are cut.
fn window(drivers: &[Driver], i: usize, depth: usize) -> (Time, Time) {
    let driver = &drivers[i];
    let (mut first, mut last) = (driver.when.earliest(), driver.when.latest());
    if let (Some(before), true) = (driver.after, depth > 0) {
        let (from, to) = starts(drivers, before.0, depth - 1);
        (first, last) = (first.max(from), last.max(to));
    }
    match &driver.lasts {
        Some(lasts) => (first, later(last, Some(lasts))),
        None => (first, Time(i64::MAX)),
    }
}

/// From the first instant at which a driver may begin to the last.
fn starts(drivers: &[Driver], i: usize, depth: usize) -> (Time, Time) {
    let (mut first, mut last) = (drivers[i].when.earliest(), drivers[i].when.latest());
    if let (Some(before), true) = (drivers[i].after, depth > 0) {
        let (from, to) = starts(drivers, before.0, depth - 1);
        (first, last) = (first.max(from), last.max(to));
    }
    (first, last)
}
