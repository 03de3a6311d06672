//! Conservation.

use super::*;

#[track_caller]
fn refused(tell: impl FnOnce(&mut Script<Recorder>)) -> String {
    match Result::try_of(&world(), tell) {
        Ok(_) => panic!("it was written"),
        Err(imbalance) => imbalance.message,
    }
}

#[test]
fn a_truck_that_vanishes_between_stages_is_missed() {
    let message = refused(|s| {
        s.convoy(0.0, 1, 1);
        s.arrive(0.0, 0, GATE);
        s.start(0.0, 0);
        s.complete(1.0, 0);
        s.with(1.0, 0, |o, at, id, t| o.left(at, id, t, Leaves::Stage(SCAN)));
        s.finish(60.0);
    });
    assert_eq!(
        message,
        "replication 1: trucks are not conserved: 1 trucks are between stages at the end, expected none"
    );
}

#[test]
fn a_truck_that_leaves_where_it_does_not_stand_is_named() {
    let message = refused(|s| {
        s.convoy(0.0, 1, 1);
        s.arrive(0.0, 0, GATE);
        s.trucks[0].stage = SCAN as u16;
        s.leave(60.0, 0, Leaves::End(End::Delivered));
        s.finish(90.0);
    });
    let expected = "replication 1: trucks are not conserved: at hour 1 truck 1 was expected at stage `scan`, found at stage `gate`";
    assert_eq!(message, expected);
}

#[test]
fn a_load_that_changes_on_its_way_is_noticed() {
    let message = refused(|s| {
        s.convoy(0.0, 1, 1);
        s.arrive(0.0, 0, GATE);
        s.trucks[0].grams -= 1;
        s.leave(60.0, 0, Leaves::End(End::Expired));
        s.finish(90.0);
    });
    assert!(
        message.contains("dispatched 1 (20000000 g), ended 1 (19999999 g), present 0 (1 g)"),
        "{message}"
    );
}

#[test]
fn a_service_that_ends_twice_is_noticed() {
    let message = refused(|s| {
        s.convoy(0.0, 1, 1);
        s.arrive(0.0, 0, GATE);
        s.start(0.0, 0);
        s.complete(1.0, 0);
        s.complete(2.0, 0);
        s.finish(90.0);
    });
    assert!(message.ends_with("a count of stage `gate` fell below 0"), "{message}");
}

#[test]
fn after_a_fault_the_next_replication_starts_afresh() {
    let plan = Plan::compile(&world());
    let layout = Layout::new(&[&plan], None).unwrap();
    let mut frames = Frames::new(&layout);
    let mut script = Script::telling(Recorder::new(&plan, &layout));
    script.convoy(0.0, 1, 2);
    script.finish(60.0);
    assert!(script.to.write("a", 1, &mut frames).is_err());
    assert_eq!(frames, Frames::new(&layout));
    script.trucks.clear();
    script.convoy(0.0, 1, 1);
    script.pass(0, GATE, [0.0, 0.0, 1.0]);
    script.finish(60.0);
    script.to.write("a", 2, &mut frames).unwrap();
    assert_eq!(frames.0[0].len(), 1);
}
