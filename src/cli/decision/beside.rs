//! What the answer of a study says beside who comes first: what all have in common, what is met of the need, who is ahead run by run.

use super::{decimals, fixed, percent, plain_percent, scaled, whole};
use crate::experiment::{Decided, Decision, LEAST_FOR_WORST};
use crate::stats::{Better, Estimate, MeanInterval};

/// What all alternatives have by a response by which they are the same: `100 % under all`, `50.2 t on average under all`.
pub(super) fn common(decided: &Decided) -> String {
    let Some(mean) = decided.standings.iter().map(|standing| &standing.mean).find(|mean| mean.n > 0) else {
        return "without a value".to_owned();
    };
    let (factor, unit) = scaled(&decided.response.unit);
    let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
    if mean.sd > 0.0 {
        let digits = decimals(mean.mean * factor, mean.half_width() * factor, 2);
        return format!("{}{unit} on average under all", fixed(mean.mean * factor, digits));
    }
    let told = fixed(mean.mean * factor, 2);
    format!("{}{unit} under all", told.trim_end_matches('0').trim_end_matches('.'))
}

/// What share of the need is met under the first, and under the reference: who is best may still bring little of what is needed.
pub(super) fn need_met(decision: &Decision, first: &[usize], need: &[MeanInterval]) -> Option<String> {
    let known = |i: &usize| need.get(*i).filter(|mean| mean.mean.is_finite());
    // Of several, or where all are the same, the one under which most is met.
    let all: Vec<usize> = (0..decision.names.len()).collect();
    let among = if first.is_empty() { &all } else { first };
    let value = |i: &usize| known(i).map_or(f64::NEG_INFINITY, |mean| mean.mean);
    let top = *among.iter().max_by(|a, b| value(a).total_cmp(&value(b)).then(b.cmp(a)))?;
    let digits = [top, decision.reference]
        .iter()
        .filter_map(known)
        .map(|mean| decimals(mean.mean * 100.0, mean.half_width() * 100.0, 1))
        .max()?;
    let number = |x: f64| fixed(x * 100.0, digits);
    let told = |i: usize| {
        let mean = known(&i)?;
        let has_interval = mean.half_width() > 0.0;
        let ends = if has_interval {
            format!(" [{}, {}]", number(mean.lower), number(mean.upper))
        } else {
            String::new()
        };
        Some((format!("{} %{ends}", number(mean.mean)), has_interval))
    };
    let (of_top, has_interval) = told(top)?;
    let reference = if top == decision.reference {
        None
    } else {
        told(decision.reference)
    };
    let against = reference.as_ref().map_or(String::new(), |(told, _)| {
        format!(", under `{}`, the reference, {told}", decision.names[decision.reference])
    });
    let brackets = if has_interval || reference.is_some_and(|(_, has_interval)| has_interval) {
        format!(
            " (in brackets the {} interval of each mean for itself)",
            plain_percent(decision.confidence)
        )
    } else {
        String::new()
    };
    Some(format!(
        "Under `{}` deliveries meet {of_top} of the need{against}{brackets}.",
        decision.names[top]
    ))
}

/// How often the first is ahead, who is ahead more often, and who is ahead in the worst replications: a mean does not say it.
pub(super) fn run_by_run(decision: &Decision, lead: &Decided, first: &[usize]) -> Option<String> {
    let [top] = first else { return None };
    let ahead = lead.standings[*top].ahead?;
    let share = |x: f64| percent(x, 0);
    let often = if ahead.value >= 1.0 {
        "In every replication it is ahead of all others".to_owned()
    } else {
        let confidence = plain_percent(decision.confidence);
        let told = |of: Estimate| {
            format!(
                "{} of the replications ({confidence} interval {} to {})",
                share(of.value),
                share(of.lower).trim_end_matches(" %"),
                share(of.upper)
            )
        };
        let oftener = oftenest(lead)
            .filter(|(_, most)| most.value > ahead.value)
            .map_or(String::new(), |(i, most)| {
                format!(
                    "; `{}` is ahead in more of them, {}",
                    decision.names[i],
                    told(most).replace(" of the replications", "")
                )
            });
        format!("It is ahead in {}{oftener}", told(ahead))
    };
    Some(format!(
        "{often}.{}",
        in_the_worst(decision, lead, *top).map_or(String::new(), |told| format!(" {told}"))
    ))
}

/// Who is ahead in the greatest share of the replications.
fn oftenest(lead: &Decided) -> Option<(usize, Estimate)> {
    let known = lead
        .standings
        .iter()
        .enumerate()
        .filter_map(|(i, standing)| Some((i, standing.ahead?)));
    known.reduce(|most, one| if one.1.value > most.1.value { one } else { most })
}

/// Who is ahead by the mean of the worst tenth: of so many replications as were seen, since no test is made of it; nothing of fewer than such a mean has an
/// interval of.
fn in_the_worst(decision: &Decision, lead: &Decided, top: usize) -> Option<String> {
    if lead.n < LEAST_FOR_WORST {
        return None;
    }
    let worth = |i: usize| match lead.better {
        Some(Better::Less) => lead.standings[i].worst_tenth.map(|x| -x),
        _ => lead.standings[i].worst_tenth,
    };
    let known = (0..lead.standings.len()).filter_map(|i| Some((i, worth(i)?)));
    let (best, most) = known.reduce(|most, one| if one.1 > most.1 { one } else { most })?;
    let who = if worth(top).is_some_and(|own| own >= most) {
        "it is ahead too".to_owned()
    } else {
        format!("`{}` is ahead", decision.names[best])
    };
    Some(format!(
        "By the mean of the worst tenth of these {} replications {who}; that is seen in these and not tested.",
        whole(lead.n as f64)
    ))
}
