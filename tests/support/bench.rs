//! A study in a folder of its own, to run commands on.

use std::fs;
use std::path::PathBuf;

use crate::program::{Ran, rafah};

/// Incidents close the crossing, so that closures, queues and days differ from replication to replication.
const WORLD: &str = r#"
format = 1
[scenario]
name = "world"
[horizon]
start = 2026-07-01
length = "50d"
[calendar.crossing]
sun-thu = "08:00-16:00"
[cargo.food]
load.tonnes = { dist = "normal", mean = 20, sd = 4 }
need = "900 t/d"
[cargo.medical]
load.tonnes = 12
priority = 1
[organisation.all]
share = 1
cargo = { food = 0.9, medical = 0.1 }
[convoy.morning]
size = { dist = "negative_binomial", mean = 60, k = 12, autocorrelation = 0.3 }
arrivals = { process = "schedule", times = ["06:00"], calendar = "crossing" }
[stage.scan]
lanes = 4
calendar = "crossing"
service = { dist = "lognormal", mean = "28min", cv = 0.4 }
outcome.rejected = { probability = 0.05, to = "rejected" }
[stage.platform]
lanes = 3
service = { dist = "gamma", mean = "20min", cv = 0.5 }
queue = { capacity = 6, when_full = "block" }
[security.incidents]
process = "poisson"
rate = "0.1/d"
severity = { minor = { share = 0.5 }, major = { share = 0.5, weight = 3 } }
[policy]
name = "own"
response.major = { capacity = 0, for = { dist = "exponential", mean = "24h" } }
"#;

/// From the 40th day on the crossing stays open in the evening.
const LATE: &str = r#"
format = 1
[policy]
name = "late"
response.major = { capacity = 0, for = { dist = "exponential", mean = "24h" } }
[policy.set]
"calendar.crossing.season.late" = { from = 2026-08-09, to = 2026-09-30, sun-thu = "08:00-20:00" }
"#;

/// Four alternatives, of which two are the same.
pub(crate) const STUDY: &str = r#"
format = 1
[study]
name = "hours"
title = "Longer hours"
question = "Do longer hours help?"
scenario = "world.toml"
replications = 12
reference = "as-it-is"
responses = ["delivered_tonnes", "need_met", "stage.scan.mean_wait_min"]
[alternative.late]
policy = "late.toml"
[alternative.as-it-is]
[alternative.again]
title = "The same once more"
[alternative.lanes]
set = { "stage.scan.lanes" = 5 }
"#;

/// A folder with the world, a policy and a study.
pub(crate) struct Bench {
    folder: tempfile::TempDir,
}

impl Bench {
    /// The folder with this study.
    pub(crate) fn new(study: &str) -> Bench {
        let bench = Bench {
            folder: tempfile::tempdir().unwrap(),
        };
        for (name, text) in [("world.toml", WORLD), ("late.toml", LATE), ("study.toml", study)] {
            fs::write(bench.path(name), text).unwrap();
        }
        bench
    }

    /// A path in it.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A command on the study.
    pub(crate) fn rafah(&self, command: &str, more: &[&str]) -> Ran {
        let study = self.path("study.toml").display().to_string();
        rafah(&[&[command, study.as_str()], more].concat())
    }

    /// A comparison into a folder, all tables as CSV.
    pub(crate) fn compare(&self, into: &str, more: &[&str]) -> PathBuf {
        let folder = self.path(into);
        let shown = folder.display().to_string();
        let ran = self.rafah(
            "compare",
            &[&["--no-charts", "--format", "csv", "--quiet", "-o", &shown], more].concat(),
        );
        assert_eq!((ran.code, ran.err.as_str(), ran.out.as_str()), (0, "", ""));
        folder
    }
}
