//! How the alternatives of a study stand by every response asked for, as a picture.

use super::super::numbers::counted;
use super::super::{decision, words};
use super::{Easel, Named};
use crate::experiment::{Decided, Standing, Verdict};
use crate::figure::Width;
use crate::figure::charts::{Interval, Place, Quantity, Standings, standings};
use crate::stats::Better;

impl Easel<'_> {
    /// How the alternatives stand.
    pub(super) fn standings(&self) -> Option<Named> {
        let answer = self.outcome.decision.as_ref()?;
        let names: Vec<&str> = self.shown.iter().map(|i| answer.names[*i].as_str()).collect();
        let words: Vec<[String; 2]> = answer.responses.iter().map(headed).collect();
        let rows: Vec<Vec<Interval>> = answer
            .responses
            .iter()
            .map(|decided| self.shown.iter().map(|i| interval(decided, &decided.standings[*i])).collect())
            .collect();
        let quantities: Vec<Quantity> = answer
            .responses
            .iter()
            .zip(&words)
            .zip(&rows)
            .map(|((decided, [name, direction]), standings)| Quantity {
                name,
                unit: shown_in(decided).1,
                direction,
                standings,
            })
            .collect();
        // What few replications say of the best is not what was chosen.
        let title = match &self.outcome.selection {
            Some(selection) => {
                let chosen = selection.rows.iter().find(|row| row.selected);
                let chosen = chosen.map_or("none", |row| row.alternative.as_str());
                format!("How the alternatives stand in the replications that all have; chosen is {chosen}")
            }
            None => decision::headline(answer),
        };
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

    pub(super) fn intervals(&self, what: &str) -> String {
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

/// What a response is called, and which way is better.
pub(super) fn headed(decided: &Decided) -> [String; 2] {
    let name = words::capitalised(&decision::called(decided).replace('`', ""));
    let direction = match decided.better {
        Some(Better::Greater) => "more is better",
        Some(Better::Less) => "less is better",
        None => "",
    };
    [name, direction.to_owned()]
}

/// By what its values are multiplied, and the unit they are then in: shares are told in per cent.
pub(super) fn shown_in(decided: &Decided) -> (f64, &str) {
    match decided.response.unit.as_str() {
        "share" => (100.0, "%"),
        unit => (1.0, unit),
    }
}

fn interval(decided: &Decided, standing: &Standing) -> Interval {
    let (mean, scale) = (standing.mean, shown_in(decided).0);
    Interval {
        mean: mean.mean * scale,
        lower: mean.lower * scale,
        upper: mean.upper * scale,
        place: match standing.verdict.filter(|_| !decided.is_level()) {
            Some(Verdict::Best) => Place::Best,
            Some(Verdict::NotDistinguishable) => Place::Open,
            Some(Verdict::NotBest) => Place::Behind,
            None => Place::Unranked,
        },
    }
}
