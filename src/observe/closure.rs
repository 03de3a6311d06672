//! Closures: merged spells with at least one stage closed by security, and the time restricted.

use super::flow::Flows;
use crate::model::ActiveClosure;
use crate::time::Time;

/// A merged spell.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Spell {
    pub(super) begin: Time,
    pub(super) end: Time,
    /// Its sources, in order of their first instant in it.
    pub(super) causes: Vec<u16>,
}

/// What security leaves open.
#[derive(Clone, Debug)]
pub(super) struct Closures {
    last: Time,
    /// At least one stage is at 0.
    closed: bool,
    /// None is, and one is below all lanes.
    restricted: bool,
    /// The spell under way, and when it ended if it has: it goes on if it is closed again at that same instant.
    current: Option<(Spell, Option<Time>)>,
    spells: Vec<Spell>,
    warm_up: Time,
}

impl Closures {
    pub(super) fn new(warm_up: Time) -> Closures {
        Closures {
            last: Time::ZERO,
            closed: false,
            restricted: false,
            current: None,
            spells: Vec::new(),
            warm_up,
        }
    }

    pub(super) fn reset(&mut self) {
        (self.last, self.closed, self.restricted, self.current) = (Time::ZERO, false, false, None);
        self.spells.clear();
    }

    /// Time has passed: adds it to the stretch of time under way.
    pub(super) fn advance(&mut self, at: Time, flows: &mut Flows) {
        let dt = (at - self.last).0;
        self.last = at;
        if self.closed {
            flows.closed += dt;
        } else if self.restricted {
            flows.restricted += dt;
        }
    }

    /// What security leaves open has changed.
    pub(super) fn changed(&mut self, at: Time, capacities: &[f64], active: &[ActiveClosure]) {
        self.closed = capacities.iter().any(|&c| c <= 0.0);
        self.restricted = !self.closed && capacities.iter().any(|&c| c < 1.0);
        if !self.closed {
            if let Some((_, over @ None)) = &mut self.current {
                *over = Some(at);
            }
            return;
        }
        if matches!(self.current, Some((_, Some(over))) if over < at) {
            self.finish(at);
        }
        let begun = || Spell {
            begin: at,
            end: Time::NEVER,
            causes: Vec::new(),
        };
        let (spell, over) = self.current.get_or_insert_with(|| (begun(), None));
        *over = None;
        for closure in active.iter().filter(|c| c.capacity <= 0.0) {
            if !spell.causes.contains(&closure.source) {
                spell.causes.push(closure.source);
            }
        }
    }

    /// The spell under way is over, `now` at the latest; one of no length, or wholly before the warm-up, does not count.
    pub(super) fn finish(&mut self, now: Time) {
        if let Some((mut spell, over)) = self.current.take() {
            spell.end = over.unwrap_or(now);
            if spell.end > spell.begin && spell.end > self.warm_up {
                self.spells.push(spell);
            }
        }
    }

    /// The spells of the period, the first of which may have begun before it.
    pub(super) fn spells(&self) -> &[Spell] {
        &self.spells
    }

    /// The part of a spell after the warm-up, in microseconds.
    pub(super) fn counted(&self, spell: &Spell) -> i64 {
        (spell.end - spell.begin.max(self.warm_up)).0
    }

    /// How many spells began in the period.
    pub(super) fn begun(&self) -> i64 {
        self.spells.iter().filter(|s| s.begin >= self.warm_up).count() as i64
    }
}
