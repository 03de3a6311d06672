//! The gate: which closures are in force, and what they leave of each stage.
//!
//! The lowest capacity holds at each stage. Policy closures and given ones are kept apart, because the humanitarian window opens only
//! what the policy has closed.

use std::sync::Arc;

use super::agenda::{Class, Event};
use super::diversion::ELSEWHERE;
use super::observer::{ActiveClosure, BegunClosure, Observer};
use super::simulation::{Group, Simulation};
use super::slot::{List, State};
use super::truck::{Aside, Cause, Leaves, TruckId};
use crate::scenario::{AtClose, AtClosure, End, QueueAtClose, QueueAtClosure, StageId};
use crate::time::{Duration, Time};

/// What is told of a stage with all its lanes that works in a humanitarian window, for the goods that it names only.
const WINDOWED: f64 = 1.0 - f64::EPSILON;

/// A closure in force.
#[derive(Clone, Debug)]
pub(super) struct Closure {
    pub(super) id: u32,
    /// Its number among those that may be left out; 0 for a step of a reopening.
    pub(super) number: u32,
    pub(super) source: u16,
    pub(super) capacity: f64,
    pub(super) by_policy: bool,
    pub(super) scope: Vec<StageId>,
    /// It ends no sooner than so long after the last incident with a response.
    pub(super) quiet: Duration,
}

/// All closures in force, and the window.
#[derive(Debug, Default)]
pub(super) struct Gate {
    pub(super) closures: Vec<Closure>,
    pub(super) closures_begun: u32,
    /// Closures so far, one that is left out and those of no length included, steps of reopenings not.
    numbered: u32,
    /// The last of these whose beginning has been told.
    told_of: u32,
    /// Those that are over and not yet told so.
    over: Vec<u32>,
    /// What is left of each stage's lanes.
    pub(super) capacities: Vec<f64>,
    /// The same as it is told: a stage that works for some kinds of goods only is not fully open.
    told: Vec<f64>,
    active: Vec<ActiveClosure>,
    /// Something has changed since the last look at it.
    touched: bool,
    pub(super) window_open: bool,
    window_edge: usize,
    /// By given closure: number of the next spell, and when a renewal's next one can begin.
    pub(super) spells: Vec<(u32, Time)>,
    /// By given closure: when the next spell begins, whole days apart.
    pub(super) due: Vec<Time>,
    pub(super) policy: super::policy::PolicyState,
}

impl Simulation<'_> {
    /// Clears the gate and puts the first spells, incidents and window on the agenda.
    pub(super) fn begin_security<O: Observer>(&mut self, observer: &mut O) {
        let plan = Arc::clone(&self.plan);
        let scenario = &plan.scenario;
        self.gate.closures.clear();
        self.gate.closures_begun = 0;
        (self.gate.numbered, self.gate.told_of) = (0, 0);
        self.gate.over.clear();
        self.gate.capacities.clear();
        self.gate.capacities.resize(self.stations.len(), 1.0);
        self.gate.told.clear();
        self.gate.told.resize(self.stations.len(), 1.0);
        self.gate.touched = false;
        self.gate.window_open = false;
        self.gate.window_edge = 0;
        self.gate.spells.clear();
        self.gate.spells.resize(scenario.closures.len(), (0, Time::ZERO));
        self.gate.due.clear();
        self.gate.due.resize(scenario.closures.len(), Time::ZERO);
        self.gate.policy.clear(scenario.policy.triggers.len());
        if let Some((at, _)) = self.plan.security.window.first() {
            self.agenda.schedule(*at, Class::Closure, Event::Window);
        }
        self.begin_incidents(observer);
        for closure in 0..scenario.closures.len() {
            self.schedule_spell(closure);
        }
    }

    /// Counts a closure that is to begin now; false where it is the one that is left out.
    pub(super) fn happens(&mut self) -> bool {
        self.gate.numbered += 1;
        self.left_out != Some(self.gate.numbered)
    }

    /// Puts a closure into force, to end at an instant. Returns its id.
    pub(super) fn close(&mut self, source: u16, capacity: f64, scope: Vec<StageId>, by_policy: bool, quiet: Duration, until: Time) -> u32 {
        self.gate.closures_begun += 1;
        let id = self.gate.closures_begun;
        let is_step = usize::from(source) + 1 == self.plan.sources.len();
        self.gate.closures.push(Closure {
            id,
            number: if is_step { 0 } else { self.gate.numbered },
            source,
            capacity,
            by_policy,
            scope,
            quiet,
        });
        self.agenda.schedule(until.max(self.now), Class::Closure, Event::ClosureEnds(id));
        self.touch_gate();
        id
    }

    /// A closure is due to end: it does, or its quiet time prolongs it.
    pub(super) fn closure_ends(&mut self, id: u32) {
        let Some(place) = self.gate.closures.iter().position(|c| c.id == id) else {
            return;
        };
        let quiet_until = self
            .gate
            .policy
            .last_response
            .map_or(Time::ZERO, |t| t + self.gate.closures[place].quiet);
        if self.gate.closures[place].quiet > Duration::ZERO && quiet_until > self.now {
            self.agenda.schedule(quiet_until, Class::Closure, Event::ClosureEnds(id));
            return;
        }
        let ended = self.gate.closures.remove(place);
        // One of no length has not been told.
        if ended.number > 0 && ended.number <= self.gate.told_of {
            self.gate.over.push(ended.number);
        }
        self.touch_gate();
        if ended.by_policy {
            self.policy_closure_ended(&ended);
        }
    }

    /// The humanitarian window opens or closes.
    pub(super) fn window_changes(&mut self) {
        let edges = &self.plan.security.window;
        self.gate.window_open = edges[self.gate.window_edge].1;
        self.gate.window_edge += 1;
        if let Some((at, _)) = edges.get(self.gate.window_edge) {
            self.agenda.schedule(*at, Class::Closure, Event::Window);
        }
        self.touch_gate();
    }

    /// What closures leave of the stages is to be worked out once everything of this instant has spoken.
    pub(super) fn touch_gate(&mut self) {
        self.gate.touched = true;
        self.pending = Some(Group::Opening);
    }

    /// Works out what the closures in force leave of each stage, and lets it take effect.
    pub(super) fn apply_security<O: Observer>(&mut self, observer: &mut O) {
        if !std::mem::take(&mut self.gate.touched) {
            return;
        }
        for stage in 0..self.stations.len() {
            let (given, policy) = self.capacities_at(stage);
            let windowed = self.gate.window_open && policy <= 0.0 && given > 0.0;
            let capacity = if windowed { given } else { given.min(policy) };
            self.gate.capacities[stage] = capacity;
            self.gate.told[stage] = if windowed { capacity.min(WINDOWED) } else { capacity };
            let stay = self.lanes_at(stage, capacity);
            if stay != self.stations[stage].stay || windowed != self.stations[stage].named_only {
                self.events += 1;
                self.change_lanes(stage, stay, windowed, observer);
            }
        }
        self.tell_closures(observer);
        self.gate.active.clear();
        self.gate.active.extend(self.gate.closures.iter().map(|c| ActiveClosure {
            source: c.source,
            capacity: c.capacity,
        }));
        observer.security(self.now, &self.gate.told, &self.gate.active);
    }

    /// Tells which closures are over and which have begun since the last time.
    fn tell_closures<O: Observer>(&mut self, observer: &mut O) {
        let told_of = std::mem::replace(&mut self.gate.told_of, self.gate.numbered);
        for closure in self.gate.closures.iter().filter(|c| c.number > told_of) {
            observer.closure_begun(
                self.now,
                &BegunClosure {
                    number: closure.number,
                    source: closure.source,
                    capacity: closure.capacity,
                    scope: &closure.scope,
                },
            );
        }
        for number in self.gate.over.drain(..) {
            observer.closure_over(self.now, number);
        }
    }

    /// Lanes that a capacity leaves at a stage; of unlimited ones, all or none.
    pub(super) fn lanes_at(&self, stage: usize, capacity: f64) -> u32 {
        let plan = &self.plan.stages[stage];
        if plan.unlimited() {
            return if capacity > 0.0 { plan.lanes } else { 0 };
        }
        ((capacity * f64::from(plan.lanes) - 1e-9).ceil().max(0.0) as u32).min(plan.lanes)
    }

    /// The lowest capacities that given closures and policy closures leave at a stage.
    fn capacities_at(&self, stage: usize) -> (f64, f64) {
        let lowest = |by_policy: bool| {
            let here = self
                .gate
                .closures
                .iter()
                .filter(|c| c.by_policy == by_policy && c.scope.contains(&StageId(stage)));
            here.map(|c| c.capacity).fold(1.0, f64::min)
        };
        (lowest(false), lowest(true))
    }

    /// Security leaves another number of lanes, or opens or ends the window, at a stage.
    fn change_lanes<O: Observer>(&mut self, stage: usize, stay: u32, windowed: bool, observer: &mut O) {
        let station = &mut self.stations[stage];
        let (before, others_before) = (station.stay, if station.named_only { 0 } else { station.stay });
        let others = if windowed { 0 } else { stay };
        station.stay = stay;
        station.named_only = windowed;
        station.update(&self.plan.stages[stage]);
        self.note(stage);
        // In the window the others are closed out, after it perhaps all.
        let fewer = stay < before || others < others_before || (others_before == 0 && stay < self.plan.stages[stage].lanes);
        if fewer && self.plan.stages[stage].escort.is_some() {
            if stay == 0 {
                let rule = self.plan.scenario.stages[stage].at_closure;
                self.stop_trips(stage, rule, observer);
            }
        } else if fewer {
            self.stop_lanes(stage, observer);
        }
        let (all_closed, others_closed) = (stay == 0 && before > 0, others == 0 && others_before > 0);
        if (all_closed || others_closed) && self.plan.scenario.stages[stage].queue_at_closure == QueueAtClosure::TurnBack {
            for id in self.all_waiting(stage) {
                if if self.is_named(id) { all_closed } else { others_closed } {
                    self.take_from_waiting(id);
                    self.turn_back(id, stage, observer);
                }
            }
        }
        if others_closed {
            // The end of a window is no new closing.
            self.stations[stage].closings += 1;
            self.await_diversion(stage);
        }
        if stay > 0 && before == 0 {
            self.reopen_for_convoys(stage);
        }
    }

    /// Stops the lanes that security takes away: idle ones first, then those whose service began last; in a humanitarian window all
    /// whose trucks it does not name.
    ///
    /// A service whose last instant is this one is complete. Blocked trucks have ended their service and keep their lanes: they are
    /// counted in the order of first starts with the others, but nothing happens to them. Lanes under repair stand still already.
    fn stop_lanes<O: Observer>(&mut self, stage: usize, observer: &mut O) {
        let rule = self.plan.scenario.stages[stage].at_closure;
        if rule == AtClosure::Finish {
            return;
        }
        let keep = self.stations[stage].stay as usize;
        let blocked = self.blocked_starts(stage);
        let mut stopped: Vec<TruckId> = Vec::new();
        let (mut at, mut place) = (self.stations[stage].in_lanes.first(), 0);
        while let Some(id) = at {
            at = List::after(&self.arena, id);
            let slot = &self.arena[id];
            if slot.state == State::Serving && slot.ends_at == self.now {
                continue;
            }
            let closed_out = self.stations[stage].named_only && !self.is_named(id);
            let before = place + blocked.partition_point(|start| *start <= slot.truck.started);
            if closed_out || before >= keep || self.is_lane_down(id, stage) {
                stopped.push(id);
            }
            place += usize::from(!closed_out && !self.is_lane_down(id, stage));
        }
        for id in stopped {
            let serving = self.arena[id].state == State::Serving;
            match rule {
                AtClosure::Hold | AtClosure::Restart if serving => self.pause(id, stage, rule == AtClosure::Restart, observer),
                AtClosure::Finish | AtClosure::Hold => {}
                AtClosure::Restart => self.arena[id].remaining = self.arena[id].total,
                AtClosure::TurnBack => {
                    self.take_from_lane(id, stage);
                    self.turn_back(id, stage, observer);
                }
            }
        }
    }

    /// When the services of those who are blocked in lanes of a stage began, ascending.
    fn blocked_starts(&self, stage: usize) -> Vec<Time> {
        if self.stations[stage].blocked == 0 {
            return Vec::new();
        }
        let here = |id: &TruckId| {
            self.arena[*id].state == State::Blocked && self.arena[*id].truck.stage as usize == stage && !self.is_lane_down(*id, stage)
        };
        let mut starts: Vec<Time> = self.arena.ids().filter(here).map(|id| self.arena[id].truck.started).collect();
        starts.sort_unstable();
        starts
    }

    /// A truck, taken out of lane or yard, is turned back: it comes again after the stage's return delay, or its way ends.
    fn turn_back<O: Observer>(&mut self, id: TruckId, stage: usize, observer: &mut O) {
        if self.arena[id].spoiled {
            self.leave_and_end(id, End::Expired, Cause::Plain, observer);
            return;
        }
        let delay = self.plan.stages[stage].return_delay.as_ref().map(|(law, _)| law);
        let (Some(law), Some(stream)) = (delay, self.draws.stages[stage].return_delay) else {
            self.leave_and_end(id, End::TurnedBack, Cause::Plain, observer);
            return;
        };
        self.arena[id].turned_back += 1;
        let delay = law.duration(stream.uniform(self.arena[id].truck.entity, self.arena[id].turned_back));
        let first = self.arena[id].enters as usize;
        self.give_back_all(id, observer);
        observer.left(self.now, id, &self.arena[id].truck, Leaves::TurnedBack);
        self.come_again(id, first, Aside::TurnedBack, delay, observer);
    }

    /// A truck that was set aside comes again, or (diverted to another entry point) is there.
    pub(super) fn comes_again<O: Observer>(&mut self, truck: u32, life: u32, observer: &mut O) {
        let id = TruckId(truck);
        if self.arena[id].life != life {
            return;
        }
        match self.arena[id].aside {
            Aside::Hub(_) => self.try_again(id),
            Aside::Approval => self.approval_over(id, observer),
            Aside::Diverted if self.arena[id].target == ELSEWHERE => self.end(id, End::Diverted, Cause::Plain, observer),
            _ => self.arrive(id, self.arena[id].target as usize, observer),
        }
        self.pending = Some(Group::Returns);
    }

    /// Closing time by the calendar.
    pub(super) fn close_by_calendar<O: Observer>(&mut self, stage: usize, last_of_day: bool, observer: &mut O) {
        let plan = Arc::clone(&self.plan);
        let rules = &plan.scenario.stages[stage];
        if rules.escort.is_some() {
            let rule = match rules.at_close {
                AtClose::Finish => AtClosure::Finish,
                AtClose::Hold => AtClosure::Hold,
                AtClose::Restart => AtClosure::Restart,
            };
            self.stop_trips(stage, rule, observer);
        } else if rules.at_close != AtClose::Finish {
            let mut at = self.stations[stage].in_lanes.first();
            while let Some(id) = at {
                at = List::after(&self.arena, id);
                if self.arena[id].state == State::Serving && self.arena[id].ends_at > self.now {
                    self.pause(id, stage, rules.at_close == AtClose::Restart, observer);
                }
            }
        }
        if last_of_day && rules.queue_at_close == QueueAtClose::Return {
            self.agenda.schedule(self.now, Class::Deadline, Event::EndOfDay(stage as u16));
        }
    }
}
