//! Aid delivered against trucks exposed, as a picture, where a study says of both which way is better.

use super::answer::{headed, intervals, shown_in};
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
    let undominated = |(name, standing): (&'_ String, &Option<OnFront>)| standing.is_some_and(|of| of.undominated).then(|| name.clone());
    let names: Vec<String> = answer.names.iter().zip(&front.standings).filter_map(undominated).collect();
    let others = front.standings.iter().flatten().filter(|standing| !standing.undominated);
    let is_shown = others.clone().count() > 0 && others.clone().all(|standing| standing.bettered_by.is_some());
    let chart = Frontier {
        heading: easel.heading(in_title(&names, is_shown), intervals(easel, "Means, each with its"), None),
        width: easel.width,
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
