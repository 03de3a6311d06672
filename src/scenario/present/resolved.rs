//! The resolved scenario: one TOML 1.0 text that stands for all layers and data files, and loads to the same scenario.

use crate::scenario::document::{Entry, Node, Table, Value, inline, key_text};
use crate::scenario::fields::{Kind, ROOT, Section};
use crate::scenario::load::Loaded;

/// Tables that are longer than this on one line get a header of their own.
const LINE: usize = 110;

impl Loaded {
    /// The scenario with all layers, settings, data files and defaults in one TOML text, runnable by itself.
    pub fn resolved(&self) -> String {
        let mut out = String::from("format = 1\n");
        for field in ROOT.fields {
            let Some(node) = self.document.root.get(field.key) else { continue };
            match (&node.value, &field.kind) {
                (Value::Table(table), Kind::Table(section)) => write_table(&mut out, field.key, table, Some(section)),
                (Value::Table(table), Kind::Named(_, section)) => {
                    for e in &table.entries {
                        write_named(&mut out, field.key, e, Some(section));
                    }
                }
                (Value::Table(table), Kind::NamedProcess(..)) => {
                    for e in &table.entries {
                        write_named(&mut out, field.key, e, None);
                    }
                }
                _ => {}
            }
        }
        out
    }
}

fn write_named(out: &mut String, section: &str, entry: &Entry, rows: Option<&Section>) {
    if let Some(table) = entry.node.as_table() {
        write_table(out, &format!("{section}.{}", key_text(&entry.key)), table, rows);
    }
}

/// A header with its keys, in the order of the field table; long tables inside follow with headers of their own.
fn write_table(out: &mut String, path: &str, table: &Table, section: Option<&Section>) {
    let mut entries: Vec<&Entry> = table.entries.iter().collect();
    if let Some(section) = section {
        let rank = |e: &&Entry| section.fields.iter().position(|f| f.key == e.key).map_or(0, |i| i + 1);
        entries.sort_by_key(rank);
    }
    let (mut lines, mut long) = (String::new(), Vec::new());
    for e in entries {
        let text = inline(&e.node);
        match e.node.as_table() {
            Some(inner) if is_open(inner) && text.len() > LINE => long.push((e, inner)),
            _ => lines.extend([&key_text(&e.key), " = ", &text, "\n"]),
        }
    }
    if !lines.is_empty() || long.is_empty() {
        out.extend(["\n[", path, "]\n", &lines]);
    }
    for (e, inner) in long {
        write_table(out, &format!("{path}.{}", key_text(&e.key)), inner, None);
    }
}

/// Whether a table is no single value.
fn is_open(table: &Table) -> bool {
    !table.has("dist") && !table.is_evidence() && !table.entries.iter().any(|e| is_rows(&e.node))
}

/// Arrays of tables stay where they are: `[[…]]` would be another way to write them.
fn is_rows(node: &Node) -> bool {
    node.as_array().is_some_and(|items| items.iter().any(|i| i.as_table().is_some()))
}
