//! Small multiples: panels of one pair of scales side by side, each with its name and a word above it.

use super::super::colour::{INK, MUTED};
use super::super::page::{self, GAP, MARGIN, NAME, Page, SMALL, TICK_ROOM, Tick, Width};
use super::super::plot::Plot;
use super::super::scene::{Frame, Text};
use super::super::text::{self, Weight};

/// Height of a line of a name.
const LINE: f64 = 9.6;

/// Name of a panel, and what is said below it; both may be empty.
pub(super) struct Head {
    pub(super) name: String,
    pub(super) aside: String,
}

/// The scales, and how the panels are laid.
pub(super) struct Multiples<'a> {
    pub(super) heads: Vec<Head>,
    pub(super) x: (f64, f64),
    pub(super) y: (f64, f64),
    /// Ticks of the vertical axis with what they say.
    pub(super) ticks: Vec<(f64, String)>,
    /// Above the panels: what the vertical axes show.
    pub(super) up: String,
    /// Below the panels: what the horizontal axes show.
    pub(super) across: String,
    /// Panels in a row at most.
    pub(super) abreast: usize,
    /// Height of a panel.
    pub(super) height: f64,
    /// Rows of labels below the horizontal axes.
    pub(super) rows: usize,
    /// Ticks of a horizontal axis.
    pub(super) below: &'a dyn Fn(&Plot) -> Vec<Tick>,
}

/// Panels in a row at most, and their height, where many small ones are wanted.
pub(super) fn small(width: Width, count: usize) -> (usize, f64) {
    match (width.is_wide(), count) {
        (true, 0..=1) => (1, 150.0),
        (false, 0..=1) => (1, 105.0),
        (true, 2) => (2, 110.0),
        (true, 3..=9) => (3, 80.0),
        (true, _) => (4, 70.0),
        (false, _) => (2, 62.0),
    }
}

impl Multiples<'_> {
    /// Draws names and axes from `page.top` on, and moves it below; gives the panels, in order.
    pub(super) fn lay(&self, page: &mut Page) -> Vec<Plot> {
        if !self.up.is_empty() {
            let fitted = text::fit(&self.up, SMALL, Weight::Regular, page.scene.width - 2.0 * MARGIN);
            page.scene.text(Text::new((MARGIN, page.top + 6.0), fitted, SMALL, MUTED));
            page.top += 12.0;
        }
        let gutter = page::widest(self.ticks.iter().map(|t| t.1.as_str()), SMALL, Weight::Regular) + 4.0;
        let left = MARGIN + gutter;
        let abreast = self.abreast.min(self.heads.len()).max(1);
        let right = page.scene.width - MARGIN;
        let wide = (right - left - 2.0 * GAP * (abreast - 1) as f64) / abreast as f64;
        let mut plots = Vec::new();
        let mut low = page.top;
        for (row, heads) in self.heads.chunks(abreast).enumerate() {
            let names: Vec<Vec<String>> = heads.iter().map(|h| text::wrap(&h.name, NAME, Weight::SemiBold, wide, 2)).collect();
            let lines = names.iter().map(Vec::len).max().unwrap_or(0);
            let asides = heads.iter().any(|head| !head.aside.is_empty());
            let top = page.top + LINE * (lines + usize::from(asides)) as f64 + 3.0;
            for (place, (head, name)) in heads.iter().zip(names).enumerate() {
                let frame = Frame {
                    left: left + (wide + 2.0 * GAP) * place as f64,
                    right: left + (wide + 2.0 * GAP) * place as f64 + wide,
                    top,
                    bottom: top + self.height,
                };
                let mut baseline = page.top + 6.5;
                for words in name {
                    page.scene.text(Text::new((frame.left, baseline), words, NAME, INK).semibold());
                    baseline += LINE;
                }
                let aside = text::fit(&head.aside, SMALL, Weight::Regular, wide);
                if !aside.is_empty() {
                    page.scene.text(Text::new((frame.left, baseline), aside, SMALL, MUTED));
                }
                plots.push(self.panel(page, frame, place == 0, row * abreast + place + abreast >= self.heads.len()));
            }
            page.top = top + self.height + 7.0;
            low = top + self.height + self.tick_room();
        }
        page.top = low + 2.0;
        if !self.across.is_empty() {
            let all = Frame::around(&[(left, 0.0), (right, 0.0)]);
            page.horizontal_title(all, page.top + 7.0, &self.across);
            page.top += 11.0;
        }
        plots
    }

    fn tick_room(&self) -> f64 {
        TICK_ROOM + text::LEADING * SMALL * self.rows.saturating_sub(1) as f64
    }

    /// Axes of one panel: numbers only at the left and below.
    fn panel(&self, page: &mut Page, frame: Frame, is_first: bool, is_last: bool) -> Plot {
        let plot = Plot::new(frame, self.x, self.y);
        let bare = |(value, label): &(f64, String)| (*value, if is_first { label.clone() } else { String::new() });
        page.vertical_axis(&plot, &self.ticks.iter().map(bare).collect::<Vec<_>>(), "");
        if is_last {
            page.horizontal_axis(frame, &(self.below)(&plot));
        } else {
            page.base_line(frame);
        }
        plot
    }
}
