//! The summary of a run, for people and for programs.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::charts::Drawn;
use super::numbers::{counted, fixed, whole};
use super::progress::in_words;
use super::{decision, findings, precision, tables};
use crate::experiment::{Experiment, Outcome, Statistic, Stopping, SummaryRow, source_revision};
use crate::time::Time;

/// What is shown of a run.
pub(super) struct Shown<'a> {
    pub(super) experiment: &'a Experiment,
    pub(super) outcome: &'a Outcome,
    /// By alternative, what is worth a sentence.
    pub(super) findings: Vec<findings::Findings>,
}

impl<'a> Shown<'a> {
    pub(super) fn new(experiment: &'a Experiment, outcome: &'a Outcome) -> Shown<'a> {
        let pairs = experiment.alternatives.iter().zip(&outcome.alternatives);
        Shown {
            experiment,
            outcome,
            findings: pairs.map(|(alternative, result)| findings::of(alternative, result)).collect(),
        }
    }
}

/// How many replications the result has.
pub(super) fn replications(outcome: &Outcome) -> String {
    let of_each = outcome.alternatives.iter().map(|result| result.replications);
    // Closures are priced once all replications are there.
    replications_in_words(of_each, AskedFor::of(outcome), outcome.complete || outcome.closure_prices.is_some())
}

/// `1,000 replications`, `20 to 310 replications` of alternatives that have not the same number, or `incomplete: 310 of 2,000 replications`.
pub(super) fn replications_in_words(of_each: impl Iterator<Item = u32> + Clone, asked: AskedFor, is_whole: bool) -> String {
    let (n, most) = (of_each.clone().min().unwrap_or(0), of_each.max().unwrap_or(0));
    if is_whole && n < most {
        format!("{} to {}", whole(f64::from(n)), counted(most as usize, "replication"))
    } else if is_whole {
        counted(n as usize, "replication")
    } else {
        format!("incomplete: {}", done_of_asked(n, asked))
    }
}

/// How many replications were asked for: of each alternative, or of all together.
#[derive(Clone, Copy)]
pub(super) struct AskedFor {
    pub(super) replications: u32,
    pub(super) of_all: bool,
}

impl AskedFor {
    /// What was asked of a run.
    pub(super) fn of(outcome: &Outcome) -> AskedFor {
        AskedFor {
            replications: outcome.asked,
            of_all: outcome.asked_of_all,
        }
    }
}

/// How far an interrupted run came, of which every alternative has so many replications: `310 of 2,000 replications`; with a budget `310
/// replications of each alternative, of 2,000 of all together`.
pub(super) fn done_of_asked(of_each: u32, asked: AskedFor) -> String {
    if asked.of_all {
        let done = counted(of_each as usize, "replication");
        format!(
            "{done} of each alternative, of {} of all together",
            whole(f64::from(asked.replications))
        )
    } else {
        format!(
            "{} of {}",
            whole(f64::from(of_each)),
            counted(asked.replications as usize, "replication")
        )
    }
}

/// The version of the program with the revision of its source where that is known.
pub(super) fn version() -> String {
    version_of(env!("CARGO_PKG_VERSION"), source_revision())
}

/// The same of the program that made a result.
pub(super) fn version_of(version: &str, source: Option<&str>) -> String {
    source.map_or(version.to_owned(), |revision| format!("{version} ({revision})"))
}

/// The summary for people.
pub(super) fn text(shown: &Shown, drawn: &Drawn) -> String {
    let (mut text, width) = (String::new(), tables::width());
    if let Some(decision) = &shown.outcome.decision {
        let question = shown.experiment.study.as_ref().map_or("", |study| study.question.as_str());
        if !question.is_empty() {
            text.push_str(&decision::filled(question, width));
            text.push('\n');
        }
        let seed = shown.experiment.seed;
        let told = match (&shown.outcome.selection, &shown.experiment.stopping) {
            (Some(selection), Stopping::Selection(selecting)) => {
                decision::chosen((selection, selecting), decision, &shown.outcome.alternatives, seed, width)
            }
            _ => decision::text(decision, &replications(shown.outcome), seed, width),
        };
        text.push_str(&told);
        text.push_str(&closed_hour(shown.outcome, width));
        text.push('\n');
        text.push_str(&told_of_all(shown.outcome, drawn, width));
        return text;
    }
    for (i, result) in shown.outcome.alternatives.iter().enumerate() {
        text.push_str(&heading(shown, i, width));
        text.push_str(&tables::outcomes(result, shown.outcome.confidence, width));
        text.push('\n');
        if let Some(stages) = tables::stages(result, &shown.experiment.alternatives[i].plan.scenario, width) {
            text.push_str(&stages);
            text.push('\n');
        }
        for sentence in &shown.findings[i].sentences {
            text.push_str(&wrapped(sentence, width));
        }
        text.push('\n');
    }
    if !shown.outcome.comparison.is_empty() {
        text.push_str(&tables::differences(&shown.outcome.comparison, shown.outcome.confidence, width));
        text.push_str("\n\n");
    }
    text.push_str(&closed_hour(shown.outcome, width));
    text.push_str(&told_of_all(shown.outcome, drawn, width));
    text
}

/// What a closed hour costs, below an empty line, where that was asked.
fn closed_hour(outcome: &Outcome, width: usize) -> String {
    let prices = outcome.closure_prices.as_ref();
    prices.map_or(String::new(), |prices| format!("\n{}", decision::prices::text(prices, width)))
}

/// The precision asked for, and where the files are.
fn told_of_all(outcome: &Outcome, drawn: &Drawn, width: usize) -> String {
    let precision = precision::sentences(outcome);
    let precision: String = precision.iter().map(|sentence| wrapped(sentence, width)).collect();
    precision + &files(outcome, drawn)
}

fn heading(shown: &Shown, i: usize, width: usize) -> String {
    let (alternative, result) = (&shown.experiment.alternatives[i], &shown.outcome.alternatives[i]);
    let horizon = &alternative.plan.scenario.horizon;
    let title = if alternative.title.is_empty() {
        &alternative.name
    } else {
        &alternative.title
    };
    let day = |at| horizon.origin.iso(at).chars().take(10).collect::<String>();
    let warm_up = if horizon.warm_up.0 > 0 {
        format!(", the first {} not counted", horizon.warm_up)
    } else {
        String::new()
    };
    let told = [
        alternative.name.clone(),
        replications(shown.outcome),
        format!(
            "{} to {} ({} days{warm_up})",
            day(Time::ZERO),
            day(Time::ZERO + horizon.length),
            fixed(horizon.length.as_days(), 1).trim_end_matches(".0"),
        ),
        format!("seed {}", shown.experiment.seed),
        format!("scenario {}", &result.hash[..12.min(result.hash.len())]),
        format!("rafah {}", version()),
    ];
    format!("\u{1b}[1m{title}\u{1b}[0m\n{}\n", joined(&told, width))
}

/// Parts with ` · ` between them, over as many lines as the width asks for.
fn joined(parts: &[String], width: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    for part in parts {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 3 + part.chars().count() <= width => {
                line.push_str(" · ");
                line.push_str(part);
            }
            _ => lines.push(part.clone()),
        }
    }
    lines.join("\n")
}

fn files(outcome: &Outcome, drawn: &Drawn) -> String {
    let folder = outcome.folder.display();
    let mut text = format!("Tables, scenario and manifest are in {folder}");
    if drawn.charts > 0 {
        text.push_str(&format!(", {} in {folder}/charts", counted(drawn.charts, "chart")));
    }
    if let Some(report) = &drawn.report {
        text.push_str(&format!(", the report is {}", report.display()));
    }
    text.push_str(&format!(
        ".\nSimulated and written in {} ({} replications a second).",
        in_words(outcome.wall_s),
        whole(outcome.replications_per_second)
    ));
    text
}

/// A sentence over as many lines as it takes, the later ones set in.
fn wrapped(sentence: &str, width: usize) -> String {
    let width = width.clamp(40, 100);
    let mut text = String::new();
    let mut line = String::from("•");
    for word in sentence.split(' ') {
        if line.chars().count() + 1 + word.chars().count() > width {
            text.push_str(&line);
            text.push('\n');
            " ".clone_into(&mut line);
        }
        line.push(' ');
        line.push_str(word);
    }
    text + &line + "\n"
}

/// The summary for programs.
pub(super) fn as_json(shown: &Shown, charts: &[PathBuf]) -> Value {
    let outcome = shown.outcome;
    let alternatives: Vec<Value> = (outcome.alternatives.iter().zip(&shown.findings))
        .map(|(result, findings)| {
            json!({
                "name": result.name, "title": result.title, "hash": result.hash, "replications": result.replications,
                "summary": result.summary.iter().map(row_as_json).collect::<Vec<_>>(),
                "findings": findings.sentences,
            })
        })
        .collect();
    let differences: Vec<Value> = (outcome.comparison.iter().filter(|d| d.statistic == Statistic::Mean))
        .map(|d| json!({ "response": d.response.name, "alternative": &*d.alternative, "reference": &*d.reference, "mean": d.difference, "lower": d.lower, "upper": d.upper }))
        .collect();
    let files: Vec<String> = outcome.files.iter().chain(charts).map(|path| path.display().to_string()).collect();
    json!({
        "version": env!("CARGO_PKG_VERSION"), "source": source_revision(), "seed": shown.experiment.seed, "complete": outcome.complete,
        "confidence": outcome.confidence, "precision": outcome.precision, "folder": outcome.folder.display().to_string(), "files": files,
        "wall_s": outcome.wall_s, "alternatives": alternatives, "differences": differences,
        "study": shown.experiment.study.as_ref().map(|study| json!({ "name": study.name, "title": study.title, "question": study.question })),
        "selection": selection(shown), "decision": decided(shown),
        "closure_price": outcome.closure_prices.as_ref().map(decision::prices::as_json),
    })
}

/// The answer; after a selection in the words of that, as on the screen.
fn decided(shown: &Shown) -> Value {
    let Some(decision) = &shown.outcome.decision else {
        return Value::Null;
    };
    let mut told = decision::as_json(decision);
    if let (Some(found), Stopping::Selection(asked)) = (&shown.outcome.selection, &shown.experiment.stopping) {
        told["answer"] = decision::told((found, asked), decision).join(" ").into();
    }
    told
}

/// What became of the alternatives of which one was to be chosen, with what was asked.
fn selection(shown: &Shown) -> Value {
    let (Some(found), Stopping::Selection(asked)) = (&shown.outcome.selection, &shown.experiment.stopping) else {
        return Value::Null;
    };
    json!({
        "asked": asked, "rows": found.rows, "first_stage": found.first_stage, "promised": found.promised,
        "probability_correct": found.probability_correct,
    })
}

fn row_as_json(row: &SummaryRow) -> Value {
    // What is not a number is null.
    let [p05, p25, p50, p75, p95] = row
        .quantiles
        .map(|q| json!({ "estimate": q.estimate, "lower": q.lower, "upper": q.upper }));
    json!({
        "response": row.response.name, "unit": row.response.unit, "n": row.n, "mean": row.mean, "sd": row.sd, "se": row.se,
        "lower": row.lower, "upper": row.upper, "min": row.min, "max": row.max,
        "p05": p05, "p25": p25, "p50": p50, "p75": p75, "p95": p95,
    })
}
