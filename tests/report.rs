//! Charts from a result folder alone: the same as the run drew, in other sizes and forms, with their numbers beside them.
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
use program::{Ran, rafah};

/// A comparison of nine replications with its charts, and what it printed.
fn compared(bench: &Bench, more: &[&str]) -> (PathBuf, String) {
    let folder = bench.path("r");
    let shown = folder.display().to_string();
    let ran = bench.rafah("compare", &[&["-n", "9", "-o", &shown], more].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    (folder, ran.out)
}

fn report(folder: &Path, more: &[&str]) -> Ran {
    let shown = folder.display().to_string();
    rafah(&[&["report", shown.as_str()], more].concat())
}

/// Every file of a folder with its content.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(path).unwrap()))
        .collect()
}

/// The rows of a CSV file by column.
fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

fn manifest(folder: &Path) -> serde_json::Value {
    serde_json::from_slice(&fs::read(folder.join("manifest.json")).unwrap()).unwrap()
}

fn change_manifest(folder: &Path, change: impl Fn(&mut serde_json::Value)) {
    let mut value = manifest(folder);
    change(&mut value);
    fs::write(folder.join("manifest.json"), value.to_string()).unwrap();
}

/// What stands between `<title>` and its end.
fn title(svg: &str) -> &str {
    svg.split("<title>").nth(1).unwrap().split("</title>").next().unwrap()
}

#[test]
fn charts_drawn_again_are_those_of_the_run_to_the_byte() {
    let bench = Bench::new(STUDY);
    let (folder, printed) = compared(&bench, &[]);
    let (drawn, files) = (contents(&folder.join("charts")), manifest(&folder)["files"].clone());
    for name in [
        "decision",
        "delivered-tonnes",
        "delivered-violin",
        "daily-deliveries",
        "queue-by-stage-as-it-is",
        "cumulative",
        "queue-heat",
        "openings-late",
        "stage-flow-lanes",
    ] {
        assert!(
            drawn.contains_key(&format!("{name}.svg")) && drawn.contains_key(&format!("{name}.csv")),
            "{name}"
        );
        assert_eq!(drawn.contains_key(&format!("{name}.png")), cfg!(feature = "png"), "{name}");
    }
    // The title of the answer is what was printed.
    let plain = |text: &str| text.replace('`', "").split_whitespace().collect::<Vec<_>>().join(" ");
    let svg = String::from_utf8(drawn["decision.svg"].clone()).unwrap();
    assert!(plain(&printed).contains(&plain(title(&svg))), "{printed}\n{}", title(&svg));

    fs::remove_dir_all(folder.join("charts")).unwrap();
    let ran = report(&folder, &[]);
    assert!(ran.code == 0 && ran.err.is_empty(), "{}", ran.err);
    assert!(
        ran.out.contains("26 charts in") && ran.out.contains("queue-by-stage-lanes"),
        "{}",
        ran.out
    );
    let again = contents(&folder.join("charts"));
    assert!(drawn.keys().eq(again.keys()), "{:?}", again.keys());
    for (name, content) in &drawn {
        assert!(*content == again[name], "{name} differs");
    }
    let by_path = |files: &serde_json::Value| -> BTreeMap<String, String> {
        let named = files.as_array().unwrap().iter();
        named
            .map(|file| {
                (
                    file["path"].as_str().unwrap().to_owned(),
                    file["blake3"].as_str().unwrap().to_owned(),
                )
            })
            .collect()
    };
    assert_eq!(by_path(&files), by_path(&manifest(&folder)["files"]));
}

#[test]
fn a_chart_comes_in_the_width_form_and_colours_asked_for() {
    let bench = Bench::new(STUDY);
    let (folder, _) = compared(&bench, &["--no-charts"]);
    let before = manifest(&folder);
    let figures = bench.path("figures");
    let into = figures.display().to_string();
    let asked = [
        "--only",
        "daily-deliveries,decision",
        "--width",
        "85mm",
        "--format",
        "pdf,svg",
        "--theme",
        "grey",
        "-o",
        &into,
    ];
    let ran = report(&folder, &asked);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let drawn = contents(&figures);
    let names: Vec<&str> = drawn.keys().map(String::as_str).collect();
    let expected = [
        "daily-deliveries.csv",
        "daily-deliveries.pdf",
        "daily-deliveries.svg",
        "decision.csv",
        "decision.pdf",
        "decision.svg",
    ];
    assert_eq!(names, expected);
    let svg = String::from_utf8(drawn["daily-deliveries.svg"].clone()).unwrap();
    assert!(svg.contains(r#"width="240.94pt""#), "{}", &svg[..200]);
    let colours: Vec<&str> = svg
        .match_indices('#')
        .map(|(at, _)| &svg[at + 1..at + 7])
        .filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()))
        .collect();
    assert!(colours.len() > 20);
    for hex in colours {
        assert!(hex[..2] == hex[2..4] && hex[2..4] == hex[4..], "#{hex} is no grey");
    }
    let pdf = &drawn["decision.pdf"];
    assert!(pdf.starts_with(b"%PDF-") && String::from_utf8_lossy(pdf).contains("/MediaBox [0 0 240.94 "));
    // What stands elsewhere is no part of the result.
    assert_eq!(manifest(&folder), before);
    assert!(!folder.join("charts").exists());
}

#[test]
fn the_numbers_beside_a_chart_are_those_of_the_tables() {
    let bench = Bench::new(STUDY);
    let (folder, _) = compared(&bench, &["--format", "csv"]);
    let charts = folder.join("charts");
    let decision = rows(&charts.join("decision.csv"));
    assert_eq!(decision.len(), 4 * 3);
    for (drawn, row) in decision.iter().zip(rows(&folder.join("decision.csv"))) {
        assert_eq!((&drawn["alternative"], &drawn["response"]), (&row["alternative"], &row["response"]));
        let scale = if drawn["unit"] == "%" { 100.0 } else { 1.0 };
        for column in ["mean", "lower", "upper"] {
            let [drawn, kept] = [&drawn[column], &row[column]].map(|text| text.parse::<f64>().unwrap());
            assert!((drawn - kept * scale).abs() <= 1e-12 * drawn.abs(), "{column}: {drawn}, {kept}");
        }
    }
    let replications = rows(&folder.join("replications.csv"));
    let delivered = rows(&charts.join("delivered-tonnes.csv"));
    assert_eq!(delivered.len(), 4 * 9);
    for (drawn, row) in delivered.iter().zip(&replications) {
        for column in ["alternative", "replication", "delivered_tonnes"] {
            assert_eq!(drawn[column], row[column]);
        }
    }
    let profile = rows(&folder.join("queue_profile.csv"));
    let drawn = rows(&charts.join("queue-by-stage-lanes.csv"));
    assert!(drawn.len() > 100);
    for queue in drawn.iter().step_by(37) {
        let is_it = |row: &&BTreeMap<String, String>| ["alternative", "stage", "time_h"].iter().all(|key| row[*key] == queue[*key]);
        let row = profile.iter().find(is_it).unwrap();
        assert_eq!((&queue["p50_trucks"], &queue["p95_trucks"]), (&row["p50"], &row["p95"]));
    }
}

#[test]
fn the_days_of_a_fan_are_quantiles_of_the_daily_table() {
    let bench = Bench::new(STUDY);
    let (folder, _) = compared(&bench, &["--format", "csv"]);
    let fan = rows(&folder.join("charts/daily-deliveries.csv"));
    // Food alone has a need, so the fan is one of food.
    let daily = rows(&folder.join("daily_cargo.csv"));
    let every: usize = fan[0]["days"].parse().unwrap();
    let mut seen = 0;
    for value in fan.iter().filter(|value| value["alternative"] == "late") {
        let first: usize = value["day"].parse().unwrap();
        let of_day = |row: &&BTreeMap<String, String>| (first..first + every).contains(&row["day"].parse::<usize>().unwrap());
        let mut by_replication: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
        let of_food = |row: &&BTreeMap<String, String>| row["alternative"] == "late" && row["cargo"] == "food";
        for row in daily.iter().filter(of_food).filter(of_day) {
            by_replication
                .entry(&row["replication"])
                .or_default()
                .push(row["delivered_tonnes"].parse().unwrap());
        }
        let mut means: Vec<f64> = by_replication
            .values()
            .map(|days| days.iter().sum::<f64>() / days.len() as f64)
            .collect();
        means.sort_by(f64::total_cmp);
        let median: f64 = value["p50_tonnes_per_day"].parse().unwrap();
        assert!(
            (median - means[4]).abs() < 1e-9 * median.max(1.0),
            "day {first}: {median}, {means:?}"
        );
        seen += 1;
    }
    assert!(seen > 5, "{seen} values");
}

#[test]
fn charts_that_cannot_be_drawn_are_refused_by_name_all_at_once() {
    let bench = Bench::new(STUDY);
    let (folder, _) = compared(&bench, &["--tables", "replications,summary", "--no-charts"]);
    let ran = report(&folder, &["--only", "dailey-deliveries,decision,queue"]);
    assert_eq!(ran.code, 2);
    for told in [
        "did you mean `daily-deliveries`?",
        "does not have the tables `decision`, `comparison`",
        "did you mean `queue-by-stage`?",
    ] {
        assert!(ran.err.contains(told), "{}", ran.err);
    }
    let listed = report(&folder, &["--list", "--json"]);
    let listed: serde_json::Value = serde_json::from_str(&listed.out).unwrap();
    let lacks = |name: &str| listed.as_array().unwrap().iter().find(|chart| chart["name"] == name).unwrap()["lacks"].to_string();
    assert_eq!(lacks("daily-deliveries"), r#"["daily"]"#);
    assert_eq!(lacks("delivered-tonnes"), "[]");
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let printed = plain(&report(&folder, &["--list"]).out);
    assert!(printed.contains("does not have the table queue_profile"), "{printed}");
    // What can be drawn is.
    let ran = report(&folder, &[]);
    assert!(ran.code == 0 && ran.out.contains("5 charts in"), "{}{}", ran.out, ran.err);
    for (option, value) in [("--width", "85"), ("--width", "200mm"), ("--format", "eps"), ("--theme", "pink")] {
        let ran = report(&folder, &[option, value]);
        assert!(ran.code == 2 && ran.err.contains(value), "{option} {value}: {}", ran.err);
    }
}

#[test]
fn what_is_no_whole_result_is_told_from_one() {
    let bench = Bench::new(STUDY);
    let nothing = report(&bench.path("none"), &[]);
    assert!(
        nothing.code == 66 && nothing.err.contains("is not a result folder"),
        "{}",
        nothing.err
    );
    let file = report(&bench.path("world.toml"), &[]);
    assert_eq!(file.code, 66, "{}", file.err);

    let (folder, _) = compared(&bench, &["--no-charts"]);
    change_manifest(&folder, |manifest| {
        manifest["complete"] = false.into();
        manifest["requested_replications"] = 100.into();
    });
    let ran = report(&folder, &["--only", "delivered-tonnes"]);
    assert!(
        ran.code == 0 && ran.err.contains("incomplete: 9 of 100 replications"),
        "{}",
        ran.err
    );
    let svg = fs::read_to_string(folder.join("charts/delivered-tonnes.svg")).unwrap();
    assert!(svg.contains("incomplete: 9 of 100 replications"));

    let scenario = folder.join("scenario/lanes.toml");
    let text = fs::read_to_string(&scenario).unwrap();
    fs::write(&scenario, text.replace("lanes = 5", "lanes = 6")).unwrap();
    let ran = report(&folder, &[]);
    assert!(
        ran.code == 65 && ran.err.contains("is not the scenario that was simulated"),
        "{}",
        ran.err
    );
    fs::write(&scenario, text).unwrap();

    change_manifest(&folder, |manifest| manifest["format"] = 99.into());
    let ran = report(&folder, &[]);
    assert!(
        ran.code == 65 && ran.err.contains("expected a result of format 1, found 99"),
        "{}",
        ran.err
    );
}

/// A comparison without charts, its tables as CSV alone.
fn as_csv(bench: &Bench, more: &[&str]) -> PathBuf {
    bench.compare("r", &[&["-n", "9"], more].concat())
}

/// The text of a file without its last lines.
fn cut(path: &Path, lines: usize) {
    let text = fs::read_to_string(path).unwrap();
    let kept: Vec<&str> = text.lines().collect();
    fs::write(path, kept[..kept.len() - lines].join("\n") + "\n").unwrap();
}

#[test]
fn a_table_that_was_cut_or_changed_after_the_run_is_refused_and_nothing_is_written() {
    let bench = Bench::new(STUDY);
    let folder = as_csv(&bench, &[]);
    let refused = |file: &str, what: &str| {
        let place = bench.path("told");
        let ran = report(&folder, &["-o", &place.display().to_string()]);
        for told in [file, what, "command_line", "Copy it again"] {
            assert!(ran.code == 65 && ran.err.contains(told), "{told}: {} {}", ran.code, ran.err);
        }
        assert!(!place.exists(), "{file}");
    };
    // `stages` is read where the charts stand already.
    for name in ["replications.csv", "decision.csv", "summary.csv"] {
        let path = folder.join(name);
        let text = fs::read_to_string(&path).unwrap();
        cut(&path, 3);
        refused(
            name,
            &format!("{} of its {} bytes are there", fs::metadata(&path).unwrap().len(), text.len()),
        );
        // One digit for another: as long as it was.
        let last = text.rfind(|c: char| c.is_ascii_digit()).unwrap();
        let other = if text[last..].starts_with('1') { "2" } else { "1" };
        fs::write(&path, format!("{}{other}{}", &text[..last], &text[last + 1..])).unwrap();
        refused(name, "its hash (BLAKE3) is not the one in the manifest");
        fs::write(&path, format!("{text}\n")).unwrap();
        refused(name, &format!("the run wrote {}", text.len()));
        fs::write(&path, text).unwrap();
    }
    let whole = report(&folder, &["-o", &bench.path("told").display().to_string()]);
    assert!(whole.code == 0 && whole.err.is_empty(), "{}", whole.err);
}

#[cfg(feature = "parquet")]
#[test]
fn another_form_of_a_table_that_was_cut_is_warned_of_and_one_that_is_whole_is_named() {
    let bench = Bench::new(STUDY);
    let (folder, _) = compared(&bench, &["--no-charts"]);
    let csv = folder.join("replications.csv");
    let text = fs::read_to_string(&csv).unwrap();
    cut(&csv, 2);
    let told = bench.path("told");
    let ran = report(&folder, &["--format", "md", "-o", &told.display().to_string()]);
    assert!(
        ran.code == 0 && ran.err.contains("`replications.csv` was cut or changed") && ran.err.contains("command_line"),
        "{}",
        ran.err
    );
    assert!(
        fs::read_to_string(told.join("report.md"))
            .unwrap()
            .contains("`replications.csv` was cut or changed")
    );
    fs::write(&csv, text).unwrap();
    let parquet = folder.join("replications.parquet");
    let bytes = fs::read(&parquet).unwrap();
    fs::write(&parquet, &bytes[..bytes.len() - 9]).unwrap();
    let ran = report(&folder, &["-o", &told.display().to_string()]);
    assert!(
        ran.code == 65 && ran.err.contains("replications.parquet") && ran.err.contains("`replications.csv` holds the same table"),
        "{}",
        ran.err
    );
    fs::remove_file(&parquet).unwrap();
    let ran = report(&folder, &["-o", &told.display().to_string()]);
    assert_eq!(ran.code, 0, "{}", ran.err);
}

#[test]
fn one_picture_of_a_chart_can_be_asked_for_by_its_name() {
    let bench = Bench::new(STUDY);
    let folder = as_csv(&bench, &[]);
    let place = bench.path("one");
    let into = place.display().to_string();
    let ran = report(
        &folder,
        &["--only", "queue-by-stage-lanes,decision", "--format", "svg", "-o", &into],
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    let names: Vec<String> = contents(&place).into_keys().collect();
    assert_eq!(
        names,
        [
            "decision.csv",
            "decision.svg",
            "queue-by-stage-lanes.csv",
            "queue-by-stage-lanes.svg"
        ]
    );
    let ran = report(&folder, &["--only", "queue-by-stage-nobody", "-o", &into]);
    assert!(
        ran.code == 2
            && ran
                .err
                .contains("its pictures are `queue-by-stage-late`, `queue-by-stage-as-it-is`"),
        "{}",
        ran.err
    );
}

#[test]
fn a_chart_for_which_there_are_too_few_replications_is_listed_and_refused_as_such() {
    let bench = Bench::new(STUDY);
    let folder = bench.compare("r", &["-n", "2"]);
    let listed = report(&folder, &["--list"]).out;
    assert!(
        listed.contains("\nconvergence (cannot be drawn: this result does not have all that it takes)\n")
            && listed.contains("\ndelivered-tonnes\n"),
        "{listed}"
    );
    let json: serde_json::Value = serde_json::from_str(&report(&folder, &["--list", "--json"]).out).unwrap();
    let can = |name: &str| json.as_array().unwrap().iter().find(|chart| chart["name"] == name).unwrap()["can_be_drawn"].clone();
    assert!(can("convergence") == false && can("delivered-tonnes") == true);
    let ran = report(&folder, &["--only", "convergence", "-o", &bench.path("told").display().to_string()]);
    assert!(
        ran.code == 66
            && ran
                .err
                .contains("the chart `convergence` has nothing to show in this result: it takes more than five replications")
            && !ran.err.contains("the result has nothing to draw"),
        "{}",
        ran.err
    );
}

#[test]
fn the_manifest_stands_for_its_folder_and_other_paths_are_told_from_one() {
    let bench = Bench::new(STUDY);
    let folder = as_csv(&bench, &[]);
    let ran = report(&folder.join("manifest.json"), &["--only", "delivered-tonnes"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(folder.join("charts/delivered-tonnes.svg").is_file());
    let ran = report(&folder.join("summary.csv"), &[]);
    assert!(ran.code == 66 && ran.err.contains("it is a file; give the folder"), "{}", ran.err);
    let ran = report(&bench.path("nowhere"), &[]);
    assert!(ran.code == 66 && ran.err.contains("there is no such folder"), "{}", ran.err);
}
