use super::super::charts::{Alternative, Distribution, Shape, distribution};
use super::super::{Heading, Width};
use super::*;

fn scene(title: &str) -> Scene {
    let values: Vec<f64> = (0..200).map(|k| 1000.0 + f64::from(k * k % 37)).collect();
    distribution(&Distribution {
        heading: Heading {
            title: title.to_owned(),
            ..Heading::default()
        },
        width: Width::Column,
        quantity: "Delivered aid",
        unit: "t",
        alternatives: &[Alternative {
            name: "a",
            values: &values,
        }],
        shape: Shape::Ecdf,
    })
}

/// Whether the bytes hold these.
fn holds(bytes: &[u8], part: &str) -> bool {
    bytes.windows(part.len()).any(|window| window == part.as_bytes())
}

/// The streams of a document, inflated where they are compressed.
fn streams(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    let mut rest = bytes;
    let at = |bytes: &[u8], part: &[u8]| bytes.windows(part.len()).position(|window| window == part);
    while let Some(begin) = at(rest, b"stream\n") {
        rest = &rest[begin + 7..];
        let end = at(rest, b"\nendstream").expect("an end");
        let stream = &rest[..end];
        found.push(miniz_oxide::inflate::decompress_to_vec_zlib(stream).unwrap_or_else(|_| stream.to_vec()));
        rest = &rest[end + 10..];
    }
    found
}

#[test]
fn a_document_has_the_size_of_its_scene_and_the_same_bytes_again() {
    let scene = scene("Half of the replications deliver between 1,008 and 1,026 tonnes");
    let document = pdf(&scene).expect("a document");
    assert!(document.starts_with(b"%PDF-1."));
    let size = format!("/MediaBox [0 0 {} {}]", number(scene.width), number(scene.height));
    assert!(holds(&document, &size), "no {size}");
    assert_eq!(document, pdf(&scene).expect("a document"));
    assert!(!holds(&document, "/CreationDate"));
}

#[test]
fn letters_can_be_copied_and_bring_their_font() {
    let document = pdf(&scene("Dispatched −3 %")).expect("a document");
    assert!(holds(&document, "/FontFile2") && holds(&document, "Inter-SemiBold"));
    let streams = streams(&document);
    let maps: Vec<String> = streams.iter().map(|stream| String::from_utf8_lossy(stream).into_owned()).collect();
    // The minus sign, by its number in Unicode.
    assert!(maps.iter().any(|map| map.contains("beginbfchar") && map.contains("<2212>")));
    let fonts = streams
        .iter()
        .filter(|stream| stream.starts_with(&[0, 1, 0, 0]) || stream.starts_with(b"true"));
    assert_eq!(fonts.count(), 2);
}

#[test]
fn every_glyph_shown_is_one_of_the_subset() {
    let scene = scene("Aé 1,234");
    for font in Font::all(&scene).iter().filter(|font| font.is_used()) {
        let texts = scene.texts().into_iter().filter(|text| text.weight == font.weight);
        for text in texts {
            let glyphs = font.glyphs(&text.content);
            assert_eq!(glyphs.len(), 2 * text.content.chars().count());
            assert!(glyphs.chunks(2).all(|pair| pair != [0, 0]), "{}", text.content);
        }
    }
}
