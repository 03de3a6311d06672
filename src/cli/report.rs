//! `rafah report`: the charts of a result drawn again from its folder, in any width, format and theme, and its report written; nothing is simulated.

mod lost;

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::arguments::{Format, Report};
use super::charts::{CHARTS, Chart, Drawn, Source, Style};
use super::failure::Failure;
use super::numbers::counted;
use super::page::Form;
use super::{charts, decision, page, say, tables, words};
use crate::experiment::{LostTable, ResultFolder};
use crate::figure::Width;
pub(super) use lost::told as told_of_lost;

/// Draws the charts of the result given.
pub(super) fn report(given: &Report) -> Result<(), Failure> {
    let mut folder = ResultFolder::open(&given.result)?;
    folder.leave_out_lost();
    if let Some(told) = lost::told(&folder).filter(|_| !given.quiet) {
        say::aside(&told);
    }
    if given.list {
        return list(&folder, given.json);
    }
    let chosen = chosen(&given.only, &folder)?;
    let mut source = Source::open(folder).map_err(lost::of_scenario)?;
    if !given.quiet && !source.folder.manifest().complete {
        say::aside(&format!("The result is incomplete ({}); the charts say so.", source.replications()));
    }
    let own = given.result.join("charts");
    let (place, of_report, pictures) = match &given.output {
        Some(other) if !is_same(other, &own) => (other, other, ""),
        _ => (&own, &given.result, "charts/"),
    };
    let style = Style::asked(given);
    let drawings = charts::draw(&source, &chosen, style.width)?;
    let mut made = Made::default();
    if style.has_pictures() {
        made.drawn = charts::put(&drawings, &style, place)?;
    } else {
        made.drawn.empty = drawings
            .iter()
            .filter(|drawing| drawing.pictures.is_empty())
            .map(|drawing| drawing.chart.name)
            .collect();
    }
    let forms = forms(given);
    if made.drawn.charts == 0 && (forms.is_empty() || !given.only.is_empty()) && drawings.iter().all(|drawing| drawing.pictures.is_empty())
    {
        return Err(nothing_drawn(&chosen));
    }
    if !forms.is_empty() {
        // On the page charts have the width of a page of print, whatever their files have.
        let drawings = if style.width == Width::Page {
            drawings
        } else {
            charts::draw(&source, &chosen, Width::Page)?
        };
        made.reports = page::write(&source, &drawings, &forms, (of_report, pictures))?;
    }
    if *place == own {
        source.folder.add_files(&[made.drawn.files.as_slice(), &made.reports].concat())?;
    }
    tell(given, &made, (place, of_report), source.folder.lost())
}

/// What was made.
#[derive(Default)]
struct Made {
    drawn: Drawn,
    reports: Vec<PathBuf>,
}

/// The forms of the report asked for; where no form of anything is, the page, if it is of the whole result.
fn forms(given: &Report) -> Vec<Form> {
    if given.format.is_empty() && given.only.is_empty() {
        return vec![Form::Html];
    }
    let all = [Form::Html, Form::Markdown, Form::Latex];
    all.into_iter()
        .filter(|form| given.format.contains(&Format::Report(*form)))
        .collect()
}

/// Whether two paths lead to the same folder.
fn is_same(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    one == other || real(one).is_some_and(|one| real(other) == Some(one))
}

/// The charts asked for; where none is named those for which the result has the tables.
fn chosen(only: &[String], folder: &ResultFolder) -> Result<Vec<&'static Chart>, Failure> {
    let lacks = |chart: &Chart| chart.lacks(|table| folder.has(table));
    if only.is_empty() {
        return Ok(CHARTS.iter().filter(|chart| lacks(chart).is_empty()).collect());
    }
    let (mut found, mut wrong) = (Vec::new(), Vec::new());
    for name in only.iter().map(|name| name.trim()) {
        match CHARTS.iter().find(|chart| chart.name == name) {
            None => wrong.push(unknown(name)),
            Some(chart) => {
                let lacking = lacks(chart);
                if lacking.is_empty() {
                    found.push(chart);
                } else {
                    wrong.push(lacking_tables(chart, &lacking, folder));
                }
            }
        }
    }
    if wrong.is_empty() {
        return Ok(CHARTS
            .iter()
            .filter(|chart| found.iter().any(|one| one.name == chart.name))
            .collect());
    }
    let known: Vec<&str> = CHARTS.iter().map(|chart| chart.name).collect();
    wrong.push(format!("The charts are `{}`; `--list` says what each shows.", known.join("`, `")));
    Err(Failure::Usage(wrong.join("\n")))
}

fn unknown(name: &str) -> String {
    let distance = |chart: &&Chart| strsim::osa_distance(name, chart.name);
    let is_part = |chart: &&Chart| name.len() > 2 && (chart.name.contains(name) || name.starts_with(chart.name));
    let nearest = CHARTS.iter().find(is_part).or_else(|| CHARTS.iter().min_by_key(distance));
    let nearest = nearest.filter(|chart| is_part(chart) || distance(chart) <= chart.name.len() / 2);
    let hint = nearest.map_or(String::new(), |chart| format!("; did you mean `{}`?", chart.name));
    format!("`--only {name}`: there is no such chart{hint}")
}

/// Which tables a chart takes and the result does not have, and why: only some were asked for, or there was nothing to write into them.
fn lacking_tables(chart: &Chart, lacking: &[&str], folder: &ResultFolder) -> String {
    let asked = folder.manifest().tables.as_deref();
    let files = lost::files(folder, lacking);
    let left_out = |table: &&str| asked.is_some_and(|asked| asked.iter().all(|name| name != table));
    let takes = format!("it takes {}", chart.when);
    let why = if !files.is_empty() {
        lost::are_missing(&files)
    } else if lacking.iter().any(left_out) {
        if chart.of_study {
            format!(
                "{takes}, where `--tables` does not leave {} out",
                if lacking.len() == 1 { "it" } else { "them" }
            )
        } else {
            format!("`--tables` left {} out", if lacking.len() == 1 { "it" } else { "them" })
        }
    } else {
        takes
    };
    format!(
        "`--only {}`: the result does not have the {} `{}` of that chart; {why}",
        chart.name,
        if lacking.len() == 1 { "table" } else { "tables" },
        lacking.join("`, `")
    )
}

fn nothing_drawn(chosen: &[&Chart]) -> Failure {
    let conditions: Vec<String> = chosen
        .iter()
        .map(|chart| format!("\n  `{}` takes {}", chart.name, chart.when))
        .collect();
    let why = if chosen.is_empty() {
        "\n  it has none of the tables that charts are drawn from; `--list` says which these are".to_owned()
    } else {
        conditions.concat()
    };
    Failure::NoInput(format!("the result has nothing to draw:{why}"))
}

fn tell(given: &Report, Made { drawn, reports }: &Made, (place, of_report): (&Path, &Path), lost: &[LostTable]) -> Result<(), Failure> {
    if given.json {
        let missing: Vec<&String> = lost.iter().flat_map(|lost| &lost.files).collect();
        let shown = |path: &PathBuf| path.display().to_string();
        let files: Vec<String> = drawn.files.iter().map(shown).collect();
        let reports: Vec<String> = reports.iter().map(shown).collect();
        return say::json(
            &json!({ "folder": place.display().to_string(), "charts": drawn.charts, "files": files, "empty": drawn.empty, "reports": reports, "missing": missing }),
        );
    }
    if given.quiet {
        return Ok(());
    }
    for chart in CHARTS
        .iter()
        .filter(|chart| !given.only.is_empty() && drawn.empty.contains(&chart.name))
    {
        say::aside(&format!(
            "`{}` has nothing to show in this result: it takes {}.",
            chart.name, chart.when
        ));
    }
    // The numbers of each chart, which are always there, tell its name.
    let names: Vec<String> = drawn
        .files
        .iter()
        .filter_map(|path| named(path)?.strip_suffix(".csv").map(str::to_owned))
        .collect();
    let mut told = Vec::new();
    if drawn.charts > 0 {
        told.push(format!(
            "{} in {}: {}.",
            counted(drawn.charts, "chart"),
            place.display(),
            names.join(", ")
        ));
    }
    if !reports.is_empty() {
        let files: Vec<String> = reports.iter().filter_map(|path| named(path)).collect();
        told.push(format!("The report in {}: {}.", of_report.display(), files.join(", ")));
    }
    let told: Vec<String> = told.iter().map(|sentence| decision::filled(sentence, tables::width())).collect();
    say::result(&told.concat())
}

fn named(path: &Path) -> Option<String> {
    path.file_name().map(|name| name.to_string_lossy().into_owned())
}

/// Every chart, what it shows and takes, and which tables the result lacks for it.
fn list(folder: &ResultFolder, as_json: bool) -> Result<(), Failure> {
    let of_one = |chart: &Chart| (chart.lacks(|table| folder.has(table)), chart.name);
    let of_files = |lacking: &[&'static str]| lost::files(folder, lacking);
    if as_json {
        let told: Vec<Value> = CHARTS
            .iter()
            .map(|chart| {
                let lacks = of_one(chart).0;
                json!({
                    "name": chart.name, "shows": chart.shows, "takes": chart.when, "tables": chart.tables, "missing": of_files(&lacks), "lacks": lacks,
                })
            })
            .collect();
        return say::json(&Value::Array(told));
    }
    let width = tables::width();
    let mut text = String::new();
    for chart in &CHARTS {
        let lacking = of_one(chart).0;
        let here = if lacking.is_empty() {
            String::new()
        } else {
            match of_files(&lacking).as_slice() {
                [] => format!(" (cannot be drawn: lacks {})", lacking.join(", ")),
                files => format!(" (cannot be drawn: {})", lost::are_missing(files)),
            }
        };
        text.push_str(&format!("{}{here}\n", chart.name));
        let said = format!(
            "{}. Takes {}, from {}.",
            words::capitalised(chart.shows),
            chart.when,
            chart.tables.join(", ")
        );
        text.extend(
            decision::filled(&said, width.saturating_sub(2))
                .lines()
                .map(|line| format!("  {line}\n")),
        );
    }
    say::result(&text)
}
