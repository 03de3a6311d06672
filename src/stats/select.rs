//! Several alternatives held against each other: which is best, which may be, and how many replications it takes to know.
//!
//! A sample is one alternative's values in the order of replications; under common random numbers, value r of every sample is of
//! replication r. Intervals are in the units of the response, whichever direction is better.

mod best;
mod dudewicz_dalal;
mod dunnett;
mod first_stage;
mod front;
mod kim_nelson;
mod mcb;
mod ocba;
mod pairs;
mod regret;
mod rinott;
mod subset;
#[cfg(test)]
mod tests;
mod two_stage;

pub use best::{probability_best, probability_best_mean};
pub use dudewicz_dalal::{dudewicz_dalal_constant, dudewicz_dalal_size, dudewicz_dalal_weights};
pub use dunnett::dunnett_point;
pub use front::{bettered_in_both, undominated};
pub use kim_nelson::{Dropped, Grounds, KimNelson, SelectionRule, SelectionStep, kim_nelson_constants};
pub use mcb::{AgainstBest, mcb_common, mcb_independent};
pub use ocba::{ocba, ocba_next, ocba_probability, ocba_spreads, ocba_step};
pub use regret::{Regret, regret, regret_over_cases, regrets};
pub use rinott::{rinott_constant, rinott_size};
pub use subset::{ScreenAndSize, screen_and_size, subset};
pub use two_stage::{TwoStage, two_stage_bonferroni, two_stage_mcb};

use super::sum::variance;

/// Which of two values of a response is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Better {
    /// The greater.
    Greater,
    /// The less.
    Less,
}

impl Better {
    /// In a word: more or less.
    pub const fn word(self) -> &'static str {
        match self {
            Better::Greater => "more",
            Better::Less => "less",
        }
    }

    /// Turns values so that the greater is better, and back.
    pub(crate) fn turn(self, x: f64) -> f64 {
        match self {
            Better::Greater => x,
            Better::Less => -x,
        }
    }
}

/// How the samples of several alternatives belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sampling {
    /// Replication r of all has the same random numbers, and the samples have one length.
    Common,
    /// Each has random numbers of its own.
    Independent,
}

/// The samples turned so that the greater is better; none unless there are two or more alternatives of two or more finite values.
fn turned<S: AsRef<[f64]>>(samples: &[S], better: Better) -> Option<Vec<Vec<f64>>> {
    let sound = |sample: &[f64]| sample.len() >= 2 && sample.iter().all(|x| x.is_finite());
    let turned = |sample: &S| sample.as_ref().iter().map(|x| better.turn(*x)).collect();
    (samples.len() >= 2 && samples.iter().all(|sample| sound(sample.as_ref()))).then(|| samples.iter().map(turned).collect())
}

/// The same, and all of one length, which is given too.
fn turned_rows<S: AsRef<[f64]>>(samples: &[S], better: Better) -> Option<(Vec<Vec<f64>>, usize)> {
    let turned = turned(samples, better)?;
    let n = turned[0].len();
    turned.iter().all(|sample| sample.len() == n).then_some((turned, n))
}

/// S² of the differences of every pair; 0 of one with itself.
fn difference_variances(samples: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let between = |a: &[f64], b: &[f64]| variance(&a.iter().zip(b).map(|(x, y)| x - y).collect::<Vec<_>>());
    samples.iter().map(|a| samples.iter().map(|b| between(a, b)).collect()).collect()
}

/// A mean less the best of the others, for each.
fn gaps(means: &[f64]) -> Vec<f64> {
    let (mut best, mut next) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
    for &mean in means {
        if mean > best {
            (best, next) = (mean, best);
        } else {
            next = next.max(mean);
        }
    }
    let others = |mean: f64| if mean < best { best } else { next };
    means.iter().map(|&mean| mean - others(mean)).collect()
}

/// All alternatives but one.
fn others(k: usize, i: usize) -> impl Iterator<Item = usize> {
    (0..k).filter(move |j| *j != i)
}

/// Whether a number may be a level of confidence.
fn is_level(confidence: f64) -> bool {
    confidence > 0.0 && confidence < 1.0
}

/// Whether a difference may be the least that matters.
fn is_indifference(delta: f64) -> bool {
    delta > 0.0 && delta.is_finite()
}
