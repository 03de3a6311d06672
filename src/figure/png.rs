//! A scene as PNG: its SVG, drawn with the embedded font and no other, so that every machine gives the same picture.

use resvg::{tiny_skia, usvg};

use super::colour::Colour;
use super::scene::Scene;
use super::text::{REGULAR, SEMIBOLD};

/// Why a picture could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PngError {
    /// The SVG was not understood.
    #[error("cannot read the chart's SVG: {0}")]
    Svg(#[from] usvg::Error),
    /// A width or height of 0, or more than memory holds.
    #[error("cannot make a bitmap of {width} × {height} pixels")]
    Size {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },
    /// The encoder failed.
    #[error("cannot encode the bitmap: {0}")]
    Encode(String),
}

/// The scene as PNG with `scale` pixels to a point: 1 is 72 dots an inch, 3 suits a screen of high density, 4.17 prints at 300.
pub fn png(scene: &Scene, scale: f64) -> Result<Vec<u8>, PngError> {
    let mut options = usvg::Options {
        dpi: 72.0,
        font_family: "Inter".to_owned(),
        ..usvg::Options::default()
    };
    let fonts = options.fontdb_mut();
    fonts.load_font_data(REGULAR.to_vec());
    fonts.load_font_data(SEMIBOLD.to_vec());
    let tree = usvg::Tree::from_str(&super::svg(scene), &options)?;
    let (width, height) = ((scene.width * scale).round() as u32, (scene.height * scale).round() as u32);
    let mut bitmap = tiny_skia::Pixmap::new(width, height).ok_or(PngError::Size { width, height })?;
    let Colour { red, green, blue, .. } = scene.paper;
    bitmap.fill(tiny_skia::Color::from_rgba8(red, green, blue, u8::MAX));
    let transform = tiny_skia::Transform::from_scale(width as f32 / tree.size().width(), height as f32 / tree.size().height());
    resvg::render(&tree, transform, &mut bitmap.as_mut());
    bitmap.encode_png().map_err(|fault| PngError::Encode(fault.to_string()))
}

#[cfg(test)]
mod tests {
    use super::super::colour::INK;
    use super::super::scene::Text;
    use super::*;

    fn scene(content: &str) -> Scene {
        let mut scene = Scene::blank(60.0, 20.0, "");
        scene.text(Text::new((4.0, 14.0), content, 9.0, INK));
        scene
    }

    #[test]
    fn a_picture_has_the_size_asked_for() {
        let bytes = png(&scene("truck"), 2.0).expect("a picture");
        let read = tiny_skia::Pixmap::decode_png(&bytes).expect("a PNG");
        assert_eq!((read.width(), read.height()), (120, 40));
    }

    #[test]
    fn letters_are_drawn_with_the_embedded_font() {
        let ink = |content: &str| {
            let bytes = png(&scene(content), 3.0).expect("a picture");
            let read = tiny_skia::Pixmap::decode_png(&bytes).expect("a PNG");
            read.pixels().iter().filter(|p| p.red() < 128).count()
        };
        assert_eq!(ink(""), 0);
        assert!(ink("truck") > 100, "{}", ink("truck"));
    }

    #[test]
    fn a_picture_of_no_size_is_refused() {
        let mut flat = scene("");
        flat.height = 0.1;
        assert!(png(&flat, 1.0).is_err());
    }
}
