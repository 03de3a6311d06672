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

/// How files are read by rows: for studies, which are read as scenarios are.
pub(crate) mod language {
    pub(crate) use super::decode::{result_name_fault, walk};
    pub(crate) use super::document::{Entry, Node, Table, Value, format_fault, parse, unreadable};
    pub(crate) use super::fields::{Kind, Of, Rest, Section, article, default, optional, required};
    pub(crate) use super::present::{reference_of, schema_of};
}

pub use document::{Document, Overlay, Reader};
pub use issue::{Fix, Issue, Place, SourceId, Sources};
pub use load::{Loaded, Refused, load, load_under};
pub use parameter::{Acting, Parameter, Part, Value, rebuild};
pub use present::{Difference, DriverLine, EffectLine, ParameterLine, diff, evidence, reference, schema, template};
pub use world::*;
