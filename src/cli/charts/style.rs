//! How charts are put out: width, colours, forms of the files.

use std::path::{Path, PathBuf};

use super::super::arguments::{Format, Report};
use super::super::failure::Failure;
use super::{Picture, write};
use crate::experiment;
use crate::figure::{Theme, Width, pdf, svg};

/// Pixels to a point of the PNG files: a page's width is then some 1,500 pixels.
#[cfg(feature = "png")]
const PNG_SCALE: f64 = 3.0;

/// How charts are put out.
pub(in crate::cli) struct Style {
    pub(in crate::cli) width: Width,
    theme: Theme,
    formats: Vec<Format>,
}

impl Default for Style {
    /// As a run draws them.
    fn default() -> Style {
        Style {
            width: Width::Page,
            theme: Theme::Light,
            formats: if cfg!(feature = "png") {
                vec![Format::Svg, Format::Png]
            } else {
                vec![Format::Svg]
            },
        }
    }
}

impl Style {
    /// As the command line asks: of what it does not name as a run draws them, and what the report takes too.
    pub(in crate::cli) fn asked(given: &Report) -> Style {
        let mut formats: Vec<Format> = Vec::new();
        for format in &given.format {
            let of_chart = match format {
                Format::Report(form) => form.pictures(),
                of_chart => Some(*of_chart),
            };
            formats.extend(of_chart.filter(|one| !formats.contains(one)));
        }
        let usual = Style::default();
        Style {
            width: given.width,
            theme: given.theme.into(),
            formats: if given.format.is_empty() { usual.formats } else { formats },
        }
    }

    /// Whether it puts out any picture.
    pub(in crate::cli) fn has_pictures(&self) -> bool {
        !self.formats.is_empty()
    }

    /// Writes the files of a chart into a folder that is there: one a format, and its numbers.
    pub(super) fn write(&self, picture: &Picture, place: &Path) -> Result<Vec<PathBuf>, Failure> {
        let Picture { name, scene, numbers } = picture;
        let scene = scene.clone().in_theme(self.theme);
        let mut files = Vec::new();
        // Names of alternatives may have dots, so none is taken for the beginning of an extension.
        let mut put = |extension: &str, content: &[u8]| -> Result<(), Failure> {
            files.push(write(&place.join(format!("{name}.{extension}")), content)?);
            Ok(())
        };
        let defect = |error: &dyn std::fmt::Display| Failure::Defect(format!("the chart `{name}`: {error}"));
        if self.formats.contains(&Format::Svg) {
            put("svg", svg(&scene).as_bytes())?;
        }
        #[cfg(feature = "png")]
        if self.formats.contains(&Format::Png) {
            let bitmap = crate::figure::png(&scene, PNG_SCALE).map_err(|error| defect(&error))?;
            put("png", &bitmap)?;
        }
        if self.formats.contains(&Format::Pdf) {
            let document = pdf(&scene).map_err(|error| defect(&error))?;
            put("pdf", &document)?;
        }
        put("csv", &experiment::csv(&numbers.0, &numbers.1))?;
        Ok(files)
    }
}
