//! Every parameter of a scenario, with its evidence.

use crate::scenario::document::{EVIDENCE_KEYS, Node, ParameterPath, Table, Value, inline};
use crate::scenario::load::Loaded;

use super::meaning::{Meaning, meaning};

/// A parameter: what it is, and how it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParameterLine {
    /// Its path, such as `stage.scan.lanes`.
    pub path: String,
    /// Its value, as a scenario writes it.
    pub value: String,
    /// The unit of a bare number; empty where it has none, or where the value is written with its unit.
    pub unit: &'static str,
    /// The range in which it may lie, where one is stated.
    pub range: Option<String>,
    /// Where it comes from: a key of the scenario's sources.
    pub source: Option<String>,
    /// Why it was assumed.
    pub assumption: Option<String>,
    /// Whether nobody stated it.
    pub is_default: bool,
    /// Whether its value is the one that holds where nobody states one: a scenario with its defaults filled in tells no more.
    pub is_usual: bool,
    /// Whether it is a number, a quantity, a time or a law of such: what evidence can be asked of, unlike words and names.
    pub is_quantity: bool,
}

impl ParameterLine {
    /// Whether evidence is to be expected: the author wrote it, and it is a number.
    pub fn wants_evidence(&self) -> bool {
        self.is_quantity && !self.is_default
    }

    fn meaning(self, meaning: Meaning) -> ParameterLine {
        ParameterLine {
            unit: meaning.unit,
            is_usual: meaning.is_usual,
            ..self
        }
    }

    /// Whether it has a source, or a reason why it was assumed.
    pub fn has_evidence(&self) -> bool {
        self.source.is_some() || self.assumption.is_some()
    }
}

/// A parameter with the keys of its path.
type Found = (ParameterPath, ParameterLine);

impl Loaded {
    /// All parameters in the order of the document; texts for people and rows of traces are none.
    pub fn parameters(&self) -> Vec<ParameterLine> {
        let mut lines = Vec::new();
        for entry in &self.document.root.entries {
            if entry.key == "format" || entry.key == "scenario" {
                continue;
            }
            gather(&mut lines, &entry.node, &ParameterPath(vec![entry.key.clone()]), None);
        }
        let root = &self.document.root;
        lines.into_iter().map(|(path, line)| line.meaning(meaning(root, &path))).collect()
    }
}

fn gather(lines: &mut Vec<Found>, node: &Node, path: &ParameterPath, parent: Option<&Node>) {
    match &node.value {
        Value::Table(table) if table.is_evidence() => {
            let value = table.get("value").map(inline).unwrap_or_default();
            lines.push(line(path, value, Some(table), false, true));
        }
        Value::Table(table) if table.has("dist") => {
            let is_default = parent.is_some_and(|p| p.place == node.place);
            gather_law(lines, table, path, is_default);
        }
        Value::Table(table) => {
            for e in table.entries.iter().filter(|e| e.key != "rows" && e.key != "name") {
                gather(lines, &e.node, &path.join(&e.key), Some(node));
            }
        }
        Value::Array(items) if items.iter().any(|i| i.as_table().is_some()) => {
            for (i, item) in items.iter().enumerate() {
                gather(lines, item, &path.join(&(i + 1).to_string()), Some(node));
            }
        }
        _ => {
            // A default stands where the table stands in which it was left out.
            let is_default = parent.is_some_and(|p| p.place == node.place);
            lines.push(line(path, inline(node), None, is_default, is_quantity(node)));
        }
    }
}

/// A law is one parameter, unless its own parameters bring their evidence.
fn gather_law(lines: &mut Vec<Found>, table: &Table, path: &ParameterPath, is_default: bool) {
    let own = EVIDENCE_KEYS.iter().any(|k| table.has(k));
    let inner = table.entries.iter().any(|e| has_evidence(&e.node));
    if own || !inner {
        let law = Table {
            entries: table
                .entries
                .iter()
                .filter(|e| !EVIDENCE_KEYS.contains(&e.key.as_str()))
                .cloned()
                .collect(),
        };
        let text = table
            .entries
            .first()
            .map(|e| {
                inline(&Node {
                    value: Value::Table(law),
                    place: e.key_place.clone(),
                })
            })
            .unwrap_or_default();
        lines.push(line(path, text, Some(table), is_default, true));
    }
    if inner {
        for e in table
            .entries
            .iter()
            .filter(|e| e.key != "dist" && !EVIDENCE_KEYS.contains(&e.key.as_str()))
        {
            if !own || has_evidence(&e.node) {
                gather(lines, &e.node, &path.join(&e.key), None);
            }
        }
    }
}

fn has_evidence(node: &Node) -> bool {
    match &node.value {
        Value::Table(table) => {
            table.is_evidence()
                || (table.has("dist")
                    && (EVIDENCE_KEYS.iter().any(|k| table.has(k)) || table.entries.iter().any(|e| has_evidence(&e.node))))
        }
        Value::Array(items) => items.iter().any(has_evidence),
        _ => false,
    }
}

fn line(path: &ParameterPath, value: String, evidence: Option<&Table>, is_default: bool, is_quantity: bool) -> Found {
    let text = |key: &str| evidence.and_then(|t| t.get(key)).and_then(Node::as_text).map(str::to_owned);
    let line = ParameterLine {
        path: path.to_string(),
        value,
        unit: "",
        range: evidence.and_then(|t| t.get("range")).map(inline),
        source: text("source"),
        assumption: text("assumption"),
        is_default,
        is_usual: false,
        is_quantity,
    };
    (path.clone(), line)
}

/// Numbers, dates, and texts that begin with a digit (`"4min"`, `"08:00-17:00"`), one or many.
fn is_quantity(node: &Node) -> bool {
    match &node.value {
        Value::Whole(_) | Value::Real(_) | Value::Date(_) => true,
        Value::Text(text) => text.trim().starts_with(|c: char| c.is_ascii_digit()),
        Value::Array(items) => items.iter().any(is_quantity),
        Value::Flag(_) | Value::Table(_) => false,
    }
}
