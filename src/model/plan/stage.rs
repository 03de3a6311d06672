//! A stage compiled: laws and probabilities by cargo.

use crate::random::{Law, Purpose};
use crate::scenario::{CargoId, LawByCargo, OutcomeRule, ProbabilityByCargo, Scenario, Stage, Target};
use crate::time::Duration;

/// A stage as the engine needs it.
#[derive(Clone, Debug)]
pub(in crate::model) struct StagePlan {
    /// `u32::MAX`: unlimited.
    pub(in crate::model) lanes: u32,
    pub(in crate::model) capacity: Option<u32>,
    pub(in crate::model) calendar: Option<usize>,
    pub(in crate::model) last_start: Duration,
    /// By cargo.
    pub(in crate::model) service: Vec<Law>,
    pub(in crate::model) service_purpose: Purpose,
    pub(in crate::model) extras: Vec<ExtraPlan>,
    pub(in crate::model) patience: Option<(Law, Purpose)>,
    pub(in crate::model) return_delay: Option<(Law, Purpose)>,
    /// By cargo: ways with the upper ends of their probabilities.
    pub(in crate::model) outcomes: Vec<Vec<(f64, Way)>>,
    pub(in crate::model) outcome_purpose: Purpose,
    /// Ways that every so-manieth truck takes.
    pub(in crate::model) cycles: Vec<(u32, Way)>,
    pub(in crate::model) next: Way,
    /// By cargo: probability that screening rejects the truck here; empty where nothing is screened.
    pub(in crate::model) screening: Vec<f64>,
    /// Number of priority classes.
    pub(in crate::model) ranks: usize,
}

/// Extra time in the lane.
#[derive(Clone, Debug)]
pub(in crate::model) struct ExtraPlan {
    /// By cargo.
    pub(in crate::model) probability: Vec<f64>,
    pub(in crate::model) time: Law,
    pub(in crate::model) purpose: Purpose,
}

/// A way on.
pub(in crate::model) type Way = Target;

impl StagePlan {
    pub(in crate::model) fn compile(stage: &Stage, scenario: &Scenario) -> StagePlan {
        let name = &stage.name;
        let cargos = scenario.cargos.len();
        let purpose = |what: &str| Purpose::named(&format!("stage.{name}.{what}"));
        StagePlan {
            lanes: stage.lanes.unwrap_or(u32::MAX),
            capacity: stage.queue.capacity,
            calendar: stage.calendar.map(|c| c.0),
            last_start: stage.last_start,
            service: laws(&stage.service, cargos),
            service_purpose: purpose("service"),
            extras: stage
                .extras
                .iter()
                .map(|e| ExtraPlan {
                    probability: probabilities(&e.probability, cargos),
                    time: e.time.clone(),
                    purpose: purpose(&format!("extra.{}", e.name)),
                })
                .collect(),
            patience: stage.patience.clone().map(|law| (law, purpose("patience"))),
            return_delay: stage.return_delay.clone().map(|law| (law, purpose("return_delay"))),
            outcomes: (0..cargos).map(|c| outcome_ends(stage, CargoId(c))).collect(),
            outcome_purpose: purpose("outcome"),
            cycles: stage
                .outcomes
                .iter()
                .filter_map(|o| match o.rule {
                    OutcomeRule::Every(n) => Some((n, o.to)),
                    OutcomeRule::Probability(_) => None,
                })
                .collect(),
            next: stage.next,
            screening: screening(stage, scenario),
            ranks: 1 + scenario.cargos.iter().filter_map(|c| c.priority).collect::<std::collections::BTreeSet<_>>().len(),
        }
    }

    /// Whether its lanes are without limit.
    pub(in crate::model) fn unlimited(&self) -> bool {
        self.lanes == u32::MAX
    }
}

fn laws(law: &LawByCargo, cargos: usize) -> Vec<Law> {
    let of = |c: usize| law.by_cargo.iter().find(|(id, _)| id.0 == c).map_or(&law.general, |(_, own)| own);
    (0..cargos).map(|c| of(c).clone()).collect()
}

fn probabilities(p: &ProbabilityByCargo, cargos: usize) -> Vec<f64> {
    (0..cargos).map(|c| p.of(CargoId(c))).collect()
}

/// The outcomes of probability, as upper ends along the unit interval; what is left of it goes to `next`.
fn outcome_ends(stage: &Stage, cargo: CargoId) -> Vec<(f64, Way)> {
    let mut upper = 0.0;
    let mut ends = Vec::new();
    for outcome in &stage.outcomes {
        if let OutcomeRule::Probability(p) = &outcome.rule {
            upper += p.of(cargo);
            ends.push((upper, outcome.to));
        }
    }
    ends
}

fn screening(stage: &Stage, scenario: &Scenario) -> Vec<f64> {
    let shares: Vec<f64> = scenario.cargos.iter().map(|c| c.restricted).collect();
    if stage.screens && shares.iter().any(|p| *p > 0.0) { shares } else { Vec::new() }
}
