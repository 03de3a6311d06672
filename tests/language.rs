//! The pages that are made from the field tables are those the program makes; the shipped scenarios are sound.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rafah::scenario::{Reader, load, reference, schema};
use rafah::study;

struct Disk;

impl Reader for Disk {
    fn read(&self, path: &Path) -> io::Result<String> {
        fs::read_to_string(path)
    }
}

/// Compares a generated page with the one in the repository; `UPDATE=1 cargo test --test language` writes it anew.
fn is_up_to_date(path: &str, text: &str) {
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path, text).expect("the page can be written");
    }
    assert!(
        fs::read_to_string(path).unwrap_or_default() == text,
        "{path} is out of date: UPDATE=1 cargo test --test language"
    );
}

#[test]
fn the_reference_is_up_to_date() {
    is_up_to_date("docs/reference.md", &format!("{}{}", reference(), study::reference()));
}

#[test]
fn the_schema_is_up_to_date() {
    is_up_to_date(
        "schema/scenario.schema.json",
        &format!("{}\n", serde_json::to_string_pretty(&schema()).unwrap()),
    );
}

#[test]
fn the_schema_of_studies_is_up_to_date() {
    is_up_to_date(
        "schema/study.schema.json",
        &format!("{}\n", serde_json::to_string_pretty(&study::schema()).unwrap()),
    );
}

fn scenarios(folder: &Path, found: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).expect("the folder is in the repository");
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        if path.is_dir() && !path.ends_with("policies") {
            scenarios(&path, found);
        } else if path.extension().is_some_and(|e| e == "toml") && fs::read_to_string(&path).is_ok_and(|text| text.contains("[scenario]")) {
            found.push(path);
        }
    }
}

#[test]
fn every_shipped_scenario_means_what_its_resolved_text_means() {
    struct One(String);
    impl Reader for One {
        fn read(&self, _: &Path) -> io::Result<String> {
            Ok(self.0.clone())
        }
    }
    let mut found = Vec::new();
    scenarios(Path::new("scenarios"), &mut found);
    found.sort();
    for path in found {
        let loaded = load(&path, &[], &Disk).unwrap_or_else(|refused| {
            let told: Vec<String> = refused.issues.iter().map(|i| i.plain(&refused.sources)).collect();
            panic!("{}", told.join("\n"))
        });
        let text = loaded.resolved();
        let again = load(Path::new("resolved.toml"), &[], &One(text.clone())).expect("the resolved text loads");
        assert!(again.scenario == loaded.scenario && again.resolved() == text, "{}", path.display());
    }
}
