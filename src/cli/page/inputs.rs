//! Where every number of a result comes from: a source, an assumption with its reason, a default of the program, or nothing.

use super::content::{Block, Cell, Row, Section};
use super::facts::Facts;
use super::said::{grid, named, term, words};
use crate::cli::charts::Source;
use crate::cli::failure::Failure;
use crate::cli::numbers::{counted, whole};
use crate::scenario::{Loaded, ParameterLine};

/// How a parameter is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known {
    /// From a source that is cited.
    Source,
    /// It is called an assumption, with its reason.
    Assumption,
    /// Nobody stated it: it is what the program takes.
    Default,
    /// It is a number without source and reason.
    Neither,
    /// It is a word: which stage follows, which calendar, which rule.
    Structure,
}

impl Known {
    /// How a parameter is known.
    pub(super) fn of(line: &ParameterLine) -> Known {
        match (&line.source, &line.assumption) {
            (Some(_), _) => Known::Source,
            (None, Some(_)) => Known::Assumption,
            // The scenario of a result is written with its defaults filled in.
            (None, None) if line.is_default || line.is_usual => Known::Default,
            (None, None) if line.is_quantity => Known::Neither,
            (None, None) => Known::Structure,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Known::Source => "source",
            Known::Assumption => "assumption",
            Known::Default => "default",
            Known::Neither => "not stated",
            Known::Structure => "structure",
        }
    }
}

/// How many parameters are known how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) all: usize,
    pub(super) sources: usize,
    pub(super) assumptions: usize,
    pub(super) defaults: usize,
    pub(super) neither: usize,
    pub(super) structure: usize,
    /// Of those with a source or a reason, how many state a range.
    pub(super) ranges: usize,
}

impl Counts {
    pub(super) fn of(lines: &[ParameterLine]) -> Counts {
        let n = |known: Known| lines.iter().filter(|line| Known::of(line) == known).count();
        Counts {
            all: lines.len(),
            sources: n(Known::Source),
            assumptions: n(Known::Assumption),
            defaults: n(Known::Default),
            neither: n(Known::Neither),
            structure: n(Known::Structure),
            ranges: lines.iter().filter(|line| line.range.is_some()).count(),
        }
    }

    /// What is known of how many, in a sentence.
    pub(super) fn sentence(self) -> String {
        let told = [
            (self.sources, "with a cited source"),
            (self.assumptions, "called an assumption, with the reason"),
            (self.neither, "given as a number without either"),
            (self.defaults, "at the value that the program takes where none is stated"),
            (
                self.structure,
                "of structure, in words (which stage follows, which calendar, which rule)",
            ),
        ];
        let told = told.iter().filter(|(n, _)| *n > 0);
        let told: Vec<String> = told.map(|(n, what)| format!("{} {what}", whole(*n as f64))).collect();
        format!("{}: {}.", counted(self.all, "parameter"), told.join("; "))
    }
}

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
                    ranges were not simulated. Rows with an assumption, and numbers with neither source nor reason, are marked."
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
    let caption = "Parameters that another alternative has with another value or evidence, or that the reference does not have.";
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
        return vec![Block::Paragraph(format!(
            "The {} no source.",
            if source.alternatives.len() == 1 {
                "scenario cites"
            } else {
                "scenarios cite"
            }
        ))];
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
