//! A commented scenario to start from.

use crate::scenario::document::text_value;

const TEMPLATE: &str = r#"# Durations, rates and clock times are written in quotes with their unit ("4min", "1.5/h", "08:00"), dates without quotes.
# Any number may say where it comes from: { value = 3, range = [2, 5], source = "KEY" } or { value = 3, assumption = "why" }.
format = 1

[scenario]
name = NAME
title = "One convoy a day through papers, scan and transfer"
sources = { example-2026 = "Publisher, title, date, address" }

[horizon]
start = 2026-07-01
length = "60d"                # the warm-up included
warm_up = "10d"               # what happens before this does not count

[calendar.crossing]           # days that are not named are closed
sun-thu = "08:00-17:00"
sat = ["08:00-12:00", "13:00-16:00"]
holidays = [2026-07-16]

[cargo.food]
load = { tonnes = { value = 18, range = [15, 21], assumption = "a loaded trailer" }, pallets = 22 }
need = "600 t/d"
priority = 2                  # 1 is served first, where a queue goes by priority

[cargo.medical]
load = { tonnes = 10, pallets = 20 }
need = "40 t/d"
priority = 1
restricted = 0.02             # share of trucks that screening rejects

[organisation.un]
share = 0.7                   # of the trucks; the shares of all organisations sum to 1
cargo = { food = 0.9, medical = 0.1 }

[organisation.others]
share = 0.3
cargo = { food = 0.8, medical = 0.2 }

[convoy.gate]
arrivals = { process = "schedule", times = ["06:00"], calendar = "crossing", jitter = { dist = "uniform", min = "0min", max = "60min" } }
size = { dist = "negative_binomial", mean = 60, k = 10 }

# The order of the stages is the route of the trucks.
[stage.documents]
lanes = 3
calendar = "crossing"
service = { dist = "lognormal", mean = "6min", cv = 0.5 }
queue = { discipline = "priority" }

[stage.scan]
lanes = { value = 2, range = [1, 4], source = "example-2026" }
calendar = "crossing"
service = "7min"
extra.search = { probability = 0.1, time = { dist = "triangular", min = "15min", mode = "25min", max = "60min" } }
outcome.reject = { probability = 0.03, to = "rejected", for = { medical = 0.01 } }
at_closure = "hold"           # services under way pause; also "finish", "restart", "turn_back"
counts_as = "inspected"

[stage.transfer]              # what leaves the last stage is delivered
lanes = 8
calendar = "crossing"
service = { dist = "gamma", mean = "35min", cv = 0.5 }

[security.incidents]          # the same whatever the policy
process = "hawkes"
base_rate = "0.05/d"
branching = 0.4               # mean number of further incidents that each one brings about
decay = "3d"
severity = { minor = { share = 0.8 }, major = { share = 0.2, weight = 3 } }

[policy]                      # how incidents turn into closures
name = "close after major incidents"
response.major = { capacity = 0, for = { dist = "lognormal", mean = "24h", cv = 1 }, quiet = "12h" }
response.minor = { capacity = 0.5, for = "4h", scope = ["transfer"] }
reopening = [{ capacity = 0.5, for = "12h" }]

[observe]                     # the state just before these instants
daily = ["08:00", "17:00"]
"#;

/// A commented scenario of this name, which loads and runs.
pub fn template(name: &str) -> String {
    TEMPLATE.replacen("NAME", &text_value(name), 1)
}
