//! What resamples of whole rows say of two samples that belong together, all at once: a resample is how often each row was drawn,
//! and every statistic follows from that without sorting again.

use super::bootstrap::Bootstrap;
use super::compare::{differences, variance_reduction};
use super::cvar::{cvar_lower, cvar_upper};
use super::quantile::{place_of_quantile, quantile};
use super::select::Better;
use super::sum::{mean, sum};

/// How often each row is drawn in each of many resamples of whole rows, the same for whoever asks.
pub struct Resamples<F> {
    rows: usize,
    number: usize,
    /// Gives a source of uniforms that begins anew.
    uniforms: F,
    /// By resample and row, where that is little memory; else they are drawn again.
    kept: Option<Vec<u8>>,
}

/// So many counts are kept.
const MOST_KEPT: usize = 1 << 26;

impl<U: FnMut() -> f64, F: Fn() -> U> Resamples<F> {
    /// So many resamples of so many rows; each source that `uniforms` gives must give the same numbers from 0 to 1.
    pub fn new(rows: usize, number: usize, uniforms: F) -> Resamples<F> {
        let mut resamples = Resamples {
            rows,
            number,
            uniforms,
            kept: None,
        };
        if rows.saturating_mul(number) <= MOST_KEPT {
            let mut kept = Vec::with_capacity(rows * number);
            resamples.each(|counts| kept.extend_from_slice(counts));
            resamples.kept = Some(kept);
        }
        resamples
    }

    /// The number of rows of each.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Hands over the counts of one resample after another: of each row how often it was drawn, 255 times at most, which independent
    /// draws do not come near.
    pub(super) fn each(&self, mut then: impl FnMut(&[u8])) {
        let n = self.rows;
        if let Some(kept) = &self.kept {
            kept.chunks_exact(n.max(1)).for_each(then);
            return;
        }
        let (mut uniform, mut counts) = ((self.uniforms)(), vec![0_u8; n]);
        for _ in 0..self.number {
            counts.fill(0);
            for _ in 0..n {
                let row = ((uniform() * n as f64) as usize).min(n - 1);
                counts[row] = counts[row].saturating_add(1);
            }
            then(&counts);
        }
    }
}

/// Statistics of two samples with their values in the same resamples.
#[derive(Clone, Debug, PartialEq)]
pub struct PairedResamples {
    /// Mean of the first less that of the second.
    pub mean: Bootstrap,
    /// For each probability asked for, the quantile (type 7) of the first less that of the second; for
    /// [`Bootstrap::percentile`] only, as no acceleration is worked out.
    pub quantiles: Vec<Bootstrap>,
    /// Mean of the worst share of the first less that of the second, likewise for [`Bootstrap::percentile`]; where it was asked for.
    pub worst: Option<Bootstrap>,
    /// [`variance_reduction`](super::variance_reduction).
    pub variance_reduction: Bootstrap,
}

/// Takes the statistics in every resample; `worst` is which of two values is better, and the share of the worst to take the mean of.
///
/// The time it takes goes with resamples times rows. None unless both samples have as many values as the resamples have rows, at
/// least 2, all finite, and the probabilities and the share lie between 0 and 1.
pub fn paired_resamples<U: FnMut() -> f64, F: Fn() -> U>(
    first: &[f64],
    second: &[f64],
    probabilities: &[f64],
    worst: Option<(Better, f64)>,
    resamples: &Resamples<F>,
) -> Option<PairedResamples> {
    let n = resamples.rows;
    let sound = n >= 2
        && [first, second]
            .iter()
            .all(|sample| sample.len() == n && sample.iter().all(|x| x.is_finite()));
    let asked = probabilities.iter().all(|p| (0.0..=1.0).contains(p)) && worst.is_none_or(|(_, q)| q > 0.0 && q <= 1.0);
    if !sound || !asked {
        return None;
    }
    let moments = Moments::new(first, second);
    let (a, b) = (Ranked::new(first), Ranked::new(second));
    let ranks = Ranks::new(n, probabilities);
    let room = || Vec::with_capacity(resamples.number);
    let (mut means, mut factors, mut tails) = (room(), room(), Vec::new());
    let mut quantiles: Vec<Vec<f64>> = probabilities.iter().map(|_| room()).collect();
    let (mut of_a, mut of_b) = (Vec::new(), Vec::new());
    resamples.each(|counts| {
        let (mean, factor) = moments.of(counts);
        means.push(mean);
        factors.push(factor);
        ranks.look_up(&a, counts, &mut of_a);
        ranks.look_up(&b, counts, &mut of_b);
        let differences = ranks.places.iter().map(|place| between(&of_a, place) - between(&of_b, place));
        quantiles.iter_mut().zip(differences).for_each(|(list, x)| list.push(x));
        tails.extend(worst.map(|(better, q)| a.worst(counts, better, q) - b.worst(counts, better, q)));
    });
    let own = |statistic: &dyn Fn(&[f64]) -> f64| statistic(&a.values) - statistic(&b.values);
    let of_one = |(p, list): (&f64, Vec<f64>)| collected(own(&|sorted| quantile(sorted, *p)), list, 0.0);
    let tail = |(better, q): (Better, f64)| match better {
        Better::Greater => own(&|sorted| cvar_lower(sorted, q)),
        Better::Less => own(&|sorted| cvar_upper(sorted, 1.0 - q)),
    };
    Some(PairedResamples {
        mean: collected(mean(&moments.d), means, moments.acceleration_of_mean()),
        quantiles: probabilities.iter().zip(quantiles).map(of_one).collect(),
        worst: worst.map(|worst| collected(tail(worst), tails, 0.0)),
        variance_reduction: collected(variance_reduction(first, second), factors, moments.acceleration_of_factor()),
    })
}

fn collected(estimate: f64, mut resampled: Vec<f64>, acceleration: f64) -> Bootstrap {
    resampled.retain(|x| !x.is_nan());
    resampled.sort_unstable_by(f64::total_cmp);
    Bootstrap {
        estimate,
        resampled,
        acceleration,
    }
}

/// Two samples for sums over resamples.
struct Moments {
    /// First less second, by row.
    d: Vec<f64>,
    /// By row: first, second and their difference less their means, the squares of the first two added up, and that of the difference.
    rows: Vec<[f64; 5]>,
}

impl Moments {
    fn new(first: &[f64], second: &[f64]) -> Moments {
        let d = differences(first, second);
        let (a, b, c) = (mean(first), mean(second), mean(&d));
        let row = |i: usize| {
            let (x, y, z) = (first[i] - a, second[i] - b, d[i] - c);
            [x, y, z, x * x + y * y, z * z]
        };
        Moments {
            rows: (0..d.len()).map(row).collect(),
            d,
        }
    }

    /// The mean difference and the variance reduction factor of a resample.
    fn of(&self, counts: &[u8]) -> (f64, f64) {
        let (mut total, mut sums) = (0.0, [0.0; 5]);
        for ((&count, d), row) in counts.iter().zip(&self.d).zip(&self.rows) {
            let count = f64::from(count);
            total += count * d;
            sums.iter_mut().zip(row).for_each(|(sum, x)| *sum += count * x);
        }
        let n = self.d.len() as f64;
        (total / n, factor(sums, n))
    }

    /// As [`acceleration`](super::acceleration) of the mean: leaving out a row moves it by the row's deviation over n − 1.
    fn acceleration_of_mean(&self) -> f64 {
        skewness(self.rows.iter().map(|row| row[2]))
    }

    /// As [`acceleration`](super::acceleration) of the factor: what is left of the sums without a row gives its value without that row.
    fn acceleration_of_factor(&self) -> f64 {
        let all: [f64; 5] = std::array::from_fn(|k| sum(self.rows.iter().map(|row| row[k])));
        let without = |row: &[f64; 5]| factor(std::array::from_fn(|k| all[k] - row[k]), (self.rows.len() - 1) as f64);
        let values: Vec<f64> = self.rows.iter().map(without).collect();
        let centre = mean(&values);
        skewness(values.iter().map(|t| centre - t))
    }
}

/// Σδ³ / (6 (Σδ²)^1.5); 0 where nothing varies.
fn skewness(deviations: impl Iterator<Item = f64> + Clone) -> f64 {
    let squares = sum(deviations.clone().map(|x| x * x));
    if squares > 0.0 {
        sum(deviations.map(|x| x * x * x)) / (6.0 * squares * squares.sqrt())
    } else {
        0.0
    }
}

/// (S₁² + S₂²) / S_D² from sums over `n` rows, infinite where only the difference never varies.
fn factor([x, y, z, squares, square]: [f64; 5], n: f64) -> f64 {
    // What rounding leaves of a spread that is not there is none.
    let spread = |squares: f64, less: f64| if squares - less > 1e-13 * squares { squares - less } else { 0.0 };
    spread(squares, (x * x + y * y) / n) / spread(square, z * z / n)
}

/// A sample in order.
pub(super) struct Ranked {
    /// Its values, ascending.
    values: Vec<f64>,
    /// Their rows.
    rows: Vec<u32>,
}

impl Ranked {
    pub(super) fn new(sample: &[f64]) -> Ranked {
        let mut rows: Vec<u32> = (0..sample.len() as u32).collect();
        rows.sort_by(|a, b| sample[*a as usize].total_cmp(&sample[*b as usize]));
        Ranked {
            values: rows.iter().map(|row| sample[*row as usize]).collect(),
            rows,
        }
    }

    /// The values, ascending, with how often each was drawn.
    pub(super) fn with_counts(&self, counts: &[u8]) -> impl DoubleEndedIterator<Item = (f64, u8)> {
        self.values.iter().zip(&self.rows).map(|(x, row)| (*x, counts[*row as usize]))
    }

    /// Mean of the worst share `q` of a resample, the value on the border with the fraction that is missing.
    fn worst(&self, counts: &[u8], better: Better, q: f64) -> f64 {
        let share = q * counts.len() as f64;
        match better {
            Better::Greater => tail(self.with_counts(counts), share),
            Better::Less => tail(self.with_counts(counts).rev(), share),
        }
    }
}

/// Mean of the first `share` values.
fn tail(values: impl Iterator<Item = (f64, u8)>, share: f64) -> f64 {
    let (mut left, mut total) = (share, 0.0);
    for (x, count) in values {
        let taken = f64::from(count).min(left);
        total += taken * x;
        left -= taken;
        if left <= 0.0 {
            break;
        }
    }
    total / share
}

/// Where the quantiles asked for lie in a sample of so many values.
struct Ranks {
    /// The ranks to look up, ascending.
    looked_up: Vec<usize>,
    /// By probability, the places in `looked_up` of the ranks at and above it, and how far it is from the one to the other.
    places: Vec<(usize, usize, f64)>,
}

impl Ranks {
    fn new(n: usize, probabilities: &[f64]) -> Ranks {
        let asked: Vec<(usize, f64)> = probabilities.iter().map(|p| place_of_quantile(n, *p)).collect();
        let mut looked_up: Vec<usize> = asked.iter().flat_map(|(below, _)| [*below, (below + 1).min(n)]).collect();
        looked_up.sort_unstable();
        looked_up.dedup();
        let place = |rank: usize| looked_up.partition_point(|known| *known < rank);
        Ranks {
            places: asked
                .iter()
                .map(|(below, part)| (place(*below), place((below + 1).min(n)), *part))
                .collect(),
            looked_up,
        }
    }

    /// The values at the ranks looked up, in a resample.
    fn look_up(&self, sample: &Ranked, counts: &[u8], found: &mut Vec<f64>) {
        found.clear();
        let mut passed = 0;
        for (x, count) in sample.with_counts(counts) {
            passed += usize::from(count);
            while self.looked_up.get(found.len()).is_some_and(|rank| *rank <= passed) {
                found.push(x);
            }
            if found.len() == self.looked_up.len() {
                break;
            }
        }
    }
}

fn between(found: &[f64], &(low, high, part): &(usize, usize, f64)) -> f64 {
    found[low] + part * (found[high] - found[low])
}

#[cfg(test)]
mod tests {
    use super::super::difference::bootstrap_difference;
    use super::super::quantile::sorted;
    use super::super::synchronisation::variance_reduction_interval;
    use super::super::testing::{SYSTEMS, THIRTY, uniforms};
    use super::*;

    fn drawn(rows: usize, number: usize, seed: u64) -> Resamples<impl Fn() -> Box<dyn FnMut() -> f64>> {
        Resamples::new(rows, number, move || -> Box<dyn FnMut() -> f64> { Box::new(uniforms(seed)) })
    }

    #[test]
    fn what_is_not_kept_is_drawn_again() {
        let mut again = drawn(7, 20, 4);
        let collect = |resamples: &Resamples<_>| {
            let mut all: Vec<Vec<u8>> = Vec::new();
            resamples.each(|counts| all.push(counts.to_vec()));
            all
        };
        let kept = collect(&again);
        again.kept = None;
        assert!(kept.len() == 20 && kept == collect(&again) && kept == collect(&again));
        assert!(kept.iter().all(|counts| counts.iter().map(|c| u32::from(*c)).sum::<u32>() == 7));
    }

    fn alike(found: &Bootstrap, expected: &Bootstrap) {
        let close = |a: f64, b: f64| (a - b).abs() < 1e-9 * b.abs().max(1.0);
        assert!(close(found.estimate, expected.estimate), "{} {}", found.estimate, expected.estimate);
        assert_eq!(found.resampled.len(), expected.resampled.len());
        assert!(found.resampled.iter().zip(&expected.resampled).all(|(a, b)| close(*a, *b)));
    }

    #[test]
    fn counting_rows_gives_what_drawing_them_gives() {
        let other: Vec<f64> = THIRTY.iter().enumerate().map(|(i, x)| 0.8 * x + (i * 7 % 11) as f64).collect();
        let probabilities = [0.05, 0.5, 0.95];
        for better in [Better::Greater, Better::Less] {
            let found = paired_resamples(&THIRTY, &other, &probabilities, Some((better, 0.1)), &drawn(30, 500, 5)).unwrap();
            let by_hand = |statistic: &dyn Fn(&[f64]) -> f64| bootstrap_difference(&THIRTY, &other, 500, uniforms(5), statistic).unwrap();
            let of_means = by_hand(&mean);
            alike(&found.mean, &of_means);
            assert!((found.mean.acceleration - of_means.acceleration).abs() < 1e-9);
            for (p, one) in probabilities.iter().zip(&found.quantiles) {
                alike(one, &by_hand(&|x| quantile(&sorted(x), *p)));
            }
            let tail = |x: &[f64]| match better {
                Better::Greater => cvar_lower(&sorted(x), 0.1),
                Better::Less => cvar_upper(&sorted(x), 0.9),
            };
            alike(found.worst.as_ref().unwrap(), &by_hand(&tail));
            let factor = variance_reduction_interval(&THIRTY, &other, 0.95, 500, uniforms(5)).unwrap();
            let interval = found.variance_reduction.bca(0.95);
            assert!((interval.lower - factor.lower).abs() < 1e-9 && (interval.upper - factor.upper).abs() < 1e-9);
        }
    }

    #[test]
    fn few_rows_and_ranks_that_meet_are_no_trouble() {
        let found = paired_resamples(&[1.0, 4.0], &[0.0, 1.0], &[0.0, 0.05, 0.5, 0.95, 1.0], None, &drawn(2, 50, 2)).unwrap();
        let estimates: Vec<f64> = found.quantiles.iter().map(|one| one.estimate).collect();
        let expected = [1.0, 1.1, 2.0, 2.9, 3.0];
        assert!(estimates.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12), "{estimates:?}");
    }

    #[test]
    fn what_differs_in_nothing_differs_in_no_resample() {
        let same = paired_resamples(&SYSTEMS[0], &SYSTEMS[0], &[0.5], Some((Better::Less, 0.1)), &drawn(10, 100, 3)).unwrap();
        for one in [&same.mean, &same.quantiles[0], same.worst.as_ref().unwrap()] {
            assert!(one.estimate.to_bits() == 0 && one.resampled.iter().all(|x| x.to_bits() == 0));
            assert!((one.p_value(0.0) - 1.0).abs() < 1e-15);
        }
        assert!(same.variance_reduction.estimate.is_infinite());
    }

    #[test]
    fn unlike_lengths_and_missing_values_have_no_resamples() {
        assert_eq!(paired_resamples(&[1.0, 2.0], &[1.0], &[0.5], None, &drawn(2, 10, 1)), None);
        assert_eq!(
            paired_resamples(&[1.0, f64::NAN], &[1.0, 2.0], &[0.5], None, &drawn(2, 10, 1)),
            None
        );
        assert_eq!(paired_resamples(&[1.0, 2.0], &[1.0, 2.0], &[1.5], None, &drawn(2, 10, 1)), None);
    }
}
