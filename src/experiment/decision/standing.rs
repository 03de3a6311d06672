//! How the alternatives stand: means, ranks, intervals against the best, verdicts and regret.

use super::{Matrix, RESAMPLES, Standing, Terms, Verdict, uniforms};
use crate::stats::{self, Better};

/// How all alternatives stand.
pub(super) struct Standings {
    pub(super) n: usize,
    pub(super) left_out: usize,
    pub(super) of: Vec<Standing>,
}

/// From the replications in which all alternatives gave a value; one that never gave a value stands aside.
pub(super) fn standings(matrix: &Matrix, better: Option<Better>, terms: &Terms) -> Standings {
    let present = matrix.present();
    let whole = |r: &usize| present.iter().all(|i| matrix.values[*i][*r].is_finite());
    let rows: Vec<usize> = if present.is_empty() {
        Vec::new()
    } else {
        (0..matrix.replications).filter(whole).collect()
    };
    let samples: Vec<Vec<f64>> = present
        .iter()
        .map(|i| rows.iter().map(|r| matrix.values[*i][*r]).collect())
        .collect();
    let mut of: Vec<Standing> = matrix.values.iter().map(|_| alone(&[], terms.confidence)).collect();
    for (i, sample) in present.iter().zip(&samples) {
        of[*i] = alone(sample, terms.confidence);
    }
    if let Some(better) = better.filter(|_| !rows.is_empty()) {
        let ranks = ranks(&samples, better);
        let ranked = present.iter().zip(ranks);
        ranked.for_each(|(i, rank)| of[*i].rank = Some(rank));
        against_each_other(&samples, better, terms, |k| present[k], &mut of);
    }
    Standings {
        n: rows.len(),
        left_out: matrix.replications - rows.len(),
        of,
    }
}

/// What an alternative says by itself.
fn alone(sample: &[f64], confidence: f64) -> Standing {
    let mut mean = stats::mean_interval(sample, confidence);
    // As in the summary: what is never negative has no interval below 0.
    if mean.lower < 0.0 && sample.iter().all(|x| *x >= 0.0) {
        mean.lower = 0.0;
    }
    Standing {
        mean,
        rank: None,
        against_best: None,
        probability_best: None,
        verdict: None,
        regret: None,
        against_reference: None,
    }
}

fn ranks(samples: &[Vec<f64>], better: Better) -> Vec<usize> {
    let means: Vec<f64> = samples.iter().map(|sample| stats::mean(sample)).collect();
    let mut sorted = means.clone();
    sorted.sort_by(f64::total_cmp);
    let before = |mean: &f64| match better {
        Better::Less => sorted.partition_point(|x| x < mean),
        Better::Greater => sorted.len() - sorted.partition_point(|x| x <= mean),
    };
    means.iter().map(|mean| 1 + before(mean)).collect()
}

fn against_each_other(samples: &[Vec<f64>], better: Better, terms: &Terms, place: impl Fn(usize) -> usize, of: &mut [Standing]) {
    let Some(against) = stats::mcb_common(samples, better, terms.confidence) else {
        return;
    };
    let candidates = against.iter().filter(|one| one.may_be_best).count();
    let probabilities = stats::probability_best(samples, better, RESAMPLES, uniforms(terms.seed), stats::mean);
    let regrets = stats::regret(samples, better, terms.confidence);
    for (k, against_best) in against.into_iter().enumerate() {
        let standing = &mut of[place(k)];
        standing.verdict = Some(match (against_best.may_be_best, candidates) {
            (true, 1) => Verdict::Best,
            (true, _) => Verdict::NotDistinguishable,
            (false, _) => Verdict::NotBest,
        });
        standing.against_best = Some(against_best);
        standing.probability_best = probabilities.as_ref().map(|all| all[k]);
        standing.regret = regrets.as_ref().map(|all| all[k]);
    }
}
