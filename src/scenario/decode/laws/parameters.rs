//! The parameters of a family, read from its table.

use super::{NOWHERE, array, law, quantity};
use crate::random::{Given, Parameter, ParameterKind};
use crate::scenario::decode::fit::unexpected;
use crate::scenario::document::{EVIDENCE_KEYS, Entry, Node, Table, Value};
use crate::scenario::fields::{Kind, Unit};
use crate::scenario::issue::{Issue, Place, alternatives, nearest};

/// Reads the parameters of a family from a table.
pub(super) struct Parameters<'a> {
    pub(super) table: &'a Table,
    pub(super) name: &'static str,
    pub(super) known: &'static [Parameter],
    pub(super) forms: &'static [&'static [&'static str]],
    /// Unit of quantities; none: pure numbers.
    pub(super) unit: Option<Unit>,
    /// Keys beside the parameters.
    pub(super) extra: &'static [&'static str],
}

/// What was given.
pub(super) struct Read<'a> {
    pub(super) given: Given<'a>,
    pub(super) min: Option<f64>,
    pub(super) max: Option<f64>,
    pub(super) plus: u64,
}

impl Read<'_> {
    /// All quantities in another unit.
    pub(super) fn scaled(&self, factor: f64, parameters: &'static [Parameter]) -> Given<'static> {
        let mut given = Given::new();
        for p in parameters {
            let is_quantity = matches!(p.kind, ParameterKind::Quantity | ParameterKind::Quantities);
            let by = if is_quantity { factor } else { 1.0 };
            if let Some(x) = self.given.number(p.name) {
                given = given.with(p.name, x * by);
            }
            if let Some(list) = self.given.list(p.name) {
                given = given.with_list(p.name, list.iter().map(|x| x * by).collect());
            }
            if let Some(laws) = self.given.laws(p.name) {
                given = given.with_laws(p.name, laws.to_vec());
            }
        }
        given
    }
}

impl<'a> Parameters<'a> {
    pub(super) fn read(&self) -> Result<Read<'a>, Vec<Issue>> {
        if self.name == "empirical" && self.table.has("file") {
            // The file could not be read, which was told.
            return Err(Vec::new());
        }
        let mut issues = Vec::new();
        let mut read = Read {
            given: Given::new(),
            min: None,
            max: None,
            plus: 0,
        };
        for entry in &self.table.entries {
            let key = entry.key.as_str();
            if key == "dist" || EVIDENCE_KEYS.contains(&key) {
                continue;
            }
            let parameter = self.known.iter().find(|p| p.name == key);
            let outcome = match (key, parameter) {
                ("min" | "max", _) if self.extra.contains(&key) || parameter.is_some() => self.bound(&mut read, entry),
                (_, Some(parameter)) => self.parameter(&mut read, entry, parameter),
                ("plus", _) if self.extra.contains(&"plus") => match entry.node.bare().value {
                    Value::Whole(n) if n >= 0 => {
                        read.plus = n.unsigned_abs();
                        Ok(())
                    }
                    _ => Err(vec![unexpected(entry.node.bare(), &Kind::Whole(0))]),
                },
                ("autocorrelation", _) if self.extra.contains(&"autocorrelation") => Ok(()),
                _ => Err(vec![self.unknown(entry)]),
            };
            if let Err(mut found) = outcome {
                issues.append(&mut found);
            }
        }
        if issues.is_empty() { Ok(read) } else { Err(issues) }
    }

    fn bound(&self, read: &mut Read, entry: &Entry) -> Result<(), Vec<Issue>> {
        let value = self.quantity(entry.node.bare()).map_err(|issue| vec![issue])?;
        let slot = if entry.key == "min" { &mut read.min } else { &mut read.max };
        *slot = Some(value);
        Ok(())
    }

    fn quantity(&self, node: &Node) -> Result<f64, Issue> {
        match self.unit {
            Some(unit) => quantity(node, unit),
            None => node
                .as_number()
                .ok_or_else(|| unexpected(node, &Kind::Number(f64::NEG_INFINITY, f64::INFINITY))),
        }
    }

    fn parameter(&self, read: &mut Read<'a>, entry: &Entry, parameter: &'static Parameter) -> Result<(), Vec<Issue>> {
        let node = entry.node.bare();
        let one = |issue: Issue| vec![issue];
        let number = |node: &Node| {
            node.as_number()
                .ok_or_else(|| unexpected(node, &Kind::Number(f64::NEG_INFINITY, f64::INFINITY)))
        };
        let given = std::mem::take(&mut read.given);
        read.given = match parameter.kind {
            ParameterKind::Quantity => given.with(parameter.name, self.quantity(node).map_err(one)?),
            ParameterKind::Number | ParameterKind::Whole | ParameterKind::Probability => {
                given.with(parameter.name, number(node).map_err(one)?)
            }
            ParameterKind::Quantities => given.with_list(parameter.name, self.list(node, |item| self.quantity(item))?),
            ParameterKind::Weights => given.with_list(parameter.name, self.list(node, number)?),
            ParameterKind::Laws => {
                let items = array(node)?;
                let mut laws = Vec::new();
                let mut issues = Vec::new();
                for item in items {
                    match law(item, self.unit.unwrap_or(Unit::Pallets)) {
                        Ok(law) => laws.push(law),
                        Err(mut found) => issues.append(&mut found),
                    }
                }
                if !issues.is_empty() {
                    return Err(issues);
                }
                given.with_laws(parameter.name, laws)
            }
        };
        Ok(())
    }

    fn list(&self, node: &Node, value: impl Fn(&Node) -> Result<f64, Issue>) -> Result<Vec<f64>, Vec<Issue>> {
        let (mut values, mut issues) = (Vec::new(), Vec::new());
        for item in array(node)? {
            match value(item.bare()) {
                Ok(x) => values.push(x),
                // Cells of a file have no quotes to write a unit in.
                Err(issue) if item.place.source != self.place().source => {
                    issues.push(issue.note("or say the unit of the whole column beside `file`: unit = \"min\""));
                }
                Err(issue) => issues.push(issue),
            }
        }
        if issues.is_empty() { Ok(values) } else { Err(issues) }
    }

    /// Where the law is written.
    pub(super) fn place(&self) -> &Place {
        self.table.entry("dist").map_or(&NOWHERE, |e| &e.key_place)
    }

    fn unknown(&self, entry: &Entry) -> Issue {
        let known = self.known.iter().map(|p| p.name).chain(self.extra.iter().copied());
        let issue = Issue::error(format!("unknown key `{}`", entry.key)).at(&entry.key_place);
        let forms: Vec<String> = self.forms.iter().map(|form| alternatives(form.iter().copied(), "and")).collect();
        let issue =
            issue
                .label(format!("not a parameter of `{}`", self.name))
                .note(format!("`{}` takes {}", self.name, forms.join(", or ")));
        match nearest(&entry.key, known) {
            Some(near) => issue.fix(format!("did you mean `{near}`?"), &entry.key_place, near),
            None => issue,
        }
    }
}
