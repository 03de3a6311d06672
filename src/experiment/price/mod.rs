//! The price of a closure: what it costs in tonnes an hour, and how long it takes to recover from it.
//!
//! From pairs of replications that differ in one thing: in the second, one closure of the first does not happen ([`Simulation::without`]).
//! So it is the price of one closure more or less while all others stand, whether lanes, hours and stocks make up for it or not.

mod difference;
mod pair;
mod path;
mod rows;
mod table;
mod work;

use std::collections::BTreeSet;
use std::sync::atomic::AtomicBool;

use super::failure::Failure;
use super::progress::Progress;
use super::run::Experiment;
use super::same::same_periods;
use crate::stats::Estimate;
pub(crate) use table::{frame, table};

/// So many replications, the first ones, are asked for the price of a closure where nobody says how many.
pub const PRICED_REPLICATIONS: u32 = 400;

/// Of fewer closures than this no interval of a price is given: for ratios it needs 30 and more (Cochran 1977, Sampling Techniques, section 6.3).
pub const ENOUGH_CLOSURES: usize = 30;

/// Of fewer closures than this the interval of a price may hold clearly less often than it says, where few long closures make the price
/// (`tests/coverage.rs` measures it).
pub const SURE_CLOSURES: usize = 150;

/// What closures cost under the alternatives of an experiment.
#[derive(Clone, Debug, PartialEq)]
pub struct ClosurePrices {
    /// Replications that were asked, the first ones, the same for every alternative.
    pub replications: u32,
    /// How many were to be; more than were asked where it was interrupted.
    pub wanted: u32,
    /// The alternative that differences are taken to; none: there is nothing to compare.
    pub reference: Option<String>,
    /// Confidence of the intervals.
    pub confidence: f64,
    /// Alternatives without a price, as they have no closure to price.
    pub unpriced: Vec<String>,
    /// By alternative and kind of closure; kinds without a closure to price have no row.
    pub rows: Vec<ClosurePrice>,
}

impl ClosurePrices {
    /// Whether all replications were asked that were to be.
    pub const fn is_complete(&self) -> bool {
        self.replications == self.wanted
    }
}

/// What closures of one kind cost under one alternative.
#[derive(Clone, Debug, PartialEq)]
pub struct ClosurePrice {
    /// The alternative.
    pub alternative: String,
    /// By what closures are told apart: `all` (not at all), `cause`, `scope`, `hour` of the day at which they begin, `length`.
    pub group: &'static str,
    /// Which of them.
    pub level: String,
    /// Closures, one a replication.
    pub n: usize,
    /// Mean of the hours closed, less those that others would have closed in their place.
    pub closed_h: f64,
    /// Mean of the tonnes not delivered by the end of the run.
    pub lost_tonnes: f64,
    /// Sum of tonnes lost over sum of hours closed, with its interval; its ends are NaN where there are fewer closures than [`ENOUGH_CLOSURES`].
    pub tonnes_per_closed_hour: Estimate,
    /// The same less that of the reference, replication by replication; NaN of the reference itself, and where it has no such closure. Its
    /// ends are NaN where either has fewer closures than [`ENOUGH_CLOSURES`].
    pub difference: Estimate,
    /// The same with an interval that holds for all alternatives at once (Bonferroni).
    pub difference_at_once: Estimate,
    /// How long after the end of a closure more trucks are in the system than without it.
    pub queue_recovery: Recovery,
    /// How long more truckloads are in the system or in hubs.
    pub recovery: Recovery,
}

impl ClosurePrice {
    /// Whether it rests on too few closures for an interval.
    pub const fn is_few(&self) -> bool {
        self.n < ENOUGH_CLOSURES
    }
}

/// The levels of a group of closures that have an order (`hour`, `length`), in that order; none of another group.
pub fn price_levels(group: &str) -> Vec<&'static str> {
    match group {
        "hour" => pair::HOURS.iter().map(|(_, _, name)| *name).collect(),
        "length" => pair::LENGTHS.iter().map(|(_, name)| *name).collect(),
        _ => Vec::new(),
    }
}

/// How long recovery takes, over closures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recovery {
    /// The median, in hours; NaN where it lies beyond the end of the run.
    pub median_h: f64,
    /// Lower end of its interval; NaN where there are too few closures.
    pub lower_h: f64,
    /// Upper end of its interval; NaN too where it lies beyond the end of the run.
    pub upper_h: f64,
    /// Closures from which there was no recovery by the end of the run.
    pub censored: usize,
}

/// What closures cost under each alternative, from its first `replications`.
///
/// In each replication one closure is drawn from those that begin after the warm-up and at least 30 days (or a quarter of the period)
/// before the end, each as likely, by a random number of its own; the replication is run with it and without it. A replication without
/// such a closure, and one whose closure closed nothing that others did not close too, has no price.
///
/// An hour counts by the share of lanes that the closure takes at the stage where it takes most; reopening after it included. Hours that are
/// open because of it, as another one would have closed in its place, are taken off; where no hour is left over all replications, there is no
/// price. Recovery lasts
/// from the end of the closure to the first full hour at which no more is held up than without it. Prices and their differences have the
/// jackknife interval of ratios ([`crate::stats::jackknife_ratio`], [`crate::stats::jackknife_difference`]), recoveries the interval of a
/// median by order statistics, closures after which the run ended too soon counting as the longest.
///
/// Where `interrupted` becomes true, prices are of the replications that are finished under every alternative by then. The same whatever
/// the number of threads.
///
/// # Errors
/// Where threads cannot be started.
pub fn closure_price(
    experiment: &Experiment,
    replications: u32,
    progress: &dyn Progress,
    interrupted: &AtomicBool,
) -> Result<ClosurePrices, Failure> {
    let pool = experiment.threads()?;
    Ok(prices(&pool, experiment, replications, progress, interrupted))
}

/// [`closure_price`] on the threads at hand.
pub(crate) fn prices(
    pool: &rayon::ThreadPool,
    experiment: &Experiment,
    replications: u32,
    progress: &dyn Progress,
    interrupted: &AtomicBool,
) -> ClosurePrices {
    let found = work::priced(pool, experiment, replications, progress, interrupted);
    let compared = experiment.alternatives.len() > 1 && same_periods(experiment);
    let reference = compared.then(|| experiment.question.as_ref().map_or(0, |question| question.reference));
    let rows = rows::of_all(experiment, &found.pairs, reference);
    let priced: BTreeSet<&str> = rows.iter().map(|row| row.alternative.as_str()).collect();
    let unpriced = experiment.alternatives.iter().filter(|a| !priced.contains(a.name.as_str()));
    let unpriced = unpriced.map(|alternative| alternative.name.clone()).collect();
    ClosurePrices {
        replications: found.replications,
        wanted: replications,
        reference: reference.map(|reference| experiment.alternatives[reference].name.clone()),
        confidence: experiment.confidence,
        unpriced,
        rows,
    }
}
