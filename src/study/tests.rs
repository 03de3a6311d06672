//! What a study means, from text to alternatives.

use std::io;
use std::path::Path;

use super::{Study, is_study, load};
use crate::experiment::Stopping;
use crate::scenario::{Reader, Refused};
use crate::stats::{Better, Target, Width};

/// Files in memory.
struct Files<'a>(&'a [(&'a str, &'a str)]);

impl Reader for Files<'_> {
    fn read(&self, path: &Path) -> io::Result<String> {
        let found = self.0.iter().find(|(name, _)| Path::new(name) == path);
        found
            .map(|(_, text)| (*text).to_owned())
            .ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

const WORLD: &str = r#"
format = 1
[scenario]
name = "world"
title = "The world as it is"
[horizon]
start = 2026-07-01
length = "10d"
[cargo.food]
load = { tonnes = 18 }
[organisation.un]
share = 1
cargo = { food = 1 }
[convoy.gate]
arrivals = { process = "poisson", rate = "2/h" }
size = 1
[stage.scan]
lanes = 2
service = "3min"
[policy]
name = "own"
"#;

const POLICY: &str = "format = 1\n[policy]\nname = \"other\"\n[policy.set]\n\"stage.scan.lanes\" = 4\n\"stage.scan.service\" = \"5min\"\n";

fn study_and(more: &str, sets: &[(&str, &str)]) -> Result<Study, Refused> {
    let text = format!("format = 1\n[study]\nname = \"s\"\nscenario = \"worlds/w.toml\"\n{more}");
    let files = [
        ("studies/s.toml", text.as_str()),
        ("studies/worlds/w.toml", WORLD),
        ("studies/policies/p.toml", POLICY),
    ];
    let sets: Vec<(String, String)> = sets.iter().map(|(p, v)| ((*p).to_owned(), (*v).to_owned())).collect();
    load(Path::new("studies/s.toml"), &sets, &Files(&files))
}

fn study(more: &str) -> Study {
    study_and(more, &[]).unwrap_or_else(|refused| panic!("{}", told(&refused)))
}

fn told(refused: &Refused) -> String {
    refused.issues.iter().map(|issue| issue.plain(&refused.sources)).collect()
}

const THREE: &str = "[alternative.as_it_is]\n[alternative.policy]\npolicy = \"policies/p.toml\"\n\
                     [alternative.both]\npolicy = \"policies/p.toml\"\nset = { \"stage.scan.lanes\" = 3 }\n";

fn lanes(study: &Study) -> Vec<Option<u32>> {
    let alternatives = study.alternatives.iter();
    alternatives
        .map(|alternative| alternative.loaded.scenario.stages[0].lanes)
        .collect()
}

#[test]
fn later_layers_win_policy_alternative_command_line() {
    assert_eq!(lanes(&study(THREE)), [Some(2), Some(4), Some(3)]);
    let set = study_and(THREE, &[("stage.scan.lanes", "7")]).unwrap();
    assert_eq!(lanes(&set), [Some(7), Some(7), Some(7)]);
    let names: Vec<&str> = (set.alternatives.iter()).map(|a| a.loaded.scenario.policy.name.as_str()).collect();
    assert_eq!(names, ["own", "other", "other"]);
}

#[test]
fn what_a_study_does_not_say_has_a_default() {
    let study = study(THREE);
    assert_eq!(
        (study.stopping, study.seed, study.confidence, study.tables),
        (None, None, None, None)
    );
    assert_eq!(study.asked.reference, 0);
    assert_eq!(study.alternatives[0].title, "The world as it is");
    let asked: Vec<(&str, Option<Better>)> = (study.asked.responses.iter()).map(|a| (a.response.as_str(), a.better)).collect();
    // The world has neither need nor incidents.
    assert_eq!(
        asked,
        [
            ("delivered_tonnes", Some(Better::Greater)),
            ("delivery_time_p90_h", Some(Better::Less)),
            ("backlog_trucks", Some(Better::Less)),
        ]
    );
}

#[test]
fn needs_and_incidents_bring_their_responses() {
    let incidents = "{ process = \"poisson\", rate = \"0.1/d\" }";
    let study = study_and(THREE, &[("cargo.food.need", "\"500 t/d\""), ("security.incidents", incidents)]);
    let study = study.unwrap_or_else(|refused| panic!("{}", told(&refused)));
    let asked: Vec<&str> = study.asked.responses.iter().map(|a| a.response.as_str()).collect();
    let expected = [
        "delivered_tonnes",
        "need_met",
        "days_below_need",
        "delivery_time_p90_h",
        "exposure",
        "backlog_trucks",
    ];
    assert_eq!(asked, expected);
}

#[test]
fn the_study_says_how_much_and_which_responses_decide() {
    let study = study(&format!(
        "title = \"T\"\nquestion = \"Which?\"\nreplications = 50\nseed = 9007199254740993\nconfidence = 0.9\nreference = \"policy\"\n\
         responses = [\"stage.scan.mean_wait_min\", \"stage.scan.utilisation\", \"cargo.food.delivered_tonnes\", \"dispatches\"]\n\
         directions = {{ dispatches = \"more\", \"cargo.food.delivered_tonnes\" = \"neither\", stage.scan.utilisation = \"more\" }}\n\
         tables = [\"replications\"]\n{THREE}"
    ));
    assert_eq!(study.stopping, Some(Stopping::Fixed(50)));
    assert_eq!((study.seed, study.confidence), (Some(9_007_199_254_740_993), Some(0.9)));
    assert_eq!(study.asked.reference, 1);
    let better: Vec<Option<Better>> = study.asked.responses.iter().map(|a| a.better).collect();
    assert_eq!(better, [Some(Better::Less), Some(Better::Greater), None, Some(Better::Greater)]);
    assert_eq!(study.text.hash, blake3::hash(study.text.text.as_bytes()).to_hex().to_string());
}

#[test]
fn a_precision_takes_the_confidence_of_the_study() {
    let study = study(&format!(
        "confidence = 0.9\nprecision = {{ relative = 0.02, response = \"dispatches\" }}\n{THREE}"
    ));
    let Some(Stopping::Precision(precision)) = study.stopping else {
        panic!("a precision is asked for")
    };
    let [aim] = precision.aims.as_slice() else {
        panic!("one precision is asked for")
    };
    assert_eq!(
        (aim.response.as_str(), aim.of, aim.width),
        ("dispatches", Target::Mean, Width::Relative(0.02))
    );
    assert!((aim.confidence - 0.9).abs() < 1e-12 && precision.max == 100_000);
}

#[test]
fn a_study_may_ask_for_several_precisions_at_once() {
    let study = study(&format!(
        "precision = [{{ relative = 0.02, of = \"median\", max = 500 }}, {{ absolute = 30, of = \"difference\", confidence = 0.8, max = 900 }}]\n{THREE}"
    ));
    let Some(Stopping::Precision(precision)) = study.stopping else {
        panic!("a precision is asked for")
    };
    let told: Vec<(Target, Width)> = precision.aims.iter().map(|aim| (aim.of, aim.width)).collect();
    let expected = [
        (Target::Quantile(0.5), Width::Relative(0.02)),
        (Target::Difference, Width::Absolute(30.0)),
    ];
    assert_eq!(told, expected);
    assert!((precision.aims[1].confidence - 0.8).abs() < 1e-12 && precision.max == 500);
}

#[test]
fn differences_are_told_parameter_by_parameter_and_likes_are_found() {
    let again = "[alternative.again]\ntitle = \"Once more\"\n[alternative.same_lanes]\nset = { stage.scan.lanes = 2 }\n";
    let study = study(&format!("{THREE}{again}"));
    let paths: Vec<String> = study.differences(2).into_iter().map(|d| d.path).collect();
    assert_eq!(paths, ["stage.scan.lanes", "stage.scan.service", "policy.name"]);
    assert!(study.differences(0).is_empty() && study.differences(4).is_empty());
    assert_eq!(study.alike(), [vec![0, 3, 4]]);
}

#[test]
fn factors_are_left_for_sweep_and_need_no_alternatives() {
    let study = study("[factor.lanes]\nparameter = \"stage.scan.lanes\"\nlevels = [1, 2]\n[design]\nkind = \"factorial\"\n");
    assert_eq!(study.for_sweep, ["factor", "design"]);
    assert_eq!(study.alternatives.len(), 1);
}

#[test]
fn a_study_is_known_by_its_section_even_where_it_is_faulty() {
    assert!(is_study("[study]\nname = 3 4\n"));
    assert!(is_study("format = 1\nstudy = { name = \"x\" }\n"));
    assert!(!is_study("# [study]\n[scenario]\nname = \"[study]\"\n"));
}

#[test]
fn a_fault_of_the_scenario_is_told_once_with_its_file_and_whose_it_is() {
    let broken = WORLD.replace("lanes = 2", "lane = 2");
    let text = format!(
        "format = 1\n[study]\nname = \"s\"\nscenario = \"w.toml\"\n{}",
        THREE.replace("policies/", "")
    );
    let files = [("s.toml", text.as_str()), ("w.toml", broken.as_str()), ("p.toml", POLICY)];
    let refused = load(Path::new("s.toml"), &[], &Files(&files)).unwrap_err();
    let told = told(&refused);
    assert_eq!(told.matches("unknown key `lane`").count(), 1, "{told}");
    assert!(told.contains("w.toml:18:1: error: every alternative: unknown key `lane`"), "{told}");
}
