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
mod difference;
mod estimate;
mod harrell_davis;
mod histogram;
mod integrate;
mod jackknife;
mod laws;
mod mean;
mod order;
mod ordered;
mod paired_resamples;
mod pilot;
mod precision;
mod proportion;
mod quantile;
mod ratio;
mod select;
mod shift;
mod sum;
mod synchronisation;
#[cfg(test)]
mod testing;
mod two_sample;
mod warm_up;

pub use batches::{BatchMeans, batch_means, overlapping_batch_variance};
pub use bootstrap::{Bootstrap, Interval, acceleration, bca, bootstrap};
pub use compare::{TTest, bonferroni, bonferroni_t, confidence_at_once, correlation, holm, paired_t, variance_reduction, welch_t};
pub use cvar::{cvar_lower, cvar_lower_se, cvar_upper, cvar_upper_se};
pub use density::{dkw_band, kernel_density, silverman_bandwidth};
pub use difference::{bootstrap_difference, sectioned_difference};
pub use estimate::Estimate;
pub use harrell_davis::{HarrellDavis, harrell_davis, maritz_jarrett_se};
pub use histogram::{Histogram, histogram};
pub use jackknife::{JackknifeRatio, jackknife_difference, jackknife_ratio};
pub use laws::{beta_quantile, binomial_cdf, incomplete_beta, normal_cdf, normal_quantile, student_cdf, student_quantile};
pub use mean::{MeanInterval, mean_interval, time_weighted_mean};
pub use order::{QuantileInterval, quantile_interval, wilks_size};
pub use paired_resamples::{PairedResamples, Resamples, paired_resamples};
pub use pilot::{chow_robbins, replications_for_absolute, replications_for_relative};
pub use precision::{Precision, Target, Width};
pub use proportion::{clopper_pearson, wilson};
pub use quantile::{QuantileType, quantile, quantile_of_type, sorted};
pub use ratio::paired_ratio;
pub use select::{
    AgainstBest, Better, Dropped, Grounds, KimNelson, Regret, Sampling, ScreenAndSize, SelectionRule, SelectionStep, TwoStage,
    bettered_in_both, dudewicz_dalal_constant, dudewicz_dalal_size, dudewicz_dalal_weights, dunnett_point, kim_nelson_constants,
    mcb_common, mcb_independent, ocba, ocba_next, ocba_probability, ocba_spreads, ocba_step, probability_best, probability_best_mean,
    regret, regret_over_cases, regrets, rinott_constant, rinott_size, screen_and_size, subset, two_stage_bonferroni, two_stage_mcb,
    undominated,
};
pub use shift::{Shift, shift_function};
pub use sum::{Sum, mean, sum, variance};
pub use synchronisation::{correlation_interval, variance_reduction_interval};
pub use two_sample::{AndersonDarling, KolmogorovSmirnov, anderson_darling, kolmogorov_smirnov};
pub use warm_up::{Mser, mser5, welch};
