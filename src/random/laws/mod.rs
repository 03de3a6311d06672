//! The families of laws: one file a family, one row each in [`FAMILIES`].

mod constant;
mod empirical;
mod exponential;
mod gamma;
mod hyperexponential;
mod lognormal;
mod loguniform;
mod mixture;
mod normal;
mod pert;
mod triangular;
mod uniform;
mod weibull;

pub(super) use constant::Constant;
pub(super) use empirical::{Empirical, weighted};

use super::family::{Family, LawFault, Parameter, ParameterKind};

/// The families of laws of a real quantity. `min` and `max` are common to all: they truncate, except where they are in the row.
pub static FAMILIES: &[Family] = &[
    constant::FAMILY,
    exponential::FAMILY,
    lognormal::FAMILY,
    gamma::FAMILY,
    gamma::ERLANG,
    weibull::FAMILY,
    triangular::FAMILY,
    pert::FAMILY,
    uniform::FAMILY,
    normal::FAMILY,
    loguniform::FAMILY,
    hyperexponential::FAMILY,
    empirical::FAMILY,
    mixture::FAMILY,
];

/// What a family computes of a law, untruncated and unscaled.
pub(super) trait Continuous {
    /// The value below which a share `p` falls; `p` in the open interval from 0 to 1.
    fn quantile(&self, p: f64) -> f64;
    /// The probability of a value at or below `x`.
    fn up_to(&self, x: f64) -> f64;
    /// The probability of a value above `x`, without loss where it is small.
    fn above(&self, x: f64) -> f64 {
        1.0 - self.up_to(x)
    }
    /// The probability of a value below `x`: that of one at or below it, unless single values have probability.
    fn below(&self, x: f64) -> f64 {
        self.up_to(x)
    }
    /// The probability of a value from `a` to `b`, both included, taken from the side where it is small.
    fn share(&self, a: f64, b: f64) -> f64 {
        let below = self.below(a);
        if below > 0.5 {
            self.above(a) - self.above(b) + (self.up_to(a) - below)
        } else {
            self.up_to(b) - below
        }
    }
    fn mean(&self) -> f64;
    fn variance(&self) -> f64;
    /// The least and the greatest value.
    fn support(&self) -> (f64, f64);
    /// The integrals of x and x² over the law from `a` to `b`, exact.
    fn partial_moments(&self, a: f64, b: f64) -> [f64; 2];
    /// The law between `a` and `b`, where another member of the family states it better than a range of shares.
    fn within(&self, _a: f64, _b: f64) -> Option<Result<Shape, LawFault>> {
        None
    }
}

/// One law of one family: a closed set, so that a draw is one branch and no call through a table.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shape {
    Constant(Constant),
    Exponential(exponential::Exponential),
    Lognormal(lognormal::Lognormal),
    Gamma(gamma::Gamma),
    Weibull(weibull::Weibull),
    Triangular(triangular::Triangular),
    Pert(pert::Pert),
    Uniform(uniform::Uniform),
    Normal(normal::Normal),
    Loguniform(loguniform::Loguniform),
    Hyperexponential(hyperexponential::Hyperexponential),
    Empirical(Empirical),
    Mixture(mixture::Mixture),
}

macro_rules! each {
    ($shape:expr, $law:ident => $result:expr) => {
        match $shape {
            Shape::Constant($law) => $result,
            Shape::Exponential($law) => $result,
            Shape::Lognormal($law) => $result,
            Shape::Gamma($law) => $result,
            Shape::Weibull($law) => $result,
            Shape::Triangular($law) => $result,
            Shape::Pert($law) => $result,
            Shape::Uniform($law) => $result,
            Shape::Normal($law) => $result,
            Shape::Loguniform($law) => $result,
            Shape::Hyperexponential($law) => $result,
            Shape::Empirical($law) => $result,
            Shape::Mixture($law) => $result,
        }
    };
}

impl Shape {
    /// Values and probabilities of a law of finitely many values.
    pub(super) fn single_values(&self) -> Option<Vec<(f64, f64)>> {
        match self {
            Shape::Constant(law) => Some(vec![(law.0, 1.0)]),
            Shape::Empirical(law) => Some(law.pairs().collect()),
            _ => None,
        }
    }

    /// Whether the quantile is one formula from end to end, or nearly so: free of jumps, kinks and joints between cubics.
    pub(super) fn is_smooth(&self) -> bool {
        match self {
            Shape::Exponential(_)
            | Shape::Lognormal(_)
            | Shape::Weibull(_)
            | Shape::Uniform(_)
            | Shape::Normal(_)
            | Shape::Loguniform(_) => true,
            Shape::Constant(_)
            | Shape::Gamma(_)
            | Shape::Triangular(_)
            | Shape::Pert(_)
            | Shape::Hyperexponential(_)
            | Shape::Empirical(_)
            | Shape::Mixture(_) => false,
        }
    }
}

impl Continuous for Shape {
    fn quantile(&self, p: f64) -> f64 {
        each!(self, law => law.quantile(p))
    }
    fn up_to(&self, x: f64) -> f64 {
        each!(self, law => law.up_to(x))
    }
    fn above(&self, x: f64) -> f64 {
        each!(self, law => law.above(x))
    }
    fn below(&self, x: f64) -> f64 {
        each!(self, law => law.below(x))
    }
    fn share(&self, a: f64, b: f64) -> f64 {
        each!(self, law => law.share(a, b))
    }
    fn mean(&self) -> f64 {
        each!(self, law => law.mean())
    }
    fn variance(&self) -> f64 {
        each!(self, law => law.variance())
    }
    fn support(&self) -> (f64, f64) {
        each!(self, law => law.support())
    }
    fn partial_moments(&self, a: f64, b: f64) -> [f64; 2] {
        each!(self, law => law.partial_moments(a, b))
    }
    fn within(&self, a: f64, b: f64) -> Option<Result<Shape, LawFault>> {
        each!(self, law => law.within(a, b))
    }
}

macro_rules! into_shape {
    ($($variant:ident($law:ty)),* $(,)?) => {
        $(impl From<$law> for Shape {
            fn from(law: $law) -> Shape {
                Shape::$variant(law)
            }
        })*
    };
}

into_shape!(
    Constant(Constant),
    Exponential(exponential::Exponential),
    Lognormal(lognormal::Lognormal),
    Gamma(gamma::Gamma),
    Weibull(weibull::Weibull),
    Triangular(triangular::Triangular),
    Pert(pert::Pert),
    Uniform(uniform::Uniform),
    Normal(normal::Normal),
    Loguniform(loguniform::Loguniform),
    Hyperexponential(hyperexponential::Hyperexponential),
    Empirical(Empirical),
    Mixture(mixture::Mixture),
);

/// `mean`, as most families have it.
const MEAN: Parameter = Parameter {
    name: "mean",
    kind: ParameterKind::Quantity,
    doc: "expectation before `min` and `max` truncate, above 0",
};
/// `cv`, as most families have it.
const CV: Parameter = Parameter {
    name: "cv",
    kind: ParameterKind::Number,
    doc: "standard deviation divided by mean, before truncation, above 0",
};
/// `min` of the families of which it is a parameter.
const MIN: Parameter = Parameter {
    name: "min",
    kind: ParameterKind::Quantity,
    doc: "least value",
};
/// `max` of the families of which it is a parameter.
const MAX: Parameter = Parameter {
    name: "max",
    kind: ParameterKind::Quantity,
    doc: "greatest value",
};
/// `mode` of the families between `min` and `max`.
const MODE: Parameter = Parameter {
    name: "mode",
    kind: ParameterKind::Quantity,
    doc: "most likely value, from `min` to `max`",
};

/// `min` and `max` in order.
fn bounds(given: &super::family::Given) -> Result<(f64, f64), LawFault> {
    let (min, max) = (given.need("min")?, given.need("max")?);
    if min <= max {
        Ok((min, max))
    } else {
        Err(LawFault::of("min", format!("min must be at or below max, found {min} above {max}")))
    }
}

/// `min`, `mode` and `max` in order.
fn bounds_and_mode(given: &super::family::Given) -> Result<(f64, f64, f64), LawFault> {
    let (min, max) = bounds(given)?;
    let mode = given.need("mode")?;
    if (min..=max).contains(&mode) {
        Ok((min, mode, max))
    } else {
        Err(LawFault::of(
            "mode",
            format!("mode must lie from min to max, found {mode} outside {min} to {max}"),
        ))
    }
}
