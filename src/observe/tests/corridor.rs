//! Escorts, resources, lanes that fail or make way, developments, the timeline.

use super::*;

fn uncertain(name: &str) -> Driver {
    Driver {
        name: name.to_owned(),
        title: String::new(),
        probability: 0.5,
        when: Moment {
            from: Time::ZERO,
            delay: None,
        },
        after: None,
        lasts: None,
        level: 1.0,
        effects: Vec::new(),
    }
}

/// The world with an escort in place of `scan`, a resource `team` of 4, two drivers and a contingent.
fn surrounded() -> Scenario {
    let mut world = world();
    let forever = Law::constant(0.0);
    world.stages[SCAN].lanes = None;
    world.stages[SCAN].escort = Some(Box::new(Escort {
        teams: Some(ResourceId(0)),
        vehicles: None,
        size_min: 1,
        size_max: CountLaw::constant(20),
        max_wait: None,
        clearance: Clearance {
            approved: 1.0,
            delayed: None,
            impeded: None,
            denied: None,
            postponed: None,
        },
        trip: forever.clone(),
        return_time: forever,
        intercepted: None,
    }));
    world.resources = vec![Resource {
        name: "team".to_owned(),
        count: 4,
        calendar: None,
    }];
    world.drivers = vec![uncertain("oversight"), uncertain("sanctions")];
    world.contingents = vec![Contingent {
        name: "indonesia".to_owned(),
        troops: 1000.0,
        probability: 1.0,
        arrives: Moment {
            from: Time::ZERO,
            delay: None,
        },
        build_up: Duration::ZERO,
        effectiveness: 1.0,
    }];
    world
}

fn trip(trucks: u32, [oldest, requested, departed]: [f64; 3], intercepted: u32) -> Trip {
    Trip {
        trucks,
        full: trucks == 20,
        vehicles: trucks + 1,
        grams: i64::from(trucks) * 18_000_000,
        pallets: 22.5,
        oldest: minute(oldest),
        requested: minute(requested),
        departed: minute(departed),
        intercepted,
    }
}

#[test]
fn an_escort_tells_its_answers_and_its_trips() {
    let result = Result::of(&surrounded(), |s| {
        use Answer::{Approved, Delayed, Denied, Impeded, Postponed};
        for answer in [Approved, Denied, Impeded, Approved, Delayed, Postponed, Approved] {
            s.to.answered(minute(60.0), SCAN, answer);
        }
        s.to.trip(minute(300.0), SCAN, &trip(20, [0.0, 60.0, 180.0], 0));
        s.to.trip(minute(300.0), SCAN, &trip(10, [200.0, 230.0, 230.0], 3));
        s.finish(1440.0);
    });
    assert_eq!((result.rows("escorts"), result.word("escorts", 0, "escort")), (1, "scan"));
    let answers = ["requests", "approved", "delayed", "impeded", "denied", "postponed"];
    assert_eq!(result.row("escorts", 0, answers), [7.0, 3.0, 1.0, 1.0, 1.0, 1.0]);
    let trips = ["trips", "trucks", "mean_size", "full_share", "interceptions", "intercepted_trucks"];
    assert_eq!(result.row("escorts", 0, trips), [2.0, 30.0, 15.0, 0.5, 1.0, 3.0]);
    // 180 and 30 minutes of gathering; 120 and 0 minutes from the first request.
    assert_eq!(
        result.row("escorts", 0, ["mean_gathering_min", "mean_clearance_min"]),
        [105.0, 60.0]
    );
    assert_eq!(result.row("escorts", 0, ["vehicles", "tonnes", "pallets"]), [32.0, 540.0, 45.0]);
}

#[test]
fn gathering_is_waiting_and_only_the_first_departure_ends_the_wait() {
    let result = Result::of(&surrounded(), |s| {
        s.convoy(0.0, 1, 1);
        s.arrive(0.0, 0, SCAN);
        s.start(10.0, 0);
        // Impeded: it turns round and gathers again.
        s.with(20.0, 0, Recorder::put_back);
        s.with(30.0, 0, Recorder::taken_up);
        s.complete(50.0, 0);
        s.leave(50.0, 0, Leaves::End(End::Intercepted));
        s.finish(100.0);
    });
    assert_eq!(
        result.row("stages", SCAN, ["mean_wait_min", "mean_wait_served_min", "max_queue"]),
        [10.0, 10.0, 1.0]
    );
    near(result.at("stages", SCAN, "mean_queue"), 0.2);
    near(result.at("stages", SCAN, "mean_present"), 0.5);
    assert!(result.at("stages", SCAN, "utilisation").is_nan() && result.at("stages", SCAN, "down_share").is_nan());
    assert_eq!(result.response("intercepted_trucks"), 1.0);
}

#[test]
fn a_truck_that_was_put_back_may_leave_the_queue() {
    let result = Result::of(&world(), |s| {
        s.convoy(0.0, 1, 2);
        for truck in 0..2 {
            s.arrive(0.0, truck, GATE);
        }
        s.start(4.0, 0);
        s.with(6.0, 0, Recorder::paused);
        s.with(8.0, 0, Recorder::put_back);
        s.leave(10.0, 0, Leaves::End(End::Expired));
        s.start(10.0, 1);
        s.complete(12.0, 1);
        s.leave(12.0, 1, Leaves::End(End::Delivered));
        s.finish(20.0);
    });
    let gate = |column| result.at("stages", GATE, column);
    // Waits of 4 and 10 minutes; the second stay in the queue is none of them.
    near(gate("mean_wait_min"), 7.0);
    near(gate("mean_queue"), (4.0 + 10.0 + 2.0) / 20.0);
    near(gate("held_share"), 2.0 / 20.0);
    near(gate("utilisation"), 4.0 / 20.0);
    assert_eq!((gate("served"), gate("expired")), (1.0, 1.0));
}

#[test]
fn lanes_under_repair_are_a_share_of_staffed_lane_time() {
    let result = Result::of(&world(), |s| {
        s.to.calendar(minute(0.0), SCAN, true);
        s.to.lanes_down(minute(10.0), SCAN, 1, true);
        s.to.lanes_down(minute(20.0), SCAN, 2, true);
        s.to.lanes_down(minute(30.0), SCAN, 1, false);
        // The last repair goes on into the night, which is no staffed time.
        s.to.calendar(minute(50.0), SCAN, false);
        s.to.lanes_down(minute(70.0), SCAN, 0, false);
        s.finish(100.0);
    });
    near(result.at("stages", SCAN, "down_share"), (10.0 + 20.0 + 20.0) / 100.0);
    assert_eq!(result.at("stages", SCAN, "failures"), 2.0);
    assert_eq!(result.row("stages", GATE, ["down_share", "failures"]), [0.0, 0.0]);
}

#[test]
fn a_resource_is_used_in_part_and_use_beyond_what_is_there_counts_in_both() {
    let result = Result::of(&surrounded(), |s| {
        s.to.resource(minute(20.0), 0, 2, 4, 0);
        s.to.resource(minute(60.0), 0, 4, 4, 3);
        // Its calendar closes: two teams are still under way.
        s.to.resource(minute(80.0), 0, 2, 0, 3);
        s.finish(100.0);
    });
    assert_eq!(
        (result.word("resources", 0, "resource"), result.at("resources", 0, "count")),
        ("team", 4.0)
    );
    near(
        result.at("resources", 0, "mean_in_use"),
        (2.0 * 40.0 + 4.0 * 20.0 + 2.0 * 20.0) / 100.0,
    );
    near(result.at("resources", 0, "utilisation"), 200.0 / (4.0 * 80.0 + 2.0 * 20.0));
    near(result.at("resources", 0, "mean_waiting"), 1.2);
}

#[test]
fn developments_tell_whether_when_and_how_large() {
    let result = Result::of(&surrounded(), |s| {
        s.to.contingent(minute(0.0), 0);
        s.to.driver(minute(120.0), 0, Some(&[0.8, 1.25]));
        s.to.driver(minute(720.0), 0, None);
        s.finish(1440.0);
    });
    let row = |name: &str| result.find("drivers", "driver", name);
    assert_eq!(
        result.row("drivers", row("oversight"), ["happened", "when_h", "end_h", "size"]),
        [1.0, 2.0, 12.0, 0.8]
    );
    assert_eq!(result.word("drivers", row("oversight"), "sizes"), "0.8;1.25");
    let [happened, when, end, size] = result.row("drivers", row("sanctions"), ["happened", "when_h", "end_h", "size"]);
    assert!(happened == 0.0 && when.is_nan() && end.is_nan() && size.is_nan());
    let contingent = result.row("drivers", row("contingent.indonesia"), ["happened", "when_h"]);
    assert_eq!(contingent, [1.0, 0.0]);
}

#[test]
fn the_timeline_tells_changes_and_queues_in_order_of_time() {
    let tell = |s: &mut Script<Recorder>| {
        s.to.calendar(minute(0.0), GATE, true);
        s.to.driver(minute(0.0), 1, Some(&[]));
        s.convoy(30.0, 1, 2);
        s.arrive(30.0, 0, GATE);
        s.arrive(30.0, 1, GATE);
        s.to.security(minute(60.0), &[0.5, 1.0], &[]);
        s.to.driver(minute(90.0), 1, None);
        s.finish(120.0);
    };
    let mut world = surrounded();
    world.horizon.length = Duration(2 * HOUR_US);
    let result = Result::of(&world, tell);
    let told: Vec<(f64, &str, &str, &str)> = (0..result.rows("timeline"))
        .map(|row| {
            let word = |column| result.word("timeline", row, column);
            (result.at("timeline", row, "time_h"), word("what"), word("name"), word("state"))
        })
        .collect();
    let expected = [
        (0.0, "waiting", "gate", "0"),
        (0.0, "waiting", "scan", "0"),
        (0.0, "calendar", "gate", "open"),
        (0.0, "driver", "sanctions", "begins"),
        (1.0, "waiting", "gate", "2"),
        (1.0, "waiting", "scan", "0"),
        (1.0, "capacity", "gate", "0.5"),
        (1.5, "driver", "sanctions", "over"),
        (2.0, "waiting", "gate", "2"),
        (2.0, "waiting", "scan", "0"),
    ];
    assert_eq!(told, expected);
}

#[test]
fn tables_without_a_subject_are_not_kept_unless_asked_for() {
    let about = ["escorts", "resources", "hubs", "drivers", "regimes"];
    let plan = Plan::compile(&world());
    let all = Layout::new(&[&plan], None).unwrap();
    assert!(about.into_iter().all(|name| all.position(name).is_none()));
    assert!(all.position("timeline").is_some());
    let asked = Layout::new(&[&plan], Some(&["hubs".to_owned()])).unwrap();
    assert!(asked.position("hubs").is_some());
    let both = Layout::new(&[&plan, &Plan::compile(&surrounded())], None).unwrap();
    assert!(both.position("escorts").is_some() && both.position("hubs").is_none());
}
