//! `--precision` from outside: what of what is asked for, and what is said of it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "support/bench.rs"]
mod bench;
#[path = "support/program.rs"]
mod program;

use std::fs;
use std::path::Path;

use bench::{Bench, STUDY};
use program::rafah;

#[test]
fn the_command_line_wins_over_the_study() {
    let bench = Bench::new(&STUDY.replace("replications = 12", "precision = { relative = 0.5, max = 60 }\nseed = 5"));
    let manifest =
        |folder: &Path| -> serde_json::Value { serde_json::from_slice(&fs::read(folder.join("manifest.json")).unwrap()).unwrap() };
    let tables = ["--tables", "replications"];
    let of_study = manifest(&bench.compare("a", &tables));
    assert_eq!(
        (&of_study["seed"], &of_study["precision"]["aims"][0]["relative"]),
        (&5.into(), &0.5.into())
    );
    let given = manifest(
        &bench.compare(
            "b",
            &[
                &tables[..],
                &["-n", "4", "--seed", "6", "--confidence", "80%", "--set", "horizon.length=20d"],
            ]
            .concat(),
        ),
    );
    assert_eq!(
        (&given["seed"], &given["requested_replications"], &given["confidence"]),
        (&6.into(), &4.into(), &0.8.into())
    );
    assert!(given["precision"].is_null());
    let sharper = manifest(&bench.compare("c", &[&tables[..], &["--precision", "40%", "--response", "need_met"]].concat()));
    assert_eq!(
        (
            &sharper["precision"]["aims"][0]["response"],
            &sharper["precision"]["aims"][0]["relative"]
        ),
        (&"need_met".into(), &0.4.into())
    );
    assert_eq!(sharper["requested_replications"], 60);
}

#[test]
fn a_precision_says_what_of_what_how_well_and_in_which_alternative() {
    let precision = "precision = [{ relative = 0.2, of = \"difference\", confidence = 0.9 }, { absolute = 0.5, response = \"need_met\", of = \"p10\", max = 200 }]";
    let bench = Bench::new(&STUDY.replace("replications = 12", precision));
    let told = bench.rafah("check", &[]).out.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "until the difference of `delivered_tonnes` from the reference is known to ±20.00 % of its mean at 90 % confidence",
        "and the 10 % quantile of `need_met` is known to ±0.5 at 95 % confidence in each alternative, at most 200",
    ] {
        assert!(told.contains(part), "{part} is missing in\n{told}");
    }
    let folder = bench.path("r").display().to_string();
    let run = ["--tables", "replications", "--no-charts", "-o", &folder];
    let ran = bench.rafah("compare", &run);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let told = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "The difference of `delivered_tonnes` from `as-it-is` is known to ±",
        "% of the mean there or better (widest in `late`) at 90 % confidence, as asked (±20.00 %).",
        "The 10 % quantile of `need_met` is known to ±0.",
    ] {
        assert!(told.contains(part), "{part} is missing in\n{told}");
    }
    let manifest: serde_json::Value = serde_json::from_slice(&fs::read(bench.path("r/manifest.json")).unwrap()).unwrap();
    let aims = &manifest["precision"]["aims"];
    assert_eq!(manifest["precision"]["reached"], true);
    assert_eq!((&aims[0]["of"], &aims[0]["reference"]), (&"difference".into(), &"as-it-is".into()));
    assert_eq!((&aims[1]["of"], &aims[1]["absolute"]), (&"p10".into(), &0.5.into()));
    assert!(aims[1].get("relative").is_none() && aims[1]["half_width"].as_f64().unwrap() <= 0.5);
    // The 10 % quantile of 36 replications is the first with both ends.
    assert!(manifest["alternatives"][0]["replications"].as_u64().unwrap() >= 41);
    let again = bench.rafah("compare", &run);
    assert!(again.err.contains("The same result already stands"), "{}", again.err);
    let other = bench.rafah("compare", &[&run[..], &["--precision", "0.4", "--response", "need_met"]].concat());
    assert!(
        other.code == 73 && other.err.contains("another result stands there"),
        "{}",
        other.err
    );
}

#[test]
fn a_precision_that_cannot_be_is_refused_with_what_would_be_right() {
    let bench = Bench::new(STUDY);
    for (command, options, expected) in [
        ("compare", &["--of", "p05"][..], "`--of` needs `--precision`"),
        ("compare", &["--response", "need_met"], "`--response` needs `--precision`"),
        (
            "compare",
            &["--precision", "2%", "--of", "mode"],
            "such as `p05` or `p90`, found `mode`",
        ),
        ("compare", &["--precision", "0%"], "expected a share between 0% and 100%"),
        ("compare", &["--precision", "2%", "-n", "5"], "cannot be used with"),
    ] {
        let ran = bench.rafah(command, options);
        assert!(ran.code == 2 && ran.err.contains(expected), "{options:?}: {}", ran.err);
    }
    let world = bench.path("world.toml").display().to_string();
    let output = bench.path("r").display().to_string();
    let ran = rafah(&["run", &world, "--precision", "5", "--of", "difference", "-o", &output]);
    assert!(
        ran.code == 2 && ran.err.contains("at least two alternatives, found 1"),
        "{}",
        ran.err
    );
    let open = [
        "--precision",
        "5",
        "--of",
        "p05",
        "--max-replications",
        "20",
        "--no-charts",
        "-o",
        &output,
    ];
    let ran = rafah(&[&["run", world.as_str()], &open[..]].concat());
    let told = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        told.contains("The 5 % quantile of `delivered_tonnes` is not known at 95 % confidence"),
        "{told}"
    );
    assert!(told.contains("too few replications for an interval"), "{told}");
}
