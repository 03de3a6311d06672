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

mod whole;

pub use whole::ChangedFile;

/// Where blocks are kept until the tables are written.
pub(crate) const PARTS: &str = "parts";

/// A result to read from.
#[derive(Debug)]
pub struct ResultFolder {
    path: PathBuf,
    manifest: Manifest,
    package: DataPackage,
    lost: Vec<LostTable>,
    /// Which files were held to the manifest; none: they are read as they are.
    compared: Option<whole::Compared>,
}

/// A table of which no file is there any more, though the manifest lists one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LostTable {
    /// Its name.
    pub name: String,
    /// What its rows are.
    pub doc: String,
    /// Its files that are missing, as the manifest lists them.
    pub files: Vec<String>,
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
    /// Opens a result, complete or not, whose tables are written; its manifest stands for it.
    pub fn open(path: &Path) -> Result<ResultFolder, Failure> {
        let path = folder_of(path)?;
        let manifest = Manifest::read(path)?;
        let none = || Failure::NoResult {
            path: path.to_owned(),
            reason: "its run was stopped before any table was written".to_owned(),
        };
        let is_listed = |name: &str| manifest.files.iter().any(|file| file.path == name);
        let package = match DataPackage::read(path) {
            Err(Failure::Io { source, .. }) if source.kind() == ErrorKind::NotFound => {
                return Err(if is_listed(super::datapackage::FILE) {
                    Failure::damaged(path, missing(&[super::datapackage::FILE.to_owned()]))
                } else {
                    none()
                });
            }
            package => package?,
        };
        Ok(ResultFolder {
            path: path.to_owned(),
            manifest,
            package,
            lost: Vec::new(),
            compared: None,
        })
    }

    /// Leaves out the tables of which every file is gone, so that what stands in the others can be told: [`ResultFolder::has`] is false of them from
    /// then on, and [`ResultFolder::lost`] names them.
    pub fn leave_out_lost(&mut self) {
        let lost: Vec<LostTable> = self.package.resources.iter().filter_map(|table| self.is_lost(table)).collect();
        self.package
            .resources
            .retain(|table| lost.iter().all(|lost| lost.name != table.name));
        self.lost.extend(lost);
    }

    /// The tables that were left out because their files are gone.
    pub fn lost(&self) -> &[LostTable] {
        &self.lost
    }

    fn is_lost(&self, table: &Resource) -> Option<LostTable> {
        let files = self.listed(&table.name);
        let is_gone = !files.is_empty() && files.iter().all(|file| !self.path.join(file).exists());
        (is_gone && format::files(&self.path, &table.name).is_empty()).then(|| LostTable {
            name: table.name.clone(),
            doc: table.description.clone(),
            files,
        })
    }

    /// The files of a table that the manifest lists.
    fn listed(&self, table: &str) -> Vec<String> {
        let of_table = |file: &&FileRecord| file.rows.is_some() && Path::new(&file.path).file_stem().is_some_and(|stem| stem == table);
        self.manifest.files.iter().filter(of_table).map(|file| file.path.clone()).collect()
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
        Ok((0..frame.len())
            .filter(|&row| names.text(row) == Some(alternative))
            .map(|row| values.real(row))
            .collect())
    }

    /// Enters files made after the run (charts, a report) into the manifest, in place of those of the same names.
    pub fn add_files(&mut self, files: &[PathBuf]) -> Result<(), Failure> {
        for path in files {
            let content = fs::read(path).map_err(Failure::io(path))?;
            let blake3 = blake3::hash(&content).to_hex().to_string();
            let record = FileRecord::new(
                &self.path,
                &Written {
                    path: path.clone(),
                    bytes: content.len() as u64,
                    blake3,
                },
                None,
            );
            self.manifest.files.retain(|f| f.path != record.path);
            self.manifest.files.push(record);
        }
        self.manifest.write(&self.path)
    }

    fn read(&self, table: &TableDescription, columns: &[&Column]) -> Result<Frame, Failure> {
        let files = format::files(&self.path, &table.name);
        // One that the run wrote goes before one of which nothing is known.
        let listed = files.iter().find(|file| self.record(file).is_some());
        let file = listed.or(files.first()).ok_or_else(|| {
            let listed = self.listed(&table.name);
            Failure::damaged(
                &self.path,
                if listed.iter().all(|file| !self.path.join(file).exists()) {
                    missing(&listed)
                } else {
                    format!("it has no file of the table `{}` that this program can read", table.name)
                },
            )
        })?;
        self.compare(&table.name, file)?;
        format::read(file, columns)
    }
}

/// The folder that a path leads to: itself, or where it is the manifest of a result the folder in which that stands.
fn folder_of(path: &Path) -> Result<&Path, Failure> {
    let refused = |reason: String| {
        Err(Failure::NoResult {
            path: path.to_owned(),
            reason,
        })
    };
    if path.is_file() {
        if path.file_name().is_none_or(|name| name != FILE) {
            return refused(format!("it is a file; give the folder in which the `{FILE}` of the result stands"));
        }
        let folder = path.parent().unwrap_or(path);
        return Ok(if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
    }
    if !path.exists() {
        return refused("there is no such folder".to_owned());
    }
    Ok(path)
}

/// How what is missing or damaged is had again, by making it.
const AGAIN: &str = "make the result again with the command in its `manifest.json` (`command_line`)";

/// Which files are missing, and how they are had again.
pub(crate) fn missing(files: &[String]) -> String {
    let (are, they) = if files.len() == 1 { ("is", "it") } else { ("are", "them") };
    format!(
        "`{}` {are} missing, which its `{FILE}` lists; copy {they} again from where the result came from, or {AGAIN}",
        files.join("`, `")
    )
}

/// How a folder was made ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Prepared {
    /// Nothing was in the way, or it was to be replaced.
    Ready,
    /// A run that was stopped had left its blocks and no result: they are gone.
    Cleared,
}

/// Makes a folder ready for a new result. What stands there of another is refused, or with `force` removed: the files that its
/// manifest names and its blocks, nothing else. What a killed run left is removed unasked, since it holds no result.
pub(crate) fn prepare(folder: &Path, force: bool, is_same: impl Fn(&Manifest) -> bool) -> Result<Prepared, Failure> {
    let refused = |path: &Path, reason: String| {
        Err(Failure::CannotCreate {
            path: path.to_owned(),
            reason,
        })
    };
    if let Some(file) = folder.ancestors().find(|path| path.is_file()) {
        return refused(folder, format!("`{}` is a file, and `--output` names a folder", file.display()));
    }
    let mut prepared = Prepared::Ready;
    match Manifest::read(folder) {
        Ok(found) if force => remove(folder, &found)?,
        Ok(found) if is_leftover(folder, &found) => {
            remove(folder, &found)?;
            prepared = Prepared::Cleared;
        }
        Ok(found) => return refused(folder, standing(&found, is_same(&found))),
        Err(Failure::Damaged { .. }) if force => remove_file(&folder.join(FILE))?,
        Err(Failure::Damaged { reason, .. }) => {
            return refused(folder, format!("the result that stands there cannot be read ({reason}); {WAY_OUT}"));
        }
        Err(Failure::NoResult { .. }) if !force => {
            if let Some(strangers) = strangers(folder) {
                return refused(
                    folder,
                    format!(
                        "it holds what is no result of a run ({strangers}); choose another folder with `--output`, or write beside it with `--force`"
                    ),
                );
            }
        }
        Err(Failure::NoResult { .. }) => {}
        Err(other) => return Err(other),
    }
    fs::create_dir_all(folder.join("scenario")).map_err(Failure::create(folder))?;
    Ok(prepared)
}

/// A run that was killed: its manifest says that it is not complete, and no table was written.
fn is_leftover(folder: &Path, found: &Manifest) -> bool {
    !found.complete && found.alternatives.iter().all(|a| a.replications == 0) && !folder.join(super::datapackage::FILE).exists()
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
    // What is asked for may be no more than the charts of what is there.
    let drawn = if found.complete && same {
        "; `rafah report` draws its charts and writes its report from what is there"
    } else {
        ""
    };
    format!(
        "{what} stands there (`{}`, {n} {replications}, seed {}){drawn}; {WAY_OUT}",
        names.join("`, `"),
        found.seed
    )
}

/// Names of what somebody else put into a folder, the first few; none: it is empty or not there.
fn strangers(folder: &Path) -> Option<String> {
    const SHOWN: usize = 3;
    let mut names: Vec<String> = fs::read_dir(folder)
        .ok()?
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name != "scenario" && !is_aside(name))
        .collect();
    names.sort();
    let more = names.len().saturating_sub(SHOWN);
    names.truncate(SHOWN);
    let mut told = (!names.is_empty()).then(|| format!("`{}`", names.join("`, `")))?;
    if more > 0 {
        told.push_str(&format!(" and {more} more"));
    }
    Some(told)
}

/// Whether a file was being written aside when its run was killed.
fn is_aside(name: &str) -> bool {
    name.starts_with(".rafah-") && Path::new(name).extension().is_some_and(|e| e == "part")
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
    for entry in fs::read_dir(folder).map_err(Failure::io(folder))?.flatten() {
        if is_aside(&entry.file_name().to_string_lossy()) {
            remove_file(&entry.path())?;
        }
    }
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
