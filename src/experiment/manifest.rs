//! The manifest of a result: what it takes to make it again and to trust it. The only file of a result that knows a clock.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::aside::{self, Written};
use super::failure::Failure;
use super::selection::Selecting;
use super::stopping::PrecisionReached;

/// The version of the layout of result folders that this program writes and reads.
pub const FORMAT: u32 = 1;

/// The name of the manifest's file.
pub(crate) const FILE: &str = "manifest.json";

/// What a result folder says of itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the folder's layout.
    pub format: u32,
    /// Name of the program.
    pub program: String,
    /// Its version.
    pub version: String,
    /// The revision of its source, where the build was told (`RAFAH_SOURCE_REVISION`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The command line.
    pub command_line: Vec<String>,
    /// The seed.
    pub seed: u64,
    /// Replications of each alternative that were asked for; with a precision to reach, the most that there could be. How many there
    /// are stands with each alternative.
    pub requested_replications: u32,
    /// Confidence of the intervals.
    pub confidence: f64,
    /// The precision asked for, and how far it was reached.
    pub precision: Option<PrecisionReached>,
    /// What one of the alternatives was to be chosen by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub selection: Option<Selecting>,
    /// How many replications, the first ones, were to be asked what closures cost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priced_replications: Option<u32>,
    /// The tables asked for; none: all.
    pub tables: Option<Vec<String>>,
    /// The forms of the tables, as `--format` has them; none: the usual ones.
    pub table_formats: Option<String>,
    /// Replications in a block of the store.
    pub block: u32,
    /// What was simulated.
    pub alternatives: Vec<AlternativeRecord>,
    /// The study that it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub study: Option<StudyRecord>,
    /// Trucks dispatched over all alternatives and replications.
    pub trucks: Option<u64>,
    /// Every file but this one.
    pub files: Vec<FileRecord>,
    /// When the run began, in UTC.
    pub started: String,
    /// How long it took, in seconds.
    pub wall_s: f64,
    /// Threads that simulated.
    pub jobs: usize,
    /// Whether everything asked for was done.
    pub complete: bool,
}

/// An alternative of a result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AlternativeRecord {
    /// Its name, as in the tables.
    pub name: String,
    /// One line for people.
    pub title: String,
    /// Its resolved scenario, a file of the folder.
    pub scenario: String,
    /// BLAKE3 of the resolved scenario.
    pub blake3: String,
    /// Replications in the tables.
    pub replications: u32,
}

/// The study of a result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudyRecord {
    /// Its name.
    pub name: String,
    /// One line for people.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// What it asks, for people.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub question: String,
    /// Its text, a file of the folder. Paths in it are relative to where it stood.
    pub file: String,
    /// BLAKE3 of the text.
    pub blake3: String,
    /// The alternative that differences are taken to.
    pub reference: String,
    /// The responses that decide.
    pub responses: Vec<String>,
}

/// A file of a result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRecord {
    /// Where it is in the folder, with `/` between names.
    pub path: String,
    /// Its size.
    pub bytes: u64,
    /// BLAKE3 of its content.
    pub blake3: String,
    /// Rows, if it is a table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<u64>,
}

impl FileRecord {
    /// A file just written into `folder`.
    pub(crate) fn new(folder: &Path, written: &Written, rows: Option<u64>) -> FileRecord {
        let inside = written.path.strip_prefix(folder).unwrap_or(&written.path);
        let names: Vec<_> = inside.components().map(|c| c.as_os_str().to_string_lossy()).collect();
        FileRecord {
            path: names.join("/"),
            bytes: written.bytes,
            blake3: written.blake3.clone(),
            rows,
        }
    }
}

/// What every layout says, past and future.
#[derive(Deserialize)]
struct Version {
    format: u32,
}

impl Manifest {
    /// Writes it into its folder.
    pub(crate) fn write(&self, folder: &Path) -> Result<(), Failure> {
        aside::write_json(&folder.join(FILE), self).map(|_| ())
    }

    /// Reads the manifest of a folder.
    pub fn read(folder: &Path) -> Result<Manifest, Failure> {
        let path = folder.join(FILE);
        let text = match std::fs::read(&path) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound || e.kind() == std::io::ErrorKind::NotADirectory => {
                return Err(Failure::NoResult {
                    path: folder.to_owned(),
                    reason: format!("it has no `{FILE}`"),
                });
            }
            Err(e) => return Err(Failure::io(&path)(e)),
        };
        let refused = |e: serde_json::Error| Failure::damaged(&path, e.to_string());
        let version: Version = serde_json::from_slice(&text).map_err(refused)?;
        if version.format != FORMAT {
            return Err(Failure::damaged(
                &path,
                format!("expected a result of format {FORMAT}, found {}", version.format),
            ));
        }
        serde_json::from_slice(&text).map_err(refused)
    }
}

/// The revision of the source that the program was built from, where that is known.
pub fn source_revision() -> Option<&'static str> {
    option_env!("RAFAH_SOURCE_REVISION").filter(|revision| !revision.is_empty())
}
