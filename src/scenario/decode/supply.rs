//! Cargo, organisations, restrictions.

use super::build::{Builder, duration, node, number, place_of, sub, text, whole};
use super::fit::{date_time, month_day};
use crate::random::Law;
use crate::scenario::document::{Node, Table};
use crate::scenario::fields::Unit;
use crate::scenario::issue::Issue;
use crate::scenario::world::{Approval, BarredAction, Cargo, Heat, Organisation, OrganisationId, Repack, Restrictions, Status};
use crate::time::{Duration, Time};
use crate::units::DailyTonnes;

impl Builder<'_> {
    pub(super) fn cargos(&mut self) -> Vec<Cargo> {
        let zero = || Law::constant(0.0);
        sub(self.root, "cargo")
            .entries
            .iter()
            .map(|e| {
                let table = e.node.as_table().unwrap_or(&super::build::EMPTY);
                let load = sub(table, "load");
                Cargo {
                    name: e.key.clone(),
                    tonnes: self.law(load, "tonnes", Unit::Tonnes).unwrap_or_else(zero),
                    pallets: self.law(load, "pallets", Unit::Pallets).unwrap_or_else(zero),
                    need_tonnes_per_day: node(table, "need")
                        .and_then(Node::as_text)
                        .and_then(|t| DailyTonnes::parse(t).ok())
                        .map(|t| t.0),
                    priority: whole(table, "priority"),
                    shelf_life: self.law(table, "shelf_life", Unit::Time),
                    heat: self.heat(table),
                    restricted: number(table, "restricted").unwrap_or(0.0),
                    repack: self.repack(table),
                    gaza_stock_days: duration(table, "gaza_stock").map(Duration::as_days),
                }
            })
            .collect()
    }

    pub(super) fn organisations(&mut self) -> Vec<Organisation> {
        let named = sub(self.root, "organisation");
        if named.entries.is_empty() {
            return Vec::new();
        }
        let shares = named
            .entries
            .iter()
            .map(|e| ((), e.node.as_table().and_then(|t| number(t, "share"))))
            .collect();
        let place = share_place(named).unwrap_or_else(|| place_of(self.root, "organisation"));
        let shares = self.shares(&place, "all organisations", shares);
        named
            .entries
            .iter()
            .zip(shares)
            .map(|(e, ((), share))| {
                let table = e.node.as_table().unwrap_or(&super::build::EMPTY);
                let cargo = sub(table, "cargo")
                    .entries
                    .iter()
                    .filter_map(|c| Some((self.names.cargo(&c.key)?, c.node.bare().as_number())))
                    .collect();
                let known = sub(table, "cargo").entries.iter().all(|c| self.names.cargo(&c.key).is_some());
                let cargo = if known && table.has("cargo") {
                    self.shares(
                        &table.get("cargo").map_or(e.key_place.clone(), |n| n.place.clone()),
                        &format!("the cargo of `{}`", e.key),
                        cargo,
                    )
                } else {
                    Vec::new()
                };
                Organisation {
                    name: e.key.clone(),
                    share,
                    cargo,
                    status: self.status(table),
                    daily_quota: whole(table, "daily_quota"),
                    approval: table.get("approval").and_then(|n| self.approval(n.as_table()?)),
                    approval_for: sub(table, "approval_for")
                        .entries
                        .iter()
                        .filter_map(|a| Some((self.names.cargo(&a.key)?, self.approval(a.node.as_table()?)?)))
                        .collect(),
                }
            })
            .collect()
    }

    fn heat(&mut self, table: &Table) -> Option<Heat> {
        let own = table.get("heat")?.as_table()?;
        let day = |key: &str| month_day(node(own, key)?).ok();
        let factor = number(own, "factor")?;
        if let (Some(node), true) = (own.get("factor"), (0.0..=0.0).contains(&factor)) {
            self.issues.push(
                Issue::error("expected a factor above 0, found 0")
                    .at(&node.place)
                    .label("the load would never keep"),
            );
        }
        Some(Heat {
            from: day("from")?,
            to: day("to")?,
            factor,
        })
    }

    fn repack(&self, table: &Table) -> Option<Repack> {
        let own = table.get("repack")?.as_table()?;
        Some(Repack {
            probability: number(own, "probability")?,
            delay: self.law(own, "delay", Unit::Time)?,
            share: number(own, "share")?,
        })
    }

    fn approval(&self, own: &Table) -> Option<Approval> {
        Some(Approval {
            lead: self.law(own, "lead", Unit::Time)?,
            refused: number(own, "refused").unwrap_or(0.0),
            not_honoured: number(own, "not_honoured").unwrap_or(0.0),
        })
    }

    pub(super) fn status(&mut self, table: &Table) -> Status {
        let Some(whole) = node(table, "status") else {
            return Status::Registered;
        };
        let Some(status) = whole.as_table() else {
            return if whole.as_text() == Some("barred") {
                Status::Barred
            } else {
                Status::Registered
            };
        };
        let forms = ["barred_from", "registered_from", "registered_with"];
        let given: Vec<&str> = forms.into_iter().filter(|f| status.has(f)).collect();
        if given.len() != 1 {
            let found = if given.is_empty() { "none" } else { "several" };
            self.issues.push(
                Issue::error(format!(
                    "expected one of `barred_from`, `registered_from` and `registered_with`, found {found}"
                ))
                .at(&whole.place),
            );
        }
        let time = |key: &str| {
            node(status, key)
                .and_then(|n| date_time(n).ok())
                .map_or(Time::ZERO, |d| self.origin.time_of(d))
        };
        match given.first() {
            Some(&"barred_from") => Status::BarredFrom(time("barred_from")),
            Some(&"registered_from") => Status::RegisteredFrom(time("registered_from")),
            Some(_) => {
                let decided = time("decided");
                if !status.has("decided") {
                    self.issues.push(
                        Issue::error("`registered_with` needs `decided`")
                            .at(&whole.place)
                            .label("from when does the decision hold?"),
                    );
                }
                Status::RegisteredWith {
                    probability: number(status, "registered_with").unwrap_or(0.0),
                    decided,
                    registered_before: text(status, "before") != "barred",
                }
            }
            None => Status::Registered,
        }
    }

    pub(super) fn restrictions(&mut self) -> Restrictions {
        let Some(whole) = node(sub(self.root, "restrictions"), "barred") else {
            return Restrictions {
                barred: BarredAction::Refuse,
            };
        };
        let table = whole.as_table();
        let action = table.map_or_else(|| whole.as_text().unwrap_or(""), |t| text(t, "action"));
        let barred = match (action, table) {
            ("hold", _) => BarredAction::Hold,
            ("reconsign", Some(table)) => {
                if !table.has("to") {
                    self.issues.push(
                        Issue::error("`reconsign` needs `to`")
                            .at(&whole.place)
                            .label("under which organisation do the trucks go on?"),
                    );
                }
                BarredAction::Reconsign {
                    to: self.names.organisation(text(table, "to")).unwrap_or(OrganisationId(0)),
                    delay: self
                        .law(table, "delay", Unit::Time)
                        .unwrap_or_else(|| Law::constant(Duration::ZERO.0 as f64)),
                    success: number(table, "success").unwrap_or(1.0),
                    daily_cap: self::whole(table, "daily_cap"),
                }
            }
            _ => BarredAction::Refuse,
        };
        if let (Some(table), false) = (table, action == "reconsign") {
            for e in table
                .entries
                .iter()
                .filter(|e| ["to", "delay", "success", "daily_cap"].contains(&e.key.as_str()))
            {
                self.issues
                    .push(Issue::error(format!("`{}` goes with `action = \"reconsign\"` only", e.key)).at(&e.key_place));
            }
        }
        Restrictions { barred }
    }
}

/// Where to point when shares do not sum: the last one given.
pub(super) fn share_place(named: &Table) -> Option<crate::scenario::issue::Place> {
    named
        .entries
        .iter()
        .rev()
        .find_map(|e| e.node.as_table()?.get("share").map(|n| n.place.clone()))
}
