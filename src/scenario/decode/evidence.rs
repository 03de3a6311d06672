//! Where values come from: `{ value, range, source | assumption }`, and the same keys beside a law.

use super::fit::unexpected;
use super::walk::Walk;
use crate::scenario::document::{Node, Table, inline, range_holds};
use crate::scenario::fields::Kind;
use crate::scenario::issue::{Issue, did_you_mean, nearest};

impl Walk<'_> {
    /// A value with its evidence.
    pub(super) fn evidence(&mut self, table: &Table, kind: &Kind, path: &str) {
        let Some(value) = table.get("value") else { return };
        self.value(value, kind, path);
        self.cited(table);
        let Some(range) = table.get("range") else { return };
        let plain = match kind {
            Kind::Count => Kind::Whole(0),
            other => *other,
        };
        match range.as_array() {
            Some([low, high]) => {
                let before = self.issues.has_errors();
                self.value(low, &plain, path);
                self.value(high, &plain, path);
                if !before && self.issues.has_errors() {
                    return;
                }
                if range_holds(low, range) == Some(false) {
                    self.issues
                        .push(Issue::error("expected a range from the least to the greatest value").at(&range.place));
                } else if range_holds(value, range) == Some(false) {
                    let shown = inline(value.bare());
                    self.issues
                        .push(Issue::error(format!("the range does not hold the value {shown}")).at(&range.place));
                }
            }
            _ => self
                .issues
                .push(Issue::error(format!("expected a range [least, greatest], found {}", range.described())).at(&range.place)),
        }
    }

    /// Evidence beside the parameters of a law; a range belongs to one of them.
    pub(super) fn law_evidence(&mut self, node: &Node, path: &str) {
        let Some(table) = node.as_table() else { return };
        self.cited(table);
        if let Some(range) = table.entry("range") {
            let issue = Issue::error("a range belongs to one number of a distribution").at(&range.key_place);
            self.issues.push(issue.note("such as mean = { value = …, range = […], … }"));
        }
        for entry in &table.entries {
            self.inner_evidence(&entry.node, path);
        }
    }

    /// Evidence of the parameters inside a law.
    fn inner_evidence(&mut self, node: &Node, path: &str) {
        if let Some(items) = node.as_array() {
            for item in items {
                self.inner_evidence(item, path);
            }
        }
        let Some(table) = node.as_table() else { return };
        if table.has("dist") {
            self.law_evidence(node, path);
        } else if table.is_evidence() {
            self.cited(table);
            let (Some(value), Some(range)) = (table.get("value"), table.get("range")) else {
                return;
            };
            let message = match range_holds(value, range) {
                Some(true) => return,
                Some(false) => format!("the range does not hold the value {}", inline(value)),
                None => format!("expected a range [least, greatest] of values such as {}", inline(value)),
            };
            self.issues.push(Issue::error(message).at(&range.place));
        }
    }

    /// `source` is a key of `[scenario.sources]`, `assumption` a text.
    fn cited(&mut self, table: &Table) {
        if let Some(source) = table.get("source") {
            match source.as_text() {
                None => self.issues.push(unexpected(source, &Kind::Text)),
                Some(key) if self.names.sources.iter().any(|s| s == key) => {}
                Some(key) => {
                    let issue = Issue::error(format!("`{key}` is not among the sources")).at(&source.place);
                    self.issues.push(match nearest(key, self.names.sources.iter().map(String::as_str)) {
                        Some(near) => did_you_mean(issue, near, &source.place, true),
                        None if !self.names.sources.is_empty() => issue.note(format!("there are: {}", self.names.sources.join(", "))),
                        None => issue.note("sources are listed in `[scenario.sources]`: KEY = \"publisher, title, date, address\""),
                    });
                }
            }
        }
        if let Some(assumption) = table.get("assumption").filter(|a| a.as_text().is_none()) {
            self.issues.push(unexpected(assumption, &Kind::Text).label("say why"));
        }
    }
}
