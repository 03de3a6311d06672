//! A scene as SVG: the same scene gives the same bytes everywhere, since every number has at most two decimals.

use std::fmt::Write;

use super::colour::{Colour, PAPER};
use super::scene::{Anchor, Frame, Mark, Point, Scene, Stroke, Text};
use super::text::Weight;

/// The scene as an SVG document. It has no identifiers, so that several may stand in one page.
pub fn svg(scene: &Scene) -> String {
    let (width, height) = (number(scene.width), number(scene.height));
    let mut out = String::new();
    let _ = writeln!(
        out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}pt" height="{height}pt" viewBox="0 0 {width} {height}" role="img" font-family="Inter, Helvetica, Arial, sans-serif" style="font-variant-numeric:tabular-nums">"#
    );
    let _ = writeln!(out, "<title>{}</title>", escape(&scene.title));
    let _ = writeln!(out, "<desc>{}</desc>", escape(&scene.description));
    let paper = Frame {
        left: 0.0,
        top: 0.0,
        right: scene.width,
        bottom: scene.height,
    };
    rect(&mut out, &paper, PAPER, false);
    for mark in &scene.marks {
        write_mark(&mut out, mark);
    }
    out.push_str("</svg>\n");
    out
}

fn write_mark(out: &mut String, mark: &Mark) {
    match mark {
        Mark::Line { from, to, stroke } => {
            let (x1, y1, x2, y2) = (number(from.0), number(from.1), number(to.0), number(to.1));
            let _ = writeln!(out, r#"<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"{}/>"#, stroked(stroke));
        }
        Mark::Polyline { points, stroke } => {
            let _ = writeln!(
                out,
                r#"<polyline points="{}" fill="none" stroke-linejoin="round"{}/>"#,
                corners(points),
                stroked(stroke)
            );
        }
        Mark::Area { points, fill } => {
            let _ = writeln!(out, r#"<polygon points="{}"{}/>"#, corners(points), filled(*fill));
        }
        Mark::Rect { frame, fill, crisp } => rect(out, frame, *fill, *crisp),
        Mark::Circle {
            centre,
            radius,
            fill,
            stroke,
        } => {
            let rim = stroke.as_ref().map(stroked).unwrap_or_default();
            let (x, y, r) = (number(centre.0), number(centre.1), number(*radius));
            let _ = writeln!(out, r#"<circle cx="{x}" cy="{y}" r="{r}"{}{rim}/>"#, filled(*fill));
        }
        Mark::Text(text) => write_text(out, text),
        Mark::Clip { frame, marks } => clip(out, frame, marks),
    }
}

/// A nested viewport cuts what lies outside without needing an identifier.
fn clip(out: &mut String, frame: &Frame, marks: &[Mark]) {
    let (x, y, width, height) = (number(frame.left), number(frame.top), number(frame.width()), number(frame.height()));
    let _ = writeln!(
        out,
        r#"<svg x="{x}" y="{y}" width="{width}" height="{height}" viewBox="{x} {y} {width} {height}" overflow="hidden">"#
    );
    for mark in marks {
        write_mark(out, mark);
    }
    out.push_str("</svg>\n");
}

fn rect(out: &mut String, frame: &Frame, fill: Colour, crisp: bool) {
    // Both edges are rounded rather than the width, so that neighbours that share an edge share it in print.
    let edge = |value: f64| (value * 100.0).round() / 100.0;
    let (left, top) = (edge(frame.left), edge(frame.top));
    let (x, y, width, height) = (
        number(left),
        number(top),
        number(edge(frame.right) - left),
        number(edge(frame.bottom) - top),
    );
    let rendering = if crisp { r#" shape-rendering="crispEdges""# } else { "" };
    let _ = writeln!(
        out,
        r#"<rect x="{x}" y="{y}" width="{width}" height="{height}"{}{rendering}/>"#,
        filled(fill)
    );
}

fn write_text(out: &mut String, text: &Text) {
    let (x, y) = (number(text.at.0), number(text.at.1));
    let _ = write!(
        out,
        r#"<text x="{x}" y="{y}" font-size="{}"{}"#,
        number(text.size),
        filled(text.colour)
    );
    if text.weight == Weight::SemiBold {
        out.push_str(r#" font-weight="600""#);
    }
    match text.anchor {
        Anchor::Start => {}
        Anchor::Middle => out.push_str(r#" text-anchor="middle""#),
        Anchor::End => out.push_str(r#" text-anchor="end""#),
    }
    if text.rotation.abs() > 0.0 {
        let _ = write!(out, r#" transform="rotate({} {x} {y})""#, number(text.rotation));
    }
    if text.halo {
        let _ = write!(
            out,
            r#" stroke="{}" stroke-width="2" stroke-linejoin="round" paint-order="stroke""#,
            PAPER.hex()
        );
    }
    let _ = writeln!(out, ">{}</text>", escape(&text.content));
}

fn stroked(stroke: &Stroke) -> String {
    let mut out = format!(r#" stroke="{}" stroke-width="{}""#, stroke.colour.hex(), number(stroke.width));
    if stroke.colour.alpha < 1.0 {
        let _ = write!(out, r#" stroke-opacity="{}""#, number(stroke.colour.alpha));
    }
    if let Some((dash, gap)) = stroke.dash {
        let _ = write!(out, r#" stroke-dasharray="{} {}""#, number(dash), number(gap));
    }
    out
}

fn filled(fill: Colour) -> String {
    let mut out = format!(r#" fill="{}""#, fill.hex());
    if fill.alpha < 1.0 {
        let _ = write!(out, r#" fill-opacity="{}""#, number(fill.alpha));
    }
    out
}

fn corners(points: &[Point]) -> String {
    let mut out = String::with_capacity(points.len() * 14);
    for (index, &(x, y)) in points.iter().enumerate() {
        if index > 0 {
            out.push(' ');
        }
        let _ = write!(out, "{},{}", number(x), number(y));
    }
    out
}

/// At most two decimals, no trailing zeros, no `-0`.
fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Text for XML: its five special characters replaced, characters that XML refuses left out.
fn escape(text: &str) -> String {
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
    use super::super::colour::INK;
    use super::*;

    #[test]
    fn numbers_have_two_decimals_at_most() {
        assert_eq!([1.0, 0.125, -0.001, 100.0, 2.5].map(number), ["1", "0.12", "0", "100", "2.5"]);
    }

    #[test]
    fn boxes_that_share_an_edge_share_it_as_written() {
        let mut out = String::new();
        // Width and edge would be rounded to 0.33 and 0.67 each on its own.
        for (left, right) in [(0.0, 0.333), (0.333, 0.6667), (0.6667, 1.003)] {
            let frame = Frame::around(&[(left, 0.0), (right, 1.0)]);
            rect(&mut out, &frame, INK, true);
        }
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
        let scene = Scene {
            width: 40.0,
            height: 30.0,
            title: "A & B".into(),
            description: "Every mark once.".into(),
            marks: vec![
                Mark::Line {
                    from: (0.0, 0.0),
                    to: (1.0, 1.0),
                    stroke: Stroke::solid(INK, 0.5),
                },
                Mark::Clip { frame, marks },
            ],
        };
        insta::assert_snapshot!(svg(&scene));
    }
}
