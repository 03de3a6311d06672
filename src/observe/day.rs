//! Calendar days: what was done on each, and whether it was below need.

use super::flow::Flows;
use crate::scenario::{End, Scenario};
use crate::time::{DAY_US, Time};

/// What is kept of a day beside its flows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Day {
    /// Its number, from 0.
    pub(super) number: i64,
    /// Its length within the horizon, in microseconds.
    pub(super) length: i64,
    /// Trucks in the system at its end.
    pub(super) backlog: i64,
    /// Whether it lies wholly after the warm-up.
    pub(super) counts: bool,
}

/// The days of a replication.
#[derive(Clone, Debug)]
pub(super) struct Days {
    /// Tonnes a day by kind of goods, where a need is stated.
    needs: Vec<Option<f64>>,
    /// Days of the window over which needs must be met.
    window: usize,
    warm_up: Time,
    midnight: Time,
    keeps_flows: bool,
    done: Vec<Day>,
    /// By day, in step with `done`; reused, so there may be more.
    flows: Vec<Flows>,
    /// By day and hub, loads there at its end.
    hub_stocks: Vec<i64>,
    hubs: usize,
    /// Grams delivered by day and kind of goods.
    delivered: Vec<i64>,
    /// What has happened since the last midnight.
    today: Flows,
    began: Time,
}

impl Days {
    pub(super) fn new(scenario: &Scenario, empty: &Flows, keeps_flows: bool) -> Days {
        let window = (scenario.need_window.as_days().round() as usize).max(1);
        Days {
            needs: scenario.cargos.iter().map(|c| c.need_tonnes_per_day).collect(),
            window,
            warm_up: Time::ZERO + scenario.horizon.warm_up,
            midnight: scenario.horizon.origin.start_of_day(0),
            keeps_flows,
            done: Vec::new(),
            flows: Vec::new(),
            hub_stocks: Vec::new(),
            hubs: scenario.hubs.len(),
            delivered: Vec::new(),
            today: empty.clone(),
            began: Time::ZERO,
        }
    }

    pub(super) fn reset(&mut self) {
        self.done.clear();
        self.hub_stocks.clear();
        self.delivered.clear();
        self.today.clear();
        self.began = Time::ZERO;
    }

    /// The midnight that ends the day under way.
    pub(super) fn next_midnight(&self) -> Time {
        Time(self.midnight.0 + (self.done.len() as i64 + 1) * DAY_US)
    }

    /// A stretch of the day under way.
    pub(super) fn join(&mut self, stretch: &Flows) {
        self.today.join(stretch);
    }

    /// The day under way is over, with so many trucks in the system and so many loads in each hub.
    pub(super) fn close(&mut self, at: Time, backlog: i64, hub_stocks: impl Iterator<Item = i64>) {
        let number = self.done.len();
        self.done.push(Day {
            number: number as i64,
            length: (at - self.began).0,
            backlog,
            counts: self.began >= self.warm_up,
        });
        self.hub_stocks.extend(hub_stocks);
        let delivered = (0..self.needs.len()).map(|c| self.today.of_cargo(c).ended(End::Delivered).grams);
        self.delivered.extend(delivered);
        if self.keeps_flows {
            match self.flows.get_mut(number) {
                Some(flows) => flows.clone_from(&self.today),
                None => self.flows.push(self.today.clone()),
            }
        }
        self.today.clear();
        self.began = at;
    }

    /// Whether a day has begun that is not over.
    pub(super) fn is_under_way(&self, at: Time) -> bool {
        at > self.began
    }

    /// Whether a day, from 0, lies wholly after the warm-up.
    pub(super) fn counts(&self, day: usize) -> bool {
        self.done.get(day).is_some_and(|d| d.counts)
    }

    /// Loads in a hub at the end of a day.
    pub(super) fn hub_stock(&self, day: i64, hub: usize) -> Option<i64> {
        self.hub_stocks.get(day as usize * self.hubs + hub).copied()
    }

    /// The days wholly after the warm-up, with their flows where those are kept.
    pub(super) fn counted(&self) -> impl Iterator<Item = (&Day, Option<&Flows>)> {
        let flows = |day: &Day| self.flows.get(day.number as usize).filter(|_| self.keeps_flows);
        self.done.iter().filter(|d| d.counts).map(move |d| (d, flows(d)))
    }

    /// By kind of goods, tonnes needed over a length of time in microseconds.
    pub(super) fn need(&self, cargo: usize, length: i64) -> Option<f64> {
        self.needs
            .get(cargo)
            .copied()
            .flatten()
            .map(|daily| daily * length as f64 / DAY_US as f64)
    }

    /// Σ min(delivered, need) / Σ need over the goods with a need; NaN where there is none.
    pub(super) fn need_met(&self, flows: &Flows, length: i64) -> f64 {
        let (mut met, mut needed) = (0.0, 0.0);
        for cargo in 0..self.needs.len() {
            if let Some(need) = self.need(cargo, length) {
                met += flows.of_cargo(cargo).ended(End::Delivered).tonnes().min(need);
                needed += need;
            }
        }
        if needed > 0.0 { met / needed } else { f64::NAN }
    }

    /// Shares of the counted days at whose end the window's need is not covered: for some kind of goods, and for each. The window
    /// reaches back into the warm-up; where it would reach beyond the start it is shorter, and so is its need.
    pub(super) fn below_need(&self) -> (f64, Vec<f64>) {
        let cargos = self.needs.len();
        let mut below = vec![0_i64; cargos];
        let (mut any, mut counted) = (0_i64, 0_i64);
        for (end, day) in self.done.iter().enumerate().filter(|(_, d)| d.counts) {
            let days = (end + 1).saturating_sub(self.window)..=end;
            let length = self.done[days.clone()].iter().map(|d| d.length).sum();
            let mut some = false;
            for (cargo, count) in below.iter_mut().enumerate() {
                let Some(need) = self.need(cargo, length) else { continue };
                let delivered: i64 = days.clone().map(|d| self.delivered[d * cargos + cargo]).sum();
                // Half a gram: a need that is met exactly is met.
                let short = (delivered as f64) < need * 1e6 - 0.5;
                *count += i64::from(short);
                some |= short;
            }
            any += i64::from(some);
            counted += i64::from(day.counts);
        }
        let share = |n: i64, stated: bool| {
            if counted > 0 && stated {
                n as f64 / counted as f64
            } else {
                f64::NAN
            }
        };
        let each = below.iter().zip(&self.needs).map(|(&n, need)| share(n, need.is_some())).collect();
        (share(any, self.needs.iter().any(Option::is_some)), each)
    }
}
