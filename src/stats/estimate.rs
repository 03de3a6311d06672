//! A number with its interval.

use super::mean::MeanInterval;

/// An estimate with the ends of its interval; an end that the sample cannot give is NaN.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// Lower end.
    pub lower: f64,
    /// Upper end.
    pub upper: f64,
}

impl From<MeanInterval> for Estimate {
    /// The mean and the ends of its interval.
    fn from(of: MeanInterval) -> Estimate {
        Estimate {
            value: of.mean,
            lower: of.lower,
            upper: of.upper,
        }
    }
}

impl Estimate {
    /// Nothing that is known.
    pub const NONE: Estimate = Estimate {
        value: f64::NAN,
        lower: f64::NAN,
        upper: f64::NAN,
    };

    /// A value of which no interval is told.
    pub const fn alone(value: f64) -> Estimate {
        Estimate { value, ..Estimate::NONE }
    }

    /// The same in other units.
    #[must_use]
    pub fn times(self, factor: f64) -> Estimate {
        Estimate {
            value: self.value * factor,
            lower: self.lower * factor,
            upper: self.upper * factor,
        }
    }

    /// Whether a value lies within the interval.
    pub fn contains(&self, x: f64) -> bool {
        self.lower <= x && x <= self.upper
    }
}
