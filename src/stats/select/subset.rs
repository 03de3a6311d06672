//! A subset that holds the best (Nelson, Swann, Goldsman, Song 2001, Oper. Res. 49:950).

use super::super::laws::student_quantile;
use super::super::sum::{mean, variance};
use super::pairs::Pairs;
use super::rinott::{rinott_constant, rinott_size};
use super::{Better, Sampling, is_indifference, is_level, others, turned, turned_rows};

/// The alternatives, by index, that are not shown to be worse than another; with a confidence the best is among them. Kept is i if
/// Ȳ_i >= Ȳ_j − w_ij for all j, where
///
/// - under common random numbers w_ij = t S_ij / √n with t = t(1 − α/(k − 1), n − 1);
/// - of independent samples w_ij² = t_i² S_i²/n_i + t_j² S_j²/n_j with t_i = t((1 − α)^(1/(k − 1)), n_i − 1).
///
/// None unless two or more alternatives have two or more values, all finite, and under common random numbers of one length.
pub fn subset<S: AsRef<[f64]>>(samples: &[S], better: Better, sampling: Sampling, confidence: f64) -> Option<Vec<usize>> {
    if !is_level(confidence) {
        return None;
    }
    match sampling {
        Sampling::Common => {
            let (samples, n) = turned_rows(samples, better)?;
            let least = Pairs::new(&samples, n, confidence)?.least_with();
            Some((0..samples.len()).filter(|i| least[*i] >= 0.0).collect())
        }
        Sampling::Independent => {
            let samples = turned(samples, better)?;
            let allowances = independent_allowances(&samples, confidence);
            Some(kept(&samples, &allowances))
        }
    }
}

fn independent_allowances(samples: &[Vec<f64>], confidence: f64) -> Vec<Vec<f64>> {
    let level = libm::pow(confidence, 1.0 / (samples.len() - 1) as f64);
    let squares: Vec<f64> = samples
        .iter()
        .map(|sample| {
            let n = sample.len() as f64;
            let t = student_quantile(level, n - 1.0);
            t * t * variance(sample) / n
        })
        .collect();
    let row = |a: &f64| squares.iter().map(|b| (a + b).sqrt()).collect();
    squares.iter().map(row).collect()
}

fn kept(samples: &[Vec<f64>], allowances: &[Vec<f64>]) -> Vec<usize> {
    let means: Vec<f64> = samples.iter().map(|sample| mean(sample)).collect();
    let k = samples.len();
    (0..k)
        .filter(|&i| others(k, i).all(|j| means[i] >= means[j] - allowances[i][j]))
        .collect()
}

/// What a first stage of independent samples leaves and asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct ScreenAndSize {
    /// The alternatives kept, by index.
    pub kept: Vec<usize>,
    /// Rinott's constant.
    pub h: f64,
    /// Replications in all of each alternative kept.
    pub replications: Vec<usize>,
}

/// The procedure NSGS of the same paper: screening with (w_ij − δ)⁺ at α/2, then Rinott's sizes at α/2 for what is left; the best of
/// their overall means is the best, or within `indifference` of it, with the confidence. None unless two or more independent
/// alternatives have first stages of one length of at least 2, all finite.
pub fn screen_and_size<S: AsRef<[f64]>>(first_stage: &[S], better: Better, indifference: f64, confidence: f64) -> Option<ScreenAndSize> {
    let (samples, n0) = turned_rows(first_stage, better)?;
    if !is_level(confidence) || !is_indifference(indifference) {
        return None;
    }
    let each = 0.5 + 0.5 * confidence;
    let h = rinott_constant(samples.len(), n0, each)?;
    let mut allowances = independent_allowances(&samples, each);
    for allowance in allowances.iter_mut().flatten() {
        *allowance = (*allowance - indifference).max(0.0);
    }
    let kept = kept(&samples, &allowances);
    let size = |i: &usize| rinott_size(n0, h, variance(&samples[*i]), indifference);
    let replications = kept.iter().map(size).collect::<Option<_>>()?;
    Some(ScreenAndSize { kept, h, replications })
}

#[cfg(test)]
mod tests {
    use super::super::super::laws::normal_quantile;
    use super::super::super::testing::{SYSTEMS, assert_close, uniforms};
    use super::*;

    #[test]
    fn the_systems_of_banks_are_screened_as_derived() {
        assert_eq!(subset(&SYSTEMS, Better::Less, Sampling::Common, 0.95).unwrap(), [2]);
        assert_eq!(subset(&SYSTEMS, Better::Greater, Sampling::Common, 0.95).unwrap(), [0, 1]);
        assert_eq!(
            subset(&SYSTEMS, Better::Greater, Sampling::Independent, 0.95).unwrap(),
            [0, 1, 2, 3]
        );
    }

    #[test]
    fn samples_far_apart_leave_one() {
        let samples = [vec![1.0, 2.0, 3.0], vec![101.0, 103.0], vec![0.0, 1.0, 0.5, 0.25]];
        assert_eq!(subset(&samples, Better::Greater, Sampling::Independent, 0.95).unwrap(), [1]);
        assert_eq!(subset(&samples, Better::Greater, Sampling::Common, 0.95), None);
        assert_eq!(subset(&samples[..1], Better::Greater, Sampling::Independent, 0.95), None);
    }

    #[test]
    fn the_best_is_kept_as_often_as_it_says() {
        let mut uniform = uniforms(29);
        let runs = 2000;
        let mut held = 0;
        for _ in 0..runs {
            // All but equal: the worst case for the one that is best.
            let samples: Vec<Vec<f64>> = (0..4).map(|_| (0..8).map(|_| normal_quantile(uniform())).collect()).collect();
            held += u32::from(subset(&samples, Better::Greater, Sampling::Independent, 0.9).unwrap().contains(&0));
        }
        let share = f64::from(held) / f64::from(runs);
        assert!(share >= 0.9 - 3.0 * (0.09 / f64::from(runs)).sqrt(), "{share}");
    }

    #[test]
    fn screening_shares_the_error_with_rinotts_sizes() {
        let found = screen_and_size(&SYSTEMS, Better::Greater, 2.0, 0.95).unwrap();
        assert_eq!(found.kept, [0, 1, 2, 3]);
        assert_close(found.h, rinott_constant(4, 10, 0.975).unwrap(), 1e-15);
        assert!(found.replications[0] > 947);
        assert_eq!(screen_and_size(&SYSTEMS, Better::Greater, 0.0, 0.95), None);
    }
}
