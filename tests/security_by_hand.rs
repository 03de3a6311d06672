//! Small worlds worked out by hand: exposure, warnings, diversion, and where security meets the rest.

mod support;

use rafah::scenario::End;
use support::{Log, close_to, closed, convoy, dated, hand_world, incidents, run, singles};

fn hand(rest: &str) -> Log {
    run(&hand_world(4, rest), 1, 1)
}

fn exposed(log: &Log) -> Vec<&str> {
    log.said("exposed")
}

#[test]
fn trucks_waiting_served_blocked_and_outside_are_exposed_where_security_leaves_a_stage_open() {
    // At 30: one in the lane of b, one blocked in a, two in the yard of a and one outside it; c is closed.
    let stages = "[stage.a]\nlanes = 1\nservice = \"10min\"\nqueue = { capacity = 2 }\n[stage.b]\nlanes = 1\nservice = \"2h\"\nqueue = { capacity = 0 }\n";
    let world = |closures: &str| hand(&(convoy(0, 5) + stages + &incidents(&[30], ", weight = 3") + closures));
    assert_eq!(exposed(&world("")), ["exposed 5 weighted 15 lost 0"]);
    let a = world(&closed(5, 60, "scope = [\"a\"]"));
    assert_eq!(exposed(&a), ["exposed 1 weighted 3 lost 0"], "the blocked truck stands at a");
    let b = world(&closed(5, 60, "scope = [\"b\"]"));
    // Nobody starts at b; truck 1 is blocked in a.
    assert_eq!(exposed(&b), ["exposed 5 weighted 15 lost 0"]);
    assert_eq!(exposed(&world(&closed(5, 60, ""))), ["exposed 0 weighted 0 lost 0"]);
    assert_eq!(exposed(&world(&closed(5, 60, "capacity = 0.2"))), ["exposed 5 weighted 15 lost 0"]);
}

#[test]
fn exposure_is_taken_before_the_response_to_the_incident_itself() {
    let stage = "[stage.a]\nlanes = 1\nservice = \"2h\"\n[policy]\nresponse.major = { capacity = 0, for = \"3h\" }\n";
    let log = hand(&(convoy(0, 4) + stage + &incidents(&[30, 60], "")));
    assert_eq!(exposed(&log), ["exposed 4 weighted 4 lost 0", "exposed 0 weighted 0 lost 0"]);
}

#[test]
fn a_yard_at_night_is_exposed_and_so_are_those_on_a_trip_whatever_is_closed() {
    let calendar = "[calendar.day]\nsun-sat = \"08:00-16:00\"\n[stage.a]\nlanes = 1\nservice = \"2h\"\ncalendar = \"day\"\n";
    assert_eq!(
        exposed(&hand(&(convoy(0, 4) + calendar + &incidents(&[30], "")))),
        ["exposed 4 weighted 4 lost 0"]
    );
    let escort = "[escort.onward]\nsize = { min = 2, max = 2 }\ntrip = \"1h\"\n";
    let log = hand(&(convoy(0, 3) + escort + &incidents(&[30], "") + &closed(10, 90, "")));
    assert_eq!(exposed(&log), ["exposed 2 weighted 2 lost 0"]);
}

#[test]
fn what_is_lost_leaves_queue_lane_and_trip_at_once() {
    let stages = "[stage.a]\nlanes = 1\nservice = \"10min\"\nqueue = { capacity = 2 }\n[stage.b]\nlanes = 1\nservice = \"2h\"\nqueue = { capacity = 0 }\n";
    let log = hand(&(convoy(0, 5) + stages + &incidents(&[30], ", loss = 1.0") + &singles(&[31]).replace("convoy.trucks", "convoy.late")));
    assert_eq!(log.ended(End::LostToIncident), [1, 2, 3, 4, 5]);
    close_to(&log.when("truck 6 starts")[..1], &[31.0]);
    let escort = "[resource.team]\ncount = 1\n[escort.onward]\nteams = \"team\"\nsize = { min = 2, max = 2 }\ntrip = \"1h\"\n";
    let log = hand(&(convoy(0, 2) + &convoy(40, 2).replace("convoy.trucks", "convoy.late") + escort + &incidents(&[30], ", loss = 1.0")));
    assert_eq!(log.ended(End::LostToIncident), [1, 2]);
    // The empty convoy still comes to its end, and its team with it.
    close_to(&log.when("truck 3 starts"), &[60.0]);
}

#[test]
fn nobody_starts_between_the_losses_of_an_incident_and_its_response() {
    // The truck in the lane is lost (or not) at 30, and the response closes at 30: whoever follows starts at the reopening.
    let stage = "[stage.a]\nlanes = 1\nservice = \"2h\"\n[policy]\nresponse.major = { capacity = 0, for = \"3h\" }\n";
    let text = hand_world(4, &(convoy(0, 4) + stage + &incidents(&[30], ", loss = 0.5")));
    let some = (1..30)
        .map(|seed| run(&text, seed, 1))
        .find(|log| log.ended(End::LostToIncident).first() == Some(&1));
    let log = some.expect("the first truck is lost under some seed");
    let starts = log.starts_in_time(0);
    assert!(starts.len() < 2 || starts[1] >= 210.0, "{starts:?}");
}

#[test]
fn the_share_that_is_lost_is_right_in_the_mean() {
    let text = hand_world(
        4,
        &(convoy(0, 10) + "[stage.a]\nlanes = 1\nservice = \"2h\"\n" + &incidents(&[30], ", loss = 0.3")),
    );
    let lost: usize = (1..=400).map(|r| run(&text, 9, r).ended(End::LostToIncident).len()).sum();
    assert!((lost as f64 / 4000.0 - 0.3).abs() < 4.0 * (0.21_f64 / 4000.0).sqrt(), "{lost}");
}

fn closings(log: &Log) -> Vec<f64> {
    log.when("capacities [0.0]")
}

#[test]
fn a_warning_closes_before_its_incident_and_false_alarms_close_too() {
    let rule = |hit: &str, alarms: &str| {
        format!(
            "[stage.a]\nlanes = 1\nservice = \"2h\"\n[policy]\nprecaution = {{ hit = {hit}, lead = \"2h\", false_alarms = \"{alarms}\", capacity = 0, for = \"3h\" }}\n"
        )
    };
    let at = incidents(&[30, 600], "");
    let warned = hand(&(convoy(550, 2) + &rule("1.0", "0/d") + &at));
    // Of the first only at the start; of the second from 480 to 660: the trucks of 550 start then, and are not exposed.
    close_to(&closings(&warned), &[0.0, 480.0]);
    close_to(&warned.when("capacities [1.0]"), &[180.0, 660.0]);
    assert_eq!(exposed(&warned)[1], "exposed 0 weighted 0 lost 0");
    assert!(closings(&hand(&(convoy(550, 2) + &rule("0.0", "0/d") + &at))).is_empty());
    // Alarms that nothing follows: 12 a day in four days, each of its own.
    let text = hand_world(4, &(convoy(550, 2) + &rule("0.0", "12/d").replace("\"3h\"", "\"1min\"")));
    let n: usize = (1..=100).map(|r| closings(&run(&text, 5, r)).len()).sum();
    assert!((n as f64 / 100.0 - 48.0).abs() < 4.0 * (48.0_f64 / 100.0).sqrt(), "{n}");
}

fn diversion(more: &str) -> String {
    format!("[policy]\ndiversion = {{ after = \"1h\", delay = \"30min\", {more} }}\n")
}

#[test]
fn trucks_that_wait_at_a_closed_stage_go_another_way_oldest_first_up_to_the_cap_of_the_day() {
    let stage = "[stage.a]\nlanes = 1\nservice = \"10min\"\n";
    let log =
        hand(&(singles(&[10, 20, 30, 40]) + stage + &closed(0, 4000, "") + &diversion("to = \"elsewhere\", share = 1.0, daily_cap = 1")));
    // At 60, 1500 and 2940, one each; the stage opens at 4000.
    let diverted: Vec<(u32, f64)> = log.ends.iter().filter(|e| e.2 == End::Diverted).map(|e| (e.0, e.1)).collect();
    assert_eq!(diverted, [(1, 90.0), (2, 1530.0), (3, 2970.0)]);
    close_to(&log.when("truck 4 starts"), &[4000.0]);
}

#[test]
fn a_diversion_to_a_stage_brings_its_trucks_there() {
    let stages = "[stage.a]\nlanes = 1\nservice = \"10min\"\nnext = \"c\"\n[stage.b]\nlanes = 1\nservice = \"1h\"\n[stage.c]\nlanes = 1\nservice = \"1min\"\n";
    let stages = stages.replace("[stage.b]", "outcome.b = { probability = 0.5, to = \"b\" }\n[stage.b]");
    let log = hand(&(convoy(10, 2) + &stages + &closed(0, 4000, "scope = [\"a\"]") + &diversion("to = \"b\", share = 1.0")));
    close_to(&log.starts(1), &[90.0, 150.0]);
    assert_eq!(log.ended(End::Delivered), [1, 2]);
    assert!(log.starts(0).is_empty());
}

#[test]
fn a_share_of_the_waiting_trucks_is_rounded_at_random() {
    // Half of five trucks: two or three, equally often.
    let text = hand_world(
        4,
        &(convoy(10, 5)
            + "[stage.a]\nlanes = 1\nservice = \"10min\"\n"
            + &closed(0, 200, "")
            + &diversion("to = \"elsewhere\", share = 0.5")),
    );
    let n: Vec<usize> = (1..=400).map(|r| run(&text, 2, r).ended(End::Diverted).len()).collect();
    assert!(n.iter().all(|n| *n == 2 || *n == 3));
    let mean = n.iter().sum::<usize>() as f64 / 400.0;
    assert!((mean - 2.5).abs() < 4.0 * 0.5 / 20.0, "{mean}");
}

// Where parts meet.

#[test]
fn a_truck_that_was_turned_back_in_its_first_service_is_screened_when_it_has_had_one() {
    let stage = "[stage.a]\nlanes = 1\nservice = \"20min\"\nat_closure = \"turn_back\"\nreturn_delay = \"1h\"\n";
    let text = hand_world(4, &(singles(&[0]) + stage + &closed(10, 20, ""))).replace("tonnes = 20 }", "tonnes = 20 }\nrestricted = 1.0");
    let log = run(&text, 1, 1);
    assert_eq!(log.ends, [(1, 90.0, End::Rejected)]);
}

#[test]
fn convoys_that_waited_for_the_reopening_go_before_one_that_is_due_then() {
    let trucks = singles(&[30, 60]).replace("size = 1", "size = 1\nwhen_closed = \"wait\"");
    let log = hand(&(trucks + "[stage.a]\nlanes = 1\nservice = \"20min\"\n" + &closed(10, 60, "")));
    assert_eq!(log.said("convoy"), ["convoy 0/1 of 1", "convoy 0/2 of 1"]);
    close_to(&log.starts(0), &[60.0, 80.0]);
}

#[test]
fn a_closure_that_begins_inside_the_window_stops_those_whom_it_does_not_name() {
    let policy = "[policy]\nresponse.major = { capacity = 0, for = \"2h\" }\nat_closure = \"hold\"\nwindow = { hours = \"03:00-04:00\", cargo = [\"medical\"] }\n";
    let trucks = convoy(175, 2).replace("size = 2", "size = 2\ncargo = { cycle = [\"goods\", \"medical\"] }");
    let rest = trucks + "[stage.a]\nlanes = 2\nservice = \"20min\"\n" + policy + &incidents(&[185], "");
    let text = hand_world(4, &rest).replace("[organisation.all]", "[cargo.medical]\nload = { tonnes = 5 }\n[organisation.all]");
    let log = run(&text, 1, 1);
    // The incident is at 185, the window until 240, the closure until 305: goods have had 10 of 20 minutes.
    close_to(&log.leavings(0), &[315.0, 195.0]);
}

#[test]
fn blocked_trucks_keep_their_lanes_under_partial_capacity() {
    // Both trucks of a are served by 10; one goes on to b, one is blocked until 130. With half the lanes of a from 20 on, it counts as
    // the one that stays: a third truck waits.
    let stages = "[stage.a]\nlanes = 2\nservice = \"10min\"\nat_closure = \"hold\"\n[stage.b]\nlanes = 1\nservice = \"2h\"\nqueue = { capacity = 0 }\n";
    let log = hand(&(singles(&[0, 0, 30]) + stages + &closed(20, 600, "capacity = 0.5\nscope = [\"a\"]")));
    close_to(&log.starts(0), &[0.0, 0.0, 130.0]);
}

#[test]
fn a_stream_with_a_limit_lets_a_run_stop_when_empty() {
    let stream = "[convoy.trucks]\nlimit = 2\narrivals = { process = \"schedule\", times = [\"06:00\"] }\nsize = 1\n[stage.a]\nlanes = 1\nservice = \"10min\"\n";
    let text = hand_world(4, stream).replace("length = \"4d\"", "length = \"4d\"\nstop = \"when_empty\"");
    let log = run(&text, 1, 1);
    assert_eq!(log.lines.last().map(|l| l.0.as_minutes()), Some(1810.0));
}

#[test]
fn a_stage_that_feeds_itself_moves_on_where_its_only_lane_is_its_only_place() {
    let stage = "[stage.a]\nlanes = 1\nservice = \"10min\"\nqueue = { capacity = 0 }\noutcome.again = { every = 2, to = \"a\" }\n";
    let log = hand(&(singles(&[0, 5]) + stage));
    // Services end at 10 (truck 1, on), 20 (truck 2, again), 30 (truck 2, on).
    assert_eq!(log.ended(End::Delivered), [1, 2]);
    close_to(&log.ends.iter().map(|e| e.1).collect::<Vec<_>>(), &[10.0, 30.0]);
}

#[test]
fn one_regime_that_leads_nowhere_is_a_poisson_process() {
    let one = "[security.incidents]\nprocess = \"regimes\"\nregime.calm = { stay = \"1d\", rate = \"6/d\" }\n";
    let text = hand_world(4, &(singles(&[0]) + "[stage.a]\nlanes = 1\nservice = \"10min\"\n" + one));
    let n: usize = (1..=200).map(|r| run(&text, 4, r).when("incident").len()).sum();
    assert!((n as f64 / 200.0 - 24.0).abs() < 4.0 * (24.0_f64 / 200.0).sqrt(), "{n}");
    assert_eq!(dated(0), "2026-01-01T00:00:00");
}
