//! How a result was made, in the order of STRESS-DES (Monks, Currie, Onggo, Robinson, Kunc and Taylor 2019, Strengthening the reporting of
//! empirical simulation studies, Journal of Simulation 13: 55-67). What does not follow from the result is a gap, with what its author should add.

mod data;
mod implementation;

use super::content::{Block, Cell, Grid, Row, Section, Term};
use super::facts::Facts;
use super::said::{gap, grid, listed, named, term, words};
use super::{estimation, rules, scenario, system};
use crate::cli::charts::{self, Source};
use crate::cli::failure::Failure;
use crate::cli::numbers::{counted, whole};
use crate::experiment::KEYED;
use crate::scenario::Stop;
use crate::stats::Better;
use data::data;
use implementation::{access, implementation};

/// The section of the method.
pub(super) fn section(source: &Source) -> Result<Section, Failure> {
    let facts = Facts::new(source);
    let (aims, outputs) = (purpose(facts), outputs(facts)?);
    let parts = [
        ("1 Objectives", objectives(facts, aims, outputs.0)),
        ("2 Logic", logic(facts)?),
        ("3 Data", data(facts)),
        ("4 Experimentation", experimentation(facts)?),
        ("5 Implementation", implementation(facts)),
        ("6 Code access", access(facts)),
    ];
    let mut gaps: Vec<String> = parts
        .iter()
        .flat_map(|(_, terms)| terms)
        .filter(|term| term.is_gap)
        .map(|term| term.what.split(' ').next().unwrap_or_default().to_owned())
        .collect();
    gaps.dedup();
    let mut blocks = vec![
        Block::Paragraph(
            "In the order of STRESS-DES (Monks and others 2019, Journal of Simulation 13: 55–67). It is filled in from the scenario, the study and the tables of the \
             result."
                .to_owned(),
        ),
        Block::Note(format!(
            "What does not follow from the result is listed as a gap, with what the author should add: {}.",
            listed(&gaps)
        )),
    ];
    let mut grids = outputs.1.into_iter();
    for (heading, terms) in parts {
        blocks.push(Block::Heading(heading.to_owned()));
        blocks.push(Block::Terms(merged(terms)));
        blocks.extend(grids.next().map(Block::Grid));
    }
    Ok(Section {
        id: "method",
        title: "Method".to_owned(),
        blocks,
    })
}

/// What is told of one item in several terms, as one; gaps stay apart.
fn merged(terms: Vec<Term>) -> Vec<Term> {
    let mut out: Vec<Term> = Vec::new();
    for term in terms {
        match out
            .iter_mut()
            .find(|other| other.what == term.what && !other.is_gap && !term.is_gap)
        {
            Some(other) => other.told = format!("{} {}", other.told, term.told),
            None => out.push(term),
        }
    }
    out
}

fn purpose(facts: Facts) -> Vec<Term> {
    const WHAT: &str = "1.1 Purpose of the model";
    let summary = facts.scenario().summary.trim();
    let mut terms = Vec::new();
    if let Some(question) = facts.question() {
        terms.push(term(WHAT, question));
    }
    if !summary.is_empty() {
        terms.push(term(WHAT, format!("The scenario says of itself: {summary}")));
    }
    if facts.question().is_none() {
        terms.push(gap(
            WHAT,
            "The result states no question. Add what the model is to find out, for whom, and why by simulation.",
        ));
    }
    terms
}

/// What is reported: the term, and a table of the responses that a study names.
fn outputs(facts: Facts) -> Result<(Vec<Term>, Option<Grid>), Failure> {
    const WHAT: &str = "1.2 Model outputs";
    let counts = match system::warm_up(facts.scenario()) {
        Some(warm_up) => format!("What happens after the first {warm_up} and before the end of the run counts, whenever the truck came."),
        None => "What happens before the end of the run counts.".to_owned(),
    };
    let defined = "Each response is one number a replication; all are defined column by column in datapackage.json.";
    let Some(study) = &facts.manifest.study else {
        let terms = vec![
            term(WHAT, format!("{defined} {counts} How their error is estimated stands under 4.3.")),
            gap(
                WHAT,
                "No response was named beforehand as the one that decides. Add which count, and why.",
            ),
        ];
        return Ok((terms, None));
    };
    let told = format!(
        "The study names {}, listed below. {defined} {counts} How their error is estimated stands under 4.3.",
        counted(study.responses.len(), "response")
    );
    let rows = study
        .responses
        .iter()
        .map(|response| response_row(facts, response))
        .collect::<Result<_, _>>()?;
    let caption =
        "Responses that the study names, by number of item 1.2. Definitions from datapackage.json, directions from table `decision`.";
    Ok((
        vec![term(WHAT, told)],
        Some(grid(caption, &["response", "unit", "better", "definition"], rows, false)),
    ))
}

fn response_row(facts: Facts, response: &str) -> Result<Row, Failure> {
    let (table, column) = match response.split_once('.') {
        None => ("replications", response),
        Some((word, rest)) => {
            let table = KEYED
                .iter()
                .find(|(key, _)| *key == word)
                .map_or("replications", |(_, table)| table);
            (table, rest.rsplit_once('.').map_or(rest, |(_, column)| column))
        }
    };
    let mut cells: Vec<Cell> = vec![words(response), words(""), words(""), words("")];
    if facts.has(table) {
        let described = facts.source.folder.describe(table)?;
        if let Some(place) = described.position(column) {
            cells[1] = words(&described.columns[place].unit);
            cells[3] = words(&described.columns[place].doc);
        }
    }
    let decided = facts.source.decision.iter().flat_map(|decision| &decision.responses);
    if let Some(decided) = decided.into_iter().find(|decided| decided.response.name == response) {
        cells[2] = words(decided.better.map_or("neither", Better::word));
    }
    Ok(Row {
        alternative: None,
        cells,
        is_marked: false,
    })
}

fn objectives(facts: Facts, aims: Vec<Term>, outputs: Vec<Term>) -> Vec<Term> {
    const WHAT: &str = "1.3 Aims of the experiment";
    let mut terms = aims;
    terms.extend(outputs);
    if !facts.has_several() {
        terms.push(term(WHAT, "One scenario is simulated and described; nothing is held against it."));
        return terms;
    }
    let names = if facts.records().len() <= 12 {
        format!(" ({})", named(facts.records().iter().map(|record| record.name.as_str())))
    } else {
        String::new()
    };
    let held = if facts.is_compared() {
        format!("; the others are held against `{}`", facts.name)
    } else {
        String::new()
    };
    let chosen = match &facts.manifest.selection {
        Some(selecting) => format!(" One of them was to be chosen by `{}`.", selecting.response),
        None => String::new(),
    };
    terms.push(term(
        WHAT,
        format!(
            "Scenario-based analysis: {}{names} under the same random numbers{held}.{chosen}",
            counted(facts.records().len(), "alternative"),
        ),
    ));
    terms.push(gap(
        WHAT,
        "Why these alternatives and no others is not stated. Add the reason for their choice.",
    ));
    terms
}

fn logic(facts: Facts) -> Result<Vec<Term>, Failure> {
    let scenario = facts.scenario();
    let lines = crate::cli::account::lines(scenario);
    let route = |what: &str| lines.iter().find(|(name, _)| *name == what).map(|(_, told)| told.clone());
    let mut terms = Vec::new();
    for (what, of) in [("route", "Trucks"), ("their route", "Travellers")] {
        terms.extend(route(what).map(|told| term("2.1 Overview of the base model", format!("{of}: {told}."))));
    }
    let flows = charts::possible(&facts.source.folder)
        .into_iter()
        .find(|chart| chart.tables.contains(&"flows"));
    terms.push(match flows {
        Some(chart) => term(
            "2.1 Overview of the base model",
            format!("The chart `{}` draws how trucks moved.", chart.name),
        ),
        None => gap(
            "2.1 Overview of the base model",
            "The route is told in words only. Add a drawing of the process.",
        ),
    });
    terms.extend(
        rules::process(scenario)
            .into_iter()
            .map(|told| term("2.2 Logic of the base model", told)),
    );
    terms.push(term("2.3 Logic of the alternatives", alternatives(facts)));
    let algorithms = rules::algorithms(scenario);
    terms.extend(algorithms.into_iter().map(|told| term("2.4 Algorithms", told)));
    terms.push(term(
        "2.4 Algorithms",
        "Every rule stands in full, exactly enough to write it anew, in docs/model.md of the program's source.",
    ));
    terms.extend(system::entities(scenario).into_iter().map(|told| term("2.5.1 Entities", told)));
    let of_stage = |what: &'static str| move |(name, told): (String, String)| term(what, format!("`{name}`: {told}."));
    terms.extend(system::activities(scenario).into_iter().map(of_stage("2.5.2 Activities")));
    terms.extend(system::resources(scenario).into_iter().map(|told| term("2.5.3 Resources", told)));
    terms.extend(system::queues(scenario).into_iter().map(of_stage("2.5.4 Queues")));
    terms.extend(system::entries(scenario).into_iter().map(|told| term("2.5.5 Entry and exit", told)));
    terms.push(term("2.5.5 Entry and exit", exits(facts)?));
    Ok(terms)
}

/// The ends that were seen, or where they are told of.
pub(super) fn exits(facts: Facts) -> Result<String, Failure> {
    let seen = facts.ends_seen()?;
    let ends: Vec<String> = seen.into_iter().map(|end| system::end_of(end).to_owned()).collect();
    let rest = "who is still on the way when the run ends is backlog, an outcome and no error";
    Ok(if ends.is_empty() {
        format!("A truck ends in exactly one way; {rest}.")
    } else {
        format!("In this result trucks left the model {}; {rest}.", listed(&ends))
    })
}

fn alternatives(facts: Facts) -> String {
    if !facts.has_several() {
        return "One scenario is simulated; there are no alternatives.".to_owned();
    }
    let source = facts.source;
    let others = (0..source.alternatives.len()).filter(|i| *i != source.reference());
    let (mut told, mut of_rules) = (Vec::new(), Vec::new());
    for i in others {
        let (name, changes) = (source.alternatives[i].name.as_str(), scenario::changes(source, i));
        told.push(format!("`{name}` in {}", counted(changes.len(), "parameter")));
        let rules = changes.iter().filter(|change| !scenario::is_of_numbers(change)).count();
        if rules > 0 {
            of_rules.push(format!("`{name}` ({} of {})", whole(rules as f64), whole(changes.len() as f64)));
        }
    }
    let logic = if of_rules.is_empty() {
        format!(
            "All of these are numbers, times and dates: the parts and the rules are those of `{}`.",
            facts.name
        )
    } else {
        format!(
            "Not all of these are numbers, times and dates: {} {} in parts, rules or names too, and so in logic.",
            listed(&of_rules),
            if of_rules.len() == 1 { "differs" } else { "differ" }
        )
    };
    let hidden = match facts.hidden() {
        0 => String::new(),
        n => format!(
            " Told are the {} of {} alternatives that are shown; how the other {} differ stands in their scenarios, in the folder `scenario` of the result \
             (`rafah diff` tells it of two).",
            whole(source.alternatives.len() as f64),
            whole(source.all() as f64),
            whole(n as f64)
        ),
    };
    format!(
        "Alternatives differ from `{}` in what their scenarios say: {}. {logic} Each is listed under the scenario.{hidden}",
        facts.name,
        listed(&told)
    )
}

fn experimentation(facts: Facts) -> Result<Vec<Term>, Failure> {
    let scenario = facts.scenario();
    let mut terms = vec![
        term(
            "4.1 Initialisation",
            "The system is terminating: it is simulated over a stated period, and nothing is in steady state unless the scenario makes it so.",
        ),
        term("4.1 Initialisation", system::start(scenario)),
    ];
    match system::warm_up(scenario) {
        Some(warm_up) => {
            terms.push(term(
                "4.1 Initialisation",
                format!("The first {warm_up} are a warm-up and do not count."),
            ));
            terms.push(gap(
                "4.1 Initialisation",
                "How the length of the warm-up was chosen is not stated. Add the method.",
            ));
        }
        None => terms.push(term("4.1 Initialisation", "There is no warm-up: the run counts from its start.")),
    }
    terms.push(term("4.2 Run length", length(facts)));
    terms.extend(
        estimation::approach(facts)?
            .into_iter()
            .map(|told| term("4.3 Estimation approach", told)),
    );
    terms.push(match estimation::stopped(facts) {
        Some(told) => term("4.3 Estimation approach", told),
        None => gap(
            "4.3 Estimation approach",
            format!("Why {} and not more or fewer is not stated. Add the reason.", facts.replications()),
        ),
    });
    Ok(terms)
}

/// How long a run is, and what ends it.
pub(super) fn length(facts: Facts) -> String {
    let lines = crate::cli::account::lines(facts.scenario());
    let period = lines
        .iter()
        .find(|(what, _)| *what == "period")
        .map_or("", |(_, told)| told.as_str());
    let stop = match facts.scenario().horizon.stop {
        Stop::AtEnd => "",
        Stop::WhenEmpty => " The run ends before that when every stream has ended and no truck is left.",
    };
    format!("{period}. Time is local civil time at the crossing without daylight saving, in whole microseconds.{stop}")
}
