//! A result folder: made ready for a run, and read by whoever draws, reports or compares.

use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use super::aside::Written;
use super::datapackage::{DataPackage, Resource};
use super::failure::Failure;
use super::format;
use super::manifest::{FILE, FileRecord, Manifest};
use crate::table::{Column, Frame};

/// Where blocks are kept until the tables are written.
pub(crate) const PARTS: &str = "parts";

/// A result to read from.
#[derive(Debug)]
pub struct ResultFolder {
    path: PathBuf,
    manifest: Manifest,
    package: DataPackage,
}

/// A table of a result as the result describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableDescription {
    /// Its name.
    pub name: String,
    /// What its rows are.
    pub doc: String,
    /// The first so many columns are its key.
    pub keys: usize,
    /// Its columns, in order.
    pub columns: Vec<Column>,
}

impl TableDescription {
    fn new(resource: &Resource) -> TableDescription {
        TableDescription {
            name: resource.name.clone(),
            doc: resource.description.clone(),
            keys: resource.schema.primary_key.len(),
            columns: resource.schema.fields.iter().map(super::datapackage::Field::column).collect(),
        }
    }

    /// The place of a column.
    pub fn position(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|c| c.name == column)
    }
}

impl ResultFolder {
    /// Opens a result, complete or not, whose tables are written.
    pub fn open(path: &Path) -> Result<ResultFolder, Failure> {
        let manifest = Manifest::read(path)?;
        let none = || Failure::NoResult { path: path.to_owned(), reason: "its run was stopped before any table was written".to_owned() };
        let package = match DataPackage::read(path) {
            Err(Failure::Io { source, .. }) if source.kind() == ErrorKind::NotFound => return Err(none()),
            package => package?,
        };
        Ok(ResultFolder { path: path.to_owned(), manifest, package })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What it says of itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The names of its tables, in the order of the data package.
    pub fn tables(&self) -> impl Iterator<Item = &str> {
        self.package.resources.iter().map(|r| r.name.as_str())
    }

    /// Whether it has a table.
    pub fn has(&self, table: &str) -> bool {
        self.tables().any(|name| name == table)
    }

    /// What a table is and which columns it has.
    pub fn describe(&self, table: &str) -> Result<TableDescription, Failure> {
        let found = self.package.resources.iter().find(|r| r.name == table);
        found.map(TableDescription::new).ok_or_else(|| Failure::NoResult {
            path: self.path.clone(),
            reason: format!("it has no table `{table}`; it was not among the tables asked for"),
        })
    }

    /// A whole table.
    pub fn table(&self, name: &str) -> Result<(TableDescription, Frame), Failure> {
        let description = self.describe(name)?;
        let frame = self.read(&description, &description.columns.iter().collect::<Vec<_>>())?;
        Ok((description, frame))
    }

    /// The named columns of a table, and no other.
    pub fn columns(&self, table: &str, columns: &[&str]) -> Result<Frame, Failure> {
        let description = self.describe(table)?;
        let mut wanted = Vec::new();
        for name in columns {
            let place = description.position(name);
            let place = place.ok_or_else(|| Failure::damaged(&self.path, format!("table `{table}` has no column `{name}`")))?;
            wanted.push(&description.columns[place]);
        }
        self.read(&description, &wanted)
    }

    /// The numbers of one column in the rows of one alternative, in order; NaN where it is empty.
    pub fn column(&self, table: &str, column: &str, alternative: &str) -> Result<Vec<f64>, Failure> {
        let frame = self.columns(table, &["alternative", column])?;
        let (names, values) = (&frame.columns[0], &frame.columns[1]);
        Ok((0..frame.len()).filter(|&row| names.text(row) == Some(alternative)).map(|row| values.real(row)).collect())
    }

    /// Enters files made after the run (charts, a report) into the manifest, in place of those of the same names.
    pub fn add_files(&mut self, files: &[PathBuf]) -> Result<(), Failure> {
        for path in files {
            let content = fs::read(path).map_err(Failure::io(path))?;
            let blake3 = blake3::hash(&content).to_hex().to_string();
            let record = FileRecord::new(&self.path, &Written { path: path.clone(), bytes: content.len() as u64, blake3 }, None);
            self.manifest.files.retain(|f| f.path != record.path);
            self.manifest.files.push(record);
        }
        self.manifest.write(&self.path)
    }

    fn read(&self, table: &TableDescription, columns: &[&Column]) -> Result<Frame, Failure> {
        let files = format::files(&self.path, &table.name);
        let file = files.first().ok_or_else(|| Failure::NoResult {
            path: self.path.clone(),
            reason: format!("it has no file of `{}` that this program can read", table.name),
        })?;
        format::read(file, columns)
    }
}

/// Makes a folder ready for a new result. What stands there of another is refused, or with `force` removed: the files that its
/// manifest names and its blocks, nothing else.
pub(crate) fn prepare(folder: &Path, force: bool, is_same: impl Fn(&Manifest) -> bool) -> Result<(), Failure> {
    let refused = |reason: String| Err(Failure::CannotCreate { path: folder.to_owned(), reason });
    match Manifest::read(folder) {
        Ok(found) if force => remove(folder, &found)?,
        Ok(found) => return refused(standing(&found, is_same(&found))),
        Err(Failure::Damaged { .. }) if force => remove_file(&folder.join(FILE))?,
        Err(Failure::Damaged { reason, .. }) => return refused(format!("the result that stands there cannot be read ({reason}); {WAY_OUT}")),
        Err(Failure::NoResult { .. }) if !force && has_tables(folder) => {
            return refused(format!("tables stand there that are no result of a run; {WAY_OUT}"));
        }
        Err(Failure::NoResult { .. }) => {}
        Err(other) => return Err(other),
    }
    fs::create_dir_all(folder.join("scenario")).map_err(Failure::create(folder))
}

const WAY_OUT: &str = "choose another folder with `--output`, or replace it with `--force`";

fn standing(found: &Manifest, same: bool) -> String {
    let names: Vec<&str> = found.alternatives.iter().map(|a| a.name.as_str()).collect();
    let n = found.alternatives.iter().map(|a| a.replications).min().unwrap_or(0);
    let what = match (found.complete, same) {
        (false, _) => "an unfinished result",
        (true, true) => "this very result",
        (true, false) => "another result",
    };
    let replications = if n == 1 { "replication" } else { "replications" };
    format!("{what} stands there (`{}`, {n} {replications}, seed {}); {WAY_OUT}", names.join("`, `"), found.seed)
}

fn has_tables(folder: &Path) -> bool {
    let is_table = |path: PathBuf| path.extension().is_some_and(|e| e == "csv" || e == "parquet") || path.ends_with(PARTS);
    fs::read_dir(folder).is_ok_and(|entries| entries.flatten().any(|e| is_table(e.path())))
}

fn remove(folder: &Path, found: &Manifest) -> Result<(), Failure> {
    for file in &found.files {
        let inside = Path::new(&file.path);
        // A manifest that was tampered with must not reach out of its folder.
        if inside.components().all(|c| matches!(c, Component::Normal(_))) {
            remove_file(&folder.join(inside))?;
        }
    }
    remove_parts(folder)?;
    remove_file(&folder.join(FILE))
}

/// Removes the blocks of a folder.
pub(crate) fn remove_parts(folder: &Path) -> Result<(), Failure> {
    let parts = folder.join(PARTS);
    match fs::remove_dir_all(&parts) {
        Err(e) if e.kind() != ErrorKind::NotFound => Err(Failure::io(&parts)(e)),
        _ => Ok(()),
    }
}

fn remove_file(path: &Path) -> Result<(), Failure> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != ErrorKind::NotFound => Err(Failure::io(path)(e)),
        _ => Ok(()),
    }
}
