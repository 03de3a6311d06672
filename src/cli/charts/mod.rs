//! The charts of a result, drawn from its folder and nothing else; their titles say what is seen, and nothing that does not hold.
//!
//! ```text
//! ResultFolder ──> Source ──> Easel ──> Chart::draw (one of CHARTS) ──> Picture ─┬─> files (svg, png, pdf by Style)
//!   (tables)     (scenarios,  (who is     (a file each here:            (scene)  └─> the page of a report
//!                 answer)      drawn,      numbers and words
//!                              words)      for figure::charts)
//! ```
//!
//! A chart is added in its own file, with its row, and by name in the list [`CHARTS`].

mod against_best;
mod answer;
mod closure_price;
mod convergence;
mod cumulated;
mod daily;
mod days;
mod delivered;
mod differences;
mod easel;
mod ends;
mod flow;
mod frontier;
mod heat;
mod lead;
mod need;
mod openings;
mod pattern;
mod place;
mod quantile_differences;
mod queues;
mod regret;
mod relative;
mod shares;
mod source;
mod spells;
mod spread;
mod style;
mod weeks;

use std::path::{Path, PathBuf};

use super::failure::Failure;
use crate::experiment::ResultFolder;
use crate::figure::{Scene, Width};
use crate::table::{Column, Frame, Kind, Table};
use easel::{Easel, dated};
use place::rounded;
pub(super) use source::Source;
pub(super) use style::Style;

/// A kind of chart: one picture of a result, or one for each of its alternatives.
pub(super) struct Chart {
    /// The name of its files; of several pictures their beginning.
    pub(super) name: &'static str,
    /// What it shows, in a line.
    pub(super) shows: &'static str,
    /// What it takes beside its tables.
    pub(super) when: &'static str,
    /// The tables that it takes.
    pub(super) tables: &'static [&'static str],
    /// The tables from which it tells more, where a result has them.
    also: &'static [&'static str],
    /// Whether it shows the answer to the question of a study, and is there only where one asks.
    pub(super) of_study: bool,
    draw: fn(&Easel) -> Result<Vec<Picture>, Failure>,
}

/// Every chart, in the order in which they are drawn. A row stands in the chart's own file.
pub(super) const CHARTS: [Chart; 18] = [
    answer::CHART,
    frontier::CHART,
    differences::CHART,
    against_best::CHART,
    regret::CHART,
    quantile_differences::CHART,
    closure_price::CHART,
    delivered::CHART,
    spread::CHART,
    shares::ECDF,
    shares::EXCEEDANCE,
    daily::CHART,
    cumulated::CHART,
    queues::CHART,
    heat::CHART,
    openings::CHART,
    flow::CHART,
    convergence::CHART,
];

impl Chart {
    /// The tables of a result that its numbers come from.
    pub(super) fn sources(&self, folder: &ResultFolder) -> Vec<&'static str> {
        let more = self.also.iter().filter(|table| folder.has(table));
        self.tables.iter().chain(more).copied().collect()
    }

    /// The tables that it takes and `has` does not have.
    pub(super) fn lacks(&self, has: impl Fn(&str) -> bool) -> Vec<&'static str> {
        self.tables.iter().copied().filter(|table| !has(table)).collect()
    }
}

/// A chart as drawn.
pub(super) struct Picture {
    /// The name of its files.
    pub(super) name: String,
    pub(super) scene: Scene,
    /// The numbers that it shows.
    pub(super) numbers: Numbers,
}

/// A table of its own with its rows, in the units in which they are drawn.
type Numbers = (Table, Frame);

/// A chart with its pictures; none where the result has nothing for it to show.
pub(super) struct Drawing {
    pub(super) chart: &'static Chart,
    pub(super) pictures: Vec<Picture>,
}

impl Drawing {
    /// The alternative of which alone a picture tells: it is part of its name.
    pub(super) fn alternative<'a>(&self, picture: &Picture, source: &'a Source) -> Option<&'a source::Alternative> {
        let own = picture.name.strip_prefix(self.chart.name)?.strip_prefix('-')?;
        let mut alternatives = source.alternatives.iter();
        alternatives.find(|alternative| alternative.name.replace(['/', '\\'], "_") == own)
    }
}

/// What was put into files.
#[derive(Clone, Debug, Default)]
pub(super) struct Drawn {
    /// How many charts.
    pub(super) charts: usize,
    /// Their files.
    pub(super) files: Vec<PathBuf>,
    /// The charts that had nothing to show.
    pub(super) empty: Vec<&'static str>,
    /// The page that tells of the result, where it was written too; it is one of the files.
    pub(super) report: Option<PathBuf>,
}

/// Draws charts of a result, for which it has the tables, in a width.
pub(super) fn draw(source: &Source, charts: &[&'static Chart], width: Width) -> Result<Vec<Drawing>, Failure> {
    let easel = Easel {
        source,
        alternatives: &source.alternatives,
        width,
    };
    let drawn = |chart: &&'static Chart| {
        Ok(Drawing {
            chart,
            pictures: (chart.draw)(&easel)?,
        })
    };
    charts.iter().map(drawn).collect()
}

/// Writes the pictures of charts into a folder.
pub(super) fn put(drawings: &[Drawing], style: &Style, place: &Path) -> Result<Drawn, Failure> {
    let mut drawn = Drawn::default();
    for drawing in drawings {
        drawn.empty.extend(drawing.pictures.is_empty().then_some(drawing.chart.name));
        for picture in &drawing.pictures {
            std::fs::create_dir_all(place).map_err(Failure::create(place))?;
            drawn.charts += 1;
            drawn.files.extend(style.write(picture, place)?);
        }
    }
    Ok(drawn)
}

/// The charts for which a result has the tables.
pub(super) fn possible(folder: &ResultFolder) -> Vec<&'static Chart> {
    CHARTS
        .iter()
        .filter(|chart| chart.lacks(|table| folder.has(table)).is_empty())
        .collect()
}

/// Writes a file of a result or beside it.
pub(super) fn write(path: &Path, content: &[u8]) -> Result<PathBuf, Failure> {
    // Written aside and renamed, as every file of a result.
    let aside = path.with_extension("part");
    std::fs::write(&aside, content)
        .and_then(|()| std::fs::rename(&aside, path))
        .map_err(Failure::create(path))?;
    Ok(path.to_owned())
}

/// A column of words of a chart's numbers.
fn words(name: &str, doc: &str) -> Column {
    Column::new(name, Kind::Text, "", doc)
}

/// A column of a chart's numbers.
fn real(name: &str, unit: &str, doc: &str) -> Column {
    Column::new(name, Kind::Real, unit, doc)
}

/// A column of whole numbers.
fn whole(name: &str, unit: &str, doc: &str) -> Column {
    Column::new(name, Kind::Whole, unit, doc)
}

/// The table of a chart's numbers: one row for each of its first `keys` columns.
fn numbers_of(name: &'static str, keys: usize, columns: Vec<Column>) -> Table {
    Table {
        name,
        doc: "the numbers that the chart shows",
        keys,
        columns,
        small: true,
    }
}

/// Quantiles over replications, from 5 % to 95 %, as columns.
fn quantiles_of(of: &str, unit: &str) -> impl Iterator<Item = Column> {
    ["05", "25", "50", "75", "95"]
        .map(|p| {
            real(
                &format!("p{p}_{of}"),
                unit,
                &format!("{} % quantile over replications", p.trim_start_matches('0')),
            )
        })
        .into_iter()
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
