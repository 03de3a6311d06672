//! Incidents and what a policy makes of them.

use super::super::measure::{Cell, Measure};
use super::super::theory::{Counts, covered, hawkes_counts, regime_counts};
use super::super::{Case, Quantity};
use super::{response, world};

const DAY: f64 = 24.0;

pub(super) fn cases() -> Vec<Case> {
    vec![clusters(), regimes(), closed_after_each()]
}

const IDLE: &str = "[stage.gate]\nlanes = 1\nservice = \"0min\"\n";

fn counts(exact: Counts) -> Vec<Quantity> {
    vec![
        response("mean number of incidents", "incidents", exact.mean),
        Quantity {
            name: "variance of that number",
            unit: "",
            exact: exact.variance,
            measure: Measure::Variance(Cell::response("incidents")),
        },
    ]
}

fn clusters() -> Case {
    let sections =
        IDLE.to_owned() + "[security.incidents]\nprocess = \"hawkes\"\nbase_rate = \"0.12/d\"\nbranching = 0.4\ndecay = \"3d\"\n";
    Case {
        name: "clusters",
        title: "self-exciting incidents, 90 days (Hawkes 1971)",
        world: world("clusters", "90d", "0d", &sections),
        replications: 20_000,
        quantities: counts(hawkes_counts(0.12 / DAY, 0.4, 3.0 * DAY, 90.0 * DAY)),
    }
}

fn regimes() -> Case {
    let sections = IDLE.to_owned()
        + r#"[security.incidents]
process = "regimes"
start = "calm"
regime.calm = { stay = "30d", rate = "0.05/d", to = { tense = 1 } }
regime.tense = { stay = "10d", rate = "0.6/d", to = { calm = 1 } }
"#;
    Case {
        name: "regimes",
        title: "calm and tense in turn, 90 days (Markov-modulated Poisson)",
        world: world("regimes", "90d", "0d", &sections),
        replications: 20_000,
        quantities: counts(regime_counts(&[30.0 * DAY, 10.0 * DAY], &[0.05 / DAY, 0.6 / DAY], 90.0 * DAY)),
    }
}

fn closed_after_each() -> Case {
    let sections = IDLE.to_owned()
        + r#"[security.incidents]
process = "poisson"
rate = "0.5/d"
severity = { minor = { share = 0.4 }, major = { share = 0.6 } }
[policy]
name = "close"
response.major = { capacity = 0, for = "36h" }
"#;
    Case {
        name: "closed-after-each",
        title: "each major incident closes for 36 h, overlaps merged, 30 days (Takács 1962)",
        world: world("closed-after-each", "30d", "0d", &sections),
        replications: 10_000,
        quantities: vec![response("hours closed", "closed_h", covered(0.3 / DAY, 36.0, 30.0 * DAY))],
    }
}
