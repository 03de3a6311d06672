//! The recorder: hears a replication and keeps every tally of it.
//!
//! Time is cut into stretches at midnights and at the end of the warm-up, lazily, by the time of the hooks: what a hook tells happens
//! after every cut up to its instant. Counts of trucks are kept per stretch and folded into the day and the period; time averages run
//! through and are begun anew at the end of the warm-up.

use super::balance::{Balance, Off};
use super::closure::Closures;
use super::convoy::ConvoyTally;
use super::day::Days;
use super::first::FirstVisits;
use super::flow::{Flows, Load};
use super::incident::{Incident, Regimes};
use super::layout::{Kept, Layout};
use super::sample::Samples;
use super::stage::StageTally;
use super::write::Writer;
use crate::model::{ActiveClosure, Aside, Cause, Leaves, Observer, Plan, StageView, Truck, TruckId};
use crate::scenario::{End, IncidentProcess, Stop};
use crate::time::Time;

/// Which of the costlier tallies are kept.
#[derive(Clone, Copy, Debug)]
struct Keeps {
    convoys: bool,
    moves: bool,
    observations: bool,
}

/// A number of trucks over time.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Level {
    now: i64,
    last: Time,
    /// Trucks times microseconds.
    pub(super) area: i128,
    /// Most for any length of time.
    pub(super) most: i64,
}

impl Level {
    fn advance(&mut self, at: Time) {
        let dt = (at - self.last).0;
        if dt > 0 {
            self.last = at;
            self.area += i128::from(self.now) * i128::from(dt);
            self.most = self.most.max(self.now);
        }
    }

    fn change(&mut self, at: Time, by: i64) {
        self.advance(at);
        self.now += by;
    }

    fn begin(&mut self, at: Time) {
        (self.last, self.area, self.most) = (at, 0, 0);
    }
}

/// A delivery: how long after the dispatch, of what, of whom.
#[derive(Clone, Copy, Debug)]
pub(super) struct Delivery {
    pub(super) time: i64,
    pub(super) cargo: u16,
    pub(super) organisation: u16,
}

/// A state that was looked at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Observation {
    pub(super) at: Time,
    pub(super) stage: usize,
    pub(super) view: StageView,
}

/// Every tally of one replication after the other.
#[derive(Clone)]
pub struct Recorder {
    keeps: Keeps,
    stop: Stop,
    counter_of: Vec<Option<usize>>,
    warm_up: Time,
    horizon_end: Time,
    /// The next cut or sample.
    next: Time,
    /// Whether the warm-up is over.
    pub(super) begun: bool,
    pub(super) end: Option<Time>,
    pub(super) balance: Balance,
    pub(super) stages: Vec<StageTally>,
    /// Since the last cut.
    stretch: Flows,
    /// Since the end of the warm-up.
    pub(super) period: Flows,
    pub(super) days: Days,
    pub(super) backlog: Level,
    pub(super) last_end: Option<Time>,
    pub(super) deliveries: Vec<Delivery>,
    pub(super) closures: Closures,
    pub(super) incidents: Vec<Incident>,
    pub(super) regimes: Regimes,
    pub(super) convoys: Vec<ConvoyTally>,
    pub(super) first: FirstVisits,
    pub(super) observations: Vec<Observation>,
    pub(super) samples: Samples,
    /// By kind of goods and by organisation, trucks in the system.
    pub(super) present_cargo: Vec<i64>,
    pub(super) present_organisation: Vec<i64>,
    /// By place, moves to each stage and each end.
    pub(super) moves: Vec<Load>,
    /// By truck in the arena, whether its service is stopped.
    paused: Vec<bool>,
    pub(super) writer: Writer,
}

impl Recorder {
    /// An empty recorder for the replications of a plan.
    pub fn new(plan: &Plan, layout: &Layout) -> Recorder {
        let scenario = &plan.scenario;
        let stages = scenario.stages.len();
        // A truck has a kind of goods and an organisation even where the scenario names none.
        let (cargos, organisations) = (scenario.cargos.len().max(1), scenario.organisations.len().max(1));
        let flows = Flows::new(cargos, organisations, plan.counters.len());
        let warm_up = Time::ZERO + scenario.horizon.warm_up;
        let keeps_days = [Kept::Daily, Kept::DailyCargo, Kept::DailyOrganisation]
            .into_iter()
            .any(|t| layout.keeps(t));
        let regimes = match scenario.incidents.as_ref().map(|i| &i.process) {
            Some(IncidentProcess::Regimes { regimes, .. }) => regimes.len(),
            _ => 0,
        };
        let first = if layout.keeps(Kept::FirstTrucks) {
            &scenario.observe.first[..]
        } else {
            &[]
        };
        let keeps = Keeps {
            convoys: layout.keeps(Kept::Convoys),
            moves: layout.keeps(Kept::Flows),
            observations: layout.keeps(Kept::Observations),
        };
        let mut recorder = Recorder {
            keeps,
            stop: scenario.horizon.stop,
            counter_of: plan.counter_of.clone(),
            warm_up,
            horizon_end: Time::ZERO + scenario.horizon.length,
            next: Time::ZERO,
            begun: false,
            end: None,
            balance: Balance::new(stages),
            stages: vec![StageTally::new(cargos, layout.keeps(Kept::Stages)); stages],
            days: Days::new(scenario, &flows, keeps_days),
            stretch: flows.clone(),
            period: flows,
            backlog: Level::default(),
            last_end: None,
            deliveries: Vec::new(),
            closures: Closures::new(warm_up),
            incidents: Vec::new(),
            regimes: Regimes::new(regimes),
            convoys: vec![ConvoyTally::default(); if keeps.convoys { scenario.convoys.len() } else { 0 }],
            first: FirstVisits::new(stages, first.iter().copied().max().unwrap_or(0) as usize),
            observations: Vec::new(),
            samples: Samples::new(layout.queue_grid(), warm_up, stages),
            moves: vec![Load::default(); if keeps.moves { moves_size(stages) } else { 0 }],
            present_cargo: vec![0; cargos],
            present_organisation: vec![0; organisations],
            paused: Vec::new(),
            writer: Writer::new(plan, layout),
        };
        recorder.reset();
        recorder
    }

    /// Forgets the replication and keeps the room for the next one.
    pub fn reset(&mut self) {
        (self.begun, self.end) = (false, None);
        self.balance.reset();
        self.stages.iter_mut().for_each(StageTally::reset);
        self.stretch.clear();
        self.period.clear();
        self.days.reset();
        self.backlog = Level::default();
        self.last_end = None;
        self.deliveries.clear();
        self.closures.reset();
        self.incidents.clear();
        self.regimes.reset();
        self.convoys.iter_mut().for_each(ConvoyTally::reset);
        self.first.reset();
        self.observations.clear();
        self.samples.reset();
        self.moves.fill(Load::default());
        self.present_cargo.fill(0);
        self.present_organisation.fill(0);
        self.paused.fill(false);
        self.set_next();
    }

    /// The length of the period that counts, in microseconds.
    pub(super) fn period_length(&self) -> i64 {
        self.end.filter(|_| self.begun).map_or(0, |end| (end - self.warm_up).0)
    }

    fn set_next(&mut self) {
        let warm_up = if self.begun { Time::NEVER } else { self.warm_up };
        self.next = self.samples.due().min(self.days.next_midnight()).min(warm_up);
    }

    /// Time has come to `at`: whatever was due before anything happens at that instant is done.
    #[inline]
    fn pass(&mut self, at: Time) {
        if at >= self.next {
            self.cut(at);
        }
    }

    #[cold]
    fn cut(&mut self, at: Time) {
        while self.next <= at {
            let now = self.next;
            if self.samples.due() == now {
                self.samples.take(self.stages.iter().map(StageTally::waiting));
            }
            let midnight = self.days.next_midnight() == now;
            let begins = !self.begun && self.warm_up == now;
            if midnight || begins {
                self.fold(now);
            }
            if midnight {
                self.days.close(now, self.balance.present());
            }
            if begins {
                self.begin(now);
            }
            self.set_next();
        }
    }

    /// Ends the stretch under way.
    fn fold(&mut self, at: Time) {
        self.closures.advance(at, &mut self.stretch);
        self.days.join(&self.stretch);
        if self.begun {
            self.period.join(&self.stretch);
        }
        self.stretch.clear();
    }

    /// The warm-up is over: what was does not count, what is remains.
    fn begin(&mut self, at: Time) {
        self.begun = true;
        self.stages.iter_mut().for_each(|s| s.begin(at));
        self.backlog.begin(at);
        self.last_end = None;
        self.deliveries.clear();
        self.incidents.clear();
        self.regimes.begin(at);
        self.convoys.iter_mut().for_each(ConvoyTally::begin);
        self.moves.fill(Load::default());
    }

    /// A move to a stage or an end; those set aside before their first stage come from their dispatch.
    fn moved(&mut self, from: u16, to: usize, grams: i64) {
        let before = [Off::Held, Off::Quota].map(|off| self.balance.off(off));
        let from = if before.contains(&from) {
            self.balance.off(Off::Dispatched)
        } else {
            from
        };
        let row = usize::from(from) * (self.stages.len() + End::ALL.len());
        if let Some(load) = self.moves.get_mut(row + to) {
            load.add(grams);
        }
    }
}

/// From every stage and place off the stages, to every stage and end.
const fn moves_size(stages: usize) -> usize {
    (stages + Off::ALL.len()) * (stages + End::ALL.len())
}

impl Observer for Recorder {
    fn observation(&mut self, at: Time, stages: &[StageView]) {
        self.pass(at);
        if self.keeps.observations && at >= self.warm_up {
            let seen = stages.iter().enumerate().map(|(stage, &view)| Observation { at, stage, view });
            self.observations.extend(seen);
        }
    }

    fn convoy(&mut self, at: Time, stream: usize, number: u32, trucks: u32) {
        self.pass(at);
        if self.keeps.convoys {
            self.convoys[stream].convoy(at, number, trucks);
        }
    }

    fn dispatched(&mut self, at: Time, id: TruckId, truck: &Truck) {
        self.pass(at);
        self.balance.dispatch(at, id, truck.number, truck.grams);
        self.backlog.change(at, 1);
        self.present_cargo[truck.cargo as usize] += 1;
        self.present_organisation[truck.organisation as usize] += 1;
        self.stretch.dispatch(truck.cargo, truck.organisation, truck.grams);
        if self.keeps.convoys {
            self.convoys[truck.stream as usize].dispatched();
        }
    }

    fn set_aside(&mut self, at: Time, id: TruckId, truck: &Truck, place: Aside) {
        self.pass(at);
        let to = self.balance.off(Off::of(place));
        self.balance.go(at, id, truck.number, truck.grams, to);
    }

    fn reconsigned(&mut self, at: Time, _: TruckId, truck: &Truck) {
        self.pass(at);
        self.stretch.reconsigned[truck.consignor as usize] += 1;
        self.present_organisation[truck.consignor as usize] -= 1;
        self.present_organisation[truck.organisation as usize] += 1;
    }

    #[inline]
    fn arrived(&mut self, at: Time, id: TruckId, truck: &Truck) {
        self.pass(at);
        let from = self.balance.go(at, id, truck.number, truck.grams, truck.stage);
        self.stages[truck.stage as usize].arrived(at, truck.cargo);
        self.first.arrived(id, truck.stage as usize);
        // A move from stage to stage was counted when the truck left.
        if self.keeps.moves && from != self.balance.off(Off::Between) {
            self.moved(from, truck.stage as usize, truck.grams);
        }
    }

    #[inline]
    fn started(&mut self, at: Time, id: TruckId, truck: &Truck) {
        self.pass(at);
        let wait = (at - truck.arrived).0;
        self.stages[truck.stage as usize].started(at, truck.cargo, wait);
        self.first.waited(id, truck.stage as usize, Some(wait));
        if self.keeps.convoys {
            self.convoys[truck.stream as usize].started(at, truck.convoy);
        }
    }

    fn paused(&mut self, at: Time, id: TruckId, truck: &Truck) {
        self.pass(at);
        self.stages[truck.stage as usize].paused(at);
        if id.index() >= self.paused.len() {
            self.paused.resize(id.index() + 1, false);
        }
        self.paused[id.index()] = true;
    }

    fn resumed(&mut self, at: Time, id: TruckId, truck: &Truck) {
        self.pass(at);
        self.stages[truck.stage as usize].resumed(at);
        if let Some(paused) = self.paused.get_mut(id.index()) {
            *paused = false;
        }
    }

    #[inline]
    fn completed(&mut self, at: Time, _: TruckId, truck: &Truck) {
        self.pass(at);
        self.stages[truck.stage as usize].completed(at);
    }

    #[inline]
    fn left(&mut self, at: Time, id: TruckId, truck: &Truck, to: Leaves) {
        self.pass(at);
        let from = truck.stage as usize;
        let tally = &mut self.stages[from];
        let time = (at - truck.arrived).0;
        if truck.completed != Time::NEVER {
            tally.served(at, truck.cargo, time);
            if let Some(counter) = self.counter_of[from] {
                self.stretch.counted[counter] += 1;
            }
        } else if truck.started != Time::NEVER {
            let paused = self.paused.get_mut(id.index()).is_some_and(std::mem::take);
            tally.broken_off(at, paused);
        } else {
            tally.gave_up(at, truck.cargo, time, to == Leaves::End(End::Lost));
            self.first.waited(id, from, None);
        }
        if to == Leaves::End(End::Expired) {
            tally.expired(truck.cargo);
        }
        let stages = self.stages.len();
        let (off, place) = match to {
            Leaves::Stage(stage) => (Off::Between, stage),
            Leaves::End(end) => (Off::Ending, stages + end as usize),
            Leaves::TurnedBack => (Off::Between, stages + End::TurnedBack as usize),
        };
        self.balance.leave(at, id, truck.number, truck.grams, truck.stage, off);
        if self.keeps.moves {
            self.moved(truck.stage, place, truck.grams);
        }
    }

    fn ended(&mut self, at: Time, id: TruckId, truck: &Truck, end: End, cause: Cause) {
        self.pass(at);
        let from = self.balance.end(at, id, truck.number, truck.grams);
        self.backlog.change(at, -1);
        self.present_cargo[truck.cargo as usize] -= 1;
        self.present_organisation[truck.organisation as usize] -= 1;
        self.stretch.end(truck.cargo, truck.organisation, truck.grams, end);
        self.stretch.timed_out += i64::from(end == End::Returned && cause == Cause::TimedOut);
        self.last_end = Some(at);
        if end == End::Delivered {
            self.deliveries.push(Delivery {
                time: (at - truck.dispatched).0,
                cargo: truck.cargo,
                organisation: truck.organisation,
            });
        }
        if self.keeps.convoys {
            self.convoys[truck.stream as usize].ended(at, truck.convoy);
        }
        // An end at a stage was counted as a move when the truck left.
        if self.keeps.moves && from != self.balance.off(Off::Ending) {
            self.moved(from, self.stages.len() + end as usize, truck.grams);
        }
    }

    fn calendar(&mut self, at: Time, stage: usize, open: bool) {
        self.pass(at);
        self.stages[stage].opens(at, open);
    }

    fn security(&mut self, at: Time, capacities: &[f64], active: &[ActiveClosure]) {
        self.pass(at);
        self.closures.advance(at, &mut self.stretch);
        self.closures.changed(at, capacities, active);
        for (stage, &capacity) in self.stages.iter_mut().zip(capacities) {
            stage.shuts(at, capacity <= 0.0);
        }
    }

    fn incident(&mut self, at: Time, number: u32, severity: usize, regime: Option<usize>) {
        self.pass(at);
        self.stretch.incidents += 1;
        self.incidents.push(Incident {
            at,
            number,
            severity,
            regime,
        });
    }

    fn regime(&mut self, at: Time, regime: usize) {
        self.pass(at);
        self.regimes.enter(at, regime);
    }

    fn finished(&mut self, at: Time) {
        self.pass(at);
        self.fold(at);
        self.days.finish(at, self.balance.present());
        self.stages.iter_mut().for_each(|s| s.advance(at));
        self.backlog.advance(at);
        self.regimes.advance(at);
        self.closures.finish(at);
        // A run that stops because nothing is left stays empty to its horizon.
        while self.stop == Stop::WhenEmpty && self.samples.due() <= self.horizon_end {
            self.samples.take(self.stages.iter().map(StageTally::waiting));
        }
        self.end = Some(at);
    }
}
