//! The engine against queueing theory, on worlds built without the scenario language.

use super::{Observer, Plan, Simulation, Truck, TruckId};
use crate::random::{FAMILIES, Given, Law, build_law};
use crate::scenario::*;
use crate::time::{Duration, MINUTE_US, Time};

fn exponential(mean_min: f64) -> Law {
    let family = FAMILIES.iter().find(|f| f.name == "exponential").expect("it is a law");
    let given = Given::new().with("mean", mean_min * MINUTE_US as f64);
    build_law(family, &given, None, None).expect("its mean is positive")
}

fn stage(service: Law, lanes: u32) -> Stage {
    Stage {
        lanes: Some(lanes),
        service: LawByCargo {
            general: service,
            by_cargo: Vec::new(),
        },
        ..sample::stage("gate")
    }
}

/// Poisson trucks, so many an hour, through one stage, for so many days.
fn world(per_hour: f64, stage: Stage, days: i64) -> Scenario {
    let plain = sample::world("theory");
    Scenario {
        horizon: Horizon {
            length: Duration::from_days(days),
            ..plain.horizon
        },
        convoys: vec![ConvoyStream {
            arrivals: Arrivals::Poisson { per_hour, profile: None },
            ..sample::convoy("trucks")
        }],
        stages: vec![stage],
        ..plain
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
