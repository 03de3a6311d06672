//! What is wrong with the scenarios of alternatives, told once each and with the names of those that it is wrong in.

use crate::scenario::issue::{Issue, SourceId, Sources};

/// A fault and the alternatives that have it, by index.
struct Fault {
    issue: Issue,
    of: Vec<usize>,
}

/// Faults of alternatives, gathered.
#[derive(Default)]
pub(super) struct Faults(Vec<Fault>);

impl Faults {
    /// Takes in the issues of an alternative, whose places are in texts of its own.
    pub(super) fn add(&mut self, alternative: usize, issues: Vec<Issue>, texts: &Sources, sources: &mut Sources) {
        let places: Vec<SourceId> = texts.iter().map(|(_, path, text)| sources.add_once(path, text)).collect();
        for issue in issues {
            let issue = issue.among(|id| places.get(id.0).copied().unwrap_or(id));
            match self.0.iter_mut().find(|fault| fault.issue == issue) {
                Some(fault) => fault.of.push(alternative),
                None => self.0.push(Fault {
                    issue,
                    of: vec![alternative],
                }),
            }
        }
    }

    /// All of them, each with the names of its alternatives before it. What stands in the study itself shows whose it is.
    pub(super) fn told(self, names: &[&str], study: SourceId) -> Vec<Issue> {
        let told = |fault: Fault| {
            let in_study = fault.issue.place.as_ref().is_some_and(|place| place.source == study);
            if in_study || names.is_empty() {
                return fault.issue;
            }
            let whose = if fault.of.len() == names.len() {
                "every alternative".to_owned()
            } else {
                let of: Vec<String> = fault.of.iter().map(|&i| format!("`{}`", names[i])).collect();
                match of.as_slice() {
                    [one] => format!("alternative {one}"),
                    several => format!("alternatives {}", several.join(", ")),
                }
            };
            Issue {
                message: format!("{whose}: {}", fault.issue.message),
                ..fault.issue
            }
        };
        self.0.into_iter().map(told).collect()
    }
}
