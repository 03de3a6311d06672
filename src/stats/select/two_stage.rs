//! Two stages with Bonferroni's allowance, under common random numbers or not (Matejcik & Nelson 1995, Oper. Res. 43:633).

use super::super::laws::student_quantile;
use super::super::sum::mean;
use super::mcb::{AgainstBest, constrained};
use super::{Better, difference_variances, is_indifference, is_level, turned_rows};

/// What a first stage asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TwoStage {
    /// Student's point at 1 − α / (k − 1).
    pub t: f64,
    /// The greatest variance of a difference.
    pub greatest_variance: f64,
    /// Replications of every alternative in all.
    pub replications: usize,
}

/// How many replications in all of each alternative select the best, or one within `indifference` of it, with a confidence:
/// max(n0, ⌈t² S²_max / δ²⌉). None unless two or more alternatives have first stages of one length of at least 2, all finite.
pub fn two_stage_bonferroni<S: AsRef<[f64]>>(first_stage: &[S], indifference: f64, confidence: f64) -> Option<TwoStage> {
    let (samples, n0) = turned_rows(first_stage, Better::Greater)?;
    if !is_indifference(indifference) || !is_level(confidence) {
        return None;
    }
    let t = student_quantile(1.0 - (1.0 - confidence) / (samples.len() - 1) as f64, (n0 - 1) as f64);
    let greatest_variance = difference_variances(&samples).into_iter().flatten().fold(0.0, f64::max);
    let needed = (t * t * greatest_variance / (indifference * indifference)).ceil() as usize;
    (t >= 0.0).then_some(TwoStage {
        t,
        greatest_variance,
        replications: n0.max(needed),
    })
}

/// Intervals of each alternative against the best of the others once the replications of [`two_stage_bonferroni`] are there:
/// [min(0, D − δ), max(0, D + δ)]. None unless two or more alternatives have two or more values, all finite.
pub fn two_stage_mcb<S: AsRef<[f64]>>(samples: &[S], better: Better, indifference: f64) -> Option<Vec<AgainstBest>> {
    let (samples, _) = turned_rows(samples, better)?;
    let means: Vec<f64> = samples.iter().map(|sample| mean(sample)).collect();
    is_indifference(indifference).then(|| constrained(&means, indifference, better))
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{SYSTEMS, assert_close};
    use super::*;

    #[test]
    fn the_second_stage_of_banks_is_the_printed_one() {
        let stage = two_stage_bonferroni(&SYSTEMS, 2.0, 0.95).unwrap();
        assert!((stage.t - 2.5096).abs() < 6e-5);
        assert_close(stage.greatest_variance, 28.498_049, 1e-7);
        assert_eq!(stage.replications, 45);
        assert_eq!(two_stage_bonferroni(&SYSTEMS, 50.0, 0.95).unwrap().replications, 10);
    }

    #[test]
    fn the_intervals_are_those_of_the_indifference() {
        let found = two_stage_mcb(&SYSTEMS, Better::Greater, 2.0).unwrap();
        assert_close(found[0].lower, -1.2, 1e-9);
        assert_close(found[0].upper, 2.8, 1e-9);
        assert_close(found[2].lower, -7.686, 1e-9);
        assert_close(found[2].upper, 0.0, 0.0);
        let kept: Vec<bool> = found.iter().map(|one| one.may_be_best).collect();
        assert_eq!(kept, [true, true, false, true]);
    }

    #[test]
    fn no_first_stage_has_no_second() {
        assert_eq!(two_stage_bonferroni(&[[1.0, 2.0]], 1.0, 0.95), None);
        assert_eq!(two_stage_bonferroni(&[vec![1.0, 2.0], vec![1.0]], 1.0, 0.95), None);
        assert_eq!(two_stage_bonferroni(&SYSTEMS, 0.0, 0.95), None);
        assert_eq!(two_stage_mcb(&[[1.0, 2.0], [1.0, f64::NAN]], Better::Less, 1.0), None);
    }
}
