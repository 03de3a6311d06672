//! Layers: extends, files, policy.set, --set.

use super::{WORLD, loaded, told, tried};
use crate::scenario::Target;
use crate::scenario::world::StageId;
use crate::time::Duration;

#[test]
fn a_child_gives_only_what_differs() {
    let child = "format = 1\nextends = \"base/w.toml\"\n[scenario]\nname = \"child\"\n[stage.scan]\nlanes = 3\nservice = \"5min\"\n";
    let child = loaded(&[("child.toml", child), ("base/w.toml", WORLD)], &[]).scenario;
    assert_eq!(child.name, "child");
    assert_eq!(child.stages[0].lanes, Some(3));
    assert_eq!(
        child.stages[0].service.general.as_constant(),
        Some(Duration::from_minutes(5.0).0 as f64)
    );
    assert_eq!(child.stages[1].lanes, Some(4));
}

#[test]
fn later_parents_win() {
    let a = "format = 1\n[stage.scan]\nlanes = 7\n[stage.transfer]\nlanes = 7\n";
    let b = "format = 1\n[stage.transfer]\nlanes = 9\n";
    let child = "format = 1\nextends = [\"w.toml\", \"a.toml\", \"b.toml\"]\n";
    let files = [("child.toml", child), ("w.toml", WORLD), ("a.toml", a), ("b.toml", b)];
    let lanes: Vec<_> = loaded(&files, &[]).scenario.stages.iter().map(|s| s.lanes).collect();
    assert_eq!(lanes, [Some(7), Some(9)]);
}

#[test]
fn a_new_stage_stands_last_or_behind_the_one_it_names() {
    let last = "format = 1\nextends = \"w.toml\"\n[stage.road]\nservice = \"1h\"\n";
    let names = |text: &str| -> Vec<String> {
        let scenario = loaded(&[("child.toml", text), ("w.toml", WORLD)], &[]).scenario;
        assert_eq!(scenario.stages[0].next, Target::Stage(StageId(1)));
        scenario.stages.into_iter().map(|s| s.name).collect()
    };
    assert_eq!(names(last), ["scan", "transfer", "road"]);
    assert_eq!(names(&format!("{last}after = \"scan\"\n")), ["scan", "road", "transfer"]);
}

#[test]
fn a_later_layer_replaces_the_days_it_names() {
    let child = "format = 1\nextends = \"w.toml\"\n[calendar.crossing]\nmon = \"closed\"\nfri = \"08:00-10:00\"\n";
    let scenario = loaded(&[("child.toml", child), ("w.toml", WORLD)], &[]).scenario;
    let open: Vec<usize> = scenario.calendars[0].1.weekly.iter().map(Vec::len).collect();
    assert_eq!(open, [0, 1, 1, 1, 1, 0, 1]);
}

#[test]
fn settings_of_the_policy_come_before_those_of_the_command_line() {
    let text = format!("{WORLD}\n[policy]\nname = \"p\"\nset = {{ \"stage.scan.lanes\" = 3, stage.transfer.lanes = 8 }}\n");
    let lanes = |sets: &[(&str, &str)]| -> Vec<_> { loaded(&[("w.toml", &text)], sets).scenario.stages.iter().map(|s| s.lanes).collect() };
    assert_eq!(lanes(&[]), [Some(3), Some(8)]);
    assert_eq!(lanes(&[("stage.scan.lanes", "1")]), [Some(1), Some(8)]);
}

#[test]
fn a_policy_from_a_file_replaces_the_policy() {
    let text = format!("{WORLD}\n[policy]\nname = \"own\"\nresponse.minor = {{ for = \"1h\" }}\n");
    let policy = "format = 1\n[policy]\nname = \"other\"\nresponse.major = { for = \"2h\" }\n";
    let files = [("w.toml", text.as_str()), ("p/other.toml", policy)];
    let scenario = loaded(&files, &[("policy", "p/other.toml")]).scenario;
    assert_eq!(scenario.policy.name, "other");
    assert_eq!(scenario.policy.responses.len(), 1);
}

#[test]
fn a_value_is_read_as_toml_or_else_as_text() {
    let scenario = loaded(
        &[("w.toml", WORLD)],
        &[("horizon.length", "5d"), ("stage.scan.service.mean", "\"4min\"")],
    )
    .scenario;
    assert_eq!(scenario.horizon.length, Duration::from_days(5));
    let mean = scenario.stages[0].service.general.mean();
    assert!((mean - Duration::from_minutes(4.0).0 as f64).abs() < 1.0, "{mean}");
}

#[test]
fn a_share_that_is_set_keeps_its_value_and_the_others_are_scaled() {
    let shares = |sets: &[(&str, &str)]| -> Vec<f64> {
        loaded(&[("w.toml", WORLD)], sets)
            .scenario
            .organisations
            .iter()
            .map(|o| o.share)
            .collect()
    };
    let close = |a: &[f64], b: &[f64]| a.iter().zip(b).all(|(x, y)| (x - y).abs() < 1e-12);
    assert!(close(&shares(&[("organisation.un.share", "0.75")]), &[0.75, 0.15, 0.1]));
    assert!(close(
        &shares(&[("organisation.others.share", "0.6")]),
        &[0.5 * 0.4 / 0.7, 0.6, 0.2 * 0.4 / 0.7]
    ));
    assert!(close(
        &shares(&[("organisation.un.share", "0.6"), ("organisation.others.share", "0.1")]),
        &[0.6, 0.1, 0.3]
    ));
}

#[test]
fn the_place_of_a_fault_is_in_the_layer_that_made_it() {
    let refused = tried(&[("w.toml", WORLD)], &[("stage.scan.lanes", "0")]).unwrap_err();
    assert!(
        told(&refused).starts_with("--set:1:18: error: expected a whole number of at least 1"),
        "{}",
        told(&refused)
    );
}

#[test]
fn a_new_response_may_be_set_whole() {
    let scenario = loaded(
        &[("w.toml", WORLD)],
        &[("policy.response.major", "{ for = \"6h\", capacity = 0.5 }")],
    )
    .scenario;
    assert!((scenario.policy.responses[0].1.capacity - 0.5).abs() < 1e-12);
}
