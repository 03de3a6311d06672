//! The walk over the document by the field tables: unknown keys, missing keys, values that do not fit, names that do not exist.

mod named;

use super::fit::{misfit, unexpected};
use super::laws::{self, LawBook};
use super::names::Names;
use crate::calendar::DAY_NAMES;
use crate::scenario::document::{Entry, Node, Table};
use crate::scenario::fields::{Field, Kind, Need, Of, Process, ROOT, Rest, Section, article};
use crate::scenario::issue::{Issue, Issues, Place, SourceId, alternatives, did_you_mean, nearest};

/// Checks all that can be told value by value.
pub(super) struct Walk<'a> {
    pub names: &'a Names,
    pub issues: &'a mut Issues,
    /// The texts that are data files.
    pub data: &'a [SourceId],
    /// The laws that were made on the way, so that none is made twice.
    pub made: &'a mut LawBook,
}

impl Walk<'_> {
    /// A table with rows.
    pub(super) fn section(&mut self, table: &Table, place: &Place, section: &Section, path: &str) {
        for entry in &table.entries {
            match section.kind_of(&entry.key) {
                Some(kind) => self.value(&entry.node, kind, &join(path, &entry.key)),
                None => self.unknown_key(entry, section),
            }
        }
        self.missing(table, place, section.fields, section.what, path);
    }

    /// What the top level must hold beside its required sections: a way for the trucks, with names that tell its steps apart.
    pub(super) fn steps(&mut self, root: &Table, place: &Place) {
        let names_in = |section: &str| root.get(section).and_then(Node::as_table);
        let (stages, escorts) = (names_in("stage"), names_in("escort"));
        let given = |table: Option<&Table>| table.is_some_and(|t| !t.entries.is_empty());
        let misspelt = root
            .keys()
            .any(|k| ROOT.field(k).is_none() && nearest(k, ["stage", "escort"]).is_some());
        let no_tables = ["stage", "escort"]
            .iter()
            .any(|key| root.get(key).is_some_and(|n| n.as_table().is_none()));
        if !given(stages) && !given(escorts) && !misspelt && !no_tables {
            let issue = Issue::error("a scenario needs at least one `[stage.NAME]` or `[escort.NAME]`").at(place);
            self.issues
                .push(issue.note("`stage`: a step of the way; `escort`: one on which trucks go together"));
        }
        for (section, others) in [("escort", &["stage"][..]), ("hub", &["stage", "escort"])] {
            for e in names_in(section).into_iter().flat_map(|t| &t.entries) {
                let Some(other) = others.iter().find(|other| names_in(other).is_some_and(|t| t.has(&e.key))) else {
                    continue;
                };
                let issue = Issue::error(format!("{} {other} is called `{}` too", article(other), e.key)).at(&e.key_place);
                self.issues.push(
                    issue
                        .label("stages, escorts and hubs need names of their own")
                        .note("results list where trucks are by these names"),
                );
            }
        }
    }

    fn unknown_key(&mut self, entry: &Entry, section: &Section) {
        let issue = Issue::error(format!("unknown key `{}` in {}", entry.key, section.what)).at(&entry.key_place);
        self.issues.push(match (nearest(&entry.key, section.keys()), section.rest) {
            (Some(near), _) => did_you_mean(issue, near, &entry.key_place, false),
            (None, Rest::Days(_)) => issue.note(format!(
                "days are {}, and ranges of them such as sun-thu; other keys: {}",
                DAY_NAMES.join(", "),
                section.keys().collect::<Vec<_>>().join(", ")
            )),
            (None, _) => issue.note(format!("known here: {}", section.keys().collect::<Vec<_>>().join(", "))),
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
                ("", Kind::Table(..)) => Issue::error(format!("{what} needs `[{}]`", field.key)),
                ("", _) => Issue::error(format!("{what} needs `{}`", field.key)),
                _ if self.data.contains(&place.source) => {
                    Issue::error(format!("the cell in column `{}` is empty", field.key)).label(format!("no `{}` here", field.key))
                }
                _ => Issue::error(format!("`{path}` needs `{}`", field.key)).label(format!("no `{}` here", field.key)),
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
                walk.value(node, &Kind::Table(section), path);
            }),
            Kind::NamedProcess(of, process) => self.named(node, kind, *of, path, |walk, node, path| {
                walk.process(node, process, &Kind::Process(process), path);
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
                    Err(found) => self.issues.extend(found),
                }
            }
            Kind::Count => {
                self.law_evidence(node, path);
                if let Err(found) = laws::count(node) {
                    self.issues.extend(found);
                }
                if let Some(rho) = laws::autocorrelation(node) {
                    self.value(rho, &Kind::Number(-0.999, 0.999), path);
                }
            }
            Kind::Mix(of) => self.mix(node, *of, kind, path),
            Kind::Moment => self.moment(node, kind, path),
            // A value in the unit of a parameter is checked once it is known which one is meant.
            Kind::InUnitOf(_) | Kind::Settings | Kind::Open => {}
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
            let words = alternatives(names(), "or");
            self.issues.push(
                Issue::error(format!("`{path}` needs `process`"))
                    .at(&node.place)
                    .label("no `process` here")
                    .note(format!("`process` is {words}")),
            );
            return;
        };
        let Some(section) = tag.as_text().and_then(|name| process.case(name)) else {
            let words: Vec<&str> = names().collect();
            let found = tag.as_text().map_or_else(|| tag.described(), |t| format!("`{t}`"));
            let issue = Issue::error(format!("expected {}, found {found}", alternatives(words.iter().copied(), "or"))).at(&tag.place);
            self.issues.push(match tag.as_text().and_then(|t| nearest(t, words)) {
                Some(near) => did_you_mean(issue, near, &tag.place, true),
                None => issue,
            });
            return;
        };
        let rest = Table {
            entries: table.entries.iter().filter(|e| e.key != "process").cloned().collect(),
        };
        self.section(&rest, &node.place, section, path);
    }

    fn either(&mut self, node: &Node, kinds: &[Kind], whole: &Kind, path: &str) {
        // A number in quotes where a number or a word may stand.
        let number = kinds.iter().find(|k| matches!(k, Kind::Whole(_)));
        if let (Some(number), Some(text)) = (number, node.as_text()) {
            let words = kinds.iter().flat_map(|k| if let Kind::Word(words, _) = k { *words } else { &[] });
            if !words.clone().any(|w| *w == text) {
                let kind = if text.trim().parse::<f64>().is_ok() { number } else { whole };
                let issue = unexpected(node, kind);
                self.issues.push(match nearest(text, words.copied()) {
                    Some(near) => did_you_mean(issue, near, &node.place, true),
                    None => issue,
                });
            }
            return;
        }
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
                        data: self.data,
                        issues: &mut found,
                        made: self.made,
                    }
                    .value(node, kind, path);
                    if !found.has_errors() {
                        return;
                    }
                    first.get_or_insert(found);
                }
                self.issues.extend(first.map(Issues::into_sorted).unwrap_or_default());
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
}

/// Kinds whose tables are their own: `value` is a name there.
fn has_no_evidence(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Named(..) | Kind::NamedProcess(..) | Kind::Map(..) | Kind::Settings | Kind::Open | Kind::InUnitOf(_)
    )
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
    let doc = field.doc.trim_end_matches('.');
    match field.kind {
        Kind::Table(_) | Kind::Named(..) | Kind::NamedProcess(..) | Kind::Process(_) => doc.to_owned(),
        _ => format!("{} ({doc})", field.kind.expected()),
    }
}
