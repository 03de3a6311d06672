//! `rafah compare`: the alternatives of a study under the same random numbers, held against its reference.

use super::arguments::Compare;
use super::failure::Failure;
use super::replicate::{self, REPLICATIONS, alternative};
use super::{input, numbers, precision, say, studies, words};
use crate::experiment::{self, Alternative, CONFIDENCE, Choosing, Experiment, MOST_REPLICATIONS, PRICED_REPLICATIONS, Selecting, Stopping};
use crate::study::{StudiedAlternative, Study};

/// The seed where nobody says one.
const SEED: u64 = 1;

/// Replications of every alternative before --select drops any (Kim and Nelson, 2001, advise 10 and more) or shares out the rest.
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
        if given.select.is_some() {
            say::aside(&not_used(&study));
        }
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
    let alternatives: Vec<Alternative> = study.alternatives.iter().map(of_study).collect();
    let stopping = stopping(given, study, &alternatives)?;
    all_have(study, &stopping)?;
    Ok(Experiment {
        seed: given.seed.or(study.seed).unwrap_or(SEED),
        stopping,
        alternatives,
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

/// Refuses to go on until something is known of a response that some alternative does not have.
fn all_have(study: &Study, stopping: &Stopping) -> Result<(), Failure> {
    let (option, responses): (&str, Vec<&str>) = match stopping {
        Stopping::Fixed(_) => return Ok(()),
        Stopping::Precision(precision) => ("--response", precision.aims.iter().map(|aim| aim.response.as_str()).collect()),
        Stopping::Selection(selecting) => ("--select", vec![selecting.response.as_str()]),
    };
    for response in responses {
        let lacking = study.lacking(response);
        let whose = match lacking.as_slice() {
            [] => continue,
            [one] => format!("`{one}` has no such response"),
            all if all.len() == study.alternatives.len() => "no alternative has such a response".to_owned(),
            [one, others @ ..] => format!(
                "`{one}` and {} have no such response",
                numbers::counted(others.len(), "other alternative")
            ),
        };
        return Err(Failure::Usage(format!(
            "`{option} {response}`: {whose}; expected one that every alternative has"
        )));
    }
    Ok(())
}

/// What the command line says of the number of replications, else what the study says.
fn stopping(given: &Compare, study: &Study, alternatives: &[Alternative]) -> Result<Stopping, Failure> {
    if let Some(n) = given.replications {
        return Ok(Stopping::Fixed(n));
    }
    if let Some(response) = &given.select {
        let unit = experiment::unit_of(&alternatives[study.asked.reference].plan, response);
        return selecting(given, study, response, &unit).map(Stopping::Selection);
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
fn selecting(given: &Compare, study: &Study, response: &str, unit: &str) -> Result<Selecting, Failure> {
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
    let choosing = match (&given.indifference, given.budget) {
        (Some(text), None) => Choosing::Indifference(indifference(text, response, unit)?),
        (None, Some(budget)) => Choosing::Budget(budget),
        (found, _) => {
            let told = if found.is_some() { "not both" } else { "neither is given" };
            return Err(Failure::Usage(format!(
                "`--select {response}` takes one of two ways, {told}:\n  --indifference D  the one that is better than all others by D{} or more, with a confidence and as few \
                 replications as that takes\n  --budget N        N replications of all alternatives together, where they tell most; no guarantee",
                in_unit(unit)
            )));
        }
    };
    Ok(Selecting {
        response: response.to_owned(),
        better,
        choosing,
        confidence: given.confidence.or(study.confidence).unwrap_or(CONFIDENCE),
        first_stage: FIRST_STAGE,
        max: given.budget.or(given.max_replications).unwrap_or(MOST_REPLICATIONS),
    })
}

/// ` tonnes`, behind a number; nothing where there is no unit.
fn in_unit(unit: &str) -> String {
    if unit.is_empty() {
        String::new()
    } else {
        format!(" {}", words::unit(unit))
    }
}

/// The least difference that matters: a number in the unit of the response.
fn indifference(text: &str, response: &str, unit: &str) -> Result<f64, Failure> {
    let found: Option<f64> = text.trim().parse().ok();
    found.filter(|least| *least > 0.0 && least.is_finite()).ok_or_else(|| {
        let such = match unit {
            "" => "without a unit".to_owned(),
            "share" => "as a share, such as 0.02 for 2 percentage points".to_owned(),
            unit => format!("in {}, written without the unit, such as 2000", words::unit(unit)),
        };
        Failure::Usage(format!(
            "`--indifference {text}`: expected the least difference of `{response}` that matters, a number above 0 {such}"
        ))
    })
}

/// What of the study's own number of replications is not used; nothing where it has none.
fn not_used(study: &Study) -> String {
    let own = match &study.stopping {
        Some(Stopping::Fixed(n)) => format!("`replications = {n}`"),
        Some(Stopping::Precision(_)) => "`precision`".to_owned(),
        Some(Stopping::Selection(_)) | None => return String::new(),
    };
    format!("The study's {own} is not used: `--select` finds how many each alternative needs.")
}
