//! A study as written: the values of its keys with their places, and what is wrong with them by themselves.

use super::fields::ROOT;
use super::precision::{self, WrittenAim};
use crate::scenario::Place;
use crate::scenario::issue::{Issue, Issues, SourceId, did_you_mean, nearest};
use crate::scenario::language::{Entry, Node, Table, Value, result_name_fault, walk};
use crate::stats::Better;

/// The words for which of two values is better.
pub(super) const DIRECTIONS: [(&str, Option<Better>); 3] =
    [("more", Some(Better::Greater)), ("less", Some(Better::Less)), ("neither", None)];

/// Sections that `sweep` is about.
const FOR_SWEEP: [&str; 3] = ["factor", "design", "uncertainty"];

/// A value and where it was written.
#[derive(Clone, Debug)]
pub(super) struct At<T> {
    pub(super) value: T,
    pub(super) place: Place,
}

/// How many replications a study asks for.
#[derive(Clone, Debug)]
pub(super) enum Extent {
    Replications(u32),
    Precision(Vec<WrittenAim>),
}

/// An alternative as written.
#[derive(Clone, Debug)]
pub(super) struct Alternative {
    pub(super) name: At<String>,
    pub(super) title: String,
    pub(super) scenario: Option<Node>,
    pub(super) policy: Option<Node>,
    pub(super) set: Option<Node>,
}

/// A study as written.
#[derive(Clone, Debug)]
pub(super) struct Written {
    pub(super) name: String,
    pub(super) title: String,
    pub(super) question: String,
    pub(super) scenario: Option<Node>,
    pub(super) extent: Option<Extent>,
    pub(super) confidence: Option<f64>,
    pub(super) seed: Option<u64>,
    pub(super) responses: Option<Vec<At<String>>>,
    pub(super) reference: Option<At<String>>,
    pub(super) directions: Vec<(At<String>, Option<Better>)>,
    pub(super) tables: Option<Vec<At<String>>>,
    pub(super) alternatives: Vec<Alternative>,
    /// Sections that wait for `sweep`, as they are there.
    pub(super) for_sweep: Vec<String>,
    /// Where the study begins to be described, for what it lacks.
    pub(super) place: Place,
}

/// Reads the values of a study; what is wrong with them goes to `issues`.
pub(super) fn read(root: &mut Table, source: SourceId, issues: &mut Issues) -> Written {
    let seed = seed(root, issues);
    walk(root, &ROOT, source, issues);
    let start = Place { source, span: 0..0 };
    let none = Table::default();
    let place = root.entry("study").map_or_else(|| start, |entry| entry.key_place.clone());
    let study = root.get("study").and_then(Node::as_table).unwrap_or(&none);
    let name = text_at(study, "name");
    issues.extend(name.iter().filter_map(|name| result_name_fault(&name.value, &name.place)).collect());
    let written = Written {
        name: name.map(|name| name.value).unwrap_or_default(),
        title: text(study, "title"),
        question: text(study, "question"),
        scenario: file(study, "scenario"),
        extent: extent(study, issues),
        confidence: share(study, "confidence", issues),
        seed,
        responses: texts(study, "responses"),
        reference: text_at(study, "reference"),
        directions: directions(study, issues),
        tables: texts(study, "tables"),
        alternatives: alternatives(root, issues),
        for_sweep: FOR_SWEEP.iter().filter(|key| root.has(key)).map(|key| (*key).to_owned()).collect(),
        place,
    };
    for list in [&written.responses, &written.tables].into_iter().flatten() {
        issues.extend(twice(list));
    }
    issues.extend(lacking(&written, root));
    written
}

/// Seeds are greater than other whole numbers may be: read here, and put away before the rows are asked.
fn seed(root: &mut Table, issues: &mut Issues) -> Option<u64> {
    let Some(Value::Table(study)) = root.get_mut("study").map(|node| &mut node.value) else {
        return None;
    };
    let entry = study.remove("seed")?;
    match entry.node.bare().value {
        Value::Whole(seed) if seed >= 0 => Some(seed as u64),
        _ => {
            let issue = Issue::error(format!("expected a whole number of at least 0, found {}", entry.node.described()));
            issues.push(issue.at(&entry.node.place));
            None
        }
    }
}

pub(super) fn text_at(table: &Table, key: &str) -> Option<At<String>> {
    let node = table.get(key)?.bare();
    node.as_text().map(|text| At {
        value: text.to_owned(),
        place: node.place.clone(),
    })
}

fn text(table: &Table, key: &str) -> String {
    text_at(table, key).map(|text| text.value).unwrap_or_default()
}

/// A file's name, with the place to which messages about the file point.
fn file(table: &Table, key: &str) -> Option<Node> {
    table.get(key).filter(|node| node.as_text().is_some()).cloned()
}

fn texts(table: &Table, key: &str) -> Option<Vec<At<String>>> {
    let items = table.get(key)?.as_array()?;
    let texts = items.iter().filter_map(|item| {
        item.as_text().map(|text| At {
            value: text.to_owned(),
            place: item.place.clone(),
        })
    });
    Some(texts.collect())
}

pub(super) fn whole(table: &Table, key: &str) -> Option<u32> {
    match table.get(key)?.bare().value {
        Value::Whole(n) => u32::try_from(n).ok(),
        _ => None,
    }
}

/// A share that is neither nothing nor all.
pub(super) fn share(table: &Table, key: &str, issues: &mut Issues) -> Option<f64> {
    let node = table.get(key)?.bare();
    let share = node.as_number().filter(|share| (0.0..=1.0).contains(share))?;
    if share > 0.0 && share < 1.0 {
        return Some(share);
    }
    let issue = Issue::error(format!("expected a number between 0 and 1, found {}", node.described()));
    issues.push(issue.at(&node.place));
    None
}

fn extent(study: &Table, issues: &mut Issues) -> Option<Extent> {
    if let (Some(replications), Some(precision)) = (study.entry("replications"), study.entry("precision")) {
        let later = if precision.key_place.span.start > replications.key_place.span.start {
            precision
        } else {
            replications
        };
        issues.push(
            Issue::error("`replications` and `precision` exclude each other")
                .at(&later.key_place)
                .label("give one of them")
                .note("`precision` goes on until the response is known well enough, at most `max` replications"),
        );
    }
    if let Some(precision) = study.get("precision") {
        return Some(Extent::Precision(precision::read(precision, issues)));
    }
    whole(study, "replications").map(Extent::Replications)
}

/// `{ "stage.scan.mean_wait_min" = "less" }`; a name without quotes is a path of tables.
fn directions(study: &Table, issues: &mut Issues) -> Vec<(At<String>, Option<Better>)> {
    let mut found = Vec::new();
    match study.get("directions") {
        None => {}
        Some(node) => match node.as_table() {
            Some(table) => gather(table, "", &mut found, issues),
            None => issues.push(
                Issue::error(format!("expected a table of responses and words, found {}", node.described()))
                    .at(&node.place)
                    .note("such as directions = { closures = \"less\" }"),
            ),
        },
    }
    found
}

fn gather(table: &Table, prefix: &str, found: &mut Vec<(At<String>, Option<Better>)>, issues: &mut Issues) {
    for entry in &table.entries {
        let name = format!("{prefix}{}", entry.key);
        if let Some(inner) = entry.node.as_table() {
            gather(inner, &format!("{name}."), found, issues);
            continue;
        }
        let word = entry.node.as_text().unwrap_or_default();
        if let Some((_, better)) = DIRECTIONS.iter().find(|(known, _)| *known == word) {
            let place = entry.key_place.clone();
            found.push((At { value: name, place }, *better));
            continue;
        }
        let issue = Issue::error(format!("expected `more`, `less` or `neither`, found {}", entry.node.described()));
        let issue = issue.at(&entry.node.place);
        issues.push(match nearest(word, DIRECTIONS.map(|(word, _)| word)) {
            Some(near) => did_you_mean(issue, near, &entry.node.place, true),
            None => issue.label(format!("which of two values of `{name}` is better?")),
        });
    }
}

fn alternatives(root: &Table, issues: &mut Issues) -> Vec<Alternative> {
    let named = root.get("alternative").and_then(Node::as_table);
    let mut found: Vec<Alternative> = Vec::new();
    for entry in named.into_iter().flat_map(|table| &table.entries) {
        issues.extend(result_name_fault(&entry.key, &entry.key_place).into_iter().collect());
        if let Some(other) = found.iter().find(|other| file_of(&other.name.value) == file_of(&entry.key)) {
            let issue = Issue::error(format!("`{}` and `{}` would share a file", other.name.value, entry.key)).at(&entry.key_place);
            issues.push(
                issue
                    .label("expected a name that differs in more than case, spaces and `_`")
                    .note("result files are called after alternatives"),
            );
        }
        if let Some(alternative) = alternative(entry, issues) {
            found.push(alternative);
        }
    }
    found
}

/// The name of an alternative in a folder, as systems that know no case read it.
fn file_of(name: &str) -> String {
    name.replace(' ', "_").to_lowercase()
}

fn alternative(entry: &Entry, issues: &mut Issues) -> Option<Alternative> {
    let table = entry.node.as_table()?;
    if let Some(set) = table.get("set").filter(|set| set.as_table().is_none()) {
        issues.push(
            Issue::error(format!("expected a table of paths and values, found {}", set.described()))
                .at(&set.place)
                .note("such as set = { \"stage.scan.lanes\" = 3 }"),
        );
    }
    Some(Alternative {
        name: At {
            value: entry.key.clone(),
            place: entry.key_place.clone(),
        },
        title: text(table, "title"),
        scenario: file(table, "scenario"),
        policy: file(table, "policy"),
        set: table.get("set").cloned(),
    })
}

/// What a list names again.
fn twice(list: &[At<String>]) -> Vec<Issue> {
    let again = list
        .iter()
        .enumerate()
        .filter(|(i, item)| list[..*i].iter().any(|other| other.value == item.value));
    again
        .map(|(_, item)| {
            Issue::error(format!("`{}` is named twice", item.value))
                .at(&item.place)
                .label("named before in this list")
        })
        .collect()
}

/// What is missing as a whole: alternatives, their scenarios, the reference.
fn lacking(written: &Written, root: &Table) -> Vec<Issue> {
    let mut found = Vec::new();
    let names: Vec<&str> = written
        .alternatives
        .iter()
        .map(|alternative| alternative.name.value.as_str())
        .collect();
    let misspelt = root
        .keys()
        .any(|key| ROOT.field(key).is_none() && nearest(key, ["alternative"]).is_some());
    let is_sweep = written.for_sweep.iter().any(|section| section != "design");
    let told = match names.as_slice() {
        [] => Some("none"),
        [_] => Some("one"),
        _ => None,
    };
    if let (Some(told), false, false) = (told, is_sweep, misspelt) {
        let place = written
            .alternatives
            .first()
            .map_or(&written.place, |alternative| &alternative.name.place);
        let issue = Issue::error(format!("expected at least two alternatives, found {told}")).at(place);
        found.push(issue.note(
            "`[alternative.NAME]` with a `policy`, with what it `set`s, or with a `scenario`; an empty one is the scenario as it is",
        ));
    }
    let without: Vec<&Alternative> = written.alternatives.iter().filter(|a| a.scenario.is_none()).collect();
    let has_study = root
        .get("study")
        .is_some_and(|node| node.as_table().is_some_and(|table| !table.has("scenario")));
    if written.scenario.is_none() && has_study && (!without.is_empty() || names.is_empty()) {
        let issue = Issue::error("the study names no scenario")
            .at(&written.place)
            .label("no `scenario` here");
        let who: Vec<String> = without.iter().map(|a| format!("`{}`", a.name.value)).collect();
        let note = match who.as_slice() {
            [] => "`scenario`: the path of a file in quotes".to_owned(),
            who => format!("`scenario`: the path of a file in quotes, here or in {}", who.join(", ")),
        };
        found.push(issue.note(note));
    }
    if let Some(reference) = written
        .reference
        .as_ref()
        .filter(|reference| !names.contains(&reference.value.as_str()))
        && !names.is_empty()
    {
        let issue = Issue::error(format!("no alternative is called `{}`", reference.value)).at(&reference.place);
        found.push(match nearest(&reference.value, names.iter().copied()) {
            Some(near) => did_you_mean(issue, near, &reference.place, true),
            None => issue.note(format!("there are: {}", names.join(", "))),
        });
    }
    found
}
