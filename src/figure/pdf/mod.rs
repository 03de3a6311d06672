//! A scene as PDF: one page of its size, lines as lines and text as text, both fonts embedded as far as they are used. The same scene gives
//! the same bytes: no date, no identifier, and every number has at most two decimals.

mod content;
mod font;

use pdf_writer::{Filter, Finish, Name, Pdf, Rect, Ref, TextStr};

use super::scene::Scene;
use content::Drawing;
use font::Font;

const CATALOG: Ref = Ref::new(1);
const PAGES: Ref = Ref::new(2);
const PAGE: Ref = Ref::new(3);
const CONTENT: Ref = Ref::new(4);
const INFO: Ref = Ref::new(5);
/// The first object after those that every document has.
const FIRST_FREE: i32 = 6;

/// Why a document could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// The embedded font cannot be cut down to the letters used.
    #[error("cannot take the letters used from the font: {0}")]
    Font(String),
}

/// The scene as a PDF document of one page.
pub fn pdf(scene: &Scene) -> Result<Vec<u8>, PdfError> {
    let fonts = Font::all(scene);
    let drawing = Drawing::of(scene, &fonts);
    let used = drawing.opacities();
    let content = compressed(&drawing.finish());
    let mut next = FIRST_FREE;
    let mut pdf = Pdf::new();
    pdf.catalog(CATALOG).pages(PAGES).lang(TextStr("en"));
    pdf.pages(PAGES).kids([PAGE]).count(1);
    pdf.document_info(INFO)
        .title(TextStr(&scene.title))
        .subject(TextStr(&scene.description))
        .creator(TextStr("rafah"));
    let mut named = Vec::new();
    for font in fonts.iter().filter(|font| font.is_used()) {
        named.push((font.name, font.write(&mut pdf, &mut next)?));
    }
    let mut opacities = Vec::new();
    for (name, alpha) in used {
        let id = Ref::new(next);
        next += 1;
        pdf.ext_graphics(id).stroking_alpha(alpha).non_stroking_alpha(alpha);
        opacities.push((name, id));
    }
    let mut page = pdf.page(PAGE);
    page.parent(PAGES).contents(CONTENT);
    page.media_box(Rect::new(0.0, 0.0, number(scene.width), number(scene.height)));
    let mut resources = page.resources();
    let mut all = resources.fonts();
    for (name, id) in &named {
        all.pair(Name(name.as_bytes()), *id);
    }
    all.finish();
    let mut all = resources.ext_g_states();
    for (name, id) in &opacities {
        all.pair(Name(name.as_bytes()), *id);
    }
    all.finish();
    resources.finish();
    page.finish();
    pdf.stream(CONTENT, &content).filter(Filter::FlateDecode);
    Ok(pdf.finish())
}

fn compressed(bytes: &[u8]) -> Vec<u8> {
    const LEVEL: u8 = 8;
    miniz_oxide::deflate::compress_to_vec_zlib(bytes, LEVEL)
}

/// At most two decimals, as in SVG.
fn number(value: f64) -> f32 {
    ((value * 100.0).round() / 100.0) as f32
}

#[cfg(test)]
mod tests;
