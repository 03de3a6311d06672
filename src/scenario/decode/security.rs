//! Incidents, given closures, policy.

use super::build::{Builder, duration, flag, intervals, items, node, number, per_hour, place_of, sub, text, whole};
use super::names::ONLY_SEVERITY;
use super::stages::{at_closure, queue_at_closure};
use super::supply::share_place;
use crate::random::Law;
use crate::scenario::document::{Entry, Node, Table};
use crate::scenario::fields::{Of, Unit};
use crate::scenario::issue::{Issue, did_you_mean, nearest};
use crate::scenario::world::{
    AtClosure, ClosureProcess, Diversion, DiversionTarget, GivenClosure, IncidentProcess, Incidents, Policy, Precaution, QueueAtClosure,
    Regime, RegimeStart, Reopening, Response, Severity, SeverityId, Spell, Trigger, Window,
};
use crate::time::{Duration, Time};

impl Builder<'_> {
    pub(super) fn incidents(&mut self) -> Option<Incidents> {
        let whole = node(sub(self.root, "security"), "incidents")?;
        let table = whole.as_table()?;
        let process = match text(table, "process") {
            "hawkes" => {
                let branching = number(table, "branching").unwrap_or(0.0);
                if let (Some(node), true) = (table.get("branching"), (1.0..=1.0).contains(&branching)) {
                    self.issues.push(
                        Issue::error(format!("expected a branching below 1, found {branching}"))
                            .at(&node.place)
                            .label("at 1 incidents never end"),
                    );
                }
                IncidentProcess::Hawkes {
                    base_per_hour: per_hour(table, "base_rate"),
                    branching,
                    decay: duration(table, "decay").unwrap_or(Duration(1)),
                }
            }
            "regimes" => self.regimes(table),
            "trace" => IncidentProcess::Trace(self.incident_trace(table)),
            _ => IncidentProcess::Poisson {
                per_hour: per_hour(table, "rate"),
            },
        };
        Some(Incidents {
            process,
            severities: self.severities(table),
        })
    }

    fn severities(&mut self, table: &Table) -> Vec<Severity> {
        let named = sub(table, "severity");
        if named.entries.is_empty() {
            return vec![Severity {
                name: ONLY_SEVERITY.to_owned(),
                share: 1.0,
                weight: 1.0,
                loss: 0.0,
            }];
        }
        let shares = named
            .entries
            .iter()
            .map(|e| ((), e.node.as_table().and_then(|t| number(t, "share"))))
            .collect();
        let place = share_place(named).unwrap_or_else(|| place_of(table, "severity"));
        let shares = self.shares(&place, "all severities", shares);
        let weight = |e: &Entry| e.node.as_table().and_then(|t| number(t, "weight")).unwrap_or(1.0);
        named
            .entries
            .iter()
            .zip(shares)
            .map(|(e, ((), share))| Severity {
                name: e.key.clone(),
                share,
                weight: weight(e),
                loss: e.node.as_table().and_then(|t| number(t, "loss")).unwrap_or(0.0),
            })
            .collect()
    }

    fn regimes(&mut self, table: &Table) -> IncidentProcess {
        let named = sub(table, "regime");
        let mut regimes = Vec::new();
        for e in &named.entries {
            let Some(t) = e.node.as_table() else { continue };
            let to = sub(t, "to");
            let known = to.entries.iter().all(|x| self.names.index(Of::Regime, &x.key).is_some());
            if !t.has("to") && named.entries.len() > 1 {
                self.issues.push(
                    Issue::error("a regime needs `to`")
                        .at(&e.node.place)
                        .label(format!("where does `{}` lead?", e.key)),
                );
            }
            if let Some(own) = to.entry(&e.key) {
                self.issues.push(
                    Issue::error(format!("regime `{}` leads to itself", e.key))
                        .at(&own.key_place)
                        .label("`stay` says how long it lasts"),
                );
            }
            let shares = to
                .entries
                .iter()
                .filter_map(|x| Some((self.names.index(Of::Regime, &x.key)?, x.node.bare().as_number())))
                .collect();
            let to = match t.get("to") {
                Some(node) if known => self.shares(&node.place, &format!("the ways out of regime `{}`", e.key), shares),
                _ => Vec::new(),
            };
            regimes.push(Regime {
                name: e.key.clone(),
                mean_stay: duration(t, "stay").unwrap_or(Duration(1)),
                per_hour: per_hour(t, "rate"),
                to,
            });
        }
        let start = match text(table, "start") {
            "stationary" => RegimeStart::Stationary,
            name => RegimeStart::State(self.names.index(Of::Regime, name).unwrap_or(0)),
        };
        IncidentProcess::Regimes { start, regimes }
    }

    fn incident_trace(&mut self, table: &Table) -> Vec<(Time, SeverityId)> {
        let rows = self.rows_inside(items(table, "rows"), "incident");
        let several = self.names.severities.len() > 1;
        let mut incidents = Vec::new();
        for (at, row) in rows {
            if several && !row.has("severity") {
                let place = row.get("at").map_or_else(|| place_of(table, "rows"), |n| n.place.clone());
                self.issues.push(
                    Issue::error("a recorded incident needs `severity` where there are several")
                        .at(&place)
                        .note(format!("there are: {}", self.names.severities.join(", "))),
                );
            }
            incidents.push((at, self.names.severity(text(row, "severity")).unwrap_or(SeverityId(0))));
        }
        incidents.sort_by_key(|(at, _)| *at);
        incidents
    }

    pub(super) fn closures(&mut self) -> Vec<GivenClosure> {
        let named = sub(self.root, "closure");
        named
            .entries
            .iter()
            .filter_map(|e| Some(self.closure(&e.key, e.node.as_table()?)))
            .collect()
    }

    fn closure(&mut self, name: &str, table: &Table) -> GivenClosure {
        let one = || Law::constant(1.0);
        let process = match text(table, "process") {
            "schedule" => ClosureProcess::Spells(self.spells(items(table, "spells"), false)),
            "trace" => ClosureProcess::Spells(self.spells(items(table, "rows"), true)),
            _ => {
                let (open, closed) = (
                    self.law(table, "open", Unit::Time).unwrap_or_else(one),
                    self.law(table, "closed", Unit::Time).unwrap_or_else(one),
                );
                if open.support().1 + closed.support().1 <= 0.0 {
                    self.issues
                        .push(Issue::error("open and closed spells have no length").at(&place_of(table, "open")));
                }
                ClosureProcess::Renewal {
                    open,
                    closed,
                    starts_open: text(table, "starts") != "closed",
                }
            }
        };
        GivenClosure {
            name: name.to_owned(),
            process,
            capacity: number(table, "capacity").unwrap_or(0.0),
            scope: self.scope(table.get("scope")),
            whole_days: flag(table, "whole_days"),
        }
    }

    /// Dated spells, ascending; those outside the horizon are left out.
    fn spells(&mut self, rows: &[Node], is_trace: bool) -> Vec<Spell> {
        let end = Time::ZERO + self.length;
        let (mut inside, mut outside) = (Vec::new(), Vec::new());
        for row in rows {
            let Some(table) = row.as_table() else { continue };
            let (Some(from_node), Some(to_node)) = (table.get("from"), table.get("to")) else {
                continue;
            };
            let (Some(from), Some(to)) = (self.instant(from_node), self.instant(to_node)) else {
                continue;
            };
            if to <= from {
                self.issues.push(
                    Issue::error("expected a spell that ends after it begins")
                        .at(&to_node.place)
                        .label(format!("it begins at {}", self.origin.iso(from))),
                );
            } else if to <= Time::ZERO || from >= end {
                outside.push(row);
            } else {
                let scope = table.get("scope").map(|n| self.scope(Some(n)));
                inside.push(Spell {
                    from,
                    to,
                    capacity: number(table, "capacity"),
                    scope,
                });
            }
        }
        if let Some(first) = outside.first() {
            if is_trace {
                self.left_out(&first.place, "closure", outside.len(), rows.len());
            } else {
                self.outside(&first.place, "closure", outside.len(), rows.len());
            }
        }
        inside.sort_by_key(|s| s.from);
        inside
    }

    pub(super) fn policy(&mut self) -> Policy {
        let table = sub(self.root, "policy");
        let window = node(table, "window").and_then(Node::as_table);
        Policy {
            name: text(table, "name").to_owned(),
            responses: self.responses(table),
            triggers: sub(table, "trigger")
                .entries
                .iter()
                .filter_map(|e| Some(self.trigger(&e.key, e.node.as_table()?)))
                .collect(),
            reopening: items(table, "reopening")
                .iter()
                .filter_map(|n| self.reopening(n.as_table()?))
                .collect(),
            window: window.map(|w| self.window(w)),
            precaution: table.get("precaution").and_then(|n| self.precaution(n.as_table()?)),
            diversion: table.get("diversion").and_then(|n| self.diversion(n.as_table()?)),
            at_closure: at_closure(table).unwrap_or(AtClosure::Finish),
            queue_at_closure: queue_at_closure(table).unwrap_or(QueueAtClosure::Hold),
            return_delay: self.law(table, "return_delay", Unit::Time),
        }
    }

    fn responses(&mut self, policy: &Table) -> Vec<(SeverityId, Response)> {
        let mut responses = Vec::new();
        for e in &sub(policy, "response").entries {
            let Some(t) = e.node.as_table() else { continue };
            let Some(severity) = self.names.severity(&e.key) else {
                self.unknown_severity(e);
                continue;
            };
            let response = Response {
                capacity: number(t, "capacity").unwrap_or(0.0),
                length: self.law(t, "for", Unit::Time).unwrap_or_else(|| Law::constant(0.0)),
                scope: self.scope(t.get("scope")),
                quiet: duration(t, "quiet").unwrap_or_default(),
                notice: duration(t, "notice").unwrap_or_default(),
                whole_days: flag(t, "whole_days"),
            };
            responses.push((severity, response));
        }
        responses.sort_by_key(|(severity, _)| *severity);
        responses
    }

    /// A policy may serve worlds without incidents; where there are some, its severities must be theirs.
    fn unknown_severity(&mut self, e: &Entry) {
        let known = &self.names.severities;
        if known.is_empty() {
            let issue = Issue::warning(format!(
                "the response to `{}` has no effect: this scenario has no `[security.incidents]`",
                e.key
            ));
            self.issues.push(issue.at(&e.key_place));
            return;
        }
        let issue = Issue::error(format!("no severity is called `{}`", e.key)).at(&e.key_place);
        self.issues.push(match nearest(&e.key, known.iter().map(String::as_str)) {
            Some(near) => issue
                .label(format!("did you mean `{near}`?"))
                .fix(format!("write `{near}`"), &e.key_place, near),
            None => issue.note(format!("incidents have: {}", known.join(", "))),
        });
    }

    fn trigger(&self, name: &str, table: &Table) -> Trigger {
        Trigger {
            name: name.to_owned(),
            incidents: whole(table, "incidents").unwrap_or(1),
            within: duration(table, "within").unwrap_or_default(),
            capacity: number(table, "capacity").unwrap_or(0.0),
            length: self.law(table, "for", Unit::Time).unwrap_or_else(|| Law::constant(0.0)),
            scope: self.scope(table.get("scope")),
            whole_days: flag(table, "whole_days"),
        }
    }

    fn window(&mut self, table: &Table) -> Window {
        let hours = intervals(table, "hours");
        if let (Some(node), true) = (table.get("hours"), hours.is_empty())
            && !self.issues.any_within(&node.place)
        {
            self.issues
                .push(Issue::error("a window needs hours").at(&node.place).label("nothing passes"));
        }
        Window {
            hours,
            cargo: items(table, "cargo")
                .iter()
                .filter_map(|n| self.names.cargo(n.as_text()?))
                .collect(),
        }
    }

    fn precaution(&self, table: &Table) -> Option<Precaution> {
        Some(Precaution {
            hit: number(table, "hit")?,
            lead: duration(table, "lead")?,
            false_alarms_per_hour: per_hour(table, "false_alarms"),
            capacity: number(table, "capacity").unwrap_or(0.0),
            length: self.law(table, "for", Unit::Time)?,
            scope: self.scope(table.get("scope")),
        })
    }

    /// A name that is no stage's is another entry point's; one that is nearly a stage's is told.
    fn diversion(&mut self, table: &Table) -> Option<Diversion> {
        let to = node(table, "to")?;
        let name = to.as_text()?;
        let stages = self.names.stages.iter().map(String::as_str);
        if name.trim().is_empty() {
            self.issues
                .push(Issue::error("expected the name of a stage or of another entry point, found none").at(&to.place));
        } else if let (None, Some(near)) = (self.names.stage(name), nearest(name, stages)) {
            let issue = Issue::warning(format!(
                "no stage is called `{name}`: trucks that are diverted there end as diverted"
            ))
            .at(&to.place);
            self.issues.push(did_you_mean(issue, near, &to.place, true));
        }
        Some(Diversion {
            after: duration(table, "after")?,
            to: match self.names.stage(name) {
                Some(stage) => DiversionTarget::Stage(stage),
                None => DiversionTarget::Elsewhere(name.to_owned()),
            },
            share: number(table, "share").unwrap_or(1.0),
            delay: self.law(table, "delay", Unit::Time)?,
            daily_cap: whole(table, "daily_cap"),
        })
    }

    fn reopening(&self, table: &Table) -> Option<Reopening> {
        Some(Reopening {
            capacity: number(table, "capacity")?,
            length: self.law(table, "for", Unit::Time)?,
        })
    }
}
