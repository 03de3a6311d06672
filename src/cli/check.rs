//! `rafah check`: all that is wrong with scenarios and studies at once, or what they are.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::account;
use super::arguments::Check;
use super::failure::Failure;
use super::{drivers, input, issues, say, studies};
use crate::scenario::{self, Issue, Loaded, Refused, Sources};
use crate::study::Study;

/// Checks every file given; fails when any is wrong.
pub(super) fn check(given: &Check) -> Result<(), Failure> {
    let there = input::present(&given.files);
    if !given.json {
        there?;
    }
    if given.markdown {
        return page_of_evidence(given);
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
        if input::is_study(file) {
            let read = study(file, given)?;
            if let Err(refused) = &read {
                tally.count_study(&refused.issues);
            }
            if given.json {
                told.push(study_as_json(&shown, &read));
            } else {
                tell_study(&shown, &read)?;
            }
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

/// How every parameter of the scenarios is known; a policy is laid over the first of them.
fn page_of_evidence(given: &Check) -> Result<(), Failure> {
    say::result(&evidence_of(&given.files, &given.sets.set)?)
}

fn evidence_of(files: &[PathBuf], sets: &[(String, String)]) -> Result<String, Failure> {
    // A file may be named again, so that the one that others extend can stand first.
    let mut once: Vec<&PathBuf> = Vec::new();
    for file in files {
        if !once.contains(&file) {
            once.push(file);
        }
    }
    let mut named = Vec::new();
    for file in &once {
        let mut sets = sets.to_vec();
        let read = if is_policy(file) {
            sets.push(("policy".to_owned(), file.display().to_string()));
            once[0]
        } else {
            file
        };
        for loaded in input::load_all(std::slice::from_ref(read), &sets, true)? {
            named.push((file.display().to_string(), loaded));
        }
    }
    Ok(scenario::evidence(
        &named,
        &format!("rafah check --evidence --markdown {}", by_folder(files)),
    ))
}

/// Whether a file holds a policy and no scenario.
fn is_policy(file: &Path) -> bool {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let has = |table: &str| text.lines().any(|line| line.starts_with(table));
    has("[policy]") && !has("[scenario]")
}

/// The files as one would name them: many of a folder by a pattern.
fn by_folder(files: &[PathBuf]) -> String {
    let folder = |file: &PathBuf| file.parent().unwrap_or(Path::new("")).to_owned();
    let mut told: Vec<String> = Vec::new();
    for file in files {
        let folder = folder(file);
        let many = files.iter().filter(|other| other.parent() == Some(&folder)).count() > 3;
        // The first file, over which policies are laid, is named by itself.
        let shown = if many && !told.is_empty() {
            folder.join("*.toml").display().to_string()
        } else {
            file.display().to_string()
        };
        if !told.contains(&shown) {
            told.push(shown);
        }
    }
    told.join(" ")
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

/// Reads a study; what is told of single scenarios is not told of it.
fn study(file: &Path, given: &Check) -> Result<Result<Study, Refused>, Failure> {
    let options = [
        ("--resolved", given.resolved),
        ("--evidence", given.evidence),
        ("--drivers", given.drivers),
    ];
    if let Some((option, _)) = options.iter().find(|(_, given)| *given) {
        return Err(Failure::Usage(format!(
            "`{option}` tells of a scenario, and `{}` is a study: name its scenario, with `--set` for what an alternative changes",
            file.display()
        )));
    }
    Ok(input::read_study(file, &given.sets.set))
}

fn tell_study(file: &str, read: &Result<Study, Refused>) -> Result<(), Failure> {
    match read {
        Ok(study) => {
            say::aside(&issues::drawn(&study.warnings, &study.sources));
            say::result(&studies::of(file, study))
        }
        Err(refused) => {
            say::aside(&issues::drawn(&refused.issues, &refused.sources));
            Ok(())
        }
    }
}

fn study_as_json(file: &str, read: &Result<Study, Refused>) -> Value {
    let (issues, sources) = match read {
        Ok(study) => (&study.warnings, &study.sources),
        Err(refused) => (&refused.issues, &refused.sources),
    };
    let mut told = json!({ "file": file, "ok": read.is_ok(), "issues": issues::as_json(issues, sources) });
    if let (Ok(study), Some(told)) = (read, told.as_object_mut())
        && let Value::Object(study) = studies::as_json(study)
    {
        told.extend(study);
    }
    told
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The page is of these, the baseline first; `UPDATE=1 cargo test --lib the_page_of_evidence` writes it anew.
    const FOLDERS: [&str; 5] = [
        "scenarios",
        "scenarios/history",
        "scenarios/calibration",
        "scenarios/drivers",
        "scenarios/policies",
    ];

    #[test]
    fn the_page_of_evidence_is_up_to_date() {
        let mut files = vec![PathBuf::from("scenarios/baseline-2026.toml")];
        for folder in FOLDERS {
            let mut of_folder: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
            of_folder.retain(|path| path.extension().is_some_and(|e| e == "toml"));
            of_folder.sort();
            files.extend(of_folder);
        }
        let text = evidence_of(&files, &[]).unwrap();
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write("docs/evidence.md", &text).unwrap();
        }
        let page = std::fs::read_to_string("docs/evidence.md").unwrap_or_default();
        assert!(
            page == text,
            "docs/evidence.md is out of date: UPDATE=1 cargo test --lib the_page_of_evidence"
        );
    }

    #[test]
    fn many_files_of_a_folder_are_named_by_a_pattern() {
        let files: Vec<PathBuf> = ["a/1.toml", "a/1.toml", "a/2.toml", "a/3.toml", "b/x.toml"]
            .map(PathBuf::from)
            .to_vec();
        assert_eq!(by_folder(&files), "a/1.toml a/*.toml b/x.toml");
    }
}
