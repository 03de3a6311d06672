//! Every row leads somewhere, and the places of later sections change as the early ones do.

use super::rows::{all, general_of, is_name};
use super::{Acting, Measure, Parameter, Part, Slot, Value, rebuild, resolve};
use crate::calendar::Calendar;
use crate::random::{CountLaw, Law};
use crate::scenario::sample::{stage, world};
use crate::scenario::world::{Clearance, Denied, Escort, Impeded, Interception, LawByCargo, Resource, ResourceId, Scenario, Vehicles};
use crate::time::Duration;

const HOUR: f64 = 3_600e6;

/// A world with an escort and a resource.
fn corridor() -> Scenario {
    let mut world = world("corridor");
    world.calendars.push(("crossing".to_owned(), Calendar::default()));
    world.resources.push(Resource {
        name: "team".to_owned(),
        count: 3,
        calendar: None,
    });
    let mut onward = stage("onward");
    onward.lanes = None;
    onward.service = LawByCargo {
        general: Law::constant(0.0),
        by_cargo: Vec::new(),
    };
    onward.escort = Some(Box::new(Escort {
        teams: Some(ResourceId(0)),
        vehicles: Some(Vehicles {
            resource: ResourceId(0),
            tonnes: Some(12.8),
            pallets: None,
            return_time: None,
        }),
        size_min: 5,
        size_max: CountLaw::constant(20),
        max_wait: None,
        clearance: Clearance {
            approved: 0.6,
            delayed: None,
            impeded: Some(Impeded {
                probability: 0.2,
                turns_after: Law::constant(HOUR),
            }),
            denied: Some(Denied {
                probability: 0.2,
                retry: Law::constant(24.0 * HOUR),
            }),
            postponed: None,
        },
        trip: Law::constant(2.0 * HOUR),
        return_time: Law::constant(HOUR),
        intercepted: Some(Interception {
            probability: 0.05,
            share: Law::constant(0.5),
        }),
    }));
    world.stages.push(onward);
    world
}

fn parameter(world: &Scenario, path: &str) -> Parameter {
    let keys: Vec<String> = path.split('.').map(str::to_owned).collect();
    let found = resolve(world, &keys).unwrap_or_else(|why| panic!("{path}: {why:?}"));
    assert_eq!(found.keys, keys.len(), "{path}");
    Parameter::new(path.to_owned(), found.slot, None)
}

fn acting(parameter: &Parameter, multiply: f64, add: f64) -> Acting<'_> {
    Acting {
        parameter,
        set: None,
        multiply,
        add,
    }
}

fn changed(world: &Scenario, path: &str, multiply: f64, add: f64) -> Scenario {
    let parameter = parameter(world, path);
    let mut now = world.clone();
    rebuild(world, &mut now, parameter.part, &[acting(&parameter, multiply, add)]);
    now
}

fn escort(world: &Scenario) -> &Escort {
    world.stages[1].escort.as_deref().unwrap()
}

#[test]
fn patterns_differ_and_name_at_most_three_things() {
    let patterns: Vec<&str> = all().map(|(_, row)| row.pattern).collect();
    assert!(patterns.len() > 100, "{}", patterns.len());
    for (i, pattern) in patterns.iter().enumerate() {
        assert!(!patterns[..i].contains(pattern), "{pattern} twice");
        assert!(pattern.split('.').filter(|key| is_name(key)).count() <= 3, "{pattern}");
    }
}

#[test]
fn own_values_of_cargos_find_the_general_one() {
    let number = |pattern: &str| all().find(|(_, row)| row.pattern == pattern).unwrap().0;
    let own = Slot {
        row: number("stage.STAGE.outcome.OUTCOME.for.CARGO"),
        at: [4, 2, 7],
    };
    let general = Slot {
        row: number("stage.STAGE.outcome.OUTCOME.probability"),
        at: [4, 2, 0],
    };
    assert_eq!(general_of(own), Some(general));
    assert_eq!(general_of(general), None);
}

#[test]
fn escorts_and_resources_change() {
    let world = corridor();
    assert_eq!(changed(&world, "resource.team.count", 1.0, 6.0).resources[0].count, 9);
    assert_eq!(
        changed(&world, "resource.team.count", 0.5, 0.0).resources[0].count,
        2,
        "1.5 rounds up"
    );
    let now = changed(&world, "escort.onward.trip", 1.5, 0.5 * HOUR);
    assert_eq!(escort(&now).trip.as_constant(), Some(3.5 * HOUR));
    let now = changed(&world, "escort.onward.vehicles.tonnes", 0.5, 0.0);
    assert_eq!(escort(&now).vehicles.as_ref().unwrap().tonnes, Some(6.4));
    let now = changed(&world, "escort.onward.size.max", 0.7, 0.0);
    assert_eq!(escort(&now).size_max.as_constant(), Some(14));
}

#[test]
fn the_answers_to_a_request_keep_their_sum() {
    let now = changed(&corridor(), "escort.onward.clearance.approved", 1.0, 0.2);
    let clearance = &escort(&now).clearance;
    assert!((clearance.approved - 0.8).abs() < 1e-12);
    assert!((clearance.impeded.as_ref().unwrap().probability - 0.1).abs() < 1e-12);
    assert!((clearance.denied.as_ref().unwrap().probability - 0.1).abs() < 1e-12);
}

#[test]
fn what_is_without_limit_can_be_set_but_not_multiplied() {
    let world = corridor();
    let wait = parameter(&world, "escort.onward.max_wait");
    assert_eq!(escort(&changed(&world, "escort.onward.max_wait", 2.0, 0.0)).max_wait, None);
    let six = Value::Number(6.0 * HOUR);
    let set = Acting {
        set: Some(&six),
        ..acting(&wait, 0.5, 0.0)
    };
    let mut now = world.clone();
    rebuild(&world, &mut now, Part::Stage(1), &[set]);
    assert_eq!(escort(&now).max_wait, Some(Duration::from_hours(3.0)));
}

#[test]
fn a_stage_is_no_escort_and_an_escort_no_stage() {
    let world = corridor();
    let leads = |path: &str| {
        let keys: Vec<String> = path.split('.').map(str::to_owned).collect();
        resolve(&world, &keys).is_ok()
    };
    assert!(leads("stage.gate.lanes") && leads("escort.onward.queue.capacity"));
    assert!(!leads("stage.onward.queue.capacity") && !leads("escort.gate.trip"));
    assert_eq!(parameter(&world, "stage.gate.service").measure(), Measure::TimeLaw);
}

#[test]
fn a_count_law_changes_as_a_whole() {
    let law = CountLaw::constant(3).plus(4).changed(2.0, -1.0).changed(0.5, 0.0);
    assert_eq!(law.as_constant(), Some(7), "(7 × 2 - 1) / 2 = 6.5");
    assert_eq!(law.quantile(0.3), 7);
    assert_eq!(
        CountLaw::constant(3).changed(1.0, -5.0).quantile(0.5),
        0,
        "a count is never below 0"
    );
}

#[test]
fn a_shifted_law_keeps_its_shape() {
    let law = Law::constant(5.0).shifted(2.0).scaled(3.0);
    assert_eq!((law.as_constant(), law.mean().to_bits()), (Some(21.0), 21.0_f64.to_bits()));
}
