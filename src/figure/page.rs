//! What every chart has round its plots: title, subtitle, axes, legends, notes, in one set of sizes.

use super::colour::{Colour, GRID, INK, MUTED};
use super::labels::are_apart;
use super::numbers::Measure;
use super::plot::Plot;
use super::scene::{Anchor, Frame, Scene, Stroke, Text};
use super::text::{self, Weight};

/// Size of titles in points.
pub(super) const TITLE: f64 = 9.0;
/// Size of subtitles and of names within a chart.
pub(super) const NAME: f64 = 8.0;
/// Size of tick labels, values, axis titles and notes.
pub(super) const SMALL: f64 = 7.0;
/// Width of axes.
pub(super) const AXIS: f64 = 0.75;
/// Width of grid lines and whiskers' ends.
pub(super) const HAIR: f64 = 0.5;
/// Width of series.
pub(super) const SERIES: f64 = 1.25;
/// White margin all round.
pub(super) const MARGIN: f64 = 10.0;
/// A chart of up to twelve alternatives is no taller than this: the height of A4 within margins of 20 mm.
pub(super) const TALLEST: f64 = 257.0 / 25.4 * 72.0;
/// Between two texts on one line.
pub(super) const GAP: f64 = 6.0;

/// How wide a chart is printed. What stands side by side on a page stands one below the other in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Width {
    /// One column of a journal, 85 mm.
    Column,
    /// The whole page, 180 mm.
    #[default]
    Page,
    /// So many millimetres, from [`Width::LEAST`] to [`Width::GREATEST`].
    Millimetres(u8),
}

impl Width {
    /// The narrowest chart, in millimetres.
    pub const LEAST: u8 = 60;
    /// The widest, in millimetres.
    pub const GREATEST: u8 = 180;
    /// From so many millimetres on there is room side by side.
    const WIDE: u8 = 130;

    /// A width in whole millimetres; none outside the widths that charts have.
    pub fn of(millimetres: u8) -> Option<Width> {
        match millimetres {
            85 => Some(Width::Column),
            180 => Some(Width::Page),
            Width::LEAST..=Width::GREATEST => Some(Width::Millimetres(millimetres)),
            _ => None,
        }
    }

    /// The width in millimetres.
    pub fn millimetres(self) -> u8 {
        match self {
            Width::Column => 85,
            Width::Page => 180,
            Width::Millimetres(millimetres) => millimetres,
        }
    }

    /// The width in points.
    pub fn points(self) -> f64 {
        f64::from(self.millimetres()) / 25.4 * 72.0
    }

    /// Whether it is laid out as a page.
    pub fn is_wide(self) -> bool {
        self.millimetres() >= Width::WIDE
    }
}

/// The words round a chart. Empty ones take no room.
#[derive(Clone, Debug, Default)]
pub struct Heading {
    /// What is seen, in a few words.
    pub title: String,
    /// How it is drawn and from what: "Median, 50 % and 90 % of 1,000 replications".
    pub subtitle: String,
    /// What one must know to trust it: n, interval, seed, version. The chart puts its own sentences before it.
    pub note: String,
    /// Where the numbers come from.
    pub source: String,
}

/// Joins the parts of a note by a middle dot: `note(&["n = 1,000 replications", "seed 42", "rafah 0.1.0"])`.
pub fn note(parts: &[&str]) -> String {
    let given: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    given.join(" · ")
}

/// A page under work: its height is known when it is closed.
pub(super) struct Page {
    /// What has been drawn so far.
    pub(super) scene: Scene,
    /// Where the next thing may begin.
    pub(super) top: f64,
    own: Vec<String>,
    note: String,
    source: String,
}

impl Page {
    /// A page with its title and subtitle set, wrapped where they are long.
    pub(super) fn open(width: Width, heading: &Heading) -> Page {
        let mut page = Page {
            scene: Scene::blank(width.points(), 0.0, heading.title.clone()),
            top: MARGIN,
            own: Vec::new(),
            note: heading.note.clone(),
            source: heading.source.clone(),
        };
        // A narrow chart has room for as many words on more lines.
        let lines = match width.millimetres() {
            Width::WIDE.. => 4,
            80.. => 7,
            _ => 10,
        };
        page.paragraph(&heading.title, TITLE, Weight::SemiBold, INK, lines);
        if !heading.title.is_empty() && !heading.subtitle.is_empty() {
            page.top += 1.5;
        }
        page.paragraph(&heading.subtitle, NAME, Weight::Regular, MUTED, if width.is_wide() { 4 } else { 6 });
        page.top += 5.0;
        page
    }

    /// A sentence of the chart's own; all of them stand in one paragraph before the caller's note.
    pub(super) fn explain(&mut self, sentence: impl Into<String>) {
        self.own.push(sentence.into());
    }

    /// Lays wrapped text below what is there, over the whole width.
    fn paragraph(&mut self, words: &str, size: f64, weight: Weight, colour: Colour, most: usize) {
        let room = self.scene.width - 2.0 * MARGIN;
        for line in text::wrap(words, size, weight, room, most) {
            let baseline = self.top + text::CAP_HEIGHT * size + (text::LEADING - 1.0) * size / 2.0;
            let mut text = Text::new((MARGIN, baseline), line, size, colour);
            text.weight = weight;
            self.scene.text(text);
            self.top += text::LEADING * size;
        }
    }

    /// Adds notes and source below, and gives the whole.
    pub(super) fn close(mut self, description: String) -> Scene {
        self.own.retain(|sentence| !sentence.is_empty());
        let own = std::mem::take(&mut self.own).join(" ");
        let (note, source) = (std::mem::take(&mut self.note), std::mem::take(&mut self.source));
        if [&own, &note, &source].into_iter().any(|words| !words.is_empty()) {
            self.top += 6.0;
        }
        for (words, most) in [(own, 14), (note, 6), (source, 3)] {
            self.paragraph(&words, SMALL, Weight::Regular, MUTED, most);
        }
        self.scene.height = self.top + MARGIN - 2.0;
        self.scene.description = description;
        let all = Frame::around(&[(0.0, 0.0), (self.scene.width, self.scene.height)]);
        for tip in &mut self.scene.tips {
            tip.frame = tip.frame.within(&all);
        }
        self.scene
    }

    /// Grid lines with their labels to the left of a plot, and the title of the axis above it, if given.
    pub(super) fn vertical_axis(&mut self, plot: &Plot, ticks: &[(f64, String)], title: &str) {
        for (value, label) in ticks {
            let y = plot.y(*value);
            self.scene
                .line((plot.frame.left, y), (plot.frame.right, y), Stroke::solid(GRID, HAIR));
            let at = (plot.frame.left - 4.0, y + text::CAP_HEIGHT * SMALL / 2.0);
            self.scene.text(Text::new(at, label.clone(), SMALL, MUTED).anchored(Anchor::End));
        }
        if !title.is_empty() {
            let at = (MARGIN, plot.frame.top - 8.0);
            let fitted = text::fit(title, SMALL, Weight::Regular, plot.frame.right - MARGIN);
            self.scene.text(Text::new(at, fitted, SMALL, MUTED));
        }
    }

    /// The base line of a plot with ticks and their labels below it. Labels are assumed apart: see [`fitting_ticks`].
    pub(super) fn horizontal_axis(&mut self, frame: Frame, ticks: &[Tick]) {
        self.base_line(frame);
        for tick in ticks {
            self.scene.line(
                (tick.at, frame.bottom),
                (tick.at, frame.bottom + TICK_LENGTH),
                Stroke::solid(INK, HAIR),
            );
            self.scene.text(tick.text(frame.bottom));
            if let Some(below) = tick.below(frame.bottom) {
                self.scene.text(below);
            }
        }
    }

    /// The base line of a plot alone.
    pub(super) fn base_line(&mut self, frame: Frame) {
        self.scene
            .line((frame.left, frame.bottom), (frame.right, frame.bottom), Stroke::solid(INK, AXIS));
    }

    /// A word in the middle of a plot that has nothing else to show.
    pub(super) fn note_in(&mut self, frame: Frame, words: &str, colour: Colour) {
        let fitted = text::fit(words, SMALL, Weight::Regular, frame.width() - 4.0);
        let text = Text::new(frame.centre(), fitted, SMALL, colour).haloed();
        self.scene.text(text.anchored(Anchor::Middle));
    }

    /// The title of a horizontal axis, centred under a frame.
    pub(super) fn horizontal_title(&mut self, frame: Frame, baseline: f64, title: &str) {
        let room = 2.0 * (self.scene.width / 2.0 - 2.0 - (frame.centre().0 - self.scene.width / 2.0).abs());
        let fitted = text::fit(title, SMALL, Weight::Regular, room);
        let at = (frame.centre().0, baseline);
        self.scene.text(Text::new(at, fitted, SMALL, INK).anchored(Anchor::Middle));
    }
}

/// Length of a tick in points.
const TICK_LENGTH: f64 = 2.5;
/// From the base line to the lower edge of one row of tick labels.
pub(super) const TICK_ROOM: f64 = 11.0;

/// A tick of a horizontal axis on the page.
#[derive(Clone, Debug)]
pub(super) struct Tick {
    /// Where it stands.
    pub(super) at: f64,
    /// Where the middle of its label stands: by its tick, or moved in from the edge of the page.
    pub(super) middle: f64,
    /// What it says.
    pub(super) label: String,
    /// What it says on a second row, for instance the year.
    pub(super) second: Option<String>,
}

impl Tick {
    /// A tick whose label keeps within `from` to `to`.
    pub(super) fn new(at: f64, label: String, second: Option<String>, (from, to): (f64, f64)) -> Tick {
        let wide = |text: &str| text::width(text, SMALL, Weight::Regular);
        let half = wide(&label).max(second.as_deref().map_or(0.0, wide)) / 2.0;
        Tick {
            at,
            middle: at.min(to - half).max(from + half),
            label,
            second,
        }
    }

    fn text(&self, base: f64) -> Text {
        let at = (self.middle, base + TICK_LENGTH + 2.0 + text::CAP_HEIGHT * SMALL);
        Text::new(at, self.label.clone(), SMALL, MUTED).anchored(Anchor::Middle)
    }

    fn below(&self, base: f64) -> Option<Text> {
        let mut text = self.text(base);
        text.content.clone_from(self.second.as_ref()?);
        text.at.1 += text::LEADING * SMALL;
        Some(text)
    }

    /// The box of its label on the page, wide enough for both rows.
    fn extent(&self) -> Frame {
        let first = self.text(0.0).extent();
        self.below(0.0).map_or(first, |below| {
            let second = below.extent();
            Frame {
                left: first.left.min(second.left),
                right: first.right.max(second.right),
                ..first
            }
        })
    }
}

/// Whether the labels of ticks keep apart.
pub(super) fn have_room(ticks: &[Tick]) -> bool {
    are_apart(&ticks.iter().map(Tick::extent).collect::<Vec<_>>(), GAP)
}

/// As many nice ticks under a plot as their labels leave room for.
pub(super) fn fitting_ticks(plot: &Plot, range: (f64, f64), measure: &Measure, page_width: f64) -> Vec<Tick> {
    let edges = (2.0, page_width - 2.0);
    let laid = |most: usize| -> Vec<Tick> {
        let ticks = measure.ticks(range, most);
        let ticks = ticks.into_iter().map(|(value, label)| Tick::new(plot.x(value), label, None, edges));
        // A label that does not fit under its tick is left out where two others tell the scale.
        let (under, moved): (Vec<Tick>, Vec<Tick>) = ticks.partition(|tick| (tick.middle - tick.at).abs() < 0.5);
        if under.len() >= 2 {
            return under;
        }
        let mut all = [under, moved].concat();
        all.sort_by(|a, b| a.at.total_cmp(&b.at));
        all
    };
    let most = ((plot.frame.width() / 45.0) as usize).clamp(2, 9);
    (1..=most)
        .rev()
        .map(laid)
        .find(|ticks| !ticks.is_empty() && have_room(ticks))
        .unwrap_or_else(|| laid(1).into_iter().take(1).collect())
}

/// The width that labels to the left of a plot need.
pub(super) fn widest<'a>(labels: impl IntoIterator<Item = &'a str>, size: f64, weight: Weight) -> f64 {
    labels.into_iter().map(|label| text::width(label, size, weight)).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_journals() {
        assert!((Width::Column.points() - 240.94).abs() < 0.01);
        assert!((Width::Page.points() - 510.24).abs() < 0.01);
        assert_eq!(
            [85, 180, 120].map(Width::of),
            [Some(Width::Column), Some(Width::Page), Some(Width::Millimetres(120))]
        );
        assert_eq!([59, 181].map(Width::of), [None, None]);
    }

    #[test]
    fn a_note_leaves_out_what_is_not_given() {
        assert_eq!(note(&["n = 5", "", "seed 42"]), "n = 5 · seed 42");
    }

    #[test]
    fn an_empty_heading_takes_no_room_and_a_long_one_is_wrapped() {
        let empty = Page::open(Width::Column, &Heading::default());
        assert!(empty.top < 20.0 && empty.scene.marks.is_empty());
        let heading = Heading {
            title: "Delivered tonnes under four ways of opening and closing the crossing in 2026".into(),
            ..Heading::default()
        };
        let page = Page::open(Width::Column, &heading);
        assert_eq!(page.scene.texts().len(), 2);
    }

    #[test]
    fn tick_labels_keep_apart_and_on_the_page_however_long_they_are() {
        let frame = Frame::around(&[(30.0, 0.0), (230.0, 100.0)]);
        for range in [(0.0, 1.0), (0.0, 9e8), (1e9, 1e9 + 1.0), (-1e-9, 1e-9), (1e15, 1e15 + 8.0)] {
            let measure = Measure::of(range, "t");
            let plot = Plot::new(frame, range, (0.0, 1.0));
            let ticks = fitting_ticks(&plot, range, &measure, 240.0);
            assert!(!ticks.is_empty() && have_room(&ticks), "{range:?}: {ticks:?}");
            assert!(
                ticks
                    .iter()
                    .all(|t| t.extent().left >= 2.0 - 1e-9 && t.extent().right <= 238.0 + 1e-9),
                "{range:?}: {ticks:?}"
            );
        }
    }
}
