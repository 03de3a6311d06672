//! Two quantities that pull against each other: a dot an alternative, its intervals in both, and a line through those that no other betters in both.

use super::super::colour::{Colour, GRID, INK, MUTED, PAPER};
use super::super::labels::spread;
use super::super::numbers::{Measure, holding};
use super::super::page::{self, HAIR, Heading, MARGIN, Page, SERIES, SMALL, TICK_ROOM, Width};
use super::super::plot::Plot;
use super::super::scene::{Frame, Mark, Scene, Stroke, Text};
use super::super::text::{self, Weight};
use super::forest::percent;

/// An alternative by both quantities: mean, lower and upper end of each; NaN where there is none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Traded<'a> {
    /// Its name.
    pub name: &'a str,
    /// Whether no other is better by both means.
    pub is_undominated: bool,
    /// Whether another is shown to be better by both.
    pub is_bettered: bool,
    /// By the quantity to the right, then by that upwards.
    pub by: [[f64; 3]; 2],
}

/// A quantity on an axis.
#[derive(Clone, Copy, Debug)]
pub struct TradedBy<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its unit; may be empty.
    pub unit: &'a str,
    /// Whether more of it is better.
    pub more_is_better: bool,
}

/// The chart.
#[derive(Clone, Debug)]
pub struct Frontier<'a> {
    /// The words round it.
    pub heading: Heading,
    /// How wide it is printed.
    pub width: Width,
    /// Confidence of each interval, 0 to 1.
    pub confidence: f64,
    /// To the right, and upwards.
    pub axes: [TradedBy<'a>; 2],
    /// The alternatives.
    pub alternatives: &'a [Traded<'a>],
}

fn shown<'a, 'b>(chart: &'b Frontier<'a>) -> Vec<&'b Traded<'a>> {
    chart
        .alternatives
        .iter()
        .filter(|a| a.by.iter().all(|ends| ends[0].is_finite()))
        .collect()
}

/// Draws two quantities against each other.
pub fn frontier(chart: &Frontier) -> Scene {
    let mut page = Page::open(chart.width, &chart.heading);
    let shown = shown(chart);
    let ranges = [0, 1].map(|axis| bounds(&shown, axis));
    let measures = [0, 1].map(|axis| Measure::of(ranges[axis], chart.axes[axis].unit));
    let ticks = measures[1].ticks(ranges[1], 5);
    let left = MARGIN + page::widest(ticks.iter().map(|t| t.1.as_str()), SMALL, Weight::Regular) + 4.0;
    let share = if chart.width.is_wide() { 0.34 } else { 0.4 };
    let longest = page::widest(chart.alternatives.iter().map(|a| a.name), SMALL, Weight::Regular);
    let names = longest.min(page.scene.width * share);
    let height = (if chart.width.is_wide() { 200.0 } else { 150.0_f64 }).max(11.0 * shown.len() as f64 + 10.0);
    let frame = Frame {
        left,
        top: page.top + 14.0,
        right: page.scene.width - MARGIN - names - 16.0,
        bottom: page.top + 14.0 + height,
    };
    let plot = Plot::new(frame, ranges[0], ranges[1]);
    page.vertical_axis(&plot, &ticks, &titled(&chart.axes[1], &measures[1]).join(": "));
    let across = page::fitting_ticks(&plot, ranges[0], &measures[0], page.scene.width);
    for tick in &across {
        page.scene
            .line((tick.at, frame.top), (tick.at, frame.bottom), Stroke::solid(GRID, HAIR));
    }
    page.horizontal_axis(frame, &across);
    let [name, direction] = titled(&chart.axes[0], &measures[0]);
    let title = format!("{name}: {direction}");
    let mut below = frame.bottom + TICK_ROOM + 11.0;
    // On two lines where one has no room for both.
    let centre = frame.centre().0;
    let room = 2.0 * (centre.min(page.scene.width - centre) - 2.0);
    let is_long = text::width(&title, SMALL, Weight::Regular) > room;
    for line in if is_long { vec![name, direction] } else { vec![title] } {
        page.horizontal_title(frame, below, &line);
        below += 9.5;
    }
    let front = front(&shown);
    let line: Vec<_> = front
        .iter()
        .map(|&i| (plot.x(shown[i].by[0][0]), plot.y(shown[i].by[1][0])))
        .collect();
    if line.len() > 1 {
        page.scene.push(Mark::Polyline {
            points: line,
            stroke: Stroke::dashed(Colour::class(0), SERIES),
        });
    }
    // Those on the front last, so that nothing covers them.
    let (ahead, behind): (Vec<usize>, Vec<usize>) = (0..shown.len()).partition(|i| front.contains(i));
    for (members, is_on_front) in [(&behind, false), (&ahead, true)] {
        for i in members {
            arms(&mut page, &plot, shown[*i], is_on_front);
        }
        for i in members {
            dot(&mut page, &plot, shown[*i], is_on_front);
        }
    }
    names_beside(&mut page, &plot, &shown, names);
    for (i, traded) in shown.iter().enumerate() {
        let at = (plot.x(traded.by[0][0]), plot.y(traded.by[1][0]));
        let words = told(chart, traded, &measures, front.contains(&i));
        page.scene.tip(Frame::around(&[at]).grown(4.0), words);
    }
    page.top = below - 0.5;
    explain(&mut page, &shown, &behind);
    page.close(in_words(chart, &measures, &shown, &front))
}

/// The title of an axis, and which way is better.
fn titled(axis: &TradedBy, measure: &Measure) -> [String; 2] {
    let direction = if axis.more_is_better { "more" } else { "less" };
    [measure.axis_title(axis.name), format!("{direction} is better")]
}

fn bounds(shown: &[&Traded], axis: usize) -> (f64, f64) {
    holding(shown.iter().flat_map(|a| a.by[axis]))
}

/// Those that no other betters in both, from the left.
fn front(shown: &[&Traded]) -> Vec<usize> {
    let mut front: Vec<usize> = (0..shown.len()).filter(|&i| shown[i].is_undominated).collect();
    front.sort_by(|&a, &b| shown[a].by[0][0].total_cmp(&shown[b].by[0][0]).then(a.cmp(&b)));
    front
}

/// What the kinds of dots mean that are there.
fn explain(page: &mut Page, shown: &[&Traded], behind: &[usize]) {
    let bettered = behind.iter().filter(|i| shown[**i].is_bettered).count();
    if behind.len() < shown.len() && !shown.is_empty() {
        page.explain("Full, joined: no other is better in both, by the means.");
    }
    if bettered < behind.len() {
        page.explain("Rings: another is better in both by the means, but not surely.");
    }
    if bettered > 0 {
        page.explain("Pale: another is shown to be better in both.");
    }
}

/// What an alternative is drawn in.
fn colour(traded: &Traded, is_on_front: bool) -> Colour {
    if traded.is_bettered && !is_on_front {
        MUTED
    } else {
        Colour::class(0)
    }
}

/// Width of an interval: thinner than a series, since those of many alternatives cross.
const ARM: f64 = 0.8;

/// The intervals to either side.
fn arms(page: &mut Page, plot: &Plot, traded: &Traded, is_on_front: bool) {
    let colour = colour(traded, is_on_front).with_alpha(0.7);
    let (x, y) = (plot.x(traded.by[0][0]), plot.y(traded.by[1][0]));
    let [[_, left, right], [_, low, high]] = traded.by;
    if left.is_finite() && right.is_finite() {
        page.scene.line((plot.x(left), y), (plot.x(right), y), Stroke::solid(colour, ARM));
    }
    if low.is_finite() && high.is_finite() {
        page.scene.line((x, plot.y(low)), (x, plot.y(high)), Stroke::solid(colour, ARM));
    }
}

/// The means; those that nearly cover each other shine through.
fn dot(page: &mut Page, plot: &Plot, traded: &Traded, is_on_front: bool) {
    let (colour, is_ring) = (colour(traded, is_on_front), !is_on_front && !traded.is_bettered);
    page.scene.push(Mark::Circle {
        centre: (plot.x(traded.by[0][0]), plot.y(traded.by[1][0])),
        radius: 2.4,
        fill: if is_ring { PAPER } else { colour.with_alpha(0.75) },
        stroke: Some(Stroke::solid(
            if is_ring { colour } else { PAPER },
            if is_ring { SERIES } else { HAIR },
        )),
    });
}

/// The names in a column to the right, each led to its dot.
fn names_beside(page: &mut Page, plot: &Plot, shown: &[&Traded], room: f64) {
    let wishes: Vec<(f64, f64)> = shown.iter().map(|a| (plot.y(a.by[1][0]), 9.0)).collect();
    let places = spread(&wishes, 1.0, plot.frame.top, plot.frame.bottom);
    let from = plot.frame.right + 12.0;
    for (traded, at) in shown.iter().zip(places) {
        let dot = (plot.x(traded.by[0][0]) + 3.5, plot.y(traded.by[1][0]));
        page.scene.push(Mark::Polyline {
            points: vec![dot, (plot.frame.right + 2.0, at), (from - 2.0, at)],
            stroke: Stroke::solid(MUTED.with_alpha(0.35), HAIR),
        });
        let fitted = text::fit(traded.name, SMALL, Weight::Regular, room);
        page.scene
            .text(Text::new((from, at + text::CAP_HEIGHT * SMALL / 2.0), fitted, SMALL, INK));
    }
}

/// One alternative in words.
fn told(chart: &Frontier, traded: &Traded, measures: &[Measure; 2], is_on_front: bool) -> String {
    let by = |axis: usize| {
        let ([mean, lower, upper], measure) = (traded.by[axis], &measures[axis]);
        let interval = if lower.is_finite() && upper.is_finite() {
            let confidence = percent(chart.confidence);
            format!(" ({confidence} interval {} to {})", measure.bare(lower), measure.bare(upper))
        } else {
            String::new()
        };
        format!("{} {}{interval}", chart.axes[axis].name, measure.full(mean))
    };
    let on = match (is_on_front, traded.is_bettered) {
        (true, _) => "; no other betters it in both, by the means",
        (false, true) => "; another is shown to better it in both",
        (false, false) => "; another betters it in both, but not surely",
    };
    format!("{}: {}, {}{on}", traded.name, by(0), by(1))
}

fn in_words(chart: &Frontier, measures: &[Measure; 2], shown: &[&Traded], front: &[usize]) -> String {
    let told = |(i, traded): (usize, &&Traded)| {
        let on = if front.contains(&i) { " (no other betters it in both)" } else { "" };
        let [across, up] = [0, 1].map(|axis| measures[axis].full(traded.by[axis][0]));
        format!("{}: {across}, {up}{on}.", traded.name)
    };
    let rows: Vec<String> = shown.iter().enumerate().map(told).collect();
    format!("{} against {}. {}", chart.axes[1].name, chart.axes[0].name, rows.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrow_chart_says_which_way_is_better_on_a_line_of_its_own() {
        let axis = |name, more_is_better| TradedBy {
            name,
            unit: "weighted trucks",
            more_is_better,
        };
        let one = Traded {
            name: "p3-extended-hours",
            is_undominated: true,
            is_bettered: false,
            by: [[5.0, 4.0, 6.0]; 2],
        };
        let texts = |width| -> Vec<String> {
            let scene = frontier(&Frontier {
                heading: Heading::default(),
                width,
                confidence: 0.95,
                axes: [axis("Trucks exposed to incidents", false), axis("Aid", true)],
                alternatives: &[one],
            });
            scene.texts().iter().map(|text| text.content.clone()).collect()
        };
        assert!(texts(Width::Column).contains(&"less is better".to_owned()));
        assert!(texts(Width::Page).contains(&"Trucks exposed to incidents (weighted trucks): less is better".to_owned()));
    }

    #[test]
    fn tips_tell_the_confidence_of_intervals_and_how_surely_another_is_better() {
        let traded = |name, is_undominated, is_bettered, at: f64| Traded {
            name,
            is_undominated,
            is_bettered,
            by: [[at, at - 1.0, at + 1.0], [20.0 - at, 19.0 - at, 21.0 - at]],
        };
        let alternatives = [
            traded("a", true, false, 5.0),
            traded("b", false, true, 9.0),
            traded("c", false, false, 6.0),
        ];
        let axis = |name, more_is_better| TradedBy {
            name,
            unit: "",
            more_is_better,
        };
        let scene = frontier(&Frontier {
            heading: Heading::default(),
            width: Width::Page,
            confidence: 0.9,
            axes: [axis("Exposure", false), axis("Aid", true)],
            alternatives: &alternatives,
        });
        let tips: Vec<&str> = scene.tips.iter().map(|tip| tip.words.as_str()).collect();
        assert!(tips[0].contains("Exposure 5.00 (90\u{a0}% interval 4.00 to 6.00), Aid"), "{tips:?}");
        assert!(tips[0].ends_with("; no other betters it in both, by the means"), "{tips:?}");
        assert!(tips[1].ends_with("; another is shown to better it in both"), "{tips:?}");
        assert!(tips[2].ends_with("; another betters it in both, but not surely"), "{tips:?}");
    }
}
