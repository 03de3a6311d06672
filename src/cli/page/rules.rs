//! The rules by which a scenario runs, in words: only those that it uses.

use super::said::named;
use super::system;
use crate::scenario::{Arrivals, BarredAction, Discipline, Flow, IncidentProcess, Scenario, Status, WhenFull};

/// How the model goes on, from dispatch to the ends; a sentence each.
pub(super) fn process(scenario: &Scenario) -> Vec<String> {
    let mut told = Vec::new();
    if scenario.hubs.is_empty() {
        told.push("Streams dispatch convoys; the goods, organisation and load of each truck are drawn at dispatch.");
    } else {
        told.push("Loads come to hubs; the convoys that draw from a hub take as many loads as they have slots, or as many as are there.");
    }
    told.push(
        "At each stage of the route a truck waits for a free lane, is served, and goes on to the next stage or leaves by an outcome.",
    );
    if has_escorts(scenario) {
        told.push("At an escort trucks gather, ask for clearance and go on together; requests may be delayed, denied or postponed.");
    }
    if scenario.incidents.is_some() {
        told.push("Incidents happen by a process of their own, the same whatever the policy; the policy answers them with closures.");
    }
    if !scenario.closures.is_empty() {
        told.push("Given closures hold whatever the policy.");
    }
    if !scenario.drivers.is_empty() || !scenario.contingents.is_empty() {
        told.push("Developments change parameters while the model runs; what is drawn from then on uses the changed values.");
    }
    if !scenario.travellers.is_empty() {
        told.push("Travellers pass stages of their own under the same hours and closures.");
    }
    told.into_iter().map(str::to_owned).collect()
}

/// The order of what falls on one instant.
pub(super) const ORDER: &str = "The clock jumps from event to event, in whole microseconds. What falls on one instant happens in a fixed \
     order: observations; opening and closing hours, steps of developments, the turn of the day; incidents, then closures and reopenings; ends of \
     services, trips and repairs; returns, batches and answers to requests; convoys; deadlines. Within a class it is the order in which it was scheduled.";

/// The rules that mimic how things are decided or come about, as far as the scenario uses them.
pub(super) fn algorithms(scenario: &Scenario) -> Vec<String> {
    let mut told = Vec::new();
    told.extend(arrivals(scenario));
    told.extend(stages(scenario));
    told.extend(senders(scenario));
    told.extend(security(scenario));
    told.extend(developments(scenario));
    told
}

fn arrivals(scenario: &Scenario) -> Vec<String> {
    let mut told = Vec::new();
    let streams = scenario.convoys.iter().map(|stream| (stream.name.as_str(), &stream.arrivals));
    let hubs = scenario
        .hubs
        .iter()
        .filter_map(|hub| Some((hub.name.as_str(), hub.inflow.as_ref()?)));
    let groups = scenario.travellers.iter().map(|stream| (stream.name.as_str(), &stream.arrivals));
    let all: Vec<(&str, &Arrivals)> = streams.chain(hubs).chain(groups).collect();
    let mut of_kind = |is: fn(&Arrivals) -> bool, how: &str| {
        let names: Vec<&str> = all.iter().filter(|(_, arrivals)| is(arrivals)).map(|(name, _)| *name).collect();
        if !names.is_empty() {
            told.push(format!("Arrivals of {}: {how}.", named(names)));
        }
    };
    of_kind(
        |a| matches!(a, Arrivals::Poisson { profile: None, .. }),
        "a Poisson process, with exponential gaps",
    );
    of_kind(
        |a| matches!(a, Arrivals::Poisson { profile: Some(_), .. }),
        "a Poisson process whose rate is constant within an hour, made exactly",
    );
    of_kind(|a| matches!(a, Arrivals::Renewal { .. }), "independent gaps");
    of_kind(
        |a| matches!(a, Arrivals::Schedule { .. }),
        "a timetable, with a random delay where one is stated",
    );
    of_kind(|a| matches!(a, Arrivals::Trace(_)), "as recorded in a data file");
    let correlated = scenario.convoys.iter().filter(|stream| stream.autocorrelation.abs() > 0.0);
    let correlated: Vec<&str> = correlated.map(|stream| stream.name.as_str()).collect();
    if !correlated.is_empty() {
        told.push(format!(
            "Successive sizes of {} are correlated by a Gaussian autoregression of their normal scores, which keeps their law.",
            named(correlated)
        ));
    }
    let follows = scenario.convoys.iter().filter(|stream| stream.follows.is_some());
    let follows: Vec<&str> = follows.map(|stream| stream.name.as_str()).collect();
    if !follows.is_empty() {
        told.push(format!(
            "Sizes of {} are multiplied by the share of lanes that security leaves at a stage, rounded half up.",
            named(follows)
        ));
    }
    told
}

fn stages(scenario: &Scenario) -> Vec<String> {
    let mut told = Vec::new();
    let stages = || scenario.stages.iter();
    told.extend(system::closings(scenario));
    if stages().any(|stage| stage.queue.capacity.is_some() && stage.queue.when_full == WhenFull::Block) {
        told.push("A full yard blocks after service: the truck keeps its lane until there is a place.".to_owned());
    }
    if stages().any(|stage| stage.queue.discipline == Discipline::PreemptivePriority) {
        told.push("Preemption resumes: an interrupted service goes on with what remained.".to_owned());
    }
    if stages().any(|stage| stage.breakdown.is_some()) {
        told.push("Each lane with breakdowns fails and is repaired by itself.".to_owned());
    }
    let has_day = stages().any(|stage| stage.day_effect.is_some() || stage.outcome_odds_cv > 0.0)
        || scenario.convoys.iter().any(|stream| stream.day_effect.is_some());
    if has_day {
        told.push("What falls on one calendar day shares a lognormal factor of mean 1 where a day effect is stated.".to_owned());
    }
    if has_escorts(scenario) {
        told.push(
            "A convoy asks for clearance when as many trucks wait as it may have, or when the oldest has waited long enough, and a team and \
             vehicles are free where it needs them; each answer is an independent draw."
                .to_owned(),
        );
    }
    told
}

fn senders(scenario: &Scenario) -> Vec<String> {
    let mut told = Vec::new();
    if scenario
        .organisations
        .iter()
        .any(|o| o.approval.is_some() || !o.approval_for.is_empty())
    {
        told.push(
            "A request comes before each truckload of the organisations that need one; refused requests are not dispatched.".to_owned(),
        );
    }
    if scenario.organisations.iter().any(|o| o.status != Status::Registered) {
        told.push(
            match scenario.restrictions.barred {
                BarredAction::Refuse => "Trucks of a barred organisation are refused before the first stage.",
                BarredAction::Hold => "Trucks of a barred organisation wait until it is registered.",
                BarredAction::Reconsign { .. } => {
                    "Trucks of a barred organisation go on under another one after a delay and with a probability; the others are refused."
                }
            }
            .to_owned(),
        );
    }
    if scenario.organisations.iter().any(|o| o.daily_quota.is_some()) {
        told.push("A daily quota counts dispatches of a calendar day; what is over comes on a later day.".to_owned());
    }
    if scenario.hubs.iter().any(|hub| hub.retry.is_some()) {
        told.push("A returned truck tries again from its hub with a probability, up to a number of tries.".to_owned());
    }
    if scenario.cargos.iter().any(|cargo| cargo.gaza_stock_days.is_some()) {
        told.push("Deliveries add to the stock in Gaza at their instant; the need consumes it evenly, nothing below 0.".to_owned());
    }
    told
}

fn security(scenario: &Scenario) -> Vec<String> {
    let mut told = Vec::new();
    if let Some(incidents) = &scenario.incidents {
        told.push(
            match incidents.process {
                IncidentProcess::Poisson { .. } => "Incidents are a Poisson process of a constant rate.",
                IncidentProcess::Hawkes { .. } => {
                    "Incidents excite themselves (Hawkes 1971, exponential kernel): each brings about further ones for a time."
                }
                IncidentProcess::Regimes { .. } => {
                    "Incidents come at the rate of the present regime, which is a Markov chain in continuous time."
                }
                IncidentProcess::Trace(_) => "Incidents happen as recorded in a data file.",
            }
            .to_owned(),
        );
        let policy = &scenario.policy;
        if !policy.responses.is_empty() {
            told.push("The policy answers an incident by its severity with a closure that leaves a share of the lanes, for a stated or drawn time; closures that overlap are one.".to_owned());
        }
        for (has, rule) in [
            (
                !policy.triggers.is_empty(),
                "Several incidents within a window bring another closure.",
            ),
            (!policy.reopening.is_empty(), "After a full closure lanes come back in steps."),
            (
                policy.window.is_some(),
                "In a humanitarian window named goods pass a stage that the policy has closed.",
            ),
            (
                policy.precaution.is_some(),
                "Warnings close in advance, false alarms too; they change no incident.",
            ),
            (
                policy.diversion.is_some(),
                "Trucks that wait at a stage closed for long leave for another way, a share at a time.",
            ),
        ] {
            told.extend(has.then(|| rule.to_owned()));
        }
    }
    told
}

fn developments(scenario: &Scenario) -> Vec<String> {
    let mut told = Vec::new();
    if !scenario.drivers.is_empty() {
        told.push("A development happens with its probability, at its instant, for good or for a time; sizes that are laws are drawn once a replication. Multiplications of one parameter compose, then additions.".to_owned());
    }
    if !scenario.contingents.is_empty() && scenario.peacekeeping.is_some() {
        told.push("Troops build up in daily steps; their strength, effective troops over a target, lowers the rates of incidents and acts on the parameters that the scenario names.".to_owned());
    }
    told
}

/// Whether trucks go in escorted convoys.
pub(super) fn has_escorts(scenario: &Scenario) -> bool {
    scenario
        .stages
        .iter()
        .any(|stage| stage.escort.is_some() && stage.serves == Flow::Trucks)
}
