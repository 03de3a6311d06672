//! Which alternatives are shown to be bettered by another in two responses at once, under common random numbers.

use super::super::compare::confidence_at_once;
use super::super::laws::student_quantile;
use super::pairs::Pairs;
use super::{Better, turned_rows};

/// By alternative, another that is shown to be better by both responses, the first in the order given: both paired differences have the right
/// sign by one-sided t tests at α / (k (k − 1)), which holds for all ordered pairs at once (Bonferroni). That both must be shown asks for
/// no further allowance (intersection-union test; Berger 1982, Technometrics 24:295).
///
/// `by`: for each response a sample an alternative, all of one length, paired by replication. None unless there are two or more alternatives
/// of two or more finite values.
pub fn bettered_in_both(by: &[Vec<Vec<f64>>; 2], better: [Better; 2], confidence: f64) -> Option<Vec<Option<usize>>> {
    let [(across, n), (up, m)] = [turned_rows(&by[0], better[0])?, turned_rows(&by[1], better[1])?];
    let k = across.len();
    if up.len() != k || n != m {
        return None;
    }
    let t = student_quantile(confidence_at_once(confidence, k * (k - 1)), (n - 1) as f64);
    let pairs = [Pairs::allowing(&across, n, t)?, Pairs::allowing(&up, n, t)?];
    let is_shown = |pairs: &Pairs, j: usize, i: usize| {
        let gap = pairs.means[j] - pairs.means[i];
        gap > 0.0 && gap > pairs.allowance(j, i)
    };
    let of = |i: usize| (0..k).find(|&j| pairs.iter().all(|pairs| is_shown(pairs, j, i)));
    Some((0..k).map(of).collect())
}

/// By alternative, whether no other is better by both means: better by one, and not worse by the other.
pub fn undominated(means: &[[f64; 2]], better: [Better; 2]) -> Vec<bool> {
    let worth: Vec<[f64; 2]> = means
        .iter()
        .map(|both| [better[0].turn(both[0]), better[1].turn(both[1])])
        .collect();
    let betters = |a: &[f64; 2], b: &[f64; 2]| a[0] >= b[0] && a[1] >= b[1] && (a[0] > b[0] || a[1] > b[1]);
    worth.iter().map(|one| !worth.iter().any(|other| betters(other, one))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::SYSTEMS;
    use super::*;

    /// System 3 is least by far; 2 lies above 4 by 0.458 with a deviation of 0.3445 over ten replications: 4.2 standard errors, beyond t = 3.63
    /// of 12 ordered pairs; 1 above 2 by 0.8 of 2.12, one standard error.
    #[test]
    fn what_is_worse_in_both_is_shown_only_where_both_are_sure() {
        let rows: Vec<Vec<f64>> = SYSTEMS.iter().map(|row| row.to_vec()).collect();
        let more = [Better::Greater, Better::Greater];
        assert_eq!(
            bettered_in_both(&[rows.clone(), rows.clone()], more, 0.95),
            Some(vec![None, None, Some(0), Some(1)])
        );
        // By less in the second, whoever is ahead in one is behind in the other.
        let turned = [Better::Greater, Better::Less];
        assert_eq!(bettered_in_both(&[rows.clone(), rows.clone()], turned, 0.95), Some(vec![None; 4]));
        // Level in one: nothing is shown.
        let level = vec![rows[0].clone(); 4];
        assert_eq!(bettered_in_both(&[rows, level], more, 0.95), Some(vec![None; 4]));
    }

    #[test]
    fn those_that_no_other_betters_in_one_without_being_worse_in_the_other_are_undominated() {
        let means = [[1.0, 5.0], [2.0, 7.0], [3.0, 6.0], [0.5, 5.0], [2.0, 7.0]];
        let less = [Better::Less, Better::Greater];
        assert_eq!(undominated(&means, less), [false, true, false, true, true]);
        let more = [Better::Greater, Better::Greater];
        assert_eq!(undominated(&means, more), [false, true, true, false, true]);
    }
}
