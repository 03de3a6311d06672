//! An experiment from its description to its result folder.

mod record;
mod simulate;
mod tables;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use record::identities;
pub(crate) use record::{first_manifest, provenance};
use simulate::simulate;
use tables::{Extras, write_tables};

use super::analysis::Analysis;
use super::aside;
use super::clock::Stopwatch;
use super::export::Kept;
use super::failure::Failure;
use super::folder::{self, PARTS, Prepared};
use super::format::Formats;
use super::latest::Latest;
use super::manifest::{FileRecord, Manifest};
use super::outcome::{AlternativeOutcome, Outcome};
use super::price::{self, ClosurePrices};
use super::progress::Progress;
use super::question::{Question, StudyText};
use super::replicator::Replicator;
use super::runner::{Meter, Replicate, Runner};
use super::same::{is_same, same_periods};
use super::stopping::{KEYED, Place, Stopping};
use super::store::{self, Store};
use super::summary::SummaryRow;
use crate::model::Plan;
use crate::observe::{Frames, Layout};

/// What is compared: a scenario ready to run.
#[derive(Clone, Debug)]
pub struct Alternative {
    /// Its name, as in the tables; no two of an experiment share one.
    pub name: String,
    /// One line for people.
    pub title: String,
    /// The compiled scenario.
    pub plan: Plan,
    /// The scenario as resolved, runnable by itself.
    pub resolved: String,
    /// BLAKE3 of `resolved`.
    pub hash: String,
}

/// What to simulate, until when, and where the result goes.
#[derive(Clone, Debug)]
pub struct Experiment {
    /// All under the same seed and addresses: common random numbers.
    pub alternatives: Vec<Alternative>,
    /// The seed.
    pub seed: u64,
    /// When to stop.
    pub stopping: Stopping,
    /// Confidence of the intervals, e.g. 0.95.
    pub confidence: f64,
    /// Threads; none: one a core.
    pub jobs: Option<usize>,
    /// The tables to write; none: all.
    pub tables: Option<Vec<String>>,
    /// The forms to write them in.
    pub formats: Formats,
    /// The result folder.
    pub output: PathBuf,
    /// Whether to replace another result that stands there.
    pub force: bool,
    /// What is asked of the alternatives, where they belong to a study.
    pub question: Option<Question>,
    /// The study's file.
    pub study: Option<StudyText>,
    /// How many replications, the first ones, to ask what single closures cost ([`super::closure_price`]), as the table `closure_price`; none:
    /// not to ask.
    pub closure_price: Option<u32>,
    /// For the manifest.
    pub command_line: Vec<String>,
}

impl Experiment {
    /// The threads that it asks for.
    pub(crate) fn threads(&self) -> Result<rayon::ThreadPool, Failure> {
        let jobs = self.jobs.unwrap_or(0);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build();
        pool.map_err(|e| Failure::Usage(format!("cannot start {jobs} threads: {e}")))
    }
}

/// Simulates an experiment and writes its result.
///
/// While it runs, finished blocks stand in `parts/` beside a manifest that is not complete. At the end the tables are written and
/// the blocks removed. If `interrupted` becomes true, the blocks under way are finished, the tables hold the replications that
/// all alternatives have, and the blocks are kept, so that the rest can be added.
pub fn run(experiment: &Experiment, progress: &dyn Progress, interrupted: &AtomicBool) -> Result<Outcome, Failure> {
    let layout = layout(experiment)?;
    run_with(experiment, &layout, || Simulator::new(experiment, &layout), progress, interrupted)
}

/// The tables to keep, the experiment having been checked.
pub(crate) fn layout(experiment: &Experiment) -> Result<Layout, Failure> {
    let names: Vec<&str> = experiment.alternatives.iter().map(|a| a.name.as_str()).collect();
    let mut seen = BTreeSet::new();
    if let Some(twice) = names.iter().find(|name| !seen.insert(**name)) {
        return Err(Failure::Usage(format!(
            "two alternatives are called `{twice}`; give each a name of its own"
        )));
    }
    if names.is_empty() || experiment.stopping.most() == 0 {
        return Err(Failure::Usage(
            "nothing to simulate: expected at least one alternative and one replication".to_owned(),
        ));
    }
    if let Some(question) = &experiment.question {
        question.check(names.len())?;
    }
    match &experiment.stopping {
        Stopping::Selection(selecting) => selecting.check(names.len())?,
        Stopping::Precision(precision) => precision.check(names.len(), same_periods(experiment))?,
        Stopping::Fixed(_) => {}
    }
    let is_price = |name: &String| name == "closure_price";
    if experiment.closure_price.is_none() && experiment.tables.iter().flatten().any(is_price) {
        return Err(Failure::Usage(
            "the table `closure_price` is made by `rafah compare STUDY --closure-price`: give that option too".to_owned(),
        ));
    }
    let asked = asked(experiment)?;
    let tables: Vec<&str> = asked.iter().map(|(_, place)| place.table).collect();
    let plans: Vec<&Plan> = experiment.alternatives.iter().map(|a| &a.plan).collect();
    let layout = kept_tables(&plans, experiment.tables.as_deref(), &tables).map_err(Failure::Usage)?;
    for (response, place) in asked {
        place.check(response, &layout)?;
    }
    Ok(layout)
}

/// The responses that an experiment names, and where they stand.
fn asked(experiment: &Experiment) -> Result<Vec<(&str, Place)>, Failure> {
    let until = match &experiment.stopping {
        Stopping::Precision(precision) => precision.responses(),
        Stopping::Selection(selecting) => vec![selecting.response.as_str()],
        Stopping::Fixed(_) => Vec::new(),
    };
    let of_question = experiment.question.iter().flat_map(|question| &question.responses);
    let named = until.into_iter().chain(of_question.map(|asked| asked.response.as_str()));
    named.map(|response| Ok((response, Place::parse(response)?))).collect()
}

/// The tables that a run of these plans keeps where some are wanted: those (none named: all), what its summary tells of, and those of
/// responses that are asked for. A summary that is not written tells of stages alone.
///
/// # Errors
/// As [`Layout::new`].
pub fn kept_tables(plans: &[&Plan], wanted: Option<&[String]>, asked: &[&str]) -> Result<Layout, String> {
    let tells_all = wanted.is_none_or(|names| names.iter().any(|name| name == "summary" || name == "comparison"));
    let is_told = |table: &&str| tells_all || *table == "stages" || asked.contains(table);
    let also: Vec<&str> = KEYED.into_iter().map(|(_, table)| table).filter(is_told).collect();
    Layout::keeping(plans, wanted, &also)
}

/// The real thing: what replicates a plan, one a plan.
struct Simulator<'a> {
    experiment: &'a Experiment,
    layout: &'a Layout,
    made: Latest<Replicator<'a>>,
}

impl<'a> Simulator<'a> {
    fn new(experiment: &'a Experiment, layout: &'a Layout) -> Simulator<'a> {
        Simulator {
            experiment,
            layout,
            made: Latest::new(),
        }
    }
}

impl Replicate for Simulator<'_> {
    fn replicate(&mut self, alternative: usize, replication: u32, frames: &mut Frames) -> Result<(), String> {
        let Alternative { name, plan, .. } = &self.experiment.alternatives[alternative];
        let replicator = self.made.of(alternative, || Replicator::new(plan, self.layout));
        replicator.run(self.experiment.seed, name, replication, frames).map(|_| ())
    }
}

/// [`run`] with whatever simulates.
pub(crate) fn run_with<R: Replicate>(
    experiment: &Experiment,
    layout: &Layout,
    worker: impl Fn() -> R + Sync,
    progress: &dyn Progress,
    interrupted: &AtomicBool,
) -> Result<Outcome, Failure> {
    let watch = Stopwatch::start();
    let pool = experiment.threads()?;
    let mut manifest = first_manifest(experiment, pool.current_num_threads());
    let prepared = folder::prepare(&experiment.output, experiment.force, |found| is_same(found, &manifest))?;
    if prepared == Prepared::Cleared {
        progress.leftover();
    }
    for (alternative, record) in experiment.alternatives.iter().zip(&manifest.alternatives) {
        let written = aside::write(&experiment.output.join(&record.scenario), alternative.resolved.as_bytes())?;
        manifest.files.push(FileRecord::new(&experiment.output, &written, None));
    }
    if let (Some(study), Some(record)) = (&experiment.study, &manifest.study) {
        let written = aside::write(&experiment.output.join(&record.file), study.text.as_bytes())?;
        manifest.files.push(FileRecord::new(&experiment.output, &written, None));
    }
    manifest.write(&experiment.output)?;

    let store = Store::open(&experiment.output.join(PARTS), identities(experiment), layout.tables())?;
    let names = record::names(experiment);
    let runner = Runner {
        pool: &pool,
        store: &store,
        layout,
        names: &names,
        seed: experiment.seed,
        interrupted,
    };
    let meter = Meter::new(progress, experiment.stopping.planned(names.len()));
    let simulated = simulate(experiment, &runner, worker, &meter, manifest.block)?;
    let per_second = meter.done() as f64 / watch.seconds().max(1e-9);

    let parts = store.parts()?;
    let replications = if simulated.complete {
        simulated.replications
    } else {
        let finished = parts.iter().map(|p| store::finished(p)).min().unwrap_or(0);
        vec![finished; names.len()]
    };
    let kept = Kept {
        layout,
        store: &store,
        parts: &parts,
        names: &names,
        replications: &replications,
    };
    // After the replications, so that whoever interrupts it has these.
    let asked = experiment.closure_price.filter(|_| simulated.complete);
    let prices = asked.map(|most| price::prices(&pool, experiment, kept.common().min(most), progress, interrupted));
    let complete = simulated.complete && prices.as_ref().is_none_or(ClosurePrices::is_complete);
    progress.writing();
    let analysis = if kept.common() > 0 {
        let extras = Extras {
            selection: simulated.selection.as_ref(),
            prices: prices.as_ref(),
        };
        pool.install(|| write_tables(experiment, &kept, &extras, &mut manifest))?
    } else {
        Analysis::default()
    };
    if complete {
        folder::remove_parts(&experiment.output)?;
    }
    for (record, replications) in manifest.alternatives.iter_mut().zip(&replications) {
        record.replications = *replications;
    }
    manifest.complete = complete;
    manifest.precision = simulated.precision;
    manifest.trucks = trucks(&analysis.summaries);
    manifest.wall_s = watch.seconds();
    manifest.write(&experiment.output)?;
    let mut outcome = outcome(experiment, &manifest, analysis, per_second);
    outcome.selection = simulated.selection;
    outcome.closure_prices = prices;
    Ok(outcome)
}

/// Trucks dispatched over everything.
fn trucks(summaries: &[Vec<SummaryRow>]) -> Option<u64> {
    let of_all = summaries.iter().flatten().filter(|row| row.response.name == "dispatched_trucks");
    let sums: Vec<f64> = of_all.map(|row| row.mean * row.n as f64).collect();
    let sum: f64 = sums.iter().sum();
    (!sums.is_empty() && sum.is_finite()).then_some(sum.round() as u64)
}

fn outcome(experiment: &Experiment, manifest: &Manifest, analysis: Analysis, replications_per_second: f64) -> Outcome {
    let mut summaries = analysis.summaries.into_iter();
    let alternatives = manifest.alternatives.iter().map(|record| AlternativeOutcome {
        name: record.name.clone(),
        title: record.title.clone(),
        hash: record.blake3.clone(),
        replications: record.replications,
        summary: summaries.next().unwrap_or_default(),
    });
    let mut files: Vec<PathBuf> = manifest.files.iter().map(|f| experiment.output.join(&f.path)).collect();
    files.push(experiment.output.join(super::manifest::FILE));
    Outcome {
        folder: experiment.output.clone(),
        alternatives: alternatives.collect(),
        comparison: analysis.comparison,
        decision: analysis.decision,
        selection: None,
        closure_prices: None,
        files,
        confidence: experiment.confidence,
        wall_s: manifest.wall_s,
        replications_per_second,
        asked: manifest.requested_replications,
        asked_of_all: experiment.stopping.is_budget(),
        precision: manifest.precision.clone(),
        complete: manifest.complete,
    }
}
