//! What has come so far, day by day, against what was needed so far: median, 50 % and 90 % of replications, one panel an alternative.

use super::super::days::TimeAxis;
use super::super::numbers::Measure;
use super::super::page::{Heading, Page, Width};
use super::super::scene::Scene;
use super::against::Against;
use super::fan::{Quantiles, bands_in_words};
use super::timeline::{Panel, Timeline};

/// Alternatives that one picture can hold.
const MOST: usize = 12;

/// One alternative over time.
#[derive(Clone, Copy, Debug)]
pub struct Accumulated<'a> {
    /// Name as shown; not shown if it is the only one.
    pub name: &'a str,
    /// Quantiles over replications of the sum up to the end of each day, one row a value of the axis.
    pub rows: &'a [Quantiles],
    /// What is said beside the name, or beside the need if it is the only one: "82 % of the need at the end"; may be empty.
    pub aside: &'a str,
}

/// The chart, from the table `daily`: `delivered_tonnes` summed up over `day` within each `alternative` and `replication`, then
/// [`quantiles`](super::quantiles) over replications. Up to twelve alternatives on one scale; of more, the first twelve are drawn and the note says so.
#[derive(Clone, Debug)]
pub struct Cumulative<'a> {
    /// The words round it. The chart explains its lines and bands by itself.
    pub heading: Heading,
    /// How wide it is printed.
    pub width: Width,
    /// What adds up: "Delivered aid so far".
    pub quantity: &'a str,
    /// Its unit; may be empty.
    pub unit: &'a str,
    /// The days.
    pub axis: TimeAxis,
    /// What is compared, in order.
    pub alternatives: &'a [Accumulated<'a>],
    /// What was needed up to the end of each day, with its name: "need"; empty values for none.
    pub need: (&'a [f64], &'a str),
}

/// Draws sums over time against the need.
pub fn cumulative(chart: &Cumulative) -> Scene {
    let shown = &chart.alternatives[..chart.alternatives.len().min(MOST)];
    let panels = shown.iter().enumerate().map(|(class, of)| Panel {
        name: of.name,
        aside: of.aside,
        rows: of.rows.to_vec(),
        closed: Vec::new(),
        incidents: Vec::new(),
        class,
    });
    let panels: Vec<Panel> = panels.collect();
    let mut page = Page::open(chart.width, &chart.heading);
    let timeline = Timeline {
        width: chart.width,
        axis: chart.axis.clone(),
        panels: if panels.is_empty() { vec![Panel::empty()] } else { panels },
        quantity: chart.quantity,
        unit: chart.unit,
        // Sums only rise: they are no comb, however dense.
        summary: None,
        shared: true,
        level: (!chart.need.0.is_empty()).then_some((Against::Line(chart.need.0), chart.need.1)),
        strip: "",
    };
    timeline.draw(&mut page);
    page.explain(bands_in_words(shown.iter().map(|of| of.rows)));
    if chart.alternatives.len() > MOST {
        page.explain(format!("The first {MOST} of {} alternatives are drawn.", chart.alternatives.len()));
    }
    let said: Vec<String> = shown.iter().map(|of| in_words(of, chart.unit)).collect();
    page.close(format!("{}. {}", chart.quantity, said.join(" ")))
}

fn in_words(of: &Accumulated, unit: &str) -> String {
    let last = of.rows.iter().rev().find(|row| row.iter().all(|v| v.is_finite()));
    last.map_or_else(
        || format!("{}: no values.", of.name),
        |row| {
            let measure = Measure::of((0.0, row[4].max(1e-9)), unit);
            let [low, _, median, _, high] = row.map(|v| measure.bare(v));
            format!(
                "{}: at the end {median}, 5 % to 95 % from {low} to {}.",
                of.name,
                measure.with_unit(&high)
            )
        },
    )
}
