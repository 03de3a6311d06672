//! How alternatives stand by several quantities: one row each, one panel a quantity, a dot with its interval, and what may be said of it.

use super::super::colour::{Colour, GRID, INK, MUTED, PAPER};
use super::super::numbers::{Measure, holding};
use super::super::page::{self, GAP, HAIR, Heading, MARGIN, NAME, Page, SERIES, SMALL, TICK_ROOM, Width};
use super::super::plot::Plot;
use super::super::scene::{Frame, Mark, Scene, Stroke, Text};
use super::super::text::{self, Weight};
use super::forest::percent;

/// Height of a row, of one whose name takes two lines, and of one where many have to find room.
const ROW: f64 = 15.0;
const TALL_ROW: f64 = 19.0;
const LOW_ROW: f64 = 11.0;
/// Height of a line of a head.
const LINE: f64 = 9.0;
/// Height of a line of a name: two fit into a tall row.
const NAME_LINE: f64 = 7.6;
/// A panel is at least so wide, and so wide where many have to find room.
const NARROWEST: f64 = 78.0;
const NARROW: f64 = 52.0;
/// Between panels.
const BETWEEN: f64 = 14.0;

/// What may be said of an alternative by one quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Shown to be better than all others.
    Best,
    /// Not shown to be worse than another.
    Open,
    /// Another is shown to be better.
    Behind,
    /// Nothing is better or worse by this quantity, or all are the same.
    Unranked,
}

/// A mean with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The mean; NaN where there is none.
    pub mean: f64,
    /// The lower end; NaN where there is none.
    pub lower: f64,
    /// The upper end.
    pub upper: f64,
    /// What may be said of it.
    pub place: Place,
}

/// A quantity, and how all alternatives stand by it.
#[derive(Clone, Debug)]
pub struct Quantity<'a> {
    /// Its name: "Delivered aid".
    pub name: &'a str,
    /// Its unit; may be empty.
    pub unit: &'a str,
    /// Which direction is better: "more is better"; may be empty.
    pub direction: &'a str,
    /// By alternative.
    pub standings: &'a [Interval],
}

/// The chart.
#[derive(Clone, Debug)]
pub struct Standings<'a> {
    /// The words round it.
    pub heading: Heading,
    /// How wide it is printed.
    pub width: Width,
    /// Confidence of each interval, 0 to 1.
    pub confidence: f64,
    /// Names of the alternatives, from above.
    pub names: &'a [&'a str],
    /// The quantities, from the left.
    pub quantities: &'a [Quantity<'a>],
}

/// Draws how alternatives stand.
pub fn standings(chart: &Standings) -> Scene {
    let mut page = Page::open(chart.width, &chart.heading);
    let layout = Layout::of(chart, page.scene.width - 2.0 * MARGIN, page::TALLEST - page.top - NOTES);
    for panels in chart.quantities.chunks(layout.abreast) {
        strip(&mut page, chart, panels, &layout);
    }
    explain(&mut page, chart.quantities);
    page.close(in_words(chart))
}

/// Room of the notes below.
const NOTES: f64 = 50.0;

/// How panels and rows share the page.
struct Layout {
    /// Panels in a row of them.
    abreast: usize,
    /// Width of a panel.
    wide: f64,
    /// Where the first panel begins.
    left: f64,
    /// Height of a row.
    row: f64,
    /// The lines of each name.
    names: Vec<Vec<String>>,
}

impl Layout {
    /// The first that does not make the chart too tall: as roomy as can be, else with narrower panels, lower rows, and names on a line.
    fn of(chart: &Standings, width: f64, height: f64) -> Layout {
        let tried = [(NARROWEST, ROW, 2), (NARROW, ROW, 2), (NARROW, LOW_ROW, 2)];
        let mut laid = tried
            .into_iter()
            .map(|(narrowest, row, lines)| Layout::with(chart, width, narrowest, row, lines));
        let fits = |layout: &Layout| layout.height(chart.quantities.len()) <= height;
        laid.find(fits).unwrap_or_else(|| Layout::with(chart, width, NARROW, LOW_ROW, 1))
    }

    fn with(chart: &Standings, width: f64, narrowest: f64, row: f64, lines: usize) -> Layout {
        let longest = page::widest(chart.names.iter().copied(), NAME, Weight::Regular);
        let room = longest.min(width * if chart.width.is_wide() { 0.3 } else { 0.4 });
        let abreast = ((width - room - GAP + BETWEEN) / (narrowest + BETWEEN)).floor().max(1.0) as usize;
        // As many in each row of panels as make the rows even.
        let rows = chart.quantities.len().div_ceil(abreast).max(1);
        let abreast = chart.quantities.len().div_ceil(rows).max(1);
        let name = |name: &&str| text::wrap(name, SMALL, Weight::Regular, room, lines);
        let names: Vec<Vec<String>> = chart.names.iter().map(name).collect();
        let is_tall = names.iter().any(|words| words.len() > 1);
        Layout {
            abreast,
            wide: (width - room - GAP - BETWEEN * (abreast - 1) as f64) / abreast as f64,
            left: MARGIN + room + GAP,
            row: if is_tall { TALL_ROW } else { row },
            names,
        }
    }

    /// Height of all panels, with heads of one line.
    fn height(&self, quantities: usize) -> f64 {
        let strip = 3.0 * LINE + 4.0 + self.row * self.names.len() as f64 + TICK_ROOM + 10.0;
        quantities.div_ceil(self.abreast) as f64 * strip
    }
}

/// A row of panels with the names to their left.
fn strip(page: &mut Page, chart: &Standings, panels: &[Quantity], layout: &Layout) {
    let titles: Vec<Vec<String>> = panels
        .iter()
        .map(|panel| text::wrap(panel.name, SMALL, Weight::SemiBold, layout.wide, 2))
        .collect();
    let lines = titles.iter().map(Vec::len).max().unwrap_or(1) as f64;
    let top = page.top + lines * LINE + 2.0 * LINE + 4.0;
    let bottom = top + layout.row * layout.names.len() as f64;
    for (row, words) in layout.names.iter().enumerate() {
        let middle = top + layout.row * (row as f64 + 0.5);
        let first = middle - (words.len() as f64 - 1.0) * NAME_LINE / 2.0 + text::CAP_HEIGHT * SMALL / 2.0;
        for (line, words) in words.iter().enumerate() {
            let at = (MARGIN, first + NAME_LINE * line as f64);
            page.scene.text(Text::new(at, words.clone(), SMALL, INK));
        }
    }
    for (place, (panel, title)) in panels.iter().zip(titles).enumerate() {
        let from = layout.left + (layout.wide + BETWEEN) * place as f64;
        let frame = Frame {
            left: from,
            right: from + layout.wide,
            top,
            bottom,
        };
        heads(page, panel, title, frame);
        dots(page, panel, chart, frame);
    }
    page.top = bottom + TICK_ROOM + 10.0;
}

/// Name, unit and direction of a quantity above its panel.
fn heads(page: &mut Page, panel: &Quantity, title: Vec<String>, frame: Frame) {
    let lines = title.len() as f64;
    let mut baseline = frame.top - 4.0 - 2.0 * LINE - (lines - 1.0) * LINE;
    for words in title {
        page.scene.text(Text::new((frame.left, baseline), words, SMALL, INK).semibold());
        baseline += LINE;
    }
    let range = bounds(panel);
    let unit = Measure::of(range, panel.unit).unit;
    for words in [unit.as_str(), panel.direction] {
        if !words.is_empty() {
            let fitted = text::fit(words, SMALL, Weight::Regular, frame.width());
            page.scene.text(Text::new((frame.left, baseline), fitted, SMALL, MUTED));
        }
        baseline += LINE;
    }
}

/// What a panel has to hold.
fn bounds(panel: &Quantity) -> (f64, f64) {
    holding(panel.standings.iter().flat_map(|s| [s.mean, s.lower, s.upper]))
}

fn dots(page: &mut Page, panel: &Quantity, chart: &Standings, frame: Frame) {
    let range = bounds(panel);
    let plot = Plot::new(frame, range, (0.0, 1.0));
    let measure = measure(panel);
    let ticks = few_ticks(&plot, range, &measure, page.scene.width);
    for tick in &ticks {
        page.scene
            .line((tick.at, frame.top), (tick.at, frame.bottom), Stroke::solid(GRID, HAIR));
    }
    page.horizontal_axis(frame, &ticks);
    let height = frame.height() / panel.standings.len().max(1) as f64;
    for (row, standing) in panel.standings.iter().enumerate() {
        let y = frame.top + height * (row as f64 + 0.5);
        dot(page, &plot, standing, y);
        let cell = Frame {
            top: y - height / 2.0,
            bottom: y + height / 2.0,
            ..frame
        };
        let name = chart.names.get(row).copied().unwrap_or("");
        page.scene.tip(cell, told(name, (panel, standing), &measure, chart.confidence));
    }
}

/// How the means of a panel are written: those of which one is called better than the other are not told as the same.
fn measure(panel: &Quantity) -> Measure {
    let of = |is: fn(&Place) -> bool| panel.standings.iter().filter(move |s| is(&s.place)).map(|s| s.mean);
    let behind = || of(|place| *place == Place::Behind);
    // Which of those ahead is shown to be better is not said: that which lies farthest off surely is among them.
    let farthest = |own: f64| {
        let ahead = of(|place| matches!(place, Place::Best | Place::Open));
        ahead.max_by(|a, b| (a - own).abs().total_cmp(&(b - own).abs()))
    };
    let pairs = behind().filter_map(|own| Some((own, farthest(own)?)));
    Measure::of(bounds(panel), panel.unit).telling(pairs)
}

/// How one alternative stands by one quantity, in words.
fn told(name: &str, (panel, standing): (&Quantity, &Interval), measure: &Measure, confidence: f64) -> String {
    if !standing.mean.is_finite() {
        return format!("{name}: {}, no value", panel.name);
    }
    let interval = if standing.lower.is_finite() && standing.upper.is_finite() {
        let (lower, upper) = (measure.bare(standing.lower), measure.full(standing.upper));
        format!(", {} interval {lower} to {upper}", percent(confidence))
    } else {
        String::new()
    };
    let verdict = match standing.place {
        Place::Best => "; better than all others",
        Place::Open => "; not distinguishable from the best",
        Place::Behind => "; another is better",
        Place::Unranked => "",
    };
    format!("{name}: {} {}{interval}{verdict}", panel.name, measure.full(standing.mean))
}

/// Two ticks at least, where their labels have room under a narrow panel, and four at most.
fn few_ticks(plot: &Plot, range: (f64, f64), measure: &Measure, width: f64) -> Vec<page::Tick> {
    let laid = |most: usize| -> Vec<page::Tick> {
        let ticks = measure.ticks(range, most).into_iter();
        let ticks = ticks.map(|(value, label)| page::Tick::new(plot.x(value), label, None, (2.0, width - 2.0)));
        ticks.filter(|tick| within(tick, plot.frame)).collect()
    };
    let fits = |ticks: &Vec<page::Tick>| ticks.len() <= 4 && page::have_room(ticks);
    (1..=8).map(laid).filter(fits).max_by_key(Vec::len).unwrap_or_default()
}

/// Whether the label of a tick stays under its panel, so that it does not meet that of the next.
fn within(tick: &page::Tick, frame: Frame) -> bool {
    let half = text::width(&tick.label, SMALL, Weight::Regular) / 2.0;
    tick.middle - half >= frame.left - BETWEEN / 2.0 + 1.0 && tick.middle + half <= frame.right + BETWEEN / 2.0 - 1.0
}

fn dot(page: &mut Page, plot: &Plot, standing: &Interval, y: f64) {
    if !standing.mean.is_finite() {
        let at = (plot.frame.left + 2.0, y + text::CAP_HEIGHT * SMALL / 2.0);
        page.scene.text(Text::new(at, "–", SMALL, MUTED));
        return;
    }
    let colour = colour(standing.place);
    if standing.lower.is_finite() && standing.upper.is_finite() {
        let (from, to) = (plot.x(standing.lower), plot.x(standing.upper));
        page.scene.line((from, y), (to, y), Stroke::solid(colour, SERIES));
    }
    if standing.place == Place::Unranked {
        let (x, arm) = (plot.x(standing.mean), 2.2);
        page.scene
            .line((x - arm, y - arm), (x + arm, y + arm), Stroke::solid(colour, SERIES));
        page.scene
            .line((x - arm, y + arm), (x + arm, y - arm), Stroke::solid(colour, SERIES));
        return;
    }
    let is_open = standing.place == Place::Open;
    page.scene.push(Mark::Circle {
        centre: (plot.x(standing.mean), y),
        radius: if standing.place == Place::Behind { 1.9 } else { 2.6 },
        fill: if is_open { PAPER } else { colour },
        stroke: is_open.then_some(Stroke::solid(colour, SERIES)),
    });
}

fn colour(place: Place) -> Colour {
    match place {
        Place::Best | Place::Open => Colour::class(0),
        Place::Behind => MUTED,
        Place::Unranked => INK,
    }
}

fn explain(page: &mut Page, quantities: &[Quantity]) {
    let has = |place: Place| quantities.iter().flat_map(|q| q.standings).any(|s| s.place == place);
    for (place, words) in [
        (Place::Best, "Full: better than all others."),
        (Place::Open, "Rings: not distinguishable from the best."),
        (Place::Behind, "Small: another is better."),
        (Place::Unranked, "Crosses: all the same, or nothing to rank."),
    ] {
        if has(place) {
            page.explain(words);
        }
    }
}

fn in_words(chart: &Standings) -> String {
    let mut said = String::from("How the alternatives stand.");
    for quantity in chart.quantities {
        let measure = measure(quantity);
        let rows = chart.names.iter().zip(quantity.standings);
        let rows: Vec<String> = rows
            .map(|(name, standing)| {
                let mark = match standing.place {
                    Place::Best => ", best",
                    Place::Open => ", not distinguishable from the best",
                    Place::Behind | Place::Unranked => "",
                };
                if standing.mean.is_finite() {
                    format!("{name} {}{mark}", measure.full(standing.mean))
                } else {
                    format!("{name} no value")
                }
            })
            .collect();
        said += &format!(" {}: {}.", quantity.name, rows.join("; "));
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tips_tell_the_confidence_of_intervals_and_keep_the_best_apart_from_those_behind() {
        let standing = |mean: f64, place| Interval {
            mean,
            lower: mean - 1.0,
            upper: mean + 1.0,
            place,
        };
        let standings = [
            standing(58.01, Place::Best),
            standing(58.04, Place::Behind),
            standing(958.0, Place::Behind),
        ];
        let quantity = Quantity {
            name: "Wait",
            unit: "min",
            direction: "less is better",
            standings: &standings,
        };
        let scene = super::standings(&Standings {
            heading: Heading::default(),
            width: Width::Page,
            confidence: 0.9,
            names: &["a", "b", "c"],
            quantities: &[quantity],
        });
        let tips: Vec<&str> = scene.tips.iter().map(|tip| tip.words.as_str()).collect();
        assert_eq!(
            tips[0],
            "a: Wait 58.01\u{a0}min, 90\u{a0}% interval 57.01 to 59.01\u{a0}min; better than all others"
        );
        assert!(tips[1].starts_with("b: Wait 58.04\u{a0}min"), "{tips:?}");
    }
}
