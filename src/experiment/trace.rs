//! One replication followed truck by truck, written as the tables of a result folder.

use std::path::PathBuf;

use super::aside;
use super::clock::Stopwatch;
use super::datapackage::DataPackage;
use super::export::{Exported, Target};
use super::failure::Failure;
use super::folder;
use super::format::{Csv, Formats};
use super::manifest::FileRecord;
use super::run::{Experiment, first_manifest, layout, provenance};
use super::same::is_same;
use crate::model::Simulation;
use crate::observe::{Frames, Recorder, Trace};
use crate::table::{Frame, Table};

/// A trace that is written.
#[derive(Clone, Debug)]
pub struct Traced {
    /// The result folder.
    pub folder: PathBuf,
    /// Every file of it, the manifest last.
    pub files: Vec<PathBuf>,
    /// The tables with their rows, `trucks` and `events` first.
    pub tables: Vec<(Table, Frame)>,
}

/// Simulates one replication of the experiment's first alternative and writes `trucks.csv`, `events.csv` and the tables that a
/// run would write, as CSV.
pub fn trace(experiment: &Experiment, replication: u32) -> Result<Traced, Failure> {
    let watch = Stopwatch::start();
    let layout = layout(experiment)?;
    let Some(alternative) = experiment.alternatives.first() else {
        return Err(Failure::Usage("nothing to trace".to_owned()));
    };
    let mut manifest = first_manifest(experiment, 1);
    folder::prepare(&experiment.output, experiment.force, |found| is_same(found, &manifest)).map(|_| ())?;

    let mut frames = Frames::new(&layout);
    let recorder = Recorder::new(&alternative.plan, &layout).with_timeline_of(replication);
    let mut observer = (Trace::new(&alternative.plan), recorder);
    Simulation::new(&alternative.plan).run(experiment.seed, replication, &mut observer);
    let (trace, mut recorder) = observer;
    recorder
        .write(&alternative.name, replication, &mut frames)
        .map_err(|imbalance| Failure::Imbalance {
            alternative: alternative.name.clone(),
            seed: experiment.seed,
            replication,
            message: imbalance.to_string(),
        })?;
    let kept = layout.tables().iter().cloned().zip(frames.0).enumerate();
    let kept = kept.filter(|(i, _)| layout.is_written(*i)).map(|(_, table)| table);
    let tables: Vec<(Table, Frame)> = trace.into_tables().into_iter().chain(kept).collect();

    let scenario = experiment.output.join(&manifest.alternatives[0].scenario);
    let written = aside::write(&scenario, alternative.resolved.as_bytes())?;
    manifest.files.push(FileRecord::new(&experiment.output, &written, None));
    let provenance = provenance(&manifest);
    let target = Target {
        folder: &experiment.output,
        formats: Formats {
            parquet: false,
            csv: Csv::Every,
        },
        provenance: &provenance,
        empty_too: true,
    };
    let mut resources = Vec::new();
    for (table, frame) in &tables {
        let Exported { resource, files } = target.write(table, frame)?;
        resources.push(resource);
        manifest.files.extend(files);
    }
    let titles = [(alternative.name.as_str(), alternative.title.as_str())];
    let written = DataPackage::new(&titles, resources).write(&experiment.output)?;
    manifest.files.push(FileRecord::new(&experiment.output, &written, None));
    manifest.alternatives[0].replications = 1;
    manifest.complete = true;
    manifest.wall_s = watch.seconds();
    manifest.write(&experiment.output)?;
    let mut files: Vec<PathBuf> = manifest.files.iter().map(|f| experiment.output.join(&f.path)).collect();
    files.push(experiment.output.join(super::manifest::FILE));
    Ok(Traced {
        folder: experiment.output.clone(),
        files,
        tables,
    })
}
