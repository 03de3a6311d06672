//! Whether parameters stay valid whatever happens: every combination of effects at their extreme sizes.
//!
//! For each parameter the least and the greatest value that effects can bring it to are worked out, each effect being absent, at its
//! least or at its greatest; what begins within bounds and only moves between such values stays within them.

use super::cell::{Cell, Current};
use super::rows::{self, Measure, general_of};
use super::words::amount;
use super::written::Leaf;
use super::{Parameter, Slot, Value};
use crate::scenario::world::Scenario;

/// An effect with the extremes of its size.
#[derive(Clone, Debug)]
pub(in crate::scenario) struct Sized<'a> {
    /// Who brings it, for messages: "driver `x`".
    pub by: String,
    /// On what it acts.
    pub parameter: &'a Parameter,
    /// How it acts.
    pub size: Extreme<'a>,
}

/// The extremes of an effect at full strength.
#[derive(Clone, Copy, Debug)]
pub(in crate::scenario) enum Extreme<'a> {
    /// It multiplies by at least and at most so much.
    Multiply(f64, f64),
    /// It adds at least and at most so much.
    Add(f64, f64),
    /// It sets.
    Set(&'a Value),
}

/// A parameter that could leave its bounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::scenario) struct Fault {
    /// The effect at fault: the one that pushes the furthest.
    pub effect: usize,
    /// What could happen.
    pub message: String,
}

/// How far the effects on one parameter can reach.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reach {
    multiply: (f64, f64),
    add: (f64, f64),
}

const AS_IT_IS: Reach = Reach {
    multiply: (1.0, 1.0),
    add: (0.0, 0.0),
};

/// How far sums may exceed 1 by rounding.
pub(super) const ROUNDING: f64 = 1e-9;

impl Reach {
    fn with(self, size: &Extreme) -> Reach {
        match *size {
            Extreme::Multiply(low, high) => Reach {
                multiply: (self.multiply.0 * low.min(1.0), self.multiply.1 * high.max(1.0)),
                ..self
            },
            Extreme::Add(low, high) => Reach {
                add: (self.add.0 + low.min(0.0), self.add.1 + high.max(0.0)),
                ..self
            },
            Extreme::Set(_) => self,
        }
    }

    fn and(self, other: Reach) -> Reach {
        Reach {
            multiply: (self.multiply.0 * other.multiply.0, self.multiply.1 * other.multiply.1),
            add: (self.add.0 + other.add.0, self.add.1 + other.add.1),
        }
    }

    pub(super) fn of(self, (low, high): (f64, f64)) -> (f64, f64) {
        (times(low, self.multiply.0) + self.add.0, times(high, self.multiply.1) + self.add.1)
    }

    /// The greatest value when all effects pull down.
    fn least_high(self, high: f64) -> f64 {
        times(high, self.multiply.0) + self.add.0
    }
}

/// A product in which nothing of anything is nothing.
fn times(x: f64, by: f64) -> f64 {
    if by.abs() <= 0.0 { 0.0 } else { x * by }
}

pub(super) struct Check<'a> {
    pub(super) scenario: Scenario,
    pub(super) effects: &'a [Sized<'a>],
    pub(super) faults: Vec<Fault>,
}

/// All parameters that effects could bring out of their bounds.
pub(in crate::scenario) fn faults(scenario: &Scenario, effects: &[Sized]) -> Vec<Fault> {
    let mut check = Check {
        scenario: scenario.clone(),
        effects,
        faults: Vec::new(),
    };
    let mut slots: Vec<Slot> = effects.iter().map(|e| e.parameter.slot).collect();
    slots.sort_unstable();
    slots.dedup();
    for slot in &slots {
        check.slot(*slot);
    }
    check.sets(&slots);
    check.outcomes(&slots);
    check.faults.sort_by_key(|fault| fault.effect);
    check.faults
}

impl Check<'_> {
    pub(super) fn cell(&mut self, slot: Slot) -> Option<Cell<'_>> {
        (rows::row(slot.row).cell)(&mut self.scenario, slot.at)
    }

    /// The effects on the whole of a parameter, by number.
    pub(super) fn on_whole(&self, slot: Slot) -> Vec<usize> {
        let on = |e: &Sized| e.parameter.slot == slot && e.parameter.inside.is_none();
        (0..self.effects.len()).filter(|i| on(&self.effects[*i])).collect()
    }

    pub(super) fn reach(&self, slot: Slot) -> Reach {
        let own = self
            .on_whole(slot)
            .iter()
            .fold(AS_IT_IS, |reach, i| reach.with(&self.effects[*i].size));
        general_of(slot).map_or(own, |general| own.and(self.reach(general)))
    }

    fn slot(&mut self, slot: Slot) {
        let measure = rows::row(slot.row).measure;
        if !measure.is_quantity() {
            return;
        }
        let Some(cell) = self.cell(slot) else { return };
        let (is_count, mut spans, current) = (matches!(cell, Cell::Count(_)), cell.spans(), cell.current());
        let on_whole = self.on_whole(slot);
        let Some(inner) = self.inner_spans(slot, is_count) else { return };
        spans.extend(inner);
        if current.is_none() && self.needs_value(&on_whole) {
            return;
        }
        for i in &on_whole {
            if let Extreme::Set(value) = self.effects[*i].size {
                spans.extend(Current::of(value).and_then(|c| c.span()));
            }
        }
        let Some(first) = self.parameter_of(slot) else { return };
        let reach = self.reach(slot);
        self.bounds(first, &on_whole, measure, &spans, reach);
    }

    pub(super) fn parameter_of(&self, slot: Slot) -> Option<usize> {
        (0..self.effects.len()).find(|i| self.effects[*i].parameter.slot == slot)
    }

    /// What is not stated can be set, but neither multiplied nor added to.
    fn needs_value(&mut self, on_whole: &[usize]) -> bool {
        let moves = |i: &&usize| !matches!(self.effects[**i].size, Extreme::Set(_));
        let Some(effect) = on_whole.iter().find(moves) else {
            return false;
        };
        let path = &self.effects[*effect].parameter.path;
        let message = match self.effects[*effect].parameter.measure() {
            Measure::Limit(_) => format!("`{path}` is unlimited: there is nothing to multiply or add to"),
            _ => format!("`{path}` is not stated in this scenario: there is nothing to multiply or add to"),
        };
        self.faults.push(Fault { effect: *effect, message });
        true
    }

    /// The effect on a parameter that pushes it the furthest.
    fn strongest(&self, on: &[usize], upwards: bool) -> usize {
        let push = |i: &usize| match self.effects[*i].size {
            Extreme::Multiply(_, high) if upwards => high - 1.0,
            Extreme::Multiply(low, _) => 1.0 - low,
            Extreme::Add(_, high) if upwards => high,
            Extreme::Add(low, _) => -low,
            Extreme::Set(_) => 0.0,
        };
        on.iter().copied().max_by(|a, b| push(a).total_cmp(&push(b))).unwrap_or(0)
    }

    fn bounds(&mut self, first: usize, on: &[usize], measure: Measure, spans: &[(f64, f64)], reach: Reach) {
        let (least, greatest) = measure.bounds();
        let rounded = |x: f64| if measure.is_whole() { x.round() } else { x };
        let reached = spans.iter().map(|span| reach.of(*span));
        let (low, high) = reached.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), (l, h)| (low.min(l), high.max(h)));
        let (low, high) = (rounded(low), rounded(high));
        let path = self.effects[first].parameter.path.clone();
        let all = if on.is_empty() { vec![first] } else { on.to_vec() };
        let slack = if matches!(measure, Measure::Positive | Measure::BelowOne) {
            0.0
        } else {
            ROUNDING
        };
        // A count below 0 is none; a law of counts is cut there.
        if low < least - slack && measure != Measure::CountLaw {
            self.leaves(&all, false, &path, measure, low, least);
        } else if high > greatest + slack {
            self.leaves(&all, true, &path, measure, high, greatest);
        } else if measure == Measure::SpanLaw && spans.iter().any(|(_, high)| reach.least_high(*high) <= 0.0) {
            let effect = self.strongest(&all, false);
            let message = format!(
                "{} could bring `{path}` to 0: what repeats after it would never end",
                self.effects[effect].by
            );
            self.faults.push(Fault { effect, message });
        }
    }

    fn leaves(&mut self, on: &[usize], upwards: bool, path: &str, measure: Measure, value: f64, bound: f64) {
        let effect = self.strongest(on, upwards);
        let mut others: Vec<&str> = on.iter().filter(|i| **i != effect).map(|i| self.effects[*i].by.as_str()).collect();
        others.retain(|by| *by != self.effects[effect].by);
        others.dedup();
        let with = if others.is_empty() {
            String::new()
        } else {
            format!(", with {},", others.join(" and "))
        };
        let by = &self.effects[effect].by;
        let end = if upwards { "most" } else { "least" };
        let strict = matches!(measure, Measure::BelowOne) && upwards || matches!(measure, Measure::Positive | Measure::Span) && !upwards;
        let expected = match (strict, upwards) {
            (true, true) => "below 1".to_owned(),
            (true, false) => "above 0".to_owned(),
            _ => format!("at {end} {}", amount(bound, measure)),
        };
        let message = if value.is_finite() {
            format!("{by}{with} could bring `{path}` to {}, expected {expected}", amount(value, measure))
        } else {
            format!("{by}{with} could bring `{path}` to any value, expected {expected}: give the size a `max`")
        };
        self.faults.push(Fault { effect, message });
    }

    /// The spans of a law with its inner parameters at their extremes; none: it cannot be made there, which is told.
    fn inner_spans(&mut self, slot: Slot, is_count: bool) -> Option<Vec<(f64, f64)>> {
        let on: Vec<usize> = (0..self.effects.len())
            .filter(|i| self.effects[*i].parameter.slot == slot && self.effects[*i].parameter.inside.is_some())
            .collect();
        let Some(first) = on.first() else { return Some(Vec::new()) };
        let written = self.effects[*first].parameter.inside.as_ref().map(|i| (*i.written).clone())?;
        // (the number inside, its values at the extremes)
        let mut leaves: Vec<(Leaf, [f64; 3])> = Vec::new();
        for i in &on {
            let leaf = self.effects[*i].parameter.inside.as_ref().map(|i| i.leaf.clone())?;
            if leaves.iter().any(|(l, _)| *l == leaf) {
                continue;
            }
            let same = on
                .iter()
                .filter(|j| self.effects[**j].parameter.inside.as_ref().is_some_and(|i| i.leaf == leaf));
            let (mut reach, mut low) = (AS_IT_IS, written.number(&leaf)?);
            let mut high = low;
            for j in same {
                reach = reach.with(&self.effects[*j].size);
                if let Extreme::Set(Value::Number(set)) = self.effects[*j].size {
                    (low, high) = (low.min(*set), high.max(*set));
                }
            }
            let base = written.number(&leaf)?;
            let (low, high) = reach.of((low, high));
            if !high.is_finite() {
                let message = format!(
                    "{} could bring `{}` to any value: give the size a `max`",
                    self.effects[*i].by, self.effects[*i].parameter.path
                );
                self.faults.push(Fault { effect: *i, message });
                return None;
            }
            leaves.push((leaf, [base, low, high]));
        }
        let mut spans = Vec::new();
        for corner in 0..3_usize.pow(leaves.len().min(5) as u32) {
            let (mut law, mut rest) = (written.clone(), corner);
            for (leaf, values) in &leaves {
                law.put(leaf, values[rest % 3]);
                rest /= 3;
            }
            let span = if is_count {
                law.count()
                    .map(|law| (law.support().0 as f64, law.support().1.map_or(f64::INFINITY, |high| high as f64)))
            } else {
                law.law().map(|law| law.support())
            };
            match span {
                Ok(span) => spans.push(span),
                Err(why) => {
                    let (by, path) = (&self.effects[*first].by, &self.effects[*first].parameter.path);
                    let message = format!("{by} could bring `{path}` to where it makes no law: {why}");
                    self.faults.push(Fault { effect: *first, message });
                    return None;
                }
            }
        }
        Some(spans)
    }
}

impl Current {
    /// What a value would be in its place.
    fn of(value: &Value) -> Option<Current> {
        Some(match value {
            Value::Number(x) => Current::Number(*x),
            Value::Law(law) => Current::Law(law.clone()),
            Value::Count(law) => Current::Count(law.clone()),
            _ => return None,
        })
    }
}
