//! Tables as CSV: a line of names, then a line a row; nothing where nothing is, the shortest digits that give the number back.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::{TableWriter, Words};
use crate::experiment::aside::{Aside, Written};
use crate::experiment::failure::Failure;
use crate::table::{Column, Data, Frame, Table};

/// A CSV file under way.
pub(crate) struct Writer {
    path: PathBuf,
    csv: csv::Writer<Aside>,
    /// The digits of one number, used again.
    digits: Vec<u8>,
}

impl Writer {
    /// Begins the file with the names of the columns.
    pub(crate) fn create(path: &Path, table: &Table) -> Result<Writer, Failure> {
        let mut csv = csv::Writer::from_writer(Aside::create(path)?);
        csv.write_record(table.columns.iter().map(|c| c.name.as_bytes()))
            .map_err(|e| Failure::io(path)(e.into()))?;
        Ok(Writer {
            path: path.to_owned(),
            csv,
            digits: Vec::new(),
        })
    }
}

/// Writes a row; `digits` are those of one number, used again.
fn write_row<W: io::Write>(csv: &mut csv::Writer<W>, digits: &mut Vec<u8>, frame: &Frame, i: usize) -> csv::Result<()> {
    for column in &frame.columns {
        digits.clear();
        match column {
            Data::Text { codes, words } if codes[i] != u32::MAX => {
                csv.write_field(&words[codes[i] as usize])?;
                continue;
            }
            Data::Whole(values) if values[i] != i64::MIN => write!(digits, "{}", values[i])?,
            Data::Real(values) if !values[i].is_nan() => write!(digits, "{}", values[i])?,
            _ => {}
        }
        csv.write_field(&*digits)?;
    }
    csv.write_record(None::<&[u8]>)
}

/// A table with its rows as the text of a CSV file.
pub(crate) fn text(table: &Table, frame: &Frame) -> Vec<u8> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    let names = csv.write_record(table.columns.iter().map(|c| c.name.as_bytes()));
    let mut digits = Vec::new();
    let written = names.and_then(|()| (0..frame.len()).try_for_each(|i| write_row(&mut csv, &mut digits, frame, i)));
    debug_assert!(written.is_ok(), "memory takes every row of as many fields");
    csv.into_inner().unwrap_or_default()
}

impl TableWriter for Writer {
    fn append(&mut self, frame: &Frame) -> Result<(), Failure> {
        (0..frame.len())
            .try_for_each(|i| write_row(&mut self.csv, &mut self.digits, frame, i))
            .map_err(|e| Failure::io(&self.path)(e.into()))
    }

    fn finish(self: Box<Self>) -> Result<Written, Failure> {
        let path = self.path;
        self.csv.into_inner().map_err(|e| Failure::io(&path)(e.into_error()))?.finish()
    }
}

/// Reads the named columns.
pub(crate) fn read(path: &Path, columns: &[&Column]) -> Result<Frame, Failure> {
    let refused = |e: csv::Error| match e.kind() {
        csv::ErrorKind::Io(_) => Failure::io(path)(e.into()),
        _ => Failure::damaged(path, e.to_string()),
    };
    let mut csv = csv::Reader::from_path(path).map_err(refused)?;
    let names = csv.headers().map_err(refused)?.clone();
    let mut places = Vec::new();
    for column in columns {
        let place = names.iter().position(|n| n == column.name);
        places.push(place.ok_or_else(|| Failure::damaged(path, format!("no column `{}`", column.name)))?);
    }
    let mut frame = Frame {
        columns: columns.iter().map(|c| Data::new(c.kind)).collect(),
    };
    let mut words: Vec<Words> = columns.iter().map(|_| Words::default()).collect();
    let mut record = csv::StringRecord::new();
    // Lines are counted here, from 1 with that of the names: the reader's own count may be of the line before.
    let mut line = 2;
    while csv.read_record(&mut record).map_err(refused)? {
        for ((&place, data), words) in places.iter().zip(&mut frame.columns).zip(&mut words) {
            let field = &record[place];
            let read = match data {
                Data::Whole(values) if field.is_empty() => {
                    values.push(i64::MIN);
                    true
                }
                Data::Whole(values) => field.parse().map(|v| values.push(v)).is_ok(),
                Data::Real(values) if field.is_empty() => {
                    values.push(f64::NAN);
                    true
                }
                Data::Real(values) => field.parse().map(|v| values.push(v)).is_ok(),
                Data::Text { .. } if field.is_empty() => {
                    words.push_empty();
                    true
                }
                Data::Text { .. } => {
                    words.push(field);
                    true
                }
            };
            if !read {
                return Err(Failure::damaged(
                    path,
                    format!("line {line}: expected a number in `{}`, found `{field}`", &names[place]),
                ));
            }
        }
        line += 1 + record.iter().flat_map(str::bytes).filter(|b| *b == b'\n').count();
    }
    for (data, words) in frame.columns.iter_mut().zip(words) {
        if let Data::Text { .. } = data {
            *data = words.into_data();
        }
    }
    Ok(frame)
}
