//! The responses: every number that a replication as a whole gives, a row for each.
//!
//! A row is the whole of a response: its name, unit, meaning, whether more of it is better, and how it follows from the tallies. The
//! columns of `replications`, the summary, comparisons, stopping rules and the reference follow from it.

mod fixed;

use super::delivery::DeliveryTimes;
use super::flow::Flows;
use super::layout::{Layout, Names};
use super::stock::Supply;
use crate::scenario::End;
use crate::table::{Column, Kind};
use crate::time::Time;

/// A response: a number that each replication gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// Its name, that of its column in `replications`.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// What it means, in one line.
    pub doc: String,
    /// Whether more of it is better; none where it is neither good nor bad.
    pub more_is_better: Option<bool>,
    /// Its column in `replications`.
    pub column: usize,
}

/// What responses are computed from.
#[derive(Debug)]
pub(super) struct Totals<'a> {
    /// What happened in the period.
    pub(super) flows: &'a Flows,
    /// By counter of the layout; none where the plan does not count so.
    pub(super) counted: &'a [Option<i64>],
    /// By stream of travellers of the layout, people who left their last stage; none where the plan has no such stream.
    pub(super) crossed: &'a [Option<i64>],
    /// People on the way at the end, and their time average; none where there are no travellers.
    pub(super) travellers: Option<(i64, f64)>,
    pub(super) backlog: i64,
    pub(super) mean_backlog: f64,
    pub(super) max_backlog: i64,
    pub(super) need_met: f64,
    pub(super) days_below_need: f64,
    pub(super) supply: Supply,
    pub(super) exposure: f64,
    pub(super) delivery: DeliveryTimes,
    pub(super) closures: i64,
    /// In microseconds.
    pub(super) longest_closure: i64,
    pub(super) last_end: Option<Time>,
}

/// The value of a response.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Value {
    Whole(i64),
    Real(f64),
    Empty,
}

use Kind::{Real, Whole};

/// How a response follows from the tallies.
#[derive(Clone, Copy)]
enum Rule {
    By(fn(&Totals) -> Value),
    Trucks(End),
    Tonnes(End),
    Counter(usize),
    Travellers(usize),
}

/// A response as it is declared.
struct Row {
    name: String,
    kind: Kind,
    unit: &'static str,
    doc: String,
    more_is_better: Option<bool>,
    rule: Rule,
}

/// A response of fixed name: name, kind, unit, meaning, direction, rule.
type Fixed = (&'static str, Kind, &'static str, &'static str, Option<bool>, fn(&Totals) -> Value);

const MORE: Option<bool> = Some(true);
const LESS: Option<bool> = Some(false);
const NEITHER: Option<bool> = None;

/// Whether more trucks of an end are better.
const fn direction(end: End) -> Option<bool> {
    match end {
        End::Delivered => MORE,
        End::Diverted => NEITHER,
        _ => LESS,
    }
}

fn named(rows: &'static [Fixed]) -> impl Iterator<Item = Row> {
    rows.iter().map(|&(name, kind, unit, doc, more_is_better, rule)| Row {
        name: name.to_owned(),
        kind,
        unit,
        doc: doc.to_owned(),
        more_is_better,
        rule: Rule::By(rule),
    })
}

/// All responses, in the order of their columns.
fn rows(names: &Names) -> impl Iterator<Item = Row> + '_ {
    let trucks = End::ALL.into_iter().map(|end| Row {
        name: format!("{}_trucks", end.name()),
        kind: Whole,
        unit: "trucks",
        doc: format!("trucks whose way ended as {}", end.name()),
        more_is_better: direction(end),
        rule: Rule::Trucks(end),
    });
    let counted = names.counters.iter().enumerate().map(|(i, name)| Row {
        name: format!("{name}_trucks"),
        kind: Whole,
        unit: "trucks",
        doc: format!("trucks counted as {name}"),
        more_is_better: MORE,
        rule: Rule::Counter(i),
    });
    let tonnes = End::ALL.into_iter().map(|end| Row {
        name: format!("{}_tonnes", end.name()),
        kind: Real,
        unit: "t",
        doc: format!("load of the trucks whose way ended as {}", end.name()),
        more_is_better: direction(end),
        rule: Rule::Tonnes(end),
    });
    let crossed = names.travellers.iter().enumerate().map(|(i, name)| Row {
        name: format!("travellers_{name}"),
        kind: Whole,
        unit: "people",
        doc: format!("people of the stream {name} who left their last stage"),
        more_is_better: MORE,
        rule: Rule::Travellers(i),
    });
    let trucks = named(fixed::FIRST).chain(trucks).chain(counted).chain(tonnes);
    trucks.chain(named(fixed::LAST)).chain(crossed)
}

/// The columns of `replications` that hold the responses.
pub(super) fn columns(names: &Names) -> impl Iterator<Item = Column> + '_ {
    rows(names).map(|row| Column::new(row.name, row.kind, row.unit, row.doc))
}

/// Compiled rules of the responses, in the order of their columns.
#[derive(Clone)]
pub(super) struct Rules(Vec<Rule>);

impl Rules {
    pub(super) fn new(layout: &Layout) -> Rules {
        Rules(rows(layout.names()).map(|row| row.rule).collect())
    }

    /// The values of all responses.
    pub(super) fn values<'a>(&'a self, totals: &'a Totals<'a>) -> impl Iterator<Item = Value> + 'a {
        self.0.iter().map(|rule| match *rule {
            Rule::By(compute) => compute(totals),
            Rule::Trucks(end) => Value::Whole(totals.flows.ended(end).trucks),
            Rule::Tonnes(end) => Value::Real(totals.flows.ended(end).tonnes()),
            Rule::Travellers(stream) => totals.crossed[stream].map_or(Value::Empty, Value::Whole),
            Rule::Counter(counter) => totals.counted[counter].map_or(Value::Empty, Value::Whole),
        })
    }
}

/// All responses of a layout, in the order of their columns in `replications`.
pub fn responses(layout: &Layout) -> Vec<Response> {
    let numbered = rows(layout.names()).enumerate();
    // Alternative and replication come first.
    let response = |(i, row): (usize, Row)| Response {
        name: row.name,
        unit: row.unit.to_owned(),
        doc: row.doc,
        more_is_better: row.more_is_better,
        column: i + 2,
    };
    numbered.map(response).collect()
}
