//! How the mean of the response that leads and its interval settle as replications are added.

use super::super::failure::Failure;
use super::super::numbers::{counted, of_differences, plain_percent};
use super::lead::{Sampled, with_unit};
use super::place::{Place, Way};
use super::{Chart, Easel, Numbers, Picture, numbers_of, real, whole, words};
use crate::figure::charts::{Convergence, Converging, convergence, means_of_first};
use crate::stats::{MeanInterval, mean_interval};
use crate::table::Frame;

/// Its row among the charts.
pub(super) const CHART: Chart = Chart {
    name: "convergence",
    shows: "how the mean and its interval settle as replications are added",
    when: "more than five replications that differ",
    tables: &["replications"],
    also: &[],
    of_study: false,
    draw,
};

fn draw(easel: &Easel) -> Result<Vec<Picture>, Failure> {
    let Some(sampled) = Sampled::lead(easel)? else {
        return Ok(Vec::new());
    };
    let confidence = easel.folder().manifest().confidence;
    let alternatives: Vec<Converging> = (easel.alternatives().iter().zip(&sampled.values))
        .map(|(of, values)| Converging {
            name: &of.name,
            values,
            possible: sampled.possible_means(values),
        })
        .collect();
    let paths: Vec<Vec<MeanInterval>> = alternatives.iter().map(|of| means_of_first(of, confidence)).collect();
    let settles = |path: &Vec<MeanInterval>| path.last().is_some_and(|all| all.half_width() > 0.0);
    if !paths.iter().any(settles) {
        return Ok(Vec::new());
    }
    let finite = |values: &Vec<f64>| values.iter().copied().filter(|x| x.is_finite()).collect();
    let values: Vec<Vec<f64>> = sampled.values.iter().map(finite).collect();
    let headed = sampled.headed();
    let chart = Convergence {
        heading: easel.heading(
            title(&sampled, (&values, &paths), confidence, easel.source.all()),
            easel.subtitle(&format!(
                "How far the mean of the first replications still lies from the mean of all, with its {} interval",
                plain_percent(confidence)
            )),
            easel.only(),
        ),
        width: easel.width,
        quantity: &headed,
        unit: &sampled.unit,
        confidence,
        wanted: wanted(easel, &sampled, &values),
        alternatives: &alternatives,
    };
    Ok(vec![Picture {
        name: "convergence".to_owned(),
        scene: convergence(&chart),
        numbers: numbers(easel, &sampled, &paths),
    }])
}

/// The half-width that was asked for of the mean, in the unit that is drawn; none where it is another in each alternative.
fn wanted(easel: &Easel, sampled: &Sampled, values: &[Vec<f64>]) -> Option<f64> {
    let asked = easel.folder().manifest().precision.as_ref()?;
    let aim = asked.aims.iter().find(|aim| aim.of == "mean" && aim.response == sampled.response)?;
    let scale = if sampled.unit == "%" { 100.0 } else { 1.0 };
    match (aim.absolute, aim.relative, values) {
        (Some(absolute), ..) => Some(absolute * scale),
        // As it is judged: the share is one of the truth.
        (None, Some(relative), [one]) => Some(relative / (1.0 + relative) * mean_interval(one, aim.confidence).mean.abs()),
        _ => None,
    }
}

fn numbers(easel: &Easel, sampled: &Sampled, paths: &[Vec<MeanInterval>]) -> Numbers {
    let columns = vec![
        words("alternative", "name of the scenario or alternative"),
        whole("replications", "replications", "the first so many that gave a value"),
        words("response", "of what"),
        words("unit", "unit of the numbers; % for shares"),
        real("mean", "", "their mean"),
        real("lower", "", "lower end of its interval"),
        real("upper", "", "upper end of it"),
    ];
    let table = numbers_of("convergence", 2, columns);
    let mut frame = Frame::new(&table);
    for (alternative, path) in easel.alternatives().iter().zip(paths) {
        for of in path {
            let row = frame.row().text(&alternative.name).whole(of.n as i64).text(&sampled.response);
            let row = row.text_or_empty((!sampled.unit.is_empty()).then_some(sampled.unit.as_str()));
            row.real(of.mean).real(of.lower).real(of.upper).end();
        }
    }
    (table, frame)
}

/// How well the mean is known after all replications, and was after a quarter of them or the nearest number below that stands in the table of the chart.
/// Of alternatives that are drawn of so many.
fn title(sampled: &Sampled, (values, paths): (&[Vec<f64>], &[Vec<MeanInterval>]), confidence: f64, count: usize) -> String {
    let known: Vec<&[f64]> = values.iter().map(Vec::as_slice).filter(|values| values.len() > 1).collect();
    let least = known.iter().map(|values| values.len()).min().unwrap_or(0);
    let most = known.iter().map(|values| values.len()).max().unwrap_or(0);
    let of_all = |values: &&[f64]| mean_interval(values, confidence).within(sampled.possible_means(values));
    let all: Vec<MeanInterval> = known.iter().map(of_all).collect();
    // As a share of the mean where all have one to speak of; the widest of the alternatives.
    let is_share = sampled.unit != "%" && all.iter().all(|of| of.mean.abs() > 4.0 * of.reach());
    let width = |of: &MeanInterval| {
        if is_share { 100.0 * of.reach() / of.mean.abs() } else { of.reach() }
    };
    let widest = |of: &[MeanInterval]| of.iter().map(width).filter(|x| x.is_finite()).fold(0.0, f64::max);
    let unit = if is_share { "%" } else { of_differences(&sampled.unit) };
    // Of several it is a bound.
    let way = if known.len() > 1 { Way::Up } else { Way::Nearest };
    let told = |x: f64| with_unit(&format!("±{}", Place::of_size(x).rounded(x, way)), unit);
    let bare = sampled.called.strip_prefix("mean ").unwrap_or(&sampled.called);
    let (of_each, or_better, each) = if known.len() > 1 {
        let of_each = if values.len() < count {
            " of each alternative shown"
        } else {
            " of each alternative"
        };
        (of_each, " or better", ", each for itself")
    } else {
        ("", "", "")
    };
    let after = if least == most {
        format!("after {}", counted(most, "replication"))
    } else {
        "after all replications".to_owned()
    };
    let before = match quarter(paths, known.len()) {
        // By chance the first may all be the same, which tells nothing.
        Some(first) if widest(&first) > 1e-9 * widest(&all) => {
            format!(", and was to {}{or_better} after the first {}", told(widest(&first)), first[0].n)
        }
        _ => String::new(),
    };
    let confidence = plain_percent(confidence);
    format!(
        "The mean of {bare}{of_each} is known to {}{or_better} {after} ({confidence} interval{each}){before}",
        told(widest(&all))
    )
}

/// The means of the greatest number of first replications that is no more than a quarter of all and stands in the paths of so many alternatives.
fn quarter(paths: &[Vec<MeanInterval>], known: usize) -> Option<Vec<MeanInterval>> {
    let paths: Vec<&Vec<MeanInterval>> = paths.iter().filter(|path| !path.is_empty()).collect();
    let most = paths.iter().filter_map(|path| path.last()).map(|all| all.n / 4).min()?;
    let at = |n: usize| -> Option<Vec<MeanInterval>> {
        let found = paths.iter().filter_map(|path| path.iter().find(|of| of.n == n));
        Some(found.copied().collect::<Vec<_>>()).filter(|found| found.len() == known)
    };
    let sizes = paths.first()?.iter().map(|of| of.n).filter(|n| *n <= most);
    sizes.rev().find_map(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The title of alternatives with these values.
    fn told(sampled: &Sampled, values: &[Vec<f64>]) -> String {
        let path = |values: &Vec<f64>| {
            let of = Converging {
                name: "a",
                values,
                possible: sampled.possible_means(values),
            };
            means_of_first(&of, 0.95)
        };
        let paths: Vec<Vec<MeanInterval>> = values.iter().map(path).collect();
        title(sampled, (values, &paths), 0.95, values.len())
    }

    fn sampled(unit: &str) -> Sampled {
        Sampled {
            response: "delivered_tonnes".to_owned(),
            called: "tonnes delivered".to_owned(),
            unit: unit.to_owned(),
            values: Vec::new(),
        }
    }

    #[test]
    fn a_title_says_how_well_the_mean_is_known_now_and_was_before() {
        let values: Vec<f64> = (0..100).map(|k| 1000.0 + 10.0 * f64::from(k % 7)).collect();
        let half = |n: usize| mean_interval(&values[..n], 0.95).half_width();
        let mean = mean_interval(&values, 0.95).mean;
        let told = told(&sampled("t"), std::slice::from_ref(&values));
        let n: usize = told.rsplit(' ').next().unwrap().parse().unwrap();
        assert!(n > 20 && n <= 25, "{told}");
        let (all, quarter) = (100.0 * half(100) / mean, 100.0 * half(n) / mean_interval(&values[..n], 0.95).mean);
        assert_eq!(
            told,
            format!(
                "The mean of tonnes delivered is known to ±{all:.2} % after 100 replications (95 % interval), and was to ±{quarter:.2} % after the first {n}"
            )
        );
    }

    #[test]
    fn what_a_title_says_of_the_first_replications_is_a_row_of_the_table_and_none_of_very_few() {
        let values: Vec<f64> = (0..500).map(|k| 1000.0 + 10.0 * f64::from(k * 7 % 11)).collect();
        let of = Converging {
            name: "a",
            values: &values,
            possible: (0.0, f64::INFINITY),
        };
        let path = means_of_first(&of, 0.95);
        let first = quarter(std::slice::from_ref(&path), 1).unwrap()[0].n;
        assert!(first <= 125 && path.iter().any(|row| row.n == first), "{first}");
        assert!(path.iter().all(|row| row.n <= first || row.n > 125));
        // A quarter of ten is fewer than the chart begins with.
        assert!(!told(&sampled("t"), &[values[..10].to_vec()]).contains("after the first"));
        // The first ten all the same: nothing is said of them.
        let alike: Vec<f64> = (0..40).map(|k| if k < 12 { 500.0 } else { 500.0 + f64::from(k) }).collect();
        assert!(!told(&sampled("t"), &[alike]).contains("after the first"));
    }

    #[test]
    fn of_several_what_the_mean_is_known_to_is_a_bound() {
        let values = |spread: f64| (0..60).map(|k| 50_000.0 + spread * f64::from(k % 7)).collect::<Vec<f64>>();
        let several = [values(100.0), values(1_013.0)];
        let told = told(&sampled("t"), &several);
        let reach = |values: &Vec<f64>| {
            let of = mean_interval(values, 0.95);
            100.0 * of.half_width() / of.mean
        };
        let known: f64 = told.split('±').nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
        let most = several.iter().map(reach).fold(0.0, f64::max);
        assert!(
            known >= most && known < 1.1 * most && told.contains(" % or better after 60"),
            "{told}: {most}"
        );
    }

    #[test]
    fn shares_and_means_near_nothing_are_told_in_their_own_units() {
        let values: Vec<f64> = (0..40).map(|k| f64::from(k % 5) - 2.0).collect();
        let half = mean_interval(&values, 0.95).half_width();
        let half = (100.0 * half).ceil() / 100.0;
        assert!(told(&sampled("t"), &[values.clone(), values.clone()]).starts_with(&format!(
            "The mean of tonnes delivered of each alternative is known to ±{half:.2} t or better after 40 replications (95 % interval, each for itself)"
        )));
        assert!(told(&sampled("%"), &[values]).contains("percentage points after 40 replications"));
    }

    #[test]
    fn the_mean_of_a_share_is_not_said_to_reach_beyond_none_or_all() {
        let bounds = |unit: &str, values: &[f64]| sampled(unit).possible_means(values);
        assert_eq!(bounds("%", &[0.0, 100.0, f64::NAN]), (0.0, 100.0));
        assert_eq!(bounds("t", &[0.0, 3.0]), (0.0, f64::INFINITY));
        assert_eq!(bounds("t", &[-1.0, 3.0]), (f64::NEG_INFINITY, f64::INFINITY));
        // One replication of forty at 80 %, all others at 0: Student's interval of the mean of 2 % reaches from below 0 to 6.0 %.
        let values: Vec<f64> = (0..40).map(|k| if k == 7 { 80.0 } else { 0.0 }).collect();
        let cut = mean_interval(&values, 0.95).within(bounds("%", &values));
        assert!(
            mean_interval(&values, 0.95).lower < 0.0 && cut.lower.abs() <= 0.0 && cut.upper > 6.0,
            "{cut:?}"
        );
        assert!(told(&sampled("%"), &[values]).contains("known to ±4.0 percentage points"));
    }
}
