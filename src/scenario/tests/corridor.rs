//! What hubs, resources, escorts, travellers and the rules around them mean.

use super::{WORLD, loaded, told, tried, world_and};
use crate::scenario::{
    AtClosure, AtFailure, CargoId, DiversionTarget, End, FailureClock, Flow, HubId, Loaded, Mix, OrganisationId, ResourceId, StageId,
    Target, diff,
};
use crate::time::Duration;

/// A world without stages: trucks and what they carry.
const NO_STAGES: &str = "format = 1\n[scenario]\nname = \"e\"\n[horizon]\nstart = 2026-01-01\nlength = \"30d\"\n[cargo.goods]\nload = { tonnes = 20, pallets = 10 }\n\
    [organisation.all]\nshare = 1\ncargo = { goods = 1 }\n[convoy.trucks]\narrivals = { process = \"renewal\", every = \"10d\" }\nsize = 1\n";

/// Every section and key of hubs, resources, escorts, travellers and their rules, each number with its evidence.
const EVERYTHING: &str = r#"
[hub.sinai]
initial_stock = { value = 3000, range = [500, 6000], assumption = "a" }
stop_above = { value = 6000, range = [3000, 9000], source = "ocha" }
retry = { probability = { value = 0.85, range = [0.5, 1], assumption = "a" }, tries = { value = 4, range = [2, 6], source = "ocha" }, delay = { value = "12h", range = ["12h", "60h"], assumption = "a" } }
organisation = { un = { value = 0.6, range = [0.5, 0.7], assumption = "a" }, others = 0.4 }
cargo = { cycle = ["food", "medical"] }
[hub.sinai.inflow]
process = "poisson"
rate = { value = "4.33/d", range = ["3.1/d", "25.8/d"], assumption = "a" }
batch = { dist = "lognormal", median = { value = 0.1353, range = [0.1, 0.2], source = "ocha" }, sigma = 2.75, min = 1, max = 142 }
[convoy.slots]
draw_from = "sinai"
follows = "collection"
arrivals = { process = "schedule", times = ["06:00"] }
size = { dist = "negative_binomial", mean = 105, k = 10, autocorrelation = { value = 0.4, range = [0, 0.6], source = "ocha" } }
day_effect = { cv = { value = 0.2, range = [0, 0.4], assumption = "a" }, autocorrelation = { value = 0.3, range = [0, 0.5], assumption = "a" } }
[travellers.out]
arrivals = { process = "poisson", rate = { value = "20/h", range = ["10/h", "40/h"], assumption = "a" } }
size = { value = 3, range = [1, 5], assumption = "a" }
[resource.team]
count = { value = 16, range = [8, 30], source = "ocha" }
calendar = "crossing"
[resource.truck]
count = { value = 150, range = [60, 400], assumption = "a" }
[resource.forklift]
count = 6
[stage.platform]
service = "35min"
lanes = 12
needs = { forklift = { value = 1, range = [1, 2], assumption = "a" } }
releases_after = { forklift = "collection" }
breakdown = { every = { dist = "exponential", mean = { value = "60h", range = ["30h", "90h"], source = "ocha" } }, repair = { value = "5h", range = ["1h", "9h"], assumption = "a" }, clock = "busy", at_failure = "requeue" }
day_effect = { cv = { value = 0.1, range = [0, 0.2], assumption = "a" }, outcome_odds_cv = { value = 0.3, range = [0, 0.5], assumption = "a" } }
outcome.back = { probability = 0.2, to = "returned", retry = { probability = 0.5, tries = 2, delay = { dist = "uniform", min = "1d", max = "3d" } } }
[stage.hall]
lanes = 20
service = "2min"
serves = "travellers"
[stage.exit]
lanes = 20
service = "2min"
serves = "travellers"
[escort.collection]
after = "platform"
teams = "team"
vehicles = { resource = "truck", tonnes = { value = 13.5, range = [10, 15], assumption = "a" }, pallets = { value = 24, range = [20, 30], assumption = "a" }, return_time = { value = "1d", range = ["12h", "2d"], assumption = "a" } }
size = { min = { value = 2, range = [1, 3], assumption = "a" }, max = { dist = "uniform", min = 4, max = 8 } }
max_wait = { value = "4h", range = ["1h", "24h"], assumption = "a" }
trip = { dist = "lognormal", mean = { value = "2h", range = ["1h", "6h"], assumption = "a" }, cv = 0.6 }
return_time = { value = "12h", range = ["2h", "16h"], assumption = "a" }
intercepted = { probability = { value = 0.18, range = [0.03, 0.7], assumption = "a" }, share = { dist = "uniform", min = 0.05, max = 0.5 } }
queue = { capacity = { value = 1000, range = [400, 1500], source = "ocha" } }
calendar = "crossing"
at_closure = "turn_back"
queue_at_closure = "hold"
return_delay = "2h"
patience = "20d"
counts_as = "collected"
outcome.broken = { probability = 0.01, to = "platform" }
[escort.collection.clearance]
approved = { value = 0.5, range = [0.3, 0.9], source = "ocha" }
delayed = { probability = { value = 0.15, range = [0, 0.2], source = "ocha" }, by = "1d" }
impeded = { probability = { value = 0.2, range = [0.05, 0.4], source = "ocha" }, turns_after = { dist = "lognormal", median = "4h", sigma = 0.8 } }
denied = { probability = { value = 0.1, range = [0.03, 0.5], source = "ocha" }, retry = { value = "1d", range = ["1d", "2d"], assumption = "a" } }
postponed = { probability = 0.05, retry = "2d" }
[policy]
precaution = { hit = { value = 0.6, range = [0.3, 0.9], assumption = "a" }, lead = { value = "6h", range = ["1h", "12h"], assumption = "a" }, false_alarms = { value = "0.05/d", range = ["0.01/d", "0.1/d"], assumption = "a" }, capacity = 0.5, for = { value = "12h", range = ["6h", "24h"], assumption = "a" }, scope = ["collection"] }
diversion = { after = { value = "24h", range = ["12h", "48h"], assumption = "a" }, to = "kerem-shalom", share = { value = 0.5, range = [0.2, 0.8], assumption = "a" }, delay = "2d", daily_cap = { value = 50, range = [20, 80], assumption = "a" } }
"#;

fn everything() -> Loaded {
    let text = WORLD
        .replace(
            "[cargo.medical]\n",
            "need = \"1400 t/d\"\nshelf_life = \"60d\"\nrestricted = 0.02\ngaza_stock = { value = \"36h\", range = [\"1d\", \"14d\"], assumption = \"a\" }\n\
             repack = { probability = { value = 0.5, range = [0.2, 0.8], assumption = \"a\" }, delay = \"2d\", share = { value = 0.8, range = [0.5, 1], assumption = \"a\" } }\n\
             heat = { from = \"06-01\", to = \"09-30\", factor = { value = 0.6, range = [0.4, 1], assumption = \"a\" } }\n[cargo.medical]\n",
        )
        .replace(
            "cargo = { food = 0.9, medical = 0.1 }\n",
            "cargo = { food = 0.9, medical = 0.1 }\napproval = { lead = \"5d\", refused = { value = 0.3, range = [0.1, 0.6], assumption = \"a\" }, not_honoured = 0.1 }\napproval_for = { medical = { lead = { dist = \"lognormal\", median = { value = \"14d\", range = [\"5d\", \"60d\"], source = \"ocha\" }, sigma = 0.8 } } }\n",
        )
        .replace("weight = 3 }", "weight = 3, loss = { value = 0.02, range = [0, 0.1], assumption = \"a\" } }");
    loaded(&[("w.toml", &format!("{text}{EVERYTHING}"))], &[])
}

fn route(text: &str) -> Vec<String> {
    let first = loaded(&[("w.toml", text)], &[]);
    let again = loaded(&[("resolved.toml", &first.resolved())], &[]);
    assert_eq!(first.scenario, again.scenario);
    assert_eq!(first.resolved(), again.resolved());
    first.scenario.stages.iter().map(|s| s.name.clone()).collect()
}

const ONWARD: &str = "[escort.onward]\nsize = { max = 5 }\ntrip = \"2h\"\n";

#[test]
fn an_escort_stands_behind_the_last_stage_of_trucks_unless_it_says_otherwise() {
    let hall = "[stage.hall]\nservice = \"2min\"\nserves = \"travellers\"\n[travellers.out]\narrivals = { process = \"poisson\", rate = \"9/h\" }\nsize = 1\n";
    let world = format!("{WORLD}{hall}{ONWARD}");
    assert_eq!(route(&world), ["scan", "transfer", "onward", "hall"]);
    assert_eq!(route(&format!("{world}after = \"scan\"\n")), ["scan", "onward", "transfer", "hall"]);
    let back = "[escort.back]\nafter = \"onward\"\nsize = { max = 5 }\ntrip = \"2h\"\n";
    let more = format!("{world}after = \"scan\"\n{back}[stage.store]\nservice = \"1h\"\nafter = \"back\"\n");
    assert_eq!(route(&more), ["scan", "onward", "back", "store", "transfer", "hall"]);
    let stages = loaded(&[("w.toml", &more)], &[]).scenario.stages;
    let next: Vec<Target> = stages.iter().map(|s| s.next).collect();
    assert_eq!(next[..3], [1, 2, 3].map(|i| Target::Stage(StageId(i))));
    assert_eq!(next[4..], [Target::End(End::Delivered); 2]);
}

#[test]
fn trucks_may_arrive_at_an_escort() {
    let alone = format!("{NO_STAGES}{ONWARD}max_wait = \"0min\"\n");
    assert_eq!(route(&alone), ["onward"]);
    let scenario = loaded(&[("e.toml", &alone)], &[]).scenario;
    let escort = scenario.stages[0].escort.as_ref().unwrap();
    assert_eq!((scenario.stages[0].lanes, scenario.convoys[0].enters), (None, StageId(0)));
    assert_eq!((escort.size_min, escort.max_wait, escort.teams), (1, Some(Duration::ZERO), None));
    assert!((escort.clearance.approved - 1.0).abs() < 1e-12 && escort.clearance.denied.is_none());
    let then = "[stage.store]\nservice = \"1h\"\nafter = \"onward\"\n[stage.shop]\nservice = \"1h\"\nafter = \"store\"\n";
    assert_eq!(route(&format!("{alone}{then}")), ["onward", "store", "shop"]);
}

#[test]
fn an_escort_may_be_named_wherever_a_stage_may() {
    let more = format!(
        "{ONWARD}[convoy.late]\nenters = \"onward\"\nfollows = \"onward\"\narrivals = {{ process = \"poisson\", rate = \"1/h\" }}\nsize = 1\n\
         [resource.crew]\ncount = 9\n[closure.x]\nprocess = \"renewal\"\nopen = \"9d\"\nclosed = \"1d\"\nscope = [\"onward\"]\n\
         [stage.side]\nservice = \"1h\"\nafter = \"scan\"\nnext = \"onward\"\nneeds = {{ crew = 2 }}\nreleases_after = {{ crew = \"onward\" }}\noutcome.o = {{ every = 2, to = \"onward\" }}\noutcome.p = {{ every = 3, to = \"transfer\" }}\n"
    );
    let scenario = world_and(&more).scenario;
    let onward = StageId(3);
    assert_eq!(scenario.stages[3].name, "onward");
    assert_eq!((scenario.convoys[1].enters, scenario.convoys[1].follows), (onward, Some(onward)));
    assert_eq!(scenario.closures[0].scope, [onward]);
    let side = &scenario.stages[1];
    assert_eq!((side.next, side.outcomes[0].to), (Target::Stage(onward), Target::Stage(onward)));
    assert_eq!((side.needs[0].units, side.needs[0].released_after), (2, onward));
}

#[test]
fn everything_means_what_its_resolved_text_means() {
    let first = everything();
    assert!(first.warnings.is_empty(), "{:?}", first.warnings);
    let again = loaded(&[("resolved.toml", &first.resolved())], &[]);
    assert_eq!(first.scenario, again.scenario);
    assert_eq!(diff(&first, &again), []);
    let with_evidence = first.parameters().iter().filter(|p| p.range.is_some()).count();
    assert!(with_evidence >= 50, "{with_evidence}");
}

#[test]
fn a_hub_has_its_stock_its_inflow_and_its_rule_for_trying_again() {
    let scenario = everything().scenario;
    let hub = &scenario.hubs[0];
    assert_eq!((hub.initial_stock, hub.stop_above), (3000, Some(6000)));
    let retry = hub.retry.as_ref().unwrap();
    assert_eq!(
        (retry.tries, retry.delay.as_constant()),
        (4, Some(Duration::from_hours(12.0).0 as f64))
    );
    assert_eq!(hub.batch.support(), (1, Some(141)));
    assert!(hub.inflow.is_some());
    assert_eq!(
        hub.organisation,
        Some(Mix::Shares(vec![(OrganisationId(0), 0.6), (OrganisationId(1), 0.4)]))
    );
    assert_eq!(hub.cargo, Some(Mix::Cycle(vec![CargoId(0), CargoId(1)])));
    let slots = &scenario.convoys[1];
    assert_eq!((slots.draw_from, slots.cargo.as_ref()), (Some(HubId(0)), None));
    assert!((slots.day_effect.unwrap().autocorrelation - 0.3).abs() < 1e-12 && (slots.autocorrelation - 0.4).abs() < 1e-12);
    let own = scenario.stages[2].outcomes[0].retry.as_ref().unwrap();
    assert_eq!(own.tries, 2);
}

#[test]
fn a_recorded_stream_may_draw_from_a_hub() {
    let more = "[hub.sinai]\ninitial_stock = 9\ninflow = { process = \"trace\", file = \"b.csv\" }\n[convoy.old]\ndraw_from = \"sinai\"\narrivals = { process = \"trace\", rows = [{ at = 2026-07-02, trucks = 80 }] }\n";
    let files = [
        ("w.toml", &*format!("{WORLD}{more}")),
        ("b.csv", "at,trucks,organisation\n2026-07-05,40,un\n"),
    ];
    let scenario = loaded(&files, &[]).scenario;
    assert_eq!(scenario.convoys[1].draw_from, Some(HubId(0)));
    let Some(crate::scenario::Arrivals::Trace(batches)) = &scenario.hubs[0].inflow else {
        panic!("a trace")
    };
    assert_eq!((batches[0].trucks, batches[0].organisation), (40, Some(OrganisationId(0))));
}

#[test]
fn stages_share_resources_fail_and_have_days() {
    let scenario = everything().scenario;
    assert_eq!(scenario.resources.iter().map(|r| r.count).collect::<Vec<_>>(), [16, 150, 6]);
    assert!(scenario.resources[0].calendar.is_some() && scenario.resources[1].calendar.is_none());
    let platform = &scenario.stages[2];
    assert_eq!(
        (platform.needs[0].resource, platform.needs[0].released_after),
        (ResourceId(2), StageId(3))
    );
    let breakdown = platform.breakdown.as_ref().unwrap();
    assert_eq!((breakdown.clock, breakdown.at_failure), (FailureClock::Busy, AtFailure::Requeue));
    assert!((platform.day_effect.unwrap().cv - 0.1).abs() < 1e-12 && (platform.outcome_odds_cv - 0.3).abs() < 1e-12);
    let plain = world_and("[resource.crew]\ncount = 1\n[stage.more]\nservice = \"1h\"\nneeds = { crew = 1 }\n").scenario;
    assert_eq!(plain.stages[2].needs[0].released_after, StageId(2));
    assert!(plain.stages[2].breakdown.is_none() && plain.stages[2].day_effect.is_none());
}

#[test]
fn an_escort_is_a_stage_with_trips_for_services() {
    let scenario = everything().scenario;
    let stage = &scenario.stages[3];
    let escort = stage.escort.as_ref().unwrap();
    assert_eq!(
        (stage.name.as_str(), stage.lanes, stage.counts_as.as_deref()),
        ("collection", None, Some("collected"))
    );
    assert_eq!((stage.queue.capacity, stage.at_closure), (Some(1000), AtClosure::TurnBack));
    assert_eq!(
        (escort.teams, escort.size_min, escort.size_max.support()),
        (Some(ResourceId(0)), 2, (4, Some(8)))
    );
    let vehicles = escort.vehicles.as_ref().unwrap();
    assert_eq!(
        (vehicles.resource, vehicles.tonnes, vehicles.pallets),
        (ResourceId(1), Some(13.5), Some(24.0))
    );
    assert!(vehicles.return_time.is_some() && escort.return_time.as_constant().is_some());
    assert_eq!(escort.intercepted.as_ref().unwrap().share.support(), (0.05, 0.5));
    let postponed = escort.clearance.postponed.as_ref().unwrap();
    assert!((postponed.probability - 0.05).abs() < 1e-12);
}

#[test]
fn an_answer_that_is_set_keeps_its_value_and_the_others_are_scaled() {
    let clearance = "clearance = { approved = { value = 0.6, range = [0.5, 0.7], assumption = \"a\" }, delayed = { probability = 0.2, by = \"3h\" }, denied = { probability = 0.2, retry = \"1d\" } }\n";
    let text = format!("{NO_STAGES}{ONWARD}{clearance}");
    let answers = |path: &str, value: &str| {
        let scenario = loaded(&[("e.toml", &text)], &[(path, value)]).scenario;
        let clearance = scenario.stages[0].escort.as_ref().unwrap().clearance.clone();
        (
            clearance.approved,
            clearance.delayed.unwrap().probability,
            clearance.denied.unwrap().probability,
        )
    };
    let near = |a: (f64, f64, f64), b: (f64, f64, f64)| (a.0 - b.0).abs() + (a.1 - b.1).abs() + (a.2 - b.2).abs() < 1e-9;
    assert!(near(answers("escort.onward.clearance.approved", "0.8"), (0.8, 0.1, 0.1)));
    assert!(near(answers("escort.onward.clearance.denied.probability", "0.6"), (0.3, 0.1, 0.6)));
}

#[test]
fn a_policy_that_restarts_services_lets_escorted_convoys_arrive() {
    let scenario = world_and(&format!(
        "{ONWARD}[policy]\nat_closure = \"restart\"\nqueue_at_closure = \"turn_back\"\n"
    ))
    .scenario;
    let rules: Vec<AtClosure> = scenario.stages.iter().map(|s| s.at_closure).collect();
    assert_eq!(rules, [AtClosure::Restart, AtClosure::Restart, AtClosure::Finish]);
}

#[test]
fn travellers_keep_to_stages_of_their_own() {
    let scenario = everything().scenario;
    let flows: Vec<Flow> = scenario.stages.iter().map(|s| s.serves).collect();
    let (trucks, people) = (Flow::Trucks, Flow::Travellers);
    assert_eq!(flows, [trucks, trucks, trucks, trucks, people, people]);
    let out = &scenario.travellers[0];
    assert_eq!((out.enters, out.size.as_constant(), out.limit), (StageId(4), Some(3), None));
    assert_eq!(
        (scenario.stages[3].next, scenario.stages[4].next),
        (Target::End(End::Delivered), Target::Stage(StageId(5)))
    );
    assert!(scenario.stages[0].screens && !scenario.stages[4].screens);
    let recorded = "[stage.hall]\nservice = \"2min\"\nserves = \"travellers\"\nafter = \"scan\"\n[travellers.in]\narrivals = { process = \"trace\", file = \"t.csv\" }\n";
    let files = [
        ("w.toml", &*format!("{WORLD}{recorded}")),
        ("t.csv", "at,people\n2026-07-05T09:00,12\n"),
    ];
    let scenario = loaded(&files, &[]).scenario;
    assert_eq!(scenario.stages[0].next, Target::Stage(StageId(2)));
    let crate::scenario::Arrivals::Trace(groups) = &scenario.travellers[0].arrivals else {
        panic!("a trace")
    };
    assert_eq!(groups[0].trucks, 12);
}

#[test]
fn goods_and_senders_have_their_rules() {
    let scenario = everything().scenario;
    let food = &scenario.cargos[0];
    let heat = food.heat.unwrap();
    assert_eq!((heat.from, heat.to), ((6, 1), (9, 30)));
    assert!((heat.factor - 0.6).abs() < 1e-12 && (food.gaza_stock_days.unwrap() - 1.5).abs() < 1e-12);
    assert!((food.repack.as_ref().unwrap().share - 0.8).abs() < 1e-12);
    let un = &scenario.organisations[0];
    let (general, own) = (un.approval_of(CargoId(0)).unwrap(), un.approval_of(CargoId(1)).unwrap());
    assert!((general.refused - 0.3).abs() < 1e-12 && (general.not_honoured - 0.1).abs() < 1e-12);
    assert!(own.refused.abs() < 1e-12 && own.lead.as_constant().is_none());
    assert!(scenario.organisations[1].approval_of(CargoId(0)).is_none());
    let losses: Vec<f64> = scenario.incidents.unwrap().severities.iter().map(|s| s.loss).collect();
    assert_eq!(losses, [0.0, 0.02]);
}

#[test]
fn a_policy_may_heed_warnings_and_divert() {
    let policy = everything().scenario.policy;
    let precaution = policy.precaution.unwrap();
    assert_eq!((precaution.lead, precaution.scope), (Duration::from_hours(6.0), vec![StageId(3)]));
    assert!((precaution.false_alarms_per_hour - 0.05 / 24.0).abs() < 1e-12 && (precaution.capacity - 0.5).abs() < 1e-12);
    let diversion = policy.diversion.unwrap();
    assert_eq!(diversion.to, DiversionTarget::Elsewhere("kerem-shalom".to_owned()));
    assert_eq!((diversion.after, diversion.daily_cap), (Duration::from_hours(24.0), Some(50)));
    let inside = world_and("[policy]\ndiversion = { after = \"1d\", to = \"transfer\" }\n")
        .scenario
        .policy;
    assert_eq!(inside.diversion.unwrap().to, DiversionTarget::Stage(StageId(1)));
}

#[test]
fn vehicles_must_do_for_the_largest_convoy_at_the_mean_load_of_its_streams() {
    // 5 trucks of 18 t are 90 t; those that bring medical goods only, of 10 t, 50 t.
    let with = |count: u32, convoy: &str| {
        let more = format!("{ONWARD}vehicles = {{ resource = \"truck\", tonnes = 10 }}\n[resource.truck]\ncount = {count}\n");
        let text = WORLD
            .replace("size = 10\n", convoy)
            .replace("food = 0.9, medical = 0.1", "food = 1");
        tried(&[("w.toml", &format!("{text}{more}"))], &[])
    };
    assert!(with(9, "size = 10\n").is_ok());
    let refused = with(8, "size = 10\n").unwrap_err();
    assert!(
        told(&refused).contains("a convoy of 5 trucks at mean load needs 9 of resource `truck`, which has 8"),
        "{}",
        told(&refused)
    );
    assert!(with(5, "size = 10\ncargo = \"medical\"\n").is_ok());
    assert!(with(4, "size = 10\ncargo = \"medical\"\n").is_err());
}

#[test]
fn settings_reach_hubs_resources_and_escorts() {
    let text = format!("{NO_STAGES}[resource.team]\ncount = 3\n{ONWARD}teams = \"team\"\n");
    let sets = [
        ("resource.team.count", "7"),
        ("escort.onward.size.max", "9"),
        ("escort.onward.trip", "4h"),
        ("escort.onward.intercepted", "{ probability = 0.1, share = 0.5 }"),
    ];
    let scenario = loaded(&[("e.toml", &text)], &sets).scenario;
    let escort = scenario.stages[0].escort.as_ref().unwrap();
    assert_eq!((scenario.resources[0].count, escort.size_max.as_constant()), (7, Some(9)));
    assert_eq!(escort.trip.as_constant(), Some(Duration::from_hours(4.0).0 as f64));
    assert!(escort.intercepted.is_some());
    let refused = tried(&[("e.toml", &text)], &[("escort.onwards.trip", "4h")]).unwrap_err();
    assert!(
        told(&refused).contains("no escort is called `onwards`: did you mean `onward`?"),
        "{}",
        told(&refused)
    );
}
