//! Closures: what they do to a queue, and how long they last.

use super::super::Case;
use super::super::theory::{Environment, alternating_closed, interrupted_server};
use super::{GATE, response, stage, trucks, world};

const MINUTES: f64 = 60.0;

pub(super) fn cases() -> Vec<Case> {
    vec![held(), partly_closed(), spells(), nothing_held()]
}

const SPELLS: &str = r#"[closure.spells]
process = "renewal"
open = { dist = "exponential", mean = "10h" }
closed = { dist = "exponential", mean = "2h" }
"#;

fn held() -> Case {
    let (rate, service, open, closed) = (6.0, 4.0 / MINUTES, 10.0, 2.0);
    let present = interrupted_server(rate, service, open, closed);
    let sections = trucks(rate)
        + r#"[stage.gate]
lanes = 1
service = { dist = "exponential", mean = "4min" }
at_closure = "hold"
"# + SPELLS;
    let completion = service * (1.0 + closed / open);
    Case {
        name: "closures-held",
        title: "M/M/1, exponential open and closed spells, service held (White and Christie 1958)",
        world: world("closures-held", "220d", "20d", &sections),
        replications: 150,
        quantities: vec![
            stage("mean number present", "mean_present", GATE, present),
            stage("mean time at the stage", "mean_time_min", GATE, present / rate * MINUTES),
            stage("mean wait", "mean_wait_min", GATE, (present / rate - completion) * MINUTES),
        ],
    }
}

fn partly_closed() -> Case {
    let environment = Environment {
        rate: 12.0,
        service: 10.0 / MINUTES,
        open: 3,
        closed: 1,
        mean_open: 10.0,
        mean_closed: 2.0,
    };
    let sections = trucks(environment.rate)
        + r#"[stage.gate]
lanes = 3
service = { dist = "exponential", mean = "10min" }
at_closure = "hold"
"# + SPELLS
        + "capacity = 0.3\n";
    Case {
        name: "partly-closed",
        title: "M/M/3, one lane stays open during closures (two-state environment)",
        world: world("partly-closed", "220d", "20d", &sections),
        replications: 150,
        quantities: vec![stage("mean number present", "mean_present", GATE, environment.present())],
    }
}

fn spells() -> Case {
    let sections = r#"[stage.gate]
lanes = 1
service = "0min"
[closure.spells]
process = "renewal"
open = { dist = "exponential", mean = "48h" }
closed = { dist = "exponential", mean = "12h" }
"#;
    // Closed spells begin at the rate of open time.
    let closed = alternating_closed(48.0, 12.0, 240.0);
    Case {
        name: "spells",
        title: "exponential open and closed spells, ten days from an open start",
        world: world("spells", "240h", "0h", sections),
        replications: 20_000,
        quantities: vec![
            response("hours closed", "closed_h", closed),
            response("closures", "closures", (240.0 - closed) / 48.0),
        ],
    }
}

fn nothing_held() -> Case {
    let sections = trucks(6.0)
        + r#"[stage.gate]
lanes = "unlimited"
service = "1h"
at_closure = "turn_back"
queue_at_closure = "turn_back"
"# + SPELLS;
    // A truck that starts is turned back with the probability that a closure begins within its hour; those that come while it is
    // closed start together at the reopening.
    let through = libm::exp(-1.0 / 10.0);
    Case {
        name: "turned-back",
        title: "a pure delay that closures empty: the share that gets through",
        world: world("turned-back", "220d", "20d", &sections),
        replications: 60,
        quantities: vec![response("trucks delivered", "delivered_trucks", 6.0 * 24.0 * 200.0 * through)],
    }
}
