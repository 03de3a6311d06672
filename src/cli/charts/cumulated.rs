//! Tonnes delivered so far, day by day, against the need so far.

use super::super::failure::Failure;
use super::super::numbers::fixed;
use super::days::{Daily, Days, dated_day};
use super::ends::{Several, Telling};
use super::place::{Way, exact};
use super::source::Alternative;
use super::{Chart, Easel, Numbers, Picture, dated, numbers_of, quantiles_of, real, whole, words};
use crate::figure::charts::{Accumulated, Cumulative, Quantiles, cumulative, quantiles};
use crate::stats::{self, Estimate};
use crate::table::Frame;
use crate::time::Time;

/// Its row among the charts.
pub(super) const CHART: Chart = Chart {
    name: "cumulative",
    shows: "tonnes delivered so far, day by day, against the need so far",
    when: "deliveries, over the same two days or more in all replications",
    tables: &["daily"],
    also: &["daily_cargo"],
    of_study: false,
    draw,
};

/// Sums of delivered tonnes.
fn draw(easel: &Easel) -> Result<Vec<Picture>, Failure> {
    easel.by_period(of_period)
}

fn of_period(easel: &Easel) -> Result<Option<Picture>, Failure> {
    let alternatives = easel.alternatives();
    let Some(daily) = Daily::read(easel)?.filter(|daily| daily.count > 1) else {
        return Ok(None);
    };
    let sums: Vec<Vec<Quantiles>> = daily.all.iter().map(so_far).collect();
    let need = needed(&daily, &alternatives[daily.base]);
    let asides: Vec<String> = (daily.all.iter().zip(&sums))
        .map(|(days, sums)| {
            let share = share_at_end(sums, &need).map_or_else(String::new, |[_, median, _]| {
                let of = if easel.only().is_some() { "it has come" } else { "the need" };
                format!("{} of {of} by the end", percent_of(median))
            });
            daily.aside(days, share)
        })
        .collect();
    let shown: Vec<Accumulated> = (alternatives.iter().zip(&sums).zip(&asides))
        .map(|((alternative, rows), aside)| Accumulated {
            name: &alternative.name,
            rows,
            aside,
        })
        .collect();
    let of = daily.of_goods();
    let together = if daily.need.as_ref().is_some_and(|need| need.several) {
        "; more of one kind of goods stands in for less of another"
    } else {
        ""
    };
    let label = daily.need.as_ref().map_or_else(String::new, super::need::Need::label);
    let chart = Cumulative {
        heading: easel.heading(
            title(
                &daily,
                alternatives,
                (&sums, &need),
                (easel.folder().manifest().confidence, easel.source.all()),
            ),
            easel.subtitle(&format!("Tonnes{of} delivered up to the end of each day{together}")),
            easel.only(),
        ),
        width: easel.width,
        quantity: &format!("Delivered{} so far", daily.what()),
        unit: "t",
        axis: dated(&alternatives[daily.base])
            .stepping((daily.first - 1) as f64, 1.0)
            .until((daily.first - 1) as f64 + daily.count as f64),
        alternatives: &shown,
        need: (&need, &label),
    };
    Ok(Some(Picture {
        name: easel.named_by_period(CHART.name),
        scene: cumulative(&chart),
        numbers: numbers(alternatives, &sums, &need, daily.first),
    }))
}

/// Quantiles over replications of the sum up to the end of each day.
fn so_far(days: &Days) -> Vec<Quantiles> {
    let mut sums: Vec<f64> = vec![0.0; days.each().count()];
    if sums.is_empty() {
        return Vec::new();
    }
    let day = |day: usize| {
        for (sum, tonnes) in sums.iter_mut().zip(days.each()) {
            *sum += tonnes[day];
        }
        quantiles(&mut sums.clone())
    };
    (0..days.count).map(day).collect()
}

/// What was needed from the beginning of the period up to the end of each day; empty for no need.
fn needed(daily: &Daily, alternative: &Alternative) -> Vec<f64> {
    let Some(need) = &daily.need else { return Vec::new() };
    let horizon = &alternative.loaded.scenario.horizon;
    let (begin, end) = (Time::ZERO + horizon.warm_up, Time::ZERO + horizon.length);
    let until = |k: usize| {
        // The day numbered 1 is the calendar day 0.
        let over = horizon.origin.start_of_day(daily.first + k as i64).min(end);
        need.tonnes_per_day * (over - begin).as_days()
    };
    (0..daily.count).map(until).collect()
}

/// The 5 %, 50 % and 95 % quantiles of the share of the need that had come by the end.
fn share_at_end(sums: &[Quantiles], need: &[f64]) -> Option<[f64; 3]> {
    let (last, need) = sums.last().zip(need.last())?;
    (*need > 0.0).then(|| [0, 2, 4].map(|p: usize| last[p] / need))
}

/// A share in whole per cent; of less than 10 % with a decimal.
fn percent_of(share: f64) -> String {
    format!("{}\u{a0}%", percent_number(share))
}

fn percent_number(share: f64) -> String {
    let percent = 100.0 * share;
    // What is short of all is not told as all.
    fixed(
        percent,
        usize::from(percent > 0.0 && percent < 9.95 || (99.5..100.0).contains(&percent)),
    )
}

/// What has come by the end, over replications from the least to the greatest.
fn at_end(days: &Days) -> Vec<f64> {
    let sums: Vec<f64> = days.each().map(|days| days.iter().fold(0.0, |sum, tonnes| sum + tonnes)).collect();
    stats::sorted(&sums)
}

/// The median over replications of what has come by the end, with its interval by order statistics.
fn median_at_end(days: &Days, confidence: f64) -> Estimate {
    let sums = at_end(days);
    let (lower, upper) = stats::quantile_interval(&sums, 0.5, confidence).map_or((f64::NAN, f64::NAN), |found| (found.lower, found.upper));
    Estimate {
        value: stats::quantile(&sums, 0.5),
        lower,
        upper,
    }
}

/// How much has come by the end, and which share of the need that is; of several alternatives of so many, drawn or not.
fn title(
    daily: &Daily,
    alternatives: &[Alternative],
    (sums, need): (&[Vec<Quantiles>], &[f64]),
    (confidence, all): (f64, usize),
) -> String {
    let last = dated_day(&alternatives[daily.base], daily.first + daily.count as i64 - 1);
    if let [rows] = sums {
        return format!("By the end of {last} {}", of_one(daily, rows, need, confidence));
    }
    let of = daily.of_goods();
    let (what, unit, factor) = match need.last() {
        Some(need) if *need > 0.0 => ("Share of the need", "%", 100.0 / need),
        _ => ("Tonnes", "", 1.0),
    };
    let telling = Telling { unit, confidence };
    let names = alternatives.iter().map(|alternative| alternative.name.as_str());
    let medians = (daily.all.iter()).map(|days| median_at_end(days, telling.at_once(all)).times(factor));
    format!(
        "{what}{of} delivered by the end of {last} in the median replication{}",
        telling.several(&Several {
            of: &names.zip(medians).collect::<Vec<_>>(),
            all,
            way: Way::Nearest
        })
    )
}

/// The same of an only alternative.
fn of_one(daily: &Daily, rows: &[Quantiles], need: &[f64], confidence: f64) -> String {
    let of = daily.of_goods();
    let days = &daily.all[daily.base];
    let found = median_at_end(days, confidence);
    let percent = need.last().filter(|need| **need > 0.0).map(|need| found.times(100.0 / need));
    let percent = percent.map(|found| Telling { unit: "%", confidence }.parts(found).0);
    if let Some(which) = all_alike(&at_end(days)) {
        let share = percent.map_or_else(String::new, |percent| format!(", {percent} of the need"));
        return format!("{which} has delivered {} tonnes{of}{share}", exact(found.value));
    }
    let share = (percent.zip(share_at_end(rows, need))).map_or_else(String::new, |(percent, [low, _, high])| {
        let (low, high) = (percent_number(low), percent_number(high));
        let middle = if low == high {
            String::new()
        } else {
            format!(" (middle 90 % of the replications: {low} to {high} %)")
        };
        format!(", {percent} of the need{middle}")
    });
    let (value, interval) = Telling { unit: "", confidence }.parts(found);
    let interval = interval.map_or_else(String::new, |interval| format!(" ({interval})"));
    format!("the median replication has delivered {value} tonnes{of}{interval}{share}")
}

/// Which replications have what is told of the only one, or of all where the least and the greatest are told as the same; none where they differ.
fn all_alike(sorted: &[f64]) -> Option<&'static str> {
    let (least, greatest) = sorted.first().zip(sorted.last())?;
    match sorted.len() {
        1 => Some("one replication"),
        _ if exact(*least) == exact(*greatest) => Some("every replication"),
        _ => None,
    }
}

fn numbers(alternatives: &[Alternative], sums: &[Vec<Quantiles>], need: &[f64], first: i64) -> Numbers {
    let mut columns = vec![
        words("alternative", "name of the scenario or alternative"),
        whole("day", "", "from 1"),
        words("date", "its date"),
    ];
    columns.extend(quantiles_of("tonnes", "t"));
    columns.push(real("need_tonnes", "t", "needed up to the end of the day; empty for none"));
    let table = numbers_of("cumulative", 2, columns);
    let mut frame = Frame::new(&table);
    for (alternative, rows) in alternatives.iter().zip(sums) {
        for (k, quantiles) in rows.iter().enumerate() {
            let day = first + k as i64;
            let row = frame.row().text(&alternative.name).whole(day).text(&dated_day(alternative, day));
            let row = quantiles.iter().fold(row, |row, value| row.real(*value));
            row.real(need.get(k).copied().unwrap_or(f64::NAN)).end();
        }
    }
    (table, frame)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_taken_within_replications_and_quantiles_over_them() {
        let days = Days {
            first: 3,
            count: 2,
            replications: 3,
            tonnes: vec![1.0, 10.0, 2.0, 0.0, 3.0, 5.0],
            closed: vec![0.0; 6],
            incidents: vec![0.0; 6],
        };
        let rows = so_far(&days);
        assert_eq!(rows.iter().map(|row| row[2]).collect::<Vec<f64>>(), [2.0, 8.0]);
        assert!((share_at_end(&rows, &[5.0, 16.0]).unwrap()[1] - 0.5).abs() < 1e-12);
        assert!(share_at_end(&rows, &[]).is_none());
        let median = median_at_end(&days, 0.5);
        assert!((median.value, median.lower, median.upper) == (8.0, 2.0, 11.0), "{median:?}");
    }

    #[test]
    fn one_replication_apart_is_enough_for_every_replication_not_to_have_the_same() {
        let mut sums = vec![6_562.3; 40];
        assert_eq!(all_alike(&sums), Some("every replication"));
        sums[0] = 1_589.2;
        assert_eq!(all_alike(&sums), None);
        assert_eq!(all_alike(&sums[..1]), Some("one replication"));
        assert_eq!(all_alike(&[]), None);
    }

    #[test]
    fn a_share_short_of_all_is_not_told_as_all() {
        assert_eq!([0.996, 1.0, 0.04, 0.23].map(percent_number), ["99.6", "100", "4.0", "23"]);
    }
}
