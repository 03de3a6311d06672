//! Studies from outside: what `compare` leaves and says, and what the same random numbers make of it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "support/bench.rs"]
mod bench;
#[path = "support/program.rs"]
mod program;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use bench::{Bench, STUDY};
use program::rafah;

/// The rows of a table by column.
fn rows(folder: &Path, table: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(folder.join(format!("{table}.csv"))).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

#[test]
fn alternatives_that_differ_in_nothing_give_differences_of_exactly_nothing() {
    let bench = Bench::new(STUDY);
    let folder = bench.compare("r", &[]);
    let comparison = rows(&folder, "comparison");
    let of_again: Vec<_> = comparison.iter().filter(|row| row["alternative"] == "again").collect();
    assert!(of_again.len() > 100);
    for row in of_again {
        assert_eq!(row["reference"], "as-it-is");
        assert!(row["difference"].parse::<f64>().unwrap().abs() <= 0.0, "{row:?}");
    }
    let alternatives: Vec<&str> = ["late", "again", "lanes"].into();
    let of_tonnes: Vec<&str> = (comparison.iter())
        .filter(|row| row["response"] == "delivered_tonnes" && row["statistic"] == "mean")
        .map(|row| row["alternative"].as_str())
        .collect();
    assert_eq!(of_tonnes, alternatives);
    let by = |name: &str| -> Vec<String> {
        let replications = fs::read_to_string(folder.join("replications.csv")).unwrap();
        let own = replications.lines().filter_map(|line| line.strip_prefix(&format!("{name},")));
        own.map(str::to_owned).collect()
    };
    assert_eq!(by("again"), by("as-it-is"));
    assert_ne!(by("lanes"), by("as-it-is"));
}

#[test]
fn a_policy_that_acts_from_the_40th_day_on_leaves_the_days_before_as_they_were() {
    let bench = Bench::new(STUDY);
    let folder = bench.compare("r", &["--tables", "daily"]);
    let mut days: BTreeMap<(String, String, String), BTreeMap<String, String>> = BTreeMap::new();
    for row in rows(&folder, "daily") {
        let key = (row["alternative"].clone(), row["replication"].clone(), row["day"].clone());
        days.insert(key, row.into_iter().filter(|(column, _)| column != "alternative").collect());
    }
    let (mut before, mut after) = (0, 0);
    for ((_, replication, day), late) in days.iter().filter(|((alternative, ..), _)| alternative == "late") {
        let as_it_is = &days[&("as-it-is".to_owned(), replication.clone(), day.clone())];
        if day.parse::<u32>().unwrap() < 40 {
            assert_eq!(late, as_it_is, "replication {replication}, day {day}");
            before += 1;
        } else {
            after += usize::from(late != as_it_is);
        }
    }
    assert_eq!(before, 12 * 39);
    assert!(after > 12, "{after} later days differ");
}

#[test]
fn no_byte_depends_on_the_number_of_threads() {
    let bench = Bench::new(STUDY);
    let (one, two) = (bench.compare("one", &["-j", "1"]), bench.compare("two", &["-j", "2"]));
    let mut compared = 0;
    for entry in fs::read_dir(&one).unwrap() {
        let name = entry.unwrap().file_name();
        if Path::new(&name).extension().is_some_and(|e| e == "csv" || e == "toml") {
            assert!(
                fs::read(one.join(&name)).unwrap() == fs::read(two.join(&name)).unwrap(),
                "{}",
                name.display()
            );
            compared += 1;
        }
    }
    assert!(compared > 15, "{compared} files");
}

#[test]
fn the_same_random_numbers_make_differences_sharper_than_independent_ones() {
    let study = r#"
format = 1
[study]
name = "quicker"
scenario = "world.toml"
replications = 40
responses = ["stage.scan.mean_wait_min"]
reference = "slow"
[alternative.slow]
[alternative.quick]
set = { "stage.scan.service.mean" = "25min" }
"#;
    let bench = Bench::new(study);
    let folder = bench.compare("r", &["--tables", "comparison", "-n", "60", "--seed", "3"]);
    let rows = rows(&folder, "comparison");
    let row = rows
        .iter()
        .find(|row| row["response"] == "stage.scan.mean_wait_min" && row["statistic"] == "mean")
        .unwrap();
    assert_eq!(
        (row["alternative"].as_str(), row["reference"].as_str(), row["n"].as_str()),
        ("quick", "slow", "60")
    );
    assert!(
        row["variance_reduction"].parse::<f64>().unwrap() > 1.0 && row["upper"].parse::<f64>().unwrap() < 0.0,
        "{row:?}"
    );
}

#[test]
fn the_result_keeps_the_study_and_says_what_it_asked() {
    let bench = Bench::new(STUDY);
    let folder = bench.compare("r", &["--tables", "replications", "-n", "3"]);
    assert_eq!(fs::read_to_string(folder.join("study.toml")).unwrap(), STUDY);
    let manifest: serde_json::Value = serde_json::from_slice(&fs::read(folder.join("manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest["study"]["name"], "hours");
    assert_eq!(manifest["study"]["reference"], "as-it-is");
    assert_eq!(manifest["study"]["blake3"], blake3::hash(STUDY.as_bytes()).to_hex().to_string());
    let is_named = |file: &&serde_json::Value| file["path"] == "study.toml";
    assert_eq!(manifest["files"].as_array().unwrap().iter().filter(is_named).count(), 1);
    for name in ["late", "as-it-is", "again", "lanes"] {
        assert!(folder.join(format!("scenario/{name}.toml")).is_file());
    }
    // Another question of the same worlds is another result.
    let shown = folder.display().to_string();
    fs::write(
        bench.path("study.toml"),
        STUDY.replace("reference = \"as-it-is\"", "reference = \"late\""),
    )
    .unwrap();
    let ran = bench.rafah(
        "compare",
        &[
            "--tables",
            "replications",
            "-n",
            "3",
            "--no-charts",
            "--quiet",
            "--format",
            "csv",
            "-o",
            &shown,
        ],
    );
    assert!(ran.code == 73 && ran.err.contains("another result stands there"), "{}", ran.err);
}

#[test]
fn check_tells_what_each_alternative_changes() {
    let bench = Bench::new(STUDY);
    let ran = bench.rafah("check", &[]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for part in [
        "study.toml: fine",
        "hours: Longer hours",
        "Do longer hours help?",
        "delivered_tonnes (more is better)",
        "stage.scan.mean_wait_min (less is better)",
        "policy.name: \"own\" → \"late\"",
        "calendar.crossing.season.late.from",
        "stage.scan.lanes: 4 → 5",
        "1 difference from the reference",
        "`as-it-is` and `again` differ in nothing that is simulated",
    ] {
        assert!(ran.out.contains(part), "{part} is missing in\n{}", ran.out);
    }
    let told: serde_json::Value = serde_json::from_str(&bench.rafah("check", &["--json"]).out).unwrap();
    let lanes = &told[0]["alternatives"][3];
    assert_eq!(
        lanes["differences"][0],
        serde_json::json!({ "path": "stage.scan.lanes", "reference": "4", "alternative": "5" })
    );
    assert_eq!(told[0]["alike"], serde_json::json!([["as-it-is", "again"]]));
    assert_eq!(bench.rafah("check", &["--evidence"]).code, 2);
}

#[test]
fn what_is_wrong_with_a_study_is_told_before_anything_is_simulated() {
    let wrong = STUDY
        .replace("need_met", "ned_met")
        .replace("late.toml", "lat.toml")
        .replace("\"as-it-is\"\n", "\"as-is\"\n");
    let bench = Bench::new(&wrong);
    for command in ["check", "compare"] {
        let ran = bench.rafah(command, &[]);
        assert_eq!(ran.code, 65, "{}", ran.err);
        for part in [
            "no response is called `ned_met`",
            "did you mean `need_met`?",
            "no such file",
            "no alternative is called `as-is`",
            "3 errors in 1 study",
        ] {
            assert!(ran.err.contains(part), "{part} is missing in\n{}", ran.err);
        }
    }
    assert_eq!(rafah(&["compare", "nowhere.toml"]).code, 66);
    let scenario = bench.path("world.toml").display().to_string();
    let ran = rafah(&["compare", &scenario]);
    assert!(
        ran.code == 65 && ran.err.contains("this is a scenario, expected a study"),
        "{}",
        ran.err
    );
    let study = bench.path("study.toml").display().to_string();
    assert!(rafah(&["run", &study]).err.contains("`rafah compare` runs it"));
}

#[test]
fn what_a_closure_costs_is_told_where_it_is_asked_for() {
    let bench = Bench::new(STUDY);
    let plain = bench.compare("plain", &[]);
    assert!(!plain.join("closure_price.csv").exists());
    let priced = bench.compare("priced", &["--closure-price"]);
    let rows = fs::read_to_string(priced.join("closure_price.csv")).unwrap();
    let header = "alternative,group,level,replications,n,few,closed_h,lost_tonnes,tonnes_per_closed_hour,lower,upper,difference,difference_lower,difference_upper,";
    assert!(rows.starts_with(header), "{rows}");
    // Alternatives that differ in nothing pay the same to the last digit: but for the difference, which the reference has not.
    let of = |name: &str| -> Vec<String> {
        let own = rows.lines().filter_map(|line| line.strip_prefix(&format!("{name},")));
        let but_difference = |line: &str| -> String {
            let cells = line.split(',').enumerate().filter(|(i, _)| !(10..15).contains(i));
            cells.map(|(_, cell)| cell).collect::<Vec<_>>().join(",")
        };
        own.map(but_difference).collect()
    };
    assert!(of("as-it-is").len() > 5 && of("as-it-is") == of("again"), "{rows}");
    let again = rows.lines().find(|line| line.starts_with("again,all,all,")).unwrap();
    assert_eq!(again.split(',').nth(11), Some("0"), "{again}");
    assert!(
        of("as-it-is")[0].starts_with("all,all,12,11,1,"),
        "one replication of twelve has no closure in time, and eleven are few: {rows}"
    );
    let synchronisation = fs::read_to_string(priced.join("synchronisation.csv")).unwrap();
    let shared = |name: &str| -> f64 {
        let mut lines = synchronisation.lines().map(|line| line.split(',').collect::<Vec<_>>());
        let column = lines.next().unwrap().iter().position(|c| *c == "shared_draws").unwrap();
        lines.find(|cells| cells[0] == name).unwrap()[column].parse().unwrap()
    };
    assert!((shared("again") - 1.0).abs() < 1e-12);
    assert!(shared("lanes") > 0.9 && shared("lanes") < 1.0, "{synchronisation}");
}

#[test]
fn the_price_of_a_closed_hour_is_printed_and_its_options_need_each_other() {
    let bench = Bench::new(STUDY);
    let into = |name: &str| bench.path(name).display().to_string();
    let ran = bench.rafah(
        "compare",
        &[
            "--closure-price",
            "--priced-replications",
            "8",
            "--no-charts",
            "-o",
            &into("printed"),
        ],
    );
    for part in [
        "What a closed hour costs: the tonnes that are not delivered",
        "(too few)",
        "Too few: fewer than 30 closures",
        "From the first 8 replications of each alternative",
    ] {
        assert!(ran.out.replace('\n', " ").contains(part), "{part} is missing in\n{}", ran.out);
    }
    let ran = bench.rafah("compare", &["--closure-price", "--json", "--no-charts", "-o", &into("json")]);
    let told: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let prices = &told["closure_price"];
    assert!(prices["replications"] == 12 && prices["reference"] == "as-it-is", "{prices}");
    assert!(prices["rows"].as_array().unwrap().len() > 20, "{prices}");
    let ran = bench.rafah("compare", &["--tables", "closure_price", "-o", &into("unasked")]);
    assert!(
        ran.code == 2 && ran.err.contains("rafah compare STUDY --closure-price"),
        "{}",
        ran.err
    );
    let ran = bench.rafah("compare", &["--priced-replications", "8"]);
    assert!(ran.code == 2 && ran.err.contains("--closure-price"), "{}", ran.err);
}

#[test]
fn a_selection_says_who_was_dropped_when_for_whom_whatever_the_threads() {
    let bench = Bench::new(STUDY);
    let select = ["--select", "delivered_tonnes", "--indifference", "5", "--tables", "selection"];
    let of_threads = |jobs: &str| {
        let folder = bench.compare(&format!("r{jobs}"), &[&select[..], &["-j", jobs]].concat());
        fs::read_to_string(folder.join("selection.csv")).unwrap()
    };
    let one = of_threads("1");
    assert_eq!(one, of_threads("2"));
    let chosen: Vec<&str> = one.lines().filter(|line| line.contains(",1,delivered_tonnes,5,")).collect();
    assert_eq!(chosen.len(), 1, "{one}");
    let ran = bench.rafah("compare", &["--select", "dispatched_trucks", "--indifference", "1"]);
    assert!(
        ran.code == 2 && ran.err.contains("expected one of the study's responses"),
        "{}",
        ran.err
    );
    let ran = bench.rafah("compare", &["--select", "delivered_tonnes", "--indifference", "-1"]);
    assert!(ran.code == 2 && ran.err.contains("above 0"), "{}", ran.err);
}

#[test]
fn a_budget_is_spent_whole_and_the_tables_hold_what_each_alternative_got_whatever_the_threads() {
    let bench = Bench::new(STUDY);
    let tables = "selection,summary,comparison,decision,replications";
    let select = ["--select", "delivered_tonnes", "--budget", "90", "--tables", tables];
    let of_threads = |jobs: &str| bench.compare(&format!("b{jobs}"), &[&select[..], &["-j", jobs]].concat());
    let (one, two) = (of_threads("1"), of_threads("2"));
    for table in tables.split(',') {
        let [a, b] = [&one, &two].map(|folder| fs::read(folder.join(format!("{table}.csv"))).unwrap());
        assert!(a == b, "{table}");
    }
    let number = |text: &str| text.parse::<u32>().unwrap();
    let got: BTreeMap<String, u32> = rows(&one, "selection")
        .iter()
        .map(|row| (row["alternative"].clone(), number(&row["replications"])))
        .collect();
    // Half of the budget among four, and the rest where it tells.
    assert_eq!(got.values().sum::<u32>(), 90);
    assert!(got.values().all(|n| *n >= 11) && got.values().min() < got.values().max(), "{got:?}");
    let chosen = rows(&one, "selection").iter().filter(|row| row["selected"] == "1").count();
    assert_eq!(chosen, 1);
    let of_response = |table: &str| {
        let rows = rows(&one, table).into_iter();
        rows.filter(|row| row["response"] == "delivered_tonnes").collect::<Vec<_>>()
    };
    for row in of_response("summary") {
        assert_eq!(number(&row["n"]), got[&row["alternative"]]);
    }
    for row in of_response("comparison") {
        assert_eq!(number(&row["n"]), got[&row["alternative"]].min(got["as-it-is"]));
    }
    for row in of_response("decision") {
        assert_eq!(Some(&number(&row["n"])), got.values().min());
    }
    let manifest: serde_json::Value = serde_json::from_str(&fs::read_to_string(one.join("manifest.json")).unwrap()).unwrap();
    for record in manifest["alternatives"].as_array().unwrap() {
        let name = record["name"].as_str().unwrap();
        let there = rows(&one, "replications").iter().filter(|row| row["alternative"] == name).count();
        assert_eq!(record["replications"], got[name]);
        assert_eq!(there, got[name] as usize);
    }
}

#[test]
fn a_selection_is_told_with_its_unit_and_what_is_not_used() {
    let bench = Bench::new(STUDY);
    let out = bench.path("said").display().to_string();
    let more = ["--no-charts", "-o", &out, "--select", "delivered_tonnes"];
    let ran = bench.rafah("compare", &[&more[..], &["--indifference", "2000"]].concat());
    let said = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        ran.code == 0 && said.contains("better than all others by 2,000 tonnes or more, this is it"),
        "{} {}",
        ran.err,
        ran.out
    );
    assert!(ran.err.contains("The study's `replications = 12` is not used"), "{}", ran.err);
    let ran = bench.rafah("compare", &[&more[..], &["--force", "--budget", "60"]].concat());
    let said = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("Of 60 replications each alternative got 7"), "{}", ran.out);
}

#[test]
fn one_way_to_select_is_asked_for_and_numbers_are_told_apart_from_units() {
    let bench = Bench::new(STUDY);
    let refused = |more: &[&str], words: &str| {
        let ran = bench.rafah("compare", &[&["--select", "delivered_tonnes"], more].concat());
        assert!(ran.code == 2 && ran.err.contains(words), "{}", ran.err);
    };
    refused(&[], "better than all others by D tonnes");
    refused(&["--indifference", "5", "--budget", "100"], "not both");
    refused(&["--indifference", "2000t"], "a number above 0 in tonnes, written without the unit");
    refused(&["--budget", "19"], "at least 20 replications");
}

#[test]
fn what_compare_does_not_do_yet_is_refused_by_name() {
    let bench = Bench::new(STUDY);
    assert!(
        bench
            .rafah("compare", &["--shard", "1/2"])
            .err
            .contains("`--shard` is not built yet")
    );
    let factors =
        "format = 1\n[study]\nname = \"f\"\nscenario = \"world.toml\"\n[factor.lanes]\nparameter = \"stage.scan.lanes\"\nlevels = [1, 2]\n";
    let bench = Bench::new(factors);
    let ran = bench.rafah("compare", &[]);
    assert!(ran.code == 65 && ran.err.contains("`rafah sweep`"), "{}", ran.err);
    let ran = bench.rafah("check", &[]);
    assert!(ran.code == 0 && ran.out.contains("`[factor]` is for `rafah sweep`"), "{}", ran.out);
}
