//! The values of one alternative, sorted, and what is read off them.

use super::super::super::colour::Colour;
use super::super::super::numbers::{Measure, counted};
use crate::stats;

/// The finite values of one alternative, ascending.
pub(super) struct Sample<'a> {
    /// Name as shown.
    pub(super) name: &'a str,
    /// Its values, ascending.
    pub(super) sorted: Vec<f64>,
    /// How many values were not finite numbers.
    pub(super) missing: usize,
    class: usize,
}

impl<'a> Sample<'a> {
    pub(super) fn new(class: usize, name: &'a str, values: &[f64]) -> Sample<'a> {
        let mut sorted: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
        sorted.sort_by(f64::total_cmp);
        Sample {
            name,
            missing: values.len() - sorted.len(),
            sorted,
            class,
        }
    }

    pub(super) fn n(&self) -> usize {
        self.sorted.len()
    }

    pub(super) fn least(&self) -> Option<f64> {
        self.sorted.first().copied()
    }

    pub(super) fn greatest(&self) -> Option<f64> {
        self.sorted.last().copied()
    }

    /// Whether there is anything to spread: two values that differ.
    pub(super) fn varies(&self) -> bool {
        self.least() < self.greatest()
    }

    /// The 5 %, 50 % and 95 % quantiles (Hyndman and Fan, type 7), if there is a value.
    pub(super) fn marks(&self) -> Option<[f64; 3]> {
        (self.n() > 0).then(|| [0.05, 0.5, 0.95].map(|p| self.quantile(p)))
    }

    /// The quantile (Hyndman and Fan, type 7) of a sample that has values.
    pub(super) fn quantile(&self, p: f64) -> f64 {
        stats::quantile(&self.sorted, p)
    }

    /// Its colour for fills.
    pub(super) fn fill(&self) -> Colour {
        Colour::class(self.class)
    }

    /// Its colour for lines.
    pub(super) fn line(&self) -> Colour {
        Colour::class(self.class).readable(2.2)
    }

    /// Its colour for text.
    pub(super) fn ink(&self) -> Colour {
        Colour::class(self.class).readable(4.5)
    }

    /// The Gaussian kernel density (bandwidth by Silverman's rule) at evenly spaced places of a range, mirrored at 0 where no value is negative, so that
    /// nothing leaks below. None of fewer than twenty values or where all are equal: a curve would pretend to know.
    pub(super) fn density(&self, (low, high): (f64, f64)) -> Vec<(f64, f64)> {
        const PLACES: usize = 200;
        const FEWEST: usize = 20;
        let bandwidth = stats::silverman_bandwidth(&self.sorted).filter(|_| self.n() >= FEWEST && self.varies());
        let Some(bandwidth) = bandwidth else {
            return Vec::new();
        };
        let mirrored = self.least() >= Some(0.0);
        let from = if mirrored { low.max(0.0) } else { low };
        let places: Vec<f64> = (0..=PLACES).map(|k| from + (high - from) * k as f64 / PLACES as f64).collect();
        let mut heights = stats::kernel_density(&self.sorted, &places, bandwidth);
        if mirrored {
            let within = self.sorted.partition_point(|&value| value <= 6.0 * bandwidth);
            let folded: Vec<f64> = places.iter().map(|x| -x).collect();
            let share = within as f64 / self.n() as f64;
            for (height, more) in heights
                .iter_mut()
                .zip(stats::kernel_density(&self.sorted[..within], &folded, bandwidth))
            {
                *height += more * share;
            }
        }
        // Tails too low to be seen would only colour the axis.
        let seen = heights.iter().copied().fold(0.0, f64::max) * 0.004;
        let first = heights.iter().position(|&height| height > seen).unwrap_or(0);
        let last = heights.iter().rposition(|&height| height > seen).unwrap_or(0);
        let curve = places.into_iter().zip(heights);
        curve.take(last + 2).skip(first.saturating_sub(1)).collect()
    }

    /// From where to where the density can be seen; none where there is none.
    pub(super) fn seen(&self) -> Option<(f64, f64)> {
        // Beyond four bandwidths from the last value a kernel has no height.
        let room = 4.0 * stats::silverman_bandwidth(&self.sorted)?;
        let curve = self.density((self.least()? - room, self.greatest()? + room));
        Some((curve.first()?.0, curve.last()?.0))
    }

    /// Its marks in words, for readers who point at it.
    pub(super) fn told(&self, measure: &Measure) -> String {
        let Some([low, median, high]) = self.marks() else {
            return format!("{}: no values", self.name);
        };
        let [lower, upper] = [0.25, 0.75].map(|p| measure.bare(self.quantile(p)));
        format!(
            "{}: median {}, quartiles {lower} and {upper}, 5\u{a0}% to 95\u{a0}% from {} to {}, n = {}",
            self.name,
            measure.full(median),
            measure.bare(low),
            measure.bare(high),
            counted(self.n())
        )
    }

    /// One sentence on it, for readers who hear the chart.
    pub(super) fn in_words(&self, measure: &Measure) -> String {
        match self.marks() {
            None => format!("{}: no values.", self.name),
            Some([_, only, _]) if self.n() == 1 => format!("{}: {}, the only value.", self.name, measure.full(only)),
            Some([_, all, _]) if !self.varies() => {
                format!("{}: all values {}, n = {}.", self.name, measure.full(all), counted(self.n()))
            }
            Some([low, median, high]) => format!(
                "{}: median {}, 5 % to 95 % from {} to {}, n = {}.",
                self.name,
                measure.full(median),
                measure.bare(low),
                measure.full(high),
                counted(self.n()),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_type_seven() {
        let sample = Sample::new(0, "a", &[4.0, 1.0, 3.0, 2.0, f64::NAN]);
        assert_eq!((sample.n(), sample.missing), (4, 1));
        let [low, median, high] = sample.marks().expect("four values");
        assert!((low - 1.15).abs() < 1e-12 && (median - 2.5).abs() < 1e-12 && (high - 3.85).abs() < 1e-12);
    }

    #[test]
    fn a_density_has_area_one_even_against_zero() {
        let values: Vec<f64> = (0..400).map(|k| f64::from(k) * f64::from(k) / 1000.0).collect();
        let sample = Sample::new(0, "a", &values);
        let curve = sample.density((0.0, 200.0));
        let area: f64 = curve.windows(2).map(|w| (w[1].0 - w[0].0) * (w[0].1 + w[1].1) / 2.0).sum();
        assert!((area - 1.0).abs() < 0.01, "{area}");
    }

    #[test]
    fn a_density_is_seen_beyond_the_least_and_the_greatest_value_but_not_below_zero() {
        let values: Vec<f64> = (0..24).map(|k| 1000.0 + f64::from(k * k)).collect();
        let sample = Sample::new(0, "a", &values);
        let (from, to) = sample.seen().expect("a density");
        assert!(from < 900.0 && to > 1_600.0, "{from} to {to}");
        let curve = sample.density((from, to));
        let peak = curve.iter().map(|p| p.1).fold(0.0, f64::max);
        assert!(curve[0].1 < 0.01 * peak && curve[curve.len() - 1].1 < 0.01 * peak);
        let near: Vec<f64> = (0..24).map(f64::from).collect();
        assert!(Sample::new(0, "a", &near).seen().expect("a density").0 >= 0.0);
    }

    #[test]
    fn of_one_value_or_of_equal_ones_no_quantiles_are_told() {
        let measure = Measure::of((0.0, 100.0), "t").exact(50.0);
        let told = |values: &[f64]| Sample::new(0, "a", values).in_words(&measure);
        assert_eq!(told(&[50.0]), "a: 50\u{a0}t, the only value.");
        assert_eq!(told(&[50.0; 3]), "a: all values 50\u{a0}t, n = 3.");
        assert!(told(&[50.0, 60.0]).contains("5 % to 95 %"));
    }

    #[test]
    fn equal_or_few_values_have_no_density() {
        assert!(Sample::new(0, "a", &[2.0; 50]).density((0.0, 4.0)).is_empty());
        assert!(Sample::new(0, "a", &[1.0, 2.0]).density((0.0, 4.0)).is_empty());
        assert!(Sample::new(0, "a", &[]).marks().is_none());
    }
}
