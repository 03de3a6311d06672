//! How the alternatives stand: means, ranks, intervals against the best, verdicts and regret.

use super::pair::WORST;
use super::{Matrix, Standing, Terms, Uniforms, Verdict};
use crate::experiment::summary;
use crate::stats::{self, AgainstBest, Better, Estimate, Regret, Resamples};

/// How all alternatives stand.
pub(super) struct Standings {
    pub(super) n: usize,
    pub(super) left_out: usize,
    pub(super) of: Vec<Standing>,
}

/// From the replications that all alternatives have, and in which all gave a value; one that never gave a value stands aside.
pub(super) fn standings(
    matrix: &Matrix,
    (better, unit): (Option<Better>, &str),
    terms: &Terms,
    resamples: &Resamples<impl Fn() -> Uniforms>,
) -> Standings {
    let present = matrix.present();
    let whole = |r: &usize| present.iter().all(|i| matrix.values[*i][*r].is_finite());
    let rows: Vec<usize> = if present.is_empty() {
        Vec::new()
    } else {
        (0..matrix.common()).filter(whole).collect()
    };
    let samples: Vec<Vec<f64>> = present
        .iter()
        .map(|i| rows.iter().map(|r| matrix.values[*i][*r]).collect())
        .collect();
    let mut of: Vec<Standing> = matrix.values.iter().map(|_| alone(&[], unit, terms.confidence)).collect();
    for (i, sample) in present.iter().zip(&samples) {
        // With no replication in common each is told by itself.
        let own: Vec<f64> = matrix.values[*i]
            .iter()
            .copied()
            .filter(|x| rows.is_empty() && x.is_finite())
            .collect();
        of[*i] = alone(if rows.is_empty() { &own } else { sample }, unit, terms.confidence);
    }
    // Of one replication nothing is known of how the alternatives stand.
    if let Some(better) = better.filter(|_| rows.len() >= 2) {
        let best = best_of_each(&samples, better);
        for (i, sample) in present.iter().zip(&samples) {
            of[*i].ahead = Some(ahead(sample, &best, better, terms.confidence));
            of[*i].worst_tenth = Some(match better {
                Better::Greater => stats::cvar_lower(&stats::sorted(sample), WORST),
                Better::Less => stats::cvar_upper(&stats::sorted(sample), 1.0 - WORST),
            });
        }
        let ranks = ranks(&samples, better);
        let ranked = present.iter().zip(ranks);
        ranked.for_each(|(i, rank)| of[*i].rank = Some(rank));
        let probabilities = if rows.len() == resamples.rows() {
            stats::probability_best_mean(&samples, better, resamples)
        } else {
            stats::probability_best_mean(&samples, better, &super::resamples(rows.len(), terms.seed))
        };
        let against = against_each_other(&samples, better, terms.confidence, probabilities.as_deref());
        for (i, (against_best, verdict, probability_best, regret)) in present.iter().zip(against) {
            let standing = &mut of[*i];
            standing.against_best = Some(against_best);
            standing.verdict = Some(verdict);
            standing.probability_best = probability_best;
            standing.regret = regret;
        }
    }
    Standings {
        n: rows.len(),
        left_out: matrix.common() - rows.len(),
        of,
    }
}

/// What an alternative says by itself.
fn alone(sample: &[f64], unit: &str, confidence: f64) -> Standing {
    let ends = sample
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(*x), high.max(*x)));
    Standing::of(summary::possible(stats::mean_interval(sample, confidence), unit, ends))
}

/// The best value of each replication, turned so that the greater is better.
fn best_of_each(samples: &[Vec<f64>], better: Better) -> Vec<f64> {
    let rows = samples.first().map_or(0, Vec::len);
    let best = |r: usize| {
        samples
            .iter()
            .fold(f64::NEG_INFINITY, |best, sample| best.max(better.turn(sample[r])))
    };
    (0..rows).map(best).collect()
}

/// The share of replications in which a sample has the best value, with Wilson's interval.
fn ahead(sample: &[f64], best: &[f64], better: Better, confidence: f64) -> Estimate {
    let hits = sample.iter().zip(best).filter(|(x, best)| better.turn(**x) >= **best).count();
    let ends = stats::wilson(hits as u64, sample.len() as u64, confidence);
    Estimate {
        value: hits as f64 / sample.len() as f64,
        lower: ends.lower,
        upper: ends.upper,
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

/// Against the best, with its verdict, probability of being best and regret.
type Against = (AgainstBest, Verdict, Option<f64>, Option<Regret>);

/// By alternative; nothing where there are no two alternatives and replications.
fn against_each_other(samples: &[Vec<f64>], better: Better, confidence: f64, probabilities: Option<&[f64]>) -> Vec<Against> {
    let against = stats::mcb_common(samples, better, confidence).unwrap_or_default();
    let candidates = against.iter().filter(|one| one.may_be_best).count();
    let regrets = stats::regret(samples, better, confidence);
    let of_one = |(k, against_best): (usize, AgainstBest)| {
        let verdict = match (against_best.may_be_best, candidates) {
            (true, 1) => Verdict::Best,
            (true, _) => Verdict::NotDistinguishable,
            (false, _) => Verdict::NotBest,
        };
        let probability = probabilities.map(|all| all[k]);
        (against_best, verdict, probability, regrets.as_ref().map(|all| all[k]))
    };
    against.into_iter().enumerate().map(of_one).collect()
}
