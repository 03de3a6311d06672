//! Whether what must sum to 1, or at most to 1, can still do so whatever happens.

use super::extremes::{Check, Extreme, Fault, ROUNDING};
use super::shares::{Set, members, set_of};
use super::{Slot, Value, rows};
use crate::scenario::world::{CargoId, OutcomeRule};

impl Check<'_> {
    /// Shares that change must leave room for each other, and others that make up the sum.
    pub(super) fn sets(&mut self, slots: &[Slot]) {
        let mut done: Vec<Set> = Vec::new();
        for slot in slots {
            let Some((set, _)) = set_of(*slot) else { continue };
            if done.contains(&set) {
                continue;
            }
            done.push(set);
            let of_set: Vec<Slot> = slots
                .iter()
                .copied()
                .filter(|s| set_of(*s).is_some_and(|(of, _)| of == set))
                .collect();
            let sum: f64 = of_set.iter().map(|s| self.highest(*s)).sum();
            let Some(effect) = self.parameter_of(*slot) else { continue };
            let (by, path) = (self.effects[effect].by.clone(), self.effects[effect].parameter.path.clone());
            let message = if of_set.len() > 1 && sum > 1.0 + ROUNDING {
                format!(
                    "{by} and others could bring `{path}` and the shares that go with it to {}, expected at most 1",
                    short(sum)
                )
            } else if self.others_of(set, &of_set) <= 0.0 {
                format!("{by} changes `{path}`, but no other share of its set is left to make up the sum of 1")
            } else {
                continue;
            };
            self.faults.push(Fault { effect, message });
        }
    }

    /// The sum of the shares of a set that no effect changes.
    fn others_of(&mut self, set: Set, changed: &[Slot]) -> f64 {
        let numbers: Vec<usize> = changed.iter().filter_map(|s| set_of(*s)).map(|(_, number)| number).collect();
        members(&mut self.scenario, set)
            .into_iter()
            .filter(|(number, _)| !numbers.contains(number))
            .map(|(_, share)| *share)
            .sum()
    }

    /// The greatest value of a number.
    fn highest(&mut self, slot: Slot) -> f64 {
        let spans = self.cell(slot).map(|cell| cell.spans()).unwrap_or_default();
        let sets = self.on_whole(slot).into_iter().filter_map(|i| match self.effects[i].size {
            Extreme::Set(Value::Number(set)) => Some(*set),
            _ => None,
        });
        let start = sets.chain(spans.first().map(|(_, high)| *high)).fold(0.0, f64::max);
        self.reach(slot).of((start, start)).1.min(1.0)
    }

    /// The outcomes of a stage must leave room for each other, for every cargo.
    pub(super) fn outcomes(&mut self, slots: &[Slot]) {
        let probability = rows::all().find(|(_, r)| r.pattern == "stage.STAGE.outcome.OUTCOME.probability");
        let own = rows::all().find(|(_, r)| r.pattern == "stage.STAGE.outcome.OUTCOME.for.CARGO");
        let (Some((probability, _)), Some((own, _))) = (probability, own) else {
            return;
        };
        let mut done: Vec<usize> = Vec::new();
        for slot in slots.iter().filter(|s| s.row == probability || s.row == own) {
            let stage = slot.at[0];
            if done.contains(&stage) {
                continue;
            }
            done.push(stage);
            let outcomes = self.scenario.stages[stage].outcomes.clone();
            for cargo in 0..self.scenario.cargos.len().max(1) {
                let sum: f64 = outcomes
                    .iter()
                    .enumerate()
                    .map(|(i, outcome)| match &outcome.rule {
                        OutcomeRule::Probability(p) if p.by_cargo.iter().any(|(c, _)| *c == CargoId(cargo)) => self.highest_own(
                            Slot {
                                row: own,
                                at: [stage, i, cargo],
                            },
                            p.of(CargoId(cargo)),
                        ),
                        OutcomeRule::Probability(_) => self.highest(Slot {
                            row: probability,
                            at: [stage, i, 0],
                        }),
                        OutcomeRule::Every(_) => 0.0,
                    })
                    .sum();
                if sum > 1.0 + ROUNDING
                    && outcomes.len() > 1
                    && let Some(effect) = self.parameter_of(*slot)
                {
                    let (by, name) = (&self.effects[effect].by, &self.scenario.stages[stage].name);
                    let message = format!(
                        "{by} could bring the outcomes of stage `{name}` to {} in all, expected at most 1",
                        short(sum)
                    );
                    self.faults.push(Fault { effect, message });
                    break;
                }
            }
        }
    }

    fn highest_own(&mut self, slot: Slot, own: f64) -> f64 {
        self.highest(slot).max(self.reach(slot).of((own, own)).1.min(1.0))
    }
}

/// A sum to six digits.
fn short(sum: f64) -> f64 {
    (sum * 1e6).round() / 1e6
}
