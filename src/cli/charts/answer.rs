//! How the alternatives of a study stand by every response asked for, as a picture.

use super::super::numbers::{counted, plain_percent, scaled};
use super::super::{decision, words};
use super::lead::beside_choice;
use super::{Chart, Easel, Numbers, Picture, numbers_of, real, words as column};
use crate::experiment::{Decided, Decision, Standing, Verdict};
use crate::figure::charts::{Interval, Place, Quantity, Standings, standings};
use crate::stats::Better;
use crate::table::Frame;

/// Its row among the charts.
pub(super) const CHART: Chart = Chart {
    name: "decision",
    shows: "how the alternatives stand by each response that the study asks for: means, intervals, which may be the best",
    when: "the answer of a study by `rafah compare`",
    tables: &["decision", "comparison"],
    also: &[],
    of_study: true,
    draw: |easel| Ok(draw(easel)),
};

/// How the alternatives stand.
fn draw(easel: &Easel) -> Vec<Picture> {
    let Some(answer) = easel.answer() else { return Vec::new() };
    let shown = &easel.source.shown;
    let names: Vec<&str> = shown.iter().map(|i| answer.names[*i].as_str()).collect();
    let words: Vec<[String; 2]> = answer.responses.iter().map(headed).collect();
    let rows: Vec<Vec<Interval>> = answer
        .responses
        .iter()
        .map(|decided| shown.iter().map(|i| interval(decided, &decided.standings[*i])).collect())
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
    let what = intervals(easel, "Mean of every alternative with its") + "; marks hold for all alternatives at once";
    let title = beside_choice(easel, "How the alternatives stand").unwrap_or_else(|| decision::headline(answer));
    let chart = Standings {
        heading: easel.heading(title, what, None),
        width: easel.width,
        confidence: easel.folder().manifest().confidence,
        names: &names,
        quantities: &quantities,
    };
    vec![Picture {
        name: "decision".to_owned(),
        scene: standings(&chart),
        numbers: numbers(answer, &quantities, &names),
    }]
}

fn numbers(answer: &Decision, quantities: &[Quantity], names: &[&str]) -> Numbers {
    let table = numbers_of(
        "decision",
        2,
        vec![
            column("alternative", "name of the alternative"),
            column("response", "a response that the study asks for"),
            column("unit", "unit of the numbers; % for shares"),
            real("mean", "", "mean over replications"),
            real("lower", "", "lower end of its interval"),
            real("upper", "", "upper end of it"),
            column("verdict", "as in the table `decision`, where it is drawn"),
        ],
    );
    let mut frame = Frame::new(&table);
    for (i, name) in names.iter().enumerate() {
        for (decided, quantity) in answer.responses.iter().zip(quantities) {
            let shown = &quantity.standings[i];
            let row = frame.row().text(name).text(&decided.response.name);
            let row = if quantity.unit.is_empty() {
                row.empty()
            } else {
                row.text(quantity.unit)
            };
            let row = row.real(shown.mean).real(shown.lower).real(shown.upper);
            let verdict = match shown.place {
                Place::Best => Some(Verdict::Best),
                Place::Open => Some(Verdict::NotDistinguishable),
                Place::Behind => Some(Verdict::NotBest),
                Place::Unranked => None,
            };
            match verdict {
                Some(verdict) => row.text(verdict.words()).end(),
                None => row.empty().end(),
            }
        }
    }
    (table, frame)
}

/// Of which confidence intervals are, and over which replications.
pub(super) fn intervals(easel: &Easel, what: &str) -> String {
    let confidence = plain_percent(easel.folder().manifest().confidence);
    // Where one of them was chosen, the answer holds what all have.
    let of = easel.source.chosen_over().map_or(String::new(), |common| {
        format!(", over the first {}, which all have", counted(common as usize, "replication"))
    });
    format!("{what} {confidence} interval{of}")
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
    scaled(&decided.response.unit)
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
