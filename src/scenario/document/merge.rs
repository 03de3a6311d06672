//! Layers: a later file over an earlier one, table by table.

use super::node::{Node, Table, Value};
use super::path::put_days;

/// Lays `over` on `base`: tables are merged key by key, all else (arrays, laws, processes, values with evidence) is replaced whole.
pub(super) fn merge(base: &mut Table, over: Table) {
    for entry in over.entries {
        match (base.get_mut(&entry.key), &entry.node.value) {
            (
                Some(Node {
                    value: Value::Table(old),
                    place,
                }),
                Value::Table(new),
            ) if is_open(old) && is_open(new) => {
                *place = entry.node.place.clone();
                let Value::Table(new) = entry.node.value else { continue };
                merge(old, new);
            }
            _ => put_days(base, entry),
        }
    }
}

/// Whether keys may come from several layers.
fn is_open(table: &Table) -> bool {
    !table.is_law_or_process() && !table.is_evidence()
}
