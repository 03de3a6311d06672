//! Parts 5 and 6 of the method: the program that simulated, and where it is.

use super::super::content::Term;
use super::super::facts::Facts;
use super::super::rules;
use super::super::said::{gap, is_or_are, term};
use crate::cli::numbers::whole;
use crate::cli::summary::version_of;

pub(super) fn implementation(facts: Facts) -> Vec<Term> {
    let manifest = facts.manifest;
    let mut terms = vec![term(
        "5.1 Software",
        format!(
            "{} {}, a program in Rust that compiles to one file; the versions of its libraries are pinned in Cargo.lock of its source.",
            manifest.program,
            version_of(&manifest.version, manifest.source.as_deref())
        ),
    )];
    if manifest.source.is_none() {
        terms.push(gap(
            "5.1 Software",
            "The build does not say of which revision of the source it is. Add it.",
        ));
    }
    terms.push(gap(
        "5.1 Software",
        "The operating system is not recorded; results do not depend on it. Add it if a journal asks.",
    ));
    terms.push(term(
        "5.2 Random sampling",
        format!(
            "Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011), by address: each number is a function of seed ({}), replication, purpose and entity, so that none depends on \
             what was drawn before. Quantities are drawn by inversion wherever their law allows.",
            manifest.seed
        ),
    ));
    if facts.has_several() {
        terms.push(term(
            "5.2 Random sampling",
            "Common random numbers: in all alternatives the same truck, incident or day of a replication has the same numbers for the same purpose.",
        ));
    }
    terms.push(term("5.3 Model execution", rules::ORDER));
    if !facts.scenario().resources.is_empty() {
        terms.push(term(
            "5.3 Model execution",
            "Requests for a shared resource stand in one line, first come first served over all stages; none overtakes.",
        ));
    }
    terms.push(term(
        "5.3 Model execution",
        "Replications run in parallel, each on one thread; no number depends on how many threads there are.",
    ));
    terms.push(term(
        "5.4 System specification",
        "How long the run took and on how many threads stands in manifest.json (`wall_s`, `jobs`).",
    ));
    terms.push(gap(
        "5.4 System specification",
        "The hardware is not recorded. Add processor and memory.",
    ));
    terms
}

pub(super) fn access(facts: Facts) -> Vec<Term> {
    const WHAT: &str = "6.1 Access to the model";
    let mut terms = vec![term(
        WHAT,
        format!(
            "The scenario{} of this result {} in it, in full ({}); docs/reference.md of the program's source explains every key. The licence of the program is {}.",
            if facts.has_several() { "s" } else { "" },
            is_or_are(facts.records().len()),
            if facts.has_several() {
                format!("{} files in the folder `scenario`", whole(facts.records().len() as f64))
            } else {
                facts.records()[0].scenario.clone()
            },
            env!("CARGO_PKG_LICENSE").replace(" OR ", " or ")
        ),
    )];
    let address = env!("CARGO_PKG_REPOSITORY");
    terms.push(if address.is_empty() {
        gap(
            WHAT,
            "Add the address at which the program's source, this result and the study can be had.",
        )
    } else {
        term(WHAT, format!("The program's source is at {address}."))
    });
    terms
}
