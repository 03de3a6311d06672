//! A font as far as a scene uses it: its glyphs, their widths, and the letters that they stand for.

use std::collections::BTreeMap;

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Filter, Name, Pdf, Rect, Ref, Str};
use subsetter::GlyphRemapper;
use ttf_parser::Face;

use super::super::scene::Scene;
use super::super::text::{self, Weight};
use super::{PdfError, compressed};

/// A weight of the embedded font.
pub(super) struct Font {
    /// Its name in the page's resources.
    pub(super) name: &'static str,
    pub(super) weight: Weight,
    /// Its name for people.
    base: &'static str,
    /// New numbers of the glyphs used.
    glyphs: GlyphRemapper,
    /// The glyph of each letter, by its new number; those that the font lacks are 0, an empty box.
    letters: BTreeMap<char, u16>,
}

/// Codes are numbers of glyphs.
const IDENTITY: SystemInfo = SystemInfo {
    registry: Str(b"Adobe"),
    ordering: Str(b"Identity"),
    supplement: 0,
};

impl Font {
    /// Every weight, with the letters that a scene has in it.
    pub(super) fn all(scene: &Scene) -> Vec<Font> {
        let weights = [
            ("F0", "RAFAHA+Inter-Regular", Weight::Regular),
            ("F1", "RAFAHB+Inter-SemiBold", Weight::SemiBold),
        ];
        let of = |(name, base, weight)| {
            let mut font = Font {
                name,
                weight,
                base,
                glyphs: GlyphRemapper::new(),
                letters: BTreeMap::new(),
            };
            let texts = scene.texts().into_iter().filter(|text| text.weight == weight);
            texts.flat_map(|text| text.content.chars()).for_each(|letter| font.take(letter));
            font
        };
        weights.into_iter().map(of).collect()
    }

    fn take(&mut self, letter: char) {
        let glyph = text::face(self.weight).and_then(|face| face.glyph_index(letter));
        let new = glyph.map_or(0, |glyph| self.glyphs.remap(glyph.0));
        self.letters.insert(letter, new);
    }

    /// Whether any text is set in it.
    pub(super) fn is_used(&self) -> bool {
        !self.letters.is_empty()
    }

    /// A text as numbers of glyphs, two bytes each.
    pub(super) fn glyphs(&self, text: &str) -> Vec<u8> {
        let numbers = text.chars().map(|letter| self.letters.get(&letter).copied().unwrap_or(0));
        numbers.flat_map(u16::to_be_bytes).collect()
    }

    /// Writes it into the document, from the object `next` on; gives its object.
    pub(super) fn write(&self, pdf: &mut Pdf, next: &mut i32) -> Result<Ref, PdfError> {
        let mut id = || {
            let id = Ref::new(*next);
            *next += 1;
            id
        };
        let [font, cid_font, descriptor, file, letters] = [id(), id(), id(), id(), id()];
        let unreadable = || PdfError::Font("it cannot be read".to_owned());
        let face = text::face(self.weight).ok_or_else(unreadable)?;
        let base = Name(self.base.as_bytes());
        pdf.type0_font(font)
            .base_font(base)
            .encoding_predefined(Name(b"Identity-H"))
            .descendant_font(cid_font)
            .to_unicode(letters);
        let mut described = pdf.cid_font(cid_font);
        described.subtype(CidFontType::Type2).base_font(base).system_info(IDENTITY);
        described.font_descriptor(descriptor).cid_to_gid_map_predefined(Name(b"Identity"));
        described.widths().consecutive(0, self.widths(face));
        drop(described);
        self.describe(pdf, face, descriptor, file);
        let subset = subsetter::subset(text::bytes(self.weight), 0, &self.glyphs).map_err(|error| PdfError::Font(error.to_string()))?;
        pdf.stream(file, &compressed(&subset)).filter(Filter::FlateDecode);
        let mut map = UnicodeCmap::<u16>::new(Name(b"Letters"), IDENTITY);
        for (letter, glyph) in self.letters.iter().filter(|(_, glyph)| **glyph > 0) {
            map.pair(*glyph, *letter);
        }
        pdf.cmap(letters, map.finish().as_slice());
        Ok(font)
    }

    /// Widths of the glyphs, in thousandths of the size.
    fn widths(&self, face: &Face) -> Vec<f32> {
        let width = |glyph| face.glyph_hor_advance(ttf_parser::GlyphId(glyph)).unwrap_or(0);
        let glyphs = self.glyphs.remapped_gids();
        glyphs.map(|glyph| scaled(face, i32::from(width(glyph)))).collect()
    }

    fn describe(&self, pdf: &mut Pdf, face: &Face, descriptor: Ref, file: Ref) {
        let frame = face.global_bounding_box();
        let [left, bottom, right, top] = [frame.x_min, frame.y_min, frame.x_max, frame.y_max].map(|x| scaled(face, i32::from(x)));
        // Readers take the thickness of stems from the weight, if anything.
        let stem = if self.weight == Weight::Regular { 80.0 } else { 120.0 };
        pdf.font_descriptor(descriptor)
            .name(Name(self.base.as_bytes()))
            .flags(FontFlags::SYMBOLIC)
            .bbox(Rect::new(left, bottom, right, top))
            .italic_angle(0.0)
            .ascent(scaled(face, i32::from(face.ascender())))
            .descent(scaled(face, i32::from(face.descender())))
            .cap_height((text::CAP_HEIGHT * 1000.0) as f32)
            .stem_v(stem)
            .font_file2(file);
    }
}

fn scaled(face: &Face, units: i32) -> f32 {
    (f64::from(units) * 1000.0 / f64::from(face.units_per_em())).round() as f32
}
