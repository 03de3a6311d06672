//! How the numbers of a result were estimated and stopped, as far as they are in it.

use super::facts::Facts;
use super::said::{listed, named, short};
use crate::cli::decision::name_of;
use crate::cli::failure::Failure;
use crate::cli::numbers::{counted, percent, plain_percent, whole};
use crate::experiment::{AimReached, LEAST_FOR_WORST};

/// Replications below which the interval of a quantile has an open end, at a confidence (order statistics; Conover 1999).
pub(super) fn open_below(confidence: f64, p: f64) -> f64 {
    libm::ceil(libm::log((1.0 - confidence) / 2.0) / libm::log(1.0 - p.min(1.0 - p)))
}

/// How many replications, and what was made of them; a sentence each. Nothing of intervals where there is one replication.
pub(super) fn approach(facts: Facts) -> Result<Vec<String>, Failure> {
    let own = if facts.has_chance() {
        ", independent, each with random numbers of its own; every interval is over replications, never over trucks or days within one"
    } else {
        ""
    };
    let mut told = vec![format!("{}{}{own}.", facts.replications(), facts.of_each())];
    if facts.has_several() {
        let so = if facts.is_compared() {
            ", so that differences are taken within replications"
        } else {
            ""
        };
        told.push(format!(
            "Replication r of every alternative has the same random numbers (common random numbers){so}."
        ));
    }
    if !facts.has_chance() {
        told.push("From one replication nothing is estimated of how much the numbers vary.".to_owned());
        return Ok(told);
    }
    let confidence = facts.confidence();
    told.push(format!(
        "Means: Student's interval over replications at {confidence} confidence, without what no mean can be: it is cut at 0 where no value lies below 0, and that \
         of a share at 100 % where none lies above. Intervals of differences are not cut."
    ));
    if facts.has("summary") {
        told.push(
            "Quantiles over replications: Hyndman and Fan's type 7, with intervals by order statistics (Conover 1999); an end that the sample does not have is empty."
                .to_owned(),
        );
    }
    told.extend(compared(facts));
    told.extend(decided(facts));
    told.extend(chosen(facts));
    if facts.fewest() < facts.most() {
        told.push("The summary is over the replications of each alternative, a difference over those that both have, the decision over those that all have.".to_owned());
    }
    told.extend(priced(facts));
    told.extend(width(facts)?);
    Ok(told)
}

fn compared(facts: Facts) -> Vec<String> {
    if !facts.is_compared() {
        return Vec::new();
    }
    let mut told = vec![format!(
        "Differences from `{}`: Student's interval of the paired differences; p values adjusted for the number of alternatives by Holm's method (1979), response by response.",
        facts.name
    )];
    if facts.manifest.study.is_none() {
        return told;
    }
    let n = facts.fewest();
    if n >= 20 {
        told.push(
            "For the responses that the study asks for, beside it the BCa interval (Efron 1987) of 2,000 resamples of whole replications."
                .to_owned(),
        );
    }
    let is_closed = |p: f64| f64::from(n) >= open_below(facts.manifest.confidence, p);
    let of = [
        (is_closed(0.5), "medians"),
        (is_closed(0.05), "5 and 95 % quantiles"),
        (n as usize >= LEAST_FOR_WORST, "means of the worst tenth of the replications"),
    ];
    let of: Vec<String> = of.into_iter().filter(|(has, _)| *has).map(|(_, what)| what.to_owned()).collect();
    if !of.is_empty() {
        told.push(format!(
            "Differences of {}: percentile intervals of 2,000 resamples of whole replications.",
            listed(&of)
        ));
    }
    told.push("Differences told in the answer: intervals that hold for the differences of all alternatives from the reference at once (Bonferroni).".to_owned());
    told
}

fn decided(facts: Facts) -> Vec<String> {
    let mut told = Vec::new();
    if !facts.has("decision") || facts.fewest() < 2 {
        return told;
    }
    if facts.has_several() {
        told.push(format!(
            "Against the best: intervals of multiple comparisons with the best under common random numbers (Edwards and Hsu 1983; Yang and Nelson 1991), which hold for \
             all alternatives at once at {}. An alternative is called best if all others are shown to be worse, response by response.",
            facts.confidence()
        ));
        told.push("The probability of being best is the share of 2,000 resamples of whole replications in which an alternative has the best mean; it is no proof.".to_owned());
    }
    if facts.has("frontier") {
        told.push("Aid against exposure: an alternative is called bettered if another is shown to be better in both, by one-sided paired t tests for all ordered pairs at once (Bonferroni; Berger 1982).".to_owned());
    }
    if facts.has("regret") {
        told.push("Regret: what an alternative falls short of the best of each replication (Savage 1951).".to_owned());
    }
    told
}

fn chosen(facts: Facts) -> Vec<String> {
    if let Some((selecting, least)) = facts.indifference() {
        return vec![format!(
            "One alternative was to be chosen by `{}` with the procedure KN (Kim and Nelson 2001): {} of each, then one after the other dropped that is shown to be worse by more \
             than chance allows; least difference that matters {}, confidence {}.",
            selecting.response,
            counted(selecting.first_stage as usize, "replication"),
            short(least),
            plain_percent(selecting.confidence)
        )];
    }
    if let Some((selecting, budget)) = facts.budget() {
        return vec![format!(
            "{} of all alternatives together were shared out by optimal computing budget allocation (Chen and others 2000) to choose one by `{}`.",
            counted(budget as usize, "replication"),
            selecting.response
        )];
    }
    Vec::new()
}

fn priced(facts: Facts) -> Option<String> {
    let asked = facts.manifest.priced_replications.filter(|_| facts.has("closure_price"))?;
    let n = asked.min(facts.fewest());
    Some(format!(
        "The price of a closure: in each of the first {} that has one, one closure is drawn at random and the replication run again without it, all else the same; tonnes lost over \
         hours closed, with the jackknife interval of a ratio (Miller 1974).",
        counted(n as usize, "replication")
    ))
}

/// How well the mean of the response that leads is known with them.
fn width(facts: Facts) -> Result<Option<String>, Failure> {
    let lead = facts.manifest.study.as_ref().and_then(|study| study.responses.first());
    let lead = lead.map_or("delivered_tonnes", String::as_str);
    if !facts.has("summary") {
        return Ok(None);
    }
    let rows = facts
        .source
        .folder
        .columns("summary", &["alternative", "response", "mean", "lower", "upper", "unit"])?;
    let at = |row: &usize| rows.columns[0].text(*row) == Some(facts.name) && rows.columns[1].text(*row) == Some(lead);
    let Some(row) = (0..rows.len()).find(at) else { return Ok(None) };
    let [mean, lower, upper] = [2, 3, 4].map(|column| rows.columns[column].real(row));
    let is_share = rows.columns[5].text(row) == Some("share");
    Ok(known_to(mean, (lower, upper), is_share).map(|width| {
        format!(
            "With these the mean of {} of `{}` is known to {width} at {} confidence.",
            name_of(lead),
            facts.name,
            facts.confidence()
        )
    }))
}

/// `±0.7 %` of a mean, `±0.6 percentage points` of a mean that is a share; the two sides apart where the interval was cut.
fn known_to(mean: f64, (lower, upper): (f64, f64), is_share: bool) -> Option<String> {
    let (below, above) = (mean - lower, upper - mean);
    let scale = if is_share { 1.0 } else { mean.abs() };
    if !(below + above).is_finite() || below + above <= 0.0 || scale <= 0.0 {
        return None;
    }
    let told = |side: f64| {
        let share = side / scale;
        let number = percent(share, usize::from(share < 0.1));
        if is_share { number.replace(" %", "") } else { number }
    };
    let unit = if is_share { " percentage points" } else { "" };
    // An interval that is not cut is even to rounding.
    Some(if (above - below).abs() <= 1e-6 * (above + below) {
        format!("±{}{unit}", told(above))
    } else {
        format!("−{} and +{}{unit} (its interval is cut)", told(below), told(above))
    })
}

/// Why there are so many replications: a precision or a choice that stopped them; none where a number was given.
pub(super) fn stopped(facts: Facts) -> Option<String> {
    if facts.manifest.selection.is_some() {
        return Some("How many replications there are follows from the choice.".to_owned());
    }
    let precision = facts.manifest.precision.as_ref()?;
    let aims: Vec<String> = precision.aims.iter().map(aim).collect();
    let reached = if precision.reached {
        "It was reached"
    } else {
        "It was not reached"
    };
    Some(format!(
        "Replications went on until {}, by the sequential rule of Law from 10 replications on, with the look-ahead of Hoad, Robinson and Davies (2010), at most {}. {reached}.",
        listed(&aims),
        whole(f64::from(facts.manifest.requested_replications))
    ))
}

fn aim(aim: &AimReached) -> String {
    let width = aim
        .relative
        .map_or_else(|| short(aim.absolute.unwrap_or(f64::NAN)), |share| percent(share, 2));
    let from = aim
        .reference
        .as_ref()
        .map_or(String::new(), |reference| format!(" from {}", named([reference.as_str()])));
    format!(
        "the {} of `{}`{from} is known to ±{width} at {}",
        aim.of,
        aim.response,
        plain_percent(aim.confidence)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_well_a_mean_is_known_is_told_by_both_ends_of_its_interval() {
        let known = |mean, ends, is_share| known_to(mean, ends, is_share).unwrap_or_default();
        assert_eq!(known(1000.0, (990.0, 1010.0), false), "±1.0 %");
        assert_eq!(known(0.72, (0.71, 0.73), true), "±1.0 percentage points");
        assert_eq!(known(1.0, (0.0, 3.5), false), "−100 % and +250 % (its interval is cut)");
        assert_eq!(known(0.0, (0.0, 0.0), false), "");
        assert_eq!(known(-10.0, (-11.0, -9.0), false), "±10 %");
    }

    #[test]
    fn quantiles_have_an_open_end_below_the_number_that_order_statistics_need() {
        for (confidence, p, n) in [(0.95, 0.05, 72.0), (0.95, 0.95, 72.0), (0.99, 0.05, 104.0), (0.95, 0.5, 6.0)] {
            assert!((open_below(confidence, p) - n).abs() < 1e-9, "{confidence} {p}");
        }
    }
}
