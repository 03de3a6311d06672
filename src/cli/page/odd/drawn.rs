//! What chance decides in a scenario: only that of which a number is really drawn.

use super::super::facts::Facts;
use super::super::said::listed;
use crate::random::Law;
use crate::scenario::{
    Approval, Arrivals, BarredAction, ClosureProcess, Escort, IncidentProcess, LawByCargo, Mix, Moment, OutcomeRule, Policy,
    ProbabilityByCargo, RegimeStart, Retry, Scenario, Stage, Status,
};

/// What is drawn, and what is not.
pub(super) fn stochasticity(facts: Facts) -> String {
    let drawn = drawn(facts.scenario());
    let shared = if facts.has_several() {
        ", with the same random numbers in all alternatives"
    } else {
        ""
    };
    if drawn.is_empty() {
        "Does not apply: nothing is drawn, every number of the scenario is fixed.".to_owned()
    } else {
        format!(
            "Drawn are {}{shared}. What the scenario states as one number is fixed.",
            listed(&drawn)
        )
    }
}

/// What is drawn, by name.
fn drawn(scenario: &Scenario) -> Vec<String> {
    let found = supply(scenario).into_iter().chain(way(scenario)).chain(security(scenario));
    let found = found.chain([(developments(scenario), "developments, their instants or their sizes")]);
    found.filter(|(is_drawn, _)| *is_drawn).map(|(_, what)| what.to_owned()).collect()
}

fn varies(law: &Law) -> bool {
    law.as_constant().is_none()
}

/// Whether a probability leaves something to chance.
fn is_open(probability: f64) -> bool {
    probability > 0.0 && probability < 1.0
}

/// Whether of several with these shares one must be drawn.
fn several(shares: impl Iterator<Item = f64>) -> bool {
    shares.filter(|share| *share > 0.0).count() > 1
}

fn mixes<Id>(mix: &Mix<Id>) -> bool {
    match mix {
        Mix::Shares(shares) => several(shares.iter().map(|(_, share)| *share)),
        Mix::Cycle(_) => false,
    }
}

fn instants(arrivals: &Arrivals) -> bool {
    match arrivals {
        Arrivals::Poisson { per_hour, .. } => *per_hour > 0.0,
        Arrivals::Renewal { every } => varies(every),
        Arrivals::Schedule { jitter, .. } => jitter.as_ref().is_some_and(varies),
        Arrivals::Trace(_) => false,
    }
}

/// Arrivals, sizes and loads.
fn supply(scenario: &Scenario) -> Vec<(bool, &'static str)> {
    let streams = || scenario.convoys.iter();
    let hubs = || scenario.hubs.iter();
    let groups = || scenario.travellers.iter();
    let is_recorded = |arrivals: &Arrivals| matches!(arrivals, Arrivals::Trace(_));
    // A load gets its goods and its sender where it enters the model: at a hub, else at dispatch.
    let senders = several(scenario.organisations.iter().map(|one| one.share));
    let own_goods = scenario
        .organisations
        .iter()
        .any(|one| one.share > 0.0 && several(one.cargo.iter().map(|(_, share)| *share)));
    let of_hub = |organisations: bool| {
        hubs().any(|hub| {
            if organisations {
                hub.organisation.as_ref().map_or(senders, mixes)
            } else {
                hub.cargo.as_ref().map_or(own_goods, mixes)
            }
        })
    };
    let recorded = |stream: &crate::scenario::ConvoyStream, is: fn(&crate::scenario::TraceConvoy) -> bool| match &stream.arrivals {
        Arrivals::Trace(rows) => rows.iter().all(is),
        _ => false,
    };
    let direct = || streams().filter(|stream| stream.draw_from.is_none());
    let organisations = direct()
        .any(|stream| !recorded(stream, |row| row.organisation.is_some()) && stream.organisation.as_ref().map_or(senders, mixes))
        || of_hub(true);
    let goods = direct().any(|stream| !recorded(stream, |row| row.cargo.is_some()) && stream.cargo.as_ref().map_or(own_goods, mixes))
        || of_hub(false);
    let approvals = || {
        scenario
            .organisations
            .iter()
            .flat_map(|one| one.approval.iter().chain(one.approval_for.iter().map(|(_, own)| own)))
    };
    vec![
        (streams().any(|stream| instants(&stream.arrivals)), "instants at which convoys come"),
        (
            streams().any(|stream| !is_recorded(&stream.arrivals) && stream.size.as_constant().is_none()),
            "numbers of trucks in convoys",
        ),
        (
            hubs().any(|hub| hub.inflow.as_ref().is_some_and(instants)),
            "instants at which loads come to hubs",
        ),
        (
            hubs().any(|hub| hub.inflow.as_ref().is_some_and(|inflow| !is_recorded(inflow)) && hub.batch.as_constant().is_none()),
            "numbers of loads that come together",
        ),
        (groups().any(|group| instants(&group.arrivals)), "instants at which travellers come"),
        (
            groups().any(|group| !is_recorded(&group.arrivals) && group.size.as_constant().is_none()),
            "numbers of travellers in groups",
        ),
        (goods, "goods of trucks"),
        (organisations, "organisations of trucks"),
        (
            scenario.cargos.iter().any(|cargo| varies(&cargo.tonnes) || varies(&cargo.pallets)),
            "loads of trucks",
        ),
        (
            scenario.cargos.iter().any(|cargo| cargo.shelf_life.as_ref().is_some_and(varies)),
            "times after which goods expire",
        ),
        (
            approvals().any(of_approval),
            "answers to requests before dispatch and how long they take",
        ),
        (restrictions(scenario), "what becomes of organisations and trucks that are barred"),
        (
            hubs().filter_map(|hub| hub.retry.as_ref()).any(of_retry),
            "whether and when returned trucks try again",
        ),
    ]
}

fn of_approval(approval: &Approval) -> bool {
    varies(&approval.lead) || is_open(approval.refused) || is_open(approval.not_honoured)
}

fn of_retry(retry: &Retry) -> bool {
    is_open(retry.probability) || retry.probability > 0.0 && varies(&retry.delay)
}

fn restrictions(scenario: &Scenario) -> bool {
    let decided = scenario
        .organisations
        .iter()
        .any(|one| matches!(one.status, Status::RegisteredWith { probability, .. } if is_open(probability)));
    let has_barred = scenario.organisations.iter().any(|one| one.status != Status::Registered);
    let moved = match &scenario.restrictions.barred {
        BarredAction::Reconsign { delay, success, .. } => has_barred && (varies(delay) || is_open(*success)),
        BarredAction::Refuse | BarredAction::Hold => false,
    };
    decided || moved
}

/// What happens at the stages.
fn way(scenario: &Scenario) -> Vec<(bool, &'static str)> {
    let any = |is: fn(&Stage) -> bool| scenario.stages.iter().any(is);
    let escort = |is: fn(&Escort) -> bool| {
        scenario
            .stages
            .iter()
            .filter_map(|stage| stage.escort.as_ref())
            .any(|escort| is(escort))
    };
    let screens = scenario.stages.iter().any(|stage| stage.screens);
    let day = scenario
        .convoys
        .iter()
        .any(|stream| stream.day_effect.is_some_and(|effect| effect.cv > 0.0));
    vec![
        (
            any(|stage| stage.escort.is_none() && of_service(&stage.service)),
            "times of services",
        ),
        (any(of_extras), "further searches and their times"),
        (any(of_outcomes), "which trucks leave a stage by another way"),
        (
            screens && scenario.cargos.iter().any(|cargo| is_open(cargo.restricted)),
            "which trucks are found with goods that are not allowed",
        ),
        (
            any(|stage| stage.patience.as_ref().is_some_and(varies)),
            "how long trucks are willing to wait",
        ),
        (
            any(|stage| {
                stage
                    .breakdown
                    .as_ref()
                    .is_some_and(|breakdown| varies(&breakdown.every) || varies(&breakdown.repair))
            }),
            "breakdowns and repairs of lanes",
        ),
        (
            any(|stage| stage.day_effect.is_some_and(|effect| effect.cv > 0.0) || stage.outcome_odds_cv > 0.0) || day,
            "factors that all of a day share",
        ),
        (
            escort(|escort| varies(&escort.trip) || varies(&escort.return_time)),
            "times of escorted trips",
        ),
        (
            escort(|escort| escort.size_max.as_constant().is_none()),
            "greatest sizes of escorted convoys",
        ),
        (escort(of_clearance), "answers to requests for an escorted trip"),
        (
            escort(|escort| {
                escort
                    .intercepted
                    .as_ref()
                    .is_some_and(|what| is_open(what.probability) || what.probability > 0.0 && varies(&what.share))
            }),
            "interceptions on the way",
        ),
    ]
}

fn of_service(service: &LawByCargo) -> bool {
    varies(&service.general) || service.by_cargo.iter().any(|(_, law)| varies(law))
}

/// Whether for some goods a probability leaves something to chance.
fn of_some(probability: &ProbabilityByCargo, is: fn(f64) -> bool) -> bool {
    is(probability.general) || probability.by_cargo.iter().any(|(_, own)| is(*own))
}

fn of_extras(stage: &Stage) -> bool {
    (stage.extras.iter())
        .any(|extra| of_some(&extra.probability, is_open) || of_some(&extra.probability, |p| p > 0.0) && varies(&extra.time))
}

fn of_outcomes(stage: &Stage) -> bool {
    stage.outcomes.iter().any(|outcome| match &outcome.rule {
        OutcomeRule::Probability(probability) => of_some(probability, is_open),
        OutcomeRule::Every(_) => false,
    })
}

fn of_clearance(escort: &Escort) -> bool {
    let clearance = &escort.clearance;
    is_open(clearance.approved)
        || clearance
            .delayed
            .as_ref()
            .is_some_and(|delayed| is_open(delayed.probability) || delayed.probability > 0.0 && varies(&delayed.by))
        || [&clearance.denied, &clearance.postponed]
            .into_iter()
            .flatten()
            .any(|denied| is_open(denied.probability) || denied.probability > 0.0 && varies(&denied.retry))
        || clearance.impeded.as_ref().is_some_and(|impeded| is_open(impeded.probability))
}

/// Incidents, closures, warnings.
fn security(scenario: &Scenario) -> Vec<(bool, &'static str)> {
    let process = scenario.incidents.as_ref().map(|incidents| &incidents.process);
    let severities = || scenario.incidents.iter().flat_map(|incidents| &incidents.severities);
    let (instants, regimes) = match process {
        None | Some(IncidentProcess::Trace(_)) => (false, false),
        Some(IncidentProcess::Poisson { per_hour }) => (*per_hour > 0.0, false),
        Some(IncidentProcess::Hawkes { base_per_hour, .. }) => (*base_per_hour > 0.0, false),
        Some(IncidentProcess::Regimes { regimes, start }) => (
            regimes.iter().any(|regime| regime.per_hour > 0.0),
            regimes.len() > 1 || *start == RegimeStart::Stationary && regimes.len() > 1,
        ),
    };
    let policy = &scenario.policy;
    let has_incidents = scenario.incidents.is_some();
    let warnings = policy.precaution.as_ref().filter(|_| has_incidents);
    let given = |process: &ClosureProcess| match process {
        ClosureProcess::Renewal { open, closed, .. } => varies(open) || varies(closed),
        ClosureProcess::Spells(_) => false,
    };
    vec![
        (instants, "instants of incidents"),
        (
            instants && several(severities().map(|severity| severity.share)),
            "severities of incidents",
        ),
        (regimes, "regimes of security"),
        (severities().any(|severity| is_open(severity.loss)), "which loads incidents destroy"),
        (
            has_incidents && of_policy(policy),
            "lengths of closures and of the steps of reopening",
        ),
        (
            warnings.is_some_and(|warnings| is_open(warnings.hit) || warnings.false_alarms_per_hour > 0.0),
            "warnings, true and false",
        ),
        (
            scenario.closures.iter().any(|closure| given(&closure.process)),
            "spells of given closures",
        ),
    ]
}

fn of_policy(policy: &Policy) -> bool {
    let responses = policy.responses.iter().map(|(_, response)| &response.length);
    let triggers = policy.triggers.iter().map(|trigger| &trigger.length);
    let reopening = policy.reopening.iter().map(|step| &step.length);
    let precaution = policy.precaution.iter().map(|precaution| &precaution.length);
    responses.chain(triggers).chain(reopening).chain(precaution).any(varies)
}

fn developments(scenario: &Scenario) -> bool {
    let late = |moment: &Moment| moment.delay.as_ref().is_some_and(varies);
    let drivers = scenario.drivers.iter().any(|driver| {
        driver.probability > 0.0
            && (is_open(driver.probability)
                || late(&driver.when)
                || driver.lasts.as_ref().is_some_and(varies)
                || driver.effects.iter().filter_map(|effect| effect.size()).any(varies))
    });
    let troops = scenario
        .contingents
        .iter()
        .any(|one| is_open(one.probability) || one.probability > 0.0 && late(&one.arrives));
    drivers || troops
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::page::tests::world;

    fn told(more: &str) -> String {
        drawn(&world(more)).join(", ")
    }

    #[test]
    fn where_every_number_is_fixed_nothing_is_drawn() {
        assert_eq!(told(""), "");
        assert_eq!(
            told("outcome = { sent = { every = 10, to = \"returned\" } }"),
            "",
            "every tenth is counted"
        );
    }

    #[test]
    fn what_has_one_possible_value_is_not_drawn() {
        let driver =
            |p: &str| format!("[driver.d]\nprobability = {p}\neffects = [{{ parameter = \"stage.scan.service\", multiply = 0.5 }}]");
        assert_eq!(told(&driver("1")), "");
        assert_eq!(told(&driver("0.5")), "developments, their instants or their sizes");
        assert_eq!(told("[cargo.medical]\nload = { tonnes = 10 }"), "", "nobody sends it");
    }

    #[test]
    fn what_is_drawn_is_told_by_name() {
        assert_eq!(
            told("outcome = { sent = { probability = 0.1, to = \"returned\" } }"),
            "which trucks leave a stage by another way"
        );
        assert_eq!(
            told("patience = { dist = \"exponential\", mean = \"2h\" }"),
            "how long trucks are willing to wait"
        );
    }
}
