//! The order of the rooms: a module uses those above it, never those below.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms from the first to the last.
const ROOMS: [&str; 14] = [
    "time",
    "units",
    "stats",
    "table",
    "calendar",
    "random",
    "scenario",
    "model",
    "observe",
    "experiment",
    "study",
    "validate",
    "figure",
    "cli",
];

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .expect("a folder")
        .map(|e| e.expect("an entry").path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|e| e == "rs") {
            into.push(path);
        }
    }
}

/// The rooms that a text names after `crate::`, in its `use` lines and in its paths.
fn named(text: &str) -> Vec<&str> {
    text.match_indices("crate::")
        .filter_map(|(at, found)| text[at + found.len()..].split(|c: char| !c.is_alphanumeric() && c != '_').next())
        .collect()
}

#[test]
fn no_room_uses_one_below_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let place = |room: &str| ROOMS.iter().position(|r| *r == room);
    let mut files = Vec::new();
    sources(&root, &mut files);
    let mut arrows = 0;
    for file in &files {
        let inside = file.strip_prefix(&root).expect("a file of the sources");
        let room = inside
            .components()
            .next()
            .expect("a name")
            .as_os_str()
            .to_string_lossy()
            .trim_end_matches(".rs")
            .to_owned();
        // `lib.rs` and `main.rs` stand outside the rooms; tests may look at everything.
        let is_test = inside.to_string_lossy().contains("test");
        let Some(here) = place(&room).filter(|_| !is_test) else { continue };
        let text = fs::read_to_string(file).expect("a text");
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        for other in named(text).into_iter().filter_map(place) {
            arrows += usize::from(other != here);
            assert!(
                other <= here,
                "{} in `{room}` uses `{}`, which lies below it",
                inside.display(),
                ROOMS[other]
            );
        }
    }
    assert!(
        arrows > 100,
        "only {arrows} uses between rooms were found: is the test still looking?"
    );
}

#[test]
fn every_room_is_on_the_list() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).expect("a text");
    let rooms: Vec<&str> = text
        .lines()
        .filter_map(|l| l.strip_prefix("pub mod "))
        .map(|l| l.trim_end_matches(';'))
        .collect();
    assert_eq!(rooms, ROOMS);
}
