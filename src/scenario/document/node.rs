//! Values as written, each with its place.

use crate::scenario::issue::{Place, SourceId};
use toml::value::Datetime;

/// A value and where it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What was written.
    pub value: Value,
    /// Where.
    pub place: Place,
}

/// What TOML can say.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A string.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// A number with a point or exponent.
    Real(f64),
    /// `true` or `false`.
    Flag(bool),
    /// A date, a time or both.
    Date(Datetime),
    /// An array.
    Array(Vec<Node>),
    /// A table.
    Table(Table),
}

/// Keys and values in the order in which they were written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// One for each key.
    pub entries: Vec<Entry>,
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key was written.
    pub key_place: Place,
    /// The value.
    pub node: Node,
}

impl Table {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|e| &e.node)
    }

    /// The entry of a key.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|e| e.key == key)
    }

    /// The value of a key, to change.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        self.entries.iter_mut().find(|e| e.key == key).map(|e| &mut e.node)
    }

    /// Whether the key is there.
    pub fn has(&self, key: &str) -> bool {
        self.entry(key).is_some()
    }

    /// Takes an entry out.
    pub fn remove(&mut self, key: &str) -> Option<Entry> {
        let at = self.entries.iter().position(|e| e.key == key)?;
        Some(self.entries.remove(at))
    }

    /// The keys in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|e| e.key.as_str())
    }

    /// Replaces the value of a key in its place, or adds the key at the end.
    pub fn put(&mut self, entry: Entry) {
        match self.entries.iter_mut().find(|e| e.key == entry.key) {
            Some(old) => *old = entry,
            None => self.entries.push(entry),
        }
    }

    /// Whether it states a law or process, and so is one value.
    pub fn is_law_or_process(&self) -> bool {
        self.has("dist") || self.has("process")
    }

    /// Whether it wraps a value with its evidence: `{ value, range, source | assumption }`.
    pub fn is_evidence(&self) -> bool {
        self.has("value") && !self.is_law_or_process() && self.keys().all(|k| k == "value" || EVIDENCE_KEYS.contains(&k))
    }
}

/// The keys that say where a value comes from.
pub(in crate::scenario) const EVIDENCE_KEYS: [&str; 3] = ["range", "source", "assumption"];

impl Node {
    /// A text.
    pub fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A table.
    pub fn as_table(&self) -> Option<&Table> {
        match &self.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }

    /// An array.
    pub fn as_array(&self) -> Option<&[Node]> {
        match &self.value {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    /// A whole or real number.
    pub fn as_number(&self) -> Option<f64> {
        match self.value {
            Value::Whole(n) => Some(n as f64),
            Value::Real(x) => Some(x),
            _ => None,
        }
    }

    /// The value itself: what an evidence wrapper holds, else this.
    pub fn bare(&self) -> &Node {
        match &self.value {
            Value::Table(table) if table.is_evidence() => table.get("value").map_or(self, Node::bare),
            _ => self,
        }
    }

    /// The same as if it had been written at the same place of another text.
    pub(in crate::scenario) fn moved(&self, source: SourceId) -> Node {
        let at = |place: &Place| Place {
            source,
            span: place.span.clone(),
        };
        let value = match &self.value {
            Value::Array(items) => Value::Array(items.iter().map(|item| item.moved(source)).collect()),
            Value::Table(table) => {
                let entries = table.entries.iter().map(|e| Entry {
                    key: e.key.clone(),
                    key_place: at(&e.key_place),
                    node: e.node.moved(source),
                });
                Value::Table(Table {
                    entries: entries.collect(),
                })
            }
            plain => plain.clone(),
        };
        Node {
            value,
            place: at(&self.place),
        }
    }

    /// What it is, in words for messages: ``the number 4``, ``the text `4 min` ``.
    pub fn described(&self) -> String {
        match &self.value {
            Value::Text(text) => format!("the text `{text}`"),
            Value::Whole(n) => format!("the number {n}"),
            Value::Real(x) => format!("the number {x}"),
            Value::Flag(b) => format!("`{b}`"),
            Value::Date(d) if d.date.is_none() => format!("the time {d}"),
            Value::Date(d) => format!("the date {d}"),
            Value::Array(_) => "an array".to_owned(),
            Value::Table(table) => match (table.get("dist"), table.get("process")) {
                (Some(_), _) => "a distribution".to_owned(),
                (_, Some(_)) => "a process".to_owned(),
                _ => "a table".to_owned(),
            },
        }
    }
}
