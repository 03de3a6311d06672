//! Measures: each a function of the rows of one replication, named after the figure that sources publish.
//!
//! `of` says what is measured: a column of `daily`, or a table with the columns and the row meant. What a measure gives are the
//! numbers that its [estimator](super::estimate::Estimator) takes; none where the rows have no such column.

use crate::calendar::DAY_NAMES;
use crate::stats::{mean, sum, variance};
use crate::validate::rows::Rows;

/// A measure of one replication.
pub(super) type Measure = fn(rows: &Rows, of: &[&str]) -> Option<Vec<f64>>;

const THURSDAY: usize = 3;
const SATURDAY: usize = 5;
const SUNDAY: usize = 6;

/// Whether a day is one from Sunday to Thursday.
fn is_working(weekday: usize) -> bool {
    weekday <= THURSDAY || weekday == SUNDAY
}

/// The values of a column of `daily` on the days of the week that are meant.
fn on_days(rows: &Rows, column: &str, meant: impl Fn(usize) -> bool) -> Option<Vec<f64>> {
    let days = rows.days(column)?;
    Some(days.into_iter().filter(|(day, _)| meant(*day)).map(|(_, value)| value).collect())
}

/// `[column]`: the mean over all days.
pub(super) fn mean_per_day(rows: &Rows, of: &[&str]) -> Option<Vec<f64>> {
    Some(vec![mean(&on_days(rows, of.first()?, |_| true)?)])
}

/// `[column]`: how many days had none.
pub(super) fn days_of_none(rows: &Rows, of: &[&str]) -> Option<Vec<f64>> {
    let days = on_days(rows, of.first()?, |_| true)?;
    Some(vec![days.iter().filter(|&&value| value <= 0.0).count() as f64])
}

/// `[column]`: the standard deviation over days that are not Saturdays.
pub(super) fn spread(rows: &Rows, of: &[&str]) -> Option<Vec<f64>> {
    Some(vec![variance(&on_days(rows, of.first()?, |day| day != SATURDAY)?).sqrt()])
}

/// `[column]`: the first autocorrelation of the series without its Saturdays.
pub(super) fn lag_one(rows: &Rows, of: &[&str]) -> Option<Vec<f64>> {
    Some(vec![autocorrelation(&on_days(rows, of.first()?, |day| day != SATURDAY)?)])
}

/// The usual estimator: both factors about the mean of the whole series, over the sum of squares of all of it.
fn autocorrelation(series: &[f64]) -> f64 {
    let centre = mean(series);
    let about: Vec<f64> = series.iter().map(|x| x - centre).collect();
    let neighbours = sum(about.windows(2).map(|pair| pair[0] * pair[1]));
    neighbours / sum(about.iter().map(|x| x * x))
}

/// `[column, day]`: the mean on a day of the week.
pub(super) fn on_weekday(rows: &Rows, of: &[&str]) -> Option<Vec<f64>> {
    let wanted = DAY_NAMES.iter().position(|name| Some(name) == of.get(1))?;
    Some(vec![mean(&on_days(rows, of.first()?, |day| day == wanted)?)])
}

/// `[column]`: the mean over days from Sunday to Thursday.
pub(super) fn working_mean(rows: &Rows, of: &[&str]) -> Option<Vec<f64>> {
    Some(vec![mean(&on_days(rows, of.first()?, is_working)?)])
}

/// `[column]`: the coefficient of variation over days from Sunday to Thursday.
pub(super) fn working_cv(rows: &Rows, of: &[&str]) -> Option<Vec<f64>> {
    let days = on_days(rows, of.first()?, is_working)?;
    Some(vec![variance(&days).sqrt() / mean(&days)])
}

/// `[column]`: the share of days that had some.
pub(super) fn open_share(rows: &Rows, of: &[&str]) -> Option<Vec<f64>> {
    let days = on_days(rows, of.first()?, |_| true)?;
    let open = days.iter().filter(|&&value| value > 0.0).count();
    Some(vec![open as f64 / days.len() as f64])
}

/// `[column]`: the lengths in days of the spells of days that had some; those at either end are as long as they were seen.
pub(super) fn open_spells(rows: &Rows, of: &[&str]) -> Option<Vec<f64>> {
    Some(spells(&on_days(rows, of.first()?, |_| true)?))
}

fn spells(days: &[f64]) -> Vec<f64> {
    days.split(|&value| value <= 0.0)
        .filter(|spell| !spell.is_empty())
        .map(|spell| spell.len() as f64)
        .collect()
}

/// `[column]`: what came on each day on which something came.
pub(super) fn batches(rows: &Rows, of: &[&str]) -> Option<Vec<f64>> {
    let days = on_days(rows, of.first()?, |_| true)?;
    Some(days.into_iter().filter(|&value| value > 0.0).collect())
}

/// `[column]`: what came on days of 20 or more, and what came in all.
pub(super) fn in_great_batches(rows: &Rows, of: &[&str]) -> Option<Vec<f64>> {
    const GREAT: f64 = 20.0;
    let batches = batches(rows, of)?;
    let great = sum(batches.iter().copied().filter(|&size| size >= GREAT));
    Some(vec![great, sum(batches.iter().copied())])
}

/// `[table, column]`: the sum over the rows.
pub(super) fn total(rows: &Rows, of: &[&str]) -> Option<Vec<f64>> {
    let [table, column] = of else { return None };
    Some(vec![sum(rows.numbers(table, column)?)])
}

/// `[table, below, above …]`: the sum of the columns `above`, and that of `below`, over all rows.
pub(super) fn ratio(rows: &Rows, of: &[&str]) -> Option<Vec<f64>> {
    let [table, below, above @ ..] = of else { return None };
    let mut top = 0.0;
    for column in above {
        top += sum(rows.numbers(table, column)?);
    }
    Some(vec![top, sum(rows.numbers(table, below)?)])
}

/// `[table, key, word, below, above]`: two columns of the row whose key is the word; nothing where it has no row.
pub(super) fn ratio_of_row(rows: &Rows, of: &[&str]) -> Option<Vec<f64>> {
    let [table, key, word, below, above] = of else { return None };
    let keys = rows.words(table, key)?;
    let (above, below) = (rows.numbers(table, above)?, rows.numbers(table, below)?);
    let row = keys.iter().position(|held| held == word);
    Some(row.map_or(vec![0.0, 0.0], |row| vec![above[row], below[row]]))
}

/// `[table, key, word, column]`: a column in the row whose key is the word, and its sum over all rows.
pub(super) fn share_of_row(rows: &Rows, of: &[&str]) -> Option<Vec<f64>> {
    let [table, key, word, column] = of else { return None };
    let (keys, values) = (rows.words(table, key)?, rows.numbers(table, column)?);
    let of_row = sum(keys.iter().zip(&values).filter(|(held, _)| *held == word).map(|(_, value)| *value));
    Some(vec![of_row, sum(values.iter().copied())])
}

/// `[escort]`: the pallets that left with it, and the loads on pallets that did; fuel and gas have none.
pub(super) fn pallets_of_loads(rows: &Rows, of: &[&str]) -> Option<Vec<f64>> {
    const WITHOUT: [&str; 2] = ["fuel", "gas"];
    let escort = of.first()?;
    let served = rows.numbers("stage_cargo", "served")?;
    let kinds = rows
        .words("stage_cargo", "stage")?
        .into_iter()
        .zip(rows.words("stage_cargo", "cargo")?);
    let loads = kinds
        .zip(served)
        .filter(|((stage, cargo), _)| stage == escort && !WITHOUT.contains(cargo))
        .map(|(_, served)| served);
    Some(vec![sum(rows.numbers("escorts", "pallets")?), sum(loads)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spells_are_runs_of_days_that_had_some() {
        assert_eq!(spells(&[0.0, 3.0, 1.0, 0.0, 0.0, 2.0]), [2.0, 1.0]);
        assert!(spells(&[0.0]).is_empty());
    }

    #[test]
    fn the_first_autocorrelation_of_a_ramp_is_the_one_worked_out_by_hand() {
        // 1, 2, 3, 4 about 2.5: (−1.5)(−0.5) + (−0.5)(0.5) + (0.5)(1.5) = 1.25 over 5.
        assert!((autocorrelation(&[1.0, 2.0, 3.0, 4.0]) - 0.25).abs() < 1e-12);
    }

    #[test]
    fn working_days_are_sunday_to_thursday() {
        let working: Vec<&str> = (0..7).filter(|&day| is_working(day)).map(|day| DAY_NAMES[day]).collect();
        assert_eq!(working, ["mon", "tue", "wed", "thu", "sun"]);
    }
}
