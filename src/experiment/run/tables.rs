//! The tables of a result, and what they say of the alternatives.

use super::{Experiment, provenance};
use crate::experiment::analysis::{self, Analysis};
use crate::experiment::comparison;
use crate::experiment::datapackage::DataPackage;
use crate::experiment::decision;
use crate::experiment::export::{Exported, Kept, Target};
use crate::experiment::failure::Failure;
use crate::experiment::manifest::{FileRecord, Manifest};
use crate::experiment::price::{self, ClosurePrices};
use crate::experiment::same::same_periods;
use crate::experiment::selection::{self, SelectionRow};
use crate::experiment::shared_draws::{self, SHARED_REPLICATIONS};
use crate::experiment::stopping::Stopping;
use crate::experiment::summary;
use crate::table::Frame;

/// What was found beside the tables of replications.
pub(super) struct Extras<'a> {
    pub selection: Option<&'a [SelectionRow]>,
    pub prices: Option<&'a ClosurePrices>,
}

/// Writes the tables wanted and their description; gives what was found in them.
pub(super) fn write_tables(experiment: &Experiment, kept: &Kept, extras: &Extras, manifest: &mut Manifest) -> Result<Analysis, Failure> {
    let provenance = provenance(manifest);
    let target = Target {
        folder: &experiment.output,
        formats: experiment.formats,
        provenance: &provenance,
        empty_too: experiment.tables.is_some(),
    };
    let is_wanted = |name: &str| experiment.tables.as_ref().is_none_or(|wanted| wanted.iter().any(|w| w == name));
    let compared = experiment.alternatives.len() > 1 && same_periods(experiment);
    let reference = experiment.question.as_ref().map_or(0, |question| question.reference);
    let mut analysis = analysis::analyse(kept, experiment.confidence, compared.then_some(reference))?;
    if compared {
        decide(experiment, kept, &mut analysis)?;
    }
    let mut exported: Vec<Exported> = kept.export(&target)?;
    if is_wanted("queue_profile") {
        exported.extend(kept.export_queue_profile(&target)?);
    }
    if is_wanted("summary") {
        let mut frame = Frame::new(&summary::table());
        for (name, rows) in kept.names.iter().zip(&analysis.summaries) {
            summary::append(&mut frame, name, rows);
        }
        exported.push(target.write(&summary::table(), &frame)?);
    }
    if is_wanted("comparison") && (compared || target.empty_too) {
        let frame = comparison::frame(&analysis.comparison, experiment.confidence);
        exported.push(target.write(&comparison::table(), &frame)?);
    }
    let decided = analysis.decision.iter().flat_map(decision::tables);
    for (table, frame) in decided.filter(|(table, _)| is_wanted(table.name)) {
        exported.push(target.write(&table, &frame)?);
    }
    if let (Some(rows), Stopping::Selection(selecting)) = (extras.selection, &experiment.stopping)
        && is_wanted("selection")
    {
        exported.push(target.write(&selection::table(), &selection::frame(rows, selecting))?);
    }
    // Whoever asks for prices asks for their table.
    if let Some(prices) = extras.prices {
        exported.push(target.write(&price::table(), &price::frame(prices))?);
    }
    let mut resources = Vec::new();
    for Exported { resource, files } in exported {
        resources.push(resource);
        manifest.files.extend(files);
    }
    let titles: Vec<(&str, &str)> = experiment
        .alternatives
        .iter()
        .map(|a| (a.name.as_str(), a.title.as_str()))
        .collect();
    let written = DataPackage::new(&titles, resources).write(&experiment.output)?;
    manifest.files.push(FileRecord::new(&experiment.output, &written, None));
    Ok(analysis)
}

/// Answers the question of the experiment, if it has one. What its comparison says of the responses asked for takes the place of what was said.
fn decide(experiment: &Experiment, kept: &Kept, analysis: &mut Analysis) -> Result<(), Failure> {
    let Some(question) = &experiment.question else {
        return Ok(());
    };
    let shared = shared_draws::shares(experiment, question.reference, kept.replications.min(SHARED_REPLICATIONS));
    let titles: Vec<String> = experiment.alternatives.iter().map(|a| a.title.clone()).collect();
    let terms = decision::Terms {
        titles: &titles,
        reference: question.reference,
        confidence: experiment.confidence,
        seed: experiment.seed,
        shared_draws: &shared,
    };
    let (decision, rows) = decision::decide(kept, question, &analysis.summaries, &terms)?;
    comparison::replace(&mut analysis.comparison, &rows);
    analysis.decision = Some(decision);
    Ok(())
}
