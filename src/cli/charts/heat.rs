//! The queue by hour of the day and day; of long periods by day of the week and week.

use super::super::failure::Failure;
use super::source::Alternative;
use super::{Chart, Easel, Numbers, Picture, dated, numbers_of, real, whole as numbered, words};
use crate::figure::charts::{HeatMap, HeatPanel, Lines, heat_map};
use crate::scenario::Flow;
use crate::stats;
use crate::table::Frame;
use crate::time::{Duration, Time};

/// Its row among the charts.
pub(super) const CHART: Chart = Chart {
    name: "queue-heat",
    shows: "trucks that wait by hour of the day and day, or of more than 60 days by day of the week and week: every stage, or of several alternatives the stage with the longest queue",
    when: "two days or more, and trucks that wait",
    tables: &["queue_profile"],
    of_study: false,
    draw,
};

/// Mean queues of the replications.
fn draw(easel: &Easel) -> Result<Vec<Picture>, Failure> {
    easel.by_period(of_period)
}

fn of_period(easel: &Easel) -> Result<Option<Picture>, Failure> {
    let alternatives = easel.alternatives();
    let frame = easel
        .folder()
        .columns("queue_profile", &["alternative", "stage", "time_h", "mean"])?;
    let all: Vec<Queue> = alternatives.iter().flat_map(|alternative| queues(&frame, alternative)).collect();
    // The longest queue, by its mean over the times and the alternatives.
    let stages = || all.iter().map(|queue| queue.stage);
    let total = |stage: &str| -> f64 { all.iter().filter(|q| q.stage == stage).map(|q| stats::mean(&q.means)).sum() };
    let Some(longest) = stages()
        .max_by(|a, b| total(a).total_cmp(&total(b)))
        .filter(|stage| total(stage) > 0.0)
    else {
        return Ok(None);
    };
    let shown: Vec<&Queue> = match easel.only() {
        Some(_) => all.iter().filter(|queue| queue.is_seen(&all)).collect(),
        None => all.iter().filter(|queue| queue.stage == longest).collect(),
    };
    Ok(picture(easel, &shown, longest, &left_out(&all, &shown)))
}

/// Queues over the same hours; none where these are too few.
fn picture(easel: &Easel, shown: &[&Queue], longest: &str, left_out: &str) -> Option<Picture> {
    let first = shown.first()?;
    let grid = Grid::of(first)?;
    let of_one = easel.only();
    let panels: Vec<HeatPanel> = shown
        .iter()
        .map(|queue| HeatPanel {
            name: if of_one.is_some() { queue.stage } else { &queue.alternative.name },
            values: &queue.means,
        })
        .collect();
    let n = shown
        .iter()
        .map(|queue| easel.replications_of(queue.alternative))
        .max()
        .unwrap_or(0);
    let seen = match (grid.is_daily, n > 1) {
        (true, true) => ": the most at any full hour of each day, mean of the replications",
        (true, false) => ": the most at any full hour of each day, in one replication",
        (false, true) => " at full hours: mean of the replications",
        (false, false) => " at full hours, in one replication",
    };
    let before = match (of_one, shown.len()) {
        (Some(_), 2..) => "before each stage".to_owned(),
        _ => format!("before {longest}"),
    };
    let whose = of_one.map_or_else(String::new, |alternative| format!("{}. ", alternative.shown()));
    let chart = HeatMap {
        heading: easel.heading(
            title(shown, longest, &grid),
            format!("{whose}Trucks that wait {before}{seen}{left_out}"),
            of_one,
        ),
        width: easel.width,
        quantity: "Trucks waiting",
        unit: "trucks",
        columns: grid.axis(first.alternative),
        lines: grid.lines,
        panels: &panels,
    };
    Some(Picture {
        name: easel.named_by_period(CHART.name),
        scene: heat_map(&chart),
        numbers: numbers(shown, &grid),
    })
}

/// The queue before a stage over time.
struct Queue<'a> {
    alternative: &'a Alternative,
    stage: &'a str,
    /// Where the time begins that each value stands for, in hours since the start.
    times_h: Vec<f64>,
    /// Trucks, mean of the replications.
    means: Vec<f64>,
    is_daily: bool,
}

impl Queue<'_> {
    fn greatest(&self) -> f64 {
        self.means.iter().copied().fold(0.0, f64::max)
    }

    /// Whether it can be seen beside the greatest of all: a fiftieth of it.
    fn is_seen(&self, all: &[Queue]) -> bool {
        let most = all.iter().map(Queue::greatest).fold(0.0, f64::max);
        self.greatest() > 0.0 && self.greatest() * 50.0 >= most
    }
}

/// The stages of an only alternative where too few wait to be seen.
fn left_out(all: &[Queue], shown: &[&Queue]) -> String {
    if shown.len() == all.len() || shown.iter().any(|queue| queue.alternative.name != shown[0].alternative.name) {
        return String::new();
    }
    let rest = all.iter().filter(|queue| shown.iter().all(|other| other.stage != queue.stage));
    let names: Vec<&str> = rest.map(|queue| queue.stage).collect();
    if names.is_empty() {
        String::new()
    } else {
        format!("; not drawn, since hardly any wait there: {}", names.join(", "))
    }
}

/// The queues before the stages of an alternative; people who wait are no trucks.
fn queues<'a>(frame: &Frame, alternative: &'a Alternative) -> Vec<Queue<'a>> {
    let trucks = alternative
        .loaded
        .scenario
        .stages
        .iter()
        .filter(|stage| stage.serves == Flow::Trucks);
    let of_stage = trucks.map(|stage| {
        let rows: Vec<usize> = (0..frame.len())
            .filter(|&row| frame.columns[0].text(row) == Some(&alternative.name) && frame.columns[1].text(row) == Some(&stage.name))
            .collect();
        let read = |column: usize| rows.iter().map(|&row| frame.columns[column].real(row)).collect::<Vec<f64>>();
        let (mut times_h, mut means) = (read(2), read(3));
        let is_daily = times_h.len() > 1 && times_h[1] - times_h[0] > 23.0;
        if !is_daily && !times_h.is_empty() {
            // A full hour sees what waits just before it, so each stands for the hour that ends there; the first for none that counts.
            times_h.remove(0);
            means.remove(0);
            for time in &mut times_h {
                *time -= 1.0;
            }
        }
        Queue {
            alternative,
            stage: &stage.name,
            times_h,
            means,
            is_daily,
        }
    });
    of_stage.collect()
}

/// How the values lie in lines and columns.
struct Grid {
    lines: Lines,
    is_daily: bool,
    /// The calendar day of the first value; 0 is the day of the start.
    first_day: i64,
}

impl Grid {
    /// None where there are less than two columns.
    fn of(queue: &Queue) -> Option<Grid> {
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

    fn axis(&self, alternative: &Alternative) -> crate::figure::TimeAxis {
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
    fn line(&self, index: usize) -> usize {
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

/// When most and fewest trucks wait at the stage with the longest queue.
fn title(shown: &[&Queue], longest: &str, grid: &Grid) -> String {
    let own = shown.iter().filter(|queue| queue.stage == longest);
    let ends: Vec<Option<Ends>> = own.map(|queue| grid.ends(&queue.means)).collect();
    let when = if grid.is_daily { "day of the week" } else { "hour of the day" };
    let found: Vec<Ends> = ends.iter().copied().flatten().collect();
    let Some(most) = found.iter().copied().reduce(|a, b| {
        let often = |ends: Ends| found.iter().filter(|other| **other == ends).count();
        if often(b) > often(a) { b } else { a }
    }) else {
        let under = if ends.len() > 1 { ", under any alternative" } else { "" };
        return format!("Before {longest} at no {when} clearly more trucks wait than at another{under}");
    };
    let alike = found.iter().filter(|other| **other == most).count();
    let under = match (alike, ends.len()) {
        (_, 1) => String::new(),
        (some, all) if some == all => format!(", under all {all} alternatives"),
        (some, all) => format!(", under {some} of {all} alternatives"),
    };
    let Ends { least, most } = most;
    format!(
        "Before {longest} most trucks wait {} and fewest {}{under}",
        grid.named(most),
        grid.named(least)
    )
}

/// The lines on which fewest and most wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Ends {
    least: usize,
    most: usize,
}

impl Grid {
    /// The lines on which fewest and most wait on average; none where these do not differ by a quarter, and by more than chance makes the first and last of
    /// so many lines differ (Bonferroni).
    fn ends(&self, values: &[f64]) -> Option<Ends> {
        let lines = self.by_line(values);
        let mean = |line: usize| stats::mean(&lines[line].iter().map(|(_, value)| *value).collect::<Vec<f64>>());
        let order = |a: &usize, b: &usize| mean(*a).total_cmp(&mean(*b));
        let known = || (0..lines.len()).filter(|line| !lines[*line].is_empty());
        let (least, most) = known().min_by(order).zip(known().max_by(order))?;
        let is_clear = mean(most) >= 1.25 * mean(least) && is_clear(&lines[most], &lines[least], lines.len());
        is_clear.then_some(Ends { least, most })
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
    let confidence = stats::confidence_at_once(0.95, lines * (lines - 1) / 2);
    stats::batch_means(&differences, differences.len() / BATCHES, confidence)
        .interval
        .lower
        > 0.0
}

fn numbers(shown: &[&Queue], grid: &Grid) -> Numbers {
    let line = if grid.is_daily {
        numbered(
            "weekday",
            "",
            "1 for Monday to 7 for Sunday; the value is the most at any full hour of the day",
        )
    } else {
        numbered("hour", "", "of the day, from 0; the value is what waits just before its end")
    };
    let columns = vec![
        words("alternative", "name of the scenario or alternative"),
        words("stage", "before which trucks wait"),
        words("date", "the day"),
        line,
        real("trucks", "trucks", "that wait, mean of the replications"),
    ];
    let table = numbers_of("queue-heat", 4, columns);
    let mut frame = Frame::new(&table);
    for queue in shown {
        let origin = &queue.alternative.loaded.scenario.horizon.origin;
        for (index, (time_h, mean)) in queue.times_h.iter().zip(&queue.means).enumerate() {
            let day = origin.day_index(Time::ZERO + Duration::from_hours(*time_h));
            let line = grid.line(index) as i64 + i64::from(grid.is_daily);
            let row = frame.row().text(&queue.alternative.name).text(queue.stage);
            row.text(&origin.date_of_day(day)).whole(line).real(*mean).end();
        }
    }
    (table, frame)
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
    fn the_weekdays_on_which_most_and_fewest_wait_are_found() {
        // From a Wednesday on: every Sunday 40, every Friday 4, else 20.
        let grid = grid(Lines::Weekdays(2));
        let values: Vec<f64> = (0..84).map(|k| [20.0, 20.0, 20.0, 20.0, 4.0, 20.0, 40.0][(k + 2) % 7]).collect();
        let ends = grid.ends(&values).map(|ends| [ends.least, ends.most].map(|line| grid.named(line)));
        assert_eq!(ends, Some(["on Fridays".to_owned(), "on Sundays".to_owned()]));
        // Of nine weeks it is too early to say.
        assert_eq!(grid.ends(&values[..63]), None);
    }

    #[test]
    fn a_queue_that_is_much_the_same_at_all_hours_has_no_hour_of_its_own() {
        let grid = grid(Lines::Hours(6));
        let values: Vec<f64> = (0..480).map(|k| 20.0 + f64::from(k % 3)).collect();
        assert_eq!(grid.ends(&values), None);
        // Twice as many at one hour of two days may be chance; of twenty days it is not.
        let of = |days: usize| {
            (0..24 * days)
                .map(|k| if k % 24 == 3 { 30.0 + (k % 5) as f64 } else { 0.0 })
                .collect::<Vec<f64>>()
        };
        assert_eq!(grid.ends(&of(2)), None);
        assert_eq!(
            grid.ends(&of(20)).map(|ends| grid.named(ends.most)),
            Some("from 09:00 to 10:00".to_owned())
        );
    }

    #[test]
    fn a_queue_that_stands_for_days_at_one_time_makes_no_hour_of_its_own() {
        // A backlog of six days of forty, which grew at the hours after noon, is one event and not six.
        let grid = grid(Lines::Hours(0));
        let values: Vec<f64> = (0..24 * 40)
            .map(|k| match (k / 24, k % 24) {
                (20..=25, 12..) => 40.0,
                _ => 20.0 + f64::from(k % 7) / 10.0,
            })
            .collect();
        assert_eq!(grid.ends(&values), None);
    }
}
