//! A replication without an event list, where the plan allows it: stage by stage, each a recursion over its trucks in order of arrival.
//!
//! ```text
//! convoys ──> stage: arrivals in order ──> starts (lanes, hours, closures) ──> ends in order ──┬─> the next stage ──> …
//!                                                                                            └─> out
//! ```
//!
//! Where trucks are served first come first served, never go back and never keep each other from anything but lanes, what happens at a
//! stage depends on those before it alone. Everything comes out with the same bits as from the event engine, which draws the same numbers
//! at the same addresses. It is handed on as [`Columns`], part after part, so that a replication stays in the nearest caches however long it
//! is; of them an observer makes its tallies. Plans of other kinds have no line, and now and then a replication has an instant that only
//! the event engine can put in order: then it has to run.

mod around;
mod columns;
mod draws;
mod eligible;
mod merge;
mod station;
mod supply;
mod way;

use super::plan::{Plan, Way};
use super::simulation::Simulation;
use crate::scenario::{StageId, Stop};
use crate::time::Time;
use around::Around;
pub use columns::{Change, Columns, Convoy, Exit, Forgotten, Kind, Loads, News, Visits};
use draws::Room;
use merge::{Coming, Ties, merge};
use station::{Hours, Station};
use way::Chances;

/// A plan that can be run stage by stage, and the memory for it.
pub struct Line<'p> {
    simulation: Simulation<'p>,
    /// Each stage after those that lead to it.
    order: Vec<usize>,
    /// By stage, whether starts there may have to settle ties elsewhere.
    settles: Vec<bool>,
    around: Around,
    columns: Columns,
    stations: Vec<Station>,
    /// By stage, services that have ended.
    completions: Vec<u64>,
    /// By stage, who comes there from each stage, and last with convoys.
    coming: Vec<Vec<Coming>>,
    /// By truck in the columns, when its last service started, where that may have to settle ties.
    started: Vec<Time>,
    merged: [Coming; 2],
    /// By stage, who goes there from the one at hand.
    outgoing: Vec<Coming>,
    /// By stage, what decides there, where chance alone does.
    chances: Vec<Option<Chances>>,
    room: Room,
    done: Done,
    /// Trucks of a part.
    part: u32,
    /// Replications run, and those of them given up.
    tried: u32,
    given_up: u32,
}

/// What has happened in a replication so far.
#[derive(Clone, Copy, Debug, Default)]
struct Done {
    events: u64,
    dispatched: u32,
    convoys: u64,
    exits: u64,
    last_exit: Option<Time>,
}

/// So many replications may be given up before it is looked at how many were not.
const PATIENCE: u32 = 4;

impl<'p> Line<'p> {
    /// A line for a plan, where it can have one.
    pub fn of(plan: &'p Plan) -> Option<Line<'p>> {
        let order = eligible::order_of(plan)?;
        let stages = plan.stages.len();
        let leads = |from: usize, to: usize| eligible::ways(&plan.stages[from]).any(|way| way == Way::Stage(StageId(to)));
        let sources = |to: usize| {
            let convoys = plan.streams.iter().any(|s| s.enters as usize == to);
            (0..stages).filter(|&from| leads(from, to)).count() + usize::from(convoys)
        };
        Some(Line {
            settles: (0..stages)
                .map(|from| (0..stages).any(|to| leads(from, to) && sources(to) > 1))
                .collect(),
            simulation: Simulation::new(plan),
            order,
            around: Around::default(),
            columns: Columns::default(),
            stations: (0..stages).map(|_| Station::default()).collect(),
            completions: vec![0; stages],
            coming: (0..stages).map(|_| (0..=stages).map(|_| Coming::default()).collect()).collect(),
            started: Vec::new(),
            merged: Default::default(),
            outgoing: (0..stages).map(|_| Coming::default()).collect(),
            chances: plan.stages.iter().map(Chances::of).collect(),
            room: Room::default(),
            done: Done::default(),
            part: supply::SOME,
            tried: 0,
            given_up: 0,
        })
    }

    /// The same in parts of so many trucks, at least 1, and what comes with them; results are the same.
    #[must_use]
    pub fn in_parts_of(mut self, trucks: u32) -> Line<'p> {
        self.part = trucks.max(1);
        self
    }

    /// Runs one replication and hands on its parts in order; gives the number of events, as the event engine counts them. None where the
    /// event engine has to run it, be it that some parts have been handed on, and for all that follow where that was so for most.
    pub fn run(&mut self, seed: u64, replication: u32, mut read: impl FnMut(&Columns)) -> Option<u64> {
        if self.given_up > PATIENCE && 2 * self.given_up > self.tried {
            return None;
        }
        self.tried += 1;
        self.given_up += 1;
        self.begin(seed, replication);
        while !self.columns.is_last {
            self.part()?;
            read(&self.columns);
        }
        self.given_up -= 1;
        Some(self.done.events)
    }

    /// Before the first part.
    fn begin(&mut self, seed: u64, replication: u32) {
        let stages = self.coming.len();
        self.columns.begin(stages);
        self.coming.iter_mut().flatten().for_each(Coming::clear);
        self.stations.iter_mut().for_each(Station::clear);
        self.completions.fill(0);
        self.started.clear();
        self.done = Done::default();
        self.around.run(&mut self.simulation, seed, replication, &mut self.columns.changes);
        supply::begin(&mut self.simulation, &mut self.columns);
    }

    /// The next part; the columns begin with what is left of the one before.
    fn part(&mut self) -> Option<()> {
        if self.done.dispatched > 0 {
            let gone = self.columns.go_on(&mut self.stations, self.part.saturating_mul(2) as usize);
            self.started.drain(..gone.min(self.started.len()));
        }
        let convoys = self.columns.convoys.len();
        let next = supply::dispatch_some(&mut self.simulation, &mut self.columns, &mut self.done.dispatched, self.part)?;
        self.done.convoys += (self.columns.convoys.len() - convoys) as u64;
        // Whoever asks when a service started asks of one that has been written.
        self.started.resize(self.columns.loads.dispatched.len(), Time::ZERO);
        self.enter(convoys);
        self.columns.is_last = next == Time::NEVER;
        self.columns.until = next.min(self.simulation.plan.end);
        for place in 0..self.order.len() {
            self.pass(self.order[place])?;
        }
        if self.columns.is_last {
            self.finish()?;
        }
        Some(())
    }

    /// The trucks of convoys from a place on come to their first stages.
    fn enter(&mut self, from: usize) {
        let convoys = self.coming[0].len() - 1;
        let loads = &self.columns.loads;
        if let [stream] = &self.simulation.plan.streams[..] {
            let first = self.columns.convoys.get(from).map_or(self.done.dispatched, |convoy| convoy.first);
            let coming = &mut self.coming[stream.enters as usize][convoys];
            coming.at.extend_from_slice(&loads.dispatched[(first - loads.first) as usize..]);
            coming.truck.extend(first..self.done.dispatched);
            return;
        }
        for convoy in &self.columns.convoys[from..] {
            let coming = &mut self.coming[convoy.enters as usize][convoys];
            coming.at.resize(coming.at.len() + convoy.trucks as usize, convoy.at);
            coming.truck.extend(convoy.first..convoy.first + convoy.trucks);
        }
    }

    /// All trucks that come to a stage in the part, and those that were there, pass it.
    fn pass(&mut self, stage: usize) -> Option<()> {
        let mut visits = std::mem::take(&mut self.columns.stages[stage]);
        let (known, started) = (visits.truck.len(), visits.started.len());
        self.gather(stage, &mut visits)?;
        let plan = &self.simulation.plan;
        let (here, draws) = (&plan.stages[stage], &mut self.simulation.draws);
        self.room.draw_lengths(
            here,
            &draws.stages[stage],
            &self.columns,
            &visits.truck[known..],
            &mut visits.length,
        );
        let hours = Hours {
            pieces: &self.around.pieces[stage],
            end: plan.end,
        };
        self.stations[stage].serve(&mut visits, here.lanes, hours, self.columns.until);
        self.stations[stage].release(&mut visits, self.columns.until);
        if self.settles[stage] {
            let first = self.columns.loads.first;
            for (&truck, &at) in visits.truck[started..].iter().zip(&visits.started[started..]) {
                self.started[(truck - first) as usize] = at;
            }
        }
        let from = way::From {
            stage,
            completed: self.completions[stage],
            chances: self.chances[stage].as_ref(),
        };
        let outgoing = &mut self.outgoing;
        self.coming
            .iter_mut()
            .zip(&mut *outgoing)
            .for_each(|(to, own)| std::mem::swap(&mut to[stage], own));
        way::send_on(plan, from, draws, &mut self.room, &self.columns, &mut visits, outgoing);
        self.coming
            .iter_mut()
            .zip(outgoing)
            .for_each(|(to, own)| std::mem::swap(&mut to[stage], own));
        self.completions[stage] += visits.left.len() as u64;
        self.done.events += (visits.arrived.len() - known + visits.left.len()) as u64;
        self.done.exits += visits.exits.len() as u64;
        self.done.last_exit = self.done.last_exit.max(visits.exits.last().map(|exit| exit.at));
        self.columns.stages[stage] = visits;
        Some(())
    }

    /// Who comes to a stage from everywhere, in order.
    fn gather(&mut self, stage: usize, visits: &mut Visits) -> Option<()> {
        let from = &mut self.coming[stage];
        let convoys = from.len() - 1;
        let [so_far, other] = &mut self.merged;
        so_far.clear();
        for (place, coming) in from.iter_mut().enumerate().filter(|(_, coming)| !coming.at.is_empty()) {
            if so_far.at.is_empty() {
                std::mem::swap(so_far, coming);
                continue;
            }
            let ties = Ties {
                started: &self.started,
                first: self.columns.loads.first,
                with_convoys: place == convoys,
            };
            other.clear();
            merge(so_far, coming, &ties, other)?;
            coming.clear();
            std::mem::swap(so_far, other);
        }
        visits.arrived.extend_from_slice(&so_far.at);
        visits.truck.extend_from_slice(&so_far.truck);
        Some(())
    }

    /// The end, and what happened until then beside the visits.
    fn finish(&mut self) -> Option<()> {
        let plan = &self.simulation.plan;
        let columns = &mut self.columns;
        if plan.scenario.horizon.stop == Stop::WhenEmpty {
            // Where no truck ever comes, what ends the replication is an event of another kind.
            let last = self.done.last_exit?;
            if self.done.exits == u64::from(self.done.dispatched) {
                columns.until = last.max(self.simulation.now);
            }
        }
        for (visits, station) in columns.stages.iter_mut().zip(&mut self.stations) {
            // What would happen at or after the end does not.
            let left = visits.left.len();
            station.release(visits, Time::NEVER);
            visits.left.truncate(left);
            visits.under_way.extend(visits.left_place.drain(left..));
        }
        columns.changes.retain(|change| change.at <= columns.until);
        self.done.events += self.around.events_until(columns.until) + self.done.convoys;
        Some(())
    }
}
