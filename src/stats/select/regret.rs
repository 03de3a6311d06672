//! Regret: what an alternative costs against the best there would have been (Savage 1951, JASA 46:55).

use super::super::estimate::Estimate;
use super::super::mean::mean_interval;
use super::super::order::quantile_interval;
use super::super::quantile::{quantile, sorted};
use super::super::sum::mean;
use super::{Better, is_level, turned_rows};

/// The regret of one alternative, never negative, in the units of the response.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Regret {
    /// Mean.
    pub mean: Estimate,
    /// 90 % quantile, of type 7.
    pub p90: Estimate,
    /// Greatest.
    pub max: Estimate,
}

/// The regret of every alternative in every row: max_j Y_jr − Y_ir, or Y_ir − min_j Y_jr where the less is better. None unless two or
/// more alternatives have samples of one length of at least 2, all finite.
pub fn regrets<S: AsRef<[f64]>>(samples: &[S], better: Better) -> Option<Vec<Vec<f64>>> {
    let (samples, n) = turned_rows(samples, better)?;
    let best = |r: usize| samples.iter().fold(f64::NEG_INFINITY, |best, sample| best.max(sample[r]));
    let bests: Vec<f64> = (0..n).map(best).collect();
    let of = |sample: &Vec<f64>| bests.iter().zip(sample).map(|(best, x)| best - x).collect();
    Some(samples.iter().map(of).collect())
}

/// Regret over replications that are independent rows: of the mean with Student's interval, of the quantile with that by order
/// statistics, NaN where the sample is too small for an end. No sample bounds the greatest regret there can be from above: its
/// interval is open there. None where [`regrets`] has none.
pub fn regret<S: AsRef<[f64]>>(samples: &[S], better: Better, confidence: f64) -> Option<Vec<Regret>> {
    if !is_level(confidence) {
        return None;
    }
    let of = |row: &Vec<f64>| {
        let sorted = sorted(row);
        let mean = mean_interval(row, confidence);
        let p90 = quantile_interval(&sorted, 0.9, confidence);
        let max = quantile(&sorted, 1.0);
        Regret {
            mean: Estimate {
                value: mean.mean,
                lower: mean.lower.max(0.0),
                upper: mean.upper,
            },
            p90: Estimate {
                value: quantile(&sorted, 0.9),
                lower: p90.map_or(f64::NAN, |ends| ends.lower),
                upper: p90.map_or(f64::NAN, |ends| ends.upper),
            },
            max: Estimate {
                value: max,
                lower: max,
                upper: f64::NAN,
            },
        }
    };
    Some(regrets(samples, better)?.iter().map(of).collect())
}

/// Regret of expected responses over given cases (scenarios, states of the world), each with replications of every alternative: regret
/// in a case is between means over its replications; the mean, quantile and greatest are over the cases. Their intervals are
/// percentiles of resamples of whole replications within each case, and so about chance alone, the cases being given.
///
/// The expected best is overstated where means are noisy, and with it the regret: cases need replications enough. `cases` are samples by
/// alternative, `uniform` gives numbers from 0 to 1. None without cases or resamples, unless all have the same two or more
/// alternatives, and in each case samples of one length of at least 2, all finite.
pub fn regret_over_cases<C: AsRef<[S]>, S: AsRef<[f64]>>(
    cases: &[C],
    better: Better,
    confidence: f64,
    resamples: usize,
    mut uniform: impl FnMut() -> f64,
) -> Option<Vec<Regret>> {
    let cases: Vec<(Vec<Vec<f64>>, usize)> = cases.iter().map(|case| turned_rows(case.as_ref(), better)).collect::<Option<_>>()?;
    let k = cases.first()?.0.len();
    if resamples == 0 || !is_level(confidence) || cases.iter().any(|(samples, _)| samples.len() != k) {
        return None;
    }
    let own: Vec<Vec<f64>> = cases.iter().map(|(samples, _)| samples.iter().map(|s| mean(s)).collect()).collect();
    let values = summaries(&own, k);
    // By alternative, then mean, quantile and greatest: the values of all resamples.
    let mut resampled = vec![[const { Vec::new() }; 3]; k];
    for _ in 0..resamples {
        let means: Vec<Vec<f64>> = cases
            .iter()
            .map(|(samples, n)| resampled_means(samples, *n, &mut uniform))
            .collect();
        for (lists, summary) in resampled.iter_mut().zip(summaries(&means, k)) {
            lists.iter_mut().zip(summary).for_each(|(list, x)| list.push(x));
        }
    }
    let estimate = |value: f64, list: &[f64]| {
        let list = sorted(list);
        Estimate {
            value,
            lower: quantile(&list, 0.5 - 0.5 * confidence),
            upper: quantile(&list, 0.5 + 0.5 * confidence),
        }
    };
    let of = |(values, lists): ([f64; 3], &[Vec<f64>; 3])| Regret {
        mean: estimate(values[0], &lists[0]),
        p90: estimate(values[1], &lists[1]),
        max: estimate(values[2], &lists[2]),
    };
    Some(values.into_iter().zip(&resampled).map(of).collect())
}

/// Mean of each alternative over rows drawn with replacement.
fn resampled_means(samples: &[Vec<f64>], n: usize, uniform: &mut impl FnMut() -> f64) -> Vec<f64> {
    let rows: Vec<usize> = (0..n).map(|_| ((uniform() * n as f64) as usize).min(n - 1)).collect();
    let mean = |sample: &Vec<f64>| super::super::sum::sum(rows.iter().map(|r| sample[*r])) / n as f64;
    samples.iter().map(mean).collect()
}

/// Mean, quantile and greatest regret of each alternative over cases, from its means by case.
fn summaries(means: &[Vec<f64>], k: usize) -> Vec<[f64; 3]> {
    let best = |case: &Vec<f64>| case.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let of = |i: usize| {
        let regrets = sorted(&means.iter().map(|case| best(case) - case[i]).collect::<Vec<_>>());
        [mean(&regrets), quantile(&regrets, 0.9), quantile(&regrets, 1.0)]
    };
    (0..k).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{SYSTEMS, assert_close, uniforms};
    use super::*;

    const PAY_OFFS: [[f64; 3]; 3] = [[90.0, 70.0, 50.0], [80.0, 75.0, 60.0], [60.0, 60.0, 58.0]];

    #[test]
    fn the_pay_offs_have_their_derived_regrets() {
        assert_eq!(regrets(&PAY_OFFS, Better::Greater).unwrap()[0], [0.0, 5.0, 10.0]);
        let found = regret(&PAY_OFFS, Better::Greater, 0.95).unwrap();
        let expected = [(5.0, 9.0, 10.0), (3.3333, 8.0, 10.0), (15.6667, 27.0, 30.0)];
        for (one, (mean, p90, max)) in found.iter().zip(expected) {
            assert!((one.mean.value - mean).abs() < 6e-5);
            assert_close(one.p90.value, p90, 1e-12);
            assert_close(one.max.value, max, 1e-12);
            assert!(one.p90.lower.is_nan() && one.max.upper.is_nan());
            assert!(one.mean.contains(one.mean.value));
        }
        let costs = PAY_OFFS.map(|row| row.map(|x| -x));
        assert_eq!(regrets(&costs, Better::Less), regrets(&PAY_OFFS, Better::Greater));
    }

    #[test]
    fn the_same_cases_replicated_have_the_same_regrets_with_intervals() {
        let noise = [-3.0, -1.0, 0.0, 1.0, 3.0];
        let cases: Vec<Vec<Vec<f64>>> = (0..3)
            .map(|s| {
                let sample = |i: usize| noise.iter().map(|e| PAY_OFFS[i][s] + if i == 1 { 0.5 * e } else { *e }).collect();
                (0..3).map(sample).collect()
            })
            .collect();
        let found = regret_over_cases(&cases, Better::Greater, 0.95, 2000, uniforms(59)).unwrap();
        for (one, (mean, p90, max)) in found
            .iter()
            .zip([(5.0, 9.0, 10.0), (10.0 / 3.0, 8.0, 10.0), (47.0 / 3.0, 27.0, 30.0)])
        {
            for (estimate, value) in [(one.mean, mean), (one.p90, p90), (one.max, max)] {
                assert_close(estimate.value, value, 1e-12);
                assert!(estimate.contains(value) && estimate.lower < estimate.upper, "{estimate:?}");
            }
        }
        assert_eq!(regret_over_cases(&cases, Better::Greater, 0.95, 0, uniforms(59)), None);
        assert_eq!(regret_over_cases(&cases[..0], Better::Greater, 0.95, 100, uniforms(59)), None);
    }

    #[test]
    fn enough_rows_bound_the_quantile() {
        let first: Vec<f64> = (0..100).map(f64::from).collect();
        let second = vec![50.0; 100];
        let found = regret(&[first, second], Better::Greater, 0.95).unwrap();
        assert!(found[0].p90.contains(40.0) && found[0].p90.lower >= 30.0);
        assert_eq!(regret(&SYSTEMS[..1], Better::Greater, 0.95), None);
        assert_eq!(regret(&SYSTEMS, Better::Greater, 0.0), None);
    }
}
