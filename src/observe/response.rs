//! The responses: every number that a replication as a whole gives, a row for each.
//!
//! A row is the whole of a response: its name, unit, meaning, whether more of it is better, and how it follows from the tallies. The
//! columns of `replications`, the summary, comparisons, stopping rules and the reference follow from it.

use super::flow::Flows;
use super::layout::Layout;
use crate::scenario::End;
use crate::table::{Column, Kind};
use crate::time::{HOUR_US, Time};

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
    pub(super) backlog: i64,
    pub(super) mean_backlog: f64,
    pub(super) max_backlog: i64,
    pub(super) need_met: f64,
    pub(super) days_below_need: f64,
    /// Mean, median, 90th, 95th percentile and maximum of the delivery times, in microseconds.
    pub(super) delivery: [f64; 5],
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

fn hours(us: f64) -> Value {
    Value::Real(us / HOUR_US as f64)
}

/// Before the ends.
const FIRST: &[Fixed] = &[
    (
        "dispatched_trucks",
        Whole,
        "trucks",
        "trucks dispatched, every truck once",
        NEITHER,
        |t| Value::Whole(t.flows.dispatched().trucks),
    ),
    ("dispatched_tonnes", Real, "t", "load of the trucks dispatched", NEITHER, |t| {
        Value::Real(t.flows.dispatched().tonnes())
    }),
    ("dispatches", Whole, "trucks", "dispatches, tries included", NEITHER, |t| {
        Value::Whole(t.flows.dispatched().trucks)
    }),
];

/// After the ends.
const LAST: &[Fixed] = &[
    (
        "returns",
        Whole,
        "trucks",
        "every return: timed_out and returned_by_outcome",
        LESS,
        |t| Value::Whole(t.flows.ended(End::Returned).trucks),
    ),
    (
        "timed_out",
        Whole,
        "trucks",
        "returns because no time was left at closing",
        LESS,
        |t| Value::Whole(t.flows.timed_out),
    ),
    (
        "returned_by_outcome",
        Whole,
        "trucks",
        "returns by the outcome of a stage",
        LESS,
        |t| Value::Whole(t.flows.ended(End::Returned).trucks - t.flows.timed_out),
    ),
    (
        "reconsigned_trucks",
        Whole,
        "trucks",
        "trucks that went on under another organisation",
        NEITHER,
        |t| Value::Whole(t.flows.reconsigned.iter().sum()),
    ),
    ("backlog_trucks", Whole, "trucks", "trucks in the system at the end", LESS, |t| {
        Value::Whole(t.backlog)
    }),
    (
        "mean_backlog_trucks",
        Real,
        "trucks",
        "time average of the trucks in the system",
        LESS,
        |t| Value::Real(t.mean_backlog),
    ),
    (
        "max_backlog_trucks",
        Whole,
        "trucks",
        "most trucks in the system for any length of time",
        LESS,
        |t| Value::Whole(t.max_backlog),
    ),
    (
        "need_met",
        Real,
        "share",
        "sum of min(delivered, need) over the sum of needs",
        MORE,
        |t| Value::Real(t.need_met),
    ),
    (
        "days_below_need",
        Real,
        "share",
        "share of days at whose end the need window of some cargo is not covered",
        LESS,
        |t| Value::Real(t.days_below_need),
    ),
    (
        "delivery_time_mean_h",
        Real,
        "h",
        "mean time from dispatch to delivery",
        LESS,
        |t| hours(t.delivery[0]),
    ),
    (
        "delivery_time_p50_h",
        Real,
        "h",
        "median time from dispatch to delivery",
        LESS,
        |t| hours(t.delivery[1]),
    ),
    (
        "delivery_time_p90_h",
        Real,
        "h",
        "90th percentile of the time from dispatch to delivery",
        LESS,
        |t| hours(t.delivery[2]),
    ),
    (
        "delivery_time_p95_h",
        Real,
        "h",
        "95th percentile of the time from dispatch to delivery",
        LESS,
        |t| hours(t.delivery[3]),
    ),
    (
        "delivery_time_max_h",
        Real,
        "h",
        "longest time from dispatch to delivery",
        LESS,
        |t| hours(t.delivery[4]),
    ),
    (
        "closed_h",
        Real,
        "h",
        "time with at least one stage closed by security",
        LESS,
        |t| hours(t.flows.closed as f64),
    ),
    (
        "restricted_h",
        Real,
        "h",
        "time with a stage restricted by security and none closed",
        LESS,
        |t| hours(t.flows.restricted as f64),
    ),
    ("closures", Whole, "closures", "merged spells of closure that began", LESS, |t| {
        Value::Whole(t.closures)
    }),
    (
        "longest_closure_h",
        Real,
        "h",
        "longest merged spell of closure, its part after the warm-up; 0 if none",
        LESS,
        |t| hours(t.longest_closure as f64),
    ),
    ("incidents", Whole, "incidents", "incidents", LESS, |t| {
        Value::Whole(t.flows.incidents)
    }),
    (
        "last_end_h",
        Real,
        "h",
        "when the last truck ended, since the start; empty if none did",
        NEITHER,
        |t| t.last_end.map_or(Value::Empty, |at| hours(at.0 as f64)),
    ),
];

/// Whether more trucks of an end are better.
const fn direction(end: End) -> Option<bool> {
    match end {
        End::Delivered => MORE,
        End::Diverted => NEITHER,
        _ => LESS,
    }
}

fn fixed(rows: &'static [Fixed]) -> impl Iterator<Item = Row> {
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
fn rows(counters: &[String]) -> impl Iterator<Item = Row> + '_ {
    let trucks = End::ALL.into_iter().map(|end| Row {
        name: format!("{}_trucks", end.name()),
        kind: Whole,
        unit: "trucks",
        doc: format!("trucks whose way ended as {}", end.name()),
        more_is_better: direction(end),
        rule: Rule::Trucks(end),
    });
    let counted = counters.iter().enumerate().map(|(i, name)| Row {
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
    fixed(FIRST).chain(trucks).chain(counted).chain(tonnes).chain(fixed(LAST))
}

/// The columns of `replications` that hold the responses.
pub(super) fn columns(counters: &[String]) -> impl Iterator<Item = Column> + '_ {
    rows(counters).map(|row| Column::new(row.name, row.kind, row.unit, row.doc))
}

/// Compiled rules of the responses, in the order of their columns.
#[derive(Clone)]
pub(super) struct Rules(Vec<Rule>);

impl Rules {
    pub(super) fn new(layout: &Layout) -> Rules {
        Rules(rows(layout.counters()).map(|row| row.rule).collect())
    }

    /// The values of all responses.
    pub(super) fn values<'a>(&'a self, totals: &'a Totals<'a>) -> impl Iterator<Item = Value> + 'a {
        self.0.iter().map(|rule| match *rule {
            Rule::By(compute) => compute(totals),
            Rule::Trucks(end) => Value::Whole(totals.flows.ended(end).trucks),
            Rule::Tonnes(end) => Value::Real(totals.flows.ended(end).tonnes()),
            Rule::Counter(counter) => totals.counted[counter].map_or(Value::Empty, Value::Whole),
        })
    }
}

/// All responses of a layout, in the order of their columns in `replications`.
pub fn responses(layout: &Layout) -> Vec<Response> {
    let numbered = rows(layout.counters()).enumerate();
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
