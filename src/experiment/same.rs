//! What is the same: the periods of alternatives, and a result that stands already.

use super::manifest::{FileRecord, Manifest};
use super::run::{Alternative, Experiment, first_manifest};

/// Whether all alternatives simulate the same period: others are not to be compared.
pub fn same_periods(experiment: &Experiment) -> bool {
    let period = |a: &Alternative| a.plan.scenario.horizon.period();
    experiment.alternatives.windows(2).all(|pair| period(&pair[0]) == period(&pair[1]))
}

/// Whether the very result of this experiment stands in its folder already, complete, made by this version of the program.
pub fn stands_already(experiment: &Experiment) -> Option<Manifest> {
    let found = Manifest::read(&experiment.output).ok()?;
    let wanted = first_manifest(experiment, 0);
    let made_alike = found.complete
        && found.priced_replications == wanted.priced_replications
        && (&found.version, &found.source) == (&wanted.version, &wanted.source)
        && found.confidence.total_cmp(&wanted.confidence).is_eq()
        && found.selection == wanted.selection
        && (&found.tables, &found.table_formats) == (&wanted.tables, &wanted.table_formats);
    let is_whole = |file: &FileRecord| std::fs::metadata(experiment.output.join(&file.path)).is_ok_and(|found| found.len() == file.bytes);
    (is_same(&found, &wanted) && made_alike && found.files.iter().all(is_whole)).then_some(found)
}

/// Whether a result has the same scenarios, study, seed and number of replications or precision to reach.
pub(crate) fn is_same(found: &Manifest, wanted: &Manifest) -> bool {
    let hashes = |m: &Manifest| {
        m.alternatives
            .iter()
            .map(|a| (a.name.clone(), a.blake3.clone()))
            .collect::<Vec<_>>()
    };
    let study = |m: &Manifest| m.study.as_ref().map(|study| study.blake3.clone());
    let same_precision = match (&found.precision, &wanted.precision) {
        (Some(found), Some(wanted)) => found.asks_the_same(wanted),
        (found, wanted) => found.is_some() == wanted.is_some(),
    };
    found.seed == wanted.seed
        && study(found) == study(wanted)
        && found.requested_replications == wanted.requested_replications
        && hashes(found) == hashes(wanted)
        && same_precision
}
