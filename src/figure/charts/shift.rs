//! The shift plot: how two laws differ at every quantile, with the band that holds for all of them at once (Doksum and Sievers 1976).

use super::super::colour::{Colour, INK, MUTED};
use super::super::numbers::{Measure, counted, holding};
use super::super::page::{self, AXIS, Heading, Page, SERIES, Tick, Width};
use super::super::plot::Plot;
use super::super::scene::{Frame, Point, Scene, Stroke};
use super::forest::percent;
use super::multiples::{Head, Multiples, small};
use super::rows;
use super::shapes::{self, Shape};
use crate::stats::Shift;

/// One alternative held against the reference.
#[derive(Clone, Copy, Debug)]
pub struct Shifted<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its quantiles less those of the reference, by probability, ascending; empty where there are too few replications.
    pub shifts: &'a [Shift],
    /// Pairs of replications.
    pub n: usize,
}

/// The chart. The differences are those of [`crate::stats::shift_function`] on the columns of a response in the table `replications`, of an alternative
/// and of the reference, paired by `replication`.
#[derive(Clone, Debug)]
pub struct ShiftPlot<'a> {
    /// The words round it. The chart explains its marks and says n and confidence by itself.
    pub heading: Heading,
    /// How wide it is printed.
    pub width: Width,
    /// What differs: "Delivered aid less that of baseline-2026".
    pub quantity: &'a str,
    /// Its unit; may be empty.
    pub unit: &'a str,
    /// Confidence with which the bands of all alternatives hold at once, 0 to 1.
    pub confidence: f64,
    /// The alternatives but for the reference, all on one scale.
    pub alternatives: &'a [Shifted<'a>],
}

/// Draws differences of quantiles.
pub fn shift_plot(chart: &ShiftPlot) -> Scene {
    let mut page = Page::open(chart.width, &chart.heading);
    let all = || chart.alternatives.iter().flat_map(|a| a.shifts);
    let range = holding(all().flat_map(|s| [s.difference, s.lower, s.upper]).chain([0.0]));
    // What is called more or less is not told as none.
    let sure = all().filter(|s| is_sure(s)).flat_map(|s| [s.difference, s.lower, s.upper]);
    let measure = Measure::of(range, chart.unit).telling(sure.map(|value| (0.0, value)));
    let (abreast, height) = small(chart.width, chart.alternatives.len());
    let multiples = Multiples {
        heads: chart
            .alternatives
            .iter()
            .map(|a| Head {
                name: a.name.to_owned(),
                aside: in_short(a),
            })
            .collect(),
        x: (0.0, 1.0),
        y: range,
        ticks: measure.ticks(range, (height / 14.0) as usize),
        up: measure.axis_title(chart.quantity),
        across: "Replications, from the least to the greatest".to_owned(),
        abreast,
        height,
        rows: 1,
        below: &|plot| shares(plot),
    };
    let plots = multiples.lay(&mut page);
    for (plot, alternative) in plots.into_iter().zip(chart.alternatives) {
        tips(&mut page, &plot, alternative, (&measure, chart.confidence));
        panel(&mut page, plot, alternative.shifts, range);
    }
    page.explain(
        "Dots: both put in order by themselves, the value so far up in the alternative less that in the reference (quantiles of Harrell and Davis).",
    );
    if all().next().is_some() {
        page.explain(format!(
            "Shaded: band that holds for all dots of all panels at once with {} confidence. Full dots: the band does not reach 0.",
            percent(chart.confidence)
        ));
    }
    page.explain(rows::sizes(chart.alternatives.iter().map(|a| a.n)));
    page.close(in_words(chart, &measure))
}

/// Whether the band keeps off 0.
fn is_sure(shift: &Shift) -> bool {
    shift.lower > 0.0 || shift.upper < 0.0
}

/// Ticks at shares that every panel has room for.
fn shares(plot: &Plot) -> Vec<Tick> {
    let frame = plot.frame;
    let tick = |p: f64| {
        Tick::new(
            plot.x(p),
            format!("{:.0}\u{a0}%", p * 100.0),
            None,
            (frame.left - 5.0, frame.right + 5.0),
        )
    };
    let fine: Vec<Tick> = [0.1, 0.3, 0.5, 0.7, 0.9].map(tick).into();
    if page::have_room(&fine) {
        fine
    } else {
        [0.1, 0.5, 0.9].map(tick).into()
    }
}

/// Each quantile in words.
fn tips(page: &mut Page, plot: &Plot, of: &Shifted, (measure, confidence): (&Measure, f64)) {
    for shift in of.shifts {
        let at = (plot.x(shift.p), plot.y(shift.difference));
        let difference = measure.with_unit(&rows::signed(measure, shift.difference));
        let band = rows::interval(measure, [shift.lower, shift.upper]);
        let words = format!(
            "{}, {:.0}\u{a0}% quantile: {difference}, {} band {band}, n = {}",
            of.name,
            shift.p * 100.0,
            percent(confidence),
            counted(of.n)
        );
        page.scene.tip(Frame::around(&[at]).grown(4.0), words);
    }
}

fn panel(page: &mut Page, mut plot: Plot, shifts: &[Shift], range: (f64, f64)) {
    let frame = plot.frame;
    let along = |of: fn(&Shift) -> f64| -> Vec<Point> { shifts.iter().map(|s| (s.p, of(s))).collect() };
    let colour = Colour::class(0);
    if shifts.len() > 1 {
        plot.band(&along(|s| s.lower), &along(|s| s.upper), colour.with_alpha(0.18));
        plot.line(&along(|s| s.difference), colour, SERIES);
    }
    let scale = Plot::new(frame, (0.0, 1.0), range);
    page.scene.push(plot.into_mark());
    let zero = scale.y(0.0);
    page.scene.line((frame.left, zero), (frame.right, zero), Stroke::solid(INK, AXIS));
    for shift in shifts {
        let at = (scale.x(shift.p), scale.y(shift.difference));
        if is_sure(shift) {
            shapes::shape(page, at, Shape::Dot, colour);
        } else {
            shapes::shape(page, at, Shape::Ring, colour);
        }
    }
    if shifts.is_empty() {
        page.note_in(frame, "too few replications", MUTED);
    }
}

/// At how many of the quantiles the band keeps off 0.
fn in_short(alternative: &Shifted) -> String {
    let all = alternative.shifts.len();
    let count = |of: &dyn Fn(&Shift) -> bool| alternative.shifts.iter().filter(|s| of(s)).count();
    let (less, more) = (count(&|s| s.upper < 0.0), count(&|s| s.lower > 0.0));
    match (less, more) {
        _ if all == 0 => String::new(),
        (0, 0) => "not distinguishable".to_owned(),
        (0, more) => format!("more at {more} of {all}"),
        (less, 0) => format!("less at {less} of {all}"),
        (less, more) => format!("less at {less}, more at {more} of {all}"),
    }
}

fn in_words(chart: &ShiftPlot, measure: &Measure) -> String {
    let said = chart.alternatives.iter().map(|a| {
        let rows = a.shifts.iter().map(|s| {
            let difference = measure.with_unit(&rows::signed(measure, s.difference));
            format!(
                "at {:.0} % {difference} ({})",
                s.p * 100.0,
                rows::interval(measure, [s.lower, s.upper])
            )
        });
        format!("{}: {}.", a.name, rows.collect::<Vec<_>>().join("; "))
    });
    format!("{}, by quantile. {}", chart.quantity, said.collect::<Vec<_>>().join(" "))
}
