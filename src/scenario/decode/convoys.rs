//! Streams of convoys.

use super::build::{Builder, items, node, number, per_hour, sub, text, whole};
use super::fit::{date_time, days};
use super::laws;
use crate::calendar::{Calendar, parse_clock};
use crate::random::{CountLaw, Law};
use crate::scenario::document::{Node, Table};
use crate::scenario::fields::{Of, Unit};
use crate::scenario::issue::Issue;
use crate::scenario::world::{Arrivals, CargoId, ConvoyStream, Mix, OrganisationId, StageId, TraceConvoy, WhenClosed};
use crate::time::{Duration, Time};

impl Builder<'_> {
    pub(super) fn convoys(&mut self, calendars: &[(String, Calendar)]) -> Vec<ConvoyStream> {
        let named = sub(self.root, "convoy");
        if let Some(first) = named.entries.first() {
            for (of, key) in [(Of::Cargo, "cargo"), (Of::Organisation, "organisation")] {
                if self.names.known(of).is_empty() {
                    let issue = Issue::error(format!("a convoy needs at least one `[{key}.NAME]`")).at(&first.key_place);
                    self.issues.push(
                        issue.label(
                            format!("whose {key} do its trucks carry?")
                                .replace("whose organisation do its trucks carry", "who sends its trucks"),
                        ),
                    );
                }
            }
        }
        named
            .entries
            .iter()
            .filter_map(|e| Some(self.convoy(&e.key, &e.node, e.node.as_table()?, calendars)))
            .collect()
    }

    fn convoy(&mut self, name: &str, whole_node: &Node, table: &Table, calendars: &[(String, Calendar)]) -> ConvoyStream {
        let arrivals_node = table.get("arrivals");
        let arrivals_table = sub(table, "arrivals");
        let is_trace = text(arrivals_table, "process") == "trace";
        match table.entry("size") {
            Some(size) if is_trace => {
                self.issues.push(
                    Issue::error("a trace has no `size`")
                        .at(&size.key_place)
                        .label("its rows say how many trucks"),
                );
            }
            None if !is_trace && arrivals_node.is_some() => {
                self.issues.push(
                    Issue::error("a convoy needs `size`")
                        .at(&whole_node.place)
                        .label(format!("`convoy.{name}` has none"))
                        .note("a whole number or a distribution of counts; `size = 1` for single trucks"),
                );
            }
            _ => {}
        }
        let size = table.get("size");
        ConvoyStream {
            name: name.to_owned(),
            arrivals: self.arrivals(arrivals_node, arrivals_table, calendars),
            draw_from: None,
            day_effect: None,
            size: size.and_then(|n| laws::count(n).ok()).unwrap_or_else(|| CountLaw::constant(1)),
            autocorrelation: size.and_then(laws::autocorrelation).and_then(Node::as_number).unwrap_or(0.0),
            cargo: self.mix(table, "cargo", name, Of::Cargo).map(|mix| with_ids(mix, CargoId)),
            organisation: self
                .mix(table, "organisation", name, Of::Organisation)
                .map(|mix| with_ids(mix, OrganisationId)),
            enters: self.names.stage(text(table, "enters")).unwrap_or(StageId(0)),
            follows: self.names.stage(text(table, "follows")),
            when_closed: if text(table, "when_closed") == "wait" {
                WhenClosed::Wait
            } else {
                WhenClosed::Go
            },
            limit: whole(table, "limit").map(u64::from),
        }
    }

    fn mix(&mut self, table: &Table, key: &str, stream: &str, of: Of) -> Option<Mix<usize>> {
        let node = node(table, key)?;
        if let Some(name) = node.as_text() {
            return Some(Mix::Shares(vec![(self.names.index(of, name)?, 1.0)]));
        }
        let shares = node.as_table()?;
        if shares.has("cycle") {
            return Some(Mix::Cycle(
                items(shares, "cycle")
                    .iter()
                    .filter_map(|n| self.names.index(of, n.as_text()?))
                    .collect(),
            ));
        }
        let known = shares.entries.iter().all(|e| self.names.index(of, &e.key).is_some());
        if !known {
            return None;
        }
        let given = shares
            .entries
            .iter()
            .filter_map(|e| Some((self.names.index(of, &e.key)?, e.node.bare().as_number())))
            .collect();
        Some(Mix::Shares(self.shares(
            &node.place,
            &format!("the {} of convoy `{stream}`", of.word()),
            given,
        )))
    }

    fn arrivals(&mut self, whole_node: Option<&Node>, table: &Table, calendars: &[(String, Calendar)]) -> Arrivals {
        match text(table, "process") {
            "renewal" => {
                let every = self.law(table, "every", Unit::Time).unwrap_or_else(|| Law::constant(1.0));
                if every.support().1 <= 0.0
                    && let Some(node) = table.get("every")
                {
                    self.issues
                        .push(Issue::error("expected an interval above 0, found none").at(&node.place));
                }
                Arrivals::Renewal { every }
            }
            "schedule" => self.schedule(whole_node, table),
            "trace" => Arrivals::Trace(self.convoy_trace(table)),
            _ => Arrivals::Poisson {
                per_hour: per_hour(table, "rate"),
                profile: self.profile(table, calendars),
            },
        }
    }

    fn schedule(&mut self, whole_node: Option<&Node>, table: &Table) -> Arrivals {
        if let (Some(node), false, false) = (whole_node, table.has("times"), table.has("at")) {
            self.issues.push(
                Issue::error("a schedule needs `times`, `at` or both")
                    .at(&node.place)
                    .note("`times`: clock times; `at`: dated instants, once each"),
            );
        }
        for key in ["days", "calendar"] {
            if let (Some(e), false) = (table.entry(key), table.has("times")) {
                self.issues
                    .push(Issue::error(format!("`{key}` goes with `times` only")).at(&e.key_place));
            }
        }
        let mut times: Vec<Duration> = items(table, "times")
            .iter()
            .filter_map(|n| parse_clock(n.bare().as_text()?).ok())
            .collect();
        times.sort_unstable();
        let mut at = self.instants(items(table, "at"), "convoy", false);
        at.sort_unstable();
        Arrivals::Schedule {
            times,
            days: node(table, "days").and_then(|n| days(n).ok()).unwrap_or([true; 7]),
            at,
            jitter: self.law(table, "jitter", Unit::Time),
            calendar: self.calendar_of(table),
        }
    }

    fn convoy_trace(&mut self, table: &Table) -> Vec<TraceConvoy> {
        let rows = items(table, "rows");
        let inside = self.rows_inside(rows, "convoy");
        let mut convoys: Vec<TraceConvoy> = inside
            .into_iter()
            .map(|(at, row)| TraceConvoy {
                at,
                trucks: whole(row, "trucks").unwrap_or(0),
                organisation: self.names.organisation(text(row, "organisation")),
                cargo: self.names.cargo(text(row, "cargo")),
                tonnes: number(row, "tonnes"),
            })
            .collect();
        convoys.sort_by_key(|c| c.at);
        convoys
    }

    /// Recorded rows with their instant `at`; those outside the horizon are told and left out.
    pub(super) fn rows_inside<'t>(&mut self, rows: &'t [Node], what: &str) -> Vec<(Time, &'t Table)> {
        let end = Time::ZERO + self.length;
        let (mut inside, mut outside) = (Vec::new(), Vec::new());
        for row in rows {
            let Some(table) = row.as_table() else { continue };
            let Some(at) = node(table, "at").and_then(|n| date_time(n).ok()).map(|d| self.origin.time_of(d)) else {
                continue;
            };
            if at < Time::ZERO || at >= end {
                outside.push(row);
            } else {
                inside.push((at, table));
            }
        }
        if let Some(first) = outside.first() {
            self.left_out(&first.place, what, outside.len(), rows.len());
        }
        inside
    }

    /// Rows of a trace outside the horizon: told, never a fault, since one trace serves many horizons.
    pub(super) fn left_out(&mut self, place: &crate::scenario::issue::Place, what: &str, count: usize, of: usize) {
        let (lie, are) = if count == 1 { ("lies", "is") } else { ("lie", "are") };
        let message = format!("{count} of {of} recorded {what}s {lie} outside the horizon and {are} left out");
        let span = format!(
            "the horizon runs from {} to {}",
            self.origin.iso(Time::ZERO),
            self.origin.iso(Time::ZERO + self.length)
        );
        self.issues.push(
            Issue::warning(message)
                .at(place)
                .label(if count > 1 { "the first of them" } else { "" })
                .note(span),
        );
    }
}

fn with_ids<Id>(mix: Mix<usize>, id: impl Fn(usize) -> Id) -> Mix<Id> {
    match mix {
        Mix::Shares(shares) => Mix::Shares(shares.into_iter().map(|(i, share)| (id(i), share)).collect()),
        Mix::Cycle(cycle) => Mix::Cycle(cycle.into_iter().map(id).collect()),
    }
}
