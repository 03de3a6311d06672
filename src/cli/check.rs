//! `rafah check`: all that is wrong with scenarios at once, or what they are.

use serde_json::{Value, json};

use super::account;
use super::arguments::Check;
use super::failure::Failure;
use super::{input, issues, say};
use crate::scenario::{self, Loaded, Refused};

/// Checks every file given; fails when any is wrong.
pub(super) fn check(given: &Check) -> Result<(), Failure> {
    input::present(&given.files)?;
    if given.evidence {
        return evidence(given);
    }
    let mut tally = issues::Tally::default();
    let mut told = Vec::new();
    for file in &given.files {
        let read = input::load(file, &given.sets.set);
        if let Err(refused) = &read {
            tally.count(&refused.issues);
        }
        let shown = file.display().to_string();
        if given.json {
            told.push(as_json(&shown, &read));
        } else {
            tell(&shown, &read, given)?;
        }
    }
    if given.json {
        say::json(&Value::Array(told))?;
    }
    tally.verdict().map_or(Ok(()), |verdict| Err(Failure::Scenario(verdict)))
}

/// How every parameter of the scenarios is known.
fn evidence(given: &Check) -> Result<(), Failure> {
    let loaded = input::load_all(&given.files, &given.sets.set, false)?;
    let named: Vec<(String, &Loaded)> = given.files.iter().map(|file| file.display().to_string()).zip(&loaded).collect();
    let files: Vec<&str> = named.iter().map(|(file, _)| file.as_str()).collect();
    say::result(&scenario::evidence(&named, &format!("rafah check --evidence {}", files.join(" "))))
}

fn tell(file: &str, read: &Result<Loaded, Refused>, given: &Check) -> Result<(), Failure> {
    match read {
        Ok(loaded) => {
            if !loaded.warnings.is_empty() {
                say::aside(&issues::drawn(&loaded.warnings, &loaded.sources));
            }
            if given.resolved {
                say::result(&loaded.resolved())
            } else {
                say::result(&account::of(file, loaded))
            }
        }
        Err(refused) => {
            say::aside(&issues::drawn(&refused.issues, &refused.sources));
            Ok(())
        }
    }
}

fn as_json(file: &str, read: &Result<Loaded, Refused>) -> Value {
    match read {
        Ok(loaded) => json!({
            "file": file,
            "ok": true,
            "issues": issues::as_json(&loaded.warnings, &loaded.sources),
            "scenario": loaded.scenario.name,
            "title": loaded.scenario.title,
            "parameters": account::parameters_as_json(loaded),
        }),
        Err(refused) => json!({ "file": file, "ok": false, "issues": issues::as_json(&refused.issues, &refused.sources) }),
    }
}
