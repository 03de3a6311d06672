//! Waits, queues, lanes.

use super::*;
use crate::model::StageView;

#[test]
fn waits_queue_and_lane_time_of_two_trucks() {
    let result = Result::of(&world(), |s| {
        let trucks = s.convoy(0.0, 1, 2);
        s.arrive(0.0, 0, GATE);
        s.arrive(0.0, 1, GATE);
        s.start(0.0, 0);
        s.complete(4.0, 0);
        s.leave(4.0, 0, Leaves::Stage(SCAN));
        s.start(4.0, 1);
        s.start(4.0, 0);
        s.complete(6.0, 0);
        s.leave(6.0, 0, Leaves::End(End::Delivered));
        s.complete(10.0, 1);
        s.leave(10.0, 1, Leaves::End(End::Rejected));
        s.finish(20.0);
        assert_eq!(trucks, 0..2);
    });
    let gate = |column| result.at("stages", GATE, column);
    assert_eq!((gate("arrivals"), gate("served")), (2.0, 2.0));
    near(gate("mean_wait_min"), 2.0);
    near(gate("wait_p50_min"), 2.0);
    near(gate("wait_p90_min"), 3.6);
    near(gate("max_wait_min"), 4.0);
    near(gate("sd_wait_min"), 8.0_f64.sqrt());
    near(gate("share_waiting"), 0.5);
    // One waits for 4 of 20 minutes; the lane serves for 10.
    near(gate("mean_queue"), 0.2);
    near(gate("max_queue"), 1.0);
    near(gate("mean_present"), 0.7);
    near(gate("mean_time_min"), 7.0);
    near(gate("utilisation"), 0.5);
    near(gate("staffed_h"), 1.0 / 3.0);
    near(gate("unstaffed_h"), 0.0);
    near(result.at("stages", SCAN, "utilisation"), 2.0 / 40.0);
    near(result.at("stage_cargo", 0, "mean_wait_min"), 2.0);
    assert!(result.at("stage_cargo", 1, "mean_wait_min").is_nan());
    assert_eq!(result.response("scanned_trucks"), 1.0);
    assert_eq!(
        (result.response("delivered_trucks"), result.response("rejected_tonnes")),
        (1.0, 20.0)
    );
    near(result.response("delivery_time_max_h"), 0.1);
    near(result.response("last_end_h"), 1.0 / 6.0);
}

#[test]
fn what_happens_after_the_warm_up_counts_whenever_the_truck_came() {
    let mut world = world();
    world.horizon.warm_up = Duration(10 * MINUTE_US);
    let result = Result::of(&world, |s| {
        s.convoy(0.0, 1, 3);
        for truck in 0..3 {
            s.arrive(0.0, truck, GATE);
        }
        // Its wait ends and it leaves before the warm-up does.
        s.start(0.0, 0);
        s.complete(8.0, 0);
        s.leave(8.0, 0, Leaves::End(End::Delivered));
        // Its wait ended before, it leaves after.
        s.start(8.0, 1);
        s.complete(14.0, 1);
        s.leave(14.0, 1, Leaves::End(End::Delivered));
        // Its wait ends after; it is there at the end.
        s.start(14.0, 2);
        s.finish(20.0);
    });
    let gate = |column| result.at("stages", GATE, column);
    assert_eq!((gate("arrivals"), gate("served")), (0.0, 1.0));
    near(gate("mean_wait_min"), 14.0);
    near(gate("mean_time_min"), 14.0);
    near(gate("mean_queue"), 0.4);
    near(gate("utilisation"), 1.0);
    near(gate("staffed_h"), 1.0 / 6.0);
    assert_eq!(
        (result.response("dispatched_trucks"), result.response("delivered_trucks")),
        (0.0, 1.0)
    );
    assert_eq!(result.response("backlog_trucks"), 1.0);
    // Two present for four of the ten minutes, then one.
    near(result.response("mean_backlog_trucks"), 1.4);
    assert_eq!(result.response("max_backlog_trucks"), 2.0);
    near(result.response("delivery_time_mean_h"), 14.0 / 60.0);
}

#[test]
fn overtime_counts_in_numerator_and_denominator() {
    let result = Result::of(&world(), |s| {
        s.to.calendar(minute(0.0), GATE, true);
        s.convoy(0.0, 1, 1);
        s.arrive(0.0, 0, GATE);
        s.start(2.0, 0);
        s.to.calendar(minute(10.0), GATE, false);
        s.complete(15.0, 0);
        s.leave(15.0, 0, Leaves::End(End::Delivered));
        s.finish(60.0);
    });
    let gate = |column| result.at("stages", GATE, column);
    near(gate("staffed_h"), 10.0 / 60.0);
    near(gate("unstaffed_h"), 50.0 / 60.0);
    near(gate("overtime_h"), 5.0 / 60.0);
    near(gate("utilisation"), 13.0 / 15.0);
}

#[test]
fn service_during_a_closure_is_overtime_of_staffed_lanes() {
    let result = Result::of(&world(), |s| {
        s.convoy(0.0, 1, 1);
        s.arrive(0.0, 0, GATE);
        s.start(0.0, 0);
        s.to.security(minute(6.0), &[0.0, 1.0], &[]);
        s.complete(10.0, 0);
        s.leave(10.0, 0, Leaves::End(End::Delivered));
        s.finish(20.0);
    });
    near(result.at("stages", GATE, "overtime_h"), 4.0 / 60.0);
    near(result.at("stages", GATE, "utilisation"), 0.5);
}

#[test]
fn blocked_and_held_lane_time_is_no_service() {
    let result = Result::of(&world(), |s| {
        s.convoy(0.0, 1, 2);
        for truck in 0..2 {
            s.arrive(0.0, truck, SCAN);
            s.start(0.0, truck);
        }
        s.with(3.0, 0, Recorder::paused);
        s.with(5.0, 0, Recorder::resumed);
        s.complete(6.0, 0);
        s.complete(6.0, 1);
        s.leave(6.0, 1, Leaves::End(End::Delivered));
        s.leave(10.0, 0, Leaves::Stage(GATE));
        s.finish(20.0);
    });
    let scan = |column| result.at("stages", SCAN, column);
    // Two lanes over 20 minutes: served 4 + 6, held 2, blocked 4.
    near(scan("utilisation"), 10.0 / 40.0);
    near(scan("held_share"), 2.0 / 40.0);
    near(scan("blocked_share"), 4.0 / 40.0);
    near(scan("mean_present"), 16.0 / 20.0);
    near(scan("mean_time_min"), 8.0);
}

#[test]
fn a_wait_that_ends_without_service_counts_but_not_as_served() {
    let result = Result::of(&world(), |s| {
        s.convoy(0.0, 1, 3);
        for truck in 0..3 {
            s.arrive(0.0, truck, GATE);
        }
        s.leave(0.0, 2, Leaves::End(End::Lost));
        s.start(0.0, 0);
        s.leave(20.0, 1, Leaves::End(End::Expired));
        s.complete(30.0, 0);
        s.leave(30.0, 0, Leaves::End(End::Delivered));
        s.finish(40.0);
    });
    let gate = |column| result.at("stages", GATE, column);
    assert_eq!(
        (gate("arrivals"), gate("served"), gate("lost"), gate("expired")),
        (3.0, 1.0, 1.0, 1.0)
    );
    near(gate("mean_wait_min"), 10.0);
    near(gate("mean_wait_served_min"), 0.0);
    near(gate("share_waiting"), 0.5);
    // The lost one was there for no time.
    near(gate("max_queue"), 1.0);
    assert_eq!(
        (result.at("stage_cargo", 0, "lost"), result.at("stage_cargo", 0, "expired")),
        (1.0, 1.0)
    );
}

#[test]
fn unlimited_lanes_have_no_utilisation() {
    let mut world = world();
    world.stages[GATE].lanes = None;
    let result = Result::of(&world, |s| {
        s.convoy(0.0, 1, 1);
        s.pass(0, GATE, [0.0, 0.0, 5.0]);
        s.finish(10.0);
    });
    let gate = |column| result.at("stages", GATE, column);
    assert!(
        ["utilisation", "blocked_share", "held_share", "down_share"]
            .into_iter()
            .all(|c| gate(c).is_nan())
    );
    near(gate("mean_present"), 0.5);
}

#[test]
fn the_first_visits_are_numbered_by_arrival_from_the_start() {
    let mut world = world();
    world.observe.first = vec![1, 2, 3, 4];
    world.horizon.warm_up = Duration(60 * MINUTE_US);
    let result = Result::of(&world, |s| {
        s.convoy(0.0, 1, 3);
        for truck in 0..3 {
            s.arrive(0.0, truck, GATE);
        }
        s.start(3.0, 0);
        s.leave(5.0, 1, Leaves::End(End::Expired));
        s.complete(9.0, 0);
        s.leave(9.0, 0, Leaves::End(End::Delivered));
        s.start(9.0, 2);
        s.finish(90.0);
    });
    let row = |n: usize, column| result.at("first_trucks", n - 1, column);
    assert_eq!(row(1, "wait_min"), 3.0);
    assert!(row(2, "wait_min").is_nan());
    assert_eq!(row(3, "wait_min"), 9.0);
    near(row(3, "mean_wait_min"), 6.0);
    assert!(row(4, "wait_min").is_nan() && row(4, "mean_wait_min").is_nan());
    assert_eq!((result.rows("first_trucks"), result.word("first_trucks", 4, "stage")), (8, "scan"));
}

#[test]
fn the_mean_of_the_first_is_empty_while_one_waits() {
    let mut world = world();
    world.observe.first = vec![2];
    let result = Result::of(&world, |s| {
        s.convoy(0.0, 1, 2);
        s.arrive(0.0, 0, GATE);
        s.arrive(0.0, 1, GATE);
        s.start(0.0, 1);
        s.finish(30.0);
    });
    assert_eq!(result.at("first_trucks", 0, "wait_min"), 0.0);
    assert!(result.at("first_trucks", 0, "mean_wait_min").is_nan());
}

#[test]
fn observations_are_written_from_the_warm_up_to_the_very_end() {
    let mut world = world();
    world.horizon.warm_up = Duration(30 * MINUTE_US);
    let views = [
        StageView {
            waiting: 5,
            in_service: 1,
            blocked: 2,
            open_lanes: 1,
        },
        StageView::default(),
    ];
    let result = Result::of(&world, |s| {
        for at in [0.0, 30.0, 1440.0] {
            s.to.observation(minute(at), &views);
        }
        s.finish(1440.0);
    });
    assert_eq!(result.rows("observations"), 4);
    assert_eq!(result.at("observations", 0, "time_h"), 0.5);
    assert_eq!(
        (result.at("observations", 2, "time_h"), result.at("observations", 2, "present")),
        (24.0, 8.0)
    );
}

#[test]
fn queue_samples_see_the_state_just_before_the_hour() {
    let result = Result::of(&world(), |s| {
        s.convoy(60.0, 1, 2);
        s.arrive(60.0, 0, GATE);
        s.arrive(60.0, 1, GATE);
        s.start(130.0, 0);
        s.finish(1440.0);
    });
    let grid = result.layout.queue_grid().unwrap();
    assert_eq!((grid.step_h, grid.hours.len()), (1, 25));
    let place = result.layout.position("queue_samples").unwrap();
    assert!(!result.layout.is_written(place));
    let waiting = |stage, hour| result.frames.0[place].columns[grid.column(stage, hour)].real(0);
    let gate: Vec<f64> = [0, 1, 2, 3, 24].into_iter().map(|hour| waiting(GATE, hour)).collect();
    assert_eq!(gate, [0.0, 0.0, 2.0, 1.0, 1.0]);
    assert_eq!(waiting(SCAN, 24), 0.0);
}

#[test]
fn in_long_runs_a_day_tells_its_greatest_queue_though_nobody_waits_at_midnight() {
    let mut long = world();
    long.horizon.length = crate::time::Duration(61 * crate::time::DAY_US);
    let result = Result::of(&long, |s| {
        s.convoy(60.0, 1, 3);
        (0..3).for_each(|truck| s.arrive(60.0, truck, GATE));
        s.start(130.0, 0);
        s.start(185.0, 1);
        s.start(185.0, 2);
        s.finish(61.0 * 1440.0);
    });
    let grid = result.layout.queue_grid().unwrap();
    assert_eq!((grid.step_h, grid.hours.len(), grid.hours[60]), (24, 61, 60 * 24));
    let place = result.layout.position("queue_samples").unwrap();
    let waiting = |hour| result.frames.0[place].columns[grid.column(GATE, hour)].real(0);
    assert_eq!([waiting(0), waiting(1), waiting(60)], [3.0, 0.0, 0.0]);
}
