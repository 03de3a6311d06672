//! `rafah run`: scenarios replicated, results written, the summary shown.

use std::path::PathBuf;
use std::sync::atomic::Ordering;

use super::arguments::Run;
use super::failure::Failure;
use super::progress::Display;
use super::summary::{self, Shown};
use super::{charts, input, interrupt, numbers, say};
use crate::experiment::{self, Alternative, Experiment, Formats, Precision, ResultFolder, Stopping};
use crate::model::Plan;
use crate::scenario::Loaded;
use crate::time::Time;

const REPLICATIONS: u32 = 1_000;

/// Runs the scenarios given.
pub(super) fn run(given: &Run) -> Result<(), Failure> {
    refuse_unbuilt(given)?;
    let loaded = input::load_all(&given.scenarios, &given.world.sets.set, given.target.quiet)?;
    names_differ(given, &loaded)?;
    let experiment = experiment(given, &loaded)?;
    if !given.target.force
        && let Some(found) = experiment::stands_already(&experiment)
        && (given.no_charts || found.files.iter().any(|file| file.path.starts_with("charts/")))
    {
        return nothing_to_do(given, &experiment);
    }
    let interrupted = interrupt::flag();
    let display = Display::new(given.target.quiet, matches!(experiment.stopping, Stopping::Precision(_)));
    let outcome = experiment::run(&experiment, &display, &interrupted)?;
    display.finish();

    let mut drawn = charts::Drawn::default();
    if outcome.alternatives.iter().all(|alternative| alternative.replications > 0) {
        let mut folder = ResultFolder::open(&outcome.folder)?;
        if !given.no_charts {
            drawn = charts::draw(&experiment, &outcome, &folder)?;
            folder.add_files(&drawn.files)?;
        }
        let shown = Shown::new(&experiment, &outcome);
        if !given.target.quiet && !experiment::same_periods(&experiment) {
            say::aside(&unlike_periods(&experiment));
        }
        if !given.target.quiet && !given.no_charts {
            say::aside(&charts_left_out(&given.tables));
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
    let kept = outcome
        .alternatives
        .iter()
        .map(|alternative| alternative.replications)
        .min()
        .unwrap_or(0);
    say::aside(&format!(
        "Interrupted after {kept} of {} replications; what was finished is kept in {}.",
        numbers::whole(f64::from(outcome.asked)),
        outcome.folder.display()
    ));
    debug_assert!(interrupted.load(Ordering::Relaxed), "only an interruption leaves a run incomplete");
    Err(Failure::Interrupted)
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

/// The result is there: said, and no failure.
fn nothing_to_do(given: &Run, experiment: &Experiment) -> Result<(), Failure> {
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

/// Which tables the charts lack, where only some are written; nothing where they lack none.
fn charts_left_out(tables: &[String]) -> String {
    let lacking: Vec<&str> = ["replications", "daily", "queue_profile"]
        .into_iter()
        .filter(|needed| !tables.is_empty() && !tables.iter().any(|table| table == needed))
        .collect();
    match lacking.as_slice() {
        [] => String::new(),
        _ => format!(
            "`--tables` does not name `{}`: the charts of {} are left out.",
            lacking.join("`, `"),
            if lacking.len() == 1 { "it" } else { "them" }
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

fn refuse_unbuilt(given: &Run) -> Result<(), Failure> {
    match (&given.shard, given.resume) {
        (Some(_), _) => Err(Failure::not_built("the option `--shard`")),
        (None, true) => Err(Failure::not_built("the option `--resume`")),
        (None, false) => Ok(()),
    }
}

fn experiment(given: &Run, loaded: &[Loaded]) -> Result<Experiment, Failure> {
    let alternatives: Vec<Alternative> = loaded.iter().map(alternative).collect();
    let stopping = match given.precision {
        Some(relative) => Stopping::Precision(Precision {
            relative,
            confidence: given.confidence,
            response: given.response.clone(),
            max: given.max_replications,
        }),
        None => Stopping::Fixed(given.replications.unwrap_or(REPLICATIONS)),
    };
    let formats = if given.format.is_empty() {
        Formats::default()
    } else {
        Formats::parse(&given.format.join(",")).map_err(|message| Failure::Usage(format!("`--format`: {message}")))?
    };
    Ok(Experiment {
        seed: given.world.seed,
        stopping,
        confidence: given.confidence,
        jobs: given.jobs.map(usize::from),
        tables: (!given.tables.is_empty()).then(|| given.tables.clone()),
        formats,
        output: given.target.output.clone().unwrap_or_else(|| default_output(&alternatives)),
        force: given.target.force,
        question: None,
        closure_price: false,
        command_line: std::env::args().collect(),
        alternatives,
    })
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

/// `output/NAME`; of several, their names joined, of many, the first and how many more.
fn default_output(alternatives: &[Alternative]) -> PathBuf {
    let names: Vec<&str> = alternatives.iter().map(|alternative| alternative.name.as_str()).collect();
    let name = match names.as_slice() {
        [first, .., _] if names.len() > 3 => format!("{first}+{}-more", names.len() - 1),
        _ => names.join("+"),
    };
    PathBuf::from("output").join(name.replace(['/', '\\'], "_"))
}
