//! What the tables of a study's results mean, and what in them seems to be at odds and is not.

use super::super::super::charts::Source;
use super::super::super::decision::{called, name_of};
use super::super::super::numbers::{plain_percent, whole};
use super::super::super::words;
use super::super::said::{listed, named};
use crate::experiment::{Decided, Decision, Standing, Verdict};
use crate::scenario::Scenario;
use crate::stats::Estimate;

/// The remarks behind the tables, a paragraph each.
pub(super) fn of(source: &Source, decision: &Decision) -> Vec<String> {
    let mut notes = vec![meaning(decision)];
    notes.extend(at_odds(source, decision));
    notes.extend(not_best(source, decision));
    notes.extend(on_the_way(decision.responses.iter().map(|decided| decided.response.name.as_str())));
    let of_closures = |decided: &Decided| OF_CLOSURES.contains(&decided.response.name.as_str());
    if decision.responses.iter().any(of_closures) {
        notes.extend(pieces(source.alternatives.iter().map(|one| &one.loaded.scenario)));
    }
    notes
}

/// What brackets, verdicts and probabilities are.
fn meaning(decision: &Decision) -> String {
    let confidence = plain_percent(decision.confidence);
    let reference = &decision.names[decision.reference];
    format!(
        "In brackets intervals of {confidence}: of each mean for itself; of differences from `{reference}`, the reference, for all alternatives at once \
         (Bonferroni). Differences are taken within replications, under the same random numbers, and may be sure where the intervals of means overlap. \
         Best: every other alternative is shown to be worse; not best: some other is shown to be better. Verdicts hold for all alternatives at once, by each \
         response for itself (multiple comparisons with the best; Hsu, 1996). The probability of being best is the share of resamples of the replications \
         in which an alternative has the best mean. 2,000 resamples cannot show that it is exactly 0 or 100 %, so that less than 0.1 % or more than 99.9 % is \
         told instead."
    )
}

fn holds_0(of: Estimate) -> bool {
    of.lower <= 0.0 && of.upper >= 0.0
}

/// The alternatives shown of which something is so by a response.
fn those<'a>(source: &Source, decision: &'a Decision, decided: &'a Decided, is: impl Fn(&Standing) -> bool) -> Vec<&'a str> {
    let shown = source.shown.iter().filter(|place| is(&decided.standings[**place]));
    shown.map(|place| decision.names[*place].as_str()).collect()
}

/// Some alternatives by name, many by their number.
fn few(names: &[&str]) -> String {
    if names.len() <= 4 {
        named(names.iter().copied())
    } else {
        format!("{} alternatives", whole(names.len() as f64))
    }
}

/// Where a difference in units and the same in per cent say otherwise of 0.
fn at_odds(source: &Source, decision: &Decision) -> Option<String> {
    let is_at_odds = |standing: &Standing| {
        let against = standing.against_reference.as_ref().map(|against| against.at_once);
        against.is_some_and(|at_once| {
            at_once
                .relative
                .is_some_and(|relative| holds_0(relative) != holds_0(at_once.difference))
        })
    };
    let found = decision
        .responses
        .iter()
        .filter(|decided| decided.response.unit != "share")
        .filter_map(|decided| {
            let names = those(source, decision, decided, is_at_odds);
            (!names.is_empty()).then(|| format!("by {} under {}", called(decided), few(&names)))
        });
    let found: Vec<String> = found.collect();
    (!found.is_empty()).then(|| {
        format!(
            "The interval of the difference and that of the same in per cent do not agree whether there may be no difference {}. They are found in two \
             ways: the first from the differences of the replications, the second as a ratio of two means, both uncertain. Verdicts go by neither, but by \
             differences from the best; whether an alternative differs from the reference is told by the difference in units.",
            listed(&found)
        )
    })
}

/// Where one is called not best that cannot be told from the reference, which is no contradiction.
fn not_best(source: &Source, decision: &Decision) -> Option<String> {
    let is_open = |standing: &Standing| {
        let against = standing.against_reference.as_ref().map(|against| against.at_once.difference);
        standing.verdict == Some(Verdict::NotBest) && against.is_some_and(holds_0)
    };
    let found = decision
        .responses
        .iter()
        .filter(|decided| !decided.is_level())
        .filter_map(|decided| {
            let names = those(source, decision, decided, is_open);
            (!names.is_empty()).then(|| format!("{} by {}", few(&names), called(decided)))
        });
    let found: Vec<String> = found.collect();
    (!found.is_empty()).then(|| {
        format!(
            "Not best says that some other alternative is shown to be better. It does not say that there is a difference from the reference, `{}`: no such \
             difference is shown of {}, and yet some other alternative is better.",
            decision.names[decision.reference],
            listed(&found)
        )
    })
}

/// Responses of which trucks that have not come to an end are counted.
const BACKLOG: [&str; 3] = ["backlog_trucks", "mean_backlog_trucks", "max_backlog_trucks"];

/// Who is counted as on the way, where that is told.
pub(in crate::cli::page) fn on_the_way<'a>(responses: impl Iterator<Item = &'a str>) -> Option<String> {
    let told = responses.into_iter().find(|response| BACKLOG.contains(response))?;
    Some(format!(
        "{} counts every truck that was dispatched and has not come to an end: those that move, wait or are served, and those that are held (until their \
         organisation is registered or another takes them over, over a daily quota, away before they try again).",
        words::capitalised(&name_of(told))
    ))
}

/// Responses of numbers and lengths of closures.
pub(in crate::cli::page) const OF_CLOSURES: [&str; 4] = ["closures", "closed_h", "longest_closure_h", "restricted_h"];

/// What closures are cut by, where their number or length is told.
pub(in crate::cli::page) fn pieces<'a>(scenarios: impl Iterator<Item = &'a Scenario>) -> Option<String> {
    let closing: Vec<&Scenario> = scenarios
        .filter(|scenario| scenario.incidents.is_some() || !scenario.closures.is_empty())
        .collect();
    if closing.is_empty() {
        return None;
    }
    let has_window = closing.iter().any(|scenario| scenario.policy.window.is_some());
    let window = if has_window {
        " The humanitarian window cuts closures too: in its hours a stage closed by the policy counts as restricted, not as closed, so that one closure over \
         several days is counted as several, the longest no longer than from one window to the next."
    } else {
        ""
    };
    Some(format!(
        "Closures are counted in pieces: spells that overlap are one, the hours within the period that counts are told and no others, and a closure that began \
         before it is not among their number.{window}"
    ))
}
