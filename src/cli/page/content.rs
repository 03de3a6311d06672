//! What a report says, part by part, before it takes a form: the page, Markdown and LaTeX are written from the same sections.

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
    /// A remark in small print.
    Note(String),
    /// Sentences one below the other.
    List(Vec<String>),
    /// What is told by name.
    Terms(Vec<Term>),
    /// A table.
    Grid(Grid),
    /// A chart.
    Figure(Figure),
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
    pub(super) scene: crate::figure::Scene,
    pub(super) numbers: Grid,
    /// The alternative of which alone it tells.
    pub(super) alternative: Option<String>,
}
