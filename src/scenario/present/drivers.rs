//! Drivers with what they change: each parameter as it is, and as it would be with the driver fully in force.

use crate::random::Law;
use crate::scenario::document::{Node, Table, inline};
use crate::scenario::load::Loaded;
use crate::scenario::world::{Change, Driver, Scenario};

/// A driver, as people are told of it.
#[derive(Clone, Debug, PartialEq)]
pub struct DriverLine {
    /// Its name.
    pub name: String,
    /// One line for people.
    pub title: String,
    /// Probability that it happens.
    pub probability: f64,
    /// When, as the scenario writes it; none: at the start, or at once after the other.
    pub when: Option<String>,
    /// The driver for which it waits.
    pub after: Option<String>,
    /// How long it lasts, as the scenario writes it; none: for good.
    pub lasts: Option<String>,
    /// What scales its effects.
    pub level: f64,
    /// What it changes.
    pub effects: Vec<EffectLine>,
}

/// A parameter that a driver changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EffectLine {
    /// Its path.
    pub parameter: String,
    /// `multiply`, `add` or `set`.
    pub how: &'static str,
    /// The size, as the scenario writes it.
    pub size: String,
    /// Over how long it comes, where not at once.
    pub over: Option<String>,
    /// The parameter without any driver; none: nothing is stated there.
    pub before: Option<String>,
    /// The parameter with all effects of this driver, and of no other, at full strength and of mean size.
    pub in_force: Option<String>,
    /// Where the size comes from: a key of the scenario's sources.
    pub source: Option<String>,
    /// Why the size was assumed.
    pub assumption: Option<String>,
}

impl Loaded {
    /// All drivers, in the order of the document.
    pub fn drivers(&self) -> Vec<DriverLine> {
        let named = self.document.root.get("driver").and_then(Node::as_table);
        let written = |name: &str| named.and_then(|t| t.get(name)).and_then(Node::as_table);
        let lines = self.scenario.drivers.iter().map(|driver| {
            let table = written(&driver.name);
            let shown = |key: &str| table.and_then(|t| t.get(key)).map(|n| inline(n.bare()));
            DriverLine {
                name: driver.name.clone(),
                title: driver.title.clone(),
                probability: driver.probability,
                when: shown("when"),
                after: driver.after.map(|before| self.scenario.drivers[before.0].name.clone()),
                lasts: shown("lasts"),
                level: driver.level,
                effects: effects(&self.scenario, driver, table),
            }
        });
        lines.collect()
    }
}

fn effects(scenario: &Scenario, driver: &Driver, table: Option<&Table>) -> Vec<EffectLine> {
    let acting: Vec<_> = driver
        .effects
        .iter()
        .map(|effect| effect.acting(effect.size().map_or(0.0, Law::mean), driver.level, 1.0))
        .collect();
    let given = table.and_then(|t| t.get("effects")).and_then(Node::as_array).unwrap_or_default();
    let lines = driver.effects.iter().zip(given).map(|(effect, given)| {
        let how = match effect.change {
            Change::Multiply(_) => "multiply",
            Change::Add(_) => "add",
            Change::Set(_) => "set",
        };
        let size = given.as_table().and_then(|t| t.get(how));
        let evidence = size.and_then(Node::as_table);
        let said = |key: &str| evidence.and_then(|t| t.get(key)).and_then(Node::as_text).map(str::to_owned);
        let measure = effect.parameter.measure();
        EffectLine {
            parameter: effect.parameter.path.clone(),
            how,
            size: size.map(|n| inline(n.bare())).unwrap_or_default(),
            over: (effect.steps().count > 0).then(|| effect.over.to_string()),
            before: effect.parameter.current(scenario).map(|now| now.words(measure)),
            in_force: effect.parameter.with(scenario, &acting).map(|then| then.words(measure)),
            source: said("source"),
            assumption: said("assumption"),
        }
    });
    lines.collect()
}
