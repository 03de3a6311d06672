//! A compiled law of a real quantity: one family, perhaps truncated, perhaps scaled and shifted.

use super::family::LawFault;
use super::laws::{Constant, Continuous, Shape};
use super::quick::QuickLaw;
use super::rounding::whole_microseconds;
use crate::time::Duration;

/// The greatest share that rounding may make of a share below 1.
const BELOW_ONE: f64 = 1.0 - f64::EPSILON / 2.0;

/// A truncation must leave this share; below it a double no longer resolves the law.
pub(super) const LEAST_SHARE: f64 = 1e-12;

/// A law of a real quantity, ready to draw from: whatever it needs was computed when it was made.
///
/// A law of a time is in microseconds. Cheap to clone.
#[derive(Clone, Debug, PartialEq)]
pub struct Law {
    shape: Shape,
    /// The share of the untruncated law below the lower bound.
    from: f64,
    /// The share between the bounds.
    width: f64,
    /// What the values of the shape are multiplied by, above 0.
    scale: f64,
    /// What is added to that.
    shift: f64,
    low: f64,
    high: f64,
    mean: f64,
    variance: f64,
}

impl Law {
    /// The law of a family, untruncated.
    pub(super) fn new(shape: impl Into<Shape>) -> Law {
        let shape = shape.into();
        let (low, high) = shape.support();
        let (mean, variance) = (shape.mean(), shape.variance());
        Law {
            shape,
            from: 0.0,
            width: 1.0,
            scale: 1.0,
            shift: 0.0,
            low,
            high,
            mean,
            variance,
        }
    }

    /// Always `value`.
    pub fn constant(value: f64) -> Law {
        Law::new(Constant(value))
    }

    /// The value below which a share `u` of draws falls; `u` strictly between 0 and 1. Never falls as `u` grows.
    pub fn quantile(&self, u: f64) -> f64 {
        let p = (self.from + u * self.width).min(BELOW_ONE);
        (self.shape.quantile(p) * self.scale + self.shift).max(self.low).min(self.high)
    }

    /// The quantile of a law of a time, to the nearest microsecond and not below 0.
    pub fn duration(&self, u: f64) -> Duration {
        Duration(whole_microseconds(self.quantile(u)))
    }

    /// This law of a time with a table of its quantile, for who draws from it many thousand times.
    pub fn quick(&self) -> QuickLaw {
        QuickLaw::new(self)
    }

    /// To how much `quantile` may be off by the rounding of its steps alone, at the value `x` and in the slope `rise` over the share.
    pub(super) fn rounding(&self, x: f64, rise: f64) -> f64 {
        // Sums with the shift cancel; a share of a truncated law is itself rounded. Elementary functions err by a few last bits, which a
        // logarithm of the value, at most some 40, multiplies.
        const LAST_BITS: f64 = 64.0 * f64::EPSILON;
        LAST_BITS * (x.abs() + self.shift.abs()) + 4.0 * f64::EPSILON * rise.abs() / self.width
    }

    /// The expectation, truncation included.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// The variance, truncation included.
    pub fn variance(&self) -> f64 {
        self.variance
    }

    /// The least and the greatest value, perhaps infinite.
    pub fn support(&self) -> (f64, f64) {
        (self.low, self.high)
    }

    /// The value of a law that has but one.
    pub fn as_constant(&self) -> Option<f64> {
        (self.low >= self.high).then_some(self.low)
    }

    /// The law of `factor` times the quantity; `factor` at least 0.
    #[must_use]
    pub fn scaled(&self, factor: f64) -> Law {
        if factor <= 0.0 || self.low >= self.high {
            return Law::constant(self.low.max(0.0) * factor.max(0.0));
        }
        Law {
            scale: self.scale * factor,
            shift: self.shift * factor,
            low: self.low * factor,
            high: self.high * factor,
            mean: self.mean * factor,
            variance: self.variance * factor * factor,
            ..self.clone()
        }
    }

    /// The law of the quantity and `by` more; `by` may be below 0.
    #[must_use]
    pub fn shifted(&self, by: f64) -> Law {
        Law {
            shift: self.shift + by,
            low: self.low + by,
            high: self.high + by,
            mean: self.mean + by,
            ..self.clone()
        }
    }

    /// Whether the quantile is free of jumps, kinks and joints between cubics.
    pub(super) fn is_smooth(&self) -> bool {
        self.shape.is_smooth()
    }

    /// Factor and offset that make this law of another, if any do.
    pub(super) fn as_image_of(&self, other: &Law) -> Option<[f64; 2]> {
        let share = |law: &Law| [law.from, law.width].map(f64::to_bits);
        let factor = self.scale / other.scale;
        (share(self) == share(other) && self.shape == other.shape).then_some([factor, self.shift - other.shift * factor])
    }

    /// A value as the shape has it, before scale and shift.
    fn unscaled(&self, x: f64) -> f64 {
        (x - self.shift) / self.scale
    }

    /// Values and probabilities of a law of finitely many values.
    pub(super) fn single_values(&self) -> Option<Vec<(f64, f64)>> {
        let pairs = self.shape.single_values()?;
        Some(pairs.into_iter().map(|(x, p)| (x * self.scale + self.shift, p)).collect())
    }

    /// The law given that the quantity lies from `min` to `max`, both included.
    pub(super) fn truncated(&self, min: Option<f64>, max: Option<f64>) -> Result<Law, LawFault> {
        if let (Some(min), Some(max)) = (min, max)
            && min > max
        {
            return Err(LawFault::of("min", format!("min must be at or below max, found {min} above {max}")));
        }
        let (low, high) = (
            min.unwrap_or(f64::NEG_INFINITY).max(self.low),
            max.unwrap_or(f64::INFINITY).min(self.high),
        );
        if low <= self.low && high >= self.high {
            return Ok(self.clone());
        }
        let kept = if low <= high { self.share(low, high) } else { 0.0 };
        if kept < LEAST_SHARE {
            return Err(self.nothing_left(min, max));
        }
        if let Some(shape) = self.shape.within(self.unscaled(low), self.unscaled(high)) {
            return Ok(Law::new(shape?).scaled(self.scale).shifted(self.shift));
        }
        let (a, b) = (self.unscaled(low), self.unscaled(high));
        let (from, width) = (self.shape.below(a), self.shape.share(a, b));
        let [first, second] = self.shape.partial_moments(a, b);
        let mean = (first / width).clamp(a, b);
        let variance = (second / width - mean * mean).max(0.0);
        Ok(Law {
            shape: self.shape.clone(),
            from,
            width,
            low,
            high,
            scale: self.scale,
            shift: self.shift,
            mean: mean * self.scale + self.shift,
            variance: variance * self.scale * self.scale,
        })
    }

    fn nothing_left(&self, min: Option<f64>, max: Option<f64>) -> LawFault {
        match (min, max) {
            (Some(min), _) if self.at_least(min) < LEAST_SHARE => {
                LawFault::of("min", format!("min leaves no probability: the law lies below {min}"))
            }
            (_, Some(max)) if self.up_to(max) < LEAST_SHARE => {
                LawFault::of("max", format!("max leaves no probability: the law lies above {max}"))
            }
            (min, max) => {
                let (min, max) = (min.unwrap_or(self.low), max.unwrap_or(self.high));
                LawFault::whole(format!("min and max leave no probability from {min} to {max}"))
            }
        }
    }

    /// The probability of a value at or below `x`.
    pub(super) fn up_to(&self, x: f64) -> f64 {
        if x >= self.high { 1.0 } else { self.share(self.low, x) }
    }

    /// The probability of a value below `x`.
    pub(super) fn below(&self, x: f64) -> f64 {
        if x <= self.low { 0.0 } else { 1.0 - self.at_least(x) }
    }

    /// The probability of a value at or above `x`.
    pub(super) fn at_least(&self, x: f64) -> f64 {
        if x <= self.low { 1.0 } else { self.share(x, self.high) }
    }

    /// The probability of a value above `x`.
    pub(super) fn above(&self, x: f64) -> f64 {
        if x < self.low {
            1.0
        } else if x >= self.high {
            0.0
        } else {
            let kept = (self.shape.above(self.unscaled(x)) - self.shape.above(self.unscaled(self.high))) / self.width;
            kept.clamp(0.0, 1.0)
        }
    }

    /// The probability of a value from `a` to `b`, both included.
    pub(super) fn share(&self, a: f64, b: f64) -> f64 {
        let (a, b) = (a.max(self.low), b.min(self.high));
        if a > b {
            0.0
        } else {
            (self.shape.share(self.unscaled(a), self.unscaled(b)) / self.width).clamp(0.0, 1.0)
        }
    }
}
