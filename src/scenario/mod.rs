//! What a researcher writes (the document, with places) and what it means (the `Scenario`, with types).

mod crossing;
pub mod document;
mod fields;
pub mod issue;
mod security;
mod supply;
mod world;

pub use document::{Document, Reader};
pub use issue::{Fix, Issue, Place, SourceId, Sources};
pub use world::*;
