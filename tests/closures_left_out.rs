//! Replications in which one closure does not happen, worked out by hand.

mod support;

use rafah::model::{BegunClosure, Observer, Plan, Simulation};
use rafah::scenario::End;
use rafah::time::Time;
use support::{Log, convoy, dated, hand_world, world};

/// Closures as told: number, source, share of lanes, stages, begin and end in hours.
#[derive(Default)]
struct Told(Vec<(u32, u16, f64, usize, f64, Option<f64>)>);

impl Observer for Told {
    fn closure_begun(&mut self, at: Time, c: &BegunClosure) {
        self.0
            .push((c.number, c.source, c.capacity, c.scope.len(), at.as_minutes() / 60.0, None));
    }
    fn closure_over(&mut self, at: Time, number: u32) {
        let found = self.0.iter_mut().find(|c| c.0 == number).expect("begun before");
        found.5 = Some(at.as_minutes() / 60.0);
    }
}

/// What is seen of the first replication without a closure, if one is left out.
fn without(text: &str, closure: Option<u32>) -> (Log, Told) {
    let plan = Plan::compile(&world(text));
    let mut simulation = Simulation::new(&plan);
    simulation.without(closure);
    let mut seen = (Log::default(), Told::default());
    simulation.run(1, 1, &mut seen);
    seen
}

fn delivered(log: &Log) -> usize {
    log.ended(End::Delivered).len()
}

/// A gate with one lane and a truck an hour, as many in the queue as it will ever serve.
fn busy(rest: &str) -> String {
    let stages = "[stage.gate]\nlanes = 1\nservice = \"60min\"\n[stage.yard]\nservice = \"1min\"\nlanes = \"unlimited\"\n";
    hand_world(2, &format!("{}{stages}{rest}", convoy(0, 100)))
}

/// Given spells, in hours.
fn spells(name: &str, spells: &[(u32, u32)]) -> String {
    let list: Vec<String> = spells
        .iter()
        .map(|(from, to)| format!("{{ from = {}, to = {} }}", dated(60 * from), dated(60 * to)))
        .collect();
    format!(
        "[closure.{name}]\nprocess = \"schedule\"\nspells = [{}]\nscope = [\"gate\"]\n",
        list.join(", ")
    )
}

/// Incidents of one severity at these hours.
fn incidents(hours: &[u32]) -> String {
    let list: Vec<String> = hours
        .iter()
        .map(|h| format!("{{ at = {}, severity = \"major\" }}", dated(60 * h)))
        .collect();
    format!(
        "[security.incidents]\nprocess = \"trace\"\nrows = [{}]\nseverity.major = {{ share = 1 }}\n",
        list.join(", ")
    )
}

#[test]
fn at_a_gate_that_never_idles_a_closure_costs_the_trucks_of_its_hours() {
    let text = busy(&spells("c", &[(4, 6), (10, 13)]));
    let (with, told) = without(&text, None);
    assert_eq!(
        told.0,
        [(1, 0, 0.0, 1, 4.0, Some(6.0)), (2, 0, 0.0, 1, 10.0, Some(13.0))],
        "they are told as they are"
    );
    assert_eq!(delivered(&with), 42);
    assert_eq!(delivered(&without(&text, Some(1)).0), 44);
    assert_eq!(delivered(&without(&text, Some(2)).0), 45);
    assert_eq!(delivered(&without(&text, Some(3)).0), 42, "there is no third");
}

#[test]
fn of_closures_that_overlap_one_costs_what_the_other_does_not_close() {
    let text = busy(&(spells("c", &[(4, 8)]) + &spells("d", &[(6, 12)])));
    assert_eq!(delivered(&without(&text, None).0), 39);
    assert_eq!(delivered(&without(&text, Some(1)).0), 41);
    assert_eq!(delivered(&without(&text, Some(2)).0), 43);
}

#[test]
fn where_lanes_make_up_for_it_a_closure_costs_nothing() {
    let text = busy(&spells("c", &[(4, 6)]));
    let text = text.replace("size = 100", "size = 20");
    assert_eq!(delivered(&without(&text, None).0), 20);
    assert_eq!(delivered(&without(&text, Some(1)).0), 20);
}

#[test]
fn until_its_beginning_nothing_moves_and_its_incident_happens() {
    let policy = "[policy]\nat_closure = \"hold\"\nresponse.major = { capacity = 0, for = \"90min\" }\n";
    let text = busy(&format!("{}{policy}", incidents(&[5, 20])));
    let (with, told) = without(&text, None);
    let (left_out, others) = without(&text, Some(2));
    assert_eq!(told.0.len(), 2);
    assert_eq!(others.0, told.0[..1]);
    let before = |log: &Log| -> Vec<(Time, String)> { log.lines.iter().filter(|l| l.0.as_minutes() < 1200.0).cloned().collect() };
    assert!(before(&with).len() > 50);
    assert_eq!(before(&with), before(&left_out));
    assert_eq!(with.when("incident"), left_out.when("incident"));
    assert_eq!(with.when("incident"), [300.0, 1200.0]);
    // At hours 1 to 5, 7.5 to 19.5, and 22 to 47; or, with nothing held at 20, 7.5 to 47.5.
    assert_eq!((delivered(&with), delivered(&left_out)), (5 + 13 + 26, 5 + 41));
}

#[test]
fn a_response_that_is_left_out_has_no_reopening_and_ends_none() {
    let policy = "[policy]\nresponse.major = { capacity = 0, for = \"2h\" }\n[[policy.reopening]]\ncapacity = 0\nfor = \"4h\"\n";
    let text = busy(&format!("{}{policy}", incidents(&[4, 8])));
    // Closed from 4 to 6, reopening until 8, broken off, closed until 10, reopening until 14.
    let (with, told) = without(&text, None);
    assert_eq!(
        told.0.iter().map(|c| (c.4, c.5)).collect::<Vec<_>>(),
        [(4.0, Some(6.0)), (8.0, Some(10.0))]
    );
    assert_eq!(delivered(&with), 37);
    assert_eq!(delivered(&without(&text, Some(1)).0), 41);
    assert_eq!(delivered(&without(&text, Some(2)).0), 41);
}

#[test]
fn reopenings_after_other_closures_last_as_long_without_one() {
    let law = "{ dist = \"uniform\", min = \"1h\", max = \"5h\" }";
    let policy = format!(
        "[policy]\nresponse.major = {{ capacity = 0, for = \"1h\" }}\n[[policy.reopening]]\ncapacity = 0\nfor = {law}\n[[policy.reopening]]\ncapacity = 0\nfor = {law}\n"
    );
    let text = busy(&format!("{}{policy}", incidents(&[4, 20, 34])));
    // When the gate opens after each of the closures: the queue never ends, so the next truck is served at once.
    let opens = |log: &Log| -> Vec<f64> {
        let starts = log.starts_in_time(0);
        let gaps = starts.windows(2).filter(|pair| pair[1] - pair[0] > 90.0);
        gaps.map(|pair| pair[1]).collect()
    };
    let (all, without_first) = (opens(&without(&text, None).0), opens(&without(&text, Some(1)).0));
    assert_eq!(all.len(), 3, "{all:?}");
    assert_eq!(without_first, all[1..], "each by its own closure");
    assert!(
        (all[1] - 20.0 * 60.0 - (all[0] - 4.0 * 60.0)).abs() > 1.0,
        "drawn anew for each: {all:?}"
    );
}

#[test]
fn an_incident_whose_response_is_left_out_still_prolongs_and_triggers() {
    let policy = "[policy]\nresponse.major = { capacity = 0, for = \"2h\", quiet = \"3h\" }\n";
    let trigger = "[policy.trigger.two]\nincidents = 2\nwithin = \"1d\"\ncapacity = 0\nfor = \"10h\"\n";
    let text = busy(&format!("{}{policy}", incidents(&[4, 6])));
    let ends = |told: &Told| told.0.iter().map(|c| (c.0, c.4, c.5)).collect::<Vec<_>>();
    assert_eq!(ends(&without(&text, None).1), [(1, 4.0, Some(9.0)), (2, 6.0, Some(9.0))]);
    assert_eq!(ends(&without(&text, Some(2)).1), [(1, 4.0, Some(9.0))]);
    let text = busy(&format!("{}{policy}{trigger}", incidents(&[4, 20])));
    let (_, told) = without(&text, Some(2));
    assert_eq!(ends(&told), [(1, 4.0, Some(7.0)), (3, 20.0, Some(30.0))]);
    let (_, told) = without(&text, Some(3));
    assert_eq!(ends(&told), [(1, 4.0, Some(7.0)), (2, 20.0, Some(23.0))]);
}

#[test]
fn a_renewal_goes_on_after_a_spell_that_is_left_out() {
    let renewal = "[closure.r]\nprocess = \"renewal\"\nopen = { dist = \"exponential\", mean = \"6h\" }\nclosed = { dist = \"exponential\", mean = \"2h\" }\n";
    let (_, told) = without(&busy(renewal), None);
    let (_, others) = without(&busy(renewal), Some(2));
    assert!(told.0.len() > 3);
    let rest: Vec<_> = told.0.iter().filter(|c| c.0 != 2).copied().collect();
    assert_eq!(others.0, rest);
}
