//! Escorts: stages on which trucks gather and go together.

use super::build::{Builder, duration, node, number, place_of, sub, text, whole};
use super::laws;
use super::stages::{at_closure, queue, queue_at_closure};
use crate::random::{CountLaw, Law};
use crate::scenario::document::{Node, Table};
use crate::scenario::fields::Unit;
use crate::scenario::issue::Issue;
use crate::scenario::world::{
    AtClose, AtClosure, Clearance, Delayed, Denied, Escort, Flow, Impeded, Interception, LawByCargo, Policy, QueueAtClose, Stage, Target,
    Vehicles,
};
use crate::time::Duration;

/// A law that stands where a faulty one was told.
fn none() -> Law {
    Law::constant(0.0)
}

impl Builder<'_> {
    /// An entry of the route that is an escort; `next` is where it leads unless it says so.
    pub(super) fn escort_stage(&mut self, name: &str, table: &Table, next: Target, policy: &Policy) -> Stage {
        let place = place_of(sub(self.root, "escort"), name);
        let outcomes = self.outcomes(table, &format!("escort.{name}"), &format!("escort `{name}`"), &place);
        // Convoys under way are no services that could begin again: they arrive.
        let policy_rule = match policy.at_closure {
            AtClosure::Restart => AtClosure::Finish,
            other => other,
        };
        Stage {
            name: name.to_owned(),
            lanes: None,
            service: LawByCargo {
                general: none(),
                by_cargo: Vec::new(),
            },
            extras: Vec::new(),
            queue: queue(sub(table, "queue")),
            calendar: self.calendar_of(table),
            last_start: Duration::ZERO,
            at_close: AtClose::Finish,
            queue_at_close: QueueAtClose::Hold,
            at_closure: at_closure(table).unwrap_or(policy_rule),
            queue_at_closure: queue_at_closure(table).unwrap_or(policy.queue_at_closure),
            return_delay: self.law(table, "return_delay", Unit::Time).or_else(|| policy.return_delay.clone()),
            counts_as: self.counts_as(table),
            patience: self.law(table, "patience", Unit::Time),
            outcomes,
            next,
            screens: false,
            serves: Flow::Trucks,
            needs: Vec::new(),
            breakdown: None,
            day_effect: None,
            outcome_odds_cv: 0.0,
            escort: Some(Box::new(self.escort(name, table))),
        }
    }

    fn escort(&mut self, name: &str, table: &Table) -> Escort {
        let size = sub(table, "size");
        Escort {
            teams: self.names.resource(text(table, "teams")),
            vehicles: self.vehicles(table),
            size_min: whole(size, "min").unwrap_or(1),
            size_max: size
                .get("max")
                .and_then(|n| laws::count(n).ok())
                .unwrap_or_else(|| CountLaw::constant(1)),
            max_wait: duration(table, "max_wait"),
            clearance: self.clearance(name, table),
            trip: self.law(table, "trip", Unit::Time).unwrap_or_else(none),
            return_time: self.law(table, "return_time", Unit::Time).unwrap_or_else(none),
            intercepted: table.get("intercepted").and_then(Node::as_table).map(|own| Interception {
                probability: number(own, "probability").unwrap_or(0.0),
                share: self.law(own, "share", Unit::Share).unwrap_or_else(none),
            }),
        }
    }

    fn vehicles(&mut self, table: &Table) -> Option<Vehicles> {
        let whole = table.get("vehicles")?;
        let own = whole.as_table()?;
        if !own.has("tonnes") && !own.has("pallets") {
            let issue = Issue::error("vehicles need `tonnes`, `pallets` or both").at(&whole.place);
            self.issues.push(issue.label("how much does one take?"));
        }
        let mut takes = |key: &str| {
            let amount = number(own, key)?;
            if let (Some(node), true) = (own.get(key), (0.0..=0.0).contains(&amount)) {
                self.issues
                    .push(Issue::error(format!("expected {key} above 0, found 0")).at(&node.place));
            }
            Some(amount)
        };
        let (tonnes, pallets) = (takes("tonnes"), takes("pallets"));
        Some(Vehicles {
            resource: self.names.resource(text(own, "resource"))?,
            tonnes,
            pallets,
            return_time: self.law(own, "return_time", Unit::Time),
        })
    }

    /// The answers, which sum to 1 as shares do; without any: approved.
    fn clearance(&mut self, name: &str, table: &Table) -> Clearance {
        let whole = table.get("clearance").filter(|n| n.as_table().is_some());
        let own = sub(table, "clearance");
        let mut answers = Vec::new();
        for e in &own.entries {
            let given = match e.node.bare().as_table() {
                Some(answer) => number(answer, "probability"),
                None => e.node.bare().as_number(),
            };
            answers.push((e.key.as_str(), given));
        }
        let answers = match whole {
            Some(node) if !self.issues.any_within(&node.place) => {
                let place = answer_place(own).unwrap_or_else(|| node.place.clone());
                self.sum_to_one(&place, &format!("the answers to the requests of escort `{name}`"), answers)
            }
            _ => Vec::new(),
        };
        let share = |key: &str| answers.iter().find(|(answer, _)| *answer == key).map_or(0.0, |(_, share)| *share);
        let law = |key: &str, inner: &str| self.law(sub(own, key), inner, Unit::Time);
        let denied = |key: &str| {
            Some(Denied {
                probability: share(key),
                retry: law(key, "retry")?,
            })
        };
        Clearance {
            approved: if whole.is_some() { share("approved") } else { 1.0 },
            delayed: law("delayed", "by").map(|by| Delayed {
                probability: share("delayed"),
                by,
            }),
            impeded: law("impeded", "turns_after").map(|turns_after| Impeded {
                probability: share("impeded"),
                turns_after,
            }),
            denied: denied("denied"),
            postponed: denied("postponed"),
        }
    }
}

/// Where to point when answers do not sum: the last one given.
fn answer_place(own: &Table) -> Option<crate::scenario::issue::Place> {
    let last = own.entries.last()?;
    let inner = last.node.as_table().and_then(|t| node(t, "probability"));
    Some(inner.unwrap_or(&last.node).place.clone())
}
