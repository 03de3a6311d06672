//! Defaults: written into the document before it is decoded, so that they are said in one place and shown by `--resolved`.

use crate::scenario::document::{Document, Entry, Node, Table, Value, parse_value};
use crate::scenario::fields::{Kind, Need, ROOT, Section};
use crate::scenario::issue::{Place, SourceId};

/// Adds what was left out and has a default.
pub(super) fn fill(document: &mut Document) {
    let start = Place {
        source: SourceId(0),
        span: 0..0,
    };
    fill_section(&mut document.root, &start, &ROOT);
}

fn fill_section(table: &mut Table, place: &Place, section: &Section) {
    for entry in &mut table.entries {
        if let Some(kind) = section.kind_of(&entry.key) {
            fill_kind(&mut entry.node, kind);
        }
    }
    for field in section.fields {
        if table.has(field.key) {
            continue;
        }
        let value = match (&field.kind, field.need) {
            (_, Need::Default(text)) => parse_value(text, place.source, 0).map(|node| node.value),
            (Kind::Table(inner), Need::Optional) if is_all_default(inner) => {
                let mut table = Table::default();
                fill_section(&mut table, place, inner);
                Some(Value::Table(table))
            }
            _ => None,
        };
        if let Some(value) = value {
            let mut node = Node {
                value,
                place: place.clone(),
            };
            re_place(&mut node, place);
            table.entries.push(Entry {
                key: field.key.to_owned(),
                key_place: place.clone(),
                node,
            });
        }
    }
}

/// Whether a section is something even when nothing of it is said.
fn is_all_default(section: &Section) -> bool {
    section.fields.iter().any(|f| matches!(f.need, Need::Default(_))) && !section.fields.iter().any(|f| matches!(f.need, Need::Required))
}

fn fill_kind(node: &mut Node, kind: &Kind) {
    let place = node.place.clone();
    match (&mut node.value, kind) {
        (Value::Table(table), Kind::Table(section)) => fill_section(table, &place, section),
        (Value::Table(table), Kind::Map(_, inner)) => table.entries.iter_mut().for_each(|e| fill_kind(&mut e.node, inner)),
        (Value::Table(table), Kind::Named(_, section)) => {
            for entry in &mut table.entries {
                fill_kind(&mut entry.node, &Kind::Table(section));
            }
        }
        (Value::Table(table), Kind::NamedProcess(_, process)) => {
            for entry in &mut table.entries {
                fill_kind(&mut entry.node, &Kind::Process(process));
            }
        }
        (Value::Table(table), Kind::Process(process)) => {
            if let Some(section) = table.get("process").and_then(Node::as_text).and_then(|name| process.case(name)) {
                fill_section(table, &place, section);
            }
        }
        (Value::Array(items), Kind::Array(inner)) => items.iter_mut().for_each(|item| fill_kind(item, inner)),
        _ => {}
    }
}

fn re_place(node: &mut Node, place: &Place) {
    node.place = place.clone();
    if let Value::Table(table) = &mut node.value {
        for entry in &mut table.entries {
            entry.key_place = place.clone();
            re_place(&mut entry.node, place);
        }
    }
}
