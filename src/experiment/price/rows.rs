//! Pairs grouped, with their estimates.

use super::difference::difference;
use super::pair::{HOURS, LENGTHS, Pair};
use super::{ClosurePrice, ENOUGH_CLOSURES, Recovery};
use crate::experiment::run::{Alternative, Experiment};
use crate::scenario::StageId;
use crate::stats::{self, Estimate};

/// A kind of closure: what tells it from others, and its name.
type Kind = (&'static str, String);

/// The prices of all alternatives: of all closures, by cause, by scope, by hour and by length; kinds without a price have no row.
pub(super) fn of_all(experiment: &Experiment, pairs: &[Vec<Pair>], reference: Option<usize>) -> Vec<ClosurePrice> {
    let alternatives = &experiment.alternatives;
    let of_reference = reference.map(|r| by_kind(&alternatives[r], &pairs[r]));
    let at_once = stats::confidence_at_once(experiment.confidence, alternatives.len().saturating_sub(1));
    let confidences = [experiment.confidence, at_once];
    let mut rows = Vec::new();
    for (a, alternative) in alternatives.iter().enumerate() {
        let against = of_reference.as_ref().filter(|_| reference != Some(a));
        for (kind, own) in by_kind(alternative, &pairs[a]) {
            let others = against.and_then(|kinds| kinds.iter().find(|(other, _)| *other == kind));
            let differences = others.map_or([Estimate::NONE; 2], |(_, others)| difference(&own, others, confidences));
            rows.extend(price(&alternative.name, kind, &own, differences, experiment.confidence));
        }
    }
    rows
}

/// The pairs of an alternative by kind of closure, in the order of the table.
fn by_kind<'a>(alternative: &Alternative, pairs: &'a [Pair]) -> Vec<(Kind, Vec<&'a Pair>)> {
    let stages = &alternative.plan.scenario.stages;
    let scope = |scope: &[StageId]| {
        if (0..stages.len()).all(|s| scope.contains(&StageId(s))) {
            "all stages".to_owned()
        } else {
            let names: Vec<&str> = scope.iter().map(|s| stages[s.0].name.as_str()).collect();
            names.join("+")
        }
    };
    let mut scopes: Vec<String> = pairs.iter().map(|p| scope(&p.scope)).collect();
    scopes.sort_unstable();
    scopes.dedup();
    let mut kinds = Vec::new();
    let mut add = |group, level: &str, belongs: &dyn Fn(&Pair) -> bool| {
        let own: Vec<&Pair> = pairs.iter().filter(|p| belongs(p)).collect();
        if !own.is_empty() {
            kinds.push(((group, level.to_owned()), own));
        }
    };
    add("all", "all", &|_| true);
    for (source, level) in alternative.plan.sources.iter().enumerate() {
        add("cause", level, &|p| usize::from(p.source) == source);
    }
    for level in &scopes {
        add("scope", level, &|p| scope(&p.scope) == *level);
    }
    for (i, (_, _, level)) in HOURS.iter().enumerate() {
        add("hour", level, &|p| p.hour == i);
    }
    for (i, (_, level)) in LENGTHS.iter().enumerate() {
        add("length", level, &|p| p.length == i);
    }
    kinds
}

fn price(
    alternative: &str,
    (group, level): Kind,
    pairs: &[&Pair],
    [difference, difference_at_once]: [Estimate; 2],
    confidence: f64,
) -> Option<ClosurePrice> {
    let of: Vec<(f64, f64)> = pairs.iter().map(|p| (p.lost_tonnes, p.closed_h)).collect();
    let ratio = stats::jackknife_ratio(&of)?;
    let known = if pairs.len() < ENOUGH_CLOSURES {
        Estimate {
            value: ratio.value,
            ..Estimate::NONE
        }
    } else {
        ratio.interval(pairs.len(), confidence)
    };
    let mean = |value: fn(&(f64, f64)) -> f64| stats::sum(of.iter().map(value)) / of.len() as f64;
    Some(ClosurePrice {
        alternative: alternative.to_owned(),
        group,
        level,
        n: pairs.len(),
        closed_h: mean(|p| p.1),
        lost_tonnes: mean(|p| p.0),
        tonnes_per_closed_hour: known,
        difference,
        difference_at_once,
        queue_recovery: recovery(pairs.iter().map(|p| p.queue_recovery_h), confidence),
        recovery: recovery(pairs.iter().map(|p| p.recovery_h), confidence),
    })
}

fn recovery(hours: impl Iterator<Item = Option<f64>>, confidence: f64) -> Recovery {
    // What has not come to an end lasts longer than all that has.
    let hours: Vec<f64> = hours.map(|h| h.unwrap_or(f64::INFINITY)).collect();
    let sorted = stats::sorted(&hours);
    let ends = stats::quantile_interval(&sorted, 0.5, confidence);
    let known = |hours: f64| if hours.is_finite() { hours } else { f64::NAN };
    Recovery {
        median_h: known(stats::quantile(&sorted, 0.5)),
        lower_h: ends.map_or(f64::NAN, |e| known(e.lower)),
        upper_h: ends.map_or(f64::NAN, |e| known(e.upper)),
        censored: hours.iter().filter(|h| h.is_infinite()).count(),
    }
}
