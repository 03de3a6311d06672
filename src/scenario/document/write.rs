//! Values as TOML 1.0 text.

use super::node::{Node, Table, Value};

/// A key, in quotes where it must be.
pub(in crate::scenario) fn key_text(key: &str) -> String {
    let plain = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    if plain { key.to_owned() } else { quoted(key) }
}

/// A real number that reads back as the same bits and as a real number.
fn number_text(x: f64) -> String {
    if x.is_nan() {
        return "nan".to_owned();
    }
    if x.is_infinite() {
        return if x > 0.0 { "inf" } else { "-inf" }.to_owned();
    }
    let text = format!("{x:?}");
    // Rust writes 1e21 where TOML wants the same: both read it.
    if text.contains(['.', 'e']) { text } else { format!("{text}.0") }
}

/// A text in quotes.
pub(in crate::scenario) fn text_value(text: &str) -> String {
    quoted(text)
}

fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() => out.extend(["\\u", &format!("{:04X}", c as u32)]),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A value on one line; only long arrays of tables take a line for each element, which TOML 1.0 allows inside inline tables too.
pub(in crate::scenario) fn inline(node: &Node) -> String {
    match &node.value {
        Value::Text(text) => quoted(text),
        Value::Whole(n) => n.to_string(),
        Value::Real(x) => number_text(*x),
        Value::Flag(b) => b.to_string(),
        Value::Date(d) => d.to_string(),
        Value::Array(items) => {
            let texts: Vec<String> = items.iter().map(inline).collect();
            let long = items.len() > 3 && items.iter().all(|i| i.as_table().is_some());
            if long {
                format!("[\n  {},\n]", texts.join(",\n  "))
            } else {
                format!("[{}]", texts.join(", "))
            }
        }
        Value::Table(table) => inline_table(table),
    }
}

fn inline_table(table: &Table) -> String {
    if table.entries.is_empty() {
        return "{}".to_owned();
    }
    let texts: Vec<String> = table
        .entries
        .iter()
        .map(|e| format!("{} = {}", key_text(&e.key), inline(&e.node)))
        .collect();
    format!("{{ {} }}", texts.join(", "))
}
