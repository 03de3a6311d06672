//! Alternatives times replications: simulated on all cores, kept in blocks, written as tables.
//!
//! ```text
//! Experiment ──> runner ──> store (parts/) ──> export ──> tables, data package, manifest ──> ResultFolder
//!                (rayon)     blocks, whole       one pass, in order of alternative and replication
//!                            or absent
//! ```
//!
//! No byte of a table depends on the number of threads: streams are addressed, blocks are a matter of the task, rows are written in
//! order. A run that is interrupted keeps its blocks; a complete one removes them when its tables stand.

mod analysis;
mod aside;
mod clock;
mod comparison;
mod datapackage;
mod decision;
mod export;
mod failure;
mod folder;
mod format;
mod latest;
mod manifest;
mod outcome;
mod price;
mod progress;
mod question;
mod queue_profile;
mod replicator;
mod run;
mod runner;
mod same;
mod selection;
mod shared_draws;
mod stopping;
mod store;
mod summary;
#[cfg(test)]
mod tests;
mod trace;

pub use comparison::{AtOnce, ComparisonRow, Statistic};
pub(crate) use decision::resamples;
pub use decision::{AgainstReference, Decided, Decision, Front, LEAST_FOR_WORST, OnFront, Standing, Verdict};
#[cfg(test)]
pub(crate) use decision::{Matrix, Terms};
pub use failure::Failure;
pub use folder::{ChangedFile, LostTable, ResultFolder, TableDescription};
pub use format::{Csv, Formats, csv};
pub use manifest::{AlternativeRecord, FORMAT, FileRecord, Manifest, StudyRecord, source_revision};
pub use outcome::{AlternativeOutcome, Outcome};
pub use price::{ClosurePrice, ClosurePrices, ENOUGH_CLOSURES, PRICED_REPLICATIONS, Recovery, SURE_CLOSURES, closure_price, price_levels};
pub use progress::{Advance, Progress};
pub use question::{Asked, Question, StudyText};
pub use replicator::Replicator;
pub use run::{Alternative, Experiment, kept_tables, run};
pub use same::{same_periods, stands_already};
pub use selection::{Choosing, Selecting, Selection, SelectionRow, unit_of};
pub use shared_draws::shared_draws;
pub(crate) use stopping::KEYED;
pub use stopping::{Aim, AimReached, CONFIDENCE, MOST_REPLICATIONS, Precision, PrecisionReached, Stopping};
pub(crate) use summary::possible_means;
pub use summary::{PROBABILITIES, QuantileRow, SummaryRow, summaries};
pub use trace::{Traced, trace};
