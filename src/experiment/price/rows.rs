//! Pairs grouped, with their estimates.

use super::pair::{HOURS, LENGTHS, Pair};
use super::{ClosurePrice, Recovery};
use crate::experiment::run::Alternative;
use crate::scenario::StageId;
use crate::stats;

/// The prices of an alternative: of all its closures, by cause, by scope, by hour and by length; groups without a closure have no row.
pub(super) fn rows(alternative: &Alternative, pairs: &[&Pair], confidence: f64) -> Vec<ClosurePrice> {
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
    let mut rows = Vec::new();
    let mut add = |group, level: &str, belongs: &dyn Fn(&Pair) -> bool| {
        let own: Vec<&Pair> = pairs.iter().copied().filter(|p| belongs(p)).collect();
        rows.extend(price(&alternative.name, group, level, &own, confidence));
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
    rows
}

fn price(alternative: &str, group: &'static str, level: &str, pairs: &[&Pair], confidence: f64) -> Option<ClosurePrice> {
    let of: Vec<(f64, f64)> = pairs.iter().map(|p| (p.lost_tonnes, p.closed_h)).collect();
    let ratio = stats::jackknife_ratio(&of)?;
    let interval = ratio.interval(pairs.len(), confidence);
    let mean = |value: fn(&(f64, f64)) -> f64| stats::sum(of.iter().map(value)) / of.len() as f64;
    Some(ClosurePrice {
        alternative: alternative.to_owned(),
        group,
        level: level.to_owned(),
        n: pairs.len(),
        closed_h: mean(|p| p.1),
        lost_tonnes: mean(|p| p.0),
        tonnes_per_closed_hour: ratio.value,
        lower: interval.lower,
        upper: interval.upper,
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
