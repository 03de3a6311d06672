//! What a run shows that is worth a sentence: closures, a backlog that grows, a need that is not met. Every mean has its interval.

use super::numbers::{decimals, fixed, percent};
use crate::experiment::{Alternative, AlternativeOutcome, SummaryRow};

/// Sentences about an alternative.
#[derive(Clone, Debug, Default)]
pub(super) struct Findings {
    pub(super) sentences: Vec<String>,
}

/// What is worth a sentence about an alternative.
pub(super) fn of(alternative: &Alternative, result: &AlternativeOutcome) -> Findings {
    let found = [
        closures(alternative, result),
        growth(alternative, result),
        needs(alternative, result),
        nothing(alternative, result),
    ];
    Findings {
        sentences: found.into_iter().flatten().collect(),
    }
}

fn row<'a>(result: &'a AlternativeOutcome, response: &str) -> Option<&'a SummaryRow> {
    result.summary.iter().find(|row| row.response.name == response && row.n > 0)
}

/// A mean times `scale` with its interval: `1,234 (1,200 to 1,268)`.
fn known(row: &SummaryRow, scale: f64, most: usize) -> String {
    let (mean, lower, upper) = (row.mean * scale, row.lower * scale, row.upper * scale);
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
