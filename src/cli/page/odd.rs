//! The model in the order of the ODD protocol (Grimm and others 2020, The ODD protocol for describing agent-based and other simulation models: a
//! second update, JASSS 23(2): 7), shortly; what does not apply is said to.

use super::content::{Block, Section, Term};
use super::facts::Facts;
use super::said::{listed, named, term};
use super::{method, rules, system};
use crate::cli::charts::Source;
use crate::cli::failure::Failure;
use crate::cli::words::capitalised;
use crate::scenario::{Arrivals, ClosureProcess, IncidentProcess, Scenario};

/// The section of the description.
#[expect(
    clippy::unnecessary_wraps,
    reason = "all sections are made by the same kind of function, and others read tables"
)]
pub(super) fn section(source: &Source) -> Result<Section, Failure> {
    let facts = Facts::new(source);
    let scenario = facts.scenario();
    let paragraphs = |told: Vec<String>| told.into_iter().map(Block::Paragraph);
    let mut blocks = vec![Block::Note(
        "In the order of the ODD protocol (Grimm and others 2020, JASSS 23(2): 7). The method above has the same in more detail."
            .to_owned(),
    )];
    let mut part = |heading: &str, told: Vec<Block>| {
        blocks.push(Block::Heading(heading.to_owned()));
        blocks.extend(told);
    };
    part("1 Purpose and patterns", vec![Block::Terms(purpose(facts))]);
    part("2 Entities, state variables and scales", entities(facts));
    let mut process: Vec<Block> = paragraphs(vec![rules::process(scenario).join(" ")]).collect();
    process.push(Block::Paragraph(rules::ORDER.to_owned()));
    part("3 Process overview and scheduling", process);
    part("4 Design concepts", vec![Block::Terms(concepts(facts))]);
    part("5 Initialisation", paragraphs(vec![system::start(scenario)]).collect());
    part("6 Input data", paragraphs(vec![input_data(scenario)]).collect());
    let told = vec![
        Block::List(rules::algorithms(scenario)),
        Block::Note("Each submodel stands in full in docs/model.md of the program's source.".to_owned()),
    ];
    part("7 Submodels", told);
    Ok(Section {
        id: "odd",
        title: "Description of the model (ODD)".to_owned(),
        blocks,
    })
}

fn purpose(facts: Facts) -> Vec<Term> {
    let asked = facts.question().map_or_else(
        || {
            "To say how much comes through the system that the scenario describes, how long it takes, and what does not come through."
                .to_owned()
        },
        str::to_owned,
    );
    vec![
        term("purpose", asked),
        term(
            "patterns",
            "The machinery is held to exact results of queueing theory (`rafah validate`). This result holds no comparison of the scenario with observed patterns.",
        ),
    ]
}

fn entities(facts: Facts) -> Vec<Block> {
    let scenario = facts.scenario();
    let mut states = vec!["who waits and who is served at each stage".to_owned()];
    if !scenario.hubs.is_empty() {
        states.push("the stock of each hub".to_owned());
    }
    if !scenario.resources.is_empty() {
        states.push("the free units of each resource".to_owned());
    }
    if scenario.incidents.is_some() || !scenario.closures.is_empty() {
        states.push("the share of lanes that security leaves at each stage".to_owned());
    }
    if matches!(
        scenario.incidents.as_ref().map(|incidents| &incidents.process),
        Some(IncidentProcess::Regimes { .. })
    ) {
        states.push("the regime of security".to_owned());
    }
    if scenario.cargos.iter().any(|cargo| cargo.gaza_stock_days.is_some()) {
        states.push("the stock in Gaza".to_owned());
    }
    let stages = named(scenario.stages.iter().map(|stage| stage.name.as_str()));
    vec![
        Block::List(system::entities(scenario)),
        Block::Paragraph(format!(
            "Places are the stages {stages}; there is no map, and distances are times. State: {}.",
            listed(&states)
        )),
        Block::Paragraph(format!("Time: {}", method::length(facts))),
    ]
}

/// The eleven design concepts.
fn concepts(facts: Facts) -> Vec<Term> {
    let scenario = facts.scenario();
    let adapts = scenario.policy.responses.is_empty() && scenario.policy.precaution.is_none() && scenario.policy.diversion.is_none();
    let collectives = if rules::has_escorts(scenario) {
        "Convoys: trucks that are dispatched together, and trucks that an escort takes together."
    } else {
        "Convoys: trucks that are dispatched together."
    };
    vec![
        term("basic principles", basics(scenario)),
        term(
            "emergence",
            "Queues, waits, what is delivered and what is left over follow from arrivals, lanes, hours and closures; none of them is put in.",
        ),
        term(
            "adaptation",
            if adapts {
                "Does not apply: nobody changes what they do."
            } else {
                "The policy answers what happens by fixed rules; trucks and senders do not change what they do beyond these."
            },
        ),
        term("objectives", "Does not apply: nobody in the model seeks a goal."),
        term("learning", "Does not apply."),
        term(
            "prediction",
            if scenario.policy.precaution.is_some() {
                "Warnings come before some incidents, and false ones too; nobody else predicts."
            } else {
                "Does not apply."
            },
        ),
        term("sensing", sensing(scenario)),
        term("interaction", interaction(scenario)),
        term("stochasticity", stochasticity(facts)),
        term("collectives", collectives),
        term(
            "observation",
            match system::warm_up(scenario) {
                Some(warm_up) => format!(
                    "Everything that happens after the first {warm_up} counts, by observers that change nothing; quantiles of waits are over all visits."
                ),
                None => {
                    "Everything that happens counts, by observers that change nothing; quantiles of waits are over all visits.".to_owned()
                }
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
        (
            scenario.incidents.is_some() || !scenario.closures.is_empty(),
            "random interruptions",
        ),
    ] {
        has.extend(is_there.then(|| what.to_owned()));
    }
    format!("An open network of queues, simulated event by event: {}.", listed(&has))
}

fn sensing(scenario: &Scenario) -> String {
    let mut told = Vec::new();
    if scenario.convoys.iter().any(|stream| stream.follows.is_some()) {
        told.push("sizes of convoys follow the capacity that security leaves");
    }
    if scenario.hubs.iter().any(|hub| hub.stop_above.is_some()) {
        told.push("senders stop while the stock of a hub is above a level");
    }
    if !scenario.policy.responses.is_empty() {
        told.push("the policy knows the severity of each incident");
    }
    if told.is_empty() {
        return "Does not apply: nobody looks at the state of the system.".to_owned();
    }
    let told: Vec<String> = told.into_iter().map(str::to_owned).collect();
    capitalised(&format!("{}.", listed(&told)))
}

fn interaction(scenario: &Scenario) -> String {
    let mut told = vec!["Trucks compete for lanes".to_owned()];
    if scenario.stages.iter().any(|stage| stage.queue.capacity.is_some()) {
        told.push("places in yards".to_owned());
    }
    if !scenario.hubs.is_empty() {
        told.push("slots".to_owned());
    }
    if !scenario.resources.is_empty() {
        told.push("units of shared resources".to_owned());
    }
    format!("{}.", listed(&told))
}

fn stochasticity(facts: Facts) -> String {
    let scenario = facts.scenario();
    let mut drawn = Vec::new();
    let is_drawn = |arrivals: &Arrivals| !matches!(arrivals, Arrivals::Schedule { jitter: None, .. } | Arrivals::Trace(_));
    for (is_there, what) in [
        (
            scenario.convoys.iter().any(|stream| is_drawn(&stream.arrivals)),
            "instants of arrival",
        ),
        (
            scenario.convoys.iter().any(|stream| stream.size.as_constant().is_none()),
            "sizes of convoys",
        ),
        (
            scenario.cargos.len() > 1 || scenario.organisations.len() > 1,
            "goods and organisations of trucks",
        ),
        (
            scenario
                .stages
                .iter()
                .any(|stage| stage.escort.is_some() || stage.service.general.as_constant().is_none()),
            "times of services and trips",
        ),
        (scenario.stages.iter().any(|stage| !stage.outcomes.is_empty()), "outcomes of stages"),
        (
            scenario
                .incidents
                .as_ref()
                .is_some_and(|incidents| !matches!(incidents.process, IncidentProcess::Trace(_))),
            "incidents",
        ),
        (
            scenario
                .policy
                .responses
                .iter()
                .any(|(_, response)| response.length.as_constant().is_none()),
            "lengths of closures",
        ),
        (
            scenario
                .closures
                .iter()
                .any(|closure| matches!(closure.process, ClosureProcess::Renewal { .. })),
            "given closures",
        ),
        (!scenario.drivers.is_empty() || !scenario.contingents.is_empty(), "developments"),
    ] {
        drawn.extend(is_there.then(|| what.to_owned()));
    }
    let shared = if facts.has_several() {
        ", the same in all alternatives"
    } else {
        ""
    };
    if drawn.is_empty() {
        "What the scenario gives no law for is fixed.".to_owned()
    } else {
        format!(
            "Drawn are, among others, {}{shared}. What the scenario states as one number is fixed.",
            listed(&drawn)
        )
    }
}

/// What is read from data files rather than drawn.
fn input_data(scenario: &Scenario) -> String {
    let is_trace = |arrivals: &Arrivals| matches!(arrivals, Arrivals::Trace(_));
    let streams = scenario
        .convoys
        .iter()
        .filter(|stream| is_trace(&stream.arrivals))
        .map(|stream| stream.name.as_str());
    let groups = scenario
        .travellers
        .iter()
        .filter(|stream| is_trace(&stream.arrivals))
        .map(|stream| stream.name.as_str());
    let recorded: Vec<&str> = streams.chain(groups).collect();
    let mut told = Vec::new();
    if !recorded.is_empty() {
        told.push(format!("arrivals of {}", named(recorded)));
    }
    if matches!(
        scenario.incidents.as_ref().map(|incidents| &incidents.process),
        Some(IncidentProcess::Trace(_))
    ) {
        told.push("incidents".to_owned());
    }
    if scenario
        .closures
        .iter()
        .any(|closure| matches!(closure.process, ClosureProcess::Spells(_)))
    {
        told.push("dated closures".to_owned());
    }
    if told.is_empty() {
        "No time series drives the model; calendars and dated changes stand in the scenario.".to_owned()
    } else {
        format!("Given by date, not drawn: {}.", listed(&told))
    }
}
