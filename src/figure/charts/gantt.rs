//! One replication as it passed: when each stage was open, partly open or shut, when incidents fell, and the queue before each stage under them.

use std::collections::BTreeSet;

use super::super::colour::{Colour, GRID, INK, MUTED};
use super::super::days::TimeAxis;
use super::super::numbers::{Measure, counted};
use super::super::page::{self, GAP, HAIR, Heading, MARGIN, Page, SMALL, TICK_ROOM, Width};
use super::super::plot::Plot;
use super::super::scene::{Anchor, Frame, Mark, Point, Scene, Stroke, Text};
use super::super::text::{self, Weight};

/// Stages that one picture can hold.
const MOST: usize = 12;
/// Height of the bar of a stage, and of the queue under it.
const BAR: f64 = 6.0;
const QUEUE: f64 = 20.0;
/// Between stages.
const BETWEEN: f64 = 7.0;
/// Height of the row of moments.
const MOMENTS: f64 = 12.0;
/// Up to so many moments are drawn through the queues, too.
const MOST_LINES: usize = 40;

/// How a stage stands for a while.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum State {
    /// Open with all lanes.
    Open,
    /// Open with some lanes only.
    Partly,
    /// Shut although it would be open: by an incident's response or a closure.
    Shut,
}

/// A while in days since the first midnight. What no span covers is closed by the calendar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// When it begins.
    pub from: f64,
    /// When it ends.
    pub to: f64,
    /// How the stage stands.
    pub state: State,
}

/// One stage.
#[derive(Clone, Copy, Debug)]
pub struct Lane<'a> {
    /// Its name.
    pub name: &'a str,
    /// How it stands, in order of time.
    pub spans: &'a [Span],
    /// Its queue: since when, in days, how many wait; ascending in time. Empty for none.
    pub queue: &'a [Point],
}

/// The chart, from the table `timeline` of one alternative: spans from rows with `what` = `calendar` and `capacity` (`name` the stage, `state`), shut
/// where the calendar is open and the capacity 0; moments from `incident`; queues from `waiting`; `time_h` over 24, from the midnight before the start.
#[derive(Clone, Debug)]
pub struct Gantt<'a> {
    /// The words round it. The chart explains its marks by itself.
    pub heading: Heading,
    /// How wide it is printed.
    pub width: Width,
    /// The days, one value a day.
    pub days: TimeAxis,
    /// How many.
    pub count: usize,
    /// The stages, in the order in which they are passed; of more than twelve the first twelve are drawn and the note says so.
    pub lanes: &'a [Lane<'a>],
    /// When something happened, in days since the first midnight, ascending.
    pub moments: &'a [f64],
    /// What happened: "Incidents".
    pub happened: &'a str,
    /// What waits: "Trucks waiting".
    pub quantity: &'a str,
}

/// Draws one replication over time.
pub fn gantt(chart: &Gantt) -> Scene {
    let mut page = Page::open(chart.width, &chart.heading);
    let lanes = &chart.lanes[..chart.lanes.len().min(MOST)];
    let room = page.scene.width - 2.0 * MARGIN;
    let longest = page::widest(lanes.iter().map(|lane| lane.name).chain([chart.happened]), SMALL, Weight::Regular) + 0.5;
    let names = longest.min(room * 0.26);
    let most: Vec<String> = lanes.iter().map(|lane| greatest(lane).map_or("–".to_owned(), short)).collect();
    let head = "most";
    let numbers = page::widest(most.iter().map(String::as_str).chain([head]), SMALL, Weight::Regular);
    let frame = |top: f64, height: f64, width: f64| Frame {
        left: MARGIN + names + GAP,
        right: width - MARGIN - numbers - GAP,
        top,
        bottom: top + height,
    };
    key(&mut page, chart, lanes);
    let width = page.scene.width;
    page.scene
        .text(Text::new((width - MARGIN, page.top + 7.0), head, SMALL, MUTED).anchored(Anchor::End));
    let range = chart.days.range(chart.count);
    let row = frame(page.top, MOMENTS, width);
    let whole = Plot::new(row, range, (0.0, 1.0));
    moments(&mut page, chart, &whole, names);
    page.top = row.bottom + 4.0;
    let top = page.top;
    let told = told_spans(lanes);
    for (k, (lane, most)) in lanes.iter().zip(&most).enumerate() {
        let frame = frame(page.top, BAR + QUEUE, width);
        draw_lane(&mut page, lane, frame, range, names);
        tips(&mut page, chart, lane, frame, |span| told.contains(&(k, span)));
        let at = (width - MARGIN, frame.bottom - 1.0);
        page.scene.text(Text::new(at, most.clone(), SMALL, INK).anchored(Anchor::End));
        page.top = frame.bottom + BETWEEN;
    }
    let all = Frame {
        top,
        bottom: page.top - BETWEEN + 2.0,
        ..row
    };
    if chart.moments.len() <= MOST_LINES {
        for at in chart.moments.iter().filter(|at| (range.0..=range.1).contains(*at)) {
            let x = whole.x(*at);
            page.scene
                .line((x, row.bottom), (x, all.bottom), Stroke::dashed(INK.with_alpha(0.45), HAIR));
        }
    }
    let ticks = chart.days.ticks(&whole, range, width);
    page.horizontal_axis(all, &ticks);
    page.top = all.bottom + TICK_ROOM + if ticks.iter().any(|tick| tick.second.is_some()) { 9.5 } else { 0.0 };
    if !chart.days.title().is_empty() {
        page.horizontal_title(all, page.top + 9.0, chart.days.title());
        page.top += 12.0;
    }
    explain(&mut page, chart);
    page.close(in_words(chart, lanes))
}

/// A number in few letters.
fn short(value: f64) -> String {
    let measure = Measure::of((0.0, value.max(1.0)), "");
    let word = measure.unit.chars().next().filter(|_| !measure.unit.starts_with('1'));
    match word {
        Some(letter) => format!("{}\u{a0}{letter}", super::super::grouped(value / measure.factor, 1)),
        None => super::super::grouped(value / measure.factor, usize::from(measure.factor > 1.0)),
    }
}

fn greatest(lane: &Lane) -> Option<f64> {
    let values = lane.queue.iter().map(|point| point.1).filter(|v| v.is_finite());
    values.reduce(f64::max)
}

/// What the bars are.
fn key(page: &mut Page, chart: &Gantt, lanes: &[Lane]) {
    let right = page.scene.width - MARGIN;
    let mut x = MARGIN;
    let has = |state: State| lanes.iter().flat_map(|lane| lane.spans).any(|span| span.state == state);
    let states = [
        (State::Open, "open"),
        (State::Partly, "some lanes only"),
        (State::Shut, "shut by a closure"),
    ];
    for (state, words) in states.into_iter().filter(|(state, _)| has(*state)) {
        let wide = 15.0 + text::width(words, SMALL, Weight::Regular);
        if x + wide > right && x > MARGIN {
            x = MARGIN;
            page.top += 10.5;
        }
        let frame = Frame {
            left: x,
            right: x + 11.0,
            top: page.top + 0.5,
            bottom: page.top + 0.5 + BAR,
        };
        page.scene.push(bar(frame, state));
        page.scene.text(Text::new((x + 15.0, page.top + 6.0), words, SMALL, MUTED));
        x += wide + 2.0 * GAP;
    }
    let words = format!("{}, each stage on its own scale", chart.quantity);
    let wide = 15.0 + text::width(&words, SMALL, Weight::Regular);
    if x + wide > right && x > MARGIN {
        x = MARGIN;
        page.top += 10.5;
    }
    let (left, base) = (x, page.top + 0.5 + BAR);
    page.scene.push(Mark::Area {
        points: vec![
            (left, base),
            (left + 4.0, base - 3.0),
            (left + 8.0, base - BAR),
            (left + 11.0, base - 2.0),
            (left + 11.0, base),
        ],
        fill: Colour::class(0).with_alpha(0.4),
    });
    let words = text::fit(&words, SMALL, Weight::Regular, right - x - 15.0);
    page.scene.text(Text::new((x + 15.0, page.top + 6.0), words, SMALL, MUTED));
    page.top += 15.0;
}

/// The box of a state: they differ in darkness and in height.
fn bar(frame: Frame, state: State) -> Mark {
    let (fill, top) = match state {
        State::Open => (Colour::rgb(0xb9_d3_e6), frame.top),
        State::Partly => (Colour::class(4), frame.top + BAR / 2.0),
        State::Shut => (INK, frame.top),
    };
    Mark::Rect {
        frame: Frame { top, ..frame },
        fill,
        crisp: false,
    }
}

/// The row of what happened.
fn moments(page: &mut Page, chart: &Gantt, plot: &Plot, names: f64) {
    let frame = plot.frame;
    let name = text::fit(chart.happened, SMALL, Weight::Regular, names);
    page.scene.text(Text::new((MARGIN, frame.top + 7.0), name, SMALL, INK));
    for x in chart
        .moments
        .iter()
        .map(|at| plot.x(*at))
        .filter(|x| (frame.left..=frame.right).contains(x))
    {
        page.scene.push(Mark::Area {
            points: vec![(x - 1.8, frame.top + 3.0), (x + 1.8, frame.top + 3.0), (x, frame.top + 8.0)],
            fill: INK.with_alpha(0.8),
        });
    }
    page.scene.line(
        (frame.left, frame.bottom - 2.0),
        (frame.right, frame.bottom - 2.0),
        Stroke::solid(GRID, HAIR),
    );
}

/// Name, bar and queue of one stage.
fn draw_lane(page: &mut Page, lane: &Lane, frame: Frame, range: (f64, f64), names: f64) {
    let lines = text::wrap(lane.name, SMALL, Weight::Regular, names, 3);
    for (line, words) in lines.into_iter().enumerate() {
        page.scene
            .text(Text::new((MARGIN, frame.top + 6.0 + 8.6 * line as f64), words, SMALL, INK));
    }
    let most = greatest(lane).unwrap_or(0.0);
    let plot = Plot::new(frame, range, (0.0, 1.0));
    let (top, bottom) = (frame.top, frame.top + BAR);
    let mut marks: Vec<Mark> = Vec::new();
    for span in lane.spans {
        let (left, right) = (plot.x(span.from), plot.x(span.to).max(plot.x(span.from) + 0.4));
        marks.push(bar(Frame { left, top, right, bottom }, span.state));
    }
    if most > 0.0 {
        let height = |waiting: f64| frame.bottom - (QUEUE - 3.0) * (waiting / most).clamp(0.0, 1.0);
        let mut outline: Vec<Point> = Vec::new();
        for (index, (at, waiting)) in lane.queue.iter().enumerate().filter(|(_, p)| p.1.is_finite()) {
            let next = lane.queue.get(index + 1).map_or(range.1, |p| p.0);
            outline.extend([(plot.x(*at), height(*waiting)), (plot.x(next), height(*waiting))]);
        }
        let ends = [outline.last(), outline.first()].map(|p| p.map_or(frame.left, |p| p.0));
        let base = ends.map(|x| (x, frame.bottom));
        marks.push(Mark::Area {
            points: outline.iter().copied().chain(base).collect(),
            fill: Colour::class(0).with_alpha(0.4),
        });
        marks.push(Mark::Polyline {
            points: outline,
            stroke: Stroke::solid(Colour::class(0), HAIR + 0.1),
        });
    }
    page.scene
        .line((frame.left, bottom), (frame.right, bottom), Stroke::solid(GRID, HAIR));
    page.scene.push(Mark::Clip {
        frame: frame.grown(0.5),
        marks,
    });
    page.scene
        .line((frame.left, frame.bottom), (frame.right, frame.bottom), Stroke::solid(MUTED, HAIR));
}

/// So many spans at most are told, the longest.
const MOST_TIPS: usize = 200;

/// The spans that are told, by lane and place in it: the longest, of equals the first.
fn told_spans(lanes: &[Lane]) -> BTreeSet<(usize, usize)> {
    let places = |(k, lane): (usize, &Lane)| (0..lane.spans.len()).map(move |span| (k, span)).collect::<Vec<_>>();
    let mut order: Vec<(usize, usize)> = lanes.iter().enumerate().flat_map(places).collect();
    let length = |(lane, span): (usize, usize)| lanes[lane].spans[span].to - lanes[lane].spans[span].from;
    order.sort_by(|a, b| length(*b).total_cmp(&length(*a)).then(a.cmp(b)));
    order.into_iter().take(MOST_TIPS).collect()
}

/// The queue and the longest spans of a stage, in words.
fn tips(page: &mut Page, chart: &Gantt, lane: &Lane, frame: Frame, is_told: impl Fn(usize) -> bool) {
    let plot = Plot::new(frame, chart.days.range(chart.count), (0.0, 1.0));
    let bar = frame.top + BAR;
    if let Some(most) = greatest(lane) {
        let words = format!("{}: {}, at most {}", lane.name, chart.quantity, super::super::grouped(most, 0));
        page.scene.tip(Frame { top: bar, ..frame }, words);
    }
    for (_, span) in lane.spans.iter().enumerate().filter(|(k, _)| is_told(*k)) {
        let state = match span.state {
            State::Open => "open",
            State::Partly => "some lanes only",
            State::Shut => "shut by a closure",
        };
        let [from, to] = [span.from, span.to].map(|at| chart.days.moment(at));
        let box_of = Frame {
            left: plot.x(span.from),
            right: plot.x(span.to),
            bottom: bar,
            ..frame
        };
        page.scene
            .tip(box_of.within(&frame), format!("{}: {state} from {from} to {to}", lane.name));
    }
}

fn explain(page: &mut Page, chart: &Gantt) {
    page.explain("One replication. Gaps in the bars: closed by the calendar. At the right: the longest queue.");
    if chart.moments.is_empty() {
        page.explain(format!("{}: none.", chart.happened));
    } else {
        page.explain(format!("{}: {}.", chart.happened, counted(chart.moments.len())));
    }
    if chart.lanes.len() > MOST {
        page.explain(format!("The first {MOST} of {} stages are drawn.", chart.lanes.len()));
    }
}

fn in_words(chart: &Gantt, lanes: &[Lane]) -> String {
    let said = lanes.iter().map(|lane| {
        let days = |state: State| {
            let own = lane.spans.iter().filter(|span| span.state == state);
            super::super::grouped(own.map(|span| span.to - span.from).sum(), 1)
        };
        format!(
            "{}: open {} days, partly open {}, shut {}; {} at most {}.",
            lane.name,
            days(State::Open),
            days(State::Partly),
            days(State::Shut),
            chart.quantity,
            greatest(lane).map_or("unknown".to_owned(), |most| super::super::grouped(most, 0))
        )
    });
    format!(
        "{}: {}. {}",
        chart.happened,
        counted(chart.moments.len()),
        said.collect::<Vec<_>>().join(" ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_at_the_right_are_short() {
        assert_eq!([0.0, 412.0, 12_345.0].map(short), ["0", "412", "12,345"]);
        assert_eq!(short(3.21e6), "3.2\u{a0}m");
    }
}
