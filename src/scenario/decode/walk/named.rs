//! Names on the walk: tables whose keys the scenario chooses, and values that mean one of them.

use super::{Walk, join};
use crate::scenario::decode::fit::unexpected;
use crate::scenario::decode::names::end;
use crate::scenario::document::{Entry, Node};
use crate::scenario::fields::{Kind, Of, article};
use crate::scenario::issue::{Issue, Place, did_you_mean, nearest};
use crate::scenario::world::End;

impl Walk<'_> {
    pub(super) fn named(&mut self, node: &Node, kind: &Kind, of: Of, path: &str, mut inner: impl FnMut(&mut Self, &Node, &str)) {
        let Some(table) = node.as_table() else {
            self.issues.push(unexpected(node, kind));
            return;
        };
        for entry in &table.entries {
            let path = join(path, &entry.key);
            if matches!(of, Of::Stage | Of::Escort) && End::ALL.iter().any(|e| e.name() == entry.key) {
                let issue =
                    Issue::error(format!("{} {} cannot be called `{}`", article(of.word()), of.word(), entry.key)).at(&entry.key_place);
                self.issues.push(
                    issue
                        .label("the name of an end")
                        .note("`next` and `to` could not tell the two apart"),
                );
            }
            if matches!(of, Of::Stage | Of::Escort | Of::Hub) && ["held", "quota"].contains(&entry.key.as_str()) {
                let issue = Issue::error(format!("{} {} cannot be called `{}`", article(of.word()), of.word(), entry.key));
                self.issues.push(
                    issue
                        .at(&entry.key_place)
                        .label("results use this name for trucks that wait before the first stage"),
                );
            }
            if of == Of::Calendar && entry.key == "always" {
                self.issues.push(
                    Issue::error("a calendar cannot be called `always`")
                        .at(&entry.key_place)
                        .label("built in: open at all times"),
                );
            }
            if entry.node.as_table().is_none() {
                let what = of.word();
                let issue = Issue::error(format!(
                    "expected a table for {} {what}, found {}",
                    article(what),
                    entry.node.described()
                ));
                let holder = path.rsplit_once('.').map_or("", |(holder, _)| holder);
                self.issues.push(
                    issue
                        .at(&entry.node.place)
                        .label(format!("`{holder}` holds a table for each {what}: `[{holder}.NAME]`")),
                );
                continue;
            }
            let before = self.issues.len();
            inner(self, &entry.node, &path);
            // A child file that misspells a name begins something new, in which all is missing.
            let elsewhere = |e: &&Entry| e.key_place.source != entry.key_place.source;
            let others = table.entries.iter().filter(elsewhere).map(|e| e.key.as_str());
            if self.issues.len() > before
                && let Some(near) = nearest(&entry.key, others)
            {
                let note = format!(
                    "did you mean `{near}`? It is in the file that this one extends; `{}` begins a new {}",
                    entry.key,
                    of.word()
                );
                self.issues.note_missing_since(before, &note);
            } else if self.issues.len() > before && of == Of::Escort {
                // Parts of an escort have headers of their own: one misspelt begins another escort.
                let others = table.keys().filter(|key| *key != entry.key);
                if let Some(near) = nearest(&entry.key, others) {
                    let note = format!("did you mean `{near}`? `{}` begins a new escort", entry.key);
                    self.issues.note_missing_since(before, &note);
                }
            }
        }
    }

    pub(super) fn map(&mut self, node: &Node, kind: &Kind, of: Of, inner: &Kind, path: &str) {
        let Some(table) = node.as_table() else {
            self.issues.push(unexpected(node, kind));
            return;
        };
        for entry in &table.entries {
            if !self.names.known(of).contains(&entry.key) {
                self.unknown_name(&entry.key, of, &entry.key_place, false);
            }
            self.value(&entry.node, inner, &join(path, &entry.key));
        }
    }

    /// No such name: the nearest, or all that there are.
    pub(in crate::scenario::decode) fn unknown_name(&mut self, name: &str, of: Of, place: &Place, quoted: bool) {
        let word = of.word();
        let known = self.names.known(of);
        let issue = Issue::error(format!("no {word} is called `{name}`")).at(place);
        self.issues.push(match nearest(name, known.iter().map(String::as_str)) {
            Some(near) => did_you_mean(issue, near, place, quoted),
            None if known.is_empty() => issue.note(format!("this scenario has no {word}")),
            None => issue.note(format!("there are: {}", known.join(", "))),
        });
    }

    pub(super) fn name(&mut self, node: &Node, of: Of, kind: &Kind) {
        match node.as_text() {
            None => self.issues.push(unexpected(node, kind)),
            Some("always") if of == Of::Calendar => {}
            Some(name) if self.names.index(of, name).is_some() => {}
            Some(name) => self.unknown_name(name, of, &node.place, true),
        }
    }

    pub(super) fn target(&mut self, node: &Node) {
        let Some(name) = node.as_text() else {
            self.issues.push(unexpected(node, &Kind::Target));
            return;
        };
        if self.names.stage(name).is_some() || end(name).is_some() {
            return;
        }
        let issue = Issue::error(format!("no stage or end is called `{name}`")).at(&node.place);
        let ends = ["delivered", "rejected", "returned"];
        let known = self
            .names
            .stages
            .iter()
            .map(String::as_str)
            .chain(End::ALL.iter().map(|e| e.name()));
        self.issues.push(match nearest(name, known) {
            Some(near) => did_you_mean(issue, near, &node.place, true),
            None => issue.note(format!(
                "stages: {}; ends: {} and others",
                self.names.stages.join(", "),
                ends.join(", ")
            )),
        });
    }
}
