//! What several parts of a report ask of a result.

use crate::cli::charts::Source;
use crate::cli::failure::Failure;
use crate::cli::numbers::{counted, plain_percent, whole};
use crate::experiment::{AlternativeRecord, Choosing, Manifest, Selecting};
use crate::scenario::{End, Loaded, Scenario};

/// A result, as the parts of a report ask about it.
#[derive(Clone, Copy)]
pub(super) struct Facts<'a> {
    pub(super) source: &'a Source,
    pub(super) manifest: &'a Manifest,
    /// The name of the alternative that the others are held against, if they are: the reference of a study, else the first.
    pub(super) name: &'a str,
    /// Its scenario.
    pub(super) loaded: &'a Loaded,
}

impl<'a> Facts<'a> {
    pub(super) fn new(source: &'a Source) -> Facts<'a> {
        let reference = &source.alternatives[source.reference()];
        Facts {
            source,
            manifest: source.folder.manifest(),
            name: &reference.name,
            loaded: &reference.loaded,
        }
    }

    /// The scenario of the reference.
    pub(super) fn scenario(self) -> &'a Scenario {
        &self.loaded.scenario
    }

    /// Whether there is a table.
    pub(super) fn has(self, table: &str) -> bool {
        self.source.folder.has(table)
    }

    /// All alternatives of the result, drawn or not.
    pub(super) fn records(self) -> &'a [AlternativeRecord] {
        &self.manifest.alternatives
    }

    /// How many alternatives are not told of one by one, being more than a chart can hold.
    pub(super) fn hidden(self) -> usize {
        self.source.all() - self.source.alternatives.len()
    }

    /// ` (the 12 of 40 that are shown)`; nothing where all are.
    pub(super) fn of_the_shown(self) -> String {
        if self.hidden() == 0 {
            return String::new();
        }
        format!(
            " (the {} of {} that are shown)",
            whole(self.source.alternatives.len() as f64),
            whole(self.source.all() as f64)
        )
    }

    /// Whether there are alternatives.
    pub(super) fn has_several(self) -> bool {
        self.records().len() > 1
    }

    /// The least number of replications that an alternative has.
    pub(super) fn fewest(self) -> u32 {
        self.records().iter().map(|record| record.replications).min().unwrap_or(0)
    }

    /// The greatest.
    pub(super) fn most(self) -> u32 {
        self.records().iter().map(|record| record.replications).max().unwrap_or(0)
    }

    /// Whether there is chance to tell of: two replications or more.
    pub(super) fn has_chance(self) -> bool {
        self.most() > 1
    }

    /// Whether differences between alternatives were taken.
    pub(super) fn is_compared(self) -> bool {
        self.has("comparison") && self.has_several() && self.fewest() > 1
    }

    /// Replications of each alternative, in words: `500 replications`, `20 to 310 replications`.
    pub(super) fn replications(self) -> String {
        let (n, most) = (self.fewest(), self.most());
        if n == most {
            counted(n as usize, "replication")
        } else {
            format!("{} to {}", whole(f64::from(n)), counted(most as usize, "replication"))
        }
    }

    /// ` of each alternative`, where there are several.
    pub(super) fn of_each(self) -> &'static str {
        if self.has_several() { " of each alternative" } else { "" }
    }

    /// The confidence of its intervals: `95 %`.
    pub(super) fn confidence(self) -> String {
        plain_percent(self.manifest.confidence)
    }

    /// What one alternative was to be chosen by, under an indifference: the least difference that matters.
    pub(super) fn indifference(self) -> Option<(&'a Selecting, f64)> {
        let selecting = self.manifest.selection.as_ref()?;
        match selecting.choosing {
            Choosing::Indifference(least) => Some((selecting, least)),
            Choosing::Budget(_) => None,
        }
    }

    /// The same with a budget: its replications.
    pub(super) fn budget(self) -> Option<(&'a Selecting, u32)> {
        let selecting = self.manifest.selection.as_ref()?;
        match selecting.choosing {
            Choosing::Budget(budget) => Some((selecting, budget)),
            Choosing::Indifference(_) => None,
        }
    }

    /// What is asked by the study, if it says so.
    pub(super) fn question(self) -> Option<&'a str> {
        let study = self.manifest.study.as_ref()?;
        Some(study.question.trim()).filter(|question| !question.is_empty())
    }

    /// The places where trucks left the model in some replication, from the table of flows, each once; none without the table.
    pub(super) fn ends_seen(self) -> Result<Vec<End>, Failure> {
        if !self.has("flows") {
            return Ok(Vec::new());
        }
        let rows = self.source.folder.columns("flows", &["to"])?;
        let seen = |end: &End| (0..rows.len()).any(|row| rows.columns[0].text(row) == Some(end.name()));
        Ok(End::ALL.into_iter().filter(seen).collect())
    }
}
