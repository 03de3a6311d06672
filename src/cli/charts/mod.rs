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
    let easel = Easel {
        experiment,
        outcome,
        folder,
    };
    let mut scenes = Vec::new();
    scenes.extend(easel.standings());
    scenes.extend(easel.frontier()?);
    if folder.has("replications") {
        scenes.extend(easel.delivered()?);
    }
    if folder.has("daily") {
        scenes.extend(easel.daily()?);
    }
    if folder.has("queue_profile") {
        for alternative in &experiment.alternatives {
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

struct Easel<'a> {
    experiment: &'a Experiment,
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
                &format!("seed {}", self.experiment.seed),
                &scenario,
                &format!("rafah {}", version()),
            ]),
            source: String::new(),
        }
    }

    /// The only alternative, where there is but one.
    fn only(&self) -> Option<&Alternative> {
        match self.experiment.alternatives.as_slice() {
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
