//! A scene as SVG: the same scene gives the same bytes everywhere, since every number has at most two decimals.

use std::fmt::Write;

use super::colour::Colour;
use super::scene::{Anchor, Frame, Mark, Point, Scene, Stroke, Text};
use super::text::Weight;

/// The scene as an SVG document. It has no identifiers, so that several may stand in one page, and no [tips](super::Tip).
pub fn svg(scene: &Scene) -> String {
    let (width, height) = (number(scene.width, 2), number(scene.height, 2));
    let mut pen = Pen::new(Dialect::File);
    let _ = writeln!(
        pen.out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}pt" height="{height}pt" viewBox="0 0 {width} {height}" role="img" font-family="Inter, Helvetica, Arial, sans-serif" style="font-variant-numeric:tabular-nums">"#
    );
    let _ = writeln!(pen.out, "<title>{}</title>", escape(&scene.title));
    let _ = writeln!(pen.out, "<desc>{}</desc>", escape(&scene.description));
    pen.scene(scene);
    pen.out.push_str("</svg>\n");
    pen.out
}

/// For what marks are written.
pub(super) enum Dialect {
    /// A file of its own: colours as they are, two decimals.
    File,
    /// A part of a page, by the prefix of its identifiers: colours that the page can change, one decimal.
    Page(String),
}

/// Writes marks one after another.
pub(super) struct Pen {
    /// What is written so far.
    pub(super) out: String,
    dialect: Dialect,
    clips: usize,
    paper: Colour,
}

impl Pen {
    pub(super) fn new(dialect: Dialect) -> Pen {
        Pen {
            out: String::new(),
            dialect,
            clips: 0,
            paper: super::colour::PAPER,
        }
    }

    /// Paper and marks of a scene.
    pub(super) fn scene(&mut self, scene: &Scene) {
        let paper = Frame::around(&[(0.0, 0.0), (scene.width, scene.height)]);
        self.paper = scene.paper;
        self.rect(&paper, scene.paper, false);
        self.marks(&scene.marks);
    }

    fn marks(&mut self, marks: &[Mark]) {
        let is_tile = |mark: &Mark| matches!(mark, Mark::Rect { crisp: true, .. });
        for run in marks.chunk_by(|one, next| is_tile(one) && is_tile(next)) {
            match self.dialect {
                Dialect::Page(_) if run.len() > 1 => self.tiles(run),
                _ => run.iter().for_each(|mark| self.mark(mark)),
            }
        }
    }

    fn mark(&mut self, mark: &Mark) {
        match mark {
            Mark::Line { from, to, stroke } => {
                let [x1, y1, x2, y2] = [from.0, from.1, to.0, to.1].map(|value| self.place(value));
                let stroke = self.stroked(stroke);
                let _ = writeln!(self.out, r#"<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"{stroke}/>"#);
            }
            Mark::Polyline { points, stroke } => {
                let (points, stroke) = (self.corners(points), self.stroked(stroke));
                let _ = writeln!(
                    self.out,
                    r#"<polyline points="{points}" fill="none" stroke-linejoin="round"{stroke}/>"#
                );
            }
            Mark::Area { points, fill } => {
                let (points, fill) = (self.corners(points), self.filled(*fill));
                let _ = writeln!(self.out, r#"<polygon points="{points}"{fill}/>"#);
            }
            Mark::Rect { frame, fill, crisp } => self.rect(frame, *fill, *crisp),
            Mark::Circle {
                centre,
                radius,
                fill,
                stroke,
            } => {
                let rim = stroke.as_ref().map(|stroke| self.stroked(stroke)).unwrap_or_default();
                let (x, y, r) = (self.place(centre.0), self.place(centre.1), number(*radius, 2));
                let fill = self.filled(*fill);
                let _ = writeln!(self.out, r#"<circle cx="{x}" cy="{y}" r="{r}"{fill}{rim}/>"#);
            }
            Mark::Text(text) => self.text(text),
            Mark::Clip { frame, marks } => self.clip(frame, marks),
        }
    }

    /// In a file a nested viewport cuts what lies outside without needing an identifier; in a page, whose styles might stretch it, a path does.
    fn clip(&mut self, frame: &Frame, marks: &[Mark]) {
        let [x, y, width, height] = self.edges(frame);
        if let Dialect::Page(id) = &self.dialect {
            let name = format!("{id}-clip-{}", self.clips);
            self.clips += 1;
            let _ = writeln!(
                self.out,
                r#"<clipPath id="{name}"><rect x="{x}" y="{y}" width="{width}" height="{height}"/></clipPath><g clip-path="url(#{name})">"#
            );
            self.marks(marks);
            self.out.push_str("</g>\n");
            return;
        }
        let [x, y, width, height] = [frame.left, frame.top, frame.width(), frame.height()].map(|value| number(value, 2));
        let _ = writeln!(
            self.out,
            r#"<svg x="{x}" y="{y}" width="{width}" height="{height}" viewBox="{x} {y} {width} {height}" overflow="hidden">"#
        );
        self.marks(marks);
        self.out.push_str("</svg>\n");
    }

    /// Left, top, width and height. Both edges are rounded rather than the width, so that neighbours that share an edge share it in print.
    pub(super) fn edges(&self, frame: &Frame) -> [String; 4] {
        let unit = if self.decimals() == 1 { 10.0 } else { 100.0 };
        let edge = |value: f64| (value * unit).round() / unit;
        let (left, top) = (edge(frame.left), edge(frame.top));
        [left, top, edge(frame.right) - left, edge(frame.bottom) - top].map(|value| self.place(value))
    }

    fn rect(&mut self, frame: &Frame, fill: Colour, crisp: bool) {
        let [x, y, width, height] = self.edges(frame);
        let rendering = if crisp { CRISP } else { "" };
        let fill = self.filled(fill);
        let _ = writeln!(
            self.out,
            r#"<rect x="{x}" y="{y}" width="{width}" height="{height}"{fill}{rendering}/>"#
        );
    }

    /// Boxes that lie side by side and cover one another nowhere: all of one colour in one path, so that thousands of them are not too much for a page.
    fn tiles(&mut self, tiles: &[Mark]) {
        let mut paths: Vec<(Colour, String)> = Vec::new();
        for tile in tiles {
            let Mark::Rect { frame, fill, .. } = tile else { continue };
            let [x, y, width, height] = self.edges(frame);
            let path = format!("M{x} {y}h{width}v{height}h-{width}z");
            match paths.iter_mut().find(|(colour, _)| colour == fill) {
                Some((_, paths)) => paths.push_str(&path),
                None => paths.push((*fill, path)),
            }
        }
        for (fill, path) in paths {
            let fill = self.filled(fill);
            let _ = writeln!(self.out, r#"<path d="{path}"{fill}{CRISP}/>"#);
        }
    }

    fn text(&mut self, text: &Text) {
        let (x, y) = (self.place(text.at.0), self.place(text.at.1));
        let fill = self.filled(text.colour);
        let _ = write!(self.out, r#"<text x="{x}" y="{y}" font-size="{}"{fill}"#, number(text.size, 2));
        if text.weight == Weight::SemiBold {
            self.out.push_str(r#" font-weight="600""#);
        }
        match text.anchor {
            Anchor::Start => {}
            Anchor::Middle => self.out.push_str(r#" text-anchor="middle""#),
            Anchor::End => self.out.push_str(r#" text-anchor="end""#),
        }
        if text.rotation.abs() > 0.0 {
            let _ = write!(self.out, r#" transform="rotate({} {x} {y})""#, number(text.rotation, 2));
        }
        if text.halo {
            let paper = self.paint(self.paper);
            let _ = write!(
                self.out,
                r#" stroke="{paper}" stroke-width="2" stroke-linejoin="round" paint-order="stroke""#
            );
        }
        let _ = writeln!(self.out, ">{}</text>", escape(&text.content));
    }

    fn stroked(&self, stroke: &Stroke) -> String {
        let colour = self.paint(stroke.colour);
        let mut out = format!(r#" stroke="{colour}" stroke-width="{}""#, number(stroke.width, 2));
        if stroke.colour.alpha < 1.0 {
            let _ = write!(out, r#" stroke-opacity="{}""#, number(stroke.colour.alpha, 2));
        }
        if let Some((dash, gap)) = stroke.dash {
            let _ = write!(out, r#" stroke-dasharray="{} {}""#, number(dash, 2), number(gap, 2));
        }
        out
    }

    fn filled(&self, fill: Colour) -> String {
        let mut out = format!(r#" fill="{}""#, self.paint(fill));
        if fill.alpha < 1.0 {
            let _ = write!(out, r#" fill-opacity="{}""#, number(fill.alpha, 2));
        }
        out
    }

    /// A colour, or, in a page, the name by which it can be changed and the colour if it is not.
    fn paint(&self, colour: Colour) -> String {
        match self.dialect {
            Dialect::File => colour.hex(),
            Dialect::Page(_) => format!("var({},{})", colour.variable(), colour.hex()),
        }
    }

    /// Points one after another; in a page without those that fall on the one before.
    fn corners(&self, points: &[Point]) -> String {
        let mut out = String::with_capacity(points.len() * 14);
        let mut last = String::new();
        for &(x, y) in points {
            let point = format!("{},{}", self.place(x), self.place(y));
            if point == last && matches!(self.dialect, Dialect::Page(_)) && points.len() > 2 {
                continue;
            }
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(&point);
            last = point;
        }
        out
    }

    fn decimals(&self) -> usize {
        match self.dialect {
            Dialect::File => 2,
            Dialect::Page(_) => 1,
        }
    }

    /// A coordinate.
    fn place(&self, value: f64) -> String {
        number(value, self.decimals())
    }
}

/// Neighbours leave no hairline between them.
const CRISP: &str = r#" shape-rendering="crispEdges""#;

/// At most so many decimals, one at least; no trailing zeros, no `-0`.
pub(super) fn number(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Text for XML: its five special characters replaced, characters that XML refuses left out.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(' '),
            _ if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {}
            _ => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::colour::{INK, PAPER};
    use super::*;

    #[test]
    fn numbers_have_two_decimals_at_most() {
        assert_eq!(
            [1.0, 0.125, -0.001, 100.0, 2.5].map(|value| number(value, 2)),
            ["1", "0.12", "0", "100", "2.5"]
        );
    }

    #[test]
    fn boxes_that_share_an_edge_share_it_as_written() {
        let mut pen = Pen::new(Dialect::File);
        // Width and edge would be rounded to 0.33 and 0.67 each on its own.
        for (left, right) in [(0.0, 0.333), (0.333, 0.6667), (0.6667, 1.003)] {
            let frame = Frame::around(&[(left, 0.0), (right, 1.0)]);
            pen.rect(&frame, INK, true);
        }
        let out = pen.out;
        let told = |name: &str| -> Vec<f64> {
            let before = format!(" {name}=\"");
            let values = out.split(&before).skip(1);
            values.filter_map(|rest| rest.split('"').next()?.parse().ok()).collect()
        };
        let (x, width) = (told("x"), told("width"));
        assert_eq!(x.len(), 3);
        assert!((0..2).all(|k| (x[k] + width[k] - x[k + 1]).abs() < 1e-9), "{out}");
    }

    #[test]
    fn what_users_name_cannot_break_the_document() {
        assert_eq!(escape("a<b> & \"c\"\u{0}\n'd'"), "a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;");
    }

    #[test]
    fn every_mark_has_its_element() {
        let frame = Frame::around(&[(1.0, 2.0), (30.0, 20.0)]);
        let stroke = Stroke::dashed(INK.with_alpha(0.5), 0.75);
        let mut text = Text::new((5.0, 9.0), "x < 1", 7.0, INK).semibold().haloed().anchored(Anchor::End);
        text.rotation = -90.0;
        let marks = vec![
            Mark::Polyline {
                points: vec![(0.0, 0.0), (1.5, 2.25)],
                stroke,
            },
            Mark::Area {
                points: vec![(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)],
                fill: INK,
            },
            Mark::Rect {
                frame,
                fill: INK,
                crisp: true,
            },
            Mark::Circle {
                centre: (3.0, 3.0),
                radius: 1.5,
                fill: INK,
                stroke: Some(Stroke::solid(PAPER, 0.5)),
            },
            Mark::Text(text),
        ];
        let mut scene = Scene::blank(40.0, 30.0, "A & B");
        scene.description = "Every mark once.".into();
        scene.line((0.0, 0.0), (1.0, 1.0), Stroke::solid(INK, 0.5));
        scene.push(Mark::Clip { frame, marks });
        insta::assert_snapshot!(svg(&scene));
    }
}
