//! What `run` and `compare` share: an experiment from its options to its result, its charts and what is printed of it.

use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use super::arguments::Results;
use super::charts::{CHARTS, Chart, Drawn, Source, Style};
use super::failure::Failure;
use super::page::{self, Form};
use super::progress::Display;
use super::summary::{self, Shown};
use super::{charts, interrupt, numbers, precision, say};
use crate::experiment::{self, Alternative, Experiment, Formats, ResultFolder, Stopping};
use crate::model::Plan;
use crate::scenario::Loaded;
use crate::time::Time;

/// Replications where nobody says how many.
pub(super) const REPLICATIONS: u32 = 1_000;

/// Refuses what the contract names and this version does not have.
pub(super) fn refuse_unbuilt(given: &Results) -> Result<(), Failure> {
    match (&given.shard, given.resume) {
        (Some(_), _) => Err(Failure::not_built("the option `--shard`")),
        (None, true) => Err(Failure::not_built("the option `--resume`")),
        (None, false) => Ok(()),
    }
}

/// The forms of the tables.
pub(super) fn formats(given: &Results) -> Result<Formats, Failure> {
    if given.format.is_empty() {
        return Ok(Formats::default());
    }
    Formats::parse(&given.format.join(",")).map_err(|message| Failure::Usage(format!("`--format`: {message}")))
}

/// A scenario ready to run.
pub(super) fn alternative(loaded: &Loaded) -> Alternative {
    let resolved = loaded.resolved();
    Alternative {
        name: loaded.scenario.name.clone(),
        title: loaded.scenario.title.clone(),
        plan: Plan::compile(&loaded.scenario),
        hash: blake3::hash(resolved.as_bytes()).to_hex().to_string(),
        resolved,
    }
}

/// A folder under `output`, by a name.
pub(super) fn output(name: &str) -> PathBuf {
    PathBuf::from("output").join(name.replace(['/', '\\'], "_"))
}

/// Simulates an experiment, writes its result, draws its charts, prints what came of it.
pub(super) fn replicate(experiment: &Experiment, given: &Results) -> Result<(), Failure> {
    if !given.target.force
        && let Some(found) = experiment::stands_already(experiment)
        && (given.no_charts || found.files.iter().any(|file| file.path.starts_with("charts/")))
    {
        return nothing_to_do(given, experiment);
    }
    if let (Stopping::Precision(asked), false) = (&experiment.stopping, given.target.quiet) {
        say::aside(&format!("Replicates {}.", precision::wanted(asked)));
    }
    let interrupted = interrupt::flag();
    let display = Display::new(given.target.quiet, matches!(experiment.stopping, Stopping::Precision(_)));
    let outcome = experiment::run(experiment, &display, &interrupted)?;
    display.finish();

    let mut drawn = Drawn::default();
    if outcome.alternatives.iter().all(|alternative| alternative.replications > 0) {
        if !given.no_charts {
            drawn = drawn_and_told(&outcome.folder)?;
        }
        let shown = Shown::new(experiment, &outcome);
        if !given.target.quiet && !experiment::same_periods(experiment) {
            say::aside(&unlike_periods(experiment));
        }
        if let (Some(tables), false) = (&experiment.tables, given.target.quiet || given.no_charts) {
            say::aside(&charts_left_out(tables, experiment));
        }
        if given.json {
            say::json(&summary::as_json(&shown, &drawn.files))?;
        } else if !given.target.quiet {
            say::result(&summary::text(&shown, &drawn))?;
        }
    }
    if outcome.complete {
        return Ok(());
    }
    debug_assert!(interrupted.load(Ordering::Relaxed), "only an interruption leaves a run incomplete");
    if let Some(prices) = &outcome.closure_prices {
        say::aside(&format!(
            "Interrupted while closures were priced, after {} of {} replications; what was finished is kept in {}.",
            numbers::whole(f64::from(prices.replications)),
            numbers::whole(f64::from(prices.wanted)),
            outcome.folder.display()
        ));
        return Err(Failure::Interrupted);
    }
    let kept = outcome
        .alternatives
        .iter()
        .map(|alternative| alternative.replications)
        .min()
        .unwrap_or(0);
    say::aside(&format!(
        "Interrupted after {}; what was finished is kept in {}.",
        summary::done_of_asked(kept, summary::AskedFor::of(&outcome)),
        outcome.folder.display()
    ));
    Err(Failure::Interrupted)
}

/// Draws the charts of a result and writes its report, as `rafah report` does without options.
fn drawn_and_told(folder: &Path) -> Result<Drawn, Failure> {
    let mut source = Source::open(ResultFolder::open(folder)?)?;
    let style = Style::default();
    let drawings = charts::draw(&source, &charts::possible(&source.folder), style.width)?;
    let texts = page::texts(&source, &drawings, &[Form::Html], "charts/")?;
    let mut drawn = charts::put(&drawings, &style, &folder.join("charts"))?;
    let reports = page::put(&texts, folder)?;
    drawn.report = reports.first().cloned();
    drawn.files.extend(reports);
    source.folder.add_files(&drawn.files)?;
    Ok(drawn)
}

/// The result is there: said, and no failure.
fn nothing_to_do(given: &Results, experiment: &Experiment) -> Result<(), Failure> {
    let folder = experiment.output.display().to_string();
    if given.json {
        return say::json(&serde_json::json!({ "complete": true, "folder": folder, "already_there": true }));
    }
    if !given.target.quiet {
        say::aside(&format!(
            "The same result already stands in {folder}: nothing to do. `--force` makes it again."
        ));
    }
    Ok(())
}

/// Which charts of those that there could be are left out, where only some tables are written; nothing where none is.
fn charts_left_out(tables: &[String], experiment: &Experiment) -> String {
    let (mut lacking, mut left_out) = (Vec::new(), Vec::new());
    let could_be = |chart: &&Chart| {
        let is_priced = experiment.closure_price.is_some() || !chart.tables.contains(&"closure_price");
        is_priced && (experiment.study.is_some() || !chart.of_study)
    };
    for chart in CHARTS.iter().filter(could_be) {
        let lacks = chart.lacks(|needed| tables.iter().any(|table| table == needed));
        left_out.extend((!lacks.is_empty()).then_some(chart.name));
        lacking.extend(lacks);
    }
    lacking.sort_unstable();
    lacking.dedup();
    match left_out.as_slice() {
        [] => String::new(),
        some => format!(
            "The tables asked for lack `{}`: the {} `{}` {} left out.",
            lacking.join("`, `"),
            if some.len() == 1 { "chart" } else { "charts" },
            some.join("`, `"),
            if some.len() == 1 { "is" } else { "are" },
        ),
    }
}

/// Why no differences are told.
fn unlike_periods(experiment: &Experiment) -> String {
    let period = |alternative: &Alternative| {
        let horizon = &alternative.plan.scenario.horizon;
        let (from, to) = (horizon.origin.iso(Time::ZERO), horizon.origin.iso(Time::ZERO + horizon.length));
        format!("`{}` {from} to {to}, the first {} not counted", alternative.name, horizon.warm_up)
    };
    let periods: Vec<String> = experiment.alternatives.iter().map(period).collect();
    format!("No differences are taken, since the periods differ: {}.", periods.join("; "))
}
