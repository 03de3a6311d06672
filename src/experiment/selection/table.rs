//! The table `selection`.

use super::{Choosing, Selecting, Selection, SelectionRow};
use crate::table::{Column, Frame, Kind, Row, Table};

/// The table `selection`.
pub(crate) fn table() -> Table {
    let text = |name: &str, doc: &str| Column::new(name, Kind::Text, "", doc);
    let real = |name: &str, unit: &str, doc: &str| Column::new(name, Kind::Real, unit, doc);
    let whole = |name: &str, unit: &str, doc: &str| Column::new(name, Kind::Whole, unit, doc);
    Table {
        name: "selection",
        doc: "a row per alternative: how many replications it took to choose one of them",
        keys: 1,
        columns: vec![
            text("alternative", "name of the alternative"),
            whole("replications", "replications", "replications that were looked at"),
            whole("dropped_at", "replications", "after how many it was dropped; empty: it was not"),
            text("dropped_by", "the alternative that was better by more than chance allows"),
            whole("selected", "", "1: chosen; 0: not"),
            text("response", "what was chosen by"),
            real(
                "indifference",
                "",
                "the least difference that matters, in the units of the response; empty with a budget",
            ),
            real(
                "confidence",
                "share",
                "probability of choosing the best where it is better than all others by that difference, for normal responses; empty where it is not promised: with a budget, where none is chosen, or where alternatives hardly differed",
            ),
            text(
                "method",
                "indifference: dropped one by one until one is left (Kim and Nelson, 2001); budget: optimal computing budget allocation (Chen and others, 2000)",
            ),
            text(
                "tied_with",
                "the alternative to which it was equal in all of these replications, which both have, and that stands for both",
            ),
            real("mean", "", "mean of the response over these replications, in its units"),
            whole(
                "budget",
                "replications",
                "replications of all alternatives together; empty with an indifference",
            ),
            real(
                "probability_correct",
                "share",
                "about how probably the one chosen is the best, at most 0.999: an approximation for independent runs; empty with an indifference, or where nothing varied",
            ),
        ],
        small: true,
    }
}

fn text_or_empty<'a>(row: Row<'a>, text: Option<&str>) -> Row<'a> {
    match text {
        Some(text) => row.text(text),
        None => row.empty(),
    }
}

fn whole_or_empty(row: Row<'_>, number: Option<i64>) -> Row<'_> {
    match number {
        Some(number) => row.whole(number),
        None => row.empty(),
    }
}

/// The rows as a frame of [`table`].
pub(crate) fn frame(selection: &Selection, selecting: &Selecting) -> Frame {
    let mut frame = Frame::new(&table());
    let (indifference, budget, method) = match selecting.choosing {
        Choosing::Indifference(least) => (least, None, "indifference"),
        Choosing::Budget(budget) => (f64::NAN, Some(i64::from(budget)), "budget"),
    };
    let confidence = if selection.promised { selecting.confidence } else { f64::NAN };
    for row in &selection.rows {
        let SelectionRow {
            alternative,
            replications,
            dropped_at,
            ..
        } = row;
        let written = frame.row().text(alternative).whole(i64::from(*replications));
        let written = whole_or_empty(written, dropped_at.map(i64::from));
        let written = text_or_empty(written, row.dropped_by.as_deref())
            .whole(i64::from(row.selected))
            .text(&selecting.response)
            .real(indifference)
            .real(confidence)
            .text(method);
        let written = text_or_empty(written, row.tied_with.as_deref()).real(row.mean);
        whole_or_empty(written, budget)
            .real(selection.probability_correct.unwrap_or(f64::NAN))
            .end();
    }
    frame
}
