//! The model held against observed figures: the calibration sets, each a shipped scenario with the figures that it should give.
//!
//! ```text
//! sets (observed, fit, measure) + scenarios/calibration/*.toml ── replicate ── measures ── estimate ── Row (simulated, verdict)
//! ```
//!
//! The figures stand here with the keys of their sources, so that what a scenario says of itself is held against something that
//! it does not say. Counters of different sources are never mixed in one figure: each set names its own.

mod estimate;
mod measures;
mod sets;
mod truce;
mod wartime;

use crate::model::Plan;
use crate::scenario::Scenario;
use estimate::Estimator;
pub use estimate::Figure;
use measures::Measure;
pub use sets::sets;

use super::rows;

/// A set of observed figures, and the scenario that should give them.
#[derive(Clone, Copy, Debug)]
pub struct Set {
    /// Its key, such as `C1`.
    pub id: &'static str,
    /// What it is about.
    pub title: &'static str,
    /// The period of the observation.
    pub period: &'static str,
    /// What was counted.
    pub counter: &'static str,
    /// Keys of the sources.
    pub source: &'static str,
    /// The file of the scenario in its folder.
    pub scenario: &'static str,
    /// Parameters changed in it: path and value.
    pub changes: &'static [(&'static str, &'static str)],
    /// Replications of a whole pass.
    pub replications: u32,
    /// What the figures set in the scenarios, or that they only check.
    pub use_made: &'static str,
    /// Tables that the measures read.
    tables: &'static [&'static str],
    /// The figures.
    pub targets: &'static [Target],
}

/// An observed figure.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// What it is.
    pub quantity: &'static str,
    /// Its unit; may be empty.
    pub unit: &'static str,
    /// As observed; NaN where only an aim is known.
    pub observed: f64,
    /// How near is near enough.
    pub fit: Fit,
    /// Why it cannot be met, or what it is where it is only shown; may be empty.
    pub note: &'static str,
    measure: Measure,
    of: &'static [&'static str],
    estimator: Estimator,
}

/// How near a simulated figure should come to the observed one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fit {
    /// Within this share of it.
    Within(f64),
    /// Within so much of it, in its unit.
    Near(f64),
    /// Between two values, both included.
    Between(f64, f64),
    /// Under a value.
    Under(f64),
    /// As [`Fit::Within`], but it is known that it cannot be met, for the reason that the note gives.
    Beyond(f64),
    /// Not held against anything: the figure is told beside the others.
    Shown,
}

impl Fit {
    /// The least and the greatest value that fit; none where nothing is held.
    pub fn bounds(self, observed: f64) -> Option<(f64, f64)> {
        match self {
            Fit::Within(share) | Fit::Beyond(share) => Some((observed - share * observed.abs(), observed + share * observed.abs())),
            Fit::Near(distance) => Some((observed - distance, observed + distance)),
            Fit::Between(lower, upper) => Some((lower, upper)),
            Fit::Under(limit) => Some((f64::NEG_INFINITY, limit)),
            Fit::Shown => None,
        }
    }
}

/// What came of a figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Verdict {
    /// It fits.
    Met,
    /// It lies so far beyond the nearer bound, in its unit; below it where negative.
    MissedBy(f64),
    /// It was not held against anything.
    Shown,
}

/// A row of the table: a figure, observed and simulated.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The set.
    pub set: &'static Set,
    /// The figure.
    pub target: &'static Target,
    /// As simulated.
    pub simulated: Figure,
    /// Replications behind it.
    pub replications: u32,
}

impl Row {
    /// Whether the estimate fits; its own error is told by its interval and not added to the bounds.
    pub fn verdict(&self) -> Verdict {
        let (value, observed) = (self.simulated.value, self.target.observed);
        match self.target.fit.bounds(observed) {
            None => Verdict::Shown,
            Some((lower, upper)) if lower <= value && value <= upper => Verdict::Met,
            Some((lower, _)) if value < lower => Verdict::MissedBy(value - lower),
            // What is no number fits nowhere.
            Some((_, upper)) => Verdict::MissedBy(value - upper),
        }
    }

    /// Whether a figure that can be met is missed.
    pub fn fails(&self) -> bool {
        matches!(self.verdict(), Verdict::MissedBy(_)) && !matches!(self.target.fit, Fit::Beyond(_))
    }
}

/// Simulates a set with its scenario and holds the figures against the observed ones.
///
/// # Errors
/// A sentence where the scenario has no such columns, or where a replication does not balance.
pub fn compare(set: &'static Set, scenario: &Scenario, seed: u64, replications: u32) -> Result<Vec<Row>, String> {
    let plan = Plan::compile(scenario);
    let read = |rows: &rows::Rows| -> Result<Vec<Vec<f64>>, String> {
        let of_target = |target: &Target| {
            let missing = || {
                format!(
                    "`{}` does not tell what `{}` of {} is read from",
                    set.scenario, target.quantity, set.id
                )
            };
            (target.measure)(rows, target.of).ok_or_else(missing)
        };
        set.targets.iter().map(of_target).collect()
    };
    let found = rows::replicate(&scenario.name, &plan, set.tables, (seed, replications), read)?;
    let row = |(k, target): (usize, &'static Target)| {
        let values: Vec<Vec<f64>> = found.iter().map(|of_targets| of_targets[k].clone()).collect();
        Row {
            set,
            target,
            simulated: target.estimator.figure(&values),
            replications,
        }
    };
    Ok(set.targets.iter().enumerate().map(row).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(fit: Fit, value: f64) -> Row {
        let set = &sets()[0];
        let mut target = set.targets[0];
        (target.observed, target.fit) = (100.0, fit);
        let simulated = Figure {
            value,
            lower: value,
            upper: value,
            band_lower: value,
            band_upper: value,
        };
        Row {
            set,
            target: Box::leak(Box::new(target)),
            simulated,
            replications: 1,
        }
    }

    #[test]
    fn a_miss_is_told_by_its_distance_from_the_nearer_bound() {
        assert_eq!(row(Fit::Within(0.05), 105.0).verdict(), Verdict::Met);
        assert_eq!(row(Fit::Within(0.05), 107.0).verdict(), Verdict::MissedBy(2.0));
        assert_eq!(row(Fit::Near(3.0), 96.0).verdict(), Verdict::MissedBy(-1.0));
        assert_eq!(row(Fit::Under(15.0), 15.5).verdict(), Verdict::MissedBy(0.5));
        assert!(row(Fit::Between(0.0, 6.0), f64::NAN).fails());
    }

    #[test]
    fn only_what_can_be_met_fails() {
        assert!(row(Fit::Within(0.01), 90.0).fails());
        assert!(!row(Fit::Beyond(0.01), 90.0).fails());
        assert!(!row(Fit::Shown, 0.0).fails());
        assert_eq!(row(Fit::Beyond(0.01), 100.0).verdict(), Verdict::Met);
    }

    #[test]
    fn every_set_has_sources_and_what_cannot_be_met_says_why() {
        for set in sets() {
            assert!(
                !set.source.is_empty() && !set.counter.is_empty() && !set.targets.is_empty(),
                "{}",
                set.id
            );
            for target in set.targets {
                let must_tell = matches!(target.fit, Fit::Beyond(_) | Fit::Shown);
                assert!(!must_tell || !target.note.is_empty(), "{} of {}", target.quantity, set.id);
            }
        }
    }
}
