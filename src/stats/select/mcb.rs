//! Multiple comparisons with the best: simultaneous intervals of every alternative against the best of the others.

use super::super::sum::{mean, sum, variance};
use super::dunnett::dunnett_point;
use super::pairs::Pairs;
use super::{Better, gaps, is_level, turned_rows};

/// An alternative against the best of the others. All intervals of a comparison hold at once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AgainstBest {
    /// Its mean less that of the best of the others.
    pub difference: f64,
    /// Lower end; 0 where it is surely not worse (or, if the less is better, surely not better).
    pub lower: f64,
    /// Upper end; 0 where it is surely not better (or, if the less is better, surely not worse).
    pub upper: f64,
    /// Whether it is not shown to be worse than another.
    pub may_be_best: bool,
}

impl AgainstBest {
    /// From ends on the scale on which the greater is better.
    fn turned(difference: f64, lower: f64, upper: f64, may_be_best: bool, better: Better) -> AgainstBest {
        let (lower, upper) = match better {
            Better::Greater => (lower, upper),
            Better::Less => (upper, lower),
        };
        // Adding 0 keeps an end of 0 from being printed as −0.
        AgainstBest {
            difference: better.turn(difference) + 0.0,
            lower: better.turn(lower) + 0.0,
            upper: better.turn(upper) + 0.0,
            may_be_best,
        }
    }
}

/// Under common random numbers or unequal variances (the form of Edwards & Hsu 1983, JASA 78:965, with Bonferroni's allowance;
/// Yang & Nelson 1991, Oper. Res. 39:583): with w_ij = t(1 − α/(k − 1), n − 1) S_ij / √n,
///
/// U_i = (min_j [Ȳ_i − Ȳ_j + w_ij])⁺; G = {i: U_i > 0}; L_i = 0 if G = {i}, else −(min over j in G of [Ȳ_i − Ȳ_j − w_ij])⁻.
///
/// Alternatives that are equal in every replication both may be best, with an interval of no width. None unless two or more
/// alternatives have samples of one length of at least 2, all finite.
pub fn mcb_common<S: AsRef<[f64]>>(samples: &[S], better: Better, confidence: f64) -> Option<Vec<AgainstBest>> {
    let (samples, n) = turned_rows(samples, better)?;
    let pairs = Pairs::new(&samples, n, confidence).filter(|_| is_level(confidence))?;
    let reach = pairs.least_with();
    // Without a rival in G the least is infinite, and the lower end 0.
    let depth = pairs.least_without(|j| reach[j] >= 0.0);
    let differences = gaps(&pairs.means);
    let interval = |i: usize| AgainstBest::turned(differences[i], depth[i].min(0.0), reach[i].max(0.0), reach[i] >= 0.0, better);
    Some((0..samples.len()).map(interval).collect())
}

/// Of independent samples of one size and one variance (Hsu 1984, Ann. Stat. 12:1136):
///
/// [−(D_i − W)⁻, (D_i + W)⁺], D_i = Ȳ_i − max_j Ȳ_j, W = d S √(2/n),
///
/// with S² pooled and d Dunnett's one-sided point of k − 1 comparisons and k (n − 1) degrees of freedom. None unless two or more
/// alternatives have samples of one length of at least 2, all finite.
pub fn mcb_independent<S: AsRef<[f64]>>(samples: &[S], better: Better, confidence: f64) -> Option<Vec<AgainstBest>> {
    let (samples, n) = turned_rows(samples, better)?;
    let k = samples.len();
    let d = dunnett_point(k - 1, (k * (n - 1)) as f64, confidence)?;
    let pooled = sum(samples.iter().map(|sample| variance(sample))) / k as f64;
    let means: Vec<f64> = samples.iter().map(|sample| mean(sample)).collect();
    Some(constrained(&means, d * (2.0 * pooled / n as f64).sqrt(), better))
}

/// The intervals with one allowance for all.
pub(super) fn constrained(means: &[f64], allowance: f64, better: Better) -> Vec<AgainstBest> {
    gaps(means)
        .into_iter()
        .map(|gap| {
            let (lower, upper) = (gap - allowance, gap + allowance);
            AgainstBest::turned(gap, lower.min(0.0), upper.max(0.0), upper >= 0.0, better)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::SYSTEMS;
    use super::*;

    #[track_caller]
    fn assert_intervals(found: &[AgainstBest], expected: &[(f64, f64)], tolerance: f64) {
        for (one, (lower, upper)) in found.iter().zip(expected) {
            let close = (one.lower - lower).abs() < tolerance && (one.upper - upper).abs() < tolerance;
            assert!(close, "{one:?}, expected {lower} to {upper}");
        }
    }

    #[test]
    fn the_systems_of_banks_under_common_random_numbers_have_the_derived_intervals() {
        let greater = mcb_common(&SYSTEMS, Better::Greater, 0.95).unwrap();
        let expected = [(-0.8831, 2.4831), (-2.4831, 0.7314), (-9.9225, 0.0), (-3.1174, 0.0)];
        assert_intervals(&greater, &expected, 6e-5);
        assert_eq!(
            greater.iter().map(|one| one.may_be_best).collect::<Vec<_>>(),
            [true, true, false, false]
        );
        let less = mcb_common(&SYSTEMS, Better::Less, 0.95).unwrap();
        assert_intervals(&less, &[(0.0, 9.9225), (0.0, 7.6187), (-6.9186, 0.0), (0.0, 6.9186)], 6e-5);
        assert_eq!(
            less.iter().map(|one| one.may_be_best).collect::<Vec<_>>(),
            [false, false, true, false]
        );
    }

    #[test]
    fn nothing_separates_if_common_random_numbers_are_ignored() {
        let found = mcb_independent(&SYSTEMS, Better::Greater, 0.95).unwrap();
        assert_intervals(&found[..1], &[(-14.31, 15.91)], 6e-3);
        assert_intervals(&found[2..3], &[(-20.80, 9.43)], 6e-3);
        assert!(found.iter().all(|one| one.may_be_best));
    }

    #[test]
    fn equal_alternatives_both_may_be_best() {
        let found = mcb_common(&[[1.0, 2.0, 4.0], [1.0, 2.0, 4.0], [0.0, 1.0, 3.0]], Better::Greater, 0.95).unwrap();
        assert_intervals(&found, &[(0.0, 0.0), (0.0, 0.0), (-1.0, 0.0)], 1e-12);
        assert_eq!(found.iter().map(|one| one.may_be_best).collect::<Vec<_>>(), [true, true, false]);
    }

    #[test]
    fn too_little_has_no_intervals() {
        assert_eq!(mcb_common(&[[1.0], [2.0]], Better::Greater, 0.95), None);
        assert_eq!(mcb_common(&[[1.0, 2.0]], Better::Greater, 0.95), None);
        assert_eq!(mcb_common(&SYSTEMS, Better::Greater, 1.0), None);
        assert_eq!(mcb_independent(&[vec![1.0, 2.0], vec![1.0, 2.0, 3.0]], Better::Greater, 0.95), None);
    }
}
