//! What an hour of closure costs, by when the closure begins and by how long it lasts: a row a kind of closure, a panel an alternative.

use super::super::colour::{Colour, MUTED};
use super::super::numbers::{Measure, counted, holding};
use super::super::page::{Heading, Page, Width};
use super::super::scene::Scene;
use super::forest::percent;
use super::rows::{self, Column, Panel, Rows};
use super::shapes::{self, Shape, Value};
use crate::stats::Estimate;

/// A kind of closure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind<'a> {
    /// By what kinds are told apart: "Begins at", "Lasts".
    pub group: &'a str,
    /// Which: "06:00–10:00".
    pub name: &'a str,
}

/// The price of one kind of closure under one alternative.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Price {
    /// Per hour closed; its ends are NaN where there are too few closures. NaN where there is none.
    pub price: Estimate,
    /// Closures that it comes from.
    pub n: usize,
}

/// The prices under one alternative.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Priced<'a> {
    /// Its name; not shown if it is the only one.
    pub name: &'a str,
    /// By kind.
    pub prices: &'a [Price],
}

/// The chart, from the table `closure_price`, rows with `group` = `hour` and `length` (others likewise): `alternative`, `level`,
/// `tonnes_per_closed_hour`, `lower`, `upper`, `n`, `confidence`.
#[derive(Clone, Debug)]
pub struct ClosurePrice<'a> {
    /// The words round it. The chart explains its marks and says confidence by itself.
    pub heading: Heading,
    /// How wide it is printed.
    pub width: Width,
    /// What is lost: "Aid lost per closed hour".
    pub quantity: &'a str,
    /// Its unit: "t/h"; may be empty.
    pub unit: &'a str,
    /// Confidence of each interval, 0 to 1.
    pub confidence: f64,
    /// The rows, from above.
    pub kinds: &'a [Kind<'a>],
    /// The alternatives, all on one scale.
    pub alternatives: &'a [Priced<'a>],
}

/// So many panels have their full width where the chart is as narrow as a column.
const MOST_IN_A_COLUMN: usize = 4;

/// Draws prices of closures.
pub fn closure_price(chart: &ClosurePrice) -> Scene {
    let mut page = Page::open(chart.width, &chart.heading);
    let all = || chart.alternatives.iter().flat_map(|a| a.prices);
    let ends = all().flat_map(|p| [p.price.value, p.price.lower, p.price.upper]);
    let range = holding(ends.chain([0.0]));
    let measure = Measure::of(range, chart.unit);
    let percent = percent(chart.confidence);
    let single = chart.alternatives.len() == 1;
    // Of many panels in a column the chart would be taller than a page.
    let cramped = !chart.width.is_wide() && chart.alternatives.len() > MOST_IN_A_COLUMN;
    let panels = chart.alternatives.iter().map(|alternative| Panel {
        title: if single { String::new() } else { alternative.name.to_owned() },
        range,
        measure: measure.clone(),
    });
    let rows = Rows {
        names: chart.kinds.iter().map(|kind| kind.name).collect(),
        groups: chart.kinds.iter().map(|kind| kind.group).collect(),
        panels: panels.collect(),
        columns: if single {
            columns(chart.alternatives[0].prices, &measure, &percent)
        } else {
            Vec::new()
        },
        pitch: match (single, cramped) {
            (true, _) => rows::PITCH,
            (false, false) => 14.0,
            (false, true) => 10.0,
        },
        zero: true,
        axis: measure.axis_title(chart.quantity),
        cramped,
    };
    for (placed, alternative) in rows.lay(&mut page).iter().zip(chart.alternatives) {
        for (row, (price, y)) in alternative.prices.iter().zip(&placed.middles).enumerate() {
            shapes::value(&mut page, &placed.plot, *y, &drawn(price));
            if !single {
                placed.tip(&mut page, row, told(alternative, &chart.kinds[row], price, &measure));
            }
        }
    }
    if all().any(|p| p.price.lower.is_finite()) {
        page.explain(format!("Lines: {percent} intervals, of each price alone."));
    }
    if all().any(is_few) {
        page.explain("Rings: fewer closures than an interval takes.");
    }
    if !single {
        page.explain(format!(
            "Closures, one of each replication: {}",
            rows::sizes(all().map(|p| p.n).filter(|n| *n > 0))
        ));
    }
    page.close(in_words(chart, &measure))
}

/// A price in words.
fn told(of: &Priced, kind: &Kind, price: &Price, measure: &Measure) -> String {
    let value = rows::told(price.price.value, |v| measure.full(v));
    let interval = rows::interval(measure, [price.price.lower, price.price.upper]);
    format!(
        "{}, {} {}: {value}, interval {interval}, closures: {}",
        of.name,
        kind.group,
        kind.name,
        counted(price.n)
    )
}

fn is_few(price: &Price) -> bool {
    price.price.value.is_finite() && !price.price.lower.is_finite()
}

fn drawn(price: &Price) -> Value {
    let few = is_few(price);
    Value {
        at: price.price.value,
        ends: [price.price.lower, price.price.upper],
        inner: [f64::NAN; 2],
        shape: if few { Shape::Ring } else { Shape::Dot },
        colour: if few { MUTED } else { Colour::class(0) },
    }
}

fn columns(prices: &[Price], measure: &Measure, percent: &str) -> Vec<Column> {
    vec![
        Column {
            head: measure.unit.clone(),
            cells: prices.iter().map(|p| rows::told(p.price.value, |v| measure.bare(v))).collect(),
        },
        Column {
            head: format!("{percent} interval"),
            cells: prices
                .iter()
                .map(|p| rows::interval(measure, [p.price.lower, p.price.upper]))
                .collect(),
        },
        Column {
            head: "closures".to_owned(),
            cells: prices.iter().map(|p| counted(p.n)).collect(),
        },
    ]
}

fn in_words(chart: &ClosurePrice, measure: &Measure) -> String {
    let said = chart.alternatives.iter().map(|alternative| {
        let rows = chart.kinds.iter().zip(alternative.prices);
        let rows = rows.map(|(kind, p)| {
            let told = rows::told(p.price.value, |v| measure.full(v));
            format!("{} {}: {told}", kind.group, kind.name)
        });
        format!("{}. {}.", alternative.name, rows.collect::<Vec<_>>().join("; "))
    });
    format!("{}. {}", measure.axis_title(chart.quantity), said.collect::<Vec<_>>().join(" "))
}
