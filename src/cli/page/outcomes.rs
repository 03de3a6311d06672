//! All that came out, in long tables: every response of every alternative, and what each stage does.

use super::super::charts::Source;
use super::super::decision::name_of;
use super::super::numbers::{fixed, plain_percent, scaled};
use super::super::words;
use super::cells::{digits, estimate};
use super::content::{Block, Cell, Grid, Head, Row, Section};
use super::results::{OF_CLOSURES, on_the_way, pieces};
use super::stocks;
use crate::experiment::SummaryRow;
use crate::stats::Estimate;

/// Everything that came out, in long tables; nothing where the result has no summary.
pub(super) fn section(source: &Source, summaries: Option<&[Vec<SummaryRow>]>) -> Option<Section> {
    let summaries = summaries?;
    let told = told(source, summaries);
    let grids = outcomes(source, summaries, &told).chain(stages(source, summaries));
    let mut blocks: Vec<Block> = grids.map(Block::Grid).collect();
    if !blocks.is_empty() {
        blocks.extend(stocks::at_odds(source, &told).map(Block::Note));
        blocks.extend(on_the_way(told.iter().map(String::as_str)).map(Block::Note));
        if told.iter().any(|response| OF_CLOSURES.contains(&response.as_str())) {
            blocks.extend(pieces(source.alternatives.iter().map(|one| &one.loaded.scenario)).map(Block::Note));
        }
    }
    (!blocks.is_empty()).then(|| Section {
        id: "outcomes",
        title: "All outcomes".to_owned(),
        blocks,
    })
}

/// The responses that are told: what one alternative has is told of all, also where it is 0 there.
fn told(source: &Source, summaries: &[Vec<SummaryRow>]) -> Vec<String> {
    let lines = source.shown.iter().flat_map(|place| words::lines(&summaries[*place]));
    let mut told: Vec<String> = lines.map(|line| line.row.response.name.clone()).collect();
    told.sort();
    told.dedup();
    told
}

/// Every outcome of each alternative; that of a single one unfolded.
fn outcomes<'a>(source: &'a Source, summaries: &'a [Vec<SummaryRow>], told: &'a [String]) -> impl Iterator<Item = Grid> + 'a {
    let pairs = source.alternatives.iter().zip(&source.shown);
    pairs.map(move |(alternative, place)| {
        let rows = words::lines_with(&summaries[*place], told);
        let confidence = plain_percent(source.folder.manifest().confidence);
        let several = source.alternatives.len() > 1;
        Grid {
            caption: format!("Outcomes of `{}` over replications. From the table `summary`.", alternative.name),
            heads: vec![
                Head::words("Outcome"),
                Head::number(format!("Mean [{confidence} interval]")),
                Head::number("Median"),
                Head::number("5 % to 95 %"),
                Head::words("Unit"),
            ],
            rows: rows
                .iter()
                .map(|line| outcome(&alternative.name, &words::capitalised(&named(line)), line.row))
                .collect(),
            is_folded: several,
        }
    })
}

/// The same words by which the response goes elsewhere in the report: its unit stands in a column of its own.
fn named(line: &words::Line) -> String {
    let name = name_of(&line.row.response.name);
    // What a scenario counts by names of its own is known to its line alone.
    if name.starts_with('`') { line.words.clone() } else { name }
}

fn outcome(alternative: &str, words: &str, row: &SummaryRow) -> Row {
    let (factor, unit) = scaled(&row.response.unit);
    let mean = row.estimate().times(factor);
    let of_mean = digits(std::iter::once(mean), 2);
    let of_values = digits(
        std::iter::once(Estimate {
            value: mean.value,
            lower: mean.value - row.sd * factor,
            upper: mean.value + row.sd * factor,
        }),
        2,
    )
    .min(of_mean);
    // A quantile of too few replications for an interval is not known well enough to be shown.
    let [low, _, median, _, high] = row.quantiles;
    let middle = if (median.upper - median.lower).is_finite() {
        median.estimate * factor
    } else {
        f64::NAN
    };
    let range = if (low.lower + high.upper).is_finite() {
        format!(
            "{} to {}",
            fixed(low.estimate * factor, of_values),
            fixed(high.estimate * factor, of_values)
        )
    } else {
        "–".to_owned()
    };
    Row::of(
        alternative,
        vec![
            Cell::words(words),
            estimate(mean, of_mean),
            estimate(Estimate::alone(middle), of_values),
            Cell::number(range, low.estimate),
            Cell::words(unit),
        ],
    )
}

/// What is told of each stage: column of `stages`, words, factor.
const OF_STAGES: [(&str, &str, f64); 4] = [
    ("mean_wait_min", "Mean wait (min)", 1.0),
    ("utilisation", "Lanes in use (%)", 100.0),
    ("mean_queue", "Mean queue", 1.0),
    ("share_waiting", "Have to wait (%)", 100.0),
];

/// The stages of each alternative, with what one asks first.
fn stages<'a>(source: &'a Source, summaries: &'a [Vec<SummaryRow>]) -> impl Iterator<Item = Grid> + 'a {
    let pairs = source.alternatives.iter().zip(&source.shown);
    pairs.filter_map(|(alternative, place)| {
        let find = |stage: &str, column: &str| {
            let name = format!("stage.{stage}.{column}");
            summaries[*place].iter().find(|row| row.response.name == name && row.n > 0)
        };
        let row = |stage: &str| {
            let found = OF_STAGES.map(|(column, _, factor)| find(stage, column).map(|row| (row, factor)));
            found.iter().any(Option::is_some).then(|| {
                let cell = |found: &Option<(&SummaryRow, f64)>| {
                    let Some((row, factor)) = found else { return Cell::words("–") };
                    let of = row.estimate().times(*factor);
                    estimate(of, digits(std::iter::once(of), 2))
                };
                let cells = std::iter::once(Cell::words(stage)).chain(found.iter().map(cell));
                Row::of(&alternative.name, cells.collect())
            })
        };
        let rows: Vec<Row> = alternative
            .loaded
            .scenario
            .stages
            .iter()
            .filter_map(|stage| row(&stage.name))
            .collect();
        (!rows.is_empty()).then(|| Grid {
            caption: format!(
                "Stages of `{}`: means over replications, with intervals. From the table `summary`.",
                alternative.name
            ),
            heads: std::iter::once(Head::words("Stage"))
                .chain(OF_STAGES.iter().map(|(_, words, _)| Head::number(*words)))
                .collect(),
            rows,
            is_folded: true,
        })
    })
}
