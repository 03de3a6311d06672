//! How far each alternative may lie from the best of the others, by the response that leads.

use super::super::numbers::{of_differences, plain_percent};
use super::answer::{intervals, shown_in};
use super::lead::{beside_choice, called, differing, with_unit};
use super::place::Place;
use super::{Chart, Easel, Numbers, Picture, numbers_of, real, words};
use crate::experiment::{Decided, Decision};
use crate::figure::charts::{AgainstBest, Contender, against_best};
use crate::stats::Better;
use crate::table::Frame;

/// Its row among the charts.
pub(super) const CHART: Chart = Chart {
    name: "against-best",
    shows: "how far each alternative may lie from the best of the others by the response that leads, for all at once",
    when: "the answer of a study by `rafah compare`, and a response that has a direction and differs between alternatives",
    tables: &["decision"],
    also: &[],
    of_study: true,
    draw: |easel| Ok(draw(easel)),
};

fn draw(easel: &Easel) -> Vec<Picture> {
    let Some((answer, decided)) = differing(easel) else {
        return Vec::new();
    };
    let (scale, unit) = shown_in(decided);
    let contender = |&i: &usize| {
        let (standing, best) = (&decided.standings[i], decided.standings[i].against_best?);
        Some(Contender {
            name: &answer.names[i],
            mean: standing.mean.mean * scale,
            interval: [best.lower * scale, best.upper * scale],
            may_be_best: best.may_be_best,
        })
    };
    let contenders: Vec<Contender> = easel.source.shown.iter().filter_map(contender).collect();
    let called = called(decided);
    // "Mean of mean trucks on the way" says it twice.
    let quantity = format!("Mean of {}", called.strip_prefix("mean ").unwrap_or(&called));
    let chart = AgainstBest {
        heading: easel.heading(
            beside_choice(easel, &format!("By {called}: each alternative against the best of the others"))
                .unwrap_or_else(|| title(answer, decided, &called)),
            intervals(easel, "Mean of each alternative less that of the best of the others, with its"),
            None,
        ),
        width: easel.width,
        quantity: &quantity,
        unit: of_differences(unit),
        more_is_better: decided.better == Some(Better::Greater),
        confidence: answer.confidence,
        n: decided.n,
        contenders: &contenders,
    };
    let response = &decided.response.name;
    vec![Picture {
        name: "against-best".to_owned(),
        scene: against_best(&chart),
        numbers: numbers(response, &chart),
    }]
}

fn numbers(response: &str, chart: &AgainstBest) -> Numbers {
    let columns = vec![
        words("alternative", "name of the alternative"),
        words("response", "what is compared"),
        words("unit", "unit of the numbers; percentage points for shares"),
        real("mean", "", "mean over replications, of shares in per cent"),
        real(
            "lower",
            "",
            "lower end of the interval of its mean less that of the best of the others",
        ),
        real("upper", "", "upper end of it"),
        words("may_be_best", "whether no other is shown to be better: yes or no"),
    ];
    let table = numbers_of("against-best", 1, columns);
    let mut frame = Frame::new(&table);
    for contender in chart.contenders {
        let row = frame.row().text(contender.name).text(response);
        let row = row.text_or_empty((!chart.unit.is_empty()).then_some(chart.unit));
        let [lower, upper] = contender.interval;
        let row = row.real(contender.mean).real(lower).real(upper);
        row.text(if contender.may_be_best { "yes" } else { "no" }).end();
    }
    (table, frame)
}

/// Which may be best, and by how much the others may fall short.
fn title(answer: &Decision, decided: &Decided, called: &str) -> String {
    let (scale, unit) = shown_in(decided);
    let judged = decided.standings.iter().zip(&answer.names);
    let judged: Vec<_> = judged.filter_map(|(standing, name)| Some((standing.against_best?, name))).collect();
    let candidates: Vec<&str> = judged
        .iter()
        .filter(|(best, _)| best.may_be_best)
        .map(|(_, name)| name.as_str())
        .collect();
    let behind: Vec<(f64, &str)> = (judged.iter().filter(|(best, _)| !best.may_be_best))
        .map(|(best, name)| (best.lower.abs().max(best.upper.abs()) * scale, name.as_str()))
        .collect();
    // What they fall short by at most is rounded up.
    let up_to = |most: f64| with_unit(&Place::of_size(most).up(most), of_differences(unit));
    let told = |(most, name): &(f64, &str)| format!("{} ({name})", up_to(*most));
    let least = behind.iter().min_by(|a, b| a.0.total_cmp(&b.0));
    let most = behind.iter().max_by(|a, b| a.0.total_cmp(&b.0));
    let confidence = plain_percent(answer.confidence);
    match (candidates.as_slice(), least.zip(most)) {
        ([best], Some((one, other))) if behind.len() == 1 || one == other => {
            let by = up_to(other.0);
            format!(
                "By {called} {best} is the best; {} falls short of it by up to {by} ({confidence} confidence)",
                other.1
            )
        }
        ([best], Some((least, most))) => {
            format!(
                "By {called} {best} is the best; the others fall short of it by up to {} to {} ({confidence} confidence for all at once)",
                told(least),
                told(most)
            )
        }
        (several, None) => format!(
            "By {called} none of {} alternatives is shown to be worse than another ({confidence} confidence for all at once)",
            several.len()
        ),
        (several, Some(_)) => {
            let names = if several.len() < 4 {
                format!(" ({})", several.join(", "))
            } else {
                String::new()
            };
            let others = if behind.len() == 1 { "other is" } else { "others are" };
            format!(
                "By {called} {} of {} alternatives may be the best{names}; the {others} shown to be worse ({confidence} confidence for all at once)",
                several.len(),
                judged.len()
            )
        }
    }
}
