//! The path of one replication: what stands in the way hour by hour, what was delivered, what was closed when.

use crate::model::{ActiveClosure, BegunClosure, Cause, HubExit, Observer, Plan, Truck, TruckId};
use crate::scenario::{End, StageId};
use crate::time::{HOUR_US, Time};

/// A closure of a replication.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Begun {
    /// What [`crate::model::Simulation::without`] goes by.
    pub(super) number: u32,
    /// What closes, an index of `Plan::sources`.
    pub(super) source: u16,
    pub(super) at: Time,
    pub(super) scope: Vec<StageId>,
    /// When it was over; none: not within the run.
    pub(super) over: Option<Time>,
}

/// What is held up at an instant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct HeldUp {
    /// Trucks in the system.
    pub(super) trucks: i64,
    /// The same and the loads that wait in hubs, less those that were there at the start.
    pub(super) loads: i64,
}

/// Keeps the path of a replication.
#[derive(Clone, Debug)]
pub(super) struct Path {
    /// By stream of convoys: whether it draws from a hub.
    from_hub: Vec<bool>,
    stages: usize,
    /// The full hour that is sampled next.
    next: Time,
    now: HeldUp,
    hourly: Vec<HeldUp>,
    grams: i64,
    /// Instants at which security changed what it leaves open, and by instant the shares of lanes by stage.
    changes: Vec<Time>,
    shares: Vec<f64>,
    closures: Vec<Begun>,
    end: Time,
}

impl Path {
    /// Nothing seen yet of a replication of this plan.
    pub(super) fn new(plan: &Plan) -> Path {
        Path {
            from_hub: plan.scenario.convoys.iter().map(|c| c.draw_from.is_some()).collect(),
            stages: plan.scenario.stages.len(),
            next: Time::ZERO,
            now: HeldUp::default(),
            hourly: Vec::new(),
            grams: 0,
            changes: Vec::new(),
            shares: Vec::new(),
            closures: Vec::new(),
            end: Time::ZERO,
        }
    }

    /// Forgets the replication and keeps the room for the next one.
    pub(super) fn clear(&mut self) {
        (self.next, self.now, self.grams, self.end) = (Time::ZERO, HeldUp::default(), 0, Time::ZERO);
        self.hourly.clear();
        self.changes.clear();
        self.shares.clear();
        self.closures.clear();
    }

    /// Grams delivered over the whole run.
    pub(super) const fn grams(&self) -> i64 {
        self.grams
    }

    /// The closures, in order of beginning.
    pub(super) fn closures(&self) -> &[Begun] {
        &self.closures
    }

    /// When the run ended.
    pub(super) const fn end(&self) -> Time {
        self.end
    }

    /// Full hours sampled, the start among them.
    pub(super) const fn hours(&self) -> usize {
        self.hourly.len()
    }

    /// What is held up just before anything happens at a full hour since the start; after the end of the run what was left.
    pub(super) fn held_up(&self, hour: usize) -> HeldUp {
        self.hourly.get(hour).copied().unwrap_or(self.now)
    }

    /// Instants at which what security leaves open changed.
    pub(super) fn changes(&self) -> &[Time] {
        &self.changes
    }

    /// By stage the share of lanes that security left open from the `k`-th change on; all of them before the first.
    pub(super) fn shares(&self, change: Option<usize>) -> Option<&[f64]> {
        change.map(|k| &self.shares[k * self.stages..(k + 1) * self.stages])
    }

    /// Time has come to `at`: full hours up to it are sampled before anything happens.
    fn pass(&mut self, at: Time) {
        while self.next <= at {
            self.hourly.push(self.now);
            self.next = Time(self.next.0 + HOUR_US);
        }
    }
}

impl Observer for Path {
    fn dispatched(&mut self, at: Time, _: TruckId, truck: &Truck) {
        if !truck.is_traveller {
            self.pass(at);
            self.now.trucks += 1;
            // A load from a hub has come in before.
            self.now.loads += i64::from(!self.from_hub[truck.stream as usize]);
        }
    }

    fn ended(&mut self, at: Time, _: TruckId, truck: &Truck, end: End, _: Cause) {
        if !truck.is_traveller {
            self.pass(at);
            self.now.trucks -= 1;
            self.now.loads -= 1;
            self.grams += if end == End::Delivered { truck.grams } else { 0 };
        }
    }

    fn hub_batch(&mut self, at: Time, _: usize, _: usize, loads: u32, sent: bool) {
        if sent {
            self.pass(at);
            self.now.loads += i64::from(loads);
        }
    }

    fn hub_exit(&mut self, at: Time, _: usize, _: usize, _: usize, _: HubExit) {
        self.pass(at);
        self.now.loads -= 1;
    }

    fn security(&mut self, at: Time, capacities: &[f64], _: &[ActiveClosure]) {
        self.changes.push(at);
        self.shares.extend_from_slice(capacities);
    }

    fn closure_begun(&mut self, at: Time, closure: &BegunClosure) {
        self.closures.push(Begun {
            number: closure.number,
            source: closure.source,
            at,
            scope: closure.scope.to_vec(),
            over: None,
        });
    }

    fn closure_over(&mut self, at: Time, number: u32) {
        // The latest ones are the likeliest.
        if let Some(closure) = self.closures.iter_mut().rev().find(|c| c.number == number) {
            closure.over = Some(at);
        }
    }

    fn finished(&mut self, at: Time) {
        self.pass(at);
        self.end = at;
    }
}
