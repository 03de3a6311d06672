//! Histogram with density, one panel an alternative; 5 %, median and 95 % on a whisker above each.

use super::super::super::colour::{INK, MUTED};
use super::super::super::labels::spread;
use super::super::super::numbers::{Measure, counted, nice_step, step_value};
use super::super::super::page::{self, GAP, HAIR, MARGIN, NAME, Page, SERIES, SMALL, TICK_ROOM};
use super::super::super::plot::Plot;
use super::super::super::scene::{Anchor, Frame, Mark, Stroke, Text};
use super::super::super::text::{self, Weight};
use super::{Distribution, Sample};

/// Room for the whisker and its labels above a plot.
const WHISKER_ROOM: f64 = 20.0;

/// Bins of one width, shared by all panels.
struct Bins {
    start: f64,
    step: f64,
    count: usize,
}

/// Fewest and most bins over all values, where these vary.
const BINS: (f64, f64) = (20.0, 40.0);

impl Bins {
    /// By the rule of Freedman and Diaconis (1981) on the alternative with the narrowest bins, held between [`BINS`] over all values and
    /// rounded to a nice width; whole numbers get whole widths.
    fn of(samples: &[Sample], range: (f64, f64)) -> Bins {
        let least = samples.iter().filter_map(Sample::least).fold(f64::INFINITY, f64::min);
        let greatest = samples.iter().filter_map(Sample::greatest).fold(f64::NEG_INFINITY, f64::max);
        if !samples.iter().any(Sample::varies) {
            let step = (range.1 - range.0) / 24.0;
            let start = if least.is_finite() { least } else { range.0 } - step / 2.0;
            let count = (((greatest - start) / step).ceil().max(1.0) as usize).min(26);
            return Bins { start, step, count };
        }
        let span = greatest - least;
        let finest = samples
            .iter()
            .filter(|sample| sample.varies())
            .map(|sample| {
                let spread = sample.quantile(0.75) - sample.quantile(0.25);
                2.0 * spread / libm::cbrt(sample.n() as f64)
            })
            .filter(|width| *width > 0.0)
            .fold(span, f64::min);
        let step = nice_width(span, (span / finest).clamp(BINS.0, BINS.1));
        let whole = samples
            .iter()
            .flat_map(|sample| &sample.sorted)
            .all(|value| value.fract().abs() < 1e-9);
        let (start, step) = if whole && step <= 1.0 {
            (least.floor() - 0.5, 1.0)
        } else {
            ((least / step + 1e-9).floor() * step, step)
        };
        // Where doubles are too coarse for the width the last bin takes what is left.
        let count = ((greatest - start) / step - 1e-9).ceil().clamp(1.0, 2.0 * BINS.1) as usize;
        Bins { start, step, count }
    }

    /// From the first bin to the last.
    fn range(&self) -> (f64, f64) {
        (self.start, self.start + self.step * self.count as f64)
    }

    /// Share of the values in each bin.
    fn shares(&self, sample: &Sample) -> Vec<f64> {
        let mut shares = vec![0.0; self.count];
        for value in &sample.sorted {
            let bin = ((value - self.start) / self.step).floor() as usize;
            shares[bin.min(self.count - 1)] += 1.0 / sample.n() as f64;
        }
        shares
    }
}

/// The width of 1, 2, 2.5, 4 or 5 times a power of ten that cuts `span` into a number of parts nearest to `parts`, and within [`BINS`].
fn nice_width(span: f64, parts: f64) -> f64 {
    // The least 1-2-5 step that leaves at most the greatest number of bins lies below all that are wanted.
    let decade = step_value((1.0, nice_step(span, BINS.1 as usize).1));
    let widths = [0.5, 1.0, 2.0, 2.5, 4.0, 5.0, 10.0, 20.0].map(|nice| nice * decade);
    let far = |width: f64| libm::log(span / width / parts).abs();
    let within = |width: &f64| (BINS.0..=BINS.1).contains(&(span / width));
    let nearest = widths.into_iter().filter(within).min_by(|a, b| far(*a).total_cmp(&far(*b)));
    nearest.unwrap_or(span / parts)
}

/// What one panel shows.
struct Panel<'a> {
    sample: &'a Sample<'a>,
    shares: Vec<f64>,
    curve: Vec<(f64, f64)>,
}

pub(super) fn draw(page: &mut Page, chart: &Distribution, samples: &[Sample], range: (f64, f64), measure: &Measure) {
    let bins = Bins::of(samples, range);
    // No bar is cut by the edge of the plot, and no curve.
    let shown = std::iter::once(bins.range()).chain(samples.iter().filter_map(Sample::seen));
    let range = shown.fold(range, |all, one| (all.0.min(one.0), all.1.max(one.1)));
    let panels: Vec<Panel> = samples
        .iter()
        .map(|sample| Panel {
            sample,
            shares: bins.shares(sample),
            curve: sample.density(range).into_iter().map(|(x, d)| (x, d * bins.step)).collect(),
        })
        .collect();
    let bars = panels.iter().flat_map(|panel| panel.shares.iter().copied());
    let peak = bars
        .chain(panels.iter().flat_map(|panel| panel.curve.iter().map(|p| p.1)))
        .fold(0.0, f64::max);
    let top = if peak > 0.0 { peak * 1.06 } else { 1.0 };
    let frame = match &panels[..] {
        [only] => single(page, only, &bins, range, top, measure),
        _ => stacked(page, chart, &panels, &bins, range, top, measure),
    };
    let axis = Plot::new(frame, range, (0.0, 1.0));
    let ticks = page::fitting_ticks(&axis, range, measure, page.scene.width);
    page.horizontal_axis(frame, &ticks);
    page.horizontal_title(frame, frame.bottom + TICK_ROOM + 11.0, &measure.axis_title(chart.quantity));
    page.top = frame.bottom + TICK_ROOM + 13.0;
    explain(page, samples, &bins, measure);
}

/// Ticks of the shares of replications, in per cent.
fn share_ticks(top: f64, most: usize) -> Vec<(f64, String)> {
    let shares = Measure {
        factor: 0.01,
        decimals: 0,
        unit: String::new(),
    };
    shares.ticks((0.0, top), most)
}

/// One alternative: a tall plot with an axis of shares.
fn single(page: &mut Page, panel: &Panel, bins: &Bins, range: (f64, f64), top: f64, measure: &Measure) -> Frame {
    let ticks = share_ticks(top, 5);
    let left = MARGIN + page::widest(ticks.iter().map(|t| t.1.as_str()), SMALL, Weight::Regular) + 4.0;
    let title = format!("Share of replications (%), n = {}", counted(panel.sample.n()));
    page.scene.text(Text::new((MARGIN, page.top + 6.0), title, SMALL, MUTED));
    let frame = Frame {
        left,
        top: page.top + 10.0 + WHISKER_ROOM,
        right: page.scene.width - MARGIN,
        bottom: page.top + 10.0 + WHISKER_ROOM + if page.scene.width > 400.0 { 150.0 } else { 105.0 },
    };
    let plot = Plot::new(frame, range, (0.0, top));
    page.vertical_axis(&plot, &ticks, "");
    panel_body(page, plot, panel, bins, true, measure);
    frame
}

/// Room of a name above its plot, and below each plot.
const NAME_ROOM: f64 = 11.0;
const BELOW: f64 = 5.0;
/// Room of the axis and of the notes below the last plot.
const FOOT: f64 = 105.0;
/// A plot is at least so high.
const LOWEST: f64 = 12.0;

/// Several alternatives: low plots one above the other on one pair of scales, the first one's median drawn through all.
fn stacked(page: &mut Page, chart: &Distribution, panels: &[Panel], bins: &Bins, range: (f64, f64), top: f64, measure: &Measure) -> Frame {
    const NAMES: f64 = 112.0;
    let beside = chart.width.is_wide();
    let ticks = share_ticks(top, 2);
    let gutter = page::widest(ticks.iter().map(|t| t.1.as_str()), SMALL, Weight::Regular) + 4.0;
    let names = if beside { MARGIN + NAMES } else { MARGIN };
    let (left, right) = (names + gutter, page.scene.width - MARGIN);
    let height = if panels.len() <= 4 { 52.0 } else { 36.0 };
    let taken = WHISKER_ROOM + BELOW + if beside { 0.0 } else { NAME_ROOM };
    let room = (page::TALLEST - page.top - FOOT) / panels.len().max(1) as f64 - taken;
    let height = room.clamp(LOWEST, height);
    page.scene
        .text(Text::new((names, page.top + 6.0), "Share of replications (%)", SMALL, MUTED));
    page.top += 11.0;
    let mut frame = Frame {
        left,
        right,
        top: page.top,
        bottom: page.top,
    };
    let reference = panels.first().and_then(|panel| panel.sample.marks()).map(|[_, median, _]| median);
    for (index, panel) in panels.iter().enumerate() {
        if !beside {
            name(page, panel.sample, (MARGIN, page.top + 7.0), right - MARGIN, 1);
            page.top += NAME_ROOM;
        }
        frame.top = page.top + WHISKER_ROOM;
        frame.bottom = frame.top + height;
        if beside {
            name(page, panel.sample, (MARGIN, frame.top + 6.0), NAMES - 10.0, 2);
        }
        let plot = Plot::new(frame, range, (0.0, top));
        page.vertical_axis(&plot, &ticks, "");
        if let Some(median) = reference.filter(|_| index > 0) {
            let (x, stroke) = (plot.x(median), Stroke::dashed(panels[0].sample.line().with_alpha(0.6), HAIR));
            page.scene.line((x, frame.top), (x, frame.bottom), stroke);
        }
        panel_body(page, plot, panel, bins, index == 0, measure);
        if index + 1 < panels.len() {
            page.scene
                .line((frame.left, frame.bottom), (frame.right, frame.bottom), Stroke::solid(MUTED, HAIR));
        }
        page.top = frame.bottom + BELOW;
    }
    frame
}

/// Name and n of an alternative, in its colour.
fn name(page: &mut Page, sample: &Sample, at: (f64, f64), room: f64, most: usize) {
    let n = format!("n = {}", counted(sample.n()));
    if most == 1 {
        let room = room - text::width(&n, SMALL, Weight::Regular) - GAP;
        let fitted = text::fit(sample.name, NAME, Weight::SemiBold, room);
        let after = at.0 + text::width(&fitted, NAME, Weight::SemiBold) + GAP;
        page.scene.text(Text::new(at, fitted, NAME, sample.ink()).semibold());
        page.scene.text(Text::new((after, at.1), n, SMALL, MUTED));
        return;
    }
    let mut y = at.1;
    for line in text::wrap(sample.name, NAME, Weight::SemiBold, room, most) {
        page.scene.text(Text::new((at.0, y), line, NAME, sample.ink()).semibold());
        y += NAME * text::LEADING;
    }
    page.scene.text(Text::new((at.0, y), n, SMALL, MUTED));
}

/// Bars, density and whisker of one panel.
fn panel_body(page: &mut Page, mut plot: Plot, panel: &Panel, bins: &Bins, spelled: bool, measure: &Measure) {
    let frame = plot.frame;
    let sample = panel.sample;
    let whole = Frame {
        top: frame.top - WHISKER_ROOM + 4.0,
        ..frame
    };
    page.scene.tip(whole, sample.told(measure));
    let Some(marks) = sample.marks() else {
        let at = frame.centre();
        page.scene.text(Text::new(at, "no values", SMALL, MUTED).anchored(Anchor::Middle));
        return;
    };
    let per_point = (plot.x(bins.step) - plot.x(0.0)).recip() * bins.step;
    let inset = if bins.step / per_point > 3.0 { 0.25 * per_point } else { 0.0 };
    for (bin, &share) in panel.shares.iter().enumerate().filter(|(_, share)| **share > 0.0) {
        let from = bins.start + bins.step * bin as f64;
        plot.bar(
            (from + inset, 0.0),
            (from + bins.step - inset, share),
            sample.fill().with_alpha(0.32),
        );
    }
    plot.line(&panel.curve, sample.line(), SERIES);
    let places = marks.map(|value| plot.x(value));
    for (x, stroke) in places.into_iter().zip([
        Stroke::dashed(MUTED, HAIR),
        Stroke::solid(sample.line(), 1.0),
        Stroke::dashed(MUTED, HAIR),
    ]) {
        page.scene.line((x, frame.top - 5.0), (x, frame.bottom), stroke);
    }
    page.scene.push(plot.into_mark());
    whisker(page, sample, frame, places);
    whisker_labels(page, sample, frame, places, marks, spelled, measure);
}

/// From 5 % to 95 % with a dot at the median.
fn whisker(page: &mut Page, sample: &Sample, frame: Frame, [low, median, high]: [f64; 3]) {
    let y = frame.top - 5.0;
    let stroke = Stroke::solid(sample.line(), SERIES);
    page.scene.line((low, y), (high, y), stroke);
    for x in [low, high] {
        page.scene.line((x, y - 2.0), (x, y + 2.0), stroke);
    }
    page.scene.push(Mark::Circle {
        centre: (median, y),
        radius: 2.2,
        fill: sample.line(),
        stroke: None,
    });
}

/// What the three marks are, kept apart.
fn whisker_labels(page: &mut Page, sample: &Sample, frame: Frame, places: [f64; 3], marks: [f64; 3], spelled: bool, measure: &Measure) {
    let y = frame.top - 11.0;
    if !sample.varies() {
        let said = if sample.n() == 1 { "the only value" } else { "all values equal" };
        let content = format!("{said}: {}", measure.full(marks[1]));
        let half = text::width(&content, SMALL, Weight::SemiBold) / 2.0;
        let x = spread(&[(places[1], half * 2.0)], GAP, frame.left, frame.right)[0];
        page.scene
            .text(Text::new((x, y), content, SMALL, INK).semibold().anchored(Anchor::Middle));
        return;
    }
    let labels = |spelled: bool| {
        let words = |word: &str, number: String| if spelled { format!("{word}\u{a0}{number}") } else { number };
        [
            (words("5\u{a0}%:", measure.bare(marks[0])), Weight::Regular, MUTED),
            (words("median:", measure.bare(marks[1])), Weight::SemiBold, INK),
            (words("95\u{a0}%:", measure.bare(marks[2])), Weight::Regular, MUTED),
        ]
    };
    let widths = |spelled: bool| labels(spelled).map(|(content, weight, _)| text::width(&content, SMALL, weight));
    // The note below says what the three are, where there is no room for words.
    let spelled = spelled && widths(true).iter().sum::<f64>() + 2.0 * GAP <= frame.width();
    let wishes: Vec<(f64, f64)> = places.into_iter().zip(widths(spelled)).collect();
    let labels = labels(spelled);
    let middles = spread(&wishes, GAP, frame.left, frame.right);
    for ((content, weight, colour), x) in labels.into_iter().zip(middles) {
        let mut label = Text::new((x, y), content, SMALL, colour).anchored(Anchor::Middle);
        label.weight = weight;
        page.scene.text(label);
    }
}

fn explain(page: &mut Page, samples: &[Sample], bins: &Bins, measure: &Measure) {
    let decimals = measure.decimals.max(usize::from(bins.step / measure.factor < 1.0) * 2);
    let width = measure.with_unit(&trimmed(bins.step / measure.factor, decimals));
    let varies = samples.iter().any(Sample::varies);
    let mut said = match samples {
        _ if varies => format!("Bars: share of replications in bins of {width}"),
        // There is no distribution to explain.
        [one] if one.n() == 1 => "Bar: the only replication".to_owned(),
        many if many.iter().all(|sample| sample.n() == 1) => "Bars: the only replication of each".to_owned(),
        _ => "Bars: all replications, which do not differ".to_owned(),
    };
    if samples.len() > 1 {
        said.push_str(", same scales in all panels; dashed through the others: median of the first");
    }
    if samples.iter().any(|sample| !sample.density((0.0, 1.0)).is_empty()) {
        said.push_str(". Curve: kernel density");
    }
    said.push_str(if varies {
        ". Above: 5\u{a0}%, median and 95\u{a0}% of the replications."
    } else {
        "."
    });
    page.explain(said);
}

/// A number with as many decimals as it needs, at most `most`.
fn trimmed(value: f64, most: usize) -> String {
    let text = super::super::super::numbers::grouped(value, most);
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}
