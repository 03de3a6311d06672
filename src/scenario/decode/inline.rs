//! Data files taken into the document as values, each with its place in the file: traces, profiles, empirical laws.

use std::path::Path;

use super::csv::{Cell, Wanted, date, number, read_csv, stages, text};
use super::fit::unexpected;
use crate::scenario::document::{Document, Entry, NOT_UTF8, Node, Reader, Table, Value};
use crate::scenario::fields::Kind;
use crate::scenario::issue::{Issue, Issues, Place, SourceId, Sources};

/// Takes in every data file that the document names.
pub(super) fn inline(document: &mut Document, sources: &mut Sources, reader: &dyn Reader, issues: &mut Issues) {
    let mut root = std::mem::take(&mut document.root);
    let mut inliner = Inliner {
        document,
        sources,
        reader,
        issues,
        section: String::new(),
    };
    for entry in &mut root.entries {
        inliner.section.clone_from(&entry.key);
        inliner.node(&mut entry.node);
    }
    document.root = root;
}

struct Inliner<'a> {
    document: &'a mut Document,
    sources: &'a mut Sources,
    reader: &'a dyn Reader,
    issues: &'a mut Issues,
    /// The top-level section under way.
    section: String,
}

impl Inliner<'_> {
    fn table(&mut self, table: &mut Table) {
        for entry in &mut table.entries {
            self.node(&mut entry.node);
        }
        if let Some(profile) = table.get_mut("profile") {
            let place = profile.place.clone();
            if let Value::Table(profile) = &mut profile.value {
                self.profile(profile, &place);
            }
        }
    }

    fn node(&mut self, node: &mut Node) {
        match &mut node.value {
            Value::Array(items) => items.iter_mut().for_each(|item| self.node(item)),
            Value::Table(table) => {
                self.table(table);
                let is = |key: &str, word: &str| table.get(key).and_then(Node::as_text) == Some(word);
                if is("process", "trace") {
                    self.trace(table, &node.place);
                } else if is("dist", "empirical") {
                    self.empirical(table, &node.place);
                }
            }
            _ => {}
        }
    }

    /// `file` of a trace becomes `rows`.
    fn trace(&mut self, table: &mut Table, place: &Place) {
        match (table.has("file"), table.has("rows")) {
            (true, true) => {
                self.issues.push(Issue::error("expected `file` or `rows`, found both").at(place));
                return;
            }
            (false, false) => {
                self.issues.push(
                    Issue::error("a trace needs `file` or `rows`")
                        .at(place)
                        .note("`file`: a CSV file; `rows`: an array of tables with the same keys"),
                );
                return;
            }
            (false, true) => return,
            (true, false) => {}
        }
        let Some(file) = table.get("file").cloned() else { return };
        let columns = columns_of(&self.section);
        let Some(rows) = self.rows(&file, &columns) else {
            table.remove("file");
            table.put(entry("rows", &file.place, Value::Array(Vec::new())));
            return;
        };
        if let Some(mut old) = table.remove("file") {
            "rows".clone_into(&mut old.key);
            old.node.value = Value::Array(rows);
            table.entries.push(old);
        }
    }

    /// `file` of a profile becomes a key for each day.
    fn profile(&mut self, profile: &mut Table, place: &Place) {
        let Some(file) = profile.get("file").cloned() else { return };
        profile.remove("file");
        let columns = [
            wanted("day", true, text, "a day of the week or a range of them, such as sun-thu"),
            wanted("hour", true, number, "the hour, 0 to 23"),
            wanted("factor", true, number, "the factor of its rate"),
        ];
        let Some(rows) = self.rows(&file, &columns) else {
            let zeros = (0..24)
                .map(|_| Node {
                    value: Value::Whole(0),
                    place: place.clone(),
                })
                .collect();
            profile.put(entry("hours", &file.place, Value::Array(zeros)));
            return;
        };
        let mut days: Vec<(usize, Vec<Option<Node>>)> = Vec::new();
        for row in &rows {
            let Some(row) = row.as_table() else { continue };
            let (Some(day), Some(hour), Some(factor)) = (row.get("day"), row.get("hour"), row.get("factor")) else {
                continue;
            };
            let named = match crate::calendar::parse_days(day.as_text().unwrap_or("")) {
                Ok(named) => named,
                Err(why) => {
                    self.issues.push(Issue::error(why).at(&day.place));
                    continue;
                }
            };
            let Some(slot) = hour.as_number().filter(|h| (0.0..24.0).contains(h) && h.fract() == 0.0) else {
                self.issues
                    .push(Issue::error(format!("expected an hour from 0 to 23, found {}", hour.described())).at(&hour.place));
                continue;
            };
            for d in named {
                if !days.iter().any(|(day, _)| *day == d) {
                    days.push((d, vec![None; 24]));
                }
                if let Some((_, hours)) = days.iter_mut().find(|(day, _)| *day == d) {
                    hours[slot as usize] = Some(factor.clone());
                }
            }
        }
        days.sort_by_key(|(day, _)| *day);
        for (day, hours) in days {
            let zero = || Node {
                value: Value::Whole(0),
                place: file.place.clone(),
            };
            let hours = hours.into_iter().map(|h| h.unwrap_or_else(zero)).collect();
            profile.put(entry(crate::calendar::DAY_NAMES[day], &file.place, Value::Array(hours)));
        }
    }

    /// `file` and `column` of an empirical law become `values`; `file` stays where that fails.
    fn empirical(&mut self, table: &mut Table, place: &Place) {
        let Some(file) = table.get("file").cloned() else { return };
        let Some(name) = table.get("column").and_then(Node::as_text).map(str::to_owned) else {
            let issue = Issue::error("an empirical law from a file needs `column`").at(place);
            self.issues
                .push(issue.label("no `column` here").note("the name of the column that holds the values"));
            return;
        };
        let unit = table.get("unit").and_then(Node::as_text).map(str::to_owned);
        let Some(rows) = self.rows(&file, &[wanted(&name, true, number, "the values of the law")]) else {
            return;
        };
        let mut values: Vec<Node> = rows.into_iter().filter_map(|row| row.as_table()?.get(&name).cloned()).collect();
        if let Some(unit) = unit {
            for value in &mut values {
                if let Some(x) = value.as_number() {
                    value.value = Value::Text(format!("{x}{unit}"));
                }
            }
        }
        for key in ["file", "column", "unit"] {
            table.remove(key);
        }
        table.put(entry("values", &file.place, Value::Array(values)));
    }

    /// The rows of a CSV file as tables; empty cells are left out.
    fn rows(&mut self, file: &Node, columns: &[Wanted]) -> Option<Vec<Node>> {
        let Some(name) = file.as_text() else {
            self.issues.push(unexpected(file, &Kind::File));
            return None;
        };
        let path = self.document.beside(file.place.source, name);
        let text = match self.reader.read(&path) {
            Ok(text) => text,
            Err(error) => {
                let why = match error.kind() {
                    std::io::ErrorKind::NotFound => "no such file".to_owned(),
                    std::io::ErrorKind::InvalidData => NOT_UTF8.to_owned(),
                    _ => error.to_string(),
                };
                self.issues
                    .push(Issue::error(format!("cannot read `{}`: {why}", path.display())).at(&file.place));
                return None;
            }
        };
        let id = self.add(&path, &text);
        read_csv(&text, id, columns, self.issues)
    }

    fn add(&mut self, path: &Path, text: &str) -> SourceId {
        let id = self.document.add(self.sources, path, text.to_owned());
        self.document.data.push(id);
        id
    }
}

fn wanted<'a>(name: &'a str, needed: bool, read: Cell, doc: &'a str) -> Wanted<'a> {
    Wanted { name, needed, read, doc }
}

/// The columns of a trace in a section.
fn columns_of(section: &str) -> Vec<Wanted<'static>> {
    match section {
        "travellers" => vec![
            wanted("at", true, date, "when they come, such as 2026-07-01 08:00"),
            wanted("people", true, number, "number of people"),
        ],
        "hub" => vec![
            wanted("at", true, date, "when they come, such as 2026-07-01 08:00"),
            wanted("trucks", true, number, "number of truckloads"),
            wanted("organisation", false, text, "organisation of its loads"),
            wanted("cargo", false, text, "cargo of its loads"),
            wanted("tonnes", false, number, "tonnes of all loads together"),
        ],
        "convoy" => vec![
            wanted("at", true, date, "when it comes, such as 2026-07-01 08:00"),
            wanted("trucks", true, number, "number of trucks"),
            wanted("organisation", false, text, "organisation of its trucks"),
            wanted("cargo", false, text, "cargo of its trucks"),
            wanted("tonnes", false, number, "tonnes of the whole convoy"),
        ],
        "closure" => vec![
            wanted("from", true, date, "its first instant, such as 2026-07-01 08:00"),
            wanted("to", true, date, "the first instant after it"),
            wanted("capacity", false, number, "the share of the lanes left"),
            wanted("scope", false, stages, "the stages it closes, joined by +"),
        ],
        _ => vec![
            wanted("at", true, date, "when it happens, such as 2026-07-01 08:00"),
            wanted("severity", false, text, "how grave it is"),
        ],
    }
}

fn entry(key: &str, place: &Place, value: Value) -> Entry {
    Entry {
        key: key.to_owned(),
        key_place: place.clone(),
        node: Node {
            value,
            place: place.clone(),
        },
    }
}
