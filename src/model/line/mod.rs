//! A replication without an event list, where the plan allows it: stage by stage, each a recursion over its trucks in order of arrival.
//!
//! ```text
//! convoys ──> stage: arrivals in order ──> starts (lanes, hours, closures) ──> ends in order ──┬─> the next stage ──> …
//!                                                                                            └─> out
//! ```
//!
//! Where trucks are served first come first served, never go back and never keep each other from anything but lanes, what happens at a
//! stage depends on those before it alone. Everything comes out with the same bits as from the event engine, which draws the same numbers
//! at the same addresses; it is left as [`Columns`], of which an observer makes its tallies. Plans of other kinds have no line, and now
//! and then a replication has an instant that only the event engine can put in order: then it has to run.

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
pub use columns::{Change, Columns, Convoy, Exit, Kind, Loads, News, Visits};
use draws::Room;
use merge::{Coming, Ties, merge};

/// A plan that can be run stage by stage, and the memory for it.
pub struct Line<'p> {
    simulation: Simulation<'p>,
    /// Each stage after those that lead to it.
    order: Vec<usize>,
    /// By stage, whether starts there may have to settle ties elsewhere.
    settles: Vec<bool>,
    around: Around,
    columns: Columns,
    /// By stage, who comes there from each stage, and last with convoys.
    coming: Vec<Vec<Coming>>,
    /// By truck, when its last service started, where that may have to settle ties.
    started: Vec<Time>,
    merged: [Coming; 2],
    room: Room,
    /// Replications run, and those of them given up.
    tried: u32,
    given_up: u32,
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
            coming: (0..stages).map(|_| (0..=stages).map(|_| Coming::default()).collect()).collect(),
            started: Vec::new(),
            merged: Default::default(),
            room: Room::default(),
            tried: 0,
            given_up: 0,
        })
    }

    /// Runs one replication; none where the event engine has to, and for all that follow where that was so for most.
    pub fn run(&mut self, seed: u64, replication: u32) -> Option<&Columns> {
        if self.given_up > PATIENCE && 2 * self.given_up > self.tried {
            return None;
        }
        self.tried += 1;
        self.given_up += 1;
        self.fill_in(seed, replication)?;
        self.given_up -= 1;
        Some(&self.columns)
    }

    fn fill_in(&mut self, seed: u64, replication: u32) -> Option<()> {
        let stages = self.coming.len();
        self.columns.clear(stages);
        self.coming.iter_mut().flatten().for_each(Coming::clear);
        self.around.run(&mut self.simulation, seed, replication, &mut self.columns.changes);
        let last_due = supply::dispatch_all(&mut self.simulation, &mut self.columns)?;
        self.enter();
        // Whoever asks when a service started asks of one that has been written.
        self.started.resize(self.columns.trucks(), Time::ZERO);
        for place in 0..stages {
            self.pass(self.order[place])?;
        }
        self.finish(last_due)
    }

    /// The trucks of all convoys come to their first stages.
    fn enter(&mut self) {
        let convoys = self.coming[0].len() - 1;
        if let [stream] = &self.simulation.plan.streams[..] {
            let coming = &mut self.coming[stream.enters as usize][convoys];
            coming.at.extend_from_slice(&self.columns.loads.dispatched);
            coming.truck.extend(0..self.columns.trucks() as u32);
            return;
        }
        for convoy in &self.columns.convoys {
            let coming = &mut self.coming[convoy.enters as usize][convoys];
            coming.at.resize(coming.at.len() + convoy.trucks as usize, convoy.at);
            coming.truck.extend(convoy.first..convoy.first + convoy.trucks);
        }
    }

    /// All trucks that come to a stage pass it.
    fn pass(&mut self, stage: usize) -> Option<()> {
        let mut visits = std::mem::take(&mut self.columns.stages[stage]);
        self.gather(stage, &mut visits)?;
        let plan = &self.simulation.plan;
        let (here, draws) = (&plan.stages[stage], &mut self.simulation.draws);
        self.room.draw_lengths(here, &draws.stages[stage], &self.columns, &visits);
        station::serve(&mut visits, here.lanes, &self.around.pieces[stage], &self.room.lengths, plan.end);
        if self.settles[stage] {
            for (&truck, &at) in visits.truck.iter().zip(&visits.started) {
                self.started[truck as usize] = at;
            }
        }
        let mut outgoing: Vec<Coming> = self.coming.iter_mut().map(|to| std::mem::take(&mut to[stage])).collect();
        way::send_on(plan, stage, draws, &mut self.room, &self.columns, &mut visits, &mut outgoing);
        for (to, coming) in self.coming.iter_mut().zip(outgoing) {
            to[stage] = coming;
        }
        self.columns.events += (visits.arrived.len() + visits.left.len()) as u64;
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
                with_convoys: place == convoys,
            };
            merge(so_far, coming, &ties, other)?;
            std::mem::swap(so_far, other);
        }
        visits.take(so_far);
        Some(())
    }

    /// The end, and what happened until then beside the visits.
    fn finish(&mut self, last_due: Time) -> Option<()> {
        let columns = &mut self.columns;
        let plan = &self.simulation.plan;
        columns.end = plan.end;
        if plan.scenario.horizon.stop == Stop::WhenEmpty {
            let exits = || columns.stages.iter().flat_map(|s| &s.exits);
            // Where no truck ever comes, what ends the replication is an event of another kind.
            let last = exits().map(|exit| exit.at).max()?;
            if exits().count() == columns.trucks() {
                columns.end = last.max(last_due);
            }
        }
        columns.changes.retain(|change| change.at <= columns.end);
        columns.events += self.around.events_until(columns.end) + columns.convoys.len() as u64;
        Some(())
    }
}
