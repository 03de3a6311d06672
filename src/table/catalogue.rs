//! The catalogue: every table that has a fixed meaning, with the unit and the meaning of each column.
//!
//! What a scenario names itself (ends of the way, counters, grid of the queue profile) is handed in.

use super::{Column, Kind, Table};
use Kind::{Real, Text, Whole};

/// A column as the lists below write it: name, kind, unit, meaning.
type Line = (&'static str, Kind, &'static str, &'static str);

const ALTERNATIVE: Line = ("alternative", Text, "", "name of the scenario or alternative");
const REPLICATION: Line = ("replication", Whole, "", "number of the replication, from 1");
const STAGE: Line = ("stage", Text, "", "name of the stage");
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

/// Day by day.
pub fn daily(ends: &[&str], counters: &[String]) -> Table {
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
        ]
        .iter()
        .map(column),
    );
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
    by_day_and(
        "daily_cargo",
        "a row per calendar day and cargo",
        ("cargo", Text, "", "kind of goods"),
        ends,
    )
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

/// Stage by stage.
pub fn stages() -> Table {
    kept("stages", "a row per stage", 1, true, STAGES)
}

const STAGES: &[Line] = &[
    STAGE,
    ("arrivals", Whole, "visits", "visits that began, the lost ones too"),
    ("served", Whole, "visits", "visits that left after their service"),
    (
        "mean_wait_min",
        Real,
        "min",
        "mean wait to the first start of service, or to leaving the queue",
    ),
    ("wait_p50_min", Real, "min", "median wait"),
    ("wait_p90_min", Real, "min", "90th percentile of the wait"),
    ("wait_p95_min", Real, "min", "95th percentile of the wait"),
    ("wait_p99_min", Real, "min", "99th percentile of the wait"),
    ("max_wait_min", Real, "min", "longest wait"),
    ("sd_wait_min", Real, "min", "standard deviation of the wait"),
    ("mean_wait_served_min", Real, "min", "mean wait of those that started service"),
    (
        "share_waiting",
        Real,
        "share",
        "share of the ended waits that were longer than nothing",
    ),
    (
        "mean_queue",
        Real,
        "trucks",
        "time average of the trucks that wait, those outside a full first yard included",
    ),
    ("max_queue", Whole, "trucks", "most trucks that waited for any length of time"),
    (
        "mean_present",
        Real,
        "trucks",
        "time average of the trucks that wait or are in a lane, served, held or blocked",
    ),
    ("mean_time_min", Real, "min", "mean time from arrival to leaving, of those served"),
    (
        "utilisation",
        Real,
        "share",
        "lane time in service over staffed lane time, overtime in both; empty for unlimited lanes",
    ),
    (
        "blocked_share",
        Real,
        "share",
        "lane time blocked after service over staffed lane time; empty for unlimited lanes",
    ),
    (
        "held_share",
        Real,
        "share",
        "lane time paused by closing or closure, at night too, over staffed lane time; empty for unlimited lanes",
    ),
    (
        "down_share",
        Real,
        "share",
        "lane time under repair over staffed lane time; empty for unlimited lanes",
    ),
    ("failures", Whole, "failures", "failures of lanes"),
    ("staffed_h", Real, "h", "time the calendar is open, without overtime"),
    ("unstaffed_h", Real, "h", "time the calendar is closed"),
    (
        "overtime_h",
        Real,
        "h",
        "lane time in service while closed by security or unstaffed",
    ),
    ("lost", Whole, "visits", "visits that found no room"),
    ("expired", Whole, "visits", "visits that ended as expired"),
];

/// Stage by stage and cargo by cargo.
pub fn stage_cargo() -> Table {
    kept(
        "stage_cargo",
        "a row per stage and cargo",
        2,
        false,
        &[
            STAGE,
            ("cargo", Text, "", "kind of goods"),
            ("arrivals", Whole, "visits", "visits that began, the lost ones too"),
            ("served", Whole, "visits", "visits that left after their service"),
            ("lost", Whole, "visits", "visits that found no room"),
            ("expired", Whole, "visits", "visits that ended as expired"),
            (
                "mean_wait_min",
                Real,
                "min",
                "mean wait to the first start of service, or to leaving the queue",
            ),
            (
                "share_waiting",
                Real,
                "share",
                "share of the ended waits that were longer than nothing",
            ),
            ("mean_time_min", Real, "min", "mean time from arrival to leaving, of those served"),
        ],
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
    table.columns.extend(need.iter().chain(&DELIVERY).map(column));
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
    let moved = (
        "reconsigned_trucks",
        Whole,
        "trucks",
        "its trucks that went on under another organisation",
    );
    table.columns.extend([moved, BACKLOG].iter().chain(&DELIVERY).map(column));
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

/// The merged spells of closure.
pub fn closures() -> Table {
    kept(
        "closures",
        "a row per merged spell with at least one stage closed by security",
        1,
        false,
        &[
            ("begin_h", Real, "h", "its first instant, since the start"),
            (
                "end_h",
                Real,
                "h",
                "the first instant after it, since the start; the end of the run cuts it",
            ),
            ("closed_h", Real, "h", "its length after the warm-up"),
            ("cause", Text, "", "names of its sources, joined by +"),
        ],
    )
}

/// The incidents.
pub fn incidents() -> Table {
    kept(
        "incidents",
        "a row per incident",
        1,
        false,
        &[
            ("incident", Whole, "", "its number, from 1"),
            ("time_h", Real, "h", "when it happened, since the start"),
            ("severity", Text, "", "how grave it was"),
            ("regime", Text, "", "regime in force, where there are regimes"),
        ],
    )
}

/// The regimes of the security situation.
pub fn regimes() -> Table {
    kept(
        "regimes",
        "a row per regime",
        1,
        true,
        &[
            ("regime", Text, "", "name of the regime"),
            ("time_h", Real, "h", "time in it"),
            ("share", Real, "share", "share of the period in it"),
            ("visits", Whole, "visits", "how often it was entered; a start in it counts"),
        ],
    )
}

/// The moments of observation.
pub fn observations() -> Table {
    kept(
        "observations",
        "a row per moment of observation and stage: the state just before that instant",
        2,
        false,
        &[
            ("time_h", Real, "h", "when, since the start"),
            STAGE,
            (
                "waiting",
                Whole,
                "trucks",
                "trucks that wait, those outside a full first yard included",
            ),
            ("in_service", Whole, "trucks", "trucks in a lane whose service is not over"),
            (
                "present",
                Whole,
                "trucks",
                "trucks that wait or are in a lane, served, held or blocked",
            ),
            (
                "open_lanes",
                Whole,
                "lanes",
                "lanes staffed and not closed by security; of unlimited lanes 1 when open",
            ),
        ],
    )
}

/// The waits of given visits.
pub fn first_trucks() -> Table {
    kept(
        "first_trucks",
        "a row per stage and number of visit, from the start of the run",
        2,
        false,
        &[
            STAGE,
            ("n", Whole, "", "number of the visit by order of arrival, from 1"),
            ("wait_min", Real, "min", "its wait; empty if its service has not started by the end"),
            (
                "mean_wait_min",
                Real,
                "min",
                "mean wait of those of the first n that started service; empty while one of them still waits",
            ),
        ],
    )
}

/// What is in the system at the end, by place.
pub fn backlog() -> Table {
    kept(
        "backlog",
        "a row per place where trucks can be at the end",
        1,
        true,
        &[
            (
                "place",
                Text,
                "",
                "a stage, held (not registered), quota, or turned_back (on the way to come again)",
            ),
            ("trucks", Whole, "trucks", "trucks there at the end"),
            ("tonnes", Real, "t", "their load"),
        ],
    )
}

/// Moves between places.
pub fn flows() -> Table {
    kept(
        "flows",
        "a row per pair of places between which trucks moved",
        2,
        true,
        &[
            (
                "from",
                Text,
                "",
                "dispatched (also those held first), turned_back (come again), or a stage",
            ),
            ("to", Text, "", "a stage or an end; turned_back also where the truck comes again"),
            ("trucks", Whole, "trucks", "moves"),
            ("tonnes", Real, "t", "their load"),
        ],
    )
}

/// Waiting trucks on a grid of times, a column per stage and time: what the queue profile is made of. Not for export.
pub fn queue_samples(stages: &[String], times_h: &[i64]) -> Table {
    let mut table = kept("queue_samples", "trucks that wait, a column per stage and time", 0, false, &[]);
    for stage in stages {
        for hour in times_h {
            let doc = format!("trucks that wait at {stage} just before hour {hour}");
            table.columns.push(Column::new(format!("{stage}@{hour}"), Whole, "trucks", doc));
        }
    }
    table
}

/// Waiting trucks over the replications.
pub fn queue_profile() -> Table {
    let lines = [
        ALTERNATIVE,
        STAGE,
        ("time_h", Real, "h", "when, since the start"),
        ("mean", Real, "trucks", "mean over replications of the trucks that wait"),
        ("p05", Real, "trucks", "5th percentile over replications"),
        ("p25", Real, "trucks", "25th percentile over replications"),
        ("p50", Real, "trucks", "median over replications"),
        ("p75", Real, "trucks", "75th percentile over replications"),
        ("p95", Real, "trucks", "95th percentile over replications"),
    ];
    Table {
        name: "queue_profile",
        doc: "trucks that wait by stage and time, over replications",
        keys: 3,
        columns: lines.iter().map(column).collect(),
        small: true,
    }
}

/// The visits of a trace.
pub fn trucks() -> Table {
    let lines = [
        ("truck", Whole, "", "number of the truck in order of dispatch, from 1"),
        ("convoy", Text, "", "its convoy: stream/number in the stream"),
        ("organisation", Text, "", "organisation under which it travels"),
        ("cargo", Text, "", "kind of goods"),
        (
            "stage",
            Text,
            "",
            "the stage; empty for a truck that ends or waits before its first",
        ),
        ("arrive_min", Real, "min", "arrival, since the start"),
        ("start_min", Real, "min", "first start of service"),
        ("end_min", Real, "min", "end of service"),
        ("leave_min", Real, "min", "when it left, its lane free"),
        (
            "outcome",
            Text,
            "",
            "the next stage, the end, or turned_back; empty while the visit is open",
        ),
    ];
    Table {
        name: "trucks",
        doc: "a row per truck and stage visit",
        keys: 0,
        columns: lines.iter().map(column).collect(),
        small: true,
    }
}

/// The changes of state of a trace.
pub fn events() -> Table {
    let lines = [
        ("time_min", Real, "min", "when, since the start"),
        ("what", Text, "", "the kind of event"),
        ("name", Text, "", "the stage, stream, closure, severity or regime that it concerns"),
        ("state", Text, "", "the state after it"),
        ("truck", Whole, "", "number of the truck; empty where none is concerned"),
    ];
    Table {
        name: "events",
        doc: "a row per change of state",
        keys: 0,
        columns: lines.iter().map(column).collect(),
        small: true,
    }
}
