//! Trucks that wait, by stage and time, over replications: made of the hidden samples that every replication leaves.
//!
//! The samples have a column for each stage and time. Of each column only how often each number of trucks came up is kept, so
//! that one pass over the blocks gives exact quantiles and memory does not grow with the replications.

use std::collections::BTreeMap;

use crate::table::{Data, Frame};

/// How often each number came up.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    /// Number and how often, ascending.
    counts: BTreeMap<i64, u32>,
    n: u64,
}

impl Tally {
    fn add(&mut self, value: i64) {
        *self.counts.entry(value).or_insert(0) += 1;
        self.n += 1;
    }

    fn mean(&self) -> f64 {
        let sum: i64 = self.counts.iter().map(|(value, count)| value * i64::from(*count)).sum();
        sum as f64 / self.n as f64
    }

    /// The value of rank `rank`, from 0.
    fn ranked(&self, rank: u64) -> f64 {
        let mut below = 0;
        for (value, count) in &self.counts {
            below += u64::from(*count);
            if rank < below {
                return *value as f64;
            }
        }
        f64::NAN
    }

    /// Hyndman & Fan, type 7, of a tally that is not empty.
    fn quantile(&self, p: f64) -> f64 {
        let h = (self.n - 1) as f64 * p;
        let (low, part) = (h.floor(), h - h.floor());
        let below = self.ranked(low as u64);
        if part > 0.0 {
            below + part * (self.ranked(low as u64 + 1) - below)
        } else {
            below
        }
    }
}

/// Adds the samples of some replications: a row each, the columns from the third on.
pub(crate) fn add(tallies: &mut [Tally], samples: &Frame) {
    for (tally, column) in tallies.iter_mut().zip(&samples.columns[2..]) {
        if let Data::Whole(values) = column {
            values.iter().filter(|v| **v != Data::EMPTY_WHOLE).for_each(|v| tally.add(*v));
        }
    }
}

/// Adds the rows of an alternative. `tallies`: by stage, then by time. A stage or time that it does not have gives no row.
pub(crate) fn append(frame: &mut Frame, alternative: &str, stages: &[String], hours: &[i64], tallies: &[Tally]) {
    let cells = stages.iter().flat_map(|stage| hours.iter().map(move |hour| (stage, *hour)));
    for ((stage, hour), tally) in cells.zip(tallies).filter(|(_, tally)| tally.n > 0) {
        let mut row = frame.row().text(alternative).text(stage).real(hour as f64).real(tally.mean());
        for p in super::summary::PROBABILITIES {
            row = row.real(tally.quantile(p));
        }
        row.end();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats;
    use crate::table::catalogue;

    #[test]
    fn quantiles_of_a_tally_are_those_of_its_values() {
        let values = [4, 0, 0, 17, 3, 3, 3, 9, 1, 250, 0];
        let mut tally = Tally::default();
        for v in &values {
            tally.add(*v);
        }
        let mut sorted: Vec<f64> = values.iter().map(|v| *v as f64).collect();
        sorted.sort_by(f64::total_cmp);
        for p in [0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0] {
            assert!((tally.quantile(p) - stats::quantile(&sorted, p)).abs() < 1e-12, "{p}");
        }
        assert!((tally.mean() - 290.0 / 11.0).abs() < 1e-12);
    }

    #[test]
    fn a_stage_that_an_alternative_lacks_has_no_rows() {
        let (stages, hours) = (["gate".to_owned(), "scan".to_owned()], [0, 1]);
        let mut samples = Frame::new(&catalogue::queue_samples(&stages, &hours));
        samples.row().text("a").whole(1).whole(5).whole(7).empty().empty().end();
        samples.row().text("a").whole(2).whole(1).whole(7).empty().empty().end();
        let mut tallies = vec![Tally::default(); 4];
        add(&mut tallies, &samples);
        let mut profile = Frame::new(&catalogue::queue_profile());
        append(&mut profile, "a", &stages, &hours, &tallies);
        assert_eq!(profile.len(), 2);
        assert_eq!(profile.columns[1].text(1), Some("gate"));
        assert!((profile.columns[3].real(0) - 3.0).abs() < 1e-12);
        assert!((profile.columns[6].real(0) - 3.0).abs() < 1e-12);
        assert!((profile.columns[2].real(1) - 1.0).abs() < 1e-12);
    }
}
