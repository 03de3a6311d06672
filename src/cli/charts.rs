//! The charts of a run, drawn from its tables; their titles say what is seen.

use std::path::{Path, PathBuf};

use super::failure::Failure;
use super::numbers::{fixed, whole};
use super::summary::{replications, version};
use crate::experiment::{Alternative, Experiment, Outcome, ResultFolder};
use crate::figure::charts::{
    self, DailyFan, Distribution, Fan, Quantiles, QueueByStage, Shape, StageQueue, daily_fan, days_a_value, distribution, means,
    queue_by_stage,
};
use crate::figure::{Heading, Scene, TimeAxis, Width, note, svg};
use crate::stats;

/// Pixels to a point of the PNG files: a page's width is then some 1,500 pixels.
#[cfg(feature = "png")]
const PNG_SCALE: f64 = 3.0;

/// What was drawn.
#[derive(Clone, Debug, Default)]
pub(super) struct Drawn {
    /// How many charts.
    pub(super) charts: usize,
    /// Their files.
    pub(super) files: Vec<PathBuf>,
}

/// Draws what the tables of the result allow.
pub(super) fn draw(experiment: &Experiment, outcome: &Outcome, folder: &ResultFolder) -> Result<Drawn, Failure> {
    let easel = Easel {
        experiment,
        outcome,
        folder,
    };
    let mut scenes = Vec::new();
    if folder.has("replications") {
        scenes.extend(easel.delivered()?);
    }
    if folder.has("daily") {
        scenes.extend(easel.daily()?);
    }
    if folder.has("queue_profile") {
        for alternative in &experiment.alternatives {
            scenes.extend(easel.queues(alternative)?);
        }
    }
    let mut drawn = Drawn::default();
    let place = outcome.folder.join("charts");
    for (name, scene) in &scenes {
        std::fs::create_dir_all(&place).map_err(Failure::create(&place))?;
        drawn.charts += 1;
        drawn.files.push(write(&place.join(format!("{name}.svg")), svg(scene).as_bytes())?);
        #[cfg(feature = "png")]
        {
            let bitmap = crate::figure::png(scene, PNG_SCALE).map_err(|error| Failure::Defect(format!("the chart `{name}`: {error}")))?;
            drawn.files.push(write(&place.join(format!("{name}.png")), &bitmap)?);
        }
    }
    Ok(drawn)
}

fn write(path: &Path, content: &[u8]) -> Result<PathBuf, Failure> {
    // Written aside and renamed, as every file of a result.
    let aside = path.with_extension("part");
    std::fs::write(&aside, content)
        .and_then(|()| std::fs::rename(&aside, path))
        .map_err(Failure::create(path))?;
    Ok(path.to_owned())
}

/// A chart with the name of its files.
type Named = (String, Scene);

struct Easel<'a> {
    experiment: &'a Experiment,
    outcome: &'a Outcome,
    folder: &'a ResultFolder,
}

impl Easel<'_> {
    fn heading(&self, title: String, subtitle: String, of_one: Option<&Alternative>) -> Heading {
        let scenario = of_one.map_or(String::new(), |alternative| {
            format!("{} {}", alternative.name, &alternative.hash[..12.min(alternative.hash.len())])
        });
        Heading {
            title,
            subtitle,
            note: note(&[
                &replications(self.outcome),
                &format!("seed {}", self.experiment.seed),
                &scenario,
                &format!("rafah {}", version()),
            ]),
            source: String::new(),
        }
    }

    /// The only alternative, where there is but one.
    fn only(&self) -> Option<&Alternative> {
        match self.experiment.alternatives.as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }

    fn title_of(alternative: &Alternative) -> String {
        if alternative.title.is_empty() {
            alternative.name.clone()
        } else {
            alternative.title.clone()
        }
    }

    /// The distribution of delivered tonnes.
    fn delivered(&self) -> Result<Option<Named>, Failure> {
        let mut columns = Vec::new();
        for alternative in &self.experiment.alternatives {
            columns.push(self.folder.column("replications", "delivered_tonnes", &alternative.name)?);
        }
        if columns.iter().flatten().all(|tonnes| *tonnes <= 0.0) {
            return Ok(None);
        }
        let alternatives: Vec<charts::Alternative> = (self.experiment.alternatives.iter().zip(&columns))
            .map(|(alternative, values)| charts::Alternative {
                name: &alternative.name,
                values,
            })
            .collect();
        let chart = Distribution {
            heading: self.heading(
                self.delivered_title(&columns),
                self.subtitle("Tonnes delivered over the period, a value a replication"),
                self.only(),
            ),
            width: Width::Page,
            quantity: "Delivered aid",
            unit: "t",
            alternatives: &alternatives,
            shape: Shape::Histogram,
        };
        Ok(Some(("delivered-tonnes".to_owned(), distribution(&chart))))
    }

    fn subtitle(&self, what: &str) -> String {
        self.only()
            .map_or(what.to_owned(), |alternative| format!("{}. {what}", Self::title_of(alternative)))
    }

    fn delivered_title(&self, columns: &[Vec<f64>]) -> String {
        let sorted: Vec<Vec<f64>> = columns.iter().map(|values| stats::sorted(values)).collect();
        if let [one] = sorted.as_slice() {
            let (low, high) = (stats::quantile(one, 0.25), stats::quantile(one, 0.75));
            return match one.len() {
                1 => format!("One replication delivers {} tonnes", rounded(low, low)),
                _ if high <= low => format!("Every other replication delivers {} tonnes", rounded(low, low)),
                _ => format!(
                    "Half of the replications deliver between {} and {} tonnes",
                    rounded(low, high - low),
                    rounded(high, high - low)
                ),
            };
        }
        let medians: Vec<f64> = sorted.iter().map(|values| stats::quantile(values, 0.5)).collect();
        let order = |a: &usize, b: &usize| medians[*a].total_cmp(&medians[*b]);
        let (Some(least), Some(most)) = ((0..medians.len()).min_by(order), (0..medians.len()).max_by(order)) else {
            return "Delivered aid".to_owned();
        };
        let spread = medians[most] - medians[least];
        if spread <= 0.0 {
            return "All scenarios deliver as much in the median".to_owned();
        }
        format!(
            "{} delivers {} tonnes in the median, {} {}",
            self.experiment.alternatives[most].name,
            rounded(medians[most], spread),
            self.experiment.alternatives[least].name,
            rounded(medians[least], spread),
        )
    }

    /// Delivered tonnes day by day, with the closures.
    fn daily(&self) -> Result<Option<Named>, Failure> {
        let frame = self
            .folder
            .columns("daily", &["alternative", "day", "delivered_tonnes", "closed_h"])?;
        let mut all = Vec::new();
        for alternative in &self.experiment.alternatives {
            all.push(Days::read(&frame, alternative));
        }
        let (first, every) = match all.first() {
            Some(days) if days.replications > 0 && days.tonnes.iter().any(|t| *t > 0.0) => (days.first, days_a_value(days.count)),
            _ => return Ok(None),
        };
        let rows: Vec<(Vec<Quantiles>, Vec<f64>)> = all.iter().map(|days| days.fan(every)).collect();
        let fans: Vec<Fan> = (self.experiment.alternatives.iter().zip(&rows))
            .map(|(alternative, (rows, closed))| Fan {
                name: &alternative.name,
                rows,
                closed: if closed.iter().any(|share| *share > 0.0) { closed } else { &[] },
            })
            .collect();
        let unit_of_time = if every == 1 { "day" } else { "day (means of whole weeks)" };
        let chart = DailyFan {
            heading: self.heading(
                daily_title(&rows, &self.experiment.alternatives),
                self.subtitle(&format!("Tonnes delivered a {unit_of_time}")),
                self.only(),
            ),
            width: Width::Page,
            quantity: "Delivered aid",
            unit: "t/day",
            axis: dated(&self.experiment.alternatives[0]).stepping((first - 1) as f64, every as f64),
            fans: &fans,
            level: need(&self.experiment.alternatives),
            strip: "Share of replications closed by security that day",
        };
        Ok(Some(("daily-deliveries".to_owned(), daily_fan(&chart))))
    }

    /// Trucks that wait, stage by stage.
    fn queues(&self, alternative: &Alternative) -> Result<Option<Named>, Failure> {
        let frame = self.folder.columns(
            "queue_profile",
            &["alternative", "stage", "time_h", "p05", "p25", "p50", "p75", "p95"],
        )?;
        let mut stages: Vec<(String, Vec<Quantiles>)> = Vec::new();
        let mut times = Vec::new();
        let scenario = &alternative.plan.scenario;
        for stage in scenario.stages.iter().filter(|stage| stage.lanes.is_some()) {
            let rows: Vec<usize> = (0..frame.len())
                .filter(|&row| frame.columns[0].text(row) == Some(&alternative.name) && frame.columns[1].text(row) == Some(&stage.name))
                .collect();
            times = rows.iter().map(|&row| frame.columns[2].real(row)).collect();
            let quantiles = rows
                .iter()
                .map(|&row| [3, 4, 5, 6, 7].map(|column: usize| frame.columns[column].real(row)))
                .collect();
            stages.push((stage.name.clone(), quantiles));
        }
        if times.len() < 2 || stages.iter().all(|(_, rows)| rows.iter().all(|row| row[4] <= 0.0)) {
            return Ok(None);
        }
        let shown: Vec<StageQueue> = stages.iter().map(|(name, rows)| StageQueue { name, rows }).collect();
        let origin = &scenario.horizon.origin;
        let since_midnight = (crate::time::Time::ZERO - origin.day_start(crate::time::Time::ZERO)).as_days();
        let step = (times[1] - times[0]) / 24.0;
        // A sample a day shows the state at one hour only, and says so.
        let when = (step >= 1.0).then(|| clock(since_midnight + times[0] / 24.0));
        let seen = when.map_or_else(String::new, |clock| format!(" at {clock} of each day"));
        let chart = QueueByStage {
            heading: self.heading(
                queues_title(&stages, &seen),
                format!("{}. Trucks that wait{seen}, stage by stage", Self::title_of(alternative)),
                Some(alternative),
            ),
            width: Width::Page,
            quantity: "Trucks waiting",
            unit: "trucks",
            // A value stands in the middle of its step, and was taken at its instant.
            axis: dated(alternative).stepping(since_midnight + times[0] / 24.0 - step / 2.0, step),
            stages: &shown,
        };
        let name = match self.only() {
            Some(_) => "queue-by-stage".to_owned(),
            None => format!("queue-by-stage-{}", alternative.name.replace(['/', '\\'], "_")),
        };
        Ok(Some((name, queue_by_stage(&chart))))
    }
}

/// The calendar days of a horizon.
fn dated(alternative: &Alternative) -> TimeAxis {
    let horizon = &alternative.plan.scenario.horizon;
    let last = horizon.origin.day_index(crate::time::Time::ZERO + horizon.length);
    TimeAxis::dated((0..=last).map(|day| horizon.origin.date_of_day(day)))
}

/// The need of all goods, where all alternatives state the same.
fn need(alternatives: &[Alternative]) -> Option<(f64, &'static str)> {
    let of = |alternative: &Alternative| {
        alternative
            .plan
            .scenario
            .cargos
            .iter()
            .filter_map(|cargo| cargo.need_tonnes_per_day)
            .sum::<f64>()
    };
    let first = alternatives.first().map(of).filter(|need| *need > 0.0)?;
    alternatives
        .iter()
        .all(|alternative| (of(alternative) - first).abs() < 1e-9)
        .then_some((first, "need"))
}

/// Daily values of one alternative, replication by replication.
struct Days {
    /// The first day in the table, from 1.
    first: i64,
    count: usize,
    replications: usize,
    tonnes: Vec<f64>,
    closed: Vec<f64>,
}

impl Days {
    fn read(frame: &crate::table::Frame, alternative: &Alternative) -> Days {
        let (mut first, mut last) = (i64::MAX, 0);
        let (mut tonnes, mut closed) = (Vec::new(), Vec::new());
        for row in (0..frame.len()).filter(|&row| frame.columns[0].text(row) == Some(&alternative.name)) {
            let day = frame.columns[1].real(row) as i64;
            (first, last) = (first.min(day), last.max(day));
            tonnes.push(frame.columns[2].real(row));
            closed.push(frame.columns[3].real(row));
        }
        let count = (last - first + 1).max(0) as usize;
        let replications = tonnes.len().checked_div(count).unwrap_or(0);
        // With `stop = "when_empty"` replications may differ in their days; there is then no fan over days.
        let whole = count * replications == tonnes.len();
        Days {
            first,
            count,
            replications: if whole { replications } else { 0 },
            tonnes,
            closed,
        }
    }

    /// Quantiles over replications, and the share of replications closed, a value each `every` days.
    fn fan(&self, every: usize) -> (Vec<Quantiles>, Vec<f64>) {
        if self.replications == 0 || self.count == 0 {
            return (Vec::new(), Vec::new());
        }
        let averaged: Vec<Vec<f64>> = self.tonnes.chunks(self.count).map(|days| means(days, every)).collect();
        let values = averaged[0].len();
        let rows = (0..values).map(|value| charts::quantiles(&mut averaged.iter().map(|days| days[value]).collect::<Vec<f64>>()));
        let mut shares = vec![0.0; self.count];
        for days in self.closed.chunks(self.count) {
            for (share, closed) in shares.iter_mut().zip(days) {
                *share += f64::from(u8::from(*closed > 0.0)) / self.replications as f64;
            }
        }
        (rows.collect(), means(&shares, every))
    }
}

/// What the medians do over the period.
fn daily_title(rows: &[(Vec<Quantiles>, Vec<f64>)], alternatives: &[Alternative]) -> String {
    // Of the medians the middle one: a week of holidays at one end is no trend.
    let middle = |rows: &[Quantiles]| charts::quantiles(&mut rows.iter().map(|row| row[2]).collect::<Vec<f64>>())[2];
    if rows.len() > 1 {
        let told: Vec<String> = (rows.iter().zip(alternatives).take(3))
            .map(|((rows, _), alternative)| format!("{} {}", rounded(middle(rows), middle(rows)), alternative.name))
            .collect();
        return format!("Tonnes on the median day: {}", told.join(", "));
    }
    let all = &rows[0].0;
    let part = (all.len() / 5).max(1);
    let (begin, end) = (middle(&all[..part]), middle(&all[all.len() - part..]));
    let average = middle(all);
    if all.len() < 10 || (end - begin).abs() <= 0.1 * average {
        format!("The median day brings some {} tonnes", rounded(average, average))
    } else {
        let verb = if end > begin { "rise" } else { "fall" };
        format!(
            "Median deliveries {verb} from some {} tonnes a day at the beginning to {} at the end",
            rounded(begin, average),
            rounded(end, average)
        )
    }
}

/// Where trucks wait most.
fn queues_title(stages: &[(String, Vec<Quantiles>)], seen: &str) -> String {
    let mean = |rows: &[Quantiles]| rows.iter().map(|row| row[2]).sum::<f64>() / rows.len().max(1) as f64;
    let longest = stages.iter().max_by(|a, b| mean(&a.1).total_cmp(&mean(&b.1)));
    match longest.map(|(name, rows)| (name, mean(rows))) {
        Some((name, queue)) if queue >= 0.5 => {
            let waiting = if queue >= 10.0 { whole(queue) } else { fixed(queue, 1) };
            format!("The longest queue{seen} stands before `{name}`: {waiting} trucks in the median")
        }
        _ => format!("No truck waits{seen} at any stage, in the median"),
    }
}

/// The clock time of an instant in days.
fn clock(days: f64) -> String {
    let minutes = ((days - libm::floor(days)) * 1440.0).round() as u32 % 1440;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// A number with two digits of the size that matters.
fn rounded(value: f64, matters: f64) -> String {
    let size = libm::floor(libm::log10(matters.abs().max(1e-9))) - 1.0;
    if size < 0.0 {
        return fixed(value, (-size) as usize);
    }
    let unit = libm::exp10(size);
    whole((value / unit).round() * unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_titles_have_the_digits_that_matter() {
        assert_eq!(rounded(412_345.0, 9_876.0), "412,300");
        assert_eq!(rounded(1_234.0, 1_234.0), "1,200");
        assert_eq!(rounded(3.456, 0.5), "3.46");
    }

    #[test]
    fn a_rise_is_called_a_rise() {
        let row = |median: f64| [0.0, 0.0, median, 0.0, 0.0];
        let rising: Vec<Quantiles> = (0..20).map(|day| row(100.0 + 10.0 * f64::from(day))).collect();
        assert_eq!(
            daily_title(&[(rising, Vec::new())], &[]),
            "Median deliveries rise from some 120 tonnes a day at the beginning to 280 at the end"
        );
        let level: Vec<Quantiles> = (0..20).map(|_| row(150.0)).collect();
        assert_eq!(daily_title(&[(level, Vec::new())], &[]), "The median day brings some 150 tonnes");
    }

    #[test]
    fn the_longest_queue_is_named() {
        let stages = [
            ("scan".to_owned(), vec![[0.0; 5]; 3]),
            ("yard".to_owned(), vec![[0.0, 0.0, 12.0, 0.0, 0.0]; 3]),
        ];
        assert!(queues_title(&stages, "").contains("`yard`: 12 trucks"));
    }
}
