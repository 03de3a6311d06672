//! What a report says, part by part, before it takes a form: the page, Markdown and LaTeX are written from the same sections.

use super::super::words::listed;

/// A report.
pub(super) struct Page {
    /// What it is about, in a line.
    pub(super) title: String,
    /// What was asked; may be empty.
    pub(super) question: String,
    /// What was simulated and by which version.
    pub(super) about: Vec<String>,
    /// What a reader must know before the answer: that a result is not complete, or comes from a selection.
    pub(super) cautions: Vec<String>,
    /// The alternatives by name, in order.
    pub(super) alternatives: Vec<String>,
    /// What it says, in order.
    pub(super) sections: Vec<Section>,
    /// How it is cited.
    pub(super) citation: String,
    /// The program that wrote the result.
    pub(super) generator: String,
}

/// A part of the report.
pub(super) struct Section {
    /// What links to it: `answer`, `charts`, `inputs`.
    pub(super) id: &'static str,
    /// Its heading.
    pub(super) title: String,
    /// What stands in it, from above.
    pub(super) blocks: Vec<Block>,
}

/// A piece of a section.
pub(super) enum Block {
    /// A heading within the section.
    Heading(String),
    /// A paragraph of plain text.
    Paragraph(String),
    /// A paragraph that ends with the title of the section in which there is more.
    See(String, &'static str, &'static str),
    /// A remark in small print.
    Note(String),
    /// Sentences one below the other.
    List(Vec<String>),
    /// What is told by name.
    Terms(Vec<Term>),
    /// A table.
    Grid(Grid),
    /// A chart.
    Figure(Box<Figure>),
    /// A command line, word for word.
    Code(String),
}

/// Something told by its name.
pub(super) struct Term {
    pub(super) what: String,
    pub(super) told: String,
    /// Whether it is not known, and therefore a gap of the report.
    pub(super) is_gap: bool,
}

/// A table for readers.
pub(super) struct Grid {
    /// What it shows, with the table of the result from which it comes.
    pub(super) caption: String,
    pub(super) heads: Vec<Head>,
    pub(super) rows: Vec<Row>,
    /// Whether it stands behind a fold, being long.
    pub(super) is_folded: bool,
}

/// The head of a column.
pub(super) struct Head {
    pub(super) words: String,
    /// Whether its cells are numbers.
    pub(super) is_numeric: bool,
}

/// A row; its first cell is its name.
pub(super) struct Row {
    /// The alternative of which it tells, so that readers can leave it out.
    pub(super) alternative: Option<String>,
    pub(super) cells: Vec<Cell>,
    /// Whether it is an assumption, a gap or otherwise to be marked; the mark is in words too.
    pub(super) is_marked: bool,
}

/// A cell as it is read, with the number by which it is sorted.
pub(super) struct Cell {
    pub(super) words: String,
    pub(super) value: Option<f64>,
}

/// A chart with its numbers.
pub(super) struct Figure {
    /// The name of its files.
    pub(super) name: String,
    /// What is seen.
    pub(super) title: String,
    /// What it shows, for readers who do not see it.
    pub(super) words: String,
    /// The tables of the result from which it is drawn.
    pub(super) tables: Vec<&'static str>,
    pub(super) scene: crate::figure::Scene,
    pub(super) numbers: Grid,
    /// The alternative of which alone it tells.
    pub(super) alternative: Option<String>,
    /// Whether it stands behind a fold, as one of several of its kind.
    pub(super) is_folded: bool,
}

impl Grid {
    /// What it shows, without where that stands.
    pub(super) fn short(&self) -> &str {
        self.caption.split_once(". ").map_or(self.caption.as_str(), |(first, _)| first)
    }
}

impl Head {
    /// Of a column of words.
    pub(super) fn words(words: impl Into<String>) -> Head {
        Head {
            words: words.into(),
            is_numeric: false,
        }
    }

    /// Of a column of numbers.
    pub(super) fn number(words: impl Into<String>) -> Head {
        Head {
            words: words.into(),
            is_numeric: true,
        }
    }
}

impl Row {
    /// A row that tells of no alternative in particular.
    pub(super) fn new(cells: Vec<Cell>) -> Row {
        Row {
            alternative: None,
            cells,
            is_marked: false,
        }
    }

    /// A row of one alternative.
    pub(super) fn of(alternative: &str, cells: Vec<Cell>) -> Row {
        Row {
            alternative: Some(alternative.to_owned()),
            ..Row::new(cells)
        }
    }
}

impl Cell {
    /// What is sorted as it is read.
    pub(super) fn words(words: impl Into<String>) -> Cell {
        Cell {
            words: words.into(),
            value: None,
        }
    }

    /// What is sorted by a number, where there is one.
    pub(super) fn number(words: impl Into<String>, value: f64) -> Cell {
        Cell {
            words: words.into(),
            value: Some(value).filter(|value| value.is_finite()),
        }
    }
}

impl Figure {
    /// Where what it shows stands.
    pub(super) fn origin(&self) -> String {
        let tables: Vec<String> = self.tables.iter().map(|table| format!("`{table}`")).collect();
        let from = match tables.as_slice() {
            [] => "no table".to_owned(),
            [one] => format!("the table {one}"),
            several => format!("the tables {}", listed(several)),
        };
        format!("From {from} of the result; its numbers are in `{}.csv`.", self.name)
    }
}

/// A text in pieces: plain ones, and those between backquotes, which are names as programs know them.
pub(super) fn pieces(text: &str) -> Vec<(bool, &str)> {
    let parts: Vec<&str> = text.split('`').collect();
    // A lone backquote is a letter like any other.
    if parts.len().is_multiple_of(2) {
        return vec![(false, text)];
    }
    let pieces = parts.into_iter().enumerate().map(|(i, part)| (i % 2 == 1, part));
    pieces.filter(|(_, part)| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_between_backquotes_and_a_lone_one_is_a_letter() {
        assert_eq!(
            pieces("By `a` and `b`."),
            [(false, "By "), (true, "a"), (false, " and "), (true, "b"), (false, ".")]
        );
        assert_eq!(pieces("a ` b"), [(false, "a ` b")]);
        assert!(pieces("").is_empty());
    }
}
