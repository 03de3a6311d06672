//! Days, and the need of each.

use super::*;

/// A truck of food delivered at once, on a minute.
fn deliver(s: &mut Script<Recorder>, at: f64) {
    let truck = s.dispatch(at, 1, 0, 0);
    s.pass(truck, GATE, [at, at, at]);
}

#[test]
fn a_day_is_closed_before_anything_at_midnight_happens() {
    let mut world = world();
    world.horizon.length = Duration::from_days(4);
    let result = Result::of(&world, |s| {
        deliver(s, 1439.0);
        deliver(s, 1440.0);
        let waits = s.dispatch(1440.0, 1, 1, 1);
        s.arrive(1440.0, waits, GATE);
        // Nothing happens for two days.
        s.finish(4.0 * 1440.0);
    });
    assert_eq!(result.rows("daily"), 4);
    let column = |name| (0..4).map(|row| result.at("daily", row, name)).collect::<Vec<_>>();
    assert_eq!(column("day"), [1.0, 2.0, 3.0, 4.0]);
    assert_eq!(column("dispatched_trucks"), [1.0, 2.0, 0.0, 0.0]);
    assert_eq!(column("delivered_trucks"), [1.0, 1.0, 0.0, 0.0]);
    assert_eq!(column("delivered_tonnes"), [20.0, 20.0, 0.0, 0.0]);
    assert_eq!(column("backlog_trucks"), [0.0, 1.0, 1.0, 1.0]);
    assert_eq!(column("need_met"), [1.0, 1.0, 0.0, 0.0]);
    assert_eq!(
        (result.word("daily", 0, "date"), result.word("daily", 3, "date")),
        ("2026-07-01", "2026-07-04")
    );
    assert_eq!(result.rows("daily_cargo"), 8);
    assert_eq!(result.at("daily_cargo", 3, "dispatched_trucks"), 1.0);
    assert_eq!(result.word("daily_organisation", 3, "organisation"), "ngo");
    assert_eq!(result.at("daily_organisation", 3, "dispatched_tonnes"), 20.0);
    near(result.response("mean_backlog_trucks"), 0.75);
}

#[test]
fn days_begin_with_the_first_that_is_wholly_after_the_warm_up() {
    let mut world = world();
    world.horizon.origin = Origin::new(2026, 7, 1, 6, 0, 0).unwrap();
    world.horizon.length = Duration::from_days(2);
    let days = |warm_up: i64| {
        world.horizon.warm_up = Duration(warm_up * HOUR_US);
        let result = Result::of(&world, |s| s.finish(2.0 * 1440.0));
        (0..result.rows("daily"))
            .map(|row| result.at("daily", row, "day"))
            .collect::<Vec<_>>()
    };
    let mut days = days;
    // From 6 o'clock: 18 hours, a whole day, 6 hours.
    assert_eq!(days(0), [1.0, 2.0, 3.0]);
    assert_eq!(days(1), [2.0, 3.0]);
    assert_eq!(days(18), [2.0, 3.0]);
    assert_eq!(days(19), [3.0]);
}

#[test]
fn the_need_window_looks_back_over_days_with_their_own_lengths() {
    let mut world = world();
    world.need_window = Duration::from_days(2);
    world.horizon.length = Duration::from_days(5);
    world.cargos[1].need_tonnes_per_day = Some(1.0);
    let result = Result::of(&world, |s| {
        // Food needs 20 t a day. Windows: 40/20, 40/40, 0/40, 20/40, 40/40.
        deliver(s, 60.0);
        deliver(s, 120.0);
        deliver(s, 3.5 * 1440.0);
        deliver(s, 4.5 * 1440.0);
        s.finish(5.0 * 1440.0);
    });
    near(result.at("cargo", 0, "days_below_need"), 2.0 / 5.0);
    near(result.at("cargo", 1, "days_below_need"), 1.0);
    near(result.response("days_below_need"), 1.0);
    // Food: 80 of 100; tents: 0 of 5.
    near(result.at("cargo", 0, "need_tonnes"), 100.0);
    near(result.at("cargo", 0, "need_met"), 0.8);
    near(result.response("need_met"), 80.0 / 105.0);
}

#[test]
fn need_is_capped_over_all_goods_and_not_for_each() {
    let result = Result::of(&world(), |s| {
        deliver(s, 60.0);
        deliver(s, 61.0);
        s.finish(1440.0);
    });
    near(result.response("need_met"), 1.0);
    near(result.at("cargo", 0, "need_met"), 2.0);
    assert!(result.at("cargo", 1, "need_met").is_nan());
}

#[test]
fn the_window_reaches_back_into_the_warm_up() {
    let mut world = world();
    world.need_window = Duration::from_days(2);
    world.horizon.length = Duration::from_days(2);
    world.horizon.warm_up = Duration::from_days(1);
    let result = Result::of(&world, |s| {
        deliver(s, 60.0);
        deliver(s, 61.0);
        s.finish(2.0 * 1440.0);
    });
    near(result.response("days_below_need"), 0.0);
    near(result.response("need_met"), 0.0);
    assert_eq!((result.rows("daily"), result.at("daily", 0, "delivered_trucks")), (1, 0.0));
}

#[test]
fn closed_time_is_split_at_midnight() {
    let mut world = world();
    world.horizon.length = Duration::from_days(3);
    let result = Result::of(&world, |s| {
        s.to.security(Time(20 * HOUR_US), &[0.0, 1.0], &[]);
        s.to.security(Time(DAY_US + 5 * HOUR_US), &[0.5, 1.0], &[]);
        s.finish(3.0 * 1440.0);
    });
    let column = |name| (0..3).map(|row| result.at("daily", row, name)).collect::<Vec<_>>();
    assert_eq!(column("closed_h"), [4.0, 5.0, 0.0]);
    assert_eq!(column("restricted_h"), [0.0, 19.0, 24.0]);
    assert_eq!((result.response("closed_h"), result.response("restricted_h")), (9.0, 43.0));
}
