//! `rafah trace`: one replication, truck by truck.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::arguments::Trace;
use super::failure::Failure;
use super::numbers::{counted, fixed};
use super::replicate::alternative;
use super::{input, say};
use crate::experiment::{self, Csv, Experiment, Formats, Stopping, Traced};
use crate::table::{Frame, Table};

/// Traces a replication of a scenario.
pub(super) fn trace(given: &Trace) -> Result<(), Failure> {
    let loaded = input::load_all(std::slice::from_ref(&given.scenario), &given.world.sets.set, given.target.quiet)?;
    let alternative = alternative(&loaded[0]);
    let default_output = || PathBuf::from("output").join(format!("{}-trace", alternative.name.replace(['/', '\\'], "_")));
    let experiment = Experiment {
        seed: given.world.seed,
        stopping: Stopping::Fixed(1),
        confidence: experiment::CONFIDENCE,
        jobs: Some(1),
        tables: None,
        formats: Formats {
            parquet: false,
            csv: Csv::Every,
        },
        output: given.target.output.clone().unwrap_or_else(default_output),
        force: given.target.force,
        question: None,
        study: None,
        closure_price: None,
        command_line: std::env::args().collect(),
        alternatives: vec![alternative],
    };
    let traced = experiment::trace(&experiment, given.replication)?;
    if given.json {
        say::json(&as_json(&experiment, given.replication, &traced))
    } else if given.target.quiet {
        Ok(())
    } else {
        say::result(&account(&experiment, given.replication, &traced))
    }
}

fn account(experiment: &Experiment, replication: u32, traced: &Traced) -> String {
    let folder = traced.folder.display();
    let rows = |name: &str| {
        traced
            .tables
            .iter()
            .find(|(table, _)| table.name == name)
            .map_or(0, |(_, frame)| frame.len())
    };
    let mut text = format!(
        "Replication {replication} of {}, seed {}\n",
        experiment.alternatives[0].name, experiment.seed
    );
    for (name, value) in responses(traced) {
        const WORTH_TELLING: [&str; 6] = [
            "dispatched_trucks",
            "delivered_trucks",
            "delivered_tonnes",
            "backlog_trucks",
            "closures",
            "closed_h",
        ];
        if WORTH_TELLING.contains(&name.as_str()) {
            let decimals = usize::from(name.ends_with("_h") || name.ends_with("_tonnes"));
            text.push_str(&format!("  {name:<20}{:>12}\n", fixed(value, decimals)));
        }
    }
    text.push_str(&format!(
        "{folder}/trucks.csv has {}, {folder}/events.csv {}; the tables of the replication stand beside them.",
        counted(rows("trucks"), "visit"),
        counted(rows("events"), "event"),
    ));
    text
}

/// The responses of the replication.
fn responses(traced: &Traced) -> Vec<(String, f64)> {
    let found: Option<&(Table, Frame)> = traced.tables.iter().find(|(table, _)| table.name == "replications");
    let Some((table, frame)) = found.filter(|(_, frame)| !frame.is_empty()) else {
        return Vec::new();
    };
    let columns = table.columns.iter().zip(&frame.columns).skip(table.keys);
    columns.map(|(column, data)| (column.name.clone(), data.real(0))).collect()
}

fn as_json(experiment: &Experiment, replication: u32, traced: &Traced) -> Value {
    let responses: serde_json::Map<String, Value> = responses(traced).into_iter().map(|(name, value)| (name, json!(value))).collect();
    let files: Vec<String> = traced.files.iter().map(|path| path.display().to_string()).collect();
    json!({
        "scenario": experiment.alternatives[0].name, "hash": experiment.alternatives[0].hash, "seed": experiment.seed,
        "replication": replication, "folder": traced.folder.display().to_string(), "files": files, "responses": responses,
    })
}
