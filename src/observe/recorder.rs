//! The recorder: hears a replication and keeps every tally of it.
//!
//! Time is cut into stretches at midnights and at the end of the warm-up, lazily, by the time of the hooks: what a hook tells happens
//! after every cut up to its instant. Counts of trucks are kept per stretch and folded into the day and the period; time averages run
//! through and are begun anew at the end of the warm-up.

mod columns;
mod hooks;
mod visits;

use self::columns::Places;
use super::balance::Balance;
use super::closure::Closures;
use super::convoy::ConvoyTally;
use super::day::Days;
use super::delivery::Delivery;
use super::driver::Development;
use super::escort::{EscortTally, ResourceTally};
use super::first::FirstVisits;
use super::flow::{Flows, Load};
use super::hub::HubTally;
use super::incident::{Incident, Regimes};
use super::layout::{Kept, Layout};
use super::level::Level;
use super::log::Log;
use super::off::Off;
use super::sample::Samples;
use super::stage::StageTally;
use super::stock::Stocks;
use super::timeline::Timeline;
use super::write::Writer;
use crate::model::{Plan, StageView, TruckId};
use crate::scenario::{End, Flow, IncidentProcess, Stop};
use crate::time::Time;

/// Which of the costlier tallies are kept.
#[derive(Clone, Copy, Debug)]
struct Keeps {
    observations: bool,
    /// One of the tallies of single visits that only tables seldom asked for need: first visits, visits by kind of goods, moves.
    visits: bool,
    moves: bool,
}

/// How a truck stands whose service has started and is not over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Lane {
    #[default]
    Served,
    Paused,
    /// Back in the queue.
    PutBack,
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
    /// Stages that count, with their counters.
    counters: Vec<(usize, usize)>,
    warm_up: Time,
    horizon_end: Time,
    /// The next cut or sample.
    next: Time,
    /// Until when a hook has nothing to do but its sums: that next time, or never where tallies of single visits are kept.
    plain_until: Time,
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
    pub(super) stocks: Stocks,
    pub(super) backlog: Level,
    /// People of the travellers' streams: their book, and how many are on the way.
    pub(super) people: Balance,
    pub(super) travellers: Level,
    pub(super) last_end: Option<Time>,
    pub(super) deliveries: Log<Delivery>,
    pub(super) closures: Closures,
    pub(super) incidents: Vec<Incident>,
    pub(super) regimes: Regimes,
    pub(super) convoys: Vec<ConvoyTally>,
    pub(super) hubs: Vec<HubTally>,
    pub(super) resources: Vec<ResourceTally>,
    /// By stage; those that are no escorts stay empty.
    pub(super) escorts: Vec<EscortTally>,
    /// The drivers, then the contingents.
    pub(super) developments: Vec<Development>,
    drivers: usize,
    pub(super) timeline: Option<Timeline>,
    pub(super) first: FirstVisits,
    pub(super) observations: Vec<Observation>,
    pub(super) samples: Samples,
    /// By kind of goods and by organisation, trucks in the system when the stretch under way began.
    pub(super) present_cargo: Vec<i64>,
    pub(super) present_organisation: Vec<i64>,
    /// By place, moves to each stage, each end, and repacking.
    pub(super) moves: Vec<Load>,
    /// By truck in the arena, how it stands; those beyond are served.
    lanes: Vec<Lane>,
    /// The truck that set out from its hub again last, until it comes back.
    leaving_hub: Option<TruckId>,
    /// How far columns have been read.
    places: Places,
    /// The replication that has a timeline.
    pub(super) timeline_of: u32,
    pub(super) writer: Writer,
}

impl Recorder {
    /// An empty recorder for the replications of a plan.
    pub fn new(plan: &Plan, layout: &Layout) -> Recorder {
        let scenario = &plan.scenario;
        let stages = scenario.stages.len();
        // A truck has a kind of goods and an organisation even where the scenario names none.
        let (cargos, organisations) = (scenario.cargos.len().max(1), scenario.organisations.len().max(1));
        let flows = Flows::new(cargos, organisations, plan.counters.len(), scenario.travellers.len());
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
        let moves = layout.keeps(Kept::Flows);
        let by_cargo = layout.keeps(Kept::StageCargo);
        let keeps = Keeps {
            observations: layout.keeps(Kept::Observations),
            visits: moves || by_cargo || !first.is_empty(),
            moves,
        };
        // People are not counted as trucks.
        let counting = |stage: usize| plan.counter_of[stage].filter(|_| scenario.stages[stage].serves != Flow::Travellers);
        let streams = if layout.keeps(Kept::Convoys) { scenario.convoys.len() } else { 0 };
        let hubs = scenario.hubs.len();
        let mut recorder = Recorder {
            keeps,
            stop: scenario.horizon.stop,
            counters: (0..stages).filter_map(|stage| Some((stage, counting(stage)?))).collect(),
            warm_up,
            horizon_end: Time::ZERO + scenario.horizon.length,
            next: Time::ZERO,
            plain_until: Time::ZERO,
            begun: false,
            end: None,
            balance: Balance::new("trucks", stages, hubs),
            stages: (scenario.stages.iter())
                .map(|s| StageTally::new(if by_cargo { cargos } else { 0 }, s.lanes.unwrap_or(0), layout.keeps(Kept::Stages)))
                .collect(),
            days: Days::new(scenario, &flows, keeps_days),
            stretch: flows.clone(),
            period: flows,
            stocks: Stocks::new(scenario),
            backlog: Level::default(),
            people: Balance::new("travellers", stages, 0),
            travellers: Level::default(),
            last_end: None,
            deliveries: Log::new(),
            places: Places::default(),
            closures: Closures::new(warm_up),
            incidents: Vec::new(),
            regimes: Regimes::new(regimes),
            convoys: vec![ConvoyTally::default(); streams],
            hubs: scenario.hubs.iter().map(|h| HubTally::new(h.initial_stock)).collect(),
            resources: scenario.resources.iter().map(|r| ResourceTally::new(r.count)).collect(),
            escorts: vec![EscortTally::default(); stages],
            developments: vec![Development::new(); scenario.drivers.len() + scenario.contingents.len()],
            drivers: scenario.drivers.len(),
            timeline: layout.keeps(Kept::Timeline).then(|| Timeline::new(stages)),
            first: FirstVisits::new(stages, first.iter().copied().max().unwrap_or(0) as usize),
            observations: Vec::new(),
            samples: Samples::new(layout.sampled_grid(), warm_up, stages),
            moves: vec![Load::default(); if moves { moves_size(stages, hubs) } else { 0 }],
            present_cargo: vec![0; cargos],
            present_organisation: vec![0; organisations],
            lanes: Vec::new(),
            leaving_hub: None,
            timeline_of: 1,
            writer: Writer::new(plan, layout),
        };
        recorder.reset();
        recorder
    }

    /// The same, with a timeline of this replication in place of the first.
    #[must_use]
    pub fn with_timeline_of(self, replication: u32) -> Recorder {
        Recorder {
            timeline_of: replication,
            ..self
        }
    }

    /// Forgets the replication and keeps the room for the next one.
    pub fn reset(&mut self) {
        (self.begun, self.end) = (false, None);
        self.balance.reset();
        self.stages.iter_mut().for_each(StageTally::reset);
        self.stretch.clear();
        self.period.clear();
        self.days.reset();
        self.stocks.reset();
        (self.backlog, self.travellers) = (Level::default(), Level::default());
        self.people.reset();
        self.last_end = None;
        self.deliveries.clear();
        self.closures.reset();
        self.incidents.clear();
        self.regimes.reset();
        self.convoys.iter_mut().for_each(ConvoyTally::reset);
        self.hubs.iter_mut().for_each(HubTally::reset);
        self.resources.iter_mut().for_each(ResourceTally::reset);
        self.escorts.iter_mut().for_each(EscortTally::clear);
        self.developments.iter_mut().for_each(Development::reset);
        self.timeline.iter_mut().for_each(Timeline::reset);
        self.first.reset();
        self.observations.clear();
        self.samples.reset();
        self.moves.fill(Load::default());
        self.present_cargo.fill(0);
        self.present_organisation.fill(0);
        self.lanes.clear();
        self.leaving_hub = None;
        self.set_next();
    }

    /// The length of the period that counts, in microseconds.
    pub(super) fn period_length(&self) -> i64 {
        self.end.filter(|_| self.begun).map_or(0, |end| (end - self.warm_up).0)
    }

    fn set_next(&mut self) {
        let warm_up = if self.begun { Time::NEVER } else { self.warm_up };
        self.next = self.samples.due().min(self.days.next_midnight()).min(warm_up);
        self.plain_until = if self.keeps.visits { Time(i64::MIN) } else { self.next };
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
                self.close_day(now);
            }
            if begins {
                self.begin(now);
            }
            self.set_next();
        }
    }

    /// The day under way is over.
    fn close_day(&mut self, at: Time) {
        let stocks = self.hubs.iter().map(|hub| hub.stock.now());
        self.days.close(at, self.balance.present(), stocks);
        self.stocks.close_day();
    }

    /// Ends the stretch under way.
    fn fold(&mut self, at: Time) {
        self.stocks.advance(at);
        self.closures.advance(at, &mut self.stretch);
        self.stretch.complete();
        for &(stage, counter) in &self.counters {
            self.stretch.counted[counter] += self.stages[stage].newly_served();
        }
        for (cargo, present) in self.present_cargo.iter_mut().enumerate() {
            *present += self.stretch.of_cargo(cargo).added();
        }
        for (organisation, present) in self.present_organisation.iter_mut().enumerate() {
            *present += self.stretch.of_organisation(organisation).added();
        }
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
        self.travellers.begin(at);
        self.stocks.begin();
        self.hubs.iter_mut().for_each(|h| h.begin(at));
        self.resources.iter_mut().for_each(|r| r.begin(at));
        self.escorts.iter_mut().for_each(EscortTally::clear);
        self.last_end = None;
        self.deliveries.clear();
        self.incidents.clear();
        self.regimes.begin(at);
        self.convoys.iter_mut().for_each(ConvoyTally::begin);
        self.moves.fill(Load::default());
    }
}

/// Stages, ends, and repacking.
pub(super) const fn targets(stages: usize) -> usize {
    stages + End::ALL.len() + 1
}

/// From every stage, place off the stages and hub, to every target.
const fn moves_size(stages: usize, hubs: usize) -> usize {
    (stages + Off::ALL.len() + hubs) * targets(stages)
}
