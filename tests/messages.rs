//! Every wrong scenario in `tests/wrong` is refused in words that were read and approved.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rafah::scenario::issue::Severity;
use rafah::scenario::{Issue, Reader, Sources, load};
use rafah::study;

struct Disk;

impl Reader for Disk {
    fn read(&self, path: &Path) -> io::Result<String> {
        fs::read_to_string(path)
    }
}

fn wrong_files(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the corpus is in the repository");
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .collect();
    files.sort();
    files
}

fn told(issues: &[Issue], sources: &Sources) -> String {
    issues.iter().map(|issue| issue.plain(sources)).collect::<Vec<_>>().join("\n")
}

fn approved(name: &str, text: &str) {
    insta::with_settings!({ snapshot_path => "snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, text);
    });
}

#[test]
fn every_wrong_scenario_is_told_what_is_wrong() {
    let files = wrong_files("tests/wrong");
    assert!(files.len() >= 80, "{} wrong scenarios", files.len());
    for path in files {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let text = match load(&path, &[], &Disk) {
            Err(refused) => {
                assert!(refused.issues.iter().any(|i| i.severity == Severity::Error), "{name} has no error");
                told(&refused.issues, &refused.sources)
            }
            Ok(loaded) => {
                assert!(
                    name.starts_with("warnings") && !loaded.warnings.is_empty(),
                    "{name} was not refused"
                );
                told(&loaded.warnings, &loaded.sources)
            }
        };
        approved(&name, &text);
    }
}

#[test]
fn every_repair_lies_where_it_says() {
    for path in wrong_files("tests/wrong") {
        let Err(refused) = load(&path, &[], &Disk) else { continue };
        for fix in refused.issues.iter().filter_map(|i| i.fix.as_ref()) {
            let text = refused.sources.text(fix.place.source);
            assert!(text.get(fix.place.span.clone()).is_some(), "{}: {}", path.display(), fix.message);
        }
    }
}

#[test]
fn a_setting_on_the_command_line_is_told_with_its_text() {
    let path = Path::new("tests/wrong/layers/sound.toml");
    let cases = [
        ("stage.scan.lane", "3"),
        ("stage.scann.lanes", "3"),
        ("stage.scan.lanes", "three"),
        ("stage.scan.service.mean", "4min"),
        ("horizon.length", "5"),
        ("stage..lanes", "3"),
        ("policy", "layers/none.toml"),
    ];
    let texts: Vec<String> = cases
        .into_iter()
        .map(|(path_text, value)| {
            let refused = load(path, &[(path_text.to_owned(), value.to_owned())], &Disk).unwrap_err();
            told(&refused.issues, &refused.sources)
        })
        .collect();
    approved("command-line", &texts.join("\n"));
}

#[test]
fn every_wrong_study_is_told_what_is_wrong_with_it_and_its_alternatives() {
    let files = wrong_files("tests/wrong/studies");
    assert!(files.len() >= 14, "{} wrong studies", files.len());
    for path in files {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let text = match study::load(&path, &[], &Disk) {
            Err(refused) => {
                assert!(refused.issues.iter().any(|i| i.severity == Severity::Error), "{name} has no error");
                for fix in refused.issues.iter().filter_map(|i| i.fix.as_ref()) {
                    let text = refused.sources.text(fix.place.source);
                    assert!(text.get(fix.place.span.clone()).is_some(), "{name}: {}", fix.message);
                }
                told(&refused.issues, &refused.sources)
            }
            Ok(study) => {
                assert!(name.starts_with("warnings") && !study.warnings.is_empty(), "{name} was not refused");
                told(&study.warnings, &study.sources)
            }
        };
        approved(&format!("study-{name}"), &text);
    }
}

#[test]
fn a_setting_on_the_command_line_of_a_study_is_told_once_for_every_alternative() {
    let path = Path::new("tests/wrong/studies/warnings-only.toml");
    let sets = [("stage.scann.lanes".to_owned(), "3".to_owned())];
    let refused = study::load(path, &sets, &Disk).unwrap_err();
    approved("study-command-line", &told(&refused.issues, &refused.sources));
}
