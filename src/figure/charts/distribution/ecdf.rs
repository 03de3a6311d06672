//! Empirical distribution functions, or the shares above, in one plot, with their bands where few enough to be told apart, and a table of their marks
//! that is also the legend.

use std::fmt::Write;

use super::super::super::colour::{INK, MUTED};
use super::super::super::numbers::{Measure, counted};
use super::super::super::page::{self, GAP, HAIR, MARGIN, NAME, Page, SERIES, SMALL, TICK_ROOM};
use super::super::super::plot::Plot;
use super::super::super::scene::{Anchor, Frame, Mark, Point, Stroke, Text};
use super::super::super::text::{self, Weight};
use super::{Distribution, Sample, Shape};
use crate::stats::dkw_band;

/// More bands than this cover one another.
const MOST_BANDS: usize = 2;
/// More curves than this in one plot cannot be told apart.
const MOST_CURVES: usize = 4;
/// Height of a row of the table.
const ROW: f64 = 11.0;
/// A name has so much room beside its numbers at least.
const LEAST_NAME: f64 = 50.0;

pub(super) fn draw(page: &mut Page, chart: &Distribution, samples: &[Sample], range: (f64, f64), measure: &Measure) {
    if samples.len() > MOST_CURVES {
        return super::apart::draw(page, chart, samples, range, measure);
    }
    let ticks = percents(5);
    let left = MARGIN + page::widest(ticks.iter().map(|t| t.1.as_str()), SMALL, Weight::Regular) + 4.0;
    let frame = Frame {
        left,
        top: page.top + 14.0,
        right: page.scene.width - MARGIN,
        bottom: page.top + 14.0 + if page.scene.width > 400.0 { 190.0 } else { 130.0 },
    };
    let mut plot = Plot::new(frame, range, (0.0, 1.0));
    let side = Side::of(chart.shape);
    page.vertical_axis(&plot, &ticks, side.words());
    let drawn: Vec<&Sample> = samples.iter().filter(|sample| sample.n() > 0).collect();
    let banded = drawn.len() <= MOST_BANDS;
    for sample in drawn.iter().filter(|_| banded) {
        let margin = dkw_band(sample.n(), 0.95);
        let lower = steps(sample, range, |share| (side.share(share) - margin).max(0.0));
        let upper = steps(sample, range, |share| (side.share(share) + margin).min(1.0));
        plot.band(&lower, &upper, sample.fill().with_alpha(0.15));
    }
    for sample in &drawn {
        plot.line(&steps(sample, range, |share| side.share(share)), sample.line(), SERIES);
    }
    let at = |value: f64| plot.x(value);
    let dots: Vec<(Point, &Sample)> = drawn
        .iter()
        .flat_map(|sample| {
            let marks = sample.marks().unwrap_or_default();
            [0.05, 0.5, 0.95]
                .into_iter()
                .zip(marks)
                .map(|(p, value)| ((at(value), plot.y(side.share(p))), *sample))
        })
        .collect();
    let medians: Vec<(f64, &Sample, f64)> = drawn
        .iter()
        .map(|s| s.marks().unwrap_or_default()[1])
        .zip(&drawn)
        .map(|(m, s)| (at(m), *s, m))
        .collect();
    let bare = Plot::new(frame, range, (0.0, 1.0));
    page.scene.push(plot.into_mark());
    if banded {
        drops(page, &bare, &medians, side, measure);
    }
    let tagged = drawn.len() > 1 && !names(page, &bare, &drawn, side);
    for (centre, sample) in dots {
        page.scene.push(Mark::Circle {
            centre,
            radius: 1.9,
            fill: sample.line(),
            stroke: None,
        });
    }
    if tagged {
        tags(page, &bare, samples, side);
    }
    for sample in &drawn {
        told(page, &bare, sample, side, measure);
    }
    let ticks = page::fitting_ticks(&bare, range, measure, page.scene.width);
    page.horizontal_axis(frame, &ticks);
    page.horizontal_title(frame, frame.bottom + TICK_ROOM + 11.0, &measure.axis_title(chart.quantity));
    page.top = frame.bottom + TICK_ROOM + 20.0;
    table(page, samples, tagged, measure);
    explain(page, &drawn, banded);
}

/// A few places on a curve, in words: where values are equal, with the share that there is.
fn told(page: &mut Page, plot: &Plot, sample: &Sample, side: Side, measure: &Measure) {
    let n = sample.n();
    let mut values: Vec<f64> = [0.05, 0.25, 0.5, 0.75, 0.95]
        .map(|p| sample.sorted[((p * n as f64 - 1e-9).ceil() as usize).clamp(1, n) - 1])
        .into();
    values.dedup();
    for value in values {
        let share = side.share(sample.sorted.partition_point(|x| *x <= value) as f64 / n as f64);
        let at = (plot.x(value).min(plot.frame.right), plot.y(share));
        let than = if side == Side::Above { "more than " } else { "" };
        let or = if side == Side::Above { "" } else { " or less" };
        let words = format!(
            "{}: {:.0}\u{a0}% of {} replications with {than}{}{or}",
            sample.name,
            share * 100.0,
            counted(n),
            measure.full(value)
        );
        page.scene.tip(Frame::around(&[at]).grown(4.0), words);
    }
}

/// Ticks of an axis of shares.
pub(super) fn percents(most: usize) -> Vec<(f64, String)> {
    let percent = Measure {
        factor: 0.01,
        decimals: 0,
        unit: String::new(),
    };
    let ticks = percent.ticks((0.0, 1.0), most).into_iter();
    ticks.map(|(value, label)| (value, format!("{label}\u{a0}%"))).collect()
}

/// Which share a curve tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// At or below a value.
    Below,
    /// Above it.
    Above,
}

impl Side {
    pub(super) fn of(shape: Shape) -> Side {
        if shape == Shape::Exceedance { Side::Above } else { Side::Below }
    }

    /// What is drawn for a share at or below.
    pub(super) fn share(self, below: f64) -> f64 {
        match self {
            Side::Below => below,
            Side::Above => 1.0 - below,
        }
    }

    pub(super) fn words(self) -> &'static str {
        match self {
            Side::Below => "Share of replications with this or less",
            Side::Above => "Share of replications with more than this",
        }
    }
}

/// The function as stairs from edge to edge of the plot, each share passed through `shift`.
pub(super) fn steps(sample: &Sample, range: (f64, f64), shift: impl Fn(f64) -> f64) -> Vec<Point> {
    let n = sample.n() as f64;
    let mut stairs = vec![(range.0, shift(0.0))];
    let within = sample.sorted.partition_point(|value| *value <= range.1);
    for (index, &value) in sample.sorted[..within].iter().enumerate() {
        stairs.push((value, shift(index as f64 / n)));
        stairs.push((value, shift((index + 1) as f64 / n)));
    }
    stairs.push((range.1, shift(within as f64 / n)));
    stairs
}

/// From each median down to the axis; what they are beside them, if there is room for all (the table has them too).
fn drops(page: &mut Page, plot: &Plot, medians: &[(f64, &Sample, f64)], side: Side, measure: &Measure) {
    let (frame, y) = (plot.frame, plot.y(0.5));
    let mut taken: Vec<Frame> = medians
        .iter()
        .map(|&(x, ..)| Frame {
            left: x - 1.0,
            right: x + 1.0,
            top: y,
            bottom: frame.bottom,
        })
        .collect();
    let mut labels: Vec<Text> = Vec::new();
    for &(x, sample, value) in medians {
        page.scene.line((x, y), (x, frame.bottom), Stroke::dashed(sample.line(), HAIR));
        let label = |x: f64, anchor: Anchor| {
            let text = Text::new((x, frame.bottom - 4.0), measure.full(value), SMALL, sample.ink());
            text.semibold().haloed().anchored(anchor)
        };
        let free = |text: &Text| {
            let extent = text.extent();
            frame.holds(&extent)
                && !taken.iter().any(|other| other.overlaps(&extent))
                && !medians
                    .iter()
                    .any(|(_, other, _)| is_crossed(&extent.grown(1.0), plot, other, side))
        };
        let found = [label(x + 3.0, Anchor::Start), label(x - 3.0, Anchor::End)].into_iter().find(free);
        taken.extend(found.iter().map(Text::extent));
        labels.extend(found);
    }
    if labels.len() == medians.len() {
        for text in labels {
            page.scene.text(text);
        }
    }
}

/// The names beside their curves, if all find a place free of curves and other names, which it says; the table below has them in any case.
fn names(page: &mut Page, plot: &Plot, drawn: &[&Sample], side: Side) -> bool {
    const HEIGHTS: [f64; 7] = [0.7, 0.8, 0.6, 0.9, 0.4, 0.3, 0.2];
    let mut placed: Vec<Text> = Vec::new();
    for sample in drawn {
        let shown = text::fit(sample.name, NAME, Weight::SemiBold, plot.frame.width() * 0.3);
        let label = |p: f64, anchor: Anchor| {
            let aside = if anchor == Anchor::Start { 6.0 } else { -6.0 };
            let at = (
                plot.x(sample.quantile(p)) + aside,
                plot.y(side.share(p)) + text::CAP_HEIGHT * NAME / 2.0,
            );
            // On the bands of other curves a name in its colour would be hard to read.
            let ink = if drawn.len() <= MOST_BANDS { INK } else { sample.ink() };
            Text::new(at, shown.clone(), NAME, ink).semibold().anchored(anchor)
        };
        let free = |text: &Text| {
            let extent = text.extent().grown(2.0);
            plot.frame.holds(&extent)
                && !placed.iter().any(|other| other.extent().overlaps(&extent))
                && !drawn.iter().any(|other| is_crossed(&extent, plot, other, side))
        };
        let places = HEIGHTS.iter().flat_map(|&p| [label(p, Anchor::Start), label(p, Anchor::End)]);
        let Some(text) = places.into_iter().find(free) else {
            return false;
        };
        placed.push(text);
    }
    for text in placed {
        page.scene.text(text);
    }
    true
}

/// The number of each alternative on its curve, each at a height of its own, so that curves can be told apart without their colours.
fn tags(page: &mut Page, plot: &Plot, samples: &[Sample], side: Side) {
    let count = samples.len() as f64;
    for (index, sample) in samples.iter().enumerate().filter(|(_, sample)| sample.n() > 0) {
        let p = (index as f64 + 0.5) / count;
        let x = plot.x(sample.quantile(p)).clamp(plot.frame.left + 6.0, plot.frame.right - 6.0);
        let at = (x, plot.y(side.share(p)) + text::CAP_HEIGHT * SMALL / 2.0);
        let tag = Text::new(at, (index + 1).to_string(), SMALL, sample.ink()).semibold().haloed();
        page.scene.text(tag.anchored(Anchor::Middle));
    }
}

/// Whether the curve of a sample passes through a box: it only rises or only falls, so it does if the heights between those at the sides meet the box.
fn is_crossed(extent: &Frame, plot: &Plot, sample: &Sample, side: Side) -> bool {
    let share = |x: f64| sample.sorted.partition_point(|&value| plot.x(value) <= x) as f64 / sample.n() as f64;
    let [one, other] = [extent.left, extent.right].map(|x| plot.y(side.share(share(x))));
    one.min(other) <= extent.bottom && one.max(other) >= extent.top
}

/// Key, name, median, 5 % to 95 %, n: one row an alternative.
fn table(page: &mut Page, samples: &[Sample], tagged: bool, measure: &Measure) {
    // Room of the key, and of the number beside it.
    let key = if tagged { 27.0 } else { 16.0 };
    let cells: Vec<[String; 3]> = samples
        .iter()
        .map(|sample| {
            let [median, span] = sample.marks().map_or_else(
                || ["–".to_owned(), "no values".to_owned()],
                |[low, median, high]| [measure.bare(median), format!("{} – {}", measure.bare(low), measure.bare(high))],
            );
            [median, span, counted(sample.n())]
        })
        .collect();
    let heads = [measure.axis_title("median"), "5\u{a0}% – 95\u{a0}%".to_owned(), "n".to_owned()];
    let mut ends = [0.0; 3];
    let mut right = page.scene.width - MARGIN;
    for column in (0..3).rev() {
        ends[column] = right;
        let widths = cells.iter().map(|row| row[column].as_str()).chain([heads[column].as_str()]);
        right -= page::widest(widths, SMALL, Weight::SemiBold) + 2.0 * GAP;
    }
    // On a page too narrow for both, a name stands above its numbers.
    let beside = right - MARGIN - key;
    let is_above = beside < LEAST_NAME;
    let room = if is_above { page.scene.width - 2.0 * MARGIN - key } else { beside };
    let names: Vec<Vec<String>> = samples
        .iter()
        .map(|s| text::wrap(s.name, NAME, Weight::SemiBold, room, 2))
        .collect();
    let longest = page::widest(names.iter().flatten().map(String::as_str), NAME, Weight::SemiBold);
    // Numbers stand beside the names rather than at the far edge of a wide page.
    let shift = if is_above { 0.0 } else { (room - longest - 2.0 * GAP).max(0.0) };
    let ends = ends.map(|end| end - shift);
    for (head, end) in heads.iter().zip(ends) {
        page.scene
            .text(Text::new((end, page.top + 7.0), head.clone(), SMALL, MUTED).anchored(Anchor::End));
    }
    page.top += ROW;
    for (index, ((sample, name), row)) in samples.iter().zip(names).zip(cells).enumerate() {
        let baseline = page.top + 7.5;
        page.scene.line(
            (MARGIN, baseline - 2.6),
            (MARGIN + 11.0, baseline - 2.6),
            Stroke::solid(sample.line(), 2.0),
        );
        if tagged {
            let tag = Text::new((MARGIN + key - 3.5, baseline), (index + 1).to_string(), SMALL, sample.ink());
            page.scene.text(tag.semibold().anchored(Anchor::End));
        }
        let lines = name.len() as f64;
        for (line, words) in name.into_iter().enumerate() {
            let at = (MARGIN + key, baseline + ROW * 0.9 * line as f64);
            page.scene.text(Text::new(at, words, NAME, sample.ink()).semibold());
        }
        let below = if is_above { ROW * 0.9 * lines } else { 0.0 };
        for (cell, end) in row.into_iter().zip(ends) {
            page.scene
                .text(Text::new((end, baseline + below), cell, SMALL, INK).anchored(Anchor::End));
        }
        page.top += ROW * (1.0 + 0.9 * (lines - 1.0).max(0.0)) + below.min(ROW * 0.9);
    }
    page.top -= 3.0;
}

fn explain(page: &mut Page, drawn: &[&Sample], banded: bool) {
    let margins: Vec<f64> = drawn.iter().map(|sample| dkw_band(sample.n(), 0.95) * 100.0).collect();
    let widest = margins.iter().copied().fold(0.0, f64::max);
    let mut said = String::from("Dots: 5\u{a0}%, median and 95\u{a0}% of the replications.");
    if drawn.is_empty() {
        said.clear();
    } else if banded {
        said.push_str(" Shaded: where the whole curve of all possible replications lies with 95\u{a0}% confidence (DKW band).");
    } else {
        let widest = widest.min(100.0);
        let _ = write!(
            said,
            " Each whole curve is known to within {widest:.1} percentage points up or down, with 95\u{a0}% confidence (DKW band, not drawn here)."
        );
    }
    page.explain(said);
}
