//! What each alternative falls short of the best one of each replication, by the response that leads.

use super::super::numbers::{counted, of_differences};
use super::answer::{intervals, shown_in};
use super::ends::Telling;
use super::lead::{beside_choice, called, differing};
use super::{Chart, Easel, Numbers, Picture, numbers_of, real, words};
use crate::experiment::Verdict;
use crate::figure::charts::{RegretChart, Regretted, regret};
use crate::stats::Estimate;
use crate::table::{Frame, Row};

/// Its row among the charts.
pub(super) const CHART: Chart = Chart {
    name: "regret",
    shows: "what each alternative falls short of the best one of the same replication by the response that leads: on average, in one replication \
            of ten, at worst",
    when: "the answer of a study by `rafah compare`, and a response that has a direction and differs between alternatives",
    tables: &["decision", "regret"],
    also: &[],
    of_study: true,
    draw: |easel| Ok(draw(easel)),
};

fn draw(easel: &Easel) -> Vec<Picture> {
    let Some((answer, decided)) = differing(easel) else {
        return Vec::new();
    };
    let (scale, unit) = shown_in(decided);
    let regretted = |i: usize| {
        let regret = decided.standings[i].regret?;
        Some(Regretted {
            name: &answer.names[i],
            mean: regret.mean.times(scale),
            p90: regret.p90.times(scale),
            worst: regret.max.value * scale,
        })
    };
    let regrets: Vec<Regretted> = easel.source.shown.iter().filter_map(|i| regretted(*i)).collect();
    // Who is behind least and most is said of all, drawn or not.
    let all: Vec<Regretted> = (0..decided.standings.len()).filter_map(regretted).collect();
    if regrets.is_empty() {
        return Vec::new();
    }
    let called = called(decided);
    let quantity = format!("Regret in {called}");
    let asked = Asked {
        called: &called,
        telling: Telling {
            unit: of_differences(unit),
            confidence: answer.confidence,
        },
        n: decided.n,
        best: decided
            .standings
            .iter()
            .position(|standing| standing.verdict == Some(Verdict::Best)),
        names: &answer.names,
    };
    let chart = RegretChart {
        heading: easel.heading(
            beside_choice(easel, &format!("By {called}: what each alternative falls short of the best of a replication"))
                .unwrap_or_else(|| title(&asked, &all)),
            intervals(
                easel,
                "What each falls short of the best alternative of the same replication: mean, what one replication in ten exceeds, and worst; the first two each with its",
            ),
            None,
        ),
        width: easel.width,
        quantity: &quantity,
        unit: of_differences(unit),
        confidence: answer.confidence,
        n: decided.n,
        regrets: &regrets,
    };
    vec![Picture {
        name: "regret".to_owned(),
        scene: regret(&chart),
        numbers: numbers(&decided.response.name, &chart),
    }]
}

fn numbers(response: &str, chart: &RegretChart) -> Numbers {
    let columns = vec![
        words("alternative", "name of the alternative"),
        words("response", "what is regretted"),
        words("unit", "unit of the numbers; percentage points for shares"),
        real("mean", "", "mean over replications"),
        real("mean_lower", "", "lower end of its interval"),
        real("mean_upper", "", "upper end of it"),
        real("p90", "", "90 % quantile over replications"),
        real("p90_lower", "", "lower end of its interval"),
        real("p90_upper", "", "upper end of it"),
        real("max", "", "greatest over replications"),
    ];
    let table = numbers_of("regret", 1, columns);
    let mut frame = Frame::new(&table);
    for of in chart.regrets {
        let row = frame.row().text(of.name).text(response);
        let row = row.text_or_empty((!chart.unit.is_empty()).then_some(chart.unit));
        let values = [of.mean, of.p90].into_iter().flat_map(|of| [of.value, of.lower, of.upper]);
        values.chain([of.worst]).fold(row, Row::real).end();
    }
    (table, frame)
}

/// What a title says beside the regrets.
struct Asked<'a> {
    called: &'a str,
    telling: Telling<'a>,
    /// Replications.
    n: usize,
    /// The one that is shown to be better than all others, of the alternatives of these names.
    best: Option<usize>,
    names: &'a [String],
}

impl Asked<'_> {
    /// A mean regret with its interval, or what there is in place of one.
    fn told(&self, of: &Estimate) -> String {
        match self.telling.parts(*of) {
            (value, Some(interval)) => format!("{value} on average ({interval})"),
            (value, None) if of.lower.is_finite() => format!("{value} in every replication"),
            (value, None) => format!("{value} on average (too few replications for an interval)"),
        }
    }
}

/// Who has the least regret and who the most, on average; the least belongs to the best mean, which others may share.
fn title(asked: &Asked, regrets: &[Regretted]) -> String {
    let called = asked.called;
    let by_mean = |a: &&Regretted, b: &&Regretted| a.mean.value.total_cmp(&b.mean.value);
    let Some((least, most)) = regrets.iter().min_by(by_mean).zip(regrets.iter().max_by(by_mean)) else {
        return format!("Regret in {called}");
    };
    let never: Vec<&str> = regrets.iter().filter(|of| of.worst <= 0.0).map(|of| of.name).collect();
    let replications = counted(asked.n, "replication");
    let first = match never.as_slice() {
        [one] => format!("{one} is behind another in none of {replications}"),
        [] => {
            let is_sure = asked.best.is_some_and(|best| asked.names[best] == least.name);
            return format!(
                "By {called} {} falls short of the best of a replication least{}, by {}; over these replications {} most, by {}",
                least.name,
                if is_sure { "" } else { ", though not surely" },
                asked.told(&least.mean),
                most.name,
                asked.told(&most.mean)
            );
        }
        several => format!("{} alternatives are behind another in none of {replications}", several.len()),
    };
    let told = asked.told(&most.mean);
    format!("By {called} {first}; {} falls short of the best most, by {told}", most.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn regretted(name: &str, mean: [f64; 3], worst: f64) -> Regretted<'_> {
        let [value, lower, upper] = mean;
        let mean = Estimate { value, lower, upper };
        Regretted {
            name,
            mean,
            p90: mean,
            worst,
        }
    }

    /// The title of regrets of which the first named is shown to be the best, or none.
    fn told(best: Option<&str>, of: &[Regretted]) -> String {
        let names: Vec<String> = best.into_iter().map(str::to_owned).collect();
        let asked = Asked {
            called: "tonnes delivered",
            telling: Telling {
                unit: "t",
                confidence: 0.95,
            },
            n: 60,
            best: best.map(|_| 0),
            names: &names,
        };
        title(&asked, of)
    }

    #[test]
    fn a_title_names_who_is_never_behind_or_least_so() {
        let (a, b) = (
            regretted("a", [120.0, 100.0, 140.0], 300.0),
            regretted("b", [900.0, 700.0, 1100.0], 2000.0),
        );
        assert_eq!(
            told(Some("a"), &[b, a]),
            "By tonnes delivered a falls short of the best of a replication least, by 120 t on average (95 % interval 100 to 140 t); over these \
             replications b most, by 900 t on average (95 % interval 700 to 1,100 t)"
        );
        assert!(told(None, &[b, a]).contains(" least, though not surely, by 120 t"));
        let best = regretted("c", [0.0; 3], 0.0);
        assert_eq!(
            told(Some("c"), &[best, a]),
            "By tonnes delivered c is behind another in none of 60 replications; a falls short of the best most, by 120 t on average (95 % interval 100 \
             to 140 t)"
        );
    }

    #[test]
    fn no_interval_is_told_where_regrets_never_vary_or_are_too_few() {
        let best = regretted("c", [0.0; 3], 0.0);
        assert_eq!(
            told(Some("c"), &[best, regretted("a", [120.0; 3], 120.0)]),
            "By tonnes delivered c is behind another in none of 60 replications; a falls short of the best most, by 120 t in every replication"
        );
        let few = regretted("a", [120.0, f64::NAN, f64::NAN], 120.0);
        assert!(told(Some("c"), &[best, few]).ends_with("by 120 t on average (too few replications for an interval)"));
    }
}
