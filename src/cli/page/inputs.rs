//! Where every number of a result comes from: a source, an assumption with its reason, a default of the program, or nothing.

mod known;

use super::content::{Block, Cell, Row, Section};
use super::facts::Facts;
use super::said::{grid, named, term, words};
use crate::cli::charts::Source;
use crate::cli::failure::Failure;
use crate::cli::numbers::whole;
use crate::scenario::{Loaded, ParameterLine};
pub(super) use known::{Counts, Known, Stated};

/// The section of the inputs.
#[expect(
    clippy::unnecessary_wraps,
    reason = "all sections are made by the same kind of function, and others read tables"
)]
pub(super) fn section(source: &Source) -> Result<Section, Failure> {
    let facts = Facts::new(source);
    let parameters = facts.loaded.parameters();
    let mut blocks = vec![
        Block::Paragraph(Counts::of(&parameters).sentence()),
        Block::Note(note(facts)),
        Block::Grid(grid(
            format!(
                "Parameters of `{}`: value, unit, range, and how each is known. From its scenario in the result.",
                facts.name
            ),
            &["parameter", "value#", "unit", "range", "known by", "source or reason"],
            parameters.iter().map(|line| row(line, None)).collect(),
            true,
        )),
    ];
    blocks.extend(of_alternatives(source, &parameters));
    blocks.extend(sources(source));
    Ok(Section {
        id: "inputs",
        title: "Inputs and their sources".to_owned(),
        blocks,
    })
}

fn note(facts: Facts) -> String {
    let mut told = "Values are as the scenario writes them, with their unit in the value where it states one. The range is what the value may be instead; \
                    ranges were not simulated. Rows with an assumption, and numbers with neither a source nor a reason, are marked."
        .to_owned();
    if !facts.has("sensitivity") {
        told.push_str(" Which results hang on which of them is not known: this result has no sensitivity analysis.");
    }
    told
}

/// What the other alternatives have that the reference has not, or otherwise: with its evidence.
fn of_alternatives(source: &Source, parameters: &[ParameterLine]) -> Option<Block> {
    let reference = source.reference();
    let others = source.alternatives.iter().enumerate().filter(|(i, _)| *i != reference);
    let rows: Vec<Row> = others
        .flat_map(|(_, alternative)| {
            let own = alternative
                .loaded
                .parameters()
                .into_iter()
                .filter(|line| !parameters.contains(line));
            own.map(|line| row(&line, Some(&alternative.name))).collect::<Vec<_>>()
        })
        .collect();
    let caption = format!(
        "Parameters that another alternative{} has with another value or evidence, or that the reference does not have.",
        Facts::new(source).of_the_shown()
    );
    (!rows.is_empty()).then(|| {
        Block::Grid(grid(
            caption,
            &[
                "alternative",
                "parameter",
                "value#",
                "unit",
                "range",
                "known by",
                "source or reason",
            ],
            rows,
            true,
        ))
    })
}

fn row(line: &ParameterLine, alternative: Option<&str>) -> Row {
    let known = Known::of(line);
    let why = match (&line.source, &line.assumption) {
        (Some(source), Some(reason)) => format!("{source}: {reason}"),
        (Some(told), None) | (None, Some(told)) => told.clone(),
        (None, None) => String::new(),
    };
    let (value, unit) = value(line);
    let mut cells = vec![
        words(&line.path),
        value,
        words(unit),
        words(range(line)),
        words(known.words()),
        words(why),
    ];
    if let Some(name) = alternative {
        cells.insert(0, words(name));
    }
    Row {
        alternative: alternative.map(str::to_owned),
        cells,
        is_marked: matches!(known, Known::Assumption | Known::Neither),
    }
}

/// The value without quotes, its unit apart where it is one number with one unit.
fn value(line: &ParameterLine) -> (Cell, String) {
    let plain = plain(&line.value);
    if let Ok(value) = plain.parse::<f64>() {
        let cell = Cell {
            words: plain,
            value: Some(value),
        };
        return (cell, line.unit.to_owned());
    }
    match number_and_unit(&plain) {
        Some((number, unit)) => {
            let cell = Cell {
                words: number.to_owned(),
                value: number.parse().ok(),
            };
            (cell, unit.to_owned())
        }
        None => (words(plain), String::new()),
    }
}

/// `2040 t/d` as `2040` and `t/d`; none where there is not one number with one unit.
fn number_and_unit(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-'))?;
    let (number, unit) = (&text[..end], text[end..].trim());
    let is_unit = unit.chars().all(|c| c.is_ascii_alphabetic() || c == '/' || c == '%');
    (is_unit && number.parse::<f64>().is_ok()).then_some((number, unit))
}

fn range(line: &ParameterLine) -> String {
    let Some(range) = &line.range else { return String::new() };
    let plain = plain(range);
    let ends: Vec<&str> = plain.trim_matches(['[', ']']).split(", ").collect();
    match ends.as_slice() {
        [from, to] => format!("{from} to {to}"),
        _ => plain,
    }
}

/// A value as the scenario writes it, on one line and without quotes, braces and equals signs: for reading.
fn plain(value: &str) -> String {
    let text = value.split_whitespace().collect::<Vec<_>>().join(" ");
    text.replace("dist = ", "")
        .replace(" = ", " ")
        .replace("{ ", "(")
        .replace(" }", ")")
        .replace('"', "")
}

/// The sources that the scenarios cite, in full, each once, by their keys.
fn sources(source: &Source) -> Vec<Block> {
    let of_one = |loaded: &Loaded| loaded.scenario.sources.clone();
    let mut all: Vec<(String, String)> = source
        .alternatives
        .iter()
        .flat_map(|alternative| of_one(&alternative.loaded))
        .collect();
    all.sort();
    all.dedup();
    if all.is_empty() {
        let of_these = match (source.alternatives.len(), source.all() - source.alternatives.len()) {
            (1, 0) => "The scenario cites".to_owned(),
            (_, 0) => "The scenarios cite".to_owned(),
            (shown, _) => format!("The scenarios of the {} alternatives that are shown cite", whole(shown as f64)),
        };
        return vec![Block::Paragraph(format!("{of_these} no source."))];
    }
    vec![
        Block::Heading("Sources".to_owned()),
        Block::Terms(all.into_iter().map(|(key, told)| term(key, told)).collect()),
    ]
}

/// The alternatives that are not told of here, being too many; nothing where all are.
pub(super) fn untold(source: &Source) -> Option<String> {
    let left = source.all() - source.alternatives.len();
    let shown = named(source.alternatives.iter().map(|alternative| alternative.name.as_str()));
    (left > 0).then(|| {
        format!(
            "Told are {shown}; the scenarios of the other {} are in the folder `scenario` of the result.",
            whole(left as f64)
        )
    })
}
