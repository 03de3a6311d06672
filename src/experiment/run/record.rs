//! What a run says of itself: its manifest, the origin of its tables, whose its blocks are.

use super::{Alternative, Experiment};
use crate::experiment::clock;
use crate::experiment::format::Provenance;
use crate::experiment::manifest::{AlternativeRecord, FORMAT, Manifest, StudyRecord, source_revision};
use crate::experiment::runner;
use crate::experiment::stopping::{self, PrecisionReached, Stopping};
use crate::experiment::store::Identity;

/// What table files say of their origin: nothing that another number of threads or another folder would change.
pub(crate) fn provenance(manifest: &Manifest) -> Provenance {
    let scenarios: serde_json::Map<String, serde_json::Value> = manifest
        .alternatives
        .iter()
        .map(|a| (a.name.clone(), a.blake3.clone().into()))
        .collect();
    let entries = [
        ("rafah.format", manifest.format.to_string()),
        ("rafah.version", manifest.version.clone()),
        ("rafah.seed", manifest.seed.to_string()),
        ("rafah.scenarios", serde_json::Value::from(scenarios).to_string()),
    ];
    Provenance {
        entries: entries.map(|(key, value)| (key.to_owned(), value)).to_vec(),
    }
}

/// The manifest before anything was simulated.
pub(crate) fn first_manifest(experiment: &Experiment, jobs: usize) -> Manifest {
    let days = experiment
        .alternatives
        .iter()
        .map(|a| a.plan.scenario.horizon.length.as_days())
        .fold(0.0, f64::max);
    let block = match &experiment.stopping {
        Stopping::Fixed(n) => runner::block_size(experiment.alternatives.len(), *n, days),
        Stopping::Precision(_) | Stopping::Selection(_) => stopping::BLOCK,
    };
    let record = |alternative: &Alternative| AlternativeRecord {
        name: alternative.name.clone(),
        title: alternative.title.clone(),
        scenario: format!("scenario/{}.toml", file_name(&alternative.name)),
        blake3: alternative.hash.clone(),
        replications: 0,
    };
    Manifest {
        format: FORMAT,
        program: env!("CARGO_PKG_NAME").to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        source: source_revision().map(str::to_owned),
        command_line: experiment.command_line.clone(),
        seed: experiment.seed,
        requested_replications: experiment.stopping.most(),
        confidence: experiment.confidence,
        precision: match &experiment.stopping {
            Stopping::Precision(asked) => Some(PrecisionReached::nothing_yet(asked, &names(experiment), reference(experiment))),
            _ => None,
        },
        selection: match &experiment.stopping {
            Stopping::Selection(selecting) => Some(selecting.clone()),
            _ => None,
        },
        priced_replications: experiment.closure_price,
        tables: experiment.tables.clone(),
        table_formats: experiment.formats.words(),
        block,
        alternatives: experiment.alternatives.iter().map(record).collect(),
        study: study(experiment),
        trucks: None,
        files: Vec::new(),
        started: clock::now(),
        wall_s: 0.0,
        jobs,
        complete: false,
    }
}

/// The names of the alternatives, in order.
pub(super) fn names(experiment: &Experiment) -> Vec<String> {
    experiment.alternatives.iter().map(|a| a.name.clone()).collect()
}

/// The alternative that differences are taken to: the study's, else the first.
pub(super) fn reference(experiment: &Experiment) -> usize {
    experiment.question.as_ref().map_or(0, |question| question.reference)
}

/// The file of a result that holds the text of its study.
const STUDY_FILE: &str = "study.toml";

fn study(experiment: &Experiment) -> Option<StudyRecord> {
    let (text, question) = (experiment.study.as_ref()?, experiment.question.as_ref()?);
    Some(StudyRecord {
        name: text.name.clone(),
        title: text.title.clone(),
        question: text.question.clone(),
        file: STUDY_FILE.to_owned(),
        blake3: text.hash.clone(),
        reference: experiment.alternatives[question.reference].name.clone(),
        responses: question.responses.iter().map(|asked| asked.response.clone()).collect(),
    })
}

/// A name that no system takes for a path.
fn file_name(name: &str) -> String {
    name.chars()
        .map(|c| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '_' })
        .collect()
}

pub(super) fn identities(experiment: &Experiment) -> Vec<Identity> {
    let identity = |a: &Alternative| Identity {
        alternative: a.name.clone(),
        scenario: a.hash.clone(),
        seed: experiment.seed,
    };
    experiment.alternatives.iter().map(identity).collect()
}
