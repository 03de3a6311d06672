//! What a researcher writes (the document, with places) and what it means (the `Scenario`, with types).

mod corridor;
mod crossing;
mod decode;
mod developments;
pub mod document;
mod fields;
pub mod issue;
mod load;
mod parameter;
mod present;
#[cfg(test)]
pub(crate) mod sample;
mod security;
mod supply;
mod world;

#[cfg(test)]
mod tests;

pub use document::{Document, Reader};
pub use issue::{Fix, Issue, Place, SourceId, Sources};
pub use load::{Loaded, Refused, load};
pub use parameter::{Acting, Parameter, Part, Value, rebuild};
pub use present::{Difference, DriverLine, EffectLine, ParameterLine, diff, evidence, reference, schema, template};
pub use world::*;
