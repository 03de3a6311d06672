//! The price under one alternative less that under another, replication by replication.

use super::ENOUGH_CLOSURES;
use super::pair::Pair;
use crate::stats::{self, Estimate};

/// The difference of prices by confidence, with the jackknife over the replications that either has a closure in. Both lists are in order of
/// replication.
///
/// The quantile is that of the one with fewer closures: cautious, where one of them has few.
pub(super) fn difference(own: &[&Pair], of_reference: &[&Pair], confidences: [f64; 2]) -> [Estimate; 2] {
    let Some(ratio) = stats::jackknife_difference(&side_by_side(own, of_reference)) else {
        return [Estimate::NONE; 2];
    };
    let n = own.len().min(of_reference.len());
    if n < ENOUGH_CLOSURES {
        let value = ratio.value;
        return [Estimate { value, ..Estimate::NONE }; 2];
    }
    confidences.map(|confidence| ratio.interval(n, confidence))
}

/// By replication tonnes lost and hours closed in both; 0 and 0 where one has none.
fn side_by_side(own: &[&Pair], of_reference: &[&Pair]) -> Vec<[(f64, f64); 2]> {
    let mut rows = Vec::new();
    let (mut a, mut b) = (own.iter().peekable(), of_reference.iter().peekable());
    loop {
        let next = |pair: Option<&&&Pair>| pair.map_or(u32::MAX, |pair| pair.replication);
        let replication = next(a.peek()).min(next(b.peek()));
        if replication == u32::MAX {
            return rows;
        }
        let of = |pair: Option<&&Pair>| pair.map_or((0.0, 0.0), |pair| (pair.lost_tonnes, pair.closed_h));
        rows.push([
            of(a.next_if(|pair| pair.replication == replication)),
            of(b.next_if(|pair| pair.replication == replication)),
        ]);
    }
}
