//! The charts of a result, drawn from its folder and nothing else; their titles say what is seen, and nothing that does not hold.
//!
//! ```text
//! ResultFolder ──> Source ──> Easel ──> Chart::draw (one of CHARTS) ──> Picture ──> files
//!   (tables)     (scenarios,  (who is     (a file each here:            (scene)     (svg, png)
//!                 answer)      drawn,      numbers and words
//!                              words)      for figure::charts)
//! ```
//!
//! A chart is added in its own file and in the list [`CHARTS`].

mod answer;
mod daily;
mod delivered;
mod easel;
mod frontier;
mod need;
mod queues;
mod source;

use std::path::{Path, PathBuf};

use super::failure::Failure;
use crate::figure::{Scene, svg};
use easel::{Easel, dated, rounded};
pub(super) use source::Source;

/// A kind of chart: one picture of a result, or one for each of its alternatives.
pub(super) struct Chart {
    /// The name of its files; of several pictures their beginning.
    pub(super) name: &'static str,
    /// The tables that it takes.
    pub(super) tables: &'static [&'static str],
    /// Whether it shows the answer to the question of a study, and is there only where one asks.
    pub(super) of_study: bool,
    draw: fn(&Easel) -> Result<Vec<Picture>, Failure>,
}

/// Every chart, in the order in which they are drawn.
pub(super) const CHARTS: [Chart; 5] = [
    Chart {
        name: "decision",
        tables: &["decision", "comparison"],
        of_study: true,
        draw: answer::draw,
    },
    Chart {
        name: "frontier",
        tables: &["decision", "replications"],
        of_study: true,
        draw: frontier::draw,
    },
    Chart {
        name: "delivered-tonnes",
        tables: &["replications"],
        of_study: false,
        draw: delivered::draw,
    },
    Chart {
        name: "daily-deliveries",
        tables: &["daily"],
        of_study: false,
        draw: daily::draw,
    },
    Chart {
        name: "queue-by-stage",
        tables: &["queue_profile"],
        of_study: false,
        draw: queues::draw,
    },
];

impl Chart {
    /// The tables that it takes and `has` does not have.
    pub(super) fn lacks(&self, has: impl Fn(&str) -> bool) -> Vec<&'static str> {
        self.tables.iter().copied().filter(|table| !has(table)).collect()
    }
}

/// A chart as drawn.
struct Picture {
    /// The name of its files.
    name: String,
    scene: Scene,
}

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

/// Draws what the tables of the result allow, into a folder.
pub(super) fn draw(source: &Source, place: &Path) -> Result<Drawn, Failure> {
    let easel = Easel { source };
    let mut drawn = Drawn::default();
    for chart in CHARTS
        .iter()
        .filter(|chart| chart.lacks(|table| source.folder.has(table)).is_empty())
    {
        for picture in (chart.draw)(&easel)? {
            std::fs::create_dir_all(place).map_err(Failure::create(place))?;
            drawn.charts += 1;
            drawn.files.extend(files(&picture, place)?);
        }
    }
    Ok(drawn)
}

/// Writes the files of a chart.
fn files(picture: &Picture, place: &Path) -> Result<Vec<PathBuf>, Failure> {
    let Picture { name, scene } = picture;
    let mut files = vec![write(&place.join(format!("{name}.svg")), svg(scene).as_bytes())?];
    #[cfg(feature = "png")]
    {
        let bitmap = crate::figure::png(scene, PNG_SCALE).map_err(|error| Failure::Defect(format!("the chart `{name}`: {error}")))?;
        files.push(write(&place.join(format!("{name}.png")), &bitmap)?);
    }
    Ok(files)
}

fn write(path: &Path, content: &[u8]) -> Result<PathBuf, Failure> {
    // Written aside and renamed, as every file of a result.
    let aside = path.with_extension("part");
    std::fs::write(&aside, content)
        .and_then(|()| std::fs::rename(&aside, path))
        .map_err(Failure::create(path))?;
    Ok(path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_charts_share_a_name() {
        for (i, chart) in CHARTS.iter().enumerate() {
            assert!(CHARTS[..i].iter().all(|other| other.name != chart.name), "{}", chart.name);
        }
    }

    #[test]
    fn a_chart_tells_the_tables_that_it_lacks() {
        let decision = &CHARTS[0];
        assert_eq!(decision.lacks(|table| table == "decision"), ["comparison"]);
        assert!(decision.lacks(|_| true).is_empty());
    }
}
