//! Small worlds worked out by hand: escorted convoys, their teams, vehicles and clearance.

mod support;

use rafah::scenario::End;
use support::{Log, close_to, closed, convoy, hand_world, incidents, run, singles};

fn hand(rest: &str) -> Log {
    run(&hand_world(4, rest), 1, 1)
}

/// An escort of one hour, and what more is written of it.
fn escort(more: &str) -> String {
    format!("[escort.onward]\ntrip = \"1h\"\n{more}\n")
}

fn departures(log: &Log) -> Vec<f64> {
    log.trips.iter().map(|t| t.departed.as_minutes()).collect()
}

fn sizes(log: &Log) -> Vec<u32> {
    log.trips.iter().map(|t| t.trucks).collect()
}

#[test]
fn a_convoy_leaves_when_it_is_full_or_the_oldest_has_waited_and_enough_are_there() {
    let log = hand(&(singles(&[0, 10, 20, 30, 200, 210, 500]) + &escort("size = { min = 2, max = 3 }\nmax_wait = \"1h\"")));
    // Full at 20; the truck of 30 has waited at 90 but is alone until 200; 210 and 500 go when the second of them comes.
    close_to(&departures(&log), &[20.0, 200.0, 500.0]);
    assert_eq!(sizes(&log), [3, 2, 2]);
    let whole: Vec<bool> = log.trips.iter().map(|t| t.full).collect();
    assert_eq!(whole, [true, false, false]);
}

#[test]
fn without_a_longest_wait_a_convoy_waits_until_it_is_full() {
    let log = hand(&(singles(&[0, 10, 3000]) + &escort("size = { min = 1, max = 3 }")));
    close_to(&departures(&log), &[3000.0]);
}

#[test]
fn the_longest_wait_ends_last_of_all_at_its_instant() {
    // The oldest has waited at 60; trucks that come through the gate and with a convoy at that instant go too.
    let log = hand(
        &(singles(&[0, 60]).replace("[convoy.trucks]", "[convoy.trucks]\nenters = \"onward\"")
            + &convoy(50, 1).replace("convoy.trucks", "convoy.gate")
            + "[stage.gate]\nlanes = 1\nservice = \"10min\"\n"
            + &escort("size = { min = 1, max = 9 }\nmax_wait = \"1h\"")),
    );
    close_to(&departures(&log), &[60.0]);
    assert_eq!(sizes(&log), [3]);
}

#[test]
fn a_team_is_away_for_trip_and_return() {
    let log = hand(
        &(convoy(0, 6)
            + "[resource.team]\ncount = 1\n"
            + &escort("teams = \"team\"\nsize = { min = 1, max = 3 }\nmax_wait = \"0min\"\nreturn_time = \"30min\"")),
    );
    close_to(&departures(&log), &[0.0, 90.0]);
    close_to(&log.when("trip"), &[60.0, 150.0]);
}

#[test]
fn vehicles_are_rounded_up_by_the_larger_need_of_tonnes_and_pallets() {
    let text = |vehicles: &str| {
        let rest =
            convoy(0, 3) + "[resource.lorry]\ncount = 20\n" + &escort(&format!("size = {{ min = 1, max = 3 }}\nvehicles = {vehicles}"));
        hand_world(4, &rest).replace("tonnes = 20 }", "tonnes = 20, pallets = 22 }")
    };
    // 60 tonnes in 12.8 are five, 66 pallets in 10 are seven; 60 in 20 are three exactly.
    for (vehicles, n) in [
        ("{ resource = \"lorry\", tonnes = 12.8 }", 5),
        ("{ resource = \"lorry\", tonnes = 12.8, pallets = 10 }", 7),
        ("{ resource = \"lorry\", tonnes = 20 }", 3),
    ] {
        let log = run(&text(vehicles), 1, 1);
        assert_eq!(log.trips[0].vehicles, n, "{vehicles}");
        assert!(log.said("resource 0").contains(&format!("resource 0: {n} of 20, 0 wait").as_str()));
    }
}

#[test]
fn vehicles_come_back_after_their_own_time() {
    let vehicles =
        "size = { min = 3, max = 3 }\nreturn_time = \"10min\"\nvehicles = { resource = \"lorry\", tonnes = 12.8, return_time = \"2h\" }";
    let log = hand(&(convoy(0, 6) + "[resource.lorry]\ncount = 9\n" + &escort(vehicles)));
    // Five of nine are away until 180.
    close_to(&departures(&log), &[0.0, 180.0]);
}

fn clearance(answers: &str) -> String {
    escort(&format!(
        "teams = \"team\"\nsize = {{ min = 2, max = 2 }}\nclearance = {{ {answers} }}"
    ))
}

#[test]
fn a_delayed_convoy_leaves_later_and_its_team_waits_with_it() {
    let world = convoy(0, 4) + "[resource.team]\ncount = 1\n" + &clearance("approved = 0, delayed = { probability = 1, by = \"3h\" }");
    let log = hand(&world);
    close_to(&departures(&log), &[180.0, 180.0 + 60.0 + 180.0]);
    close_to(
        &log.trips.iter().map(|t| t.requested.as_minutes()).collect::<Vec<_>>(),
        &[0.0, 240.0],
    );
}

#[test]
fn a_denied_convoy_gives_its_team_back_and_asks_again_together() {
    // Every answer is no: two convoys of two ask in turn, each again after 10 h, although there is one team.
    for answer in ["denied", "postponed"] {
        let world = convoy(0, 4)
            + "[resource.team]\ncount = 1\n"
            + &clearance(&format!(
                "approved = 0.0001, {answer} = {{ probability = 0.9999, retry = \"10h\" }}"
            ));
        let log = hand(&world);
        close_to(&log.when("answer")[..4], &[0.0, 0.0, 600.0, 600.0]);
        assert!(log.trips.is_empty());
        let word = format!("answer at 0: {}", if answer == "denied" { "Denied" } else { "Postponed" });
        assert!(log.said("answer").iter().all(|l| *l == word));
    }
}

#[test]
fn an_impeded_convoy_turns_round_and_asks_again_at_once() {
    let world = convoy(0, 2)
        + "[resource.team]\ncount = 1\n"
        + &clearance("approved = 0.0001, impeded = { probability = 0.9999, turns_after = \"2h\" }");
    let log = hand(&world);
    close_to(&log.when("answer")[..3], &[0.0, 120.0, 240.0]);
    close_to(&log.when("truck 1 put back")[..2], &[120.0, 240.0]);
}

#[test]
fn a_convoy_that_turned_round_waits_for_no_further_trucks() {
    // Two of three turn round together; alone they would not be full, but they ask again at once.
    let rules = "size = { min = 1, max = 3 }\nmax_wait = \"1h\"\nclearance = { approved = 0.0001, impeded = { probability = 0.9999, turns_after = \"20min\" } }";
    let log = hand(&(convoy(0, 2) + &escort(rules)));
    close_to(&log.when("answer")[..3], &[60.0, 80.0, 100.0]);
    // If both are lost to an incident on their way, the next truck is new and waits its hour.
    let lost = hand(
        &(convoy(0, 2) + &singles(&[75]).replace("convoy.trucks", "convoy.late") + &escort(rules) + &incidents(&[70], ", loss = 1.0")),
    );
    assert_eq!(lost.ended(End::LostToIncident), [1, 2]);
    close_to(&lost.when("answer")[..2], &[60.0, 135.0]);
}

#[test]
fn the_share_that_an_interception_takes_is_exact_in_expectation() {
    // A quarter of five trucks is one, or with probability 1/4 two.
    let text = hand_world(
        4,
        &(convoy(0, 5) + &escort("size = { min = 5, max = 5 }\nintercepted = { probability = 1, share = 0.25 }")),
    );
    let taken: Vec<usize> = (1..=2000).map(|r| run(&text, 3, r).ended(End::Intercepted).len()).collect();
    assert!(taken.iter().all(|n| *n == 1 || *n == 2));
    let mean = taken.iter().sum::<usize>() as f64 / 2000.0;
    // Four standard errors of the mean of a Bernoulli of 1/4.
    assert!((mean - 1.25).abs() < 4.0 * (0.1875_f64 / 2000.0).sqrt(), "{mean}");
    let one = run(&text, 3, 1);
    assert!(
        one.ends.iter().all(|e| (e.1 - 60.0).abs() < 1e-9),
        "taken at the instant of arrival"
    );
}

#[test]
fn a_closure_lets_no_convoy_leave_and_does_to_those_under_way_what_the_rule_says() {
    // Leaves at 0 for an hour; closed from 30 to 100.
    for (rule, arrives) in [("finish", 60.0), ("hold", 130.0), ("turn_back", 160.0)] {
        let world = convoy(0, 2) + &escort(&format!("size = {{ min = 2, max = 2 }}\nat_closure = \"{rule}\"")) + &closed(30, 100, "");
        close_to(&hand(&world).when("trip"), &[arrives]);
    }
    let world = convoy(50, 2) + &escort("size = { min = 2, max = 2 }") + &closed(30, 100, "");
    close_to(&departures(&hand(&world)), &[100.0]);
}

#[test]
fn half_the_capacity_has_no_effect_on_an_escort() {
    let world = convoy(0, 2) + &escort("size = { min = 2, max = 2 }\nat_closure = \"turn_back\"");
    close_to(&hand(&(world.clone() + &closed(0, 100, "capacity = 0.5"))).when("trip"), &[60.0]);
    close_to(&hand(&(world + &closed(0, 100, "capacity = 0"))).when("trip"), &[160.0]);
}

#[test]
fn teams_are_taken_within_their_calendar_and_an_escort_keeps_hours_too() {
    let calendar = "[calendar.day]\nsun-sat = \"08:00-16:00\"\n";
    let team = hand(
        &(convoy(0, 2)
            + calendar
            + "[resource.team]\ncount = 1\ncalendar = \"day\"\n"
            + &escort("teams = \"team\"\nsize = { min = 2, max = 2 }")),
    );
    close_to(&departures(&team), &[480.0]);
    let hours = hand(&(convoy(0, 2) + calendar + &escort("calendar = \"day\"\nsize = { min = 2, max = 2 }")));
    close_to(&departures(&hours), &[480.0]);
}

#[test]
fn in_a_humanitarian_window_an_escort_takes_only_what_it_names() {
    // Closed from 60 to 1260 by the policy, the window from 180 to 240: nobody whom it names, then one.
    let policy =
        "[policy]\nresponse.major = { capacity = 0, for = \"20h\" }\nwindow = { hours = \"03:00-04:00\", cargo = [\"medical\"] }\n";
    let world = |minutes: &[u32], cycle: &str| {
        let trucks = singles(minutes).replace("size = 1", &format!("size = 1\ncargo = {{ cycle = [{cycle}] }}"));
        let rest = trucks + &escort("size = { min = 1, max = 2 }\nmax_wait = \"10min\"") + &incidents(&[60], "") + policy;
        hand_world(4, &rest).replace("[organisation.all]", "[cargo.medical]\nload = { tonnes = 5 }\n[organisation.all]")
    };
    close_to(&departures(&run(&world(&[100, 110], "\"goods\""), 1, 1)), &[1260.0]);
    let one = run(&world(&[100, 110], "\"goods\", \"medical\""), 1, 1);
    close_to(&departures(&one), &[180.0, 1260.0]);
    assert_eq!(one.when("truck 2 starts"), [180.0]);
}

#[test]
fn one_resource_may_be_both_team_and_vehicles() {
    // A team and two vehicles of three; the second convoy waits until all are back.
    let rules = "teams = \"car\"\nsize = { min = 2, max = 2 }\nvehicles = { resource = \"car\", tonnes = 20 }";
    let log = hand(&(convoy(0, 4) + "[resource.car]\ncount = 3\n" + &escort(rules)));
    close_to(&departures(&log), &[0.0, 60.0]);
    assert!(log.said("resource 0").iter().all(|l| !l.contains("4 of 3")));
}
