//! Tables of closures, incidents and regimes, and those of a trace.

use super::{column, kept};
use crate::table::{Kind, Table};
use Kind::{Real, Text, Whole};

/// The merged spells of closure.
pub fn closures() -> Table {
    kept(
        "closures",
        "a row per merged spell with at least one stage closed by security",
        1,
        true,
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
        true,
        &[
            ("incident", Whole, "", "its number, from 1"),
            ("time_h", Real, "h", "when it happened, since the start"),
            ("severity", Text, "", "how grave it was"),
            ("regime", Text, "", "regime in force, where there are regimes"),
            (
                "exposed_trucks",
                Whole,
                "trucks",
                "trucks waiting or in a lane at stages that security left open, and on escorted trips",
            ),
            ("exposure", Real, "weighted trucks", "those times the weight of its severity"),
            ("lost_trucks", Whole, "trucks", "trucks whose loads it destroyed"),
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

/// The changes of state of the first replication, and its queues.
pub fn timeline() -> Table {
    kept(
        "timeline",
        "a row per change of state of the first replication, from the start; its queues by the hour of the queue profile",
        0,
        true,
        &[
            ("time_h", Real, "h", "when, since the start"),
            (
                "what",
                Text,
                "",
                "calendar, closure, capacity, incident, regime, driver, contingent, or waiting",
            ),
            ("name", Text, "", "the stage, source of closure, severity, regime or driver"),
            (
                "state",
                Text,
                "",
                "open or closed; the share of the lanes left, or over; the regime of an incident; begins or over; trucks that wait",
            ),
        ],
    )
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
            "the next stage, the end, or turned_back, returned, diverted, repacking also where it comes again; empty while open",
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
        (
            "name",
            Text,
            "",
            "the stage, stream, closure, severity, regime, hub, resource, organisation or driver that it concerns",
        ),
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
