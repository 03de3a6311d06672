//! The report of a result: what was asked, the answer, tables, charts, where numbers come from, how it was done and how to do it again. Every number on it
//! stands in a table of the result.
//!
//! ```text
//! Source ──> sections (a file each) ──> Page (content.rs) ─┬─> report.html (html.rs, a page that needs nothing else)
//!   (manifest, tables, scenarios)       ↑                  ├─> report.md   (markdown.rs)
//! charts::Drawing ──────────────────────┘                  └─> report.tex  (latex.rs)
//! ```

mod again;
mod answer;
mod cells;
mod cite;
mod content;
mod estimation;
mod facts;
mod figures;
mod html;
mod inputs;
mod latex;
mod limits;
mod markdown;
mod method;
mod odd;
mod outcomes;
mod results;
mod rules;
mod said;
mod scenario;
mod stocks;
mod system;

use std::path::{Path, PathBuf};

use super::arguments::Format;
use super::charts::{self, Drawing, Source};
use super::failure::Failure;
use super::numbers::whole;
use super::summary::version_of;
use crate::experiment::summaries;
use content::Page;

/// A form of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A page for browsers, with the charts in it.
    Html,
    /// Markdown with the tables of GitHub and Quarto.
    Markdown,
    /// A document for `pdflatex`.
    Latex,
}

impl Form {
    /// Its file.
    pub(super) fn file(self) -> &'static str {
        match self {
            Form::Html => "report.html",
            Form::Markdown => "report.md",
            Form::Latex => "report.tex",
        }
    }

    /// The form of the charts that it takes from files beside it.
    pub(super) fn pictures(self) -> Option<Format> {
        match self {
            Form::Html => None,
            Form::Markdown => Some(Format::Svg),
            Form::Latex => Some(Format::Pdf),
        }
    }
}

/// A report in one of its forms, not yet written.
pub(super) struct Text {
    form: Form,
    text: String,
}

/// The report of a result in these forms; `pictures` is where the files of the charts are, seen from it: `charts/`, or nothing.
pub(super) fn texts(source: &Source, drawings: &[Drawing], forms: &[Form], pictures: &str) -> Result<Vec<Text>, Failure> {
    let page = page(source, drawings)?;
    let rendered = forms.iter().map(|form| {
        let text = match form {
            Form::Html => html::render(&page)?,
            Form::Markdown => markdown::render(&page, pictures),
            Form::Latex => latex::render(&page, pictures),
        };
        Ok(Text { form: *form, text })
    });
    rendered.collect()
}

/// Writes reports into a folder.
pub(super) fn put(texts: &[Text], place: &Path) -> Result<Vec<PathBuf>, Failure> {
    std::fs::create_dir_all(place).map_err(Failure::create(place))?;
    let written = texts
        .iter()
        .map(|Text { form, text }| charts::write(&place.join(form.file()), text.as_bytes()));
    written.collect()
}

/// What the report says.
fn page(source: &Source, drawings: &[Drawing]) -> Result<Page, Failure> {
    let manifest = source.folder.manifest();
    let summaries = summaries(&source.folder)?;
    let summaries = summaries.as_deref();
    let title = title(source);
    let citation = cite::citation(source, &title);
    let parts = [
        vec![
            answer::section(source, summaries)?,
            results::section(source)?,
            figures::section(source, drawings),
        ],
        vec![
            scenario::section(source)?,
            inputs::section(source)?,
            method::section(source)?,
            odd::section(source)?,
        ],
        Vec::from_iter(outcomes::section(source, summaries)),
        vec![again::section(source)?, limits::section(source)?, cite::section(&citation)],
    ];
    // A run without a question has no more results than its outcomes.
    let sections = parts.into_iter().flatten().filter(|section| !section.blocks.is_empty()).collect();
    let version = version_of(&manifest.version, manifest.source.as_deref());
    Ok(Page {
        title,
        question: manifest.study.as_ref().map_or_else(String::new, |study| study.question.clone()),
        about: about(source, &version),
        cautions: cautions(source)?,
        alternatives: source.alternatives.iter().map(|one| one.name.clone()).collect(),
        sections,
        citation,
        generator: format!("rafah {version}"),
    })
}

/// The title of the study, of the scenario, or the names of several.
fn title(source: &Source) -> String {
    let manifest = source.folder.manifest();
    let titled = |name: &str, title: &str| if title.is_empty() { name.to_owned() } else { title.to_owned() };
    match (&manifest.study, manifest.alternatives.as_slice()) {
        (Some(study), _) => titled(&study.name, &study.title),
        (None, [one]) => titled(&one.name, &one.title),
        (None, several) => {
            let names: Vec<&str> = several.iter().take(3).map(|one| one.name.as_str()).collect();
            let more = several.len() - names.len();
            let more = if more > 0 {
                format!(" and {} more", whole(more as f64))
            } else {
                String::new()
            };
            format!("{}{more}", names.join(", "))
        }
    }
}

/// What was simulated.
fn about(source: &Source, version: &str) -> Vec<String> {
    let manifest = source.folder.manifest();
    let mut about = Vec::new();
    if manifest.alternatives.len() > 1 {
        about.push(format!("{} alternatives", whole(manifest.alternatives.len() as f64)));
    }
    about.push(source.replications());
    about.push(format!("seed {}", manifest.seed));
    about.push(format!("rafah {version}"));
    about
}

/// What a reader must know before the answer.
fn cautions(source: &Source) -> Result<Vec<String>, Failure> {
    let manifest = source.folder.manifest();
    let mut said = Vec::from_iter(super::report::told_of_lost(&source.folder));
    said.extend(super::report::told_of_changed(&source.folder)?);
    if !manifest.complete {
        said.push(format!(
            "This result is not complete: its run was interrupted ({}). All numbers are of what was finished.",
            source.replications()
        ));
    }
    if let Some(common) = source.chosen_over() {
        said.push(format!(
            "One alternative was chosen with as few replications as that takes, so alternatives differ in the number of theirs. What holds them against each \
             other is of the first {}, which all have.",
            whole(f64::from(common))
        ));
    }
    if manifest.alternatives.iter().all(|alternative| alternative.replications == 1) {
        said.push("There is one replication, so there are no intervals: chance may have made every number here.".to_owned());
    }
    Ok(said)
}

#[cfg(test)]
mod tests;
