//! The precision that a study asks for: one or several of it, as written and as meant.

use super::written::{At, share, text_at, whole};
use crate::experiment::{Aim, CONFIDENCE, MOST_REPLICATIONS, Precision};
use crate::scenario::issue::{Issue, Issues, did_you_mean, nearest};
use crate::scenario::language::{Node, Table};
use crate::stats::{Target, Width};

/// A precision as written.
#[derive(Clone, Debug)]
pub(super) struct WrittenAim {
    /// None: the usual one.
    pub(super) response: Option<At<String>>,
    of: Target,
    width: Width,
    confidence: Option<f64>,
    max: Option<u32>,
}

/// The words for which number of a response is to be known, beside quantiles.
const WORDS: [&str; 3] = ["mean", "median", "difference"];

/// Such words in the schema.
pub(super) const PATTERN: &str = r"^(mean|median|difference|p[0-9]{1,2}(\.[0-9]+)?)$";

/// Reads the precisions of a study; what is wrong with them goes to `issues`.
pub(super) fn read(node: &Node, issues: &mut Issues) -> Vec<WrittenAim> {
    let node = node.bare();
    match node.as_array() {
        None => node.as_table().into_iter().map(|table| aim(table, node, issues)).collect(),
        Some([]) => {
            issues.push(Issue::error("expected at least one precision, found none").at(&node.place));
            Vec::new()
        }
        Some(items) => {
            let tables = items.iter().filter_map(|item| Some((item.as_table()?, item)));
            tables.map(|(table, item)| aim(table, item, issues)).collect()
        }
    }
}

fn aim(table: &Table, node: &Node, issues: &mut Issues) -> WrittenAim {
    WrittenAim {
        response: text_at(table, "response"),
        of: of(table, issues).unwrap_or(Target::Mean),
        width: width(table, node, issues).unwrap_or(Width::Relative(0.0)),
        confidence: share(table, "confidence", issues),
        max: whole(table, "max"),
    }
}

fn of(table: &Table, issues: &mut Issues) -> Option<Target> {
    let node = table.get("of")?.bare();
    let text = node.as_text()?;
    text.parse()
        .map_err(|why: String| {
            let issue = Issue::error(why).at(&node.place);
            issues.push(match nearest(text, WORDS) {
                Some(near) => did_you_mean(issue, near, &node.place, true),
                None => issue,
            });
        })
        .ok()
}

/// Either a share or an amount; none where it is wrong, which is told here or with the rows.
fn width(table: &Table, node: &Node, issues: &mut Issues) -> Option<Width> {
    let (relative, absolute) = (table.entry("relative"), table.entry("absolute"));
    if let (Some(relative), Some(absolute)) = (relative, absolute) {
        let later = if absolute.key_place.span.start > relative.key_place.span.start {
            absolute
        } else {
            relative
        };
        issues.push(
            Issue::error("`relative` and `absolute` exclude each other")
                .at(&later.key_place)
                .label("give one of them"),
        );
    }
    if relative.is_some() {
        return share(table, "relative", issues).map(Width::Relative);
    }
    let Some(absolute) = absolute else {
        // A misspelt key is told with the rows, with the right one beside it.
        let misspelt = table.keys().any(|key| nearest(key, ["relative", "absolute"]).is_some());
        if !misspelt {
            issues.push(
                Issue::error("a precision needs `relative` or `absolute`")
                    .at(&node.place)
                    .label("how well is the response to be known?")
                    .note("`relative = 0.02` is a half-width of 2 % of the number, `absolute = 500` one in the unit of the response"),
            );
        }
        return None;
    };
    let node = absolute.node.bare();
    // Below 0 is told with the rows.
    if node.as_number().is_some_and(|amount| amount.abs() <= 0.0) {
        issues.push(Issue::error(format!("expected a number above 0, found {}", node.described())).at(&node.place));
        return None;
    }
    node.as_number().map(Width::Absolute)
}

/// What they mean in a study of that confidence. The least of their greatest numbers of replications counts.
pub(super) fn meant(written: &[WrittenAim], confidence: Option<f64>) -> Precision {
    let aim = |aim: &WrittenAim| {
        let usual = Aim::new(aim.width);
        Aim {
            of: aim.of,
            confidence: aim.confidence.or(confidence).unwrap_or(CONFIDENCE),
            response: aim.response.as_ref().map_or(usual.response, |response| response.value.clone()),
            width: aim.width,
        }
    };
    Precision {
        aims: written.iter().map(aim).collect(),
        max: written.iter().filter_map(|aim| aim.max).min().unwrap_or(MOST_REPLICATIONS),
    }
}
