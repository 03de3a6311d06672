//! Histograms whose edges are numbers that people read: multiples of 1, 2 or 5 times a power of ten.

use super::quantile::{quantile, sorted};

/// Counts between edges; a bin holds its lower edge, not its upper.
#[derive(Clone, Debug, PartialEq)]
pub struct Histogram {
    /// Edges, ascending, one more than the bins.
    pub edges: Vec<f64>,
    /// Values in each bin.
    pub counts: Vec<u64>,
}

/// No picture needs more bins.
const MOST_BINS: f64 = 100.0;

/// Bins by the rule of Freedman & Diaconis (1981, Z. Wahrsch. verw. Gebiete 57:453), width 2 IQR n^(−1/3), the width rounded to 1, 2 or 5
/// times a power of ten and the edges multiples of it.
///
/// Where the middle half of the values is equal, Sturges' number of bins holds; whole values get bins at least one wide; equal
/// values get one bin. NaN and infinite values are left out; none left: no bins.
pub fn histogram(values: &[f64]) -> Histogram {
    let sorted: Vec<f64> = sorted(values).into_iter().filter(|x| x.is_finite()).collect();
    let (Some(&least), Some(&greatest)) = (sorted.first(), sorted.last()) else {
        return Histogram {
            edges: Vec::new(),
            counts: Vec::new(),
        };
    };
    let width = bin_width(&sorted, least, greatest);
    let first = (least / width).floor();
    let mut edges = vec![first * width];
    let mut counts: Vec<u64> = Vec::new();
    for x in &sorted {
        // Counted against the edges themselves, so that no rounding puts a value on the wrong side. The bound holds for values
        // so close to each other that their edges cannot be told apart.
        while counts.is_empty() || (*x >= edges[counts.len()] && counts.len() < 2 * MOST_BINS as usize) {
            counts.push(0);
            edges.push((first + counts.len() as f64) * width);
        }
        *counts.last_mut().unwrap_or(&mut 0) += 1;
    }
    Histogram { edges, counts }
}

fn bin_width(sorted: &[f64], least: f64, greatest: f64) -> f64 {
    let range = greatest - least;
    let whole = sorted.iter().all(|x| (x - x.round()).abs() <= 0.0);
    let floor = if whole { 1.0 } else { 0.0 };
    if range <= 0.0 {
        // One bin, of a width that suits the value.
        return if whole && least.abs() < 1e6 { 1.0 } else { nice(0.1 * least.abs()) };
    }
    let n = sorted.len() as f64;
    let spread = quantile(sorted, 0.75) - quantile(sorted, 0.25);
    let wanted = if spread > 0.0 {
        2.0 * spread / libm::cbrt(n)
    } else {
        range / (libm::log2(n) + 1.0)
    };
    nice(wanted.max(range / (0.5 * MOST_BINS))).max(floor)
}

/// The nearest of 1, 2, 5 times a power of ten, by ratio.
fn nice(width: f64) -> f64 {
    if !(width > 0.0 && width.is_finite()) {
        return 1.0;
    }
    let power = libm::pow(10.0, libm::floor(libm::log10(width)));
    let digits = width / power;
    let rounded = if digits < 1.414 {
        1.0
    } else if digits < 3.162 {
        2.0
    } else if digits < 7.071 {
        5.0
    } else {
        10.0
    };
    rounded * power
}

#[cfg(test)]
mod tests {
    use super::super::laws::normal_quantile;
    use super::super::testing::{THIRTY, assert_close};
    use super::*;

    #[test]
    fn widths_are_numbers_that_people_read() {
        for (width, expected) in [
            (1.0, 1.0),
            (1.7, 2.0),
            (4.0, 5.0),
            (8.0, 10.0),
            (0.033, 0.05),
            (173.0, 200.0),
            (0.0, 1.0),
        ] {
            assert_close(nice(width), expected, 1e-12);
        }
    }

    #[test]
    fn every_value_lies_in_its_bin() {
        let picture = histogram(&THIRTY);
        // 2 · IQR / 30^(1/3) = 2 · 9.8 / 3.1 = 6.3.
        assert_close(picture.edges[1] - picture.edges[0], 5.0, 1e-12);
        assert_eq!(picture.edges.first().copied(), Some(5.0));
        assert_eq!(picture.edges.len(), picture.counts.len() + 1);
        assert_eq!(picture.counts.iter().sum::<u64>(), 30);
        for (i, count) in picture.counts.iter().enumerate() {
            let inside = THIRTY
                .iter()
                .filter(|x| picture.edges[i] <= **x && **x < picture.edges[i + 1])
                .count();
            assert_eq!(inside as u64, *count);
        }
    }

    #[test]
    fn whole_values_get_bins_of_whole_width() {
        let picture = histogram(&[0.0, 0.0, 1.0, 1.0, 1.0, 2.0, 2.0, 3.0]);
        assert_eq!(picture.counts, [2, 3, 2, 1]);
        assert_close(picture.edges[4], 4.0, 0.0);
        let large = histogram(&(0..500).map(f64::from).collect::<Vec<_>>());
        assert!(large.counts.len() <= 12, "{:?}", large.edges);
    }

    #[test]
    fn a_large_sample_has_a_bounded_number_of_bins() {
        let sample: Vec<f64> = (0..20_000).map(|i| normal_quantile((f64::from(i) + 0.5) / 20_000.0)).collect();
        let picture = histogram(&sample);
        assert!((30..=101).contains(&picture.counts.len()), "{}", picture.counts.len());
        let mut far = vec![1e9];
        far.extend_from_slice(&sample);
        assert!(histogram(&far).counts.len() <= 101);
    }

    #[test]
    fn equal_values_have_one_bin() {
        for value in [0.0, 7.0, -3.25, 1e-9, 1e300] {
            let picture = histogram(&[value; 5]);
            assert_eq!(picture.counts, [5], "{value}");
            assert!(
                picture.edges[0] <= value && value < picture.edges[1],
                "{value}: {:?}",
                picture.edges
            );
        }
        assert!(histogram(&[]).edges.is_empty());
        assert!(histogram(&[f64::NAN, f64::INFINITY]).counts.is_empty());
        assert!(histogram(&[1.0, 1.0 + f64::EPSILON]).counts.iter().sum::<u64>() == 2);
    }
}
