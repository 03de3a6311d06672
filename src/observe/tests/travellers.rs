//! People who cross: apart from trucks in everything.

use super::*;

const HALL: usize = 2;

/// The world with a stage `hall` for people and the streams `out` and `in`.
fn with_people() -> Scenario {
    let mut world = world();
    let stream = |name: &str| Travellers {
        name: name.to_owned(),
        arrivals: Arrivals::Trace(Vec::new()),
        size: CountLaw::constant(1),
        autocorrelation: 0.0,
        enters: StageId(HALL),
        limit: None,
    };
    world.travellers = vec![stream("in"), stream("out")];
    world.stages.push(Stage {
        serves: Flow::Travellers,
        ..sample::stage("hall")
    });
    world
}

/// A person of a stream (0 is `in`), at the hall.
fn person(s: &mut Script<Recorder>, at: f64, stream: u16) -> usize {
    let number = s.trucks.len();
    let mut person = Truck {
        is_traveller: true,
        stream,
        ..some_truck(number)
    };
    person.dispatched = minute(at);
    s.trucks.push(person);
    s.with(at, number, Recorder::dispatched);
    s.arrive(at, number, HALL);
    number
}

fn some_truck(number: usize) -> Truck {
    let mut script = Script::telling(());
    script.dispatch(0.0, 0, 0, 0);
    Truck {
        number: number as u32 + 1,
        grams: 0,
        ..script.trucks.remove(0)
    }
}

#[test]
fn people_are_no_trucks() {
    let result = Result::of(&with_people(), |s| {
        let out = person(s, 0.0, 1);
        let back = person(s, 0.0, 1);
        let waits = person(s, 0.0, 0);
        s.start(2.0, out);
        s.complete(4.0, out);
        s.leave(4.0, out, Leaves::End(End::Delivered));
        s.start(4.0, back);
        s.complete(6.0, back);
        s.leave(6.0, back, Leaves::End(End::Rejected));
        s.convoy(10.0, 1, 1);
        s.pass(waits + 1, GATE, [10.0, 10.0, 11.0]);
        s.finish(1440.0);
    });
    let names = ["travellers_out", "travellers_in", "travellers_waiting"];
    assert_eq!(names.map(|name| result.response(name)), [1.0, 0.0, 1.0]);
    near(result.response("mean_travellers_waiting"), (4.0 + 6.0 + 1440.0) / 1440.0);
    let trucks = [
        "dispatched_trucks",
        "dispatches",
        "delivered_trucks",
        "rejected_trucks",
        "backlog_trucks",
        "max_backlog_trucks",
    ];
    assert_eq!(trucks.map(|name| result.response(name)), [1.0, 1.0, 1.0, 0.0, 0.0, 1.0]);
    near(result.response("delivery_time_max_h"), 1.0 / 60.0);
    assert_eq!(result.row("convoys", 0, ["convoys", "dispatched_trucks"]), [1.0, 1.0]);
    // They pass through their stage like any truck.
    assert_eq!(result.row("stages", HALL, ["arrivals", "served", "max_queue"]), [3.0, 2.0, 3.0]);
    near(result.at("stages", HALL, "mean_wait_min"), 3.0);
    // They have no goods, no place in the backlog, and are no flow.
    assert!((0..result.rows("stage_cargo")).all(|row| result.word("stage_cargo", row, "stage") != "hall"));
    assert!((0..result.rows("backlog")).all(|row| result.word("backlog", row, "place") != "hall"));
    assert_eq!(result.moves(), [("gate", "delivered", 1.0), ("dispatched", "gate", 1.0)]);
    assert_eq!(result.row("cargo", 0, ["dispatched_trucks", "rejected_trucks"]), [1.0, 0.0]);
}

#[test]
fn people_whose_steps_are_told_at_once_are_no_trucks_either() {
    let mut world = with_people();
    world.stages.push(Stage {
        serves: Flow::Travellers,
        ..sample::stage("bus")
    });
    let plan = Plan::compile(&world);
    let layout = Layout::new(&[&plan], Some(&["stages".to_owned()])).unwrap();
    let mut s = Script::telling(Recorder::new(&plan, &layout));
    let out = person(&mut s, 0.0, 1);
    s.start(2.0, out);
    s.pass_at_once(4.0, out, Leaves::Stage(HALL + 1));
    s.start(5.0, out);
    s.pass_at_once(7.0, out, Leaves::End(End::Delivered));
    s.finish(60.0);
    let mut frames = Frames::new(&layout);
    s.to.write("by hand", 1, &mut frames).unwrap();
    let result = Result { layout, frames };
    let names = [
        "travellers_out",
        "travellers_waiting",
        "dispatched_trucks",
        "delivered_trucks",
        "backlog_trucks",
    ];
    assert_eq!(names.map(|name| result.response(name)), [1.0, 0.0, 0.0, 0.0, 0.0]);
    near(result.response("mean_travellers_waiting"), 7.0 / 60.0);
    for stage in [HALL, HALL + 1] {
        assert_eq!(result.row("stages", stage, ["arrivals", "served"]), [1.0, 1.0]);
    }
}

#[test]
fn a_person_who_vanishes_is_missed() {
    let message = Result::try_of(&with_people(), |s| {
        let out = person(s, 0.0, 1);
        s.start(0.0, out);
        s.complete(1.0, out);
        s.with(1.0, out, |o, at, id, t| o.left(at, id, t, Leaves::Stage(HALL)));
        s.finish(60.0);
    })
    .err()
    .unwrap()
    .message;
    assert_eq!(
        message,
        "replication 1: travellers are not conserved: 1 travellers are between stages at the end, expected none"
    );
}

#[test]
fn without_travellers_their_columns_stay_empty() {
    let result = Result::of(&world(), |s| s.finish(60.0));
    let names = ["travellers_out", "travellers_in", "travellers_waiting", "mean_travellers_waiting"];
    assert!(names.into_iter().all(|name| result.response(name).is_nan()));
}
