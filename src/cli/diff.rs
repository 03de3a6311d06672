//! `rafah diff`: in what two scenarios differ, parameter by parameter.

use std::io::IsTerminal;

use comfy_table::ContentArrangement;
use serde_json::{Value, json};

use super::arguments::Diff;
use super::failure::Failure;
use super::numbers::counted;
use super::{grid, input, say, tables};
use crate::scenario::{self, Difference};

/// Prints path, value in A, value in B.
pub(super) fn diff(given: &Diff) -> Result<(), Failure> {
    let loaded = input::load_all(&[given.a.clone(), given.b.clone()], &[], given.json)?;
    let differences = scenario::diff(&loaded[0], &loaded[1]);
    if given.json {
        let rows: Vec<Value> = differences.iter().map(|d| json!({ "path": d.path, "a": d.a, "b": d.b })).collect();
        return say::json(&Value::Array(rows));
    }
    if differences.is_empty() {
        return say::result("The two scenarios say the same.");
    }
    let (a, b) = (given.a.display().to_string(), given.b.display().to_string());
    let mut text = String::new();
    if std::io::stdout().is_terminal() {
        text = table(&differences, &a, &b).unwrap_or_default();
    }
    if text.is_empty() {
        text = lines(&differences, &a, &b);
    }
    say::result(&format!("{text}\n{}", counted(differences.len(), "difference")))
}

/// Columns that lines keep to, unless a single value is longer.
const WIDTH: usize = 100;

/// Side by side; none: that is wider than the terminal.
fn table(differences: &[Difference], a: &str, b: &str) -> Option<String> {
    let mut table = grid::plain();
    let width = tables::width();
    table.set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(["parameter", a, b]);
    for d in differences {
        table.add_row([d.path.as_str(), d.a.as_deref().unwrap_or("–"), d.b.as_deref().unwrap_or("–")]);
    }
    let text = table.to_string();
    (tables::widest(&text) <= width).then_some(text)
}

/// A line for each, values whole: `path: a → b`, over three lines where that would be too long.
fn lines(differences: &[Difference], a: &str, b: &str) -> String {
    let mut text = shown("parameter", a, b);
    for d in differences {
        text.push('\n');
        text.push_str(&line(d));
    }
    text
}

/// A difference on a line, or on three.
pub(super) fn line(d: &Difference) -> String {
    shown(&d.path, d.a.as_deref().unwrap_or("–"), d.b.as_deref().unwrap_or("–"))
}

fn shown(path: &str, a: &str, b: &str) -> String {
    let line = format!("{path}: {a} → {b}");
    if line.chars().count() <= WIDTH {
        line
    } else {
        format!("{path}:\n    {a}\n  → {b}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_is_a_line_and_no_value_is_cut() {
        assert_eq!(shown("stage.scan.lanes", "2", "3"), "stage.scan.lanes: 2 → 3");
        let long = "x".repeat(150);
        let text = shown("policy.name", "–", &long);
        assert_eq!(text, format!("policy.name:\n    –\n  → {long}"));
        let both = shown("a.b", &"y".repeat(60), &"z".repeat(60));
        assert!(both.lines().all(|line| line.chars().count() <= WIDTH));
    }
}
