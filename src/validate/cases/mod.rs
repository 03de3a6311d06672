//! The built-in cases by family. Every world starts empty and is looked at after a warm-up of many relaxation times.

mod closures;
mod incidents;
mod networks;
mod yards;

use super::measure::{Cell, Measure};
use super::{Case, Quantity};

/// All cases, the simplest first.
pub(super) fn all() -> Vec<Case> {
    let mut all = yards::cases();
    all.extend(networks::cases());
    all.extend(closures::cases());
    all.extend(incidents::cases());
    all
}

/// A scenario file of one kind of goods and one sender, with the given sections.
fn world(name: &str, length: &str, warm_up: &str, sections: &str) -> String {
    format!(
        r#"format = 1
[scenario]
name = "{name}"
[horizon]
start = 2026-01-01
length = "{length}"
warm_up = "{warm_up}"
[cargo.goods]
load = {{ tonnes = 20 }}
[organisation.all]
share = 1
cargo = {{ goods = 1 }}
{sections}"#
    )
}

/// Single trucks at random.
fn trucks(per_hour: f64) -> String {
    format!("[convoy.trucks]\narrivals = {{ process = \"poisson\", rate = \"{per_hour}/h\" }}\nsize = 1\n")
}

/// The mean of a column of `stages`.
fn stage(name: &'static str, column: &'static str, row: &'static [(&'static str, &'static str)], exact: f64) -> Quantity {
    Quantity {
        name,
        unit: unit_of(column),
        exact,
        measure: Measure::Mean(Cell {
            table: "stages",
            column,
            row,
        }),
    }
}

/// The mean of a response.
fn response(name: &'static str, column: &'static str, exact: f64) -> Quantity {
    Quantity {
        name,
        unit: unit_of(column),
        exact,
        measure: Measure::Mean(Cell::response(column)),
    }
}

/// Units stand last in the names of columns.
fn unit_of(column: &str) -> &'static str {
    match column.rsplit('_').next() {
        Some("min") => "min",
        Some("h") => "h",
        _ => "",
    }
}

const GATE: &[(&str, &str)] = &[("stage", "gate")];
