//! Scenario files from the disk, their issues told.

use std::io;
use std::path::{Path, PathBuf};

use super::failure::Failure;
use super::{issues, say};
use crate::scenario::{self, Loaded, Reader, Refused};
use crate::study::{self, Study};

/// Reads files from the disk.
pub(super) struct Disk;

impl Reader for Disk {
    fn read(&self, path: &Path) -> io::Result<String> {
        std::fs::read_to_string(path)
    }
}

/// Why a file cannot be read; none: it can.
pub(super) fn unreadable(path: &Path) -> Option<String> {
    present(std::slice::from_ref(&path.to_owned()))
        .err()
        .map(|failure| failure.to_string())
}

/// Whether each of these files is there to be read.
pub(super) fn present(paths: &[PathBuf]) -> Result<(), Failure> {
    let missing: Vec<String> = paths
        .iter()
        .filter_map(|path| std::fs::File::open(path).err().map(|error| (path, why(&error))))
        .chain(
            paths
                .iter()
                .filter(|path| path.is_dir())
                .map(|path| (path, "it is a folder".to_owned())),
        )
        .map(|(path, reason)| format!("cannot read `{}`: {reason}", path.display()))
        .collect();
    if missing.is_empty() {
        Ok(())
    } else {
        Err(Failure::NoInput(missing.join("\n")))
    }
}

fn why(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file".to_owned(),
        _ => error.to_string(),
    }
}

/// Loads a scenario from the disk.
pub(super) fn load(path: &Path, sets: &[(String, String)]) -> Result<Loaded, Refused> {
    scenario::load(path, sets, &Disk)
}

/// Whether a file is that of a study.
pub(super) fn is_study(path: &Path) -> bool {
    Disk.read(path).is_ok_and(|text| study::is_study(&text))
}

/// Loads a study from the disk.
pub(super) fn read_study(path: &Path, sets: &[(String, String)]) -> Result<Study, Refused> {
    study::load(path, sets, &Disk)
}

/// Loads a study or tells everything that is wrong with it and its alternatives; warnings are told too, unless `quiet`.
pub(super) fn load_study(path: &Path, sets: &[(String, String)], quiet: bool) -> Result<Study, Failure> {
    present(std::slice::from_ref(&path.to_owned()))?;
    match read_study(path, sets) {
        Ok(study) => {
            if !quiet {
                say::aside(&issues::drawn(&study.warnings, &study.sources));
            }
            Ok(study)
        }
        Err(refused) => {
            say::aside(&issues::drawn(&refused.issues, &refused.sources));
            let mut tally = issues::Tally::default();
            tally.count_study(&refused.issues);
            Err(Failure::Scenario(tally.verdict().unwrap_or_default()))
        }
    }
}

/// Loads all of these or tells everything that is wrong with any; warnings are told too, unless `quiet`.
pub(super) fn load_all(paths: &[PathBuf], sets: &[(String, String)], quiet: bool) -> Result<Vec<Loaded>, Failure> {
    present(paths)?;
    let mut loaded = Vec::new();
    let mut tally = issues::Tally::default();
    for path in paths {
        match load(path, sets) {
            Ok(scenario) => {
                if !quiet {
                    say::aside(&issues::drawn(&scenario.warnings, &scenario.sources));
                }
                loaded.push(scenario);
            }
            Err(refused) => {
                say::aside(&issues::drawn(&refused.issues, &refused.sources));
                tally.count(&refused.issues);
            }
        }
    }
    match tally.verdict() {
        Some(verdict) => Err(Failure::Scenario(verdict)),
        None => Ok(loaded),
    }
}
