//! The charts with their words and numbers.

use super::super::charts::{Drawing, Picture, Source};
use super::super::decision::lead;
use super::super::numbers::whole;
use super::cells::{plain, with_unit};
use super::content::{Block, Cell, Figure, Grid, Head, Row, Section};
use crate::table::{Data, Frame, Kind, Table};

/// So many rows of a chart's numbers stand in the report; all are in its CSV file.
const ROWS: usize = 300;

/// Of as many alternatives every chart that tells of one alone is shown.
const EACH: usize = 4;

/// The charts that were drawn.
pub(super) fn section(source: &Source, drawings: &[Drawing]) -> Section {
    let told = told_of(source);
    let several = source.alternatives.len() > 1;
    let mut blocks = Vec::new();
    let mut left_out: Vec<String> = Vec::new();
    for drawing in drawings {
        for picture in &drawing.pictures {
            let of_one = drawing.alternative(picture, source).map(|alternative| alternative.name.as_str());
            if of_one.is_some_and(|name| !told.contains(&name)) {
                left_out.push(format!("`{}`", picture.name));
                continue;
            }
            let is_folded = several && of_one.is_some() && of_one != told.first().copied();
            blocks.push(Block::Figure(Box::new(figure(drawing, picture, (of_one, is_folded), source))));
        }
    }
    if blocks.is_empty() {
        blocks.push(Block::Paragraph(
            "The result has nothing that charts could show: tables that they take were not written, or nothing is delivered.".to_owned(),
        ));
    }
    if !left_out.is_empty() {
        let names: Vec<String> = told.iter().map(|name| format!("`{name}`")).collect();
        blocks.push(Block::Note(format!(
            "Charts that tell of one alternative are shown of {}. Those of the others are made by `rafah report` too, under the names {}.",
            names.join(" and "),
            left_out.join(", ")
        )));
    }
    Section {
        id: "charts",
        title: "Charts".to_owned(),
        blocks,
    }
}

/// The alternatives of which charts are shown that tell of one alone: that which comes first, then the reference; of few all of them.
fn told_of(source: &Source) -> Vec<&str> {
    let names: Vec<&str> = source.alternatives.iter().map(|one| one.name.as_str()).collect();
    let reference = names.get(source.reference()).copied();
    let first = source.decision.as_ref().and_then(|decision| {
        let lead = lead(decision)?;
        let place = lead.standings.iter().position(|standing| standing.rank == Some(1))?;
        Some(decision.names[place].as_str())
    });
    let first = source.chosen().or(first).filter(|name| names.contains(name));
    let mut told: Vec<&str> = first.into_iter().chain(reference).collect();
    if names.len() <= EACH {
        told.extend(&names);
    }
    let mut seen: Vec<&str> = Vec::new();
    for name in told {
        if !seen.contains(&name) {
            seen.push(name);
        }
    }
    seen
}

fn figure(drawing: &Drawing, picture: &Picture, (of_one, is_folded): (Option<&str>, bool), source: &Source) -> Figure {
    Figure {
        name: picture.name.clone(),
        title: picture.scene.title.clone(),
        words: picture.scene.description.clone(),
        tables: drawing.chart.sources(&source.folder),
        scene: picture.scene.clone(),
        numbers: numbers(&picture.name, &picture.numbers.0, &picture.numbers.1),
        alternative: of_one.map(str::to_owned),
        is_folded,
    }
}

/// The numbers of a chart; of more rows than are shown the first of each alternative.
fn numbers(name: &str, table: &Table, frame: &Frame) -> Grid {
    let place = table.columns.iter().position(|column| column.name == "alternative");
    let alternative = |row: usize| frame.columns[place?].text(row);
    let rows = kept(frame.len(), alternative);
    let cut = if rows.len() < frame.len() {
        format!(
            "{} of {} rows, the first of each alternative; all are in {name}.csv.",
            whole(rows.len() as f64),
            whole(frame.len() as f64)
        )
    } else {
        format!("The same are in {name}.csv.")
    };
    let row = |row: usize| Row {
        alternative: alternative(row).map(str::to_owned),
        ..Row::new(frame.columns.iter().map(|column| cell(column, row)).collect())
    };
    Grid {
        caption: format!("Numbers of this chart. {cut}"),
        heads: (table.columns.iter())
            .map(|column| Head {
                words: head(&column.name, &column.unit),
                is_numeric: column.kind != Kind::Text,
            })
            .collect(),
        rows: rows.into_iter().map(row).collect(),
        is_folded: true,
    }
}

/// The head of a column: its name in words and its unit, which stands once.
fn head(name: &str, unit: &str) -> String {
    let said = [("_tonnes", "t"), ("_trucks", "trucks"), ("_h", "h"), ("_min", "min")];
    let bare = said.iter().find_map(|(end, of)| name.strip_suffix(end).filter(|_| *of == unit));
    with_unit(&bare.unwrap_or(name).replace('_', " "), unit)
}

/// The rows to show of so many.
fn kept<'a>(count: usize, alternative: impl Fn(usize) -> Option<&'a str>) -> Vec<usize> {
    if count <= ROWS {
        return (0..count).collect();
    }
    let mut of_each: Vec<(Option<&str>, usize)> = Vec::new();
    let mut ranks = Vec::with_capacity(count);
    for row in 0..count {
        let name = alternative(row);
        let place = of_each.iter().position(|(known, _)| *known == name).unwrap_or_else(|| {
            of_each.push((name, 0));
            of_each.len() - 1
        });
        ranks.push(of_each[place].1);
        of_each[place].1 += 1;
    }
    let most = (ROWS / of_each.len()).max(1);
    (0..count).filter(|row| ranks[*row] < most).take(ROWS).collect()
}

/// Numbers are sorted as they are read.
fn cell(column: &Data, row: usize) -> Cell {
    match column {
        Data::Text { .. } => Cell::words(column.text(row).unwrap_or_default()),
        Data::Whole(_) | Data::Real(_) => Cell::words(plain(column.real(row))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_stands_once_in_the_head_of_a_column() {
        assert_eq!(head("delivered_tonnes", "t"), "delivered (t)");
        assert_eq!(head("recovery_h", "h"), "recovery (h)");
        assert_eq!(head("mean_wait", "min"), "mean wait (min)");
    }

    #[test]
    fn of_many_rows_the_first_of_each_alternative_are_kept() {
        let names = ["a", "b", "c"];
        let kept = kept(900, |row| Some(names[row / 300]));
        assert_eq!(kept.len(), 300);
        for (i, _) in names.iter().enumerate() {
            assert!(kept.contains(&(i * 300)) && kept.contains(&(i * 300 + 99)) && !kept.contains(&(i * 300 + 100)));
        }
        assert_eq!(super::kept(300, |_| None).len(), 300);
        assert_eq!(super::kept(301, |_| None).len(), 300);
    }
}
