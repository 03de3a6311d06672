//! The queue by hour of the day and day; of long periods by day of the week and week.

use super::super::failure::Failure;
use super::pattern::{Grid, Pattern};
use super::source::Alternative;
use super::{Chart, Easel, Numbers, Picture, numbers_of, real, whole as numbered, words};
use crate::figure::charts::{HeatMap, HeatPanel, heat_map};
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
    also: &[],
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
pub(super) struct Queue<'a> {
    pub(super) alternative: &'a Alternative,
    pub(super) stage: &'a str,
    /// Where the time begins that each value stands for, in hours since the start.
    pub(super) times_h: Vec<f64>,
    /// Trucks, mean of the replications.
    pub(super) means: Vec<f64>,
    pub(super) is_daily: bool,
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

/// When trucks wait at the stage with the longest queue, and when not.
fn title(shown: &[&Queue], longest: &str, grid: &Grid) -> String {
    let own = shown.iter().filter(|queue| queue.stage == longest);
    let found: Vec<(&str, Pattern)> = own
        .map(|queue| (queue.alternative.name.as_str(), grid.pattern(&queue.means)))
        .collect();
    let often = |pattern: &Pattern| found.iter().filter(|(_, other)| other == pattern).count();
    // That of most alternatives, the first of several.
    let Some((_, most)) = found.iter().rev().max_by_key(|(_, pattern)| often(pattern)) else {
        return format!("Trucks that wait before {longest}");
    };
    let others: Vec<&str> = (found.iter().filter(|(_, pattern)| pattern != most))
        .map(|(name, _)| *name)
        .collect();
    let under = match (others.as_slice(), found.len()) {
        (_, 1) => String::new(),
        ([], 2) => ", under both alternatives".to_owned(),
        ([], all) => format!(", under all {all} alternatives"),
        ([one], 3..) => format!(", under all alternatives but {one}"),
        (others, all) => format!(", under {} of {all} alternatives", all - others.len()),
    };
    format!("Before {longest} {}{under}", grid.told(most))
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
