//! What the answer of a study says in words.

use super::{decimals, fixed, is_decided, percent, words};
use crate::experiment::{AgainstReference, Decided, Decision, Standing, Verdict};
use crate::stats::{Better, Estimate};

/// So many alternatives are named in a sentence.
const NAMED: usize = 4;

/// Where no response has a direction, or there is too little of any.
pub(super) fn undecided(decision: &Decision) -> Vec<String> {
    let has_direction = decision.responses.iter().any(|decided| decided.better.is_some());
    let why = if has_direction {
        "There are too few replications with values to say which alternative does best."
    } else {
        "Of no response is it stated whether more or less is better, so no alternative is called best."
    };
    vec![why.to_owned()]
}

/// Which alternative comes first by the response that leads, how surely, and how it stands by the others.
pub(super) fn answer(decision: &Decision, lead: &Decided) -> Vec<String> {
    let by = words::of(&lead.response.name);
    let first = of_rank(lead, 1);
    let judged = lead.standings.iter().filter(|standing| standing.verdict.is_some()).count();
    if first.len() == judged && lead.standings.iter().all(is_level) {
        let all = if judged == 2 { "Both".to_owned() } else { format!("All {judged}") };
        let mut said = vec![format!("{all} alternatives are the same by {by}, replication by replication.")];
        said.extend(elsewhere(decision, lead, None));
        return said;
    }
    let Some(&top) = first.first() else {
        return undecided(decision);
    };
    let better = match lead.better {
        Some(Better::Less) => "less",
        _ => "more",
    };
    let names: Vec<&str> = first.iter().map(|i| decision.names[*i].as_str()).collect();
    let comes = if names.len() == 1 { "comes" } else { "come" };
    let held = against_reference(decision, lead, top);
    let mut said = vec![format!("By {by} ({better} is better) {} {comes} first{held}.", listed(&names))];
    said.push(verdict(decision, lead, top, judged));
    said.extend(elsewhere(decision, lead, Some(top)));
    said
}

/// The alternatives of a rank.
fn of_rank(decided: &Decided, rank: usize) -> Vec<usize> {
    let standings = decided.standings.iter().enumerate();
    standings.filter(|(_, standing)| standing.rank == Some(rank)).map(|(i, _)| i).collect()
}

/// Whether it never differs from the best of the others.
fn is_level(standing: &Standing) -> bool {
    standing.against_best.is_none_or(|best| best.lower >= 0.0 && best.upper <= 0.0 && best.may_be_best)
}

/// `: 9 % more than …`, of the first, or of the next where the first is the reference itself.
fn against_reference(decision: &Decision, lead: &Decided, top: usize) -> String {
    let reference = &decision.names[decision.reference];
    if top != decision.reference {
        let Some(against) = &lead.standings[top].against_reference else {
            return String::new();
        };
        let amount = amount(lead, against);
        return format!(": {amount} `{reference}`, the reference{}", interval(lead, against, decision.confidence));
    }
    let next = of_rank(lead, 2);
    match next.first().and_then(|next| Some((next, lead.standings[*next].against_reference.as_ref()?))) {
        Some((next, against)) => format!(
            ", which is the reference; the next, `{}`, has {} it{}",
            decision.names[*next],
            amount(lead, against),
            interval(lead, against, decision.confidence)
        ),
        None => ", which is the reference".to_owned(),
    }
}

/// A difference as it is told: as a share of the reference where that has a meaning, in points for what is a share itself.
fn told(decided: &Decided, against: &AgainstReference) -> (Estimate, String) {
    let scaled = |of: Estimate, scale: f64| Estimate {
        value: of.value * scale,
        lower: of.lower * scale,
        upper: of.upper * scale,
    };
    match (decided.response.unit.as_str(), against.relative) {
        ("share", _) => (scaled(against.difference, 100.0), " percentage points".to_owned()),
        (_, Some(relative)) => (scaled(relative, 100.0), " %".to_owned()),
        ("", None) => (against.difference, String::new()),
        (unit, None) => (against.difference, format!(" {unit}")),
    }
}

fn digits(told: &Estimate) -> usize {
    decimals(told.value, (told.upper - told.lower) / 2.0, 2)
}

/// `9 % more than`, `as much as`.
fn amount(decided: &Decided, against: &AgainstReference) -> String {
    let (told, unit) = told(decided, against);
    let number = fixed(told.value.abs(), digits(&told));
    match told.value {
        value if value > 0.0 => format!("{number}{unit} more than"),
        value if value < 0.0 => format!("{number}{unit} less than"),
        _ => "as much as".to_owned(),
    }
}

/// ` (95 % interval 7 to 11 %)`.
fn interval(decided: &Decided, against: &AgainstReference, confidence: f64) -> String {
    let (told, unit) = told(decided, against);
    if !(told.upper - told.lower).is_finite() {
        return String::new();
    }
    let digits = digits(&told);
    let number = |x: f64| fixed(x.abs(), digits);
    let range = if told.lower < 0.0 && told.upper > 0.0 {
        format!("from {}{unit} less to {}{unit} more", number(told.lower), number(told.upper))
    } else {
        let (near, far) = if told.value < 0.0 {
            (told.upper, told.lower)
        } else {
            (told.lower, told.upper)
        };
        format!("{} to {}{unit}", number(near), number(far))
    };
    format!(" ({} interval {range})", percent(confidence, 1).replace(".0", ""))
}

/// What may be said of the first.
fn verdict(decision: &Decision, lead: &Decided, top: usize, judged: usize) -> String {
    let confidence = percent(decision.confidence, 1).replace(".0", "");
    let standings = lead.standings.iter().enumerate();
    let rivals = standings.filter(|(i, standing)| *i != top && standing.verdict == Some(Verdict::NotDistinguishable));
    let rivals: Vec<&str> = rivals.map(|(i, _)| decision.names[i].as_str()).collect();
    let worse = judged - 1 - rivals.len();
    let others = match (rivals.len(), worse) {
        (0, 1) => return format!("It is the best: the other is shown to be worse ({confidence} confidence)."),
        (0, _) => return format!("It is the best: each of the other {worse} is shown to be worse ({confidence} confidence for all at once)."),
        (1, 0) => return format!("The two cannot be told apart ({confidence} confidence)."),
        (_, 0) => return format!("It cannot be told from any of the other {} ({confidence} confidence).", rivals.len()),
        (_, 1) => "the other is shown to be worse".to_owned(),
        _ => format!("the other {worse} are shown to be worse"),
    };
    format!("It cannot be told from {}; {others} ({confidence} confidence).", listed(&rivals))
}

/// How the first stands by the other responses with a direction; where all are the same by the first response, who is best by them.
fn elsewhere(decision: &Decision, lead: &Decided, top: Option<usize>) -> Option<String> {
    let others = decision.responses.iter().filter(|decided| decided.response.name != lead.response.name);
    let mut said = Vec::new();
    for decided in others.filter(|decided| is_decided(decided)) {
        let by = words::of(&decided.response.name);
        let first = of_rank(decided, 1);
        let leader = first.first().map_or("", |i| decision.names[*i].as_str());
        said.push(match top.map(|top| decided.standings[top].verdict) {
            Some(Some(Verdict::Best)) => format!("by {by} it is the best too"),
            Some(Some(Verdict::NotDistinguishable)) => format!("by {by} it cannot be told from the best"),
            Some(Some(Verdict::NotBest)) => format!("by {by} it is not the best: `{leader}` comes first"),
            Some(None) | None => format!("by {by} `{leader}` comes first"),
        });
    }
    let joined = said.join("; ");
    let mut letters = joined.chars();
    letters.next().map(|first| format!("{}{}.", first.to_uppercase(), letters.as_str()))
}

/// What the same random numbers did for the differences.
pub(super) fn shared_numbers(decision: &Decision, lead: &Decided) -> Option<String> {
    let factors: Vec<f64> = (lead.standings.iter())
        .filter_map(|standing| standing.against_reference.as_ref())
        .map(|against| against.variance_reduction)
        .filter(|factor| factor.is_finite() && *factor > 0.0)
        .collect();
    let least = factors.iter().copied().fold(f64::INFINITY, f64::min);
    let most = factors.iter().copied().fold(0.0, f64::max);
    if factors.is_empty() {
        return None;
    }
    let range = |low: f64, high: f64, one: usize| {
        let digits = |x: f64| if x >= 10.0 { 0 } else { one };
        let (low, high) = (fixed(low, digits(low)), fixed(high, digits(high)));
        if low == high { low } else { format!("{low} to {high}") }
    };
    let by = words::of(&lead.response.name);
    let reference = &decision.names[decision.reference];
    if least < 1.0 {
        return Some(format!(
            "All alternatives saw the same random numbers. By {by} these do not help everywhere: independent runs would need {} times the \
             replications for differences from `{reference}` as exact.",
            range(least, most, 2)
        ));
    }
    Some(format!(
        "All alternatives saw the same random numbers: by {by} the intervals of differences from `{reference}` are {} times as short as those of \
         independent runs, which would need {} times the replications.",
        range(least.sqrt(), most.sqrt(), 1),
        range(least, most, 1)
    ))
}

/// `` `a`, `b` and 3 more``.
fn listed(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().take(NAMED).map(|name| format!("`{name}`")).collect();
    let more = names.len().saturating_sub(NAMED);
    match (quoted.as_slice(), more) {
        ([one], 0) => one.clone(),
        ([most @ .., last], 0) => format!("{} and {last}", most.join(", ")),
        (some, more) => format!("{} and {more} more", some.join(", ")),
    }
}
