//! In what alternatives differ.

use std::collections::BTreeMap;

use super::load::Study;
use crate::scenario::{Difference, diff};

/// What is said of a scenario or policy for people only: nothing that is simulated depends on it.
const FOR_PEOPLE: [&str; 5] = [
    "scenario.name",
    "scenario.title",
    "scenario.summary",
    "scenario.sources",
    "policy.name",
];

impl Study {
    /// In what an alternative differs from the reference, parameter by parameter: `a` is the reference's value, `b` the alternative's.
    pub fn differences(&self, alternative: usize) -> Vec<Difference> {
        diff(
            &self.alternatives[self.asked.reference].loaded,
            &self.alternatives[alternative].loaded,
        )
    }

    /// Groups of alternatives that differ in nothing that is simulated, by index: every number of theirs is the same. Those are found
    /// that differ from the reference in the same, written the same.
    pub fn alike(&self) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let mut known: BTreeMap<Vec<(String, Option<String>)>, usize> = BTreeMap::new();
        for i in 0..self.alternatives.len() {
            let differences = self.differences(i).into_iter().filter(|d| !is_for_people(&d.path));
            let group = *known.entry(differences.map(|d| (d.path, d.b)).collect()).or_insert(groups.len());
            if group == groups.len() {
                groups.push(Vec::new());
            }
            groups[group].push(i);
        }
        groups.retain(|group| group.len() > 1);
        groups
    }
}

/// Whether a parameter is said for people only, so that nothing that is simulated depends on it.
pub fn is_for_people(path: &str) -> bool {
    FOR_PEOPLE
        .iter()
        .any(|known| path == *known || path.strip_prefix(known).is_some_and(|rest| rest.starts_with('.')))
}
