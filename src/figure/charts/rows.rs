//! Rows with a name each, one panel of values or several beside them, and columns of numbers: what forests, regrets, prices and violins have in common.

use super::super::colour::{GRID, INK, MUTED};
use super::super::numbers::Measure;
use super::super::page::{self, AXIS, GAP, HAIR, MARGIN, Page, SMALL, TICK_ROOM, Tick, Width};
use super::super::plot::Plot;
use super::super::scene::{Anchor, Frame, Stroke, Text};
use super::super::text::{self, Weight};

/// Height of a row whose values lie on one line.
pub(super) const PITCH: f64 = 17.0;
/// Height of a line of a name.
const LINE: f64 = 8.6;
/// Room of the name of a group of rows.
const GROUP: f64 = 14.0;
/// Between panels.
const BETWEEN: f64 = 14.0;
/// A panel is at least so wide, unless it is the only one or more are to stand side by side.
const NARROWEST: f64 = 64.0;
/// And at least so wide even then.
const CRAMPED: f64 = 42.0;

/// One scale for all rows.
pub(super) struct Panel {
    /// What stands above it; empty for nothing.
    pub(super) title: String,
    /// What it has to hold.
    pub(super) range: (f64, f64),
    /// How its values are written.
    pub(super) measure: Measure,
}

/// Numbers at the end of the rows; only beside a single panel.
pub(super) struct Column {
    /// What stands above them.
    pub(super) head: String,
    /// One a row.
    pub(super) cells: Vec<String>,
}

impl Column {
    fn room(&self) -> f64 {
        let cells = self.cells.iter().map(String::as_str).chain([self.head.as_str()]);
        page::widest(cells, SMALL, Weight::Regular) + 2.0 * GAP
    }
}

/// All rows, and what stands beside them.
pub(super) struct Rows<'a> {
    /// Names, from above.
    pub(super) names: Vec<&'a str>,
    /// To which group each row belongs; where it changes, its name stands above. Empty for none.
    pub(super) groups: Vec<&'a str>,
    /// The panels, from the left.
    pub(super) panels: Vec<Panel>,
    /// The columns, from the left.
    pub(super) columns: Vec<Column>,
    /// Height of a row beside its name.
    pub(super) pitch: f64,
    /// Whether a line stands at 0.
    pub(super) zero: bool,
    /// What the horizontal axis shows.
    pub(super) axis: String,
    /// Whether panels may be narrower, so that the whole keeps to a page.
    pub(super) cramped: bool,
}

/// Where a panel came to lie.
pub(super) struct Placed {
    /// Its horizontal scale.
    pub(super) plot: Plot,
    /// The middle of each row.
    pub(super) middles: Vec<f64>,
    /// From where to where the values of each row may reach.
    bands: Vec<(f64, f64)>,
}

impl Placed {
    /// Says something of a row of this panel; of a single panel with columns [`Rows::lay`] says their numbers by itself.
    pub(super) fn tip(&self, page: &mut Page, row: usize, words: String) {
        let (top, bottom) = self.bands[row];
        page.scene.tip(
            Frame {
                top,
                bottom,
                ..self.plot.frame
            },
            words,
        );
    }
}

/// How names and rows share the page.
struct Layout {
    /// Whether names stand above their rows rather than beside them.
    above: bool,
    /// Whether the numbers stand on a line of their own below the names, where these are long.
    below: bool,
    /// Width of the names.
    names: f64,
    /// Lines of each name.
    lines: Vec<Vec<String>>,
}

impl<'a> Rows<'a> {
    /// Rows whose values lie on one line and on one scale, with a line at 0.
    pub(super) fn on_one_scale(names: Vec<&'a str>, range: (f64, f64), measure: &Measure, columns: Vec<Column>, axis: String) -> Rows<'a> {
        Rows {
            names,
            groups: Vec::new(),
            panels: vec![Panel {
                title: String::new(),
                range,
                measure: measure.clone(),
            }],
            columns,
            pitch: PITCH,
            zero: true,
            axis,
            cramped: false,
        }
    }

    /// Draws names, numbers, scales and axes from `page.top` on, and moves it below; says where the values belong, panel by panel.
    pub(super) fn lay(&self, page: &mut Page) -> Vec<Placed> {
        let room = page.scene.width - 2.0 * MARGIN;
        let layout = self.layout(room);
        let from = MARGIN + if layout.above { 2.0 } else { layout.names + GAP };
        let columns: f64 = self.columns.iter().map(Column::room).sum();
        let to = page.scene.width - MARGIN - if layout.above { 2.0 } else { columns };
        let narrowest = if self.cramped { CRAMPED } else { NARROWEST };
        let abreast = (((to - from + BETWEEN) / (narrowest + BETWEEN)).floor().max(1.0) as usize).min(self.panels.len().max(1));
        let strips = self.panels.len().div_ceil(abreast).max(1);
        // As many in each strip as make the strips even.
        let abreast = self.panels.len().div_ceil(strips).max(1);
        let wide = (to - from - BETWEEN * (abreast - 1) as f64) / abreast as f64;
        let mut placed = Vec::new();
        let count = self.panels.chunks(abreast).count();
        for (strip, panels) in self.panels.chunks(abreast).enumerate() {
            self.heads(page, panels, (from, wide));
            let (top, bands) = (page.top, self.names(page, &layout));
            for (place, panel) in panels.iter().enumerate() {
                let left = from + (wide + BETWEEN) * place as f64;
                let frame = Frame {
                    left,
                    right: left + wide,
                    top,
                    bottom: page.top,
                };
                placed.push(Placed {
                    plot: self.scale(page, panel, frame, abreast, &bands),
                    middles: bands.iter().map(|(top, bottom)| f64::midpoint(*top, *bottom)).collect(),
                    bands: bands.clone(),
                });
            }
            page.top += TICK_ROOM + 6.0;
            if strip + 1 == count && !self.axis.is_empty() {
                let all = Frame::around(&[(from, top), (to, page.top)]);
                page.horizontal_title(all, page.top + 5.0, &self.axis);
                page.top += 10.0;
            }
        }
        placed
    }

    /// Names beside the rows where they leave the values enough room, else above them.
    fn layout(&self, room: f64) -> Layout {
        let longest = page::widest(self.names.iter().copied(), SMALL, Weight::Regular) + 0.5;
        let columns: f64 = self.columns.iter().map(Column::room).sum();
        let widest = if self.panels.len() > 1 { 0.36 } else { 0.32 };
        let names = longest.min(room * widest);
        let cramped = room - names - GAP - columns < room * 0.4 || longest > 1.8 * names;
        let above = self.panels.len() <= 1 && cramped;
        let below = above && !self.columns.is_empty() && longest > 1.8 * (room - columns);
        let room = match (above, below) {
            (true, true) => room,
            (true, false) => room - columns,
            _ => names,
        };
        let lines = self.names.iter().map(|name| text::wrap(name, SMALL, Weight::Regular, room, 2));
        Layout {
            above,
            below,
            names,
            lines: lines.collect(),
        }
    }

    /// Titles of panels and heads of columns.
    fn heads(&self, page: &mut Page, panels: &[Panel], (from, wide): (f64, f64)) {
        let titles: Vec<Vec<String>> = panels
            .iter()
            .map(|panel| text::wrap(&panel.title, SMALL, Weight::SemiBold, wide, 2))
            .collect();
        let lines = titles
            .iter()
            .map(Vec::len)
            .max()
            .unwrap_or(0)
            .max(usize::from(!self.columns.is_empty()));
        if lines == 0 {
            return;
        }
        for (place, title) in titles.into_iter().enumerate() {
            let first = page.top + 6.0 + LINE * (lines - title.len()) as f64;
            for (line, words) in title.into_iter().enumerate() {
                let at = (from + (wide + BETWEEN) * place as f64, first + LINE * line as f64);
                page.scene.text(Text::new(at, words, SMALL, INK).semibold());
            }
        }
        for (column, end) in self.columns.iter().zip(self.ends(page)) {
            let at = (end, page.top + 6.0 + LINE * (lines - 1) as f64);
            page.scene
                .text(Text::new(at, column.head.clone(), SMALL, MUTED).anchored(Anchor::End));
        }
        page.top += LINE * lines as f64 + 3.0;
    }

    /// Where each column ends.
    fn ends(&self, page: &Page) -> Vec<f64> {
        let mut right = page.scene.width - MARGIN;
        let mut ends: Vec<f64> = Vec::new();
        for column in self.columns.iter().rev() {
            ends.push(right);
            right -= column.room();
        }
        ends.reverse();
        ends
    }

    /// Names and numbers row by row; gives from where to where the values of each row may reach.
    fn names(&self, page: &mut Page, layout: &Layout) -> Vec<(f64, f64)> {
        let ends = self.ends(page);
        let right = page.scene.width - MARGIN;
        let mut bands = Vec::new();
        for (row, lines) in layout.lines.iter().enumerate() {
            let mut upper = page.top;
            let group = self.groups.get(row).copied().unwrap_or("");
            if !group.is_empty() && (row == 0 || self.groups[row - 1] != group) {
                let fitted = text::fit(group, SMALL, Weight::SemiBold, right - MARGIN);
                page.scene.text(Text::new((MARGIN, page.top + 9.5), fitted, SMALL, INK).semibold());
                page.top += GROUP;
                upper = page.top;
            } else if row > 0 {
                page.scene
                    .line((MARGIN, page.top), (right, page.top), Stroke::solid(GRID.with_alpha(0.6), HAIR));
            }
            let tall = (lines.len() + usize::from(layout.below)) as f64 * LINE;
            let pitch = if layout.above { self.pitch } else { self.pitch.max(tall + 1.0) };
            let (first, middle) = if layout.above {
                (page.top + 8.0, page.top + tall + pitch / 2.0)
            } else {
                let middle = page.top + pitch / 2.0;
                (middle - (tall - LINE) / 2.0 + text::CAP_HEIGHT * SMALL / 2.0, middle)
            };
            for (line, words) in lines.iter().enumerate() {
                let at = (MARGIN, first + LINE * line as f64);
                page.scene.text(Text::new(at, words.clone(), SMALL, INK));
            }
            let baseline = match (layout.above, layout.below) {
                (true, true) => first + LINE * lines.len() as f64,
                (true, false) => first,
                _ => middle + text::CAP_HEIGHT * SMALL / 2.0,
            };
            for (column, end) in self.columns.iter().zip(&ends) {
                let cell = column.cells.get(row).cloned().unwrap_or_default();
                page.scene.text(Text::new((*end, baseline), cell, SMALL, INK).anchored(Anchor::End));
            }
            page.top += pitch + if layout.above { tall } else { 0.0 };
            if !self.columns.is_empty() {
                page.scene.tip(Frame::around(&[(MARGIN, upper), (right, page.top)]), self.told(row));
            }
            // Below a text, a little room for its descenders.
            let air = if layout.above { 2.5 } else { 0.0 };
            bands.push((middle - pitch / 2.0 + air, middle + pitch / 2.0));
        }
        bands
    }

    /// A row and its numbers in words: "half-open: difference +1,250, 95 % interval 950 to 1,550, in t".
    fn told(&self, row: usize) -> String {
        let numbers = self.columns.iter().map(|column| {
            let cell = column.cells.get(row).map_or("", String::as_str);
            format!("{} {cell}", column.head)
        });
        let mut numbers = numbers.collect::<Vec<_>>().join(", ");
        // The unit stands under the axis where no head names it.
        let unit = self.panels.first().map_or("", |panel| panel.measure.unit.as_str());
        let names_it = |column: &Column| column.head == unit || column.head.contains(&format!("({unit})"));
        if !unit.is_empty() && !self.columns.iter().any(names_it) {
            numbers += &format!(", in {unit}");
        }
        let group = self.groups.get(row).copied().unwrap_or("");
        let name = [group, self.names[row]].into_iter().filter(|word| !word.is_empty());
        format!("{}: {numbers}", name.collect::<Vec<_>>().join(" "))
    }

    /// Grid, line at 0 and axis of one panel. Lines keep to the rows, so that they strike no text through.
    fn scale(&self, page: &mut Page, panel: &Panel, frame: Frame, abreast: usize, bands: &[(f64, f64)]) -> Plot {
        let plot = Plot::new(frame, panel.range, (0.0, 1.0));
        let beyond = if abreast > 1 { BETWEEN / 2.0 - 1.0 } else { 8.0 };
        let ticks = ticks_within(&plot, panel, beyond, page.scene.width);
        let mut upright = |x: f64, stroke: Stroke| {
            // Bands that touch have one line.
            let mut lines: Vec<(f64, f64)> = Vec::new();
            for (top, bottom) in bands {
                match lines.last_mut() {
                    Some((_, end)) if (top - *end).abs() < 0.01 => *end = *bottom,
                    _ => lines.push((*top, *bottom)),
                }
            }
            for (top, bottom) in lines {
                page.scene.line((x, top), (x, bottom), stroke);
            }
        };
        for tick in &ticks {
            upright(tick.at, Stroke::solid(GRID, HAIR));
        }
        if self.zero && panel.range.0 <= 0.0 && panel.range.1 >= 0.0 {
            upright(plot.x(0.0), Stroke::solid(INK, AXIS));
        }
        page.horizontal_axis(frame, &ticks);
        plot
    }
}

/// As many ticks as have room under a panel, none of which reaches farther beyond it than given.
fn ticks_within(plot: &Plot, panel: &Panel, beyond: f64, width: f64) -> Vec<Tick> {
    let frame = plot.frame;
    let laid = |most: usize| -> Vec<Tick> {
        let ticks = panel.measure.ticks(panel.range, most).into_iter();
        let ticks = ticks.map(|(value, label)| Tick::new(plot.x(value), label, None, (2.0, width - 2.0)));
        let within = |tick: &Tick| {
            let half = text::width(&tick.label, SMALL, Weight::Regular) / 2.0;
            (tick.middle - tick.at).abs() < 0.5 && tick.middle - half >= frame.left - beyond && tick.middle + half <= frame.right + beyond
        };
        ticks.filter(within).collect()
    };
    let most = ((frame.width() / 40.0) as usize).clamp(3, 9);
    (1..=most + 2)
        .map(laid)
        .filter(|ticks| ticks.len() <= most && page::have_room(ticks))
        .max_by_key(Vec::len)
        .unwrap_or_default()
}

/// A number with its sign, also where it is above 0.
pub(super) fn signed(measure: &Measure, value: f64) -> String {
    let bare = measure.bare(value);
    let is_nothing = !bare.bytes().any(|b| (b'1'..=b'9').contains(&b));
    if value > 0.0 && !is_nothing { format!("+{bare}") } else { bare }
}

/// The head of a column of numbers: with their unit where there is room for it, as below the axis.
pub(super) fn head(width: Width, words: &str, measure: &Measure) -> String {
    if width.is_wide() {
        measure.axis_title(words)
    } else {
        words.to_owned()
    }
}

/// An interval in words: "−200 to 2,300"; "–" where there is none.
pub(super) fn interval(measure: &Measure, [lower, upper]: [f64; 2]) -> String {
    if lower.is_finite() && upper.is_finite() {
        format!("{} to {}", measure.bare(lower), measure.bare(upper))
    } else {
        "–".to_owned()
    }
}

/// A number as written in a table; "–" where there is none.
pub(super) fn told(value: f64, written: impl Fn(f64) -> String) -> String {
    if value.is_finite() { written(value) } else { "–".to_owned() }
}

/// "n = 1,000.", "n = 12 to 1,000.", or nothing of no rows.
pub(super) fn sizes(n: impl Iterator<Item = usize>) -> String {
    let ends = n.fold(None, |found: Option<(usize, usize)>, n| {
        Some(found.map_or((n, n), |(least, most)| (least.min(n), most.max(n))))
    });
    match ends {
        None => String::new(),
        Some((least, most)) if least == most => format!("n\u{a0}=\u{a0}{}.", super::super::counted(most)),
        Some((least, most)) => format!("n\u{a0}=\u{a0}{} to {}.", super::super::counted(least), super::super::counted(most)),
    }
}
