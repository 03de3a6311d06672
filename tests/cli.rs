//! The whole program from outside: exit codes, what it says, what it leaves.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "support/program.rs"]
mod program;

use std::fs;
use std::path::Path;
use std::process::Command;

use program::{Ran, rafah};

const WORLD: &str = "scenarios/tutorial/1-one-stage.toml";

/// A run of a small world into `folder`.
fn run_into(folder: &Path, more: &[&str]) -> Ran {
    let folder = folder.display().to_string();
    let mut all = vec!["run", WORLD, "--set", "horizon.length=8d", "-n", "6", "--no-charts", "-o", &folder];
    all.extend(more);
    rafah(&all)
}

fn manifest(folder: &Path) -> serde_json::Value {
    serde_json::from_slice(&fs::read(folder.join("manifest.json")).unwrap()).unwrap()
}

#[test]
fn wrong_numbers_on_the_command_line_are_told_plainly() {
    for text in ["abc", "1e3", "0", "-5"] {
        let ran = rafah(&["run", WORLD, "-n", text]);
        let told = format!("expected a whole number of at least 1, found `{text}`");
        assert!(ran.code == 2 && ran.err.contains(&told), "{}", ran.err);
    }
    let ran = rafah(&["run", WORLD, "--confidence", "95"]);
    assert!(ran.code == 2 && ran.err.contains("95% or 0.95"), "{}", ran.err);
}

#[test]
fn what_is_not_built_is_refused_by_name_and_not_listed() {
    let help = rafah(&["--help"]).out;
    for command in ["sweep", "merge", "verify"] {
        let ran = rafah(&[command, "x", "--y"]);
        assert!(
            ran.code == 2 && ran.err.contains(&format!("`{command}` is not built yet")),
            "{}",
            ran.err
        );
        assert!(!help.contains(&format!("\n  {command}")), "{help}");
    }
}

#[test]
fn the_confidence_asked_for_is_that_of_table_and_file() {
    let folder = tempfile::tempdir().unwrap();
    let ran = run_into(&folder.path().join("r"), &["--confidence", "80%"]);
    assert!(ran.code == 0 && ran.out.contains("80 % interval"), "{}", ran.out);
    let summary = fs::read_to_string(folder.path().join("r/summary.csv")).unwrap();
    let at = summary
        .lines()
        .next()
        .unwrap()
        .split(',')
        .position(|name| name == "confidence")
        .unwrap();
    assert!(summary.lines().skip(1).all(|line| line.split(',').nth(at) == Some("0.8")));
    assert!(summary.contains("stage.inspection.mean_wait_min") && summary.contains("cargo.food.delivered_tonnes"));
}

#[test]
fn a_run_not_on_a_terminal_says_nothing_beside_its_summary() {
    let folder = tempfile::tempdir().unwrap();
    let ran = run_into(&folder.path().join("r"), &[]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains("Stages") && ran.out.contains("mean wait (min)"), "{}", ran.out);
    let tables = ran.out.split("Tables, scenario").next().unwrap();
    assert!(tables.lines().all(|line| line.chars().count() <= 100), "{tables}");
}

#[test]
fn the_same_result_is_not_made_twice_and_another_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("r");
    assert_eq!(run_into(&place, &[]).code, 0);
    let started = manifest(&place)["started"].clone();
    let again = run_into(&place, &[]);
    assert!(again.code == 0 && again.err.contains("nothing to do"), "{}", again.err);
    assert_eq!(manifest(&place)["started"], started);
    let other = run_into(&place, &["--seed", "2"]);
    assert!(other.code == 73 && other.err.contains("another result stands there") && other.err.contains("--force"));
    assert_eq!(run_into(&place, &["--seed", "2", "--force"]).code, 0);
    assert_eq!(manifest(&place)["requested_replications"], 6);
}

#[test]
fn an_output_in_the_way_is_told_in_plain_words() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "x").unwrap();
    let ran = run_into(&file, &[]);
    assert!(
        ran.code == 73 && ran.err.contains("is a file") && !ran.err.contains("os error"),
        "{}",
        ran.err
    );
    let strangers = folder.path().join("mine");
    fs::create_dir(&strangers).unwrap();
    fs::write(strangers.join("letter.txt"), "x").unwrap();
    let ran = run_into(&strangers, &[]);
    assert!(
        ran.code == 73 && ran.err.contains("letter.txt") && ran.err.contains("--force"),
        "{}",
        ran.err
    );
    assert_eq!(run_into(&strangers, &["--force"]).code, 0);
    assert!(strangers.join("letter.txt").exists());
}

#[test]
fn two_scenarios_are_compared_in_a_table_of_their_own_unless_their_periods_differ() {
    let folder = tempfile::tempdir().unwrap();
    let other = folder.path().join("other.toml");
    let base = fs::canonicalize(WORLD).unwrap();
    let child = |length: &str| {
        format!(
            "format = 1\nextends = \"{}\"\n[scenario]\nname = \"other\"\n[horizon]\nlength = \"{length}\"\n[stage.inspection]\nlanes = 3\n",
            base.display()
        )
    };
    fs::write(&other, child("35d")).unwrap();
    let (shown, place) = (other.display().to_string(), folder.path().join("r").display().to_string());
    let arguments = ["run", WORLD, &shown, "-n", "4", "--no-charts", "-o", &place];
    let ran = rafah(&arguments);
    assert!(
        ran.code == 0 && ran.out.contains("tonnes delivered in `other` less `one-stage`"),
        "{}",
        ran.out
    );
    let table = fs::read_to_string(folder.path().join("r/comparison.csv")).unwrap();
    assert!(
        table
            .lines()
            .any(|line| line.starts_with("delivered_tonnes,other,one-stage,mean,t,4,")),
        "{table}"
    );

    fs::write(&other, child("30d")).unwrap();
    let ran = rafah(&[&arguments[..], &["--force"]].concat());
    assert!(ran.code == 0 && ran.err.contains("the periods differ"), "{}", ran.err);
    assert!(!folder.path().join("r/comparison.csv").exists() && !ran.out.contains("less `one-stage`"));
}

#[test]
fn two_files_of_one_name_are_named_with_the_way_out() {
    let ran = rafah(&["run", WORLD, WORLD, "-n", "1"]);
    assert!(
        ran.code == 2 && ran.err.contains(WORLD) && ran.err.contains("`name`"),
        "{}",
        ran.err
    );
}

#[test]
fn paths_that_lack_their_beginning_are_found() {
    for (given, meant) in [("inspection.lanes=3", "stage.inspection.lanes"), ("warm_up=3d", "horizon.warm_up")] {
        let ran = rafah(&["check", WORLD, "--set", given]);
        assert!(
            ran.code == 65 && ran.err.contains(&format!("did you mean `{meant}`?")),
            "{}",
            ran.err
        );
    }
}

#[test]
fn new_says_what_stands_in_the_way_and_quotes_names_with_spaces() {
    let folder = tempfile::tempdir().unwrap();
    let name = folder.path().join("my world").display().to_string();
    let ran = rafah(&["new", &name]);
    assert!(
        ran.code == 0 && ran.out.contains(&format!("rafah check '{name}.toml'")),
        "{}",
        ran.out
    );
    let again = rafah(&["new", &name]);
    assert!(again.code == 73 && again.err.contains("is there already"), "{}", again.err);
    let nowhere = rafah(&["new", &folder.path().join("no/x").display().to_string()]);
    assert!(nowhere.code == 73 && nowhere.err.contains("there is no folder"), "{}", nowhere.err);
}

#[test]
fn a_missing_file_is_told_in_json_where_json_is_asked_for() {
    let ran = rafah(&["check", "nothere.toml", "--json"]);
    let told: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((ran.code, told[0]["ok"].as_bool()), (66, Some(false)));
    assert!(told[0]["issues"][0]["message"].as_str().unwrap().contains("no such file"));
}

#[test]
fn differences_are_lines_and_nothing_is_cut() {
    let ran = rafah(&["diff", "scenarios/baseline-2026.toml", "scenarios/baseline-2026-graduated.toml"]);
    assert!(ran.code == 0 && ran.err.is_empty(), "{}", ran.err);
    assert!(!ran.out.contains('…'));
    for line in ran.out.lines().filter(|line| line.chars().count() > 100) {
        assert!(line.starts_with("    ") || line.starts_with("  → "), "{line}");
    }
}

#[test]
fn check_lists_the_numbers_without_evidence_and_counts_no_word() {
    let ran = rafah(&["check", WORLD, "--evidence"]);
    assert!(ran.code == 0 && ran.out.contains("  stage.inspection.lanes = 2\n"), "{}", ran.out);
    assert!(!ran.out.contains("process =") && !ran.out.contains("at_close"), "{}", ran.out);
}

#[test]
fn an_interrupted_run_calls_itself_incomplete() {
    // Signals are sent by a shell: where there is none, there is nothing to test.
    if cfg!(not(unix)) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("r").display().to_string();
    let child = Command::new(env!("CARGO_BIN_EXE_rafah"))
        .args(["run", WORLD, "-n", "100000", "--no-charts", "-o", &place])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(std::time::Duration::from_secs(2));
    Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    let ended = child.wait_with_output().unwrap();
    let out = String::from_utf8(ended.stdout).unwrap();
    assert_eq!(ended.status.code(), Some(130));
    assert!(out.contains("incomplete: ") && out.contains(" of 100,000 replications"), "{out}");
}

#[test]
fn a_killed_run_makes_way_for_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("r");
    let shown = place.display().to_string();
    let mut child = Command::new(env!("CARGO_BIN_EXE_rafah"))
        .args(["run", WORLD, "-n", "100000", "-q", "-o", &shown])
        .spawn()
        .unwrap();
    std::thread::sleep(std::time::Duration::from_secs(2));
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(place.join("parts").exists());
    let ran = run_into(&place, &[]);
    assert!(ran.code == 0 && ran.err.contains("starts anew"), "{}", ran.err);
    assert!(!place.join("parts").exists());
}

#[test]
fn a_whole_world_is_told_in_words_and_its_escorts_and_developments_with_intervals() {
    let world = "scenarios/outlook-2026.toml";
    let told = rafah(&["check", world]).out;
    for words in [
        "hubs          el-arish, 3,000 loads at the start (at random, ",
        "gate (scheduled, 1 a day on working days of `crossing`, 105 slots each, drawn from el-arish)",
        "stock in Gaza food for 7 days",
        "escort of 1 to 6 trucks",
        "50 people each",
        "16 escort_team",
        "calendars     crossing (sun-thu 08:00-16:00, fri-sat closed, 12 holidays)",
        "troops of indonesia with probability 0.50",
    ] {
        assert!(told.contains(words), "{words} is not in\n{told}");
    }
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("r");
    let shown = output.display().to_string();
    let ran = rafah(&["run", world, "-n", "6", "--seed", "1", "--no-charts", "-o", &shown]);
    let words = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    let after = |start: &str| words.split(start).nth(1).unwrap().split(' ').take(4).collect::<Vec<_>>().join(" ");
    for start in ["Escort `collection` asks ", " trips arrive with ", "they happen: ngo-restrictions "] {
        let numbers = after(start);
        assert!(
            numbers.contains('(') && numbers.contains(" to ") && numbers.contains(')'),
            "{start}{numbers}"
        );
    }
    // Six of six happen: a share of 1, whose exact interval begins at 54 %.
    assert!(words.contains("ramadan 100 (54 to 100)"), "{words}");
    let summary = fs::read_to_string(output.join("summary.csv")).unwrap();
    for response in [
        "escort.collection.requests",
        "resource.escort_team.utilisation",
        "hub.el-arish.end_stock",
        "driver.contingent.indonesia.happened",
    ] {
        assert!(summary.contains(&format!(",{response},")), "{response}");
    }
}

#[test]
fn a_policy_given_as_a_scenario_is_told_in_one_sentence() {
    let ran = rafah(&["check", "scenarios/policies/p1-graduated-reopening.toml"]);
    assert!(ran.code != 0 && ran.err.contains("this is a policy, not a scenario"), "{}", ran.err);
    assert!(!ran.err.contains("needs `"), "{}", ran.err);
}

#[test]
fn shares_scaled_beside_one_that_is_set_lose_their_source() {
    let set = "organisation.un.share=0.5";
    let ran = rafah(&["check", "scenarios/baseline-2026.toml", "--set", set, "--resolved"]);
    assert!(
        ran.code == 0 && ran.out.contains("assumption = \"scaled, since un was set\""),
        "{}{}",
        ran.err,
        ran.out
    );
    let folder = tempfile::tempdir().unwrap();
    let again = folder.path().join("again.toml");
    fs::write(&again, &ran.out).unwrap();
    let ran = rafah(&["check", &again.display().to_string()]);
    assert!(ran.code == 0, "{}", ran.err);
}

#[test]
fn a_severity_without_response_beside_others_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("s.toml");
    let world = fs::canonicalize(WORLD).unwrap();
    let text = format!(
        "format = 1\nextends = \"{}\"\n[security.incidents]\nprocess = \"poisson\"\nrate = \"1/d\"\n[security.incidents.severity]\n\
         minor = {{ share = 0.8 }}\nmajor = {{ share = 0.2 }}\n[policy.response.major]\nfor = \"6h\"\n",
        world.display()
    );
    fs::write(&file, text).unwrap();
    let ran = rafah(&["check", &file.display().to_string()]);
    let told = "severity `minor` occurs, but the policy has no response to it: it closes nothing";
    assert!(ran.code == 0 && ran.err.contains(told), "{}", ran.err);
    assert!(!ran.err.contains("severity `major` occurs"), "{}", ran.err);
}
