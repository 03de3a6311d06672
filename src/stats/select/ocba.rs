//! Where the next replications teach most (optimal computing budget allocation: Chen, Lin, Yücesan, Chick 2000, DEDS 10:251).

use super::super::laws::normal_cdf;
use super::super::sum::sum;
use super::{Better, gaps};

/// How a budget of replications is best shared, not rounded: with d_i the gap to the best, N_i / N_j = [(s_i/d_i) / (s_j/d_j)]² for
/// those not best, and N_b = s_b √(Σ N_i²/s_i²) for the best.
///
/// Where others are level with the best, the limit: they and the best have all of it. None unless two or more alternatives have
/// finite means and standard deviations, not all of those that count being 0. For use in steps start with at least 5 replications of each.
pub fn ocba(means: &[f64], sds: &[f64], better: Better, budget: f64) -> Option<Vec<f64>> {
    if !budget.is_finite() || budget < 0.0 {
        return None;
    }
    let shares = shares(means, sds, better)?;
    Some(shares.into_iter().map(|share| share * budget).collect())
}

fn shares(means: &[f64], sds: &[f64], better: Better) -> Option<Vec<f64>> {
    let finite = |values: &[f64]| values.iter().all(|x| x.is_finite());
    if means.len() < 2 || means.len() != sds.len() || !finite(means) || !finite(sds) {
        return None;
    }
    let turned: Vec<f64> = means.iter().map(|x| better.turn(*x)).collect();
    let gaps = gaps(&turned);
    let best = (0..gaps.len()).find(|i| gaps[*i] >= 0.0)?;
    let level = |i: usize| i != best && gaps[i] >= 0.0 && sds[i] > 0.0;
    let any_level = (0..gaps.len()).any(level);
    // N_i / s_i, which needs no division by a spread of 0.
    let over_sd: Vec<f64> = (0..gaps.len())
        .map(|i| match (any_level, level(i)) {
            (true, true) => sds[i],
            (true, false) => 0.0,
            (false, _) if i == best || gaps[i] >= 0.0 => 0.0,
            (false, _) => sds[i] / (gaps[i] * gaps[i]),
        })
        .collect();
    let root = sum(over_sd.iter().map(|x| x * x)).sqrt();
    let weights: Vec<f64> = (0..gaps.len())
        .map(|i| sds[i] * if i == best { root } else { over_sd[i] })
        .collect();
    let total = sum(weights.iter().copied());
    (total > 0.0 && total.is_finite()).then(|| weights.into_iter().map(|weight| weight / total).collect())
}

/// The next `more` replications, whole, such that with those `used` the shares come as near as can be to [`ocba`]'s. An alternative
/// that has had more than its share gets none; remainders go to the greatest fractions, the earlier alternative first. None as there.
pub fn ocba_next(means: &[f64], sds: &[f64], better: Better, used: &[usize], more: usize) -> Option<Vec<usize>> {
    let shares = shares(means, sds, better)?;
    if used.len() != shares.len() {
        return None;
    }
    if more == 0 {
        return Some(vec![0; shares.len()]);
    }
    let mut open: Vec<usize> = (0..shares.len()).collect();
    let needs = loop {
        let budget = (more + open.iter().map(|i| used[*i]).sum::<usize>()) as f64;
        let weight = sum(open.iter().map(|i| shares[*i]));
        if weight <= 0.0 {
            return None;
        }
        let need = |i: &usize| shares[*i] / weight * budget - used[*i] as f64;
        let still: Vec<usize> = open.iter().copied().filter(|i| need(i) >= 0.0).collect();
        if still.len() == open.len() {
            break open.iter().map(|i| (*i, need(i))).collect::<Vec<_>>();
        }
        open = still;
    };
    let mut next = vec![0; shares.len()];
    for (i, need) in &needs {
        next[*i] = need.floor() as usize;
    }
    let mut by_fraction = needs;
    by_fraction.sort_by(|(_, a), (_, b)| (b - b.floor()).total_cmp(&(a - a.floor())));
    let missing = more.saturating_sub(next.iter().sum());
    by_fraction.iter().cycle().take(missing).for_each(|(i, _)| next[*i] += 1);
    Some(next)
}

/// Standard deviations for use with [`ocba_next`] and [`ocba_probability`] in place of those of the samples: what has not varied in n
/// replications is taken to vary by the usual standard deviation of all (their root mean square) over √n, so that rare events can still show.
/// None unless there is one for each number of replications; all 0 where nothing varied.
pub fn ocba_spreads(sds: &[f64], used: &[usize]) -> Option<Vec<f64>> {
    if sds.len() != used.len() || sds.is_empty() || used.contains(&0) {
        return None;
    }
    let usual = (sum(sds.iter().map(|sd| sd * sd)) / sds.len() as f64).sqrt();
    let guarded = |(sd, n): (&f64, &usize)| if *sd > 0.0 { *sd } else { usual / (*n as f64).sqrt() };
    Some(sds.iter().zip(used).map(guarded).collect())
}

/// As [`ocba_next`], with two guards for use in steps: spreads are those of [`ocba_spreads`], and a gap smaller than the standard error of the
/// difference counts as that error, so that what is hardly known to be behind does not take everything. None as there.
pub fn ocba_step(means: &[f64], sds: &[f64], better: Better, used: &[usize], more: usize) -> Option<Vec<usize>> {
    let sds = ocba_spreads(sds, used)?;
    if means.len() != sds.len() {
        return None;
    }
    let best = (1..means.len()).fold(0, |best, i| {
        if better.turn(means[i]) > better.turn(means[best]) {
            i
        } else {
            best
        }
    });
    let square = |i: usize| sds[i] * sds[i] / used[i] as f64;
    let apart = |i: usize| {
        let error = (square(i) + square(best)).sqrt();
        let gap = (means[i] - means[best]).abs().max(error);
        if i == best { 0.0 } else { -gap }
    };
    let apart: Vec<f64> = (0..means.len()).map(apart).collect();
    ocba_next(&apart, &sds, Better::Greater, used, more)
}

/// About how probable it is that the alternative with the best mean is the best: the lower bound of Bonferroni, cut at 0 (the approximate
/// probability of correct selection of the same paper),
///
/// 1 − Σ Φ(−d_i / σ_i), σ_i² = s_b²/N_b + s_i²/N_i, over all i but the best b,
///
/// with estimates in place of means and standard deviations. It holds for independent samples; under common random numbers that make
/// alternatives rise and fall together it is too low. None unless two or more alternatives have replications, finite means and
/// standard deviations.
pub fn ocba_probability(means: &[f64], sds: &[f64], better: Better, used: &[usize]) -> Option<f64> {
    let alike = means.len() == sds.len() && means.len() == used.len();
    if !alike || means.len() < 2 || used.contains(&0) || !means.iter().chain(sds).all(|x| x.is_finite()) {
        return None;
    }
    let turned: Vec<f64> = means.iter().map(|x| better.turn(*x)).collect();
    let gaps = gaps(&turned);
    let best = (0..gaps.len()).find(|i| gaps[*i] >= 0.0)?;
    let square = |i: usize| sds[i] * sds[i] / used[i] as f64;
    let wrong = |i: usize| {
        let error = (square(best) + square(i)).sqrt();
        let gap = turned[best] - turned[i];
        // Without spread what is worse is surely so, and what is level is so by halves.
        if error > 0.0 || gap <= 0.0 {
            normal_cdf(-gap / error.max(f64::MIN_POSITIVE))
        } else {
            0.0
        }
    };
    let others = (0..gaps.len()).filter(|i| *i != best);
    Some((1.0 - sum(others.map(wrong))).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::assert_close;
    use super::*;

    const FIVE: [f64; 5] = [1.0, 2.0, 3.0, 4.0, 5.0];

    #[test]
    fn chen_and_lees_budget_is_shared_as_printed() {
        let sds = [1.0, 1.0, 3.0, 3.0, 2.0];
        let exact = ocba(&FIVE, &sds, Better::Less, 50.0).unwrap();
        for (found, printed) in exact.iter().zip([11.20, 8.62, 19.40, 8.62, 2.16]) {
            assert!((found - printed).abs() < 6e-3, "{exact:?}");
        }
        assert_eq!(ocba_next(&FIVE, &sds, Better::Less, &[0; 5], 50).unwrap(), [11, 9, 19, 9, 2]);
    }

    #[test]
    fn a_thousand_replications_are_shared_as_derived() {
        let check = |sds: &[f64], printed: [f64; 5]| {
            let found = ocba(&FIVE, sds, Better::Less, 1000.0).unwrap();
            found
                .iter()
                .zip(printed)
                .for_each(|(f, p)| assert!((f - p).abs() < 6e-4, "{found:?}"));
            assert_close(found.iter().sum(), 1000.0, 1e-12);
        };
        check(&[10.0; 5], [421.823, 406.134, 101.534, 45.126, 25.383]);
        check(&FIVE, [186.871, 339.147, 190.770, 150.732, 132.479]);
    }

    #[test]
    fn the_next_ten_go_where_they_are_missing() {
        let sds = FIVE.map(f64::sqrt);
        assert_eq!(
            ocba_next(&FIVE[..4], &sds[..4], Better::Greater, &[5; 4], 10).unwrap(),
            [0, 0, 4, 6]
        );
    }

    #[test]
    fn a_tie_takes_all() {
        let found = ocba(&[3.0, 3.0, 1.0], &[1.0, 2.0, 5.0], Better::Greater, 100.0).unwrap();
        assert_close(found[0], 100.0 / 3.0, 1e-12);
        assert_close(found[1], 200.0 / 3.0, 1e-12);
        assert_close(found[2], 0.0, 0.0);
    }

    #[test]
    fn what_does_not_vary_needs_nothing() {
        let found = ocba(&[3.0, 2.0, 1.0], &[1.0, 0.0, 1.0], Better::Greater, 100.0).unwrap();
        assert_close(found[0], 50.0, 1e-12);
        assert_close(found[1], 0.0, 0.0);
        assert_eq!(ocba(&[3.0, 2.0], &[0.0, 0.0], Better::Greater, 100.0), None);
        assert_eq!(ocba(&[3.0], &[1.0], Better::Greater, 100.0), None);
        assert_eq!(ocba(&[3.0, 2.0], &[1.0, 1.0], Better::Greater, -1.0), None);
        assert_eq!(ocba_next(&[3.0, 2.0], &[1.0, 1.0], Better::Greater, &[5], 10), None);
    }

    #[test]
    fn what_has_not_varied_varies_by_the_usual_spread_over_the_root_of_its_number() {
        let found = ocba_spreads(&[3.0, 0.0, 4.0], &[10, 25, 20]).unwrap();
        assert_eq!((found[0], found[2]), (3.0, 4.0));
        assert_close(found[1], (25.0_f64 / 3.0).sqrt() / 5.0, 1e-15);
        assert_eq!(ocba_spreads(&[0.0; 2], &[5; 2]), Some(vec![0.0; 2]));
        assert_eq!(ocba_spreads(&[1.0; 2], &[5, 0]), None);
        assert_eq!(ocba_step(&[1.0, 2.0], &[0.0; 2], Better::Less, &[5; 2], 10), None);
    }

    #[test]
    fn the_probability_of_a_right_choice_is_bonferronis_bound() {
        let sds = [1.0; 3];
        // Gaps of 1 and 2 with a standard error of 1/2: 1 − Φ(−2) − Φ(−4).
        let found = ocba_probability(&[0.0, 1.0, 2.0], &sds, Better::Less, &[8; 3]).unwrap();
        assert_close(found, 1.0 - 0.022_750_132 - 0.000_031_671, 1e-8);
        let turned = ocba_probability(&[0.0, -1.0, -2.0], &sds, Better::Greater, &[8; 3]).unwrap();
        assert_close(turned, found, 1e-15);
        assert_close(ocba_probability(&[3.0, 3.0], &sds[..2], Better::Less, &[8; 2]).unwrap(), 0.5, 1e-12);
        assert_close(ocba_probability(&[3.0; 4], &[1.0; 4], Better::Less, &[8; 4]).unwrap(), 0.0, 0.0);
        assert_close(ocba_probability(&[3.0, 4.0], &[0.0; 2], Better::Less, &[8; 2]).unwrap(), 1.0, 0.0);
        assert_eq!(ocba_probability(&[3.0, 4.0], &sds[..2], Better::Less, &[8, 0]), None);
        assert_eq!(ocba_probability(&[3.0, f64::NAN], &sds[..2], Better::Less, &[8, 8]), None);
    }
}
