//! `rafah compare`: the alternatives of a study under the same random numbers, held against its reference.

use super::arguments::Compare;
use super::failure::Failure;
use super::replicate::{self, REPLICATIONS, alternative};
use super::{input, precision, say, studies};
use crate::experiment::{Alternative, CONFIDENCE, Experiment, MOST_REPLICATIONS, PRICED_REPLICATIONS, Selecting, Stopping};
use crate::study::{StudiedAlternative, Study};

/// The seed where nobody says one.
const SEED: u64 = 1;

/// Replications of every alternative before --select drops any: Kim and Nelson (2001) advise 10 and more.
const FIRST_STAGE: u32 = 20;

/// Compares the alternatives of the study given.
pub(super) fn compare(given: &Compare) -> Result<(), Failure> {
    replicate::refuse_unbuilt(&given.results)?;
    let quiet = given.results.target.quiet;
    let study = input::load_study(&given.study, &given.sets.set, quiet)?;
    if study.alternatives.len() < 2 {
        let shown = given.study.display();
        return Err(Failure::Scenario(format!(
            "`{shown}` has no two `[alternative.NAME]` to compare; factors and uncertainties are for `rafah sweep`"
        )));
    }
    if !quiet {
        say::aside(&studies::left_alone(&study));
        say::aside(&studies::alike(&study));
    }
    replicate::replicate(&experiment(given, &study)?, &given.results)
}

fn experiment(given: &Compare, study: &Study) -> Result<Experiment, Failure> {
    let results = &given.results;
    let of_study = |studied: &StudiedAlternative| Alternative {
        name: studied.name.clone(),
        title: studied.title.clone(),
        ..alternative(&studied.loaded)
    };
    let tables = (!results.tables.is_empty()).then(|| results.tables.clone());
    Ok(Experiment {
        alternatives: study.alternatives.iter().map(of_study).collect(),
        seed: given.seed.or(study.seed).unwrap_or(SEED),
        stopping: stopping(given, study)?,
        confidence: given.confidence.or(study.confidence).unwrap_or(CONFIDENCE),
        jobs: results.jobs.map(usize::from),
        tables: tables.or_else(|| study.tables.clone()),
        formats: replicate::formats(results)?,
        output: results.target.output.clone().unwrap_or_else(|| replicate::output(&study.name)),
        force: results.target.force,
        question: Some(study.asked.clone()),
        study: Some(study.text.clone()),
        closure_price: given
            .closure_price
            .then(|| given.priced_replications.unwrap_or(PRICED_REPLICATIONS)),
        command_line: std::env::args().collect(),
    })
}

/// What the command line says of the number of replications, else what the study says.
fn stopping(given: &Compare, study: &Study) -> Result<Stopping, Failure> {
    if let Some(n) = given.replications {
        return Ok(Stopping::Fixed(n));
    }
    if let (Some(response), Some(indifference)) = (&given.select, given.indifference) {
        return selecting(given, study, response, indifference).map(Stopping::Selection);
    }
    let of_study = match &study.stopping {
        Some(Stopping::Precision(precision)) => Some(precision),
        _ => None,
    };
    let options = precision::Options {
        until: &given.until,
        max: given.max_replications,
        confidence: given.confidence,
        usual_confidence: study.confidence.unwrap_or(CONFIDENCE),
    };
    match precision::asked(&options, of_study)? {
        Some(precision) => Ok(Stopping::Precision(precision)),
        None => Ok(study.stopping.clone().unwrap_or(Stopping::Fixed(REPLICATIONS))),
    }
}

/// What one alternative is chosen by.
fn selecting(given: &Compare, study: &Study, response: &str, indifference: f64) -> Result<Selecting, Failure> {
    let asked = study.asked.responses.iter().find(|asked| asked.response == response);
    let Some(better) = asked.and_then(|asked| asked.better) else {
        let known: Vec<&str> = study
            .asked
            .responses
            .iter()
            .filter(|asked| asked.better.is_some())
            .map(|asked| asked.response.as_str())
            .collect();
        return Err(Failure::Usage(format!(
            "`--select {response}`: expected one of the study's responses of which it is stated whether more or less is better: {}",
            known.join(", ")
        )));
    };
    if !(indifference > 0.0 && indifference.is_finite()) {
        return Err(Failure::Usage(format!(
            "`--indifference {indifference}`: expected the least difference of `{response}` that matters, above 0"
        )));
    }
    Ok(Selecting {
        response: response.to_owned(),
        better,
        indifference,
        confidence: given.confidence.or(study.confidence).unwrap_or(CONFIDENCE),
        first_stage: FIRST_STAGE,
        max: given.max_replications.unwrap_or(MOST_REPLICATIONS),
    })
}
