//! The charts of a run, drawn from its tables; their titles say what is seen, and nothing that does not hold.

mod answer;
mod daily;
mod delivered;
mod frontier;
mod need;
mod queues;

use std::path::{Path, PathBuf};

use super::failure::Failure;
use super::numbers::{fixed, whole};
use super::summary::{replications, version};
use crate::experiment::{Alternative, Experiment, Outcome, ResultFolder};
use crate::figure::{Heading, Scene, TimeAxis, note, svg};
use crate::time::Time;

/// Pixels to a point of the PNG files: a page's width is then some 1,500 pixels.
#[cfg(feature = "png")]
const PNG_SCALE: f64 = 3.0;

/// What was drawn.
#[derive(Clone, Debug, Default)]
pub(super) struct Drawn {
    /// How many charts.
    pub(super) charts: usize,
    /// Their files.
    pub(super) files: Vec<PathBuf>,
}

/// Draws what the tables of the result allow.
pub(super) fn draw(experiment: &Experiment, outcome: &Outcome, folder: &ResultFolder) -> Result<Drawn, Failure> {
    let shown = shown(outcome);
    let alternatives: Vec<Alternative> = shown.iter().map(|i| experiment.alternatives[*i].clone()).collect();
    let easel = Easel {
        alternatives: &alternatives,
        seed: experiment.seed,
        shown: &shown,
        outcome,
        folder,
    };
    let mut scenes = Vec::new();
    scenes.extend(easel.standings());
    scenes.extend(easel.frontier());
    if folder.has("replications") {
        scenes.extend(easel.delivered()?);
    }
    if folder.has("daily") {
        scenes.extend(easel.daily()?);
    }
    if folder.has("queue_profile") {
        for alternative in &alternatives {
            scenes.extend(easel.queues(alternative)?);
        }
    }
    let mut drawn = Drawn::default();
    let place = outcome.folder.join("charts");
    for (name, scene) in &scenes {
        std::fs::create_dir_all(&place).map_err(Failure::create(&place))?;
        drawn.charts += 1;
        drawn.files.push(write(&place.join(format!("{name}.svg")), svg(scene).as_bytes())?);
        #[cfg(feature = "png")]
        {
            let bitmap = crate::figure::png(scene, PNG_SCALE).map_err(|error| Failure::Defect(format!("the chart `{name}`: {error}")))?;
            drawn.files.push(write(&place.join(format!("{name}.png")), &bitmap)?);
        }
    }
    Ok(drawn)
}

fn write(path: &Path, content: &[u8]) -> Result<PathBuf, Failure> {
    // Written aside and renamed, as every file of a result.
    let aside = path.with_extension("part");
    std::fs::write(&aside, content)
        .and_then(|()| std::fs::rename(&aside, path))
        .map_err(Failure::create(path))?;
    Ok(path.to_owned())
}

/// A chart with the name of its files.
type Named = (String, Scene);

/// So many alternatives can be told apart in a chart, the reference among them.
const MOST: usize = 12;

/// The alternatives that are drawn, by index in the order given: all; of more than a chart can hold the reference, and those that come first
/// (the one chosen, those with most replications, then by rank).
fn shown(outcome: &Outcome) -> Vec<usize> {
    let mut rows: Vec<usize> = (0..outcome.alternatives.len()).collect();
    if rows.len() <= MOST {
        return rows;
    }
    let reference = outcome.decision.as_ref().map_or(0, |decision| decision.reference);
    let is_chosen = |i: usize| outcome.selection.as_ref().is_some_and(|selection| selection.rows[i].selected);
    let mut responses = outcome.decision.iter().flat_map(|decision| &decision.responses);
    let lead = responses.find(|decided| decided.better.is_some());
    let rank = |i: usize| lead.and_then(|decided| decided.standings[i].rank).unwrap_or(usize::MAX);
    rows.sort_by_key(|&i| {
        let fewer = std::cmp::Reverse(outcome.alternatives[i].replications);
        (i != reference, !is_chosen(i), fewer, rank(i))
    });
    rows.truncate(MOST);
    rows.sort_unstable();
    rows
}

struct Easel<'a> {
    /// Those that are drawn.
    alternatives: &'a [Alternative],
    /// Their places among all.
    shown: &'a [usize],
    seed: u64,
    outcome: &'a Outcome,
    folder: &'a ResultFolder,
}

impl Easel<'_> {
    fn heading(&self, title: String, subtitle: String, of_one: Option<&Alternative>) -> Heading {
        let scenario = of_one.map_or(String::new(), |alternative| {
            format!("{} {}", alternative.name, &alternative.hash[..12.min(alternative.hash.len())])
        });
        Heading {
            title,
            subtitle,
            note: note(&[
                &replications(self.outcome),
                &format!("seed {}", self.seed),
                &scenario,
                &self.left_out(),
                &format!("rafah {}", version()),
            ]),
            source: String::new(),
        }
    }

    /// Of how many alternatives some are drawn, and which; nothing where all are.
    fn left_out(&self) -> String {
        let all = self.outcome.alternatives.len();
        if self.shown.len() == all {
            return String::new();
        }
        format!(
            "{} of {} alternatives: the reference and those that come first",
            self.shown.len(),
            whole(all as f64)
        )
    }

    /// The only alternative, where there is but one.
    fn only(&self) -> Option<&Alternative> {
        match self.alternatives {
            [one] => Some(one),
            _ => None,
        }
    }

    fn title_of(alternative: &Alternative) -> String {
        if alternative.title.is_empty() {
            alternative.name.clone()
        } else {
            alternative.title.clone()
        }
    }

    fn subtitle(&self, what: &str) -> String {
        self.only()
            .map_or(what.to_owned(), |alternative| format!("{}. {what}", Self::title_of(alternative)))
    }
}

/// The calendar days of a horizon.
fn dated(alternative: &Alternative) -> TimeAxis {
    let horizon = &alternative.plan.scenario.horizon;
    let last = horizon.origin.day_index(Time::ZERO + horizon.length);
    TimeAxis::dated((0..=last).map(|day| horizon.origin.date_of_day(day)))
}

/// A number with two digits of the size that matters.
fn rounded(value: f64, matters: f64) -> String {
    let size = libm::floor(libm::log10(matters.abs().max(1e-9))) - 1.0;
    if size < 0.0 {
        return fixed(value, (-size) as usize);
    }
    let unit = libm::exp10(size);
    whole((value / unit).round() * unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_titles_have_the_digits_that_matter() {
        assert_eq!(rounded(412_345.0, 9_876.0), "412,300");
        assert_eq!(rounded(1_234.0, 1_234.0), "1,200");
        assert_eq!(rounded(3.456, 0.5), "3.46");
    }
}
