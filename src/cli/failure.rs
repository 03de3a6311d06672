//! How the program ends when it does not end well: one sentence and an exit code.

use std::io;
use std::path::Path;

use super::say;
use crate::experiment;

/// What stopped a command.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// Scenarios are wrong; their issues are told already.
    #[error("{0}")]
    Scenario(String),
    /// A file to read is not there or cannot be read.
    #[error("{0}")]
    NoInput(String),
    /// The command line asks for what cannot be had.
    #[error("{0}")]
    Usage(String),
    /// A check that was asked for failed.
    #[error("{0}")]
    Checked(String),
    /// A file cannot be created.
    #[error("cannot create `{path}`: {reason}")]
    CannotCreate { path: String, reason: String },
    /// Printing failed.
    #[error("cannot print: {0}")]
    Print(io::Error),
    /// The experiment failed.
    #[error(transparent)]
    Experiment(#[from] experiment::Failure),
    /// Ctrl-C; what is kept is told already.
    #[error("interrupted")]
    Interrupted,
    /// A fault of the program.
    #[error("{0}\nThis is a fault of the program and not of your scenario.")]
    Defect(String),
    /// Nobody reads what is printed (`rafah … | head`): no failure.
    #[error("nobody listens")]
    NobodyListens,
}

impl Failure {
    /// The refusal of what the contract names and this version does not have.
    pub(super) fn not_built(what: &str) -> Failure {
        Failure::Usage(format!("{what} is not built yet in this version"))
    }

    /// A file that cannot be written.
    pub(super) fn create(path: &Path) -> impl FnOnce(io::Error) -> Failure {
        let path = path.display().to_string();
        move |error| Failure::CannotCreate {
            path,
            reason: error.to_string(),
        }
    }

    /// The exit code, after sysexits.h where it has one.
    pub(super) fn exit_code(&self) -> u8 {
        match self {
            Failure::NobodyListens => 0,
            Failure::Checked(_) => 1,
            Failure::Usage(_) => 2,
            Failure::Scenario(_) => 65,
            Failure::NoInput(_) => 66,
            Failure::Defect(_) => 70,
            Failure::CannotCreate { .. } => 73,
            Failure::Print(_) => 74,
            Failure::Experiment(failure) => failure.exit_code(),
            Failure::Interrupted => 130,
        }
    }

    /// Says on standard error what happened.
    pub(super) fn tell(&self) {
        match self {
            Failure::Interrupted | Failure::NobodyListens => {}
            other => say::error(&other.to_string()),
        }
    }
}
