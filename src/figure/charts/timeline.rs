//! Fans in panels that share the axis of time: the body of the charts over time.

use super::super::colour::{Colour, INK, MUTED};
use super::super::days::TimeAxis;
use super::super::labels::spread;
use super::super::numbers::{Measure, roomy};
use super::super::page::{self, GAP, HAIR, MARGIN, NAME, Page, SMALL, TICK_ROOM, Width};
use super::super::plot::Plot;
use super::super::scene::{Anchor, Frame, Stroke, Text};
use super::super::text::{self, Weight};
use super::fan::{self, Quantiles};
use super::strip;

/// One panel.
pub(super) struct Panel<'a> {
    /// Name above it; empty for none.
    pub(super) name: &'a str,
    /// What is drawn.
    pub(super) rows: &'a [Quantiles],
    /// Shares of replications closed, one a value; may be empty.
    pub(super) closed: &'a [f64],
    /// Its colour.
    pub(super) class: usize,
}

impl Panel<'_> {
    /// What is drawn where there is nothing to draw.
    pub(super) fn empty() -> Panel<'static> {
        Panel {
            name: "",
            rows: &[],
            closed: &[],
            class: 0,
        }
    }
}

/// All panels and what they have in common.
pub(super) struct Timeline<'a> {
    pub(super) width: Width,
    pub(super) axis: &'a TimeAxis,
    pub(super) panels: Vec<Panel<'a>>,
    pub(super) quantity: &'a str,
    pub(super) unit: &'a str,
    /// One vertical scale for all panels, or each its own.
    pub(super) shared: bool,
    /// A level to hold the values against, with its name.
    pub(super) level: Option<(f64, &'a str)>,
    /// What the strip above each panel shows, if any panel has one.
    pub(super) strip: &'a str,
}

/// Room for the direct labels beside a single plot.
const LABELS: f64 = 34.0;
/// Room for a panel's name.
const NAME_ROOM: f64 = 12.0;
/// Between panels.
const BETWEEN: f64 = 9.0;

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

    fn columns(&self) -> usize {
        match (self.width, self.panels.len()) {
            (Width::Page, 5..) => 2,
            _ => 1,
        }
    }

    fn height(&self) -> f64 {
        match (self.width, self.panels.len()) {
            (Width::Page, 0..=1) => 150.0,
            (Width::Column, 0..=1) => 105.0,
            (_, 2) => 92.0,
            (_, 3..=4) => 66.0,
            (Width::Page, 5..) => 66.0,
            (Width::Column, _) => 46.0,
        }
    }

    /// How many values the longest panel has.
    fn count(&self) -> usize {
        self.panels.iter().map(|panel| panel.rows.len()).max().unwrap_or(0)
    }

    /// Draws everything from `page.top` on, and moves it below.
    pub(super) fn draw(&self, page: &mut Page) {
        let scales = self.scales();
        self.head(page, &scales);
        let columns = self.columns();
        let rows = self.panels.len().div_ceil(columns).max(1);
        let column_width = (page.scene.width - 2.0 * MARGIN - GAP * 2.0 * (columns - 1) as f64) / columns as f64;
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
        name + if self.has_strip() { strip::ROOM } else { 0.0 }
    }

    fn scales(&self) -> Vec<Scale> {
        let most = ((self.height() / 24.0) as usize).clamp(2, 6);
        let scale = |rows: &mut dyn Iterator<Item = &[Quantiles]>| {
            let level = self.level.map(|(value, _)| value).filter(|value| value.is_finite());
            let bounds = rows.filter_map(fan::bounds).chain(level.map(|value| (value, value)));
            let (low, high) = bounds.fold((0.0_f64, f64::NEG_INFINITY), |found, (low, high)| {
                (found.0.min(low), found.1.max(high))
            });
            let range = if high.is_finite() && high <= low {
                (low, low + 1.0)
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
        let all = || scale(&mut self.panels.iter().map(|panel| panel.rows));
        let own = |panel: &Panel| scale(&mut std::iter::once(panel.rows));
        self.panels
            .iter()
            .map(|panel| if self.shared { all() } else { own(panel) })
            .collect()
    }

    /// The title of the vertical axes, and the key of the strips at the right or, if the page is narrow, below it.
    fn head(&self, page: &mut Page, scales: &[Scale]) {
        let title = match scales.first() {
            Some(scale) if self.shared => scale.measure.axis_title(self.quantity),
            _ if self.unit.is_empty() => self.quantity.to_owned(),
            _ => format!("{} ({})", self.quantity, self.unit),
        };
        let room = page.scene.width - 2.0 * MARGIN;
        let title = text::fit(&title, SMALL, Weight::Regular, room);
        let used = text::width(&title, SMALL, Weight::Regular);
        page.scene.text(Text::new((MARGIN, page.top + 6.0), title, SMALL, MUTED));
        page.top += 12.0;
        if self.has_strip() {
            let key = strip::key_width(self.strip);
            if used + 2.0 * GAP + key > room {
                strip::key(page, self.strip, MARGIN, page.top + 6.0);
                page.top += 12.0;
            } else {
                strip::key(page, self.strip, page.scene.width - MARGIN - key, page.top - 6.0);
            }
        }
        if self.is_single() {
            page.top += 3.0;
        }
    }

    /// One plot with its axis, name and strip.
    fn panel(&self, page: &mut Page, index: usize, scale: &Scale, frame: Frame, left: f64) {
        let panel = &self.panels[index];
        let range = self.axis.range(self.count());
        let mut plot = Plot::new(frame, range, scale.range);
        if !self.is_single() {
            self.name(page, panel, scale, (left, frame.top - self.panel_head() + 7.5), frame.right - left);
        }
        if self.has_strip() {
            strip::draw(page, &plot, self.axis, panel.closed);
        }
        page.vertical_axis(&plot, &scale.ticks, "");
        fan::draw(&mut plot, self.axis, panel.rows, panel.class);
        let level = self
            .level
            .filter(|(value, _)| value.is_finite())
            .map(|(value, name)| (plot.y(value), value, name));
        let empty = fan::bounds(panel.rows).is_none();
        let ends = panel.rows.iter().rev().find(|row| row.iter().all(|value| value.is_finite()));
        let ends = ends.map(|row| row.map(|value| plot.y(value)));
        page.scene.push(plot.into_mark());
        if let Some((y, value, name)) = level {
            page.scene
                .line((frame.left, y), (frame.right, y), Stroke::dashed(INK, AXIS_OF_LEVEL));
            if index == 0 {
                let content = text::fit(
                    &format!("{name}\u{a0}{}", scale.measure.full(value)),
                    SMALL,
                    Weight::Regular,
                    frame.width() - 8.0,
                );
                let below = y - text::CAP_HEIGHT * SMALL - 3.0 < frame.top;
                let baseline = if below { y + 8.0 } else { y - 3.0 };
                page.scene
                    .text(Text::new((frame.left + 4.0, baseline), content, SMALL, INK).haloed());
            }
        }
        if empty {
            let at = ((frame.left + frame.right) / 2.0, (frame.top + frame.bottom) / 2.0);
            page.scene
                .text(Text::new(at, "no values", SMALL, MUTED).haloed().anchored(Anchor::Middle));
        } else if self.is_single()
            && let Some(ends) = ends
        {
            direct_labels(page, frame, ends);
        }
    }

    fn name(&self, page: &mut Page, panel: &Panel, scale: &Scale, at: (f64, f64), room: f64) {
        let word = if self.shared || scale.measure.unit == self.unit {
            String::new()
        } else {
            format!("({})", scale.measure.unit)
        };
        let taken = text::width(&word, SMALL, Weight::Regular);
        let name = text::fit(panel.name, NAME, Weight::SemiBold, room - taken - GAP);
        let after = at.0 + text::width(&name, NAME, Weight::SemiBold) + 4.0;
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

/// What the edges of the bands are, beside their ends.
fn direct_labels(page: &mut Page, frame: Frame, ends: [f64; 5]) {
    let wishes = ends.map(|y| (y, SMALL));
    let middles = spread(&wishes, 1.0, frame.top - 6.0, frame.bottom + 4.0);
    let words = ["5\u{a0}%", "25\u{a0}%", "median", "75\u{a0}%", "95\u{a0}%"];
    for ((word, y), index) in words.into_iter().zip(middles).zip(0..) {
        let at = (frame.right + 4.0, y + text::CAP_HEIGHT * SMALL / 2.0);
        let label = Text::new(at, word, SMALL, if index == 2 { INK } else { MUTED });
        page.scene.text(if index == 2 { label.semibold() } else { label });
    }
}

/// The sentence that says what the bands are.
pub(super) fn bands_in_words(single: bool) -> &'static str {
    if single {
        "Line: median; bands: the middle 50\u{a0}% and 90\u{a0}% of the replications."
    } else {
        "Lines: medians; bands: the middle 50\u{a0}% and 90\u{a0}% of the replications."
    }
}
