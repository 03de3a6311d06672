//! The lines and columns in which a heat map lays the values of a queue, and how these lines differ: hours of the day, or days of the week.

use super::super::words::listed;
use super::dated;
use super::heat::Queue;
use super::source::Alternative;
use crate::figure::TimeAxis;
use crate::figure::charts::Lines;
use crate::stats;
use crate::time::{Duration, Time};

/// How the values lie in lines and columns.
pub(super) struct Grid {
    pub(super) lines: Lines,
    pub(super) is_daily: bool,
    /// The calendar day of the first value; 0 is the day of the start.
    first_day: i64,
}

impl Grid {
    /// None where there are less than two columns.
    pub(super) fn of(queue: &Queue) -> Option<Grid> {
        let (first, last) = (*queue.times_h.first()?, *queue.times_h.last()?);
        let origin = &queue.alternative.loaded.scenario.horizon.origin;
        let [first, last] = [first, last].map(|hours| Time::ZERO + Duration::from_hours(hours));
        let first_day = origin.day_index(first);
        let lines = if queue.is_daily {
            Lines::Weekdays(origin.weekday(first_day))
        } else {
            Lines::Hours((first - origin.day_start(first)).as_hours() as usize)
        };
        (origin.day_index(last) > first_day).then_some(Grid {
            lines,
            is_daily: queue.is_daily,
            first_day,
        })
    }

    pub(super) fn axis(&self, alternative: &Alternative) -> TimeAxis {
        match self.lines {
            Lines::Hours(_) => dated(alternative).stepping(self.first_day as f64, 1.0),
            Lines::Weekdays(weekday) => dated(alternative).stepping(self.first_day as f64 - weekday as f64, 7.0),
        }
    }

    /// Lines of a column, and that of the first value.
    fn size(&self) -> (usize, usize) {
        match self.lines {
            Lines::Hours(first) => (24, first),
            Lines::Weekdays(first) => (7, first),
        }
    }

    /// The line of a value.
    pub(super) fn line(&self, index: usize) -> usize {
        let (count, first) = self.size();
        (first + index) % count
    }

    /// What a line is called in a sentence.
    fn named(&self, line: usize) -> String {
        match self.lines {
            Lines::Hours(_) => format!("from {line:02}:00 to {:02}:00", line + 1),
            Lines::Weekdays(_) => format!("on {}s", WEEKDAYS[line]),
        }
    }

    /// The values of each line, column by column.
    fn by_line(&self, values: &[f64]) -> Vec<Vec<(usize, f64)>> {
        let (count, first) = self.size();
        let mut lines = vec![Vec::new(); count];
        for (index, value) in values.iter().enumerate() {
            lines[self.line(index)].push(((first + index) / count, *value));
        }
        lines
    }
}

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// How the lines of a queue differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern {
    /// The lines on which no truck ever waits.
    idle: Vec<usize>,
    /// Of the others the line on which fewest wait and that on which most do, where these differ clearly.
    ends: Option<[usize; 2]>,
}

impl Grid {
    /// The pattern of values. Two lines differ clearly where it is by a quarter, and by more than chance makes the first and last of so many lines differ
    /// (Bonferroni).
    pub(super) fn pattern(&self, values: &[f64]) -> Pattern {
        let lines = self.by_line(values);
        let mean = |line: usize| stats::mean(&lines[line].iter().map(|(_, value)| *value).collect::<Vec<f64>>());
        let order = |a: &usize, b: &usize| mean(*a).total_cmp(&mean(*b));
        let is_idle = |line: &usize| lines[*line].iter().all(|(_, value)| *value <= 0.0);
        let (idle, rest): (Vec<usize>, Vec<usize>) = (0..lines.len()).filter(|line| !lines[*line].is_empty()).partition(is_idle);
        let ends = rest.iter().copied().min_by(order).zip(rest.iter().copied().max_by(order));
        let is_clear =
            |(least, most): &(usize, usize)| mean(*most) >= 1.25 * mean(*least) && is_clear(&lines[*most], &lines[*least], rest.len());
        Pattern {
            idle,
            ends: ends.filter(is_clear).map(|(least, most)| [least, most]),
        }
    }

    pub(super) fn told(&self, pattern: &Pattern) -> String {
        let when = if self.is_daily { "day of the week" } else { "hour of the day" };
        let ends = pattern
            .ends
            .map(|[least, most]| format!("more trucks wait {} than {}", self.named(most), self.named(least)));
        let idle = match (pattern.idle.as_slice(), ends.is_some()) {
            ([], _) => None,
            (lines, false) => Some(format!("no truck waits {}", self.together(lines))),
            (lines, true) => Some(format!("none {}", self.together(lines))),
        };
        match (ends, idle) {
            (Some(ends), Some(idle)) => format!("{ends}, and {idle}"),
            (Some(told), None) | (None, Some(told)) => told,
            (None, None) => format!("at no {when} clearly more trucks wait than at another"),
        }
    }

    /// Several lines in a sentence: "on Fridays and Saturdays", "from 00:00 to 08:00".
    fn together(&self, lines: &[usize]) -> String {
        let Lines::Hours(_) = self.lines else {
            let days: Vec<String> = lines.iter().map(|line| format!("{}s", WEEKDAYS[*line])).collect();
            return format!("on {}", listed(&days));
        };
        let mut spells: Vec<(usize, usize)> = Vec::new();
        for &line in lines {
            match spells.last_mut() {
                Some(last) if last.1 == line => last.1 = line + 1,
                _ => spells.push((line, line + 1)),
            }
        }
        // Over midnight.
        if let [first, .., last] = spells[..]
            && first.0 == 0
            && last.1 == 24
        {
            spells.pop();
            spells[0].0 = last.0;
        }
        let told: Vec<String> = spells.iter().map(|(from, to)| format!("from {from:02}:00 to {to:02}:00")).collect();
        listed(&told)
    }
}

/// Batches of columns that are held for independent (Schmeiser 1982).
const BATCHES: usize = 10;

/// Whether one line lies above another by more than chance, with 95 % for all pairs of lines at once. Queues of days or weeks that follow each other are
/// alike, so their differences are taken by batches; with fewer columns than batches nothing is clear.
fn is_clear(most: &[(usize, f64)], least: &[(usize, f64)], lines: usize) -> bool {
    let differences: Vec<f64> = most
        .iter()
        .filter_map(|(column, more)| Some(more - least.iter().find(|(other, _)| other == column)?.1))
        .collect();
    let confidence = stats::confidence_at_once(0.95, (lines * lines.saturating_sub(1) / 2).max(1));
    stats::batch_means(&differences, differences.len() / BATCHES, confidence)
        .interval
        .lower
        > 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(lines: Lines) -> Grid {
        Grid {
            lines,
            is_daily: matches!(lines, Lines::Weekdays(_)),
            first_day: 0,
        }
    }

    #[test]
    fn the_weekdays_on_which_most_and_fewest_wait_are_found_and_those_on_which_none_does() {
        // From a Wednesday on: every Sunday 40, every Friday 4, else 20; and on Saturdays none.
        let grid = grid(Lines::Weekdays(2));
        let week = [20.0, 20.0, 20.0, 20.0, 4.0, 0.0, 40.0];
        let values: Vec<f64> = (0..84).map(|k| week[(k + 2) % 7]).collect();
        let told = |values: &[f64]| grid.told(&grid.pattern(values));
        assert_eq!(told(&values), "more trucks wait on Sundays than on Fridays, and none on Saturdays");
        // Of nine weeks it is too early to say more than what is seen.
        assert_eq!(told(&values[..63]), "no truck waits on Saturdays");
        let two_days_off: Vec<f64> = (0..84).map(|k| if [4, 5].contains(&((k + 2) % 7)) { 0.0 } else { 20.0 }).collect();
        assert_eq!(told(&two_days_off), "no truck waits on Fridays and Saturdays");
    }

    #[test]
    fn a_queue_that_is_much_the_same_at_all_hours_has_no_hour_of_its_own() {
        let grid = grid(Lines::Hours(6));
        let values: Vec<f64> = (0..480).map(|k| 20.0 + f64::from(k % 3)).collect();
        let told = |values: &[f64]| grid.told(&grid.pattern(values));
        assert_eq!(told(&values), "at no hour of the day clearly more trucks wait than at another");
        // Twice as many at one hour of two days may be chance; of twenty days it is not.
        let of = |days: usize| {
            (0..24 * days)
                .map(|k| if k % 24 == 3 { 30.0 + (k % 5) as f64 } else { 1.0 })
                .collect::<Vec<f64>>()
        };
        assert!(told(&of(2)).starts_with("at no hour"));
        assert!(told(&of(20)).starts_with("more trucks wait from 09:00 to 10:00 than from "));
    }

    #[test]
    fn hours_at_which_none_waits_are_told_as_spells_over_midnight_too() {
        let grid = grid(Lines::Hours(0));
        let values: Vec<f64> = (0..48).map(|k| if [6, 7, 13].contains(&(k % 24)) { 5.0 } else { 0.0 }).collect();
        assert_eq!(
            grid.told(&grid.pattern(&values)),
            "no truck waits from 14:00 to 06:00 and from 08:00 to 13:00"
        );
    }

    #[test]
    fn a_queue_that_stands_for_days_at_one_time_makes_no_hour_of_its_own() {
        // A backlog of sixteen days of forty, which grew at the hours after noon, is one event and not sixteen.
        let grid = grid(Lines::Hours(0));
        let values: Vec<f64> = (0..24 * 40)
            .map(|k| match (k / 24, k % 24) {
                (12..=27, 12..) => 40.0,
                _ => 20.0 + f64::from(k % 7) / 10.0,
            })
            .collect();
        assert_eq!(grid.pattern(&values).ends, None);
    }
}
