//! What the language says of the parameter at a path: in which unit a bare number is, and which value it has where nobody states one.

use crate::random::{COUNT_FAMILIES, FAMILIES, ParameterKind};
use crate::scenario::document::{Node, ParameterPath, Table, get, inline, parse_value};
use crate::scenario::fields::{Kind, Need, ROOT, Unit};
use crate::scenario::issue::SourceId;

/// What the language says of a parameter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Meaning {
    /// The unit of a bare number; empty where it has none, or where it is written with its unit.
    pub(super) unit: &'static str,
    /// Whether what stands there is what holds where nobody states it.
    pub(super) is_usual: bool,
}

/// What the language says of the parameter at a path of a document.
pub(super) fn meaning(root: &Table, path: &ParameterPath) -> Meaning {
    let Some((unit, need)) = kind_at(&Kind::Table(&ROOT), Need::Optional, Some(root), &path.0) else {
        return Meaning::default();
    };
    let value = get(root, path).map(|node| inline(node.bare()));
    let usual = match need {
        Need::Default(text) => parse_value(text, SourceId(0), 0).map(|node| inline(&node)),
        _ => None,
    };
    Meaning {
        unit,
        is_usual: usual.is_some() && usual == value,
    }
}

/// The unit and the need of what stands at a path below a kind.
fn kind_at(kind: &Kind, need: Need, table: Option<&Table>, keys: &[String]) -> Option<(&'static str, Need)> {
    let Some((key, rest)) = keys.split_first() else {
        return Some((unit(kind), need));
    };
    let node = table.and_then(|t| t.get(key)).map(Node::bare);
    let next = node.and_then(Node::as_table);
    match kind {
        Kind::Table(section) => {
            let need = section.field(key).map_or(Need::Optional, |field| field.need);
            kind_at(section.kind_of(key)?, need, next, rest)
        }
        Kind::Process(process) => {
            let name = table.and_then(|t| t.get("process")).and_then(Node::as_text)?;
            kind_at(&Kind::Table(process.case(name)?), need, table, keys)
        }
        Kind::Named(_, section) => kind_at(&Kind::Table(section), Need::Optional, next, rest),
        Kind::NamedProcess(_, process) => kind_at(&Kind::Process(process), Need::Optional, next, rest),
        Kind::Map(_, kind) => kind_at(kind, Need::Optional, next, rest),
        Kind::Mix(_) => Some(("share", Need::Optional)),
        Kind::Array(kind) => kind_at(kind, Need::Optional, None, rest),
        Kind::Either(kinds) => kinds.iter().find_map(|kind| kind_at(kind, need, table, keys)),
        Kind::Law(_) | Kind::Count => in_law(kind, table, key),
        _ => None,
    }
}

/// The unit of a parameter of a law; those that are not in the unit of the law are pure numbers.
fn in_law(kind: &Kind, table: Option<&Table>, key: &str) -> Option<(&'static str, Need)> {
    let name = table.and_then(|t| t.get("dist")).and_then(Node::as_text)?;
    let parameters = if matches!(kind, Kind::Count) {
        COUNT_FAMILIES.iter().find(|family| family.name == name)?.parameters
    } else {
        FAMILIES.iter().find(|family| family.name == name)?.parameters
    };
    let is_in_unit = match parameters.iter().find(|parameter| parameter.name == key) {
        Some(own) => matches!(own.kind, ParameterKind::Quantity | ParameterKind::Quantities),
        None => matches!(key, "min" | "max"),
    };
    Some((if is_in_unit { unit(kind) } else { "" }, Need::Optional))
}

/// The unit of a bare number of a kind.
fn unit(kind: &Kind) -> &'static str {
    match kind {
        Kind::Share | Kind::Law(Unit::Share) => "share",
        Kind::Law(Unit::Factor) => "factor",
        Kind::Law(Unit::Tonnes) => "t",
        Kind::Law(Unit::Pallets) => "pallets",
        Kind::Whole(_) | Kind::Count => "count",
        Kind::Map(_, kind) | Kind::Array(kind) => unit(kind),
        Kind::Either(kinds) => kinds.iter().map(unit).find(|unit| !unit.is_empty()).unwrap_or(""),
        _ => "",
    }
}
