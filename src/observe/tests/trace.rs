//! The trace.

use super::super::Trace;
use super::*;
use crate::table::Frame;

fn words(frame: &Frame, column: usize) -> Vec<&str> {
    (0..frame.len()).map(|row| frame.columns[column].text(row).unwrap_or("")).collect()
}

fn numbers(frame: &Frame, column: usize) -> Vec<f64> {
    (0..frame.len()).map(|row| frame.columns[column].real(row)).collect()
}

#[test]
fn every_visit_has_a_row_in_order_of_trucks() {
    let plan = Plan::compile(&world());
    let mut s = Script::telling(Trace::new(&plan));
    s.convoy(0.0, 7, 4);
    s.end(0.0, 3, End::Refused, Cause::Plain);
    s.arrive(0.0, 0, GATE);
    s.arrive(0.0, 1, GATE);
    s.set_aside(0.0, 2, Aside::Held);
    s.start(0.0, 0);
    s.complete(4.000_000_1, 0);
    s.leave(5.0, 0, Leaves::Stage(SCAN));
    s.leave(6.0, 1, Leaves::TurnedBack);
    s.start(7.0, 0);
    s.end(9.0, 1, End::Expired, Cause::Plain);
    s.finish(20.0);
    let [(table, trucks), _] = s.to.into_tables();
    assert_eq!(table.columns.len(), 10);
    assert_eq!(numbers(&trucks, 0), [1.0, 1.0, 2.0, 2.0, 3.0, 4.0]);
    assert_eq!(words(&trucks, 1)[0], "road/7");
    assert_eq!(words(&trucks, 4), ["gate", "scan", "gate", "", "", ""]);
    assert_eq!(words(&trucks, 9), ["scan", "", "turned_back", "expired", "", "refused"]);
    // First visit: 4.0000001 minutes are 240 000 006 microseconds.
    assert_eq!(numbers(&trucks, 7)[0].to_bits(), (240_000_006.0_f64 / 6e7).to_bits());
    assert_eq!(numbers(&trucks, 8)[0], 5.0);
    // Second visit, still open: started, not ended, not left.
    assert_eq!((numbers(&trucks, 5)[1], numbers(&trucks, 6)[1]), (5.0, 7.0));
    assert!(numbers(&trucks, 7)[1].is_nan() && numbers(&trucks, 8)[1].is_nan());
    assert!(numbers(&trucks, 6)[2].is_nan());
    assert_eq!(numbers(&trucks, 8)[3], 9.0);
    assert!(numbers(&trucks, 8)[4].is_nan());
}

#[test]
fn every_change_of_state_is_an_event() {
    let plan = Plan::compile(&world());
    let mut s = Script::telling(Trace::new(&plan));
    s.to.calendar(minute(0.0), GATE, true);
    s.convoy(1.0, 1, 1);
    s.arrive(1.0, 0, GATE);
    s.to.security(minute(2.0), &[1.0, 0.5], &[]);
    s.to.security(minute(3.0), &[1.0, 1.0], &[]);
    s.finish(20.0);
    let [_, (_, events)] = s.to.into_tables();
    assert_eq!(
        words(&events, 1),
        ["calendar", "convoy", "dispatched", "arrived", "capacity", "capacity"]
    );
    assert_eq!(words(&events, 2), ["gate", "road/1", "road", "gate", "scan", "scan"]);
    assert_eq!(words(&events, 3), ["open", "1", "", "waiting", "0.5", "1"]);
    assert_eq!(numbers(&events, 0), [0.0, 1.0, 1.0, 1.0, 2.0, 3.0]);
    assert_eq!((numbers(&events, 4)[3], numbers(&events, 4)[4].is_nan()), (1.0, true));
}

#[test]
fn a_try_has_rows_of_its_own_under_its_new_convoy_and_people_have_none() {
    let mut world = world();
    world.hubs = vec![Hub {
        name: "el-arish".to_owned(),
        initial_stock: 1,
        inflow: None,
        batch: CountLaw::constant(1),
        stop_above: None,
        retry: None,
        organisation: None,
        cargo: None,
    }];
    let plan = Plan::compile(&world);
    let mut s = Script::telling(Trace::new(&plan));
    s.convoy(0.0, 1, 1);
    s.arrive(0.0, 0, GATE);
    s.with(5.0, 0, |o, at, id, t| o.left(at, id, t, Leaves::Returned));
    s.with(5.0, 0, |o, at, id, t| o.returned(at, id, t, Cause::TimedOut, true));
    s.set_aside(5.0, 0, Aside::Hub(0));
    s.trucks[0].convoy = 2;
    s.with(60.0, 0, Trace::dispatched_again);
    s.arrive(60.0, 0, GATE);
    s.start(60.0, 0);
    s.with(61.0, 0, Trace::put_back);
    s.with(62.0, 0, Trace::taken_up);
    s.complete(63.0, 0);
    s.leave(63.0, 0, Leaves::Repacking);
    s.to.hub_stock(minute(70.0), 0, 3);
    s.to.lanes_down(minute(80.0), SCAN, 1, true);
    s.trucks[0].is_traveller = true;
    s.with(90.0, 0, Trace::arrived);
    let [(_, trucks), (_, events)] = s.to.into_tables();
    assert_eq!(words(&trucks, 1), ["road/1", "road/2"]);
    assert_eq!(words(&trucks, 9), ["returned", "repacking"]);
    // The first start is that of the visit.
    assert_eq!(numbers(&trucks, 6)[1], 60.0);
    let told = [
        "returned",
        "set_aside",
        "dispatched",
        "arrived",
        "started",
        "put_back",
        "taken_up",
        "completed",
    ];
    assert_eq!(words(&events, 1)[4..12], told);
    assert_eq!(words(&events, 3)[6], "again");
    assert_eq!(
        (words(&events, 1)[14..].to_vec(), words(&events, 3)[14..].to_vec()),
        (vec!["hub_stock", "failure"], vec!["3", "1 down"])
    );
}
