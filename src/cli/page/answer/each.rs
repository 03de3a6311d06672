//! What each of several alternatives brings, by every response that is asked for: a row each, so that none is left out.

use super::super::super::charts::Source;
use super::super::super::decision::{called, name_of};
use super::super::super::numbers::{of_differences, plain_percent, scaled, whole};
use super::super::super::words;
use super::super::cells::{self, digits, estimate, showing_ends, with_unit};
use super::super::content::{Block, Cell, Grid, Head, Row};
use super::super::facts::Facts;
use super::super::stocks;
use super::alone;
use crate::experiment::{Decided, Decision, Standing, SummaryRow};
use crate::scenario::Flow;
use crate::stats::Estimate;

/// What is told of each alternative where no study names responses.
const USUAL: [&str; 3] = ["delivered_tonnes", "need_met", "days_below_need"];

/// The alternatives by the responses of the study, or the usual ones and who is exposed: means with their intervals.
pub(super) fn told(facts: Facts, summaries: &[Vec<SummaryRow>]) -> Vec<Block> {
    let source = facts.source;
    let of: Vec<(&str, &[SummaryRow])> = (source.alternatives.iter().zip(&source.shown))
        .map(|(one, place)| (one.name.as_str(), summaries[*place].as_slice()))
        .collect();
    let responses = responses(facts, &of);
    let columns: Vec<(Head, Vec<Cell>)> = responses.iter().map(|response| column(response, &of)).collect();
    let rows = of.iter().enumerate().map(|(i, (name, _))| {
        let cells = columns.iter().map(|(_, cells)| Cell {
            words: cells[i].words.clone(),
            value: cells[i].value,
        });
        Row::of(name, std::iter::once(Cell::words(*name)).chain(cells).collect())
    });
    let grid = Grid {
        caption: format!(
            "What each alternative brings{}: means over replications, in brackets the {} interval of each for itself. From the table `summary`.",
            facts.of_the_shown(),
            facts.confidence()
        ),
        rows: rows.collect(),
        heads: std::iter::once(Head::words("Alternative"))
            .chain(columns.into_iter().map(|(head, _)| head))
            .collect(),
        is_folded: false,
    };
    let mut blocks = vec![Block::Grid(grid)];
    blocks.extend(of_need(source, &responses).map(Block::Note));
    blocks.extend(stocks::at_odds(source, &responses).map(Block::Note));
    let mut periods = source.alternatives.iter().map(|one| one.loaded.scenario.horizon.period());
    let first = periods.next();
    if periods.any(|period| Some(period) != first) {
        blocks.push(Block::Note(
            "These simulate different periods, so that what they bring is not to be compared as it stands.".to_owned(),
        ));
    }
    blocks
}

/// Responses of the study, or the usual ones that some alternative has.
fn responses(facts: Facts, of: &[(&str, &[SummaryRow])]) -> Vec<String> {
    if let Some(study) = &facts.manifest.study {
        return study.responses.clone();
    }
    let source = facts.source;
    let has = |response: &&str| of.iter().any(|(_, rows)| alone::row(rows, response).is_some_and(|row| row.n > 0));
    let has_incidents = source.alternatives.iter().any(|one| one.loaded.scenario.incidents.is_some());
    let has_escorts = (source.alternatives.iter().flat_map(|one| &one.loaded.scenario.stages))
        .any(|stage| stage.escort.is_some() && stage.serves == Flow::Trucks);
    let exposure = ["exposure"].into_iter().filter(|_| has_incidents);
    let intercepted = ["intercepted_trucks"].into_iter().filter(|_| has_escorts);
    // What is delivered is asked of every result, known or not.
    let usual = USUAL.into_iter().filter(|response| *response == USUAL[0] || has(response));
    let more = exposure.chain(intercepted).filter(has);
    usual.chain(more).map(str::to_owned).collect()
}

/// A response of every alternative; what has no value is said to be unknown.
fn column(response: &str, of: &[(&str, &[SummaryRow])]) -> (Head, Vec<Cell>) {
    let rows: Vec<Option<&SummaryRow>> = of
        .iter()
        .map(|(_, rows)| alone::row(rows, response).filter(|row| row.n > 0))
        .collect();
    let unit = rows.iter().flatten().next().map_or("", |row| row.response.unit.as_str());
    let (factor, unit) = scaled(unit);
    let mean = |row: &SummaryRow| row.estimate().times(factor);
    let digits = digits(rows.iter().flatten().map(|row| mean(row)), 2);
    let cell = |row: Option<&SummaryRow>| row.map_or_else(|| Cell::words("not known"), |row| estimate(mean(row), digits));
    let head = with_unit(&words::capitalised(&name_of(response).replace('`', "")), unit);
    (Head::number(head), rows.iter().copied().map(cell).collect())
}

/// Of which goods the need is, where it is told.
fn of_need(source: &Source, responses: &[String]) -> Option<String> {
    if !responses
        .iter()
        .any(|response| response == "need_met" || response == "days_below_need")
    {
        return None;
    }
    let mut goods: Vec<String> = source
        .alternatives
        .iter()
        .map(|one| alone::needed(&one.loaded.scenario))
        .filter(|goods| !goods.is_empty())
        .collect();
    goods.dedup();
    match goods.as_slice() {
        [] => None,
        [one] => Some(format!(
            "Tonnes are of all goods, the need is that of {one}; what is delivered beyond the need of a kind is not counted as need met."
        )),
        _ => Some(
            "Tonnes are of all goods, the need is that of the goods that have one, which are not the same in all alternatives; what is delivered beyond the \
             need of a kind is not counted as need met."
                .to_owned(),
        ),
    }
}

/// How every alternative differs from the reference by every response of a study; nothing of one response, which the results tell.
pub(super) fn of_study(source: &Source, decision: &Decision) -> Vec<Block> {
    let responses: Vec<&Decided> = decision.responses.iter().collect();
    if responses.len() < 2 {
        return Vec::new();
    }
    let is_compared = responses
        .iter()
        .any(|decided| decided.standings.iter().any(|standing| standing.against_reference.is_some()));
    let columns: Vec<(Head, Vec<Cell>)> = responses
        .iter()
        .map(|decided| of_response(decided, source, decision.reference, is_compared))
        .collect();
    let rows = source.shown.iter().enumerate().map(|(i, place)| {
        let name = &decision.names[*place];
        let note = if *place == decision.reference { " (reference)" } else { "" };
        let cells = columns.iter().map(|(_, cells)| Cell {
            words: cells[i].words.clone(),
            value: cells[i].value,
        });
        Row::of(name, std::iter::once(Cell::words(format!("{name}{note}"))).chain(cells).collect())
    });
    let of_all = if source.all() > source.alternatives.len() {
        format!(" of the {} that are shown", whole(source.alternatives.len() as f64))
    } else {
        String::new()
    };
    let common = source.chosen_over().map_or(String::new(), |n| {
        format!(", over the first {} replications, which all have", whole(f64::from(n)))
    });
    let confidence = plain_percent(decision.confidence);
    let caption = if is_compared {
        format!(
            "What each alternative{of_all} brings by every response of the study{common}: the reference its means, in brackets the {confidence} interval of each for itself; \
             the others their differences from it, in brackets {confidence} intervals that hold for all alternatives at once by each response. From the tables \
             `decision` and `comparison`."
        )
    } else {
        format!("What each alternative{of_all} brings by every response of the study{common}: means. From the table `decision`.")
    };
    let mut blocks = vec![Block::Grid(Grid {
        caption,
        rows: rows.collect(),
        heads: std::iter::once(Head::words("Alternative"))
            .chain(columns.into_iter().map(|(head, _)| head))
            .collect(),
        is_folded: false,
    })];
    let names: Vec<String> = responses.iter().map(|decided| decided.response.name.clone()).collect();
    blocks.extend(of_need(source, &names).map(Block::Note));
    blocks.extend(stocks::at_odds(source, &names).map(Block::Note));
    blocks
}

/// A response of a study: the mean of the reference and the differences of the others, or means where none were taken.
fn of_response(decided: &Decided, source: &Source, reference: usize, is_compared: bool) -> (Head, Vec<Cell>) {
    let (factor, unit) = scaled(&decided.response.unit);
    let points = of_differences(unit);
    let mean = |standing: &Standing| {
        if standing.has_values() {
            Estimate {
                value: standing.mean.mean,
                lower: standing.mean.lower,
                upper: standing.mean.upper,
            }
            .times(factor)
        } else {
            Estimate::NONE
        }
    };
    let against = |standing: &Standing| Some(standing.against_reference.as_ref()?.at_once.difference.times(factor));
    let shown = || source.shown.iter().map(|place| (*place, &decided.standings[*place]));
    let of_differences = showing_ends(
        digits(shown().filter_map(|(_, standing)| against(standing)), 2),
        shown().filter_map(|(_, standing)| against(standing)),
    );
    let of_means = digits(shown().map(|(_, standing)| mean(standing)), 2);
    let unknown = || Cell::words("not known");
    let cell = |(place, standing): (usize, &Standing)| {
        if is_compared && place != reference {
            let known = against(standing).filter(|of| of.value.is_finite());
            return known.map_or_else(unknown, |of| cells::difference(of, of_differences));
        }
        if !standing.has_values() {
            return unknown();
        }
        estimate(mean(standing), of_means)
    };
    let name = words::capitalised(&called(decided).replace('`', ""));
    let head = if is_compared && unit != points {
        format!("{name} ({unit}; differences in {points})")
    } else {
        with_unit(&name, unit)
    };
    (Head::number(head), shown().map(cell).collect())
}
