//! A stage compiled: laws and probabilities by cargo.

use super::corridor::EscortPlan;
use crate::random::{Law, Purpose, QuickLaw};
use crate::scenario::{
    AtClose, AtClosure, AtFailure, Breakdown, CargoId, DayEffect, Discipline, FailureClock, LawByCargo, OutcomeRule, ProbabilityByCargo,
    Retry, Scenario, Stage, Target,
};
use crate::time::Duration;

/// A stage as the engine needs it.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "facts about a stage that do not exclude each other")]
pub(in crate::model) struct StagePlan {
    /// `u32::MAX`: unlimited.
    pub(in crate::model) lanes: u32,
    pub(in crate::model) capacity: Option<u32>,
    pub(in crate::model) calendar: Option<usize>,
    pub(in crate::model) last_start: Duration,
    /// By cargo.
    pub(in crate::model) service: Vec<QuickLaw>,
    pub(in crate::model) service_purpose: Purpose,
    pub(in crate::model) extras: Vec<ExtraPlan>,
    pub(in crate::model) patience: Option<(Law, Purpose)>,
    pub(in crate::model) return_delay: Option<(Law, Purpose)>,
    /// By cargo: ways with the upper ends of their probabilities, and the places of their outcomes.
    pub(in crate::model) outcomes: Vec<Vec<(f64, (Way, u16))>>,
    /// By outcome of the scenario, its own rule for trying again.
    pub(in crate::model) retries: Vec<Option<Retry>>,
    pub(in crate::model) outcome_purpose: Purpose,
    /// Ways that every so-manieth truck takes.
    pub(in crate::model) cycles: Vec<(u32, (Way, u16))>,
    pub(in crate::model) next: Way,
    /// By cargo: probability that screening rejects the truck here; empty where nothing is screened.
    pub(in crate::model) screening: Vec<f64>,
    /// Number of priority classes.
    pub(in crate::model) ranks: usize,
    pub(in crate::model) preempts: bool,
    /// The place in the queue depends on the kind of goods.
    pub(in crate::model) sorts: bool,
    /// Services may be stopped, so the order in which they began is kept.
    pub(in crate::model) keeps_order: bool,
    /// Who starts is decided by the queue, the lanes and their hours alone, and who has started goes on to the end.
    pub(in crate::model) is_plain: bool,
    /// To the service time come extra times or a factor of the day.
    pub(in crate::model) varies: bool,
    /// Every truck goes on to `next`.
    pub(in crate::model) has_one_way: bool,
    /// Units of resources that a truck takes, each with the stage at whose end it gives them back.
    pub(in crate::model) needs: Vec<(u16, u32, u16)>,
    pub(in crate::model) breakdown: Option<BreakdownPlan>,
    /// Of the services of a day.
    pub(in crate::model) day_effect: Option<DayFactor>,
    /// Of the odds of a day's outcomes.
    pub(in crate::model) odds_effect: Option<DayFactor>,
    pub(in crate::model) escort: Option<Box<EscortPlan>>,
}

/// Failures of lanes.
#[derive(Clone, Debug)]
pub(in crate::model) struct BreakdownPlan {
    pub(in crate::model) every: Law,
    pub(in crate::model) repair: Law,
    /// Both are drawn from one stream.
    pub(in crate::model) purpose: Purpose,
    pub(in crate::model) by_busy_time: bool,
    pub(in crate::model) at_failure: AtFailure,
}

/// A lognormal factor of mean 1 for each calendar day.
#[derive(Clone, Copy, Debug)]
pub(in crate::model) struct DayFactor {
    /// Standard deviation of its logarithm.
    pub(in crate::model) sigma: f64,
    pub(in crate::model) autocorrelation: f64,
    pub(in crate::model) purpose: Purpose,
}

impl DayFactor {
    pub(in crate::model) fn compile(cv: f64, autocorrelation: f64, purpose: impl FnOnce() -> Purpose) -> Option<DayFactor> {
        (cv > 0.0).then(|| DayFactor {
            sigma: libm::log(1.0 + cv * cv).sqrt(),
            autocorrelation,
            purpose: purpose(),
        })
    }
}

/// Extra time in the lane.
#[derive(Clone, Debug)]
pub(in crate::model) struct ExtraPlan {
    /// By cargo.
    pub(in crate::model) probability: Vec<f64>,
    pub(in crate::model) time: QuickLaw,
    pub(in crate::model) purpose: Purpose,
}

/// A way on.
pub(in crate::model) type Way = Target;

impl StagePlan {
    /// `before`: the same stage as it was, whose tables of laws are adapted where they can be.
    pub(in crate::model) fn compile(stage: &Stage, scenario: &Scenario, before: Option<&StagePlan>) -> StagePlan {
        let name = &stage.name;
        // Travellers have no goods; they are looked up as the first kind.
        let cargos = scenario.cargos.len().max(1);
        let keeps_order = stage.at_closure != AtClosure::Finish
            || stage.at_close != AtClose::Finish
            || stage.breakdown.is_some()
            || stage.queue.discipline == Discipline::PreemptivePriority;
        let purpose = |what: &str| Purpose::named(&format!("stage.{name}.{what}"));
        StagePlan {
            lanes: stage.lanes.unwrap_or(u32::MAX),
            capacity: stage.queue.capacity,
            calendar: stage.calendar.map(|c| c.0),
            last_start: stage.last_start,
            service: laws(&stage.service, cargos, before),
            service_purpose: before.map_or_else(|| purpose("service"), |b| b.service_purpose),
            extras: stage
                .extras
                .iter()
                .enumerate()
                .map(|(i, e)| ExtraPlan {
                    probability: probabilities(&e.probability, cargos),
                    time: quick(&e.time, before.and_then(|b| b.extras.get(i)).map(|old| &old.time)),
                    purpose: purpose(&format!("extra.{}", e.name)),
                })
                .collect(),
            patience: stage.patience.clone().map(|law| (law, purpose("patience"))),
            return_delay: stage.return_delay.clone().map(|law| (law, purpose("return_delay"))),
            outcomes: (0..cargos).map(|c| outcome_ends(stage, CargoId(c))).collect(),
            outcome_purpose: before.map_or_else(|| purpose("outcome"), |b| b.outcome_purpose),
            cycles: stage
                .outcomes
                .iter()
                .enumerate()
                .filter_map(|(i, o)| match o.rule {
                    OutcomeRule::Every(n) => Some((n, (o.to, i as u16))),
                    OutcomeRule::Probability(_) => None,
                })
                .collect(),
            retries: stage.outcomes.iter().map(|o| o.retry.clone()).collect(),
            next: stage.next,
            screening: screening(stage, scenario),
            ranks: 1 + scenario
                .cargos
                .iter()
                .filter_map(|c| c.priority)
                .collect::<std::collections::BTreeSet<_>>()
                .len(),
            preempts: stage.queue.discipline == Discipline::PreemptivePriority,
            sorts: matches!(stage.queue.discipline, Discipline::Priority | Discipline::PreemptivePriority)
                || scenario.policy.window.is_some(),
            keeps_order,
            varies: !stage.extras.is_empty() || stage.day_effect.is_some(),
            is_plain: !keeps_order && stage.escort.is_none() && stage.needs.is_empty() && stage.queue.capacity.is_none(),
            has_one_way: stage.outcomes.is_empty() && screening(stage, scenario).is_empty(),
            needs: stage
                .needs
                .iter()
                .map(|n| (n.resource.0 as u16, n.units, n.released_after.0 as u16))
                .collect(),
            breakdown: stage.breakdown.as_ref().map(|b| breakdown(b, purpose("breakdown"))),
            day_effect: day_factor(stage.day_effect, || purpose("day_effect")),
            odds_effect: DayFactor::compile(stage.outcome_odds_cv, stage.day_effect.map_or(0.0, |e| e.autocorrelation), || {
                purpose("day_effect.outcome_odds")
            }),
            escort: stage
                .escort
                .as_ref()
                .map(|e| Box::new(EscortPlan::compile(e, name, before.and_then(|b| b.escort.as_deref())))),
        }
    }

    /// Whether its lanes are without limit.
    pub(in crate::model) fn unlimited(&self) -> bool {
        self.lanes == u32::MAX
    }
}

fn breakdown(breakdown: &Breakdown, purpose: Purpose) -> BreakdownPlan {
    BreakdownPlan {
        every: breakdown.every.clone(),
        repair: breakdown.repair.clone(),
        purpose,
        by_busy_time: breakdown.clock == FailureClock::Busy,
        at_failure: breakdown.at_failure,
    }
}

pub(in crate::model) fn day_factor(effect: Option<DayEffect>, purpose: impl FnOnce() -> Purpose) -> Option<DayFactor> {
    effect.and_then(|e| DayFactor::compile(e.cv, e.autocorrelation, purpose))
}

fn laws(law: &LawByCargo, cargos: usize, before: Option<&StagePlan>) -> Vec<QuickLaw> {
    let own = |c: usize| law.by_cargo.iter().find(|(id, _)| id.0 == c).map(|(_, own)| own);
    let old = |c: usize| before.and_then(|b| b.service.get(c));
    // All kinds of goods without a law of their own share one table.
    let first = (0..cargos).find(|c| own(*c).is_none());
    let general = first.map(|c| quick(&law.general, old(c)));
    (0..cargos)
        .filter_map(|c| own(c).map(|own| quick(own, old(c))).or_else(|| general.clone()))
        .collect()
}

/// A law with its table: that of the law as it was, adapted, or one of its own.
fn quick(law: &Law, before: Option<&QuickLaw>) -> QuickLaw {
    before.map_or_else(|| law.quick(), |old| old.changed_to(law))
}

fn probabilities(p: &ProbabilityByCargo, cargos: usize) -> Vec<f64> {
    (0..cargos).map(|c| p.of(CargoId(c))).collect()
}

/// The outcomes of probability, as upper ends along the unit interval; what is left of it goes to `next`.
fn outcome_ends(stage: &Stage, cargo: CargoId) -> Vec<(f64, (Way, u16))> {
    let mut upper = 0.0;
    let mut ends = Vec::new();
    for (i, outcome) in stage.outcomes.iter().enumerate() {
        if let OutcomeRule::Probability(p) = &outcome.rule {
            upper += p.of(cargo);
            ends.push((upper, (outcome.to, i as u16)));
        }
    }
    ends
}

/// By cargo, the probability that a stage rejects it; empty where nothing is screened.
pub(in crate::model) fn screening(stage: &Stage, scenario: &Scenario) -> Vec<f64> {
    let shares: Vec<f64> = scenario.cargos.iter().map(|c| c.restricted).collect();
    if stage.screens && shares.iter().any(|p| *p > 0.0) {
        shares
    } else {
        Vec::new()
    }
}
