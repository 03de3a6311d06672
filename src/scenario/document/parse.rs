//! From TOML text to values with places.

use toml::de::{DeTable, DeValue};

use super::node::{Entry, Node, Table, Value};
use super::unclosed::unclosed;
use crate::scenario::issue::{Issue, Issues, Place, SourceId, Sources};

/// Reads a text that [`Sources`] holds. What follows from a syntax error is not told: nothing else where a brace, bracket or quote is not
/// closed, nothing of a table that is given twice, one error a line.
pub(crate) fn parse(sources: &Sources, id: SourceId, issues: &mut Issues) -> Table {
    let text = sources.text(id);
    let (table, errors) = DeTable::parse_recoverable(text);
    let faulty = !errors.is_empty();
    if let Some((at, mark)) = faulty.then(|| unclosed(text)).flatten() {
        let place = Place {
            source: id,
            span: at..at + mark.len(),
        };
        let what = match mark {
            "{" => "brace",
            "[" => "bracket",
            _ => "quote",
        };
        issues.push(Issue::error(format!("this {what} is never closed")).at(&place).label("opened here"));
        return convert_table(table.get_ref(), id, issues);
    }
    let mut told: Vec<usize> = Vec::new();
    let mut followers = 0;
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        let place = Place { source: id, span };
        let line = sources.locate(&place).line;
        if told.contains(&line) || place.span.start < followers {
            continue;
        }
        told.push(line);
        let twice = error.message().contains("duplicate key");
        if twice && sources.locate(&place).text.trim_start().starts_with('[') {
            followers = next_header(text, place.span.start);
        }
        issues.push(syntax_issue(text, &place, error.message()));
    }
    convert_table(table.get_ref(), id, issues)
}

/// Where the next table begins.
fn next_header(text: &str, from: usize) -> usize {
    let mut at = from;
    for (i, line) in text[from..].split_inclusive('\n').enumerate() {
        if i > 0 && line.trim_start().starts_with('[') {
            return at;
        }
        at += line.len();
    }
    at
}

/// A syntax error with what helps against the commonest ones.
fn syntax_issue(text: &str, place: &Place, message: &str) -> Issue {
    let line_start = text[..place.span.start.min(text.len())].rfind('\n').map_or(0, |i| i + 1);
    let line = text[line_start..].lines().next().unwrap_or("");
    let message = message.trim_end_matches('.').replace('\n', "; ");
    let issue = if message.contains("duplicate key") {
        let name = text.get(place.span.clone()).unwrap_or("");
        let header = line.trim().starts_with('[').then(|| line.split('#').next().unwrap_or("").trim());
        let (name, label) = header.map_or((name, "given before in the same table"), |header| {
            (header, "given before in this file")
        });
        Issue::error(format!("`{name}` is given twice"))
            .label(label)
            .note("a key may be given once in a file; a child file (`extends`) may give it anew")
    } else {
        Issue::error(format!("this is not TOML: {message}"))
    };
    let written = text.get(place.span.clone()).unwrap_or("");
    let value = line.split_once('=').map_or("", |(_, v)| v.trim());
    let issue = if message.contains("must be quoted") && written.is_empty() {
        Issue::error("expected a value, found nothing")
    } else if message.contains("must be quoted") {
        let fixed = format!("\"{written}\"");
        Issue::error(format!("expected a number, a date or a text in quotes, found `{written}`")).fix(
            format!("write {fixed}"),
            place,
            fixed,
        )
    } else {
        issue
    };
    let is_name = |key: &str| !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c));
    let issue = match line.split_once(':') {
        Some((key, value)) if message.contains("key with no value") && is_name(key.trim()) => {
            issue.label(format!("write `{} = {}`", key.trim(), value.trim()))
        }
        _ => issue,
    };
    let has_unit =
        value.starts_with(|c: char| c.is_ascii_digit()) && value.chars().any(|c| c.is_ascii_alphabetic() || c == ':' || c == '/');
    let is_date = value.chars().filter(|c| *c == '-').count() == 2;
    let issue = if has_unit && !is_date {
        issue.note("durations, rates and clock times are written in quotes: \"4min\", \"1.5/h\", \"08:00\"")
    } else {
        issue
    };
    issue.at(place)
}

/// Reads a single value, as `--set` has it; none if it is not TOML.
pub(in crate::scenario) fn parse_value(text: &str, id: SourceId, offset: usize) -> Option<Node> {
    let parsed = DeValue::parse(text).ok()?;
    let mut issues = Issues::default();
    let mut node = convert(parsed.get_ref(), &parsed.span(), id, &mut issues);
    if issues.has_errors() {
        return None;
    }
    shift(&mut node, offset);
    Some(node)
}

fn shift(node: &mut Node, offset: usize) {
    let moved = |place: &mut Place| place.span = place.span.start + offset..place.span.end + offset;
    moved(&mut node.place);
    match &mut node.value {
        Value::Array(items) => items.iter_mut().for_each(|item| shift(item, offset)),
        Value::Table(table) => {
            for entry in &mut table.entries {
                moved(&mut entry.key_place);
                shift(&mut entry.node, offset);
            }
        }
        _ => {}
    }
}

fn convert_table(table: &DeTable, id: SourceId, issues: &mut Issues) -> Table {
    let entries = table
        .iter()
        .map(|(key, value)| Entry {
            key: key.get_ref().to_string(),
            key_place: Place {
                source: id,
                span: key.span(),
            },
            node: convert(value.get_ref(), &value.span(), id, issues),
        })
        .collect();
    Table { entries }
}

fn convert(value: &DeValue, span: &std::ops::Range<usize>, id: SourceId, issues: &mut Issues) -> Node {
    let place = Place {
        source: id,
        span: span.clone(),
    };
    let value = match value {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(n) => {
            let digits = n.as_str().replace('_', "");
            if let Ok(n) = i64::from_str_radix(&digits, n.radix()) {
                Value::Whole(n)
            } else {
                issues.push(Issue::error(format!("expected a whole number up to {}, found {digits}", i64::MAX)).at(&place));
                Value::Whole(0)
            }
        }
        DeValue::Float(x) => Value::Real(x.as_str().replace('_', "").parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(b) => Value::Flag(*b),
        DeValue::Datetime(d) => Value::Date(*d),
        DeValue::Array(items) => Value::Array(items.iter().map(|item| convert(item.get_ref(), &item.span(), id, issues)).collect()),
        DeValue::Table(table) => Value::Table(convert_table(table, id, issues)),
    };
    Node { value, place }
}
