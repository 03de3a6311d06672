//! Charts: numbers and words in, a scene in print units out, written as SVG or PNG.
//!
//! ```text
//! charts::distribution ─┐   page (title, axes, notes)         ┌─> svg ──> png (resvg, feature `png`)
//! charts::daily_fan ────┼── plot (plotters on our backend) ──> Scene
//! charts::queue_by_stage┘   labels, numbers, days, colour
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
mod plot;
#[cfg(feature = "png")]
mod png;
mod scene;
mod svg;
mod text;

pub use colour::{Colour, GRID, INK, MUTED, PAPER};
pub use days::TimeAxis;
pub use numbers::{counted, grouped};
pub use page::{Heading, Width, note};
#[cfg(feature = "png")]
pub use png::{PngError, png};
pub use scene::{Anchor, Frame, Mark, Point, Scene, Stroke, Text};
pub use svg::svg;
pub use text::Weight;
