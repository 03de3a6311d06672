//! Contingents, peacekeeping and drivers, from text to types.

use super::{WORLD, told, tried, world_and};
use crate::scenario::world::{Change, DriverId, Scenario};
use crate::scenario::{Part, rebuild};
use crate::time::{Duration, Time};

fn driver(effects: &str) -> Scenario {
    world_and(&format!("[driver.d]\nprobability = 0.5\neffects = [{effects}]")).scenario
}

fn refused(more: &str) -> String {
    let text = format!("{WORLD}\n{more}");
    match tried(&[("w.toml", &text)], &[]) {
        Ok(_) => panic!("not refused"),
        Err(refused) => told(&refused),
    }
}

fn refused_effects(effects: &str) -> String {
    refused(&format!("[driver.d]\nprobability = 0.5\neffects = [{effects}]"))
}

/// The scenario with all effects of all its drivers in force, at the mean of their sizes.
fn in_force(world: &Scenario) -> Scenario {
    let effects = world.drivers.iter().flat_map(|d| &d.effects);
    let acting: Vec<_> = effects
        .clone()
        .map(|e| e.acting(e.size().map_or(0.0, crate::random::Law::mean), 1.0, 1.0))
        .collect();
    let mut parts: Vec<Part> = effects.map(|e| e.parameter.part).collect();
    parts.sort_unstable();
    parts.dedup();
    let mut now = world.clone();
    for part in parts {
        rebuild(world, &mut now, part, &acting);
    }
    now
}

#[test]
fn a_driver_is_read_with_all_it_says() {
    let world = world_and(
        r#"
[driver.first]
title = "A first"
probability = { value = 0.35, range = [0.2, 0.5], source = "ocha" }
when = { dist = "triangular", min = "20d", mode = "40d", max = "80d" }
lasts = "30d"
level = 0.5
effects = [{ parameter = "stage.scan.service", multiply = { value = 0.8, assumption = "a guess" }, over = "14d" }]

[driver.second]
probability = 1
when = 2026-07-11T06:00:00
after = "first"

[driver.third]
probability = 1
when = { from = 2026-07-03, delay = { dist = "exponential", mean = "2d" } }
"#,
    );
    let [first, second, third] = world.scenario.drivers.as_slice() else {
        panic!("three drivers")
    };
    assert!((first.probability - 0.35).abs() < 1e-12 && (first.level - 0.5).abs() < 1e-12);
    let law = first.when.delay.as_ref().unwrap();
    assert_eq!(law.support(), (20.0 * 86_400e6, 80.0 * 86_400e6));
    assert_eq!(
        first.lasts.as_ref().and_then(crate::random::Law::as_constant),
        Some(30.0 * 86_400e6)
    );
    assert_eq!(first.effects[0].over, Duration::from_days(14));
    assert_eq!(first.effects[0].parameter.part, Part::Stage(0));
    assert!(matches!(&first.effects[0].change, Change::Multiply(law) if law.as_constant() == Some(0.8)));
    assert_eq!(
        (second.after, second.when.from),
        (Some(DriverId(0)), Time::ZERO + Duration::from_hours(246.0))
    );
    assert_eq!(third.when.from, Time::ZERO + Duration::from_days(2));
    assert!((third.when.delay.as_ref().unwrap().mean() - 2.0 * 86_400e6).abs() < 1.0);
}

#[test]
fn counts_round_to_the_nearest_after_all_that_acts() {
    let world = driver(r#"{ parameter = "stage.transfer.lanes", multiply = 0.6 }, { parameter = "stage.transfer.lanes", add = 1 }"#);
    assert_eq!(in_force(&world).stages[1].lanes, Some(3), "4 × 0.6 + 1 = 3.4");
    let world = driver(r#"{ parameter = "convoy.gate.size", multiply = 1.26 }"#);
    assert_eq!(in_force(&world).convoys[0].size.as_constant(), Some(13), "10 × 1.26 = 12.6");
}

#[test]
fn what_is_set_comes_before_what_multiplies_and_adds() {
    let world = driver(
        r#"{ parameter = "stage.scan.lanes", add = 1 }, { parameter = "stage.scan.lanes", multiply = 2 }, { parameter = "stage.scan.lanes", set = 5 }"#,
    );
    assert_eq!(in_force(&world).stages[0].lanes, Some(11), "5 × 2 + 1");
}

#[test]
fn a_law_is_scaled_then_shifted() {
    let world = driver(r#"{ parameter = "stage.scan.service", multiply = 0.5 }, { parameter = "stage.scan.service", add = "1min" }"#);
    let law = &in_force(&world).stages[0].service.general;
    assert!((law.mean() / 60e6 - 2.5).abs() < 1e-9, "3 × 0.5 + 1");
    let before = &world.stages[0].service.general;
    assert!((law.quantile(0.9) - (before.quantile(0.9) * 0.5 + 60e6)).abs() < 1e-3);
    assert!((law.variance() - before.variance() * 0.25).abs() / before.variance() < 1e-12);
}

#[test]
fn a_parameter_inside_a_law_makes_the_law_anew() {
    let world = driver(
        r#"{ parameter = "stage.scan.service.mean", multiply = 2 }, { parameter = "stage.scan.service.cv", set = 1 }, { parameter = "stage.scan.service", add = "30s" }"#,
    );
    let law = &in_force(&world).stages[0].service.general;
    assert!((law.mean() / 60e6 - 6.5).abs() < 1e-9, "2 × 3 + 0.5");
    assert!((law.variance() / 60e6 / 60e6 - 36.0).abs() < 1e-6, "a cv of 1 on a mean of 6");
}

#[test]
fn own_values_of_cargos_are_multiplied_and_added_to_but_not_set() {
    let world = world_and(
        r#"
[stage.scan.service_for]
medical = "2min"

[driver.d]
probability = 1
effects = [
  { parameter = "stage.scan.service", set = "8min" },
  { parameter = "stage.scan.service", multiply = 0.5 },
  { parameter = "stage.scan.service_for.medical", add = "30s" },
  { parameter = "stage.scan.service_for.medical", multiply = 3 },
]
"#,
    )
    .scenario;
    let stage = &in_force(&world).stages[0];
    assert_eq!(stage.service.general.as_constant(), Some(240e6));
    let own = stage.service.by_cargo[0].1.as_constant().unwrap();
    assert!(
        (own / 60e6 - 3.5).abs() < 1e-9,
        "2 × 0.5 × 3 + 0.5: all multiplications before all additions"
    );
}

#[test]
fn a_share_keeps_its_new_value_and_the_others_make_up_the_sum() {
    let world = driver(r#"{ parameter = "organisation.others.share", add = 0.2 }"#);
    let shares: Vec<f64> = in_force(&world).organisations.iter().map(|o| o.share).collect();
    let expected = [0.5 * 5.0 / 7.0, 0.5, 0.2 * 5.0 / 7.0];
    assert!(shares.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12), "{shares:?}");
    let world = driver(r#"{ parameter = "security.incidents.severity.major.share", multiply = 2 }"#);
    let severities = in_force(&world).incidents.unwrap().severities;
    assert!((severities[0].share - 0.6).abs() < 1e-12 && (severities[1].share - 0.4).abs() < 1e-12);
}

#[test]
fn rates_take_rates_and_hours_take_hours() {
    let world = driver(
        r#"{ parameter = "security.incidents.rate", add = "-0.04/d" }, { parameter = "calendar.crossing.sun-tue", set = "08:00-20:00" }, { parameter = "convoy.gate.arrivals.rate", multiply = { dist = "uniform", min = 0.5, max = 1 } }"#,
    );
    let now = in_force(&world);
    match &now.incidents.unwrap().process {
        crate::scenario::IncidentProcess::Poisson { per_hour } => assert!((per_hour * 24.0 - 0.06).abs() < 1e-12),
        other => panic!("{other:?}"),
    }
    let week = &now.calendars[0].1.weekly;
    let long = vec![(Duration::from_hours(8.0), Duration::from_hours(20.0))];
    assert!(week[0] == long && week[1] == long && week[6] == long && week[2] != long && week[3] != long);
    assert!(matches!(now.convoys[0].arrivals, crate::scenario::Arrivals::Poisson { per_hour, .. } if (per_hour - 1.5).abs() < 1e-12));
}

#[test]
fn what_nothing_acts_on_keeps_every_bit() {
    let world = world_and(
        r#"
[driver.d]
probability = 1
effects = [{ parameter = "organisation.un.share", multiply = 1 }, { parameter = "stage.scan.service", add = "0min" }]
"#,
    )
    .scenario;
    assert!(in_force(&world) == world);
}

#[test]
fn a_part_comes_back_when_nothing_acts_any_more() {
    let world = driver(r#"{ parameter = "stage.scan.lanes", multiply = 2 }"#);
    let mut now = in_force(&world);
    assert_ne!(now, world);
    rebuild(&world, &mut now, Part::Stage(0), &[]);
    assert_eq!(now, world);
}

#[test]
fn a_probability_that_could_leave_its_bounds_is_refused_with_the_value_it_would_reach() {
    let told = refused_effects(r#"{ parameter = "cargo.food.restricted", add = { dist = "uniform", min = 0.5, max = 1.2 } }"#);
    assert!(
        told.contains("driver `d` could bring `cargo.food.restricted` to 1.2, expected at most 1"),
        "{told}"
    );
    let told = refused_effects(r#"{ parameter = "organisation.others.share", multiply = { dist = "exponential", mean = 1 } }"#);
    assert!(told.contains("to any value, expected at most 1: give the size a `max`"), "{told}");
}

#[test]
fn several_drivers_are_taken_together_and_apart() {
    let told = refused(
        r#"
[driver.a]
probability = 0.5
effects = [{ parameter = "organisation.others.share", multiply = 2 }]
[driver.b]
probability = 0.5
effects = [{ parameter = "organisation.others.share", multiply = 2 }]
"#,
    );
    assert!(
        told.contains("driver `b`, with driver `a`, could bring `organisation.others.share` to 1.2"),
        "{told}"
    );
    // One that cannot happen does not count.
    world_and(
        r#"
[driver.a]
probability = 0.5
effects = [{ parameter = "organisation.others.share", multiply = 2 }]
[driver.b]
probability = 0
effects = [{ parameter = "organisation.others.share", multiply = 2 }]
"#,
    );
}

#[test]
fn two_that_set_the_same_are_refused_only_when_their_times_can_overlap() {
    let two = |lasts: &str| {
        format!(
            r#"
[driver.a]
probability = 0.5
when = "2d"
{lasts}
effects = [{{ parameter = "stage.scan.lanes", set = 3 }}]
[driver.b]
probability = 0.5
when = "5d"
effects = [{{ parameter = "stage.scan.lanes", set = 4 }}]
"#
        )
    };
    assert!(refused(&two("")).contains("drivers `a` and `b` may both set `stage.scan.lanes` at once"));
    assert_eq!(world_and(&two("lasts = \"3d\"")).scenario.drivers.len(), 2);
}

#[test]
fn drivers_that_wait_for_each_other_are_refused_with_the_chain() {
    let told = refused(
        r#"
[driver.a]
probability = 1
after = "c"
[driver.b]
probability = 1
after = "a"
[driver.c]
probability = 1
after = "b"
"#,
    );
    assert!(told.contains("`a` after `c` after `b` after `a`"), "{told}");
    assert_eq!(told.matches("never happens").count(), 1, "{told}");
}

#[test]
fn what_cannot_change_is_refused_and_says_why() {
    for (path, words) in [
        ("horizon.length", "fixed before it begins"),
        ("cargo.food.need", "measure the results"),
        ("driver.d.probability", "developments are drawn before the run begins"),
        ("stage.scan.next", "names, rules, order"),
    ] {
        let told = refused_effects(&format!(r#"{{ parameter = "{path}", multiply = 2 }}"#));
        assert!(told.contains(&format!("`{path}` cannot change while the crossing works")), "{told}");
        assert!(told.contains(words), "{told}");
    }
    let told = refused_effects(r#"{ parameter = "stage.scann.lanes", multiply = 2 }"#);
    assert!(told.contains("did you mean `scan`?"), "{told}");
    let told = refused_effects(r#"{ parameter = "stage.scan.service.meen", multiply = 2 }"#);
    assert!(told.contains("did you mean `mean`?"), "{told}");
    let told = refused_effects(r#"{ parameter = "stage.scan.patience", multiply = 2 }"#);
    assert!(told.contains("not stated in this scenario"), "{told}");
}

#[test]
fn drivers_are_told_with_what_they_change() {
    let loaded = world_and(
        r#"
[driver.d]
title = "A development"
probability = 0.35
when = "20d"
effects = [
  { parameter = "stage.scan.service", multiply = { value = 0.8, assumption = "a guess" }, over = "14d" },
  { parameter = "security.incidents.rate", multiply = { dist = "uniform", min = 0.5, max = 1.5, source = "ocha" } },
  { parameter = "stage.scan.lanes", set = 3 },
]
"#,
    );
    let [line] = loaded.drivers().try_into().unwrap();
    assert_eq!(line.when.as_deref(), Some("\"20d\""));
    let shown: Vec<_> = line
        .effects
        .iter()
        .map(|e| (e.before.as_deref().unwrap(), e.in_force.as_deref().unwrap()))
        .collect();
    assert_eq!(shown, [("mean 3min", "mean 2min24s"), ("0.1/d", "0.1/d"), ("2", "3")]);
    assert_eq!(line.effects[0].assumption.as_deref(), Some("a guess"));
    assert_eq!(line.effects[0].over.as_deref(), Some("14d"));
    assert_eq!(line.effects[1].source.as_deref(), Some("ocha"));
}
