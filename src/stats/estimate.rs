//! A number with its interval.

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

impl Estimate {
    /// Nothing that is known.
    pub const NONE: Estimate = Estimate {
        value: f64::NAN,
        lower: f64::NAN,
        upper: f64::NAN,
    };

    /// Whether a value lies within the interval.
    pub fn contains(&self, x: f64) -> bool {
        self.lower <= x && x <= self.upper
    }
}
