//! Tonnes delivered so far, day by day, against the need so far.

use super::super::failure::Failure;
use super::super::numbers::fixed;
use super::days::{Daily, Days, dated_day};
use super::source::Alternative;
use super::{Chart, Easel, Numbers, Picture, dated, from_least_to_most, numbers_of, quantiles_of, real, rounded, whole, words};
use crate::figure::charts::{Accumulated, Cumulative, Quantiles, cumulative, quantiles};
use crate::table::Frame;
use crate::time::Time;

/// Its row among the charts.
pub(super) const CHART: Chart = Chart {
    name: "cumulative",
    shows: "tonnes delivered so far, day by day, against the need so far",
    when: "deliveries, over the same two days or more in all replications",
    tables: &["daily"],
    of_study: false,
    draw,
};

/// Sums of delivered tonnes.
fn draw(easel: &Easel) -> Result<Vec<Picture>, Failure> {
    let alternatives = easel.alternatives();
    let Some(daily) = Daily::read(easel)?.filter(|daily| daily.count > 1) else {
        return Ok(Vec::new());
    };
    let sums: Vec<Vec<Quantiles>> = daily.all.iter().map(so_far).collect();
    let need = needed(&daily, &alternatives[0]);
    let asides: Vec<String> = (daily.all.iter().zip(&sums))
        .map(|(days, sums)| {
            let share = share_at_end(sums, &need).map_or_else(String::new, |[_, median, _]| {
                let of = if easel.only().is_some() { "it has come" } else { "the need" };
                format!("{} of {of} by the end", percent_of(median))
            });
            let said = [daily.own_n(days), share];
            said.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join("; ")
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
            title(&daily, alternatives, &sums, &need),
            easel.subtitle(&format!("Tonnes{of} delivered up to the end of each day{together}")),
            easel.only(),
        ),
        width: easel.width,
        quantity: &format!("Delivered{} so far", daily.what()),
        unit: "t",
        axis: dated(&alternatives[0])
            .stepping((daily.first - 1) as f64, 1.0)
            .until((daily.first - 1) as f64 + daily.count as f64),
        alternatives: &shown,
        need: (&need, &label),
    };
    Ok(vec![Picture {
        name: CHART.name.to_owned(),
        scene: cumulative(&chart),
        numbers: numbers(alternatives, &sums, &need, daily.first),
    }])
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
    fixed(percent, usize::from(percent > 0.0 && percent < 9.95))
}

/// How much has come by the end, and which share of the need that is.
fn title(daily: &Daily, alternatives: &[Alternative], sums: &[Vec<Quantiles>], need: &[f64]) -> String {
    let until = format!(
        "By the end of {}",
        dated_day(&alternatives[0], daily.first + daily.count as i64 - 1)
    );
    let of = daily.of_goods();
    if let [rows] = sums {
        let [low, _, median, _, high] = rows.last().copied().unwrap_or_default();
        let n = daily.all[0].replications;
        let share = share_at_end(rows, need);
        if n == 1 || low >= high {
            let which = if n == 1 { "one replication" } else { "every replication" };
            let share = share.map_or_else(String::new, |[_, median, _]| format!(", {} of the need", percent_of(median)));
            return format!("{until} {which} has delivered {} tonnes{of}{share}", rounded(median, median));
        }
        let share = share.map_or_else(String::new, |[low, median, high]| {
            format!(
                ", {} of the need (middle 90 % of the replications: {} to {})",
                percent_of(median),
                percent_number(low),
                percent_of(high)
            )
        });
        return format!(
            "{until} the median replication has delivered {} tonnes{of}{share}",
            rounded(median, high - low)
        );
    }
    let names: Vec<&str> = alternatives.iter().map(|alternative| alternative.name.as_str()).collect();
    if need.last().is_some_and(|need| *need > 0.0) {
        let shares: Vec<f64> = sums
            .iter()
            .map(|rows| share_at_end(rows, need).map_or(f64::NAN, |s| s[1]))
            .collect();
        let which = format!("Share of the need{of} delivered {} in the median replication", until.to_lowercase());
        return which + &from_least_to_most(&names, &shares, percent_within);
    }
    let ends: Vec<f64> = sums.iter().map(|rows| rows.last().map_or(f64::NAN, |row| row[2])).collect();
    format!(
        "Tonnes delivered {} in the median replication{}",
        until.to_lowercase(),
        from_least_to_most(&names, &ends, rounded)
    )
}

/// A share of the need in per cent, to the digits that tell alternatives apart.
fn percent_within(share: f64, spread: f64) -> String {
    format!("{}\u{a0}%", rounded(100.0 * share, (100.0 * spread).max(10.0)))
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
    }
}
