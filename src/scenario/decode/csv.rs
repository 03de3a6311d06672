//! CSV files as tables of values, each with its place in the file.

use std::str::FromStr;

use toml::value::Datetime;

use crate::scenario::document::{Entry, Node, Table, Value};
use crate::scenario::issue::{Issue, Issues, Place, SourceId, nearest};

/// A cell as a value of the kind that its column holds.
pub(super) type Cell = fn(&str) -> Value;

/// A column that a data file may have.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
    /// Its name, as the first line gives it.
    pub name: &'a str,
    /// Whether it must be there.
    pub needed: bool,
    /// How its cells are read.
    pub read: Cell,
    /// What it means.
    pub doc: &'a str,
}

/// The rows as tables, each cell with its place; none: the file cannot be used, which was told.
pub(super) fn read_csv(text: &str, id: SourceId, columns: &[Wanted], issues: &mut Issues) -> Option<Vec<Node>> {
    let start = Place {
        source: id,
        span: first_of_record(text, 0)..first_of_record(text, 0) + line_at(text, first_of_record(text, 0)).len(),
    };
    if let Some(at) = unclosed_quote(text) {
        let place = Place {
            source: id,
            span: at..at + 1,
        };
        let issue = Issue::error("this quote is never closed").at(&place).label("opened here");
        issues.push(issue.note("a quote inside a cell in quotes is written twice"));
        return None;
    }
    let mut reader = ::csv::ReaderBuilder::new()
        .flexible(true)
        .trim(::csv::Trim::All)
        .comment(Some(b'#'))
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut record = ::csv::StringRecord::new();
    let mut header: Option<Vec<Option<(String, Cell)>>> = None;
    let (mut rows, mut width) = (Vec::new(), 0);
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
            width = record.len();
            header = Some(read_header(&record, &places, &start, columns, issues)?);
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
        // A row is where its first missing cell is, so that what it lacks is told there.
        let empty = (0..width).find(|&i| {
            let needed = |(name, _): &(String, Cell)| columns.iter().any(|c| c.needed && c.name == name);
            header[i].as_ref().is_some_and(needed) && record.get(i).is_none_or(str::is_empty)
        });
        rows.push(Node {
            value: Value::Table(table),
            place: empty.and_then(|i| places.get(i).cloned()).unwrap_or(line),
        });
    }
    if header.is_none() {
        issues.push(
            Issue::error("the file is empty")
                .at(&start)
                .label("expected a first line with the names of the columns")
                .note(meanings(columns.iter())),
        );
        return None;
    }
    if rows.is_empty() {
        issues.push(Issue::warning("the file names its columns and has no rows").at(&start));
    }
    Some(rows)
}

/// The columns by place, each with its reader; none: one that is needed is missing, which was told.
fn read_header(
    record: &::csv::StringRecord,
    places: &[Place],
    start: &Place,
    columns: &[Wanted],
    issues: &mut Issues,
) -> Option<Vec<Option<(String, Cell)>>> {
    let only = record.get(0).filter(|_| record.len() == 1);
    for (mark, word) in [(';', "semicolons"), ('\t', "tabulators")] {
        if let Some(line) = only.filter(|line| line.split(mark).filter(|n| columns.iter().any(|c| c.name == n.trim())).count() > 1) {
            let issue = Issue::error(format!("the separator is a comma, found {word}")).at(start);
            issues.push(issue.label(format!("write {}", line.replace(mark, ","))));
            return None;
        }
    }
    let missing: Vec<&Wanted> = columns.iter().filter(|c| c.needed && !record.iter().any(|n| n == c.name)).collect();
    let mut explained = Vec::new();
    let mut header = Vec::new();
    for (i, name) in record.iter().enumerate() {
        let known = columns.iter().find(|c| c.name == name);
        // A file that gives one column to a law may hold any others.
        if known.is_none() && columns.len() > 1 {
            let issue = Issue::error(format!("unknown column `{name}`")).at(places.get(i).unwrap_or(start));
            let absent = columns.iter().filter(|c| !record.iter().any(|n| n == c.name)).map(|c| c.name);
            issues.push(match nearest(name, absent) {
                Some(near) => {
                    explained.push(near);
                    issue.label(format!("did you mean `{near}`?"))
                }
                None => issue.note(format!(
                    "columns: {}",
                    columns.iter().map(|c| c.name).collect::<Vec<_>>().join(", ")
                )),
            });
        }
        header.push(known.map(|c| (c.name.to_owned(), c.read)));
    }
    let untold: Vec<&Wanted> = missing.iter().copied().filter(|c| !explained.contains(&c.name)).collect();
    if !untold.is_empty() {
        let names: Vec<String> = untold.iter().map(|c| format!("`{}`", c.name)).collect();
        let columns = if untold.len() == 1 {
            "no column is called"
        } else {
            "no columns are called"
        };
        issues.push(
            Issue::error(format!("{columns} {}", names.join(", ")))
                .at(start)
                .label("the first line names the columns")
                .note(meanings(untold.into_iter())),
        );
    }
    missing.is_empty().then_some(header)
}

fn meanings<'a>(columns: impl Iterator<Item = &'a Wanted<'a>>) -> String {
    let told: Vec<String> = columns
        .filter(|c| !c.doc.is_empty())
        .map(|c| format!("`{}`: {}", c.name, c.doc))
        .collect();
    told.join("; ")
}

/// Where a quote opens that the rest of the text does not close.
fn unclosed_quote(text: &str) -> Option<usize> {
    let mut open = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if open.is_some() || !line.starts_with('#') {
            for (i, _) in line.match_indices('"') {
                open = if open.is_some() { None } else { Some(at + i) };
            }
        }
        at += line.len();
    }
    open
}

fn line_at(text: &str, at: usize) -> &str {
    text[at..].lines().next().unwrap_or("")
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
        for item in items {
            item.place = place.clone();
        }
    }
    Node { value, place }
}

pub(super) fn text(cell: &str) -> Value {
    Value::Text(cell.to_owned())
}

pub(super) fn number(cell: &str) -> Value {
    match (cell.parse::<i64>(), cell.parse::<f64>()) {
        (Ok(n), _) => Value::Whole(n),
        (_, Ok(x)) => Value::Real(x),
        _ => text(cell),
    }
}

/// ISO dates; a minute without seconds is full.
pub(super) fn date(cell: &str) -> Value {
    let full = if cell.len() == 16 { format!("{cell}:00") } else { cell.to_owned() };
    Datetime::from_str(&full)
        .ok()
        .filter(|d| d.date.is_some())
        .map_or_else(|| text(cell), Value::Date)
}

/// Stages joined by `+`.
pub(super) fn stages(cell: &str) -> Value {
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
