//! The list of all sets, and how their figures are written down.

use super::estimate::Estimator;
use super::measures::Measure;
use super::{Fit, Set, Target, truce, wartime};

/// All sets, in order.
pub fn sets() -> &'static [Set] {
    ALL
}

const ALL: &[Set] = &[
    wartime::C1,
    wartime::C1_SERIES,
    wartime::C1_REPLAYED,
    wartime::C2,
    wartime::C3,
    truce::C4,
    wartime::C5,
    truce::C6,
    truce::C7,
    truce::C8,
    truce::C9,
];

/// A figure: what it is, its unit, as observed, how near is near enough, what is measured of what, and how it is estimated.
pub(super) const fn target(
    (quantity, unit): (&'static str, &'static str),
    observed: f64,
    fit: Fit,
    (measure, of): (Measure, &'static [&'static str]),
    estimator: Estimator,
) -> Target {
    Target {
        quantity,
        unit,
        observed,
        fit,
        note: "",
        measure,
        of,
        estimator,
    }
}

impl Target {
    /// With a note.
    pub(super) const fn noted(mut self, note: &'static str) -> Target {
        self.note = note;
        self
    }
}
