//! Aid delivered against trucks exposed, as a picture, where a study says of both which way is better.

use super::answer::{headed, shown_in};
use super::{Easel, Named};
use crate::experiment::OnFront;
use crate::figure::Width;
use crate::figure::charts::{Frontier, Traded, TradedBy, frontier};
use crate::stats::Better;

impl Easel<'_> {
    /// Aid against exposure.
    pub(super) fn frontier(&self) -> Option<Named> {
        let answer = self.outcome.decision.as_ref()?;
        let front = answer.front.as_ref()?;
        let [up, across] = front.responses.map(|place| &answer.responses[place]);
        let axes = [across, up];
        let titles = axes.map(headed);
        let of_one = |&i: &usize| {
            let standing = front.standings[i]?;
            Some(Traded {
                name: &answer.names[i],
                is_undominated: standing.undominated,
                is_bettered: standing.bettered_by.is_some(),
                by: axes.map(|decided| {
                    let (mean, scale) = (decided.standings[i].mean, shown_in(decided).0);
                    [mean.mean, mean.lower, mean.upper].map(|x| x * scale)
                }),
            })
        };
        let alternatives: Vec<Traded> = self.shown.iter().filter_map(of_one).collect();
        let undominated =
            |(name, standing): (&'_ String, &Option<OnFront>)| standing.is_some_and(|of| of.undominated).then(|| name.clone());
        let names: Vec<String> = answer.names.iter().zip(&front.standings).filter_map(undominated).collect();
        let others = front.standings.iter().flatten().filter(|standing| !standing.undominated);
        let is_shown = others.clone().count() > 0 && others.clone().all(|standing| standing.bettered_by.is_some());
        let chart = Frontier {
            heading: self.heading(in_title(&names, is_shown), self.intervals("Means, each with its"), None),
            width: Width::Page,
            axes: [0, 1].map(|axis| TradedBy {
                name: &titles[axis][0],
                unit: shown_in(axes[axis]).1,
                more_is_better: axes[axis].better == Some(Better::Greater),
            }),
            alternatives: &alternatives,
        };
        Some(("frontier".to_owned(), frontier(&chart)))
    }
}

/// Which alternatives no other betters both in aid and in exposure; `is_shown`: of all others it is shown that one does.
fn in_title(front: &[String], is_shown: bool) -> String {
    match front {
        [] => "Aid delivered, and trucks exposed to incidents".to_owned(),
        [one] if is_shown => format!("{one} delivers most and exposes fewest trucks to incidents"),
        [one] => format!("On average, but not surely, {one} delivers most and exposes fewest trucks to incidents"),
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
