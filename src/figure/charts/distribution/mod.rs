//! How one response is distributed over replications, for one alternative or several: a histogram with its density, violins with their boxes, or the
//! empirical distribution function, or its complement, with its band.

mod apart;
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
    // A histogram shows every value.
    let end = cut(&samples, range).filter(|_| chart.shape != Shape::Histogram);
    let range = (range.0, end.unwrap_or(range.1));
    let mut measure = Measure::of(range, chart.unit);
    if let (false, Some(value)) = (samples.iter().any(Sample::varies), samples.iter().find_map(Sample::least)) {
        // Values that do not vary are told as they are: "0 t", not "0.000 t".
        measure = measure.exact(value);
    }
    let mut page = super::super::page::Page::open(chart.width, &chart.heading);
    match chart.shape {
        Shape::Histogram => histogram::draw(&mut page, chart, &samples, range, &measure),
        Shape::Violin => violin::draw(&mut page, chart, &samples, range, end.is_some(), &measure),
        Shape::Ecdf | Shape::Exceedance => ecdf::draw(&mut page, chart, &samples, range, &measure),
    }
    if let Some(end) = end {
        let beyond = samples.iter().flat_map(|sample| &sample.sorted).filter(|value| **value > end);
        let greatest = beyond.clone().copied().fold(end, f64::max);
        let count = values(beyond.count());
        page.explain(format!("Not drawn: {count} beyond the scale, up to {}.", measure.full(greatest)));
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

/// Where the scale ends if a few far values would press all others together: as far beyond the greatest 95 % line as that lies from its beginning.
fn cut(samples: &[Sample], range: (f64, f64)) -> Option<f64> {
    /// Of fewer values none is far.
    const FEWEST: usize = 20;
    let many = samples.iter().filter(|sample| sample.n() >= FEWEST);
    let high = many.map(|sample| sample.quantile(0.95)).fold(f64::NEG_INFINITY, f64::max);
    let end = high + (high - range.0);
    (high > range.0 && range.1 > high + 4.0 * (high - range.0)).then_some(end)
}

fn values(count: usize) -> String {
    let noun = if count == 1 { "value" } else { "values" };
    format!("{} {noun}", counted(count))
}
