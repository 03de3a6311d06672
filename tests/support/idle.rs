//! Looks for lanes that stand idle while somebody waits for them.

use std::collections::BTreeMap;

use rafah::model::{ActiveClosure, Leaves, Observer, Truck, TruckId};
use rafah::scenario::Scenario;
use rafah::time::Time;

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Waits,
    Served,
    Stopped,
    Blocked,
}

#[derive(Clone, Debug, Default)]
struct Stage {
    /// None where lanes cannot be told from here: escorts, unlimited ones, those that need units or keep changing.
    lanes: Option<u32>,
    open: bool,
    capacity: f64,
    down: u32,
    trucks: BTreeMap<u32, State>,
}

/// An observer that looks at every instant, once all of it has happened.
#[derive(Debug)]
pub(crate) struct Idle {
    stages: Vec<Stage>,
    last: Time,
    pub(crate) fault: Option<String>,
}

fn is<T>(truck: &Truck, stages: &mut [Stage], with: impl FnOnce(&mut BTreeMap<u32, State>) -> T) -> T {
    with(&mut stages[truck.stage as usize].trucks)
}

impl Idle {
    pub(crate) fn new(scenario: &Scenario) -> Idle {
        let changes = !scenario.drivers.is_empty() || scenario.policy.window.is_some();
        let stages = scenario.stages.iter().map(|s| Stage {
            lanes: s.lanes.filter(|_| !changes && s.needs.is_empty() && s.escort.is_none()),
            open: true,
            capacity: 1.0,
            ..Stage::default()
        });
        Idle {
            stages: stages.collect(),
            last: Time::ZERO,
            fault: None,
        }
    }

    /// Looks, when the instant before is over.
    fn look(&mut self, at: Time) {
        if at == self.last {
            return;
        }
        for (i, stage) in self.stages.iter().enumerate() {
            let Some(lanes) = stage.lanes.filter(|_| stage.open && stage.down == 0) else {
                continue;
            };
            let stay = (stage.capacity * f64::from(lanes) - 1e-9).ceil() as u32;
            let count = |state: State| stage.trucks.values().filter(|s| **s == state).count() as u32;
            let (waits, stopped, works) = (
                count(State::Waits),
                count(State::Stopped),
                count(State::Served) + count(State::Blocked),
            );
            let idle = works < stay && (stopped > 0 || (waits > 0 && works + stopped < lanes));
            if idle && self.fault.is_none() {
                let hours = self.last.as_hours();
                self.fault = Some(format!(
                    "at {hours} h {waits} wait and {stopped} are stopped at stage {i}, {works} of {stay} lanes work"
                ));
            }
            if works > lanes && self.fault.is_none() {
                self.fault = Some(format!("{works} are served in {lanes} lanes at stage {i}"));
            }
        }
        self.last = at;
    }

    fn set(&mut self, at: Time, id: TruckId, truck: &Truck, state: State) {
        self.look(at);
        is(truck, &mut self.stages, |trucks| trucks.insert(id.0, state));
    }
}

impl Observer for Idle {
    fn arrived(&mut self, at: Time, id: TruckId, truck: &Truck) {
        self.set(at, id, truck, State::Waits);
    }
    fn started(&mut self, at: Time, id: TruckId, truck: &Truck) {
        self.set(at, id, truck, State::Served);
    }
    fn paused(&mut self, at: Time, id: TruckId, truck: &Truck) {
        self.set(at, id, truck, State::Stopped);
    }
    fn resumed(&mut self, at: Time, id: TruckId, truck: &Truck) {
        self.set(at, id, truck, State::Served);
    }
    fn put_back(&mut self, at: Time, id: TruckId, truck: &Truck) {
        self.set(at, id, truck, State::Waits);
    }
    fn taken_up(&mut self, at: Time, id: TruckId, truck: &Truck) {
        self.set(at, id, truck, State::Served);
    }
    fn completed(&mut self, at: Time, id: TruckId, truck: &Truck) {
        self.set(at, id, truck, State::Blocked);
    }
    fn left(&mut self, at: Time, id: TruckId, truck: &Truck, _: Leaves) {
        self.look(at);
        is(truck, &mut self.stages, |trucks| trucks.remove(&id.0));
    }
    fn calendar(&mut self, at: Time, stage: usize, open: bool) {
        self.look(at);
        self.stages[stage].open = open;
    }
    fn security(&mut self, at: Time, capacities: &[f64], _: &[ActiveClosure]) {
        self.look(at);
        for (stage, capacity) in self.stages.iter_mut().zip(capacities) {
            stage.capacity = *capacity;
        }
    }
    fn lanes_down(&mut self, at: Time, stage: usize, down: u32, _: bool) {
        self.look(at);
        self.stages[stage].down = down;
    }
    fn finished(&mut self, at: Time) {
        self.look(at);
    }
}
