//! What a researcher writes (the document, with places) and what it means (the `Scenario`, with types).

mod crossing;
mod security;
mod supply;
mod world;

pub use world::*;
