//! Small worlds worked out by hand: hubs, shared resources and lanes that fail.

mod support;

use rafah::scenario::End;
use support::{Log, close_to, closed, convoy, dated, hand_world, run, singles};

fn hand(rest: &str) -> Log {
    run(&hand_world(4, rest), 1, 1)
}

const GATE: &str = "[stage.gate]\nlanes = 9\nservice = \"1min\"\n";

/// A convoy with so many slots at 06:00 of every day, from the hub.
fn slots(n: u32) -> String {
    format!("[convoy.daily]\ndraw_from = \"north\"\narrivals = {{ process = \"schedule\", times = [\"06:00\"] }}\nsize = {n}\n")
}

#[test]
fn a_convoy_takes_as_many_loads_as_it_has_slots_or_as_are_there() {
    let log = hand(&format!("[hub.north]\ninitial_stock = 5\n{}{GATE}", slots(3)));
    assert_eq!(log.said("convoy"), ["convoy 0/1 of 3", "convoy 0/2 of 2"]);
    let drawn = log.lines.iter().filter(|l| l.1.contains("slots")).map(|l| l.1.as_str());
    assert_eq!(
        drawn.collect::<Vec<_>>()[..3],
        ["3 of hub 0 in 3 slots", "2 of hub 0 in 3 slots", "0 of hub 0 in 3 slots"]
    );
    assert_eq!(log.said("stock"), ["stock of hub 0: 5", "stock of hub 0: 2", "stock of hub 0: 0"]);
    assert_eq!(log.ended(End::Delivered), [1, 2, 3, 4, 5]);
}

#[test]
fn loads_are_taken_by_priority_and_then_in_the_order_in_which_they_came() {
    // The initial stock in turn: food, medical, food, medical, food; medical goods first.
    let world = format!(
        "[hub.north]\ninitial_stock = 5\ncargo = {{ cycle = [\"goods\", \"medical\"] }}\n{}{GATE}",
        slots(3)
    );
    let text = hand_world(4, &world).replace(
        "[organisation.all]",
        "priority = 2\n[cargo.medical]\nload = { tonnes = 5 }\npriority = 1\n[organisation.all]",
    );
    let log = run(&text, 1, 1);
    let taken: Vec<(u32, u16)> = log.trucks.iter().map(|t| (t.2, t.4)).collect();
    assert_eq!(taken, [(1, 1), (3, 1), (0, 0), (2, 0), (4, 0)]);
}

#[test]
fn a_batch_that_finds_too_much_there_is_not_sent() {
    let inflow = "inflow = { process = \"schedule\", times = [\"03:00\", \"04:00\", \"05:00\"], batch = 4 }\nstop_above = 5\n";
    let log = hand(&format!("[hub.north]\ninitial_stock = 2\n{inflow}{}{GATE}", slots(6)));
    // 2 + 4 is above 5; 6 leave at 06:00; the next day 0 + 4 + 4 is above 5 at 05:00.
    let sent: Vec<bool> = log.said("batch").iter().map(|l| l.ends_with("true")).collect();
    assert_eq!(sent[..6], [true, false, false, true, true, false]);
}

#[test]
fn a_returned_truck_tries_again_after_its_delay_until_its_tries_are_over() {
    let stage = "[stage.gate]\nlanes = 9\nservice = \"1min\"\noutcome.back = { probability = 1.0, to = \"returned\" }\n";
    let hub = "[hub.north]\ninitial_stock = 1\nretry = { probability = 1.0, tries = 3, delay = \"1d\" }\n";
    let log = hand(&format!("{hub}{}{stage}", slots(2)));
    // Returned at 06:01, so it is there again at 06:01 of the next day, after the convoy of that day.
    close_to(&log.when("truck 1 dispatched"), &[360.0, 360.0 + 2.0 * 1440.0]);
    let soon = hand(&format!("{}{}{stage}", hub.replace("\"1d\"", "\"3h\""), slots(2)));
    close_to(&soon.when("truck 1 dispatched"), &[360.0, 1800.0, 3240.0]);
    assert_eq!(
        soon.said("truck 1 dispatched again"),
        ["truck 1 dispatched again, try 2", "truck 1 dispatched again, try 3"]
    );
    assert_eq!(soon.ended(End::Returned), [1]);
}

#[test]
fn a_return_that_falls_due_with_a_convoy_goes_with_it() {
    let stage = "[stage.gate]\nlanes = 9\nservice = \"0min\"\noutcome.back = { probability = 1.0, to = \"returned\" }\n";
    let hub = "[hub.north]\ninitial_stock = 1\nretry = { probability = 1.0, tries = 2, delay = \"1d\" }\n";
    let log = hand(&format!("{hub}{}{stage}", slots(2)));
    close_to(&log.when("truck 1 dispatched"), &[360.0, 1800.0]);
}

#[test]
fn a_time_out_during_a_closure_is_no_try() {
    // Open from 8 to 16, who waits goes home. One lane, one service a day of 8 hours; two trucks come at 06:00 of each day.
    let stage = "[calendar.day]\nsun-sat = \"08:00-16:00\"\n[stage.gate]\nlanes = 1\nservice = \"8h\"\ncalendar = \"day\"\nqueue_at_close = \"return\"\n";
    let hub = "[hub.north]\ninitial_stock = 1\nretry = { probability = 1.0, tries = 1, delay = \"1h\" }\n";
    let shut = hand(&format!("{hub}{}{stage}{}", slots(1), closed(0, 2000, "")));
    // Closed on the first day and until 09:20 of the second: the first time-out is excused, although one try is all there is.
    assert_eq!(shut.said("truck 1 returned"), ["truck 1 returned TimedOut again true"]);
    assert_eq!(shut.ended(End::Delivered), [1]);
    // Closed until an hour before closing time with `last_start` keeping it from starting: a time-out like any other.
    let open = hand(&format!("{hub}{}{}last_start = \"2h\"\n{}", slots(1), stage, closed(0, 900, "")));
    assert_eq!(open.said("truck 1 returned"), ["truck 1 returned TimedOut again false"]);
}

const TWO: &str = "[organisation.two]\nshare = 0\ncargo = { goods = 1 }\n";

#[test]
fn a_slot_that_a_quota_leaves_goes_to_a_load_of_somebody_else() {
    let hub = "[hub.north]\ninitial_stock = 6\norganisation = { cycle = [\"all\", \"all\", \"two\"] }\n";
    let log = hand(&format!("daily_quota = 1\n{TWO}{hub}{}{GATE}", slots(4)));
    // Loads 0, 1, 3, 4 are of `all`, at most one a day; 2 and 5 of `two`.
    let taken: Vec<(u32, u32)> = log.trucks.iter().map(|t| (t.1, t.2)).collect();
    assert_eq!(taken, [(1, 0), (1, 2), (1, 5), (2, 1), (3, 3), (4, 4)]);
}

#[test]
fn what_is_held_or_refused_in_a_hub_takes_no_slot() {
    let hub = "[hub.north]\ninitial_stock = 4\norganisation = { cycle = [\"all\", \"two\"] }\n";
    let barred = TWO.replace("share = 0", "share = 0\nstatus = { registered_from = 2026-01-02 }");
    let held = hand(&format!(
        "{barred}[restrictions]\nbarred = {{ action = \"hold\" }}\n{hub}{}{GATE}",
        slots(2)
    ));
    let taken: Vec<(u32, u32)> = held.trucks.iter().map(|t| (t.1, t.2)).collect();
    assert_eq!(taken, [(1, 0), (1, 2), (2, 1), (2, 3)]);
    let refused = hand(&format!(
        "{barred}[restrictions]\nbarred = {{ action = \"refuse\" }}\n{hub}{}{GATE}",
        slots(4)
    ));
    assert_eq!(refused.said("load leaves").len(), 2);
    assert_eq!(refused.said("convoy"), ["convoy 0/1 of 2"]);
    assert!(refused.ended(End::Refused).is_empty(), "a load never dispatched is no truck");
}

#[test]
fn the_initial_stock_is_approved_also_where_it_is_held_at_first() {
    let hub = "[hub.north]\ninitial_stock = 1\norganisation = { cycle = [\"two\"] }\n";
    let barred = TWO.replace(
        "share = 0",
        "share = 0\nstatus = { registered_from = 2026-01-02 }\napproval = { lead = \"10d\", refused = 1.0 }",
    );
    let log = hand(&format!(
        "{barred}[restrictions]\nbarred = {{ action = \"hold\" }}\n{hub}{}{GATE}",
        slots(2)
    ));
    close_to(&log.when("truck 1 dispatched"), &[1800.0]);
}

#[test]
fn a_load_waits_in_its_hub_for_its_approval_and_leaves_it_when_refused() {
    let inflow = "[hub.north]\ninflow = { process = \"schedule\", at = [2026-01-01T00:00:00], batch = 3 }\n";
    let rule = |refused: &str| inflow.replace("[hub", &format!("approval = {{ lead = \"1d\", refused = {refused} }}\n[hub"));
    let log = hand(&format!("{}{}{GATE}", rule("0.0"), slots(5)));
    assert_eq!(log.said("convoy"), ["convoy 0/2 of 3"]);
    let refused = hand(&format!("{}{}{GATE}", rule("1.0"), slots(5)));
    close_to(&refused.when("load leaves hub 0: Denied"), &[1440.0; 3]);
    // `stop_above` looks at what waits for approval too.
    assert_eq!(refused.said("stock")[..2], ["stock of hub 0: 0", "stock of hub 0: 3"]);
}

#[test]
fn without_a_hub_an_approval_delays_the_truck_and_a_refused_one_does_not_come() {
    let rule = |more: &str| format!("approval = {{ lead = \"90min\"{more} }}\n{}{GATE}", convoy(60, 3));
    let log = hand(&rule(""));
    close_to(&log.starts(0), &[150.0; 3]);
    let refused = hand(&rule(", refused = 1.0"));
    assert_eq!(refused.said("request of 0 denied").len(), 3);
    assert!(refused.trucks.is_empty());
    let void = hand(&rule(", not_honoured = 1.0"));
    assert_eq!(void.ended(End::Returned), [1, 2, 3]);
    close_to(&void.leavings(0), &[151.0; 3]);
}

#[test]
fn a_load_expires_in_its_hub_and_keeps_its_age_when_it_is_returned() {
    let stage = "[stage.gate]\nlanes = 9\nservice = \"1min\"\noutcome.back = { probability = 1.0, to = \"returned\" }\n";
    let hub = "[hub.north]\ninitial_stock = 2\nretry = { probability = 1.0, tries = 9, delay = \"1h\" }\n";
    let text = hand_world(4, &format!("{hub}{}{stage}", slots(1))).replace("tonnes = 20 }", "tonnes = 20 }\nshelf_life = \"34h\"");
    let log = run(&text, 1, 1);
    // The first load leaves at 06:00, comes back, leaves again as the oldest at 06:00 of the second day, and both expire at 10:00.
    close_to(&log.when("truck 1 dispatched"), &[360.0, 1800.0]);
    close_to(&log.when("load leaves hub 0: Expired"), &[2040.0]);
    assert_eq!(log.ends, [(1, 2040.0, End::Expired)]);
}

#[test]
fn heat_makes_a_shelf_life_run_faster() {
    let gate = "[stage.gate]\nlanes = 1\nservice = \"9d\"\n";
    let text = hand_world(9, &(singles(&[0, 1]) + gate)).replace(
        "tonnes = 20 }",
        "tonnes = 20 }\nshelf_life = \"3d\"\nheat = { from = \"01-02\", to = \"01-03\", factor = 0.5 }",
    );
    // Truck 2 comes at 00:01. A day less a minute passes at pace 1; the other two days and a minute at twice the pace.
    let log = run(&text, 1, 1);
    close_to(&[log.ends[0].1], &[2880.5]);
    assert_eq!(log.ends[0].2, End::Expired);
}

// Resources.

fn two_stages(resource: &str, first: &str, second: &str) -> String {
    format!(
        "[resource.lift]\n{resource}\n[stage.a]\nlanes = 2\nservice = \"10min\"\n{first}\n[stage.b]\nlanes = 2\nservice = \"30min\"\n{second}\n"
    )
}

#[test]
fn whoever_asks_first_is_served_first_over_all_stages() {
    // One lift for both stages. Truck 1 has it at a until 10, asks for it at b at 10, after truck 2 asked at a at 0.
    let log = hand(&(convoy(0, 2) + &two_stages("count = 1", "needs = { lift = 1 }", "needs = { lift = 1 }")));
    close_to(&log.starts(0), &[0.0, 10.0]);
    close_to(&log.starts(1), &[20.0, 50.0]);
}

#[test]
fn a_unit_that_is_released_later_stays_with_its_truck() {
    let log = hand(&(convoy(0, 2) + &two_stages("count = 1", "needs = { lift = 1 }\nreleases_after = { lift = \"b\" }", "")));
    close_to(&log.starts(0), &[0.0, 40.0]);
    close_to(&log.starts(1), &[10.0, 50.0]);
}

#[test]
fn who_holds_a_unit_already_takes_no_second_one() {
    // Truck 1 is sent through a again while it holds the only lift, which it gives back at the end of b.
    let again = "needs = { lift = 1 }\nreleases_after = { lift = \"b\" }\noutcome.again = { every = 2, to = \"b\" }\nnext = \"a2\"";
    let stages =
        two_stages("count = 1", again, "").replace("[stage.b]", "[stage.a2]\nlanes = 1\nservice = \"1min\"\nnext = \"a\"\n[stage.b]");
    let log = hand(&(singles(&[0]) + &stages));
    assert_eq!(log.ended(End::Delivered), [1]);
    close_to(&[log.ends[0].1], &[51.0]);
}

#[test]
fn units_are_taken_within_their_calendar_only() {
    let calendar = "[calendar.day]\nsun-sat = \"08:00-16:00\"\n";
    let log = hand(&(singles(&[0, 955]) + calendar + &two_stages("count = 1\ncalendar = \"day\"", "needs = { lift = 1 }", "")));
    // The second starts just before closing and keeps its unit.
    close_to(&log.starts(0), &[480.0, 955.0]);
    close_to(&log.leavings(0), &[490.0, 965.0]);
}

#[test]
fn who_is_turned_back_or_repacked_gives_units_back() {
    let stage = "at_closure = \"turn_back\"\nreturn_delay = \"1h\"\nneeds = { lift = 1 }";
    let log = hand(&(singles(&[0, 11]) + &two_stages("count = 1", stage, "") + &closed(5, 10, "")));
    // Truck 1 leaves at 5 and is back at 65.
    close_to(&log.starts(0), &[0.0, 65.0, 11.0]);
    let screens = "needs = { lift = 1 }\nreleases_after = { lift = \"b\" }";
    let text = hand_world(4, &(singles(&[0, 1]) + &two_stages("count = 1", screens, ""))).replace(
        "tonnes = 20 }",
        "tonnes = 20 }\nrestricted = 1.0\nrepack = { probability = 1.0, delay = \"2h\", share = 0.25 }",
    );
    let log = run(&text, 1, 1);
    assert_eq!(log.said("truck 1 repacked"), ["truck 1 repacked, 15000000 g rejected"]);
    close_to(&log.when("truck 2 starts")[..1], &[10.0]);
    assert_eq!(log.ended(End::Delivered), [1, 2]);
}

// Lanes that fail.

fn failing(lanes: u32, rest: &str) -> String {
    format!("[stage.bay]\nlanes = {lanes}\nservice = \"60min\"\nbreakdown = {{ every = \"50min\", repair = \"20min\"{rest} }}\n")
}

#[test]
fn a_failure_holds_restarts_or_puts_back_the_truck_under_way() {
    // Lanes are down from 50 to 70, 120 to 140, …
    let held = hand(&(singles(&[0]) + &failing(1, "")));
    close_to(&held.leavings(0), &[80.0]);
    let restarted = hand(&(singles(&[65]) + &failing(1, ", at_failure = \"restart\"").replace("60min", "40min")));
    close_to(&restarted.leavings(0), &[110.0]);
    let again = hand(&(singles(&[20]) + &failing(1, ", at_failure = \"restart\"").replace("60min", "40min")));
    close_to(&again.leavings(0), &[110.0]);
}

#[test]
fn a_truck_that_was_put_back_goes_on_in_the_next_free_lane() {
    // Both lanes fail at 50, but the second serves nobody then: with a busy clock only the first is down, until 70.
    let busy = failing(2, ", clock = \"busy\", at_failure = \"requeue\"");
    let log = hand(&(singles(&[0]) + &busy));
    // 50 minutes in the first lane, the last ten in the second.
    close_to(&log.leavings(0), &[60.0]);
    assert_eq!(log.when("truck 1 put back"), [50.0]);
    assert_eq!(log.when("lanes down at 0: 1"), [50.0]);
}

#[test]
fn idle_lanes_fail_in_calendar_time_and_not_in_busy_time() {
    let calendar = hand(&(singles(&[60]) + &failing(1, "")));
    close_to(&calendar.starts(0), &[70.0]);
    let busy = hand(&(singles(&[60]) + &failing(1, ", clock = \"busy\"")));
    close_to(&busy.starts(0), &[60.0]);
    close_to(&busy.leavings(0), &[140.0]);
}

#[test]
fn lanes_that_are_down_are_the_first_to_stop_under_partial_capacity() {
    // Three lanes, all down from 50 to 70. Half capacity from 60 to 100 leaves two, which work from 70 on.
    let stage = failing(3, "").replace("\"60min\"", "\"30min\"\nat_closure = \"hold\"");
    let log = hand(&(convoy(55, 3) + &stage + &closed(60, 100, "capacity = 0.5")));
    close_to(&log.starts(0), &[70.0, 70.0, 100.0]);
}

#[test]
fn a_blocked_truck_in_a_lane_under_repair_keeps_no_other_lane_from_working() {
    // Each lane fails after 15 minutes or not at all, as the seed says. Truck 1 goes on to b at 10, truck 2 is blocked in lane 2 until
    // 130. Where lane 2 alone is down from 15 on, truck 3 is served in lane 1 as soon as it comes.
    let every = "{ dist = \"empirical\", values = [\"15min\", \"9d\"] }";
    let stages = format!(
        "[stage.a]\nlanes = 2\nservice = \"10min\"\nbreakdown = {{ every = {every}, repair = \"9h\" }}\n[stage.b]\nlanes = 1\nservice = \"2h\"\nqueue = {{ capacity = 0 }}\n"
    );
    let text = hand_world(4, &(singles(&[0, 0, 20]) + &stages));
    let one_down = (1..40)
        .map(|seed| run(&text, seed, 1))
        .filter(|log| log.when("lanes down at 0: 1") == [15.0]);
    let starts: Vec<f64> = one_down.map(|log| log.starts(0)[2]).collect();
    assert!(
        starts.contains(&20.0) && starts.iter().all(|s| [20.0, 130.0].contains(s)),
        "{starts:?}"
    );
}

#[test]
fn a_truck_that_was_put_back_goes_before_those_that_only_ask_for_units() {
    // Truck 1 has the only lift; its lane fails at 50; lane 2 is free, and truck 2 asks for the lift there.
    let stage = failing(2, ", clock = \"busy\", at_failure = \"requeue\"").replace("breakdown", "needs = { lift = 1 }\nbreakdown");
    let log = hand(&(convoy(0, 2) + "[resource.lift]\ncount = 1\n" + &stage));
    close_to(&log.leavings(0)[..1], &[60.0]);
    close_to(&log.starts(0), &[0.0, 60.0]);
}

#[test]
fn what_expires_in_a_lane_ends_when_its_lane_fails_and_it_would_wait_again() {
    let text = hand_world(4, &(singles(&[0]) + &failing(1, ", at_failure = \"requeue\"")))
        .replace("tonnes = 20 }", "tonnes = 20 }\nshelf_life = \"30min\"");
    let log = run(&text, 1, 1);
    assert_eq!(log.ends, [(1, 50.0, End::Expired)]);
}

// Preemption and repacking.

fn urgent(rest: &str) -> String {
    hand_world(4, rest).replace(
        "[organisation.all]",
        "priority = 2\n[cargo.medical]\nload = { tonnes = 5 }\npriority = 1\n[organisation.all]",
    )
}

#[test]
fn a_truck_of_a_lower_class_makes_way_and_goes_on_with_what_remained() {
    let bay = "[stage.bay]\nlanes = 1\nservice = \"60min\"\nqueue = { discipline = \"preemptive_priority\" }\n";
    let cycle = "size = 1\ncargo = { cycle = [\"goods\", \"medical\"] }";
    let log = run(&urgent(&(singles(&[0, 20]).replace("size = 1", cycle) + bay)), 1, 1);
    close_to(&log.starts(0), &[0.0, 20.0]);
    close_to(&log.leavings(0), &[120.0, 80.0]);
}

#[test]
fn nobody_makes_way_where_the_lane_would_not_be_taken_again() {
    // Half capacity from 10 on with `finish`: two are served where one may be. Medical goods at 20 wait until both have left.
    let bay = "[stage.bay]\nlanes = 2\nservice = \"60min\"\nqueue = { discipline = \"preemptive_priority\" }\n";
    let cycle = "size = 1\ncargo = { cycle = [\"goods\", \"goods\", \"medical\"] }";
    let log = run(
        &urgent(&(singles(&[0, 1, 20]).replace("size = 1", cycle) + bay + &closed(10, 600, "capacity = 0.5"))),
        1,
        1,
    );
    close_to(&log.leavings(0), &[60.0, 121.0, 120.0]);
}

#[test]
fn dates_of_these_worlds_are_minutes_of_the_run() {
    assert_eq!(dated(1441), "2026-01-02T00:01:00");
}
