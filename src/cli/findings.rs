//! What a run shows that is worth a sentence: closures, a backlog that grows, a need that is not met, answers to escorts, developments.
//! Every mean has its interval.

use super::numbers::{decimals, fixed, percent};
use crate::experiment::{Alternative, AlternativeOutcome, SummaryRow};
use crate::stats::{Interval, clopper_pearson};

/// Sentences about an alternative.
#[derive(Clone, Debug, Default)]
pub(super) struct Findings {
    pub(super) sentences: Vec<String>,
}

/// What is worth a sentence about an alternative.
pub(super) fn of(alternative: &Alternative, result: &AlternativeOutcome) -> Findings {
    let mut sentences = Vec::new();
    sentences.extend(closures(alternative, result));
    sentences.extend(growth(alternative, result));
    sentences.extend(needs(alternative, result));
    sentences.extend(escorts(alternative, result));
    sentences.extend(developments(alternative, result));
    sentences.extend(nothing(alternative, result));
    Findings { sentences }
}

fn row<'a>(result: &'a AlternativeOutcome, response: &str) -> Option<&'a SummaryRow> {
    result.summary.iter().find(|row| row.response.name == response && row.n > 0)
}

/// A mean times `scale` with its interval: `1,234 (1,200 to 1,268)`.
fn known(row: &SummaryRow, scale: f64, most: usize) -> String {
    between(row.mean, row.lower, row.upper, scale, most)
}

fn between(mean: f64, lower: f64, upper: f64, scale: f64, most: usize) -> String {
    let (mean, lower, upper) = (mean * scale, lower * scale, upper * scale);
    let digits = decimals(mean, (upper - lower) / 2.0, most);
    if lower.is_finite() && upper.is_finite() {
        format!("{} ({} to {})", fixed(mean, digits), fixed(lower, digits), fixed(upper, digits))
    } else {
        fixed(mean, digits)
    }
}

/// How much of the period was closed.
fn closures(alternative: &Alternative, result: &AlternativeOutcome) -> Option<String> {
    let closed = row(result, "closed_h").filter(|row| row.max > 0.0)?;
    let (spells, longest) = (row(result, "closures")?, row(result, "longest_closure_h")?);
    let horizon = &alternative.plan.scenario.horizon;
    let period = (horizon.length - horizon.warm_up).as_hours();
    Some(format!(
        "Security closed the crossing, or a part of it, for {} h in the mean, {} of the period, in {} spells; the longest took {} h in \
         the mean.",
        known(closed, 1.0, 1),
        percent(closed.mean / period, 1),
        known(spells, 1.0, 1),
        known(longest, 1.0, 1),
    ))
}

/// Whether more trucks are on the way the longer the run: then it has no steady state.
fn growth(alternative: &Alternative, result: &AlternativeOutcome) -> Option<String> {
    let (end, average) = (row(result, "backlog_trucks")?, row(result, "mean_backlog_trucks")?);
    let dispatched = row(result, "dispatched_trucks")?.mean;
    let horizon = &alternative.plan.scenario.horizon;
    let days = (horizon.length - horizon.warm_up).as_days();
    // A backlog that grows evenly from nothing is twice its average at the end; a small one may be that by the hour of the day.
    let grows = end.mean > 1.5 * average.mean && end.mean > 2.0 * dispatched / days && end.mean > 0.02 * dispatched;
    grows.then(|| {
        format!(
            "The backlog grows: {} trucks at the end, {} on average over the period. More is dispatched than comes through, so every \
             mean depends on the length of the run.",
            known(end, 1.0, 0),
            known(average, 1.0, 0),
        )
    })
}

/// The kinds of goods whose need is not met.
fn needs(alternative: &Alternative, result: &AlternativeOutcome) -> Option<String> {
    let cargos = alternative.plan.scenario.cargos.iter();
    let short: Vec<String> = cargos
        .filter(|cargo| cargo.need_tonnes_per_day.is_some())
        .filter_map(|cargo| Some((cargo, row(result, &format!("cargo.{}.need_met", cargo.name))?)))
        .filter(|(_, met)| met.mean < 0.995)
        .map(|(cargo, met)| format!("{} {}\u{a0}%", cargo.name, known(met, 100.0, 1)))
        .collect();
    (!short.is_empty()).then(|| format!("Of the need that the scenario states comes through: {}.", short.join(", ")))
}

/// How each escort's requests were answered.
fn escorts(alternative: &Alternative, result: &AlternativeOutcome) -> Vec<String> {
    const ANSWERS: [&str; 5] = ["approved", "delayed", "impeded", "denied", "postponed"];
    let stages = alternative.plan.scenario.stages.iter();
    let told = stages.filter(|stage| stage.escort.is_some()).filter_map(|stage| {
        let of = |column: &str| row(result, &format!("escort.{}.{column}", stage.name));
        let (requests, trips) = (of("requests").filter(|row| row.max > 0.0)?, of("trips")?);
        let answered = ANSWERS
            .iter()
            .filter_map(|answer| Some((answer, of(answer).filter(|row| row.max > 0.0)?)));
        let answered: Vec<String> = answered.map(|(answer, row)| format!("{} {answer}", known(row, 1.0, 1))).collect();
        let size = of("mean_size").map_or(String::new(), |size| format!(" with {} trucks each", known(size, 1.0, 1)));
        Some(format!(
            "Escort `{}` asks {} times in the mean: {}. {} trips arrive{size}.",
            stage.name,
            known(requests, 1.0, 1),
            answered.join(", "),
            known(trips, 1.0, 1),
        ))
    });
    told.collect()
}

/// In which share of the replications each uncertain development happens.
fn developments(alternative: &Alternative, result: &AlternativeOutcome) -> Option<String> {
    let scenario = &alternative.plan.scenario;
    let contingents = scenario.contingents.iter().map(|c| format!("contingent.{}", c.name));
    let names = scenario.drivers.iter().map(|driver| driver.name.clone()).chain(contingents);
    let told: Vec<String> = names
        .filter_map(|name| {
            let happened = row(result, &format!("driver.{name}.happened"))?;
            // Yes or no: its interval is that of a proportion, which stays within 0 and 1.
            let hits = (happened.mean * happened.n as f64).round() as u64;
            let Interval { lower, upper } = clopper_pearson(hits, happened.n as u64, happened.confidence);
            Some(format!("{name} {}\u{a0}%", between(happened.mean, lower, upper, 100.0, 1)))
        })
        .collect();
    (!told.is_empty()).then(|| {
        format!(
            "Developments, and in how many of the replications they happen: {}.",
            told.join(", ")
        )
    })
}

/// A run in which nothing happens is seldom what was meant.
fn nothing(alternative: &Alternative, result: &AlternativeOutcome) -> Option<String> {
    if alternative.plan.scenario.convoys.is_empty() {
        return None;
    }
    let none = |response: &str| row(result, response).is_some_and(|row| row.max <= 0.0);
    if none("dispatched_trucks") {
        Some("No truck was dispatched in any replication.".to_owned())
    } else if none("delivered_trucks") {
        Some("No truck was delivered in any replication.".to_owned())
    } else {
        None
    }
}
