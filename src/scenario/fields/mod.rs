//! The language, as tables: one row a key. Decoding, JSON Schema, defaults, `--set` and the reference follow from these rows.

#![expect(clippy::result_large_err, reason = "a fault is made once and told at once: its size costs nothing")]

mod arrivals;
mod corridor;
mod crossing;
mod developments;
mod kind;
mod security;
mod supply;
mod world;

pub(crate) use kind::{Field, Kind, Need, Of, Process, Rest, Section, Unit, article, default, optional, required};
pub(super) use world::ROOT;

use super::document::{EVIDENCE_KEYS, Node, ParameterPath, Table};
use super::issue::{Issue, nearest};
use crate::calendar::parse_days;

/// Whether a top-level key is a section, which may be taken from a file.
pub(super) fn is_section(key: &str) -> bool {
    ROOT.field(key).is_some_and(|f| matches!(f.kind, Kind::Table(_) | Kind::Named(..)))
}

/// Whether a path leads to a parameter of the language, and names things that exist in the document.
pub(super) fn check_path(root: &Table, path: &ParameterPath) -> Result<(), Issue> {
    check_in(&Kind::Table(&ROOT), None, Some(root), &path.0, path)
}

fn check_in(kind: &Kind, node: Option<&Node>, table: Option<&Table>, keys: &[String], path: &ParameterPath) -> Result<(), Issue> {
    let Some((key, rest)) = keys.split_first() else { return Ok(()) };
    if let Some(evidence) = table.filter(|t| t.is_evidence()) {
        if key == "value" || EVIDENCE_KEYS.contains(&key.as_str()) {
            return Ok(());
        }
        let inner = evidence.get("value");
        return check_in(kind, inner, inner.and_then(Node::as_table), keys, path);
    }
    let next = table.and_then(|t| t.get(key));
    let descend = |kind: &Kind| check_in(kind, next, next.and_then(Node::as_table), rest, path);
    match kind {
        Kind::Table(section) => match section.kind_of(key) {
            Some(kind) => descend(kind),
            None => Err(unknown(path, key, section.keys())),
        },
        Kind::Process(process) => {
            let name = table.and_then(|t| t.get("process")).and_then(Node::as_text).unwrap_or("");
            match process.case(name) {
                _ if key == "process" => Ok(()),
                Some(section) => match section.kind_of(key) {
                    Some(kind) => descend(kind),
                    None => Err(unknown(path, key, section.keys())),
                },
                None => Ok(()),
            }
        }
        Kind::Named(of, section) => {
            if next.is_none() && !rest.is_empty() {
                return Err(unknown_name(path, *of, key, table));
            }
            descend(&Kind::Table(section))
        }
        Kind::NamedProcess(of, process) => {
            if next.is_none() && !rest.is_empty() {
                return Err(unknown_name(path, *of, key, table));
            }
            descend(&Kind::Process(process))
        }
        Kind::Map(_, kind) => descend(kind),
        Kind::Either(kinds) => {
            let mut last = Ok(());
            for kind in kinds.iter().filter(|k| k.takes_table()) {
                last = check_in(kind, node, table, keys, path);
                if last.is_ok() {
                    return last;
                }
            }
            last
        }
        Kind::Array(kind) => {
            let item = node
                .and_then(Node::as_array)
                .and_then(|items| items.get(key.parse::<usize>().ok()?.checked_sub(1)?));
            check_in(kind, item, item.and_then(Node::as_table), rest, path)
        }
        // A key that does not fit the law is told when the law is read; one inside a plain value when it is set.
        _ => Ok(()),
    }
}

/// The paths of the language, over the names that the document gives, whose last keys are these.
pub(super) fn paths_ending_in(root: &Table, keys: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    gather_ending(&Kind::Table(&ROOT), Some(root), &ParameterPath::default(), keys, &mut found);
    found
}

fn gather_ending(kind: &Kind, table: Option<&Table>, path: &ParameterPath, keys: &[String], found: &mut Vec<String>) {
    let ends = |path: &ParameterPath| path.0.len() > keys.len() && path.0.ends_with(keys);
    let mut descend = |key: &str, kind: &Kind| {
        let inner = path.join(key);
        if ends(&inner) && !found.contains(&inner.to_string()) {
            found.push(inner.to_string());
        }
        let next = table.and_then(|t| t.get(key)).map(Node::bare).and_then(Node::as_table);
        gather_ending(kind, next, &inner, keys, found);
    };
    match kind {
        Kind::Table(section) => section.fields.iter().for_each(|field| descend(field.key, &field.kind)),
        Kind::Process(process) => {
            let name = table.and_then(|t| t.get("process")).and_then(Node::as_text).unwrap_or("");
            if let Some(section) = process.case(name) {
                section.fields.iter().for_each(|field| descend(field.key, &field.kind));
            }
        }
        Kind::Named(_, section) => table
            .into_iter()
            .flat_map(Table::keys)
            .for_each(|name| descend(name, &Kind::Table(section))),
        Kind::NamedProcess(_, process) => table
            .into_iter()
            .flat_map(Table::keys)
            .for_each(|name| descend(name, &Kind::Process(process))),
        Kind::Either(kinds) => kinds
            .iter()
            .filter(|k| k.takes_table())
            .for_each(|kind| gather_ending(kind, table, path, keys, found)),
        _ => {}
    }
}

fn unknown<'a>(path: &ParameterPath, key: &str, known: impl Iterator<Item = &'a str> + Clone) -> Issue {
    let issue = Issue::error(format!("no parameter is called `{path}`"));
    match nearest(key, known.clone()) {
        Some(near) => issue.label(format!("`{key}`: did you mean `{near}`?")),
        None => issue
            .label(format!("`{key}` is unknown"))
            .note(format!("known here: {}", known.collect::<Vec<_>>().join(", "))),
    }
}

fn unknown_name(path: &ParameterPath, of: Of, key: &str, table: Option<&Table>) -> Issue {
    let names: Vec<&str> = table.map(|t| t.keys().collect()).unwrap_or_default();
    let issue = Issue::error(format!("no parameter is called `{path}`"));
    match nearest(key, names.iter().copied()) {
        Some(near) => issue.label(format!("no {} is called `{key}`: did you mean `{near}`?", of.word())),
        None if names.is_empty() => issue.label(format!("this scenario has no {}", of.word())),
        None => issue
            .label(format!("no {} is called `{key}`", of.word()))
            .note(format!("there are: {}", names.join(", "))),
    }
}

/// Whether a key names days.
pub(super) fn is_days(key: &str) -> bool {
    parse_days(key).is_ok()
}
