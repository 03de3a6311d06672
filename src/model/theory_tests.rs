//! The engine against queueing theory, on worlds built without the scenario language.

use super::{Observer, Plan, Simulation, Truck, TruckId};
use crate::calendar::Origin;
use crate::random::{CountLaw, FAMILIES, Given, Law, build_law};
use crate::scenario::*;
use crate::time::{Duration, MINUTE_US, Time};

fn exponential(mean_min: f64) -> Law {
    let family = FAMILIES.iter().find(|f| f.name == "exponential").expect("it is a law");
    let given = Given::new().with("mean", mean_min * MINUTE_US as f64);
    build_law(family, &given, None, None).expect("its mean is positive")
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
        counts_as: None,
        patience: None,
        outcomes: Vec::new(),
        next: Target::End(End::Delivered),
        screens: false,
    }
}

/// Poisson trucks, so many an hour, through one stage, for so many days.
fn world(per_hour: f64, stage: Stage, days: i64) -> Scenario {
    Scenario {
        name: "theory".to_owned(),
        title: String::new(),
        summary: String::new(),
        sources: Vec::new(),
        need_window: Duration::from_days(7),
        horizon: Horizon {
            origin: Origin::new(2026, 1, 1, 0, 0, 0).expect("a date"),
            length: Duration::from_days(days),
            warm_up: Duration::ZERO,
            stop: Stop::AtEnd,
        },
        calendars: Vec::new(),
        cargos: vec![Cargo {
            name: "goods".to_owned(),
            tonnes: Law::constant(20.0),
            pallets: Law::constant(0.0),
            need_tonnes_per_day: None,
            priority: None,
            shelf_life: None,
            restricted: 0.0,
        }],
        organisations: vec![Organisation {
            name: "all".to_owned(),
            share: 1.0,
            cargo: vec![(CargoId(0), 1.0)],
            status: Status::Registered,
            daily_quota: None,
        }],
        restrictions: Restrictions { barred: BarredAction::Refuse },
        convoys: vec![ConvoyStream {
            name: "trucks".to_owned(),
            arrivals: Arrivals::Poisson { per_hour, profile: None },
            size: CountLaw::constant(1),
            autocorrelation: 0.0,
            cargo: None,
            organisation: None,
            enters: StageId(0),
            follows: None,
            when_closed: WhenClosed::Go,
            limit: None,
        }],
        stages: vec![stage],
        incidents: None,
        closures: Vec::new(),
        policy: Policy {
            name: String::new(),
            responses: Vec::new(),
            triggers: Vec::new(),
            reopening: Vec::new(),
            window: None,
            at_closure: AtClosure::Finish,
            queue_at_closure: QueueAtClosure::Hold,
            return_delay: None,
        },
        observe: Observe::default(),
    }
}

#[derive(Default)]
struct Waits {
    sum_min: f64,
    n: u64,
}

impl Observer for Waits {
    fn started(&mut self, at: Time, _: TruckId, truck: &Truck) {
        self.sum_min += (at - truck.arrived).as_minutes();
        self.n += 1;
    }
}

#[test]
fn a_single_server_makes_trucks_wait_as_theory_says() {
    // M/M/1 with 12 arrivals an hour and services of 4 minutes: 16 minutes. Long runs, so that the empty start does not show.
    let plan = Plan::compile(&world(12.0, stage(exponential(4.0), 1), 365));
    let mut simulation = Simulation::new(&plan);
    let means: Vec<f64> = (1..=20)
        .map(|replication| {
            let mut waits = Waits::default();
            simulation.run(1, replication, &mut waits);
            waits.sum_min / waits.n as f64
        })
        .collect();
    let mean = means.iter().sum::<f64>() / 20.0;
    let variance = means.iter().map(|m| (m - mean) * (m - mean)).sum::<f64>() / 19.0;
    let se = (variance / 20.0).sqrt();
    assert!((mean - 16.0).abs() < 3.5 * se && se < 0.2, "{mean} ± {se}");
}

#[test]
fn a_replication_is_the_same_whatever_was_run_before_it_in_the_same_memory() {
    let plan = Plan::compile(&world(12.0, stage(exponential(4.0), 1), 30));
    let wait = |simulation: &mut Simulation<'_>, replication| {
        let mut waits = Waits::default();
        let events = simulation.run(9, replication, &mut waits);
        (waits.sum_min.to_bits(), waits.n, events)
    };
    let mut used = Simulation::new(&plan);
    wait(&mut used, 1);
    wait(&mut used, 2);
    assert_eq!(wait(&mut used, 3), wait(&mut Simulation::new(&plan), 3));
}
