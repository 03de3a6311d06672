//! `rafah run`: scenarios replicated, results written, the summary shown.

use std::path::PathBuf;

use super::arguments::Run;
use super::failure::Failure;
use super::replicate::{self, REPLICATIONS, alternative};
use super::{input, precision};
use crate::experiment::{Alternative, Experiment, Stopping};
use crate::scenario::Loaded;

/// Runs the scenarios given.
pub(super) fn run(given: &Run) -> Result<(), Failure> {
    replicate::refuse_unbuilt(&given.results)?;
    let loaded = input::load_all(&given.scenarios, &given.world.sets.set, given.results.target.quiet)?;
    names_differ(given, &loaded)?;
    replicate::replicate(&experiment(given, &loaded)?, &given.results)
}

/// Results are told apart by the names of their scenarios.
fn names_differ(given: &Run, loaded: &[Loaded]) -> Result<(), Failure> {
    for (i, this) in loaded.iter().enumerate() {
        let Some(other) = loaded[..i].iter().position(|other| other.scenario.name == this.scenario.name) else {
            continue;
        };
        return Err(Failure::Usage(format!(
            "`{}` and `{}` are both called `{}`; give one of them another `name` in its `[scenario]`, or run them one by one with \
             `--set scenario.name=…` and `--output`",
            given.scenarios[other].display(),
            given.scenarios[i].display(),
            this.scenario.name
        )));
    }
    Ok(())
}

fn experiment(given: &Run, loaded: &[Loaded]) -> Result<Experiment, Failure> {
    let alternatives: Vec<Alternative> = loaded.iter().map(alternative).collect();
    let options = precision::Options {
        until: &given.until,
        max: given.max_replications,
        confidence: None,
        usual_confidence: given.confidence,
    };
    let stopping = match precision::asked(&options, None)? {
        Some(precision) => Stopping::Precision(precision),
        None => Stopping::Fixed(given.replications.unwrap_or(REPLICATIONS)),
    };
    let results = &given.results;
    Ok(Experiment {
        seed: given.world.seed,
        stopping,
        confidence: given.confidence,
        jobs: results.jobs.map(usize::from),
        tables: (!results.tables.is_empty()).then(|| results.tables.clone()),
        formats: replicate::formats(results)?,
        output: results.target.output.clone().unwrap_or_else(|| default_output(&alternatives)),
        force: results.target.force,
        question: None,
        study: None,
        closure_price: None,
        command_line: std::env::args().collect(),
        alternatives,
    })
}

/// `output/NAME`; of several, their names joined, of many, the first and how many more.
fn default_output(alternatives: &[Alternative]) -> PathBuf {
    let names: Vec<&str> = alternatives.iter().map(|alternative| alternative.name.as_str()).collect();
    let name = match names.as_slice() {
        [first, .., _] if names.len() > 3 => format!("{first}+{}-more", names.len() - 1),
        _ => names.join("+"),
    };
    replicate::output(&name)
}
