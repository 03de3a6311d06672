//! The catalogue: every table that has a fixed meaning, with the unit and the meaning of each column.
//!
//! What a scenario names itself (ends of the way, counters, hubs, grid of the queue profile) is handed in.

mod corridor;
mod events;
mod stages;

pub use corridor::{drivers, escorts, hubs, resources};
pub use events::{closures, events, incidents, regimes, timeline, trucks};
pub use stages::{backlog, first_trucks, flows, observations, queue_profile, queue_samples, stage_cargo, stages};

use super::{Column, Kind, Table};
use Kind::{Real, Text, Whole};

/// A column as the lists below write it: name, kind, unit, meaning.
type Line = (&'static str, Kind, &'static str, &'static str);

const ALTERNATIVE: Line = ("alternative", Text, "", "name of the scenario or alternative");
const REPLICATION: Line = ("replication", Whole, "", "number of the replication, from 1");
const DISPATCHED_TRUCKS: Line = ("dispatched_trucks", Whole, "trucks", "trucks dispatched, every truck once");
const DISPATCHED_TONNES: Line = ("dispatched_tonnes", Real, "t", "load of the trucks dispatched");
const BACKLOG: Line = ("backlog_trucks", Whole, "trucks", "trucks in the system at the end");
const DELIVERY: [Line; 3] = [
    ("delivery_time_mean_h", Real, "h", "mean time from dispatch to delivery"),
    ("delivery_time_p50_h", Real, "h", "median time from dispatch to delivery"),
    (
        "delivery_time_p90_h",
        Real,
        "h",
        "90th percentile of the time from dispatch to delivery",
    ),
];

fn column(&(name, kind, unit, doc): &Line) -> Column {
    Column::new(name, kind, unit, doc)
}

/// A table that is kept per replication; `keys` beside alternative and replication.
fn kept(name: &'static str, doc: &'static str, keys: usize, small: bool, lines: &[Line]) -> Table {
    Table {
        name,
        doc,
        keys: keys + 2,
        columns: [ALTERNATIVE, REPLICATION].iter().chain(lines).map(column).collect(),
        small,
    }
}

/// Trucks, and where wanted tonnes, of each end.
fn by_end<'a>(ends: &'a [&'a str], tonnes: bool) -> impl Iterator<Item = Column> + 'a {
    ends.iter().flat_map(move |end| {
        let trucks = Column::new(format!("{end}_trucks"), Whole, "trucks", format!("trucks whose way ended as {end}"));
        let load = tonnes.then(|| {
            Column::new(
                format!("{end}_tonnes"),
                Real,
                "t",
                format!("load of the trucks whose way ended as {end}"),
            )
        });
        [Some(trucks), load].into_iter().flatten()
    })
}

/// One column of trucks for each `counts_as`.
fn by_counter(counters: &[String]) -> impl Iterator<Item = Column> + '_ {
    counters
        .iter()
        .map(|name| Column::new(format!("{name}_trucks"), Whole, "trucks", format!("trucks counted as {name}")))
}

/// The columns of `replications` are the responses: they are handed in.
pub fn replications(responses: impl IntoIterator<Item = Column>) -> Table {
    let mut table = kept("replications", "all responses, a row per replication", 0, true, &[]);
    table.columns.extend(responses);
    table
}

/// What is told of a stock in Gaza, by kind of goods.
const SUPPLY: [Line; 4] = [
    (
        "days_of_supply_mean",
        Real,
        "d",
        "time average of the stock in Gaza over the daily need",
    ),
    ("days_of_supply_min", Real, "d", "least stock in Gaza over the daily need"),
    ("unmet_need", Real, "share", "share of the need that the stock did not cover"),
    (
        "days_without_stock",
        Real,
        "share",
        "share of days on which there was none for some time",
    ),
];

/// Day by day; hubs have a column each, and one together.
pub fn daily(ends: &[&str], counters: &[String], hubs: &[String]) -> Table {
    let mut table = kept(
        "daily",
        "a row per calendar day",
        1,
        false,
        &[DAY, ("date", Text, "", "its date"), DISPATCHED_TRUCKS],
    );
    table
        .columns
        .push(column(&("dispatches", Whole, "trucks", "dispatches, tries included")));
    table.columns.extend(by_end(&ends[..1], true));
    table.columns.extend(by_end(&ends[1..], false));
    table.columns.extend(by_counter(counters));
    table.columns.extend(
        [
            ("backlog_trucks", Whole, "trucks", "trucks in the system at the end of the day"),
            (
                "need_met",
                Real,
                "share",
                "sum of min(delivered, need) over the sum of needs, of the day",
            ),
            ("closed_h", Real, "h", "time with at least one stage closed by security"),
            (
                "restricted_h",
                Real,
                "h",
                "time with a stage restricted by security and none closed",
            ),
            ("incidents", Whole, "incidents", "incidents of the day"),
            (
                "hub_stock",
                Whole,
                "loads",
                "truckloads in all hubs at the end of the day; empty where there is no hub",
            ),
        ]
        .iter()
        .map(column),
    );
    let of_hub = |hub: &String| {
        let doc = format!("truckloads in hub {hub} at the end of the day");
        Column::new(format!("{hub}_hub_stock"), Whole, "loads", doc)
    };
    table.columns.extend(hubs.iter().map(of_hub));
    table
}

const DAY: Line = ("day", Whole, "", "calendar day of the horizon, from 1");

fn by_day_and(name: &'static str, doc: &'static str, key: Line, ends: &[&str]) -> Table {
    let mut table = kept(name, doc, 2, false, &[DAY, key, DISPATCHED_TRUCKS, DISPATCHED_TONNES]);
    table.columns.extend(by_end(ends, true));
    table
}

/// Day by day and cargo by cargo.
pub fn daily_cargo(ends: &[&str]) -> Table {
    let key = ("cargo", Text, "", "kind of goods");
    let mut table = by_day_and("daily_cargo", "a row per calendar day and cargo", key, ends);
    let supply = [
        (
            "days_of_supply",
            Real,
            "d",
            "stock in Gaza at the end of the day over the daily need",
        ),
        SUPPLY[2],
    ];
    table.columns.extend(supply.iter().map(column));
    table
}

/// Day by day and organisation by organisation.
pub fn daily_organisation(ends: &[&str]) -> Table {
    by_day_and(
        "daily_organisation",
        "a row per calendar day and organisation",
        ("organisation", Text, "", "organisation under which the trucks travel"),
        ends,
    )
}

/// Cargo by cargo.
pub fn cargo(ends: &[&str]) -> Table {
    let key = ("cargo", Text, "", "kind of goods");
    let mut table = kept("cargo", "a row per cargo", 1, true, &[key, DISPATCHED_TRUCKS, DISPATCHED_TONNES]);
    table.columns.extend(by_end(ends, true));
    let need = [
        BACKLOG,
        ("need_tonnes", Real, "t", "need over the period; empty where none is stated"),
        ("need_met", Real, "share", "delivered tonnes over the need, not capped"),
        (
            "days_below_need",
            Real,
            "share",
            "share of days at whose end the need window is not covered",
        ),
    ];
    table.columns.extend(need.iter().chain(&DELIVERY).chain(&SUPPLY).map(column));
    table
}

/// Organisation by organisation.
pub fn organisations(ends: &[&str]) -> Table {
    let key = ("organisation", Text, "", "organisation under which the trucks travel");
    let mut table = kept(
        "organisations",
        "a row per organisation",
        1,
        true,
        &[key, DISPATCHED_TRUCKS, DISPATCHED_TONNES],
    );
    table.columns.extend(by_end(ends, true));
    let requests = [
        (
            "reconsigned_trucks",
            Whole,
            "trucks",
            "its trucks that went on under another organisation, in a hub too",
        ),
        (
            "denied_trucks",
            Whole,
            "trucks",
            "its requests refused, in a hub too: no truck sets out",
        ),
        ("hub_held", Whole, "loads", "its truckloads held in a hub until it was registered"),
        (
            "hub_refused",
            Whole,
            "loads",
            "its truckloads refused in a hub before their first dispatch",
        ),
        (
            "hub_expired",
            Whole,
            "loads",
            "its truckloads whose shelf life ended in a hub before their first dispatch",
        ),
        BACKLOG,
    ];
    table.columns.extend(requests.iter().chain(&DELIVERY).map(column));
    table
}

/// Stream by stream of convoys.
pub fn convoys() -> Table {
    kept(
        "convoys",
        "a row per stream of convoys",
        1,
        true,
        &[
            ("convoy", Text, "", "name of the stream"),
            ("convoys", Whole, "convoys", "convoys dispatched, none of them empty"),
            DISPATCHED_TRUCKS,
            ("mean_size", Real, "trucks", "mean number of trucks of a convoy"),
            (
                "mean_first_start_min",
                Real,
                "min",
                "mean time from the convoy to the first start of a service of its trucks",
            ),
            (
                "mean_clearing_min",
                Real,
                "min",
                "mean time from the convoy to the end of its last truck",
            ),
        ],
    )
}
