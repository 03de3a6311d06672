//! How one response is distributed over replications, for one alternative or several: a histogram with its density, violins with their boxes, or the
//! empirical distribution function, or its complement, with its band.

mod ecdf;
mod histogram;
mod sample;
mod violin;

use sample::Sample;

use super::super::numbers::{Measure, counted, roomy};
use super::super::page::{Heading, Width};
use super::super::scene::Scene;

/// Alternatives that one picture can hold.
const MOST: usize = 12;

/// One alternative: its name and its response in each replication.
#[derive(Clone, Copy, Debug)]
pub struct Alternative<'a> {
    /// Name as shown.
    pub name: &'a str,
    /// One value a replication, in any order; what is not a finite number is left out and said to be.
    pub values: &'a [f64],
}

/// Which picture of a distribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Histogram with a density curve, one panel an alternative, all on one scale.
    Histogram,
    /// Density mirrored about a row an alternative, with the box of its quartiles in it.
    Violin,
    /// Empirical distribution function with the 95 % band of Dvoretzky, Kiefer and Wolfowitz, all in one plot.
    Ecdf,
    /// Exceedance: the share of replications above each value, with the same band, all in one plot.
    Exceedance,
}

/// The chart, from the column of a response in the table `replications` (rows by `alternative`): up to twelve alternatives; of more, the first twelve
/// are drawn and the note says so.
#[derive(Clone, Debug)]
pub struct Distribution<'a> {
    /// The words round it. The chart says n, bins and marks by itself.
    pub heading: Heading,
    /// How wide it is printed.
    pub width: Width,
    /// What is counted: "Delivered aid".
    pub quantity: &'a str,
    /// Its unit: "t"; may be empty.
    pub unit: &'a str,
    /// What is compared, in order.
    pub alternatives: &'a [Alternative<'a>],
    /// Which picture.
    pub shape: Shape,
}

/// Draws the distribution of a response.
pub fn distribution(chart: &Distribution) -> Scene {
    let samples: Vec<Sample> = chart
        .alternatives
        .iter()
        .take(MOST)
        .enumerate()
        .map(|(class, alternative)| Sample::new(class, alternative.name, alternative.values))
        .collect();
    let range = roomy(
        samples.iter().filter_map(Sample::least).fold(f64::INFINITY, f64::min),
        samples.iter().filter_map(Sample::greatest).fold(f64::NEG_INFINITY, f64::max),
    );
    let mut measure = Measure::of(range, chart.unit);
    if let (false, Some(value)) = (samples.iter().any(Sample::varies), samples.iter().find_map(Sample::least)) {
        // Values that do not vary are told as they are: "0 t", not "0.000 t".
        measure = measure.exact(value);
    }
    let mut page = super::super::page::Page::open(chart.width, &chart.heading);
    match chart.shape {
        Shape::Histogram => histogram::draw(&mut page, chart, &samples, range, &measure),
        Shape::Violin => violin::draw(&mut page, chart, &samples, range, &measure),
        Shape::Ecdf | Shape::Exceedance => ecdf::draw(&mut page, chart, &samples, range, &measure),
    }
    if chart.alternatives.len() > MOST {
        page.explain(format!("The first {MOST} of {} alternatives are drawn.", chart.alternatives.len()));
    }
    let missing: usize = samples.iter().map(|sample| sample.missing).sum();
    if missing > 0 {
        page.explain(format!("{} without a number left out.", values(missing)));
    }
    let said: Vec<String> = samples.iter().map(|sample| sample.in_words(&measure)).collect();
    page.close(format!("{}. {}", measure.axis_title(chart.quantity), said.join(" ")))
}

fn values(count: usize) -> String {
    let noun = if count == 1 { "value" } else { "values" };
    format!("{} {noun}", counted(count))
}
