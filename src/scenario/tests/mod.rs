//! What scenarios mean, from text to types.

mod corridor;
mod developments;
mod layers;
mod meaning;
mod present;

use std::io;
use std::path::Path;

use super::{Loaded, Reader, Refused, load};

/// Files in memory.
struct Files<'a>(&'a [(&'a str, &'a str)]);

impl Reader for Files<'_> {
    fn read(&self, path: &Path) -> io::Result<String> {
        let found = self.0.iter().find(|(name, _)| Path::new(name) == path);
        found
            .map(|(_, text)| (*text).to_owned())
            .ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

/// One stage, one cargo, one sender, one stream; sections that `more` gives come on top.
const WORLD: &str = r#"
format = 1

[scenario]
name = "world"
sources = { ocha = "OCHA, 2026" }

[horizon]
start = 2026-07-01
length = "30d"

[calendar.crossing]
sun-thu = "08:00-16:00"

[cargo.food]
load = { tonnes = 18 }

[cargo.medical]
load = { tonnes = 10 }

[organisation.un]
share = { value = 0.5, range = [0.4, 0.6], source = "ocha" }
cargo = { food = 0.9, medical = 0.1 }

[organisation.others]
share = 0.3
cargo = { food = 1 }

[organisation.more]
share = 0.2
cargo = { food = 1 }

[convoy.gate]
arrivals = { process = "poisson", rate = "2/h" }
size = 10

[stage.scan]
lanes = { value = 2, range = [1, 4], source = "ocha" }
service = { dist = "lognormal", mean = "3min", cv = 0.5 }
calendar = "crossing"

[stage.transfer]
service = "20min"
lanes = 4

[security.incidents]
process = "poisson"
rate = "0.1/d"
severity = { minor = { share = 0.8 }, major = { share = 0.2, weight = 3 } }
"#;

fn loaded(files: &[(&str, &str)], sets: &[(&str, &str)]) -> Loaded {
    match tried(files, sets) {
        Ok(loaded) => loaded,
        Err(refused) => panic!("{}", told(&refused)),
    }
}

fn tried(files: &[(&str, &str)], sets: &[(&str, &str)]) -> Result<Loaded, Refused> {
    let sets: Vec<(String, String)> = sets.iter().map(|(p, v)| ((*p).to_owned(), (*v).to_owned())).collect();
    load(Path::new(files[0].0), &sets, &Files(files))
}

fn told(refused: &Refused) -> String {
    refused.issues.iter().map(|issue| issue.plain(&refused.sources)).collect()
}

/// The world with more text behind it.
pub(super) fn world_and(more: &str) -> Loaded {
    let text = format!("{WORLD}\n{more}");
    loaded(&[("w.toml", &text)], &[])
}
