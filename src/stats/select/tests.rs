//! The procedures against their promises, on laws whose best is known.

use super::super::laws::normal_quantile;
use super::super::sum::{mean, variance};
use super::super::testing::uniforms;
use super::*;

const RUNS: u32 = 1000;

/// Runs of procedures that integrate a constant each time.
const FEW: u32 = 150;

/// The least share of successes that chance leaves to a procedure that succeeds as often as it says.
fn allowed(confidence: f64, runs: u32) -> f64 {
    confidence - 3.0 * (confidence * (1.0 - confidence) / f64::from(runs)).sqrt()
}

fn share(runs: u32, succeeds: impl FnMut(u32) -> bool) -> f64 {
    f64::from((0..runs).map(succeeds).map(u32::from).sum::<u32>()) / f64::from(runs)
}

/// `n` replications with given means; `shared` is the spread of what all have in common, each has another of its own, 1.
fn samples(means: &[f64], n: usize, shared: f64, uniform: &mut impl FnMut() -> f64) -> Vec<Vec<f64>> {
    let common: Vec<f64> = (0..n).map(|_| shared * normal_quantile(uniform())).collect();
    let mut sample = |mean: &f64| common.iter().map(|c| mean + c + normal_quantile(uniform())).collect();
    means.iter().map(&mut sample).collect()
}

fn holds(found: &[AgainstBest], means: &[f64]) -> bool {
    let within = |(one, gap): (&AgainstBest, f64)| one.lower <= gap && gap <= one.upper;
    found.iter().zip(gaps(means)).all(within)
}

/// The first of those with the best mean.
fn winner(means: &[f64]) -> usize {
    gaps(means).iter().position(|gap| *gap >= 0.0).unwrap()
}

#[test]
fn intervals_against_the_best_hold_all_at_once_as_often_as_they_say() {
    let mut uniform = uniforms(101);
    let means = [0.0, 0.0, 0.0, 0.5];
    let independent = share(FEW, |_| {
        let samples = samples(&means, 10, 0.0, &mut uniform);
        holds(&mcb_independent(&samples, Better::Greater, 0.9).unwrap(), &means)
    });
    assert!(independent >= allowed(0.9, FEW), "{independent}");
    let common = share(RUNS, |_| {
        let samples = samples(&means, 10, 3.0, &mut uniform);
        holds(&mcb_common(&samples, Better::Greater, 0.9).unwrap(), &means)
    });
    assert!(common >= allowed(0.9, RUNS), "{common}");
}

#[test]
fn two_stages_under_common_random_numbers_select_the_best_and_hold_their_intervals() {
    let mut uniform = uniforms(103);
    let means = [0.0, 0.0, 0.0, 1.0];
    let (mut selected, mut held) = (0, 0);
    for _ in 0..RUNS {
        let mut all = samples(&means, 10, 2.0, &mut uniform);
        let stage = two_stage_bonferroni(&all, 1.0, 0.9).unwrap();
        let rest = samples(&means, stage.replications - 10, 2.0, &mut uniform);
        all.iter_mut().zip(rest).for_each(|(sample, rest)| sample.extend(rest));
        selected += u32::from(winner(&all.iter().map(|sample| mean(sample)).collect::<Vec<_>>()) == 3);
        held += u32::from(holds(&two_stage_mcb(&all, Better::Greater, 1.0).unwrap(), &means));
    }
    let shares = [selected, held].map(|count| f64::from(count) / f64::from(RUNS));
    assert!(shares.iter().all(|share| *share >= allowed(0.9, RUNS)), "{shares:?}");
}

#[test]
fn rinott_and_dudewicz_dalal_select_the_best_of_unequal_variances() {
    let mut uniform = uniforms(107);
    let (means, sds, n0) = ([0.0, 0.0, 1.0], [1.0, 3.0, 2.0], 8);
    let constants = [rinott_constant(3, n0, 0.9).unwrap(), dudewicz_dalal_constant(3, n0, 0.9).unwrap()];
    let mut selects = |weighted: bool| {
        let estimate = |i: usize, uniform: &mut dyn FnMut() -> f64| {
            let h = constants[usize::from(weighted)];
            let mut draw = |n: usize| (0..n).map(|_| means[i] + sds[i] * normal_quantile(uniform())).collect::<Vec<f64>>();
            let first = draw(n0);
            let spread = variance(&first);
            if !weighted {
                let rest = draw(rinott_size(n0, h, spread, 1.0).unwrap() - n0);
                return mean(&[first, rest].concat());
            }
            let n = dudewicz_dalal_size(n0, h, spread, 1.0).unwrap();
            let (a, b) = dudewicz_dalal_weights(n0, n, h, spread, 1.0).unwrap();
            a * mean(&first) + b * mean(&draw(n - n0))
        };
        share(RUNS, |_| winner(&[0, 1, 2].map(|i| estimate(i, &mut uniform))) == 2)
    };
    let (rinott, dudewicz_dalal) = (selects(false), selects(true));
    assert!(rinott >= allowed(0.9, RUNS), "{rinott}");
    // Exact in this configuration: neither less nor, but for whole numbers, more.
    assert!(dudewicz_dalal >= allowed(0.9, RUNS) && dudewicz_dalal < 0.94, "{dudewicz_dalal}");
}

#[test]
fn a_screened_selection_keeps_its_promise_too() {
    let mut uniform = uniforms(109);
    let means = [0.0, -4.0, 0.0, 1.0];
    let selected = share(FEW, |_| {
        let first = samples(&means, 10, 0.0, &mut uniform);
        let stage = screen_and_size(&first, Better::Greater, 1.0, 0.9).unwrap();
        let mut overall = [f64::NEG_INFINITY; 4];
        for (i, n) in stage.kept.iter().zip(&stage.replications) {
            let rest = samples(&means[*i..=*i], n - 10, 0.0, &mut uniform).concat();
            overall[*i] = mean(&[&first[*i][..], &rest].concat());
        }
        winner(&overall) == 3
    });
    assert!(selected >= allowed(0.9, FEW), "{selected}");
}
