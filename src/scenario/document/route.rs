//! The route: stages and escorts in one order, as `after` says.

use super::node::{Entry, Node, Table, Value};
use crate::scenario::issue::{Issue, Issues, did_you_mean, nearest};

/// A step of the route as written.
struct Step {
    name: String,
    is_escort: bool,
    serves_travellers: bool,
    after: Option<Node>,
}

/// Names of stages and escorts in the order of the route.
///
/// Stages stand as they are written, unless `after` says otherwise; an escort stands behind the last stage that serves trucks,
/// unless `after` says otherwise. What says `after` stands directly behind what it names.
pub(in crate::scenario) fn route(root: &Table) -> Vec<String> {
    let steps = steps(root);
    order(&steps).0.into_iter().map(|i| steps[i].name.clone()).collect()
}

/// Puts the stages in the order of the route and says of each escort where it stands, so that the document alone means the same.
pub(super) fn settle(root: &mut Table, issues: &mut Issues) {
    drop_faulty(root, issues);
    let steps = steps(root);
    let (route, cycle) = order(&steps);
    if let Some(first) = cycle.first().map(|i| &steps[*i])
        && let Some(after) = &first.after
    {
        let names: Vec<String> = cycle.iter().map(|i| format!("`{}`", steps[*i].name)).collect();
        let issue = Issue::error(format!("{} stand after each other", names.join(" and "))).at(&after.place);
        issues.push(issue.label("a cycle"));
    }
    no_escorts_of_travellers(root, &steps, issues);
    let escort_first = route.first().is_some_and(|i| steps[*i].is_escort);
    for (position, i) in route.iter().enumerate() {
        let step = &steps[*i];
        let Some(table) = step_table(root, step) else { continue };
        let own = table.remove("after");
        let before = position.checked_sub(1).and_then(|p| route.get(p)).map(|b| &steps[*b]);
        // A stage says nothing but by its place, which suffices where the route begins with one.
        let Some(before) = before.filter(|_| step.is_escort || escort_first) else {
            continue;
        };
        let place = own.map_or_else(|| own_place(root, step), |e| Some(e.node.place));
        let (Some(place), Some(table)) = (place, step_table(root, step)) else {
            continue;
        };
        table.entries.push(Entry {
            key: "after".to_owned(),
            key_place: place.clone(),
            node: Node {
                value: Value::Text(before.name.clone()),
                place,
            },
        });
    }
    if let Some(Value::Table(stages)) = root.get_mut("stage").map(|n| &mut n.value) {
        let rank = |e: &Entry| route.iter().position(|i| !steps[*i].is_escort && steps[*i].name == e.key);
        stages.entries.sort_by_key(|e| rank(e).unwrap_or(usize::MAX));
    }
}

fn steps(root: &Table) -> Vec<Step> {
    ["stage", "escort"]
        .into_iter()
        .flat_map(|section| {
            let entries = root
                .get(section)
                .and_then(Node::as_table)
                .map(|t| t.entries.as_slice())
                .unwrap_or_default();
            entries.iter().map(move |e| {
                let own = |key: &str| e.node.as_table().and_then(|t| t.get(key)).map(Node::bare);
                Step {
                    name: e.key.clone(),
                    is_escort: section == "escort",
                    serves_travellers: own("serves").and_then(Node::as_text) == Some("travellers"),
                    after: own("after").cloned(),
                }
            })
        })
        .collect()
}

/// The order, and what stands in none since it waits for itself.
fn order(steps: &[Step]) -> (Vec<usize>, Vec<usize>) {
    let mut route: Vec<usize> = (0..steps.len())
        .filter(|i| !steps[*i].is_escort && steps[*i].after.is_none())
        .collect();
    let mut waiting: Vec<usize> = (0..steps.len()).filter(|i| steps[*i].after.is_some()).collect();
    place(steps, &mut route, &mut waiting);
    for i in (0..steps.len()).filter(|i| steps[*i].is_escort && steps[*i].after.is_none()) {
        let last_of_trucks = route.iter().rposition(|r| !steps[*r].serves_travellers);
        route.insert(last_of_trucks.map_or(route.len(), |at| at + 1), i);
    }
    place(steps, &mut route, &mut waiting);
    (route, waiting)
}

/// Places those whose forerunner is placed, until none is left or all wait.
fn place(steps: &[Step], route: &mut Vec<usize>, waiting: &mut Vec<usize>) {
    loop {
        let before = waiting.len();
        waiting.retain(|i| {
            let target = steps[*i].after.as_ref().and_then(Node::as_text);
            let Some(at) = route.iter().position(|r| Some(steps[*r].name.as_str()) == target) else {
                return true;
            };
            route.insert(at + 1, *i);
            false
        });
        if waiting.len() == before {
            return;
        }
    }
}

/// Tells an `after` that names nothing, and takes it out.
fn drop_faulty(root: &mut Table, issues: &mut Issues) {
    let steps = steps(root);
    for step in &steps {
        let Some(after) = &step.after else { continue };
        let Some(target) = after.as_text() else {
            issues.push(Issue::error(format!("expected the name of a stage, found {}", after.described())).at(&after.place));
            remove_after(root, step);
            continue;
        };
        if target != step.name && steps.iter().any(|s| s.name == target) {
            continue;
        }
        let what = if step.is_escort { "escort" } else { "stage" };
        let issue = if target == step.name {
            Issue::error(format!("{what} `{target}` cannot stand after itself"))
        } else {
            Issue::error(format!("no stage is called `{target}`"))
        };
        let issue = issue.at(&after.place);
        let others = steps.iter().map(|s| s.name.as_str()).filter(|n| *n != step.name);
        issues.push(match nearest(target, others) {
            Some(near) => did_you_mean(issue, near, &after.place, true),
            None => issue,
        });
        remove_after(root, step);
    }
}

fn remove_after(root: &mut Table, step: &Step) {
    if let Some(table) = step_table(root, step) {
        table.remove("after");
    }
}

fn step_table<'a>(root: &'a mut Table, step: &Step) -> Option<&'a mut Table> {
    let section = if step.is_escort { "escort" } else { "stage" };
    let Value::Table(named) = &mut root.get_mut(section)?.value else {
        return None;
    };
    match &mut named.get_mut(&step.name)?.value {
        Value::Table(table) => Some(table),
        _ => None,
    }
}

/// Where a step is written: what it does not say itself stands there.
fn own_place(root: &Table, step: &Step) -> Option<crate::scenario::issue::Place> {
    let section = if step.is_escort { "escort" } else { "stage" };
    let named = root.get(section).and_then(Node::as_table)?;
    named.get(&step.name).map(|n| n.place.clone())
}
/// Escorts take trucks: one behind a stage of travellers would wait for ever.
fn no_escorts_of_travellers(root: &Table, steps: &[Step], issues: &mut Issues) {
    let stages = root.get("stage").and_then(Node::as_table);
    for step in steps.iter().filter(|step| step.is_escort) {
        let Some(after) = &step.after else { continue };
        let before = after.as_text().and_then(|name| stages?.get(name)?.as_table());
        let serves = before.and_then(|table| table.get("serves")?.bare().as_text());
        if let (Some("travellers"), Some(name)) = (serves, after.as_text()) {
            let issue = Issue::error(format!("escort `{}` stands behind `{name}`, which serves travellers", step.name));
            issues.push(
                issue
                    .at(&after.place)
                    .label("escorts take trucks: expected a stage that serves them"),
            );
        }
    }
}
