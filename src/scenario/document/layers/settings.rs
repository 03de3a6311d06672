//! Settings: those of the command line and those of a policy.

use std::path::Path;

use super::{Layers, Overlay};
use crate::scenario::document::node::{Entry, Node, Table, Value};
use crate::scenario::document::parse::parse_value;
use crate::scenario::document::path::{ParameterPath, Setting, set};
use crate::scenario::document::shares::rescale;
use crate::scenario::fields;
use crate::scenario::issue::{Issue, Place, alternatives};

impl Layers<'_> {
    /// A `--set PATH=VALUE`: the value is TOML where it can be, else text.
    pub(super) fn command_line(&mut self, path: &str, value: &str) -> Option<Setting> {
        let id = self.document.add(self.sources, Path::new("--set"), format!("{path}={value}"));
        let place = Place {
            source: id,
            span: 0..path.len(),
        };
        let parsed = match ParameterPath::parse(path) {
            Ok(parsed) => parsed,
            Err(why) => {
                self.issues.push(Issue::error(why).at(&place));
                return None;
            }
        };
        let offset = path.len() + 1;
        let text = Node {
            value: Value::Text(value.to_owned()),
            place: Place {
                source: id,
                span: offset..offset + value.len(),
            },
        };
        let node = parse_value(value, id, offset).unwrap_or(text);
        Some(Setting {
            path: parsed,
            place,
            node,
            by: "set on the command line".to_owned(),
        })
    }

    /// What an alternative of a study says: its policy takes the place of the scenario's at once, its settings are given back.
    pub(super) fn alternative(&mut self, root: &mut Table, over: &Overlay) -> Vec<Setting> {
        let id = self.document.add(self.sources, over.path, over.text.clone());
        let by = format!("set in {}", over.by);
        if let Some(policy) = over.policy {
            let node = policy.moved(id);
            let setting = Setting {
                path: ParameterPath(vec!["policy".to_owned()]),
                place: node.place.clone(),
                node,
                by: by.clone(),
            };
            self.section_set(root, &setting);
        }
        let mut found = Vec::new();
        if let Some(node) = over.set.map(|set| set.moved(id))
            && let Some(table) = node.as_table()
        {
            self.gather(table, &ParameterPath::default(), &by, &mut found);
        }
        found
    }

    /// `--set policy=policies/graduated.toml` takes the section from a file, before all other settings.
    pub(super) fn section_set(&mut self, root: &mut Table, setting: &Setting) -> bool {
        let [key] = setting.path.0.as_slice() else { return false };
        if !fields::is_section(key) || setting.node.as_text().is_none() {
            return false;
        }
        if let Some(node) = self.section(key, &setting.node) {
            root.put(Entry {
                key: key.clone(),
                key_place: setting.place.clone(),
                node,
            });
        }
        true
    }

    /// What the policy sets; a path in quotes is one key, tables inside are followed.
    pub(super) fn policy_settings(&mut self, root: &mut Table) -> Vec<Setting> {
        let Some(Node {
            value: Value::Table(policy),
            ..
        }) = root.get_mut("policy")
        else {
            return Vec::new();
        };
        let Some(entry) = policy.remove("set") else { return Vec::new() };
        let name = policy
            .get("name")
            .and_then(Node::as_text)
            .map_or_else(|| "the policy".to_owned(), |n| format!("policy `{n}`"));
        let mut found = Vec::new();
        match &entry.node.value {
            Value::Table(table) => self.gather(table, &ParameterPath::default(), &format!("set by {name}"), &mut found),
            _ => self.issues.push(
                Issue::error(format!("expected a table of paths and values, found {}", entry.node.described()))
                    .at(&entry.node.place)
                    .note("such as set = { \"stage.scan.lanes\" = 3 }"),
            ),
        }
        found
    }

    fn gather(&mut self, table: &Table, prefix: &ParameterPath, by: &str, found: &mut Vec<Setting>) {
        for entry in &table.entries {
            let own = match ParameterPath::parse(&entry.key) {
                Ok(own) => own,
                Err(why) => {
                    self.issues.push(Issue::error(why).at(&entry.key_place));
                    continue;
                }
            };
            let path = own.0.iter().fold(prefix.clone(), |path, key| path.join(key));
            match entry.node.as_table() {
                Some(inner) if own.0.len() == 1 && !inner.is_law_or_process() && !inner.is_evidence() => {
                    self.gather(inner, &path, by, found);
                }
                _ => found.push(Setting {
                    path,
                    place: entry.key_place.clone(),
                    node: entry.node.clone(),
                    by: by.to_owned(),
                }),
            }
        }
    }

    /// Puts the settings in their places, in order, then scales the shares beside those that were set.
    pub(super) fn apply(&mut self, root: &mut Table, settings: &[Setting]) {
        for setting in settings {
            let checked = fields::check_path(root, &setting.path).map_err(|issue| elsewhere(issue, root, &setting.path));
            let outcome = checked.and_then(|()| set(root, setting).map_err(Issue::error));
            if let Err(issue) = outcome {
                let issue = if setting.by.starts_with("set by") {
                    issue.note(setting.by.replacen("set by", "this path is set by", 1))
                } else {
                    issue
                };
                self.issues.push(issue.at(&setting.place));
            }
        }
        let changed: Vec<&ParameterPath> = settings.iter().map(|s| &s.path).collect();
        rescale(root, &changed);
    }
}

/// A path that is unknown as it stands may be the end of known ones: `scan.lanes` of `stage.scan.lanes`.
fn elsewhere(issue: Issue, root: &Table, path: &ParameterPath) -> Issue {
    const SHOWN: usize = 4;
    let found = fields::paths_ending_in(root, &path.0);
    if found.is_empty() || found.len() > SHOWN {
        return issue;
    }
    Issue {
        notes: Vec::new(),
        ..issue.label(format!("did you mean {}?", alternatives(found.iter().map(String::as_str), "or")))
    }
}
