//! Developments: which drivers happen and when, troops as they come, and the parameters that they change.
//!
//! All is drawn at the start of a replication, each at its own address, whatever else happens. From then on each driver is on the
//! agenda at the instants at which its effects take a step; a step makes the parts of the plan anew on which it acts.

use std::sync::Arc;

use super::agenda::{Class, Event};
use super::observer::Observer;
use super::plan::Plan;
use super::simulation::Simulation;
use crate::random::{Entity, Purpose, Stream};
use crate::scenario::{Acting, Driver, Moment, Part, Steps, rebuild};
use crate::time::{Duration, Time};

/// A driver in a replication.
#[derive(Clone, Debug, Default)]
struct DriverState {
    /// From when; none: it does not happen.
    begins: Option<Time>,
    /// Until when; none: for good.
    ends: Option<Time>,
    /// The sizes of its effects; those that set have 0.
    sizes: Vec<f64>,
}

/// All developments of a replication.
#[derive(Debug, Default)]
pub(super) struct Developments {
    drivers: Vec<DriverState>,
    /// By contingent, when it comes.
    arrivals: Vec<Option<Time>>,
    /// Sizes of the effects of peacekeeping.
    peace_sizes: Vec<f64>,
    /// Parts that are not as the scenario states them.
    pub(super) changed: Vec<Part>,
}

/// The draws for one thing that may happen: whether, when, how long, how strongly.
struct Chance {
    whether: Stream,
    when: Stream,
    lasts: Stream,
    sizes: Stream,
}

const NOBODY: Entity = Entity::numbered(0, 0);

fn chance(section: &str, seed: u64, replication: u32) -> Chance {
    let stream = |what: &str| Stream::new(seed, replication, Purpose::named(&format!("{section}.{what}")));
    Chance {
        whether: stream("happens"),
        when: stream("when"),
        lasts: stream("lasts"),
        sizes: stream("size"),
    }
}

fn instant(moment: &Moment, draws: &Chance) -> Time {
    let delay = moment.delay.as_ref().map(|law| law.duration(draws.when.uniform(NOBODY, 0)));
    (moment.from + delay.unwrap_or_default()).max(Time::ZERO)
}

impl DriverState {
    fn draw(driver: &Driver, seed: u64, replication: u32) -> DriverState {
        let draws = chance(&format!("driver.{}", driver.name), seed, replication);
        let happens = draws.whether.uniform(NOBODY, 0) < driver.probability;
        let begins = happens.then(|| instant(&driver.when, &draws));
        let lasts = driver.lasts.as_ref().map(|law| law.duration(draws.lasts.uniform(NOBODY, 0)));
        let sizes = driver.effects.iter().enumerate().map(|(i, effect)| {
            let law = effect.size();
            law.map_or(0.0, |law| {
                law.as_constant()
                    .unwrap_or_else(|| law.quantile(draws.sizes.uniform(NOBODY, i as u32)))
            })
        });
        DriverState {
            begins,
            ends: begins.zip(lasts).map(|(at, lasts)| at + lasts),
            sizes: sizes.collect(),
        }
    }

    /// What share of an effect is in force: it comes in steps, and after the end goes the same way.
    fn share(&self, steps: Steps, now: Time) -> f64 {
        let Some(begins) = self.begins.filter(|at| *at <= now) else {
            return 0.0;
        };
        let come = |at: Time| steps.share(steps.done(at - begins));
        match self.ends.filter(|at| *at <= now) {
            Some(ends) => (come(ends) - steps.share(steps.done(now - ends))).max(0.0),
            None => come(now),
        }
    }

    /// The next instant after `now` at which an effect takes a step.
    fn next_step(&self, driver: &Driver, now: Time) -> Option<Time> {
        let begins = self.begins?;
        let edges = [Some(begins), self.ends].into_iter().flatten();
        let steps = driver.effects.iter().map(crate::scenario::Effect::steps);
        let all: Vec<Steps> = steps.collect();
        edges
            .flat_map(|edge| {
                let next = all.iter().filter_map(move |s| next_of(*s, edge, now));
                next.chain((edge > now).then_some(edge))
            })
            .filter(|at| self.ends.is_none_or(|ends| *at <= ends || now >= ends || *at > now))
            .min()
    }
}

/// The next of equal steps that begin at an edge.
fn next_of(steps: Steps, edge: Time, now: Time) -> Option<Time> {
    if steps.count == 0 || now < edge {
        return None;
    }
    let next = steps.done(now - edge) + 1;
    (next <= steps.count).then(|| edge + Duration(steps.each.0 * i64::from(next)))
}

impl Simulation<'_> {
    /// Draws all developments of a replication, and lets those take effect that are there from the start.
    pub(super) fn draw_developments(&mut self, seed: u64, replication: u32) {
        self.restore_plan();
        let scenario = &self.base.scenario;
        if scenario.drivers.is_empty() && scenario.contingents.is_empty() {
            return;
        }
        let mut drivers: Vec<DriverState> = scenario.drivers.iter().map(|d| DriverState::draw(d, seed, replication)).collect();
        for _ in 0..drivers.len() {
            // A chain of prerequisites is as long as there are drivers at most.
            for (i, driver) in scenario.drivers.iter().enumerate() {
                if let Some(first) = driver.after {
                    let from = drivers[first.0].begins;
                    let lasts = drivers[i].begins.zip(drivers[i].ends).map(|(b, e)| e - b);
                    let begins = drivers[i].begins.zip(from).map(|(own, first)| own.max(first));
                    drivers[i].begins = begins;
                    drivers[i].ends = begins.zip(lasts).map(|(at, lasts)| at + lasts);
                }
            }
        }
        let arrivals = scenario.contingents.iter().map(|contingent| {
            let draws = chance(&format!("contingent.{}", contingent.name), seed, replication);
            (draws.whether.uniform(NOBODY, 0) < contingent.probability).then(|| instant(&contingent.arrives, &draws))
        });
        let arrivals = arrivals.collect();
        let peace = chance("peacekeeping", seed, replication);
        let effects = scenario.peacekeeping.iter().flat_map(|p| &p.effects).enumerate();
        let peace_sizes = effects.map(|(i, e)| e.size().map_or(1.0, |law| law.quantile(peace.sizes.uniform(NOBODY, i as u32))));
        let peace_sizes = peace_sizes.collect();
        self.developments = Developments {
            drivers,
            arrivals,
            peace_sizes,
            changed: Vec::new(),
        };
        for part in self.parts_in_force() {
            self.rebuild_part(part);
        }
    }

    /// Every part that some development acts on now.
    fn parts_in_force(&self) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        for i in 0..self.base.scenario.drivers.len() {
            if self.developments.drivers[i].begins.is_some_and(|at| at <= self.now) {
                parts.extend(self.parts_of_driver(i));
            }
        }
        if self.developments.arrivals.iter().flatten().any(|at| *at <= self.now) {
            parts.extend(self.parts_of_peace());
        }
        parts.sort_unstable();
        parts.dedup();
        parts
    }

    fn parts_of_driver(&self, driver: usize) -> Vec<Part> {
        let effects = &self.base.scenario.drivers[driver].effects;
        let mut parts: Vec<Part> = effects.iter().map(|e| e.parameter.part).collect();
        parts.sort_unstable();
        parts.dedup();
        parts
    }

    fn parts_of_peace(&self) -> Vec<Part> {
        let Some(peace) = &self.base.scenario.peacekeeping else {
            return Vec::new();
        };
        let mut parts: Vec<Part> = peace
            .incident_rates
            .iter()
            .chain(peace.escort_teams.iter().map(|t| &t.count))
            .chain(peace.effects.iter().map(|e| &e.parameter))
            .map(|parameter| parameter.part)
            .collect();
        parts.sort_unstable();
        parts.dedup();
        parts
    }

    /// Puts the next change of everything on the agenda, and tells what has begun already.
    pub(super) fn begin_developments<O: Observer>(&mut self, observer: &mut O) {
        for i in 0..self.developments.changed.len() {
            if let Part::Stage(stage) = self.developments.changed[i] {
                self.tell_lanes(stage, observer);
            }
        }
        for i in 0..self.developments.drivers.len() {
            if self.developments.drivers[i].begins == Some(Time::ZERO) {
                observer.driver(Time::ZERO, i, Some(&self.developments.drivers[i].sizes));
            }
            self.schedule_driver(i);
        }
        for i in 0..self.developments.arrivals.len() {
            if self.developments.arrivals[i] == Some(Time::ZERO) {
                observer.contingent(Time::ZERO, i);
            }
            self.schedule_contingent(i);
        }
    }

    fn schedule_driver(&mut self, driver: usize) {
        let state = &self.developments.drivers[driver];
        if let Some(at) = state.next_step(&self.base.scenario.drivers[driver], self.now) {
            self.agenda.schedule(at, Class::Calendar, Event::Development(driver as u32));
        }
    }

    fn schedule_contingent(&mut self, contingent: usize) {
        let Some(arrives) = self.developments.arrivals[contingent] else {
            return;
        };
        let steps = self.plan.scenario.contingents[contingent].steps();
        let next = if arrives > self.now {
            Some(arrives)
        } else {
            next_of(steps, arrives, self.now)
        };
        if let Some(at) = next {
            let event = Event::Development((self.developments.drivers.len() + contingent) as u32);
            self.agenda.schedule(at, Class::Calendar, event);
        }
    }

    /// A development begins, ends, or takes a step.
    pub(super) fn development<O: Observer>(&mut self, number: usize, observer: &mut O) {
        let drivers = self.developments.drivers.len();
        let parts = if number < drivers {
            let state = &self.developments.drivers[number];
            if state.begins == Some(self.now) {
                observer.driver(self.now, number, Some(&state.sizes));
            }
            if state.ends == Some(self.now) {
                observer.driver(self.now, number, None);
            }
            self.schedule_driver(number);
            self.parts_of_driver(number)
        } else {
            let contingent = number - drivers;
            if self.developments.arrivals[contingent] == Some(self.now) {
                observer.contingent(self.now, contingent);
            }
            self.schedule_contingent(contingent);
            self.parts_of_peace()
        };
        let troops_change = parts.contains(&Part::Peacekeeping);
        let follow = if troops_change { self.parts_of_peace() } else { Vec::new() };
        for part in parts.into_iter().chain(follow) {
            let before = self.before(part);
            self.rebuild_part(part);
            self.part_changed(part, &before, observer);
        }
    }

    /// Makes a part of the plan anew, with everything that acts on it now.
    fn rebuild_part(&mut self, part: Part) {
        let base = self.base;
        let acting = acting_on(base, &self.plan, &self.developments, self.now, part);
        let plan = Arc::make_mut(&mut self.plan);
        rebuild(&base.scenario, &mut plan.scenario, part, &acting);
        plan.recompile(part);
        if !self.developments.changed.contains(&part) {
            self.developments.changed.push(part);
        }
    }

    /// Puts every part back to what the scenario states.
    fn restore_plan(&mut self) {
        let base = self.base;
        for part in std::mem::take(&mut self.developments.changed) {
            let plan = Arc::make_mut(&mut self.plan);
            rebuild(&base.scenario, &mut plan.scenario, part, &[]);
            plan.restore(part, base);
        }
        self.developments = Developments::default();
    }
}

/// Everything that acts on a part of the scenario now.
fn acting_on<'b>(base: &'b Plan, plan: &Plan, state: &Developments, now: Time, part: Part) -> Vec<Acting<'b>> {
    let mut acting = Vec::new();
    for (driver, state) in base.scenario.drivers.iter().zip(&state.drivers) {
        for (effect, size) in driver.effects.iter().zip(&state.sizes) {
            if effect.parameter.part == part {
                let share = state.share(effect.steps(), now);
                acting.push(effect.acting(*size, driver.level, share));
            }
        }
    }
    if let Some(peace) = &base.scenario.peacekeeping {
        // Troops and target may themselves have changed; where their effects act has not.
        let current = plan.scenario.peacekeeping.as_ref().unwrap_or(peace);
        let arrived = plan.scenario.contingents.iter().zip(&state.arrivals);
        let troops: f64 = arrived
            .filter_map(|(c, at)| at.filter(|t| *t <= now).map(|t| c.effective(now - t)))
            .sum();
        let here = current.acting(troops, &state.peace_sizes);
        let places = peace.acting(troops, &state.peace_sizes);
        for (place, now) in places.into_iter().zip(here) {
            if place.parameter.part == part {
                acting.push(Acting {
                    multiply: now.multiply,
                    add: now.add,
                    ..place
                });
            }
        }
    }
    acting.retain(|a| !a.is_idle());
    acting
}

impl Plan {
    /// Puts the compiled parts that follow from a part of the scenario back.
    fn restore(&mut self, part: Part, base: &Plan) {
        match part {
            Part::Calendar(_) | Part::Cargo(_) | Part::Organisations => {
                self.calendars.clone_from(&base.calendars);
                self.cargos.clone_from(&base.cargos);
                self.organisations.clone_from(&base.organisations);
                self.streams.clone_from(&base.streams);
                self.hubs.clone_from(&base.hubs);
                self.stages.clone_from(&base.stages);
            }
            Part::Stage(i) => self.stages[i].clone_from(&base.stages[i]),
            Part::Convoy(_) | Part::Travellers(_) | Part::Hub(_) => {
                self.streams.clone_from(&base.streams);
                self.hubs.clone_from(&base.hubs);
            }
            Part::Resource(i) => self.resources[i].clone_from(&base.resources[i]),
            Part::Incidents => self.security.clone_from(&base.security),
            Part::Restrictions | Part::Closure(_) | Part::Policy | Part::Peacekeeping => {}
        }
    }
}
