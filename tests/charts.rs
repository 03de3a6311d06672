//! The charts of a study: their numbers are those of the tables, and their titles say what these say.
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

/// The rows of a CSV file by column.
fn rows(path: &Path) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

fn number(row: &Row, column: &str) -> f64 {
    row[column].parse().unwrap_or(f64::NAN)
}

/// A comparison with its tables as CSV, and its charts.
fn drawn(bench: &Bench, more: &[&str]) -> (PathBuf, PathBuf) {
    let folder = bench.compare("r", more);
    let shown = folder.display().to_string();
    let ran = rafah(&["report", &shown, "--format", "svg"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    (folder.clone(), folder.join("charts"))
}

/// What stands between `<title>` and its end.
fn title(svg: &Path) -> String {
    let svg = fs::read_to_string(svg).unwrap();
    svg.split("<title>").nth(1).unwrap().split("</title>").next().unwrap().to_owned()
}

fn is_same(a: f64, b: f64) -> bool {
    (a.is_nan() && b.is_nan()) || (a - b).abs() <= 1e-9 * b.abs().max(1e-9)
}

#[test]
fn the_numbers_of_the_answer_are_those_of_its_tables() {
    let bench = Bench::new(STUDY);
    let (folder, charts) = drawn(&bench, &["-n", "24"]);
    let comparison = rows(&folder.join("comparison.csv"));
    for (response, scale) in [("delivered_tonnes", 1.0), ("need_met", 100.0)] {
        let differences = rows(&charts.join(format!("differences-{response}.csv")));
        assert_eq!(differences.len(), 3);
        for drawn in &differences {
            let is_it =
                |row: &&Row| row["response"] == response && row["statistic"] == "mean" && row["alternative"] == drawn["alternative"];
            let row = comparison.iter().find(is_it).unwrap();
            for column in ["difference", "lower", "upper", "at_once_lower", "at_once_upper"] {
                assert!(is_same(number(drawn, column), number(row, column) * scale), "{response} {column}");
            }
            assert_eq!(drawn["n"], row["n"]);
        }
    }
    let of_lead = |table: &str| -> Vec<Row> {
        let rows = rows(&folder.join(format!("{table}.csv"))).into_iter();
        rows.filter(|row| row["response"] == "delivered_tonnes").collect()
    };
    let columns = [("mean", "mean"), ("lower", "mcb_lower"), ("upper", "mcb_upper")];
    for (drawn, row) in rows(&charts.join("against-best.csv")).iter().zip(of_lead("decision")) {
        assert!(
            columns
                .iter()
                .all(|(shown, kept)| is_same(number(drawn, shown), number(&row, kept)))
        );
        assert_eq!(
            (&drawn["alternative"], &drawn["may_be_best"]),
            (&row["alternative"], &row["may_be_best"])
        );
    }
    for (drawn, row) in rows(&charts.join("regret.csv")).iter().zip(of_lead("regret")) {
        assert_eq!(drawn["alternative"], row["alternative"]);
        for column in ["mean", "mean_lower", "mean_upper", "p90", "p90_lower", "p90_upper", "max"] {
            assert!(is_same(number(drawn, column), number(&row, column)), "{column}");
        }
    }
    let told = title(&charts.join("differences-delivered_tonnes.svg"));
    assert!(told.starts_with("By tonnes delivered ") && told.contains("as-it-is"), "{told}");
}

#[test]
fn deciles_and_means_follow_from_the_replications() {
    let bench = Bench::new(STUDY);
    let (folder, charts) = drawn(&bench, &["-n", "24"]);
    let values = |name: &str| -> Vec<f64> {
        let rows = rows(&folder.join("replications.csv")).into_iter();
        rows.filter(|row| row["alternative"] == name)
            .map(|row| number(&row, "delivered_tonnes"))
            .collect()
    };
    let median = |name: &str| rafah::stats::harrell_davis(&rafah::stats::sorted(&values(name)), 0.5).value;
    let deciles = rows(&charts.join("quantile-differences.csv"));
    assert_eq!(deciles.len(), 3 * 9);
    for row in &deciles {
        let [difference, lower, upper] = ["difference", "lower", "upper"].map(|column| number(row, column));
        assert!(lower <= difference && difference <= upper);
        // The same world differs in nothing, wherever one looks.
        assert!(
            row["alternative"] != "again" || (lower.abs() <= 0.0 && upper.abs() <= 0.0),
            "{row:?}"
        );
        if row["quantile"] == "0.5" {
            assert!(is_same(difference, median(&row["alternative"]) - median("as-it-is")), "{row:?}");
        }
    }
    let settling = rows(&charts.join("convergence.csv"));
    for name in ["late", "as-it-is", "again", "lanes"] {
        let values = values(name);
        let of_one: Vec<&Row> = settling.iter().filter(|row| row["alternative"] == name).collect();
        assert_eq!(
            (number(of_one[0], "replications"), number(of_one[of_one.len() - 1], "replications")),
            (5.0, 24.0)
        );
        for row in of_one {
            let expected = rafah::stats::mean_interval(&values[..number(row, "replications") as usize], 0.95);
            assert!(is_same(number(row, "mean"), expected.mean) && is_same(number(row, "upper"), expected.upper));
        }
    }
    assert!(title(&charts.join("convergence.svg")).contains("after 24 replications, to ±"));
}

#[test]
fn prices_are_those_of_the_table_hour_by_hour() {
    let bench = Bench::new(STUDY);
    let (folder, charts) = drawn(&bench, &["-n", "24", "--closure-price"]);
    let table = rows(&folder.join("closure_price.csv"));
    let prices = rows(&charts.join("closure-price.csv"));
    assert!(prices.iter().any(|row| row["group"] == "hour") && prices.iter().any(|row| row["group"] == "length"));
    for price in prices.iter().filter(|price| price["n"] != "0") {
        let is_it = |row: &&Row| ["alternative", "group", "level"].iter().all(|key| row[*key] == price[*key]);
        let row = table.iter().find(is_it).unwrap();
        for column in ["tonnes_per_closed_hour", "lower", "upper", "n"] {
            assert!(is_same(number(price, column), number(row, column)), "{column}: {price:?}");
        }
    }
    assert!(title(&charts.join("closure-price.svg")).starts_with("A closed hour costs "));
}

#[test]
fn what_has_nothing_to_show_is_not_drawn() {
    let bench = Bench::new(STUDY);
    let (folder, charts) = drawn(&bench, &["-n", "1"]);
    for name in [
        "differences-delivered_tonnes",
        "against-best",
        "regret",
        "quantile-differences",
        "convergence",
    ] {
        assert!(!charts.join(format!("{name}.svg")).exists(), "{name}");
    }
    let shown = folder.display().to_string();
    let ran = rafah(&["report", &shown, "--only", "frontier,closure-price,convergence"]);
    assert_eq!(ran.code, 2);
    for told in [
        "does not have the table `frontier` of that chart; it takes a study that asks for delivered_tonnes (more is better) and exposure",
        "does not have the table `closure_price` of that chart; it takes closures, and `rafah compare --closure-price`",
    ] {
        assert!(ran.err.contains(told), "{}", ran.err);
    }
    assert!(!ran.err.contains("left it out"), "{}", ran.err);
    let ran = rafah(&["report", &shown, "--only", "convergence,delivered-tonnes"]);
    assert!(
        ran.code == 0 && ran.err.contains("more than five replications that differ"),
        "{}",
        ran.err
    );
}

#[test]
fn differences_stand_under_the_development_that_they_come_from() {
    let bench = Bench::new(
        r#"
format = 1
[study]
name = "developments"
title = "Developments"
question = "What does each do?"
scenario = "world.toml"
replications = 6
reference = "as-it-is"
responses = ["delivered_tonnes"]
[alternative.as-it-is]
[alternative.slow]
scenario = "slow.toml"
[alternative.lanes]
set = { "stage.scan.lanes" = 5 }
[alternative.slower]
scenario = "slow.toml"
set = { "stage.platform.lanes" = 2 }
"#,
    );
    fs::write(
        bench.path("slow.toml"),
        r#"
format = 1
extends = "world.toml"
[scenario]
name = "slow"
[driver.slow]
title = "Fewer lanes scan"
probability = 1.0
when = "10d"
[[driver.slow.effects]]
parameter = "stage.scan.lanes"
multiply = 0.5
"#,
    )
    .unwrap();
    let (_, charts) = drawn(&bench, &[]);
    let found: Vec<(String, String)> = rows(&charts.join("differences-delivered_tonnes.csv"))
        .into_iter()
        .map(|row| (row["alternative"].clone(), row["development"].clone()))
        .collect();
    let expected = [
        ("slow", "Fewer lanes scan"),
        ("slower", "Fewer lanes scan"),
        ("lanes", "Other changes"),
    ];
    assert_eq!(found, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
}

/// Two runs of the world, the second changed as told, in one result without a study; and where its charts are.
fn two_runs(bench: &Bench, replications: &str, (old, new): (&str, &str)) -> PathBuf {
    let text = fs::read_to_string(bench.path("world.toml")).unwrap();
    assert!(text.contains(old), "{old}");
    let other = text.replace(r#"name = "world""#, r#"name = "other""#).replace(old, new);
    fs::write(bench.path("other.toml"), other).unwrap();
    let [world, other, folder] = ["world.toml", "other.toml", "two"].map(|name| bench.path(name).display().to_string());
    let ran = rafah(&["run", &world, &other, "-n", replications, "-o", &folder, "--format", "csv"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    bench.path("two").join("charts")
}

#[test]
fn alternatives_of_different_periods_are_not_held_against_each_other() {
    let bench = Bench::new(STUDY);
    let charts = two_runs(&bench, "21", (r#"length = "50d""#, r#"length = "30d""#));
    for name in ["delivered-tonnes", "delivered-violin", "delivered-ecdf", "delivered-exceedance"] {
        let told = title(&charts.join(format!("{name}.svg")));
        assert!(told.starts_with("The alternatives simulate different periods"), "{name}: {told}");
    }
    assert!(!charts.join("quantile-differences.svg").exists());
    let charts = two_runs(&bench, "21", ("lanes = 4", "lanes = 3"));
    assert!(title(&charts.join("delivered-tonnes.svg")).contains(" than world on average"));
    assert!(charts.join("quantile-differences.svg").exists());
}

#[test]
fn no_two_charts_of_deliveries_have_the_same_title() {
    let bench = Bench::new(STUDY);
    let (_, charts) = drawn(&bench, &["-n", "24"]);
    let names = ["delivered-tonnes", "delivered-violin", "delivered-ecdf", "delivered-exceedance"];
    let titles = names.map(|name| title(&charts.join(format!("{name}.svg"))));
    for (i, told) in titles.iter().enumerate() {
        assert!(!titles[..i].contains(told), "{told}");
        assert!(told.contains("95 % intervals for all"), "{told}");
    }
}

#[test]
fn where_one_alternative_was_chosen_no_title_names_another_as_the_best() {
    let bench = Bench::new(STUDY);
    let (folder, charts) = drawn(&bench, &["--select", "delivered_tonnes", "--budget", "90"]);
    let selection = rows(&folder.join("selection.csv"));
    let chosen = &selection.iter().find(|row| row["selected"] == "1").unwrap()["alternative"];
    let names = [
        "decision",
        "against-best",
        "regret",
        "differences-delivered_tonnes",
        "quantile-differences",
        "delivered-tonnes",
        "delivered-violin",
        "delivered-ecdf",
        "delivered-exceedance",
    ];
    for name in names {
        let told = title(&charts.join(format!("{name}.svg")));
        assert!(told.ends_with(&format!("; chosen is {chosen}")), "{name}: {told}");
        assert!(
            ["the best;", "least,", " most:", "may be the best"]
                .iter()
                .all(|claim| !told.contains(claim)),
            "{name}: {told}"
        );
    }
}
