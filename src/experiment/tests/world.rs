//! A small world: Poisson trucks through one gate for three days; a second alternative has another lane.

use std::path::Path;

use super::*;
use crate::model::Plan;
use crate::random::{FAMILIES, Given, build_law};
use crate::scenario::*;
use crate::time::{Duration, MINUTE_US};

/// Both alternatives, so many replications, every table in every form.
pub(super) fn experiment(output: &Path, n: u32) -> Experiment {
    Experiment {
        alternatives: vec![alternative("one", 1), alternative("two", 2)],
        seed: 1,
        stopping: Stopping::Fixed(n),
        confidence: CONFIDENCE,
        jobs: Some(2),
        tables: None,
        formats: Formats {
            parquet: cfg!(feature = "parquet"),
            csv: Csv::Every,
        },
        output: output.to_owned(),
        force: false,
        question: None,
        study: None,
        closure_price: None,
        command_line: Vec::new(),
    }
}

pub(super) fn alternative(name: &str, lanes: u32) -> Alternative {
    Alternative {
        title: format!("{lanes} lanes"),
        ..alternative_of(&scenario(name, lanes))
    }
}

/// A scenario made here as an alternative.
pub(super) fn alternative_of(scenario: &Scenario) -> Alternative {
    let resolved = format!("[scenario]\nname = \"{}\"\n", scenario.name);
    let hash = blake3::hash(resolved.as_bytes()).to_hex().to_string();
    Alternative {
        name: scenario.name.clone(),
        title: String::new(),
        plan: Plan::compile(scenario),
        resolved,
        hash,
    }
}

fn scenario(name: &str, lanes: u32) -> Scenario {
    let exponential = FAMILIES.iter().find(|f| f.name == "exponential").unwrap();
    let service = build_law(exponential, &Given::new().with("mean", 8.0 * MINUTE_US as f64), None, None).unwrap();
    let plain = sample::world(name);
    let mut food = sample::cargo("food");
    food.need_tonnes_per_day = Some(2000.0);
    Scenario {
        horizon: Horizon {
            length: Duration::from_days(3),
            ..plain.horizon
        },
        cargos: vec![food],
        convoys: vec![ConvoyStream {
            arrivals: Arrivals::Poisson {
                per_hour: 6.0,
                profile: None,
            },
            ..sample::convoy("trucks")
        }],
        stages: vec![Stage {
            lanes: Some(lanes),
            service: LawByCargo {
                general: service,
                by_cargo: Vec::new(),
            },
            counts_as: Some("inspected".to_owned()),
            ..sample::stage("gate")
        }],
        observe: Observe {
            daily: vec![Duration::from_hours(8.0)],
            at: Vec::new(),
            first: vec![1, 10],
        },
        ..plain
    }
}
