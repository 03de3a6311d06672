//! The charts of single runs, which serve studies too: their numbers are those of the tables, and their titles say what is seen.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "support/bench.rs"]
#[allow(dead_code, reason = "each test file uses its part")]
mod bench;
#[path = "support/program.rs"]
mod program;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use bench::{Bench, STUDY};
use program::rafah;

type Row = BTreeMap<String, String>;

/// A comparison of nine replications of four alternatives with its charts, and where these are.
fn compared(bench: &Bench) -> (PathBuf, PathBuf) {
    let folder = bench.path("r");
    let shown = folder.display().to_string();
    let ran = bench.rafah("compare", &["-n", "9", "-o", &shown, "--format", "csv"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let charts = folder.join("charts");
    (folder, charts)
}

/// A run of the world alone, changed as told.
fn run(bench: &Bench, replications: &str, changes: &[(&str, &str)]) -> (PathBuf, PathBuf) {
    let path = bench.path("alone.toml");
    let mut text = fs::read_to_string(bench.path("world.toml")).unwrap();
    for (old, new) in changes {
        assert!(text.contains(old), "{old}");
        text = text.replace(old, new);
    }
    fs::write(&path, text).unwrap();
    let folder = bench.path("alone");
    let [scenario, shown] = [&path, &folder].map(|path| path.display().to_string());
    let ran = rafah(&["run", &scenario, "-n", replications, "-o", &shown, "--format", "csv"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let charts = folder.join("charts");
    (folder, charts)
}

fn rows(path: &Path) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    reader.deserialize().map(Result::unwrap).collect()
}

fn number(row: &Row, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column} of {row:?}"))
}

fn near(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-9 * one.abs().max(1.0)
}

fn title(charts: &Path, name: &str) -> String {
    let svg = fs::read_to_string(charts.join(format!("{name}.svg"))).unwrap();
    svg.split("<title>").nth(1).unwrap().split("</title>").next().unwrap().to_owned()
}

/// Those of an alternative.
fn of<'a>(rows: &'a [Row], alternative: &'a str) -> impl Iterator<Item = &'a Row> {
    rows.iter().filter(move |row| row["alternative"] == alternative)
}

#[test]
fn shares_and_their_bands_follow_from_the_replications() {
    let bench = Bench::new(STUDY);
    let (folder, charts) = compared(&bench);
    let replications = rows(&folder.join("replications.csv"));
    let violin = rows(&charts.join("delivered-violin.csv"));
    assert_eq!(violin.len(), replications.len());
    for (drawn, row) in violin.iter().zip(&replications) {
        assert_eq!(drawn["delivered_tonnes"], row["delivered_tonnes"]);
    }
    // The band of Dvoretzky, Kiefer and Wolfowitz with Massart's constant.
    let margin = (libm::log(2.0 / 0.05) / (2.0 * 9.0)).sqrt();
    let (at_most, above) = (
        rows(&charts.join("delivered-ecdf.csv")),
        rows(&charts.join("delivered-exceedance.csv")),
    );
    assert_eq!(at_most.len(), above.len());
    for (below, over) in at_most.iter().zip(&above) {
        let tonnes = number(below, "delivered_tonnes");
        let own = of(&replications, &below["alternative"]);
        let share = own.filter(|row| number(row, "delivered_tonnes") <= tonnes).count() as f64 / 9.0;
        assert!(near(number(below, "share_at_or_below"), share), "{below:?}");
        assert!(near(number(over, "share_above"), 1.0 - share), "{over:?}");
        assert!(near(number(below, "lower"), (share - margin).max(0.0)) && near(number(below, "upper"), (share + margin).min(1.0)));
    }
    assert!(
        title(&charts, "delivered-ecdf")
            .starts_with("Tonnes that at least half of the replications do not exceed, of 4 alternatives: from ")
    );
    assert!(title(&charts, "delivered-exceedance").starts_with("Tonnes that at least half of the replications reach"));
}

#[test]
fn sums_against_the_need_are_those_of_the_goods_that_have_one() {
    let bench = Bench::new(STUDY);
    let (folder, charts) = compared(&bench);
    let daily = rows(&folder.join("daily_cargo.csv"));
    let drawn = rows(&charts.join("cumulative.csv"));
    assert_eq!(drawn.len(), 4 * 50);
    for row in drawn
        .iter()
        .filter(|row| row["alternative"] == "late" && ["1", "17", "50"].contains(&row["day"].as_str()))
    {
        let day = number(row, "day");
        let mut sums: BTreeMap<&str, f64> = BTreeMap::new();
        for kept in of(&daily, "late").filter(|kept| kept["cargo"] == "food" && number(kept, "day") <= day) {
            *sums.entry(&kept["replication"]).or_default() += number(kept, "delivered_tonnes");
        }
        let mut sums: Vec<f64> = sums.into_values().collect();
        sums.sort_by(f64::total_cmp);
        assert!(near(number(row, "p50_tonnes"), sums[4]), "{row:?}: {sums:?}");
        assert!(near(number(row, "need_tonnes"), 900.0 * day), "{row:?}");
    }
    let told = title(&charts, "cumulative");
    assert!(
        told.starts_with(
            "Share of the need of food delivered by the end of 2026-08-19 in the median replication, of 4 alternatives: from "
        ),
        "{told}"
    );
}

#[test]
fn fans_tell_incidents_as_the_mean_of_the_replications() {
    let bench = Bench::new(STUDY);
    let (folder, charts) = compared(&bench);
    let daily = rows(&folder.join("daily.csv"));
    let mut seen = 0.0;
    for row in of(&rows(&charts.join("daily-deliveries.csv")), "as-it-is") {
        let own = of(&daily, "as-it-is").filter(|kept| kept["day"] == row["day"]);
        let sum: f64 = own.map(|kept| number(kept, "incidents")).sum();
        assert!(near(number(row, "incidents_per_day"), sum / 9.0), "{row:?}");
        seen += sum;
    }
    assert!(seen > 10.0, "{seen} incidents");
}

#[test]
fn a_heat_map_shows_the_mean_queue_by_the_hour_in_which_it_stood() {
    let bench = Bench::new(STUDY);
    let (folder, charts) = compared(&bench);
    let profile = rows(&folder.join("queue_profile.csv"));
    let drawn = rows(&charts.join("queue-heat.csv"));
    // One stage of all alternatives: the one with the longest queue.
    assert!(drawn.iter().all(|row| row["stage"] == "scan") && drawn.len() > 4 * 1000);
    for row in drawn.iter().step_by(101) {
        let days: f64 = if row["date"].starts_with("2026-07") { 0.0 } else { 31.0 };
        let day: f64 = row["date"][8..].parse().unwrap();
        // What waits just before the full hour stands for the hour before it.
        let time_h = 24.0 * (days + day - 1.0) + number(row, "hour") + 1.0;
        let is_it =
            |kept: &&Row| kept["alternative"] == row["alternative"] && kept["stage"] == "scan" && near(number(kept, "time_h"), time_h);
        let kept = profile.iter().find(is_it).unwrap();
        assert!(near(number(row, "trucks"), number(kept, "mean")), "{row:?}, {kept:?}");
    }
    let told = title(&charts, "queue-heat");
    assert!(
        told.starts_with("Before scan more trucks wait from ") && told.ends_with(", under all 4 alternatives"),
        "{told}"
    );
}

#[test]
fn of_a_long_period_the_heat_map_is_one_of_weekdays_and_the_openings_are_those_round_the_longest_closure() {
    let bench = Bench::new(STUDY);
    let (folder, charts) = run(&bench, "3", &[(r#"length = "50d""#, r#"length = "100d""#)]);
    let heat = rows(&charts.join("queue-heat.csv"));
    let first = &heat[0];
    // The first of July 2026 is a Wednesday.
    assert_eq!((first["date"].as_str(), first["weekday"].as_str()), ("2026-07-01", "3"));
    let told = title(&charts, "queue-heat");
    assert!(told.starts_with("Before scan "), "{told}");

    let closures = rows(&folder.join("closures.csv"));
    let longest = closures
        .iter()
        .filter(|row| row["replication"] == "1")
        .max_by(|a, b| number(a, "closed_h").total_cmp(&number(b, "closed_h")))
        .unwrap();
    let begin = number(longest, "begin_h");
    let seen = rows(&charts.join("openings.csv"));
    let from = seen.iter().map(|row| number(row, "from_h")).fold(f64::INFINITY, f64::min);
    let to = seen
        .iter()
        .filter(|row| !row["to_h"].is_empty())
        .map(|row| number(row, "to_h"))
        .fold(0.0, f64::max);
    assert!(
        from <= begin && begin < to && to - from <= 42.0 * 24.0 + 1e-6,
        "{from} to {to}, closure at {begin}"
    );
    let told = title(&charts, "openings");
    let hours = format!(" is shut for {} hours without a break, from ", number(longest, "closed_h").round());
    let cause = format!(" ({})", longest["cause"]);
    assert!(told.contains(&hours) && told.ends_with(&cause), "{told}: {longest:?}");
}

#[test]
fn openings_are_those_of_the_timeline_and_shut_is_what_security_leaves_no_lane_of() {
    let bench = Bench::new(STUDY);
    let (folder, charts) = run(&bench, "2", &[(r#"length = "50d""#, r#"length = "30d""#)]);
    let timeline = rows(&folder.join("timeline.csv"));
    let seen = rows(&charts.join("openings.csv"));
    let what = |what: &str| timeline.iter().filter(|row| row["what"] == what).count();
    let drawn = |what: &str, stage: &str| {
        seen.iter()
            .filter(|row| row["what"] == what && row["stage"] == stage)
            .collect::<Vec<_>>()
    };
    assert_eq!(drawn("incident", "").len(), what("incident"));
    assert!(what("incident") > 0);
    // Hours in which the calendar of the scan is open, from the table, are open, partly open or shut in the picture.
    let (mut open_h, mut since) = (0.0, None);
    for row in timeline.iter().filter(|row| row["what"] == "calendar" && row["name"] == "scan") {
        match (row["state"].as_str(), since) {
            ("open", None) => since = Some(number(row, "time_h")),
            ("closed", Some(begin)) => {
                open_h += number(row, "time_h") - begin;
                since = None;
            }
            _ => {}
        }
    }
    let spans = ["open", "partly", "shut"].map(|what| {
        let own = drawn(what, "scan");
        own.iter().map(|row| number(row, "to_h") - number(row, "from_h")).sum::<f64>()
    });
    assert!(near(spans.iter().sum(), open_h), "{spans:?}, {open_h}");
    for span in drawn("shut", "platform") {
        let before =
            |row: &&Row| row["what"] == "capacity" && row["name"] == "platform" && number(row, "time_h") <= number(span, "from_h") + 1e-6;
        let last = timeline.iter().rfind(before).unwrap();
        assert_eq!(last["state"], "0", "{span:?}");
    }
}

#[test]
fn flows_are_means_over_all_replications_those_without_a_move_too() {
    let bench = Bench::new(STUDY);
    let (folder, charts) = compared(&bench);
    let flows = rows(&folder.join("flows.csv"));
    let drawn = rows(&charts.join("stage-flow-lanes.csv"));
    assert!(drawn.len() >= 4, "{drawn:?}");
    for row in drawn.iter().filter(|row| row["to"] != "still there") {
        let own = of(&flows, "lanes").filter(|kept| kept["from"] == row["from"] && kept["to"] == row["to"]);
        let sum: f64 = own.map(|kept| number(kept, "trucks")).sum();
        assert!(near(number(row, "trucks"), sum / 9.0), "{row:?}: {sum}");
    }
    let replications = rows(&folder.join("replications.csv"));
    let mean = of(&replications, "lanes").map(|row| number(row, "delivered_trucks")).sum::<f64>() / 9.0;
    let delivered = drawn.iter().find(|row| row["to"] == "delivered").unwrap();
    assert!(near(number(delivered, "trucks"), mean), "{delivered:?}, {mean}");
    let told = title(&charts, "stage-flow-lanes");
    assert!(
        told.starts_with("Of ") && told.contains(" deliver (95 % interval ") && told.contains("next most go from scan to rejected: "),
        "{told}"
    );
}

#[test]
fn in_a_flow_as_many_leave_a_place_as_come_to_it_and_all_who_set_out_are_somewhere() {
    let bench = Bench::new(STUDY);
    let (folder, charts) = compared(&bench);
    let drawn = rows(&charts.join("stage-flow-lanes.csv"));
    let total = |column: &str, place: &str| {
        drawn
            .iter()
            .filter(|row| row[column] == place)
            .map(|row| number(row, "trucks"))
            .sum::<f64>()
    };
    for stage in ["scan", "platform"] {
        assert!(near(total("to", stage), total("from", stage)), "{stage}: {drawn:?}");
    }
    let replications = rows(&folder.join("replications.csv"));
    let mean = |column: &str| of(&replications, "lanes").map(|row| number(row, column)).sum::<f64>() / 9.0;
    assert!(near(total("from", "dispatched"), mean("dispatched_trucks")));
    assert!(mean("backlog_trucks") > 0.0 && near(total("to", "still there"), mean("backlog_trucks")));
}

#[test]
fn alternatives_over_other_days_are_not_drawn_below_the_dates_of_the_first() {
    let bench = Bench::new(STUDY);
    let first = bench.path("world.toml");
    let later = bench.path("later.toml");
    let text = fs::read_to_string(&first).unwrap();
    let text = text
        .replace("name = \"world\"", "name = \"later\"")
        .replace("start = 2026-07-01", "start = 2026-07-15");
    fs::write(&later, text).unwrap();
    let folder = bench.path("two");
    let [first, later, shown] = [&first, &later, &folder].map(|path| path.display().to_string());
    let ran = rafah(&["run", &first, &later, "-n", "4", "-o", &shown, "--format", "csv"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let charts = folder.join("charts");
    for name in ["daily-deliveries", "cumulative", "queue-heat"] {
        assert!(!charts.join(format!("{name}.svg")).exists(), "{name}");
        for (alternative, date) in [("world", "2026-07-01"), ("later", "2026-07-15")] {
            let drawn = rows(&charts.join(format!("{name}-{alternative}.csv")));
            assert_eq!((&*drawn[0]["alternative"], &*drawn[0]["date"]), (alternative, date), "{name}");
            assert!(drawn.iter().all(|row| row["alternative"] == alternative), "{name}");
        }
    }
    for name in ["delivered-violin", "delivered-tonnes"] {
        assert!(title(&charts, name).contains("period"), "{}", title(&charts, name));
    }
}

#[test]
fn one_replication_of_a_few_hours_has_no_distribution_and_no_days_and_says_so() {
    let bench = Bench::new(STUDY);
    let (folder, charts) = run(&bench, "1", &[(r#"length = "50d""#, r#"length = "14h""#)]);
    for name in [
        "delivered-violin",
        "delivered-ecdf",
        "delivered-exceedance",
        "cumulative",
        "queue-heat",
    ] {
        assert!(!charts.join(format!("{name}.svg")).exists(), "{name}");
    }
    assert!(title(&charts, "openings").starts_with("In the first replication "));
    assert!(title(&charts, "stage-flow").starts_with("Of "));
    let shown = folder.display().to_string();
    let ran = rafah(&["report", &shown, "--only", "delivered-violin,stage-flow"]);
    assert!(
        ran.code == 0
            && ran
                .err
                .contains("`delivered-violin` has nothing to show in this result: it takes deliveries, in two replications or more"),
        "{}",
        ran.err
    );
}

#[test]
fn where_nothing_is_delivered_nothing_is_drawn_of_deliveries() {
    let bench = Bench::new(STUDY);
    let (_, charts) = run(&bench, "2", &[("probability = 0.05", "probability = 1.0")]);
    for name in [
        "delivered-tonnes",
        "delivered-violin",
        "delivered-ecdf",
        "cumulative",
        "daily-deliveries",
    ] {
        assert!(!charts.join(format!("{name}.svg")).exists(), "{name}");
    }
    let told = title(&charts, "stage-flow");
    assert!(
        told.contains("that set out 0 deliver; next most go from scan to rejected"),
        "{told}"
    );
}

#[test]
fn after_a_selection_each_alternative_has_its_own_replications_and_says_how_many() {
    let bench = Bench::new(STUDY);
    let folder = bench.path("chosen");
    let shown = folder.display().to_string();
    let asked = ["--select", "delivered_tonnes", "--budget", "90", "-o", &shown, "--format", "csv"];
    let ran = bench.rafah("compare", &asked);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let replications = rows(&folder.join("replications.csv"));
    let daily = rows(&folder.join("daily_cargo.csv"));
    let fan = rows(&folder.join("charts/daily-deliveries.csv"));
    let svg = fs::read_to_string(folder.join("charts/daily-deliveries.svg")).unwrap();
    let counts: Vec<usize> = ["late", "as-it-is", "lanes"].map(|name| of(&replications, name).count()).into();
    assert!(counts.iter().any(|n| *n != counts[0]), "{counts:?}");
    for (name, n) in ["late", "as-it-is", "lanes"].iter().zip(counts) {
        assert!(svg.contains(&format!(">n = {n}; ")), "{name}: n = {n}");
        let own = of(&daily, name).filter(|row| row["day"] == "5" && row["cargo"] == "food");
        let mut tonnes: Vec<f64> = own.map(|row| number(row, "delivered_tonnes")).collect();
        assert_eq!(tonnes.len(), n);
        tonnes.sort_by(f64::total_cmp);
        let median = f64::midpoint(tonnes[(n - 1) / 2], tonnes[n / 2]);
        let drawn = of(&fan, name).find(|row| row["day"] == "5").unwrap();
        assert!(near(number(drawn, "p50_tonnes_per_day"), median), "{drawn:?}, {median}");
    }
}
