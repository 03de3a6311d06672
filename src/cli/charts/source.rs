//! A result as its charts see it: what stands in its folder, so that they can be drawn again at any time.

use std::path::Path;

use super::super::failure::Failure;
use super::super::{input, summary};
use crate::experiment::{self, AlternativeRecord, Choosing, Decision, ResultFolder};
use crate::scenario::Loaded;
use crate::time::Time;

/// So many alternatives can be told apart in a chart, the reference among them.
const MOST: usize = 12;

/// A result to draw.
pub(in crate::cli) struct Source {
    /// Its manifest and tables.
    pub(in crate::cli) folder: ResultFolder,
    /// The answer to the question of its study.
    pub(in crate::cli) decision: Option<Decision>,
    /// The alternatives that are drawn.
    pub(in crate::cli) alternatives: Vec<Alternative>,
    /// Their places among all.
    pub(in crate::cli) shown: Vec<usize>,
    /// The one that was chosen, where one was to be.
    chosen: Option<String>,
}

/// An alternative that is drawn.
pub(in crate::cli) struct Alternative {
    pub(in crate::cli) name: String,
    /// One line for people; may be empty.
    title: String,
    /// BLAKE3 of its resolved scenario.
    pub(super) hash: String,
    /// Its scenario, as it was simulated, with the evidence of its numbers.
    pub(in crate::cli) loaded: Loaded,
}

impl Alternative {
    /// Its title, else its name.
    pub(in crate::cli) fn shown(&self) -> &str {
        if self.title.is_empty() { &self.name } else { &self.title }
    }

    /// From the midnight before its start to the start, in days: charts count from the midnight.
    pub(super) fn since_midnight(&self) -> f64 {
        (Time::ZERO - self.loaded.scenario.horizon.origin.day_start(Time::ZERO)).as_days()
    }

    /// Whether it simulates the same period as another.
    pub(super) fn is_of_period_of(&self, other: &Alternative) -> bool {
        self.loaded.scenario.horizon.period() == other.loaded.scenario.horizon.period()
    }
}

impl Source {
    /// Reads what charts need of a result beside its tables.
    pub(in crate::cli) fn open(folder: ResultFolder) -> Result<Source, Failure> {
        let decision = Decision::read(&folder)?;
        let chosen = chosen(&folder)?;
        let shown = shown(&folder, decision.as_ref(), chosen.as_deref());
        let records = &folder.manifest().alternatives;
        let alternatives = shown.iter().map(|i| alternative(folder.path(), &records[*i]));
        Ok(Source {
            alternatives: alternatives.collect::<Result<_, Failure>>()?,
            decision,
            shown,
            chosen,
            folder,
        })
    }

    /// How many alternatives the result has.
    pub(in crate::cli) fn all(&self) -> usize {
        self.folder.manifest().alternatives.len()
    }

    /// The alternative that the others are held against, by its place among those that are drawn.
    pub(in crate::cli) fn reference(&self) -> usize {
        let reference = reference(&self.folder);
        self.shown.iter().position(|i| *i == reference).unwrap_or(0)
    }

    /// Whether all alternatives that are drawn simulate the same period: others are not to be compared.
    pub(super) fn is_of_one_period(&self) -> bool {
        self.alternatives.windows(2).all(|pair| pair[0].is_of_period_of(&pair[1]))
    }

    /// How many replications it has, in words.
    pub(in crate::cli) fn replications(&self) -> String {
        let manifest = self.folder.manifest();
        let of_each = manifest.alternatives.iter().map(|a| a.replications);
        let asked = summary::AskedFor {
            replications: manifest.requested_replications,
            of_all: (manifest.selection.as_ref()).is_some_and(|selection| matches!(selection.choosing, Choosing::Budget(_))),
        };
        summary::replications_in_words(of_each, asked, self.is_simulated())
    }

    /// The alternative that was chosen, where that is known.
    pub(in crate::cli) fn chosen(&self) -> Option<&str> {
        self.chosen.as_deref()
    }

    /// Replications that all alternatives have, where one of them was chosen and these differ in number.
    pub(in crate::cli) fn chosen_over(&self) -> Option<u32> {
        let manifest = self.folder.manifest();
        let chosen = manifest.selection.is_some() && self.is_simulated();
        manifest.alternatives.iter().map(|a| a.replications).min().filter(|_| chosen)
    }

    /// Whether all replications are there; closures are priced after that.
    fn is_simulated(&self) -> bool {
        self.folder.manifest().complete || self.folder.has("closure_price")
    }
}

/// The alternative that the others are held against: the study's, else the first.
fn reference(folder: &ResultFolder) -> usize {
    let manifest = folder.manifest();
    let of_study = manifest.study.as_ref().map(|study| &study.reference);
    of_study
        .and_then(|name| manifest.alternatives.iter().position(|a| a.name == *name))
        .unwrap_or(0)
}

/// The alternative that was chosen; none where none was to be, or where the table that says so was not written.
fn chosen(folder: &ResultFolder) -> Result<Option<String>, Failure> {
    if !folder.has("selection") {
        return Ok(None);
    }
    let rows = folder.columns("selection", &["alternative", "selected"])?;
    let is_chosen = |row: &usize| rows.columns[1].real(*row) > 0.0;
    let chosen = (0..rows.len()).find(is_chosen).and_then(|row| rows.columns[0].text(row));
    Ok(chosen.map(str::to_owned))
}

/// The alternatives that are drawn, by index in the order given: all; of more than a chart can hold the reference, and those that come first
/// (the one chosen, those with most replications, then by rank).
fn shown(folder: &ResultFolder, decision: Option<&Decision>, chosen: Option<&str>) -> Vec<usize> {
    let records = &folder.manifest().alternatives;
    let mut rows: Vec<usize> = (0..records.len()).collect();
    if rows.len() <= MOST {
        return rows;
    }
    let reference = reference(folder);
    let lead = decision.and_then(|decision| decision.responses.iter().find(|decided| decided.better.is_some()));
    let rank = |i: usize| lead.and_then(|decided| decided.standings[i].rank).unwrap_or(usize::MAX);
    rows.sort_by_key(|&i| {
        let fewer = std::cmp::Reverse(records[i].replications);
        (i != reference, chosen != Some(records[i].name.as_str()), fewer, rank(i))
    });
    rows.truncate(MOST);
    rows.sort_unstable();
    rows
}

/// Reads the scenario of an alternative, which is the one that was simulated.
fn alternative(folder: &Path, record: &AlternativeRecord) -> Result<Alternative, Failure> {
    let path = folder.join(&record.scenario);
    let damaged = |reason: &str| Failure::Experiment(experiment::Failure::damaged(&path, reason));
    let text = std::fs::read(&path).map_err(experiment::Failure::io(&path))?;
    if blake3::hash(&text).to_hex().as_str() != record.blake3 {
        return Err(damaged(
            "it is not the scenario that was simulated: its hash is another than the manifest's",
        ));
    }
    let loaded = input::load(&path, &[]).map_err(|refused| {
        let first = refused.issues.first().map_or("", |issue| issue.message.as_str());
        damaged(&format!("this version of the program does not read it: {first}"))
    })?;
    Ok(Alternative {
        name: record.name.clone(),
        title: record.title.clone(),
        hash: record.blake3.clone(),
        loaded,
    })
}
