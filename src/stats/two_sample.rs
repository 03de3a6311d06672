//! Whether two samples come from one law: the tests of Kolmogorov & Smirnov and of Anderson & Darling.

use super::quantile::sorted;
use super::sum::sum;

/// The test of Kolmogorov and Smirnov.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KolmogorovSmirnov {
    /// The greatest distance between the two distribution functions.
    pub d: f64,
    /// Probability of at least as great a one, two-sided and exact, if both come from one continuous law.
    pub p: f64,
}

/// The two-sample test with its exact p value, by counting the paths of ranks that stay within the distance (Hodges 1958, Arkiv för
/// Matematik 3:469). Work grows with the product of the sizes. None if a sample has no values or one that is not finite.
pub fn kolmogorov_smirnov(first: &[f64], second: &[f64]) -> Option<KolmogorovSmirnov> {
    if !sound(first) || !sound(second) {
        return None;
    }
    let (a, b) = (sorted(first), sorted(second));
    let (n, m) = (a.len() as u64, b.len() as u64);
    let up_to = |sample: &[f64], x: f64| sample.partition_point(|y| *y <= x) as u64;
    // In units of 1 / (n m), so that nothing is rounded.
    let gap = |x: &f64| (up_to(&a, *x) * m).abs_diff(up_to(&b, *x) * n);
    let greatest = a.iter().chain(&b).map(gap).max()?;
    Some(KolmogorovSmirnov {
        d: greatest as f64 / (n * m) as f64,
        p: (1.0 - share_within(n, m, greatest)).clamp(0.0, 1.0),
    })
}

/// The share of all paths from (0, 0) to (n, m) on which |i m − j n| stays below `limit`.
fn share_within(n: u64, m: u64, limit: u64) -> f64 {
    let within = |i: u64, j: u64| (i * m).abs_diff(j * n) < limit;
    // The row of i, each entry already a share of the paths that lead to (i, m).
    let mut row: Vec<f64> = Vec::with_capacity(m as usize + 1);
    for j in 0..=m {
        let before = if j == 0 { 1.0 } else { row[j as usize - 1] };
        row.push(if within(0, j) { before } else { 0.0 });
    }
    for i in 1..=n {
        let scale = i as f64 / (i + m) as f64;
        for j in 0..=m {
            let beside = if j == 0 { 0.0 } else { row[j as usize - 1] };
            row[j as usize] = if within(i, j) { scale * row[j as usize] + beside } else { 0.0 };
        }
    }
    row[m as usize]
}

/// The test of Anderson and Darling for several samples, in the form for ties.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AndersonDarling {
    /// The statistic less its mean, in standard deviations.
    pub statistic: f64,
    /// Probability of at least as great a one if all come from one law: interpolated in the printed table, and cut off at its ends,
    /// 0.001 and 0.25.
    pub p: f64,
}

/// The k-sample test by midranks (Scholz & Stephens 1987, JASA 82:918, equation 7, with their table 2). None unless there are two
/// samples or more, each with values, all finite, four in all or more, and not all equal.
pub fn anderson_darling<S: AsRef<[f64]>>(samples: &[S]) -> Option<AndersonDarling> {
    let samples: Vec<Vec<f64>> = samples
        .iter()
        .map(|sample| sound(sample.as_ref()).then(|| sorted(sample.as_ref())))
        .collect::<Option<_>>()?;
    let pooled = sorted(&samples.concat());
    if samples.len() < 2 || pooled.len() < 4 || pooled.first()? >= pooled.last()? {
        return None;
    }
    let freedom = (samples.len() - 1) as f64;
    let sizes: Vec<f64> = samples.iter().map(|sample| sample.len() as f64).collect();
    let statistic = (midrank_statistic(&samples, &pooled) - freedom) / midrank_variance(&sizes).sqrt();
    Some(AndersonDarling {
        statistic,
        p: tabled_p(statistic, freedom),
    })
}

fn midrank_statistic(samples: &[Vec<f64>], pooled: &[f64]) -> f64 {
    let all = pooled.len() as f64;
    let below_and_at = |sample: &[f64], x: f64| {
        let below = sample.partition_point(|y| *y < x);
        (below as f64, (sample.partition_point(|y| *y <= x) - below) as f64)
    };
    let mut values = pooled.to_vec();
    values.dedup_by(|a, b| a.total_cmp(b).is_eq());
    let of = |sample: &Vec<f64>| {
        let n = sample.len() as f64;
        let terms = values.iter().map(|x| {
            let (below, at) = below_and_at(pooled, *x);
            let (own_below, own_at) = below_and_at(sample, *x);
            let (rank, own) = (below + 0.5 * at, own_below + 0.5 * own_at);
            let gap = all * own - n * rank;
            at / all * gap * gap / (rank * (all - rank) - 0.25 * all * at)
        });
        sum(terms) / n
    };
    sum(samples.iter().map(of)) * (all - 1.0) / all
}

/// Variance of the statistic if all samples come from one continuous law (equation 4 of the paper).
fn midrank_variance(sizes: &[f64]) -> f64 {
    let k = sizes.len() as f64;
    let all = sum(sizes.iter().copied());
    let inverse = sum(sizes.iter().map(|n| 1.0 / n));
    let whole = all as usize;
    let h = sum((1..whole).map(|i| 1.0 / i as f64));
    // Σ over i of 1/(N − i) Σ over j > i of 1/j, the inner sum running down.
    let mut inner = 0.0;
    let g = sum((1..whole - 1).rev().map(|i| {
        inner += 1.0 / (i + 1) as f64;
        inner / (whole - i) as f64
    }));
    let a = (4.0 * g - 6.0) * (k - 1.0) + (10.0 - 6.0 * g) * inverse;
    let b = (2.0 * g - 4.0) * k * k + 8.0 * h * k + (2.0 * g - 14.0 * h - 4.0) * inverse - 8.0 * h + 4.0 * g - 6.0;
    let c = (6.0 * h + 2.0 * g - 2.0) * k * k + (4.0 * h - 4.0 * g + 6.0) * k + (2.0 * h - 6.0) * inverse + 4.0 * h;
    let d = (2.0 * h + 6.0) * k * k - 4.0 * h * k;
    (((a * all + b) * all + c) * all + d) / ((all - 1.0) * (all - 2.0) * (all - 3.0))
}

/// log p is taken as linear between the points of the table.
fn tabled_p(statistic: f64, freedom: f64) -> f64 {
    // Level; the point is b0 + b1/√m + b2/m.
    const TABLE: [(f64, [f64; 3]); 7] = [
        (0.25, [0.675, -0.245, -0.105]),
        (0.10, [1.281, 0.250, -0.305]),
        (0.05, [1.645, 0.678, -0.362]),
        (0.025, [1.960, 1.149, -0.391]),
        (0.01, [2.326, 1.822, -0.396]),
        (0.005, [2.573, 2.364, -0.345]),
        (0.001, [3.085, 3.615, -0.154]),
    ];
    let points = TABLE.map(|(level, [b0, b1, b2])| (b0 + b1 / freedom.sqrt() + b2 / freedom, libm::log(level)));
    let above = points.iter().position(|(point, _)| statistic < *point);
    match above {
        Some(0) => 0.25,
        None => 0.001,
        Some(i) => {
            let ((x0, y0), (x1, y1)) = (points[i - 1], points[i]);
            libm::exp(y0 + (y1 - y0) * (statistic - x0) / (x1 - x0))
        }
    }
}

fn sound(sample: &[f64]) -> bool {
    !sample.is_empty() && sample.iter().all(|x| x.is_finite())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{THIRTY, assert_close, uniforms};
    use super::*;

    const OTHER_THIRTY: [f64; 30] = [
        11.9, 10.4, 18.8, 15.0, 9.6, 29.4, 8.9, 16.1, 12.9, 21.0, 13.7, 9.9, 33.5, 12.2, 17.5, 8.1, 19.3, 13.9, 24.8, 11.0, 18.6, 9.4,
        12.3, 40.7, 15.2, 11.1, 21.9, 11.8, 17.7, 14.1,
    ];

    #[test]
    fn thirty_against_thirty_are_those_of_scipy() {
        let ks = kolmogorov_smirnov(&THIRTY, &OTHER_THIRTY).unwrap();
        assert_close(ks.d, 1.0 / 6.0, 1e-12);
        assert_close(ks.p, 0.807_963_154_090_164_3, 1e-9);
        let ad = anderson_darling(&[THIRTY, OTHER_THIRTY]).unwrap();
        assert_close(ad.statistic, -0.364_257_721_658_981_85, 1e-9);
        assert_close(ad.p, 0.25, 1e-12);
    }

    #[test]
    fn small_samples_are_counted_by_hand() {
        // Of the six orders of two and two, two keep the samples apart, and none comes less than half as far.
        assert_close(kolmogorov_smirnov(&[1.0, 2.0], &[3.0, 4.0]).unwrap().p, 1.0 / 3.0, 1e-12);
        assert_close(kolmogorov_smirnov(&[1.0, 3.0], &[2.0, 4.0]).unwrap().p, 1.0, 1e-12);
        let uneven = kolmogorov_smirnov(&[1.0, 2.0, 3.0], &[4.0]).unwrap();
        assert_close(uneven.d, 1.0, 1e-12);
        assert_close(uneven.p, 0.5, 1e-12);
    }

    #[test]
    fn both_reject_one_law_as_often_as_they_say() {
        let mut uniform = uniforms(113);
        let runs = 2000;
        let (mut ks, mut ad) = (0, 0);
        for _ in 0..runs {
            let mut sample = |n: usize| (0..n).map(|_| uniform()).collect::<Vec<f64>>();
            let (first, second) = (sample(20), sample(30));
            ks += u32::from(kolmogorov_smirnov(&first, &second).unwrap().p <= 0.1);
            ad += u32::from(anderson_darling(&[first, second]).unwrap().p <= 0.1);
        }
        let share = |count: u32| f64::from(count) / f64::from(runs);
        assert!(share(ks) < 0.12 && share(ks) > 0.06, "{}", share(ks));
        assert!((share(ad) - 0.1).abs() < 0.02, "{}", share(ad));
    }

    #[test]
    fn far_samples_are_told_apart() {
        let far = THIRTY.map(|x| x + 20.0);
        assert!(kolmogorov_smirnov(&THIRTY, &far).unwrap().p < 1e-6);
        assert_close(anderson_darling(&[THIRTY, far]).unwrap().p, 0.001, 1e-12);
    }

    #[test]
    fn nothing_to_compare_has_no_test() {
        assert_eq!(kolmogorov_smirnov(&[], &[1.0]), None);
        assert_eq!(kolmogorov_smirnov(&[f64::NAN], &[1.0]), None);
        assert_eq!(anderson_darling(&[THIRTY]), None);
        assert_eq!(anderson_darling(&[[1.0, 1.0], [1.0, 1.0]]), None);
        assert_eq!(anderson_darling(&[vec![1.0], vec![2.0]]), None);
    }
}
