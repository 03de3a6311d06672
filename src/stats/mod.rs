//! Estimators: slices of numbers in, point estimates and intervals out.
//!
//! One file a topic, formulas with their source. Nothing here knows of crossings or trucks. Conventions: sums run in the order
//! given and are compensated, so that results are the same to the bit; a slice named `sorted` is ascending and free of NaN;
//! where a sample is too small for an answer it is NaN or `None`, as each function says; nothing panics. Randomness comes in as
//! a source of uniforms between 0 and 1.
// Formulas and the names of people and methods in prose are no code.
#![allow(clippy::doc_markdown)]

mod batches;
mod bootstrap;
mod compare;
mod cvar;
mod density;
mod harrell_davis;
mod histogram;
mod laws;
mod mean;
mod order;
mod precision;
mod proportion;
mod quantile;
mod sum;
#[cfg(test)]
mod testing;
mod warm_up;

pub use batches::{BatchMeans, batch_means, overlapping_batch_variance};
pub use bootstrap::{Bootstrap, Interval, acceleration, bca, bootstrap};
pub use compare::{TTest, bonferroni, correlation, holm, paired_t, variance_reduction, welch_t};
pub use cvar::{cvar_lower, cvar_lower_se, cvar_upper, cvar_upper_se};
pub use density::{dkw_band, kernel_density, silverman_bandwidth};
pub use harrell_davis::{HarrellDavis, harrell_davis, maritz_jarrett_se};
pub use histogram::{Histogram, histogram};
pub use laws::{beta_quantile, binomial_cdf, incomplete_beta, normal_cdf, normal_quantile, student_cdf, student_quantile};
pub use mean::{MeanInterval, mean_interval, time_weighted_mean};
pub use order::{QuantileInterval, quantile_interval, wilks_size};
pub use precision::{Precision, Target, chow_robbins, replications_for_absolute, replications_for_relative};
pub use proportion::{clopper_pearson, wilson};
pub use quantile::{QuantileType, quantile, quantile_of_type, sorted};
pub use sum::{Sum, mean, sum, variance};
pub use warm_up::{Mser, mser5, welch};
