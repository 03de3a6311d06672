//! A picture as a list of marks in points (1/72 inch), origin at the upper left, y downwards.

use super::colour::{Colour, PAPER};
use super::text::{self, Weight};

/// A place in points: to the right, and down.
pub type Point = (f64, f64);

/// A picture: marks in the order in which they are laid on one another.
#[derive(Clone, Debug)]
pub struct Scene {
    /// Width in points.
    pub width: f64,
    /// Height in points.
    pub height: f64,
    /// What it shows, for readers who hear it and for search.
    pub title: String,
    /// Its content in words, for readers who hear it.
    pub description: String,
    /// What it is drawn on.
    pub paper: Colour,
    /// What is drawn, from the lowest layer to the highest.
    pub marks: Vec<Mark>,
    /// What is said of its parts where a reader points at them, in the order in which a reader with a keyboard comes to them.
    pub tips: Vec<Tip>,
}

/// A part of a picture with what is said of it: the values that are drawn there, with their units. Only [inline SVG](super::svg_inline) has them.
#[derive(Clone, Debug, PartialEq)]
pub struct Tip {
    /// Where a reader points at it.
    pub frame: Frame,
    /// "half-open: 12,340 t, 95 % interval 12,100 to 12,580".
    pub words: String,
}

/// One thing drawn.
#[derive(Clone, Debug)]
pub enum Mark {
    /// A straight line.
    Line {
        /// Where it begins.
        from: Point,
        /// Where it ends.
        to: Point,
        /// How it is drawn.
        stroke: Stroke,
    },
    /// A line through points.
    Polyline {
        /// Its corners.
        points: Vec<Point>,
        /// How it is drawn.
        stroke: Stroke,
    },
    /// A filled polygon.
    Area {
        /// Its corners.
        points: Vec<Point>,
        /// What it is filled with.
        fill: Colour,
    },
    /// A filled rectangle.
    Rect {
        /// Its edges.
        frame: Frame,
        /// What it is filled with.
        fill: Colour,
        /// Snap to whole pixels, so that neighbours leave no hairline between them.
        crisp: bool,
    },
    /// A disc.
    Circle {
        /// Its centre.
        centre: Point,
        /// Its radius in points.
        radius: f64,
        /// What it is filled with.
        fill: Colour,
        /// Its outline, if it has one.
        stroke: Option<Stroke>,
    },
    /// A line of text.
    Text(Text),
    /// Marks of which only what lies in the frame is seen.
    Clip {
        /// The window.
        frame: Frame,
        /// What is seen through it.
        marks: Vec<Mark>,
    },
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub colour: Colour,
    /// Its width in points.
    pub width: f64,
    /// Lengths of dash and gap in points, if it is not solid.
    pub dash: Option<(f64, f64)>,
}

impl Stroke {
    /// A solid line.
    pub fn solid(colour: Colour, width: f64) -> Stroke {
        Stroke { colour, width, dash: None }
    }

    /// A dashed line.
    pub fn dashed(colour: Colour, width: f64) -> Stroke {
        Stroke {
            colour,
            width,
            dash: Some((2.5, 2.0)),
        }
    }
}

/// Which part of a text lies at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its beginning.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// A line of text.
#[derive(Clone, Debug)]
pub struct Text {
    /// Where its anchor lies on the baseline.
    pub at: Point,
    /// What it says.
    pub content: String,
    /// Size of the font in points.
    pub size: f64,
    /// Weight of the font.
    pub weight: Weight,
    /// Its colour.
    pub colour: Colour,
    /// Which part of it lies at `at`.
    pub anchor: Anchor,
    /// Degrees clockwise about `at`.
    pub rotation: f64,
    /// Draw a rim of paper round the letters, where lines pass beneath.
    pub halo: bool,
}

impl Text {
    /// A regular text that begins at `at`.
    pub fn new(at: Point, content: impl Into<String>, size: f64, colour: Colour) -> Text {
        Text {
            at,
            content: content.into(),
            size,
            weight: Weight::Regular,
            colour,
            anchor: Anchor::Start,
            rotation: 0.0,
            halo: false,
        }
    }

    /// The same with another anchor.
    #[must_use]
    pub fn anchored(self, anchor: Anchor) -> Text {
        Text { anchor, ..self }
    }

    /// The same in semibold.
    #[must_use]
    pub fn semibold(self) -> Text {
        Text {
            weight: Weight::SemiBold,
            ..self
        }
    }

    /// The same with a rim of paper.
    #[must_use]
    pub fn haloed(self) -> Text {
        Text { halo: true, ..self }
    }

    /// The box it covers, by the metrics of the embedded font: from capital height to the depth of a comma.
    pub fn extent(&self) -> Frame {
        let width = text::width(&self.content, self.size, self.weight);
        let left = match self.anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => -width / 2.0,
            Anchor::End => -width,
        };
        let (above, below) = (text::CAP_HEIGHT * self.size, text::DEPTH * self.size);
        let turn = self.rotation.to_radians();
        let (sin, cos) = (libm::sin(turn), libm::cos(turn));
        let corners = [(left, -above), (left + width, -above), (left, below), (left + width, below)];
        let placed = corners.map(|(x, y)| (self.at.0 + x * cos - y * sin, self.at.1 + x * sin + y * cos));
        Frame::around(&placed)
    }
}

/// A rectangle by its edges, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Its left edge.
    pub left: f64,
    /// Its upper edge.
    pub top: f64,
    /// Its right edge.
    pub right: f64,
    /// Its lower edge.
    pub bottom: f64,
}

impl Frame {
    /// The least frame that holds all points.
    pub fn around(points: &[Point]) -> Frame {
        let empty = Frame {
            left: f64::INFINITY,
            top: f64::INFINITY,
            right: f64::NEG_INFINITY,
            bottom: f64::NEG_INFINITY,
        };
        points.iter().fold(empty, |f, &(x, y)| Frame {
            left: f.left.min(x),
            top: f.top.min(y),
            right: f.right.max(x),
            bottom: f.bottom.max(y),
        })
    }

    /// Its middle.
    pub fn centre(&self) -> Point {
        (f64::midpoint(self.left, self.right), f64::midpoint(self.top, self.bottom))
    }

    /// From left to right.
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// From top to bottom.
    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// What both have in common; nothing of it lies outside the other, even where they do not meet.
    #[must_use]
    pub fn within(&self, other: &Frame) -> Frame {
        let (across, down) = (|x: f64| x.clamp(other.left, other.right), |y: f64| y.clamp(other.top, other.bottom));
        Frame {
            left: across(self.left),
            top: down(self.top),
            right: across(self.right),
            bottom: down(self.bottom),
        }
    }

    /// Whether the two share more than an edge.
    pub fn overlaps(&self, other: &Frame) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    /// Whether the other lies wholly within.
    pub fn holds(&self, other: &Frame) -> bool {
        self.left <= other.left && other.right <= self.right && self.top <= other.top && other.bottom <= self.bottom
    }

    /// The same, moved outwards on each side.
    #[must_use]
    pub fn grown(&self, by: f64) -> Frame {
        Frame {
            left: self.left - by,
            top: self.top - by,
            right: self.right + by,
            bottom: self.bottom + by,
        }
    }
}

/// The least width and height in points of a part that a reader can point at.
pub const LEAST_TIP: f64 = 7.0;

impl Scene {
    /// An empty picture with a title on white paper.
    pub fn blank(width: f64, height: f64, title: impl Into<String>) -> Scene {
        Scene {
            width,
            height,
            title: title.into(),
            description: String::new(),
            paper: PAPER,
            marks: Vec::new(),
            tips: Vec::new(),
        }
    }

    /// Says something of a part of the picture. A part too small to be pointed at counts as [`LEAST_TIP`] points wide and high.
    pub fn tip(&mut self, frame: Frame, words: impl Into<String>) {
        let (x, y) = frame.centre();
        let half = (LEAST_TIP.max(frame.width()) / 2.0, LEAST_TIP.max(frame.height()) / 2.0);
        let frame = Frame::around(&[(x - half.0, y - half.1), (x + half.0, y + half.1)]);
        self.tips.push(Tip {
            frame,
            words: words.into(),
        });
    }

    /// Lays a mark on those already there.
    pub fn push(&mut self, mark: Mark) {
        self.marks.push(mark);
    }

    /// Lays a text on what is already there.
    pub fn text(&mut self, text: Text) {
        self.marks.push(Mark::Text(text));
    }

    /// Lays a straight line on what is already there.
    pub fn line(&mut self, from: Point, to: Point, stroke: Stroke) {
        self.marks.push(Mark::Line { from, to, stroke });
    }

    /// Every text, those in clips included, in the order in which they are drawn.
    pub fn texts(&self) -> Vec<&Text> {
        fn gather<'a>(marks: &'a [Mark], found: &mut Vec<&'a Text>) {
            for mark in marks {
                match mark {
                    Mark::Text(text) => found.push(text),
                    Mark::Clip { marks, .. } => gather(marks, found),
                    _ => {}
                }
            }
        }
        let mut found = Vec::new();
        gather(&self.marks, &mut found);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::super::colour::INK;
    use super::*;

    #[test]
    fn a_text_turned_upwards_covers_a_tall_box_that_ends_at_its_place() {
        let flat = Text::new((10.0, 50.0), "waiting", 8.0, INK);
        let upright = Text {
            rotation: -90.0,
            ..flat.clone()
        };
        let (flat, upright) = (flat.extent(), upright.extent());
        assert!((flat.width() - upright.height()).abs() < 1e-9);
        assert!((upright.bottom - 50.0).abs() < 1e-9 && upright.left < 10.0);
    }

    #[test]
    fn an_anchor_moves_the_box_and_not_its_size() {
        let boxes =
            [Anchor::Start, Anchor::Middle, Anchor::End].map(|anchor| Text::new((0.0, 0.0), "1,234", 7.0, INK).anchored(anchor).extent());
        assert!(boxes[0].left.abs() < 1e-9 && boxes[2].right.abs() < 1e-9);
        assert!((boxes[1].left + boxes[1].right).abs() < 1e-9);
        assert!((boxes[0].width() - boxes[2].width()).abs() < 1e-9);
    }

    #[test]
    fn frames_that_touch_do_not_overlap() {
        let a = Frame::around(&[(0.0, 0.0), (2.0, 2.0)]);
        let b = Frame::around(&[(2.0, 0.0), (4.0, 2.0)]);
        assert!(!a.overlaps(&b) && a.grown(0.1).overlaps(&b));
        assert!(a.grown(1.0).holds(&a) && !a.holds(&b));
    }
}
