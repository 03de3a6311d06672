//! Text in the embedded font (Inter, OFL): how wide it is, how to wrap and shorten it.

use std::sync::LazyLock;

use ttf_parser::{Face, GlyphId};

/// Weight of the font.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// Weight 400.
    Regular,
    /// Weight 600.
    SemiBold,
}

/// The embedded font, regular.
pub(super) const REGULAR: &[u8] = include_bytes!("fonts/Inter-Regular.ttf");
/// The embedded font, semibold.
pub(super) const SEMIBOLD: &[u8] = include_bytes!("fonts/Inter-SemiBold.ttf");

/// Height of capitals and digits above the baseline, by size.
pub(super) const CAP_HEIGHT: f64 = 0.727;
/// Depth of descenders below the baseline, by size.
pub(super) const DEPTH: f64 = 0.21;
/// From baseline to baseline of wrapped text, by size.
pub(super) const LEADING: f64 = 1.3;

/// What is left of a text that does not fit.
const ELLIPSIS: char = '…';

/// The embedded font as bytes.
pub(super) fn bytes(weight: Weight) -> &'static [u8] {
    match weight {
        Weight::Regular => REGULAR,
        Weight::SemiBold => SEMIBOLD,
    }
}

/// The embedded font, read.
pub(super) fn face(weight: Weight) -> Option<&'static Face<'static>> {
    FACES[usize::from(weight == Weight::SemiBold)].as_ref()
}

static FACES: LazyLock<[Option<Face<'static>>; 2]> = LazyLock::new(|| [REGULAR, SEMIBOLD].map(|bytes| Face::parse(bytes, 0).ok()));

/// Width of a letter, by size. Letters which the font lacks count as a wide one, since another font will draw them.
fn advance(letter: char, weight: Weight) -> f64 {
    const UNKNOWN: f64 = 0.7;
    let Some(face) = face(weight) else { return UNKNOWN };
    let glyph: Option<GlyphId> = face.glyph_index(letter);
    glyph
        .and_then(|glyph| face.glyph_hor_advance(glyph))
        .map_or(UNKNOWN, |units| f64::from(units) / f64::from(face.units_per_em()))
}

/// Width of a text in points at a size in points. Kerning, which mostly narrows, is left out.
pub(super) fn width(text: &str, size: f64, weight: Weight) -> f64 {
    text.chars().map(|letter| advance(letter, weight)).sum::<f64>() * size
}

/// The text, or as much of its beginning as fits, with an ellipsis.
pub(super) fn fit(text: &str, size: f64, weight: Weight, room: f64) -> String {
    if width(text, size, weight) <= room {
        return text.to_owned();
    }
    let mut used = advance(ELLIPSIS, weight) * size;
    let mut kept = String::new();
    for letter in text.chars() {
        used += advance(letter, weight) * size;
        if used > room {
            break;
        }
        kept.push(letter);
    }
    let mut kept = kept.trim_end().to_owned();
    kept.push(ELLIPSIS);
    kept
}

/// The text in lines that fit, broken at spaces (within a word only if it is wider than a line); what passes `most` lines is cut with an ellipsis.
pub(super) fn wrap(text: &str, size: f64, weight: Weight, room: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        if lines.len() + 1 >= most {
            lines.push(fit(rest, size, weight, room));
            break;
        }
        let end = first_line(rest, size, weight, room);
        lines.push(rest[..end].trim_end().to_owned());
        rest = rest[end..].trim_start();
    }
    lines
}

/// Where the first line of `text` ends, in bytes: at least one letter, so that wrapping comes to an end.
fn first_line(text: &str, size: f64, weight: Weight, room: f64) -> usize {
    let mut used = 0.0;
    let (mut last_space, mut last_hyphen) = (None, None);
    for (at, letter) in text.char_indices() {
        // A number keeps its sign of per cent.
        if letter == ' ' && !text[at + 1..].starts_with('%') {
            last_space = Some(at);
        }
        used += advance(letter, weight) * size;
        if used > room && letter != ' ' && at > 0 {
            return last_space.or(last_hyphen).unwrap_or(at);
        }
        if letter == '-' {
            last_hyphen = Some(at + 1);
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_as_wide_as_one_another() {
        for weight in [Weight::Regular, Weight::SemiBold] {
            let one = width("1", 10.0, weight);
            assert!(one > 5.0 && one < 8.0);
            assert!(
                "0123456789−+"
                    .chars()
                    .all(|d| (width(&d.to_string(), 10.0, weight) - one).abs() < 1e-9)
            );
        }
    }

    #[test]
    fn the_font_has_latin_greek_arrows_and_mathematics() {
        for face in FACES.iter() {
            let face = face.as_ref().expect("the embedded font can be read");
            let missing: String = "Aäşḥ–—…·−×±≤≥≈∑αβμΩ→←↑↓₪€\u{2009}\u{202f}"
                .chars()
                .filter(|&c| face.glyph_index(c).is_none())
                .collect();
            assert_eq!(missing, "");
        }
    }

    #[test]
    fn a_text_too_long_ends_in_an_ellipsis_and_fits() {
        let short = fit("Second scanner at the crossing", 8.0, Weight::Regular, 60.0);
        assert_eq!(short, "Second scan…");
        assert!(width(&short, 8.0, Weight::Regular) <= 60.0);
    }

    #[test]
    fn wrapping_breaks_at_spaces_keeps_every_word_and_ends() {
        let text = "Delivered tonnes over a year, by policy, with closures";
        let lines = wrap(text, 8.0, Weight::Regular, 90.0, 9);
        assert_eq!(lines.join(" "), text);
        assert!(lines.iter().all(|line| width(line, 8.0, Weight::Regular) <= 90.0));
        assert_eq!(wrap(text, 8.0, Weight::Regular, 90.0, 2).len(), 2);
        assert_eq!(wrap("abc", 8.0, Weight::Regular, 0.5, 9), ["a", "b", "c"]);
        assert_eq!(wrap("by 95 % at most", 8.0, Weight::Regular, 30.0, 9), ["by", "95 % at", "most"]);
        assert_eq!(wrap("half-open", 8.0, Weight::Regular, 30.0, 9), ["half-", "open"]);
        assert!(wrap("", 8.0, Weight::Regular, 90.0, 2).is_empty());
    }
}
