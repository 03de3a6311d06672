//! The recorder behind the engine, and the layouts.

use super::super::{Response, responses};
use super::*;
use crate::model::Simulation;

/// Ten days with a convoy of eight every six hours: one lane of 30 minutes, then two of an hour with room for one.
fn busy() -> Scenario {
    let mut world = world();
    world.horizon.length = Duration::from_days(10);
    world.horizon.warm_up = Duration::from_days(1);
    world.convoys[0].arrivals = Arrivals::Renewal {
        every: Law::constant(6.0 * HOUR_US as f64),
    };
    world.convoys[0].size = CountLaw::constant(8);
    world.stages[GATE].service.general = Law::constant(30.0 * MINUTE_US as f64);
    world.stages[GATE].next = Target::Stage(StageId(SCAN));
    world.stages[SCAN].service.general = Law::constant(60.0 * MINUTE_US as f64);
    world.stages[SCAN].queue.capacity = Some(1);
    world
}

fn recorded(replications: std::ops::RangeInclusive<u32>, afresh: bool) -> (Layout, Frames) {
    let plan = Plan::compile(&busy());
    let layout = Layout::new(&[&plan], None).unwrap();
    let mut frames = Frames::new(&layout);
    let mut simulation = Simulation::new(&plan);
    let mut recorder = Recorder::new(&plan, &layout);
    for replication in replications {
        if afresh {
            recorder = Recorder::new(&plan, &layout);
        }
        simulation.run(1, replication, &mut recorder);
        recorder.write("busy", replication, &mut frames).unwrap();
    }
    (layout, frames)
}

#[test]
fn the_engine_conserves_trucks_and_the_numbers_are_those_of_the_plan() {
    let (layout, frames) = recorded(1..=1, true);
    let result = Result { layout, frames };
    // Convoys at 24 h, 30 h, … 234 h: what falls on the warm-up's end counts.
    assert_eq!(result.response("dispatched_trucks"), 8.0 * 36.0);
    near(result.at("stages", GATE, "utilisation"), 4.0 / 6.0);
    near(result.at("stages", SCAN, "utilisation"), 8.0 / 12.0);
    near(result.at("convoys", 0, "mean_first_start_min"), 0.0);
    assert_eq!(result.rows("daily"), 9);
    let delivered = result.response("delivered_trucks");
    assert_eq!(result.response("scanned_trucks"), delivered);
    let arrived = (0..result.rows("flows")).filter(|&r| result.word("flows", r, "to") == "delivered");
    near(arrived.map(|r| result.at("flows", r, "trucks")).sum(), delivered);
}

#[test]
fn a_recorder_used_before_writes_the_same_bits() {
    // Debug output tells all bits that matter, empty values too.
    assert_eq!(format!("{:?}", recorded(1..=3, false).1), format!("{:?}", recorded(1..=3, true).1));
}

#[test]
fn only_wanted_tables_are_kept_and_their_numbers_do_not_depend_on_that() {
    let plan = Plan::compile(&busy());
    let all = recorded(1..=1, true);
    let wanted = ["stages".to_owned()];
    let layout = Layout::keeping(&[&plan], Some(&wanted), &["daily"]).unwrap();
    let mut frames = Frames::new(&layout);
    let mut recorder = Recorder::new(&plan, &layout);
    Simulation::new(&plan).run(1, 1, &mut recorder);
    recorder.write("busy", 1, &mut frames).unwrap();
    let kept: Vec<(&str, bool)> = layout
        .tables()
        .iter()
        .enumerate()
        .map(|(i, t)| (t.name, layout.is_written(i)))
        .collect();
    assert_eq!(kept, [("replications", false), ("daily", false), ("stages", true)]);
    for (table, frame) in layout.tables().iter().zip(&frames.0) {
        let same = &all.1.0[all.0.position(table.name).unwrap()];
        assert_eq!(format!("{frame:?}"), format!("{same:?}"));
    }
}

#[test]
fn an_unknown_table_is_refused_with_the_nearest_name() {
    let plan = Plan::compile(&world());
    let refused = |name: &str| Layout::new(&[&plan], Some(&[name.to_owned()])).unwrap_err();
    assert_eq!(refused("stage"), "no table `stage`; did you mean `stages`?");
    assert!(refused("queue_samples").starts_with("no table `queue_samples`"));
    assert!(Layout::new(&[&plan], Some(&["summary".to_owned()])).is_ok());
}

#[test]
fn responses_are_the_columns_of_replications_over_all_plans() {
    let one = Plan::compile(&world());
    let mut other = world();
    other.stages[GATE].counts_as = Some("inspected".to_owned());
    let other = Plan::compile(&other);
    let layout = Layout::new(&[&one, &other], None).unwrap();
    assert_eq!(layout.counters(), ["scanned", "inspected"]);
    let table = &layout.tables()[0];
    let responses: Vec<Response> = responses(&layout);
    assert_eq!(responses.len() + 2, table.columns.len());
    for response in &responses {
        assert_eq!(table.columns[response.column].name, response.name);
    }
    let find = |name: &str| responses.iter().find(|r| r.name == name).unwrap();
    assert_eq!(find("delivered_tonnes").more_is_better, Some(true));
    assert_eq!(find("delivery_time_p90_h").more_is_better, Some(false));
    // A plan that does not count so leaves the column empty.
    let mut frames = Frames::new(&layout);
    let mut recorder = Recorder::new(&one, &layout);
    Observer::finished(&mut recorder, minute(1440.0));
    recorder.write("one", 1, &mut frames).unwrap();
    assert!(frames.0[0].columns[find("inspected_trucks").column].real(0).is_nan());
    assert_eq!(frames.0[0].columns[find("scanned_trucks").column].real(0), 0.0);
}
