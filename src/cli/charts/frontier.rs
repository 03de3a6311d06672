//! Aid delivered against trucks exposed, as a picture, where a study says of both which way is better.

use super::super::failure::Failure;
use super::answer::{headed, intervals, shown_in};
use super::{Easel, Numbers, Picture, numbers_of, real, words};
use crate::experiment::Decided;
use crate::figure::charts::{Frontier, Traded, TradedBy, frontier, undominated};
use crate::stats::{self, Better};
use crate::table::Frame;

/// Responses of which one is held against the other, the first upwards: aid, and what it asks.
const TRADED: [&str; 2] = ["delivered_tonnes", "exposure"];

/// Aid against exposure.
pub(super) fn draw(easel: &Easel) -> Result<Vec<Picture>, Failure> {
    let answer = easel.answer();
    let axes = TRADED.map(|name| answer?.responses.iter().find(|decided| decided.response.name == name));
    let (Some(answer), [Some(up), Some(across)]) = (answer, axes) else {
        return Ok(Vec::new());
    };
    let (Some(Better::Greater), Some(Better::Less)) = (up.better, across.better) else {
        return Ok(Vec::new());
    };
    let axes = [across, up];
    let bettered = bettered(easel, axes)?;
    let titles = axes.map(headed);
    let of_one = |(&i, is_bettered): (&usize, bool)| Traded {
        name: &answer.names[i],
        is_bettered,
        by: axes.map(|decided| {
            let (mean, scale) = (decided.standings[i].mean, shown_in(decided).0);
            [mean.mean, mean.lower, mean.upper].map(|x| x * scale)
        }),
    };
    let alternatives: Vec<Traded> = easel.source.shown.iter().zip(bettered).map(of_one).collect();
    let mut chart = Frontier {
        heading: easel.heading(String::new(), intervals(easel, "Means, each with its"), None),
        width: easel.width,
        axes: [0, 1].map(|axis| TradedBy {
            name: &titles[axis][0],
            unit: shown_in(axes[axis]).1,
            more_is_better: axes[axis].better == Some(Better::Greater),
        }),
        alternatives: &alternatives,
    };
    chart.heading.title = in_title(&undominated(&chart));
    Ok(vec![Picture {
        name: "frontier".to_owned(),
        scene: frontier(&chart),
        numbers: numbers(&chart),
    }])
}

fn numbers(chart: &Frontier) -> Numbers {
    let mut columns = vec![words("alternative", "name of the alternative")];
    for (name, axis) in TRADED.into_iter().zip([&chart.axes[1], &chart.axes[0]]) {
        columns.push(real(name, axis.unit, "mean over replications"));
        columns.push(real(&format!("{name}_lower"), axis.unit, "lower end of its interval"));
        columns.push(real(&format!("{name}_upper"), axis.unit, "upper end of it"));
    }
    columns.push(words(
        "bettered",
        "whether another alternative is shown to be better by both: yes or no",
    ));
    let table = numbers_of("frontier", 1, columns);
    let mut frame = Frame::new(&table);
    for traded in chart.alternatives {
        let [across, up] = traded.by;
        let row = up
            .into_iter()
            .chain(across)
            .fold(frame.row().text(traded.name), crate::table::Row::real);
        row.text(if traded.is_bettered { "yes" } else { "no" }).end();
    }
    (table, frame)
}

/// By alternative that is drawn, whether another of these is shown to be better by both.
fn bettered(easel: &Easel, axes: [&Decided; 2]) -> Result<Vec<bool>, Failure> {
    let mut by = [Vec::new(), Vec::new()];
    for (samples, decided) in by.iter_mut().zip(axes) {
        for alternative in easel.alternatives() {
            samples.push(easel.folder().column("replications", &decided.response.name, &alternative.name)?);
        }
    }
    // Of alternatives that have not the same number of replications those count that all have.
    let common = by.iter().flatten().map(Vec::len).min().unwrap_or(0);
    by.iter_mut().flatten().for_each(|sample| sample.truncate(common));
    let betters = axes.map(|decided| decided.better.unwrap_or(Better::Greater));
    Ok(stats::bettered_in_both(&by, betters, easel.folder().manifest().confidence))
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
