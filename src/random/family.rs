//! What a family of laws is: its name, its parameters, and how given parameters make a law.

use std::collections::BTreeMap;
use std::fmt;

use super::count::CountLaw;
use super::law::Law;

/// What is expected of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterKind {
    /// A value in the law's unit.
    Quantity,
    /// A pure number.
    Number,
    /// A whole number.
    Whole,
    /// A number from 0 to 1.
    Probability,
    /// An array of values in the law's unit.
    Quantities,
    /// An array of weights, at least 0.
    Weights,
    /// An array of laws of the same unit.
    Laws,
}

/// A parameter of a family.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// Its key in a scenario file.
    pub name: &'static str,
    /// What is expected.
    pub kind: ParameterKind,
    /// What it means, for the reference.
    pub doc: &'static str,
}

/// A family of laws of a real quantity: a row of [`super::FAMILIES`].
#[derive(Clone, Copy, Debug)]
pub struct Family {
    /// Its name in a scenario file.
    pub name: &'static str,
    /// What it is, for the reference.
    pub doc: &'static str,
    /// All its parameters; where `min` and `max` are not among them they truncate the law.
    pub parameters: &'static [Parameter],
    /// Sets of parameters, of which exactly one is given.
    pub forms: &'static [&'static [&'static str]],
    /// The law of given parameters, which are known to be finite and to match a form.
    pub build: fn(&Given) -> Result<Law, LawFault>,
}

/// A family of laws of a count: a row of [`super::COUNT_FAMILIES`].
#[derive(Clone, Copy, Debug)]
pub struct CountFamily {
    /// Its name in a scenario file.
    pub name: &'static str,
    /// What it is, for the reference.
    pub doc: &'static str,
    /// All its parameters; where `min` and `max` are not among them they truncate the law.
    pub parameters: &'static [Parameter],
    /// Sets of parameters, of which exactly one is given.
    pub forms: &'static [&'static [&'static str]],
    /// The law of given parameters, which are known to be finite and to match a form.
    pub build: fn(&Given) -> Result<CountLaw, LawFault>,
}

/// Why parameters make no law.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct LawFault {
    /// The parameter at fault, if it is one.
    pub parameter: Option<&'static str>,
    /// What was expected and what was found.
    pub message: String,
}

impl LawFault {
    /// A fault of one parameter.
    pub(super) fn of(parameter: &'static str, message: impl Into<String>) -> LawFault {
        LawFault {
            parameter: Some(parameter),
            message: message.into(),
        }
    }

    /// A fault of the parameters together.
    pub(super) fn whole(message: impl Into<String>) -> LawFault {
        LawFault {
            parameter: None,
            message: message.into(),
        }
    }
}

/// Parameters by name, those of a law of time in microseconds.
#[derive(Clone, Debug, Default)]
pub struct Given<'a> {
    numbers: BTreeMap<&'a str, f64>,
    lists: BTreeMap<&'a str, Vec<f64>>,
    laws: BTreeMap<&'a str, Vec<Law>>,
}

impl<'a> Given<'a> {
    /// Nothing given yet.
    pub fn new() -> Given<'a> {
        Given::default()
    }

    /// With a number (a quantity, whole number or probability too).
    #[must_use]
    pub fn with(mut self, name: &'a str, value: f64) -> Given<'a> {
        self.numbers.insert(name, value);
        self
    }

    /// With an array of quantities or weights.
    #[must_use]
    pub fn with_list(mut self, name: &'a str, values: Vec<f64>) -> Given<'a> {
        self.lists.insert(name, values);
        self
    }

    /// With an array of laws.
    #[must_use]
    pub fn with_laws(mut self, name: &'a str, laws: Vec<Law>) -> Given<'a> {
        self.laws.insert(name, laws);
        self
    }

    /// The number given under this name.
    pub fn number(&self, name: &str) -> Option<f64> {
        self.numbers.get(name).copied()
    }

    /// The array of numbers given under this name.
    pub fn list(&self, name: &str) -> Option<&[f64]> {
        self.lists.get(name).map(Vec::as_slice)
    }

    /// The array of laws given under this name.
    pub fn laws(&self, name: &str) -> Option<&[Law]> {
        self.laws.get(name).map(Vec::as_slice)
    }

    fn has(&self, name: &str) -> bool {
        self.numbers.contains_key(name) || self.lists.contains_key(name) || self.laws.contains_key(name)
    }

    /// The number under this name, which the form demands.
    pub(super) fn need(&self, name: &'static str) -> Result<f64, LawFault> {
        self.number(name).ok_or_else(|| LawFault::of(name, format!("`{name}` is missing")))
    }

    /// The number under this name, above 0.
    pub(super) fn positive(&self, name: &'static str) -> Result<f64, LawFault> {
        let value = self.need(name)?;
        if value > 0.0 {
            Ok(value)
        } else {
            Err(LawFault::of(name, format!("{name} must be above 0, found {value}")))
        }
    }

    /// The number under this name, whole and at least `least`.
    pub(super) fn whole(&self, name: &'static str, least: u64) -> Result<u64, LawFault> {
        /// Whole numbers up to here are exact in a double.
        const GREATEST: f64 = 9e15;
        let value = self.need(name)?;
        let is_whole = (value - value.round()).abs() <= 0.0 && value <= GREATEST;
        if is_whole && value >= least as f64 {
            Ok(value as u64)
        } else {
            Err(LawFault::of(
                name,
                format!("{name} must be a whole number of at least {least}, found {value}"),
            ))
        }
    }
}

/// The law of `family` with the parameters `given`, truncated (not clamped) to `min` and `max` unless these are its own parameters.
pub fn build_law(family: &Family, given: &Given, min: Option<f64>, max: Option<f64>) -> Result<Law, LawFault> {
    let (given, min, max) = adopt(family.parameters, given, min, max);
    check(family.name, family.parameters, family.forms, &given)?;
    (family.build)(&given)?.truncated(min, max)
}

/// The count of `family` with the parameters `given`, shifted up by `plus`, then truncated (not clamped) to `min` and `max` unless
/// these are its own parameters; the bounds thus hold for the count as drawn.
pub fn build_count(family: &CountFamily, given: &Given, plus: u64, min: Option<u64>, max: Option<u64>) -> Result<CountLaw, LawFault> {
    let (given, low, high) = adopt(family.parameters, given, min.map(|m| m as f64), max.map(|m| m as f64));
    check(family.name, family.parameters, family.forms, &given)?;
    let (min, max) = (low.and(min), high.and(max));
    (family.build)(&given)?.plus(plus).truncated(min, max)
}

/// Hands `min` and `max` to the family where they are its own parameters.
fn adopt<'a>(parameters: &[Parameter], given: &Given<'a>, min: Option<f64>, max: Option<f64>) -> (Given<'a>, Option<f64>, Option<f64>) {
    let mut given = given.clone();
    let mut bound = |name: &'static str, value: Option<f64>| {
        if parameters.iter().any(|p| p.name == name) {
            if let Some(value) = value {
                given.numbers.entry(name).or_insert(value);
            }
            None
        } else {
            value
        }
    };
    let (min, max) = (bound("min", min), bound("max", max));
    (given, min, max)
}

/// Exactly one form, and finite numbers throughout.
fn check(family: &str, parameters: &[Parameter], forms: &[&[&str]], given: &Given) -> Result<(), LawFault> {
    let matches = |form: &&&[&str]| {
        parameters
            .iter()
            .all(|p| form.contains(&p.name) == given.has(p.name) || is_optional(forms, p.name))
    };
    if !forms.iter().any(|form| matches(&form)) {
        return Err(LawFault::whole(format!("`{family}` needs {}", Forms(forms))));
    }
    for p in parameters {
        let numbers = given
            .number(p.name)
            .into_iter()
            .chain(given.list(p.name).unwrap_or_default().iter().copied());
        if let Some(value) = numbers.into_iter().find(|v| !v.is_finite()) {
            return Err(LawFault::of(p.name, format!("{} must be finite, found {value}", p.name)));
        }
    }
    Ok(())
}

/// A parameter that no form demands may be left out.
fn is_optional(forms: &[&[&str]], name: &str) -> bool {
    !forms.iter().any(|form| form.contains(&name))
}

/// Forms as a sentence has them: `mean` and `cv`, or `median` and `sigma`.
struct Forms<'a>(&'a [&'a [&'a str]]);

impl fmt::Display for Forms<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, form) in self.0.iter().enumerate() {
            f.write_str(if i == 0 { "" } else { ", or " })?;
            for (j, name) in form.iter().enumerate() {
                f.write_str(match j {
                    0 => "",
                    _ if j + 1 == form.len() => " and ",
                    _ => ", ",
                })?;
                write!(f, "`{name}`")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{COUNT_FAMILIES, FAMILIES};
    use super::*;

    fn law(name: &str, given: &Given, min: Option<f64>, max: Option<f64>) -> Result<Law, String> {
        let family = FAMILIES.iter().find(|f| f.name == name).expect("a family of this name");
        build_law(family, given, min, max).map_err(|fault| fault.message)
    }

    fn count(name: &str, given: &Given, plus: u64, min: Option<u64>, max: Option<u64>) -> Result<CountLaw, String> {
        let family = COUNT_FAMILIES.iter().find(|f| f.name == name).expect("a family of this name");
        build_count(family, given, plus, min, max).map_err(|fault| fault.message)
    }

    #[test]
    fn refusals_say_what_was_expected_and_found() {
        let refusals = [
            (
                law("lognormal", &Given::new().with("mean", 4.0).with("cv", -1.0), None, None),
                "cv must be above 0, found -1",
            ),
            (
                law("lognormal", &Given::new().with("mean", 4.0), None, None),
                "`lognormal` needs `mean` and `cv`, or `median` and `sigma`",
            ),
            (
                law(
                    "lognormal",
                    &Given::new().with("mean", 4.0).with("cv", 1.0).with("sigma", 1.0),
                    None,
                    None,
                ),
                "`lognormal` needs `mean` and `cv`, or `median` and `sigma`",
            ),
            (
                law("exponential", &Given::new().with("mean", f64::NAN), None, None),
                "mean must be finite, found NaN",
            ),
            (
                law("exponential", &Given::new().with("mean", 1.0), Some(3.0), Some(2.0)),
                "min must be at or below max, found 3 above 2",
            ),
            (
                law("exponential", &Given::new().with("mean", 1.0), Some(50.0), None),
                "min leaves no probability: the law lies below 50",
            ),
            (
                law("constant", &Given::new().with("value", 5.0), None, Some(2.0)),
                "max leaves no probability: the law lies above 2",
            ),
            (
                law("hyperexponential", &Given::new().with("mean", 1.0).with("cv", 0.5), None, None),
                "cv must be at least 1, found 0.5",
            ),
            (
                law("triangular", &Given::new().with("mode", 9.0), Some(1.0), Some(4.0)),
                "mode must lie from min to max, found 9 outside 1 to 4",
            ),
            (
                law("uniform", &Given::new(), Some(4.0), Some(1.0)),
                "min must be at or below max, found 4 above 1",
            ),
        ];
        for (found, expected) in refusals {
            assert_eq!(found.unwrap_err(), expected);
        }
    }

    #[test]
    fn refusals_of_counts_say_what_was_expected_and_found() {
        let refusals = [
            (
                count("poisson_positive", &Given::new().with("mean", 0.5), 0, None, None),
                "poisson_positive needs a mean above 1, found 0.5",
            ),
            (
                count("geometric", &Given::new().with("mean", 0.5), 0, None, None),
                "mean must be at least 1, found 0.5",
            ),
            (
                count("binomial", &Given::new().with("n", 2.5).with("p", 0.5), 0, None, None),
                "n must be a whole number of at least 0, found 2.5",
            ),
            (
                count("binomial", &Given::new().with("n", 2.0).with("p", 1.5), 0, None, None),
                "p must lie from 0 to 1, found 1.5",
            ),
            (
                count("poisson", &Given::new().with("mean", 3.0), 2, None, Some(1)),
                "max leaves no probability: the law lies above 1",
            ),
            (
                count("poisson", &Given::new().with("mean", 3.0), 0, Some(5), Some(1)),
                "min must be at or below max, found 5 above 1",
            ),
        ];
        for (found, expected) in refusals {
            assert_eq!(found.unwrap_err(), expected);
        }
    }

    #[test]
    fn every_form_names_parameters_of_its_family() {
        for (name, parameters, forms) in FAMILIES
            .iter()
            .map(|f| (f.name, f.parameters, f.forms))
            .chain(COUNT_FAMILIES.iter().map(|f| (f.name, f.parameters, f.forms)))
        {
            for key in forms.iter().flat_map(|form| form.iter()) {
                assert!(parameters.iter().any(|p| p.name == *key), "{name}: {key}");
            }
        }
    }
}
