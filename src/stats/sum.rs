//! Sums that lose no digits, and the moments built on them.

/// A running sum with the part that rounding would lose (Neumaier 1974, ZAMM 54:39).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sum {
    total: f64,
    lost: f64,
}

impl Sum {
    /// Adds one number.
    pub fn add(&mut self, x: f64) {
        let total = self.total + x;
        self.lost += if self.total.abs() >= x.abs() {
            (self.total - total) + x
        } else {
            (x - total) + self.total
        };
        self.total = total;
    }

    /// The sum so far; 0 of nothing.
    pub fn value(&self) -> f64 {
        // An infinite total has lost nothing that could be given back.
        if self.total.is_finite() {
            self.total + self.lost
        } else {
            self.total
        }
    }
}

impl FromIterator<f64> for Sum {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Sum {
        let mut sum = Sum::default();
        values.into_iter().for_each(|x| sum.add(x));
        sum
    }
}

/// The compensated sum, in the order given.
pub fn sum(values: impl IntoIterator<Item = f64>) -> f64 {
    values.into_iter().collect::<Sum>().value()
}

/// The mean; NaN of nothing.
pub fn mean(values: &[f64]) -> f64 {
    sum(values.iter().copied()) / values.len() as f64
}

/// The sample variance (divisor n − 1), exactly 0 of values that are all the same; NaN of fewer than two.
pub fn variance(values: &[f64]) -> f64 {
    if values.len() < 2 {
        return f64::NAN;
    }
    // A mean may round away from a value that all have.
    if values.iter().all(|x| x.total_cmp(&values[0]).is_eq()) {
        return if values[0].is_finite() { 0.0 } else { f64::NAN };
    }
    let centre = mean(values);
    sum(values.iter().map(|x| (x - centre) * (x - centre))) / (values.len() - 1) as f64
}

#[cfg(test)]
mod tests {
    use super::super::testing::assert_close;
    use super::*;

    #[test]
    fn small_numbers_survive_beside_large_ones() {
        assert_close(sum([1.0, 1e100, 1.0, -1e100]), 2.0, 0.0);
        assert_close(sum(std::iter::repeat_n(0.1, 1000)), 100.0, 0.0);
    }

    #[test]
    fn too_few_values_have_no_moments() {
        assert!(mean(&[]).is_nan());
        assert!(variance(&[3.0]).is_nan());
        assert_close(variance(&[1.0, 2.0, 3.0, 4.0]), 5.0 / 3.0, 1e-15);
        assert_close(variance(&[0.1; 49]), 0.0, 0.0);
        assert!(variance(&[f64::NAN; 2]).is_nan());
        assert_close(sum([]), 0.0, 0.0);
        assert!(sum([f64::INFINITY, 1.0]).is_infinite());
    }
}
