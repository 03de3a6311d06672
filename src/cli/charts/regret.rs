//! What each alternative falls short of the best one of each replication, by the response that leads.

use super::super::numbers::{counted, of_differences, plain_percent};
use super::answer::{intervals, shown_in};
use super::lead::{called, lead, with_unit};
use super::{Chart, Easel, Numbers, Picture, numbers_of, real, rounded, words};
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
    of_study: true,
    draw: |easel| Ok(draw(easel)),
};

fn draw(easel: &Easel) -> Vec<Picture> {
    let Some((answer, decided)) = easel.answer().zip(lead(easel)).filter(|(_, decided)| !decided.is_level()) else {
        return Vec::new();
    };
    let (scale, unit) = shown_in(decided);
    let regretted = |&i: &usize| {
        let regret = decided.standings[i].regret?;
        Some(Regretted {
            name: &answer.names[i],
            mean: regret.mean.times(scale),
            p90: regret.p90.times(scale),
            worst: regret.max.value * scale,
        })
    };
    let regrets: Vec<Regretted> = easel.source.shown.iter().filter_map(regretted).collect();
    if regrets.is_empty() {
        return Vec::new();
    }
    let called = called(decided);
    let quantity = format!("Regret in {called}");
    let chart = RegretChart {
        heading: easel.heading(
            title(
                &called,
                of_differences(unit),
                &plain_percent(answer.confidence),
                &regrets,
                decided.n,
            ),
            intervals(
                easel,
                "Mean, 90 % quantile and greatest over replications, the first two with their",
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

/// Who has the least regret and who the most, on average.
fn title(called: &str, unit: &str, confidence: &str, regrets: &[Regretted], n: usize) -> String {
    let by_mean = |a: &&Regretted, b: &&Regretted| a.mean.value.total_cmp(&b.mean.value);
    let Some((least, most)) = regrets.iter().min_by(by_mean).zip(regrets.iter().max_by(by_mean)) else {
        return format!("Regret in {called}");
    };
    let told = |of: &Estimate| {
        let half = (of.upper - of.lower) / 2.0;
        if half > 0.0 {
            let [value, lower, upper] = [of.value, of.lower, of.upper].map(|x| rounded(x, half));
            (with_unit(&value, unit), format!("{lower} to {}", with_unit(&upper, unit)))
        } else {
            (with_unit(&rounded(of.value, of.value), unit), "in every replication".to_owned())
        }
    };
    let (greatest, of_greatest) = told(&most.mean);
    let never: Vec<&str> = regrets.iter().filter(|of| of.worst <= 0.0).map(|of| of.name).collect();
    let replications = counted(n, "replication");
    let first = match never.as_slice() {
        [one] => format!("{one} is behind another in none of {replications}"),
        [] => {
            let (value, interval) = told(&least.mean);
            let name = least.name;
            return format!(
                "By {called} {name} falls short of the best of a replication least, by {value} on average ({confidence} interval {interval}); {} most, by \
                 {greatest} ({of_greatest})",
                most.name
            );
        }
        several => format!("{} alternatives are behind another in none of {replications}", several.len()),
    };
    format!(
        "By {called} {first}; {} falls short of the best most, by {greatest} on average ({confidence} interval {of_greatest})",
        most.name
    )
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

    #[test]
    fn a_title_names_who_is_never_behind_or_least_so() {
        let told = |of: &[Regretted]| title("tonnes delivered", "t", "95 %", of, 60);
        let (a, b) = (
            regretted("a", [120.0, 100.0, 140.0], 300.0),
            regretted("b", [900.0, 700.0, 1100.0], 2000.0),
        );
        assert_eq!(
            told(&[b, a]),
            "By tonnes delivered a falls short of the best of a replication least, by 120 t on average (95 % interval 100 to 140 t); b most, by 900 t \
             (700 to 1,100 t)"
        );
        let best = regretted("c", [0.0; 3], 0.0);
        assert_eq!(
            told(&[best, a]),
            "By tonnes delivered c is behind another in none of 60 replications; a falls short of the best most, by 120 t on average (95 % interval 100 \
             to 140 t)"
        );
    }
}
