//! What a case reads from the tables of its replications, and the estimate over them.

use crate::observe::{Frames, Layout};
use crate::stats::mean_interval;
use crate::table::Data;

/// A number of one replication: a column, and the row of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    /// The table.
    pub(super) table: &'static str,
    /// The column.
    pub(super) column: &'static str,
    /// The row: columns of words and what they hold; the first row that fits.
    pub(super) row: &'static [(&'static str, &'static str)],
}

/// How a quantity is estimated over replications.
#[derive(Clone, Copy, Debug)]
pub(super) enum Measure {
    /// The mean.
    Mean(Cell),
    /// The variance.
    Variance(Cell),
    /// The ratio of two sums.
    Ratio(Cell, Cell),
}

/// An estimate and its standard error.
#[derive(Clone, Copy, Debug)]
pub(super) struct Estimate {
    pub(super) value: f64,
    pub(super) se: f64,
}

impl Cell {
    /// A response of `replications`.
    pub(super) const fn response(column: &'static str) -> Cell {
        Cell {
            table: "replications",
            column,
            row: &[],
        }
    }

    /// The value in these rows, which are of one replication.
    pub(super) fn read(&self, layout: &Layout, frames: &Frames) -> Option<f64> {
        let place = layout.position(self.table)?;
        let (table, frame) = (&layout.tables()[place], &frames.0[place]);
        let fits = |row: usize| {
            self.row.iter().all(|(column, word)| {
                let held = table.position(column).map(|at| &frame.columns[at]);
                matches!(held, Some(Data::Text { codes, words }) if words.get(codes[row] as usize).is_some_and(|held| held == word))
            })
        };
        let row = (0..frame.len()).find(|&row| fits(row))?;
        match &frame.columns[table.position(self.column)?] {
            Data::Whole(values) => Some(values[row] as f64),
            Data::Real(values) => Some(values[row]),
            Data::Text { .. } => None,
        }
    }
}

impl Measure {
    /// What is read in each replication.
    pub(super) fn cells(&self) -> Vec<Cell> {
        match *self {
            Measure::Mean(cell) | Measure::Variance(cell) => vec![cell],
            Measure::Ratio(above, below) => vec![above, below],
        }
    }

    /// The estimate from the values of the cells, each over replications.
    pub(super) fn estimate(&self, values: &[Vec<f64>]) -> Estimate {
        match self {
            Measure::Mean(_) => mean(&values[0]),
            Measure::Variance(_) => variance(&values[0]),
            Measure::Ratio(..) => ratio(&values[0], &values[1]),
        }
    }
}

fn mean(values: &[f64]) -> Estimate {
    let interval = mean_interval(values, 0.95);
    Estimate {
        value: interval.mean,
        se: interval.se,
    }
}

/// The sample variance; its standard error from the fourth moment.
fn variance(values: &[f64]) -> Estimate {
    let n = values.len() as f64;
    let centre = mean(values).value;
    let squares: Vec<f64> = values.iter().map(|x| (x - centre) * (x - centre)).collect();
    let about = mean(&squares);
    Estimate {
        value: about.value * n / (n - 1.0),
        se: about.se,
    }
}

/// The ratio of sums; its standard error by the delta method.
fn ratio(above: &[f64], below: &[f64]) -> Estimate {
    let (top, bottom) = (mean(above).value, mean(below).value);
    let value = top / bottom;
    let residuals: Vec<f64> = above.iter().zip(below).map(|(a, b)| a - value * b).collect();
    Estimate {
        value,
        se: mean(&residuals).se / bottom,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_weighs_replications_by_their_size() {
        let e = ratio(&[1.0, 0.0, 4.0], &[10.0, 10.0, 20.0]);
        assert!((e.value - 0.125).abs() < 1e-12);
    }

    #[test]
    fn a_variance_comes_with_its_error() {
        let e = variance(&[1.0, 2.0, 3.0, 4.0]);
        assert!((e.value - 5.0 / 3.0).abs() < 1e-12);
        assert!(e.se > 0.0);
    }
}
