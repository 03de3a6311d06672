//! What is varied, and the scenarios for it.

use std::fmt::Write;

/// One thing that is varied while the others stay.
pub(crate) struct Axis {
    /// What it is, for people.
    pub(crate) name: &'static str,
    /// Its values.
    pub(crate) sizes: &'static [u32],
    /// The scenario at a value.
    pub(crate) world: fn(u32) -> String,
    /// Whether the value is a number of replications, for the program to run, instead of a part of the scenario.
    pub(crate) replicates: bool,
}

/// All of them.
pub(crate) const AXES: [Axis; 6] = [
    Axis {
        name: "trucks a day",
        sizes: &[10, 100, 1_000, 10_000],
        world: |trucks| Route { trucks, ..ROUTE }.text(),
        replicates: false,
    },
    Axis {
        name: "stages",
        sizes: &[1, 2, 3, 10, 30],
        world: |stages| Route { stages, ..ROUTE }.text(),
        replicates: false,
    },
    Axis {
        name: "lanes of each stage",
        sizes: &[1, 10, 100, 1_000],
        world: |lanes| Route { lanes, ..ROUTE }.text(),
        replicates: false,
    },
    Axis {
        name: "days of the horizon",
        sizes: &[7, 30, 365, 3_650],
        world: |days| Route { days, ..ROUTE }.text(),
        replicates: false,
    },
    Axis {
        name: "trucks in a queue with priorities and patience",
        sizes: &[100, 1_000, 10_000, 100_000],
        world: queue,
        replicates: false,
    },
    Axis {
        name: "replications of a week",
        sizes: &[1, 10, 100, 1_000, 10_000, 100_000],
        world: |_| {
            let week = Route {
                trucks: 60,
                days: 7,
                ..ROUTE
            };
            week.text()
        },
        replicates: true,
    },
];

/// Stages in a row with the same lanes, loaded to 0.8 by convoys of 15 trucks in the mean.
#[derive(Clone, Copy)]
struct Route {
    /// Trucks a day.
    trucks: u32,
    stages: u32,
    lanes: u32,
    days: u32,
}

/// What stays while one thing is varied: the traffic of W2.
const ROUTE: Route = Route {
    trucks: 540,
    stages: 3,
    lanes: 4,
    days: 90,
};

const LOAD: f64 = 0.8;

impl Route {
    fn text(self) -> String {
        let minutes = LOAD * f64::from(self.lanes) * 1440.0 / f64::from(self.trucks);
        let mut text = format!(
            r#"format = 1
[scenario]
name = "route"
[horizon]
start = 2026-01-01
length = "{days}d"
[cargo.goods]
load = {{ tonnes = 20 }}
[organisation.all]
share = 1
cargo = {{ goods = 1 }}
[convoy.trucks]
arrivals = {{ process = "poisson", rate = "{convoys:.9}/d" }}
size = {{ dist = "poisson", mean = 14, plus = 1 }}
"#,
            days = self.days,
            convoys = f64::from(self.trucks) / 15.0,
        );
        for stage in 1..=self.stages {
            let lanes = self.lanes;
            let _ = write!(
                text,
                "[stage.s{stage}]\nlanes = {lanes}\nservice = {{ dist = \"lognormal\", mean = \"{minutes:.9}min\", cv = 0.5 }}\n"
            );
        }
        text
    }
}

/// So many trucks at once before four lanes, in three classes; about a third loses patience.
fn queue(trucks: u32) -> String {
    let patience = f64::from(trucks) / 4.0;
    format!(
        r#"format = 1
[scenario]
name = "queue"
[horizon]
start = 2026-01-01
length = "3650d"
stop = "when_empty"
[cargo.medical]
load = {{ tonnes = 5 }}
priority = 1
[cargo.food]
load = {{ tonnes = 20 }}
priority = 2
[cargo.shelter]
load = {{ tonnes = 10 }}
priority = 3
[organisation.all]
share = 1
cargo = {{ medical = 0.2, food = 0.5, shelter = 0.3 }}
[convoy.trucks]
arrivals = {{ process = "schedule", at = ["0h"] }}
size = {trucks}
[stage.gate]
lanes = 4
service = {{ dist = "exponential", mean = "1min" }}
queue.discipline = "priority"
patience = {{ dist = "exponential", mean = "{patience}min" }}
"#
    )
}
