//! The shift function: how the quantiles of two laws differ, all along (Doksum & Sievers 1976, Biometrika 63:421).

use super::harrell_davis::weights;
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

/// Differences of quantiles between samples that belong together by rows, with a simultaneous band by the bootstrap of whole rows:
/// Δ(p) ± c · se(p), where se is the standard deviation of the resampled Δ*, and c the quantile, at the confidence, of the greatest
/// |Δ*(p) − Δ(p)| / se(p) over all probabilities.
///
/// `uniform` gives numbers from 0 to 1. Extreme probabilities widen the band: deciles are usual. None unless both samples have one
/// length of at least 2, all finite, the probabilities lie between 0 and 1, and there are at least 2 resamples.
pub fn shift_function(
    first: &[f64],
    second: &[f64],
    probabilities: &[f64],
    confidence: f64,
    resamples: usize,
    mut uniform: impl FnMut() -> f64,
) -> Option<Vec<Shift>> {
    let n = first.len();
    let sound = n >= 2 && second.len() == n && first.iter().chain(second).all(|x| x.is_finite());
    let asked = resamples >= 2 && (0.0..=1.0).contains(&confidence) && probabilities.iter().all(|p| *p > 0.0 && *p < 1.0);
    if !sound || !asked {
        return None;
    }
    let weights: Vec<Vec<f64>> = probabilities.iter().map(|p| weights(n, *p)).collect();
    let own = differences(first, second, &weights);
    // By probability: the differences of all resamples.
    let mut resampled = vec![Vec::with_capacity(resamples); probabilities.len()];
    let (mut a, mut b) = (vec![0.0; n], vec![0.0; n]);
    for _ in 0..resamples {
        for (x, y) in a.iter_mut().zip(&mut b) {
            let row = ((uniform() * n as f64) as usize).min(n - 1);
            (*x, *y) = (first[row], second[row]);
        }
        let differences = differences(&a, &b, &weights);
        resampled.iter_mut().zip(differences).for_each(|(list, x)| list.push(x));
    }
    let errors: Vec<f64> = resampled.iter().map(|list| variance(list).sqrt()).collect();
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
    let c = quantile(&sorted(&(0..resamples).map(greatest).collect::<Vec<_>>()), confidence);
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

#[cfg(test)]
mod tests {
    use super::super::harrell_davis::harrell_davis;
    use super::super::laws::normal_quantile;
    use super::super::testing::{SYSTEMS, THIRTY, assert_close, uniforms};
    use super::*;

    const DECILES: [f64; 9] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

    #[test]
    fn a_constant_shift_is_flat_and_sure() {
        let second = THIRTY.map(|x| x + 3.0);
        let found = shift_function(&THIRTY, &second, &DECILES, 0.95, 200, uniforms(3)).unwrap();
        for shift in found {
            assert_close(shift.difference, -3.0, 1e-9);
            assert!((shift.upper - shift.lower).abs() < 1e-9);
        }
    }

    #[test]
    fn the_differences_are_harrell_and_davis() {
        let found = shift_function(&SYSTEMS[0], &SYSTEMS[2], &[0.5], 0.95, 500, uniforms(5)).unwrap();
        let median = |values: &[f64]| harrell_davis(&sorted(values), 0.5).value;
        assert_close(found[0].difference, median(&SYSTEMS[0]) - median(&SYSTEMS[2]), 1e-12);
        assert!(found[0].lower < found[0].difference && found[0].difference < found[0].upper);
    }

    #[test]
    fn the_band_is_wider_for_all_deciles_than_for_one() {
        let all = shift_function(&SYSTEMS[0], &SYSTEMS[2], &DECILES, 0.95, 2000, uniforms(7)).unwrap();
        let one = shift_function(&SYSTEMS[0], &SYSTEMS[2], &[0.5], 0.95, 2000, uniforms(7)).unwrap();
        assert!(all[4].upper - all[4].lower > one[0].upper - one[0].lower);
    }

    #[test]
    fn the_band_holds_the_whole_function_as_often_as_it_says() {
        let mut uniform = uniforms(71);
        let mut again = uniforms(73);
        let runs = 200;
        let mut held = 0;
        for _ in 0..runs {
            // Of the same centre, the second with spread √1.25 · 1.2.
            let (first, second): (Vec<f64>, Vec<f64>) = (0..80)
                .map(|_| {
                    let (a, b) = (normal_quantile(uniform()), normal_quantile(uniform()));
                    (a, 1.2 * (a + 0.5 * b))
                })
                .unzip();
            let found = shift_function(&first, &second, &DECILES, 0.9, 200, &mut again).unwrap();
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
    fn too_little_has_no_function() {
        assert_eq!(shift_function(&[1.0], &[1.0], &[0.5], 0.95, 100, uniforms(1)), None);
        assert_eq!(shift_function(&[1.0, 2.0], &[1.0], &[0.5], 0.95, 100, uniforms(1)), None);
        assert_eq!(shift_function(&[1.0, 2.0], &[1.0, 2.0], &[1.0], 0.95, 100, uniforms(1)), None);
        assert_eq!(shift_function(&[1.0, 2.0], &[1.0, 2.0], &[0.5], 0.95, 1, uniforms(1)), None);
    }
}
