//! The look of tables in the terminal.

use comfy_table::{CellAlignment, ContentArrangement, Table};
use comfy_table::{LineStyle, TableStyle};

/// Columns where there is no terminal to ask: what a page or a log shows without breaking lines.
const ELSEWHERE: u16 = 120;

/// Rules below the head and at both ends, nothing between columns or rows.
pub(super) fn plain() -> Table {
    let rule = LineStyle::none().fill('─').junction('─');
    let mut table = Table::new();
    table.load_style(TableStyle::new().top_border(rule).header_separator(rule).bottom_border(rule));
    table.set_content_arrangement(ContentArrangement::Dynamic);
    if !table.is_tty() {
        table.set_width(ELSEWHERE);
    }
    table
}

/// Sets the columns from `first` to the right, as numbers stand.
pub(super) fn align_numbers(table: &mut Table, first: usize) {
    for column in table.column_iter_mut().skip(first) {
        column.set_cell_alignment(CellAlignment::Right);
    }
}
