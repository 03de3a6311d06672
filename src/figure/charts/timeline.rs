//! Fans in panels that share the axis of time: the body of the charts over time.

mod tips;

use super::super::colour::{Colour, INK, MUTED};
use super::super::days::TimeAxis;
use super::super::labels;
use super::super::numbers::{Measure, grouped, roomy};
use super::super::page::{self, GAP, HAIR, MARGIN, NAME, Page, SMALL, TICK_ROOM, Width};
use super::super::plot::Plot;
use super::super::scene::{Anchor, Frame, Mark, Stroke, Text};
use super::super::text::{self, Weight};
use super::against::Against;
use super::fan::{self, Quantiles, Summary};
use super::strip;

/// One panel.
pub(super) struct Panel<'a> {
    /// Name above it; empty for none.
    pub(super) name: &'a str,
    /// What is said beside the name, or, of a single panel, beside the level.
    pub(super) aside: &'a str,
    /// What is drawn.
    pub(super) rows: Vec<Quantiles>,
    /// Shares of replications closed, one a value; may be empty.
    pub(super) closed: Vec<f64>,
    /// How much happens on average, one a value, drawn as bars above; may be empty.
    pub(super) incidents: Vec<f64>,
    /// Its colour.
    pub(super) class: usize,
}

impl Panel<'_> {
    /// What is drawn where there is nothing to draw.
    pub(super) fn empty() -> Panel<'static> {
        Panel {
            name: "",
            aside: "",
            rows: Vec::new(),
            closed: Vec::new(),
            incidents: Vec::new(),
            class: 0,
        }
    }
}

/// All panels and what they have in common.
pub(super) struct Timeline<'a> {
    pub(super) width: Width,
    pub(super) axis: TimeAxis,
    pub(super) panels: Vec<Panel<'a>>,
    pub(super) quantity: &'a str,
    pub(super) unit: &'a str,
    /// What stands for values that are too dense to be seen one by one; none where all are drawn.
    pub(super) summary: Option<Summary>,
    /// One vertical scale for all panels, or each its own.
    pub(super) shared: bool,
    /// What to hold the values against, with its name.
    pub(super) level: Option<(Against<'a>, &'a str)>,
    /// What the strip above each panel shows, if any panel has one.
    pub(super) strip: &'a str,
}

/// Room for the direct labels beside a single plot.
const LABELS: f64 = 34.0;
/// Room for a panel's name.
const NAME_ROOM: f64 = 13.5;
/// Between panels.
const BETWEEN: f64 = 9.0;

/// More values than this to a point of width are a smudge.
const VALUES_A_POINT: f64 = 0.6;

/// A panel's vertical scale.
struct Scale {
    range: (f64, f64),
    measure: Measure,
    ticks: Vec<(f64, String)>,
}

impl Timeline<'_> {
    fn is_single(&self) -> bool {
        self.panels.len() <= 1
    }

    fn has_strip(&self) -> bool {
        self.panels.iter().any(|panel| !panel.closed.is_empty())
    }

    /// The most that happens at one time in a panel; none where none of them tells of it.
    fn most_incidents(&self) -> Option<f64> {
        let told = self.panels.iter().flat_map(|panel| &panel.incidents);
        told.copied().filter(|value| *value > 0.0 && value.is_finite()).reduce(f64::max)
    }

    fn columns(&self) -> usize {
        match (self.width.is_wide(), self.panels.len()) {
            // More would not fit on a page one below the other.
            (true, 5..) | (false, 7..) => 2,
            _ => 1,
        }
    }

    fn height(&self) -> f64 {
        match (self.width.is_wide(), self.panels.len()) {
            (true, 0..=1) => 150.0,
            (false, 0..=1) => 105.0,
            (_, 2) => 92.0,
            (false, 5..) => 46.0,
            (true, 9..) => 56.0,
            _ => 66.0,
        }
    }

    /// How many values the longest panel has.
    fn count(&self) -> usize {
        self.panels.iter().map(|panel| panel.rows.len()).max().unwrap_or(0)
    }

    fn column_width(&self, page: &Page) -> f64 {
        let columns = self.columns() as f64;
        (page.scene.width - 2.0 * MARGIN - GAP * 2.0 * (columns - 1.0)) / columns
    }

    /// Averages what is too dense to be seen: a year of days with one closed in each week would be a comb. The page says so.
    fn thin(&mut self, page: &mut Page) {
        let Some(summary) = self.summary else { return };
        let step = self.axis.step();
        let count = self.count();
        let every = fan::averaged(count, step, (self.column_width(page) * VALUES_A_POINT) as usize);
        if every == 1 {
            return;
        }
        for panel in &mut self.panels {
            panel.rows = fan::coarser(&panel.rows, every, summary);
            for shares in [&mut panel.closed, &mut panel.incidents] {
                let parts = shares.chunks_exact(every);
                *shares = parts.map(|part| part.iter().sum::<f64>() / every as f64).collect();
            }
        }
        let length = step * every as f64;
        let what = match length {
            days if (days - 1.0).abs() < 1e-6 => "of one day".to_owned(),
            days if days > 1.0 => format!("of {} days", grouped(days, 0)),
            _ => format!("of {every} times in turn"),
        };
        let over = match count % every {
            0 => "",
            _ => "; a last part that is not whole is not drawn",
        };
        page.explain(format!("Each point is, of each quantile, the {} {what}{over}.", summary.name()));
        self.axis = self.axis.clone().lengthened(every);
    }

    /// Draws everything from `page.top` on, and moves it below.
    pub(super) fn draw(mut self, page: &mut Page) {
        self.thin(page);
        let scales = self.scales();
        self.head(page, &scales);
        let columns = self.columns();
        let rows = self.panels.len().div_ceil(columns).max(1);
        let column_width = self.column_width(page);
        let pitch = self.panel_head() + self.height() + BETWEEN;
        let top = page.top;
        for column in 0..columns {
            let left = MARGIN + (column_width + GAP * 2.0) * column as f64;
            let members: Vec<usize> = (0..self.panels.len()).filter(|index| index % columns == column).collect();
            let labels = members.iter().flat_map(|&index| scales[index].ticks.iter().map(|t| t.1.as_str()));
            let gutter = page::widest(labels, SMALL, Weight::Regular) + 4.0;
            for (row, &index) in members.iter().enumerate() {
                let upper = top + pitch * row as f64 + self.panel_head();
                let frame = Frame {
                    left: left + gutter,
                    right: left + column_width - if self.is_single() { LABELS } else { 0.0 },
                    top: upper,
                    bottom: upper + self.height(),
                };
                self.panel(page, index, &scales[index], frame, left);
                if row + 1 == members.len() {
                    self.time(page, frame);
                } else {
                    page.base_line(frame);
                }
            }
        }
        page.top = top + pitch * rows as f64 - BETWEEN + TICK_ROOM + 10.0;
        if !self.axis.title().is_empty() {
            page.top += 4.0;
        }
    }

    /// Room above each plot.
    fn panel_head(&self) -> f64 {
        let name = if self.is_single() { 0.0 } else { NAME_ROOM };
        let bars = if self.most_incidents().is_some() { strip::BARS_ROOM } else { 0.0 };
        name + bars + if self.has_strip() { strip::ROOM } else { 0.0 }
    }

    fn scales(&self) -> Vec<Scale> {
        let most = ((self.height() / 14.0) as usize).clamp(2, 6);
        let scale = |rows: &mut dyn Iterator<Item = &[Quantiles]>| {
            let level = self.level.and_then(|(against, _)| against.last());
            let bounds = rows.filter_map(fan::bounds).chain(level.map(|value| (value, value)));
            let (low, high) = bounds.fold((0.0_f64, f64::NEG_INFINITY), |found, (low, high)| {
                (found.0.min(low), found.1.max(high))
            });
            let range = if high.is_finite() && high <= low {
                (low, low + 1.1)
            } else {
                roomy(low, high)
            };
            let measure = Measure::of(range, self.unit);
            Scale {
                ticks: measure.ticks(range, most),
                range,
                measure,
            }
        };
        let all = || scale(&mut self.panels.iter().map(|panel| &panel.rows[..]));
        let own = |panel: &Panel| scale(&mut std::iter::once(&panel.rows[..]));
        self.panels
            .iter()
            .map(|panel| if self.shared { all() } else { own(panel) })
            .collect()
    }

    /// The title of the vertical axes, then the keys of the level and of the strips: beside it, or below where the page is too narrow.
    fn head(&self, page: &mut Page, scales: &[Scale]) {
        let title = match scales.first() {
            Some(scale) if self.shared => scale.measure.axis_title(self.quantity),
            _ if self.unit.is_empty() => self.quantity.to_owned(),
            _ => format!("{} ({})", self.quantity, self.unit),
        };
        let (room, right) = (page.scene.width - 2.0 * MARGIN, page.scene.width - MARGIN);
        let title = text::fit(&title, SMALL, Weight::Regular, room);
        let mut left = MARGIN + text::width(&title, SMALL, Weight::Regular) + 3.0 * GAP;
        page.scene.text(Text::new((MARGIN, page.top + 6.0), title, SMALL, MUTED));
        if let Some(words) = self.level_in_words(scales) {
            let words = text::fit(&words, SMALL, Weight::Regular, room - LEVEL_KEY);
            let wide = LEVEL_KEY + text::width(&words, SMALL, Weight::Regular);
            if left + wide > right {
                page.top += HEAD_ROW;
                left = MARGIN;
            }
            let (y, middle) = (page.top + 6.0, page.top + 6.0 - text::CAP_HEIGHT * SMALL / 2.0);
            page.scene
                .line((left, middle), (left + LEVEL_KEY - 4.0, middle), Stroke::dashed(INK, AXIS_OF_LEVEL));
            page.scene.text(Text::new((left + LEVEL_KEY, y), words, SMALL, INK));
            left += wide + 3.0 * GAP;
        }
        if self.has_strip() {
            let key = strip::key_width(self.strip);
            if left + key > right {
                page.top += HEAD_ROW;
                left = MARGIN;
            } else {
                left = right - key;
            }
            strip::key(page, self.strip, left, page.top + 6.0);
        }
        page.top += HEAD_ROW;
        if self.is_single() {
            page.top += 3.0;
        }
    }

    /// What the dashed line is.
    fn level_in_words(&self, scales: &[Scale]) -> Option<String> {
        let (against, name) = self.level?;
        let value = against.last()?;
        let told = scales.first()?.measure.clone().exact(value).full(value);
        let told = match against {
            Against::Level(_) => format!("{name}\u{a0}{told}"),
            Against::Line(_) => format!("{name}, {told} in all"),
        };
        Some(match self.panels.first() {
            Some(panel) if self.is_single() && !panel.aside.is_empty() => format!("{told}; {}", panel.aside),
            _ => told,
        })
    }

    /// One plot with its axis, name and strip.
    fn panel(&self, page: &mut Page, index: usize, scale: &Scale, frame: Frame, left: f64) {
        let panel = &self.panels[index];
        let range = self.axis.range(self.count());
        let mut plot = Plot::new(frame, range, scale.range);
        if !self.is_single() {
            self.name(page, panel, scale, (left, frame.top - self.panel_head() + 7.0), frame.right - left);
        }
        if self.has_strip() {
            strip::draw(page, &plot, &self.axis, &panel.closed);
        }
        if let Some(most) = self.most_incidents() {
            let base = frame.top - if self.has_strip() { strip::ROOM } else { 0.0 };
            strip::bars(page, &plot, &self.axis, &panel.incidents, (base, most));
        }
        page.vertical_axis(&plot, &scale.ticks, "");
        fan::draw(&mut plot, &self.axis, &panel.rows, panel.class);
        let level = self.level.map_or(Vec::new(), |(against, _)| against.over(&plot, &self.axis));
        let empty = fan::bounds(&panel.rows).is_none();
        let ends = panel.rows.iter().rev().find(|row| row.iter().all(|value| value.is_finite()));
        let ends = ends.map(|row| row.map(|value| plot.y(value)));
        page.scene.push(plot.into_mark());
        if level.len() > 1 {
            page.scene.push(Mark::Polyline {
                points: level,
                stroke: Stroke::dashed(INK, AXIS_OF_LEVEL),
            });
        }
        self.tips(page, panel, scale, frame);
        if empty {
            let at = frame.centre();
            page.scene
                .text(Text::new(at, "no values", SMALL, MUTED).haloed().anchored(Anchor::Middle));
        } else if self.is_single()
            && panel.rows.iter().any(|row| row[4] > row[0])
            && let Some(ends) = ends
        {
            direct_labels(page, frame, ends);
        }
    }

    fn name(&self, page: &mut Page, panel: &Panel, scale: &Scale, at: (f64, f64), room: f64) {
        let unit = if self.shared || scale.measure.unit == self.unit {
            String::new()
        } else {
            format!("({})", scale.measure.unit)
        };
        let beside = [unit.as_str(), panel.aside].into_iter().filter(|word| !word.is_empty());
        let word = beside.collect::<Vec<_>>().join(" ");
        // Who it is comes before what is said of it, and words that are cut say nothing.
        let rest = room - GAP - text::width(panel.name, NAME, Weight::SemiBold);
        let fits = text::width(&word, SMALL, Weight::Regular) <= rest;
        let word = if fits { word } else { unit };
        let taken = text::width(&word, SMALL, Weight::Regular);
        let name = text::fit(panel.name, NAME, Weight::SemiBold, room - taken - GAP);
        let after = at.0 + text::width(&name, NAME, Weight::SemiBold) + GAP;
        let ink = if self.shared {
            Colour::class(panel.class).readable(4.5)
        } else {
            INK
        };
        page.scene.text(Text::new(at, name, NAME, ink).semibold());
        if !word.is_empty() {
            page.scene.text(Text::new((after, at.1), word, SMALL, MUTED));
        }
    }

    /// The axis of time below a plot.
    fn time(&self, page: &mut Page, frame: Frame) {
        let range = self.axis.range(self.count());
        let plot = Plot::new(frame, range, (0.0, 1.0));
        let ticks = self.axis.ticks(&plot, range, page.scene.width);
        page.horizontal_axis(frame, &ticks);
        if !self.axis.title().is_empty() {
            page.horizontal_title(frame, frame.bottom + TICK_ROOM + 10.0, self.axis.title());
        }
    }
}

/// Width of the line of a level.
const AXIS_OF_LEVEL: f64 = HAIR + 0.25;

/// Room of the dashed piece of line before the words of a level, and of one row of the head.
const LEVEL_KEY: f64 = 18.0;
const HEAD_ROW: f64 = 12.0;

/// What the edges of the bands are, beside their ends: the median always, the others only where their words can stand near their own edges, none
/// of them moved by more than [`SHIFT`]. The note below says what the bands are in any case.
fn direct_labels(page: &mut Page, frame: Frame, ends: [f64; 5]) {
    let words = [(2, "median"), (4, "95\u{a0}%"), (0, "5\u{a0}%"), (3, "75\u{a0}%"), (1, "25\u{a0}%")];
    let mut shown: Vec<(f64, &str)> = Vec::new();
    let mut places: Vec<f64> = Vec::new();
    for (which, word) in words {
        let y = ends[which].clamp(frame.top, frame.bottom);
        shown.push((y, word));
        let wishes: Vec<(f64, f64)> = shown.iter().map(|&(y, _)| (y, SMALL)).collect();
        let spread = labels::spread(&wishes, 1.0, frame.top - SMALL / 2.0, frame.bottom + SMALL / 2.0);
        if shown.len() == 1 || spread.iter().zip(&shown).all(|(place, (y, _))| (place - y).abs() <= SHIFT) {
            places = spread;
        } else {
            shown.pop();
        }
    }
    for ((_, word), y) in shown.into_iter().zip(places) {
        let text = Text::new((frame.right + 4.0, y + text::CAP_HEIGHT * SMALL / 2.0), word, SMALL, MUTED);
        page.scene.text(if word == "median" {
            Text {
                colour: INK,
                ..text.semibold()
            }
        } else {
            text
        });
    }
}

/// How far a word may stand from its edge: less than half its height.
const SHIFT: f64 = SMALL * 0.4;
