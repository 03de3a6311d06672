//! What can go wrong with an experiment, and the exit code that each deserves.

use std::io;
use std::path::{Path, PathBuf};

/// Why an experiment was not run, or a result not read.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A table, response, format or set of alternatives that cannot be had.
    #[error("{0}")]
    Usage(String),
    /// The output cannot be created, or another result stands in its place.
    #[error("cannot create `{}`: {reason}", path.display())]
    CannotCreate {
        /// What was to be created.
        path: PathBuf,
        /// Why not.
        reason: String,
    },
    /// Reading or writing failed under way.
    #[error("`{}`: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// No result folder where one was expected.
    #[error("`{}` is not a result folder: {reason}", path.display())]
    NoResult {
        /// What was to be opened.
        path: PathBuf,
        /// What is missing.
        reason: String,
    },
    /// A file of a result does not hold what it should.
    #[error("`{}` is damaged: {reason}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A replication broke the conservation of trucks: a fault of the program, told so that it can be made again.
    #[error("replication {replication} of `{alternative}` under seed {seed} does not balance: {message}")]
    Imbalance {
        /// The alternative's name.
        alternative: String,
        /// The seed of the experiment.
        seed: u64,
        /// The replication, from 1.
        replication: u32,
        /// What does not add up.
        message: String,
    },
}

impl Failure {
    /// The exit code of the program, after sysexits.h: 2 usage, 65 data, 66 no input, 70 fault of the program, 73 cannot create,
    /// 74 input or output.
    pub fn exit_code(&self) -> u8 {
        match self {
            Failure::Usage(_) => 2,
            Failure::Damaged { .. } => 65,
            Failure::NoResult { .. } => 66,
            Failure::Imbalance { .. } => 70,
            Failure::CannotCreate { .. } => 73,
            Failure::Io { .. } => 74,
        }
    }

    /// Turns an error of the system into a failure at `path`.
    pub(crate) fn io(path: &Path) -> impl FnOnce(io::Error) -> Failure {
        let path = path.to_owned();
        |source| Failure::Io { path, source }
    }

    /// Turns an error of the system into one of creating `path`.
    pub(crate) fn create(path: &Path) -> impl FnOnce(io::Error) -> Failure {
        let path = path.to_owned();
        move |source| Failure::CannotCreate { path, reason: source.to_string() }
    }

    /// A damaged file.
    pub(crate) fn damaged(path: &Path, reason: impl Into<String>) -> Failure {
        Failure::Damaged { path: path.to_owned(), reason: reason.into() }
    }
}
