//! Which alternative was chosen with few replications, how many each of the others took, and what is sure of it.

use comfy_table::Table;

use super::super::numbers::{counted, fixed, percent, whole};
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

/// Which one is chosen, how surely, and which others are the same.
fn answer(selection: &Selection, selecting: &Selecting, by: &str, unit: &str) -> Vec<String> {
    let better = selecting.better.word();
    let row = selection.rows.iter().find(|row| row.selected);
    let used = whole(selection.rows.iter().map(|row| f64::from(row.replications)).sum());
    let mut said = match (selecting.choosing, row) {
        (Choosing::Indifference(least), Some(row)) => vec![format!(
            "By {by} ({better} is better) `{}` is chosen, after {} of it and {used} of all. If one alternative is better than all others by {} or more, this is it, with \
             {} confidence.",
            row.alternative,
            counted(row.replications as usize, "replication"),
            amount(least, unit),
            percent(selecting.confidence, 1).replace(".0", "")
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

/// How probably the choice by a budget is right.
fn probability(of_right: Option<f64>) -> String {
    let share = of_right.unwrap_or(0.0);
    // Never more than is known: rounded down.
    let told = percent(libm::floor(share * 1000.0) / 1000.0, 1).replace(".0", "");
    if share > 0.999 {
        "That it is the best has a probability of more than 99.9 %: an approximation for independent runs, no guarantee.".to_owned()
    } else if share >= 0.001 {
        format!("That it is the best has a probability of about {told} or more: an approximation for independent runs, no guarantee.")
    } else {
        "How probably it is the best cannot be said: too many others are close. A greater budget, or `--indifference`, would tell."
            .to_owned()
    }
}

fn none_left(selection: &Selection, by: &str) -> String {
    let most = selection.rows.iter().map(|row| row.replications).max().unwrap_or(0);
    let left: Vec<&SelectionRow> = selection.rows.iter().filter(|row| row.dropped_at.is_none()).collect();
    let named: Vec<String> = left.iter().take(NAMED).map(|row| format!("`{}`", row.alternative)).collect();
    let more = match left.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {} more", whole(more as f64)),
    };
    format!(
        "By {by} no alternative is chosen within {}: {}{more} are left.",
        counted(most as usize, "replication"),
        named.join(", ")
    )
}

/// So many alternatives are named in a sentence.
const NAMED: usize = 8;

/// Which alternatives are level with one that stands for them.
fn ties(selection: &Selection) -> Option<String> {
    let tied: Vec<&SelectionRow> = selection.rows.iter().filter(|row| row.tied_with.is_some()).collect();
    let with = tied.first()?.tied_with.as_deref()?;
    let named: Vec<String> = tied.iter().take(NAMED).map(|row| format!("`{}`", row.alternative)).collect();
    let is = if tied.len() == 1 { "is" } else { "are" };
    let what = if tied.iter().all(|row| row.dropped_at.is_some()) {
        "one of them was kept and stands for the others"
    } else {
        "any of them would do as well"
    };
    let more = match tied.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {} more", whole(more as f64)),
    };
    Some(format!(
        "{}{more} {is} tied with `{with}` to the last digit: {what}.",
        named.join(", ")
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
        (_, Some(with), _) => format!("tied with {with}"),
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
    let confidence = percent(decision.confidence, 1).replace(".0", "");
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
