//! The layers of a scenario: `extends`, sections taken from files, `policy.set`, `--set`.

mod settings;

use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::merge::merge;
use super::node::{Node, Table, Value};
use super::parse::parse;
use super::route::settle;
use crate::scenario::fields;
use crate::scenario::issue::{Issue, Issues, Place, SourceId, Sources};

/// Where files come from: the command line hands over a reader of the disk, tests one of their own.
pub trait Reader {
    /// The text of a file.
    ///
    /// # Errors
    /// As reading a file has them.
    fn read(&self, path: &Path) -> io::Result<String>;
}

/// A scenario as written, all layers laid over each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Its sections.
    pub root: Table,
    /// The folder of each source, to which the paths in it are relative.
    folders: Vec<PathBuf>,
    /// The sources that are data files.
    pub(in crate::scenario) data: Vec<SourceId>,
}

impl Document {
    /// A path that a file names, as the reader takes it.
    pub(in crate::scenario) fn beside(&self, source: SourceId, name: &str) -> PathBuf {
        self.folders
            .get(source.0)
            .map_or_else(|| PathBuf::from(name), |folder| folder.join(name))
    }

    /// Takes in a data file under the path that messages show.
    pub(in crate::scenario) fn add(&mut self, sources: &mut Sources, path: &Path, text: impl Into<Arc<str>>) -> SourceId {
        self.folders.push(folder_of(path));
        sources.add(path.display().to_string(), text)
    }
}

/// What an alternative of a study lays over its scenario.
#[derive(Clone, Debug)]
pub struct Overlay<'a> {
    /// The alternative in a sentence: ``alternative `graduated` ``.
    pub by: &'a str,
    /// The study's file, to which the paths in it are relative.
    pub path: &'a Path,
    /// Its text, in which what follows was written.
    pub text: Arc<str>,
    /// The file of a policy that takes the place of the scenario's.
    pub policy: Option<&'a Node>,
    /// Paths and values, set after those of the policy and before those of the command line.
    pub set: Option<&'a Node>,
}

/// Reads a scenario with all its layers; what is wrong goes to `issues`.
pub(in crate::scenario) fn read(
    path: &Path,
    over: Option<&Overlay>,
    sets: &[(String, String)],
    reader: &dyn Reader,
    sources: &mut Sources,
    issues: &mut Issues,
) -> Document {
    let document = Document {
        root: Table::default(),
        folders: Vec::new(),
        data: Vec::new(),
    };
    let mut layers = Layers {
        reader,
        sources,
        issues,
        document,
        chain: Vec::new(),
    };
    let mut root = layers.file(path, None).unwrap_or_default();
    if layers.issues.has_errors() {
        layers.document.root = root;
        return layers.document;
    }
    let mut settings = over.map(|over| layers.alternative(&mut root, over)).unwrap_or_default();
    settings.extend(sets.iter().filter_map(|(path, value)| layers.command_line(path, value)));
    settings.retain(|setting| !layers.section_set(&mut root, setting));
    let mut all = layers.policy_settings(&mut root);
    all.append(&mut settings);
    layers.apply(&mut root, &all);
    settle(&mut root, layers.issues);
    layers.document.root = root;
    layers.document
}

struct Layers<'a> {
    reader: &'a dyn Reader,
    sources: &'a mut Sources,
    issues: &'a mut Issues,
    document: Document,
    /// The files under way, outermost first.
    chain: Vec<PathBuf>,
}

impl Layers<'_> {
    /// A file with all that it extends and takes in; none: it cannot be read.
    fn file(&mut self, path: &Path, named_at: Option<&Place>) -> Option<Table> {
        let path = tidy(path);
        if let Some(first) = self.chain.iter().position(|p| *p == path) {
            let mut names: Vec<String> = self.chain[first..].iter().map(|p| format!("`{}`", p.display())).collect();
            names.push(names[0].clone());
            let issue = Issue::error(format!("`{}` extends itself", path.display()))
                .label("a cycle")
                .note(names.join(" extends "));
            self.tell(issue, named_at);
            return None;
        }
        let (id, mut table) = self.text(&path, named_at)?;
        if named_at.is_none() && self.is_policy(&table) {
            return None;
        }
        // What follows from a fault of the syntax need not be said.
        if !self.issues.any_in(id) {
            self.format(&table, id, &path);
        }
        if let Some(study) = table.entry("study") {
            let issue = Issue::error("this is a study, expected a scenario").at(&study.key_place);
            self.issues.push(
                issue
                    .note("a study names its scenario: `[study] scenario = \"…\"`")
                    .note("`rafah compare` runs it"),
            );
            return None;
        }
        self.chain.push(path.clone());
        let mut base = Table::default();
        if let Some(extends) = table.remove("extends") {
            for name in self.names(&extends.node) {
                let place = name.place.clone();
                let parent = self.document.beside(place.source, name.as_text().unwrap_or(""));
                if let Some(parent) = self.file(&parent, Some(&place)) {
                    merge(&mut base, parent);
                }
            }
        }
        self.sections(&mut table);
        self.chain.pop();
        for entry in &table.entries {
            // A section chosen by file or process replaces what stood there; merging would leave half of the other.
            if entry.node.place.source != id {
                base.remove(&entry.key);
            }
        }
        merge(&mut base, table);
        Some(base)
    }

    /// A policy on its own, given as if it were a scenario: told in one sentence.
    fn is_policy(&mut self, table: &Table) -> bool {
        let is_policy = |key: &str| key == "policy" || key == "format";
        let Some(policy) = table.entry("policy").filter(|e| e.node.as_table().is_some()) else {
            return false;
        };
        if !table.keys().all(is_policy) {
            return false;
        }
        let issue = Issue::error(
            "this is a policy, not a scenario: `--set policy=FILE` takes it into one, or a scenario with `extends` and `policy = \"…\"`",
        );
        self.issues.push(issue.at(&policy.key_place));
        true
    }

    /// Reads and parses one file.
    fn text(&mut self, path: &Path, named_at: Option<&Place>) -> Option<(SourceId, Table)> {
        match self.reader.read(path) {
            Ok(text) => {
                let id = self.document.add(self.sources, path, text);
                Some((id, parse(self.sources, id, self.issues)))
            }
            Err(error) => {
                let mut issue = unreadable(path, &error).label("named here");
                if self.chain.len() > 1 {
                    let names: Vec<String> = self.chain.iter().map(|p| format!("`{}`", p.display())).collect();
                    issue = issue.note(format!("reached by way of {}", names.join(", then ")));
                }
                if named_at.is_some_and(|place| self.sources.path(place.source) == "--set") {
                    issue = issue.note("on the command line paths are relative to the working directory");
                }
                self.tell(issue, named_at);
                None
            }
        }
    }

    fn tell(&mut self, issue: Issue, place: Option<&Place>) {
        self.issues.push(match place {
            Some(place) => issue.at(place),
            None => Issue {
                label: String::new(),
                ..issue
            },
        });
    }

    fn format(&mut self, table: &Table, id: SourceId, path: &Path) {
        if let Some(issue) = format_fault(table, id, path) {
            self.issues.push(issue);
        }
    }

    /// A file name or an array of them.
    fn names(&mut self, node: &Node) -> Vec<Node> {
        let items = match &node.value {
            Value::Array(items) => items.clone(),
            _ => vec![node.clone()],
        };
        items.into_iter().filter(|item| self.is_file_name(item)).collect()
    }

    fn is_file_name(&mut self, item: &Node) -> bool {
        if item.as_text().is_none() {
            self.issues
                .push(Issue::error(format!("expected the name of a file, found {}", item.described())).at(&item.place));
        }
        item.as_text().is_some()
    }

    /// Sections such as `policy = "policies/graduated.toml"`.
    fn sections(&mut self, table: &mut Table) {
        for entry in &mut table.entries {
            if fields::is_section(&entry.key)
                && entry.node.as_text().is_some()
                && let Some(node) = self.section(&entry.key, &entry.node)
            {
                entry.node = node;
            }
        }
        // What could not be read is no text in place of a table: that was told.
        table
            .entries
            .retain(|e| !(fields::is_section(&e.key) && e.node.as_text().is_some()));
    }

    /// The table of this name from the file that a node names.
    fn section(&mut self, key: &str, name: &Node) -> Option<Node> {
        let path = tidy(&self.document.beside(name.place.source, name.as_text()?));
        let (id, mut table) = self.text(&path, Some(&name.place))?;
        self.format(&table, id, &path);
        for entry in table.entries.iter().filter(|e| e.key != "format" && e.key != key) {
            let issue = Issue::error(format!("unknown key `{}` in a file that is taken as `{key}`", entry.key)).at(&entry.key_place);
            self.issues.push(issue.label(format!("expected `format = 1` and `[{key}]` only")));
        }
        let found = table.remove(key).map(|e| e.node);
        if found.is_none() {
            let issue = Issue::error(format!("`{}` has no `[{key}]`", path.display()))
                .at(&name.place)
                .label("taken from here");
            self.issues.push(issue);
        }
        found
    }
}

/// A file that cannot be read, and why.
pub(crate) fn unreadable(path: &Path, error: &io::Error) -> Issue {
    let why = match error.kind() {
        io::ErrorKind::NotFound => "no such file".to_owned(),
        io::ErrorKind::InvalidData => NOT_UTF8.to_owned(),
        _ => error.to_string(),
    };
    Issue::error(format!("cannot read `{}`: {why}", path.display()))
}

/// Every file begins with `format = 1`; what is wrong where one does not.
pub(crate) fn format_fault(table: &Table, id: SourceId, path: &Path) -> Option<Issue> {
    match table.get("format") {
        Some(node) if matches!(node.value, Value::Whole(1)) => None,
        Some(node) => {
            let issue = Issue::error(format!("expected `format = 1`, found {}", node.described())).at(&node.place);
            Some(
                issue
                    .label("this program reads format 1")
                    .fix("write `format = 1`", &node.place, "1"),
            )
        }
        None => {
            let start = Place { source: id, span: 0..0 };
            let issue = Issue::error(format!("`{}` does not say its format", path.display())).at(&start);
            Some(
                issue
                    .label("expected `format = 1` here")
                    .fix("begin the file with `format = 1`", &start, "format = 1\n"),
            )
        }
    }
}

/// What to do with a text in another encoding.
pub(in crate::scenario) const NOT_UTF8: &str =
    "it is not text in UTF-8; save it with that encoding (spreadsheets: \"CSV UTF-8\", or character set \"Unicode (UTF-8)\")";

fn folder_of(path: &Path) -> PathBuf {
    path.parent().map(Path::to_path_buf).unwrap_or_default()
}

/// Without `.` and without `x/..`, so that one file has one name.
fn tidy(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(out.components().next_back(), Some(Component::Normal(_))) => {
                out.pop();
            }
            _ => out.push(part),
        }
    }
    out
}
