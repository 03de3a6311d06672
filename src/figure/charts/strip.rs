//! A strip of shares over time, darker for more: when the place is closed. Bars of what happens above it.

use super::super::colour::{Colour, MUTED};
use super::super::days::TimeAxis;
use super::super::page::{HAIR, MARGIN, Page, SMALL};
use super::super::plot::Plot;
use super::super::scene::{Frame, Mark, Stroke, Text};
use super::super::text::{self, Weight};

/// Room of a strip above its plot.
pub(super) const ROOM: f64 = 9.0;
/// Height of the strip itself.
const HEIGHT: f64 = 5.0;
/// Shades: so many steps from none to all.
const SHADES: f64 = 20.0;

fn shade(share: f64) -> Colour {
    let (none, all) = (Colour::rgb(0xf1_f2_f4), Colour::rgb(0x33_3a_44));
    none.mix(all, share)
}

/// Draws the shares of one panel above its plot; equal neighbours make one box, and what is narrower than half a point is averaged.
pub(super) fn draw(page: &mut Page, plot: &Plot, axis: &TimeAxis, shares: &[f64]) {
    if shares.is_empty() {
        return;
    }
    let (top, bottom) = (plot.frame.top - ROOM + 1.0, plot.frame.top - ROOM + 1.0 + HEIGHT);
    let wide = plot.x(axis.edge(1)) - plot.x(axis.edge(0));
    let every = ((0.5 / wide).ceil() as usize).max(1);
    let edge = |index: usize| plot.x(axis.edge(index)).min(plot.frame.right);
    let mut boxes: Vec<(f64, f64, f64)> = Vec::new();
    for (part, chunk) in shares.chunks(every).enumerate() {
        let mean = chunk
            .iter()
            .map(|share| if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 })
            .sum::<f64>()
            / chunk.len() as f64;
        // A rare closure is still seen: what is above none is at least one shade.
        let level = if mean > 0.0 { (mean * SHADES).round().max(1.0) } else { 0.0 };
        let (from, to) = (edge(part * every), edge(part * every + chunk.len()));
        match boxes.last_mut() {
            Some((_, end, same)) if (*same - level).abs() < 0.5 => *end = to,
            _ => boxes.push((from, to, level)),
        }
    }
    for (left, right, level) in boxes {
        page.scene.push(Mark::Rect {
            frame: Frame { left, top, right, bottom },
            fill: shade(level / SHADES),
            crisp: true,
        });
    }
}

/// Room of bars above a strip or a plot.
pub(super) const BARS_ROOM: f64 = 10.0;

/// Draws bars above a strip or a plot, from a base upwards, of which `most` is the highest there can be.
pub(super) fn bars(page: &mut Page, plot: &Plot, axis: &TimeAxis, values: &[f64], (base, most): (f64, f64)) {
    let (from, to) = (plot.frame.left, plot.frame.right);
    page.scene.line((from, base), (to, base), Stroke::solid(MUTED, HAIR / 2.0));
    for (index, value) in values.iter().enumerate().filter(|(_, value)| **value > 0.0 && most > 0.0) {
        let (left, right) = (plot.x(axis.edge(index)), plot.x(axis.edge(index + 1)).min(to));
        let air = if right - left > 2.0 { 0.4 } else { 0.0 };
        page.scene.push(Mark::Rect {
            frame: Frame {
                left: left + air,
                right: right - air,
                top: base - (BARS_ROOM - 2.5) * (value / most).min(1.0),
                bottom: base,
            },
            fill: MUTED,
            crisp: false,
        });
    }
}

/// What the ends of the key say.
const NONE: &str = "0\u{a0}%";
const ALL: &str = "100\u{a0}%";
/// Width of the key: one box for every shade that the strip knows, so that both show the same greys.
const KEY: f64 = 52.5;

/// Between the title of the key and its first word.
const AFTER_TITLE: f64 = 7.0;

fn wide(text: &str) -> f64 {
    text::width(text, SMALL, Weight::Regular)
}

/// Width of the key of a strip.
pub(super) fn key_width(title: &str) -> f64 {
    wide(title) + AFTER_TITLE + wide(NONE) + 3.0 + KEY + 3.0 + wide(ALL)
}

/// What the shades of a strip stand for.
pub(super) fn key(page: &mut Page, title: &str, left: f64, baseline: f64) {
    let title = text::fit(title, SMALL, Weight::Regular, page.scene.width - 2.0 * MARGIN - key_width(""));
    page.scene.text(Text::new((left, baseline), title.clone(), SMALL, MUTED));
    let mut x = left + wide(&title) + AFTER_TITLE;
    page.scene.text(Text::new((x, baseline), NONE, SMALL, MUTED));
    x += wide(NONE) + 3.0;
    let wide = KEY / (SHADES + 1.0);
    for level in 0..=SHADES as usize {
        page.scene.push(Mark::Rect {
            frame: Frame {
                left: x,
                top: baseline - HEIGHT,
                right: x + wide,
                bottom: baseline,
            },
            fill: shade(level as f64 / SHADES),
            crisp: true,
        });
        x += wide;
    }
    page.scene.text(Text::new((x + 3.0, baseline), ALL, SMALL, MUTED));
}
