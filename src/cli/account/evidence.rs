//! Which numbers of a scenario state where they come from.

use serde_json::{Value, json};

use crate::cli::numbers::counted;
use crate::scenario::{Loaded, ParameterLine};

/// Of the numbers that the author wrote, how many state where they come from.
pub(super) fn evidence(loaded: &Loaded) -> String {
    let parameters: Vec<_> = loaded.parameters().into_iter().filter(ParameterLine::wants_evidence).collect();
    let cited = parameters.iter().filter(|p| p.source.is_some()).count();
    let assumed = parameters.iter().filter(|p| p.source.is_none() && p.assumption.is_some()).count();
    let silent = parameters.len() - cited - assumed;
    let hint = if silent > 0 { " (`rafah check --evidence` lists them)" } else { "" };
    format!("{cited} with a source, {assumed} called an assumption, {silent} with neither{hint}")
}

fn silent(loaded: &Loaded) -> impl Iterator<Item = ParameterLine> {
    loaded.parameters().into_iter().filter(|p| p.wants_evidence() && !p.has_evidence())
}

/// The paths of the numbers that state neither source nor assumption.
pub(in crate::cli) fn paths_without_evidence(loaded: &Loaded) -> Vec<String> {
    silent(loaded).map(|p| p.path).collect()
}

/// The numbers that state neither source nor assumption, with their values.
pub(in crate::cli) fn without_evidence(file: &str, loaded: &Loaded) -> String {
    let lines: Vec<String> = silent(loaded)
        .map(|p| format!("  {} = {}\n", p.path, p.value.replace('\n', " ")))
        .collect();
    if lines.is_empty() {
        return format!("{file}: every number has a source or is called an assumption\n");
    }
    format!(
        "{file}: {} with neither source nor assumption\n{}",
        counted(lines.len(), "number"),
        lines.concat()
    )
}

/// Every parameter with its evidence, for programs.
pub(in crate::cli) fn parameters_as_json(loaded: &Loaded) -> Value {
    loaded
        .parameters()
        .iter()
        .map(|p| json!({ "path": p.path, "value": p.value, "range": p.range, "source": p.source, "assumption": p.assumption }))
        .collect()
}
