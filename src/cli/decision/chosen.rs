//! Which alternative was chosen with few replications, and how many each of the others took.

use super::super::numbers::{fixed, percent, whole};
use super::super::words;
use super::filled;
use crate::experiment::{Selecting, SelectionRow};

/// What became of the alternatives of which one was to be chosen.
pub(in crate::cli) fn chosen(rows: &[SelectionRow], selecting: &Selecting, width: usize) -> String {
    let by = words::of(&selecting.response);
    let confidence = percent(selecting.confidence, 1).replace(".0", "");
    let mut said = Vec::new();
    let most = rows.iter().map(|row| row.replications).max().unwrap_or(0);
    if let Some(row) = rows.iter().find(|row| row.selected) {
        said.push(format!(
            "By {by} `{}` is chosen, after {} replications: it is the best, or within {} of it, with {confidence} confidence.",
            row.alternative,
            whole(f64::from(row.replications)),
            plain(selecting.indifference)
        ));
    } else {
        let left = rows.iter().filter(|row| row.dropped_at.is_none());
        let left: Vec<String> = left.map(|row| format!("`{}`", row.alternative)).collect();
        said.push(format!(
            "By {by} no alternative is chosen within {} replications: {} are left.",
            whole(f64::from(most)),
            left.join(", ")
        ));
    }
    for row in rows {
        if let (Some(at), Some(by)) = (row.dropped_at, &row.dropped_by) {
            said.push(format!(
                "`{}` was dropped after {}, for `{by}`.",
                row.alternative,
                whole(f64::from(at))
            ));
        }
    }
    let common = rows.iter().map(|row| row.replications).min().unwrap_or(0);
    let used: f64 = rows.iter().map(|row| f64::from(row.replications)).sum();
    said.push(format!(
        "In all that took {} replications. What follows, and the tables, hold only the first {}, which every alternative has; what is said there of the best \
         is meant for a number of replications that was fixed before, and counts for less here.",
        whole(used),
        whole(f64::from(common))
    ));
    filled(&said.join(" "), width)
}

/// A number as it was given.
fn plain(value: f64) -> String {
    let decimals = (0..6).find(|decimals| {
        fixed(value, *decimals)
            .replace(',', "")
            .parse::<f64>()
            .is_ok_and(|told| (told - value).abs() < 1e-9 * value)
    });
    fixed(value, decimals.unwrap_or(6))
}
