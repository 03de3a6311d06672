//! Ageing, or the opposite of it: times between breakdowns.

use super::super::family::{Family, Given, LawFault, Parameter, ParameterKind};
use super::super::law::Law;
use super::super::special::{gamma_share, root_of_falling};
use super::{CV, Continuous, MEAN};

pub(super) const FAMILY: Family = Family {
    name: "weibull",
    doc: "a hazard that falls (shape below 1) or grows (above 1) with age",
    parameters: &[
        MEAN,
        CV,
        Parameter {
            name: "scale",
            kind: ParameterKind::Quantity,
            doc: "value below which 63.2 % fall, above 0",
        },
        Parameter {
            name: "shape",
            kind: ParameterKind::Number,
            doc: "exponent, above 0; 1 is the exponential law",
        },
    ],
    forms: &[&["mean", "cv"], &["scale", "shape"]],
    build,
};

/// The shapes sought from a coefficient of variation: 0.1 has a cv near 430 000 and 1000 one of 0.0013.
const SHAPES: [f64; 2] = [0.1, 1000.0];

fn build(given: &Given) -> Result<Law, LawFault> {
    if given.number("mean").is_none() {
        return Ok(Law::new(Weibull {
            scale: given.positive("scale")?,
            shape: given.positive("shape")?,
        }));
    }
    let (mean, cv) = (given.positive("mean")?, given.positive("cv")?);
    // In the logarithm of the shape, where the function is smooth over the whole range.
    let excess = |log_shape: f64| log_moment_ratio(libm::exp(log_shape)) - libm::log1p(cv * cv);
    let [low, high] = SHAPES.map(libm::log);
    if excess(low) < 0.0 || excess(high) > 0.0 {
        return Err(LawFault::of(
            "cv",
            format!("cv must lie from 0.002 to 400000 for `weibull`, found {cv}"),
        ));
    }
    let shape = libm::exp(root_of_falling(excess, low, high));
    Ok(Law::new(Weibull {
        scale: mean / libm::exp(libm::lgamma(1.0 + 1.0 / shape)),
        shape,
    }))
}

/// ln(1 + cv²) of a shape.
fn log_moment_ratio(shape: f64) -> f64 {
    libm::lgamma(1.0 + 2.0 / shape) - 2.0 * libm::lgamma(1.0 + 1.0 / shape)
}

/// The Weibull law.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::random) struct Weibull {
    scale: f64,
    shape: f64,
}

impl Weibull {
    /// The cumulative hazard at `x`.
    fn hazard(&self, x: f64) -> f64 {
        libm::pow(x.max(0.0) / self.scale, self.shape)
    }
}

impl Continuous for Weibull {
    fn quantile(&self, p: f64) -> f64 {
        self.scale * libm::pow(-libm::log1p(-p), 1.0 / self.shape)
    }
    fn up_to(&self, x: f64) -> f64 {
        -libm::expm1(-self.hazard(x))
    }
    fn above(&self, x: f64) -> f64 {
        libm::exp(-self.hazard(x))
    }
    fn mean(&self) -> f64 {
        self.scale * libm::exp(libm::lgamma(1.0 + 1.0 / self.shape))
    }
    fn variance(&self) -> f64 {
        let mean = self.mean();
        mean * mean * libm::expm1(log_moment_ratio(self.shape))
    }
    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }
    fn partial_moments(&self, a: f64, b: f64) -> [f64; 2] {
        let (a, b) = (self.hazard(a), self.hazard(b));
        [(1.0, self.scale), (2.0, self.scale * self.scale)].map(|(r, unit)| {
            let power = 1.0 + r / self.shape;
            unit * libm::exp(libm::lgamma(power)) * gamma_share(power, a, b)
        })
    }
}
