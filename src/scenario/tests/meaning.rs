//! What the words of the language mean.

use super::{Files, WORLD, loaded, told, tried, world_and};
use crate::scenario::{
    Arrivals, AtClosure, BarredAction, ClosureProcess, IncidentProcess, Mix, OutcomeRule, QueueAtClosure, Reader, RegimeStart, Status,
    Target,
};
use crate::scenario::{CargoId, OrganisationId, SeverityId, StageId};
use crate::time::{Duration, Time};

fn hours(h: f64) -> Duration {
    Duration::from_hours(h)
}

#[test]
fn shares_are_divided_by_their_sum() {
    let text = WORLD.replace("share = 0.2\n", "share = 0.1995\n");
    let sum: f64 = loaded(&[("w.toml", &text)], &[])
        .scenario
        .organisations
        .iter()
        .map(|o| o.share)
        .sum();
    assert!((sum - 1.0).abs() < 1e-12, "{sum}");
}

#[test]
fn the_policy_speaks_for_every_stage_that_does_not() {
    let text = format!("{WORLD}\n[policy]\nat_closure = \"turn_back\"\nqueue_at_closure = \"turn_back\"\nreturn_delay = \"2h\"\n");
    let text = text.replace(
        "lanes = 4\n",
        "lanes = 4\nat_closure = \"hold\"\nreturn_delay = \"1h\"\nqueue_at_closure = \"turn_back\"\n",
    );
    let stages = loaded(&[("w.toml", &text)], &[]).scenario.stages;
    assert_eq!((stages[0].at_closure, stages[1].at_closure), (AtClosure::TurnBack, AtClosure::Hold));
    assert_eq!(stages[0].queue_at_closure, QueueAtClosure::TurnBack);
    let delays: Vec<Option<f64>> = stages
        .iter()
        .map(|s| s.return_delay.as_ref().and_then(crate::random::Law::as_constant))
        .collect();
    assert_eq!(delays, [Some(hours(2.0).0 as f64), Some(hours(1.0).0 as f64)]);
}

#[test]
fn outcomes_and_ends_are_resolved() {
    let text = WORLD.replace(
        "[stage.transfer]",
        "outcome.again = { every = 4, to = \"scan\" }\noutcome.no = { probability = 0.1, to = \"rejected\", for = { medical = 0.02 } }\nextra.search = { probability = 0.3, time = \"20min\" }\n[stage.transfer]",
    );
    let stages = loaded(&[("w.toml", &text)], &[]).scenario.stages;
    assert_eq!(stages[0].outcomes[0].rule, OutcomeRule::Every(4));
    assert_eq!(stages[0].outcomes[0].to, Target::Stage(StageId(0)));
    let OutcomeRule::Probability(p) = &stages[0].outcomes[1].rule else {
        panic!("a probability")
    };
    assert!((p.of(CargoId(0)) - 0.1).abs() < 1e-12 && (p.of(CargoId(1)) - 0.02).abs() < 1e-12);
    assert_eq!(stages[0].next, Target::Stage(StageId(1)));
    assert_eq!(stages[1].next, Target::End(crate::scenario::End::Delivered));
    assert_eq!(stages[0].extras[0].name, "search");
    assert!(stages[0].screens && !stages[1].screens);
}

#[test]
fn streams_have_their_own_kinds_and_times() {
    let more = "[convoy.backlog]\narrivals = { process = \"schedule\", at = [2026-07-02T06:00:30], times = [\"09:00\", \"05:00\"], days = \"sat-sun\", calendar = \"crossing\" }\n\
        size = { dist = \"poisson\", mean = 30, plus = 2, autocorrelation = 0.4 }\ncargo = { cycle = [\"food\", \"medical\"] }\norganisation = \"others\"\nenters = \"transfer\"\nlimit = 3\n";
    let stream = world_and(more).scenario.convoys.remove(1);
    let Arrivals::Schedule {
        times, days, at, calendar, ..
    } = &stream.arrivals
    else {
        panic!("a schedule")
    };
    assert_eq!(*times, [hours(5.0), hours(9.0)]);
    assert_eq!(*days, [false, false, false, false, false, true, true]);
    assert_eq!(*at, [Time(hours(30.0).0 + 30_000_000)]);
    assert!(calendar.is_some());
    assert_eq!(stream.cargo, Some(Mix::Cycle(vec![CargoId(0), CargoId(1)])));
    assert_eq!(stream.organisation, Some(Mix::Shares(vec![(OrganisationId(1), 1.0)])));
    assert!((stream.autocorrelation - 0.4).abs() < 1e-12 && (stream.size.mean() - 32.0).abs() < 1e-9);
    assert_eq!((stream.enters, stream.limit), (StageId(1), Some(3)));
}

#[test]
fn traces_are_read_in_order_of_time_and_rows_outside_are_told() {
    let csv = "# recorded\nat,trucks,organisation,tonnes\n2026-07-03T08:00,12,un,200\n2026-07-02 08:00:00,9,,\n2026-09-01,5,un,\n";
    let text = format!("{WORLD}\n[convoy.old]\narrivals = {{ process = \"trace\", file = \"d/c.csv\" }}\n");
    let loaded = loaded(&[("w.toml", &text), ("d/c.csv", csv)], &[]);
    let Arrivals::Trace(rows) = &loaded.scenario.convoys[1].arrivals else {
        panic!("a trace")
    };
    assert_eq!(
        rows.iter().map(|r| (r.at, r.trucks)).collect::<Vec<_>>(),
        [(Time(hours(32.0).0), 9), (Time(hours(56.0).0), 12)]
    );
    assert_eq!((rows[0].organisation, rows[1].organisation), (None, Some(OrganisationId(0))));
    assert_eq!(rows[1].tonnes, Some(200.0));
    let warning = &loaded.warnings[0];
    let at = loaded.sources.locate(warning.place.as_ref().unwrap());
    assert_eq!((at.path, at.line), ("d/c.csv", 5));
    assert_eq!(warning.message, "1 of 3 recorded convoys lies outside the horizon and is left out");
}

#[test]
fn an_empirical_law_may_come_from_a_file() {
    let text = WORLD.replace(
        "service = \"20min\"",
        "service = { dist = \"empirical\", file = \"t.csv\", column = \"m\", unit = \"min\" }",
    );
    let scenario = loaded(&[("w.toml", &text), ("t.csv", "n,m\n1,3\n2,4.5\n3,6\n")], &[]).scenario;
    assert!((scenario.stages[1].service.general.mean() - Duration::from_minutes(4.5).0 as f64).abs() < 1.0);
}

#[test]
fn security_is_read_with_its_policy() {
    let more = "[closure.given]\nprocess = \"schedule\"\nspells = [{ from = \"2d\", to = 2026-07-04, capacity = 0.5, scope = [\"transfer\"] }, { from = 2026-06-30, to = 2026-07-01T06:00:00 }]\n\
        [policy]\nname = \"p\"\nresponse.major = { for = \"24h\", quiet = \"12h\", notice = \"1h\", scope = [\"scan\"], whole_days = true }\n\
        trigger.cluster = { incidents = 3, within = \"7d\", for = \"72h\" }\nreopening = [{ capacity = 0.5, for = \"12h\" }]\nwindow = { hours = \"22:00-02:00\", cargo = [\"medical\"] }\n";
    let scenario = world_and(more).scenario;
    let ClosureProcess::Spells(spells) = &scenario.closures[0].process else {
        panic!("spells")
    };
    assert_eq!((spells[0].from, spells[1].from), (Time(hours(-24.0).0), Time(hours(48.0).0)));
    assert_eq!(spells[1].scope, Some(vec![StageId(1)]));
    let (severity, response) = &scenario.policy.responses[0];
    assert_eq!(
        (*severity, response.quiet, response.notice, response.whole_days),
        (SeverityId(1), hours(12.0), hours(1.0), true)
    );
    assert_eq!(scenario.policy.triggers[0].scope, [StageId(0), StageId(1)]);
    assert_eq!(scenario.policy.window.unwrap().hours, [(hours(22.0), hours(2.0))]);
}

#[test]
fn incidents_have_one_severity_unless_they_say_more() {
    let plain = WORLD.replace("severity = { minor = { share = 0.8 }, major = { share = 0.2, weight = 3 } }\n", "");
    let incidents = loaded(&[("w.toml", &plain)], &[]).scenario.incidents.unwrap();
    assert_eq!((incidents.severities[0].name.as_str(), incidents.severities.len()), ("incident", 1));
    let regimes = plain.replace(
        "process = \"poisson\"\nrate = \"0.1/d\"",
        "process = \"regimes\"\nstart = \"stationary\"\nregime.a = { stay = \"30d\", rate = \"0.05/d\", to = { b = 1 } }\nregime.b = { stay = \"3d\", rate = \"1/d\", to = { a = 1 } }",
    );
    let IncidentProcess::Regimes { start, regimes } = loaded(&[("w.toml", &regimes)], &[]).scenario.incidents.unwrap().process else {
        panic!("regimes")
    };
    assert_eq!(start, RegimeStart::Stationary);
    assert_eq!(regimes[1].to, [(0, 1.0)]);
}

#[test]
fn the_status_of_an_organisation_may_change() {
    let text = WORLD.replace(
        "share = 0.3\n",
        "share = 0.3\nstatus = { registered_with = 0.4, decided = 2026-07-11, before = \"barred\" }\n",
    );
    let text = format!("{text}\n[restrictions]\nbarred = {{ action = \"reconsign\", to = \"un\", success = 0.6 }}\n");
    let scenario = loaded(&[("w.toml", &text)], &[]).scenario;
    let Status::RegisteredWith {
        decided,
        registered_before,
        ..
    } = scenario.organisations[1].status
    else {
        panic!("undecided")
    };
    assert_eq!((decided, registered_before), (Time(hours(240.0).0), false));
    assert!(matches!(
        scenario.restrictions.barred,
        BarredAction::Reconsign { to: OrganisationId(0), .. }
    ));
}

#[test]
fn a_world_of_closures_needs_no_convoys() {
    let text = "format = 1\n[scenario]\nname = \"c\"\n[horizon]\nstart = 2026-01-01\nlength = \"72h\"\n[stage.gate]\nservice = \"0min\"\n[closure.x]\nprocess = \"renewal\"\nopen = \"10h\"\nclosed = \"2h\"\n";
    let scenario = loaded(&[("c.toml", text)], &[]).scenario;
    assert!(scenario.convoys.is_empty() && scenario.cargos.is_empty());
}

#[test]
fn nonsense_is_refused_and_never_panics() {
    for text in [
        "",
        "\u{feff}",
        "[",
        "format = 1\n[stage.a.b.c.d]\n",
        "a = {b = {c = [1, {d = 2}]}}",
        "format = 1\nextends = []\n",
        "stage = 3",
        "[[stage]]\n",
        "\"\" = 1",
    ] {
        assert!(tried(&[("w.toml", text)], &[]).is_err(), "{text}");
    }
    assert!(Files(&[]).read(std::path::Path::new("x")).is_err());
    // Every line of a sound world left out in turn, and every line cut in half.
    let lines: Vec<&str> = WORLD.lines().collect();
    for (i, line) in lines.iter().enumerate() {
        let with = |instead: &[&str]| [&lines[..i], instead, &lines[i + 1..]].concat().join("\n");
        let (without, cut) = (with(&[]), with(&[&line[..line.len() / 2]]));
        for text in [without, cut] {
            if let Err(refused) = tried(&[("w.toml", &text)], &[]) {
                assert!(!told(&refused).is_empty());
            }
        }
    }
}
