//! The queue by hour of the day and day; of long periods by day of the week and week.

use super::super::failure::Failure;
use super::super::numbers::fixed;
use super::source::Alternative;
use super::{Chart, Easel, Numbers, Picture, dated, from_least_to_most, numbers_of, real, whole as numbered, words};
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
        return Ok(Vec::new());
    };
    let shown: Vec<&Queue> = match easel.only() {
        Some(_) => all.iter().filter(|queue| queue.is_seen(&all)).collect(),
        None => all.iter().filter(|queue| queue.stage == longest).collect(),
    };
    let Some(grid) = shown.first().and_then(|queue| Grid::of(queue)) else {
        return Ok(Vec::new());
    };
    let panels: Vec<HeatPanel> = shown
        .iter()
        .map(|queue| HeatPanel {
            name: if easel.only().is_some() {
                queue.stage
            } else {
                &queue.alternative.name
            },
            values: &queue.means,
        })
        .collect();
    let seen = if grid.is_daily {
        ", the most at any full hour of each day"
    } else {
        ", at full hours"
    };
    let n = shown
        .iter()
        .map(|queue| easel.replications_of(queue.alternative))
        .max()
        .unwrap_or(0);
    let of = if n > 1 {
        ": mean of the replications"
    } else {
        ", in one replication"
    };
    let before = if easel.only().is_some() && shown.len() > 1 {
        "before each stage".to_owned()
    } else {
        format!("before {longest}")
    };
    let chart = HeatMap {
        heading: easel.heading(
            title(&shown, longest, &grid),
            easel.subtitle(&format!("Trucks that wait {before}{seen}{of}{}", left_out(&all, &shown))),
            easel.only(),
        ),
        width: easel.width,
        quantity: "Trucks waiting",
        unit: "trucks",
        columns: grid.axis(shown[0].alternative),
        lines: grid.lines,
        panels: &panels,
    };
    Ok(vec![Picture {
        name: CHART.name.to_owned(),
        scene: heat_map(&chart),
        numbers: numbers(&shown, &grid),
    }])
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

/// When most trucks wait at the stage with the longest queue, or under which alternative.
fn title(shown: &[&Queue], longest: &str, grid: &Grid) -> String {
    let own: Vec<&&Queue> = shown.iter().filter(|queue| queue.stage == longest).collect();
    if let [queue] = own[..] {
        return format!("Before {longest} {}", of_one(&queue.means, grid));
    }
    let names: Vec<&str> = own.iter().map(|queue| queue.alternative.name.as_str()).collect();
    let means: Vec<f64> = own.iter().map(|queue| stats::mean(&queue.means)).collect();
    let most = from_least_to_most(&names, &means, |value, _| trucks(value));
    format!("Trucks that wait before {longest}, mean over time{most}")
}

/// A mean number of trucks.
fn trucks(mean: f64) -> String {
    fixed(mean, usize::from(mean < 100.0 && mean > 0.0))
}

/// The lines on which most and fewest wait, where they differ from day to day or week to week by more than chance makes them, and by a quarter.
fn of_one(values: &[f64], grid: &Grid) -> String {
    let lines = grid.by_line(values);
    let mean = |line: usize| stats::mean(&lines[line].iter().map(|(_, value)| *value).collect::<Vec<f64>>());
    let order = |a: &usize, b: &usize| mean(*a).total_cmp(&mean(*b));
    let known = || (0..lines.len()).filter(|line| !lines[*line].is_empty());
    if let Some((least, most)) = known().min_by(order).zip(known().max_by(order))
        && mean(most) >= 1.25 * mean(least)
        && is_clear(&lines[most], &lines[least], lines.len())
    {
        let fewest = match mean(least) {
            none if none < 0.05 => "none".to_owned(),
            some => trucks(some),
        };
        return format!(
            "most trucks wait {}, {} on average, and fewest {}, {fewest}",
            grid.named(most),
            trucks(mean(most)),
            grid.named(least)
        );
    }
    let when = if grid.is_daily { "day of the week" } else { "hour of the day" };
    let all = trucks(stats::mean(values));
    format!("{all} trucks wait on average, at no {when} clearly more than at others")
}

/// Whether one line lies above another by more than chance, though they are the first and last of so many: with 95 % for all pairs at once (Bonferroni),
/// column by column.
fn is_clear(most: &[(usize, f64)], least: &[(usize, f64)], lines: usize) -> bool {
    let both = most.iter().filter_map(|(column, more)| {
        let less = least.iter().find(|(other, _)| other == column)?;
        Some((*more, less.1))
    });
    let (more, less): (Vec<f64>, Vec<f64>) = both.unzip();
    let confidence = stats::confidence_at_once(0.95, lines * (lines - 1) / 2);
    more.len() > 2 && stats::paired_t(&more, &less, confidence).lower > 0.0
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
    fn a_title_names_the_weekday_on_which_most_wait() {
        // From a Wednesday on: every Sunday 40, every Friday 4, else 20.
        let grid = grid(Lines::Weekdays(2));
        let values: Vec<f64> = (0..70).map(|k| [20.0, 20.0, 20.0, 20.0, 4.0, 20.0, 40.0][(k + 2) % 7]).collect();
        assert_eq!(
            of_one(&values, &grid),
            "most trucks wait on Sundays, 40.0 on average, and fewest on Fridays, 4.0"
        );
    }

    #[test]
    fn a_queue_that_is_much_the_same_at_all_hours_has_no_hour_of_its_own() {
        let grid = grid(Lines::Hours(6));
        let values: Vec<f64> = (0..48).map(|k| 20.0 + f64::from(k % 3)).collect();
        assert_eq!(
            of_one(&values, &grid),
            "21.0 trucks wait on average, at no hour of the day clearly more than at others"
        );
        // Twice as many at one hour of two days may be chance; of ten days it is not.
        let of = |days: usize| {
            (0..24 * days)
                .map(|k| if k % 24 == 3 { 30.0 + (k % 5) as f64 } else { 0.0 })
                .collect::<Vec<f64>>()
        };
        assert!(of_one(&of(2), &grid).contains("at no hour of the day clearly more"));
        let values = of(10);
        let told = of_one(&values, &grid);
        assert!(
            told.starts_with("most trucks wait from 09:00 to 10:00, 32.0 on average, and fewest from") && told.ends_with(", none"),
            "{told}"
        );
    }
}
