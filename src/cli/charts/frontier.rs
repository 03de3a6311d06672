//! Aid delivered against trucks exposed, as a picture, where a study says of both which way is better.

use super::super::failure::Failure;
use super::answer::{headed, shown_in};
use super::{Easel, Named};
use crate::experiment::Decided;
use crate::figure::Width;
use crate::figure::charts::{Frontier, Traded, TradedBy, frontier, undominated};
use crate::stats::{self, Better};

/// Responses of which one is held against the other, the first upwards: aid, and what it asks.
const TRADED: [&str; 2] = ["delivered_tonnes", "exposure"];

impl Easel<'_> {
    /// Aid against exposure.
    pub(super) fn frontier(&self) -> Result<Option<Named>, Failure> {
        let answer = self.outcome.decision.as_ref();
        let axes = TRADED.map(|name| answer?.responses.iter().find(|decided| decided.response.name == name));
        let (Some(answer), [Some(up), Some(across)]) = (answer, axes) else {
            return Ok(None);
        };
        let (Some(Better::Greater), Some(Better::Less)) = (up.better, across.better) else {
            return Ok(None);
        };
        let axes = [across, up];
        let bettered = self.bettered(axes)?;
        let titles = axes.map(headed);
        let of_one = |(i, name): (usize, _)| Traded {
            name,
            is_bettered: bettered[i],
            by: axes.map(|decided| {
                let (mean, scale) = (decided.standings[i].mean, shown_in(decided).0);
                [mean.mean, mean.lower, mean.upper].map(|x| x * scale)
            }),
        };
        let names = answer.names.iter().map(String::as_str);
        let alternatives: Vec<Traded> = names.enumerate().map(of_one).collect();
        let mut chart = Frontier {
            heading: self.heading(String::new(), self.intervals("Means, each with its"), None),
            width: Width::Page,
            axes: [0, 1].map(|axis| TradedBy {
                name: &titles[axis][0],
                unit: shown_in(axes[axis]).1,
                more_is_better: axes[axis].better == Some(Better::Greater),
            }),
            alternatives: &alternatives,
        };
        chart.heading.title = in_title(&undominated(&chart));
        Ok(Some(("frontier".to_owned(), frontier(&chart))))
    }

    /// By alternative, whether another is shown to be better by both.
    fn bettered(&self, axes: [&Decided; 2]) -> Result<Vec<bool>, Failure> {
        let names = || self.experiment.alternatives.iter().map(|alternative| alternative.name.as_str());
        let mut by = [Vec::new(), Vec::new()];
        for (samples, decided) in by.iter_mut().zip(axes) {
            if !self.folder.has("replications") {
                return Ok(vec![false; names().count()]);
            }
            for name in names() {
                samples.push(self.folder.column("replications", &decided.response.name, name)?);
            }
        }
        let betters = axes.map(|decided| decided.better.unwrap_or(Better::Greater));
        Ok(stats::bettered_in_both(&by, betters, self.outcome.confidence))
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
