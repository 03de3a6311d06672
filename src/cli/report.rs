//! `rafah report`: the charts of a result drawn again from its folder, in any width, format and theme, and its report written; nothing is simulated.

mod list;
mod lost;

use std::path::{Path, PathBuf};

use serde_json::json;

use super::arguments::{Format, Report};
use super::charts::{CHARTS, Chart, Drawing, Drawn, Source, Style};
use super::failure::Failure;
use super::numbers::counted;
use super::page::Form;
use super::{charts, decision, page, say, tables};
use crate::experiment::{LostTable, ResultFolder};
use crate::figure::Width;
pub(super) use lost::{told as told_of_lost, told_of_changed};

/// Draws the charts of the result given.
pub(super) fn report(given: &Report) -> Result<(), Failure> {
    let mut folder = ResultFolder::open(&given.result)?;
    folder.leave_out_lost();
    folder.compare_files()?;
    if let Some(told) = lost::told(&folder).filter(|_| !given.quiet) {
        say::aside(&told);
    }
    if given.list {
        return list::list(folder, given.json);
    }
    let chosen = chosen(&given.only, &folder)?;
    let mut source = Source::open(folder).map_err(lost::of_scenario)?;
    if !given.quiet && !source.folder.manifest().complete {
        say::aside(&format!("The result is incomplete ({}); the charts say so.", source.replications()));
    }
    let home = source.folder.path().to_owned();
    let own = home.join("charts");
    let (place, of_report, pictures) = match &given.output {
        Some(other) if !is_same(other, &own) => (other, other, ""),
        _ => (&own, &home, "charts/"),
    };
    let style = Style::asked(given);
    let drawings = chosen.drawn(&source, style.width)?;
    let forms = forms(given);
    let has_pictures = drawings.iter().any(|drawing| !drawing.pictures.is_empty());
    if !has_pictures && (!given.only.is_empty() || forms.is_empty()) {
        return Err(nothing_drawn(&chosen));
    }
    // All is told before anything is written: a table that is refused leaves nothing behind.
    let texts = if forms.is_empty() {
        Vec::new()
    } else if style.width == Width::Page {
        page::texts(&source, &drawings, &forms, pictures)?
    } else {
        // On the page charts have the width of a page of print, whatever their files have.
        page::texts(&source, &chosen.drawn(&source, Width::Page)?, &forms, pictures)?
    };
    if let Some(told) = lost::told_of_changed(&source.folder)?.filter(|_| !given.quiet) {
        say::aside(&told);
    }
    let mut made = Made::default();
    if style.has_pictures() {
        made.drawn = charts::put(&drawings, &style, place)?;
    } else {
        let nothing = |drawing: &Drawing| drawing.pictures.is_empty().then_some(drawing.chart.name);
        made.drawn.empty = drawings.iter().filter_map(nothing).collect();
    }
    if !texts.is_empty() {
        made.reports = page::put(&texts, of_report)?;
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

/// The charts to draw, and of some of them the pictures alone that are asked for.
struct Chosen {
    charts: Vec<&'static Chart>,
    pictures: Vec<(&'static Chart, String)>,
}

impl Chosen {
    /// The charts with their pictures, of which those are left out that are not asked for.
    fn drawn(&self, source: &Source, width: Width) -> Result<Vec<Drawing>, Failure> {
        let of = |chart: &'static Chart| self.pictures.iter().filter(move |(one, _)| one.name == chart.name);
        let is_drawn = |chart: &&'static Chart| self.charts.iter().any(|one| one.name == chart.name) || of(chart).next().is_some();
        let charts: Vec<&'static Chart> = CHARTS.iter().filter(is_drawn).collect();
        let mut drawings = charts::draw(source, &charts, width)?;
        let mut wrong = Vec::new();
        for drawing in &mut drawings {
            for (chart, asked) in of(drawing.chart) {
                let names = drawing.pictures.iter().map(|picture| picture.name.as_str()).collect::<Vec<_>>();
                if !names.contains(&asked.as_str()) {
                    wrong.push(no_picture(chart, asked, &names));
                }
            }
            if self.charts.iter().all(|one| one.name != drawing.chart.name) {
                let asked = |name: &str| of(drawing.chart).any(|(_, asked)| asked == name);
                drawing.pictures.retain(|picture| asked(&picture.name));
            }
        }
        if wrong.is_empty() {
            Ok(drawings)
        } else {
            Err(Failure::Usage(wrong.join("\n")))
        }
    }

    /// The charts that are drawn, whole or in part.
    fn all(&self) -> impl Iterator<Item = &'static Chart> {
        self.charts.iter().copied().chain(self.pictures.iter().map(|(chart, _)| *chart))
    }
}

fn no_picture(chart: &Chart, asked: &str, names: &[&str]) -> String {
    match names {
        [] => format!(
            "`--only {asked}`: the chart `{}` has nothing to show in this result; it takes {}",
            chart.name, chart.when
        ),
        [one] => format!(
            "`--only {asked}`: the chart `{}` has no such picture in this result, but `{one}` alone",
            chart.name
        ),
        several => format!(
            "`--only {asked}`: the chart `{}` has no such picture in this result; its pictures are `{}`",
            chart.name,
            several.join("`, `")
        ),
    }
}

/// The charts asked for, by their names or by those of their pictures; where none is named those for which the result has the tables.
fn chosen(only: &[String], folder: &ResultFolder) -> Result<Chosen, Failure> {
    if only.is_empty() {
        return Ok(Chosen {
            charts: charts::possible(folder),
            pictures: Vec::new(),
        });
    }
    let (mut chosen, mut wrong) = (
        Chosen {
            charts: Vec::new(),
            pictures: Vec::new(),
        },
        Vec::new(),
    );
    for name in only.iter().map(|name| name.trim()) {
        let Some(chart) = CHARTS.iter().find(|chart| chart.name == name).or_else(|| of_picture(name)) else {
            wrong.push(unknown(name));
            continue;
        };
        let lacking = chart.lacks(|table| folder.has(table));
        if !lacking.is_empty() {
            wrong.push(lacking_tables(chart, &lacking, folder));
        } else if chart.name == name {
            chosen.charts.push(chart);
        } else {
            chosen.pictures.push((chart, name.to_owned()));
        }
    }
    if wrong.is_empty() {
        return Ok(chosen);
    }
    let known: Vec<&str> = CHARTS.iter().map(|chart| chart.name).collect();
    wrong.push(format!("The charts are `{}`; `--list` says what each shows.", known.join("`, `")));
    Err(Failure::Usage(wrong.join("\n")))
}

/// The chart of which a picture has this name: the name of the chart, a line, and what the picture is of.
fn of_picture(name: &str) -> Option<&'static Chart> {
    let is_of = |chart: &&Chart| {
        name.strip_prefix(chart.name)
            .is_some_and(|rest| rest.len() > 1 && rest.starts_with('-'))
    };
    CHARTS.iter().filter(is_of).max_by_key(|chart| chart.name.len())
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

fn nothing_drawn(chosen: &Chosen) -> Failure {
    let told: Vec<String> = chosen
        .all()
        .map(|chart| {
            format!(
                "the chart `{}` has nothing to show in this result: it takes {}",
                chart.name, chart.when
            )
        })
        .collect();
    Failure::NoInput(if told.is_empty() {
        "the result has nothing to draw: it has none of the tables that charts are drawn from; `--list` says which these are".to_owned()
    } else {
        told.join("\n")
    })
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
