//! The model in the order of the ODD protocol (Grimm and others 2020, The ODD protocol for describing agent-based and other simulation models: a
//! second update, JASSS 23(2): 7), shortly; what does not apply is said to.

mod concepts;
mod drawn;

use super::content::{Block, Section, Term};
use super::facts::Facts;
use super::said::{listed, named, term};
use super::{method, rules, system};
use crate::cli::charts::Source;
use crate::cli::failure::Failure;
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
    part("4 Design concepts", vec![Block::Terms(concepts::concepts(facts))]);
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
