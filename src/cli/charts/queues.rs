//! Trucks that wait, stage by stage.

use super::super::failure::Failure;
use super::super::numbers::{counted, whole};
use super::source::Alternative;
use super::{Chart, Easel, Numbers, Picture, dated, numbers_of, quantiles_of, real, words};
use crate::figure::charts::{Quantiles, QueueByStage, StageQueue, queue_by_stage};
use crate::scenario::Flow;
use crate::stats;
use crate::table::Frame;
use crate::time::{DAY_US, Duration, Time};

/// Its row among the charts.
pub(super) const CHART: Chart = Chart {
    name: "queue-by-stage",
    shows: "trucks that wait before each stage over time, a picture an alternative",
    when: "two or more instants, and trucks that wait",
    tables: &["queue_profile"],
    also: &[],
    of_study: false,
    draw,
};

/// Queues over time, of each alternative.
fn draw(easel: &Easel) -> Result<Vec<Picture>, Failure> {
    let mut pictures = Vec::new();
    for alternative in easel.alternatives() {
        pictures.extend(of_one(easel, alternative)?);
    }
    Ok(pictures)
}

fn of_one(easel: &Easel, alternative: &Alternative) -> Result<Option<Picture>, Failure> {
    let columns = ["alternative", "stage", "time_h", "p05", "p25", "p50", "p75", "p95"];
    let profile = Profile::read(&easel.folder().columns("queue_profile", &columns)?, alternative);
    if profile.times_h.len() < 2 || profile.stages.iter().all(|(_, rows)| rows.iter().all(|row| row[4] <= 0.0)) {
        return Ok(None);
    }
    let shown: Vec<StageQueue> = (profile.stages.iter()).map(|(name, rows)| StageQueue { name, rows }).collect();
    let seen = if profile.is_daily() {
        "the most at any full hour of the day"
    } else {
        "at full hours"
    };
    let chart = QueueByStage {
        heading: easel.heading(
            title(&profile, alternative),
            format!("{}. Trucks that wait before each stage, {seen}", alternative.shown()),
            Some(alternative),
        ),
        width: easel.width,
        quantity: "Trucks waiting",
        unit: "trucks",
        axis: dated(alternative).stepping(alternative.since_midnight() + profile.begin_h() / 24.0, profile.step_h() / 24.0),
        stages: &shown,
    };
    Ok(Some(Picture {
        name: easel.named(CHART.name, alternative),
        scene: queue_by_stage(&chart),
        numbers: profile.numbers(alternative),
    }))
}

/// The queue profile of one alternative.
struct Profile {
    times_h: Vec<f64>,
    stages: Vec<(String, Vec<Quantiles>)>,
}

impl Profile {
    fn read(frame: &Frame, alternative: &Alternative) -> Profile {
        let mut times_h = Vec::new();
        let mut stages = Vec::new();
        // People who wait are no trucks.
        let trucks = alternative.loaded.scenario.stages.iter().filter(|s| s.serves == Flow::Trucks);
        for stage in trucks {
            let rows: Vec<usize> = (0..frame.len())
                .filter(|&row| frame.columns[0].text(row) == Some(&alternative.name) && frame.columns[1].text(row) == Some(&stage.name))
                .collect();
            times_h = rows.iter().map(|&row| frame.columns[2].real(row)).collect();
            let quantiles = rows
                .iter()
                .map(|&row| [3, 4, 5, 6, 7].map(|column: usize| frame.columns[column].real(row)));
            stages.push((stage.name.clone(), quantiles.collect::<Vec<_>>()));
        }
        let mut profile = Profile { times_h, stages };
        if profile.times_h.len() > 1 && !profile.is_daily() {
            // A full hour sees what waits just before it, so each stands for the hour that ends there; the first for none that counts.
            profile.times_h.remove(0);
            profile
                .stages
                .iter_mut()
                .filter(|(_, rows)| !rows.is_empty())
                .for_each(|(_, rows)| {
                    rows.remove(0);
                });
        }
        profile
    }

    fn numbers(&self, alternative: &Alternative) -> Numbers {
        let mut columns = vec![
            words("alternative", "name of the scenario or alternative"),
            words("stage", "before which trucks wait"),
            real(
                "time_h",
                "h",
                "since the start; by the hour what waits just before it, by the day the most at any full hour of the day that begins then",
            ),
        ];
        columns.extend(quantiles_of("trucks", "trucks"));
        let table = numbers_of("queue-by-stage", 3, columns);
        let mut frame = Frame::new(&table);
        for (stage, rows) in &self.stages {
            for (quantiles, time) in rows.iter().zip(&self.times_h) {
                let row = frame.row().text(&alternative.name).text(stage).real(*time);
                quantiles.iter().fold(row, |row, value| row.real(*value)).end();
            }
        }
        (table, frame)
    }

    /// From one value to the next.
    fn step_h(&self) -> f64 {
        if self.times_h.len() < 2 {
            1.0
        } else {
            self.times_h[1] - self.times_h[0]
        }
    }

    /// Whether replications differ; one alone does not.
    fn is_spread(&self) -> bool {
        self.stages.iter().any(|(_, rows)| rows.iter().any(|row| row[4] > row[0]))
    }

    fn is_daily(&self) -> bool {
        self.step_h() > 23.0
    }

    /// Where the time begins that the first value stands for.
    fn begin_h(&self) -> f64 {
        let first = self.times_h.first().copied().unwrap_or(0.0);
        if self.is_daily() { first } else { first - self.step_h() }
    }

    /// The mean of a quantile at a stage over the times at which it is not 0.
    fn usual(&self, stage: &str, quantile: usize) -> f64 {
        let of_stage = self.stages.iter().filter(|(name, _)| name == stage).flat_map(|(_, rows)| rows);
        let queues: Vec<f64> = of_stage.map(|row| row[quantile]).filter(|queue| *queue > 0.0).collect();
        stats::mean(&queues)
    }

    /// The stage and time at which a quantile is greatest, and how great it is; the first of several.
    fn greatest(&self, quantile: usize) -> Option<(&str, f64, f64)> {
        let mut found: Option<(&str, f64, f64)> = None;
        for (name, rows) in &self.stages {
            for (row, time) in rows.iter().zip(&self.times_h) {
                if found.is_none_or(|(_, _, most)| row[quantile] > most) {
                    found = Some((name, *time, row[quantile]));
                }
            }
        }
        found
    }
}

/// The longest queue of the median over replications, as the picture has it: where, when, how many.
fn title(profile: &Profile, alternative: &Alternative) -> String {
    let origin = &alternative.loaded.scenario.horizon.origin;
    let when = |time_h: f64| {
        let at = Time::ZERO + Duration((time_h / 24.0 * DAY_US as f64).round() as i64);
        let day = origin.date_of_day(origin.day_index(at));
        if profile.is_daily() {
            return format!("on {day}");
        }
        let clock = (at - origin.day_start(at)).as_days();
        format!("on {day} at {}", hour(clock))
    };
    in_words(profile, when)
}

fn in_words(profile: &Profile, when: impl Fn(f64) -> String) -> String {
    // Of a queue that is much the same day after day the highest point falls anywhere, and its time would say nothing.
    let when = |stage: &str, time: f64, most: f64, quantile: usize| match profile.usual(stage, quantile) {
        usual if most > 1.5 * usual => format!(", {}", when(time)),
        _ => String::new(),
    };
    let trucks = |number: f64| match number.round() {
        n if n < 1.0 => "hardly a truck".to_owned(),
        n if n < 2.0 => counted(1, "truck"),
        n => format!("{} trucks", whole(n)),
    };
    match (profile.greatest(2), profile.greatest(4)) {
        (Some((stage, time, most)), _) if most > 0.0 => format!(
            "The longest queue stands before {stage}: up to {}{}{}",
            trucks(most),
            if profile.is_spread() {
                " in the median of the replications"
            } else {
                ""
            },
            when(stage, time, most, 2)
        ),
        (_, Some((stage, time, most))) if most > 0.0 => format!(
            "At every time at least half of the replications have no queue; at one time one in twenty has {} or more before {stage}{}",
            trucks(most),
            when(stage, time, most, 4)
        ),
        _ => "No truck waits".to_owned(),
    }
}

/// The clock time of a part of a day.
fn hour(days: f64) -> String {
    let minutes = (days * 1440.0).round() as u32 % 1440;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(medians: &[[f64; 3]], tail: f64) -> Profile {
        let row = |median: f64| [0.0, 0.0, median, median, median + tail];
        Profile {
            times_h: vec![0.0, 24.0, 48.0],
            stages: (medians.iter().enumerate())
                .map(|(k, medians)| (format!("stage {k}"), medians.map(row).to_vec()))
                .collect(),
        }
    }

    #[test]
    fn the_longest_queue_of_the_median_is_named_with_its_place_and_time_in_whole_trucks() {
        let when = |time: f64| format!("at hour {time}");
        assert_eq!(
            in_words(&profile(&[[0.0, 3.0, 0.0], [2.0, 0.0, 12.4]], 5.0), when),
            "The longest queue stands before stage 1: up to 12 trucks in the median of the replications, at hour 48"
        );
    }

    #[test]
    fn a_queue_that_is_much_the_same_every_day_has_no_time_of_its_own() {
        assert_eq!(
            in_words(&profile(&[[11.0, 12.0, 11.0]], 5.0), |_| "never told".to_owned()),
            "The longest queue stands before stage 0: up to 12 trucks in the median of the replications"
        );
    }

    #[test]
    fn no_queue_in_the_median_is_not_called_no_queue() {
        let when = |time: f64| format!("at hour {time}");
        assert_eq!(
            in_words(&profile(&[[0.0; 3]], 4.0), when),
            "At every time at least half of the replications have no queue; at one time one in twenty has 4 trucks or more before stage 0"
        );
        assert_eq!(in_words(&profile(&[[0.0; 3]], 0.0), when), "No truck waits");
    }

    #[test]
    fn clock_times_have_two_digits() {
        assert_eq!([hour(0.0), hour(8.5 / 24.0), hour(1.0)], ["00:00", "08:30", "00:00"]);
    }
}
