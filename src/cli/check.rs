//! `rafah check`: all that is wrong with scenarios at once, or what they are.

use serde_json::{Value, json};

use super::account;
use super::arguments::Check;
use super::failure::Failure;
use super::{drivers, input, issues, say};
use crate::scenario::{Issue, Loaded, Refused, Sources};

/// Checks every file given; fails when any is wrong.
pub(super) fn check(given: &Check) -> Result<(), Failure> {
    let there = input::present(&given.files);
    if !given.json {
        there?;
    }
    let mut tally = issues::Tally::default();
    let mut told = Vec::new();
    let mut missing = Vec::new();
    for file in &given.files {
        let shown = file.display().to_string();
        if let Some(why) = input::unreadable(file) {
            let issue = Issue::error(why.clone());
            told.push(json!({ "file": shown, "ok": false, "issues": issues::as_json(&[issue], &Sources::default()) }));
            missing.push(why);
            continue;
        }
        let read = input::load(file, &given.sets.set);
        if let Err(refused) = &read {
            tally.count(&refused.issues);
        }
        if given.json {
            told.push(as_json(&shown, &read, given));
        } else {
            tell(&shown, &read, given)?;
        }
    }
    if given.json {
        say::json(&Value::Array(told))?;
    }
    if !missing.is_empty() {
        return Err(Failure::NoInput(missing.join("\n")));
    }
    tally.verdict().map_or(Ok(()), |verdict| Err(Failure::Scenario(verdict)))
}

fn tell(file: &str, read: &Result<Loaded, Refused>, given: &Check) -> Result<(), Failure> {
    match read {
        Ok(loaded) => {
            if !loaded.warnings.is_empty() {
                say::aside(&issues::drawn(&loaded.warnings, &loaded.sources));
            }
            if given.resolved {
                say::result(&loaded.resolved())
            } else if given.evidence {
                say::result(&account::without_evidence(file, loaded))
            } else if given.drivers {
                say::result(&drivers::of(file, loaded))
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

fn as_json(file: &str, read: &Result<Loaded, Refused>, given: &Check) -> Value {
    match read {
        Ok(loaded) if given.drivers => json!({
            "file": file,
            "ok": true,
            "issues": issues::as_json(&loaded.warnings, &loaded.sources),
            "scenario": loaded.scenario.name,
            "drivers": drivers::as_json(loaded),
        }),
        Ok(loaded) => json!({
            "file": file,
            "ok": true,
            "issues": issues::as_json(&loaded.warnings, &loaded.sources),
            "scenario": loaded.scenario.name,
            "title": loaded.scenario.title,
            "without_evidence": account::paths_without_evidence(loaded),
            "parameters": account::parameters_as_json(loaded),
        }),
        Err(refused) => json!({ "file": file, "ok": false, "issues": issues::as_json(&refused.issues, &refused.sources) }),
    }
}
