//! Streams of convoys and travellers.

use super::build::{Builder, items, node, number, per_hour, sub, text, whole};
use super::corridor::day_effect;
use super::fit::{date_time, days};
use super::laws;
use crate::calendar::{Calendar, parse_clock};
use crate::random::{CountLaw, Law};
use crate::scenario::document::{Node, Table};
use crate::scenario::fields::{Of, Unit};
use crate::scenario::issue::Issue;
use crate::scenario::world::{Arrivals, ConvoyStream, Flow, Mix, StageId, TraceConvoy, Travellers, WhenClosed};
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
        let draw_from = self.names.hub(text(table, "draw_from"));
        if draw_from.is_some() {
            self.no_kinds_of_its_own(table);
        }
        self.size_of(whole_node, table, "a convoy", &format!("convoy.{name}"));
        let size = table.get("size");
        let whose = format!("convoy `{name}`");
        ConvoyStream {
            name: name.to_owned(),
            arrivals: self.arrivals(arrivals_node, arrivals_table, calendars),
            draw_from,
            day_effect: day_effect(table),
            size: size.and_then(|n| laws::count(n).ok()).unwrap_or_else(|| CountLaw::constant(1)),
            autocorrelation: size.and_then(laws::autocorrelation).and_then(Node::as_number).unwrap_or(0.0),
            cargo: self.cargo_mix(table, &whose),
            organisation: self.organisation_mix(table, &whose),
            enters: self.enters(whole_node, table, Flow::Trucks),
            follows: self.names.stage(text(table, "follows")),
            when_closed: if text(table, "when_closed") == "wait" {
                WhenClosed::Wait
            } else {
                WhenClosed::Go
            },
            limit: whole(table, "limit").map(u64::from),
        }
    }

    /// Loads of a hub have their kinds already.
    fn no_kinds_of_its_own(&mut self, table: &Table) {
        let rows = items(sub(table, "arrivals"), "rows").iter().filter_map(Node::as_table);
        let first_row = rows
            .clone()
            .find(|row| ["organisation", "cargo", "tonnes"].iter().any(|key| row.has(key)));
        for key in ["organisation", "cargo", "tonnes"] {
            let stated = if key == "tonnes" { None } else { table.entry(key) };
            if let Some(e) = stated.or_else(|| first_row.and_then(|row| row.entry(key))) {
                let issue = Issue::error(format!("a convoy that draws from a hub has no `{key}` of its own")).at(&e.key_place);
                self.issues.push(
                    issue
                        .label("its loads bring it")
                        .note("`[hub.NAME]` takes `organisation` and `cargo`"),
                );
            }
        }
    }

    /// A size must be there but for a trace, whose rows say it.
    fn size_of(&mut self, whole_node: &Node, table: &Table, what: &str, path: &str) {
        let is_trace = text(sub(table, "arrivals"), "process") == "trace";
        let (units, rows_say) = if path.starts_with("travellers") {
            ("travellers", "its rows say how many people")
        } else {
            ("trucks", "its rows say how many trucks")
        };
        match table.entry("size") {
            Some(size) if is_trace => {
                self.issues
                    .push(Issue::error("a trace has no `size`").at(&size.key_place).label(rows_say));
            }
            None if !is_trace && table.has("arrivals") => {
                self.issues.push(
                    Issue::error(format!("{what} needs `size`"))
                        .at(&whole_node.place)
                        .label(format!("`{path}` has none"))
                        .note(format!("a whole number or a distribution of counts; `size = 1` for single {units}")),
                );
            }
            _ => {}
        }
    }

    /// Where a stream enters: as stated, or at the first stage that serves it.
    fn enters(&mut self, whole_node: &Node, table: &Table, flow: Flow) -> StageId {
        let stages = sub(self.root, "stage");
        let serves = |name: &String| {
            let travellers = stages
                .get(name)
                .and_then(Node::as_table)
                .is_some_and(|t| text(t, "serves") == "travellers");
            if travellers { Flow::Travellers } else { Flow::Trucks }
        };
        if let Some(named) = self.names.stage(text(table, "enters")) {
            return named;
        }
        match self.names.stages.iter().position(|name| serves(name) == flow) {
            Some(first) => StageId(first),
            // A word that is neither was told.
            None if self.names.stages.is_empty() || self.is_told(stages, "serves") => StageId(0),
            None => {
                let (served, way_out) = match flow {
                    Flow::Trucks => ("trucks", "`serves = \"trucks\"` is the default"),
                    Flow::Travellers => ("travellers", "a stage of theirs says `serves = \"travellers\"`"),
                };
                let issue = Issue::error(format!("no stage serves {served}")).at(&whole_node.place);
                self.issues.push(issue.label("this stream enters nowhere").note(way_out));
                StageId(0)
            }
        }
    }

    /// Whether a fault was told of this key of some table.
    fn is_told(&self, named: &Table, key: &str) -> bool {
        let values = named.entries.iter().filter_map(|e| e.node.as_table()?.get(key));
        values.into_iter().any(|node| self.issues.any_within(&node.place))
    }

    pub(super) fn travellers(&mut self, calendars: &[(String, Calendar)]) -> Vec<Travellers> {
        let named = sub(self.root, "travellers");
        let mut streams = Vec::new();
        for e in &named.entries {
            let Some(table) = e.node.as_table() else { continue };
            self.size_of(&e.node, table, "a stream of travellers", &format!("travellers.{}", e.key));
            let size = table.get("size");
            streams.push(Travellers {
                name: e.key.clone(),
                arrivals: self.arrivals(table.get("arrivals"), sub(table, "arrivals"), calendars),
                size: size.and_then(|n| laws::count(n).ok()).unwrap_or_else(|| CountLaw::constant(1)),
                autocorrelation: size.and_then(laws::autocorrelation).and_then(Node::as_number).unwrap_or(0.0),
                enters: self.enters(&e.node, table, Flow::Travellers),
                limit: whole(table, "limit").map(u64::from),
            });
        }
        streams
    }

    pub(super) fn mix(&mut self, table: &Table, key: &str, whose: &str, of: Of) -> Option<Mix<usize>> {
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
            &format!("the {} of {whose}", of.word()),
            given,
        )))
    }

    /// When convoys, batches or groups come.
    pub(super) fn arrivals(&mut self, whole_node: Option<&Node>, table: &Table, calendars: &[(String, Calendar)]) -> Arrivals {
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
                trucks: whole(row, "trucks").or_else(|| whole(row, "people")).unwrap_or(0),
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

pub(super) fn with_ids<Id>(mix: Mix<usize>, id: impl Fn(usize) -> Id) -> Mix<Id> {
    match mix {
        Mix::Shares(shares) => Mix::Shares(shares.into_iter().map(|(i, share)| (id(i), share)).collect()),
        Mix::Cycle(cycle) => Mix::Cycle(cycle.into_iter().map(id).collect()),
    }
}
