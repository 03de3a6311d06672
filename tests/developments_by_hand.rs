//! Small worlds worked out by hand: drivers, contingents, and what follows when parameters change under way.

mod support;

use rafah::model::{Plan, Simulation};
use support::{Log, close_to, convoy, hand_world, run, singles, world};

/// A world of so many days with one stage, `bay`.
fn bay(days: u32, lanes: u32, rest: &str) -> String {
    hand_world(days, &format!("{rest}\n[stage.bay]\nlanes = {lanes}\nservice = \"60min\"\n"))
}

/// A driver that surely happens at a minute and has one effect.
fn driver(minute: u32, effect: &str, more: &str) -> String {
    format!("[driver.d]\nprobability = 1.0\nwhen = \"{minute}min\"\neffects = [{{ {effect} }}]\n{more}\n")
}

fn hand(lanes: u32, rest: &str) -> Log {
    run(&bay(9, lanes, rest), 1, 1)
}

#[test]
fn lanes_grow_at_once_and_those_that_are_taken_away_finish() {
    let more = hand(
        1,
        &(convoy(0, 4) + &driver(30, "parameter = \"stage.bay.lanes\", multiply = 2", "")),
    );
    close_to(&more.starts(0), &[0.0, 30.0, 60.0, 90.0]);
    let fewer = hand(3, &(convoy(0, 5) + &driver(30, "parameter = \"stage.bay.lanes\", add = -2", "")));
    close_to(&fewer.starts(0), &[0.0, 0.0, 0.0, 60.0, 120.0]);
    let set = hand(1, &(convoy(0, 4) + &driver(30, "parameter = \"stage.bay.lanes\", set = 3", "")));
    close_to(&set.starts(0), &[0.0, 30.0, 30.0, 60.0]);
}

#[test]
fn what_lasts_ends_again() {
    let log = hand(
        1,
        &(convoy(0, 6) + &driver(30, "parameter = \"stage.bay.lanes\", multiply = 2", "lasts = \"80min\"")),
    );
    // Two lanes from 30 to 110: starts at 0, 30, 60, 90, then one by one: 150 leaves the last of the second lane.
    close_to(&log.starts(0), &[0.0, 30.0, 60.0, 90.0, 150.0, 210.0]);
    assert_eq!(log.said("driver"), ["driver 0 begins", "driver 0 ends"]);
    close_to(&log.when("driver"), &[30.0, 110.0]);
}

#[test]
fn services_under_way_keep_their_time() {
    let log = hand(
        1,
        &(convoy(0, 3) + &driver(30, "parameter = \"stage.bay.service\", multiply = 0.5", "")),
    );
    close_to(&log.leavings(0), &[60.0, 90.0, 120.0]);
    let added = hand(
        1,
        &(convoy(0, 3) + &driver(30, "parameter = \"stage.bay.service\", add = \"5min\"", "")),
    );
    close_to(&added.leavings(0), &[60.0, 125.0, 190.0]);
}

#[test]
fn a_ramp_comes_and_goes_in_daily_steps() {
    // Times 1/4 over two days: half of it (times 1/2) a day after it began, all of it after two; it ends after four days and goes
    // the same way. One truck a day at noon; the driver begins at 00:00 of the second day.
    let days: Vec<u32> = (0..8).map(|d| d * 1440 + 720).collect();
    let log = hand(
        1,
        &(singles(&days)
            + &driver(
                1440,
                "parameter = \"stage.bay.service\", multiply = 0.25, over = \"2d\"",
                "lasts = \"4d\"",
            )),
    );
    let lengths: Vec<f64> = log.at(0).iter().map(|v| v.left - v.arrived).collect();
    close_to(&lengths, &[60.0, 60.0, 30.0, 15.0, 15.0, 15.0, 30.0, 60.0]);
    let added = hand(
        1,
        &(singles(&days[..4]) + &driver(1440, "parameter = \"stage.bay.service\", add = \"20min\", over = \"2d\"", "")),
    );
    close_to(
        &added.at(0).iter().map(|v| v.left - v.arrived).collect::<Vec<_>>(),
        &[60.0, 60.0, 70.0, 80.0],
    );
}

#[test]
fn a_level_scales_what_multiplies_as_a_power_and_what_adds_in_proportion() {
    for (effect, length) in [("multiply = 0.25", 30.0), ("add = \"20min\"", 70.0)] {
        let log = hand(
            1,
            &(singles(&[60]) + &driver(30, &format!("parameter = \"stage.bay.service\", {effect}"), "level = 0.5")),
        );
        close_to(&log.leavings(0), &[60.0 + length]);
    }
}

#[test]
fn one_that_comes_after_another_begins_at_the_later_of_the_two() {
    let two = |first: &str| {
        format!(
            "[driver.a]\nprobability = {first}\nwhen = \"100min\"\n[driver.b]\nprobability = 1.0\nwhen = \"50min\"\nafter = \"a\"\neffects = [{{ parameter = \"stage.bay.lanes\", set = 5 }}]\n"
        )
    };
    let log = hand(1, &(convoy(0, 4) + &two("1.0")));
    close_to(&log.when("driver 1"), &[100.0]);
    close_to(&log.starts(0), &[0.0, 60.0, 100.0, 100.0]);
    assert!(hand(1, &(convoy(0, 4) + &two("0.0"))).when("driver").is_empty());
}

#[test]
fn a_driver_of_level_0_or_probability_0_leaves_every_bit() {
    let streams = "[convoy.some]\narrivals = { process = \"poisson\", rate = \"9/d\" }\nsize = { dist = \"poisson\", mean = 3 }\n[hub.north]\ninflow = { process = \"poisson\", rate = \"4/d\", batch = 2 }\n[convoy.daily]\ndraw_from = \"north\"\narrivals = { process = \"schedule\", times = [\"06:00\"] }\nsize = 9\n";
    let security = "[security.incidents]\nprocess = \"hawkes\"\nbase_rate = \"3/d\"\nbranching = 0.4\ndecay = \"5h\"\n[policy]\nresponse.incident = { capacity = 0, for = \"3h\" }\n";
    let base = format!("{streams}{security}");
    let plain = run(&bay(9, 2, &base), 3, 2);
    let quiet = |log: &Log| log.lines.iter().filter(|l| !l.1.starts_with("driver")).cloned().collect::<Vec<_>>();
    for parameter in [
        "stage.bay.lanes",
        "stage.bay.service",
        "convoy.some.arrivals.rate",
        "convoy.some.size",
        "hub.north.inflow.rate",
        "security.incidents.base_rate",
        "organisation.all.share",
        "cargo.goods.load.tonnes",
    ] {
        for (probability, level) in [("1.0", "0.0"), ("0.0", "1.0")] {
            let effect = format!("parameter = \"{parameter}\", multiply = 0.5, over = \"3d\"");
            let text =
                driver(5000, &effect, &format!("level = {level}")).replace("probability = 1.0", &format!("probability = {probability}"));
            let log = run(&bay(9, 2, &(base.clone() + &text)), 3, 2);
            assert!(quiet(&log) == quiet(&plain), "{parameter} at level {level}");
        }
    }
}

fn mean_count(text: &str, begins: &str) -> f64 {
    let scenario = world(text);
    let plan = Plan::compile(&scenario);
    let mut simulation = Simulation::new(&plan);
    let counts = (1..=400).map(|r| {
        let mut log = Log::default();
        simulation.run(8, r, &mut log);
        log.when(begins).len()
    });
    counts.sum::<usize>() as f64 / 400.0
}

/// A mean of 400 Poisson counts is within four standard errors of this.
fn is_about(mean: f64, expected: f64) {
    assert!(
        (mean - expected).abs() < 4.0 * (expected / 400.0).sqrt(),
        "{mean} is not about {expected}"
    );
}

#[test]
fn changed_poisson_rates_give_the_right_numbers_in_the_mean() {
    // Four of eight days at one rate, four at twice that, twice as much in the last two on a ramp of a step.
    let stream = "[convoy.some]\narrivals = { process = \"poisson\", rate = \"3/d\" }\nsize = 1\n";
    let doubled = |at: u32| driver(at, "parameter = \"convoy.some.arrivals.rate\", multiply = 2", "");
    is_about(
        mean_count(&bay(8, 2, &(stream.to_owned() + &doubled(4 * 1440))), "convoy"),
        4.0 * 3.0 + 4.0 * 6.0,
    );
    let batches = "[hub.north]\ninflow = { process = \"poisson\", rate = \"3/d\", batch = 1 }\n[convoy.daily]\ndraw_from = \"north\"\narrivals = { process = \"schedule\", times = [\"06:00\"] }\nsize = 9\n";
    let halved = driver(4 * 1440, "parameter = \"hub.north.inflow.rate\", multiply = 0.5", "");
    is_about(
        mean_count(&bay(8, 2, &(batches.to_owned() + &halved)), "batch"),
        4.0 * 3.0 + 4.0 * 1.5,
    );
    let incidents = singles(&[0]) + "[security.incidents]\nprocess = \"poisson\"\nrate = \"3/d\"\n";
    let doubled = driver(4 * 1440, "parameter = \"security.incidents.rate\", multiply = 2", "");
    is_about(mean_count(&bay(8, 2, &(incidents + &doubled)), "incident"), 36.0);
    let regimes = singles(&[0]) + "[security.incidents]\nprocess = \"regimes\"\nregime.calm = { stay = \"1d\", rate = \"3/d\" }\n";
    let doubled = driver(4 * 1440, "parameter = \"security.incidents.regime.calm.rate\", multiply = 2", "");
    is_about(mean_count(&bay(8, 2, &(regimes + &doubled)), "incident"), 36.0);
}

#[test]
fn a_halved_rate_doubles_what_is_left_of_the_gap_under_way() {
    let batches = "[hub.north]\ninflow = { process = \"poisson\", rate = \"3/d\", batch = 1 }\n[convoy.daily]\ndraw_from = \"north\"\narrivals = { process = \"schedule\", times = [\"06:00\"] }\nsize = 9\n";
    let stream = "[convoy.some]\narrivals = { process = \"poisson\", rate = \"3/d\" }\nsize = 1\n";
    let incidents = singles(&[0]) + "[security.incidents]\nprocess = \"poisson\"\nrate = \"3/d\"\n";
    for (base, parameter, line) in [
        (batches, "hub.north.inflow.rate", "batch"),
        (stream, "convoy.some.arrivals.rate", "convoy"),
        (&incidents, "security.incidents.rate", "incident"),
    ] {
        let plain = run(&bay(8, 2, base), 5, 1).when(line);
        let halved = base.to_owned() + &driver(1440, &format!("parameter = \"{parameter}\", multiply = 0.5"), "");
        let halved = run(&bay(8, 2, &halved), 5, 1).when(line);
        let expected: Vec<f64> = plain
            .iter()
            .map(|t| if *t < 1440.0 { *t } else { 1440.0 + 2.0 * (t - 1440.0) })
            .collect();
        let expected: Vec<f64> = expected.into_iter().filter(|t| *t < 8.0 * 1440.0).collect();
        assert!(expected.len() > 5);
        assert!(
            halved.len() == expected.len() && halved.iter().zip(&expected).all(|(a, b)| (a - b).abs() < 1e-4),
            "{parameter}: {halved:?} {expected:?}"
        );
    }
}

#[test]
fn a_rate_that_grows_is_heard_of_where_the_next_event_lay_beyond_the_horizon() {
    // One in a hundred days, then ten a day for four days.
    let stream = "[convoy.some]\narrivals = { process = \"poisson\", rate = \"0.01/d\" }\nsize = 1\n";
    let grown = |p: &str| driver(4 * 1440, &format!("parameter = \"{p}\", set = \"10/d\""), "");
    is_about(
        mean_count(&bay(8, 2, &(stream.to_owned() + &grown("convoy.some.arrivals.rate"))), "convoy"),
        40.04,
    );
    let incidents = singles(&[0]) + "[security.incidents]\nprocess = \"poisson\"\nrate = \"0.01/d\"\n";
    is_about(
        mean_count(&bay(8, 2, &(incidents + &grown("security.incidents.rate"))), "incident"),
        40.04,
    );
}

#[test]
fn shares_calendars_and_counts_change_under_way() {
    let calendar = "[calendar.day]\nsun-sat = \"08:00-16:00\"\n";
    let hours =
        calendar.to_owned() + &singles(&[300, 1740]) + &driver(720, "parameter = \"calendar.day.sun-sat\", set = \"04:00-16:00\"", "");
    let log = run(&bay(3, 1, &hours).replace("lanes = 1", "lanes = 1\ncalendar = \"day\""), 1, 1);
    close_to(&log.starts(0), &[480.0, 1740.0]);

    let lifts = "[resource.lift]\ncount = 1\n".to_owned() + &convoy(0, 4) + &driver(30, "parameter = \"resource.lift.count\", add = 1", "");
    let log = run(&bay(3, 4, &lifts).replace("lanes = 4", "lanes = 4\nneeds = { lift = 1 }"), 1, 1);
    close_to(&log.starts(0), &[0.0, 30.0, 60.0, 90.0]);
    let fewer =
        "[resource.lift]\ncount = 2\n".to_owned() + &convoy(0, 4) + &driver(30, "parameter = \"resource.lift.count\", add = -1", "");
    let log = run(&bay(3, 4, &fewer).replace("lanes = 4", "lanes = 4\nneeds = { lift = 1 }"), 1, 1);
    close_to(&log.starts(0), &[0.0, 0.0, 60.0, 120.0]);

    // From half and half to nine in ten: 0.5 → 0.9 for `all`, 0.1 for the other.
    let two = "[organisation.other]\nshare = 0.5\ncargo = { goods = 1 }\n".to_owned()
        + &convoy(0, 2000)
        + &convoy(1440, 2000).replace("convoy.trucks", "convoy.later")
        + &driver(720, "parameter = \"organisation.all.share\", set = 0.9", "");
    let log = run(&bay(2, 1, &two).replace("share = 1\n", "share = 0.5\n"), 1, 1);
    let of_all = |stream: u16| log.trucks.iter().filter(|t| t.0 == stream && t.3 == 0).count() as f64 / 2000.0;
    assert!((of_all(0) - 0.5).abs() < 4.0 * 0.5 / 2000.0_f64.sqrt(), "{}", of_all(0));
    assert!((of_all(1) - 0.9).abs() < 4.0 * 0.3 / 2000.0_f64.sqrt(), "{}", of_all(1));
}

#[test]
fn lanes_that_are_taken_away_and_come_again_fail_as_the_same_lanes() {
    // Every lane is down from 50 to 70, 120 to 140 and so on. Two lanes, one from 75 to 85, two again.
    let fails = bay(
        2,
        2,
        &(convoy(115, 2) + &driver(75, "parameter = \"stage.bay.lanes\", add = -1", "lasts = \"10min\"")),
    )
    .replace("lanes = 2", "lanes = 2\nbreakdown = { every = \"50min\", repair = \"20min\" }");
    let log = run(&fails, 1, 1);
    close_to(&log.leavings(0), &[195.0 + 20.0, 195.0 + 20.0]);
    assert!(log.said("lanes down").iter().all(|l| !l.contains(": 3")));
}

const PEACE: &str = "[peacekeeping]\ntarget_troops = 1000\nescort_teams = { resource = \"team\", per_troops = 120 }\nincident_elasticity = 0.5\n[resource.team]\ncount = 0\n[escort.onward]\nafter = \"bay\"\nteams = \"team\"\nsize = { min = 1, max = 1 }\ntrip = \"1h\"\n";

#[test]
fn troops_bring_teams_as_they_build_up() {
    let contingent = "[contingent.one]\ntroops = 600\neffectiveness = 0.8\narrives = 2026-01-02\nbuild_up = \"4d\"\n";
    let log = run(&bay(9, 1, &(singles(&[0]) + contingent + PEACE)), 1, 1);
    // 480 effective troops, 120 more a day from 3 January on: 1, 2, 3, 4 teams.
    let mut there: Vec<(f64, String)> = Vec::new();
    for line in log.lines.iter().filter(|l| l.1.starts_with("resource 0")) {
        let of = line
            .1
            .split(" of ")
            .nth(1)
            .and_then(|r| r.split(',').next())
            .expect("a number")
            .to_owned();
        if there.last().is_none_or(|(_, last)| *last != of) {
            there.push((line.0.as_hours() / 24.0, of));
        }
    }
    let want = [(0.0, "0"), (2.0, "1"), (3.0, "2"), (4.0, "3"), (5.0, "4")];
    assert_eq!(there, want.map(|(day, n)| (day, n.to_owned())));
    assert_eq!(log.when("contingent"), [1440.0]);
    close_to(&log.when("trip"), &[2880.0 + 60.0]);
}

#[test]
fn troops_lower_the_rate_of_incidents_by_their_elasticity() {
    // 500 of 1000: the rate is three quarters; all of it before they come, after four of eight days.
    let contingent = "[contingent.one]\ntroops = 500\narrives = 2026-01-05\n[security.incidents]\nprocess = \"poisson\"\nrate = \"4/d\"\n";
    is_about(
        mean_count(&bay(8, 1, &(singles(&[0]) + contingent + PEACE)), "incident"),
        16.0 + 12.0,
    );
    let many = contingent.replace("500", "5000");
    is_about(mean_count(&bay(8, 1, &(singles(&[0]) + &many + PEACE)), "incident"), 16.0);
}

#[test]
fn replications_one_after_the_other_are_the_same_as_alone() {
    let rest = singles(&[100, 3000])
        + "[convoy.some]\narrivals = { process = \"poisson\", rate = \"9/d\" }\nsize = 3\n[security.incidents]\nprocess = \"poisson\"\nrate = \"3/d\"\n[policy]\nresponse.incident = { capacity = 0, for = \"2h\" }\n"
        + &driver(
            2000,
            "parameter = \"stage.bay.service\", multiply = { dist = \"uniform\", min = 0.3, max = 0.9 }, over = \"3d\"",
            "",
        )
        + "[driver.e]\nprobability = 0.5\nwhen = { dist = \"uniform\", min = \"0d\", max = \"8d\" }\neffects = [{ parameter = \"convoy.some.arrivals.rate\", multiply = 3 }, { parameter = \"security.incidents.rate\", multiply = 0.5 }, { parameter = \"stage.bay.lanes\", add = 1 }]\n";
    let text = bay(9, 1, &rest);
    let scenario = world(&text);
    let plan = Plan::compile(&scenario);
    let mut simulation = Simulation::new(&plan);
    for replication in 1..=8 {
        let mut log = Log::default();
        simulation.run(6, replication, &mut log);
        assert!(log.lines == run(&text, 6, replication).lines, "replication {replication}");
    }
}
