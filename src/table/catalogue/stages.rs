//! Tables by stage and place.

use super::{ALTERNATIVE, Line, column, kept};
use crate::table::{Column, Kind, Table};
use Kind::{Real, Text, Whole};

const STAGE: Line = ("stage", Text, "", "name of the stage");

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
        "lane time paused by closing, closure or failure, at night too, over staffed lane time; empty for unlimited lanes",
    ),
    (
        "down_share",
        Real,
        "share",
        "staffed lane time under repair over staffed lane time; empty for unlimited lanes",
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
                "a stage, a hub (to try again), held (not registered), quota, approval, or turned_back, repacking, diverted (on the way)",
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
                "dispatched (also those that waited first), a stage, a hub (trying again), or turned_back, repacking, diverted (come again)",
            ),
            (
                "to",
                Text,
                "",
                "a stage, an end, or repacking; turned_back, returned and diverted also where the truck comes again",
            ),
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
            let doc = format!("trucks that wait at {stage} just before hour {hour}, or the most in the day that begins there");
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
        (
            "time_h",
            Real,
            "h",
            "since the start: a full hour, just before which is looked; in runs beyond 60 days the beginning of 24 hours, of which the value is the greatest at a full hour",
        ),
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
