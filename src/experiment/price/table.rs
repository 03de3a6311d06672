//! The table `closure_price`.

use super::{ClosurePrices, ENOUGH_CLOSURES, Recovery};
use crate::table::{Column, Frame, Kind, Row, Table};

/// Its description.
pub(crate) fn table() -> Table {
    let text = |name: &str, doc: &str| Column::new(name, Kind::Text, "", doc);
    let real = |name: &str, unit: &str, doc: &str| Column::new(name, Kind::Real, unit, doc);
    let whole = |name: &str, doc: &str| Column::new(name, Kind::Whole, "closures", doc);
    Table {
        name: "closure_price",
        doc: "a row per alternative and kind of closure: what one closure costs while all others stand, from replications with it and without it",
        keys: 3,
        columns: vec![
            text("alternative", "name of the scenario or alternative"),
            text(
                "group",
                "by what closures are told apart: all, cause, scope (the stages on which they act), hour (of the day at which they begin), length",
            ),
            text("level", "which of them"),
            Column::new("replications", Kind::Whole, "replications", "how many were asked, the first ones"),
            whole("n", "closures, one drawn from each of these that has one"),
            Column::new(
                "few",
                Kind::Whole,
                "",
                format!("1: fewer than {ENOUGH_CLOSURES} closures, too few for an interval of the price: none is given; 0: enough"),
            ),
            real(
                "closed_h",
                "h",
                "mean of the hours closed by it alone, counted by the share of lanes taken, reopening included, less those open because of it",
            ),
            real(
                "lost_tonnes",
                "t",
                "mean of the tonnes delivered without it less those with it, to the end of the run",
            ),
            real("tonnes_per_closed_hour", "t/h", "sum of tonnes lost over sum of hours closed"),
            real("lower", "t/h", "lower end of its jackknife interval"),
            real("upper", "t/h", "upper end of its jackknife interval"),
            real(
                "difference",
                "t/h",
                "the same less that of the reference, replication by replication; empty for the reference itself, and where it has no such closure",
            ),
            real("difference_lower", "t/h", "lower end of its jackknife interval"),
            real("difference_upper", "t/h", "upper end of its jackknife interval"),
            real(
                "difference_at_once_lower",
                "t/h",
                "lower end of the interval that holds for the differences of all alternatives at once (Bonferroni)",
            ),
            real("difference_at_once_upper", "t/h", "upper end of it"),
            Column::new("confidence", Kind::Real, "share", "confidence of the intervals"),
            real(
                "queue_recovery_h",
                "h",
                "median time from the end of the closure until no more trucks are in the system than without it; empty where that lies beyond the end of the run",
            ),
            real("queue_recovery_lower_h", "h", "lower end of its interval by order statistics"),
            real(
                "queue_recovery_upper_h",
                "h",
                "upper end; empty where it lies beyond the end of the run",
            ),
            whole("queue_censored", "closures of n after which that was not so by the end of the run"),
            real(
                "recovery_h",
                "h",
                "the same of truckloads in the system or in hubs: until no more is held up than without it; what was sent back for good is not waited for",
            ),
            real("recovery_lower_h", "h", "lower end of its interval"),
            real("recovery_upper_h", "h", "upper end"),
            whole("censored", "closures of n after which that was not so by the end of the run"),
        ],
        small: true,
    }
}

/// The rows as a frame of [`table`].
pub(crate) fn frame(prices: &ClosurePrices) -> Frame {
    let mut frame = Frame::new(&table());
    for r in &prices.rows {
        let row = frame.row().text(&r.alternative).text(r.group).text(&r.level);
        let row = row
            .whole(i64::from(prices.replications))
            .whole(r.n as i64)
            .whole(i64::from(r.is_few()));
        let row = row.real(r.closed_h).real(r.lost_tonnes);
        let row = [r.tonnes_per_closed_hour, r.difference]
            .iter()
            .fold(row, |row, of| row.real(of.value).real(of.lower).real(of.upper));
        let row = row.real(r.difference_at_once.lower).real(r.difference_at_once.upper);
        append(append(row.real(prices.confidence), r.queue_recovery), r.recovery).end();
    }
    frame
}

fn append(row: Row<'_>, of: Recovery) -> Row<'_> {
    row.real(of.median_h).real(of.lower_h).real(of.upper_h).whole(of.censored as i64)
}
