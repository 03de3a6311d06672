//! Closures, incidents, regimes.

use super::*;
use crate::model::ActiveClosure;

/// A world with given closures `siege` and `strike`, and regimes `calm` and `tense`.
fn uneasy() -> Scenario {
    let closure = |name: &str| GivenClosure {
        name: name.to_owned(),
        process: ClosureProcess::Spells(Vec::new()),
        capacity: 0.0,
        scope: vec![StageId(0), StageId(1)],
        whole_days: false,
    };
    let regime = |name: &str, other| Regime {
        name: name.to_owned(),
        mean_stay: Duration::from_days(1),
        per_hour: 0.1,
        to: vec![(other, 1.0)],
    };
    let mut world = world();
    world.closures = vec![closure("siege"), closure("strike")];
    world.incidents = Some(Incidents {
        process: IncidentProcess::Regimes {
            start: RegimeStart::State(0),
            regimes: vec![regime("calm", 1), regime("tense", 0)],
        },
        severities: vec![Severity {
            name: "minor".to_owned(),
            share: 1.0,
            weight: 1.0,
            loss: 0.0,
        }],
    });
    world
}

fn active(sources: &[u16]) -> Vec<ActiveClosure> {
    sources.iter().map(|&source| ActiveClosure { source, capacity: 0.0 }).collect()
}

#[test]
fn closures_that_touch_are_one_spell_and_the_end_cuts_it() {
    let result = Result::of(&uneasy(), |s| {
        let mut tell = |hour: i64, gate: f64, scan: f64, sources: &[u16]| {
            s.to.security(Time(hour * HOUR_US), &[gate, scan], &active(sources));
        };
        tell(2, 0.0, 1.0, &[1]);
        tell(3, 0.0, 0.0, &[1, 0]);
        tell(4, 0.0, 1.0, &[0]);
        // Reopened and closed again at one instant.
        tell(6, 1.0, 1.0, &[]);
        tell(6, 1.0, 0.0, &[1]);
        tell(7, 1.0, 1.0, &[]);
        // Of no length.
        tell(9, 0.0, 1.0, &[0]);
        tell(9, 1.0, 1.0, &[]);
        tell(20, 1.0, 0.0, &[0]);
        s.finish(1440.0);
    });
    assert_eq!(result.rows("closures"), 2);
    let spell = |row| ["begin_h", "end_h", "closed_h"].map(|column| result.at("closures", row, column));
    assert_eq!(spell(0), [2.0, 7.0, 5.0]);
    assert_eq!(spell(1), [20.0, 24.0, 4.0]);
    assert_eq!(
        (result.word("closures", 0, "cause"), result.word("closures", 1, "cause")),
        ("strike+siege", "siege")
    );
    assert_eq!((result.response("closures"), result.response("closed_h")), (2.0, 9.0));
    assert_eq!(result.response("longest_closure_h"), 5.0);
}

#[test]
fn a_spell_that_reaches_into_the_period_counts_as_time_but_not_as_begun() {
    let mut world = uneasy();
    world.horizon.warm_up = Duration(10 * HOUR_US);
    let result = Result::of(&world, |s| {
        let mut tell = |hour: i64, capacity: f64| s.to.security(Time(hour * HOUR_US), &[capacity, 1.0], &active(&[0]));
        for (hour, capacity) in [(1, 0.0), (2, 1.0), (8, 0.0), (13, 1.0), (20, 0.0), (21, 1.0)] {
            tell(hour, capacity);
        }
        s.finish(1440.0);
    });
    assert_eq!(result.rows("closures"), 2);
    assert_eq!(
        ["begin_h", "end_h", "closed_h"].map(|column| result.at("closures", 0, column)),
        [8.0, 13.0, 3.0]
    );
    assert_eq!((result.response("closures"), result.response("closed_h")), (1.0, 4.0));
    assert_eq!(result.response("longest_closure_h"), 3.0);
}

#[test]
fn only_sources_that_close_are_causes() {
    let result = Result::of(&uneasy(), |s| {
        let closures = [
            ActiveClosure { source: 0, capacity: 0.5 },
            ActiveClosure { source: 1, capacity: 0.0 },
        ];
        s.to.security(Time(HOUR_US), &[0.0, 0.5], &closures);
        s.finish(1440.0);
    });
    assert_eq!(result.word("closures", 0, "cause"), "strike");
}

#[test]
fn incidents_and_regimes_count_from_the_warm_up() {
    let mut world = uneasy();
    world.horizon.warm_up = Duration(6 * HOUR_US);
    let result = Result::of(&world, |s| {
        s.to.regime(Time::ZERO, 0);
        s.to.incident(Time(5 * HOUR_US), 1, 0, Some(0));
        s.to.incident(Time(6 * HOUR_US), 2, 0, Some(0));
        s.to.regime(Time(12 * HOUR_US), 1);
        s.to.incident(Time(13 * HOUR_US), 3, 0, Some(1));
        s.finish(1440.0);
    });
    assert_eq!((result.rows("incidents"), result.response("incidents")), (2, 2.0));
    assert_eq!(
        (result.at("incidents", 0, "incident"), result.at("incidents", 0, "time_h")),
        (2.0, 6.0)
    );
    assert_eq!(
        (result.word("incidents", 1, "severity"), result.word("incidents", 1, "regime")),
        ("minor", "tense")
    );
    let regime = |row| ["time_h", "visits"].map(|column| result.at("regimes", row, column));
    assert_eq!((regime(0), regime(1)), ([6.0, 0.0], [12.0, 1.0]));
    near(result.at("regimes", 1, "share"), 2.0 / 3.0);
}

#[test]
fn an_incident_tells_whom_it_found() {
    let result = Result::of(&uneasy(), |s| {
        s.to.incident(Time(HOUR_US), 1, 0, Some(0));
        s.to.exposure(Time(HOUR_US), 1, 12, 36.0, 1);
        s.to.incident(Time(2 * HOUR_US), 2, 0, Some(0));
        s.to.exposure(Time(2 * HOUR_US), 2, 0, 0.0, 0);
        s.convoy(180.0, 1, 2);
        s.arrive(180.0, 0, GATE);
        s.set_aside(180.0, 1, Aside::Quota);
        s.leave(200.0, 0, Leaves::End(End::LostToIncident));
        // Also where it stands at no stage.
        s.end(200.0, 1, End::LostToIncident, Cause::Plain);
        s.finish(1440.0);
    });
    let incident = |row| result.row("incidents", row, ["exposed_trucks", "exposure", "lost_trucks"]);
    assert_eq!((incident(0), incident(1)), ([12.0, 36.0, 1.0], [0.0; 3]));
    assert_eq!(result.response("exposure"), 36.0);
    assert_eq!(
        (
            result.response("lost_to_incident_trucks"),
            result.response("lost_to_incident_tonnes")
        ),
        (2.0, 40.0)
    );
}
