//! Series in data coordinates, drawn by plotters through our own backend: a grid of 16 steps to a point, so that curves stay smooth.

use std::cell::RefCell;
use std::convert::Infallible;
use std::rc::Rc;

use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::RangedCoordf64;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{Drawable, PointCollection, Polygon, Rectangle};
use plotters::series::LineSeries;
use plotters::style::{RGBAColor, ShapeStyle};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind};

use super::colour::Colour;
use super::scene::{Frame, Mark, Point, Stroke, Text};

/// Steps of plotters' whole coordinates to a point.
const STEPS: f64 = 16.0;

/// A window into data coordinates: horizontal from `x.0` to `x.1`, vertical from `y.0` (bottom) to `y.1` (top).
pub(super) struct Plot {
    /// Where it lies on the page.
    pub(super) frame: Frame,
    x: (f64, f64),
    y: (f64, f64),
    area: DrawingArea<Paper, Cartesian2d<RangedCoordf64, RangedCoordf64>>,
    marks: Rc<RefCell<Vec<Mark>>>,
}

impl Plot {
    /// An empty plot. Ranges must be ascending and finite.
    pub(super) fn new(frame: Frame, x: (f64, f64), y: (f64, f64)) -> Plot {
        let steps = |points: f64| (points * STEPS).round() as i32;
        let horizontal = steps(frame.left)..steps(frame.right);
        let vertical = steps(frame.bottom)..steps(frame.top);
        let marks = Rc::default();
        let paper = Paper {
            marks: Rc::clone(&marks),
            size: (steps(frame.right * 2.0) as u32, steps(frame.bottom * 2.0) as u32),
        };
        let coordinates = Cartesian2d::new(x.0..x.1, y.0..y.1, (horizontal, vertical));
        Plot {
            frame,
            x,
            y,
            area: paper.into_drawing_area().apply_coord_spec(coordinates),
            marks,
        }
    }

    /// Where a value lies on the page, horizontally.
    pub(super) fn x(&self, value: f64) -> f64 {
        self.frame.left + (value - self.x.0) / (self.x.1 - self.x.0) * self.frame.width()
    }

    /// Where a value lies on the page, vertically.
    pub(super) fn y(&self, value: f64) -> f64 {
        self.frame.bottom - (value - self.y.0) / (self.y.1 - self.y.0) * self.frame.height()
    }

    /// A line through data points.
    pub(super) fn line(&mut self, points: &[Point], colour: Colour, width: f64) {
        let style = style(colour, width);
        let points = self.tame(points);
        for element in LineSeries::new(points, style) {
            self.draw(&element);
        }
    }

    /// The band between a lower and an upper line over the same places.
    pub(super) fn band(&mut self, lower: &[Point], upper: &[Point], fill: Colour) {
        let mut corners = self.tame(lower);
        corners.extend(self.tame(upper).into_iter().rev());
        self.draw(&Polygon::new(corners, style(fill, 0.0)));
    }

    /// A filled box with two opposite corners.
    pub(super) fn bar(&mut self, from: Point, to: Point, fill: Colour) {
        let corners = self.tame(&[from, to]);
        self.draw(&Rectangle::new([corners[0], corners[1]], style(fill, 0.0)));
    }

    /// What was drawn, cut at the frame.
    pub(super) fn into_mark(self) -> Mark {
        Mark::Clip {
            frame: self.frame.grown(0.75),
            marks: self.marks.take(),
        }
    }

    /// Far points drawn in to one range beyond the frame: they are cut anyway, and whole coordinates cannot overflow.
    fn tame(&self, points: &[Point]) -> Vec<Point> {
        let hold = |value: f64, (low, high): (f64, f64)| value.clamp(low - (high - low), high + (high - low));
        points.iter().map(|&(x, y)| (hold(x, self.x), hold(y, self.y))).collect()
    }

    fn draw<E>(&self, element: &E)
    where
        for<'b> &'b E: PointCollection<'b, (f64, f64)>,
        E: Drawable<Paper>,
    {
        let drawn = self.area.draw(element);
        debug_assert!(drawn.is_ok(), "a list of marks takes every mark");
    }
}

fn style(colour: Colour, width: f64) -> ShapeStyle {
    ShapeStyle {
        color: RGBAColor(colour.red, colour.green, colour.blue, colour.alpha),
        filled: true,
        stroke_width: (width * STEPS).round() as u32,
    }
}

/// plotters' backend on a list of marks.
struct Paper {
    marks: Rc<RefCell<Vec<Mark>>>,
    size: (u32, u32),
}

impl Paper {
    fn push(&self, mark: Mark) {
        self.marks.borrow_mut().push(mark);
    }
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

fn place((x, y): BackendCoord) -> Point {
    (f64::from(x) / STEPS, f64::from(y) / STEPS)
}

fn colour(from: BackendColor) -> Colour {
    let (red, green, blue) = from.rgb;
    Colour {
        red,
        green,
        blue,
        alpha: from.alpha,
    }
}

fn stroke<S: BackendStyle>(style: &S) -> Stroke {
    Stroke::solid(colour(style.color()), f64::from(style.stroke_width()) / STEPS)
}

impl DrawingBackend for Paper {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Drawn {
        self.draw_rect(point, (point.0 + 1, point.1 + 1), &color, true)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(&mut self, one: BackendCoord, other: BackendCoord, style: &S, fill: bool) -> Drawn {
        let frame = Frame::around(&[place(one), place(other)]);
        if fill {
            self.push(Mark::Rect {
                frame,
                fill: colour(style.color()),
                crisp: false,
            });
            return Ok(());
        }
        let (left, right, top, bottom) = (frame.left, frame.right, frame.top, frame.bottom);
        self.push(Mark::Polyline {
            points: vec![(left, top), (right, top), (right, bottom), (left, bottom), (left, top)],
            stroke: stroke(style),
        });
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        self.push(Mark::Polyline {
            points: thinned(path),
            stroke: stroke(style),
        });
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, center: BackendCoord, radius: u32, style: &S, fill: bool) -> Drawn {
        let solid = colour(style.color());
        self.push(Mark::Circle {
            centre: place(center),
            radius: f64::from(radius) / STEPS,
            fill: if fill { solid } else { solid.with_alpha(0.0) },
            stroke: (!fill).then(|| stroke(style)),
        });
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, vert: I, style: &S) -> Drawn {
        self.push(Mark::Area {
            points: thinned(vert),
            fill: colour(style.color()),
        });
        Ok(())
    }

    fn draw_text<T: BackendTextStyle>(&mut self, text: &str, style: &T, pos: BackendCoord) -> Drawn {
        let (at, size) = (place(pos), style.size() / STEPS);
        self.push(Mark::Text(Text::new(at, text, size, colour(style.color()))));
        Ok(())
    }
}

/// The path without repeated places and without corners that lie on the straight way between their upright or level neighbours:
/// ten thousand steps of a distribution function become the few that can be seen.
fn thinned(path: impl IntoIterator<Item = BackendCoord>) -> Vec<Point> {
    let mut kept: Vec<BackendCoord> = Vec::new();
    for next in path {
        if kept.last() == Some(&next) {
            continue;
        }
        if let [.., before, last] = kept[..]
            && is_between(before, last, next)
        {
            kept.pop();
        }
        kept.push(next);
    }
    kept.into_iter().map(place).collect()
}

fn is_between(before: BackendCoord, at: BackendCoord, after: BackendCoord) -> bool {
    let within = |a: i32, b: i32, c: i32| (a <= b) == (b <= c);
    (before.0 == at.0 && at.0 == after.0 && within(before.1, at.1, after.1))
        || (before.1 == at.1 && at.1 == after.1 && within(before.0, at.0, after.0))
}

#[cfg(test)]
mod tests {
    use super::super::colour::INK;
    use super::*;

    fn plot() -> Plot {
        let frame = Frame::around(&[(10.0, 20.0), (110.0, 70.0)]);
        Plot::new(frame, (0.0, 10.0), (0.0, 1.0))
    }

    #[test]
    fn a_line_lies_where_its_values_say_to_a_sixteenth_of_a_point() {
        let mut plot = plot();
        plot.line(&[(0.0, 0.0), (3.3, 0.77), (10.0, 1.0)], INK, 1.25);
        let Mark::Polyline { points, stroke } = &plot.marks.borrow()[0] else {
            panic!("a line, found {:?}", plot.marks);
        };
        assert_eq!(points.len(), 3);
        assert!((points[1].0 - plot.x(3.3)).abs() <= 1.0 / 16.0 && (points[1].1 - plot.y(0.77)).abs() <= 1.0 / 16.0);
        assert!((stroke.width - 1.25).abs() < 1e-9);
    }

    #[test]
    fn a_band_is_one_closed_area() {
        let mut plot = plot();
        plot.band(&[(0.0, 0.1), (5.0, 0.2)], &[(0.0, 0.4), (5.0, 0.5)], INK.with_alpha(0.3));
        let [Mark::Area { points, fill }] = &plot.marks.borrow()[..] else {
            panic!("an area, found {:?}", plot.marks);
        };
        assert_eq!(points.len(), 4);
        assert!((fill.alpha - 0.3).abs() < 1e-9);
    }

    #[test]
    fn values_beyond_every_measure_are_cut_and_do_no_harm() {
        let mut plot = plot();
        plot.line(&[(-1e300, 1e300), (1e300, -1e300)], INK, 1.0);
        plot.bar((2.0, 0.0), (3.0, 1e18), INK);
        assert_eq!(plot.marks.borrow().len(), 2);
    }

    #[test]
    fn steps_that_cannot_be_seen_are_left_out() {
        let stairs = thinned([(0, 0), (0, 1), (0, 1), (0, 2), (3, 2), (5, 2), (5, 1)]);
        assert_eq!(stairs.len(), 4);
        let spike = thinned([(0, 0), (0, 9), (0, 3)]);
        assert_eq!(spike.len(), 3);
    }
}
