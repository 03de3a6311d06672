//! The answer of a study as pictures: how the alternatives stand by every response asked for, and what brings most against what exposes.

use super::super::numbers::counted;
use super::super::{decision, words};
use super::{Easel, Named};
use crate::experiment::{Decided, Standing, Verdict};
use crate::figure::Width;
use crate::figure::charts::{Frontier, Interval, Place, Quantity, Standings, Traded, TradedBy, frontier, standings, undominated};
use crate::stats::Better;

/// Responses of which one is held against the other, the first upwards: aid, and what it asks.
const TRADED: [&str; 2] = ["delivered_tonnes", "exposure"];

impl Easel<'_> {
    /// How the alternatives stand.
    pub(super) fn standings(&self) -> Option<Named> {
        let answer = self.outcome.decision.as_ref()?;
        let names: Vec<&str> = self.shown.iter().map(|i| answer.names[*i].as_str()).collect();
        let words: Vec<[String; 2]> = answer.responses.iter().map(headed).collect();
        let rows: Vec<Vec<Interval>> = answer
            .responses
            .iter()
            .map(|decided| self.shown.iter().map(|i| interval(&decided.standings[*i])).collect())
            .collect();
        let quantities: Vec<Quantity> = answer
            .responses
            .iter()
            .zip(&words)
            .zip(&rows)
            .map(|((decided, [name, direction]), standings)| Quantity {
                name,
                unit: &decided.response.unit,
                direction,
                standings,
            })
            .collect();
        let title = decision::headline(answer);
        let chart = Standings {
            heading: self.heading(
                title,
                self.intervals("Mean of every alternative with its") + "; marks hold for all alternatives at once",
                None,
            ),
            width: Width::Page,
            names: &names,
            quantities: &quantities,
        };
        Some(("decision".to_owned(), standings(&chart)))
    }

    /// Aid against exposure, where a study asks for both.
    pub(super) fn frontier(&self) -> Option<Named> {
        let answer = self.outcome.decision.as_ref()?;
        let [up, across] = TRADED.map(|name| answer.responses.iter().find(|decided| decided.response.name == name));
        let axes = [across?, up?];
        let titles = axes.map(headed);
        let place = |i: usize| Traded {
            name: &answer.names[i],
            by: axes.map(|decided| {
                let mean = decided.standings[i].mean;
                [mean.mean, mean.lower, mean.upper]
            }),
        };
        let alternatives: Vec<Traded> = self.shown.iter().map(|i| place(*i)).collect();
        let mut chart = Frontier {
            heading: self.heading(String::new(), self.intervals("Means, each with its"), None),
            width: Width::Page,
            axes: [0, 1].map(|axis| TradedBy {
                name: &titles[axis][0],
                unit: &axes[axis].response.unit,
                more_is_better: axes[axis].better == Some(Better::Greater),
            }),
            alternatives: &alternatives,
        };
        chart.heading.title = in_title(&undominated(&chart));
        Some(("frontier".to_owned(), frontier(&chart)))
    }

    fn intervals(&self, what: &str) -> String {
        let confidence = super::super::numbers::percent(self.outcome.confidence, 1).replace(".0", "");
        let common = self.outcome.alternatives.iter().map(|result| result.replications).min();
        // Where one of them was chosen, the answer holds what all have.
        let of = match (&self.outcome.selection, common) {
            (Some(_), Some(common)) => format!(", over the first {}, which all have", counted(common as usize, "replication")),
            _ => String::new(),
        };
        format!("{what} {confidence} interval{of}")
    }
}

/// Which alternatives no other betters both in aid and in exposure.
fn in_title(front: &[&str]) -> String {
    match front {
        [] => "Aid delivered, and trucks exposed to incidents".to_owned(),
        [one] => format!("On average {one} delivers most and exposes fewest trucks to incidents"),
        [some @ .., last] if some.len() < 4 => format!(
            "On average no other alternative both delivers more and exposes fewer trucks than {} or {last}",
            some.join(", ")
        ),
        many => format!(
            "{} alternatives are bettered by no other in both aid and exposure, on average",
            many.len()
        ),
    }
}

/// What a response is called, and which way is better.
fn headed(decided: &Decided) -> [String; 2] {
    let name = words::capitalised(&decision::called(decided).replace('`', ""));
    let direction = match decided.better {
        Some(Better::Greater) => "more is better",
        Some(Better::Less) => "less is better",
        None => "",
    };
    [name, direction.to_owned()]
}

fn interval(standing: &Standing) -> Interval {
    let mean = standing.mean;
    Interval {
        mean: mean.mean,
        lower: mean.lower,
        upper: mean.upper,
        place: match standing.verdict {
            Some(Verdict::Best) => Place::Best,
            Some(Verdict::NotDistinguishable) => Place::Open,
            Some(Verdict::NotBest) => Place::Behind,
            None => Place::Unranked,
        },
    }
}
