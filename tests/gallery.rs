//! The gallery has every chart that the program draws, no other, and a picture of each.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "support/bench.rs"]
#[allow(dead_code, reason = "each test file uses its part")]
mod bench;
#[path = "support/program.rs"]
mod program;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use bench::{Bench, STUDY};
use program::rafah;

const PICTURES: &str = "docs/images/gallery";

/// The largest picture, in bytes, so that the page opens where the network is slow.
const LARGEST: u64 = 150_000;

/// What stands between `before` and the next `after`, each time.
fn between<'a>(text: &'a str, before: &str, after: char) -> Vec<&'a str> {
    text.split(before).skip(1).filter_map(|rest| rest.split(after).next()).collect()
}

fn gallery() -> String {
    fs::read_to_string("docs/gallery.md").unwrap()
}

#[test]
fn the_gallery_has_every_chart_once_and_no_other() {
    let bench = Bench::new(STUDY);
    let folder = bench.path("r").display().to_string();
    let ran = bench.rafah("compare", &["-n", "2", "--no-charts", "--tables", "replications", "-o", &folder]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let listed = rafah(&["report", &folder, "--list", "--json"]);
    assert_eq!(listed.code, 0, "{}", listed.err);
    let listed: serde_json::Value = serde_json::from_str(&listed.out).unwrap();
    let charts: BTreeSet<String> = listed
        .as_array()
        .unwrap()
        .iter()
        .map(|chart| chart["name"].as_str().unwrap().to_owned())
        .collect();
    assert!(charts.len() > 4, "{charts:?}");
    let gallery = gallery();
    let shown = between(&gallery, "\n## `", '`');
    assert_eq!(shown.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>(), charts);
    assert_eq!(shown.len(), charts.len(), "one of them twice");
    for part in gallery.split("\n## `").skip(1) {
        let name = part.split('`').next().unwrap();
        assert!(
            part.contains(&format!("](images/gallery/{name}")),
            "{name} has no picture of its own"
        );
        assert!(
            part.contains(&format!("--only {name}`")),
            "{name} does not say which command draws it"
        );
        assert!(part.contains("\n*Method:* "), "{name} does not say whose method it is");
        assert!(gallery.contains(&format!("(#{name})")), "{name} answers no question of the table");
    }
}

#[test]
fn the_pictures_of_the_gallery_and_of_the_readme_are_there_and_small() {
    let (gallery, readme) = (gallery(), fs::read_to_string("README.md").unwrap());
    let named: BTreeSet<&str> = between(&gallery, "](images/gallery/", ')').into_iter().collect();
    let there: BTreeSet<String> = fs::read_dir(PICTURES)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(there.iter().map(String::as_str).collect::<BTreeSet<_>>(), named);
    for name in &there {
        let size = fs::metadata(Path::new(PICTURES).join(name)).unwrap().len();
        assert!(size < LARGEST, "{name}: {size} bytes");
    }
    let shown = between(&readme, "](docs/images/", ')');
    assert!(shown.len() >= 2, "README.md shows two charts");
    for picture in shown {
        assert!(Path::new("docs/images").join(picture).is_file(), "{picture}");
    }
}
