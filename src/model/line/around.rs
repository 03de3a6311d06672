//! What calendars and given closures do, which no truck has a part in: the event engine tells it, run without convoys.

use super::super::observer::{ActiveClosure, Observer};
use super::super::simulation::Simulation;
use super::columns::{Change, News};
use crate::calendar::Opening;
use crate::time::Time;

/// So many lanes of a stage may take up a service from an instant on, until the next piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) from: Time,
    pub(super) lanes: u32,
}

/// The changes of a replication.
#[derive(Debug, Default)]
pub(super) struct Around {
    /// Instants with events, and how many there were up to each.
    counts: Vec<(Time, u64)>,
    /// By stage.
    pub(super) pieces: Vec<Vec<Piece>>,
}

/// Keeps what it hears.
struct Hears<'a>(&'a mut Vec<Change>);

impl Observer for Hears<'_> {
    fn calendar(&mut self, at: Time, stage: usize, open: bool) {
        let news = News::Calendar { stage, open };
        self.0.push(Change { at, news });
    }

    fn security(&mut self, at: Time, capacities: &[f64], active: &[ActiveClosure]) {
        let news = News::Security {
            capacities: capacities.to_vec(),
            active: active.to_vec(),
        };
        self.0.push(Change { at, news });
    }
}

impl Around {
    /// Runs a replication without its convoys.
    pub(super) fn run(&mut self, simulation: &mut Simulation, seed: u64, replication: u32, changes: &mut Vec<Change>) {
        simulation.reset(seed, replication);
        let mut hears = Hears(changes);
        simulation.begin_world(&mut hears);
        self.counts.clear();
        while simulation.step(&mut hears) {
            if self.events_until(Time::NEVER) < simulation.events {
                self.counts.push((simulation.now, simulation.events));
            }
        }
        let stages = simulation.stations.len();
        self.pieces.resize_with(stages, Vec::new);
        for stage in 0..stages {
            self.lay_pieces(simulation, stage, changes);
        }
    }

    /// How many events there were up to an instant, itself included.
    pub(super) fn events_until(&self, at: Time) -> u64 {
        let until = self.counts.partition_point(|(when, _)| *when <= at);
        until.checked_sub(1).map_or(0, |last| self.counts[last].1)
    }

    /// The lanes that may take up services at a stage: those that security leaves, within the hours in which services may start.
    fn lay_pieces(&mut self, simulation: &Simulation, stage: usize, changes: &[Change]) {
        let plan = &simulation.plan.stages[stage];
        let pieces = &mut self.pieces[stage];
        pieces.clear();
        pieces.push(Piece {
            from: Time::ZERO,
            lanes: plan.lanes,
        });
        for change in changes {
            if let News::Security { capacities, .. } = &change.news {
                let lanes = simulation.lanes_at(stage, capacities[stage]);
                set(pieces, Piece { from: change.at, lanes });
            }
        }
        if let Some(calendar) = plan.calendar {
            let until = |o: &Opening| if o.to == Time::NEVER { o.to } else { o.to - plan.last_start };
            let openings = simulation.plan.calendars[calendar].openings.iter();
            let hours = openings.map(|o| (o.from.max(Time::ZERO), until(o))).filter(|(from, to)| from < to);
            *pieces = within(pieces, &hours.collect::<Vec<_>>());
        }
    }
}

/// From an instant on, at or after that of the last piece.
fn set(pieces: &mut Vec<Piece>, piece: Piece) {
    if pieces.last().is_some_and(|last| last.from == piece.from) {
        pieces.pop();
    }
    if pieces.last().is_none_or(|last| last.lanes != piece.lanes) {
        pieces.push(piece);
    }
}

/// The same within some hours, ascending and apart from each other, and no lanes beyond them.
fn within(pieces: &[Piece], hours: &[(Time, Time)]) -> Vec<Piece> {
    let mut edges: Vec<Time> = pieces.iter().map(|p| p.from).chain(hours.iter().flat_map(|h| [h.0, h.1])).collect();
    edges.sort_unstable();
    let mut narrowed = Vec::new();
    let (mut rest, mut left) = (hours, pieces);
    for from in edges {
        while let [(_, to), others @ ..] = rest
            && *to <= from
        {
            rest = others;
        }
        while let [_, next, ..] = left
            && next.from <= from
        {
            left = &left[1..];
        }
        let is_open = rest.first().is_some_and(|hours| hours.0 <= from);
        let lanes = if is_open { left.first().map_or(0, |piece| piece.lanes) } else { 0 };
        set(&mut narrowed, Piece { from, lanes });
    }
    narrowed
}
