//! A law as it was written, for developments that change a parameter inside it.

use super::laws::quantity;
use crate::random::{COUNT_FAMILIES, FAMILIES, ParameterKind};
use crate::scenario::document::{Node, Table, Value};
use crate::scenario::fields::Unit;
use crate::scenario::parameter::Written;

/// The law of a node that is known to make one; no unit: a law of a count. None: it is no table of a family.
pub(super) fn written(node: &Node, unit: Option<Unit>) -> Option<Written> {
    let table = node.bare().as_table()?;
    let name = table.get("dist")?.as_text()?;
    let counts = COUNT_FAMILIES.iter().find(|f| unit.is_none() && f.name == name);
    let (family, parameters) = match counts {
        Some(family) => (family.name, family.parameters),
        None => FAMILIES.iter().find(|f| f.name == name).map(|f| (f.name, f.parameters))?,
    };
    let mut law = Written {
        family,
        is_time: unit == Some(Unit::Time),
        min: bound(table, "min", unit),
        max: bound(table, "max", unit),
        plus: table.get("plus").and_then(|n| n.bare().as_number()).unwrap_or(0.0),
        ..Written::default()
    };
    for p in parameters {
        let Some(value) = table.get(p.name).map(Node::bare) else { continue };
        match (&value.value, p.kind) {
            (Value::Array(items), ParameterKind::Laws) => {
                let laws = items.iter().map(|item| element(item, unit)).collect::<Option<_>>()?;
                law.laws.push((p.name, laws));
            }
            (Value::Array(items), kind) => {
                let list = items.iter().map(|item| number(item, kind, unit)).collect::<Option<_>>()?;
                law.lists.push((p.name, list));
            }
            // `min` and `max` of the families of which they are parameters stand with the bounds already.
            _ if matches!(p.name, "min" | "max") => {}
            (_, kind) => law.numbers.push((p.name, number(value, kind, unit)?)),
        }
    }
    Some(law)
}

/// An element of a mixture: a law or a plain quantity.
fn element(node: &Node, unit: Option<Unit>) -> Option<Written> {
    let unit = unit.unwrap_or(Unit::Pallets);
    written(node, Some(unit)).or_else(|| {
        Some(Written {
            family: "constant",
            is_time: unit == Unit::Time,
            numbers: vec![("value", quantity(node.bare(), unit).ok()?)],
            ..Written::default()
        })
    })
}

fn bound(table: &Table, key: &str, unit: Option<Unit>) -> Option<f64> {
    number(table.get(key)?, ParameterKind::Quantity, unit)
}

fn number(node: &Node, kind: ParameterKind, unit: Option<Unit>) -> Option<f64> {
    match (kind, unit) {
        (ParameterKind::Quantity | ParameterKind::Quantities, Some(unit)) => quantity(node.bare(), unit).ok(),
        _ => node.bare().as_number(),
    }
}
