//! What one change of the scenario may move, and what it may not: every draw keeps its address.

mod support;

use std::collections::BTreeMap;

use support::{Log, Visit, run};

const BASE: &str = r#"
format = 1
[scenario]
name = "base"
[horizon]
start = 2026-01-01
length = "30d"
[cargo.food]
load.tonnes = { dist = "normal", mean = 20, sd = 4 }
[cargo.medical]
load.tonnes = { dist = "lognormal", mean = 9, cv = 0.4 }
[organisation.un]
share = 0.7
cargo = { food = 0.8, medical = 0.2 }
[organisation.other]
share = 0.3
cargo = { food = 0.5, medical = 0.5 }
[convoy.main]
arrivals = { process = "poisson", rate = "0.5/h" }
size = { dist = "poisson_positive", mean = 6 }
[stage.documents]
lanes = 2
service = { dist = "lognormal", mean = "8min", cv = 0.5 }
[stage.scan]
lanes = 2
service = { dist = "gamma", mean = "10min", cv = 0.7 }
extra.search = { probability = 0.2, time = { dist = "exponential", mean = "15min" } }
outcome.again = { probability = 0.1, to = "documents" }
outcome.reject = { probability = 0.05, to = "rejected" }
[security.incidents]
process = "hawkes"
base_rate = "0.2/d"
branching = 0.3
decay = "2d"
severity = { minor = { share = 0.6 }, major = { share = 0.4 } }
"#;

/// Duration in the lane of every completed visit of services that no rule interrupts, by truck, stage and number of the visit.
fn services(log: &Log, stages: &[usize]) -> BTreeMap<((u16, u32), u32, usize, usize), u64> {
    let mut visits: BTreeMap<_, Vec<&Visit>> = BTreeMap::new();
    for visit in &log.visits {
        if let Some(name) = stages.iter().position(|s| *s == visit.stage) {
            visits.entry((visit.convoy, visit.position, name)).or_default().push(visit);
        }
    }
    let mut all = BTreeMap::new();
    for ((convoy, position, stage), of_truck) in visits {
        for (k, visit) in of_truck.iter().enumerate() {
            if let (Some(start), Some(end)) = (visit.started, visit.completed) {
                all.insert((convoy, position, stage, k), ((end - start) * 6e7).round() as u64);
            }
        }
    }
    all
}

/// Every key that both have must have the same value; how many both have.
fn agree<K: Ord + std::fmt::Debug, V: PartialEq + std::fmt::Debug>(a: &BTreeMap<K, V>, b: &BTreeMap<K, V>) -> usize {
    let both = a.iter().filter(|(k, _)| b.contains_key(k));
    both.inspect(|(k, v)| assert_eq!(*v, &b[k], "{k:?}")).count()
}

fn incidents(log: &Log) -> Vec<String> {
    log.lines
        .iter()
        .filter(|l| l.1.starts_with("incident"))
        .map(|l| format!("{:?} {}", l.0, l.1))
        .collect()
}

#[test]
fn a_closure_policy_moves_no_draw_of_convoys_trucks_services_or_incidents() {
    let open = run(BASE, 7, 3);
    let closing = run(
        &format!(
            "{BASE}\n[policy]\nresponse.major = {{ capacity = 0, for = \"2d\" }}\nresponse.minor = {{ capacity = 0.5, for = \"6h\" }}\n"
        ),
        7,
        3,
    );
    assert_eq!(open.trucks, closing.trucks);
    assert_eq!(incidents(&open), incidents(&closing));
    assert!(incidents(&open).len() > 3);
    let (a, b) = (services(&open, &[0, 1]), services(&closing, &[0, 1]));
    assert!(agree(&a, &b) > 1000, "{} and {}", a.len(), b.len());
    assert_ne!(open.ends, closing.ends, "the closures are felt");
}

#[test]
fn another_stage_moves_no_draw_at_the_others() {
    let before = run(BASE, 7, 3);
    let after = run(
        &BASE.replace(
            "[stage.scan]",
            "[stage.weigh]\nlanes = 3\nservice = { dist = \"exponential\", mean = \"4min\" }\n[stage.scan]",
        ),
        7,
        3,
    );
    assert_eq!(before.trucks, after.trucks);
    assert!(agree(&services(&before, &[0, 1]), &services(&after, &[0, 2])) > 1000);
}

#[test]
fn an_organisation_of_share_0_moves_nothing_to_the_bit() {
    let before = run(BASE, 7, 3);
    let after = run(
        &format!("{BASE}\n[organisation.zero]\nshare = 0\ncargo = {{ medical = 1 }}\n"),
        7,
        3,
    );
    assert_eq!(before.lines, after.lines);
}

#[test]
fn another_stream_of_convoys_moves_no_draw_of_the_first() {
    let before = run(BASE, 7, 3);
    let after = run(
        &format!("{BASE}\n[convoy.extra]\narrivals = {{ process = \"poisson\", rate = \"0.2/h\" }}\nsize = 3\n"),
        7,
        3,
    );
    let first: Vec<_> = after.trucks.iter().filter(|t| t.0 == 0).copied().collect();
    assert_eq!(before.trucks, first);
    assert!(agree(&services(&before, &[0, 1]), &services(&after, &[0, 1])) > 1000);
}

#[test]
fn two_policies_give_equal_traces_up_to_their_first_difference() {
    let short = run(
        &format!("{BASE}\n[policy]\nresponse.major = {{ capacity = 0, for = \"6h\" }}\n"),
        11,
        1,
    );
    let long = run(
        &format!("{BASE}\n[policy]\nresponse.major = {{ capacity = 0, for = \"30h\" }}\n"),
        11,
        1,
    );
    let first_major = short
        .lines
        .iter()
        .find(|l| l.1.ends_with("severity 1"))
        .expect("an incident of the second severity")
        .0;
    let parts = first_major + rafah::time::Duration::from_hours(6.0);
    let until = |log: &Log| log.lines.iter().take_while(|l| l.0 < parts).cloned().collect::<Vec<_>>();
    assert_eq!(until(&short), until(&long));
    assert!(until(&short).len() > 100);
    assert_ne!(short.lines, long.lines);
}

#[test]
fn replications_and_seeds_differ_and_repeat() {
    let first = run(BASE, 1, 1);
    assert_eq!(first.lines, run(BASE, 1, 1).lines);
    assert_ne!(first.lines, run(BASE, 1, 2).lines);
    assert_ne!(first.lines, run(BASE, 2, 1).lines);
}

/// Trucks of the first stream, incidents, and services at the first two stages are those of before.
fn draws_are_those_of_before(text: &str, least: usize) {
    let (before, after) = (run(BASE, 7, 3), run(text, 7, 3));
    let first: Vec<_> = after.trucks.iter().filter(|t| t.0 == 0).copied().collect();
    assert_eq!(before.trucks, first);
    assert_eq!(incidents(&before), incidents(&after));
    assert!(agree(&services(&before, &[0, 1]), &services(&after, &[0, 1])) > least);
}

#[test]
fn a_driver_that_does_not_happen_moves_nothing_to_the_bit() {
    let driver = "\n[driver.never]\nprobability = 0\nwhen = { dist = \"uniform\", min = \"1d\", max = \"9d\" }\neffects = [{ parameter = \"stage.scan.service\", multiply = { dist = \"uniform\", min = 0.2, max = 0.9 } }, { parameter = \"security.incidents.base_rate\", multiply = 3 }]\n";
    assert_eq!(run(BASE, 7, 3).lines, run(&format!("{BASE}{driver}"), 7, 3).lines);
}

#[test]
fn another_driver_moves_neither_date_nor_size_of_the_first() {
    let first = "\n[driver.first]\nprobability = 0.9\nwhen = { dist = \"uniform\", min = \"1d\", max = \"9d\" }\neffects = [{ parameter = \"stage.scan.service\", multiply = { dist = \"uniform\", min = 0.2, max = 0.9 } }]\n";
    let second = "\n[driver.another]\nprobability = 0.5\nwhen = { dist = \"uniform\", min = \"1d\", max = \"9d\" }\neffects = [{ parameter = \"stage.documents.lanes\", add = 1 }]\n";
    let one = run(&format!("{BASE}{first}"), 7, 3);
    let both = run(&format!("{BASE}{second}{first}"), 7, 3);
    assert_eq!(one.when("driver 0").len(), 1);
    assert_eq!(one.when("driver 0"), both.when("driver 1"));
    let driver_moves_only_scans = one.trucks == both.trucks && incidents(&one) == incidents(&both);
    assert!(driver_moves_only_scans);
}

#[test]
fn a_hub_and_what_flows_into_it_move_no_draw_of_other_convoys() {
    let hub = |rate: &str| {
        format!(
            "\n[hub.north]\ninitial_stock = 4\ninflow = {{ process = \"poisson\", rate = \"{rate}\", batch = {{ dist = \"poisson_positive\", mean = 3 }} }}\n[convoy.slots]\ndraw_from = \"north\"\narrivals = {{ process = \"schedule\", times = [\"06:00\"] }}\nsize = 5\n"
        )
    };
    draws_are_those_of_before(&format!("{BASE}{}", hub("2/d")), 1000);
    // Another inflow: what both have taken of the same batches are the same loads.
    let (few, many) = (
        run(&format!("{BASE}{}", hub("2/d")), 7, 3),
        run(&format!("{BASE}{}", hub("4/d")), 7, 3),
    );
    let loads = |log: &Log| log.trucks.iter().filter(|t| t.0 == 1).map(|t| (t.3, t.4, t.5)).collect::<Vec<_>>();
    assert_eq!(loads(&few)[..4], loads(&many)[..4], "the initial stock");
    let first = |log: &Log| log.trucks.iter().filter(|t| t.0 == 0).copied().collect::<Vec<_>>();
    assert_eq!(first(&few), first(&many));
}

#[test]
fn a_kind_of_goods_without_a_share_moves_nothing_to_the_bit() {
    let more = BASE.replace(
        "cargo = { food = 0.8, medical = 0.2 }",
        "cargo = { food = 0.8, medical = 0.2, fuel = 0 }",
    );
    let more = format!("{more}\n[cargo.fuel]\nload = {{ tonnes = 30 }}\n");
    assert_eq!(run(BASE, 7, 3).lines, run(&more, 7, 3).lines);
}

#[test]
fn a_resource_or_a_breakdown_elsewhere_moves_no_draw() {
    let resource = BASE.replace(
        "[stage.documents]\n",
        "[resource.desk]\ncount = 1\n[stage.documents]\nneeds = { desk = 1 }\n",
    );
    draws_are_those_of_before(&resource, 1000);
    let breakdown = BASE.replace(
        "[stage.documents]\n",
        "[stage.documents]\nbreakdown = { every = { dist = \"exponential\", mean = \"20h\" }, repair = \"2h\" }\n",
    );
    let (before, after) = (run(BASE, 7, 3), run(&breakdown, 7, 3));
    assert_eq!(before.trucks, after.trucks);
    assert_eq!(incidents(&before), incidents(&after));
    // Lanes fail at documents only: times in the lane there are longer, those at the scan are the same.
    assert!(agree(&services(&before, &[1]), &services(&after, &[1])) > 1000);
}
