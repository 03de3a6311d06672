//! The places in which parameters lie, by their type, and what changes do to each.

use super::rows::Measure;
use super::{Acting, Value};
use crate::calendar::Hours;
use crate::random::{CountLaw, Law};
use crate::scenario::world::{LawByCargo, ProbabilityByCargo, Status};
use crate::time::Duration;

/// A place in the scenario, ready to be changed.
pub(in crate::scenario) enum Cell<'a> {
    Number(&'a mut f64),
    MaybeNumber(&'a mut Option<f64>),
    Whole(&'a mut u32),
    MaybeWhole(&'a mut Option<u32>),
    Duration(&'a mut Duration),
    MaybeDuration(&'a mut Option<Duration>),
    Law(&'a mut Law),
    MaybeLaw(&'a mut Option<Law>),
    LawByCargo(&'a mut LawByCargo),
    ProbabilityByCargo(&'a mut ProbabilityByCargo),
    Count(&'a mut CountLaw),
    Status(&'a mut Status),
    /// The hours of a week, and the days that are meant, a bit each from Monday.
    Hours(&'a mut [Hours; 7], usize),
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::scenario) enum Current {
    Number(f64),
    Law(Law),
    Count(CountLaw),
    Status(Status),
    Hours(Hours),
}

/// All that acts on one parameter, taken together.
#[derive(Clone, Copy, Debug)]
pub(super) struct Change<'a> {
    pub set: Option<&'a Value>,
    pub multiply: f64,
    pub add: f64,
}

impl<'a> Change<'a> {
    pub(super) const NONE: Change<'static> = Change {
        set: None,
        multiply: 1.0,
        add: 0.0,
    };

    /// With one more that acts.
    pub(super) fn with(self, acting: &Acting<'a>) -> Change<'a> {
        Change {
            set: acting.set.or(self.set),
            multiply: self.multiply * acting.multiply,
            add: self.add + acting.add,
        }
    }

    /// A number changed.
    pub(super) fn number(self, before: f64) -> f64 {
        let start = match self.set {
            Some(Value::Number(set)) => *set,
            _ => before,
        };
        self.scale(start)
    }

    fn scale(self, x: f64) -> f64 {
        // What nothing acts on keeps its last bit, infinities too.
        let product = if (self.multiply - 1.0).abs() <= 0.0 { x } else { x * self.multiply };
        product + self.add
    }

    fn law(self, law: &mut Law, measure: Measure) {
        if let Some(Value::Law(set)) = self.set {
            *law = set.clone();
        }
        self.scale_law(law, measure);
    }

    fn scale_law(self, law: &mut Law, measure: Measure) {
        if (self.multiply - 1.0).abs() > 0.0 {
            *law = law.scaled(self.multiply);
        }
        if self.add.abs() > 0.0 {
            *law = law.shifted(self.add);
        }
        // Never outside its bounds: decoding has refused what could leave them, but for the last bits of a sum.
        let (least, greatest) = measure.bounds();
        if law.support().0 < least {
            *law = law.shifted(least - law.support().0);
        }
        if law.support().1 > greatest {
            *law = law.scaled(greatest / law.support().1);
        }
    }
}

impl Cell<'_> {
    /// Puts what acts on the parameter into its place. A number stays within the bounds of its measure.
    pub(super) fn apply(self, change: Change, measure: Measure) {
        let real = |x: f64| measure.clamped(change.number(x));
        let whole = |x: u32| measure.clamped(change.number(f64::from(x))).round() as u32;
        let duration = |d: Duration| Duration(measure.clamped(change.number(d.0 as f64)).round() as i64);
        let start = |before: Option<f64>| match change.set {
            Some(Value::Number(set)) => Some(*set),
            Some(Value::Unlimited) => None,
            _ => before,
        };
        match self {
            Cell::Number(x) => *x = real(*x),
            Cell::Whole(n) => *n = whole(*n),
            Cell::Duration(d) => *d = duration(*d),
            Cell::MaybeNumber(x) => *x = start(*x).map(real),
            Cell::MaybeWhole(n) => *n = start(n.map(f64::from)).map(|x| whole(x as u32)),
            Cell::MaybeDuration(d) => *d = start(d.map(|d| d.0 as f64)).map(|x| duration(Duration(x as i64))),
            Cell::Law(law) => change.law(law, measure),
            Cell::MaybeLaw(law) => {
                if let (Some(Value::Law(set)), None) = (change.set, &law) {
                    *law = Some(set.clone());
                }
                if let Some(law) = law {
                    change.law(law, measure);
                }
            }
            Cell::LawByCargo(laws) => {
                change.law(&mut laws.general, measure);
                for (_, own) in &mut laws.by_cargo {
                    change.scale_law(own, measure);
                }
            }
            Cell::ProbabilityByCargo(p) => {
                p.general = real(p.general);
                for (_, own) in &mut p.by_cargo {
                    *own = measure.clamped(change.scale(*own));
                }
            }
            Cell::Count(law) => {
                if let Some(Value::Count(set)) = change.set {
                    *law = set.clone();
                }
                if (change.multiply - 1.0).abs() > 0.0 || change.add.abs() > 0.0 {
                    *law = law.changed(change.multiply, change.add);
                }
            }
            Cell::Status(status) => {
                if let Some(Value::Status(set)) = change.set {
                    *status = *set;
                }
            }
            Cell::Hours(weekly, days) => {
                if let Some(Value::Hours(set)) = change.set {
                    for (_, hours) in weekly.iter_mut().enumerate().filter(|(day, _)| days >> day & 1 == 1) {
                        hours.clone_from(set);
                    }
                }
            }
        }
    }

    /// Puts a law that was made anew from its parameters in the place of the general one.
    pub(super) fn put_law(self, law: Law) {
        match self {
            Cell::Law(place) => *place = law,
            Cell::MaybeLaw(place) => *place = Some(law),
            Cell::LawByCargo(place) => place.general = law,
            _ => {}
        }
    }

    /// The same for a law of a count.
    pub(super) fn put_count(self, law: CountLaw) {
        if let Cell::Count(place) = self {
            *place = law;
        }
    }

    /// What stands there; of values by cargo the general one, of hours those of the first day meant.
    pub(super) fn current(&self) -> Option<Current> {
        Some(match self {
            Cell::Number(x) => Current::Number(**x),
            Cell::MaybeNumber(x) => Current::Number((**x)?),
            Cell::Whole(n) => Current::Number(f64::from(**n)),
            Cell::MaybeWhole(n) => Current::Number(f64::from((**n)?)),
            Cell::Duration(d) => Current::Number(d.0 as f64),
            Cell::MaybeDuration(d) => Current::Number((**d)?.0 as f64),
            Cell::Law(law) => Current::Law((**law).clone()),
            Cell::MaybeLaw(law) => Current::Law((**law).clone()?),
            Cell::LawByCargo(laws) => Current::Law(laws.general.clone()),
            Cell::ProbabilityByCargo(p) => Current::Number(p.general),
            Cell::Count(law) => Current::Count((**law).clone()),
            Cell::Status(status) => Current::Status(**status),
            Cell::Hours(weekly, days) => Current::Hours(weekly.iter().enumerate().find(|(day, _)| days >> day & 1 == 1)?.1.clone()),
        })
    }

    /// The least and the greatest value of each law or number there: the general one first, then those of cargos.
    pub(super) fn spans(&self) -> Vec<(f64, f64)> {
        match self {
            Cell::LawByCargo(laws) => std::iter::once(&laws.general)
                .chain(laws.by_cargo.iter().map(|(_, own)| own))
                .map(Law::support)
                .collect(),
            Cell::ProbabilityByCargo(p) => std::iter::once(p.general)
                .chain(p.by_cargo.iter().map(|(_, own)| *own))
                .map(|p| (p, p))
                .collect(),
            _ => self.current().as_ref().and_then(Current::span).into_iter().collect(),
        }
    }
}

impl Current {
    /// The least and the greatest value; none: it is no quantity.
    pub(super) fn span(&self) -> Option<(f64, f64)> {
        match self {
            Current::Number(x) => Some((*x, *x)),
            Current::Law(law) => Some(law.support()),
            Current::Count(law) => {
                let (low, high) = law.support();
                Some((low as f64, high.map_or(f64::INFINITY, |h| h as f64)))
            }
            Current::Status(_) | Current::Hours(_) => None,
        }
    }
}
