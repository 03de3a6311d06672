//! How probably each alternative is best.

use super::super::paired_resamples::Resamples;
use super::{Better, turned_rows};

/// The share of resamples of whole replications in which each alternative's statistic is the best; those that are level share a
/// resample evenly. The rows stay together, so that common random numbers count.
///
/// `uniform` gives numbers from 0 to 1; `statistic` sees values in no particular order. None without resamples, where the statistic is
/// NaN, or unless two or more alternatives have samples of one length of at least 2, all finite.
pub fn probability_best<S: AsRef<[f64]>>(
    samples: &[S],
    better: Better,
    resamples: usize,
    mut uniform: impl FnMut() -> f64,
    statistic: impl Fn(&[f64]) -> f64,
) -> Option<Vec<f64>> {
    let (_, n) = turned_rows(samples, better)?;
    let mut won = vec![0.0; samples.len()];
    let mut rows = vec![0; n];
    let mut column = vec![0.0; n];
    for _ in 0..resamples {
        for row in &mut rows {
            *row = ((uniform() * n as f64) as usize).min(n - 1);
        }
        let mut values = Vec::with_capacity(samples.len());
        for sample in samples {
            column.iter_mut().zip(&rows).for_each(|(x, row)| *x = sample.as_ref()[*row]);
            values.push(better.turn(statistic(&column)));
        }
        if values.iter().any(|x| x.is_nan()) {
            return None;
        }
        let best = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let level = values.iter().filter(|x| **x >= best).count();
        let share = 1.0 / level as f64;
        won.iter_mut()
            .zip(&values)
            .filter(|(_, x)| **x >= best)
            .for_each(|(won, _)| *won += share);
    }
    (resamples > 0).then(|| won.into_iter().map(|won| won / resamples as f64).collect())
}

/// [`probability_best`] by means, in time that goes with resamples times values. None unless two or more alternatives have as many
/// values as the resamples have rows, 2 at least, all finite.
pub fn probability_best_mean<S: AsRef<[f64]>, U: FnMut() -> f64, F: Fn() -> U>(
    samples: &[S],
    better: Better,
    resamples: &Resamples<F>,
) -> Option<Vec<f64>> {
    let (samples, n) = turned_rows(samples, better)?;
    if n != resamples.rows() {
        return None;
    }
    let (mut won, mut number) = (vec![0.0; samples.len()], 0_u32);
    let (mut totals, mut weights) = (vec![0.0; samples.len()], vec![0.0; n]);
    resamples.each(|counts| {
        weights
            .iter_mut()
            .zip(counts)
            .for_each(|(weight, count)| *weight = f64::from(*count));
        totals
            .iter_mut()
            .zip(&samples)
            .for_each(|(total, sample)| *total = weighted(sample, &weights));
        let best = totals.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let share = 1.0 / totals.iter().filter(|total| **total >= best).count() as f64;
        let winners = won.iter_mut().zip(&totals).filter(|(_, total)| **total >= best);
        winners.for_each(|(won, _)| *won += share);
        number += 1;
    });
    (number > 0).then(|| won.into_iter().map(|won| won / f64::from(number)).collect())
}

/// The sum of values times weights, in four sums that a processor adds at once.
fn weighted(values: &[f64], weights: &[f64]) -> f64 {
    let mut sums = [0.0; 4];
    let (fours, of_fours) = (values.chunks_exact(4), weights.chunks_exact(4));
    let rest: f64 = fours.remainder().iter().zip(of_fours.remainder()).map(|(x, w)| x * w).sum();
    for (xs, ws) in fours.zip(of_fours) {
        for ((sum, x), w) in sums.iter_mut().zip(xs).zip(ws) {
            *sum += x * w;
        }
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
}

#[cfg(test)]
mod tests {
    use super::super::super::laws::normal_cdf;
    use super::super::super::quantile::{quantile, sorted};
    use super::super::super::sum::mean;
    use super::super::super::testing::{SYSTEMS, assert_close, uniforms};
    use super::*;

    #[test]
    fn the_worst_of_banks_is_never_best_and_the_shares_add_up() {
        let shares = probability_best(&SYSTEMS, Better::Greater, 20_000, uniforms(41), mean).unwrap();
        assert_close(shares.iter().sum(), 1.0, 1e-12);
        assert!(
            (shares[0] - 0.916).abs() < 0.01 && (shares[1] - 0.084).abs() < 0.01 && shares[2] + shares[3] < 0.001,
            "{shares:?}"
        );
        let less = probability_best(&SYSTEMS, Better::Less, 2000, uniforms(43), mean).unwrap();
        assert_close(less[2], 1.0, 1e-12);
    }

    #[test]
    fn of_two_it_is_the_share_of_the_normal_law() {
        let mut uniform = uniforms(47);
        let first: Vec<f64> = (0..400).map(|_| uniform()).collect();
        let second: Vec<f64> = (0..400).map(|_| uniform()).collect();
        let difference: Vec<f64> = first.iter().zip(&second).map(|(a, b)| a - b).collect();
        let se = (super::super::super::sum::variance(&difference) / 400.0).sqrt();
        let shares = probability_best(&[first, second], Better::Greater, 10_000, uniforms(53), mean).unwrap();
        assert!((shares[0] - normal_cdf(mean(&difference) / se)).abs() < 0.02, "{shares:?}");
    }

    #[test]
    fn level_alternatives_share() {
        let samples = [[1.0, 2.0, 3.0], [1.0, 2.0, 3.0], [0.0, 0.0, 0.0]];
        let median = |values: &[f64]| quantile(&sorted(values), 0.5);
        assert_eq!(
            probability_best(&samples, Better::Greater, 100, uniforms(1), median).unwrap(),
            [0.5, 0.5, 0.0]
        );
        assert_eq!(probability_best(&samples, Better::Greater, 0, uniforms(1), median), None);
        assert_eq!(probability_best(&samples[..1], Better::Greater, 10, uniforms(1), median), None);
        assert_eq!(probability_best(&samples, Better::Greater, 10, uniforms(1), |_| f64::NAN), None);
    }

    #[test]
    fn counting_rows_gives_the_probabilities_that_drawing_them_gives() {
        let resamples = Resamples::new(10, 500, || uniforms(7));
        for better in [Better::Greater, Better::Less] {
            let drawn = probability_best(&SYSTEMS, better, 500, uniforms(7), mean).unwrap();
            let counted = probability_best_mean(&SYSTEMS, better, &resamples).unwrap();
            assert!(
                drawn.iter().zip(&counted).all(|(a, b)| (a - b).abs() < 1e-12),
                "{drawn:?} {counted:?}"
            );
        }
        assert_eq!(probability_best_mean(&[[1.0, 2.0], [2.0, 3.0]], Better::Less, &resamples), None);
    }
}
