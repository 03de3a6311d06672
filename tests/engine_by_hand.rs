//! Small worlds worked out by hand: services, lanes, yards and closures.

mod support;

use rafah::scenario::End;
use support::{Log, hand_world, run, singles};

/// A world of two days.
fn world(rest: &str) -> String {
    hand_world(2, rest)
}

/// A closure between two minutes of the first day.
fn closed(from: u32, to: u32, more: &str) -> String {
    let clock = |m: u32| format!("2026-01-01T{:02}:{:02}:00", m / 60, m % 60);
    format!(
        "[closure.c]\nprocess = \"schedule\"\nspells = [{{ from = {}, to = {} }}]\n{more}\n",
        clock(from),
        clock(to)
    )
}

fn hand(rest: &str) -> Log {
    run(&world(rest), 1, 1)
}

fn mean_wait(log: &Log) -> f64 {
    let waits: Vec<f64> = log.at(0).iter().filter_map(|v| v.started.map(|s| s - v.arrived)).collect();
    waits.iter().sum::<f64>() / waits.len() as f64
}

fn close_to(a: &[f64], b: &[f64]) {
    assert!(
        a.len() == b.len() && a.iter().zip(b).all(|(x, y)| (x - y).abs() < 1e-7),
        "{a:?} is not {b:?}"
    );
}

#[test]
fn the_rule_for_services_under_way_decides_when_the_last_truck_leaves() {
    // One bay, a truck every ten minutes, inspection 15 minutes, closed from 40 to 70.
    let arrivals: Vec<u32> = (0..10).map(|i| 10 * i).collect();
    for (rule, third, fourth, last, wait) in [
        ("finish", 45.0, 70.0, 175.0, 40.0),
        ("hold", 75.0, 75.0, 180.0, 43.5),
        ("restart", 85.0, 85.0, 190.0, 50.5),
    ] {
        let stage = format!("[stage.bay]\nlanes = 1\nservice = \"15min\"\nat_closure = \"{rule}\"\n");
        let log = hand(&(singles(&arrivals) + &stage + &closed(40, 70, "")));
        let leavings = log.leavings(0);
        close_to(
            &[leavings[2], log.starts(0)[3], leavings[9], mean_wait(&log)],
            &[third, fourth, last, wait],
        );
    }
}

#[test]
fn under_partial_capacity_the_services_that_began_last_stop() {
    let stage = |rule: &str| format!("[stage.bay]\nlanes = 4\nservice = \"60min\"\nat_closure = \"{rule}\"\n");
    let arrivals = singles(&[0, 1, 2, 3, 5]);
    let half = closed(10, 30, "capacity = 0.5");
    let held = hand(&(arrivals.clone() + &stage("hold") + &half));
    close_to(&held.leavings(0), &[60.0, 61.0, 82.0, 83.0, 120.0]);
    let restarted = hand(&(arrivals.clone() + &stage("restart") + &half));
    close_to(&restarted.leavings(0), &[60.0, 61.0, 90.0, 90.0, 120.0]);
    let turned = hand(&(arrivals.clone() + &stage("turn_back") + &half));
    assert_eq!(turned.ended(End::TurnedBack), [3, 4]);
    close_to(&turned.leavings(0), &[60.0, 61.0, 10.0, 10.0, 90.0]);
    // With `finish` nobody stops, and nobody starts while as many as stay are busy: two of four until minute 70.
    let finished = hand(&(arrivals + &stage("finish") + &closed(10, 70, "capacity = 0.5")));
    close_to(&finished.starts(0), &[0.0, 1.0, 2.0, 3.0, 62.0]);
}

#[test]
fn seven_tenths_of_ten_lanes_are_seven() {
    let convoy = "[convoy.trucks]\narrivals = { process = \"schedule\", at = [2026-01-01T00:10:00] }\nsize = 10\n[stage.bay]\nlanes = 10\nservice = \"10min\"\n";
    let log = hand(&(convoy.to_owned() + &closed(0, 60, "capacity = 0.7")));
    assert_eq!(log.starts(0).iter().filter(|s| (**s - 10.0).abs() < 1e-9).count(), 7);
    assert_eq!(log.starts(0).iter().filter(|s| (**s - 20.0).abs() < 1e-9).count(), 3);
}

#[test]
fn a_service_that_ends_at_the_instant_of_the_closure_is_complete() {
    let stage = "[stage.bay]\nlanes = 1\nservice = \"40min\"\nat_closure = \"turn_back\"\n";
    let log = hand(&(singles(&[0, 1]) + stage + &closed(40, 70, "")));
    close_to(&log.leavings(0), &[40.0, 110.0]);
    assert!(log.ended(End::TurnedBack).is_empty());
}

#[test]
fn closures_that_touch_are_one_and_nothing_starts_between_them() {
    let stage = "[stage.bay]\nlanes = 1\nservice = \"5min\"\n";
    let second = closed(30, 60, "").replace("closure.c", "closure.d");
    let log = hand(&(singles(&[12]) + stage + &closed(10, 30, "") + &second));
    close_to(&log.starts(0), &[60.0]);
}

#[test]
fn a_closure_that_begins_as_the_calendar_opens_lets_nothing_start() {
    let calendar = "[calendar.day]\nsun-sat = \"08:00-16:00\"\n";
    let stage = "[stage.bay]\nlanes = 1\nservice = \"5min\"\ncalendar = \"day\"\n";
    let log = hand(&(singles(&[60]) + calendar + stage + &closed(480, 540, "")));
    close_to(&log.starts(0), &[540.0]);
}

#[test]
fn what_is_held_by_a_closure_goes_on_only_when_the_calendar_is_open_too() {
    // Started 15:50, held by closing at 16:00 with 50 minutes to go; closed by security next day from 8:00 to 9:00.
    let calendar = "[calendar.day]\nsun-sat = \"08:00-16:00\"\n";
    let stage = "[stage.bay]\nlanes = 1\nservice = \"60min\"\ncalendar = \"day\"\nat_close = \"hold\"\nat_closure = \"hold\"\n";
    let closure = "[closure.c]\nprocess = \"schedule\"\nspells = [{ from = 2026-01-02T08:00:00, to = 2026-01-02T09:00:00 }]\n";
    let log = hand(&(singles(&[950]) + calendar + stage + closure));
    close_to(&log.leavings(0), &[1440.0 + 540.0 + 50.0]);
}

#[test]
fn last_start_keeps_services_from_starting_late_and_overtime_finishes() {
    let calendar = "[calendar.day]\nsun-sat = \"08:00-16:00\"\n";
    let stage = "[stage.bay]\nlanes = 1\nservice = \"50min\"\ncalendar = \"day\"\nlast_start = \"30min\"\n";
    let log = hand(&(singles(&[929, 931]) + calendar + stage));
    close_to(&log.leavings(0), &[979.0, 1440.0 + 480.0 + 50.0]);
}

#[test]
fn who_waits_at_the_end_of_the_day_is_returned_but_not_at_the_lunch_break() {
    let calendar = "[calendar.day]\nsun-sat = [\"08:00-12:00\", \"13:00-16:00\"]\n";
    let stage = "[stage.bay]\nlanes = 1\nservice = \"60min\"\ncalendar = \"day\"\nqueue_at_close = \"return\"\nqueue = { capacity = 4 }\n";
    let convoy = "[convoy.trucks]\narrivals = { process = \"schedule\", at = [2026-01-01T08:00:00] }\nsize = 12\n";
    let log = hand(&(calendar.to_owned() + stage + convoy));
    assert_eq!(log.ended(End::Delivered), [1, 2, 3, 4, 5, 6, 7]);
    // Four in the yard and one outside it are sent home together.
    assert_eq!(log.ended(End::Returned), [8, 9, 10, 11, 12]);
    assert!(log.ends.iter().filter(|e| e.2 == End::Returned).all(|e| (e.1 - 960.0).abs() < 1e-9));
}

#[test]
fn patience_runs_outside_a_full_first_yard_but_not_while_blocked() {
    let convoy = "[convoy.trucks]\narrivals = { process = \"schedule\", at = [2026-01-01T00:00:00] }\nsize = 4\n";
    let stages = "[stage.a]\nlanes = 1\nservice = \"10min\"\nqueue = { capacity = 1 }\npatience = \"15min\"\n[stage.b]\nlanes = 1\nservice = \"50min\"\nqueue = { capacity = 0 }\npatience = \"1min\"\n";
    let log = hand(&(convoy.to_owned() + stages));
    // Truck 1 is served at a until 10 and at b until 60; truck 2 is served at a until 20 and blocked until 60; trucks 3 and 4 give up at 15.
    assert_eq!(log.ended(End::Expired), [3, 4]);
    close_to(&log.leavings(0), &[10.0, 60.0, 15.0, 15.0]);
    close_to(&log.starts(1), &[10.0, 60.0]);
}

#[test]
fn a_truck_whose_service_can_start_at_its_deadline_is_served() {
    let log = hand(&(singles(&[0, 5]) + "[stage.bay]\nlanes = 1\nservice = \"15min\"\npatience = \"10min\"\n"));
    close_to(&log.starts(0), &[0.0, 15.0]);
}

#[test]
fn shelf_life_strikes_at_once_in_the_yard_and_at_the_end_of_a_service() {
    let base = world(&(singles(&[0, 1]) + "[stage.bay]\nlanes = 1\nservice = \"60min\"\n"))
        .replace("tonnes = 20 }", "tonnes = 20 }\nshelf_life = \"30min\"");
    let log = run(&base, 1, 1);
    assert_eq!(log.ended(End::Expired), [1, 2]);
    close_to(&log.leavings(0), &[60.0, 31.0]);
}

#[test]
fn last_come_is_first_served_where_the_yard_is_a_stack() {
    let log = hand(&(singles(&[0, 1, 2, 3]) + "[stage.bay]\nlanes = 1\nservice = \"10min\"\nqueue = { discipline = \"lifo\" }\n"));
    close_to(&log.starts(0), &[0.0, 30.0, 20.0, 10.0]);
}

#[test]
fn outcomes_in_a_fixed_cycle_take_every_so_manieth_truck() {
    let stages = "[stage.scan]\nlanes = 1\nservice = \"1min\"\noutcome.search = { every = 3, to = \"rejected\" }\n";
    let log = hand(&(singles(&[0, 10, 20, 30, 40, 50, 60]) + stages));
    assert_eq!(log.ended(End::Rejected), [3, 6]);
}

#[test]
fn a_full_yard_further_on_loses_trucks_where_it_says_so() {
    let convoy = "[convoy.trucks]\narrivals = { process = \"schedule\", at = [2026-01-01T00:00:00] }\nsize = 4\n";
    let stages = "[stage.a]\nlanes = 4\nservice = \"10min\"\n[stage.b]\nlanes = 1\nservice = \"50min\"\nqueue = { capacity = 1, when_full = \"lose\" }\n";
    let log = hand(&(convoy.to_owned() + stages));
    assert_eq!(log.ended(End::Lost), [3, 4]);
    close_to(&log.leavings(0), &[10.0; 4]);
}

#[test]
fn turned_back_trucks_come_again_in_their_old_order() {
    let stage = "[stage.bay]\nlanes = 1\nservice = \"20min\"\nat_closure = \"turn_back\"\nqueue_at_closure = \"turn_back\"\nreturn_delay = \"100min\"\n";
    let log = hand(&(singles(&[0, 1, 2, 50]) + stage + &closed(10, 30, "")));
    // Truck 4 comes while the others are away; they come again at 110 and have a whole service to do.
    let last: Vec<f64> = (1..=4)
        .map(|n| log.visits.iter().rfind(|v| v.truck == n).expect("it came").left)
        .collect();
    close_to(&last, &[130.0, 150.0, 170.0, 70.0]);
}

#[test]
fn a_humanitarian_window_serves_only_what_it_names() {
    let cargos = world(
        &(singles(&[100, 101, 102])
            + "[stage.bay]\nlanes = 1\nservice = \"20min\"\n[security.incidents]\nprocess = \"trace\"\nfile = \"i.csv\"\nseverity = { major = { share = 1 } }\n[policy]\nresponse.major = { capacity = 0, for = \"20h\" }\nwindow = { hours = \"03:00-04:00\", cargo = [\"medical\"] }\n"),
    );
    let text = cargos
        .replace(
            "[cargo.goods]\nload = { tonnes = 20 }",
            "[cargo.goods]\nload = { tonnes = 20 }\n[cargo.medical]\nload = { tonnes = 5 }",
        )
        .replace("size = 1", "size = 1\ncargo = { cycle = [\"goods\", \"medical\", \"medical\"] }")
        .replace(
            "process = \"trace\"\nfile = \"i.csv\"",
            "process = \"trace\"\nrows = [{ at = 2026-01-01T01:00:00, severity = \"major\" }]",
        );
    let log = run(&text, 1, 1);
    // Closed from 60 to 1260; the window from 180 to 240 serves trucks 2 and 3, truck 1 waits for the reopening.
    close_to(&log.starts(0), &[1260.0, 180.0, 200.0]);
}

#[test]
fn a_quiet_time_prolongs_a_closure_and_reopening_follows_in_steps() {
    let security = r#"
[security.incidents]
process = "trace"
rows = [{ at = 2026-01-01T01:00:00, severity = "major" }, { at = 2026-01-01T02:30:00, severity = "minor" }, { at = 2026-01-01T03:00:00, severity = "none" }]
severity = { major = { share = 0.4 }, minor = { share = 0.3 }, none = { share = 0.3 } }
[policy]
response.major = { capacity = 0, for = "2h", quiet = "3h" }
response.minor = { capacity = 0.5, for = "10min" }
reopening = [{ capacity = 0.5, for = "1h" }]
"#;
    let log = hand(&(singles(&[0]) + "[stage.bay]\nlanes = 2\nservice = \"1min\"\n" + security));
    let told: Vec<(f64, &str)> = log
        .lines
        .iter()
        .filter(|l| l.1.starts_with("capacities"))
        .map(|l| (l.0.as_minutes(), l.1.as_str()))
        .collect();
    // The major response would end at 180; the minor incident at 150 has a response, so quiet lasts until 330; the reopening until 390.
    assert!(told.contains(&(60.0, "capacities [0.0]")), "{told:?}");
    assert!(told.contains(&(330.0, "capacities [0.5]")), "{told:?}");
    assert!(told.contains(&(390.0, "capacities [1.0]")), "{told:?}");
    assert!(!told.iter().any(|t| t.0 < 330.0 && t.1 != "capacities [0.0]"), "{told:?}");
}

#[test]
fn a_trigger_closes_at_the_kth_incident_and_at_each_further_one_within_its_window() {
    let security = r#"
[security.incidents]
process = "trace"
rows = [{ at = 2026-01-01T01:00:00, severity = "minor" }, { at = 2026-01-01T02:00:00, severity = "minor" }, { at = 2026-01-01T02:30:00, severity = "minor" }, { at = 2026-01-01T20:00:00, severity = "minor" }]
severity = { minor = { share = 1 } }
[policy]
response.minor = { capacity = 1, for = "1min" }
trigger.cluster = { incidents = 2, within = "90min", capacity = 0, for = "1h" }
"#;
    let log = hand(&(singles(&[0]) + "[stage.bay]\nlanes = 2\nservice = \"1min\"\n" + security));
    let shut: Vec<f64> = log
        .lines
        .iter()
        .filter(|l| l.1 == "capacities [0.0]")
        .map(|l| l.0.as_minutes())
        .collect();
    let open: Vec<f64> = log
        .lines
        .iter()
        .filter(|l| l.1 == "capacities [1.0]")
        .map(|l| l.0.as_minutes())
        .collect();
    assert!(
        shut.contains(&120.0) && shut.contains(&150.0) && !shut.contains(&60.0) && !shut.contains(&1200.0),
        "{shut:?}"
    );
    assert!(open.contains(&210.0) && !open.contains(&180.0), "{open:?}");
}

#[test]
fn notice_and_whole_days_move_the_ends_of_a_response() {
    let security = |response: &str| {
        format!(
            "[security.incidents]\nprocess = \"trace\"\nrows = [{{ at = 2026-01-01T10:00:00, severity = \"major\" }}]\nseverity = {{ major = {{ share = 1 }} }}\n[policy]\nresponse.major = {response}\n"
        )
    };
    let stage = "[stage.bay]\nlanes = 1\nservice = \"1min\"\n";
    let noticed = hand(&(singles(&[610, 670]) + stage + &security("{ capacity = 0, for = \"2h\", notice = \"1h\" }")));
    close_to(&noticed.starts(0), &[610.0, 780.0]);
    let whole = hand(&(singles(&[610]) + stage + &security("{ capacity = 0, for = \"2h\", whole_days = true }")));
    close_to(&whole.starts(0), &[1440.0]);
}
