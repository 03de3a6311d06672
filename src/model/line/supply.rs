//! Convoys and their trucks, by the event engine's own streams and agenda.

use std::sync::Arc;

use super::super::agenda::{self, Event};
use super::super::convoys::Due;
use super::super::dispatch::pick_shares;
use super::super::plan::{self, Occurrences, Plan, StreamPlan};
use super::super::simulation::Simulation;
use super::columns::{Columns, Convoy, Kind};
use crate::random::{Ahead, Entity, Law};
use crate::time::Time;

/// Trucks of a replication, which are numbered by 32 bits.
const MOST_TRUCKS: u32 = 1 << 30;

/// Trucks of a part: as many as fit into the caches near the processor with all their visits.
pub(super) const SOME: u32 = 2048;

/// Before the first convoy.
pub(super) fn begin(simulation: &mut Simulation, columns: &mut Columns) {
    let stages = simulation.stations.len();
    simulation.agenda.clear(stages, simulation.plan.end);
    for stream in 0..simulation.streams.len() {
        simulation.begin_stream(stream);
    }
    simulation.now = Time::ZERO;
    columns.loads.alike = alike(&simulation.plan);
}

/// Dispatches the convoys of a part of so many trucks, in order of time; gives when the next is due, after all of those, and none where none comes any more:
/// then the time of the simulation is that of the last, whether it came or not. None at all where a replication has too many trucks.
pub(super) fn dispatch_some(simulation: &mut Simulation, columns: &mut Columns, dispatched: &mut u32, part: u32) -> Option<Option<Time>> {
    let most = dispatched.saturating_add(part);
    let is_part = |at: Time, now: Time, dispatched: u32| at > now && dispatched >= most;
    if simulation.streams.len() == 1 {
        let plan = Arc::clone(&simulation.plan);
        if let Some(steady) = Steady::of(&plan.streams[0], columns) {
            return steady.dispatch_until(simulation, columns, dispatched, most);
        }
        while let Some(due) = simulation.streams[0].next {
            if is_part(due.at, simulation.now, *dispatched) {
                return Some(Some(due.at));
            }
            simulation.now = due.at;
            *dispatched += dispatch(simulation, 0, *dispatched, columns)?;
            simulation.follow_convoy(0);
        }
    } else {
        while let Some(next) = simulation.agenda.next(|_| true) {
            if is_part(next.time(), simulation.now, *dispatched) {
                return Some(Some(next.time()));
            }
            simulation.now = next.time();
            if let Some(agenda::Due::Event(Event::Convoy { stream, .. })) = simulation.agenda.take(next) {
                *dispatched += dispatch(simulation, stream as usize, *dispatched, columns)?;
                simulation.schedule_convoy(stream as usize);
            }
        }
    }
    Some(None)
}

/// A Poisson stream of which nothing changes, whose trucks are all alike: a short loop instead of one that decides for every convoy what
/// kind of stream it is of.
struct Steady<'a> {
    rules: &'a StreamPlan,
    pieces: &'a [(f64, f64)],
    size: Option<u64>,
}

impl<'a> Steady<'a> {
    fn of(rules: &'a StreamPlan, columns: &Columns) -> Option<Steady<'a>> {
        let Occurrences::Poisson(pieces) = &rules.occurrences else {
            return None;
        };
        let is_steady = columns.loads.alike.is_some() && rules.day_effect.is_none() && rules.autocorrelation == 0.0;
        is_steady.then(|| Steady {
            rules,
            pieces,
            size: rules.size.as_constant(),
        })
    }

    /// As [`dispatch_some`].
    fn dispatch_until(&self, simulation: &mut Simulation, columns: &mut Columns, dispatched: &mut u32, most: u32) -> Option<Option<Time>> {
        let end = simulation.plan.end;
        let (state, draws) = (&mut simulation.streams[0], &mut simulation.draws.convoys[0]);
        let mut next = state.next.map(|due| (due.at, due.number));
        while let Some((at, number)) = next {
            if at > simulation.now && *dispatched >= most {
                state.next = state.next.map(|due| Due { at, number, ..due });
                return Some(Some(at));
            }
            simulation.now = at;
            let size = self.size.unwrap_or_else(|| self.rules.size.quantile(draws.size.uniform(number)));
            if size > 0 {
                let trucks = u32::try_from(size)
                    .ok()
                    .filter(|size| size.saturating_add(*dispatched) <= MOST_TRUCKS)?;
                state.dispatched += 1;
                columns.convoys.push(Convoy {
                    at,
                    stream: self.rules.index,
                    enters: self.rules.enters,
                    first: *dispatched,
                    trucks,
                    number: state.dispatched as u32,
                    source: self.rules.source,
                    group: number,
                });
                *dispatched += trucks;
            }
            let until = state.dispatched < self.rules.limit;
            next = until
                .then(|| state.next_of(self.pieces, &mut draws.gaps))
                .flatten()
                .filter(|(at, _)| *at < end);
        }
        state.next = None;
        Some(None)
    }
}

/// Dispatches a convoy that is due; gives its trucks, and none where there are too many with those before.
fn dispatch(simulation: &mut Simulation, stream: usize, first: u32, columns: &mut Columns) -> Option<u32> {
    let Some(due) = simulation.streams[stream].next else {
        return Some(0);
    };
    let size = simulation.convoy_size(stream, &due);
    let rules = &simulation.plan.streams[stream];
    if size == 0 || simulation.streams[stream].dispatched >= rules.limit {
        return Some(0);
    }
    let trucks = u32::try_from(size).ok().filter(|size| size.saturating_add(first) <= MOST_TRUCKS)?;
    simulation.streams[stream].dispatched += 1;
    let convoy = Convoy {
        at: simulation.now,
        stream: rules.index,
        enters: rules.enters,
        first,
        trucks,
        number: simulation.streams[stream].dispatched as u32,
        source: rules.source,
        group: due.group,
    };
    columns.convoys.push(convoy);
    if columns.loads.alike.is_none() {
        load(simulation, stream, &convoy, &mut columns.loads.kinds);
    }
    simulation.streams[stream].trucks += trucks as usize;
    Some(trucks)
}

/// Senders and loads of the trucks of a convoy: as recorded, or as drawn.
fn load(simulation: &mut Simulation, stream: usize, convoy: &Convoy, kinds: &mut Vec<Kind>) {
    let first = simulation.streams[stream].trucks;
    let (plan, draws) = (&simulation.plan, &mut simulation.draws);
    let rules = &plan.streams[stream];
    let recorded = match &rules.occurrences {
        Occurrences::Trace(convoys) => convoys.get(convoy.group as usize - 1),
        _ => None,
    };
    let tonnes = recorded.and_then(|r| Some(r.tonnes? / f64::from(r.trucks)));
    for member in 0..convoy.trucks {
        let entity = Entity {
            source: rules.source,
            group: convoy.group,
            member,
        };
        let turn = first + member as usize;
        let organisation = recorded.and_then(|r| r.organisation).map_or_else(
            || rules.organisation.pick(turn, || draws.organisation.uniform(entity, 0)),
            |o| o.0 as u16,
        );
        let cargo = recorded.and_then(|r| r.cargo).map_or_else(
            || draws.cargo_of(rules.cargo.as_ref(), &plan.organisations[organisation as usize].cargo, turn, entity),
            |c| c.0 as u16,
        );
        let law = &plan.scenario.cargos[cargo as usize].tonnes;
        let grams = in_grams(tonnes.unwrap_or_else(|| drawn(law, &mut draws.tonnes, entity)));
        kinds.push(Kind {
            cargo,
            organisation,
            grams,
        });
    }
}

fn drawn(law: &Law, draws: &mut Ahead, entity: Entity) -> f64 {
    law.as_constant().unwrap_or_else(|| law.quantile(draws.uniform(entity, 0)))
}

fn in_grams(tonnes: f64) -> i64 {
    (tonnes * 1e6).round() as i64
}

/// What all trucks are, where there is no choice.
fn alike(plan: &Plan) -> Option<Kind> {
    let (first, others) = plan.streams.split_first()?;
    let kind = only_kind(plan, first)?;
    others.iter().all(|other| only_kind(plan, other) == Some(kind)).then_some(kind)
}

fn only_kind(plan: &Plan, rules: &StreamPlan) -> Option<Kind> {
    if matches!(rules.occurrences, Occurrences::Trace(_)) {
        return None;
    }
    let organisation = only(&rules.organisation)?;
    let own = &plan.organisations[organisation as usize].cargo;
    let cargo = match &rules.cargo {
        Some(shares) => only(shares)?,
        None => (own.len() == 1).then(|| pick_shares(own, || 0.5))?,
    };
    let grams = in_grams(plan.scenario.cargos[cargo as usize].tonnes.as_constant()?);
    Some(Kind {
        cargo,
        organisation,
        grams,
    })
}

fn only(shares: &plan::Kind) -> Option<u16> {
    match shares {
        plan::Kind::Shares(ends) => (ends.len() == 1).then(|| ends[0].1),
        plan::Kind::Cycle(kinds) => (kinds.len() == 1).then(|| kinds[0]),
    }
}
