//! Whether the files of a result are those that its run wrote: their sizes and hashes against those of the manifest.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::Path;

use super::{AGAIN, ResultFolder};
use crate::experiment::failure::Failure;
use crate::experiment::format;
use crate::experiment::manifest::FileRecord;

/// Which tables were read, and so compared.
#[derive(Debug, Default)]
pub(super) struct Compared {
    /// The paths of their files, as the manifest lists them.
    files: RefCell<BTreeSet<String>>,
}

/// A file of a table that is not as the run wrote it, though nothing was read from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedFile {
    /// Its path, as the manifest lists it.
    pub path: String,
    /// What is wrong with it, behind its name.
    pub what: String,
}

impl ResultFolder {
    /// Compares from now on every table with the manifest before it is read: one that was cut or changed after the run is refused. The list of tables is
    /// compared at once.
    pub fn compare_files(&mut self) -> Result<(), Failure> {
        let list = self.path.join(crate::experiment::datapackage::FILE);
        if let Some(record) = self.record(&list)
            && let Some(what) = differs(&list, record)?
        {
            return Err(refused(&list, &what, None));
        }
        self.compared.get_or_insert_default();
        Ok(())
    }

    /// The files of tables that were cut or changed after the run and from which nothing was read: by size and hash those that hold the same as one
    /// that was read, by size those of tables that were not asked for. None where files are not compared.
    pub fn changed_files(&self) -> Result<Vec<ChangedFile>, Failure> {
        let Some(compared) = &self.compared else { return Ok(Vec::new()) };
        let read = compared.files.borrow();
        let stem = |path: &str| Path::new(path).with_extension("");
        let mut found = Vec::new();
        for record in self
            .manifest
            .files
            .iter()
            .filter(|file| file.rows.is_some() && !read.contains(&file.path))
        {
            let file = self.path.join(&record.path);
            if !file.is_file() {
                continue;
            }
            let was_read = read.iter().any(|other| stem(other) == stem(&record.path));
            let what = if was_read {
                differs(&file, record)?
            } else {
                other_size(&file, record)?
            };
            found.extend(what.map(|what| ChangedFile {
                path: record.path.clone(),
                what,
            }));
        }
        Ok(found)
    }

    /// Compares a file of a table with the manifest, once, where files are compared. One that the manifest does not list has nothing to be held to.
    pub(super) fn compare(&self, table: &str, file: &Path) -> Result<(), Failure> {
        let (Some(compared), Some(record)) = (&self.compared, self.record(file)) else {
            return Ok(());
        };
        if compared.files.borrow().contains(&record.path) {
            return Ok(());
        }
        if let Some(what) = differs(file, record)? {
            return Err(refused(file, &what, self.same_in_another_form(table, file)?));
        }
        compared.files.borrow_mut().insert(record.path.clone());
        Ok(())
    }

    /// Another file of a table that is as the run wrote it.
    fn same_in_another_form(&self, table: &str, file: &Path) -> Result<Option<String>, Failure> {
        for other in format::files(&self.path, table).iter().filter(|other| *other != file) {
            if let Some(record) = self.record(other)
                && differs(other, record)?.is_none()
            {
                return Ok(Some(record.path.clone()));
            }
        }
        Ok(None)
    }

    /// What the manifest says of a file of the folder.
    pub(super) fn record(&self, file: &Path) -> Option<&FileRecord> {
        let inside = file.strip_prefix(&self.path).ok()?;
        self.manifest.files.iter().find(|record| Path::new(&record.path) == inside)
    }
}

/// How a file differs from what the manifest says of it: by its size, which costs nothing, else by its hash.
fn differs(file: &Path, record: &FileRecord) -> Result<Option<String>, Failure> {
    if let Some(what) = other_size(file, record)? {
        return Ok(Some(what));
    }
    let mut hasher = blake3::Hasher::new();
    let open = File::open(file).map_err(Failure::io(file))?;
    hasher.update_reader(open).map_err(Failure::io(file))?;
    let is_same = hasher.finalize().to_hex().as_str() == record.blake3;
    Ok((!is_same)
        .then(|| "was changed after the run: it is as long as it was, but its hash (BLAKE3) is not the one in the manifest".to_owned()))
}

fn other_size(file: &Path, record: &FileRecord) -> Result<Option<String>, Failure> {
    let bytes = fs::metadata(file).map_err(Failure::io(file))?.len();
    Ok(match bytes.cmp(&record.bytes) {
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Less => Some(format!(
            "was cut or changed after the run: {bytes} of its {} bytes are there{}",
            record.bytes,
            record
                .rows
                .map_or(String::new(), |rows| format!(" (the whole file has {rows} rows)"))
        )),
        std::cmp::Ordering::Greater => Some(format!(
            "was changed after the run: it has {bytes} bytes, and the run wrote {}",
            record.bytes
        )),
    })
}

/// The refusal of a file, and how it is had again.
fn refused(file: &Path, what: &str, other: Option<String>) -> Failure {
    let way_out = other.map_or(String::new(), |other| {
        format!(" `{other}` holds the same table and is as the run wrote it: if you remove this file, that one is read.")
    });
    Failure::damaged(
        file,
        format!(
            "it {what}. Nothing is told from it, as it may be wrong. Copy it again from where the result came from, or {AGAIN}.{way_out}"
        ),
    )
}
