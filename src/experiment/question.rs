//! What is asked of alternatives that are held against each other.

use crate::stats::Better;

/// What a study asks: which of its alternatives does best, by which responses, against which of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The alternative against which the others are held, by index.
    pub reference: usize,
    /// The responses that decide, in the order in which they are told.
    pub responses: Vec<Asked>,
}

/// A response that decides.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// A column of `replications`, or one of a table with a key, such as `stage.gate.mean_wait_min`.
    pub response: String,
    /// Which of two values is better; none: neither, and nothing is called best.
    pub better: Option<Better>,
}
