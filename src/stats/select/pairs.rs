//! Every alternative against every other under common random numbers, without a table of all pairs.

use super::super::laws::student_quantile;
use super::super::sum::{mean, variance};

/// What two alternatives may differ by chance, w_ij = t(1 − α/(k − 1), n − 1) S_ij / √n, worked out only for pairs that can matter.
///
/// Means are looked at from the best down: w_ij is never negative and never above t (S_i + S_j) / √n, so that the rest of a row can often be
/// left. Where nothing separates, all pairs are looked at; memory is that of the samples.
pub(super) struct Pairs {
    pub(super) means: Vec<f64>,
    /// The samples less their means.
    centred: Vec<Vec<f64>>,
    /// The greatest amount of each.
    sizes: Vec<f64>,
    /// S_i t / √n, a little more than that, as rounding may ask.
    reaches: Vec<f64>,
    /// t / √n.
    factor: f64,
    n: usize,
}

impl Pairs {
    /// Of samples of one length `n`, of two or more alternatives; none where there is no such point of Student's law.
    pub(super) fn new(samples: &[Vec<f64>], n: usize, confidence: f64) -> Option<Pairs> {
        let t = student_quantile(1.0 - (1.0 - confidence) / (samples.len() - 1) as f64, (n - 1) as f64);
        Pairs::allowing(samples, n, t)
    }

    /// The same with another point of Student's law.
    pub(super) fn allowing(samples: &[Vec<f64>], n: usize, t: f64) -> Option<Pairs> {
        let factor = t / (n as f64).sqrt();
        let means: Vec<f64> = samples.iter().map(|sample| mean(sample)).collect();
        let centre = |(sample, mean): (&Vec<f64>, &f64)| sample.iter().map(|x| x - mean).collect();
        let centred: Vec<Vec<f64>> = samples.iter().zip(&means).map(centre).collect();
        let reach = |row: &Vec<f64>| factor.abs() * variance(row).sqrt() * (1.0 + 1e-9);
        (!factor.is_nan()).then(|| Pairs {
            sizes: samples
                .iter()
                .map(|sample| sample.iter().fold(0.0, |size: f64, x| size.max(x.abs())))
                .collect(),
            reaches: centred.iter().map(reach).collect(),
            means,
            centred,
            factor,
            n,
        })
    }

    /// w_ij.
    pub(super) fn allowance(&self, i: usize, j: usize) -> f64 {
        let (a, b) = (&self.centred[i], &self.centred[j]);
        let mut sums = [0.0; 4];
        let (fours, others) = (a.chunks_exact(4), b.chunks_exact(4));
        let rest = fours.remainder().iter().zip(others.remainder());
        let rest: f64 = rest.map(|(x, y)| (x - y) * (x - y)).sum();
        // Four sums that a processor adds at once.
        for (xs, ys) in fours.zip(others) {
            for ((sum, x), y) in sums.iter_mut().zip(xs).zip(ys) {
                *sum += (x - y) * (x - y);
            }
        }
        let squares = (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest;
        // What rounding leaves of a difference that never varies is none.
        let size = 1e-13 * self.sizes[i].max(self.sizes[j]);
        if squares <= size * size * self.n as f64 {
            return 0.0;
        }
        self.factor * (squares / (self.n - 1) as f64).sqrt()
    }

    /// By alternative, the least over all others of Ȳ_i − Ȳ_j + w_ij: below 0 where another is surely better.
    pub(super) fn least_with(&self) -> Vec<f64> {
        let order = descending(&self.means, |_| true);
        let of = |i: usize| {
            let mut least = f64::INFINITY;
            for &j in order.iter().filter(|j| **j != i) {
                let gap = self.means[i] - self.means[j];
                if self.factor >= 0.0 && gap >= least {
                    break;
                }
                least = least.min(gap + self.allowance(i, j));
            }
            least
        };
        (0..self.means.len()).map(of).collect()
    }

    /// By alternative, the least over some of the others of Ȳ_i − Ȳ_j − w_ij; infinite where there is no other.
    pub(super) fn least_without(&self, rivals: impl Fn(usize) -> bool) -> Vec<f64> {
        let most: Vec<f64> = self.means.iter().zip(&self.reaches).map(|(mean, reach)| mean + reach).collect();
        let order = descending(&most, rivals);
        let of = |i: usize| {
            let mut least = f64::INFINITY;
            for &j in order.iter().filter(|j| **j != i) {
                if self.means[i] - self.reaches[i] - most[j] > least {
                    break;
                }
                least = least.min(self.means[i] - self.means[j] - self.allowance(i, j));
            }
            least
        };
        (0..self.means.len()).map(of).collect()
    }
}

/// Alternatives in descending order of their values, the first of equals first.
pub(super) fn descending(values: &[f64], among: impl Fn(usize) -> bool) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).filter(|i| among(*i)).collect();
    order.sort_by(|i, j| values[*j].total_cmp(&values[*i]));
    order
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::uniforms;
    use super::*;

    #[test]
    fn what_is_left_out_could_not_have_mattered() {
        let mut uniform = uniforms(29);
        for spread in [0.0, 0.1, 3.0] {
            let own: Vec<f64> = (0..40).map(|_| 0.2 + 2.0 * uniform()).collect();
            let samples: Vec<Vec<f64>> = own
                .iter()
                .map(|sd| (0..12).map(|_| spread * sd + sd * uniform()).collect())
                .collect();
            let pairs = Pairs::new(&samples, 12, 0.9).unwrap();
            let t = student_quantile(1.0 - 0.1 / 39.0, 11.0);
            let all = |i: usize, sign: f64, rivals: &dyn Fn(usize) -> bool| {
                let mut least = f64::INFINITY;
                for j in (0..40).filter(|j| *j != i && rivals(*j)) {
                    let differences: Vec<f64> = samples[i].iter().zip(&samples[j]).map(|(a, b)| a - b).collect();
                    let allowance = t * (variance(&differences) / 12.0).sqrt();
                    least = least.min(pairs.means[i] - pairs.means[j] + sign * allowance);
                }
                least
            };
            let third = |j: usize| j.is_multiple_of(3);
            for (i, (with, without)) in pairs.least_with().into_iter().zip(pairs.least_without(third)).enumerate() {
                assert!((with - all(i, 1.0, &|_| true)).abs() < 1e-12);
                assert!((without - all(i, -1.0, &third)).abs() < 1e-12);
            }
        }
    }
}
