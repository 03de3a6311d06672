//! `rafah diff`: in what two scenarios differ, parameter by parameter.

use serde_json::{Value, json};

use super::arguments::Diff;
use super::failure::Failure;
use super::numbers::counted;
use super::{grid, input, say};
use crate::scenario;

/// Prints path, value in A, value in B.
pub(super) fn diff(given: &Diff) -> Result<(), Failure> {
    let loaded = input::load_all(&[given.a.clone(), given.b.clone()], &[], given.json)?;
    let differences = scenario::diff(&loaded[0], &loaded[1]);
    if given.json {
        let rows: Vec<Value> = differences.iter().map(|d| json!({ "path": d.path, "a": d.a, "b": d.b })).collect();
        return say::json(&Value::Array(rows));
    }
    if differences.is_empty() {
        return say::result("The two scenarios say the same.");
    }
    let mut table = grid::plain();
    table.set_header(["parameter", &given.a.display().to_string(), &given.b.display().to_string()]);
    for d in &differences {
        table.add_row([d.path.as_str(), d.a.as_deref().unwrap_or("–"), d.b.as_deref().unwrap_or("–")]);
    }
    say::result(&format!("{table}\n{}", counted(differences.len(), "difference")))
}
