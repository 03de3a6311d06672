//! Stocks in Gaza: days of supply, unmet need.

use super::*;

/// Food needs 20 t a day and there is enough for so many days; three days long.
fn stocked(days: f64) -> Scenario {
    let mut world = world();
    world.horizon.length = Duration::from_days(3);
    world.cargos[0].gaza_stock_days = Some(days);
    world
}

fn deliver(s: &mut Script<Recorder>, at: f64, cargo: u16) {
    let truck = s.dispatch(at, 1, cargo, 0);
    s.pass(truck, GATE, [at, at, at]);
}

const SUPPLY: [&str; 4] = ["days_of_supply_mean", "days_of_supply_min", "unmet_need", "days_without_stock"];

#[test]
fn need_consumes_a_stock_evenly_and_nothing_falls_below_0() {
    let result = Result::of(&stocked(1.0), |s| {
        // Used up after a day; half a day later 20 t come, which last until day 2.5.
        deliver(s, 1.5 * 1440.0, 0);
        s.finish(3.0 * 1440.0);
    });
    let [mean, least, unmet, without] = result.row("cargo", 0, SUPPLY);
    // Twice a triangle of a day by a day, over three days; nothing on days 2 and 3 for half a day each.
    near(mean, 1.0 / 3.0);
    assert_eq!(least, 0.0);
    near(unmet, 1.0 / 3.0);
    near(without, 2.0 / 3.0);
    assert!(result.row("cargo", 1, SUPPLY).iter().all(|v| v.is_nan()));
    let all = SUPPLY.map(|name| result.response(name));
    all.into_iter().zip([mean, least, unmet, without]).for_each(|(a, b)| near(a, b));
    let day = |row: usize| result.row("daily_cargo", 2 * row, ["days_of_supply", "unmet_need"]);
    assert_eq!((day(0), day(1), day(2)), ([0.0, 0.0], [0.5, 0.5], [0.0, 0.5]));
    assert!(result.at("daily_cargo", 1, "days_of_supply").is_nan());
}

#[test]
fn a_stock_counts_from_the_warm_up_with_what_is_left_then() {
    let mut world = stocked(2.0);
    world.horizon.warm_up = Duration::from_days(1);
    let result = Result::of(&world, |s| s.finish(3.0 * 1440.0));
    let [mean, least, unmet, without] = SUPPLY.map(|name| result.response(name));
    near(mean, 0.25);
    assert_eq!((least, unmet, without), (0.0, 0.5, 0.5));
}

#[test]
fn stocks_together_are_weighted_by_need_and_the_scarcest_counts() {
    let mut world = stocked(3.0);
    world.cargos[1].need_tonnes_per_day = Some(60.0);
    world.cargos[1].gaza_stock_days = Some(1.0);
    let result = Result::of(&world, |s| {
        deliver(s, 0.0, 0);
        s.finish(3.0 * 1440.0);
    });
    // Food: 4 days falling to 1. Tents: 1 day falling to 0, then two days without.
    near(result.at("cargo", 0, "days_of_supply_mean"), 2.5);
    near(result.at("cargo", 0, "days_of_supply_min"), 1.0);
    near(result.at("cargo", 1, "days_of_supply_mean"), 0.5 / 3.0);
    let [mean, least, unmet, without] = SUPPLY.map(|name| result.response(name));
    near(mean, (20.0 * 2.5 + 60.0 * 0.5 / 3.0) / 80.0);
    assert_eq!(least, 0.0);
    near(unmet, 60.0 / 80.0 * 2.0 / 3.0);
    near(without, 2.0 / 3.0);
}

#[test]
fn a_delivery_as_the_last_is_used_up_leaves_no_day_without() {
    let mut world = stocked(1.0);
    // A need whose rounding would show.
    world.cargos[0].need_tonnes_per_day = Some(20.0 / 1.1);
    let result = Result::of(&world, |s| {
        deliver(s, 1440.0, 0);
        deliver(s, 1440.0 * 2.1, 0);
        s.finish(3.0 * 1440.0);
    });
    assert_eq!((result.response("unmet_need"), result.response("days_without_stock")), (0.0, 0.0));
}
