//! Several stages: rejection, repeated visits, blocking.

use super::super::measure::{Cell, Measure};
use super::super::theory::{waiting_time, yard_throughput};
use super::super::{Case, Quantity};
use super::{response, stage, trucks, world};

const MINUTES: f64 = 60.0;

pub(super) fn cases() -> Vec<Case> {
    vec![chain(), feedback(), blocking("blocking", 0), blocking("blocking-yard", 3)]
}

fn chain() -> Case {
    const SCAN: &[(&str, &str)] = &[("stage", "scan")];
    const TRANSFER: &[(&str, &str)] = &[("stage", "transfer")];
    let (first, second, third) = (10.0, 10.0, 9.0);
    let waits = [
        waiting_time(1, first, 4.0 / MINUTES),
        waiting_time(2, second, 9.0 / MINUTES),
        waiting_time(5, third, 25.0 / MINUTES),
    ];
    let way: f64 = waits.iter().sum::<f64>() + (4.0 + 9.0 + 25.0) / MINUTES;
    let sections = trucks(first)
        + r#"[stage.documents]
lanes = 1
service = { dist = "exponential", mean = "4min" }
[stage.scan]
lanes = 2
service = { dist = "exponential", mean = "9min" }
outcome.no = { probability = 0.1, to = "rejected" }
[stage.transfer]
lanes = 5
service = { dist = "exponential", mean = "25min" }
"#;
    Case {
        name: "chain",
        title: "three stages, one in ten rejected after the second (Jackson 1957)",
        world: world("chain", "64d", "4d", &sections),
        replications: 100,
        quantities: vec![
            stage("mean wait at the scan", "mean_wait_min", SCAN, waits[1] * MINUTES),
            stage("mean wait at the transfer", "mean_wait_min", TRANSFER, waits[2] * MINUTES),
            response("mean time to delivery", "delivery_time_mean_h", way),
        ],
    }
}

fn feedback() -> Case {
    const SCAN: &[(&str, &str)] = &[("stage", "scan")];
    const PHYSICAL: &[(&str, &str)] = &[("stage", "physical")];
    // A fifth of the scans leads to a search and back: 6 / (1 - 0.2) scans an hour.
    let scans = 6.0 / 0.8;
    let searches = 0.2 * scans;
    let (scan, search) = (waiting_time(2, scans, 12.0 / MINUTES), waiting_time(1, searches, 25.0 / MINUTES));
    let sections = trucks(6.0)
        + r#"[stage.scan]
lanes = 2
service = { dist = "exponential", mean = "12min" }
outcome.search = { probability = 0.2, to = "physical" }
next = "delivered"
[stage.physical]
lanes = 1
service = { dist = "exponential", mean = "25min" }
next = "scan"
"#;
    let mean_way = (scans * (scan + 12.0 / MINUTES) + searches * (search + 25.0 / MINUTES)) / 6.0;
    Case {
        name: "feedback",
        title: "searched by hand and scanned again (Jackson 1957)",
        world: world("feedback", "84d", "4d", &sections),
        replications: 100,
        quantities: vec![
            stage("mean wait at the scan", "mean_wait_min", SCAN, scan * MINUTES),
            stage("mean wait for the search", "mean_wait_min", PHYSICAL, search * MINUTES),
            response("mean time to delivery", "delivery_time_mean_h", mean_way),
        ],
    }
}

fn blocking(name: &'static str, yard: u32) -> Case {
    let (hours, service) = (1_000.0, 6.0 / MINUTES);
    let sections = format!(
        r#"[convoy.trucks]
arrivals = {{ process = "schedule", at = [2026-01-01T00:00:00] }}
size = 20000
[stage.first]
lanes = 1
service = {{ dist = "exponential", mean = "6min" }}
[stage.second]
lanes = 1
service = {{ dist = "exponential", mean = "6min" }}
queue = {{ capacity = {yard}, when_full = "block" }}
"#
    );
    Case {
        name,
        title: "two stages, the first never idle: greatest throughput (Hunt 1956)",
        world: world(name, "1100h", "100h", &sections),
        replications: 60,
        quantities: vec![Quantity {
            name: "trucks in 1000 h",
            unit: "",
            exact: hours * yard_throughput(yard, service),
            measure: Measure::Mean(Cell::response("delivered_trucks")),
        }],
    }
}
