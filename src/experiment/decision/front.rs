//! What brings most against what exposes: which alternatives no other betters in both, and of which that is shown.

use super::{Decided, Matrix, Standing};
use crate::stats::{self, Better};

/// The responses that are held against each other where a study asks for both: more of the first and less of the second.
const TRADED: [(&str, Better); 2] = [("delivered_tonnes", Better::Greater), ("exposure", Better::Less)];

/// Two responses of which more of the one goes with more of the other, which is worse.
#[derive(Clone, Debug, PartialEq)]
pub struct Front {
    /// Their places in the responses of the decision: that of which more is better, then that of which less is.
    pub responses: [usize; 2],
    /// Replications in which every alternative gave a value by both, but those that never did.
    pub n: usize,
    /// By alternative; none: it never gave a value by both.
    pub standings: Vec<Option<OnFront>>,
}

/// How an alternative stands by two responses at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OnFront {
    /// Whether no other is better by both means.
    pub undominated: bool,
    /// Another that is shown to be better by both, for all pairs at once, by index.
    pub bettered_by: Option<usize>,
}

/// The places of the responses that are held against each other; none unless the study asks for both in these directions.
pub(super) fn traded(responses: &[Decided]) -> Option<[usize; 2]> {
    let place = |(name, better)| {
        responses
            .iter()
            .position(|decided| decided.response.name == name && decided.better == Some(better))
    };
    let [up, across] = TRADED.map(place);
    Some([up?, across?])
}

/// How all stand, by the values of both responses.
pub(super) fn front(responses: [usize; 2], decided: [&Decided; 2], matrices: [&Matrix; 2], confidence: f64) -> Front {
    let better = TRADED.map(|(_, better)| better);
    let [first, second] = matrices.map(Matrix::present);
    // Both are in order.
    let present: Vec<usize> = first.into_iter().filter(|i| second.binary_search(i).is_ok()).collect();
    let whole = |r: &usize| {
        present
            .iter()
            .all(|i| matrices.iter().all(|matrix| matrix.values[*i][*r].is_finite()))
    };
    let rows: Vec<usize> = (0..matrices[0].common()).filter(whole).collect();
    let samples = matrices.map(|matrix| {
        let sample = |i: &usize| rows.iter().map(|r| matrix.values[*i][*r]).collect();
        present.iter().map(sample).collect::<Vec<Vec<f64>>>()
    });
    let mean = |standing: &Standing| standing.mean.mean;
    let means: Vec<[f64; 2]> = present
        .iter()
        .map(|i| decided.map(|decided| mean(&decided.standings[*i])))
        .collect();
    let undominated = stats::undominated(&means, better);
    let bettered = stats::bettered_in_both(&samples, better, confidence).unwrap_or_else(|| vec![None; present.len()]);
    let mut standings = vec![None; matrices[0].values.len()];
    for (k, i) in present.iter().enumerate() {
        standings[*i] = Some(OnFront {
            undominated: undominated[k],
            bettered_by: bettered[k].map(|other| present[other]),
        });
    }
    Front {
        responses,
        n: rows.len(),
        standings,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::Terms;
    use super::*;
    use crate::observe::Response;

    #[test]
    fn who_is_bettered_in_both_is_named_and_who_has_no_values_stands_aside() {
        let names = ["a", "b", "c", "none"].map(str::to_owned);
        let noise = |r: usize, k: usize| ((r * 7 + k * 3) % 5) as f64 * 0.1;
        let values = |levels: [f64; 3]| {
            let mut all: Vec<Vec<f64>> = (0..3).map(|k| (0..12).map(|r| levels[k] + noise(r, k)).collect()).collect();
            all.push(vec![f64::NAN; 12]);
            all
        };
        let replications = [12; 4];
        let matrix = |values| Matrix {
            names: &names,
            replications: &replications,
            values,
        };
        // b delivers more than a and exposes fewer; c delivers most and exposes most.
        let matrices = [matrix(values([10.0, 20.0, 30.0])), matrix(values([5.0, 4.0, 9.0]))];
        let terms = Terms {
            reference: 0,
            confidence: 0.95,
            seed: 1,
            titles: &[],
            shared_draws: &[],
        };
        let response = |name: &str| {
            Arc::new(Response {
                name: name.to_owned(),
                unit: String::new(),
                doc: String::new(),
                more_is_better: None,
                column: 0,
            })
        };
        let decided = [0, 1].map(|k| matrices[k].decide(response(TRADED[k].0), Some(TRADED[k].1), &terms).0);
        let places = traded(&decided).unwrap();
        assert_eq!(places, [0, 1]);
        let found = front(places, [&decided[0], &decided[1]], [&matrices[0], &matrices[1]], 0.95);
        let on = |undominated, bettered_by| Some(OnFront { undominated, bettered_by });
        assert_eq!(found.standings, [on(false, Some(1)), on(true, None), on(true, None), None]);
        assert_eq!(found.n, 12);
        let turned = decided.map(|mut decided| {
            decided.better = Some(Better::Less);
            decided
        });
        assert_eq!(traded(&turned), None);
    }
}
