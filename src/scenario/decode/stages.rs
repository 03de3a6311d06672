//! Stages: services, yards, outcomes, routes.

use super::build::{Builder, duration, flag, node, number, place_of, sub, text, whole};
use super::corridor::day_effect;
use super::names::end;
use crate::random::Law;
use crate::scenario::document::{Node, Table, inline};
use crate::scenario::fields::Unit;
use crate::scenario::issue::{Issue, Place};
use crate::scenario::world::{
    AtClose, AtClosure, Discipline, End, Extra, Flow, Outcome, OutcomeRule, Policy, Queue, QueueAtClose, QueueAtClosure, Stage, StageId,
    Target, WhenFull,
};

/// How far the outcomes of a stage may exceed 1 by rounding.
const ROUNDING: f64 = 1e-9;

impl Builder<'_> {
    pub(super) fn stages(&mut self, policy: &Policy) -> Vec<Stage> {
        let (named, escorts) = (sub(self.root, "stage"), sub(self.root, "escort"));
        let table_of = |named: &'_ Table, name: &str| named.get(name).and_then(Node::as_table).cloned();
        let route: Vec<(String, Option<Table>, bool)> = self
            .names
            .stages
            .iter()
            .map(|name| {
                let is_escort = !named.has(name);
                (name.clone(), table_of(if is_escort { escorts } else { named }, name), is_escort)
            })
            .collect();
        let flows: Vec<Flow> = route
            .iter()
            .map(|(_, table, _)| table.as_ref().map_or(Flow::Trucks, flow))
            .collect();
        let mut stages = Vec::new();
        for (i, (name, table, is_escort)) in route.iter().enumerate() {
            let table = table.as_ref().unwrap_or(&super::build::EMPTY);
            let next = self.next_of(table, &flows, i);
            stages.push(if *is_escort {
                self.escort_stage(name, table, next, policy)
            } else {
                self.stage(StageId(i), name, table, next, policy)
            });
        }
        if !stages.iter().any(|s| s.screens)
            && let Some(first) = stages.iter_mut().find(|s| s.serves == Flow::Trucks)
        {
            first.screens = true;
        }
        stages
    }

    /// Where the trucks go that no outcome takes: as stated, or to the next of the route that serves the same.
    fn next_of(&self, table: &Table, flows: &[Flow], index: usize) -> Target {
        match node(table, "next").and_then(Node::as_text) {
            Some(name) => self.target(name),
            None => (index + 1..flows.len())
                .find(|i| flows[*i] == flows[index])
                .map_or(Target::End(End::Delivered), |i| Target::Stage(StageId(i))),
        }
    }

    fn stage(&mut self, id: StageId, name: &str, table: &Table, next: Target, policy: &Policy) -> Stage {
        let place = place_of(sub(self.root, "stage"), name);
        let outcomes = self.outcomes(table, &format!("stage.{name}"), &format!("stage `{name}`"), &place);
        Stage {
            name: name.to_owned(),
            lanes: whole(table, "lanes"),
            service: self.law_by_cargo(table, "service", "service_for"),
            extras: sub(table, "extra")
                .entries
                .iter()
                .filter_map(|e| Some(self.extra(&e.key, e.node.as_table()?)))
                .collect(),
            queue: queue(sub(table, "queue")),
            calendar: self.calendar_of(table),
            last_start: duration(table, "last_start").unwrap_or_default(),
            at_close: match text(table, "at_close") {
                "hold" => AtClose::Hold,
                "restart" => AtClose::Restart,
                _ => AtClose::Finish,
            },
            queue_at_close: if text(table, "queue_at_close") == "return" {
                QueueAtClose::Return
            } else {
                QueueAtClose::Hold
            },
            at_closure: at_closure(table).unwrap_or(policy.at_closure),
            queue_at_closure: queue_at_closure(table).unwrap_or(policy.queue_at_closure),
            return_delay: self.law(table, "return_delay", Unit::Time).or_else(|| policy.return_delay.clone()),
            counts_as: self.counts_as(table),
            patience: self.law(table, "patience", Unit::Time),
            outcomes,
            next,
            screens: flag(table, "screens"),
            serves: flow(table),
            needs: self.needs(id, table),
            breakdown: self.breakdown(table),
            day_effect: day_effect(table),
            outcome_odds_cv: number(sub(table, "day_effect"), "outcome_odds_cv").unwrap_or(0.0),
            escort: None,
        }
    }

    fn target(&self, name: &str) -> Target {
        match (self.names.stage(name), end(name)) {
            (Some(stage), _) => Target::Stage(stage),
            (_, Some(end)) => Target::End(end),
            _ => Target::End(End::Delivered),
        }
    }

    fn extra(&self, name: &str, table: &Table) -> Extra {
        Extra {
            name: name.to_owned(),
            probability: self.probability_by_cargo(table),
            time: self.law(table, "time", Unit::Time).unwrap_or_else(|| Law::constant(0.0)),
        }
    }

    /// The ways out of a stage or escort; `path` and `whose` are how messages call it.
    pub(super) fn outcomes(&mut self, table: &Table, path: &str, whose: &str, place: &Place) -> Vec<Outcome> {
        let named = sub(table, "outcome");
        let mut outcomes = Vec::new();
        for e in &named.entries {
            let Some(t) = e.node.as_table() else { continue };
            match (t.has("probability"), t.has("every")) {
                (true, true) => self
                    .issues
                    .push(Issue::error("expected `probability` or `every`, found both").at(&e.node.place)),
                (false, false) => {
                    let issue = Issue::error("an outcome needs `probability` or `every`").at(&e.node.place);
                    self.issues.push(
                        issue
                            .label(format!("`{path}.outcome.{}` has none", e.key))
                            .note("`probability`: a share of the trucks; `every = 5`: each fifth truck"),
                    );
                }
                (false, true) if t.has("for") => {
                    self.issues
                        .push(Issue::error("`for` goes with `probability` only").at(&place_of(t, "for")));
                }
                _ => {}
            }
            let to = self.target(text(t, "to"));
            if let (Some(retry), true) = (t.entry("retry"), to != Target::End(End::Returned)) {
                let issue = Issue::error("`retry` goes with `to = \"returned\"` only").at(&retry.key_place);
                self.issues.push(issue.label("no truck of this outcome is returned"));
            }
            let rule = match whole(t, "every") {
                Some(every) => OutcomeRule::Every(every),
                None => OutcomeRule::Probability(self.probability_by_cargo(t)),
            };
            outcomes.push(Outcome {
                name: e.key.clone(),
                rule,
                to,
                retry: self.retry(t),
            });
        }
        self.outcome_sums(named, &outcomes, whose, place);
        outcomes
    }

    /// Probabilities must leave something for `next`, or at most nothing, whatever the cargo.
    fn outcome_sums(&mut self, named: &Table, outcomes: &[Outcome], whose: &str, place: &Place) {
        let at = named.entries.last().map_or(place, |e| {
            e.node
                .as_table()
                .and_then(|t| t.get("probability"))
                .map_or(&e.node.place, |n| &n.place)
        });
        let sum_of = |cargo: Option<crate::scenario::world::CargoId>| -> f64 {
            outcomes
                .iter()
                .map(|o| match &o.rule {
                    OutcomeRule::Probability(p) => cargo.map_or(p.general, |c| p.of(c)),
                    OutcomeRule::Every(_) => 0.0,
                })
                .sum()
        };
        if named.entries.iter().any(|e| self.issues.any_within(&e.node.place)) {
            return;
        }
        let cargos = (0..self.names.cargos.len()).map(|i| Some(crate::scenario::world::CargoId(i)));
        let worst = std::iter::once(None)
            .chain(cargos)
            .map(|c| (c, sum_of(c)))
            .find(|(_, sum)| *sum > 1.0 + ROUNDING);
        if let Some((cargo, sum)) = worst {
            let of_cargo = cargo.map_or(String::new(), |c| format!(" for cargo `{}`", self.names.cargos[c.0]));
            let sum = (sum * 1e6).round() / 1e6;
            self.issues.push(
                Issue::error(format!("the outcomes of {whose} sum to {sum}{of_cargo}, expected at most 1"))
                    .at(at)
                    .label("the last of them"),
            );
        }
    }

    /// Any name but those that results use already.
    pub(super) fn counts_as(&mut self, table: &Table) -> Option<String> {
        let node = node(table, "counts_as")?;
        let name = node.as_text()?;
        let taken = End::ALL.iter().any(|e| e.name() == name) || name == "dispatched" || name == "backlog";
        if taken {
            let issue = Issue::error(format!("trucks cannot be counted as `{name}`"))
                .at(&node.place)
                .label("results use this name already");
            self.issues
                .push(issue.note("choose another, such as `inspected`, `offloaded` or `collected`"));
        } else if name.is_empty() || !name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_') {
            let issue = Issue::error(format!("expected a name of small letters, digits and `_`, found {}", inline(node))).at(&node.place);
            self.issues.push(issue.note("the results have a column NAME_trucks"));
        }
        Some(name.to_owned())
    }
}

/// What a stage serves.
fn flow(table: &Table) -> Flow {
    if text(table, "serves") == "travellers" {
        Flow::Travellers
    } else {
        Flow::Trucks
    }
}

/// The yard of a stage or escort.
pub(super) fn queue(table: &Table) -> Queue {
    Queue {
        discipline: match text(table, "discipline") {
            "priority" => Discipline::Priority,
            "preemptive_priority" => Discipline::PreemptivePriority,
            "lifo" => Discipline::Lifo,
            _ => Discipline::Fifo,
        },
        capacity: number(table, "capacity").map(|n| n as u32),
        when_full: if text(table, "when_full") == "lose" {
            WhenFull::Lose
        } else {
            WhenFull::Block
        },
    }
}

/// The rule of a stage or policy; none: not given.
pub(super) fn at_closure(table: &Table) -> Option<AtClosure> {
    Some(match node(table, "at_closure")?.as_text()? {
        "hold" => AtClosure::Hold,
        "restart" => AtClosure::Restart,
        "turn_back" => AtClosure::TurnBack,
        _ => AtClosure::Finish,
    })
}

/// The rule of a stage or policy; none: not given.
pub(super) fn queue_at_closure(table: &Table) -> Option<QueueAtClosure> {
    Some(if node(table, "queue_at_closure")?.as_text()? == "turn_back" {
        QueueAtClosure::TurnBack
    } else {
        QueueAtClosure::Hold
    })
}
