//! Regret: what each alternative falls short of the best one of each replication, on average, in a bad case and at worst.

use super::super::colour::{Colour, INK};
use super::super::numbers::{Measure, holding};
use super::super::page::{Heading, Page, Width};
use super::super::scene::Scene;
use super::forest::percent;
use super::rows::{self, Column, Rows};
use super::shapes::{self, Shape, Value};
use crate::stats::Estimate;

/// The regret of one alternative.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Regretted<'a> {
    /// Its name.
    pub name: &'a str,
    /// The mean over replications, with its interval.
    pub mean: Estimate,
    /// The 90 % quantile, with its interval; its ends are NaN of few replications.
    pub p90: Estimate,
    /// The greatest seen; NaN where there is none. No sample bounds the greatest there can be, so it has no interval.
    pub worst: f64,
}

/// The chart, from the table `regret`, rows of one `response`: `alternative`, `mean`, `mean_lower`, `mean_upper`, `p90`, `p90_lower`, `p90_upper`,
/// `max`; `unit`, `n` and `confidence` are the same in all rows.
#[derive(Clone, Debug)]
pub struct RegretChart<'a> {
    /// The words round it. The chart explains its marks and says n and confidence by itself.
    pub heading: Heading,
    /// How wide it is printed.
    pub width: Width,
    /// Of what: "Regret in delivered aid".
    pub quantity: &'a str,
    /// Its unit; may be empty.
    pub unit: &'a str,
    /// Confidence of each interval, 0 to 1.
    pub confidence: f64,
    /// Replications.
    pub n: usize,
    /// The alternatives, from above.
    pub regrets: &'a [Regretted<'a>],
}

/// What is drawn of each alternative, from above.
const MARKS: [(Shape, &str); 3] = [
    (Shape::Dot, "mean"),
    (Shape::Diamond, "90\u{a0}% quantile"),
    (Shape::Triangle, "worst replication"),
];
/// Between the lines of one row.
const APART: f64 = 6.6;

/// Draws regrets.
pub fn regret(chart: &RegretChart) -> Scene {
    let mut page = Page::open(chart.width, &chart.heading);
    let values = chart.regrets.iter().flat_map(|r| {
        let ends = [r.mean, r.p90].map(|e| [e.value, e.lower, e.upper]);
        ends.into_iter().flatten().chain([r.worst])
    });
    let range = holding(values.chain([0.0]));
    let measure = Measure::of(range, chart.unit);
    let cells = |of: &dyn Fn(&Regretted) -> f64| -> Vec<String> {
        let values = chart.regrets.iter().map(of);
        values.map(|value| rows::told(value, |v| measure.bare(v))).collect()
    };
    let columns = vec![
        Column {
            head: measure.axis_title("mean"),
            cells: cells(&|r| r.mean.value),
        },
        Column {
            head: "90\u{a0}%".to_owned(),
            cells: cells(&|r| r.p90.value),
        },
        Column {
            head: "worst".to_owned(),
            cells: cells(&|r| r.worst),
        },
    ];
    let names = chart.regrets.iter().map(|r| r.name).collect();
    let rows = Rows {
        pitch: 2.0 * APART + 11.0,
        ..Rows::on_one_scale(names, range, &measure, columns, measure.axis_title(chart.quantity))
    };
    let colours = [Colour::class(0), Colour::class(1), INK];
    let keys: Vec<(Shape, Colour, &str)> = MARKS
        .iter()
        .zip(colours)
        .map(|((shape, words), colour)| (*shape, colour, *words))
        .collect();
    shapes::key(&mut page, &keys);
    for placed in rows.lay(&mut page) {
        for (r, middle) in chart.regrets.iter().zip(&placed.middles) {
            let worst = Estimate {
                value: r.worst,
                lower: f64::NAN,
                upper: f64::NAN,
            };
            for (place, of) in [r.mean, r.p90, worst].iter().enumerate() {
                let value = Value {
                    at: of.value,
                    ends: [of.lower, of.upper],
                    inner: [f64::NAN; 2],
                    shape: MARKS[place].0,
                    colour: colours[place],
                };
                shapes::value(&mut page, &placed.plot, middle + APART * (place as f64 - 1.0), &value);
            }
        }
    }
    page.explain("Regret: what an alternative falls short of the best one of the same replication. One replication in ten exceeds the 90\u{a0}% quantile.");
    page.explain(format!(
        "Lines: {} intervals of mean and quantile, each for itself. The worst has none: more replications can always bring a worse one.",
        percent(chart.confidence)
    ));
    page.explain(rows::sizes(std::iter::once(chart.n)));
    page.close(in_words(chart, &measure))
}

fn in_words(chart: &RegretChart, measure: &Measure) -> String {
    let said = chart.regrets.iter().map(|r| {
        let [mean, p90, worst] = [r.mean.value, r.p90.value, r.worst].map(|v| rows::told(v, |v| measure.full(v)));
        format!("{}: mean {mean}, 90 % quantile {p90}, worst {worst}.", r.name)
    });
    format!("{}. {}", measure.axis_title(chart.quantity), said.collect::<Vec<_>>().join(" "))
}
