//! The document: what was written, with places, after all layers are laid over each other.

#![expect(clippy::result_large_err, reason = "a fault is made once and told at once: its size costs nothing")]

mod layers;
mod merge;
mod node;
mod parse;
mod path;
mod route;
mod shares;
mod unclosed;
mod write;

pub use layers::{Document, Overlay, Reader};
pub(super) use layers::{NOT_UTF8, read};
pub(crate) use layers::{format_fault, unreadable};
pub(super) use node::EVIDENCE_KEYS;
pub use node::{Entry, Node, Table, Value};
pub(crate) use parse::parse;
pub(super) use parse::parse_value;
pub use path::{ParameterPath, get};
pub(super) use path::{magnitude, range_holds};
pub(super) use route::route;
pub(super) use write::{inline, key_text, text_value};
