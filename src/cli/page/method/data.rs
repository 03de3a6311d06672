//! Part 3 of the method: where the numbers of the scenario come from.

use super::super::content::Term;
use super::super::facts::Facts;
use super::super::inputs::{Counts, Known};
use super::super::said::{gap, is_or_are, named, term};
use crate::cli::numbers::counted;

pub(super) fn data(facts: Facts) -> Vec<Term> {
    let scenario = facts.scenario();
    let parameters = facts.loaded.parameters();
    let counts = Counts::of(&parameters);
    let mut terms = Vec::new();
    if scenario.sources.is_empty() {
        terms.push(gap("3.1 Data sources", "The scenario cites none. Add where its numbers come from."));
    } else {
        terms.push(term(
            "3.1 Data sources",
            format!(
                "The scenario cites {}, in full under the inputs, and says of each number from which it is.",
                counted(scenario.sources.len(), "source")
            ),
        ));
        terms.push(gap(
            "3.1 Data sources",
            "Sample sizes and dates of the data behind them are not in the scenario. Add them where they matter.",
        ));
    }
    terms.push(gap(
        "3.2 Pre-processing",
        "What was done to data before they became parameters is not in the scenario. Add it, or say that nothing was.",
    ));
    terms.push(term(
        "3.3 Input parameters",
        format!("{} All are listed under the inputs.", counts.sentence()),
    ));
    if counts.ranges > 0 {
        terms.push(term(
            "3.3 Input parameters",
            format!("{}; each was simulated at its value.", states(counts.ranges)),
        ));
    }
    terms.push(gap(
        "3.3 Input parameters",
        "Why a distribution was preferred to others is stated where the reason of the parameter says so, and not otherwise. Add it where it matters.",
    ));
    if counts.assumptions > 0 {
        terms.push(term(
            "3.4 Assumptions",
            format!(
                "{} called an assumption, each with its reason, under the inputs.",
                many(counts.assumptions)
            ),
        ));
    }
    terms.push(term(
        "3.4 Assumptions",
        "The choices of the model itself stand in docs/model.md of the program's source, under 'Choices at a glance'.",
    ));
    if counts.neither > 0 {
        let paths = parameters.iter().filter(|line| Known::of(line) == Known::Neither);
        let first: Vec<&str> = paths.map(|line| line.path.as_str()).take(5).collect();
        let more = if counts.neither > first.len() {
            ", and others that are marked there"
        } else {
            ""
        };
        terms.push(gap(
            "3.4 Assumptions",
            format!(
                "{} no source and no reason ({}{more}). Add one or the other.",
                has(counts.neither),
                named(first)
            ),
        ));
    }
    terms
}

fn many(n: usize) -> String {
    format!("{} {}", counted(n, "parameter"), is_or_are(n))
}

fn has(n: usize) -> String {
    format!("{} {}", counted(n, "number"), if n == 1 { "has" } else { "have" })
}

fn states(n: usize) -> String {
    let what = if n == 1 {
        "states a range of what it may be instead"
    } else {
        "state a range of what they may be instead"
    };
    format!("{} {what}", counted(n, "parameter"))
}
