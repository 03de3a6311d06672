//! Sections of results that are simulated here: what is told is what is in them.

use std::path::Path;

use clap::Parser;

use super::content::{Block, Grid, Section, Term};
use super::facts::Facts;
use super::inputs::Counts;
use super::{again, inputs, limits, method, odd, scenario};
use crate::cli::arguments::Arguments;
use crate::cli::charts::Source;
use crate::cli::dispatch;
use crate::experiment::ResultFolder;
use crate::scenario::Scenario;

/// A result of the shipped scenarios: `words` are a command of the program but for its output.
fn result(words: &[&str], folder: &Path) -> Source {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let file = root.join(words[1]).display().to_string();
    let output = folder.display().to_string();
    let mut line = vec!["rafah", words[0], &file];
    line.extend(&words[2..]);
    line.extend(["-q", "--no-charts", "--force", "-o", &output]);
    dispatch(Arguments::try_parse_from(line).unwrap().command).unwrap();
    Source::open(ResultFolder::open(folder).unwrap()).unwrap()
}

/// A world of one stage, with more text behind it.
pub(super) fn world(more: &str) -> Scenario {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("world.toml");
    std::fs::write(&path, format!("{WORLD}\n{more}")).unwrap();
    crate::cli::input::load(&path, &[]).unwrap().scenario
}

/// Nothing in it is drawn, and nobody adapts.
const WORLD: &str = r#"
format = 1
[scenario]
name = "world"
[horizon]
start = 2026-07-01
length = "30d"
[cargo.food]
load = { tonnes = 18 }
[organisation.un]
share = 1
cargo = { food = 1 }
[convoy.gate]
arrivals = { process = "schedule", times = ["06:00"] }
size = 10
[stage.scan]
lanes = 2
service = "3min"
"#;

fn sections(source: &Source) -> Vec<Section> {
    let all = [
        scenario::section,
        inputs::section,
        method::section,
        odd::section,
        again::section,
        limits::section,
    ];
    all.iter().map(|section| section(source).unwrap()).collect()
}

fn grids(section: &Section) -> Vec<&Grid> {
    let mut found = Vec::new();
    for block in &section.blocks {
        if let Block::Grid(grid) = block {
            found.push(grid);
        }
    }
    found
}

fn terms(section: &Section) -> Vec<&Term> {
    let mut found: Vec<&Term> = Vec::new();
    for block in &section.blocks {
        if let Block::Terms(terms) = block {
            found.extend(terms);
        }
    }
    found
}

/// Every sentence of sections.
fn sentences(sections: &[Section]) -> Vec<String> {
    let of_block = |block: &Block| -> Vec<String> {
        match block {
            Block::Heading(told) | Block::Paragraph(told) | Block::Note(told) | Block::Code(told) => vec![told.clone()],
            Block::List(told) => told.clone(),
            Block::Terms(terms) => terms.iter().map(|term| format!("{}: {}", term.what, term.told)).collect(),
            Block::See(told, _, title) => vec![format!("{told} {title}.")],
            Block::Grid(grid) => vec![grid.caption.clone()],
            Block::Figure(_) => Vec::new(),
        }
    };
    sections.iter().flat_map(|section| &section.blocks).flat_map(of_block).collect()
}

fn gaps(section: &Section) -> Vec<&str> {
    terms(section)
        .into_iter()
        .filter(|term| term.is_gap)
        .map(|term| &term.what[..3])
        .collect()
}

#[test]
fn of_one_replication_nothing_is_said_of_intervals_and_what_is_not_stated_is_a_gap() {
    let folder = tempfile::tempdir().unwrap();
    let source = result(&["run", "tutorial/1-one-stage.toml", "-n", "1"], folder.path());
    let sections = sections(&source);
    let told = sentences(&sections);
    for word in ["interval", "confidence", "Student", "alternatives are", "hub", "escort", "ncident"] {
        let found: Vec<&String> = told.iter().filter(|sentence| sentence.contains(word)).collect();
        assert!(
            found.is_empty() || word == "ncident" && found.iter().all(|s| s.contains("incidents, then closures")),
            "{word}: {found:?}"
        );
    }
    let gaps = gaps(&sections[2]);
    for item in ["1.1", "1.2", "3.1", "4.3"] {
        assert!(gaps.contains(&item), "{item} of {gaps:?}");
    }
    assert!(!gaps.contains(&"1.3"));
    assert!(told.iter().any(|sentence| sentence.starts_with("There is one replication.")));
}

#[test]
fn every_parameter_stands_once_among_the_inputs_and_its_evidence_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    let source = result(&["run", "baseline-2026.toml", "-n", "2", "--tables", "replications"], folder.path());
    let parameters = source.alternatives[0].loaded.parameters();
    let section = inputs::section(&source).unwrap();
    let grid = grids(&section)[0];
    let paths: Vec<&str> = grid.rows.iter().map(|row| row.cells[0].words.as_str()).collect();
    assert!(paths.iter().copied().eq(parameters.iter().map(|line| line.path.as_str())));
    let mut once = paths.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), paths.len());
    let counts = Counts::of(&parameters);
    let known = |word: &str| grid.rows.iter().filter(|row| row.cells[4].words == word).count();
    assert_eq!(known("source"), parameters.iter().filter(|line| line.source.is_some()).count());
    assert_eq!(
        [
            known("source"),
            known("assumption"),
            known("not stated"),
            known("default"),
            known("structure")
        ],
        [
            counts.sources,
            counts.assumptions,
            counts.neither,
            counts.defaults,
            counts.structure
        ]
    );
    assert_eq!(
        grid.rows.iter().filter(|row| row.is_marked).count(),
        counts.assumptions + counts.neither
    );
    assert!(
        section
            .blocks
            .iter()
            .any(|block| matches!(block, Block::Paragraph(told) if *told == counts.sentence()))
    );
    let row = |path: &str| &grid.rows.iter().find(|row| row.cells[0].words == path).unwrap().cells;
    let need = row("cargo.food.need");
    assert_eq!(
        (need[1].words.as_str(), need[1].value, need[2].words.as_str()),
        ("2040", Some(2040.0), "t/d")
    );
    assert_eq!(
        (
            row("cargo.food.load.tonnes.mean")[2].words.as_str(),
            row("cargo.food.load.tonnes.mean")[3].words.as_str()
        ),
        ("t", "16.0 to 21.3")
    );
    assert_eq!(row("stage.inspection.service.median")[2].words, "min");
    let cited = terms(&section);
    assert_eq!(cited.len(), source.alternatives[0].loaded.scenario.sources.len());
    for row in grid.rows.iter().filter(|row| row.cells[4].words == "source") {
        assert!(cited.iter().any(|term| term.what == row.cells[5].words), "{}", row.cells[5].words);
    }
}

#[test]
fn defaults_that_a_result_fills_in_count_as_no_lack_of_evidence() {
    let folder = tempfile::tempdir().unwrap();
    let source = result(
        &["run", "tutorial/3-a-crossing.toml", "-n", "2", "--tables", "replications"],
        folder.path(),
    );
    let written = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/tutorial/3-a-crossing.toml");
    let written = crate::cli::input::load(&written, &[]).unwrap();
    let silent = |line: &&crate::scenario::ParameterLine| line.wants_evidence() && !line.has_evidence() && !line.is_usual;
    let silent = written.parameters().iter().filter(silent).count();
    assert_eq!(Counts::of(&source.alternatives[0].loaded.parameters()).neither, silent);
}

#[test]
fn a_study_tells_what_alternatives_change_and_how_the_answer_was_found() {
    let folder = tempfile::tempdir().unwrap();
    let source = result(
        &["compare", "studies/closing-in-the-tutorial.toml", "-n", "25", "--closure-price"],
        folder.path(),
    );
    let sections = sections(&source);
    let changed = grids(&sections[0])[0];
    let half: Vec<&str> = (changed.rows.iter())
        .filter(|row| row.alternative.as_deref() == Some("half-open"))
        .map(|row| row.cells[1].words.as_str())
        .collect();
    assert_eq!(half, ["policy.trigger.cluster.capacity", "policy.response.major.capacity"]);
    assert!(changed.rows.iter().all(|row| row.alternative.as_deref() != Some("as-it-is")));
    let told = sentences(&sections);
    let has = |words: &str| told.iter().any(|sentence| sentence.contains(words));
    let manifest = source.folder.manifest();
    assert!(has(&manifest.study.as_ref().unwrap().question));
    assert!(
        has("multiple comparisons with the best")
            && has("BCa")
            && has("Differences of medians:")
            && has("25 replications of each alternative")
    );
    assert!(has("few replications (25)") && has("fewer than 30 closures"));
    assert!(!has("procedure KN") && !has("Replications went on until"));
    let gaps = gaps(&sections[2]);
    assert!(!gaps.contains(&"1.1") && !gaps.contains(&"1.2") && gaps.contains(&"1.3"));
    let responses = grids(&sections[2])[0];
    assert!(
        responses
            .rows
            .iter()
            .map(|row| &row.cells[0].words)
            .eq(&manifest.study.as_ref().unwrap().responses)
    );
    assert!(responses.rows.iter().all(|row| !row.cells[3].words.is_empty()));
}

#[test]
fn a_precision_and_a_choice_are_told_as_what_stopped_the_replications() {
    let folder = tempfile::tempdir().unwrap();
    let told = |words: &[&str]| sentences(&sections(&result(words, folder.path())));
    let study = "studies/closing-in-the-tutorial.toml";
    let has = |told: &[String], words: &str| told.iter().any(|sentence| sentence.contains(words));
    let kn = told(&["compare", study, "--select", "delivered_tonnes", "--indifference", "3000"]);
    assert!(has(&kn, "procedure KN (Kim and Nelson 2001)") && has(&kn, "No interval allows for the choice"));
    let shared = told(&["compare", study, "--select", "delivered_tonnes", "--budget", "100"]);
    assert!(has(&shared, "100 replications of all alternatives together") && has(&shared, "promises nothing"));
    let precise = told(&["run", "tutorial/1-one-stage.toml", "--precision", "10%"]);
    assert!(
        has(
            &precise,
            "Replications went on until the mean of `delivered_tonnes` is known to ±10.00 %"
        ) && has(&precise, "It was reached.")
    );
    assert!(!has(&precise, "Why 1"));
}

#[test]
fn the_reproduction_holds_the_command_and_the_hashes_of_the_manifest() {
    let folder = tempfile::tempdir().unwrap();
    let mut source = result(&["compare", "studies/closing-in-the-tutorial.toml", "-n", "3"], folder.path());
    let section = again::section(&source).unwrap();
    let manifest = source.folder.manifest();
    assert!(
        section
            .blocks
            .iter()
            .any(|block| matches!(block, Block::Code(line) if *line == again::command_line(&manifest.command_line)))
    );
    let [simulated, tables] = grids(&section)[..] else {
        panic!("two tables")
    };
    let hash = |grid: &Grid| grid.rows.iter().map(|row| row.cells[3].words.clone()).collect::<Vec<_>>();
    let mut hashes: Vec<String> = manifest.alternatives.iter().map(|record| record.blake3.clone()).collect();
    hashes.extend(manifest.study.iter().map(|study| study.blake3.clone()));
    assert_eq!(hash(simulated), hashes);
    let of_tables = manifest
        .files
        .iter()
        .filter(|file| file.rows.is_some())
        .map(|file| file.blake3.clone());
    assert_eq!(hash(tables), of_tables.collect::<Vec<_>>());
    // What is drawn from a result afterwards is no part of it.
    let drawn = folder.path().join("drawn.svg");
    std::fs::write(&drawn, "<svg/>").unwrap();
    source.folder.add_files(&[drawn]).unwrap();
    assert_eq!(grids(&again::section(&source).unwrap())[1].rows.len(), tables.rows.len());
}

#[test]
fn limits_are_those_of_the_result() {
    let folder = tempfile::tempdir().unwrap();
    let many = result(&["run", "tutorial/1-one-stage.toml", "-n", "120"], folder.path());
    let told = sentences(&[limits::section(&many).unwrap()]);
    let has = |words: &str| told.iter().any(|sentence| sentence.contains(words));
    assert!(has("no sensitivity analysis") && has("not a forecast") && has("not a targeting tool"));
    for absent in [
        "few replications",
        "open end",
        "random numbers",
        "closure",
        "Travellers",
        "Developments",
        "stopped",
        "warm-up",
        "Sources count",
    ] {
        assert!(!has(absent), "{absent}: {told:?}");
    }
    assert!(!Facts::new(&many).has_several());
}
