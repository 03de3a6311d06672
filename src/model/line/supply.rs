//! Convoys and their trucks, by the event engine's own streams and agenda.

use super::super::agenda::{Due, Event};
use super::super::dispatch::pick_shares;
use super::super::plan::{Kind, Occurrences, Plan, StreamPlan};
use super::super::simulation::Simulation;
use super::columns::{Columns, Convoy};
use crate::random::{Ahead, Entity, Law};
use crate::time::Time;

/// Trucks of a replication that columns hold at most: beyond, the event engine needs less memory.
const MOST_TRUCKS: usize = 1 << 21;

/// When the last convoy was due, whether it came or not; none where there are too many trucks.
pub(super) fn dispatch_all(simulation: &mut Simulation, columns: &mut Columns) -> Option<Time> {
    let stages = simulation.stations.len();
    simulation.agenda.clear(stages, simulation.plan.end);
    for stream in 0..simulation.streams.len() {
        simulation.begin_stream(stream);
    }
    simulation.now = Time::ZERO;
    let plan = &simulation.plan;
    let alike: Vec<Option<Alike>> = plan.streams.iter().map(|rules| Alike::of(plan, rules)).collect();
    if simulation.streams.len() == 1 {
        while let Some(due) = simulation.streams[0].next {
            simulation.now = due.at;
            dispatch(simulation, 0, alike[0], columns);
            if columns.trucks() > MOST_TRUCKS {
                return None;
            }
            simulation.follow_convoy(0);
        }
        return Some(simulation.now);
    }
    while let Some(next) = simulation.agenda.next(|_| true) {
        simulation.now = next.time();
        let Some(Due::Event(Event::Convoy { stream, .. })) = simulation.agenda.take(next) else {
            continue;
        };
        dispatch(simulation, stream as usize, alike[stream as usize], columns);
        if columns.trucks() > MOST_TRUCKS {
            return None;
        }
        simulation.schedule_convoy(stream as usize);
    }
    Some(simulation.now)
}

fn dispatch(simulation: &mut Simulation, stream: usize, alike: Option<Alike>, columns: &mut Columns) {
    let Some(due) = simulation.streams[stream].next else { return };
    let size = simulation.convoy_size(stream, &due).min(u64::from(u32::MAX)) as u32;
    let rules = &simulation.plan.streams[stream];
    if size == 0 || simulation.streams[stream].dispatched >= rules.limit {
        return;
    }
    simulation.streams[stream].dispatched += 1;
    let convoy = Convoy {
        at: simulation.now,
        stream: rules.index,
        enters: rules.enters,
        first: columns.trucks() as u32,
        trucks: size,
        source: rules.source,
        group: due.group,
    };
    columns.convoys.push(convoy);
    if columns.trucks() + size as usize <= MOST_TRUCKS {
        load(simulation, stream, &convoy, alike, columns);
    } else {
        columns.loads.dispatched.resize(MOST_TRUCKS + 1, convoy.at);
    }
    simulation.streams[stream].trucks += size as usize;
}

/// Senders and loads of the trucks of a convoy: as recorded, or as drawn.
fn load(simulation: &mut Simulation, stream: usize, convoy: &Convoy, alike: Option<Alike>, columns: &mut Columns) {
    let first = simulation.streams[stream].trucks;
    let (plan, draws) = (&simulation.plan, &mut simulation.draws);
    let rules = &plan.streams[stream];
    let recorded = match &rules.occurrences {
        Occurrences::Trace(convoys) => convoys.get(convoy.group as usize - 1),
        _ => None,
    };
    let tonnes = recorded.and_then(|r| Some(r.tonnes? / f64::from(r.trucks)));
    let loads = &mut columns.loads;
    let until = loads.dispatched.len() + convoy.trucks as usize;
    loads.dispatched.resize(until, convoy.at);
    loads.convoy.resize(until, columns.convoys.len() as u32 - 1);
    if let Some(Alike {
        organisation,
        cargo,
        grams,
    }) = alike
    {
        loads.organisation.resize(until, organisation);
        loads.cargo.resize(until, cargo);
        loads.grams.resize(until, grams);
        return;
    }
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
        let tonnes = tonnes.unwrap_or_else(|| drawn(law, &mut draws.tonnes, entity));
        loads.organisation.push(organisation);
        loads.cargo.push(cargo);
        loads.grams.push(in_grams(tonnes));
    }
}

fn drawn(law: &Law, draws: &mut Ahead, entity: Entity) -> f64 {
    law.as_constant().unwrap_or_else(|| law.quantile(draws.uniform(entity, 0)))
}

fn in_grams(tonnes: f64) -> i64 {
    (tonnes * 1e6).round() as i64
}

/// What all trucks of a stream are, where there is no choice.
#[derive(Clone, Copy)]
struct Alike {
    organisation: u16,
    cargo: u16,
    grams: i64,
}

impl Alike {
    fn of(plan: &Plan, rules: &StreamPlan) -> Option<Alike> {
        if matches!(rules.occurrences, Occurrences::Trace(_)) {
            return None;
        }
        let organisation = only(&rules.organisation)?;
        let own = &plan.organisations[organisation as usize].cargo;
        let cargo = match &rules.cargo {
            Some(kind) => only(kind)?,
            None => (own.len() == 1).then(|| pick_shares(own, || 0.5))?,
        };
        let grams = in_grams(plan.scenario.cargos[cargo as usize].tonnes.as_constant()?);
        Some(Alike {
            organisation,
            cargo,
            grams,
        })
    }
}

fn only(kind: &Kind) -> Option<u16> {
    match kind {
        Kind::Shares(ends) => (ends.len() == 1).then(|| ends[0].1),
        Kind::Cycle(kinds) => (kinds.len() == 1).then(|| kinds[0]),
    }
}
