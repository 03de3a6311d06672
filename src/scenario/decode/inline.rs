//! Data files taken into the document as values, each with its place in the file: traces, profiles, empirical laws.

use std::path::Path;
use std::str::FromStr;

use toml::value::Datetime;

use super::fit::unexpected;
use crate::scenario::document::{Document, Entry, Node, Reader, Table, Value};
use crate::scenario::fields::Kind;
use crate::scenario::issue::{Issue, Issues, Place, SourceId, Sources, nearest};

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

/// A cell as a value of the kind that its column holds.
type Cell = fn(&str) -> Value;

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
        let columns: &[(&str, bool, Cell)] = match self.section.as_str() {
            "convoy" => &[
                ("at", true, date),
                ("trucks", true, number),
                ("organisation", false, text),
                ("cargo", false, text),
                ("tonnes", false, number),
            ],
            "closure" => &[
                ("from", true, date),
                ("to", true, date),
                ("capacity", false, number),
                ("scope", false, stages),
            ],
            _ => &[("at", true, date), ("severity", false, text)],
        };
        let Some(rows) = self.rows(&file, columns) else {
            table.remove("file");
            table.put(entry("rows", &file.place, Value::Array(Vec::new())));
            return;
        };
        if let Some(mut old) = table.remove("file") {
            old.key = "rows".to_owned();
            old.node.value = Value::Array(rows);
            table.entries.push(old);
        }
    }

    /// `file` of a profile becomes a key for each day.
    fn profile(&mut self, profile: &mut Table, place: &Place) {
        let Some(file) = profile.get("file").cloned() else { return };
        profile.remove("file");
        let columns: &[(&str, bool, Cell)] = &[("day", true, text), ("hour", true, number), ("factor", true, number)];
        let Some(rows) = self.rows(&file, columns) else {
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

    /// `file` and `column` of an empirical law become `values`.
    fn empirical(&mut self, table: &mut Table, place: &Place) {
        let Some(file) = table.get("file").cloned() else { return };
        table.remove("file");
        let column = table.remove("column").map(|e| e.node);
        let unit = table.remove("unit").map(|e| e.node);
        let Some(name) = column.as_ref().and_then(Node::as_text).map(str::to_owned) else {
            let issue = Issue::error("an empirical law from a file needs `column`")
                .at(place)
                .note("the name of the column that holds the values");
            self.issues.push(issue);
            table.put(entry("values", &file.place, Value::Array(Vec::new())));
            return;
        };
        let Some(rows) = self.rows(&file, &[(&name, true, cell)]) else {
            table.put(entry("values", &file.place, Value::Array(Vec::new())));
            return;
        };
        let mut values: Vec<Node> = rows.into_iter().filter_map(|row| row.as_table()?.get(&name).cloned()).collect();
        if let Some(unit) = unit.as_ref().and_then(Node::as_text) {
            for value in &mut values {
                if let Some(x) = value.as_number() {
                    value.value = Value::Text(format!("{x}{unit}"));
                }
            }
        }
        table.put(entry("values", &file.place, Value::Array(values)));
    }

    /// The rows of a CSV file as tables; empty cells are left out.
    fn rows(&mut self, file: &Node, columns: &[(&str, bool, Cell)]) -> Option<Vec<Node>> {
        let Some(name) = file.as_text() else {
            self.issues.push(unexpected(file, &Kind::File));
            return None;
        };
        let path = self.document.beside(file.place.source, name);
        let text = match self.reader.read(&path) {
            Ok(text) => text,
            Err(error) => {
                let why = if error.kind() == std::io::ErrorKind::NotFound {
                    "no such file".to_owned()
                } else {
                    error.to_string()
                };
                self.issues
                    .push(Issue::error(format!("cannot read `{}`: {why}", path.display())).at(&file.place));
                return None;
            }
        };
        let id = self.add(&path, &text);
        let table = read_csv(&text, id, columns, self.issues);
        if table.is_none() {
            self.issues
                .push(Issue::error(format!("`{name}` cannot be used")).at(&file.place).label("named here"));
        }
        table
    }

    fn add(&mut self, path: &Path, text: &str) -> SourceId {
        let id = self.document.add(self.sources, path, text.to_owned());
        self.document.data.push(id);
        id
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

fn read_csv(text: &str, id: SourceId, columns: &[(&str, bool, Cell)], issues: &mut Issues) -> Option<Vec<Node>> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .comment(Some(b'#'))
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let start = Place {
        source: id,
        span: 0..text.lines().next().map_or(0, str::len),
    };
    let mut header: Option<Vec<Option<(String, Cell)>>> = None;
    let (mut rows, mut width, mut sound) = (Vec::new(), 0, true);
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                issues.push(Issue::error(format!("not a CSV file: {error}")).at(&start));
                return None;
            }
        }
        let offset = first_of_record(text, record.position().map_or(0, |p| p.byte() as usize));
        let places = cells(text, offset, id);
        let Some(header) = &header else {
            let named: Vec<Option<(String, Cell)>> = record
                .iter()
                .enumerate()
                .map(|(i, name)| {
                    let known = columns.iter().find(|(n, ..)| *n == name);
                    if known.is_none() && columns.len() > 1 {
                        sound = false;
                        let issue = Issue::error(format!("unknown column `{name}`")).at(places.get(i).unwrap_or(&start));
                        issues.push(match nearest(name, columns.iter().map(|(n, ..)| *n)) {
                            Some(near) => issue.label(format!("did you mean `{near}`?")),
                            None => issue,
                        });
                    }
                    known.map(|(n, _, cell)| ((*n).to_owned(), *cell))
                })
                .collect();
            for (name, ..) in columns.iter().filter(|(n, needed, _)| *needed && !record.iter().any(|c| c == *n)) {
                sound = false;
                issues.push(
                    Issue::error(format!("no column is called `{name}`"))
                        .at(&start)
                        .label("the first line names the columns"),
                );
            }
            width = record.len();
            header = Some(named);
            continue;
        };
        let line = whole_line(text, offset, id);
        if record.len() != width {
            issues.push(
                Issue::error(format!("expected {width} cells, found {}", record.len()))
                    .at(&line)
                    .label("one for each column of the first line"),
            );
            continue;
        }
        let mut table = Table::default();
        for (i, cell) in record.iter().enumerate() {
            if let (Some((name, read)), false) = (&header[i], cell.is_empty()) {
                let place = places.get(i).unwrap_or(&line).clone();
                table.put(Entry {
                    key: name.clone(),
                    key_place: place.clone(),
                    node: placed(read(cell), place),
                });
            }
        }
        rows.push(Node {
            value: Value::Table(table),
            place: line,
        });
    }
    if header.is_none() {
        issues.push(
            Issue::error("the file is empty")
                .at(&start)
                .label("expected a first line with the names of the columns"),
        );
        return None;
    }
    sound.then_some(rows)
}

/// Past empty lines and comments, which the position of a record includes.
fn first_of_record(text: &str, offset: usize) -> usize {
    let mut at = offset;
    for line in text[offset..].split_inclusive('\n') {
        if !line.trim().is_empty() && !line.starts_with('#') {
            break;
        }
        at += line.len();
    }
    at
}

fn whole_line(text: &str, offset: usize, id: SourceId) -> Place {
    let end = text[offset..].find('\n').map_or(text.len(), |i| offset + i);
    Place {
        source: id,
        span: offset..offset + text[offset..end].trim_end().len(),
    }
}

/// The places of the cells of a record that begins at `offset`.
fn cells(text: &str, offset: usize, id: SourceId) -> Vec<Place> {
    let mut places = Vec::new();
    let (mut from, mut quoted) = (offset, false);
    let bytes = text.as_bytes();
    let mut close = |from: usize, to: usize| {
        let cell = &text[from..to];
        let start = from + (cell.len() - cell.trim_start().len());
        places.push(Place {
            source: id,
            span: start..start.max(from + cell.trim_end().len()),
        });
    };
    let mut at = offset;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => quoted = !quoted,
            b',' if !quoted => {
                close(from, at);
                from = at + 1;
            }
            b'\n' if !quoted => break,
            _ => {}
        }
        at += 1;
    }
    close(from, at);
    places
}

/// A cell with its place, which its elements share.
fn placed(mut value: Value, place: Place) -> Node {
    if let Value::Array(items) = &mut value {
        items.iter_mut().for_each(|item| item.place = place.clone());
    }
    Node { value, place }
}

fn text(cell: &str) -> Value {
    Value::Text(cell.to_owned())
}

fn number(cell: &str) -> Value {
    match (cell.parse::<i64>(), cell.parse::<f64>()) {
        (Ok(n), _) => Value::Whole(n),
        (_, Ok(x)) => Value::Real(x),
        _ => text(cell),
    }
}

fn cell(cell: &str) -> Value {
    number(cell)
}

/// ISO dates; a minute without seconds is full.
fn date(cell: &str) -> Value {
    let full = if cell.len() == 16 { format!("{cell}:00") } else { cell.to_owned() };
    Datetime::from_str(&full)
        .ok()
        .filter(|d| d.date.is_some())
        .map_or_else(|| text(cell), Value::Date)
}

/// Stages joined by `+`.
fn stages(cell: &str) -> Value {
    let place = Place {
        source: SourceId(0),
        span: 0..0,
    };
    Value::Array(
        cell.split('+')
            .map(|name| Node {
                value: text(name.trim()),
                place: place.clone(),
            })
            .collect(),
    )
}
