//! A small world: Poisson trucks through one gate for three days; a second alternative has another lane.

use std::path::Path;

use super::*;
use crate::calendar::Origin;
use crate::model::Plan;
use crate::random::{CountLaw, FAMILIES, Given, Law, build_law};
use crate::scenario::*;
use crate::time::{Duration, MINUTE_US};

/// Both alternatives, so many replications, every table in every form.
pub(super) fn experiment(output: &Path, n: u32) -> Experiment {
    Experiment {
        alternatives: vec![alternative("one", 1), alternative("two", 2)],
        seed: 1,
        stopping: Stopping::Fixed(n),
        jobs: Some(2),
        tables: None,
        formats: Formats { parquet: cfg!(feature = "parquet"), csv: Csv::Every },
        output: output.to_owned(),
        force: false,
        command_line: Vec::new(),
    }
}

fn alternative(name: &str, lanes: u32) -> Alternative {
    let resolved = format!("[scenario]\nname = \"{name}\"\n");
    let hash = blake3::hash(resolved.as_bytes()).to_hex().to_string();
    let plan = Plan::compile(&scenario(name, lanes));
    Alternative { name: name.to_owned(), title: format!("{lanes} lanes"), plan, resolved, hash }
}

fn scenario(name: &str, lanes: u32) -> Scenario {
    let exponential = FAMILIES.iter().find(|f| f.name == "exponential").unwrap();
    let service = build_law(exponential, &Given::new().with("mean", 8.0 * MINUTE_US as f64), None, None).unwrap();
    Scenario {
        name: name.to_owned(),
        title: String::new(),
        summary: String::new(),
        sources: Vec::new(),
        need_window: Duration::from_days(7),
        horizon: Horizon {
            origin: Origin::new(2026, 7, 1, 0, 0, 0).unwrap(),
            length: Duration::from_days(3),
            warm_up: Duration::ZERO,
            stop: Stop::AtEnd,
        },
        calendars: Vec::new(),
        cargos: vec![Cargo {
            name: "food".to_owned(),
            tonnes: Law::constant(20.0),
            pallets: Law::constant(0.0),
            need_tonnes_per_day: Some(2000.0),
            priority: None,
            shelf_life: None,
            restricted: 0.0,
        }],
        organisations: vec![Organisation {
            name: "un".to_owned(),
            share: 1.0,
            cargo: vec![(CargoId(0), 1.0)],
            status: Status::Registered,
            daily_quota: None,
        }],
        restrictions: Restrictions { barred: BarredAction::Refuse },
        convoys: vec![convoy()],
        stages: vec![stage(service, lanes)],
        incidents: None,
        closures: Vec::new(),
        policy: policy(),
        observe: Observe { daily: vec![Duration::from_hours(8.0)], at: Vec::new(), first: vec![1, 10] },
    }
}

fn convoy() -> ConvoyStream {
    ConvoyStream {
        name: "trucks".to_owned(),
        arrivals: Arrivals::Poisson { per_hour: 6.0, profile: None },
        size: CountLaw::constant(1),
        autocorrelation: 0.0,
        cargo: None,
        organisation: None,
        enters: StageId(0),
        follows: None,
        when_closed: WhenClosed::Go,
        limit: None,
    }
}

fn stage(service: Law, lanes: u32) -> Stage {
    Stage {
        name: "gate".to_owned(),
        lanes: Some(lanes),
        service: LawByCargo { general: service, by_cargo: Vec::new() },
        extras: Vec::new(),
        queue: Queue { discipline: Discipline::Fifo, capacity: None, when_full: WhenFull::Block },
        calendar: None,
        last_start: Duration::ZERO,
        at_close: AtClose::Finish,
        queue_at_close: QueueAtClose::Hold,
        at_closure: AtClosure::Finish,
        queue_at_closure: QueueAtClosure::Hold,
        return_delay: None,
        counts_as: Some("inspected".to_owned()),
        patience: None,
        outcomes: Vec::new(),
        next: Target::End(End::Delivered),
        screens: false,
    }
}

fn policy() -> Policy {
    Policy {
        name: String::new(),
        responses: Vec::new(),
        triggers: Vec::new(),
        reopening: Vec::new(),
        window: None,
        at_closure: AtClosure::Finish,
        queue_at_closure: QueueAtClosure::Hold,
        return_delay: None,
    }
}
