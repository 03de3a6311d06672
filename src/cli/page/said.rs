//! Pieces of a report put together from words and numbers.

pub(super) use super::super::words::listed;
use super::content::{Cell, Grid, Head, Row, Term};
use crate::cli::numbers::{fixed, whole};
use crate::random::{CountLaw, Law};
use crate::time::{DAY_US, HOUR_US, MINUTE_US, SECOND_US};

/// Something told by its name.
pub(super) fn term(what: impl Into<String>, told: impl Into<String>) -> Term {
    Term {
        what: what.into(),
        told: told.into(),
        is_gap: false,
    }
}

/// What is not known of something, and what its author should add.
pub(super) fn gap(what: impl Into<String>, told: impl Into<String>) -> Term {
    Term {
        is_gap: true,
        ..term(what, told)
    }
}

/// A cell of words.
pub(super) fn words(words: impl Into<String>) -> Cell {
    Cell {
        words: words.into(),
        value: None,
    }
}

/// A cell of a whole number.
pub(super) fn count(n: u64) -> Cell {
    Cell {
        words: whole(n as f64),
        value: Some(n as f64),
    }
}

/// A table of these columns; the heads of those with numbers end in `#`, which is taken off.
pub(super) fn grid(caption: impl Into<String>, heads: &[&str], rows: Vec<Row>, is_folded: bool) -> Grid {
    let head = |head: &&str| Head {
        words: head.trim_end_matches('#').to_owned(),
        is_numeric: head.ends_with('#'),
    };
    Grid {
        caption: caption.into(),
        heads: heads.iter().map(head).collect(),
        rows,
        is_folded,
    }
}

/// Names in back quotes: `` `a`, `b` and `c` ``.
pub(super) fn named<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    listed(&names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>())
}

/// `is` of one, `are` of several.
pub(super) fn is_or_are(n: usize) -> &'static str {
    if n == 1 { "is" } else { "are" }
}

/// A number with at most three decimals, and none that are 0 at its end.
pub(super) fn short(value: f64) -> String {
    let text = fixed(value, 3);
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// A law of time: `24 min`, or `24 min in the mean`.
pub(super) fn time_of(law: &Law) -> String {
    match law.as_constant() {
        Some(us) => time(us),
        None => format!("{} in the mean", time(law.mean())),
    }
}

/// A law of a count: `1`, or `9.7 in the mean`.
pub(super) fn count_of(law: &CountLaw) -> String {
    match law.as_constant() {
        Some(n) => whole(n as f64),
        None => format!("{} in the mean", short((law.mean() * 10.0).round() / 10.0)),
    }
}

/// A time in microseconds in the greatest unit of which there are two or more, with at most one decimal.
pub(super) fn time(us: f64) -> String {
    let units = [(DAY_US, "days"), (HOUR_US, "h"), (MINUTE_US, "min"), (SECOND_US, "s")];
    let fits = |(unit, _): &(i64, &str)| us.abs() >= 2.0 * *unit as f64;
    let (unit, name) = units.into_iter().find(fits).unwrap_or((SECOND_US, "s"));
    format!("{} {name}", short((us / unit as f64 * 10.0).round() / 10.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_in_the_unit_that_suits_them() {
        assert_eq!(time(24.0 * MINUTE_US as f64), "24 min");
        assert_eq!(time(36.0 * HOUR_US as f64), "36 h");
        assert_eq!(time(2.5 * DAY_US as f64), "2.5 days");
        assert_eq!(time(0.0), "0 s");
    }

    #[test]
    fn lists_read_as_sentences_do() {
        assert_eq!(named(["a"]), "`a`");
        assert_eq!(named(["a", "b", "c"]), "`a`, `b` and `c`");
        assert_eq!(listed(&[]), "");
    }
}
