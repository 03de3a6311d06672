//! Values with their intervals on a line, as shapes that differ in grey too, and the key to them.

use super::super::colour::{Colour, MUTED, PAPER};
use super::super::page::{GAP, MARGIN, Page, SERIES, SMALL};
use super::super::plot::Plot;
use super::super::scene::{Mark, Point, Stroke, Text};
use super::super::text::{self, Weight};

/// How a value is drawn; they differ in grey, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A full disc.
    Dot,
    /// A circle.
    Ring,
    /// A square on its corner.
    Diamond,
    /// A triangle that points to the right.
    Triangle,
}

/// A value with its interval on the line of a row.
pub(super) struct Value {
    /// The value; nothing is drawn unless it is finite.
    pub(super) at: f64,
    /// Ends of its interval; not drawn unless both are finite.
    pub(super) ends: [f64; 2],
    /// Ends of a narrower interval, drawn thick; not drawn unless both are finite.
    pub(super) inner: [f64; 2],
    /// How it is drawn.
    pub(super) shape: Shape,
    /// In which colour.
    pub(super) colour: Colour,
}

/// Draws a value at a height of a plot.
pub(super) fn value(page: &mut Page, plot: &Plot, y: f64, value: &Value) {
    for (ends, width) in [(value.ends, 0.9), (value.inner, 2.4)] {
        if ends.iter().all(|end| end.is_finite()) {
            let [from, to] = ends.map(|end| plot.x(end));
            page.scene.line((from, y), (to, y), Stroke::solid(value.colour, width));
        }
    }
    if value.at.is_finite() {
        shape(page, (plot.x(value.at), y), value.shape, value.colour);
    }
}

/// Draws a shape round a place.
pub(super) fn shape(page: &mut Page, (x, y): Point, shape: Shape, colour: Colour) {
    let corners = |points: Vec<Point>| Mark::Area { points, fill: colour };
    page.scene.push(match shape {
        Shape::Dot | Shape::Ring => Mark::Circle {
            centre: (x, y),
            radius: 2.6,
            fill: if shape == Shape::Ring { PAPER } else { colour },
            stroke: (shape == Shape::Ring).then(|| Stroke::solid(colour, SERIES)),
        },
        Shape::Diamond => corners(vec![(x - 3.0, y), (x, y - 3.0), (x + 3.0, y), (x, y + 3.0)]),
        Shape::Triangle => corners(vec![(x - 2.4, y - 2.8), (x + 2.8, y), (x - 2.4, y + 2.8)]),
    });
}

/// What shapes stand for, in one row from the left margin, or in as many as they need.
pub(super) fn key(page: &mut Page, entries: &[(Shape, Colour, &str)]) {
    let right = page.scene.width - MARGIN;
    let mut x = MARGIN;
    for (which, colour, words) in entries {
        let words = text::fit(words, SMALL, Weight::Regular, right - MARGIN - 9.0);
        let wide = 9.0 + text::width(&words, SMALL, Weight::Regular);
        if x > MARGIN && x + wide > right {
            x = MARGIN;
            page.top += 10.0;
        }
        shape(page, (x + 3.0, page.top + 6.0 - text::CAP_HEIGHT * SMALL / 2.0), *which, *colour);
        page.scene.text(Text::new((x + 9.0, page.top + 6.0), words, SMALL, MUTED));
        x += wide + 2.0 * GAP;
    }
    page.top += 11.0;
}
