//! The design concepts of the ODD protocol: what of them the scenario has, each told from the same rules.

use super::super::content::Term;
use super::super::facts::Facts;
use super::super::said::{listed, named, term};
use super::super::{rules, system};
use super::drawn;
use crate::cli::numbers::percent;
use crate::cli::words::capitalised;
use crate::scenario::{Flow, Scenario, Stage, WhenClosed};

/// The eleven design concepts.
pub(super) fn concepts(facts: Facts) -> Vec<Term> {
    let scenario = facts.scenario();
    let collectives = if rules::has_escorts(scenario) {
        "Convoys: trucks that are dispatched together, and trucks that an escort takes together."
    } else {
        "Convoys: trucks that are dispatched together."
    };
    let counts = "by observers that change nothing; quantiles of waits are over all visits.";
    vec![
        term("basic principles", basics(scenario)),
        term(
            "emergence",
            "Queues, waits, what is delivered and what is left over follow from arrivals, lanes, hours and closures; none of them is put in.",
        ),
        term("adaptation", adaptation(scenario)),
        term("objectives", "Does not apply: nobody in the model seeks a goal."),
        term("learning", "Does not apply."),
        term("prediction", prediction(scenario)),
        term("sensing", sensing(scenario)),
        term("interaction", interaction(scenario)),
        term("stochasticity", drawn::stochasticity(facts)),
        term("collectives", collectives),
        term(
            "observation",
            match system::warm_up(scenario) {
                Some(warm_up) => format!("Everything that happens after the first {warm_up} counts, {counts}"),
                None => format!("Everything that happens counts, {counts}"),
            },
        ),
    ]
}

fn basics(scenario: &Scenario) -> String {
    let mut has = vec!["stations of several servers".to_owned(), "arrivals in batches".to_owned()];
    for (is_there, what) in [
        (
            scenario.stages.iter().any(|stage| stage.queue.capacity.is_some()),
            "yards of finite size",
        ),
        (rules::has_escorts(scenario), "service in groups"),
        (!scenario.resources.is_empty(), "shared resources"),
        (
            scenario.stages.iter().any(|stage| stage.calendar.is_some()),
            "scheduled absence of servers",
        ),
        (
            scenario.stages.iter().any(|stage| stage.breakdown.is_some()),
            "breakdowns of servers",
        ),
        (has_closures(scenario), "random interruptions"),
    ] {
        has.extend(is_there.then(|| what.to_owned()));
    }
    format!("An open network of queues, simulated event by event: {}.", listed(&has))
}

/// Whether security may close a stage.
fn has_closures(scenario: &Scenario) -> bool {
    has_responses(scenario) || has_warnings(scenario) || !scenario.closures.is_empty()
}

/// Whether the policy answers incidents: with nothing to answer, its rules do nothing.
fn has_responses(scenario: &Scenario) -> bool {
    scenario.incidents.is_some() && !(scenario.policy.responses.is_empty() && scenario.policy.triggers.is_empty())
}

/// Whether there are warnings, true or false.
fn has_warnings(scenario: &Scenario) -> bool {
    let precaution = scenario.policy.precaution.as_ref().filter(|_| scenario.incidents.is_some());
    precaution.is_some_and(|precaution| precaution.hit > 0.0 || precaution.false_alarms_per_hour > 0.0)
}

/// A rule by which somebody does otherwise when the state of the system is another: what changes, and what is known for it.
struct Rule {
    does: String,
    knows: String,
}

/// The rules that the scenario uses; adaptation and sensing are told from them alone, so that they agree.
fn rules_of(scenario: &Scenario) -> Vec<Rule> {
    of_policy(scenario)
        .into_iter()
        .chain(of_senders(scenario))
        .chain(of_trucks(scenario))
        .collect()
}

fn rule(does: impl Into<String>, knows: impl Into<String>) -> Rule {
    Rule {
        does: does.into(),
        knows: knows.into(),
    }
}

fn of_policy(scenario: &Scenario) -> Vec<Rule> {
    let mut found = Vec::new();
    if has_responses(scenario) {
        found.push(rule(
            "the policy closes lanes after incidents and opens them again, by fixed rules",
            "the policy knows each incident and its severity",
        ));
    }
    if has_warnings(scenario) {
        found.push(rule(
            "the policy closes lanes in advance, on warnings",
            "the policy hears warnings and does not know which of them are true",
        ));
    }
    if scenario.policy.diversion.is_some() && has_closures(scenario) {
        found.push(rule(
            "trucks that wait at a stage closed for long are sent another way",
            "who sends trucks another way knows how long security has closed a stage and which trucks wait there",
        ));
    }
    found
}

fn of_senders(scenario: &Scenario) -> Vec<Rule> {
    let mut found = Vec::new();
    let names = |is: &dyn Fn(&crate::scenario::ConvoyStream) -> bool| -> Vec<&str> {
        let streams = scenario.convoys.iter().filter(|stream| is(stream));
        streams.map(|stream| stream.name.as_str()).collect()
    };
    let follow = names(&|stream| stream.follows.is_some());
    if !follow.is_empty() && has_closures(scenario) {
        found.push(rule(
            format!(
                "convoys of {} are smaller while security leaves fewer lanes",
                named(follow.iter().copied())
            ),
            format!(
                "the senders of {} know the share of lanes that security leaves at a stage",
                named(follow)
            ),
        ));
    }
    let wait = names(&|stream| stream.when_closed == WhenClosed::Wait);
    if !wait.is_empty() && has_closures(scenario) {
        found.push(rule(
            format!(
                "convoys of {} wait with their departure while security closes their first stage",
                named(wait.iter().copied())
            ),
            format!("the senders of {} know whether their first stage is closed", named(wait)),
        ));
    }
    let stop: Vec<&str> = (scenario.hubs.iter())
        .filter(|hub| hub.stop_above.is_some() && hub.inflow.is_some())
        .map(|hub| hub.name.as_str())
        .collect();
    if !stop.is_empty() {
        let hubs = named(stop);
        found.push(rule(
            format!("senders send nothing to {hubs} while there is more than a stated stock"),
            format!("senders know the stock of {hubs}"),
        ));
    }
    found
}

fn of_trucks(scenario: &Scenario) -> Vec<Rule> {
    let mut found = Vec::new();
    let stages = |is: &dyn Fn(&Stage) -> bool| -> Vec<&str> {
        let found = scenario.stages.iter().filter(|stage| stage.serves == Flow::Trucks && is(stage));
        found.map(|stage| stage.name.as_str()).collect()
    };
    let leave = stages(&|stage| stage.patience.is_some());
    if !leave.is_empty() {
        let stages = named(leave);
        found.push(rule(
            format!("trucks leave the queue of {stages} when they have waited for too long"),
            format!("a truck at {stages} knows how long it has waited"),
        ));
    }
    let smaller = stages(&|stage| stage.escort.as_ref().is_some_and(|escort| escort.max_wait.is_some()));
    if !smaller.is_empty() {
        let stages = named(smaller);
        found.push(rule(
            format!("an escort at {stages} takes a smaller convoy when its oldest truck has waited for long"),
            format!("an escort at {stages} knows how many trucks wait and for how long"),
        ));
    }
    found
}

fn adaptation(scenario: &Scenario) -> String {
    let does: Vec<String> = rules_of(scenario).into_iter().map(|rule| rule.does).collect();
    if does.is_empty() {
        return "Does not apply: nobody does otherwise because of what happens.".to_owned();
    }
    format!("{}. Nobody changes what they do beyond that.", capitalised(&does.join("; ")))
}

fn sensing(scenario: &Scenario) -> String {
    let knows: Vec<String> = rules_of(scenario).into_iter().map(|rule| rule.knows).collect();
    if knows.is_empty() {
        return "Does not apply: nobody looks at the state of the system.".to_owned();
    }
    format!("{}.", capitalised(&knows.join("; ")))
}

fn prediction(scenario: &Scenario) -> String {
    let Some(precaution) = scenario.policy.precaution.as_ref().filter(|_| has_warnings(scenario)) else {
        return "Does not apply: nobody acts on what is expected.".to_owned();
    };
    let warnings = match (precaution.hit > 0.0, precaution.false_alarms_per_hour > 0.0) {
        (true, true) => format!(
            "Warnings come before {} of the incidents, and false ones too",
            percent(precaution.hit, 0)
        ),
        (true, false) => format!(
            "Warnings come before {} of the incidents, and none is false",
            percent(precaution.hit, 0)
        ),
        (false, _) => "All warnings are false".to_owned(),
    };
    format!("{warnings}; the policy acts on them. Nobody else predicts.")
}

fn interaction(scenario: &Scenario) -> String {
    let mut told = Vec::new();
    for (is_there, what) in [
        (scenario.stages.iter().any(|stage| stage.lanes.is_some()), "lanes"),
        (
            scenario.stages.iter().any(|stage| stage.queue.capacity.is_some()),
            "places in yards",
        ),
        (scenario.convoys.iter().any(|stream| stream.draw_from.is_some()), "slots of convoys"),
        (!scenario.resources.is_empty(), "units of shared resources"),
    ] {
        told.extend(is_there.then(|| what.to_owned()));
    }
    if told.is_empty() {
        "Trucks do not get in each other's way: nothing that they take is limited.".to_owned()
    } else {
        format!("Trucks compete for {}.", listed(&told))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::page::tests::world;

    const INCIDENTS: &str = r#"
[security.incidents]
process = "poisson"
rate = "0.1/d"
severity = { major = { share = 1 } }
[policy]
response = { major = { for = "2d" } }
"#;

    fn told(more: &str) -> [String; 3] {
        let scenario = world(more);
        [adaptation(&scenario), sensing(&scenario), prediction(&scenario)]
    }

    #[test]
    fn where_nobody_adapts_nobody_senses_or_predicts() {
        let told = told("");
        assert!(told.iter().all(|told| told.starts_with("Does not apply")), "{told:?}");
    }

    #[test]
    fn a_policy_adapts_and_senses_incidents_but_predicts_nothing() {
        let [adapts, senses, predicts] = told(INCIDENTS);
        assert!(adapts.starts_with("The policy closes lanes after incidents"), "{adapts}");
        assert!(senses.starts_with("The policy knows each incident"), "{senses}");
        assert!(predicts.starts_with("Does not apply"), "{predicts}");
    }

    #[test]
    fn warnings_are_sensed_acted_on_and_a_prediction() {
        let warned = format!("{INCIDENTS}\n[policy.precaution]\nhit = 0.5\nlead = \"6h\"\nfalse_alarms = \"0.1/d\"\nfor = \"12h\"\n");
        let [adapts, senses, predicts] = told(&warned);
        assert!(
            adapts.contains("on warnings") && senses.contains("hears warnings"),
            "{adapts} {senses}"
        );
        assert!(predicts.contains("before 50 % of the incidents, and false ones too"), "{predicts}");
    }

    #[test]
    fn trucks_that_leave_a_queue_know_how_long_they_waited() {
        let [adapts, senses, _] = told("patience = \"2h\"");
        assert!(
            adapts.starts_with("Trucks leave the queue of `scan`") && senses.starts_with("A truck at `scan` knows"),
            "{adapts} {senses}"
        );
    }
}
