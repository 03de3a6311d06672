//! Charts: numbers and words in, a scene in print units out, written as SVG, PNG or PDF, or as a part of a page.
//!
//! ```text
//! charts::distribution ─┐   page (title, axes, notes)          ┌─> svg ──> png (resvg, feature `png`)
//! charts::daily_fan ────┼── plot (plotters on our backend) ──> Scene ──> theme (colours, dark or greys)
//! charts::queue_by_stage┘   labels, numbers, days, colour      ├─> pdf (fonts embedded)
//!                                                              └─> inline (a part of a page, with tips)
//! ```
//!
//! Nothing here knows what is simulated. A chart is a function from a plain struct to a [`Scene`]; it never fails: data without a picture (no values, all
//! equal, not a number) give a picture that says so.

pub mod charts;
mod colour;
mod dark;
mod days;
mod inline;
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
pub use dark::DARK_PAPER;
pub use days::TimeAxis;
pub use inline::{TIPS_CSS, TIPS_JS, font_css, svg_inline, theme_css};
pub use numbers::{counted, grouped};
pub use page::{Heading, Width, note};
pub use pdf::{PdfError, pdf};
#[cfg(feature = "png")]
pub use png::{PngError, png};
pub use scene::{Anchor, Frame, LEAST_TIP, Mark, Point, Scene, Stroke, Text, Tip};
pub use svg::svg;
pub use text::Weight;
pub use theme::Theme;
