//! The answer of a study for programs.

use serde_json::{Value, json};

use crate::experiment::{AgainstReference, Decided, Decision, Front, OnFront, Standing, Verdict};
use crate::stats::{Better, Estimate};

/// By response, how the alternatives stand; with the answer in words, as on the screen.
pub(in crate::cli) fn as_json(decision: &Decision) -> Value {
    let of_response = |decided: &Decided| {
        let standings = decided.standings.iter().zip(&decision.names);
        let alternatives: Vec<Value> = standings.map(|(standing, name)| of_alternative(standing, name)).collect();
        json!({
            "response": decided.response.name, "unit": decided.response.unit, "better": decided.better.map(Better::word), "n": decided.n,
            "left_out": decided.left_out, "alternatives": alternatives,
        })
    };
    let responses: Vec<Value> = decision.responses.iter().map(of_response).collect();
    json!({
        "answer": super::said(decision, &decision.titles, &super::need_of(decision)).join(" "), "reference": decision.names[decision.reference], "confidence": decision.confidence,
        "responses": responses, "frontier": decision.front.as_ref().map(|front| of_front(decision, front)),
    })
}

fn of_alternative(standing: &Standing, name: &str) -> Value {
    let best = standing.against_best;
    json!({
        "alternative": name, "mean": standing.mean.mean, "lower": standing.mean.lower, "upper": standing.mean.upper, "rank": standing.rank,
        "against_best": best.map(|best| [best.lower, best.upper]), "may_be_best": best.map(|best| best.may_be_best),
        "probability_best": standing.probability_best, "ahead": standing.ahead.map(ends), "worst_tenth": standing.worst_tenth, "verdict": standing.verdict.map(Verdict::words),
        "against_reference": standing.against_reference.as_ref().map(of_pair),
    })
}

/// Who is undominated in aid and exposure, and who is shown to be bettered by whom.
fn of_front(decision: &Decision, front: &Front) -> Value {
    let of_one = |(name, standing): (&String, &Option<OnFront>)| {
        let by = standing
            .and_then(|standing| standing.bettered_by)
            .map(|by| decision.names[by].as_str());
        json!({ "alternative": name, "undominated": standing.map(|standing| standing.undominated), "bettered_by": by })
    };
    json!({ "n": front.n, "alternatives": decision.names.iter().zip(&front.standings).map(of_one).collect::<Vec<_>>() })
}

fn ends(estimate: Estimate) -> Value {
    json!({ "estimate": estimate.value, "lower": estimate.lower, "upper": estimate.upper })
}

fn of_pair(against: &AgainstReference) -> Value {
    json!({
        "n": against.n, "difference": ends(against.difference), "relative": against.relative.map(ends),
        "difference_at_once": ends(against.at_once.difference), "relative_at_once": against.at_once.relative.map(ends),
        "variance_reduction": against.variance_reduction,
    })
}
