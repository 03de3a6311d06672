//! What was simulated, in words, and what the alternatives change.

use super::content::{Block, Row, Section, Term};
use super::facts::Facts;
use super::inputs::untold;
use super::said::{grid, term, words};
use crate::cli::account;
use crate::cli::charts::Source;
use crate::cli::failure::Failure;
use crate::cli::numbers::counted;
use crate::scenario::{self, Difference};
use crate::study;

/// The section of the scenario.
#[expect(
    clippy::unnecessary_wraps,
    reason = "all sections are made by the same kind of function, and others read tables"
)]
pub(super) fn section(source: &Source) -> Result<Section, Failure> {
    let facts = Facts::new(source);
    let scenario = facts.scenario();
    let mut blocks = Vec::new();
    if facts.has_several() {
        blocks.push(Block::Paragraph(format!(
            "Told is `{}`; what the other alternatives change against it stands below.",
            facts.name
        )));
    }
    let summary = scenario.summary.trim();
    if !summary.is_empty() {
        blocks.push(Block::Paragraph(summary.to_owned()));
    }
    let lines = account::lines(scenario).into_iter();
    blocks.push(Block::Terms(lines.map(|(what, told)| term(what, told)).collect()));
    if facts.has_several() {
        blocks.extend(alternatives(source));
    }
    Ok(Section {
        id: "scenario",
        title: "The scenario".to_owned(),
        blocks,
    })
}

/// What each alternative changes: how much in words, and parameter by parameter.
fn alternatives(source: &Source) -> Vec<Block> {
    let reference = source.reference();
    let others: Vec<(usize, Vec<Difference>)> = (0..source.alternatives.len())
        .filter(|i| *i != reference)
        .map(|i| (i, changes(source, i)))
        .collect();
    let name = &source.alternatives[reference].name;
    let told = |(i, changes): &(usize, Vec<Difference>)| -> Term {
        let alternative = &source.alternatives[*i];
        let title = Some(alternative.shown()).filter(|title| *title != alternative.name);
        let changed = match changes.len() {
            0 => format!("says the same as `{name}` in all that is simulated"),
            n => counted(n, "difference"),
        };
        term(
            &alternative.name,
            title.map_or(changed.clone(), |title| format!("{title} ({changed})")),
        )
    };
    let mut blocks = vec![
        Block::Heading("What the alternatives change".to_owned()),
        Block::Terms(others.iter().map(told).collect()),
    ];
    let rows: Vec<Row> = others
        .iter()
        .flat_map(|(i, changes)| changes.iter().map(|change| row(&source.alternatives[*i].name, change)))
        .collect();
    if !rows.is_empty() {
        let is_long = rows.len() > LONG;
        blocks.push(Block::Grid(grid(
            format!(
                "Parameters that differ from those of `{name}`{}; – where one of the two does not have it. From the scenarios in the result.",
                Facts::new(source).of_the_shown()
            ),
            &["alternative", "parameter", &format!("in {name}"), "in the alternative"],
            rows,
            is_long,
        )));
    }
    blocks.extend(untold(source).map(Block::Note));
    blocks
}

/// A table of more rows than this is folded.
const LONG: usize = 20;

/// In what an alternative differs from the reference, what it says of itself to people left out.
pub(super) fn changes(source: &Source, alternative: usize) -> Vec<Difference> {
    let [a, b] = [source.reference(), alternative].map(|i| &source.alternatives[i].loaded);
    scenario::diff(a, b)
        .into_iter()
        .filter(|difference| !study::is_for_people(&difference.path))
        .collect()
}

/// Whether only a number, a time or a date is another: what one of the two has not, a word or a rule is more than that.
pub(super) fn is_of_numbers(change: &Difference) -> bool {
    let is_number = |value: &Option<String>| {
        let value = value.as_deref().unwrap_or_default().trim_start_matches(['[', '"', ' ', '-']);
        value.starts_with(|c: char| c.is_ascii_digit())
    };
    // What a policy is called is for people.
    change.path == "policy.name" || is_number(&change.a) && is_number(&change.b)
}

fn row(alternative: &str, change: &Difference) -> Row {
    let side = |value: &Option<String>| words(value.as_deref().unwrap_or("–"));
    Row {
        alternative: Some(alternative.to_owned()),
        cells: vec![words(alternative), words(&change.path), side(&change.a), side(&change.b)],
        is_marked: false,
    }
}
