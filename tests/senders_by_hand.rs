//! Small worlds worked out by hand: convoys, organisations and what restricts them.

mod support;

use rafah::scenario::End;
use support::{Log, run};

fn world(organisations: &str, rest: &str) -> String {
    format!(
        r#"
format = 1
[scenario]
name = "senders"
[horizon]
start = 2026-01-01
length = "6d"
[cargo.goods]
load = {{ tonnes = 20 }}
{organisations}
[stage.gate]
lanes = 1
service = "1min"
{rest}
"#
    )
}

const TWO: &str = "[organisation.un]\nshare = 0.5\ncargo = { goods = 1 }\n[organisation.other]\nshare = 0.5\ncargo = { goods = 1 }\n";
const DAILY: &str = "[convoy.daily]\narrivals = { process = \"schedule\", times = [\"06:00\"] }\nsize = 4\norganisation = { cycle = [\"other\", \"un\"] }\n";

/// Instants at which trucks arrive at the gate, in days and minutes of the day, by truck.
fn arrivals(log: &Log) -> Vec<(u32, u32, u32)> {
    log.at(0).iter().map(|v| (v.truck, (v.arrived / 1440.0) as u32, (v.arrived % 1440.0) as u32)).collect()
}

#[test]
fn held_trucks_go_on_in_order_when_their_organisation_is_registered() {
    let organisations = TWO.replace("[organisation.other]\n", "[organisation.other]\nstatus = { registered_from = 2026-01-03 }\n");
    let log = run(&world(&organisations, &format!("{DAILY}limit = 1\n[restrictions]\nbarred = {{ action = \"hold\" }}\n")), 1, 1);
    assert_eq!(arrivals(&log), [(1, 2, 0), (2, 0, 360), (3, 2, 0), (4, 0, 360)]);
}

#[test]
fn a_reconsigned_truck_goes_on_after_its_delay_within_the_cap_of_the_day() {
    let organisations = TWO.replace("[organisation.other]\n", "[organisation.other]\nstatus = \"barred\"\n");
    let rule = "[restrictions]\nbarred = { action = \"reconsign\", to = \"un\", delay = \"2h\", success = 1.0, daily_cap = 1 }\n";
    let log = run(&world(&organisations, &format!("{DAILY}limit = 1\n{rule}")), 1, 1);
    assert_eq!(arrivals(&log), [(1, 0, 480), (2, 0, 360), (3, 1, 0), (4, 0, 360)]);
    assert!(log.lines.iter().any(|l| l.1 == "truck 3 reconsigned"));
    assert_eq!(log.ended(End::Delivered), [1, 2, 3, 4]);
}

#[test]
fn a_reconsignment_that_fails_ends_as_refused_and_so_does_one_to_a_barred_organisation() {
    let barred = TWO.replace("[organisation.other]\n", "[organisation.other]\nstatus = \"barred\"\n");
    let fails = "[restrictions]\nbarred = { action = \"reconsign\", to = \"un\", delay = \"2h\", success = 0.0 }\n";
    let log = run(&world(&barred, &format!("{DAILY}limit = 1\n{fails}")), 1, 1);
    assert_eq!(log.ended(End::Refused), [1, 3]);
    let both = barred.replace("[organisation.un]\n", "[organisation.un]\nstatus = { barred_from = 2026-01-01T07:00:00 }\n");
    let log = run(&world(&both, &format!("{DAILY}limit = 1\n{}", fails.replace("0.0", "1.0"))), 1, 1);
    assert_eq!(log.ended(End::Refused), [1, 3]);
}

#[test]
fn trucks_over_the_quota_come_first_in_a_convoy_of_a_later_day() {
    let organisations = TWO.replace("[organisation.other]\n", "[organisation.other]\ndaily_quota = 1\n");
    let log = run(&world(&organisations, &format!("{DAILY}limit = 2\n")), 1, 1);
    // Trucks 1, 3, 5, 7 are of the organisation with a quota of one a day; two convoys, so 3 goes on the second day and 5 and 7 stay.
    assert_eq!(arrivals(&log), [(1, 0, 360), (2, 0, 360), (3, 1, 360), (4, 0, 360), (6, 1, 360), (8, 1, 360)]);
    let second_day: Vec<u32> = log.lines.iter().filter(|l| l.0.as_minutes() == 1800.0 && l.1.contains("arrives")).map(|l| l.1.split(' ').nth(1).expect("a number").parse().expect("a number")).collect();
    assert_eq!(second_day, [3, 6, 8]);
}

#[test]
fn a_stream_that_follows_a_stage_sends_what_security_leaves_of_it() {
    let closure = "[closure.half]\nprocess = \"schedule\"\nspells = [{ from = 2026-01-02T00:00:00, to = 2026-01-03T00:00:00, capacity = 0.6 }, { from = 2026-01-03T00:00:00, to = 2026-01-04T00:00:00 }]\n";
    let log = run(&world(TWO, &format!("{DAILY}follows = \"gate\"\nlimit = 3\n{closure}")), 1, 1);
    let convoys: Vec<&str> = log.lines.iter().filter(|l| l.1.starts_with("convoy")).map(|l| l.1.as_str()).collect();
    // 4, then 2.4 rounded to 2, then none; the convoy of the fourth day keeps its number.
    assert_eq!(convoys, ["convoy 0/1 of 4", "convoy 0/2 of 2", "convoy 0/4 of 4"]);
}

#[test]
fn a_convoy_that_waits_for_the_reopening_leaves_at_that_instant() {
    let closure = "[closure.c]\nprocess = \"schedule\"\nspells = [{ from = 2026-01-01T05:00:00, to = 2026-01-01T09:30:00 }]\n";
    let log = run(&world(TWO, &format!("{DAILY}when_closed = \"wait\"\nlimit = 1\n{closure}")), 1, 1);
    assert_eq!(arrivals(&log), [(1, 0, 570), (2, 0, 570), (3, 0, 570), (4, 0, 570)]);
}

#[test]
fn no_convoy_comes_on_a_day_on_which_its_calendar_does_not_open() {
    // 1 January 2026 is a Thursday.
    let calendar = "[calendar.week]\nsun-thu = \"08:00-16:00\"\n";
    let convoy = DAILY.replace("times = [\"06:00\"]", "times = [\"06:00\"], calendar = \"week\"");
    let log = run(&world(TWO, &format!("{convoy}{calendar}")), 1, 1);
    let days: Vec<f64> = log.lines.iter().filter(|l| l.1.starts_with("convoy")).map(|l| l.0.as_hours() / 24.0).collect();
    assert_eq!(days, [0.25, 3.25, 4.25, 5.25]);
}

#[test]
fn a_run_that_stops_when_empty_ends_with_its_last_truck() {
    let text = world(TWO, &format!("{DAILY}limit = 2\n")).replace("length = \"6d\"", "length = \"6d\"\nstop = \"when_empty\"");
    let log = run(&text, 1, 1);
    assert_eq!(log.ends.len(), 8);
    assert_eq!(log.lines.last().map(|l| l.0.as_minutes()), Some(1804.0));
}

#[test]
fn barred_trucks_are_refused_before_the_first_stage() {
    let organisations = TWO.replace("[organisation.other]\n", "[organisation.other]\nstatus = { barred_from = 2026-01-02 }\n");
    let log = run(&world(&organisations, &format!("{DAILY}limit = 2\n[restrictions]\nbarred = {{ action = \"refuse\" }}\n")), 1, 1);
    assert_eq!(log.ended(End::Refused), [5, 7]);
    assert_eq!(log.ended(End::Delivered), [1, 2, 3, 4, 6, 8]);
}
