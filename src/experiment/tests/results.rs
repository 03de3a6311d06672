use super::*;
use crate::stats;

#[test]
fn a_result_reads_back_what_was_simulated() {
    let folder = tempfile::tempdir().unwrap();
    let experiment = experiment(&folder.path().join("r"), 12);
    let outcome = run_quietly(&experiment).unwrap();
    let result = ResultFolder::open(&experiment.output).unwrap();
    let (description, frame) = result.table("replications").unwrap();
    assert_eq!((frame.len(), description.keys), (24, 2));
    assert_eq!(description.columns[description.position("delivered_tonnes").unwrap()].unit, "t");
    let numbers = result.column("replications", "replication", "two").unwrap();
    assert!(numbers.iter().zip(1..).all(|(a, b)| (a - f64::from(b)).abs() < 1e-12) && numbers.len() == 12);

    let tonnes = result.column("replications", "delivered_tonnes", "one").unwrap();
    let by_hand = stats::mean_interval(&tonnes, 0.95);
    let row = outcome.alternatives[0]
        .summary
        .iter()
        .find(|r| r.response.name == "delivered_tonnes")
        .unwrap();
    assert!((row.mean - by_hand.mean).abs() < 1e-9 && (row.upper - by_hand.upper).abs() < 1e-9 && row.n == 12);
    let (summary, rows) = result.table("summary").unwrap();
    let at = |column: &str| summary.position(column).unwrap();
    let place = (0..rows.len())
        .find(|&i| rows.columns[at("response")].text(i) == Some("delivered_tonnes"))
        .unwrap();
    assert!((rows.columns[at("mean")].real(place) - by_hand.mean).abs() < 1e-9);
    assert!(rows.columns[at("p05_lower")].real(place).is_nan());
}

#[test]
fn csv_and_parquet_hold_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let experiment = experiment(&folder.path().join("r"), 5);
    run_quietly(&experiment).unwrap();
    let package = super::super::datapackage::DataPackage::read(&experiment.output).unwrap();
    let mut compared = 0;
    for resource in &package.resources {
        let columns: Vec<crate::table::Column> = resource
            .schema
            .fields
            .iter()
            .map(super::super::datapackage::Field::column)
            .collect();
        let columns: Vec<&crate::table::Column> = columns.iter().collect();
        let read = |file: &String| format!("{:?}", super::super::format::read(&experiment.output.join(file), &columns).unwrap());
        let first = read(&resource.files[0]);
        assert!(resource.files.iter().all(|f| read(f) == first), "{}", resource.name);
        compared += 1;
    }
    assert!(compared > 10);
}

#[test]
fn the_manifest_names_every_file_with_its_hash() {
    let folder = tempfile::tempdir().unwrap();
    let mut experiment = experiment(&folder.path().join("r"), 2);
    experiment.command_line = vec!["rafah".to_owned(), "run".to_owned()];
    run_quietly(&experiment).unwrap();
    let mut result = ResultFolder::open(&experiment.output).unwrap();
    let chart = experiment.output.join("charts/distribution.svg");
    fs::create_dir(chart.parent().unwrap()).unwrap();
    fs::write(&chart, "<svg/>").unwrap();
    result.add_files(&[chart]).unwrap();

    let manifest = Manifest::read(&experiment.output).unwrap();
    assert!(manifest.complete && manifest.command_line == ["rafah", "run"] && manifest.trucks.unwrap() > 0);
    for file in &manifest.files {
        let content = fs::read(experiment.output.join(&file.path)).unwrap();
        assert_eq!(
            (file.bytes, &file.blake3),
            (content.len() as u64, &blake3::hash(&content).to_hex().to_string())
        );
    }
    let named: Vec<&str> = manifest.files.iter().map(|f| f.path.as_str()).collect();
    assert!(
        ["scenario/one.toml", "scenario/two.toml", "charts/distribution.svg"]
            .iter()
            .all(|f| named.contains(f))
    );
    // Nothing else lies about: no blocks, no temporary files.
    let mut there: Vec<String> = fs::read_dir(&experiment.output)
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    there.retain(|name| !named.contains(&name.as_str()));
    there.sort();
    assert_eq!(there, ["charts", "manifest.json", "scenario"]);
}

#[test]
fn the_summary_tells_of_stages_and_goods_by_name_at_the_confidence_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let mut experiment = experiment(&folder.path().join("r"), 8);
    experiment.confidence = 0.8;
    experiment.tables = Some(vec!["summary".to_owned(), "stages".to_owned()]);
    let outcome = run_quietly(&experiment).unwrap();
    let result = ResultFolder::open(&experiment.output).unwrap();
    let waits = result.column("stages", "mean_wait_min", "two").unwrap();
    let by_hand = stats::mean_interval(&waits, 0.8);
    let find = |name: &str| outcome.alternatives[1].summary.iter().find(|r| r.response.name == name);
    let row = find("stage.gate.mean_wait_min").unwrap();
    assert!((row.mean - by_hand.mean).abs() < 1e-9 && (row.upper - by_hand.upper).abs() < 1e-9 && row.n == 8);
    assert!(find("cargo.food.delivered_tonnes").unwrap().mean > 0.0);
    let confidence = result.column("summary", "confidence", "two").unwrap();
    assert!(confidence.iter().all(|c| (c - 0.8).abs() < 1e-12));
}

#[test]
fn differences_are_written_where_periods_are_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let mut experiment = experiment(&folder.path().join("r"), 6);
    let outcome = run_quietly(&experiment).unwrap();
    let result = ResultFolder::open(&experiment.output).unwrap();
    let (one, two) = (
        result.column("replications", "delivered_tonnes", "one").unwrap(),
        result.column("replications", "delivered_tonnes", "two").unwrap(),
    );
    let by_hand = stats::paired_t(&two, &one, 0.95);
    let row = outcome.comparison.iter().find(|r| r.response.name == "delivered_tonnes").unwrap();
    assert!((row.difference - by_hand.difference).abs() < 1e-9 && (row.lower - by_hand.lower).abs() < 1e-9);
    assert_eq!((&*row.alternative, &*row.reference, row.n), ("two", "one", 6));
    let (_, table) = result.table("comparison").unwrap();
    assert_eq!(table.len(), outcome.comparison.len());

    experiment.alternatives[1].plan.scenario.horizon.length = crate::time::Duration::from_days(2);
    experiment.output = folder.path().join("unlike");
    let outcome = run_quietly(&experiment).unwrap();
    assert!(outcome.comparison.is_empty() && !ResultFolder::open(&experiment.output).unwrap().has("comparison"));
}

#[test]
fn a_table_of_what_the_scenario_has_not_is_not_written() {
    let folder = tempfile::tempdir().unwrap();
    let mut experiment = experiment(&folder.path().join("r"), 2);
    run_quietly(&experiment).unwrap();
    assert!(!ResultFolder::open(&experiment.output).unwrap().has("incidents"));
    experiment.output = folder.path().join("asked");
    experiment.tables = Some(vec!["incidents".to_owned()]);
    run_quietly(&experiment).unwrap();
    assert!(ResultFolder::open(&experiment.output).unwrap().has("incidents"));
}

#[test]
fn only_the_tables_asked_for_are_written() {
    let folder = tempfile::tempdir().unwrap();
    let mut experiment = experiment(&folder.path().join("r"), 2);
    experiment.formats = Formats {
        parquet: false,
        csv: Csv::Every,
    };
    experiment.tables = Some(vec!["stages".to_owned(), "queue_profile".to_owned()]);
    let outcome = run_quietly(&experiment).unwrap();
    let result = ResultFolder::open(&experiment.output).unwrap();
    assert_eq!(result.tables().collect::<Vec<_>>(), ["stages", "queue_profile"]);
    assert!(!experiment.output.join("replications.csv").exists());
    assert!(!outcome.alternatives[0].summary.is_empty());
    let missing = result.table("daily").unwrap_err();
    assert!(missing.exit_code() == 66 && missing.to_string().contains("no table `daily`"));
    // 3 days hourly, both ends included, for one stage of two alternatives.
    let (_, profile) = result.table("queue_profile").unwrap();
    assert_eq!(profile.len(), 2 * 73);
}

#[test]
fn a_result_of_a_later_format_is_not_misread() {
    let folder = tempfile::tempdir().unwrap();
    let experiment = experiment(&folder.path().join("r"), 1);
    run_quietly(&experiment).unwrap();
    let path = experiment.output.join("manifest.json");
    let text = fs::read_to_string(&path).unwrap().replacen("\"format\": 1", "\"format\": 2", 1);
    fs::write(&path, text).unwrap();
    let refused = ResultFolder::open(&experiment.output).unwrap_err();
    assert!(refused.exit_code() == 65 && refused.to_string().contains("expected a result of format 1, found 2"));
    assert_eq!(ResultFolder::open(folder.path()).unwrap_err().exit_code(), 66);
}
