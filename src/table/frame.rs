//! Rows of a table, held column by column.

use std::ops::Range;

use super::{Kind, Table};

/// The values of one column.
#[derive(Clone, Debug, PartialEq)]
pub enum Data {
    /// Whole numbers; `i64::MIN` is empty.
    Whole(Vec<i64>),
    /// Real numbers; NaN is empty.
    Real(Vec<f64>),
    /// Words, each stored once.
    Text {
        /// By row, its word, an index of `words`; `u32::MAX` is empty.
        codes: Vec<u32>,
        /// The words, in order of their first row.
        words: Vec<String>,
    },
}

impl Data {
    /// An empty whole number.
    pub const EMPTY_WHOLE: i64 = i64::MIN;
    /// An empty word.
    pub const EMPTY_TEXT: u32 = u32::MAX;

    /// No values of a kind.
    pub fn new(kind: Kind) -> Data {
        match kind {
            Kind::Whole => Data::Whole(Vec::new()),
            Kind::Real => Data::Real(Vec::new()),
            Kind::Text => Data::Text {
                codes: Vec::new(),
                words: Vec::new(),
            },
        }
    }

    /// How many values there are.
    pub fn len(&self) -> usize {
        match self {
            Data::Whole(values) => values.len(),
            Data::Real(values) => values.len(),
            Data::Text { codes, .. } => codes.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number in a row; NaN where it is empty or a word.
    pub fn real(&self, row: usize) -> f64 {
        match self {
            Data::Whole(values) if values[row] != Data::EMPTY_WHOLE => values[row] as f64,
            Data::Real(values) => values[row],
            Data::Whole(_) | Data::Text { .. } => f64::NAN,
        }
    }

    /// The word in a row, where there is one.
    pub fn text(&self, row: usize) -> Option<&str> {
        match self {
            Data::Text { codes, words } => words.get(codes[row] as usize).map(String::as_str),
            Data::Whole(_) | Data::Real(_) => None,
        }
    }

    /// Adds a word.
    fn push_text(&mut self, word: &str) {
        if let Data::Text { codes, words } = self {
            let code = code_of(words, codes.last().copied(), word);
            codes.push(code);
        } else {
            debug_assert!(false, "the word {word} in a column of numbers");
            self.push_empty();
        }
    }

    /// Adds an empty value.
    fn push_empty(&mut self) {
        match self {
            Data::Whole(values) => values.push(Data::EMPTY_WHOLE),
            Data::Real(values) => values.push(f64::NAN),
            Data::Text { codes, .. } => codes.push(Data::EMPTY_TEXT),
        }
    }

    /// Adds the values of some rows of a column of the same kind.
    fn append(&mut self, other: &Data, rows: Range<usize>) {
        match (self, other) {
            (Data::Whole(mine), Data::Whole(theirs)) => mine.extend_from_slice(&theirs[rows]),
            (Data::Real(mine), Data::Real(theirs)) => mine.extend_from_slice(&theirs[rows]),
            (
                Data::Text { codes, words },
                Data::Text {
                    codes: theirs,
                    words: their_words,
                },
            ) => {
                let mut last = codes.last().copied();
                let mut mapped = Vec::with_capacity(their_words.len());
                for word in their_words {
                    let code = code_of(words, last, word);
                    last = Some(code);
                    mapped.push(code);
                }
                codes.extend(
                    theirs[rows]
                        .iter()
                        .map(|&c| mapped.get(c as usize).copied().unwrap_or(Data::EMPTY_TEXT)),
                );
            }
            _ => debug_assert!(false, "columns of different kinds"),
        }
    }

    /// Forgets all values, the words too, so that what is written does not depend on what was written before.
    fn clear(&mut self) {
        match self {
            Data::Whole(values) => values.clear(),
            Data::Real(values) => values.clear(),
            Data::Text { codes, words } => {
                codes.clear();
                words.clear();
            }
        }
    }
}

/// The code of a word, new if need be. The search starts at the last row's: neighbours are mostly the same or the next.
fn code_of(words: &mut Vec<String>, last: Option<u32>, word: &str) -> u32 {
    let start = last.map_or(0, |c| c as usize).min(words.len());
    let found = (start..words.len()).chain(0..start).find(|&i| words[i] == word);
    found.unwrap_or_else(|| {
        words.push(word.to_owned());
        words.len() - 1
    }) as u32
}

/// Rows of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// Its columns, in the order of the table's, all of one length.
    pub columns: Vec<Data>,
}

impl Frame {
    /// No rows yet.
    pub fn new(table: &Table) -> Frame {
        Frame {
            columns: table.columns.iter().map(|c| Data::new(c.kind)).collect(),
        }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.columns.first().map_or(0, Data::len)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Begins a row, to be filled from the first column to the last.
    pub fn row(&mut self) -> Row<'_> {
        Row { frame: self, at: 0 }
    }

    /// Adds the rows of another frame of the same table.
    pub fn append(&mut self, other: &Frame) {
        self.append_rows(other, 0..other.len());
    }

    /// Adds some rows of another frame of the same table.
    pub fn append_rows(&mut self, other: &Frame, rows: Range<usize>) {
        for (mine, theirs) in self.columns.iter_mut().zip(&other.columns) {
            mine.append(theirs, rows.clone());
        }
    }

    /// Forgets the rows after the first so many.
    pub fn truncate(&mut self, rows: usize) {
        for column in &mut self.columns {
            match column {
                Data::Whole(values) => values.truncate(rows),
                Data::Real(values) => values.truncate(rows),
                Data::Text { codes, .. } => codes.truncate(rows),
            }
        }
    }

    /// Forgets all rows and keeps the room for them.
    pub fn clear(&mut self) {
        self.columns.iter_mut().for_each(Data::clear);
    }
}

/// A row that is being filled.
#[must_use = "a row has to be filled to its end"]
pub struct Row<'a> {
    frame: &'a mut Frame,
    at: usize,
}

impl Row<'_> {
    /// The next column is this word.
    pub fn text(mut self, word: &str) -> Self {
        self.next().push_text(word);
        self
    }

    /// The next column is this whole number (also in a column of reals).
    pub fn whole(mut self, value: i64) -> Self {
        match self.next() {
            Data::Whole(values) => values.push(value),
            Data::Real(values) => values.push(value as f64),
            data @ Data::Text { .. } => {
                debug_assert!(false, "the number {value} in a column of words");
                data.push_empty();
            }
        }
        self
    }

    /// The next column is this real number; NaN is empty.
    pub fn real(mut self, value: f64) -> Self {
        match self.next() {
            Data::Real(values) => values.push(value),
            data => {
                debug_assert!(value.is_nan(), "the real {value} in a column of another kind");
                data.push_empty();
            }
        }
        self
    }

    /// The next column is this word, or empty.
    pub fn text_or_empty(self, word: Option<&str>) -> Self {
        match word {
            Some(word) => self.text(word),
            None => self.empty(),
        }
    }

    /// The next column is empty.
    pub fn empty(mut self) -> Self {
        self.next().push_empty();
        self
    }

    /// The row is full.
    pub fn end(self) {
        debug_assert_eq!(self.at, self.frame.columns.len(), "a row of another length");
    }

    fn next(&mut self) -> &mut Data {
        self.at += 1;
        &mut self.frame.columns[self.at - 1]
    }
}

#[cfg(test)]
mod tests {
    use super::super::Column;
    use super::*;

    fn table() -> Table {
        Table {
            name: "visits",
            doc: "",
            keys: 1,
            columns: vec![
                Column::new("stage", Kind::Text, "", ""),
                Column::new("arrivals", Kind::Whole, "", ""),
                Column::new("mean_wait_min", Kind::Real, "min", ""),
            ],
            small: true,
        }
    }

    #[test]
    fn a_row_fills_the_columns_in_their_order() {
        let mut frame = Frame::new(&table());
        frame.row().text("gate").whole(3).real(0.5).end();
        frame.row().text("scan").empty().whole(2).end();
        assert_eq!(frame.len(), 2);
        assert_eq!(frame.columns[0].text(1), Some("scan"));
        assert_eq!(frame.columns[1], Data::Whole(vec![3, i64::MIN]));
        assert_eq!(frame.columns[2], Data::Real(vec![0.5, 2.0]));
        assert!(frame.columns[1].real(1).is_nan());
    }

    #[test]
    fn appending_gives_the_words_the_codes_of_the_longer_frame() {
        let (mut long, mut short) = (Frame::new(&table()), Frame::new(&table()));
        long.row().text("gate").whole(1).real(1.0).end();
        short.row().text("scan").whole(2).real(2.0).end();
        short.row().text("gate").whole(3).real(3.0).end();
        short.row().empty().whole(4).real(4.0).end();
        long.append(&short);
        let words = (0..4).map(|row| long.columns[0].text(row)).collect::<Vec<_>>();
        assert_eq!(words, [Some("gate"), Some("scan"), Some("gate"), None]);
        long.clear();
        assert_eq!(long, Frame::new(&table()));
    }
}
