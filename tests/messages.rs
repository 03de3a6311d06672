//! Every wrong scenario in `tests/wrong` is refused in words that were read and approved.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rafah::scenario::issue::Severity;
use rafah::scenario::{Issue, Reader, Sources, load};

struct Disk;

impl Reader for Disk {
    fn read(&self, path: &Path) -> io::Result<String> {
        fs::read_to_string(path)
    }
}

fn wrong_files() -> Vec<PathBuf> {
    let entries = fs::read_dir("tests/wrong").expect("the corpus is in the repository");
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
    let files = wrong_files();
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
    for path in wrong_files() {
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
