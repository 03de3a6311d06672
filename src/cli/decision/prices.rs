//! What a closed hour costs, for people: in sentences, then as a table with a line per alternative.

use comfy_table::{Attribute, Cell, Table};
use serde_json::{Value, json};

use super::{HEAD, SHOWN, counted, decimals, filled, fixed, grid, leading, percent, plain_percent, tables, whole, words};
use crate::experiment::{ClosurePrice, ClosurePrices, ENOUGH_CLOSURES, Recovery, SURE_CLOSURES};
use crate::stats::Estimate;

/// So many alternatives are named in a sentence.
const NAMED: usize = 4;

/// By what closures are told apart on the screen, and how a sentence about it begins.
const KINDS: [(&str, &str, &str); 3] = [
    ("hour", "By time of day", "that begin"),
    ("length", "By length", "of"),
    ("scope", "By what they shut", "of"),
];

/// How often intervals of few closures hold, as measured in `tests/coverage.rs`.
const SIMULATED: &str =
    "where few long closures make the price, those of 95 % do in 77 % of simulated samples of 30 closures and in 90 % of 60";

/// What a closed hour costs under each alternative.
pub(in crate::cli) fn text(prices: &ClosurePrices, width: usize) -> String {
    let overall: Vec<&ClosurePrice> = prices.rows.iter().filter(|row| row.group == "all").collect();
    if overall.is_empty() {
        return filled(
            &format!(
                "What a closed hour costs is not known: in {} no closure begins early enough to see what comes of it.{}",
                counted(prices.replications as usize, "replication"),
                unfinished(prices)
            ),
            width,
        );
    }
    let mut said = vec![
        "What a closed hour costs: the tonnes that are not delivered by the end of the run for each hour that one closure takes, by day or night, while \
         all other closures stay as they are. An hour with half of the lanes counts as half an hour, so that a closure here may leave the crossing open."
            .to_owned(),
    ];
    said.extend(unpriced(prices));
    said.extend(against_nothing(prices, &overall));
    said.extend(against_reference(prices, &overall));
    let mut text = filled(&said.join(" "), width);
    text.push('\n');
    let rows = &shown(prices, &overall);
    let forms = [(5, " "), (5, "\n"), (4, "\n"), (3, "\n"), (2, "\n")];
    text.push_str(&tables::fitting(
        forms.map(|(columns, between)| table(prices, rows, columns, between)).into(),
        width,
    ));
    text.push('\n');
    if rows.len() < overall.len() {
        text.push_str(&filled(
            &format!(
                "The first {SHOWN} of them{}; {} more are in the table `closure_price`.",
                if rows.len() > SHOWN { " and the reference" } else { "" },
                whole((overall.len() - rows.len()) as f64)
            ),
            width,
        ));
    }
    let pairs = apart(prices);
    for sentence in by_kind(prices, &pairs).into_iter().chain([legend(prices, rows, &pairs)]) {
        text.push_str(&filled(&sentence, width));
    }
    text
}

/// The same for programs: every row of the table; what is not known is null.
pub(in crate::cli) fn as_json(prices: &ClosurePrices) -> Value {
    let estimate = |of: &Estimate| json!({ "estimate": of.value, "lower": of.lower, "upper": of.upper });
    let recovery =
        |of: &Recovery| json!({ "median": of.median_h, "lower": of.lower_h, "upper": of.upper_h, "not_by_the_end": of.censored });
    let row = |row: &ClosurePrice| {
        json!({
            "alternative": row.alternative, "group": row.group, "level": row.level, "n": row.n, "few": row.is_few(),
            "closed_h": row.closed_h, "lost_tonnes": row.lost_tonnes, "tonnes_per_closed_hour": estimate(&row.tonnes_per_closed_hour),
            "difference": estimate(&row.difference), "difference_at_once": estimate(&row.difference_at_once),
            "queue_recovery_h": recovery(&row.queue_recovery), "recovery_h": recovery(&row.recovery),
        })
    };
    json!({
        "replications": prices.replications, "wanted": prices.wanted, "reference": prices.reference, "confidence": prices.confidence,
        "unpriced": prices.unpriced, "rows": prices.rows.iter().map(row).collect::<Vec<_>>(),
    })
}

/// The alternatives to show: the first ones, and the reference wherever it stands.
fn shown<'a>(prices: &ClosurePrices, overall: &[&'a ClosurePrice]) -> Vec<&'a ClosurePrice> {
    let reference = overall.iter().position(|row| is_reference(prices, row)).unwrap_or(0);
    leading((0..overall.len()).collect(), reference)
        .into_iter()
        .map(|i| overall[i])
        .collect()
}

fn is_reference(prices: &ClosurePrices, row: &ClosurePrice) -> bool {
    prices.reference.as_ref() == Some(&row.alternative)
}

/// The reference, where it has a price to which others may be held.
fn priced_reference(prices: &ClosurePrices) -> Option<&str> {
    prices
        .reference
        .as_deref()
        .filter(|name| !prices.unpriced.iter().any(|unpriced| unpriced == name))
}

/// Which alternatives have no price.
fn unpriced(prices: &ClosurePrices) -> Option<String> {
    let names: Vec<String> = prices.unpriced.iter().map(|name| format!("`{name}`")).collect();
    let of_reference = match &prices.reference {
        Some(reference) if priced_reference(prices).is_none() => {
            format!("; `{reference}` is the reference, so that no other is held against it")
        }
        _ => String::new(),
    };
    let have = if names.len() == 1 { "has" } else { "have" };
    (!names.is_empty()).then(|| format!("{} {have} no closures to price{of_reference}.", listed(&names)))
}

/// Under which alternatives a closed hour is not shown to cost anything.
fn against_nothing(prices: &ClosurePrices, overall: &[&ClosurePrice]) -> Option<String> {
    let unshown = |row: &&&ClosurePrice| !row.is_few() && row.tonnes_per_closed_hour.lower <= 0.0;
    let names: Vec<String> = overall.iter().filter(unshown).map(|row| quoted(row)).collect();
    (!names.is_empty()).then(|| {
        let under = if names.len() == overall.len() && names.len() > 1 && prices.unpriced.is_empty() {
            "any alternative".to_owned()
        } else {
            listed(&names)
        };
        format!("Under {under} it is not shown to cost anything: what is held up is made up for, or too few closures were looked at.")
    })
}

/// Where a closed hour costs more and where less than under the reference, for all alternatives at once.
fn against_reference(prices: &ClosurePrices, overall: &[&ClosurePrice]) -> Option<String> {
    let reference = priced_reference(prices)?;
    let others: Vec<&&ClosurePrice> = overall.iter().filter(|row| !is_reference(prices, row)).collect();
    let those = |is: fn(&Estimate) -> bool| -> Vec<String> {
        let found = others.iter().filter(|row| is(&row.difference_at_once));
        found.map(|row| quoted(row)).collect()
    };
    let (dearer, cheaper) = (those(|d| d.lower > 0.0), those(|d| d.upper < 0.0));
    let unknown = others.len() - dearer.len() - cheaper.len();
    let mut parts = Vec::new();
    if !dearer.is_empty() {
        parts.push(format!("more under {}", listed(&dearer)));
    }
    if !cheaper.is_empty() {
        parts.push(format!("less under {}", listed(&cheaper)));
    }
    if others.is_empty() {
        return None;
    }
    if others.iter().all(|row| !row.difference_at_once.lower.is_finite()) {
        return Some(format!(
            "There are too few closures to hold alternatives against `{reference}`, the reference: {ENOUGH_CLOSURES} are needed."
        ));
    }
    Some(match (parts.is_empty(), unknown) {
        (true, _) => format!("Under no other alternative is it shown to cost more or less than under `{reference}`, the reference."),
        (false, 0) => format!("Against `{reference}`, the reference, it costs {}.", parts.join(" and ")),
        (false, _) => format!(
            "Against `{reference}`, the reference, it costs {}; under {} no difference is shown.",
            parts.join(" and "),
            if unknown == 1 { "the other" } else { "the others" }
        ),
    })
}

/// The first columns of the table: narrow screens lose the last ones.
fn table(prices: &ClosurePrices, rows: &[&ClosurePrice], columns: usize, between: &str) -> Table {
    let mut table = grid::plain();
    let head = |words: &str| filled(words, HEAD).trim_end().to_owned();
    let reference = priced_reference(prices);
    let against = reference.map_or(String::new(), |reference| head(&format!("against `{reference}`")));
    let titles = [
        head("tonnes lost per closed hour"),
        against,
        "closures".to_owned(),
        head("hours until no more is held up than without it, median"),
        head("still more held up at the end"),
    ];
    // With nothing to compare there is no second column.
    let is_there = |column: usize| column < columns && (column != 1 || reference.is_some());
    let shown = |cells: [String; 5]| {
        let cells = cells.into_iter().enumerate();
        cells
            .filter(|(column, _)| is_there(*column))
            .map(|(_, cell)| cell)
            .collect::<Vec<_>>()
    };
    table.set_header(std::iter::once(String::new()).chain(shown(titles)));
    let digits = [
        digits(rows.iter().map(|row| row.tonnes_per_closed_hour)),
        digits(rows.iter().map(|row| row.difference_at_once)),
        // As in the report.
        digits(rows.iter().map(|row| of_recovery(&row.recovery))).min(1),
    ];
    for row in rows {
        let note = if is_reference(prices, row) { " (reference)" } else { "" };
        let cells = [
            priced(&row.tonnes_per_closed_hour, digits[0], between),
            priced(&row.difference_at_once, digits[1], between),
            whole(row.n as f64),
            recovered(&row.recovery, digits[2], between),
            percent(row.recovery.censored as f64 / row.n as f64, 0),
        ];
        let cells = std::iter::once(format!("{}{note}", row.alternative)).chain(shown(cells));
        // What rests on little is grey.
        table.add_row(cells.map(|cell| {
            let cell = Cell::new(cell);
            if row.is_few() { cell.add_attribute(Attribute::Dim) } else { cell }
        }));
    }
    grid::align_numbers(&mut table, 1);
    table
}

/// Decimals of a column: one number for all of it.
fn digits(column: impl Iterator<Item = Estimate> + Clone) -> usize {
    let greatest = column
        .clone()
        .map(|of| of.value.abs())
        .filter(|value| value.is_finite())
        .fold(0.0, f64::max);
    let halves = column.map(|of| (of.upper - of.lower) / 2.0).filter(|half| *half > 0.0);
    halves
        .map(|half| decimals(greatest, half, 2))
        .max()
        .unwrap_or_else(|| decimals(greatest, f64::NAN, 1))
}

/// `31.2 [25.1, 37.4]`; without an interval the number is called rough; an empty cell for none.
fn priced(of: &Estimate, digits: usize, between: &str) -> String {
    let number = |x: f64| fixed(x, digits);
    if !of.value.is_finite() {
        String::new()
    } else if (of.upper - of.lower).is_finite() {
        format!("{}{between}[{}, {}]", number(of.value), number(of.lower), number(of.upper))
    } else {
        format!("{}{between}(too few)", number(of.value))
    }
}

/// The median of the hours with its interval.
fn of_recovery(of: &Recovery) -> Estimate {
    Estimate {
        value: of.median_h,
        lower: of.lower_h,
        upper: of.upper_h,
    }
}

/// `61 [55, 70]`, where an end may lie beyond the end of the run.
fn recovered(of: &Recovery, digits: usize, between: &str) -> String {
    let number = |x: f64| if x.is_finite() { fixed(x, digits) } else { "…".to_owned() };
    if of.lower_h.is_finite() {
        format!("{}{between}[{}, {}]", number(of.median_h), number(of.lower_h), number(of.upper_h))
    } else if of.median_h.is_finite() {
        format!("{}{between}(too few)", number(of.median_h))
    } else {
        "…".to_owned()
    }
}

/// By kind and alternative the two levels that are furthest apart, where two are: the dearer and the cheaper one.
fn apart(prices: &ClosurePrices) -> Vec<[&ClosurePrice; 2]> {
    let mut found = Vec::new();
    for (group, ..) in KINDS {
        let alternatives = prices.rows.chunk_by(|a, b| a.alternative == b.alternative);
        found.extend(alternatives.filter_map(|rows| furthest_apart(rows, group)));
    }
    found
}

/// The dearer and the cheaper of two rows of a group of which the intervals lie apart: the two with the widest gap between them.
fn furthest_apart<'a>(rows: &'a [ClosurePrice], group: &str) -> Option<[&'a ClosurePrice; 2]> {
    let gap = |[dear, cheap]: [&ClosurePrice; 2]| dear.tonnes_per_closed_hour.lower - cheap.tonnes_per_closed_hour.upper;
    let levels: Vec<&ClosurePrice> = rows.iter().filter(|row| row.group == group).collect();
    let pairs = levels.iter().flat_map(|dear| levels.iter().map(move |cheap| [*dear, *cheap]));
    // What has no interval has no gap.
    pairs
        .filter(|pair| gap(*pair) > 0.0)
        .reduce(|widest, pair| if gap(pair) > gap(widest) { pair } else { widest })
}

/// Where closures of a time of day, a length or a scope cost more than those of another; and what was left out for want of closures.
fn by_kind(prices: &ClosurePrices, pairs: &[[&ClosurePrice; 2]]) -> Vec<String> {
    let mut said: Vec<String> = KINDS.iter().flat_map(|kind| of_kind(pairs, kind)).collect();
    let kinds = || prices.rows.iter().filter(|row| KINDS.iter().any(|(group, ..)| *group == row.group));
    let few = kinds().filter(|row| row.is_few()).count();
    if few > 0 && few == kinds().count() {
        said.push("There are too few closures to tell times of day, lengths and what they shut apart.".to_owned());
        return said;
    }
    if said.is_empty() {
        said.push("Between times of day, lengths and what closures shut no price is shown to differ from another.".to_owned());
    }
    if few > 0 {
        said.push(format!(
            "{} of {} prices by time of day, length and what they shut rest on fewer than {ENOUGH_CLOSURES} closures and are left out of this.",
            whole(few as f64),
            whole(kinds().count() as f64)
        ));
    }
    said
}

/// By one kind: alternatives that agree in one sentence.
fn of_kind(pairs: &[[&ClosurePrice; 2]], (group, begins, which): &(&str, &str, &str)) -> Vec<String> {
    let mut found: Vec<([&str; 2], Vec<String>)> = Vec::new();
    for pair in pairs.iter().filter(|[dear, _]| dear.group == *group) {
        let [more, less] = pair.map(|row| row.tonnes_per_closed_hour);
        let digits = digits([more, less].into_iter()).min(1);
        let told = format!(
            "{} ({} against {} t an hour)",
            quoted(pair[0]),
            fixed(more.value, digits),
            fixed(less.value, digits)
        );
        let levels = pair.map(|row| row.level.as_str());
        match found.iter_mut().find(|(known, _)| *known == levels) {
            Some((_, alternatives)) => alternatives.push(told),
            None => found.push((levels, vec![told])),
        }
    }
    let sentence = |([dear, cheap], alternatives): ([&str; 2], Vec<String>)| {
        format!(
            "{begins}, closures {which} {dear} cost more than those {which} {cheap} under {}.",
            listed(&alternatives)
        )
    };
    found.into_iter().map(sentence).collect()
}

/// Which intervals stand in brackets beside prices: the same words on the screen and in the report.
pub(in crate::cli) fn brackets(confidence: &str, is_compared: bool) -> String {
    let differences = if is_compared {
        "; of differences from the reference for all alternatives at once"
    } else {
        ""
    };
    format!("In brackets {confidence} intervals: of each price and median for itself{differences}.")
}

fn legend(prices: &ClosurePrices, rows: &[&ClosurePrice], pairs: &[[&ClosurePrice; 2]]) -> String {
    let is_compared = rows.iter().any(|row| row.difference_at_once.lower.is_finite());
    let mut said = vec![brackets(&plain_percent(prices.confidence), is_compared)];
    // Those that are shown, and those that a sentence rests on.
    if rows
        .iter()
        .chain(pairs.iter().flatten())
        .any(|row| !row.is_few() && row.n < SURE_CLOSURES)
    {
        said.push(format!(
            "Intervals of fewer than {SURE_CLOSURES} closures hold less often than they say: {SIMULATED}."
        ));
    }
    if rows.iter().any(|row| row.is_few()) {
        said.push(format!(
            "Too few: fewer than {ENOUGH_CLOSURES} closures; the number is rough, and how rough is not known."
        ));
    }
    if rows.iter().any(|row| recovered(&row.recovery, 0, " ").contains('…')) {
        said.push("…: beyond the end of the run.".to_owned());
    }
    said.push(format!(
        "From the first {} of each alternative, each run with one of its closures and without it. The table `closure_price` has them by cause too, \
         and hours and tonnes of a closure.{}",
        counted(prices.replications as usize, "replication"),
        unfinished(prices)
    ));
    said.join(" ")
}

/// That it was interrupted, behind another sentence.
fn unfinished(prices: &ClosurePrices) -> String {
    if prices.is_complete() {
        String::new()
    } else {
        format!(" Interrupted: {} were to be.", whole(f64::from(prices.wanted)))
    }
}

fn quoted(row: &ClosurePrice) -> String {
    format!("`{}`", row.alternative)
}

/// `a`, `b` and 3 more.
fn listed(names: &[String]) -> String {
    let more = names.len().saturating_sub(NAMED);
    let mut parts: Vec<String> = names.iter().take(NAMED).cloned().collect();
    if more > 0 {
        parts.push(format!("{more} more"));
    }
    words::listed(&parts)
}

#[cfg(test)]
mod tests;
