//! What a run hands to whoever shows it.

use std::path::PathBuf;

use super::comparison::ComparisonRow;
use super::decision::Decision;
use super::price::ClosurePrices;
use super::selection::Selection;
use super::stopping::PrecisionReached;
use super::summary::SummaryRow;

/// A run that is over, complete or interrupted.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The result folder.
    pub folder: PathBuf,
    /// What was simulated, in the order given.
    pub alternatives: Vec<AlternativeOutcome>,
    /// How the other alternatives differ from the reference of the study, else the first, where their periods are the same.
    pub comparison: Vec<ComparisonRow>,
    /// The answer to the question of a study, where the periods of the alternatives are the same.
    pub decision: Option<Decision>,
    /// What became of the alternatives, where one was to be chosen.
    pub selection: Option<Selection>,
    /// What closures cost, where that was asked.
    pub closure_prices: Option<ClosurePrices>,
    /// Every file of the result, the manifest last.
    pub files: Vec<PathBuf>,
    /// Confidence of the intervals.
    pub confidence: f64,
    /// Seconds of wall time, the writing of tables included.
    pub wall_s: f64,
    /// Replications simulated, over all alternatives, per second of simulation.
    pub replications_per_second: f64,
    /// Replications of each alternative that were asked for; with a precision to reach, the most that there could be. With a budget, of all
    /// alternatives together.
    pub asked: u32,
    /// Whether [`asked`](Outcome::asked) is a budget of all alternatives together.
    pub asked_of_all: bool,
    /// The precision asked for, and how far it was reached.
    pub precision: Option<PrecisionReached>,
    /// Whether everything asked for was done. If not, it was interrupted: what was finished stands in the tables, and the blocks
    /// are kept.
    pub complete: bool,
}

/// An alternative of a run that is over.
#[derive(Clone, Debug)]
pub struct AlternativeOutcome {
    /// Its name, as in the tables.
    pub name: String,
    /// One line for people.
    pub title: String,
    /// BLAKE3 of its resolved scenario.
    pub hash: String,
    /// Replications in the tables; the same for every alternative, unless one of them was chosen by [`Outcome::selection`].
    pub replications: u32,
    /// Its responses; none where nothing was finished.
    pub summary: Vec<SummaryRow>,
}
