//! A quantity day by day: median, 50 % and 90 % of replications, with the days on which the place was closed, for one alternative or several.

use super::super::days::TimeAxis;
use super::super::numbers::{Measure, counted};
use super::super::page::{Heading, Page, Width};
use super::super::scene::Scene;
use super::against::Against;
use super::fan::{self, Quantiles, Summary, bands_in_words};
use super::timeline::{Panel, Timeline};

/// Alternatives that one picture can hold.
const MOST: usize = 12;

/// One alternative over time.
#[derive(Clone, Copy, Debug)]
pub struct Fan<'a> {
    /// Name as shown; not shown if it is the only one.
    pub name: &'a str,
    /// Quantiles over replications, one row a value of the axis.
    pub rows: &'a [Quantiles],
    /// Share of replications closed, 0 to 1, one a value of the axis; empty for no strip.
    pub closed: &'a [f64],
    /// Incidents, mean of the replications, one a value of the axis, drawn as bars above; empty for none.
    pub incidents: &'a [f64],
    /// What is said beside the name, or beside the level if it is the only one: "12 % of days bring less"; may be empty.
    pub aside: &'a str,
}

/// The chart, from the table `daily` (rows by `alternative` and `replication`; of each `day` the quantiles of `delivered_tonnes`, the share of
/// replications with `closed_h` above 0, the mean of `incidents`): up to twelve alternatives on one scale; of more, the first twelve are drawn and the note says so.
#[derive(Clone, Debug)]
pub struct DailyFan<'a> {
    /// The words round it. The chart explains its lines and bands by itself.
    pub heading: Heading,
    /// How wide it is printed.
    pub width: Width,
    /// What is counted: "Delivered aid".
    pub quantity: &'a str,
    /// Its unit: "t/day"; may be empty.
    pub unit: &'a str,
    /// The days.
    pub axis: TimeAxis,
    /// What is compared, in order.
    pub fans: &'a [Fan<'a>],
    /// A level to hold the values against, with its name: `(1400.0, "need")`.
    pub level: Option<(f64, &'a str)>,
    /// What the strip shows: "Share of replications closed that day".
    pub strip: &'a str,
    /// What else is to be known of what is drawn, put below it; may be empty.
    pub said: &'a str,
}

/// Draws daily values as fans.
pub fn daily_fan(chart: &DailyFan) -> Scene {
    let shown = &chart.fans[..chart.fans.len().min(MOST)];
    let panels: Vec<Panel> = shown
        .iter()
        .enumerate()
        .map(|(class, fan)| Panel {
            name: fan.name,
            aside: fan.aside,
            rows: fan.rows.to_vec(),
            closed: fan.closed.to_vec(),
            incidents: fan.incidents.to_vec(),
            class,
        })
        .collect();
    let mut page = Page::open(chart.width, &chart.heading);
    let timeline = Timeline {
        width: chart.width,
        axis: chart.axis.clone(),
        panels: if panels.is_empty() { vec![Panel::empty()] } else { panels },
        quantity: chart.quantity,
        unit: chart.unit,
        summary: Some(Summary::Mean),
        shared: true,
        level: chart.level.map(|(value, name)| (Against::Level(value), name)),
        strip: chart.strip,
    };
    timeline.draw(&mut page);
    page.explain(bands_in_words(shown.iter().map(|of| of.rows)));
    let incidents = shown
        .iter()
        .flat_map(|fan| fan.incidents)
        .copied()
        .filter(|v| *v > 0.0 && v.is_finite());
    if let Some(most) = incidents.reduce(f64::max) {
        page.explain(format!(
            "Bars above: incidents a day, mean of the replications, at most {}.",
            super::super::grouped(most, 2)
        ));
    }
    page.explain(chart.said);
    if chart.fans.len() > MOST {
        page.explain(format!("The first {MOST} of {} alternatives are drawn.", chart.fans.len()));
    }
    let said: Vec<String> = shown.iter().map(|fan| in_words(fan, chart.unit)).collect();
    page.close(format!("{} over time. {}", chart.quantity, said.join(" ")))
}

fn in_words(fan: &Fan, unit: &str) -> String {
    let Some(bounds) = fan::bounds(fan.rows) else {
        return format!("{}: no values.", fan.name);
    };
    let medians: Vec<f64> = fan.rows.iter().map(|row| row[2]).filter(|value| value.is_finite()).collect();
    let (low, high) = medians
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |f, &v| (f.0.min(v), f.1.max(v)));
    let measure = Measure::of(bounds, unit);
    format!(
        "{}: {} values, medians from {} to {}.",
        fan.name,
        counted(fan.rows.len()),
        measure.bare(low),
        measure.full(high)
    )
}
