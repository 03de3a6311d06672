//! Laws: from a constant or a table with `dist` to a law ready to draw from.

mod parameters;

use std::collections::BTreeMap;

use crate::random::{
    COUNT_FAMILIES, CountFamily, CountLaw, FAMILIES, Family, Law, LawFault, Parameter, ParameterKind, build_count, build_law,
};
use crate::scenario::document::{EVIDENCE_KEYS, Node, Table, Value};
use crate::scenario::fields::{Kind, Unit};
use crate::scenario::issue::{Issue, Place, SourceId, alternatives, nearest};
use crate::time::{Duration, MINUTE_US};
use crate::units::Rate;

use parameters::{Parameters, Read};

use super::fit::{misfit, read, unexpected};

/// Laws by the place of their table: making one may take a millisecond, and one that was checked need not be made again.
#[derive(Debug, Default)]
pub(super) struct LawBook(BTreeMap<(SourceId, usize, usize), Law>);

impl LawBook {
    /// Keeps a law that has a table of its own.
    pub(super) fn keep(&mut self, node: &Node, law: Law) {
        let node = node.bare();
        if node.as_table().is_some() {
            self.0.insert((node.place.source, node.place.span.start, node.place.span.end), law);
        }
    }

    /// The law of a node; none: it is faulty, which was told.
    pub(super) fn law(&self, node: &Node, unit: Unit) -> Option<Law> {
        let bare = node.bare();
        let kept = self.0.get(&(bare.place.source, bare.place.span.start, bare.place.span.end));
        kept.filter(|_| bare.as_table().is_some()).cloned().or_else(|| law(bare, unit).ok())
    }
}

/// A law in the base unit of its kind: microseconds, tonnes, pallets.
pub(super) fn law(node: &Node, unit: Unit) -> Result<Law, Vec<Issue>> {
    let node = node.bare();
    let kind = Kind::Law(unit);
    let Some(table) = node.as_table() else {
        return quantity(node, unit).map(Law::constant).map_err(|issue| vec![issue]);
    };
    let family = family_of(node, table, FAMILIES.iter().map(|f| f.name), &kind).map_err(|issue| vec![issue])?;
    let Some(family) = FAMILIES.iter().find(|f| f.name == family) else {
        return Err(vec![unexpected(node, &kind)]);
    };
    let reader = Parameters {
        table,
        name: family.name,
        known: family.parameters,
        forms: family.forms,
        unit: Some(unit),
        extra: &["min", "max"],
    };
    let law = build_real(&reader.read()?, family, node, unit)?;
    let may_be_negative = matches!(unit, Unit::Time | Unit::Shift | Unit::Rate | Unit::Number);
    if !may_be_negative && law.support().0 < 0.0 {
        return Err(vec![
            Issue::error(format!(
                "expected a law of amounts of at least 0, found one that begins at {}",
                law.support().0
            ))
            .at(&node.place),
        ]);
    }
    if unit == Unit::Share && law.support().1 > 1.0 {
        let greatest = law.support().1;
        let found = if greatest.is_finite() {
            format!("one that ends at {greatest}")
        } else {
            "one without end".to_owned()
        };
        return Err(vec![
            Issue::error(format!("expected a law of shares from 0 to 1, found {found}"))
                .at(&node.place)
                .note("`max = 1` truncates it"),
        ]);
    }
    Ok(law)
}

fn build_real(read: &Read, family: &Family, node: &Node, unit: Unit) -> Result<Law, Vec<Issue>> {
    build_law(family, &read.given, read.min, read.max).map_err(|fault| {
        // Messages in microseconds help nobody: the same fault in minutes.
        let scale = 1.0 / MINUTE_US as f64;
        let fault = match unit {
            Unit::Time | Unit::Shift => build_law(
                family,
                &read.scaled(scale, family.parameters),
                read.min.map(|m| m * scale),
                read.max.map(|m| m * scale),
            )
            .err()
            .unwrap_or(fault),
            _ => fault,
        };
        let issue = fault_issue(node, &fault, family.name);
        vec![if matches!(unit, Unit::Time | Unit::Shift)
            && fault.message.contains(|c: char| c.is_ascii_digit())
            && concerns_quantity(&fault, family.parameters)
        {
            issue.note("times in minutes")
        } else {
            issue
        }]
    })
}

fn concerns_quantity(fault: &LawFault, parameters: &[Parameter]) -> bool {
    let name = fault.parameter.unwrap_or("");
    !parameters
        .iter()
        .any(|p| p.name == name && !matches!(p.kind, ParameterKind::Quantity | ParameterKind::Quantities))
}

/// A law of counts.
pub(super) fn count(node: &Node) -> Result<CountLaw, Vec<Issue>> {
    let node = node.bare();
    let kind = Kind::Count;
    let Some(table) = node.as_table() else {
        return match node.value {
            Value::Whole(n) if n >= 0 => Ok(CountLaw::constant(n.unsigned_abs())),
            _ => Err(vec![unexpected(node, &kind)]),
        };
    };
    let names: Vec<&str> = COUNT_FAMILIES
        .iter()
        .map(|f| f.name)
        .chain(FAMILIES.iter().map(|f| f.name))
        .collect();
    let name = family_of(node, table, names.iter().copied(), &kind).map_err(|issue| vec![issue])?;
    if let Some(family) = COUNT_FAMILIES.iter().find(|f| f.name == name) {
        return count_of(node, table, family);
    }
    let Some(family) = FAMILIES.iter().find(|f| f.name == name) else {
        return Err(vec![unexpected(node, &kind)]);
    };
    let reader = Parameters {
        table,
        name: family.name,
        known: family.parameters,
        forms: family.forms,
        unit: None,
        extra: COUNT_EXTRA,
    };
    let read = reader.read()?;
    let law = build_real(&read, family, node, Unit::Pallets)?;
    if law.support().0 < 0.0 {
        return Err(vec![
            Issue::error(format!(
                "expected a law of counts of at least 0, found one that begins at {}",
                law.support().0
            ))
            .at(&node.place),
        ]);
    }
    let whole = CountLaw::whole_part_of(law);
    Ok(if read.plus > 0 { whole.plus(read.plus) } else { whole })
}

static NOWHERE: Place = Place {
    source: SourceId(0),
    span: 0..0,
};

const COUNT_EXTRA: &[&str] = &["min", "max", "plus", "autocorrelation"];

fn count_of(node: &Node, table: &Table, family: &'static CountFamily) -> Result<CountLaw, Vec<Issue>> {
    let reader = Parameters {
        table,
        name: family.name,
        known: family.parameters,
        forms: family.forms,
        unit: None,
        extra: COUNT_EXTRA,
    };
    let read = reader.read()?;
    let whole = |key: &'static str, value: Option<f64>| match value {
        Some(x) if x < 0.0 || x.fract() != 0.0 => Err(vec![
            Issue::error(format!("expected a whole number, found {x}")).at(&table.get(key).unwrap_or(node).place),
        ]),
        other => Ok(other.map(|x| x as u64)),
    };
    let (min, max) = (whole("min", read.min)?, whole("max", read.max)?);
    build_count(family, &read.given, read.plus, min, max).map_err(|fault| vec![fault_issue(node, &fault, family.name)])
}

/// The lag-1 correlation that the table of a size may state.
pub(super) fn autocorrelation(node: &Node) -> Option<&Node> {
    node.bare().as_table()?.get("autocorrelation").map(Node::bare)
}

fn fault_issue(node: &Node, fault: &LawFault, family: &str) -> Issue {
    let table = node.as_table();
    let place = fault.parameter.and_then(|p| table?.get(p)).map_or(&node.place, |n| &n.bare().place);
    let message = if fault.message.contains(family) {
        fault.message.clone()
    } else {
        format!("`{family}`: {}", fault.message)
    };
    let issue = Issue::error(message).at(place);
    let given: Vec<&str> = table
        .into_iter()
        .flat_map(Table::keys)
        .filter(|k| *k != "dist" && !EVIDENCE_KEYS.contains(k))
        .collect();
    match (fault.parameter, given.is_empty()) {
        (None, false) => issue.label(format!("given: {}", alternatives(given, "and"))),
        _ => issue,
    }
}

/// The name of the family, which must be known.
fn family_of<'a>(node: &Node, table: &'a Table, known: impl Iterator<Item = &'a str> + Clone, kind: &Kind) -> Result<&'a str, Issue> {
    let Some(dist) = table.get("dist") else {
        let issue = Issue::error(format!("expected {}, found a table without `dist`", kind.expected())).at(&node.place);
        return Err(issue.note("a distribution says which one it is: { dist = \"lognormal\", mean = …, cv = … }"));
    };
    let Some(name) = dist.as_text() else {
        return Err(unexpected(dist, &Kind::Text));
    };
    if known.clone().any(|k| k == name) {
        return Ok(name);
    }
    let issue = Issue::error(format!("no distribution is called `{name}`")).at(&dist.place);
    Err(if let Some(near) = nearest(name, known.clone()) {
        issue
            .label(format!("did you mean `{near}`?"))
            .fix(format!("write `{near}`"), &dist.place, format!("\"{near}\""))
    } else {
        let mut names: Vec<&str> = known.collect();
        names.dedup();
        issue.note(format!("known: {}", names.join(", ")))
    })
}

/// A quantity in the base unit; none as unit: a pure number.
pub(super) fn quantity(node: &Node, unit: Unit) -> Result<f64, Issue> {
    match unit {
        Unit::Time => read(node, &Kind::Law(Unit::Time), Duration::parse).map(|d| d.0 as f64),
        Unit::Shift => signed(node, unit, |text| Duration::parse(text).map(|d| d.0 as f64)),
        Unit::Rate => signed(node, unit, |text| Rate::parse(text).map(|r| r.per_hour)),
        Unit::Number => match node.as_number() {
            Some(x) if x.is_finite() => Ok(x),
            _ => Err(unexpected(node, &Kind::Law(unit))),
        },
        Unit::Tonnes | Unit::Pallets | Unit::Factor => match node.as_number() {
            Some(x) if x.is_finite() && x >= 0.0 => Ok(x),
            Some(_) => Err(unexpected(node, &Kind::Number(0.0, f64::INFINITY))),
            None => Err(unexpected(node, &Kind::Law(unit))),
        },
        Unit::Share => match (misfit(node, &Kind::Share), node.as_number()) {
            (None, Some(x)) => Ok(x),
            (Some(issue), Some(_)) => Err(issue),
            _ => Err(unexpected(node, &Kind::Law(unit))),
        },
    }
}

/// A quantity that may be below 0, such as `-5min`.
fn signed(node: &Node, unit: Unit, parse: impl Fn(&str) -> Result<f64, String>) -> Result<f64, Issue> {
    read(node, &Kind::Law(unit), |text| match text.trim().strip_prefix('-') {
        Some(size) => parse(size).map(|x| -x),
        None => parse(text),
    })
}

fn array(node: &Node) -> Result<&[Node], Vec<Issue>> {
    node.as_array()
        .ok_or_else(|| vec![Issue::error(format!("expected an array, found {}", node.described())).at(&node.place)])
}
