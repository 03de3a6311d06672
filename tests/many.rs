//! More alternatives than a chart can hold: all are judged, some are drawn, and what is said holds for all.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "support/bench.rs"]
#[allow(dead_code, reason = "these studies are others than the one that stands there")]
mod bench;
#[path = "support/program.rs"]
mod program;

use std::fs;

use bench::Bench;

/// Fourteen numbers of lanes, the reference, with one lane more than all others, last.
fn study() -> String {
    let mut study = String::from(
        r#"
format = 1
[study]
name = "lanes"
scenario = "world.toml"
replications = 8
reference = "most"
responses = ["delivered_tonnes", "exposure"]
"#,
    );
    for lanes in 1..14 {
        study += &format!("[alternative.l{lanes}]\nset = {{ \"stage.scan.lanes\" = {lanes} }}\n");
    }
    study + "[alternative.most]\nset = { \"stage.scan.lanes\" = 14 }\n"
}

#[test]
fn a_reference_that_stands_beyond_those_drawn_is_drawn_and_held_against() {
    let bench = Bench::new(&study());
    let folder = bench.path("r");
    let ran = bench.rafah("compare", &["-o", &folder.display().to_string()]);
    assert!(ran.code == 0, "{}", ran.err);
    assert!(ran.out.contains("most (reference)"), "{}", ran.out);
    let chart = fs::read_to_string(folder.join("charts/delivered-tonnes.svg")).unwrap();
    let words = chart.replace("</tspan>", " ");
    assert!(words.contains("Against most the others shown deliver"), "titled by the reference");
    assert!(words.contains("12 of 14 alternatives"), "says how many are drawn");
    let mut table = csv::Reader::from_path(folder.join("frontier.csv")).unwrap();
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 14);
    // The title of the frontier names whom no other betters among all fourteen, drawn or not.
    let ahead: Vec<&str> = rows.iter().filter(|row| &row[4] == "yes").map(|row| &row[0]).collect();
    let frontier = fs::read_to_string(folder.join("charts/frontier.svg")).unwrap();
    assert!(!ahead.is_empty());
    let named = ahead.len() <= 4 && ahead.iter().all(|name| frontier.contains(*name));
    assert!(
        named || frontier.contains(&format!("{} alternatives are bettered by no other", ahead.len())),
        "{ahead:?}"
    );
}

#[test]
fn the_frontier_is_told_only_where_the_study_wants_more_aid_and_less_exposure() {
    let neither = study().replace("responses = ", "directions = { exposure = \"neither\" }\nresponses = ");
    let bench = Bench::new(&neither);
    let folder = bench.path("r");
    let ran = bench.rafah("compare", &["-n", "3", "-o", &folder.display().to_string()]);
    assert!(ran.code == 0, "{}", ran.err);
    assert!(!folder.join("frontier.csv").exists() && !folder.join("charts/frontier.svg").exists());
    assert!(!ran.out.contains("exposes fewer"), "{}", ran.out);
}
