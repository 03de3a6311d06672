//! Which plans a line can run: every part of a plan is named here, and either done exactly or refused.

use super::super::plan::{CargoPlan, GeneralPurposes, OrganisationPlan, Plan, SecurityPlan, StagePlan, StreamKind, StreamPlan, Way};
use crate::scenario::{self as written, AtClose, AtClosure, Discipline, End, Flow, QueueAtClose, QueueAtClosure, Scenario, StageId};
use crate::time::Time;

/// The latest end of a horizon, with room for the number of a lane behind it.
const LATEST: Time = Time(1 << 57);

/// The stages so that each comes after those that lead to it, where the plan is one that a line can run.
pub(super) fn order_of(plan: &Plan) -> Option<Vec<usize>> {
    // Whoever adds a part to a plan decides here whether a line can do it.
    let Plan {
        scenario,
        counters: _,
        counter_of: _,
        sources: _,
        end,
        day_offset: _,
        calendars: _,
        stages,
        streams,
        hubs,
        resources,
        organisations,
        cargos,
        security,
        observations,
        general,
    } = plan;
    let SecurityPlan { window, .. } = security;
    let GeneralPurposes { .. } = general;
    let is_simple = *end <= LATEST
        && hubs.is_empty()
        && resources.is_empty()
        && observations.is_empty()
        && window.is_empty()
        && world(scenario)
        && organisations.iter().all(organisation)
        && scenario.cargos.iter().zip(cargos).all(|(written, plan)| cargo(written, plan));
    let closures = !scenario.closures.is_empty();
    let stages_fit = || {
        scenario
            .stages
            .iter()
            .zip(stages)
            .all(|(written, plan)| stage(written, plan, closures))
    };
    if !is_simple || !stages_fit() || !streams.iter().all(|s| stream(s, closures)) {
        return None;
    }
    let order = in_order(stages)?;
    // A stock adds up loads in order of time, which is known within a stage only.
    let delivers = |plan: &&StagePlan| ways(plan).any(|way| way == Way::End(End::Delivered));
    let has_stock = scenario.cargos.iter().any(|c| c.gaza_stock_days.is_some());
    (!has_stock || stages.iter().filter(delivers).count() <= 1).then_some(order)
}

/// Nothing but convoys, stages, calendars and given closures.
fn world(scenario: &Scenario) -> bool {
    let Scenario {
        name: _,
        title: _,
        summary: _,
        sources: _,
        need_window: _,
        horizon: _,
        calendars: _,
        cargos: _,
        organisations: _,
        // Whoever is registered meets none.
        restrictions: _,
        hubs,
        convoys: _,
        travellers,
        resources,
        stages: _,
        incidents,
        closures: _,
        policy,
        contingents,
        peacekeeping,
        drivers,
        observe: _,
    } = scenario;
    let written::Policy {
        name: _,
        // Without incidents there is nothing to respond to.
        responses: _,
        triggers: _,
        reopening: _,
        window,
        precaution,
        diversion,
        // Every stage has its own.
        at_closure: _,
        queue_at_closure: _,
        return_delay: _,
    } = policy;
    let without_policy = window.is_none() && precaution.is_none() && diversion.is_none();
    let without_people = hubs.is_empty() && travellers.is_empty() && resources.is_empty();
    without_policy && without_people && incidents.is_none() && contingents.is_empty() && peacekeeping.is_none() && drivers.is_empty()
}

/// Its trucks set out at once.
fn organisation(plan: &OrganisationPlan) -> bool {
    let OrganisationPlan {
        cargo: _,
        status: _,
        status_purpose: _,
        daily_quota: _,
        is_free,
        approval: _,
        voids: _,
    } = plan;
    *is_free
}

/// It keeps, and a rejection is the end.
fn cargo(written: &written::Cargo, plan: &CargoPlan) -> bool {
    let written::Cargo {
        name: _,
        tonnes: _,
        pallets: _,
        need_tonnes_per_day: _,
        priority: _,
        shelf_life,
        heat: _,
        restricted: _,
        repack: _,
        gaza_stock_days: _,
    } = written;
    let CargoPlan {
        rank: _,
        named: _,
        heat: _,
        heat_factor: _,
        repack,
    } = plan;
    shelf_life.is_none() && repack.is_none()
}

/// Trucks that come whatever happens at the stages.
fn stream(plan: &StreamPlan, closures: bool) -> bool {
    let StreamPlan {
        kind,
        index: _,
        hub,
        day_effect: _,
        source: _,
        occurrences: _,
        gap_purpose: _,
        size: _,
        size_purpose: _,
        autocorrelation: _,
        organisation: _,
        cargo: _,
        enters: _,
        follows,
        waits_when_closed,
        limit: _,
    } = plan;
    *kind == StreamKind::Trucks && hub.is_none() && follows.is_none() && !(closures && *waits_when_closed)
}

/// A yard of any length, first come first served, whose services go on to their ends.
fn stage(written: &written::Stage, plan: &StagePlan, closures: bool) -> bool {
    let written::Stage {
        name: _,
        lanes: _,
        service: _,
        extras: _,
        queue,
        calendar,
        last_start: _,
        at_close,
        queue_at_close,
        at_closure,
        queue_at_closure,
        // Only for those turned back.
        return_delay: _,
        counts_as: _,
        patience: _,
        outcomes: _,
        next: _,
        screens: _,
        serves,
        needs: _,
        breakdown: _,
        day_effect: _,
        outcome_odds_cv: _,
        escort: _,
    } = written;
    let StagePlan {
        lanes: _,
        capacity,
        calendar: _,
        last_start: _,
        service: _,
        service_purpose: _,
        extras: _,
        patience,
        return_delay: _,
        outcomes: _,
        // Without hubs nobody tries again.
        retries: _,
        outcome_purpose: _,
        cycles: _,
        next: _,
        screening: _,
        ranks: _,
        preempts,
        sorts,
        // Told by the rules for closing and closures.
        keeps_order: _,
        is_plain,
        varies: _,
        has_one_way: _,
        needs,
        breakdown,
        day_effect,
        odds_effect,
        escort,
    } = plan;
    let is_fifo = queue.discipline == Discipline::Fifo && !preempts && !sorts && *is_plain;
    let closing = calendar.is_none() || (*at_close == AtClose::Finish && *queue_at_close == QueueAtClose::Hold);
    let closure = !closures || (*at_closure == AtClosure::Finish && *queue_at_closure == QueueAtClosure::Hold);
    let is_plain = capacity.is_none() && patience.is_none() && needs.is_empty() && breakdown.is_none() && escort.is_none();
    let is_even = day_effect.is_none() && odds_effect.is_none();
    is_fifo && closing && closure && is_plain && is_even && *serves == Flow::Trucks
}

/// Where a truck may go from a stage.
pub(super) fn ways(plan: &StagePlan) -> impl Iterator<Item = Way> + '_ {
    let by_chance = plan.outcomes.iter().flatten().map(|(_, (way, _))| *way);
    let in_turn = plan.cycles.iter().map(|(_, (way, _))| *way);
    by_chance.chain(in_turn).chain([plan.next])
}

/// The stages so that each comes after all that lead to it; none where trucks may come back.
fn in_order(stages: &[StagePlan]) -> Option<Vec<usize>> {
    let leads = |from: usize, to: usize| ways(&stages[from]).any(|way| way == Way::Stage(StageId(to)));
    let mut order: Vec<usize> = Vec::with_capacity(stages.len());
    while order.len() < stages.len() {
        let is_next = |stage: &usize| {
            let left = |from: &usize| !order.contains(from);
            !order.contains(stage) && (0..stages.len()).filter(left).all(|from| !leads(from, *stage))
        };
        let next = (0..stages.len()).find(is_next)?;
        order.push(next);
    }
    Some(order)
}
