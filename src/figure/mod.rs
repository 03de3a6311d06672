//! Charts: numbers and words in, a scene in print units out, written as SVG, PNG or PDF.
//!
//! ```text
//! charts::distribution ─┐   page (title, axes, notes)          ┌─> svg ──> png (resvg, feature `png`)
//! charts::daily_fan ────┼── plot (plotters on our backend) ──> Scene ──> theme (colours or greys)
//! charts::queue_by_stage┘   labels, numbers, days, colour      └─> pdf (fonts embedded)
//! ```
//!
//! Nothing here knows what is simulated. A chart is a function from a plain struct to a [`Scene`]; it never fails: data without a picture (no values, all
//! equal, not a number) give a picture that says so.

pub mod charts;
mod colour;
mod days;
mod labels;
mod numbers;
mod page;
mod pdf;
mod plot;
#[cfg(feature = "png")]
mod png;
mod scene;
mod svg;
mod text;
mod theme;

pub use colour::{Colour, GRID, INK, MUTED, PAPER};
pub use days::TimeAxis;
pub use numbers::{counted, grouped};
pub use page::{Heading, Width, note};
pub use pdf::{PdfError, pdf};
#[cfg(feature = "png")]
pub use png::{PngError, png};
pub use scene::{Anchor, Frame, Mark, Point, Scene, Stroke, Text};
pub use svg::svg;
pub use text::Weight;
pub use theme::Theme;
