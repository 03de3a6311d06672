//! The shift function: how the quantiles of two laws differ, all along (Doksum & Sievers 1976, Biometrika 63:421).

use super::harrell_davis::weights;
use super::paired_resamples::{Ranked, Resamples};
use super::quantile::{quantile, sorted};
use super::sum::{sum, variance};

/// The difference at one probability, within a band that holds all of them at once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shift {
    /// The probability.
    pub p: f64,
    /// Quantile of the first less that of the second, by Harrell and Davis.
    pub difference: f64,
    /// Lower edge of the band.
    pub lower: f64,
    /// Upper edge of the band.
    pub upper: f64,
}

/// What is less than this share of the greatest value is rounding.
const ROUNDING: f64 = 1e-12;

/// Differences of quantiles between samples that belong together by rows, with a simultaneous band by the bootstrap of whole rows:
/// Δ(p) ± c · se(p), where se is the standard deviation of the resampled Δ*, and c the quantile, at the confidence, of the greatest
/// |Δ*(p) − Δ(p)| / se(p) over all probabilities.
///
/// Extreme probabilities widen the band: deciles are usual. None unless both samples have as many values as the resamples have rows, at
/// least 2, all finite, the probabilities lie between 0 and 1, and there are at least 2 resamples.
pub fn shift_function<U: FnMut() -> f64, F: Fn() -> U>(
    first: &[f64],
    second: &[f64],
    probabilities: &[f64],
    confidence: f64,
    resamples: &Resamples<F>,
) -> Option<Vec<Shift>> {
    let n = resamples.rows();
    let all = || first.iter().chain(second);
    let sound = n >= 2 && first.len() == n && second.len() == n && all().all(|x| x.is_finite());
    let asked = (0.0..=1.0).contains(&confidence) && probabilities.iter().all(|p| *p > 0.0 && *p < 1.0);
    if !sound || !asked {
        return None;
    }
    let weights: Vec<Vec<f64>> = probabilities.iter().map(|p| weights(n, *p)).collect();
    let nothing = ROUNDING * all().fold(0.0, |most: f64, x| most.max(x.abs()));
    let own: Vec<f64> = differences(first, second, &weights)
        .into_iter()
        .map(|difference| if difference.abs() > nothing { difference } else { 0.0 })
        .collect();
    // By probability: the differences of all resamples.
    let resampled = resampled(first, second, &weights, resamples);
    let number = resampled.first().map_or(0, Vec::len);
    if number < 2 && !probabilities.is_empty() {
        return None;
    }
    let errors: Vec<f64> = resampled
        .iter()
        .map(|list| variance(list).sqrt())
        .map(|error| if error > nothing { error } else { 0.0 })
        .collect();
    let greatest = |b: usize| {
        let excess = |i: usize| {
            if errors[i] > 0.0 {
                (resampled[i][b] - own[i]).abs() / errors[i]
            } else {
                0.0
            }
        };
        (0..own.len()).map(excess).fold(0.0, f64::max)
    };
    let c = quantile(&sorted(&(0..number).map(greatest).collect::<Vec<_>>()), confidence);
    let at = |i: usize| Shift {
        p: probabilities[i],
        difference: own[i],
        lower: own[i] - c * errors[i],
        upper: own[i] + c * errors[i],
    };
    Some((0..own.len()).map(at).collect())
}

fn differences(first: &[f64], second: &[f64], weights: &[Vec<f64>]) -> Vec<f64> {
    let (first, second) = (sorted(first), sorted(second));
    let weighted = |weights: &Vec<f64>, values: &[f64]| sum(weights.iter().zip(values).map(|(w, x)| w * x));
    weights.iter().map(|w| weighted(w, &first) - weighted(w, &second)).collect()
}

/// By probability, the differences in each resample. A value that was drawn so many times takes the weights of as many ranks, so that nothing is sorted
/// again.
fn resampled<U: FnMut() -> f64, F: Fn() -> U>(
    first: &[f64],
    second: &[f64],
    weights: &[Vec<f64>],
    resamples: &Resamples<F>,
) -> Vec<Vec<f64>> {
    let (n, several) = (first.len(), weights.len());
    // By rank and probability: the weights of all ranks up to it, those of one rank side by side.
    let mut up_to = vec![0.0; (n + 1) * several];
    for rank in 0..n {
        for (i, weights) in weights.iter().enumerate() {
            up_to[(rank + 1) * several + i] = up_to[rank * several + i] + weights[rank];
        }
    }
    let add = |of: &Ranked, counts: &[u8], totals: &mut [f64]| {
        let mut passed = 0;
        for (x, count) in of.with_counts(counts).filter(|(_, count)| *count > 0) {
            let next = passed + usize::from(count);
            let weights = up_to[next * several..].iter().zip(&up_to[passed * several..]);
            for (total, (to, from)) in totals.iter_mut().zip(weights) {
                *total += x * (to - from);
            }
            passed = next;
        }
    };
    let (a, b) = (Ranked::new(first), Ranked::new(second));
    let mut lists = vec![Vec::new(); several];
    let (mut of_first, mut of_second) = (vec![0.0; several], vec![0.0; several]);
    resamples.each(|counts| {
        of_first.fill(0.0);
        of_second.fill(0.0);
        add(&a, counts, &mut of_first);
        add(&b, counts, &mut of_second);
        for ((list, x), y) in lists.iter_mut().zip(&of_first).zip(&of_second) {
            list.push(x - y);
        }
    });
    lists
}

#[cfg(test)]
mod tests {
    use super::super::harrell_davis::harrell_davis;
    use super::super::laws::normal_quantile;
    use super::super::testing::{SYSTEMS, THIRTY, assert_close, uniforms};
    use super::*;

    const DECILES: [f64; 9] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

    fn drawn(rows: usize, number: usize, seed: u64) -> Resamples<impl Fn() -> Box<dyn FnMut() -> f64>> {
        Resamples::new(rows, number, move || -> Box<dyn FnMut() -> f64> { Box::new(uniforms(seed)) })
    }

    #[test]
    fn a_constant_shift_is_flat_and_sure() {
        let second = THIRTY.map(|x| x + 3.0);
        let found = shift_function(&THIRTY, &second, &DECILES, 0.95, &drawn(30, 200, 3)).unwrap();
        for shift in found {
            assert_close(shift.difference, -3.0, 1e-9);
            assert!((shift.upper - shift.lower).abs() < 1e-9);
        }
    }

    #[test]
    fn the_differences_are_harrell_and_davis() {
        let found = shift_function(&SYSTEMS[0], &SYSTEMS[2], &[0.5], 0.95, &drawn(10, 500, 5)).unwrap();
        let median = |values: &[f64]| harrell_davis(&sorted(values), 0.5).value;
        assert_close(found[0].difference, median(&SYSTEMS[0]) - median(&SYSTEMS[2]), 1e-12);
        assert!(found[0].lower < found[0].difference && found[0].difference < found[0].upper);
    }

    #[test]
    fn the_band_is_wider_for_all_deciles_than_for_one() {
        let all = shift_function(&SYSTEMS[0], &SYSTEMS[2], &DECILES, 0.95, &drawn(10, 2000, 7)).unwrap();
        let one = shift_function(&SYSTEMS[0], &SYSTEMS[2], &[0.5], 0.95, &drawn(10, 2000, 7)).unwrap();
        assert!(all[4].upper - all[4].lower > one[0].upper - one[0].lower);
    }

    #[test]
    fn the_band_holds_the_whole_function_as_often_as_it_says() {
        let mut uniform = uniforms(71);
        let runs = 200_u32;
        let mut held = 0;
        for run in 0..runs {
            // Of the same centre, the second with spread √1.25 · 1.2.
            let (first, second): (Vec<f64>, Vec<f64>) = (0..80)
                .map(|_| {
                    let (a, b) = (normal_quantile(uniform()), normal_quantile(uniform()));
                    (a, 1.2 * (a + 0.5 * b))
                })
                .unzip();
            let found = shift_function(&first, &second, &DECILES, 0.9, &drawn(80, 200, 73 + u64::from(run))).unwrap();
            let truth = |p: f64| normal_quantile(p) * (1.0 - 1.2 * 1.25_f64.sqrt());
            held += u32::from(
                found
                    .iter()
                    .all(|shift| shift.lower <= truth(shift.p) && truth(shift.p) <= shift.upper),
            );
        }
        let share = f64::from(held) / f64::from(runs);
        assert!((share - 0.9).abs() < 0.07, "{share}");
    }

    #[test]
    fn counting_rows_gives_what_sorting_each_resample_gives() {
        let second: Vec<f64> = THIRTY.iter().enumerate().map(|(i, x)| 0.7 * x + (i * 7 % 11) as f64).collect();
        let weights: Vec<Vec<f64>> = DECILES.iter().map(|p| weights(30, *p)).collect();
        let found = resampled(&THIRTY, &second, &weights, &drawn(30, 40, 9));
        let mut uniform = uniforms(9);
        for resample in 0..40 {
            let rows: Vec<usize> = (0..30).map(|_| (uniform() * 30.0) as usize).collect();
            let of = |values: &[f64]| rows.iter().map(|row| values[*row]).collect::<Vec<f64>>();
            let expected = differences(&of(&THIRTY), &of(&second), &weights);
            for (list, expected) in found.iter().zip(expected) {
                assert_close(list[resample], expected, 1e-9);
            }
        }
    }

    #[test]
    fn what_differs_by_rounding_does_not_differ() {
        let first = THIRTY.map(|x| x * 1e6);
        let second = first.map(|x| x * (1.0 + 1e-15));
        let found = shift_function(&first, &second, &DECILES, 0.95, &drawn(30, 100, 3)).unwrap();
        assert!(
            found
                .iter()
                .all(|shift| [shift.difference, shift.lower, shift.upper].iter().all(|x| x.abs() <= 0.0))
        );
    }

    #[test]
    fn too_little_has_no_function() {
        let of = |first: &[f64], second: &[f64], p: f64, rows: usize, number: usize| {
            shift_function(first, second, &[p], 0.95, &drawn(rows, number, 1))
        };
        assert_eq!(of(&[1.0], &[1.0], 0.5, 1, 100), None);
        assert_eq!(of(&[1.0, 2.0], &[1.0], 0.5, 2, 100), None);
        assert_eq!(of(&[1.0, 2.0], &[1.0, f64::NAN], 0.5, 2, 100), None);
        assert_eq!(of(&[1.0, 2.0], &[1.0, 2.0], 1.0, 2, 100), None);
        assert_eq!(of(&[1.0, 2.0], &[1.0, 2.0], 0.5, 3, 100), None);
        assert_eq!(of(&[1.0, 2.0], &[1.0, 2.0], 0.5, 2, 1), None);
    }
}
