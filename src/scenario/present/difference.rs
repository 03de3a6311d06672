//! What two scenarios differ in.

use crate::scenario::document::{EVIDENCE_KEYS, Entry, Node, ParameterPath, Table, Value, inline, magnitude};
use crate::scenario::load::Loaded;

/// A parameter that two scenarios give differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Its path; `stage (order)` where only the order of the stages differs.
    pub path: String,
    /// Its value in the first; none: it is absent there.
    pub a: Option<String>,
    /// Its value in the second; none: it is absent there.
    pub b: Option<String>,
}

/// The differences, parameter by parameter, in the order of the first scenario, then of the second. Evidence does not count;
/// `"60min"` and `"1h"` are the same.
pub fn diff(a: &Loaded, b: &Loaded) -> Vec<Difference> {
    let mut found = Vec::new();
    tables(&mut found, &a.document.root, &b.document.root, &ParameterPath::default());
    let order = |l: &Loaded| -> Vec<String> { l.scenario.stages.iter().map(|s| s.name.clone()).collect() };
    let (first, second) = (order(a), order(b));
    let common = |x: &[String], y: &[String]| -> Vec<String> { x.iter().filter(|n| y.contains(n)).cloned().collect() };
    if common(&first, &second) != common(&second, &first) {
        found.push(Difference {
            path: "stage (order)".to_owned(),
            a: Some(first.join(", ")),
            b: Some(second.join(", ")),
        });
    }
    found
}

fn tables(found: &mut Vec<Difference>, a: &Table, b: &Table, path: &ParameterPath) {
    let only_b = b.keys().filter(|k| !a.has(k));
    for key in a.keys().chain(only_b).filter(|k| !EVIDENCE_KEYS.contains(k)) {
        nodes(found, a.get(key), b.get(key), &path.join(key));
    }
}

fn nodes(found: &mut Vec<Difference>, a: Option<&Node>, b: Option<&Node>, path: &ParameterPath) {
    let (a, b) = (a.map(Node::bare), b.map(Node::bare));
    match (a, b) {
        (
            Some(Node {
                value: Value::Table(x), ..
            }),
            Some(Node {
                value: Value::Table(y), ..
            }),
        ) if same_form(x, y) => tables(found, x, y, path),
        (
            Some(Node {
                value: Value::Array(x), ..
            }),
            Some(Node {
                value: Value::Array(y), ..
            }),
        ) if x.len() == y.len() && x.iter().any(|i| i.as_table().is_some()) => {
            for (i, (x, y)) in x.iter().zip(y).enumerate() {
                nodes(found, Some(x), Some(y), &path.join(&(i + 1).to_string()));
            }
        }
        (Some(x), Some(y)) if equal(x, y) => {}
        // What only one of them has is told leaf by leaf.
        (
            Some(Node {
                value: Value::Table(x), ..
            }),
            None,
        ) if has_leaves(x) => tables(found, x, &Table::default(), path),
        (
            None,
            Some(Node {
                value: Value::Table(y), ..
            }),
        ) if has_leaves(y) => tables(found, &Table::default(), y, path),
        _ => found.push(Difference {
            path: path.to_string(),
            a: a.map(shown),
            b: b.map(shown),
        }),
    }
}

/// A table of parameters; a law is one parameter.
fn has_leaves(table: &Table) -> bool {
    !table.has("dist") && !table.entries.is_empty()
}

/// Laws of one family, processes of one kind, other tables.
fn same_form(a: &Table, b: &Table) -> bool {
    ["dist", "process"]
        .iter()
        .all(|key| a.get(key).and_then(Node::as_text) == b.get(key).and_then(Node::as_text))
}

fn equal(a: &Node, b: &Node) -> bool {
    let same_kind = a.as_text().is_some() == b.as_text().is_some();
    match (magnitude(a), magnitude(b)) {
        (Some(x), Some(y)) if same_kind => (x - y).abs() <= 0.0,
        _ => inline(a) == inline(b),
    }
}

/// A value on one line, whole, without its evidence.
fn shown(node: &Node) -> String {
    inline(&without_evidence(node)).replace('\n', " ")
}

fn without_evidence(node: &Node) -> Node {
    let node = node.bare();
    let value = match &node.value {
        Value::Array(items) => Value::Array(items.iter().map(without_evidence).collect()),
        Value::Table(table) => Value::Table(Table {
            entries: (table.entries.iter())
                .filter(|e| !EVIDENCE_KEYS.contains(&e.key.as_str()))
                .map(|e| Entry {
                    node: without_evidence(&e.node),
                    ..e.clone()
                })
                .collect(),
        }),
        plain => plain.clone(),
    };
    Node {
        value,
        place: node.place.clone(),
    }
}
