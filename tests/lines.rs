//! A line gives every kept number of a replication with the bits of the event engine, and as many events.

mod support;

use std::path::Path;

use proptest::prelude::*;
use rafah::model::{Line, Plan, Simulation};
use rafah::observe::{Frames, Layout, Recorder};
use rafah::scenario::Scenario;
use support::Files;
use support::choices::{Choices, plain};

/// What can be read from columns.
const TABLES: [&str; 12] = [
    "replications",
    "stages",
    "cargo",
    "organisations",
    "convoys",
    "daily",
    "daily_cargo",
    "daily_organisation",
    "backlog",
    "closures",
    "queue_profile",
    "hubs",
];

/// What was written means, or what is wrong with it.
fn read(text: &str) -> Result<Scenario, String> {
    let files = Files([("world.toml", text.to_owned())].into());
    match rafah::scenario::load(Path::new("world.toml"), &[], &files) {
        Ok(loaded) => Ok(loaded.scenario),
        Err(refused) => Err(refused.issues.iter().map(|i| i.message.clone()).collect::<Vec<_>>().join("; ")),
    }
}

/// Trucks of a part of a replication: all, some, one convoy.
const PARTS: [u32; 4] = [u32::MAX, 40, 7, 1];

/// Whether a plan has a line, and in how many replications it had to leave it to the event engine; an error where they differ.
fn compare(scenario: &Scenario, replications: u32) -> Result<Option<u32>, String> {
    let plan = Plan::compile(scenario);
    let given_up: Result<Vec<_>, _> = PARTS.map(|part| compare_in_parts(&plan, replications, part)).into_iter().collect();
    let given_up = given_up?;
    assert!(given_up.iter().all(|times| *times == given_up[0]), "{given_up:?}");
    Ok(given_up[0])
}

fn compare_in_parts(plan: &Plan, replications: u32, part: u32) -> Result<Option<u32>, String> {
    let tables = TABLES.map(str::to_owned);
    let layout = Layout::new(&[plan], Some(&tables))?;
    assert!(layout.is_read_from_columns(plan));
    let Some(line) = Line::of(plan) else { return Ok(None) };
    let mut line = line.in_parts_of(part);
    let mut simulation = Simulation::new(plan);
    let mut recorder = Recorder::new(plan, &layout);
    let mut given_up = 0;
    for replication in 1..=replications {
        let Some(by_line) = line.run(5, replication, |part| recorder.read(part)) else {
            given_up += 1;
            recorder.reset();
            continue;
        };
        let (mut found, mut expected) = (Frames::new(&layout), Frames::new(&layout));
        recorder.write("plain", replication, &mut found).map_err(|e| e.to_string())?;
        let events = simulation.run(5, replication, &mut recorder);
        recorder.write("plain", replication, &mut expected).map_err(|e| e.to_string())?;
        if events != by_line {
            return Err(format!(
                "parts of {part}: replication {replication} has {events} events, {by_line} by line"
            ));
        }
        differ(&layout, &found, &expected)?;
    }
    Ok(Some(given_up))
}

/// The first column that differs, as text: empty numbers are NaN, which equal nothing, and every digit of the others is shown.
fn differ(layout: &Layout, found: &Frames, expected: &Frames) -> Result<(), String> {
    for (table, (found, expected)) in layout.tables().iter().zip(found.0.iter().zip(&expected.0)) {
        for (column, (a, b)) in table.columns.iter().zip(found.columns.iter().zip(&expected.columns)) {
            let (a, b) = (format!("{a:?}"), format!("{b:?}"));
            if a != b {
                return Err(format!("{}.{}: by line {a:.300}, by events {b:.300}", table.name, column.name));
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, max_shrink_iters: 4000, ..ProptestConfig::default() })]

    #[test]
    fn a_line_gives_the_bits_of_the_event_engine(numbers in prop::collection::vec(any::<u16>(), 300)) {
        let text = plain::scenario(&mut Choices::new(&numbers));
        if let Ok(scenario) = read(&text)
            && let Err(message) = compare(&scenario, 3)
        {
            prop_assert!(false, "{message}\n{text}");
        }
    }

    #[test]
    fn whatever_has_a_line_over_the_whole_language_comes_out_the_same(numbers in prop::collection::vec(any::<u16>(), 400)) {
        let text = support::choices::scenario(&mut Choices::new(&numbers));
        if let Ok(scenario) = read(&text)
            && let Err(message) = compare(&scenario, 2)
        {
            prop_assert!(false, "{message}\n{text}");
        }
    }
}

#[test]
fn most_plain_scenarios_have_a_line_that_seldom_gives_up() {
    let (mut meant, mut lines, mut given_up) = (0, 0, 0);
    let mut refused = Vec::new();
    for i in 0..300_u32 {
        let number = |k: u32| (i * 7919 + k * 104_729 + k * k * 31) as u16 ^ (k * 2_654) as u16;
        let numbers: Vec<u16> = (0..300).map(number).collect();
        match read(&plain::scenario(&mut Choices::new(&numbers))) {
            Ok(scenario) => {
                meant += 1;
                let left = compare(&scenario, 1).expect("the same");
                lines += u32::from(left.is_some());
                given_up += left.unwrap_or(0);
            }
            Err(why) => refused.push(why),
        }
    }
    assert!(meant > 200, "{meant} of 300 mean something: {refused:#?}");
    assert!(10 * lines > 9 * meant, "{lines} lines of {meant}");
    assert!(2 * given_up < lines, "{given_up} given up of {lines}");
}

const START: &str = "format = 1\n[scenario]\nname = \"by-hand\"\n[horizon]\nstart = 2026-01-01\nlength = \"1d\"\n[cargo.food]\nload = { tonnes = 20 }\n\
                     [organisation.un]\nshare = 1\ncargo = { food = 1 }\n";

/// The same, and that the line did not give up.
fn is_same(rest: &str) {
    let scenario = read(&format!("{START}{rest}")).expect("a scenario");
    assert_eq!(compare(&scenario, 3), Ok(Some(0)));
}

/// Trucks at these clock times, `size` at once.
fn trucks(times: &str, size: u32) -> String {
    format!("[convoy.road]\narrivals = {{ process = \"schedule\", times = [{times}] }}\nsize = {size}\n")
}

#[test]
fn services_that_end_at_one_instant_leave_in_the_order_of_their_arrival() {
    is_same(
        &(trucks("\"06:00\", \"06:10\"", 7)
            + "[stage.a]\nlanes = 3\nservice = \"10min\"\noutcome.some = { every = 2, to = \"rejected\" }\n\
               [stage.b]\nlanes = 2\nservice = { dist = \"exponential\", mean = \"7min\" }\n"),
    );
}

#[test]
fn ends_of_services_come_before_convoys_of_the_same_instant() {
    let both = trucks("\"06:00\", \"06:10\", \"06:20\"", 4).replace("road", "first")
        + &trucks("\"06:10\", \"06:20\", \"06:20\", \"06:30\"", 3).replace("road", "second")
        + "enters = \"b\"\n";
    is_same(
        &(both
            + "[stage.a]\nlanes = 2\nservice = \"10min\"\n[stage.b]\nlanes = 1\nservice = { dist = \"exponential\", mean = \"7min\" }\n"),
    );
}

#[test]
fn a_closure_lets_nobody_start_at_its_first_instant_and_all_at_its_last() {
    let closure = "[closure.gate]\nprocess = \"schedule\"\nspells = [{ from = 2026-01-01T06:10:00, to = 2026-01-01T06:40:00 }, \
                   { from = 2026-01-01T06:50:00, to = 2026-01-01T07:20:00, capacity = 0.5 }]\n";
    is_same(
        &(trucks("\"06:00\", \"06:20\", \"06:40\", \"07:20\"", 9)
            + "[stage.a]\nlanes = 4\nservice = \"10min\"\nat_closure = \"finish\"\n"
            + closure),
    );
    is_same(
        &(trucks("\"06:00\", \"06:20\", \"06:40\", \"07:20\"", 90)
            + "[stage.a]\nlanes = 40\nservice = \"10min\"\nat_closure = \"finish\"\n"
            + closure),
    );
}

#[test]
fn a_convoy_is_told_where_the_stage_that_it_enters_is_written_last() {
    let stages =
        "[stage.a]\nlanes = 1\nservice = \"10min\"\nnext = \"delivered\"\n[stage.b]\nlanes = 1\nservice = \"30min\"\nnext = \"a\"\n";
    is_same(&(trucks("\"06:00\", \"09:00\"", 2) + "enters = \"b\"\n" + stages));
}

#[test]
fn a_queue_over_many_parts_is_served_when_its_hours_come_and_stays_when_they_are_over() {
    for lanes in [3, 13] {
        let stage = format!("[stage.a]\nlanes = {lanes}\nservice = \"7min\"\ncalendar = \"early\"\n");
        is_same(
            &(trucks("\"00:00\", \"01:00\", \"05:59\", \"06:30\", \"09:00\", \"12:00\", \"13:00\"", 30)
                + "[calendar.early]\nsun-sat = \"06:00-07:00\"\n"
                + &stage),
        );
    }
}

#[test]
fn what_falls_on_the_end_does_not_happen_and_what_is_under_way_is_cut() {
    is_same(
        &(trucks("\"23:00\", \"23:50\"", 8) + "[stage.a]\nlanes = 2\nservice = \"20min\"\n[stage.b]\nlanes = 1\nservice = \"40min\"\n"),
    );
}

#[test]
fn a_stop_when_empty_is_at_the_end_of_the_last_truck() {
    let world = trucks("\"01:00\"", 5) + "limit = 1\n[stage.a]\nlanes = 2\nservice = \"20min\"\n";
    let text = format!("{START}{world}").replace("length = \"1d\"", "length = \"1d\"\nstop = \"when_empty\"");
    let scenario = read(&text).expect("a scenario");
    assert_eq!(compare(&scenario, 1), Ok(Some(0)));
}

#[test]
fn a_warm_up_may_end_at_the_instant_of_arrivals_starts_and_ends() {
    let world =
        trucks("\"05:50\", \"06:00\"", 6) + "[stage.a]\nlanes = 2\nservice = \"10min\"\n[stage.b]\nlanes = 3\nservice = \"30min\"\n";
    for warm_up in ["6h", "350min", "370min", "23h"] {
        let text = format!("{START}{world}").replace("length = \"1d\"", &format!("length = \"1d\"\nwarm_up = \"{warm_up}\""));
        assert_eq!(compare(&read(&text).expect("a scenario"), 2), Ok(Some(0)), "{warm_up}");
    }
}

#[test]
fn plans_with_more_than_lanes_hours_and_closures_have_no_line() {
    let world = trucks("\"06:00\"", 6) + "[stage.a]\nlanes = 2\nservice = \"10min\"\n";
    let has_line = |more: &str| {
        let scenario = read(&format!("{START}{world}{more}")).expect("a scenario");
        Line::of(&Plan::compile(&scenario)).is_some()
    };
    assert!(has_line(""));
    for more in [
        "patience = \"1h\"",
        "queue = { capacity = 3 }",
        "queue = { discipline = \"lifo\" }",
        "day_effect = { cv = 0.3 }",
        "outcome.again = { probability = 0.2, to = \"a\" }",
        "breakdown = { every = \"3h\", repair = \"1h\" }",
        "[security.incidents]\nprocess = \"poisson\"\nrate = \"1/d\"\nseverity = { minor = { share = 1 } }",
        "[closure.gate]\nprocess = \"renewal\"\nopen = \"3h\"\nclosed = \"1h\"\n[policy]\nat_closure = \"hold\"",
        "[observe]\ndaily = [\"08:00\"]",
    ] {
        assert!(!has_line(more), "{more}");
    }
}
