//! Which alternative was chosen with few replications, how many each of the others took, and what is sure of it.

use comfy_table::Table;

use super::super::numbers::{counted, fixed, plain_percent, whole};
use super::super::{grid, tables, words};
use super::{SHOWN, Scale, called, filled, title, widest_part};
use crate::experiment::{AlternativeOutcome, Choosing, Decided, Decision, Selecting, Selection, SelectionRow, Standing, SummaryRow};
use crate::stats::{Better, MeanInterval};

/// What became of the alternatives of which one was to be chosen; `results` are theirs.
pub(in crate::cli) fn chosen(
    (selection, selecting): (&Selection, &Selecting),
    decision: &Decision,
    results: &[AlternativeOutcome],
    seed: u64,
    width: usize,
) -> String {
    let own = own(decision, results);
    let lead = own.responses.iter().position(|decided| decided.response.name == selecting.response);
    let unit = lead.map_or("", |lead| own.responses[lead].response.unit.as_str());
    let by = lead.map_or_else(|| words::of(&selecting.response), |lead| called(&own.responses[lead]));
    let mut text = filled(&answer(selection, selecting, &by, unit).join(" "), width);
    text.push('\n');
    let rows = shown(selection, selecting.better, decision.reference);
    if let Some(lead) = lead {
        text.push_str(&standing(selection, &own, &own.responses[lead], &rows, width));
        text.push('\n');
    }
    let others = Decision {
        responses: own
            .responses
            .iter()
            .filter(|d| d.response.name != selecting.response)
            .cloned()
            .collect(),
        ..own
    };
    let mut from = 0;
    while from < others.responses.len() {
        let (table, taken) = widest_part(&others, &rows, from, width);
        text.push_str(&table);
        text.push('\n');
        from += taken;
    }
    text.push_str(&filled(&qualified(selection, &others, rows.len(), seed).join(" "), width));
    text
}

/// What became of the choice, a sentence each, and what is not promised with it.
pub(in crate::cli) fn told((selection, selecting): (&Selection, &Selecting), decision: &Decision) -> Vec<String> {
    let asked = decision
        .responses
        .iter()
        .find(|decided| decided.response.name == selecting.response);
    let unit = asked.map_or("", |decided| decided.response.unit.as_str());
    let by = asked.map_or_else(|| words::of(&selecting.response), called);
    answer(selection, selecting, &by, unit)
}

/// Which one is chosen, how surely, and which others are the same.
fn answer(selection: &Selection, selecting: &Selecting, by: &str, unit: &str) -> Vec<String> {
    let better = selecting.better.word();
    let row = selection.rows.iter().find(|row| row.selected);
    let used = whole(selection.rows.iter().map(|row| f64::from(row.replications)).sum());
    let mut said = match (selecting.choosing, row) {
        (Choosing::Indifference(least), Some(row)) => vec![format!(
            "By {by} ({better} is better) `{}` is chosen, after {} of it and {used} of all. {}",
            row.alternative,
            counted(row.replications as usize, "replication"),
            promise(selection, &amount(least, unit), selecting.confidence)
        )],
        (Choosing::Indifference(_), None) => vec![none_left(selection, by)],
        (Choosing::Budget(_), Some(row)) => vec![
            format!(
                "By {by} ({better} is better) `{}` is chosen: it has the best mean. Of {used} replications each alternative got {}, the others went where they \
                 tell most about which is best; {} to the one chosen.",
                row.alternative,
                selection.first_stage,
                whole(f64::from(row.replications))
            ),
            probability(selection.probability_correct),
        ],
        (Choosing::Budget(_), None) => Vec::new(),
    };
    said.extend(ties(selection));
    said
}

/// What is promised of a choice by an indifference, on what condition, or why nothing is.
fn promise(selection: &Selection, least: &str, confidence: f64) -> String {
    if selection.promised {
        return format!(
            "If one alternative is better than all others by {least} or more, this is it, with {} confidence: that supposes differences that vary \
             about normally, and are not made by a few rare events.",
            plain_percent(confidence)
        );
    }
    let hardly: Vec<&SelectionRow> = selection.rows.iter().filter(|row| row.hardly_differed).collect();
    // A stored result does not say which.
    if hardly.is_empty() {
        return "How surely cannot be said: some alternatives differed from those that they were dropped for in too few replications to know how much \
                they vary. Nothing is promised."
            .to_owned();
    }
    let differed = if hardly.len() == 1 { "it" } else { "each of them" };
    format!(
        "How surely cannot be said: {} {} dropped for a better mean, but {differed} differed from the alternative that it was dropped for in too few \
         replications to know how much they vary. Nothing is promised.",
        named(&hardly),
        if hardly.len() == 1 { "was" } else { "were" }
    )
}

/// How probably the choice by a budget is right.
fn probability(of_right: Option<f64>) -> String {
    let Some(share) = of_right else {
        return "How probably it is the best cannot be said: nothing has varied so far.".to_owned();
    };
    if share < 0.001 {
        return "How probably it is the best cannot be said: too many others are close. A greater budget, or `--indifference`, would tell."
            .to_owned();
    }
    // Never more than is known: rounded down.
    let told = plain_percent(libm::floor(share * 1000.0) / 1000.0);
    format!("That it is the best has a probability of about {told}: an approximation for independent runs, no guarantee.")
}

fn none_left(selection: &Selection, by: &str) -> String {
    let most = selection.rows.iter().map(|row| row.replications).max().unwrap_or(0);
    let left: Vec<&SelectionRow> = selection.rows.iter().filter(|row| row.dropped_at.is_none()).collect();
    format!(
        "By {by} no alternative is chosen within {}: {} are left.",
        counted(most as usize, "replication"),
        named(&left)
    )
}

/// So many alternatives are named in a sentence.
const NAMED: usize = 8;

/// `` `a`, `b` and 12 more ``.
fn named(rows: &[&SelectionRow]) -> String {
    let names: Vec<String> = rows.iter().take(NAMED).map(|row| format!("`{}`", row.alternative)).collect();
    let more = match rows.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {} more", whole(more as f64)),
    };
    names.join(", ") + &more
}

/// Which alternatives have been level with one that stands for them.
fn ties(selection: &Selection) -> Option<String> {
    let tied: Vec<&SelectionRow> = selection.rows.iter().filter(|row| row.tied_with.is_some()).collect();
    let first = tied.first()?;
    let what = if tied.iter().all(|row| row.dropped_at.is_some()) {
        "which of them is better is not known, and nothing is promised of it."
    } else {
        "which of them is better is not known."
    };
    Some(format!(
        "{} {} level with `{}` in all {} that {} have: {what}",
        named(&tied),
        if tied.len() == 1 { "was" } else { "were" },
        first.tied_with.as_deref()?,
        counted(first.replications as usize, "replication"),
        if tied.len() == 1 { "both" } else { "all of them" },
    ))
}

/// `2,000 tonnes`, `2 percentage points`: a number as it was given, with the unit of its response.
fn amount(value: f64, unit: &str) -> String {
    let plain = |value: f64| {
        let decimals = (0..6).find(|decimals| {
            let told = fixed(value, *decimals).replace(',', "").parse::<f64>();
            told.is_ok_and(|told| (told - value).abs() < 1e-9 * value)
        });
        fixed(value, decimals.unwrap_or(6))
    };
    match unit {
        "share" => format!("{} percentage points", plain(value * 100.0)),
        "" => plain(value),
        unit => format!("{} {}", plain(value), words::unit(unit)),
    }
}

/// The answer with the means of all replications that each alternative has, and without what is said of those that all have.
fn own(decision: &Decision, results: &[AlternativeOutcome]) -> Decision {
    let mut own = decision.clone();
    for decided in &mut own.responses {
        for (standing, result) in decided.standings.iter_mut().zip(results) {
            let row = result.summary.iter().find(|row| row.response.name == decided.response.name);
            *standing = Standing {
                mean: row.map_or(standing.mean, of_summary),
                verdict: None,
                rank: None,
                ..standing.clone()
            };
        }
    }
    own
}

fn of_summary(row: &SummaryRow) -> MeanInterval {
    MeanInterval {
        n: row.n,
        mean: row.mean,
        sd: row.sd,
        se: row.se,
        lower: row.lower,
        upper: row.upper,
    }
}

/// The alternatives to show, by index: the one chosen, then those that took most, then the better mean; the reference always.
fn shown(selection: &Selection, better: Better, reference: usize) -> Vec<usize> {
    let mut rows: Vec<usize> = (0..selection.rows.len()).collect();
    rows.sort_by(|i, j| {
        let (a, b) = (&selection.rows[*i], &selection.rows[*j]);
        let by_mean = match better {
            Better::Greater => b.mean.total_cmp(&a.mean),
            Better::Less => a.mean.total_cmp(&b.mean),
        };
        (b.selected, b.replications).cmp(&(a.selected, a.replications)).then(by_mean)
    });
    super::leading(rows, reference)
}

/// How many replications each alternative took, its mean by what was chosen by, and what became of it.
fn standing(selection: &Selection, own: &Decision, lead: &Decided, rows: &[usize], width: usize) -> String {
    let scale = Scale::of(lead, rows);
    let mut table = grid::plain();
    table.set_header([String::new(), "replications".to_owned(), title(lead, &scale), String::new()]);
    for &i in rows {
        let row = &selection.rows[i];
        let reference = if i == own.reference { " (reference)" } else { "" };
        table.add_row([
            format!("{}{reference}", row.alternative),
            whole(f64::from(row.replications)),
            scale.cell(&lead.standings[i]),
            became(row),
        ]);
    }
    grid::align_numbers(&mut table, 1);
    if let Some(last) = table.column_mut(3) {
        last.set_cell_alignment(comfy_table::CellAlignment::Left);
    }
    fit(table, width)
}

fn fit(table: Table, width: usize) -> String {
    tables::fitting(vec![table], width) + "\n"
}

fn became(row: &SelectionRow) -> String {
    match (row.selected, &row.tied_with, &row.dropped_by) {
        (true, _, _) => "chosen".to_owned(),
        (_, Some(with), _) => format!("level with {with}"),
        (_, _, Some(by)) => format!("dropped for {by}"),
        _ => String::new(),
    }
}

/// What the numbers above are, and what is not said of them.
fn qualified(selection: &Selection, decision: &Decision, shown: usize, seed: u64) -> Vec<String> {
    let mut said = Vec::new();
    if shown < decision.names.len() {
        let more = whole((decision.names.len() - shown) as f64);
        said.push(format!(
            "The first {SHOWN} of them, and the reference; {more} more are in the table `selection`."
        ));
    }
    let confidence = plain_percent(decision.confidence);
    said.push(format!(
        "Each mean is over all replications of its alternative, in brackets its {confidence} interval for itself, which does not allow for the choice. \
         Differences in the table `comparison` are over the replications that both have."
    ));
    let common = selection.rows.iter().map(|row| row.replications).min().unwrap_or(0);
    said.push(format!(
        "The tables `decision`, `regret` and the charts of them hold the first {}, which all have. Seed {seed}.",
        whole(f64::from(common))
    ));
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(alternative: &str, replications: u32) -> SelectionRow {
        SelectionRow {
            alternative: alternative.to_owned(),
            replications,
            mean: 0.0,
            dropped_at: None,
            dropped_by: None,
            tied_with: None,
            hardly_differed: false,
            selected: false,
        }
    }

    fn selected(alternative: &str, replications: u32) -> SelectionRow {
        SelectionRow {
            selected: true,
            ..row(alternative, replications)
        }
    }

    fn dropped(alternative: &str, at: u32, by: &str) -> SelectionRow {
        SelectionRow {
            dropped_at: Some(at),
            dropped_by: Some(by.to_owned()),
            ..row(alternative, at)
        }
    }

    fn level(alternative: &str, replications: u32, with: &str) -> SelectionRow {
        SelectionRow {
            tied_with: Some(with.to_owned()),
            ..row(alternative, replications)
        }
    }

    fn said(choosing: Choosing, rows: Vec<SelectionRow>, promised: bool, probability_correct: Option<f64>) -> String {
        let selection = Selection {
            rows,
            probability_correct,
            promised,
            first_stage: 20,
        };
        let selecting = Selecting {
            response: "delivered_tonnes".to_owned(),
            better: Better::Greater,
            choosing,
            confidence: 0.95,
            first_stage: 20,
            max: 5000,
        };
        answer(&selection, &selecting, "delivered tonnes", "t").join("\n")
    }

    const LEAST: Choosing = Choosing::Indifference(2000.0);

    #[test]
    fn a_promise_carries_its_condition() {
        let rows = vec![selected("a", 1024), dropped("b", 20, "a")];
        insta::assert_snapshot!(said(LEAST, rows, true, None));
    }

    #[test]
    fn what_hardly_differed_is_promised_nothing() {
        let hardly = |name| SelectionRow {
            hardly_differed: true,
            ..dropped(name, 200, "a")
        };
        insta::assert_snapshot!(said(LEAST, vec![selected("a", 200), hardly("b")], false, None));
        insta::assert_snapshot!(said(LEAST, vec![selected("a", 200), hardly("b"), hardly("c")], false, None));
    }

    #[test]
    fn ties_are_told_with_the_replications_they_are_of() {
        let tied = |name| SelectionRow {
            dropped_at: Some(200),
            ..level(name, 200, "a")
        };
        insta::assert_snapshot!(said(LEAST, vec![selected("a", 200), tied("b")], true, None));
        insta::assert_snapshot!(said(
            Choosing::Budget(100),
            vec![selected("a", 40), level("b", 40, "a"), level("c", 40, "a"), row("d", 20)],
            false,
            Some(0.523)
        ));
    }

    #[test]
    fn where_none_is_chosen_those_left_are_named_the_first_of_many() {
        let rows = (0..12).map(|i| row(&format!("p{i}"), 60)).chain([dropped("x", 20, "p1")]).collect();
        insta::assert_snapshot!(said(LEAST, rows, false, None));
    }

    #[test]
    fn probabilities_are_rounded_down_and_not_told_where_they_say_nothing() {
        assert!(probability(Some(0.9799)).contains("about 97.9 %:"));
        assert!(probability(Some(0.999)).contains("about 99.9 %:"));
        assert!(probability(Some(0.000_9)).contains("too many others are close"));
        assert!(probability(None).contains("nothing has varied"));
    }

    #[test]
    fn amounts_have_the_digits_given_and_their_unit() {
        let told = [(2000.0, "t"), (0.02, "share"), (0.5, "trucks"), (1.25, ""), (12_500.0, "h")].map(|(value, unit)| amount(value, unit));
        assert_eq!(told[..4], ["2,000 tonnes", "2 percentage points", "0.5 trucks", "1.25"]);
        assert!(told[4].starts_with("12,500 "), "{told:?}");
    }
}
