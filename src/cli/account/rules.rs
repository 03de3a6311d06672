//! What else can happen on the way, in words: answers to escorts, interception, breakdowns, approvals, further tries.

use crate::cli::numbers::percent;
use crate::scenario::Scenario;
use crate::time::HOUR_US;

fn hours(law: &crate::random::Law) -> String {
    format!("{} h", crate::cli::numbers::fixed(law.mean() / HOUR_US as f64, 1))
}

/// The answers to requests, and interception.
pub(super) fn escorts(scenario: &Scenario) -> String {
    let told = scenario.stages.iter().filter_map(|stage| {
        let escort = stage.escort.as_deref()?;
        let clearance = &escort.clearance;
        let answers = [
            ("approved", Some(clearance.approved)),
            ("delayed", clearance.delayed.as_ref().map(|a| a.probability)),
            ("impeded", clearance.impeded.as_ref().map(|a| a.probability)),
            ("denied", clearance.denied.as_ref().map(|a| a.probability)),
            ("postponed", clearance.postponed.as_ref().map(|a| a.probability)),
            ("intercepted on the way", escort.intercepted.as_ref().map(|i| i.probability)),
        ];
        let each = answers
            .into_iter()
            .filter_map(|(answer, p)| Some((answer, p.filter(|p| *p > 0.0)?)));
        let each: Vec<String> = each.map(|(answer, p)| format!("{answer} {}", percent(p, 1))).collect();
        Some(format!("{} ({})", stage.name, each.join(", ")))
    });
    told.collect::<Vec<_>>().join("; ")
}

/// Failures of lanes.
pub(super) fn breakdowns(scenario: &Scenario) -> String {
    let told = scenario.stages.iter().filter_map(|stage| {
        let breakdown = stage.breakdown.as_ref()?;
        let (every, repair) = (hours(&breakdown.every), hours(&breakdown.repair));
        Some(format!("{}: every {every} in the mean, repaired in {repair}", stage.name))
    });
    told.collect::<Vec<_>>().join("; ")
}

/// The general approvals of organisations.
pub(super) fn approvals(scenario: &Scenario) -> String {
    let told = scenario.organisations.iter().filter_map(|organisation| {
        let approval = organisation.approval.as_ref()?;
        let (lead, refused) = (hours(&approval.lead), percent(approval.refused, 1));
        Some(format!("{} in {lead} in the mean, {refused} refused", organisation.name))
    });
    told.collect::<Vec<_>>().join("; ")
}

/// Tries after a return to a hub.
pub(super) fn retries(scenario: &Scenario) -> String {
    let told = scenario.hubs.iter().filter_map(|hub| {
        let retry = hub.retry.as_ref()?;
        let (p, delay) = (percent(retry.probability, 1), hours(&retry.delay));
        Some(format!(
            "{}: {p} of those returned, after {delay} in the mean, {} tries at most",
            hub.name, retry.tries
        ))
    });
    told.collect::<Vec<_>>().join("; ")
}
