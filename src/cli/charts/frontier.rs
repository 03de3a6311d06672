//! Aid delivered against trucks exposed, as a picture, where a study says of both which way is better.

use super::answer::{headed, intervals, shown_in};
use super::lead::beside_choice;
use super::{Chart, Easel, Numbers, Picture, numbers_of, real, words};
use crate::experiment::{Decided, OnFront};
use crate::figure::charts::{Frontier, Traded, TradedBy, frontier};
use crate::stats::Better;
use crate::table::{Frame, Row};

/// Its row among the charts.
pub(super) const CHART: Chart = Chart {
    name: "frontier",
    shows: "aid delivered against trucks exposed to incidents, and which alternatives no other betters in both",
    when: "a study that asks for delivered_tonnes (more is better) and exposure (less is better)",
    tables: &["decision", "frontier"],
    also: &[],
    of_study: true,
    draw: |easel| Ok(draw(easel)),
};

/// Aid against exposure.
fn draw(easel: &Easel) -> Vec<Picture> {
    let Some((answer, front)) = easel.answer().and_then(|answer| Some((answer, answer.front.as_ref()?))) else {
        return Vec::new();
    };
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
    let alternatives: Vec<Traded> = easel.source.shown.iter().filter_map(of_one).collect();
    let title = beside_choice(easel, "Aid delivered, and trucks exposed to incidents");
    let chart = Frontier {
        heading: easel.heading(
            title.unwrap_or_else(|| in_title(&answer.names, &front.standings)),
            intervals(easel, "Means, each with its"),
            None,
        ),
        width: easel.width,
        confidence: answer.confidence,
        axes: [0, 1].map(|axis| TradedBy {
            name: &titles[axis][0],
            unit: shown_in(axes[axis]).1,
            more_is_better: axes[axis].better == Some(Better::Greater),
        }),
        alternatives: &alternatives,
    };
    vec![Picture {
        name: "frontier".to_owned(),
        scene: frontier(&chart),
        numbers: numbers([up, across], &chart),
    }]
}

fn numbers(traded: [&Decided; 2], chart: &Frontier) -> Numbers {
    let yes_or_no = |is: bool| if is { "yes" } else { "no" };
    let mut columns = vec![words("alternative", "name of the alternative")];
    for (decided, axis) in traded.into_iter().zip([&chart.axes[1], &chart.axes[0]]) {
        let name = &decided.response.name;
        columns.push(real(name, axis.unit, "mean over replications"));
        columns.push(real(&format!("{name}_lower"), axis.unit, "lower end of its interval"));
        columns.push(real(&format!("{name}_upper"), axis.unit, "upper end of it"));
    }
    columns.push(words(
        "undominated",
        "whether no other alternative is better by both means: yes or no",
    ));
    columns.push(words("bettered", "whether another is shown to be better by both: yes or no"));
    let table = numbers_of("frontier", 1, columns);
    let mut frame = Frame::new(&table);
    for traded in chart.alternatives {
        let [across, up] = traded.by;
        let row = up.into_iter().chain(across).fold(frame.row().text(traded.name), Row::real);
        row.text(yes_or_no(traded.is_undominated)).text(yes_or_no(traded.is_bettered)).end();
    }
    (table, frame)
}

/// Which alternatives are on the frontier by their means, and of how many others it is shown that they are not.
fn in_title(names: &[String], standings: &[Option<OnFront>]) -> String {
    let judged = || {
        names
            .iter()
            .zip(standings)
            .filter_map(|(name, standing)| Some((name.as_str(), (*standing)?)))
    };
    let front: Vec<&str> = judged().filter(|(_, of)| of.undominated).map(|(name, _)| name).collect();
    let others = judged().filter(|(_, of)| !of.undominated).count();
    let shown = judged().filter(|(_, of)| !of.undominated && of.bettered_by.is_some()).count();
    let of_others = match (others, shown) {
        (0, _) => String::new(),
        (1, 1) => "; the other is shown to be bettered in both".to_owned(),
        (all, shown) if all == shown => format!("; the other {all} are shown to be bettered in both"),
        (1, _) => "; the other is not shown to be bettered in both".to_owned(),
        (all, 0) => format!("; none of the other {all} is shown to be bettered in both"),
        (all, shown) => format!(
            "; {shown} of the other {all} {} shown to be bettered in both",
            if shown == 1 { "is" } else { "are" }
        ),
    };
    match front.as_slice() {
        [] => "Aid delivered, and trucks exposed to incidents".to_owned(),
        // Whoever is bettered is so by another that is bettered itself, or by this one: all of them are by this one.
        [one] if others == shown && others > 0 => {
            format!(
                "{one} alone is on the frontier: it delivers most and exposes fewest trucks to incidents, which is shown against all others"
            )
        }
        [one] => format!(
            "On average {one} alone is on the frontier: no other delivers more or exposes fewer trucks to incidents, and it betters all others{of_others}"
        ),
        [some @ .., last] if some.len() < 4 => format!(
            "On average {} and {last} are on the frontier: no other both delivers more and exposes fewer trucks{of_others}",
            some.join(", ")
        ),
        many => format!(
            "On average {} of {} alternatives are on the frontier: no other both delivers more and exposes fewer trucks than one of them{of_others}",
            many.len(),
            many.len() + others
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_says_who_is_on_the_frontier_and_of_how_many_others_it_is_shown_that_they_are_not() {
        let names = ["a", "b", "c", "d"].map(str::to_owned);
        let on = Some(OnFront {
            undominated: true,
            bettered_by: None,
        });
        let open = Some(OnFront {
            undominated: false,
            bettered_by: None,
        });
        let off = Some(OnFront {
            undominated: false,
            bettered_by: Some(0),
        });
        assert_eq!(
            in_title(&names, &[on, on, off, off]),
            "On average a and b are on the frontier: no other both delivers more and exposes fewer trucks; the other 2 are shown to be bettered in both"
        );
        let ends = |standings: &[Option<OnFront>], words: &str| {
            let told = in_title(&names, standings);
            assert!(told.ends_with(words), "{told}");
        };
        ends(&[on, on, off, open], "; 1 of the other 2 is shown to be bettered in both");
        ends(&[on, on, open, open], "; none of the other 2 is shown to be bettered in both");
        ends(&[on, on, open, None], "; the other is not shown to be bettered in both");
        // Nothing but what is shown is said without "on average".
        assert!(in_title(&names, &[on, off, off, None]).starts_with("a alone is on the frontier: it delivers most"));
        assert!(in_title(&names, &[on, off, open, open]).starts_with("On average a alone is on the frontier"));
    }
}
