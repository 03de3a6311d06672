//! Spells of given closures: open and closed ones in turn, or dated.

use std::sync::Arc;

use super::agenda::{Class, Event};
use super::simulation::Simulation;
use crate::random::Entity;
use crate::scenario::ClosureProcess;
use crate::time::{Duration, Time};

/// Number `k` of the spells of a given closure.
fn spell_entity(k: u32) -> Entity {
    Entity::numbered(k, 0)
}

impl Simulation<'_> {
    /// Puts the beginning of a given closure's next spell on the agenda: of a renewal, the open spell before it is drawn now.
    pub(super) fn schedule_spell(&mut self, closure: usize) {
        let (k, after) = self.gate.spells[closure];
        let given = &self.plan.scenario.closures[closure];
        let from = match &given.process {
            ClosureProcess::Renewal { open, starts_open, .. } if k > 0 || *starts_open => {
                after + open.duration(self.draws.spells[closure][0].uniform(spell_entity(k), 0))
            }
            ClosureProcess::Renewal { .. } => after,
            ClosureProcess::Spells(spells) => {
                let Some(spell) = spells.get(k as usize) else { return };
                spell.from
            }
        };
        self.gate.due[closure] = from;
        let begins = if given.whole_days {
            self.plan.midnight(self.plan.day_of(from)).max(after)
        } else {
            from
        };
        let event = Event::SpellBegins(closure as u16);
        self.agenda.schedule(begins.max(self.now), Class::Closure, event);
    }

    /// The end of the spell of a given closure that begins now: of a renewal, its length is drawn now.
    fn spell_end(&self, closure: usize) -> Option<Time> {
        let (k, _) = self.gate.spells[closure];
        let from = self.gate.due[closure];
        let given = &self.plan.scenario.closures[closure];
        let length = match &given.process {
            ClosureProcess::Renewal { closed, .. } => closed.duration(self.draws.spells[closure][1].uniform(spell_entity(k), 0)),
            ClosureProcess::Spells(spells) => spells.get(k as usize).map(|s| s.to - s.from)?,
        };
        let end = if given.whole_days {
            super::plan::whole_days_end(self.plan.midnight(self.plan.day_of(from)), length)
        } else {
            from + length
        };
        Some(end)
    }

    /// A spell of a given closure begins.
    pub(super) fn spell_begins(&mut self, closure: usize) {
        let Some(to) = self.spell_end(closure) else { return };
        let plan = Arc::clone(&self.plan);
        let given = &plan.scenario.closures[closure];
        let stated = match &given.process {
            ClosureProcess::Spells(spells) => spells.get(self.gate.spells[closure].0 as usize),
            ClosureProcess::Renewal { .. } => None,
        };
        let capacity = stated.and_then(|s| s.capacity).unwrap_or(given.capacity);
        let scope = stated.and_then(|s| s.scope.clone()).unwrap_or_else(|| given.scope.clone());
        let (k, _) = self.gate.spells[closure];
        self.gate.spells[closure] = (
            k + 1,
            if matches!(given.process, ClosureProcess::Renewal { .. }) {
                to
            } else {
                Time::ZERO
            },
        );
        if to > self.now && self.happens() {
            self.close(closure as u16, capacity, scope, false, Duration::ZERO, to);
        }
        self.schedule_spell(closure);
    }
}
