//! The streams of one replication: one for each purpose of the plan, made at its start.

use super::plan::{Occurrences, Plan, StagePlan, StreamPlan};
use crate::random::{Ahead, InTurn, Stream};

/// Streams of random numbers by what they are for.
#[derive(Clone, Debug)]
pub(super) struct Draws {
    /// Seed and replication.
    of: (u64, u32),
    pub(super) stages: Vec<StageDraws>,
    pub(super) convoys: Vec<ConvoyDraws>,
    /// By organisation.
    pub(super) status: Vec<Stream>,
    pub(super) organisation: Ahead,
    pub(super) cargo: Ahead,
    pub(super) tonnes: Ahead,
    pub(super) pallets: Ahead,
    pub(super) shelf_life: Ahead,
    pub(super) screening: Stream,
    pub(super) reconsignment: Stream,
    pub(super) reconsignment_delay: Stream,
    pub(super) incidents: Stream,
    pub(super) severity: Stream,
    pub(super) regime: Stream,
    /// By given closure: open and closed spells.
    pub(super) spells: Vec<[Stream; 2]>,
    /// By response.
    pub(super) responses: Vec<Stream>,
    /// By trigger.
    pub(super) triggers: Vec<Stream>,
    pub(super) reopening: Stream,
    pub(super) repack: Stream,
    pub(super) approval: Stream,
    /// The first numbers of `approval`.
    pub(super) approval_lead: Ahead,
    pub(super) not_honoured: Stream,
    pub(super) retry: Stream,
    pub(super) loss: Stream,
    pub(super) warning: Stream,
    pub(super) false_alarms: Stream,
    pub(super) precaution: Stream,
    pub(super) diversion: Stream,
    pub(super) diversion_delay: Stream,
}

/// Streams of a stage.
#[derive(Clone, Debug)]
pub(super) struct StageDraws {
    pub(super) service: Ahead,
    pub(super) outcome: Ahead,
    pub(super) patience: Option<Stream>,
    pub(super) return_delay: Option<Stream>,
    pub(super) extras: Vec<Stream>,
    pub(super) breakdown: Option<Stream>,
    pub(super) day_effect: Option<Stream>,
    pub(super) odds_effect: Option<Stream>,
    pub(super) escort: Option<EscortDraws>,
}

/// Streams of an escort.
#[derive(Clone, Copy, Debug)]
pub(super) struct EscortDraws {
    pub(super) size: Stream,
    pub(super) clearance: Stream,
    pub(super) trip: Stream,
    pub(super) back: Stream,
    pub(super) vehicles_back: Stream,
    pub(super) intercepted: Stream,
    pub(super) which: Stream,
}

/// Streams of a stream of convoys.
#[derive(Clone, Debug)]
pub(super) struct ConvoyDraws {
    pub(super) gaps: InTurn,
    pub(super) size: InTurn,
    pub(super) jitter: Option<Stream>,
    pub(super) day_effect: Option<Stream>,
}

impl Draws {
    /// Streams of no replication in particular.
    pub(super) fn new(plan: &Plan) -> Draws {
        Draws::of(plan, 0, 0)
    }

    /// Points all streams to a replication.
    pub(super) fn address(&mut self, plan: &Plan, seed: u64, replication: u32) {
        *self = Draws::of(plan, seed, replication);
    }

    /// The streams of a stage anew, where it needs more of them than before: an address gives the same numbers whenever it is asked.
    pub(super) fn complete_stage(&mut self, stage: usize, plan: &StagePlan) {
        let (seed, replication) = self.of;
        self.stages[stage] = StageDraws::of(plan, seed, replication);
    }

    /// The same for all streams of convoys.
    pub(super) fn complete_convoys(&mut self, plan: &Plan) {
        let (seed, replication) = self.of;
        self.convoys.clear();
        self.convoys
            .extend(plan.streams.iter().map(|s| ConvoyDraws::of(s, seed, replication)));
    }

    fn of(plan: &Plan, seed: u64, replication: u32) -> Draws {
        let stream = |purpose| Stream::new(seed, replication, purpose);
        let ahead = |purpose| Ahead::new(&stream(purpose));
        let (general, security) = (&plan.general, &plan.security);
        Draws {
            of: (seed, replication),
            stages: plan.stages.iter().map(|s| StageDraws::of(s, seed, replication)).collect(),
            convoys: plan.streams.iter().map(|s| ConvoyDraws::of(s, seed, replication)).collect(),
            status: plan.organisations.iter().map(|o| stream(o.status_purpose)).collect(),
            organisation: ahead(general.organisation),
            cargo: ahead(general.cargo),
            tonnes: ahead(general.tonnes),
            pallets: ahead(general.pallets),
            shelf_life: ahead(general.shelf_life),
            screening: stream(general.screening),
            reconsignment: stream(general.reconsignment),
            reconsignment_delay: stream(general.reconsignment_delay),
            incidents: stream(security.incident_purpose),
            severity: stream(security.severity_purpose),
            regime: stream(security.regime_purpose),
            spells: security.spell_purposes.iter().map(|pair| pair.map(stream)).collect(),
            responses: security.response_purposes.iter().map(|p| stream(*p)).collect(),
            triggers: security.trigger_purposes.iter().map(|p| stream(*p)).collect(),
            reopening: stream(security.reopening_purpose),
            repack: stream(general.repack),
            approval: stream(general.approval),
            approval_lead: ahead(general.approval),
            not_honoured: stream(general.not_honoured),
            retry: stream(general.retry),
            loss: stream(general.loss),
            warning: stream(security.warning_purpose),
            false_alarms: stream(security.false_alarm_purpose),
            precaution: stream(security.precaution_purpose),
            diversion: stream(security.diversion_purpose),
            diversion_delay: stream(security.diversion_delay_purpose),
        }
    }
}

impl StageDraws {
    fn of(plan: &StagePlan, seed: u64, replication: u32) -> StageDraws {
        let stream = |purpose| Stream::new(seed, replication, purpose);
        let ahead = |purpose| Ahead::new(&stream(purpose));
        StageDraws {
            service: ahead(plan.service_purpose),
            outcome: ahead(plan.outcome_purpose),
            patience: plan.patience.as_ref().map(|(_, p)| stream(*p)),
            return_delay: plan.return_delay.as_ref().map(|(_, p)| stream(*p)),
            extras: plan.extras.iter().map(|e| stream(e.purpose)).collect(),
            breakdown: plan.breakdown.as_ref().map(|b| stream(b.purpose)),
            day_effect: plan.day_effect.map(|e| stream(e.purpose)),
            odds_effect: plan.odds_effect.map(|e| stream(e.purpose)),
            escort: plan.escort.as_ref().map(|e| EscortDraws {
                size: stream(e.purposes.size),
                clearance: stream(e.purposes.clearance),
                trip: stream(e.purposes.trip),
                back: stream(e.purposes.back),
                vehicles_back: stream(e.purposes.vehicles_back),
                intercepted: stream(e.purposes.intercepted),
                which: stream(e.purposes.which),
            }),
        }
    }
}

impl ConvoyDraws {
    fn of(plan: &StreamPlan, seed: u64, replication: u32) -> ConvoyDraws {
        let stream = |purpose| Stream::new(seed, replication, purpose);
        ConvoyDraws {
            gaps: InTurn::new(&stream(plan.gap_purpose)),
            size: InTurn::new(&stream(plan.size_purpose)),
            jitter: match &plan.occurrences {
                Occurrences::Schedule { jitter: Some((_, p)), .. } => Some(stream(*p)),
                _ => None,
            },
            day_effect: plan.day_effect.map(|e| stream(e.purpose)),
        }
    }
}
