//! Many distribution functions, a panel each: the curve of one alternative with its band before those of all others in grey.

use super::super::super::colour::{Colour, INK, MUTED};
use super::super::super::numbers::{Measure, counted};
use super::super::super::page::{HAIR, Page, SERIES, Tick, have_room};
use super::super::super::plot::Plot;
use super::super::super::scene::{Mark, Point, Stroke};
use super::super::multiples::{Head, Multiples, small};
use super::ecdf::{Side, percents, steps};
use super::{Distribution, Sample};
use crate::stats::dkw_band;

/// A curve in the background has so many corners at most: 144 of them must not fill a page's file.
const CORNERS: usize = 60;

pub(super) fn draw(page: &mut Page, chart: &Distribution, samples: &[Sample], range: (f64, f64), measure: &Measure) {
    let side = Side::of(chart.shape);
    let (abreast, height) = small(chart.width, samples.len());
    let multiples = Multiples {
        heads: samples
            .iter()
            .map(|sample| Head {
                name: sample.name.to_owned(),
                aside: in_short(sample, measure),
            })
            .collect(),
        x: range,
        y: (0.0, 1.0),
        ticks: percents(2),
        up: format!("{}; grey: the others", side.words()),
        across: measure.axis_title(chart.quantity),
        abreast,
        height,
        rows: 1,
        below: &|plot| ticks(plot, range, measure),
    };
    let grounds: Vec<Vec<Point>> = samples.iter().map(|sample| ground(sample, range, side)).collect();
    for (own, (plot, sample)) in multiples.lay(page).into_iter().zip(samples).enumerate() {
        page.scene.tip(plot.frame, sample.told(measure));
        panel(page, plot, (own, sample), &grounds, range, side);
    }
    page.explain("Shaded: where a whole curve of all possible replications lies with 95\u{a0}% confidence (DKW band). Dashed: the first alternative.");
}

/// Median and n, in a few words.
fn in_short(sample: &Sample, measure: &Measure) -> String {
    match sample.marks() {
        Some([_, median, _]) => format!("median {}, n = {}", measure.full(median), counted(sample.n())),
        None => "no values".to_owned(),
    }
}

/// The curve by few of its quantiles.
fn ground(sample: &Sample, range: (f64, f64), side: Side) -> Vec<Point> {
    if sample.n() == 0 {
        return Vec::new();
    }
    let inner = (0..=CORNERS).map(|k| k as f64 / CORNERS as f64);
    let inner = inner.map(|p| (sample.quantile(p).min(range.1), side.share(p)));
    let ends = [(range.0, side.share(0.0)), (range.1, side.share(1.0))];
    std::iter::once(ends[0]).chain(inner).chain(std::iter::once(ends[1])).collect()
}

fn panel(page: &mut Page, mut plot: Plot, (own, sample): (usize, &Sample), grounds: &[Vec<Point>], range: (f64, f64), side: Side) {
    let frame = plot.frame;
    let blue = Colour::class(0);
    let first: Vec<Point> = grounds[0].iter().map(|&(x, y)| (plot.x(x), plot.y(y))).collect();
    for (_, ground) in grounds.iter().enumerate().filter(|(k, ground)| *k != own && !ground.is_empty()) {
        plot.line(ground, MUTED.with_alpha(0.35), HAIR);
    }
    if sample.n() > 0 {
        let margin = dkw_band(sample.n(), 0.95);
        let lower = steps(sample, range, |share| (side.share(share) - margin).max(0.0));
        let upper = steps(sample, range, |share| (side.share(share) + margin).min(1.0));
        plot.band(&lower, &upper, blue.with_alpha(0.16));
        plot.line(&steps(sample, range, |share| side.share(share)), blue, SERIES);
    }
    page.scene.push(plot.into_mark());
    if own > 0 && !first.is_empty() {
        page.scene.push(Mark::Clip {
            frame: frame.grown(0.75),
            marks: vec![Mark::Polyline {
                points: first,
                stroke: Stroke::dashed(INK, HAIR + 0.25),
            }],
        });
    }
    if sample.n() == 0 {
        page.note_in(frame, "no values", MUTED);
    }
}

/// As many ticks of a scale as have room below a panel that has others beside it.
fn ticks(plot: &Plot, range: (f64, f64), measure: &Measure) -> Vec<Tick> {
    let edges = (plot.frame.left - 5.0, plot.frame.right + 5.0);
    let laid = |most: usize| -> Vec<Tick> {
        let ticks = measure.ticks(range, most).into_iter();
        let ticks = ticks.map(|(value, label)| Tick::new(plot.x(value), label, None, edges));
        ticks
            .filter(|tick| tick.middle >= edges.0 && (tick.middle - tick.at).abs() < 8.0)
            .collect()
    };
    (1..=5).rev().map(laid).find(|ticks| have_room(ticks)).unwrap_or_default()
}
