//! The walk over the document by the field tables: unknown keys, missing keys, values that do not fit, names that do not exist.

use super::fit::{misfit, not_built, unexpected};
use super::laws::{self, LawBook};
use super::names::{Names, end};
use crate::scenario::document::{Entry, Node, Table, range_holds};
use crate::scenario::fields::{Field, Kind, Need, Of, Process, Section, article};
use crate::scenario::issue::{Issue, Issues, Place, nearest};
use crate::scenario::world::End;

/// Checks all that can be told value by value.
pub(super) struct Walk<'a> {
    pub names: &'a Names,
    pub issues: &'a mut Issues,
    /// The laws that were made on the way, so that none is made twice.
    pub made: &'a mut LawBook,
}

impl Walk<'_> {
    /// A table with rows.
    pub(super) fn section(&mut self, table: &Table, place: &Place, section: &Section, path: &str) {
        for entry in &table.entries {
            match section.kind_of(&entry.key) {
                Some(Kind::Later) => self.issues.push(not_built(&entry.key).at(&entry.key_place)),
                Some(kind) => self.value(&entry.node, kind, &join(path, &entry.key)),
                None => self.unknown_key(entry, section.what, section.keys()),
            }
        }
        self.missing(table, place, section.fields, section.what, path);
    }

    fn unknown_key<'k>(&mut self, entry: &Entry, what: &str, known: impl Iterator<Item = &'k str> + Clone) {
        let issue = Issue::error(format!("unknown key `{}` in {what}", entry.key)).at(&entry.key_place);
        self.issues.push(match nearest(&entry.key, known.clone()) {
            Some(near) => issue
                .label(format!("did you mean `{near}`?"))
                .fix(format!("write `{near}`"), &entry.key_place, near),
            None => issue.note(format!("known here: {}", known.collect::<Vec<_>>().join(", "))),
        });
    }

    fn missing(&mut self, table: &Table, place: &Place, fields: &[Field], what: &str, path: &str) {
        for field in fields.iter().filter(|f| matches!(f.need, Need::Required) && !table.has(f.key)) {
            // A misspelt key was told already, with the right one beside it.
            let misspelt = table
                .keys()
                .any(|k| !fields.iter().any(|f| f.key == k) && nearest(k, [field.key]).is_some());
            if misspelt {
                continue;
            }
            let issue = match (path, &field.kind) {
                ("", Kind::Named(..)) => Issue::error(format!("{what} needs at least one `[{}.NAME]`", field.key)),
                ("", _) => Issue::error(format!("{what} needs `[{}]`", field.key)),
                _ => Issue::error(format!("{what} needs `{}`", field.key)).label(format!("`{path}` has none")),
            };
            self.issues
                .push(issue.at(place).note(format!("`{}`: {}", field.key, expected_of(field))));
        }
    }

    /// A value of a kind, perhaps with evidence.
    pub(super) fn value(&mut self, node: &Node, kind: &Kind, path: &str) {
        if let Some(table) = node.as_table().filter(|t| t.is_evidence() && !has_no_evidence(kind)) {
            self.evidence(table, kind, path);
            return;
        }
        match kind {
            Kind::Table(section) => match node.as_table() {
                Some(table) => self.section(table, &node.place, section, path),
                None => self.issues.push(unexpected(node, kind)),
            },
            Kind::Process(process) => self.process(node, process, kind, path),
            Kind::Named(of, section) => self.named(node, kind, *of, path, |walk, node, path| {
                walk.value(node, &Kind::Table(section), path)
            }),
            Kind::NamedProcess(of, process) => self.named(node, kind, *of, path, |walk, node, path| {
                walk.process(node, process, &Kind::Process(process), path)
            }),
            Kind::Map(of, inner) => self.map(node, kind, *of, inner, path),
            Kind::Array(inner) => match node.as_array() {
                Some(items) => items
                    .iter()
                    .enumerate()
                    .for_each(|(i, item)| self.value(item, inner, &join(path, &(i + 1).to_string()))),
                None => self.issues.push(unexpected(node, kind)),
            },
            Kind::Either(kinds) => self.either(node, kinds, kind, path),
            Kind::Name(of) => self.name(node, *of, kind),
            Kind::Target => self.target(node),
            Kind::Law(unit) => {
                self.law_evidence(node, path);
                match laws::law(node, *unit) {
                    Ok(law) => self.made.keep(node, law),
                    Err(found) => found.into_iter().for_each(|issue| self.issues.push(issue)),
                }
            }
            Kind::Count => {
                self.law_evidence(node, path);
                if let Err(found) = laws::count(node) {
                    found.into_iter().for_each(|issue| self.issues.push(issue));
                }
                if let Some(rho) = laws::autocorrelation(node) {
                    self.value(rho, &Kind::Number(-0.999, 0.999), path);
                }
            }
            Kind::Mix(of) => self.mix(node, *of, kind, path),
            Kind::Settings | Kind::Later => {}
            plain => {
                if let Some(issue) = misfit(node, plain) {
                    self.issues.push(issue);
                }
            }
        }
    }

    fn process(&mut self, node: &Node, process: &Process, kind: &Kind, path: &str) {
        let Some(table) = node.as_table() else {
            self.issues.push(unexpected(node, kind));
            return;
        };
        let names = || process.cases.iter().map(|(name, _)| *name);
        let Some(tag) = table.get("process") else {
            let words = crate::scenario::issue::alternatives(names(), "or");
            self.issues.push(
                Issue::error(format!("{} needs `process`", process.what))
                    .at(&node.place)
                    .label(format!("`{path}` has none"))
                    .note(format!("`process` is {words}")),
            );
            return;
        };
        let Some(section) = tag.as_text().and_then(|name| process.case(name)) else {
            let words: Vec<&str> = names().collect();
            let found = tag.as_text().map_or_else(|| tag.described(), |t| format!("`{t}`"));
            let issue = Issue::error(format!(
                "expected {}, found {found}",
                crate::scenario::issue::alternatives(words.iter().copied(), "or")
            ))
            .at(&tag.place);
            self.issues.push(match tag.as_text().and_then(|t| nearest(t, words)) {
                Some(near) => {
                    issue
                        .label(format!("did you mean `{near}`?"))
                        .fix(format!("write `{near}`"), &tag.place, format!("\"{near}\""))
                }
                None => issue,
            });
            return;
        };
        let rest = Table {
            entries: table.entries.iter().filter(|e| e.key != "process").cloned().collect(),
        };
        self.section(&rest, &node.place, section, path);
    }

    fn named(&mut self, node: &Node, kind: &Kind, of: Of, path: &str, mut inner: impl FnMut(&mut Self, &Node, &str)) {
        let Some(table) = node.as_table() else {
            self.issues.push(unexpected(node, kind));
            return;
        };
        for entry in &table.entries {
            let path = join(path, &entry.key);
            if of == Of::Stage && End::ALL.iter().any(|e| e.name() == entry.key) {
                let issue = Issue::error(format!("a stage cannot be called `{}`", entry.key)).at(&entry.key_place);
                self.issues.push(
                    issue
                        .label("the name of an end")
                        .note("`next` and `to` could not tell the two apart"),
                );
            }
            if of == Of::Calendar && entry.key == "always" {
                self.issues.push(
                    Issue::error("a calendar cannot be called `always`")
                        .at(&entry.key_place)
                        .label("built in: open at all times"),
                );
            }
            if entry.node.as_table().is_none() {
                let what = of.word();
                let issue = Issue::error(format!(
                    "expected a table for {} {what}, found {}",
                    article(what),
                    entry.node.described()
                ));
                self.issues
                    .push(issue.at(&entry.node.place).label(format!("`{path}` is a name here")));
                continue;
            }
            inner(self, &entry.node, &path);
        }
    }

    fn map(&mut self, node: &Node, kind: &Kind, of: Of, inner: &Kind, path: &str) {
        let Some(table) = node.as_table() else {
            self.issues.push(unexpected(node, kind));
            return;
        };
        for entry in &table.entries {
            if !self.names.known(of).contains(&entry.key) {
                self.unknown_name(&entry.key, of, &entry.key_place, false);
            }
            self.value(&entry.node, inner, &join(path, &entry.key));
        }
    }

    /// No such name: the nearest, or all that there are.
    pub(super) fn unknown_name(&mut self, name: &str, of: Of, place: &Place, quoted: bool) {
        let word = of.word();
        let known = self.names.known(of);
        let issue = Issue::error(format!("no {word} is called `{name}`")).at(place);
        self.issues.push(match nearest(name, known.iter().map(String::as_str)) {
            Some(near) => {
                let text = if quoted { format!("\"{near}\"") } else { near.to_owned() };
                issue
                    .label(format!("did you mean `{near}`?"))
                    .fix(format!("write `{near}`"), place, text)
            }
            None if known.is_empty() => issue.note(format!("this scenario has no {word}")),
            None => issue.note(format!("there are: {}", known.join(", "))),
        });
    }

    fn name(&mut self, node: &Node, of: Of, kind: &Kind) {
        match node.as_text() {
            None => self.issues.push(unexpected(node, kind)),
            Some("always") if of == Of::Calendar => {}
            Some(name) if self.names.index(of, name).is_some() => {}
            Some(name) => self.unknown_name(name, of, &node.place, true),
        }
    }

    fn target(&mut self, node: &Node) {
        let Some(name) = node.as_text() else {
            self.issues.push(unexpected(node, &Kind::Target));
            return;
        };
        if self.names.stage(name).is_some() || end(name).is_some() {
            return;
        }
        let issue = Issue::error(format!("no stage or end is called `{name}`")).at(&node.place);
        let ends = ["delivered", "rejected", "returned"];
        let known = self
            .names
            .stages
            .iter()
            .map(String::as_str)
            .chain(End::ALL.iter().map(|e| e.name()));
        self.issues.push(match nearest(name, known) {
            Some(near) => issue
                .label(format!("did you mean `{near}`?"))
                .fix(format!("write `{near}`"), &node.place, format!("\"{near}\"")),
            None => issue.note(format!(
                "stages: {}; ends: {} and others",
                self.names.stages.join(", "),
                ends.join(", ")
            )),
        });
    }

    fn either(&mut self, node: &Node, kinds: &[Kind], whole: &Kind, path: &str) {
        let shaped: Vec<&Kind> = kinds.iter().filter(|kind| fits_shape(node, kind)).collect();
        match shaped.as_slice() {
            [] => self.issues.push(unexpected(node, whole)),
            [one] => self.value(node, one, path),
            several => {
                let mut first = None;
                for kind in several {
                    let mut found = Issues::default();
                    Walk {
                        names: self.names,
                        issues: &mut found,
                        made: self.made,
                    }
                    .value(node, kind, path);
                    if !found.has_errors() {
                        return;
                    }
                    first.get_or_insert(found);
                }
                first
                    .into_iter()
                    .flat_map(Issues::into_sorted)
                    .for_each(|issue| self.issues.push(issue));
            }
        }
    }

    /// `"food"`, `{ food = 0.7, medical = 0.3 }` or `{ cycle = ["food", "medical"] }`.
    fn mix(&mut self, node: &Node, of: Of, kind: &Kind, path: &str) {
        match node.as_table() {
            None => self.name(node, of, kind),
            Some(table) if table.has("cycle") => {
                for entry in &table.entries {
                    if entry.key == "cycle" {
                        match entry.node.as_array() {
                            Some(items) => items.iter().for_each(|item| self.name(item, of, &Kind::Name(of))),
                            None => self.issues.push(unexpected(&entry.node, kind)),
                        }
                        if entry.node.as_array().is_some_and(<[Node]>::is_empty) {
                            self.issues
                                .push(Issue::error("expected at least one name in the cycle, found none").at(&entry.node.place));
                        }
                    } else {
                        self.issues.push(
                            Issue::error(format!("unknown key `{}` beside `cycle`", entry.key))
                                .at(&entry.key_place)
                                .label("either shares or a cycle"),
                        );
                    }
                }
            }
            Some(_) => self.map(node, kind, of, &Kind::Share, path),
        }
    }

    fn evidence(&mut self, table: &Table, kind: &Kind, path: &str) {
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
                    let shown = crate::scenario::document::inline(value.bare());
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
    fn law_evidence(&mut self, node: &Node, path: &str) {
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
            items.iter().for_each(|item| self.inner_evidence(item, path));
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
                Some(false) => format!("the range does not hold the value {}", crate::scenario::document::inline(value)),
                None => format!(
                    "expected a range [least, greatest] of values such as {}",
                    crate::scenario::document::inline(value)
                ),
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
                        Some(near) => issue.label(format!("did you mean `{near}`?")).fix(
                            format!("write `{near}`"),
                            &source.place,
                            format!("\"{near}\""),
                        ),
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

/// Kinds whose tables are their own: `value` is a name there.
fn has_no_evidence(kind: &Kind) -> bool {
    matches!(kind, Kind::Named(..) | Kind::NamedProcess(..) | Kind::Map(..) | Kind::Settings)
}

/// Whether the value has the form of the kind, whatever it says.
fn fits_shape(node: &Node, kind: &Kind) -> bool {
    match kind {
        Kind::Whole(_) | Kind::Number(..) | Kind::Share => node.as_number().is_some(),
        Kind::Array(_) => node.as_array().is_some(),
        kind if kind.takes_table() => node.as_table().is_some(),
        _ => node.as_text().is_some(),
    }
}

fn join(path: &str, key: &str) -> String {
    let key = if key.contains('.') { format!("\"{key}\"") } else { key.to_owned() };
    if path.is_empty() { key } else { format!("{path}.{key}") }
}

fn expected_of(field: &Field) -> String {
    format!("{} ({})", field.kind.expected(), field.doc.trim_end_matches('.'))
}
