//! The summary of a run, for people and for programs.

use std::path::PathBuf;

use comfy_table::{Attribute, Cell, CellAlignment, Table};
use serde_json::{Value, json};

use super::charts::Drawn;
use super::failure::Failure;
use super::numbers::{counted, decimals, fixed, percent, whole};
use super::progress::in_words;
use super::words::{Group, Line, lines};
use super::{findings, grid};
use crate::experiment::{AlternativeOutcome, Experiment, Outcome, ResultFolder, SummaryRow, source_revision};
use crate::time::Time;

/// What is shown of a run.
pub(super) struct Shown<'a> {
    pub(super) experiment: &'a Experiment,
    pub(super) outcome: &'a Outcome,
    /// By alternative, what is worth a sentence.
    pub(super) findings: Vec<findings::Findings>,
    /// How the others differ from the first.
    pub(super) differences: Vec<findings::Difference>,
}

impl<'a> Shown<'a> {
    pub(super) fn new(experiment: &'a Experiment, outcome: &'a Outcome, folder: &ResultFolder) -> Result<Shown<'a>, Failure> {
        let found: Result<Vec<_>, Failure> = (experiment.alternatives.iter().zip(&outcome.alternatives))
            .map(|(alternative, result)| findings::of(alternative, result, folder))
            .collect();
        Ok(Shown {
            experiment,
            outcome,
            findings: found?,
            differences: findings::differences(outcome, folder)?,
        })
    }
}

/// The version of the program with the revision of its source where that is known.
pub(super) fn version() -> String {
    let version = env!("CARGO_PKG_VERSION");
    source_revision().map_or(version.to_owned(), |revision| format!("{version} ({revision})"))
}

/// The summary for people.
pub(super) fn text(shown: &Shown, drawn: &Drawn) -> String {
    let mut text = String::new();
    for (i, result) in shown.outcome.alternatives.iter().enumerate() {
        text.push_str(&heading(shown, i));
        text.push_str(&format!("{}\n", table(result, shown.outcome.confidence)));
        for sentence in &shown.findings[i].sentences {
            text.push_str(&wrapped(sentence));
        }
        text.push('\n');
    }
    if !shown.differences.is_empty() {
        text.push_str(&differences(shown));
    }
    if let Some(sentence) = precision(shown.outcome) {
        text.push_str(&wrapped(&sentence));
    }
    text.push_str(&files(shown.outcome, drawn));
    text
}

fn heading(shown: &Shown, i: usize) -> String {
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
    format!(
        "\u{1b}[1m{title}\u{1b}[0m\n{} · {}, {} to {} ({} days{warm_up}) · seed {} · scenario {} · rafah {}\n",
        alternative.name,
        counted(result.replications as usize, "replication"),
        day(Time::ZERO),
        day(Time::ZERO + horizon.length),
        fixed(horizon.length.as_days(), 1).trim_end_matches(".0"),
        shown.experiment.seed,
        &result.hash[..12.min(result.hash.len())],
        version(),
    )
}

fn table(result: &AlternativeOutcome, confidence: f64) -> Table {
    let mut table = grid::plain();
    let interval = format!("{} interval", percent(confidence, 1).replace(".0", ""));
    table.set_header(["", "mean", &interval, "median", "5 % to 95 %"]);
    let lines = lines(&result.summary);
    for group in Group::ALL {
        let mut of_group = lines.iter().filter(|line| line.group == group).peekable();
        if of_group.peek().is_some() {
            table.add_row([Cell::new(group.title()).add_attribute(Attribute::Bold)]);
        }
        for line in of_group {
            table.add_row(cells(line));
        }
    }
    grid::align_numbers(&mut table, 1);
    for column in table.column_iter_mut().take(1) {
        column.set_cell_alignment(CellAlignment::Left);
    }
    table
}

fn cells(line: &Line) -> [String; 5] {
    let row = line.row;
    let (scale, unit) = if row.response.unit == "share" { (100.0, " %") } else { (1.0, "") };
    let half = (row.upper - row.lower) / 2.0 * scale;
    let most = if unit.is_empty() { 2 } else { 1 };
    // An interval and its mean have the digits that the interval allows, single values those that their spread allows.
    let of_mean = decimals(row.mean * scale, half, most);
    let of_values = decimals(row.mean * scale, row.sd * scale, most).min(of_mean);
    let number = |value: f64, digits| {
        if value.is_finite() {
            format!("{}{unit}", fixed(value * scale, digits))
        } else {
            "–".to_owned()
        }
    };
    let range = |a: f64, b: f64, digits| {
        if a.is_finite() && b.is_finite() {
            format!("{} – {}{unit}", fixed(a * scale, digits), fixed(b * scale, digits))
        } else {
            "–".to_owned()
        }
    };
    let [p05, _, p50, _, p95] = row.quantiles.map(|quantile| quantile.estimate);
    [
        format!("  {}", line.words),
        number(row.mean, of_mean),
        range(row.lower, row.upper, of_mean),
        number(p50, of_values),
        range(p05, p95, of_values),
    ]
}

fn differences(shown: &Shown) -> String {
    let first = &shown.outcome.alternatives[0].name;
    let mut table = grid::plain();
    let interval = format!("{} interval", percent(shown.outcome.confidence, 1).replace(".0", ""));
    table.set_header(["difference, the same random numbers in both", "mean", &interval]);
    for d in &shown.differences {
        let digits = decimals(d.mean * d.scale, (d.upper - d.lower) / 2.0 * d.scale, 2);
        let number = |value: f64| format!("{}{}", fixed(value * d.scale, digits), d.unit);
        table.add_row([
            format!("{} in `{}` less `{first}`", d.words, d.alternative),
            number(d.mean),
            format!("{} to {}", number(d.lower), number(d.upper)),
        ]);
    }
    grid::align_numbers(&mut table, 1);
    format!("{table}\n\n")
}

fn precision(outcome: &Outcome) -> Option<String> {
    let reached = outcome.precision.as_ref()?;
    let known = reached
        .relative_half_width
        .map_or("not known".to_owned(), |half| format!("known to ±{}", percent(half, 2)));
    let verdict = if reached.reached { "as asked" } else { "less than asked" };
    Some(format!(
        "The mean of `{}` is {known} at {} confidence, {verdict} (±{}).",
        reached.response,
        percent(reached.confidence, 0),
        percent(reached.relative, 2),
    ))
}

fn files(outcome: &Outcome, drawn: &Drawn) -> String {
    let folder = outcome.folder.display();
    let mut text = format!("Tables, scenario and manifest are in {folder}");
    if drawn.charts > 0 {
        text.push_str(&format!(", {} in {folder}/charts", counted(drawn.charts, "chart")));
    }
    text.push_str(&format!(
        ".\nSimulated and written in {} ({} replications a second).",
        in_words(outcome.wall_s),
        whole(outcome.replications_per_second)
    ));
    text
}

/// A sentence over as many lines as it takes, the later ones set in.
fn wrapped(sentence: &str) -> String {
    const WIDTH: usize = 100;
    let mut text = String::new();
    let mut line = String::from("•");
    for word in sentence.split(' ') {
        if line.chars().count() + 1 + word.chars().count() > WIDTH {
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
    let differences: Vec<Value> = (shown.differences.iter())
        .map(|d| json!({ "response": d.response, "alternative": d.alternative, "reference": outcome.alternatives[0].name, "mean": d.mean, "lower": d.lower, "upper": d.upper }))
        .collect();
    let files: Vec<String> = outcome.files.iter().chain(charts).map(|path| path.display().to_string()).collect();
    json!({
        "version": env!("CARGO_PKG_VERSION"), "source": source_revision(), "seed": shown.experiment.seed, "complete": outcome.complete,
        "confidence": outcome.confidence, "precision": outcome.precision, "folder": outcome.folder.display().to_string(), "files": files,
        "wall_s": outcome.wall_s, "alternatives": alternatives, "differences": differences,
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
