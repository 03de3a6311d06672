//! What the answer of a study says in words.

use super::beside::{common, need_met, run_by_run};
use super::{called, decimals, fixed, is_decided, plain_percent, whole, words};
use crate::experiment::{AgainstReference, AtOnce, Decided, Decision, OnFront, Standing, Verdict};
use crate::stats::{Better, Estimate, MeanInterval};

/// So many alternatives are named in a sentence.
const NAMED: usize = 4;

/// Where no response has a direction, or there is too little of any.
pub(super) fn undecided(decision: &Decision) -> Vec<String> {
    let Some(first) = decision.responses.iter().find(|decided| decided.better.is_some()) else {
        return vec!["Of no response is it stated whether more or less is better, so no alternative is called best.".to_owned()];
    };
    let by = called(first);
    let valued: Vec<usize> = (0..first.standings.len()).filter(|i| first.standings[*i].has_values()).collect();
    let why = match valued.as_slice() {
        [_, _, ..] if first.n == 0 => {
            format!("By {by} no replication has a value in all alternatives, so they are not held against each other.")
        }
        [] => format!("In no replication have alternatives a value by {by}, so none is called best."),
        [one] => format!(
            "By {by} `{}` alone has values, so it is held against nothing.",
            decision.names[*one]
        ),
        _ => format!("By {by} there are too few replications with values to say which alternative does best."),
    };
    vec![why]
}

/// Which alternative comes first by the response that leads, how surely, what share of the need it meets, and how it stands by the others; `need` is that
/// share for all alternatives, where it is known.
pub(super) fn answer(decision: &Decision, lead: &Decided, titles: &[String], need: &[MeanInterval]) -> Vec<String> {
    let by = called(lead);
    let first = of_rank(lead, 1);
    let judged = lead.standings.iter().filter(|standing| standing.verdict.is_some()).count();
    let mut said = Vec::new();
    if lead.is_level() {
        let all = if judged == 2 { "Both".to_owned() } else { format!("All {judged}") };
        said.push(format!(
            "{all} alternatives are the same by {by}, replication by replication: {}.",
            common(lead)
        ));
    } else if let Some(&top) = first.first() {
        let better = lead.better.map_or("more", Better::word);
        let comes = match first.as_slice() {
            [one] => format!(
                "{}{} comes",
                listed(decision, &first),
                titled(&decision.names[*one], titles.get(*one))
            ),
            _ => format!("{} come", listed(decision, &first)),
        };
        let held = against_reference(decision, lead, &first, top);
        said.push(format!("By {by} ({better} is better) {comes} first{held}."));
        said.push(verdict(decision, lead, &first, judged));
        said.extend(need_met(decision, &first, need));
        said.extend(narrowly(decision, lead, &first));
        said.extend(run_by_run(decision, lead, &first));
    }
    if lead.is_level() {
        said.extend(need_met(decision, &[], need));
    }
    // Of several that share the first place none is told of more than the others.
    let top = if let [one] = first.as_slice() { Some(*one) } else { None };
    said.extend(elsewhere(decision, lead, top.filter(|_| !lead.is_level())));
    said
}

/// The alternatives of a rank.
fn of_rank(decided: &Decided, rank: usize) -> Vec<usize> {
    let standings = decided.standings.iter().enumerate();
    standings
        .filter(|(_, standing)| standing.rank == Some(rank))
        .map(|(i, _)| i)
        .collect()
}

/// ` (one line on it)`, where there is one that says more than the name.
fn titled(name: &str, title: Option<&String>) -> String {
    let title = title.map_or("", |title| title.trim().trim_end_matches('.'));
    if title.is_empty() || title == name {
        return String::new();
    }
    format!(" ({title})")
}

/// `: 9 % more than …`, of the first, or of the next where the first is the reference itself.
fn against_reference(decision: &Decision, lead: &Decided, first: &[usize], top: usize) -> String {
    let reference = &decision.names[decision.reference];
    if first.len() > 1 && first.contains(&decision.reference) {
        return format!(" with equal means; `{reference}` is the reference");
    }
    if top != decision.reference {
        let Some(against) = &lead.standings[top].against_reference else {
            return String::new();
        };
        let amount = amount(lead, against);
        return format!(": {amount} `{reference}`, the reference{}", interval(decision, lead, against));
    }
    let next = of_rank(lead, 2);
    match next
        .first()
        .and_then(|next| Some((next, lead.standings[*next].against_reference.as_ref()?)))
    {
        Some((next, against)) => format!(
            ", which is the reference; the next, `{}`, has {} it{}",
            decision.names[*next],
            amount(lead, against),
            interval(decision, lead, against)
        ),
        None => ", which is the reference".to_owned(),
    }
}

/// A difference as it is told: as a share of the reference where that has a meaning, in points for what is a share itself. Its interval is one that
/// holds for all differences at once, since which of them are told is seen from the same numbers.
fn told(decided: &Decided, against: &AgainstReference) -> (Estimate, String) {
    let scaled = |of: Estimate, scale: f64| Estimate {
        value: of.value * scale,
        lower: of.lower * scale,
        upper: of.upper * scale,
    };
    let AtOnce { difference, relative } = against.at_once;
    match (decided.response.unit.as_str(), relative) {
        ("share", _) => (scaled(difference, 100.0), " percentage points".to_owned()),
        (_, Some(relative)) => (scaled(relative, 100.0), " %".to_owned()),
        ("", None) => (difference, String::new()),
        (unit, None) => (difference, format!(" {unit}")),
    }
}

/// One digit of the error, or two where one would make 0 of what is not.
fn digits(told: &Estimate) -> usize {
    let two = decimals(told.value, (told.upper - told.lower) / 2.0, 2);
    let one = two.saturating_sub(1);
    let vanishes = |x: &f64| x.abs() > 0.0 && fixed(*x, one) == fixed(0.0, one);
    if [told.value, told.lower, told.upper].iter().any(vanishes) {
        two
    } else {
        one
    }
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
fn interval(decision: &Decision, decided: &Decided, against: &AgainstReference) -> String {
    let (told, unit) = told(decided, against);
    let width = told.upper - told.lower;
    if !width.is_finite() {
        return String::new();
    }
    if width <= 0.0 {
        return ", in every replication".to_owned();
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
    format!(" ({} interval {range})", plain_percent(decision.confidence))
}

/// What may be said of those that come first.
fn verdict(decision: &Decision, lead: &Decided, first: &[usize], judged: usize) -> String {
    let confidence = plain_percent(decision.confidence);
    let standings = lead.standings.iter().enumerate();
    let rivals = standings.filter(|(i, standing)| !first.contains(i) && standing.verdict == Some(Verdict::NotDistinguishable));
    let rivals: Vec<usize> = rivals.map(|(i, _)| i).collect();
    let worse = judged - first.len() - rivals.len();
    let others = match worse {
        0 => String::new(),
        1 => "; the other is shown to be worse than one of these".to_owned(),
        _ => format!("; the other {worse} are shown to be worse than one of these"),
    };
    let stands = match (first.len(), rivals.len()) {
        (1, 0) if worse == 1 => return format!("It is the best: the other is shown to be worse ({confidence} confidence)."),
        (1, 0) => {
            return format!("It is the best: each of the other {worse} is shown to be worse ({confidence} confidence for all at once).");
        }
        (_, 0) => "They cannot be told apart".to_owned(),
        (1, 1) if worse == 0 => "The two cannot be told apart".to_owned(),
        (1, several) if worse == 0 => format!("It cannot be told from any of the other {several}"),
        (1, _) => format!("It cannot be told from {}", listed(decision, &rivals)),
        _ => format!("They cannot be told from each other or from {}", listed(decision, &rivals)),
    };
    format!("{stands}{others} ({confidence} confidence).")
}

/// Where the best is so by a little: the verdict asks whether others are worse, the interval of the difference in both directions.
fn narrowly(decision: &Decision, lead: &Decided, first: &[usize]) -> Option<String> {
    let [top] = first else { return None };
    let rival = if *top == decision.reference {
        *of_rank(lead, 2).first()?
    } else {
        *top
    };
    let told = told(lead, lead.standings[rival].against_reference.as_ref()?).0;
    let is_open = told.lower <= 0.0 && told.upper >= 0.0 && told.upper > told.lower;
    (is_open && lead.standings[*top].verdict == Some(Verdict::Best)).then(|| {
        "It is so narrowly: that verdict asks in one direction only, while the interval, which asks in both, still holds no difference."
            .to_owned()
    })
}

/// How the first stands by the other responses with a direction; without one, who comes first by them.
fn elsewhere(decision: &Decision, lead: &Decided, top: Option<usize>) -> Option<String> {
    // What is said, and by which responses.
    let mut said: Vec<(String, Vec<String>)> = Vec::new();
    let others = decision
        .responses
        .iter()
        .filter(|decided| decided.response.name != lead.response.name);
    for decided in others.filter(|decided| is_decided(decided)) {
        let first = of_rank(decided, 1);
        let is_best = |i: &usize| decided.standings[*i].verdict == Some(Verdict::Best);
        let leads = if first.iter().any(is_best) { "the best is" } else { "first comes" };
        let leader = || format!("{leads} {}", listed(decision, &first));
        let words = match top.map(|top| &decided.standings[top]).map(|of| (of.verdict, place(decided, of))) {
            _ if decided.is_level() => format!("all are the same, {}", common(decided)),
            Some((Some(Verdict::Best), _)) => "it is the best too".to_owned(),
            Some((Some(Verdict::NotDistinguishable), None)) => "it comes first too, but not surely".to_owned(),
            Some((Some(Verdict::NotDistinguishable), Some(place))) => format!("it comes {place}, but cannot be told from the best"),
            Some((Some(Verdict::NotBest), place)) => format!("it comes {}, and {}", place.unwrap_or_default(), leader()),
            Some((None, _)) | None => leader(),
        };
        let by = called(decided);
        match said.iter_mut().find(|(known, _)| *known == words) {
            Some((_, responses)) => responses.push(by),
            None => said.push((words, vec![by])),
        }
    }
    let parts: Vec<String> = said.iter().map(|(words, by)| format!("by {} {words}", words::listed(by))).collect();
    (!parts.is_empty()).then(|| words::capitalised(&parts.join("; ")) + ".")
}

/// Which alternatives no other betters in aid and exposure at once, and how many are shown to be bettered.
pub(super) fn front(decision: &Decision) -> Option<String> {
    let front = decision.front.as_ref()?;
    let of = |is: &dyn Fn(&OnFront) -> bool| -> Vec<usize> {
        let standings = front.standings.iter().enumerate();
        standings
            .filter(|(_, standing)| standing.as_ref().is_some_and(is))
            .map(|(i, _)| i)
            .collect()
    };
    let (ahead, bettered) = (of(&|one| one.undominated), of(&|one| one.bettered_by.is_some()));
    let judged = front.standings.iter().flatten().count();
    if judged < 2 || ahead.is_empty() {
        return None;
    }
    let what = "both delivers more and exposes fewer trucks";
    if ahead.len() == judged {
        return Some(format!("On average no alternative {what} than another."));
    }
    let others = judged - ahead.len();
    let (each, of_all) = if others == 1 {
        ("the other".to_owned(), "")
    } else {
        (format!("each of the other {}", whole(others as f64)), " for all of them")
    };
    let sure = match bettered.len() {
        0 => ", but that may be chance".to_owned(),
        n if n == others => format!(", and that is sure{of_all}"),
        n => format!(", which is sure for {} of them", whole(n as f64)),
    };
    let shown = format!("{each} is outdone in both by some alternative{sure}");
    let or = listed(decision, &ahead).replace(" and ", " or ");
    Some(format!("On average no alternative {what} than {or}; {shown}."))
}

/// `3rd of 11`; none for the first, or without a rank.
fn place(decided: &Decided, standing: &Standing) -> Option<String> {
    let rank = standing.rank.filter(|rank| *rank > 1)?;
    let ranked = decided.standings.iter().filter(|standing| standing.rank.is_some()).count();
    if rank == ranked {
        return Some("last".to_owned());
    }
    let ending = match (rank % 10, rank % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    Some(format!("{}{ending} of {}", whole(rank as f64), whole(ranked as f64)))
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
    let by = called(lead);
    let reference = &decision.names[decision.reference];
    if least < 1.0 {
        return Some(format!(
            "All alternatives saw the same random numbers. By {by} these do not help everywhere: for differences from `{reference}` as exact, \
             independent runs would need {} times as many replications.",
            range(least, most)
        ));
    }
    Some(format!(
        "All alternatives saw the same random numbers: by {by} the intervals of differences from `{reference}` are {} times narrower than those of \
         independent runs, which would need {} times as many replications.",
        range(least.sqrt(), most.sqrt()),
        range(least, most)
    ))
}

/// `2.1 to 18`: two digits are enough.
fn range(low: f64, high: f64) -> String {
    let told = |x: f64| {
        let digit = libm::floor(libm::log10(x)) - 1.0;
        let unit = libm::pow(10.0, digit);
        fixed((x / unit).round() * unit, (-digit).max(0.0) as usize)
    };
    let (low, high) = (told(low), told(high));
    if low == high { low } else { format!("{low} to {high}") }
}

/// Alternatives by name: `` `a`, `b` and 3 more``.
fn listed(decision: &Decision, alternatives: &[usize]) -> String {
    let mut names: Vec<String> = alternatives
        .iter()
        .take(NAMED)
        .map(|i| format!("`{}`", decision.names[*i]))
        .collect();
    let more = alternatives.len().saturating_sub(NAMED);
    if more > 0 {
        names.push(format!("{} more", whole(more as f64)));
    }
    words::listed(&names)
}
