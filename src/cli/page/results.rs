//! The results in tables: how the alternatives stand by each response that decides, what each brings, what each stage does.

use super::super::charts::Source;
use super::super::decision::prices::brackets;
use super::super::decision::{called, lead};
use super::super::failure::Failure;
use super::super::numbers::{fixed, of_differences, plain_percent, scaled, whole};
use super::super::words;
use super::cells::{self, difference, digits, estimate, probability, showing, showing_ends, with_unit};
use super::content::{Block, Cell, Grid, Head, Row, Section, Term};
use crate::experiment::{Decided, Decision, Selection, Standing, Verdict};
use crate::stats::Estimate;

mod notes;
pub(super) use notes::{OF_CLOSURES, on_the_way, pieces};

/// The results in tables.
pub(super) fn section(source: &Source) -> Result<Section, Failure> {
    let mut blocks = Vec::new();
    blocks.extend(alternatives(source));
    if let Some((selection, selecting)) = Selection::read(&source.folder)? {
        blocks.push(Block::Grid(chosen(source, &selection, &selecting.response)));
    }
    if let Some(decision) = &source.decision {
        blocks.extend(decided(source, decision));
    }
    blocks.extend(prices(source)?.map(Block::Grid));
    Ok(Section {
        id: "results",
        title: "Results".to_owned(),
        blocks,
    })
}

/// The alternatives by name, with what each is; of more than are shown, which these are.
fn alternatives(source: &Source) -> Vec<Block> {
    let records = &source.folder.manifest().alternatives;
    let shown = || source.shown.iter().map(|place| &records[*place]);
    let mut blocks = Vec::new();
    if records.len() > source.shown.len() {
        blocks.push(Block::Paragraph(format!(
            "Of {} alternatives {} are shown: the reference and those that come first. All are in the tables of the result.",
            whole(records.len() as f64),
            whole(source.shown.len() as f64)
        )));
    }
    if shown().any(|record| !record.title.is_empty()) && records.len() > 1 {
        let term = |record: &crate::experiment::AlternativeRecord| Term {
            what: record.name.clone(),
            told: record.title.clone(),
            is_gap: false,
        };
        blocks.push(Block::Terms(shown().map(term).collect()));
    }
    blocks
}

/// How many replications each alternative took until one was chosen.
fn chosen(source: &Source, selection: &Selection, response: &str) -> Grid {
    let rows = source.shown.iter().filter_map(|place| selection.rows.get(*place));
    let unit = source.decision.as_ref().and_then(|decision| {
        let decided = decision.responses.iter().find(|decided| decided.response.name == response)?;
        Some(decided.response.unit.clone())
    });
    let (factor, unit) = scaled(unit.as_deref().unwrap_or_default());
    let means = rows.clone().map(|row| Estimate::alone(row.mean * factor));
    let digits = digits(means, 1);
    let row = |row: &crate::experiment::SelectionRow| {
        let became = match (row.selected, &row.tied_with, &row.dropped_by) {
            (true, _, _) => "chosen".to_owned(),
            (_, Some(with), _) => format!("level with `{with}`"),
            (_, _, Some(by)) => format!("dropped for `{by}`"),
            _ => String::new(),
        };
        Row::of(
            &row.alternative,
            vec![
                Cell::words(row.alternative.as_str()),
                Cell::number(whole(f64::from(row.replications)), f64::from(row.replications)),
                estimate(Estimate::alone(row.mean * factor), digits),
                Cell::words(became),
            ],
        )
    };
    Grid {
        caption: format!(
            "How one alternative was chosen by {}. From the table `selection`.",
            words::of(response)
        ),
        heads: vec![
            Head::words("Alternative"),
            Head::number("Replications"),
            Head::number(with_unit("Mean of these", unit)),
            Head::words("Became"),
        ],
        rows: rows.map(row).collect(),
        is_folded: false,
    }
}

/// A table for each response that the study asks for, that which leads unfolded, and what marks and intervals mean.
fn decided(source: &Source, decision: &Decision) -> Vec<Block> {
    let leads = lead(decision)
        .or(decision.responses.first())
        .map(|decided| decided.response.name.clone());
    let mut blocks = Vec::new();
    for decided in &decision.responses {
        let is_folded = leads.as_ref() != Some(&decided.response.name);
        blocks.push(Block::Grid(standings(source, decision, decided, is_folded)));
    }
    blocks.extend(notes::of(source, decision).into_iter().map(Block::Note));
    blocks
}

/// The mean that is best is marked in words: in the verdict.
fn standings(source: &Source, decision: &Decision, decided: &Decided, is_folded: bool) -> Grid {
    let (factor, unit) = scaled(&decided.response.unit);
    let points = of_differences(unit);
    let shown = || {
        source
            .shown
            .iter()
            .map(|place| (&decision.names[*place], *place, &decided.standings[*place]))
    };
    let mean = |standing: &Standing| of_mean(standing).times(factor);
    let against = |standing: &Standing| {
        standing
            .against_reference
            .as_ref()
            .map(|against| against.at_once.difference.times(factor))
    };
    let relative = |standing: &Standing| {
        let share = standing.against_reference.as_ref()?.at_once.relative?;
        Some(share.times(100.0))
    };
    let differing = || shown().filter_map(|(.., standing)| against(standing));
    let relatives = || shown().filter_map(|(.., standing)| relative(standing));
    let means = showing(digits(shown().map(|(.., standing)| mean(standing)), 2), differing());
    let differences = showing_ends(digits(differing(), 2), differing());
    let shares = showing_ends(digits(relatives(), 1), relatives());
    let has_relative = unit != "%" && shown().any(|(.., standing)| relative(standing).is_some());
    let is_judged = shown().any(|(.., standing)| standing.verdict.is_some());
    let row = |(name, place, standing): (&String, usize, &Standing)| {
        let is_reference = place == decision.reference;
        let note = if is_reference { " (reference)" } else { "" };
        let mut cells = vec![Cell::words(format!("{name}{note}")), estimate(mean(standing), means)];
        cells.push(against(standing).map_or_else(|| Cell::words(""), |of| difference(of, differences)));
        if has_relative {
            cells.push(relative(standing).map_or_else(|| Cell::words(""), |of| difference(of, shares)));
        }
        if is_judged {
            // Two short words stand on one line.
            cells.push(Cell::words(verdict(decided, standing).replace("not best", "not\u{a0}best")));
            cells.push(
                standing
                    .rank
                    .map_or_else(|| Cell::words(""), |rank| Cell::number(whole(rank as f64), rank as f64)),
            );
            cells.push(standing.probability_best.map_or_else(|| Cell::words(""), probability));
        }
        Row {
            is_marked: standing.verdict == Some(Verdict::Best) && !decided.is_level(),
            ..Row::of(name, cells)
        }
    };
    let mut heads = vec![
        Head::words("Alternative"),
        Head::number(with_unit("Mean", unit)),
        Head::number(with_unit("Difference", points)),
    ];
    if has_relative {
        heads.push(Head::number("Difference (%)"));
    }
    if is_judged {
        heads.extend([Head::words("Verdict"), Head::number("Rank"), Head::number("Probability best")]);
    }
    let better = decided
        .better
        .map_or(String::new(), |better| format!(", {} is better", better.word()));
    Grid {
        caption: format!(
            "{}{better}, over {} replications. From the tables `decision` and `comparison`, response `{}`.",
            words::capitalised(&called(decided).replace('`', "")),
            whole(decided.n as f64),
            decided.response.name
        ),
        heads,
        rows: shown().map(row).collect(),
        is_folded,
    }
}

fn of_mean(standing: &Standing) -> Estimate {
    let value = if standing.has_values() { standing.mean.mean } else { f64::NAN };
    Estimate {
        value,
        ..Estimate::from(standing.mean)
    }
}

fn verdict(decided: &Decided, standing: &Standing) -> &'static str {
    match standing.verdict {
        Some(_) if decided.is_level() => "the same as all others",
        Some(verdict) => verdict.words(),
        None => "",
    }
}

/// What a closed hour costs, where that was asked.
fn prices(source: &Source) -> Result<Option<Grid>, Failure> {
    if !source.folder.has("closure_price") {
        return Ok(None);
    }
    let columns = [
        "group",
        "alternative",
        "n",
        "tonnes_per_closed_hour",
        "lower",
        "upper",
        "difference",
        "difference_at_once_lower",
        "difference_at_once_upper",
        "recovery_h",
        "recovery_lower_h",
        "recovery_upper_h",
    ];
    let frame = source.folder.columns("closure_price", &columns)?;
    let text = |row: usize, column: usize| frame.columns[column].text(row).unwrap_or_default();
    let is_shown = |row: &usize| text(*row, 0) == "all" && source.alternatives.iter().any(|one| one.name == text(*row, 1));
    let rows: Vec<usize> = (0..frame.len()).filter(is_shown).collect();
    let of = |row: usize, first: usize| Estimate {
        value: frame.columns[first].real(row),
        lower: frame.columns[first + 1].real(row),
        upper: frame.columns[first + 2].real(row),
    };
    let digits = [3, 6, 9].map(|first| digits(rows.iter().map(|row| of(*row, first)), 2));
    let reference = &source.alternatives[source.reference()].name;
    let row = |row: &usize| {
        let name = text(*row, 1);
        let note = if name == reference.as_str() { " (reference)" } else { "" };
        let held = of(*row, 6);
        let against = if held.value.is_finite() {
            difference(held, digits[1])
        } else {
            Cell::words("")
        };
        Row::of(
            name,
            vec![
                Cell::words(format!("{name}{note}")),
                estimate(of(*row, 3), digits[0]),
                against,
                Cell::number(cells::plain(frame.columns[2].real(*row)), frame.columns[2].real(*row)),
                recovery(of(*row, 9), digits[2].min(1)),
            ],
        )
    };
    let is_compared = rows.iter().any(|row| of(*row, 6).lower.is_finite());
    let is_open = rows.iter().any(|row| {
        let hours = of(*row, 9);
        hours.value.is_finite() && hours.lower.is_finite() && !hours.upper.is_finite()
    });
    let beyond = if is_open { " …: beyond the end of the run." } else { "" };
    let brackets = brackets(&plain_percent(source.folder.manifest().confidence), is_compared);
    Ok(Some(Grid {
        caption: format!(
            "What a closed hour costs: tonnes not delivered by the end of the run for each hour that one closure takes, all others as they are. \
             {brackets}{beyond} From the table `closure_price`, group `all`."
        ),
        heads: vec![
            Head::words("Alternative"),
            Head::number("Tonnes lost per closed hour"),
            Head::number("Difference (t per h)"),
            Head::number("Closures"),
            Head::number("Hours to recover, median"),
        ],
        rows: rows.iter().map(row).collect(),
        is_folded: false,
    }))
}

/// `61 [55, 70]`, of which an end may lie beyond the end of the run.
fn recovery(of: Estimate, digits: usize) -> Cell {
    let number = |hours: f64| {
        if hours.is_finite() {
            fixed(hours, digits)
        } else {
            "…".to_owned()
        }
    };
    if !of.value.is_finite() {
        Cell::words("not by the end")
    } else if of.lower.is_finite() {
        Cell::number(
            format!("{} [{}, {}]", number(of.value), number(of.lower), number(of.upper)),
            of.value,
        )
    } else {
        Cell::number(number(of.value), of.value)
    }
}
