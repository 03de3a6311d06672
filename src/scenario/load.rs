//! Loading: from a path to a scenario, or to all that is wrong with it.

use std::path::Path;

use super::decode::decode;
use super::document::{Document, Overlay, Reader, read};
use super::issue::{Issue, Issues, Severity, Sources};
use super::world::Scenario;

/// A scenario that can be run.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// As meant.
    pub scenario: Scenario,
    /// What may not mean what was meant.
    pub warnings: Vec<Issue>,
    /// The texts it was read from.
    pub sources: Sources,
    /// As written, all layers laid over each other, data files taken in, defaults filled in.
    pub document: Document,
}

/// Why a scenario cannot be run.
#[derive(Clone, Debug)]
pub struct Refused {
    /// All that is wrong, errors and warnings, in the order of files and places.
    pub issues: Vec<Issue>,
    /// The texts the issues point into.
    pub sources: Sources,
}

/// Loads a scenario file with its layers: `extends`, sections from files, what the policy sets, then `sets` (path, value).
///
/// # Errors
/// [`Refused`] with every fault that could be found in one pass.
pub fn load(path: &Path, sets: &[(String, String)], reader: &dyn Reader) -> Result<Loaded, Refused> {
    load_under(path, None, sets, reader)
}

/// The same under what an alternative of a study says: its policy in place of the scenario's, its settings after those of the policy.
///
/// # Errors
/// As [`load`].
pub fn load_under(path: &Path, over: Option<&Overlay>, sets: &[(String, String)], reader: &dyn Reader) -> Result<Loaded, Refused> {
    let mut sources = Sources::default();
    let mut issues = Issues::default();
    let mut document = read(path, over, sets, reader, &mut sources, &mut issues);
    if issues.has_errors() {
        return Err(Refused {
            issues: issues.into_sorted(),
            sources,
        });
    }
    let scenario = decode(&mut document, &mut sources, reader, &mut issues);
    let issues = few_per_data_file(issues.into_sorted(), &document);
    match scenario {
        Some(scenario) => {
            debug_assert!(issues.iter().all(|i| i.severity == Severity::Warning), "errors leave no scenario");
            Ok(Loaded {
                scenario,
                warnings: issues,
                sources,
                document,
            })
        }
        None => Err(Refused { issues, sources }),
    }
}

/// A fault of a column is a fault in every row: the first rows suffice.
fn few_per_data_file(issues: Vec<Issue>, document: &Document) -> Vec<Issue> {
    const SHOWN: usize = 4;
    let mut kept: Vec<Issue> = Vec::new();
    for id in document.data.iter().copied() {
        let count = issues.iter().filter(|i| i.place.as_ref().is_some_and(|p| p.source == id)).count();
        let last = issues
            .iter()
            .filter(|i| i.place.as_ref().is_some_and(|p| p.source == id))
            .nth(SHOWN - 1);
        if let (Some(last), true) = (last, count > SHOWN) {
            kept.push(last.clone().note(more_faults(count - SHOWN)));
        }
    }
    let mut seen = vec![0; document.data.len()];
    let mut out = Vec::new();
    for issue in issues {
        let data = issue
            .place
            .as_ref()
            .and_then(|p| document.data.iter().position(|id| *id == p.source));
        let Some(data) = data else {
            out.push(issue);
            continue;
        };
        seen[data] += 1;
        if seen[data] < SHOWN {
            out.push(issue);
        } else if seen[data] == SHOWN {
            let marked = kept.iter().find(|k| k.place == issue.place && k.message == issue.message).cloned();
            out.push(marked.unwrap_or(issue));
        }
    }
    out
}

fn more_faults(count: usize) -> String {
    if count == 1 {
        "and one more fault in this file".to_owned()
    } else {
        format!("and {count} more faults in this file")
    }
}
