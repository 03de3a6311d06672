//! The families of counts: one file a family, one row each in [`COUNT_FAMILIES`].
//!
//! A continuous family may state a count too: its whole part is taken ([`super::CountLaw::whole_part_of`]).

mod binomial;
mod constant;
mod empirical;
mod geometric;
mod negative_binomial;
mod poisson;
mod table;
mod uniform;

pub(super) use geometric::Geometric;
pub(super) use table::{CountTable, find, guide};

use super::family::{CountFamily, Parameter, ParameterKind};

/// The families of laws of a count. `plus`, `min` and `max` are common to all: the first shifts, the others truncate, except where
/// they are in the row.
pub static COUNT_FAMILIES: &[CountFamily] = &[
    constant::FAMILY,
    poisson::FAMILY,
    poisson::POSITIVE,
    geometric::FAMILY,
    negative_binomial::FAMILY,
    binomial::FAMILY,
    uniform::FAMILY,
    empirical::FAMILY,
];

/// `mean`, as most families have it.
const MEAN: Parameter = Parameter {
    name: "mean",
    kind: ParameterKind::Quantity,
    doc: "expectation before `plus`, `min` and `max`",
};
