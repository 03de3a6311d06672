//! Violins: the density of each alternative mirrored about its row, with the box of its quartiles in it.

use super::super::super::colour::{INK, PAPER};
use super::super::super::numbers::{Measure, counted};
use super::super::super::page::{HAIR, Page};
use super::super::super::plot::Plot;
use super::super::super::scene::{Frame, Mark, Point, Stroke};
use super::super::rows::{Column, Rows, told};
use super::{Distribution, Sample};

/// Half the height of a box.
const BOX: f64 = 3.2;
/// A value beyond the whiskers is a dot so large.
const OUTLIER: f64 = 0.9;
/// Fewer values than this are dots alone: a box of them would pretend to know.
const FEWEST: usize = 5;

pub(super) fn draw(page: &mut Page, chart: &Distribution, samples: &[Sample], range: (f64, f64), cut: bool, measure: &Measure) {
    let seen = samples.iter().filter_map(Sample::seen);
    let range = if cut {
        range
    } else {
        seen.fold(range, |all, one| (all.0.min(one.0), all.1.max(one.1)))
    };
    let cells = |of: &dyn Fn(&Sample) -> String| -> Vec<String> { samples.iter().map(of).collect() };
    let mark = |sample: &Sample, which: usize| told(sample.marks().map_or(f64::NAN, |m| m[which]), |v| measure.bare(v));
    let pitch = match samples.len() {
        0..=1 => 64.0,
        2..=4 => 40.0,
        _ => 26.0,
    };
    let columns = vec![
        Column {
            head: measure.axis_title("median"),
            cells: cells(&|sample| mark(sample, 1)),
        },
        Column {
            head: "middle 90\u{a0}%".to_owned(),
            cells: cells(&|sample| {
                if sample.varies() {
                    format!("{} to {}", mark(sample, 0), mark(sample, 2))
                } else {
                    "–".to_owned()
                }
            }),
        },
        Column {
            head: "n".to_owned(),
            cells: cells(&|sample| counted(sample.n())),
        },
    ];
    let names = samples.iter().map(|sample| sample.name).collect();
    let rows = Rows {
        pitch,
        zero: false,
        ..Rows::on_one_scale(names, range, measure, columns, measure.axis_title(chart.quantity))
    };
    let density = Density::of(samples, range, pitch);
    for placed in rows.lay(page) {
        let frame = placed.plot.frame;
        let mut marks = Vec::new();
        for ((sample, curve), y) in samples.iter().zip(&density.curves).zip(&placed.middles) {
            density.violin(&mut marks, &placed.plot, sample, curve, *y);
            values(&mut marks, &placed.plot, sample, *y);
        }
        page.scene.push(Mark::Clip {
            frame: frame.grown(2.5),
            marks,
        });
    }
    explain(page, samples, &density);
}

/// The densities, on one scale: all violins have the same area.
struct Density {
    curves: Vec<Vec<Point>>,
    /// Points of height to one of density.
    scale: f64,
}

impl Density {
    fn of(samples: &[Sample], range: (f64, f64), pitch: f64) -> Density {
        let curves: Vec<Vec<Point>> = samples.iter().map(|sample| sample.density(range)).collect();
        let peak = curves.iter().flatten().map(|p| p.1).fold(0.0, f64::max);
        Density {
            curves,
            scale: if peak > 0.0 { (pitch - 4.0) / 2.0 / peak } else { 0.0 },
        }
    }

    fn violin(&self, marks: &mut Vec<Mark>, plot: &Plot, sample: &Sample, curve: &[Point], middle: f64) {
        if curve.is_empty() {
            return;
        }
        let side = |sign: f64| curve.iter().map(move |(x, d)| (plot.x(*x), middle + sign * d * self.scale));
        let points: Vec<Point> = side(-1.0).chain(side(1.0).collect::<Vec<_>>().into_iter().rev()).collect();
        marks.push(Mark::Area {
            points: points.clone(),
            fill: sample.fill().with_alpha(0.28),
        });
        let closed = points.iter().chain(points.first()).copied().collect();
        marks.push(Mark::Polyline {
            points: closed,
            stroke: Stroke::solid(sample.line(), 0.9),
        });
    }
}

/// Box, whiskers and what lies beyond, or the values themselves where they are few.
fn values(marks: &mut Vec<Mark>, plot: &Plot, sample: &Sample, y: f64) {
    let dot = |value: f64, radius: f64| Mark::Circle {
        centre: (plot.x(value), y),
        radius,
        fill: INK,
        stroke: None,
    };
    if sample.n() < FEWEST || !sample.varies() {
        let shown = if sample.varies() {
            &sample.sorted[..]
        } else {
            &sample.sorted[..sample.n().min(1)]
        };
        marks.extend(shown.iter().map(|value| dot(*value, 2.2)));
        return;
    }
    let [q1, median, q3] = [0.25, 0.5, 0.75].map(|p| sample.quantile(p));
    let fence = 1.5 * (q3 - q1);
    let within = || sample.sorted.iter().copied().filter(|v| (q1 - fence..=q3 + fence).contains(v));
    let (low, high) = within().fold((q1, q3), |(low, high), v| (low.min(v), high.max(v)));
    let ink = |width: f64| Stroke::solid(INK, width);
    let line = |from: Point, to: Point, width: f64| Mark::Line {
        from,
        to,
        stroke: ink(width),
    };
    marks.push(line((plot.x(low), y), (plot.x(high), y), 0.75));
    let frame = Frame {
        left: plot.x(q1),
        right: plot.x(q3),
        top: y - BOX,
        bottom: y + BOX,
    };
    marks.push(Mark::Rect {
        frame,
        fill: PAPER,
        crisp: false,
    });
    let (left, right, top, bottom) = (frame.left, frame.right, frame.top, frame.bottom);
    marks.push(Mark::Polyline {
        points: vec![(left, top), (right, top), (right, bottom), (left, bottom), (left, top)],
        stroke: ink(HAIR + 0.25),
    });
    marks.push(line((plot.x(median), top), (plot.x(median), bottom), 1.6));
    // Dots that would cover one another are one.
    let mut last = f64::NEG_INFINITY;
    for value in sample.sorted.iter().filter(|v| !(low..=high).contains(*v)) {
        if plot.x(*value) - last >= OUTLIER {
            last = plot.x(*value);
            marks.push(dot(*value, OUTLIER));
        }
    }
}

fn explain(page: &mut Page, samples: &[Sample], density: &Density) {
    let boxes = samples.iter().any(|s| s.n() >= FEWEST && s.varies());
    if density.curves.iter().any(|curve| !curve.is_empty()) {
        page.explain("Shape: wide where many replications lie, all of one area (Gaussian kernel, Silverman's bandwidth).");
    }
    if boxes {
        page.explain("Box: the middle half of the replications, the line in it their median; whiskers to the last value within 1.5 times the box; dots beyond.");
    }
    if samples.iter().any(|s| s.n() > 0 && (s.n() < FEWEST || !s.varies())) {
        page.explain("Single dots: the values themselves, where there are fewer than five or all are equal.");
    }
}
