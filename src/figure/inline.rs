//! A scene as a part of a page: colours that the page can change, tips for readers who point and for those with a keyboard, identifiers of its own.
//!
//! A page puts [`svg_inline`] of each scene into its body, [`font_css`], [`theme_css`] and [`TIPS_CSS`] into its style, and [`TIPS_JS`] into a script at
//! its end. Without the script all can be read and pointed at, too, only the keyboard reaches but the first tip of each picture.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::colour::{Colour, GRID, INK, MUTED, PAPER};
use super::scene::{Scene, Tip};
use super::svg::{Dialect, Pen, escape, number};

/// The script of a page with inline pictures, without anything that it depends on. In each `svg.figure` the arrow keys, Home and End move between the
/// tips (elements of class `tip`, of which just one has `tabindex="0"`: roving tabindex), and what a tip says (its `aria-label`) is shown beside it as
/// long as it has the focus or the pointer, in an element of class `tip-words`. Escape hides it.
pub const TIPS_JS: &str = include_str!("inline.js");

/// How tips look: the ring round the one that has the focus, and the words beside it.
pub const TIPS_CSS: &str = include_str!("inline.css");

/// The scene as an `svg` element for a page of HTML, with one decimal of a point, which cannot be seen at twice the size. `id` begins all of its
/// identifiers (letters, digits, `-` and `_`; others become `-`), so it must be another for each picture of a page.
///
/// A picture without [tips](Tip) is one image with a title and a description; with tips it is a group with title and description, of which a reader who
/// hears it meets the tips one by one, and nothing of the drawing itself. Colours are `var(--c-rrggbb,#rrggbb)`: [`theme_css`] gives their values.
/// The font is that of the page: [`font_css`].
pub fn svg_inline(scene: &Scene, id: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    let id: String = id.chars().map(|letter| if is_plain(letter) { letter } else { '-' }).collect();
    let (width, height) = (number(scene.width, 1), number(scene.height, 1));
    // An image may hold nothing that takes the focus.
    let role = if scene.tips.is_empty() { "img" } else { "group" };
    let mut pen = Pen::new(Dialect::Page(id.clone()));
    let _ = writeln!(
        pen.out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" id="{id}" class="figure" viewBox="0 0 {width} {height}" role="{role}" aria-labelledby="{id}-title" aria-describedby="{id}-desc" font-family="Inter, Helvetica, Arial, sans-serif" style="max-width:{width}pt;width:100%;height:auto;font-variant-numeric:tabular-nums">"#
    );
    let _ = writeln!(pen.out, r#"<title id="{id}-title">{}</title>"#, escape(&scene.title));
    let _ = writeln!(pen.out, r#"<desc id="{id}-desc">{}</desc>"#, escape(&scene.description));
    pen.out.push_str("<g aria-hidden=\"true\">\n");
    pen.scene(scene);
    pen.out.push_str("</g>\n");
    for (index, tip) in scene.tips.iter().enumerate() {
        write_tip(&mut pen, tip, index == 0);
    }
    pen.out.push_str("</svg>\n");
    pen.out
}

/// The `title` is what browsers show by themselves; the script takes it away and shows the label.
fn write_tip(pen: &mut Pen, tip: &Tip, is_first: bool) {
    let [x, y, width, height] = pen.edges(&tip.frame);
    let (stop, words) = (if is_first { 0 } else { -1 }, escape(&tip.words));
    let _ = writeln!(
        pen.out,
        r#"<g class="tip" tabindex="{stop}" role="img" aria-label="{words}"><title>{words}</title><rect x="{x}" y="{y}" width="{width}" height="{height}" fill="transparent"/></g>"#
    );
}

/// The values of every colour name (`--c-rrggbb`) that a page uses, in pictures or in its own style, and of paper, ink, muted ink and grid: as they are
/// on white, and [on dark paper](Colour::on_dark) where the reader's system asks for it, unless the root of the page has `data-theme="light"`, or where
/// it has `data-theme="dark"`. Print is always on white.
pub fn theme_css(page: &str) -> String {
    let mut light: BTreeSet<u32> = [PAPER, INK, MUTED, GRID].into_iter().map(packed).collect();
    light.extend(
        page.split("var(--c-")
            .skip(1)
            .filter_map(|rest| u32::from_str_radix(rest.get(..6)?, 16).ok()),
    );
    let values = |of: fn(Colour) -> Colour| -> String {
        let value = |packed: &u32| {
            let colour = Colour::rgb(*packed);
            format!("{}:{};", colour.variable(), of(colour).hex())
        };
        light.iter().map(value).collect()
    };
    let (light, dark) = (values(|colour| colour), values(Colour::on_dark));
    format!(
        ":root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}\n@media screen{{:root[data-theme=dark]{{{dark}}}}}\n"
    )
}

fn packed(colour: Colour) -> u32 {
    u32::from(colour.red) << 16 | u32::from(colour.green) << 8 | u32::from(colour.blue)
}

/// `@font-face` of Inter, regular and semibold, within the style itself: some 60 KB, the letters that charts are measured with.
pub fn font_css() -> String {
    const FACES: [(u16, &[u8]); 2] = [
        (400, include_bytes!("fonts/Inter-Regular.woff2")),
        (600, include_bytes!("fonts/Inter-SemiBold.woff2")),
    ];
    let face = |(weight, bytes): (u16, &[u8])| {
        format!(
            "@font-face{{font-family:Inter;font-weight:{weight};font-style:normal;font-display:block;src:url(data:font/woff2;base64,{}) format(\"woff2\")}}\n",
            base64(bytes)
        )
    };
    FACES.map(face).concat()
}

/// Base64 of RFC 4648 with padding.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let bits = three
            .iter()
            .enumerate()
            .fold(0_u32, |bits, (k, byte)| bits | u32::from(*byte) << (16 - 8 * k));
        for k in 0..4 {
            let letter = char::from(LETTERS[(bits >> (18 - 6 * k) & 63) as usize]);
            out.push(if k <= three.len() { letter } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::charts;
    use super::super::scene::{Frame, Mark, Stroke, Text};
    use super::super::{Heading, Width};
    use super::*;

    fn scene(tips: usize) -> Scene {
        let frame = Frame::around(&[(10.0, 10.0), (50.04, 40.0)]);
        let mut scene = Scene::blank(60.0, 50.0, "A < B & \"C\"");
        scene.description = "It's described.".into();
        let tile = |k: usize| Mark::Rect {
            frame: Frame::around(&[(10.0 + 5.0 * k as f64, 10.0), (15.0 + 5.0 * k as f64, 40.0)]),
            fill: Colour::class(k % 2),
            crisp: true,
        };
        scene.push(Mark::Clip {
            frame,
            marks: (0..8).map(tile).collect(),
        });
        scene.push(Mark::Clip { frame, marks: Vec::new() });
        scene.text(Text::new((12.0, 20.0), "1,234 t", 7.0, INK).haloed());
        scene.line((1.0, 1.0), (9.96, 9.0), Stroke::dashed(MUTED.with_alpha(0.5), 0.75));
        for k in 0..tips {
            scene.tip(frame, format!("cell {k}: <{k}> t"));
        }
        scene
    }

    fn values<'a>(text: &'a str, before: &str) -> Vec<&'a str> {
        text.split(before).skip(1).filter_map(|rest| rest.split('"').next()).collect()
    }

    /// Every element closed by its own end, every attribute quoted, no bare `&`.
    fn assert_well_formed(text: &str) {
        let mut open: Vec<&str> = Vec::new();
        for (index, rest) in text.split('<').enumerate() {
            let (tag, after) = if index == 0 {
                ("", rest)
            } else {
                rest.split_once('>').expect("a tag ends")
            };
            let entities = ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"];
            for (at, _) in after.match_indices('&').chain(tag.match_indices('&')) {
                let within = |part: &str| part.get(at..).is_some_and(|rest| entities.iter().any(|e| rest.starts_with(e)));
                assert!(within(after) || within(tag), "{rest}");
            }
            assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
            let name = tag.split([' ', '/']).next().unwrap_or("");
            match tag {
                "" => {}
                _ if tag.starts_with('/') => assert_eq!(open.pop(), Some(&tag[1..]), "{rest}"),
                _ if tag.ends_with('/') => {}
                _ => open.push(name),
            }
        }
        assert!(open.is_empty(), "{open:?}");
    }

    #[test]
    fn an_inline_picture_is_well_formed_and_its_identifiers_begin_with_its_own() {
        let (one, other) = (svg_inline(&scene(3), "one"), svg_inline(&scene(3), "the other"));
        assert_well_formed(&one);
        let mut ids = [values(&one, " id=\""), values(&other, " id=\"")].concat();
        assert!(ids.iter().all(|id| id.starts_with("one") || id.starts_with("the-other")), "{ids:?}");
        for id in values(&one, "aria-labelledby=\"")
            .into_iter()
            .chain(values(&one, "aria-describedby=\""))
        {
            assert!(ids.contains(&id), "{id}");
        }
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!((ids.len(), count), (10, 10), "svg, title, desc and two clips of each");
    }

    #[test]
    fn every_colour_can_be_changed_by_the_page() {
        let text = svg_inline(&scene(2), "a");
        // `url(#a-clip-0)` and `&#39;` are no colours.
        let bare = text.replace("url(#", "").replace("&#", "");
        assert!(bare.contains('#'));
        for (at, _) in bare.match_indices('#') {
            assert!(
                bare[..at].ends_with(&format!("var(--c-{},", &bare[at + 1..at + 7])),
                "{}",
                &bare[..at + 7]
            );
        }
        let css = theme_css(&text);
        for name in text.split("var(").skip(1).filter_map(|rest| rest.split(',').next()) {
            assert_eq!(css.matches(&format!("{name}:")).count(), 3, "{name} in {css}");
        }
        assert!(css.contains("--c-0072b2:#0072b2;") && css.contains(&format!("--c-0072b2:{};", Colour::class(0).on_dark().hex())));
        assert!(!css.replace("@media screen", "").contains("@media"), "print keeps the light values");
    }

    #[test]
    fn tiles_of_one_colour_are_one_path() {
        let text = svg_inline(&scene(0), "a");
        assert_eq!(text.matches("<path ").count(), 2);
        assert_eq!(text.matches("v30h-5z").count(), 8, "{text}");
    }

    #[test]
    fn one_tip_alone_is_a_stop_of_the_keyboard_and_each_says_its_words() {
        let text = svg_inline(&scene(3), "a");
        assert_eq!(
            (text.matches("tabindex=\"0\"").count(), text.matches("tabindex=\"-1\"").count()),
            (1, 2)
        );
        assert!(text.contains("aria-label=\"cell 2: &lt;2&gt; t\"><title>cell 2: &lt;2&gt; t</title>"));
        assert!(text.contains("role=\"group\"") && svg_inline(&scene(0), "a").contains("role=\"img\""));
        assert!(!super::super::svg(&scene(3)).contains("tip"), "files have no tips");
    }

    #[test]
    fn base64_is_that_of_the_standard() {
        assert_eq!(
            ["", "f", "fo", "foo", "foob"].map(|text| base64(text.as_bytes())),
            ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg=="]
        );
        let css = font_css();
        assert_eq!(css.matches("base64,d09GM").count(), 2, "two fonts in WOFF2");
        assert!(css.len() < 64_000, "{}", css.len());
    }

    #[test]
    fn a_chart_in_a_page_is_smaller_than_its_file() {
        let values: Vec<f64> = (0..500).map(|k| 1000.0 + f64::from(k * k % 373)).collect();
        let mut chart = charts::distribution(&charts::Distribution {
            heading: Heading::default(),
            width: Width::Page,
            quantity: "Delivered aid",
            unit: "t",
            alternatives: &[charts::Alternative {
                name: "a",
                values: &values,
            }],
            shape: charts::Shape::Ecdf,
        });
        // A file has no tips.
        assert!(!chart.tips.is_empty());
        chart.tips.clear();
        let (inline, file) = (svg_inline(&chart, "a"), super::super::svg(&chart));
        assert_well_formed(&inline);
        assert!(inline.len() < file.len(), "{} and {}", inline.len(), file.len());
    }
}
