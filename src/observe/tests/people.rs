//! Convoys, organisations, returns, moves.

use super::*;

#[test]
fn a_convoy_is_timed_to_its_first_start_and_to_the_end_of_its_last_truck() {
    let result = Result::of(&world(), |s| {
        s.convoy(0.0, 1, 2);
        s.arrive(0.0, 0, GATE);
        s.arrive(0.0, 1, GATE);
        s.start(5.0, 0);
        s.complete(10.0, 0);
        s.leave(10.0, 0, Leaves::End(End::Delivered));
        s.start(10.0, 1);
        // Number 2 did not come.
        s.convoy(12.0, 3, 1);
        s.arrive(12.0, 2, GATE);
        s.complete(15.0, 1);
        s.leave(15.0, 1, Leaves::End(End::Rejected));
        s.start(15.0, 2);
        s.finish(1440.0);
    });
    let road = |column| result.at("convoys", 0, column);
    assert_eq!((road("convoys"), road("dispatched_trucks"), road("mean_size")), (2.0, 3.0, 1.5));
    near(road("mean_first_start_min"), 4.0);
    near(road("mean_clearing_min"), 15.0);
}

#[test]
fn a_truck_counts_for_the_organisation_under_which_it_travels() {
    let result = Result::of(&world(), |s| {
        let truck = s.dispatch(0.0, 1, 1, 1);
        s.set_aside(0.0, truck, Aside::Held);
        s.trucks[truck].organisation = 0;
        s.with(30.0, truck, Recorder::reconsigned);
        s.pass(truck, GATE, [30.0, 30.0, 60.0]);
        let held = s.dispatch(60.0, 1, 0, 1);
        s.set_aside(60.0, held, Aside::Held);
        s.finish(1440.0);
    });
    let of = |organisation, column| result.at("organisations", organisation, column);
    assert_eq!((of(0, "dispatched_trucks"), of(1, "dispatched_trucks")), (0.0, 2.0));
    assert_eq!((of(0, "delivered_tonnes"), of(1, "delivered_tonnes")), (20.0, 0.0));
    assert_eq!((of(0, "reconsigned_trucks"), of(1, "reconsigned_trucks")), (0.0, 1.0));
    assert_eq!((of(0, "backlog_trucks"), of(1, "backlog_trucks")), (0.0, 1.0));
    near(of(0, "delivery_time_p50_h"), 1.0);
    assert!(of(1, "delivery_time_mean_h").is_nan());
    assert_eq!(result.response("reconsigned_trucks"), 1.0);
    let held = (0..result.rows("backlog"))
        .find(|&row| result.word("backlog", row, "place") == "held")
        .unwrap();
    assert_eq!(
        (result.at("backlog", held, "trucks"), result.at("backlog", held, "tonnes")),
        (1.0, 20.0)
    );
}

#[test]
fn returns_are_those_out_of_time_and_those_by_outcome() {
    let result = Result::of(&world(), |s| {
        s.convoy(0.0, 1, 3);
        for (truck, cause) in [Cause::TimedOut, Cause::Outcome, Cause::TimedOut].into_iter().enumerate() {
            s.arrive(0.0, truck, GATE);
            s.with(9.0, truck, |o, at, id, t| o.left(at, id, t, Leaves::End(End::Returned)));
            s.with(9.0, truck, |o, at, id, t| o.returned(at, id, t, cause, false));
            s.end(9.0, truck, End::Returned, cause);
        }
        s.finish(1440.0);
    });
    let names = ["returned_trucks", "returns", "timed_out", "returned_by_outcome"];
    assert_eq!(names.map(|name| result.response(name)), [3.0, 3.0, 2.0, 1.0]);
}

#[test]
fn moves_go_from_dispatch_over_stages_to_ends() {
    let result = Result::of(&world(), |s| {
        s.convoy(0.0, 1, 3);
        s.end(0.0, 2, End::Refused, Cause::Plain);
        s.arrive(0.0, 0, GATE);
        s.arrive(0.0, 1, GATE);
        s.start(0.0, 0);
        s.complete(4.0, 0);
        s.leave(4.0, 0, Leaves::Stage(SCAN));
        s.leave(5.0, 1, Leaves::TurnedBack);
        s.arrive(60.0, 1, GATE);
        s.finish(1440.0);
    });
    let moves: Vec<(&str, &str, f64)> = (0..result.rows("flows"))
        .map(|row| {
            let word = |column| result.word("flows", row, column);
            (word("from"), word("to"), result.at("flows", row, "trucks"))
        })
        .collect();
    let expected = [
        ("gate", "scan", 1.0),
        ("gate", "turned_back", 1.0),
        ("dispatched", "gate", 2.0),
        ("dispatched", "refused", 1.0),
        ("turned_back", "gate", 1.0),
    ];
    assert_eq!(moves, expected);
    // To come again is no end.
    assert_eq!(
        (result.response("turned_back_trucks"), result.response("backlog_trucks")),
        (0.0, 2.0)
    );
}

#[test]
fn a_convoy_some_of_whose_trucks_never_follow_is_smaller_and_cleared_all_the_same() {
    let result = Result::of(&world(), |s| {
        s.to.convoy(minute(0.0), 0, 1, 3);
        for truck in 0..2 {
            s.dispatch(0.0, 1, 0, 0);
            s.arrive(0.0, truck, GATE);
        }
        s.to.denied(minute(0.0), 1, 0);
        s.start(0.0, 0);
        s.complete(10.0, 0);
        s.leave(10.0, 0, Leaves::End(End::Delivered));
        s.start(10.0, 1);
        s.complete(30.0, 1);
        s.leave(30.0, 1, Leaves::End(End::Delivered));
        s.finish(1440.0);
    });
    let road = |column| result.at("convoys", 0, column);
    assert_eq!((road("convoys"), road("dispatched_trucks"), road("mean_size")), (1.0, 2.0, 2.0));
    near(road("mean_clearing_min"), 30.0);
    assert_eq!(result.response("denied_trucks"), 1.0);
    assert_eq!([0, 1].map(|row| result.at("organisations", row, "denied_trucks")), [0.0, 1.0]);
}

#[test]
fn a_convoy_that_comes_after_one_of_a_higher_number_keeps_its_own_times() {
    let result = Result::of(&world(), |s| {
        let first = s.convoy(0.0, 2, 1).start;
        s.arrive(0.0, first, GATE);
        let second = s.convoy(5.0, 1, 1).start;
        s.arrive(5.0, second, GATE);
        for (truck, start, end) in [(first, 10.0, 20.0), (second, 25.0, 35.0)] {
            s.start(start, truck);
            s.complete(end, truck);
            s.leave(end, truck, Leaves::End(End::Delivered));
        }
        s.finish(60.0);
    });
    let times = result.row("convoys", 0, ["mean_first_start_min", "mean_clearing_min"]);
    assert_eq!(times, [15.0, 25.0]);
}
