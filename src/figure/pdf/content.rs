//! The marks of a scene as the operators of a page.

use std::collections::BTreeSet;

use pdf_writer::types::{LineJoinStyle, TextRenderingMode};
use pdf_writer::{Content, Name, Str};

use super::super::colour::{Colour, PAPER};
use super::super::scene::{Anchor, Frame, Mark, Point, Scene, Stroke, Text};
use super::super::text;
use super::font::Font;
use super::number;

/// From the middle of a quarter of a circle to the handles of its curve, by radius.
const KAPPA: f64 = 0.552_284_749_8;
/// Width of the rim of paper round a text.
const RIM: f32 = 2.0;

/// A page under work.
pub(super) struct Drawing<'a> {
    content: Content,
    fonts: &'a [Font],
    paper: Colour,
    /// Opacities used, in hundredths.
    opacities: BTreeSet<u8>,
}

impl<'a> Drawing<'a> {
    /// Draws all marks of a scene.
    pub(super) fn of(scene: &Scene, fonts: &'a [Font]) -> Drawing<'a> {
        let mut drawing = Drawing {
            content: Content::new(),
            fonts,
            paper: scene.paper,
            opacities: BTreeSet::new(),
        };
        // Scenes have their origin at the upper left.
        drawing.content.transform([1.0, 0.0, 0.0, -1.0, 0.0, number(scene.height)]);
        // White paper is what a page is anyway.
        if scene.paper != PAPER {
            drawing.marks(&[Mark::Rect {
                frame: Frame::around(&[(0.0, 0.0), (scene.width, scene.height)]),
                fill: scene.paper,
                crisp: false,
            }]);
        }
        drawing.marks(&scene.marks);
        drawing
    }

    /// The opacities used, with their names.
    pub(super) fn opacities(&self) -> Vec<(String, f32)> {
        let named = |alpha: &u8| (name_of(*alpha), f32::from(*alpha) / 100.0);
        self.opacities.iter().map(named).collect()
    }

    /// The operators.
    pub(super) fn finish(self) -> Vec<u8> {
        self.content.finish().into_vec()
    }

    fn marks(&mut self, marks: &[Mark]) {
        for mark in marks {
            self.content.save_state();
            self.mark(mark);
            self.content.restore_state();
        }
    }

    fn mark(&mut self, mark: &Mark) {
        match mark {
            Mark::Line { from, to, stroke } => {
                self.stroke(stroke);
                self.path(&[*from, *to]);
                self.content.stroke();
            }
            Mark::Polyline { points, stroke } => {
                self.stroke(stroke);
                self.content.set_line_join(LineJoinStyle::RoundJoin);
                self.path(points);
                self.content.stroke();
            }
            Mark::Area { points, fill } => {
                self.fill(*fill);
                self.path(points);
                self.content.close_path().fill_nonzero();
            }
            Mark::Rect { frame, fill, .. } => {
                self.fill(*fill);
                self.rect(frame);
                self.content.fill_nonzero();
            }
            Mark::Circle {
                centre,
                radius,
                fill,
                stroke,
            } => {
                self.fill(*fill);
                self.circle(*centre, *radius);
                self.content.fill_nonzero();
                if let Some(stroke) = stroke {
                    self.stroke(stroke);
                    self.circle(*centre, *radius);
                    self.content.stroke();
                }
            }
            Mark::Text(text) => self.text(text),
            Mark::Clip { frame, marks } => {
                self.rect(frame);
                self.content.clip_nonzero().end_path();
                self.marks(marks);
            }
        }
    }

    fn path(&mut self, points: &[Point]) {
        let mut points = points.iter().map(|(x, y)| (number(*x), number(*y)));
        if let Some((x, y)) = points.next() {
            self.content.move_to(x, y);
        }
        for (x, y) in points {
            self.content.line_to(x, y);
        }
    }

    fn rect(&mut self, frame: &Frame) {
        let [x, y, width, height] = [frame.left, frame.top, frame.width(), frame.height()].map(number);
        self.content.rect(x, y, width, height);
    }

    fn circle(&mut self, (x, y): Point, radius: f64) {
        let handle = KAPPA * radius;
        // Quarter by quarter from the right: two handles and an end, each as steps from the centre.
        let quarters = [
            [(radius, handle), (handle, radius), (0.0, radius)],
            [(-handle, radius), (-radius, handle), (-radius, 0.0)],
            [(-radius, -handle), (-handle, -radius), (0.0, -radius)],
            [(handle, -radius), (radius, -handle), (radius, 0.0)],
        ];
        let at = |(dx, dy): Point| (number(x + dx), number(y + dy));
        let (x0, y0) = at((radius, 0.0));
        self.content.move_to(x0, y0);
        for [first, second, end] in quarters.map(|quarter| quarter.map(at)) {
            self.content.cubic_to(first.0, first.1, second.0, second.1, end.0, end.1);
        }
        self.content.close_path();
    }

    fn text(&mut self, text: &Text) {
        let Some(font) = self.fonts.iter().find(|font| font.weight == text.weight) else {
            return;
        };
        let before = match text.anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => 0.5,
            Anchor::End => 1.0,
        } * text::width(&text.content, text.size, text.weight);
        let turn = text.rotation.to_radians();
        let (sin, cos) = (libm::sin(turn), libm::cos(turn));
        let at = (number(text.at.0 - before * cos), number(text.at.1 - before * sin));
        let matrix = [cos as f32, sin as f32, sin as f32, -cos as f32, at.0, at.1];
        let glyphs = font.glyphs(&text.content);
        self.content.begin_text();
        self.content.set_font(Name(font.name.as_bytes()), number(text.size));
        self.content.set_text_matrix(matrix);
        if text.halo {
            self.stroke(&Stroke::solid(self.paper, f64::from(RIM)));
            self.content.set_line_join(LineJoinStyle::RoundJoin);
            self.content.set_text_rendering_mode(TextRenderingMode::Stroke);
            self.content.show(Str(&glyphs));
            self.content.set_text_rendering_mode(TextRenderingMode::Fill);
            self.content.set_text_matrix(matrix);
        }
        self.fill(text.colour);
        self.content.show(Str(&glyphs));
        self.content.end_text();
    }

    fn stroke(&mut self, stroke: &Stroke) {
        self.opacity(stroke.colour);
        let [red, green, blue] = channels(stroke.colour);
        self.content.set_stroke_rgb(red, green, blue).set_line_width(number(stroke.width));
        if let Some((dash, gap)) = stroke.dash {
            self.content.set_dash_pattern([number(dash), number(gap)], 0.0);
        }
    }

    fn fill(&mut self, colour: Colour) {
        self.opacity(colour);
        let [red, green, blue] = channels(colour);
        self.content.set_fill_rgb(red, green, blue);
    }

    /// A state of its own, since each mark begins in the solid one.
    fn opacity(&mut self, colour: Colour) {
        let hundredths = (colour.alpha * 100.0).round().clamp(0.0, 100.0) as u8;
        if hundredths < 100 {
            self.opacities.insert(hundredths);
            self.content.set_parameters(Name(name_of(hundredths).as_bytes()));
        }
    }
}

fn name_of(hundredths: u8) -> String {
    format!("A{hundredths}")
}

/// Channels from 0 to 1, with three decimals: enough for 256 steps.
fn channels(colour: Colour) -> [f32; 3] {
    [colour.red, colour.green, colour.blue].map(|channel| (f32::from(channel) / 255.0 * 1000.0).round() / 1000.0)
}
