//! Steps told in one hook or in several, plainly or in full: the same tables to the bit.

use super::*;
use crate::table::Frame;
use proptest::prelude::*;

/// A truck's way: lengths of time in minutes, of which many are nothing so that much happens at one instant.
#[derive(Clone, Debug)]
struct Way {
    comes: u32,
    cargo: u16,
    organisation: u16,
    /// At the gate and, unless its way ends there, at the scan: its wait, its service, and how long it is blocked.
    visits: Vec<[u32; 3]>,
    end: End,
}

fn ways() -> impl Strategy<Value = Vec<Way>> {
    let minutes = prop_oneof![2 => Just(0_u32), 3 => 1_u32..40];
    let blocked = prop_oneof![4 => Just(0_u32), 1 => 1_u32..20];
    let visit = (minutes.clone(), minutes.clone(), blocked).prop_map(|(wait, service, blocked)| [wait, service, blocked]);
    let end = prop_oneof![4 => Just(End::Delivered), 1 => Just(End::Rejected), 1 => Just(End::Expired)];
    let way = (0_u32..900, 0_u16..2, 0_u16..2, prop::collection::vec(visit, 1..3), end);
    let way = way.prop_map(|(comes, cargo, organisation, visits, end)| Way {
        comes: comes / 30 * 30,
        cargo,
        organisation,
        visits,
        end,
    });
    prop::collection::vec(way, 0..90)
}

/// What is told of a truck at an instant.
#[derive(Clone, Copy, Debug)]
enum Step {
    Comes,
    Starts,
    /// The service is over and it goes on, or ends, at once.
    Passes,
    Completes,
    Leaves,
}

/// All steps in order of time; those of one truck stay in their order.
fn steps(ways: &[Way]) -> Vec<(u32, usize, Step)> {
    let mut steps = Vec::new();
    for (truck, way) in ways.iter().enumerate() {
        let mut at = way.comes;
        steps.push((at, truck, Step::Comes));
        for [wait, service, blocked] in &way.visits {
            at += wait;
            steps.push((at, truck, Step::Starts));
            at += service;
            if *blocked == 0 {
                steps.push((at, truck, Step::Passes));
            } else {
                steps.push((at, truck, Step::Completes));
                at += blocked;
                steps.push((at, truck, Step::Leaves));
            }
        }
    }
    steps.sort_by_key(|&(at, ..)| at);
    steps
}

/// Tells the ways; with `at_once` what is over at once in one hook.
fn tell(script: &mut Script<Recorder>, ways: &[Way], at_once: bool) {
    let mut ids = vec![0; ways.len()];
    let mut visits = vec![0; ways.len()];
    for (convoy, (at, truck, step)) in steps(ways).into_iter().enumerate() {
        let at = f64::from(at);
        let way = &ways[truck];
        match step {
            Step::Comes => {
                script.to.convoy(minute(at), 0, convoy as u32 + 1, 1);
                ids[truck] = script.dispatch(at, convoy as u32 + 1, way.cargo, way.organisation);
                script.arrive(at, ids[truck], GATE);
            }
            Step::Starts => script.start(at, ids[truck]),
            Step::Completes => script.complete(at, ids[truck]),
            Step::Passes | Step::Leaves => {
                let id = ids[truck];
                visits[truck] += 1;
                let goes_on = visits[truck] < way.visits.len();
                let to = if goes_on { Leaves::Stage(SCAN) } else { Leaves::End(way.end) };
                match step {
                    Step::Passes if at_once => script.pass_at_once(at, id, to),
                    Step::Passes => {
                        script.complete(at, id);
                        script.leave(at, id, to);
                    }
                    _ => script.leave(at, id, to),
                }
            }
        }
    }
    script.finish(1440.0);
}

impl Script<Recorder> {
    pub(super) fn pass_at_once(&mut self, at: f64, truck: usize, to: Leaves) {
        self.trucks[truck].completed = minute(at);
        match to {
            Leaves::Stage(stage) => {
                self.with(at, truck, |o, at, id, t| o.passed(at, id, t, stage));
                self.trucks[truck] = self.trucks[truck].arriving(minute(at), stage);
            }
            Leaves::End(end) => self.with(at, truck, |o, at, id, t| o.passed_out(at, id, t, end)),
            other => panic!("{other:?} is not told at once"),
        }
    }
}

/// The tables that are always kept, of a second replication, so that what the first leaves is seen too.
fn tables(world: &Scenario, ways: &[Way], wanted: Option<&[String]>, at_once: bool) -> Vec<Frame> {
    const ALWAYS: [&str; 5] = ["replications", "stages", "cargo", "organisations", "convoys"];
    let plan = Plan::compile(world);
    let layout = Layout::keeping(&[&plan], wanted, &ALWAYS).unwrap();
    let mut script = Script::telling(Recorder::new(&plan, &layout));
    let mut frames = Frames::new(&layout);
    for _ in 0..2 {
        frames.clear();
        script.trucks.clear();
        tell(&mut script, ways, at_once);
        script.to.write("by hand", 1, &mut frames).unwrap();
    }
    ALWAYS.map(|name| frames.0[layout.position(name).unwrap()].clone()).to_vec()
}

/// Everything that can be told, NaN included.
fn same(a: &[Frame], b: &[Frame]) -> bool {
    format!("{a:?}") == format!("{b:?}")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn steps_at_once_and_one_by_one_give_the_same_tables(ways in ways(), warm_up in 0_i64..600, one in any::<bool>()) {
        let mut world = world();
        world.horizon.warm_up = Duration(warm_up / 60 * 60 * MINUTE_US);
        let mut ways = ways;
        if one {
            world.organisations.truncate(1);
            world.organisations[0].share = 1.0;
            for way in &mut ways {
                way.organisation = 0;
            }
        }
        let plain = [String::from("stages")];
        let expected = tables(&world, &ways, None, false);
        for (wanted, at_once) in [(None, true), (Some(&plain[..]), false), (Some(&plain[..]), true)] {
            let found = tables(&world, &ways, wanted, at_once);
            prop_assert!(same(&found, &expected), "{wanted:?} {at_once}\n{found:?}\n{expected:?}");
        }
    }
}

/// What is wrong with a replication of two trucks, the first of which is told at once, as `change` makes it.
#[track_caller]
fn refused(change: impl Fn(&mut Script<Recorder>), wanted: Option<&[String]>) -> String {
    let plan = Plan::compile(&world());
    let layout = Layout::new(&[&plan], wanted).unwrap();
    let mut script = Script::telling(Recorder::new(&plan, &layout));
    script.convoy(0.0, 1, 1);
    script.arrive(0.0, 0, GATE);
    script.start(0.0, 0);
    change(&mut script);
    script.finish(1440.0);
    script.to.write("by hand", 1, &mut Frames::new(&layout)).unwrap_err().message
}

#[test]
fn a_step_at_once_from_where_the_truck_does_not_stand_is_named() {
    let plain = [String::from("stages")];
    for wanted in [None, Some(&plain[..])] {
        for to in [Leaves::Stage(GATE), Leaves::End(End::Delivered)] {
            let message = refused(
                |s| {
                    s.trucks[0].stage = SCAN as u16;
                    s.pass_at_once(60.0, 0, to);
                },
                wanted,
            );
            let expected = "replication 1: trucks are not conserved: at hour 1 truck 1 was expected at stage `scan`, found at stage `gate`";
            assert_eq!(message, expected);
        }
    }
}

#[test]
fn a_load_that_changes_before_a_step_at_once_is_noticed() {
    let plain = [String::from("stages")];
    for wanted in [None, Some(&plain[..])] {
        let message = refused(
            |s| {
                s.pass_at_once(30.0, 0, Leaves::Stage(SCAN));
                s.start(30.0, 0);
                s.trucks[0].grams -= 1;
                s.pass_at_once(60.0, 0, Leaves::End(End::Delivered));
            },
            wanted,
        );
        assert!(
            message.contains("dispatched 1 (20000000 g), ended 1 (19999999 g), present 0 (1 g)"),
            "{message}"
        );
    }
}
