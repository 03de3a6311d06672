//! What values over time are held against: a level, or a line.

use super::super::days::TimeAxis;
use super::super::plot::Plot;
use super::super::scene::Point;

/// What values are held against.
#[derive(Clone, Copy)]
pub(super) enum Against<'a> {
    /// The same at all times.
    Level(f64),
    /// One value a value of the axis.
    Line(&'a [f64]),
}

impl Against<'_> {
    /// The last value; none where there is none, or no number.
    pub(super) fn last(&self) -> Option<f64> {
        match self {
            Against::Level(value) => Some(*value),
            Against::Line(values) => values.last().copied(),
        }
        .filter(|value| value.is_finite())
    }

    /// Its line over a plot; none where it has no last value.
    pub(super) fn over(&self, plot: &Plot, axis: &TimeAxis) -> Vec<Point> {
        let frame = plot.frame;
        match self {
            _ if self.last().is_none() => Vec::new(),
            Against::Level(value) => vec![(frame.left, plot.y(*value)), (frame.right, plot.y(*value))],
            Against::Line(values) => {
                let finite = values.iter().enumerate().filter(|(_, value)| value.is_finite());
                finite.map(|(index, value)| (plot.x(axis.at(index)), plot.y(*value))).collect()
            }
        }
    }
}
