//! Convoys and their trucks, by the event engine's own streams and agenda.

use super::super::agenda::{Due, Event};
use super::super::dispatch::pick_shares;
use super::super::plan::{self, Occurrences, Plan, StreamPlan};
use super::super::simulation::Simulation;
use super::columns::{Columns, Convoy, Kind};
use crate::random::{Ahead, Entity, Law};
use crate::time::Time;

/// Trucks of a replication that columns hold at most: beyond, the event engine needs less memory.
const MOST_TRUCKS: u32 = 1 << 21;

/// When the last convoy was due, whether it came or not; none where there are too many trucks.
pub(super) fn dispatch_all(simulation: &mut Simulation, columns: &mut Columns) -> Option<Time> {
    let stages = simulation.stations.len();
    simulation.agenda.clear(stages, simulation.plan.end);
    for stream in 0..simulation.streams.len() {
        simulation.begin_stream(stream);
    }
    simulation.now = Time::ZERO;
    columns.loads.alike = alike(&simulation.plan);
    let mut trucks = 0;
    if simulation.streams.len() == 1 {
        while let Some(due) = simulation.streams[0].next {
            simulation.now = due.at;
            trucks += dispatch(simulation, 0, trucks, columns)?;
            simulation.follow_convoy(0);
        }
    } else {
        while let Some(next) = simulation.agenda.next(|_| true) {
            simulation.now = next.time();
            if let Some(Due::Event(Event::Convoy { stream, .. })) = simulation.agenda.take(next) {
                trucks += dispatch(simulation, stream as usize, trucks, columns)?;
                simulation.schedule_convoy(stream as usize);
            }
        }
    }
    columns.seat(trucks as usize);
    Some(simulation.now)
}

/// Dispatches a convoy that is due; gives its trucks, and none where there are too many with those before.
fn dispatch(simulation: &mut Simulation, stream: usize, first: u32, columns: &mut Columns) -> Option<u32> {
    let Some(due) = simulation.streams[stream].next else { return Some(0) };
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
