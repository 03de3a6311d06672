//! The forms in which tables leave the program and come back: CSV and Parquet, written row after row into files put in place whole.

mod csv;
#[cfg(feature = "parquet")]
mod parquet;

use std::path::{Path, PathBuf};

use super::aside::Written;
use super::failure::Failure;
use crate::table::{Column, Data, Frame, Table};

/// Which tables are written as CSV.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Csv {
    /// None.
    No,
    /// The small ones.
    Small,
    /// Every one.
    Every,
}

/// In which forms tables are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Formats {
    /// Every table as Parquet.
    pub parquet: bool,
    /// Tables as CSV.
    pub csv: Csv,
}

impl Default for Formats {
    /// Every table as Parquet and the small ones as CSV; built without Parquet, every table as CSV.
    fn default() -> Formats {
        let parquet = cfg!(feature = "parquet");
        Formats {
            parquet,
            csv: if parquet { Csv::Small } else { Csv::Every },
        }
    }
}

impl Formats {
    /// As `--format` has it; none: the default.
    pub(crate) fn words(self) -> Option<String> {
        let csv = (self.csv == Csv::Every).then_some("csv");
        let parquet = self.parquet.then_some("parquet");
        let words: Vec<&str> = parquet.into_iter().chain(csv).collect();
        (self != Formats::default()).then(|| words.join(","))
    }

    /// Reads what `--format` was given: `csv`, `parquet`, or both with a comma. The error is a message.
    pub fn parse(text: &str) -> Result<Formats, String> {
        let mut formats = Formats {
            parquet: false,
            csv: Csv::No,
        };
        for word in text.split(',').map(str::trim) {
            match word {
                "csv" => formats.csv = Csv::Every,
                "parquet" if cfg!(feature = "parquet") => formats.parquet = true,
                "parquet" => return Err("this program was built without Parquet; use `csv`".to_owned()),
                _ => return Err(format!("expected `parquet`, `csv` or `parquet,csv`, found `{word}`")),
            }
        }
        Ok(formats)
    }
}

/// What a table's file says about where it comes from, where the form allows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Provenance {
    /// Key and value, e.g. `rafah.seed` and `1`.
    #[cfg_attr(not(feature = "parquet"), allow(dead_code, reason = "a CSV file has no place for it"))]
    pub(crate) entries: Vec<(String, String)>,
}

/// Takes a table's rows in order and makes a file of them.
pub(crate) trait TableWriter {
    /// Adds rows.
    fn append(&mut self, frame: &Frame) -> Result<(), Failure>;
    /// Puts the file in its place.
    fn finish(self: Box<Self>) -> Result<Written, Failure>;
}

/// Writers of a table into `folder`, one a form.
pub(crate) fn writers(
    folder: &Path,
    table: &Table,
    formats: Formats,
    provenance: &Provenance,
) -> Result<Vec<Box<dyn TableWriter>>, Failure> {
    let mut writers: Vec<Box<dyn TableWriter>> = Vec::new();
    #[cfg(feature = "parquet")]
    if formats.parquet {
        writers.push(Box::new(parquet::Writer::create(
            &folder.join(format!("{}.parquet", table.name)),
            table,
            provenance,
        )?));
    }
    #[cfg(not(feature = "parquet"))]
    let _ = provenance;
    if formats.csv == Csv::Every || (formats.csv == Csv::Small && table.small) {
        writers.push(Box::new(csv::Writer::create(&folder.join(format!("{}.csv", table.name)), table)?));
    }
    Ok(writers)
}

/// A table with its rows as the text of a CSV file, as the tables of results are written.
pub fn csv(table: &Table, frame: &Frame) -> Vec<u8> {
    self::csv::text(table, frame)
}

/// The files that hold a table, best first.
pub(crate) fn files(folder: &Path, table: &str) -> Vec<PathBuf> {
    let extensions: &[&str] = if cfg!(feature = "parquet") { &["parquet", "csv"] } else { &["csv"] };
    extensions
        .iter()
        .map(|e| folder.join(format!("{table}.{e}")))
        .filter(|p| p.is_file())
        .collect()
}

/// Reads the named columns of a table's file.
pub(crate) fn read(path: &Path, columns: &[&Column]) -> Result<Frame, Failure> {
    #[cfg(feature = "parquet")]
    if path.extension().is_some_and(|e| e == "parquet") {
        return parquet::read(path, columns);
    }
    csv::read(path, columns)
}

/// Words of a text column as they come, each kept once.
#[derive(Default)]
struct Words {
    codes: Vec<u32>,
    known: std::collections::BTreeMap<String, u32>,
    list: Vec<String>,
}

impl Words {
    fn push(&mut self, word: &str) {
        let code = self.known.get(word).copied().unwrap_or_else(|| {
            let code = self.list.len() as u32;
            self.known.insert(word.to_owned(), code);
            self.list.push(word.to_owned());
            code
        });
        self.codes.push(code);
    }

    fn push_empty(&mut self) {
        self.codes.push(u32::MAX);
    }

    fn into_data(self) -> Data {
        Data::Text {
            codes: self.codes,
            words: self.list,
        }
    }
}

#[cfg(test)]
mod tests;
