//! The answer: what came out, in sentences with their numbers.

mod alone;
mod differences;
mod each;

use super::super::charts::Source;
use super::super::decision;
use super::super::failure::Failure;
use super::super::numbers::plain_percent;
use super::content::{Block, Section};
use super::facts::Facts;
use super::inputs;
use super::said::is_or_are;
use crate::experiment::{Decision, Selection, SummaryRow};
use crate::stats::{MeanInterval, mean_interval};

/// So many sentences stand out.
const FIRST: usize = 4;

/// What came out.
pub(super) fn section(source: &Source, summaries: Option<&[Vec<SummaryRow>]>) -> Result<Section, Failure> {
    let facts = Facts::new(source);
    let selection = Selection::read(&source.folder)?;
    let stated = inputs::Stated::of(source);
    let mut blocks = Vec::new();
    // Whoever reads numbers of a made-up world must know it first.
    blocks.extend(stated.without_source(facts).map(Block::Paragraph));
    match (&source.decision, &selection) {
        (Some(decision), Some((selection, selecting))) => {
            let said = decision::told((selection, selecting), decision);
            blocks.extend(sentences(said));
            blocks.push(Block::Note("From the table `selection`.".to_owned()));
            blocks.extend(each::of_study(source, decision));
        }
        (Some(decision), None) => {
            blocks.extend(sentences(decision::answer(decision, &need_met(decision, summaries))));
            blocks.extend(each::of_study(source, decision));
            blocks.push(Block::Note(of_study(source, decision)));
        }
        (None, _) => {
            if facts.manifest.study.is_some() {
                let why = absent(facts, "decision");
                blocks.push(Block::Paragraph(format!(
                    "The table `decision`, which answers the question of the study, {why}. What each alternative brings is told one by one."
                )));
            }
            blocks.extend(told(facts, summaries)?);
        }
    }
    blocks.extend(stated.counted(facts));
    Ok(Section {
        id: "answer",
        title: "Answer".to_owned(),
        blocks,
    })
}

/// Why there is no table of a name, behind `The table …`.
pub(super) fn absent(facts: Facts, table: &str) -> String {
    match facts.source.folder.lost().iter().find(|lost| lost.name == table) {
        Some(lost) => format!(
            "cannot be read: `{}` {} missing from the folder of the result",
            lost.files.join("`, `"),
            is_or_are(lost.files.len())
        ),
        None => "was not written".to_owned(),
    }
}

/// The share of the need that is met under each alternative: as the study asks for it, else as the table `summary` has it.
fn need_met(decision: &Decision, summaries: Option<&[Vec<SummaryRow>]>) -> Vec<MeanInterval> {
    let asked = decision::need_of(decision);
    let is_known = |rows: &Vec<SummaryRow>| alone::row(rows, "need_met").is_some();
    let of = |rows: &Vec<SummaryRow>| match alone::row(rows, "need_met").filter(|row| row.n > 0) {
        Some(&SummaryRow {
            n,
            mean,
            sd,
            se,
            lower,
            upper,
            ..
        }) => MeanInterval {
            n,
            mean,
            sd,
            se,
            lower,
            upper,
        },
        None => mean_interval(&[], decision.confidence),
    };
    match summaries.filter(|summaries| asked.is_empty() && summaries.iter().any(is_known)) {
        Some(summaries) => summaries.iter().map(of).collect(),
        None => asked,
    }
}

/// The first few one below the other, the others behind them.
fn sentences(mut said: Vec<String>) -> Vec<Block> {
    let more = said.split_off(FIRST.min(said.len()));
    let mut blocks = vec![Block::List(said)];
    if !more.is_empty() {
        blocks.push(Block::Paragraph(more.join(" ")));
    }
    blocks
}

/// Where the numbers of a study's answer stand, and what they are.
fn of_study(source: &Source, decision: &Decision) -> String {
    let confidence = plain_percent(decision.confidence);
    let tables = if source.folder.has("comparison") {
        "tables `decision` and `comparison`"
    } else {
        "table `decision`"
    };
    format!(
        "From the {tables}: {} of each alternative under the same random numbers. Intervals of differences, of {confidence}, hold \
         for all alternatives at once by each response.{}",
        source.replications(),
        decision::left_out(decision)
    )
}

/// What each alternative brings, where nothing is asked.
fn told(facts: Facts, summaries: Option<&[Vec<SummaryRow>]>) -> Result<Vec<Block>, Failure> {
    let Some(summaries) = summaries else {
        return Ok(vec![Block::Paragraph(format!(
            "The table `summary`, from which this is told, {}.",
            absent(facts, "summary")
        ))]);
    };
    let source = facts.source;
    let mut blocks = match (source.alternatives.as_slice(), source.shown.as_slice()) {
        ([one], [place]) => vec![Block::List(alone::sentences(&one.loaded.scenario, &summaries[*place]))],
        _ => each::told(facts, summaries),
    };
    let differences = differences::sentences(source)?;
    if !differences.is_empty() {
        blocks.push(Block::List(differences.clone()));
    }
    let from = if differences.is_empty() {
        "From the table `summary`"
    } else {
        "From the tables `summary` and `comparison`; of the differences each interval is for itself"
    };
    blocks.push(Block::Note(format!(
        "{from}. {}, seed {}.",
        super::super::words::capitalised(&source.replications()),
        source.folder.manifest().seed
    )));
    Ok(blocks)
}
