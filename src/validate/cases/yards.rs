//! One stage: lanes, services, convoys, finite yards, impatience, priorities.

use super::super::measure::{Cell, Measure};
use super::super::theory::{
    Convoy, abandonment, cobham, convoys, erlang_b, erlang_c, finite_yard, mm1_wait_quantile, pollaczek_khinchine, renewal_arrivals_root,
    waiting_time,
};
use super::super::{Case, Quantity};
use super::{GATE, stage, trucks, world};

const MINUTES: f64 = 60.0;

pub(super) fn cases() -> Vec<Case> {
    vec![
        single_lane(),
        several_lanes(),
        general_services(),
        even_services(),
        even_arrivals(),
        convoys_at_random(),
        convoys_of_random_size(),
        pure_delay(),
        no_yard(),
        small_yard(),
        impatience(),
        priorities(),
    ]
}

/// A stage `gate` of so many lanes.
fn gate(lanes: u32, service: &str, more: &str) -> String {
    format!("[stage.gate]\nlanes = {lanes}\nservice = {service}\n{more}\n")
}

const LOST: Cell = Cell {
    table: "stages",
    column: "lost",
    row: GATE,
};
const ARRIVALS: Cell = Cell {
    table: "stages",
    column: "arrivals",
    row: GATE,
};

fn share_lost(exact: f64) -> Quantity {
    Quantity {
        name: "share lost",
        unit: "",
        exact,
        measure: Measure::Ratio(LOST, ARRIVALS),
    }
}

fn single_lane() -> Case {
    let (rate, service) = (12.0, 4.0 / MINUTES);
    let wait = pollaczek_khinchine(rate, service, 1.0);
    let sections = trucks(rate) + &gate(1, r#"{ dist = "exponential", mean = "4min" }"#, "");
    Case {
        name: "single-lane",
        title: "M/M/1 at load 0.8",
        world: world("single-lane", "42d", "3d", &sections),
        replications: 200,
        quantities: vec![
            stage("mean wait", "mean_wait_min", GATE, wait * MINUTES),
            stage(
                "95th percentile of the wait",
                "wait_p95_min",
                GATE,
                mm1_wait_quantile(rate, service, 0.95) * MINUTES,
            ),
            stage("mean number present", "mean_present", GATE, rate * (wait + service)),
            stage("utilisation", "utilisation", GATE, rate * service),
        ],
    }
}

fn several_lanes() -> Case {
    let (rate, service, lanes) = (36.0, 5.0 / MINUTES, 4);
    let sections = trucks(rate) + &gate(lanes, r#"{ dist = "exponential", mean = "5min" }"#, "");
    let wait = waiting_time(lanes, rate, service);
    Case {
        name: "several-lanes",
        title: "M/M/4 at load 0.75 (Erlang C)",
        world: world("several-lanes", "32d", "2d", &sections),
        replications: 100,
        quantities: vec![
            stage("mean wait", "mean_wait_min", GATE, wait * MINUTES),
            stage("share that waits", "share_waiting", GATE, erlang_c(lanes, rate * service)),
            stage("mean number waiting", "mean_queue", GATE, rate * wait),
        ],
    }
}

fn general_services() -> Case {
    let (rate, service, cv) = (12.0, 4.0 / MINUTES, 1.5);
    let sections = trucks(rate) + &gate(1, r#"{ dist = "lognormal", mean = "4min", cv = 1.5 }"#, "");
    Case {
        name: "general-services",
        title: "M/G/1, lognormal of cv 1.5 (Pollaczek-Khinchine)",
        world: world("general-services", "50d", "5d", &sections),
        replications: 200,
        quantities: vec![stage(
            "mean wait",
            "mean_wait_min",
            GATE,
            pollaczek_khinchine(rate, service, cv * cv) * MINUTES,
        )],
    }
}

fn even_services() -> Case {
    let (rate, service) = (12.0, 4.0 / MINUTES);
    let sections = trucks(rate) + &gate(1, "\"4min\"", "");
    Case {
        name: "even-services",
        title: "M/D/1 (Pollaczek-Khinchine)",
        world: world("even-services", "32d", "2d", &sections),
        replications: 100,
        quantities: vec![stage(
            "mean wait",
            "mean_wait_min",
            GATE,
            pollaczek_khinchine(rate, service, 0.0) * MINUTES,
        )],
    }
}

fn even_arrivals() -> Case {
    let (every, service) = (5.0 / MINUTES, 4.0 / MINUTES);
    let root = renewal_arrivals_root(|s| libm::exp(-s * every), service);
    let stream = "[convoy.trucks]\narrivals = { process = \"renewal\", every = \"5min\" }\nsize = 1\n".to_owned();
    let sections = stream + &gate(1, r#"{ dist = "exponential", mean = "4min" }"#, "");
    Case {
        name: "even-arrivals",
        title: "D/M/1 (Kendall 1953)",
        world: world("even-arrivals", "32d", "2d", &sections),
        replications: 100,
        quantities: vec![
            stage("mean wait", "mean_wait_min", GATE, root * service / (1.0 - root) * MINUTES),
            stage("share that waits", "share_waiting", GATE, root),
        ],
    }
}

fn convoy_stream(per_hour: f64, size: &str) -> String {
    format!("[convoy.trucks]\narrivals = {{ process = \"poisson\", rate = \"{per_hour}/h\" }}\nsize = {size}\n")
}

fn convoys_at_random() -> Case {
    let (rate, service) = (1.0, 4.0 / MINUTES);
    let wait = convoys(rate, Convoy { mean: 10.0, variance: 0.0 }, service, 1.0);
    let sections = convoy_stream(rate, "10") + &gate(1, r#"{ dist = "exponential", mean = "4min" }"#, "");
    Case {
        name: "convoys",
        title: "M^[X]/M/1, convoys of 10 (Burke 1975)",
        world: world("convoys", "90d", "10d", &sections),
        replications: 100,
        quantities: vec![
            stage("mean wait", "mean_wait_min", GATE, wait * MINUTES),
            stage("mean number present", "mean_present", GATE, rate * 10.0 * (wait + service)),
        ],
    }
}

fn convoys_of_random_size() -> Case {
    let (rate, service, mean, k) = (0.5, 3.0 / MINUTES, 20.0, 4.0);
    let size = Convoy {
        mean,
        variance: mean + mean * mean / k,
    };
    let wait = convoys(rate, size, service, 0.25);
    let law = r#"{ dist = "negative_binomial", mean = 20, k = 4 }"#;
    let sections = convoy_stream(rate, law) + &gate(1, r#"{ dist = "gamma", mean = "3min", cv = 0.5 }"#, "");
    Case {
        name: "uneven-convoys",
        title: "M^[X]/G/1, convoys of negative binomial size (Burke 1975)",
        world: world("uneven-convoys", "100d", "10d", &sections),
        replications: 100,
        quantities: vec![stage("mean wait", "mean_wait_min", GATE, wait * MINUTES)],
    }
}

fn pure_delay() -> Case {
    const THERE: Cell = Cell {
        table: "observations",
        column: "present",
        row: GATE,
    };
    let (rate, service) = (6.0, 2.0);
    let stage_text =
        "[stage.gate]\nlanes = \"unlimited\"\nservice = { dist = \"weibull\", mean = \"2h\", cv = 0.6 }\n[observe]\nat = [\"5d\"]\n";
    Case {
        name: "pure-delay",
        title: "M/G/∞: trucks on the road are a Poisson number",
        world: world("pure-delay", "5d", "1d", &(trucks(rate) + stage_text)),
        replications: 4_000,
        quantities: vec![
            stage("mean number present", "mean_present", GATE, rate * service),
            Quantity {
                name: "variance of the number present",
                unit: "",
                exact: rate * service,
                measure: Measure::Variance(THERE),
            },
        ],
    }
}

fn no_yard() -> Case {
    let sections = trucks(24.0)
        + &gate(
            10,
            r#"{ dist = "lognormal", mean = "20min", cv = 1 }"#,
            r#"queue = { capacity = 0, when_full = "lose" }"#,
        );
    Case {
        name: "no-yard",
        title: "M/G/10/10, whatever the services (Erlang B)",
        world: world("no-yard", "21d", "1d", &sections),
        replications: 100,
        quantities: vec![share_lost(erlang_b(10, 8.0))],
    }
}

fn small_yard() -> Case {
    let loss = finite_yard(1, 5, 12.0, 4.0 / MINUTES);
    let sections = trucks(12.0)
        + &gate(
            1,
            r#"{ dist = "exponential", mean = "4min" }"#,
            r#"queue = { capacity = 5, when_full = "lose" }"#,
        );
    Case {
        name: "small-yard",
        title: "M/M/1/6, full: lost",
        world: world("small-yard", "32d", "2d", &sections),
        replications: 100,
        quantities: vec![
            share_lost(loss.lost),
            stage("mean number present", "mean_present", GATE, loss.present),
        ],
    }
}

fn impatience() -> Case {
    const EXPIRED: Cell = Cell {
        table: "stages",
        column: "expired",
        row: GATE,
    };
    let a = abandonment(3, 12.0, 16.0 / MINUTES, 30.0 / MINUTES);
    let patience = r#"patience = { dist = "exponential", mean = "30min" }"#;
    let sections = trucks(12.0) + &gate(3, r#"{ dist = "exponential", mean = "16min" }"#, patience);
    Case {
        name: "impatience",
        title: "M/M/3+M, overloaded (Erlang A)",
        world: world("impatience", "32d", "2d", &sections),
        replications: 100,
        quantities: vec![
            Quantity {
                name: "share that gives up",
                unit: "",
                exact: a.gave_up,
                measure: Measure::Ratio(EXPIRED, ARRIVALS),
            },
            stage("share that waits", "share_waiting", GATE, a.waits),
            stage("mean number waiting", "mean_queue", GATE, a.waiting),
        ],
    }
}

fn priorities() -> Case {
    let waits = cobham(&[4.0, 8.0], 4.0 / MINUTES);
    let world = r#"format = 1
[scenario]
name = "priorities"
[horizon]
start = 2026-01-01
length = "60d"
warm_up = "5d"
[cargo.urgent]
load = { tonnes = 20 }
priority = 1
[cargo.other]
load = { tonnes = 20 }
priority = 2
[organisation.all]
share = 1
cargo = { urgent = 0.5, other = 0.5 }
[convoy.urgent]
arrivals = { process = "poisson", rate = "4/h" }
size = 1
cargo = "urgent"
[convoy.other]
arrivals = { process = "poisson", rate = "8/h" }
size = 1
cargo = "other"
[stage.gate]
lanes = 1
service = { dist = "exponential", mean = "4min" }
queue = { discipline = "priority" }
"#;
    let class = |name, row, exact: f64| Quantity {
        name,
        unit: "min",
        exact: exact * MINUTES,
        measure: Measure::Mean(Cell {
            table: "stage_cargo",
            column: "mean_wait_min",
            row,
        }),
    };
    Case {
        name: "priorities",
        title: "M/M/1, two classes, non-preemptive (Cobham 1954)",
        world: world.to_owned(),
        replications: 150,
        quantities: vec![
            class("mean wait of the urgent", &[("stage", "gate"), ("cargo", "urgent")], waits[0]),
            class("mean wait of the others", &[("stage", "gate"), ("cargo", "other")], waits[1]),
        ],
    }
}
