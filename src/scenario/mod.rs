//! What a researcher writes (the document, with places) and what it means (the `Scenario`, with types).

mod crossing;
mod decode;
pub mod document;
mod fields;
pub mod issue;
mod load;
mod present;
mod security;
mod supply;
mod world;

#[cfg(test)]
mod tests;

pub use document::{Document, Reader};
pub use issue::{Fix, Issue, Place, SourceId, Sources};
pub use load::{Loaded, Refused, load};
pub use present::{Difference, ParameterLine, diff, reference, schema, template};
pub use world::*;
