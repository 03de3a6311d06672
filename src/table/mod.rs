//! One description of every table: its columns, their units and meaning, and the rows that fill them.
//!
//! A [`Table`] says what a table is, a [`Frame`] holds rows of it column by column. Whoever writes a file (CSV, Parquet, the data
//! package) reads both and needs to know nothing else; [`catalogue`] is the one place where the columns are named.

pub mod catalogue;
mod frame;

pub use frame::{Data, Frame, Row};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Whole numbers.
    Whole,
    /// Real numbers.
    Real,
    /// Words.
    Text,
}

/// A column: its name, what it holds, in which unit, and what that means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name, in snake case, the unit last.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// The unit: `trucks`, `t`, `h`, `min`, `share` … ; empty where there is none.
    pub unit: String,
    /// What it means, in one line.
    pub doc: String,
}

impl Column {
    /// A column.
    pub fn new(name: impl Into<String>, kind: Kind, unit: impl Into<String>, doc: impl Into<String>) -> Column {
        Column {
            name: name.into(),
            kind,
            unit: unit.into(),
            doc: doc.into(),
        }
    }
}

/// A table: its name, its columns, and how many of them are its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name, that of its file.
    pub name: &'static str,
    /// What its rows are, in one line.
    pub doc: &'static str,
    /// The first so many columns are its key: one row for each.
    pub keys: usize,
    /// Its columns, in order.
    pub columns: Vec<Column>,
    /// Whether it is small enough to be written as CSV where nobody says so.
    pub small: bool,
}

impl Table {
    /// The place of a column.
    pub fn position(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|c| c.name == column)
    }
}
