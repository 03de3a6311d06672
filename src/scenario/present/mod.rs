//! A loaded scenario for people and programs: resolved text, list of parameters, differences; and the language itself: schema, reference, template.

mod difference;
mod drivers;
mod evidence;
mod meaning;
mod parameters;
mod reference;
mod resolved;
mod schema;
mod template;

pub use difference::{Difference, diff};
pub use drivers::{DriverLine, EffectLine};
pub use evidence::evidence;
pub use parameters::ParameterLine;
pub use reference::reference;
pub(crate) use reference::reference_of;
pub use schema::schema;
pub(crate) use schema::schema_of;
pub use template::template;
