//! What `--list` tells: every chart, what it shows and takes, and whether it can be drawn from this result.

use serde_json::{Value, json};

use super::super::charts::{self, CHARTS, Chart, Source};
use super::super::failure::Failure;
use super::super::{decision, say, tables, words};
use super::lost;
use crate::experiment::ResultFolder;
use crate::figure::Width;

/// A chart as a result has it.
struct Listed {
    chart: &'static Chart,
    /// Tables that it takes and the result does not have.
    lacks: Vec<&'static str>,
    /// The files of these that the manifest lists.
    missing: Vec<String>,
    /// Its pictures; none where the result has nothing for it to show.
    pictures: Vec<String>,
}

/// Every chart. Whether one can be drawn is seen by drawing it: nothing else knows whether there are replications enough.
pub(super) fn list(folder: ResultFolder, as_json: bool) -> Result<(), Failure> {
    let source = Source::open(folder).map_err(lost::of_scenario)?;
    let listed: Vec<Listed> = CHARTS.iter().map(|chart| of_chart(chart, &source)).collect::<Result<_, _>>()?;
    if as_json {
        return say::json(&Value::Array(listed.iter().map(told_to_programs).collect()));
    }
    let width = tables::width();
    let mut text = String::new();
    for one in &listed {
        let chart = one.chart;
        text.push_str(&format!("{}{}\n", chart.name, cannot(one)));
        let said = format!(
            "{}. Takes {}, from {}.{}",
            words::capitalised(chart.shows),
            chart.when,
            chart.tables.join(", "),
            pictures(one)
        );
        let lines = decision::filled(&said, width.saturating_sub(2));
        text.extend(lines.lines().map(|line| format!("  {line}\n")));
    }
    say::result(&text)
}

fn of_chart(chart: &'static Chart, source: &Source) -> Result<Listed, Failure> {
    let lacks = chart.lacks(|table| source.folder.has(table));
    let pictures = if lacks.is_empty() {
        let drawings = charts::draw(source, &[chart], Width::Page)?;
        let pictures = drawings.into_iter().flat_map(|drawing| drawing.pictures);
        pictures.map(|picture| picture.name).collect()
    } else {
        Vec::new()
    };
    Ok(Listed {
        chart,
        missing: lost::files(&source.folder, &lacks),
        lacks,
        pictures,
    })
}

/// Why a chart cannot be drawn, behind its name; nothing where it can.
fn cannot(one: &Listed) -> String {
    if !one.missing.is_empty() {
        return format!(" (cannot be drawn: {})", lost::are_missing(&one.missing));
    }
    match one.lacks.as_slice() {
        [] if one.pictures.is_empty() => " (cannot be drawn: this result does not have all that it takes)".to_owned(),
        [] => String::new(),
        [table] => format!(" (cannot be drawn: this result does not have the table {table})"),
        several => format!(" (cannot be drawn: this result does not have the tables {})", several.join(", ")),
    }
}

/// The pictures of a chart, each of which can be asked for, where they are not the chart itself.
fn pictures(one: &Listed) -> String {
    match one.pictures.as_slice() {
        [] => String::new(),
        [only] if only == one.chart.name => String::new(),
        several => format!(" Its pictures here: {}.", several.join(", ")),
    }
}

fn told_to_programs(one: &Listed) -> Value {
    let chart = one.chart;
    json!({
        "name": chart.name, "shows": chart.shows, "takes": chart.when, "tables": chart.tables, "missing": one.missing, "lacks": one.lacks,
        "can_be_drawn": !one.pictures.is_empty(), "pictures": one.pictures,
    })
}
