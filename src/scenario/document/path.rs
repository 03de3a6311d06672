//! Paths of parameters: `stage.scan.lanes`, `policy.response.major.for.mean`, `policy.reopening.1.capacity`.

use std::fmt;

use super::node::{EVIDENCE_KEYS, Entry, Node, Table, Value};
use crate::calendar::parse_days;
use crate::scenario::issue::Place;
use crate::time::Duration;
use crate::units::{DailyTonnes, Rate};

/// A parameter's place in the file. Elements of arrays are counted from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct ParameterPath(pub Vec<String>);

impl ParameterPath {
    /// Reads a path; a key that holds a point is written in quotes.
    ///
    /// # Errors
    /// A sentence that says what is wrong with it.
    pub fn parse(text: &str) -> Result<ParameterPath, String> {
        let mut keys = Vec::new();
        let mut rest = text.trim();
        loop {
            let (key, after) = match rest.strip_prefix(['"', '\'']) {
                Some(quoted) => quoted
                    .split_once(['"', '\''])
                    .ok_or_else(|| format!("a quote is not closed in the path `{text}`"))?,
                None => rest.find('.').map_or((rest, ""), |i| (&rest[..i], &rest[i..])),
            };
            if key.trim().is_empty() {
                return Err(format!("expected a path such as `stage.scan.lanes`, found `{text}`"));
            }
            keys.push(key.trim().to_owned());
            if after.is_empty() {
                return Ok(ParameterPath(keys));
            }
            rest = after
                .strip_prefix('.')
                .ok_or_else(|| format!("expected a point after `{key}` in the path `{text}`"))?;
        }
    }

    /// The path of something inside.
    #[must_use]
    pub fn join(&self, key: &str) -> ParameterPath {
        let mut keys = self.0.clone();
        keys.push(key.to_owned());
        ParameterPath(keys)
    }
}

impl fmt::Display for ParameterPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, key) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str(".")?;
            }
            if key.contains('.') {
                write!(f, "\"{key}\"")?;
            } else {
                f.write_str(key)?;
            }
        }
        Ok(())
    }
}

/// What stands at a path; evidence is looked through.
pub fn get<'a>(root: &'a Table, path: &ParameterPath) -> Option<&'a Node> {
    let (first, rest) = path.0.split_first()?;
    let mut node = entry_of(root, first)?;
    for key in rest {
        node = match &node.value {
            Value::Table(table) if table.has(key) => table.get(key)?,
            _ => match &node.bare().value {
                Value::Table(table) => entry_of(table, key)?,
                Value::Array(items) => items.get(key.parse::<usize>().ok()?.checked_sub(1)?)?,
                _ => return None,
            },
        };
    }
    Some(node)
}

/// The value of a key; a day is found inside the range that names it.
fn entry_of<'a>(table: &'a Table, key: &str) -> Option<&'a Node> {
    table.get(key).or_else(|| {
        let days = parse_days(key).ok()?;
        table
            .entries
            .iter()
            .find(|e| parse_days(&e.key).is_ok_and(|all| days.iter().all(|d| all.contains(d))))
            .map(|e| &e.node)
    })
}

/// A value to put at a path.
#[derive(Clone, Debug)]
pub(in crate::scenario) struct Setting {
    pub path: ParameterPath,
    /// Where the path was written.
    pub place: Place,
    pub node: Node,
    /// Who says so, for the evidence: "set by --set".
    pub by: String,
}

/// Puts a value at a path. Through an evidence wrapper the range is kept where it holds the new value.
pub(in crate::scenario) fn set(root: &mut Table, setting: &Setting) -> Result<(), String> {
    set_in(root, &setting.path.0, setting, 0)
}

fn set_in(table: &mut Table, keys: &[String], setting: &Setting, depth: usize) -> Result<(), String> {
    let Some((key, rest)) = keys.split_first() else { return Ok(()) };
    if rest.is_empty() {
        put(table, key, setting);
        return Ok(());
    }
    if table.get(key).is_none() && entry_of(table, key).is_none() {
        let empty = Node {
            value: Value::Table(Table::default()),
            place: setting.place.clone(),
        };
        table.entries.push(Entry {
            key: key.clone(),
            key_place: setting.place.clone(),
            node: empty,
        });
    }
    let Some(node) = table.get_mut(key) else {
        return Err(format!("`{key}` holds no keys"));
    };
    set_node(node, rest, setting, depth + 1)
}

fn set_node(node: &mut Node, keys: &[String], setting: &Setting, depth: usize) -> Result<(), String> {
    let described = node.described();
    let here = || ParameterPath(setting.path.0[..depth].to_vec());
    match &mut node.value {
        Value::Table(table)
            if table.is_evidence() && !(keys.len() == 1 && (EVIDENCE_KEYS.contains(&keys[0].as_str()) || keys[0] == "value")) =>
        {
            match table.get_mut("value") {
                Some(inner) => set_node(inner, keys, setting, depth),
                None => Ok(()),
            }
        }
        Value::Table(table) => set_in(table, keys, setting, depth),
        Value::Array(items) => {
            let count = items.len();
            let slot = keys[0]
                .parse::<usize>()
                .ok()
                .and_then(|n| n.checked_sub(1))
                .and_then(|i| items.get_mut(i));
            match slot {
                None => Err(format!("`{}` has elements 1 to {count}, not `{}`", here(), keys[0])),
                Some(item) if keys.len() == 1 => {
                    *item = replaced(Some(item), setting);
                    Ok(())
                }
                Some(item) => set_node(item, &keys[1..], setting, depth + 1),
            }
        }
        _ => Err(format!("`{}` is {described}, which has no `{}`", here(), keys[0])),
    }
}

fn put(table: &mut Table, key: &str, setting: &Setting) {
    let entry = Entry {
        key: key.to_owned(),
        key_place: setting.place.clone(),
        node: replaced(table.get(key), setting),
    };
    put_days(table, entry);
}

/// Adds an entry; where its key names days, these days are taken out of the ranges that named them before.
pub(super) fn put_days(table: &mut Table, entry: Entry) {
    if table.has(&entry.key) {
        table.put(entry);
        return;
    }
    if let Ok(days) = parse_days(&entry.key) {
        let old = std::mem::take(&mut table.entries);
        for e in old {
            match parse_days(&e.key) {
                Ok(had) if had.iter().any(|d| days.contains(d)) => {
                    for d in had.iter().filter(|d| !days.contains(d)) {
                        table.entries.push(Entry {
                            key: crate::calendar::DAY_NAMES[*d].to_owned(),
                            ..e.clone()
                        });
                    }
                }
                _ => table.entries.push(e),
            }
        }
    }
    table.entries.push(entry);
}

fn replaced(old: Option<&Node>, setting: &Setting) -> Node {
    let new = &setting.node;
    let Some(Value::Table(evidence)) = old.map(|n| &n.value).filter(|v| matches!(v, Value::Table(t) if t.is_evidence())) else {
        return new.clone();
    };
    if new.as_table().is_some_and(|t| t.is_evidence() || t.is_law_or_process()) {
        return new.clone();
    }
    let mut table = Table::default();
    table.put(Entry {
        key: "value".to_owned(),
        key_place: setting.place.clone(),
        node: new.clone(),
    });
    if let Some(range) = evidence.entry("range").filter(|e| range_holds(new, &e.node) == Some(true)) {
        table.put(range.clone());
    }
    let by = Node {
        value: Value::Text(setting.by.clone()),
        place: setting.place.clone(),
    };
    table.put(Entry {
        key: "assumption".to_owned(),
        key_place: setting.place.clone(),
        node: by,
    });
    Node {
        value: Value::Table(table),
        place: new.place.clone(),
    }
}

/// A quantity as a number, in the base unit of its kind; none: it is no quantity.
pub(in crate::scenario) fn magnitude(node: &Node) -> Option<f64> {
    node.as_number().or_else(|| {
        let text = node.as_text()?;
        None.or_else(|| Duration::parse(text).ok().map(|d| d.0 as f64))
            .or_else(|| Rate::parse(text).ok().map(|r| r.per_hour))
            .or_else(|| DailyTonnes::parse(text).ok().map(|t| t.0))
    })
}

/// Whether a range `[least, greatest]` holds a value; none: they cannot be compared.
pub(in crate::scenario) fn range_holds(value: &Node, range: &Node) -> Option<bool> {
    let [least, greatest] = range.as_array()? else { return None };
    let (low, high, x) = (magnitude(least)?, magnitude(greatest)?, magnitude(value.bare())?);
    Some(low <= x && x <= high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::document::parse::{parse, parse_value};
    use crate::scenario::issue::{Issues, SourceId, Sources};

    fn table(text: &str) -> Table {
        let mut sources = Sources::default();
        let id = sources.add("t.toml", text);
        parse(&sources, id, &mut Issues::default())
    }

    fn setting(path: &str, value: &str) -> Setting {
        let place = Place {
            source: SourceId(1),
            span: 0..path.len(),
        };
        let node = parse_value(value, SourceId(1), path.len() + 1).unwrap();
        Setting {
            path: ParameterPath::parse(path).unwrap(),
            place,
            node,
            by: "set by --set".to_owned(),
        }
    }

    #[test]
    fn paths_are_read_and_written() {
        for text in ["stage.scan.lanes", "a.\"b.c\".d", "calendar.crossing.sun-thu"] {
            assert_eq!(ParameterPath::parse(text).unwrap().to_string(), text);
        }
        assert!(ParameterPath::parse("stage..lanes").is_err());
        assert!(ParameterPath::parse("").is_err());
    }

    #[test]
    fn a_value_is_set_through_its_evidence() {
        let mut root = table("[stage.scan]\nlanes = { value = 3, range = [2, 5], source = \"x\" }\n");
        let path = ParameterPath::parse("stage.scan.lanes").unwrap();
        set(&mut root, &setting("stage.scan.lanes", "4")).unwrap();
        let wrapped = get(&root, &path).unwrap().as_table().unwrap().clone();
        assert_eq!(wrapped.get("value").unwrap().as_number(), Some(4.0));
        assert!(wrapped.has("range") && !wrapped.has("source") && wrapped.has("assumption"));
        set(&mut root, &setting("stage.scan.lanes", "9")).unwrap();
        assert!(!get(&root, &path).unwrap().as_table().unwrap().has("range"));
    }

    #[test]
    fn a_day_is_taken_out_of_its_range() {
        let mut root = table("[calendar.c]\nsun-tue = \"08:00-16:00\"\n");
        set(&mut root, &setting("calendar.c.mon", "\"closed\"")).unwrap();
        let keys: Vec<&str> = root
            .get("calendar")
            .and_then(|n| n.as_table()?.get("c"))
            .unwrap()
            .as_table()
            .unwrap()
            .keys()
            .collect();
        assert_eq!(keys, ["sun", "tue", "mon"]);
    }

    #[test]
    fn elements_of_arrays_are_counted_from_one() {
        let mut root = table("a = [{ x = 1 }, { x = 2 }]\n");
        set(&mut root, &setting("a.2.x", "7")).unwrap();
        assert_eq!(get(&root, &ParameterPath::parse("a.2.x").unwrap()).unwrap().as_number(), Some(7.0));
        assert!(set(&mut root, &setting("a.3.x", "7")).is_err());
        assert_eq!(
            set(&mut root, &setting("a.1.x.y", "7")).unwrap_err(),
            "`a.1.x` is the number 1, which has no `y`"
        );
    }
}
