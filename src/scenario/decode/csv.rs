//! CSV files as tables of values, each with its place in the file.

use std::str::FromStr;

use toml::value::Datetime;

use crate::scenario::document::{Entry, Node, Table, Value};
use crate::scenario::issue::{Issue, Issues, Place, SourceId, nearest};

/// A cell as a value of the kind that its column holds.
pub(super) type Cell = fn(&str) -> Value;

/// The rows as tables, each cell with its place; none: the file cannot be used, which was told.
pub(super) fn read_csv(text: &str, id: SourceId, columns: &[(&str, bool, Cell)], issues: &mut Issues) -> Option<Vec<Node>> {
    let mut reader = ::csv::ReaderBuilder::new()
        .flexible(true)
        .trim(::csv::Trim::All)
        .comment(Some(b'#'))
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut record = ::csv::StringRecord::new();
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
