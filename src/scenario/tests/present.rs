//! Resolved text, parameters, differences, template.

use super::{WORLD, loaded, world_and};
use crate::scenario::{diff, reference, schema, template};

/// Much of the language at once.
const RICH: &str = r#"
[convoy.night]
arrivals = { process = "poisson", rate = "0.5/h", profile = { file = "p.csv" } }
size = { dist = "negative_binomial", mean = { value = 30, range = [20, 40], assumption = "guess" }, k = 10, autocorrelation = 0.4 }
[convoy.old]
arrivals = { process = "trace", file = "c.csv" }
[closure.flare]
process = "renewal"
open = { dist = "exponential", mean = "10d" }
closed = { dist = "mixture", weights = [0.5, 0.5], of = ["2d", { dist = "lognormal", mean = "1d", cv = 1 }] }
[closure.known]
process = "trace"
file = "k.csv"
[policy]
name = "full"
set = { "stage.scan.lanes" = 3, "calendar.crossing.fri" = "08:00-10:00", "organisation.un.share" = 0.7 }
response.major = { for = { dist = "lognormal", mean = "24h", cv = 1, assumption = "guess" } }
[observe]
daily = ["08:00"]
"#;

const FILES: [(&str, &str); 3] = [
    ("p.csv", "day,hour,factor\nsun-sat,8,1\nsun-sat,9,0.5\n"),
    ("c.csv", "at,trucks\n2026-07-02T08:00:00,12\n2026-07-03T08:00:00,9\n"),
    (
        "k.csv",
        "from,to,capacity,scope\n2026-07-02T08:00:00,2026-07-03T08:00:00,0.5,scan+transfer\n",
    ),
];

fn rich(sets: &[(&str, &str)]) -> crate::scenario::Loaded {
    let text = format!("{WORLD}\n{RICH}");
    let mut files = vec![("w.toml", text.as_str())];
    files.extend(FILES);
    loaded(&files, sets)
}

#[test]
fn the_resolved_text_alone_means_the_same() {
    for sets in [
        &[][..],
        &[("stage.scan.service.mean", "4min"), ("policy.response.major.for.cv", "2")],
    ] {
        let first = rich(sets);
        let text = first.resolved();
        let again = loaded(&[("resolved.toml", &text)], &[]);
        assert_eq!(first.scenario, again.scenario);
        assert_eq!(text, again.resolved());
        assert_eq!(diff(&first, &again), []);
        // Of its two severities the policy answers one.
        assert!(again.warnings.iter().all(|w| w.message.contains("has no response to it")));
    }
}

#[test]
fn the_resolved_text_is_toml_1_0() {
    let text = rich(&[]).resolved();
    // TOML 1.0 has no line break between the braces of a table, but inside an array there.
    let mut depth = Vec::new();
    for c in text.chars() {
        match c {
            '{' | '[' => depth.push(c),
            '}' | ']' => {
                depth.pop();
            }
            '\n' => assert_ne!(depth.last(), Some(&'{'), "{text}"),
            _ => {}
        }
    }
}

#[test]
fn parameters_are_listed_with_their_evidence() {
    let loaded = world_and("");
    let all = loaded.parameters();
    let of = |path: &str| all.iter().find(|p| p.path == path).unwrap_or_else(|| panic!("no {path}"));
    let lanes = of("stage.scan.lanes");
    assert_eq!(
        (lanes.value.as_str(), lanes.range.as_deref(), lanes.source.as_deref()),
        ("2", Some("[1, 4]"), Some("ocha"))
    );
    assert!(!lanes.is_default && of("stage.scan.last_start").is_default);
    assert_eq!(
        of("stage.scan.service").value,
        "{ dist = \"lognormal\", mean = \"3min\", cv = 0.5 }"
    );
    assert!(all.iter().all(|p| !p.path.starts_with("scenario.")));
}

#[test]
fn evidence_is_kept_where_a_parameter_of_a_law_has_it() {
    let loaded = rich(&[]);
    let all = loaded.parameters();
    let mean = all.iter().find(|p| p.path == "convoy.night.size.mean").unwrap();
    assert_eq!((mean.value.as_str(), mean.assumption.as_deref()), ("30", Some("guess")));
    let length = all.iter().find(|p| p.path == "policy.response.major.for").unwrap();
    assert_eq!(length.assumption.as_deref(), Some("guess"));
    let lanes = all.iter().find(|p| p.path == "stage.scan.lanes").unwrap();
    assert_eq!(
        (lanes.value.as_str(), lanes.assumption.as_deref()),
        ("3", Some("set by policy `full`"))
    );
}

#[test]
fn differences_are_told_parameter_by_parameter() {
    let a = world_and("");
    let text = WORLD
        .replace("mean = \"3min\"", "mean = \"180s\"")
        .replace("cv = 0.5", "cv = 0.6")
        .replace("lanes = { value = 2, range = [1, 4], source = \"ocha\" }", "lanes = 3");
    let b = loaded(&[("b.toml", &text)], &[("policy.response.major", "{ for = \"4h\" }")]);
    let told: Vec<(String, Option<String>, Option<String>)> = diff(&a, &b).into_iter().map(|d| (d.path, d.a, d.b)).collect();
    let some = |s: &str| Some(s.to_owned());
    assert_eq!(told[0], ("stage.scan.lanes".to_owned(), some("2"), some("3")));
    assert_eq!(told[1], ("stage.scan.service.cv".to_owned(), some("0.5"), some("0.6")));
    // What only one has is told leaf by leaf.
    assert_eq!(told[2], ("policy.response.major.for".to_owned(), None, some("\"4h\"")));
    assert!(
        told[3..]
            .iter()
            .all(|(path, a, _)| path.starts_with("policy.response.major.") && a.is_none())
    );
}

#[test]
fn the_template_loads_without_a_warning() {
    let text = template("my-crossing");
    let loaded = loaded(&[("my-crossing.toml", &text)], &[]);
    assert_eq!(loaded.scenario.name, "my-crossing");
    assert!(loaded.warnings.is_empty());
}

#[test]
fn every_key_of_the_language_is_in_schema_and_reference() {
    let (schema, reference) = (schema().to_string(), reference());
    for key in [
        "warm_up",
        "queue_at_closure",
        "daily_cap",
        "branching",
        "hyperexponential",
        "poisson_positive",
        "last_start",
        "whole_days",
        "registered_with",
        "draw_from",
        "turns_after",
        "releases_after",
        "outcome_odds_cv",
    ] {
        assert!(schema.contains(&format!("\"{key}\"")), "{key} in the schema");
        assert!(reference.contains(&format!("`{key}`")), "{key} in the reference");
    }
}
