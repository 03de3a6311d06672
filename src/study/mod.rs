//! Study files: which alternatives are held against each other, over which scenario, by which responses.
//!
//! ```text
//! study.toml ──> written (values with places) ──> every alternative's scenario ──> responses, tables, reference checked ──> Study
//!                 (by the rows of `fields`)        (scenario::load_under)            (against the layout of their tables)
//! ```
//!
//! Files are read as scenarios are: all that is wrong is told at once, with its place and a way out, what is wrong with the scenario of an
//! alternative too. The room knows scenarios and what an experiment takes; the command line turns a [`Study`] into an experiment.

mod alike;
mod faults;
mod fields;
mod load;
mod precision;
mod responses;
#[cfg(test)]
mod tests;
mod written;

pub use alike::is_for_people;
pub use fields::{reference, schema};
pub use load::{StudiedAlternative, Study, is_study, load};
