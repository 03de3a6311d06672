//! From the document to the scenario: every fault in one pass.
//!
//! ```text
//! document ── inline (data files) ── defaults ── walk (value by value, by the field tables) ── build (names, units) ── checks (the whole)
//! ```

#![expect(clippy::result_large_err, reason = "a fault is made once and told at once: its size costs nothing")]

mod amounts;
mod build;
mod calendars;
mod checks;
mod consequences;
mod convoys;
mod corridor;
mod csv;
mod defaults;
mod developments;
mod doubts;
mod effects;
mod escorts;
mod evidence;
mod fit;
mod holdings;
mod idle;
mod inline;
mod laws;
mod names;
mod security;
mod stages;
mod supply;
mod walk;
mod written;

pub(crate) use build::result_name_fault;

use super::document::{Document, Reader, Table};
use super::fields::{ROOT, Section};
use super::issue::{Issues, Place, SourceId, Sources};
use super::world::Scenario;
use build::{Builder, length_of, origin_of};
use laws::LawBook;
use names::Names;
use walk::Walk;

/// Checks the values of another file than a scenario by the rows of its sections, as those of scenarios are checked.
pub(crate) fn walk(table: &Table, section: &Section, source: SourceId, issues: &mut Issues) {
    let mut walk = Walk {
        names: &Names::default(),
        data: &[],
        issues,
        made: &mut LawBook::default(),
    };
    walk.section(table, &Place { source, span: 0..0 }, section, "");
}

/// Decodes a document; none: something stops a run, and `issues` says what.
pub(super) fn decode(document: &mut Document, sources: &mut Sources, reader: &dyn Reader, issues: &mut Issues) -> Option<Scenario> {
    inline::inline(document, sources, reader, issues);
    defaults::fill(document);
    let names = Names::of(document);
    let start = Place {
        source: SourceId(0),
        span: 0..0,
    };
    let mut made = LawBook::default();
    let mut walk = Walk {
        names: &names,
        data: &document.data,
        issues,
        made: &mut made,
    };
    walk.section(&document.root, &start, &ROOT, "");
    walk.steps(&document.root, &start);
    let mut builder = Builder {
        root: &document.root,
        names: &names,
        origin: origin_of(&document.root),
        length: length_of(&document.root),
        issues,
        made: &made,
    };
    let mut scenario = builder.scenario();
    builder.developments(&mut scenario);
    if builder.issues.has_errors() {
        return None;
    }
    builder.check(&scenario);
    builder.check_developments(&scenario);
    (!issues.has_errors()).then_some(scenario)
}
