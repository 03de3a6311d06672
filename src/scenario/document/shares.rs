//! Shares that must sum to 1: one that is set keeps its value, the others of its set are scaled.

use super::node::{Entry, Node, Table, Value};
use super::path::ParameterPath;
use crate::scenario::issue::alternatives;

/// Where sets of shares stand: `*` is any name, `+` the member of the set.
const SETS: [&str; 10] = [
    "organisation.+.share",
    "organisation.*.cargo.+",
    "security.incidents.severity.+.share",
    "security.incidents.regime.*.to.+",
    "convoy.*.cargo.+",
    "convoy.*.organisation.+",
    "hub.*.cargo.+",
    "hub.*.organisation.+",
    // The answers to a request: a plain number, or tables with a `probability`.
    "escort.*.clearance.+",
    "escort.*.clearance.+.probability",
];

/// Scales the shares beside those that were changed.
pub(super) fn rescale(root: &mut Table, changed: &[&ParameterPath]) {
    let mut done: Vec<Vec<String>> = Vec::new();
    for path in changed {
        let keys: Vec<&str> = path.0.iter().map(String::as_str).filter(|k| *k != "value").collect();
        let Some((pattern, at)) = SETS.iter().find_map(|p| member_of(p, &keys)) else {
            continue;
        };
        let prefix: Vec<String> = keys[..at].iter().map(|k| (*k).to_owned()).collect();
        let suffix: Vec<&str> = if pattern[0] == "escort" {
            vec!["probability"]
        } else {
            pattern[at + 1..].to_vec()
        };
        if done.contains(&prefix) {
            continue;
        }
        let fixed: Vec<String> = changed
            .iter()
            .filter(|p| p.0.len() > at && p.0[..at] == prefix[..])
            .map(|p| p.0[at].clone())
            .collect();
        scale_set(root, &prefix, &suffix, &fixed);
        done.push(prefix);
    }
}

/// Where in the keys the member of a set stands, if the keys match the pattern.
fn member_of<'p>(pattern: &'p str, keys: &[&str]) -> Option<(Vec<&'p str>, usize)> {
    let parts: Vec<&str> = pattern.split('.').collect();
    let fits = parts.len() == keys.len() && parts.iter().zip(keys).all(|(p, k)| *p == "*" || *p == "+" || p == k);
    let at = parts.iter().position(|p| *p == "+")?;
    fits.then_some((parts, at))
}

fn scale_set(root: &mut Table, prefix: &[String], suffix: &[&str], fixed: &[String]) {
    let mut table = root;
    for key in prefix {
        let Some(Node {
            value: Value::Table(inner),
            ..
        }) = table.get_mut(key)
        else {
            return;
        };
        table = inner;
    }
    let (mut kept, mut free) = (0.0, 0.0);
    for entry in &mut table.entries {
        let is_fixed = fixed.contains(&entry.key);
        let Some(share) = share_of(&mut entry.node, suffix).and_then(|node| node.as_number()) else {
            return;
        };
        if is_fixed { kept += share } else { free += share }
    }
    // Nothing to scale, or nothing that scaling could mend: the sum is then told.
    if !(0.0..=1.0).contains(&kept) || free <= 0.0 {
        return;
    }
    let factor = (1.0 - kept) / free;
    if (factor - 1.0).abs() < 1e-12 {
        return;
    }
    for entry in table.entries.iter_mut().filter(|e| !fixed.contains(&e.key)) {
        if let Some(node) = share_of(&mut entry.node, suffix)
            && let Some(share) = node.as_number()
        {
            // To a digit that people can read; the sum is mended when the shares are divided by it.
            node.value = Value::Real((share * factor * 1e12).round() / 1e12);
        }
        say_scaled(&mut entry.node, suffix, fixed);
    }
}

fn share_of<'a>(node: &'a mut Node, suffix: &[&str]) -> Option<&'a mut Node> {
    let mut node = node;
    for key in suffix {
        if !is_plain_table(node) {
            break;
        }
        let Value::Table(table) = &mut node.value else { return None };
        node = table.get_mut(key)?;
    }
    if node.as_table().is_some_and(Table::is_evidence) {
        let Value::Table(table) = &mut node.value else { return None };
        return table.get_mut("value");
    }
    Some(node)
}

/// Whether a share lies inside it, rather than being it.
fn is_plain_table(node: &Node) -> bool {
    node.as_table().is_some_and(|t| !t.is_evidence())
}

/// What was scaled is no longer what its source says.
fn say_scaled(node: &mut Node, suffix: &[&str], fixed: &[String]) {
    let mut node = node;
    for key in suffix {
        if !is_plain_table(node) {
            break;
        }
        let Value::Table(table) = &mut node.value else { return };
        let Some(inner) = table.get_mut(key) else { return };
        node = inner;
    }
    let place = node.place.clone();
    let entry = |key: &str, value: Value| Entry {
        key: key.to_owned(),
        key_place: place.clone(),
        node: Node {
            value,
            place: place.clone(),
        },
    };
    let names = alternatives(fixed.iter().map(String::as_str), "and").replace('`', "");
    let why = format!("scaled, since {names} {} set", if fixed.len() == 1 { "was" } else { "were" });
    let entries = vec![entry("value", node.bare().value.clone()), entry("assumption", Value::Text(why))];
    node.value = Value::Table(Table { entries });
}
