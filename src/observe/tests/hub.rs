//! Hubs, returns, tries.

use super::*;

/// The world with a hub `el-arish` of 10 loads from which `road` draws.
fn with_hub() -> Scenario {
    let mut world = world();
    world.hubs = vec![Hub {
        name: "el-arish".to_owned(),
        initial_stock: 10,
        inflow: None,
        batch: CountLaw::constant(1),
        stop_above: None,
        retry: None,
        organisation: None,
        cargo: None,
    }];
    world.convoys[0].draw_from = Some(HubId(0));
    world
}

/// A truck at the gate goes back to its hub, for lack of time.
fn back_to_hub(s: &mut Script<Recorder>, at: f64, truck: usize) {
    s.with(at, truck, |o, at, id, t| o.left(at, id, t, Leaves::Returned));
    s.with(at, truck, |o, at, id, t| o.returned(at, id, t, Cause::TimedOut, true));
    s.set_aside(at, truck, Aside::Hub(0));
}

/// A truck sets out from its hub again, with another convoy.
fn again(s: &mut Script<Recorder>, at: f64, truck: usize, convoy: u32) {
    s.to.convoy(minute(at), 0, convoy, 1);
    s.trucks[truck].tries += 1;
    s.trucks[truck].convoy = convoy;
    s.with(at, truck, Recorder::dispatched_again);
}

#[test]
fn every_return_counts_tried_again_or_not_and_every_try_is_a_dispatch() {
    let result = Result::of(&with_hub(), |s| {
        s.convoy(0.0, 1, 2);
        s.arrive(0.0, 0, GATE);
        s.arrive(0.0, 1, GATE);
        s.start(0.0, 1);
        s.complete(10.0, 1);
        s.leave(10.0, 1, Leaves::End(End::Delivered));
        back_to_hub(s, 60.0, 0);
        again(s, 120.0, 0, 2);
        s.arrive(120.0, 0, GATE);
        back_to_hub(s, 180.0, 0);
        again(s, 240.0, 0, 3);
        s.arrive(240.0, 0, GATE);
        s.with(300.0, 0, |o, at, id, t| o.left(at, id, t, Leaves::End(End::Returned)));
        s.with(300.0, 0, |o, at, id, t| o.returned(at, id, t, Cause::Outcome, false));
        s.end(300.0, 0, End::Returned, Cause::Outcome);
        s.finish(1440.0);
    });
    let names = [
        "dispatched_trucks",
        "dispatches",
        "returned_trucks",
        "returns",
        "timed_out",
        "returned_by_outcome",
    ];
    assert_eq!(names.map(|name| result.response(name)), [2.0, 4.0, 1.0, 3.0, 2.0, 1.0]);
    assert_eq!(result.row("daily", 0, ["dispatched_trucks", "dispatches"]), [2.0, 4.0]);
    assert_eq!(result.row("hubs", 0, ["returned", "retries"]), [2.0, 2.0]);
    // The first convoy is cleared when its last truck is back in the hub: after 60, 60 and 60 minutes.
    assert_eq!(
        result.row("convoys", 0, ["convoys", "dispatched_trucks", "mean_clearing_min"]),
        [3.0, 2.0, 60.0]
    );
    near(result.at("convoys", 0, "mean_size"), 4.0 / 3.0);
    let expected = [
        ("gate", "delivered", 1.0),
        ("gate", "returned", 3.0),
        ("dispatched", "gate", 2.0),
        ("el-arish", "gate", 2.0),
    ];
    assert_eq!(result.moves(), expected);
}

#[test]
fn trucks_that_wait_to_try_again_are_backlog_at_their_hub() {
    let result = Result::of(&with_hub(), |s| {
        s.convoy(0.0, 1, 3);
        for truck in 0..3 {
            s.arrive(0.0, truck, GATE);
            back_to_hub(s, 60.0, truck);
        }
        // One load spoils there: it had left its convoy.
        s.end(90.0, 2, End::Expired, Cause::Plain);
        s.finish(1440.0);
    });
    let hub = result.find("backlog", "place", "el-arish");
    assert_eq!(result.row("backlog", hub, ["trucks", "tonnes"]), [2.0, 40.0]);
    assert_eq!(result.response("backlog_trucks"), 2.0);
    assert_eq!(result.row("convoys", 0, ["mean_clearing_min", "mean_size"]), [60.0, 3.0]);
    assert_eq!(result.moves()[2], ("el-arish", "expired", 1.0));
}

#[test]
fn a_hub_tells_what_came_what_left_and_what_was_there() {
    let mut world = with_hub();
    world.horizon.length = Duration::from_days(2);
    let result = Result::of(&world, |s| {
        s.to.hub_batch(minute(720.0), 0, 0, 6, true);
        s.to.hub_stock(minute(720.0), 0, 16);
        s.to.hub_batch(minute(800.0), 0, 0, 9, false);
        s.to.hub_exit(minute(1440.0), 0, 1, 0, HubExit::Denied);
        s.to.hub_exit(minute(1440.0), 0, 1, 0, HubExit::Refused);
        s.to.hub_exit(minute(1440.0), 0, 0, 1, HubExit::Expired);
        s.to.hub_stock(minute(1440.0), 0, 13);
        s.to.hub_held(minute(1500.0), 0, 1);
        s.to.hub_reconsigned(minute(1500.0), 0, 1, 0);
        s.to.hub_drawn(minute(2160.0), 0, 20, 13);
        s.to.hub_stock(minute(2160.0), 0, 0);
        s.finish(2880.0);
    });
    let hub = |columns| result.row("hubs", 0, columns);
    assert_eq!(
        hub(["inflow", "not_sent", "slots", "drawn", "slots_unused"]),
        [6.0, 9.0, 20.0, 13.0, 7.0]
    );
    assert_eq!(hub(["denied", "refused", "expired", "held", "reconsigned"]), [1.0; 5]);
    // 10, 16, 13 and 0 loads for half a day each.
    assert_eq!(
        hub(["mean_stock", "max_stock", "end_stock", "returned", "retries"]),
        [9.75, 16.0, 0.0, 0.0, 0.0]
    );
    let column = |name| [0, 1].map(|row| result.at("daily", row, name));
    // What falls on midnight belongs to the next day.
    assert_eq!((column("hub_stock"), column("el-arish_hub_stock")), ([16.0, 0.0], [16.0, 0.0]));
    let ngo = [
        "denied_trucks",
        "hub_refused",
        "hub_expired",
        "hub_held",
        "reconsigned_trucks",
        "refused_trucks",
    ];
    assert_eq!(result.row("organisations", 1, ngo), [1.0, 1.0, 0.0, 1.0, 1.0, 0.0]);
    assert_eq!(result.at("organisations", 0, "hub_expired"), 1.0);
    assert_eq!(
        (result.response("denied_trucks"), result.response("reconsigned_trucks")),
        (1.0, 1.0)
    );
    assert_eq!(result.response("expired_trucks"), 0.0);
}

#[test]
fn a_hub_counts_from_the_warm_up_and_keeps_its_stock() {
    let mut world = with_hub();
    world.horizon.warm_up = Duration(12 * HOUR_US);
    let result = Result::of(&world, |s| {
        s.to.hub_batch(minute(60.0), 0, 0, 4, true);
        s.to.hub_stock(minute(60.0), 0, 14);
        s.finish(1440.0);
    });
    assert_eq!(result.row("hubs", 0, ["inflow", "mean_stock", "max_stock"]), [0.0, 14.0, 14.0]);
}

#[test]
fn a_repacked_load_is_rejected_in_part_and_conserved() {
    let result = Result::of(&world(), |s| {
        s.convoy(0.0, 1, 1);
        s.arrive(0.0, 0, GATE);
        s.start(0.0, 0);
        s.complete(5.0, 0);
        s.with(5.0, 0, |o, at, id, t| o.left(at, id, t, Leaves::Repacking));
        s.trucks[0].grams = 12_000_000;
        s.with(5.0, 0, |o, at, id, t| o.repacked(at, id, t, 8_000_000));
        s.set_aside(5.0, 0, Aside::Repacking);
        s.arrive(60.0, 0, GATE);
        s.start(60.0, 0);
        s.complete(65.0, 0);
        s.leave(65.0, 0, Leaves::End(End::Delivered));
        s.finish(1440.0);
    });
    let names = [
        "dispatched_tonnes",
        "delivered_tonnes",
        "rejected_tonnes",
        "rejected_trucks",
        "delivered_trucks",
    ];
    assert_eq!(names.map(|name| result.response(name)), [20.0, 12.0, 8.0, 0.0, 1.0]);
    assert_eq!(result.row("organisations", 0, ["rejected_tonnes", "rejected_trucks"]), [8.0, 0.0]);
    let expected = [
        ("gate", "delivered", 1.0),
        ("gate", "repacking", 1.0),
        ("dispatched", "gate", 1.0),
        ("repacking", "gate", 1.0),
    ];
    assert_eq!(result.moves(), expected);
}

#[test]
fn a_part_that_is_rejected_twice_is_noticed() {
    let message = Result::try_of(&world(), |s| {
        s.convoy(0.0, 1, 1);
        s.arrive(0.0, 0, GATE);
        s.with(5.0, 0, |o, at, id, t| o.left(at, id, t, Leaves::Repacking));
        s.trucks[0].grams = 12_000_000;
        s.with(5.0, 0, |o, at, id, t| o.repacked(at, id, t, 8_000_000));
        s.with(5.0, 0, |o, at, id, t| o.repacked(at, id, t, 8_000_000));
        s.set_aside(5.0, 0, Aside::Repacking);
        s.finish(1440.0);
    })
    .err()
    .unwrap()
    .message;
    assert!(
        message.contains("trucks are not conserved") && message.contains("repacked 16000000 g"),
        "{message}"
    );
}

#[test]
fn a_diversion_is_one_move_and_an_end_when_it_arrives() {
    let result = Result::of(&world(), |s| {
        s.convoy(0.0, 1, 2);
        for truck in 0..2 {
            s.arrive(0.0, truck, GATE);
            s.leave(60.0, truck, Leaves::Diverted);
        }
        s.end(120.0, 0, End::Diverted, Cause::Plain);
        s.finish(1440.0);
    });
    assert_eq!(
        ["diverted_trucks", "diverted_tonnes", "backlog_trucks"].map(|n| result.response(n)),
        [1.0, 20.0, 1.0]
    );
    assert_eq!(result.moves(), [("gate", "diverted", 2.0), ("dispatched", "gate", 2.0)]);
    let way = result.find("backlog", "place", "diverted");
    assert_eq!(result.at("backlog", way, "trucks"), 1.0);
}
