//! A compiled law of a count.

use super::counts::{CountTable, Geometric};
use super::family::LawFault;
use super::law::{LEAST_SHARE, Law};

/// A law of a count, ready to draw from: one uniform gives one whole number. Cheap to clone.
#[derive(Clone, Debug, PartialEq)]
pub struct CountLaw {
    shape: CountShape,
    /// Added to what the shape gives.
    shift: u64,
    /// What that is multiplied by and what is then added, before it is rounded to the nearest number; none: it stays as it is.
    change: Option<(f64, f64)>,
    low: u64,
    high: Option<u64>,
    mean: f64,
    variance: f64,
}

/// How a count comes from its uniform.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum CountShape {
    Constant,
    Range { first: u64, numbers: f64 },
    Geometric(Geometric),
    Table(CountTable),
    WholePart(Law),
}

impl CountLaw {
    /// Always `value`.
    pub fn constant(value: u64) -> CountLaw {
        CountLaw::range(value, value)
    }

    /// Every number from `first` to `last` alike; `first` at most `last`.
    pub(super) fn range(first: u64, last: u64) -> CountLaw {
        let numbers = last.saturating_sub(first) as f64 + 1.0;
        let shape = if first < last {
            CountShape::Range { first, numbers }
        } else {
            CountShape::Constant
        };
        let shift = if first < last { 0 } else { first };
        let mean = 0.5 * (first as f64 + last as f64);
        CountLaw {
            shape,
            shift,
            change: None,
            low: first,
            high: Some(last),
            mean,
            variance: (numbers * numbers - 1.0) / 12.0,
        }
    }

    pub(super) fn geometric(law: Geometric) -> CountLaw {
        let (mean, variance) = (law.mean(), law.variance());
        CountLaw {
            low: law.first(),
            high: None,
            mean,
            variance,
            shift: 0,
            change: None,
            shape: CountShape::Geometric(law),
        }
    }

    /// Of a table; `high` where the law, not only its table, ends.
    pub(super) fn table(table: CountTable, high: Option<u64>) -> CountLaw {
        if table.first() == table.last() {
            return CountLaw::constant(table.first());
        }
        let (mean, variance) = table.moments();
        CountLaw {
            low: table.first(),
            high,
            mean,
            variance,
            shift: 0,
            change: None,
            shape: CountShape::Table(table),
        }
    }

    /// The whole part of a quantity, 0 where that is below 0.
    pub fn whole_part_of(law: Law) -> CountLaw {
        let whole = |x: f64| x.max(0.0).floor();
        let (low, high) = law.support();
        if whole(low) >= whole(high) {
            return CountLaw::constant(whole(low) as u64);
        }
        let (mean, variance) = moments_of_whole_part(&law);
        let high = high.is_finite().then(|| {
            // A continuous law that ends at a whole number reaches it with probability 0.
            let last = whole(high);
            (if law.at_least(last) > 0.0 { last } else { last - 1.0 }) as u64
        });
        CountLaw {
            low: whole(low) as u64,
            high,
            mean,
            variance,
            shift: 0,
            change: None,
            shape: CountShape::WholePart(law),
        }
    }

    /// The smallest number with a share of at least `u` at or below it; `u` strictly between 0 and 1.
    pub fn quantile(&self, u: f64) -> u64 {
        let drawn = match &self.shape {
            CountShape::Constant => 0,
            CountShape::Range { first, numbers } => first + (u * numbers).min(numbers - 1.0) as u64,
            CountShape::Geometric(law) => law.quantile(u),
            CountShape::Table(table) => table.quantile(u),
            CountShape::WholePart(law) => law.quantile(u) as u64,
        };
        let count = drawn.saturating_add(self.shift);
        self.change.map_or(count, |change| changed(count, change))
    }

    /// The expectation, shift and truncation included; of a changed law, before rounding.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// The variance, truncation included; of a changed law, before rounding.
    pub fn variance(&self) -> f64 {
        self.variance
    }

    /// The least and the greatest number, if there is one.
    pub fn support(&self) -> (u64, Option<u64>) {
        (self.low, self.high)
    }

    /// The number of a law that has but one.
    pub fn as_constant(&self) -> Option<u64> {
        (self.high == Some(self.low)).then_some(self.low)
    }

    /// The law of `factor` times the count and `add` more, rounded to the nearest number, 0 where that is below 0; `factor` at least 0.
    #[must_use]
    pub fn changed(&self, factor: f64, add: f64) -> CountLaw {
        let (before, more) = self.change.unwrap_or((1.0, 0.0));
        let change = (before * factor, more * factor + add);
        // The bounds are those of numbers already rounded: with them the law is changed but once.
        let bound = |count: u64| changed(count, (factor, add));
        CountLaw {
            change: Some(change),
            low: bound(self.low),
            high: self.high.map(bound),
            mean: self.mean * factor + add,
            variance: self.variance * factor * factor,
            ..self.clone()
        }
    }

    /// `shift` more.
    #[must_use]
    pub fn plus(self, shift: u64) -> CountLaw {
        CountLaw {
            shift: self.shift + shift,
            low: self.low + shift,
            high: self.high.map(|high| high + shift),
            mean: self.mean + shift as f64,
            ..self
        }
    }

    /// The law given that the count lies from `min` to `max`, both included.
    pub(super) fn truncated(self, min: Option<u64>, max: Option<u64>) -> Result<CountLaw, LawFault> {
        if let (Some(min), Some(max)) = (min, max)
            && min > max
        {
            return Err(LawFault::of("min", format!("min must be at or below max, found {min} above {max}")));
        }
        let min = min.filter(|&min| min > self.low);
        let max = max.filter(|&max| self.high.is_none_or(|high| max < high));
        if let Some(max) = max.filter(|&max| max < self.low) {
            return Err(LawFault::of("max", format!("max leaves no probability: the law lies above {max}")));
        }
        if let Some((min, _)) = min.zip(self.high).filter(|(min, high)| min > high) {
            return Err(LawFault::of("min", format!("min leaves no probability: the law lies below {min}")));
        }
        if min.is_none() && max.is_none() {
            return Ok(self);
        }
        let shift = self.shift;
        let (from, to) = (min.map(|min| min.saturating_sub(shift)), max.map(|max| max.saturating_sub(shift)));
        let kept = match self.shape {
            CountShape::Constant => return Ok(self),
            CountShape::Range { first, numbers } => {
                let last = first + (numbers - 1.0) as u64;
                Ok(CountLaw::range(from.unwrap_or(first), to.unwrap_or(last)))
            }
            CountShape::Geometric(law) => law.within(from, to),
            CountShape::Table(table) => table.within(from, to).map(|table| {
                let high = to.or(self.high.map(|high| high - shift));
                CountLaw::table(table, high)
            }),
            CountShape::WholePart(law) => {
                let last = to.map(|to| (to as f64 + 1.0).next_down());
                law.truncated(from.map(|from| from as f64), last).map(CountLaw::whole_part_of)
            }
        };
        kept.map(|law| law.plus(shift))
    }
}

/// A count multiplied and added to, to the nearest number.
fn changed(count: u64, (factor, add): (f64, f64)) -> u64 {
    (count as f64 * factor + add).round().max(0.0) as u64
}

/// Expectation and variance of the whole part of `law`: exact below [`EXACT`], from the continuous law above it, where rounding down
/// takes a half from the mean and adds a twelfth to the variance.
fn moments_of_whole_part(law: &Law) -> (f64, f64) {
    /// So many numbers are summed.
    const EXACT: u64 = 20_000;
    if let Some(pairs) = law.single_values() {
        let sum = |term: &dyn Fn(f64) -> f64| pairs.iter().map(|&(x, p)| p * term(x.max(0.0).floor())).sum::<f64>();
        let mean = sum(&|x| x);
        return (mean, sum(&|x| (x - mean) * (x - mean)));
    }
    let first = law.support().0.max(0.0).floor();
    let (mut first_moment, mut second_moment, mut above) = (0.0, 0.0, 1.0);
    let mut number = first;
    for _ in 0..EXACT {
        let next = law.at_least(number + 1.0);
        let (probability, beyond) = (above - next, number - first);
        first_moment += probability * beyond;
        second_moment += probability * beyond * beyond;
        above = next;
        number += 1.0;
        if above <= 0.0 {
            break;
        }
    }
    if above >= LEAST_SHARE
        && let Ok(rest) = law.truncated(Some(number), None)
    {
        let beyond = rest.mean() - 0.5 - first;
        first_moment += above * beyond;
        second_moment += above * (rest.variance() + 1.0 / 12.0 + beyond * beyond);
    }
    (first + first_moment, (second_moment - first_moment * first_moment).max(0.0))
}
