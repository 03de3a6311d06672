//! The tables of the summary: outcomes, stages, differences. No interval is broken over lines: a narrow terminal gets fewer columns.

use comfy_table::{Attribute, Cell, CellAlignment, ColumnConstraint, ContentArrangement, Table};

use super::grid;
use super::numbers::{decimals, fixed, plain_percent};
use super::words::{Group, Line, lines};
use crate::experiment::{AlternativeOutcome, ComparisonRow, Statistic, SummaryRow};
use crate::scenario::Scenario;

/// Columns that are there where standard output is no terminal.
const PIPED: usize = 100;

/// The columns of the terminal.
pub(super) fn width() -> usize {
    grid::plain().width().map_or(PIPED, usize::from)
}

/// The first form that fits, else the last; numbers keep their width, words are wrapped.
pub(super) fn fitting(forms: Vec<Table>, width: usize) -> String {
    let mut last = String::new();
    for mut table in forms {
        table.set_content_arrangement(ContentArrangement::Disabled);
        if widest(&table.to_string()) <= width {
            return table.to_string();
        }
        table.set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(u16::try_from(width).unwrap_or(u16::MAX));
        for column in table.column_iter_mut().skip(1) {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
        last = table.to_string();
    }
    last
}

pub(super) fn widest(text: &str) -> usize {
    anstream::adapter::strip_str(text)
        .to_string()
        .lines()
        .map(|line| line.trim_end().chars().count())
        .max()
        .unwrap_or(0)
}

fn interval_title(confidence: f64) -> String {
    format!("{} interval", plain_percent(confidence))
}

/// The outcomes with mean, interval, median and central 90 %.
pub(super) fn outcomes(result: &AlternativeOutcome, confidence: f64, width: usize) -> String {
    fitting([5, 4, 3].map(|columns| outcomes_with(result, confidence, columns)).into(), width)
}

/// The first so many columns: narrow terminals lose the central 90 %, then the median.
fn outcomes_with(result: &AlternativeOutcome, confidence: f64, columns: usize) -> Table {
    let mut table = grid::plain();
    let interval = interval_title(confidence);
    table.set_header(["", "mean", &interval, "median", "5 % to 95 %"].into_iter().take(columns));
    let lines = lines(&result.summary);
    for group in Group::ALL {
        let of_group: Vec<&Line> = lines.iter().filter(|line| line.group == group).collect();
        if !of_group.is_empty() {
            table.add_row([Cell::new(group.title()).add_attribute(Attribute::Bold)]);
        }
        for line in &of_group {
            table.add_row(cells(line, &of_group).into_iter().take(columns));
        }
    }
    right(&mut table);
    table
}

fn right(table: &mut Table) {
    grid::align_numbers(table, 1);
    for column in table.column_iter_mut().take(1) {
        column.set_cell_alignment(CellAlignment::Left);
    }
}

/// What numbers of a unit are multiplied with, their sign, and the most decimals.
fn scaled(unit: &str) -> (f64, &'static str, usize) {
    match unit {
        "share" => (100.0, " %", 1),
        "trucks" | "t" => (1.0, "", 1),
        _ => (1.0, "", 2),
    }
}

/// Decimals of a mean and its interval; of single values, as their spread allows.
fn digits(row: &SummaryRow) -> (usize, usize) {
    let (scale, _, most) = scaled(&row.response.unit);
    let of_mean = decimals(row.mean * scale, (row.upper - row.lower) / 2.0 * scale, most);
    (of_mean, decimals(row.mean * scale, row.sd * scale, most).min(of_mean))
}

fn cells(line: &Line, group: &[&Line]) -> [String; 5] {
    let row = line.row;
    let (scale, unit, _) = scaled(&row.response.unit);
    // What has one unit has one number of decimals in its group.
    let alike = group.iter().filter(|other| other.row.response.unit == row.response.unit);
    let (of_mean, of_values) = alike
        .map(|other| digits(other.row))
        .fold((0, 0), |a, b| (a.0.max(b.0), a.1.max(b.1)));
    let number = |value: f64, digits| {
        if value.is_finite() {
            format!("{}{unit}", fixed(value * scale, digits))
        } else {
            "–".to_owned()
        }
    };
    let range = |a: f64, b: f64, digits| {
        if a.is_finite() && b.is_finite() {
            format!("{} – {}{unit}", fixed(a * scale, digits), fixed(b * scale, digits))
        } else {
            "–".to_owned()
        }
    };
    // A quantile of too few replications for an interval is not known well enough to be shown.
    let [p05, _, p50, _, p95] = row.quantiles;
    let median = if (p50.upper - p50.lower).is_finite() {
        p50.estimate
    } else {
        f64::NAN
    };
    let tails = (p05.lower + p95.upper).is_finite();
    let (low, high) = if tails {
        (p05.estimate, p95.estimate)
    } else {
        (f64::NAN, f64::NAN)
    };
    [
        format!("  {}", line.words),
        number(row.mean, of_mean),
        range(row.lower, row.upper, of_mean),
        number(median, of_values),
        range(low, high, of_values),
    ]
}

/// What is told of each stage: column of `stages`, title, scale, most decimals.
const OF_STAGES: [(&str, &str, f64, usize); 4] = [
    ("mean_wait_min", "mean wait (min)", 1.0, 1),
    ("utilisation", "lanes in use (%)", 100.0, 1),
    ("mean_queue", "mean queue", 1.0, 2),
    ("share_waiting", "have to wait (%)", 100.0, 1),
];

/// The stages with what one asks first; nothing where no stage was visited.
pub(super) fn stages(result: &AlternativeOutcome, scenario: &Scenario, width: usize) -> Option<String> {
    let find = |stage: &str, column: &str| {
        let name = format!("stage.{stage}.{column}");
        result.summary.iter().find(|row| row.response.name == name)
    };
    let rows: Vec<(&str, [Option<&SummaryRow>; 4])> = (scenario.stages.iter())
        .map(|stage| (stage.name.as_str(), OF_STAGES.map(|(column, ..)| find(&stage.name, column))))
        .filter(|(_, found)| found.iter().any(Option::is_some))
        .collect();
    if rows.is_empty() {
        return None;
    }
    let forms = [(4, " "), (4, "\n"), (3, "\n"), (2, "\n")];
    Some(fitting(
        forms.map(|(columns, between)| stages_with(&rows, columns, between)).into(),
        width,
    ))
}

fn stages_with(rows: &[(&str, [Option<&SummaryRow>; 4])], columns: usize, between: &str) -> Table {
    let mut table = grid::plain();
    table.set_header(std::iter::once("Stages").chain(OF_STAGES.iter().take(columns).map(|(_, title, ..)| *title)));
    // What stands in one column has one number of decimals.
    let digits = |column: usize| {
        let (_, _, scale, most) = OF_STAGES[column];
        let of_row = |row: &SummaryRow| decimals(row.mean * scale, (row.upper - row.lower) / 2.0 * scale, most);
        rows.iter().filter_map(|(_, found)| found[column].map(of_row)).max().unwrap_or(0)
    };
    for (name, found) in rows {
        let shown = found.iter().zip(OF_STAGES).enumerate().take(columns);
        let cells =
            shown.map(|(i, (row, (_, _, scale, _)))| row.map_or("–".to_owned(), |row| with_interval(row, scale, digits(i), between)));
        table.add_row(std::iter::once(format!("  {name}")).chain(cells));
    }
    right(&mut table);
    table
}

/// `12.3 (11.9 – 12.7)`, the interval behind or below.
fn with_interval(row: &SummaryRow, scale: f64, digits: usize, between: &str) -> String {
    let (mean, lower, upper) = (row.mean * scale, row.lower * scale, row.upper * scale);
    if lower.is_finite() && upper.is_finite() {
        format!(
            "{}{between}({} – {})",
            fixed(mean, digits),
            fixed(lower, digits),
            fixed(upper, digits)
        )
    } else {
        fixed(mean, digits)
    }
}

/// The responses whose differences may be shown, the most important first: name, words, scale, unit.
const DIFFERENCES: [(&str, &str, f64, &str); 13] = [
    ("delivered_tonnes", "tonnes delivered", 1.0, ""),
    ("need_met", "need met", 100.0, " %-points"),
    ("delivered_trucks", "trucks delivered", 1.0, ""),
    ("delivery_time_mean_h", "mean hours to delivery", 1.0, ""),
    ("backlog_trucks", "trucks on the way at the end", 1.0, ""),
    ("closed_h", "hours closed", 1.0, ""),
    ("exposure", "trucks exposed, weighted", 1.0, ""),
    ("returned_trucks", "trucks returned for good", 1.0, ""),
    ("refused_trucks", "trucks refused", 1.0, ""),
    ("diverted_trucks", "trucks diverted", 1.0, ""),
    ("expired_trucks", "trucks expired", 1.0, ""),
    ("turned_back_trucks", "trucks turned back", 1.0, ""),
    ("incidents", "incidents", 1.0, ""),
];

/// So many responses are shown at most.
const SHOWN_DIFFERENCES: usize = 8;

/// The differences of the other alternatives from the first, most important responses only.
pub(super) fn differences(comparison: &[ComparisonRow], confidence: f64, width: usize) -> String {
    let mut table = grid::plain();
    let interval = interval_title(confidence);
    table.set_header(["difference, the same random numbers in both", "mean", &interval]);
    let of_means = |name: &'static str| {
        let means = comparison.iter().filter(|d| d.statistic == Statistic::Mean);
        means.filter(move |d| d.response.name == name)
    };
    let differs = |name: &'static str| {
        let mut rows = of_means(name);
        name == DIFFERENCES[0].0 || rows.any(|d| d.difference.abs() > 0.0 || d.lower < d.upper)
    };
    let shown = DIFFERENCES.iter().filter(|(name, ..)| differs(name)).take(SHOWN_DIFFERENCES);
    for &(name, words, scale, unit) in shown {
        for d in of_means(name) {
            let digits = decimals(d.difference * scale, (d.upper - d.lower) / 2.0 * scale, 2);
            let number = |value: f64| format!("{}{unit}", fixed(value * scale, digits));
            table.add_row([
                format!("{words} in `{}` less `{}`", d.alternative, d.reference),
                number(d.difference),
                format!("{} to {}", fixed(d.lower * scale, digits), number(d.upper)),
            ]);
        }
    }
    grid::align_numbers(&mut table, 1);
    let table = fitting(vec![table], width);
    format!("{table}\nEach interval is for itself (single, not simultaneous).")
}

#[cfg(test)]
mod tests;
