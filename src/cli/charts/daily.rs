//! Tonnes delivered day by day, with the closures and incidents.

use super::super::failure::Failure;
use super::super::numbers::{counted, fixed, plain_percent};
use super::days::{Daily, Days, dated_day};
use super::ends::{Several, Telling};
use super::need::{Missed, Need};
use super::place::Way;
use super::source::Alternative;
use super::{Chart, Easel, Numbers, Picture, dated, numbers_of, quantiles_of, real, rounded, whole as numbered, words};
use crate::figure::charts::{self, DailyFan, Fan, Quantiles, averaged_days, daily_fan, days_a_value, means};
use crate::stats::{self, Estimate};
use crate::table::Frame;

/// Its row among the charts.
pub(super) const CHART: Chart = Chart {
    name: "daily-deliveries",
    shows: "tonnes delivered day by day against the need, with the days closed and incidents",
    when: "deliveries, over the same days in all replications",
    tables: &["daily"],
    also: &["daily_cargo", "replications"],
    of_study: false,
    draw,
};

/// Delivered tonnes day by day, with the closures.
fn draw(easel: &Easel) -> Result<Vec<Picture>, Failure> {
    easel.by_period(of_period)
}

fn of_period(easel: &Easel) -> Result<Option<Picture>, Failure> {
    let alternatives = easel.alternatives();
    let Some(daily) = Daily::read(easel)? else {
        return Ok(None);
    };
    let (first, count, need, base) = (daily.first, daily.count, daily.need.as_ref(), &alternatives[daily.base]);
    let telling = Telling {
        unit: "",
        confidence: easel.folder().manifest().confidence,
    };
    let of = daily.of_goods();
    let every = days_a_value(count);
    let rows: Vec<Drawn> = daily.all.iter().map(|days| days.fan(every)).collect();
    let missed: Vec<Option<Missed>> = (alternatives.iter())
        .map(|alternative| need.map_or(Ok(None), |need| need.missed(easel, alternative)))
        .collect::<Result<_, Failure>>()?;
    let asides: Vec<String> = (missed.iter().zip(&daily.all))
        .map(|(missed, days)| {
            // The title of an only alternative has it.
            let missed = missed.filter(|_| easel.only().is_none());
            daily.aside(days, missed.map_or_else(String::new, Missed::in_words))
        })
        .collect();
    let fans: Vec<Fan> = (alternatives.iter().zip(&rows).zip(&asides))
        .map(|((alternative, drawn), aside)| Fan {
            name: &alternative.name,
            rows: &drawn.tonnes,
            closed: if is_any(&drawn.closed) { &drawn.closed } else { &[] },
            incidents: if is_any(&drawn.incidents) { &drawn.incidents } else { &[] },
            aside,
        })
        .collect();
    let means = match every {
        1 => "",
        7 => ", means of seven days",
        _ => ", means of 28 days",
    };
    let what = format!("Tonnes{of} delivered a day{means}");
    let title = match (daily.all.as_slice(), rows.as_slice()) {
        ([days], [drawn]) => {
            let needed = need.map(|need| need.tonnes_per_day);
            days.title(&drawn.tonnes, every, (&of, telling), (needed, missed[0]), |day| {
                dated_day(base, day)
            })
        }
        _ => several(easel, &daily, telling),
    };
    let said = format!("{} {}", average_in_words(&missed, telling.confidence), left_out(count, every));
    let label = need.map(Need::label);
    let chart = DailyFan {
        heading: easel.heading(title, easel.subtitle(&what), easel.only()),
        width: easel.width,
        quantity: &format!("Delivered{}", daily.what()),
        unit: "t/day",
        axis: dated(base)
            .stepping((first - 1) as f64, every as f64)
            .until((first - 1) as f64 + count as f64),
        fans: &fans,
        level: need.zip(label.as_deref()).map(|(need, label)| (need.tonnes_per_day, label)),
        strip: match (every, easel.width.is_wide()) {
            (1, true) => "Replications with a closure that day",
            (_, true) => "Days with a closure, over replications",
            (1, false) => "Replications with a closure",
            (_, false) => "Days with a closure",
        },
        said: said.trim_end(),
    };
    Ok(Some(Picture {
        name: easel.named_by_period(CHART.name),
        scene: daily_fan(&chart),
        numbers: numbers(alternatives, &rows, (first, every, count), need.map(|need| need.tonnes_per_day)),
    }))
}

/// What the average of the title is, and what stands in brackets.
fn average_in_words(missed: &[Option<Missed>], confidence: f64) -> String {
    let average = "On average: mean over days and replications.";
    if missed.iter().flatten().any(|missed| missed.has_interval()) {
        format!("{average} In brackets: {} intervals.", plain_percent(confidence))
    } else {
        average.to_owned()
    }
}

/// What is drawn of one alternative: a value each so many days.
struct Drawn {
    tonnes: Vec<Quantiles>,
    /// The share of replications closed.
    closed: Vec<f64>,
    /// Incidents a day, mean of the replications.
    incidents: Vec<f64>,
}

fn is_any(values: &[f64]) -> bool {
    values.iter().any(|value| *value > 0.0)
}

/// From the day `first` on, a value each `every` of `count` days.
fn numbers(alternatives: &[Alternative], rows: &[Drawn], (first, every, count): (i64, usize, usize), need: Option<f64>) -> Numbers {
    let unit = "t/day";
    let mut columns = vec![
        words("alternative", "name of the scenario or alternative"),
        numbered("day", "", "the first day of the value, from 1"),
        words("date", "the date of that day"),
        numbered("days", "days", "of so many days it is the mean"),
    ];
    columns.extend(quantiles_of("tonnes_per_day", unit));
    columns.push(real(
        "closed_share",
        "share",
        "of replications with a closure on a day, mean of the days",
    ));
    columns.push(real("incidents_per_day", "incidents/day", "mean over replications and the days"));
    columns.push(real("need_tonnes_per_day", unit, "the need that is drawn; empty for none"));
    let table = numbers_of("daily-deliveries", 2, columns);
    let mut frame = Frame::new(&table);
    for (alternative, drawn) in alternatives.iter().zip(rows) {
        for (k, quantiles) in drawn.tonnes.iter().enumerate() {
            let day = first + (k * every) as i64;
            let row = frame
                .row()
                .text(&alternative.name)
                .whole(day)
                .text(&dated_day(alternative, day))
                .whole(every.min(count - k * every) as i64);
            let row = quantiles.iter().fold(row, |row, value| row.real(*value));
            row.real(drawn.closed[k])
                .real(drawn.incidents[k])
                .real(need.unwrap_or(f64::NAN))
                .end();
        }
    }
    (table, frame)
}

/// What becomes of the days after the last whole mean.
fn left_out(count: usize, every: usize) -> String {
    let (drawn, rest) = (averaged_days(count, every), count % every);
    match (rest, count - drawn) {
        (0, _) => String::new(),
        (rest, 0) => format!("The last value is the mean of {}.", counted(rest, "day")),
        (_, 1) => "The last day, alone after whole means, is not drawn; the average of the title counts it.".to_owned(),
        (_, missing) => format!("The last {missing} days, few after whole means, are not drawn; the average of the title counts them."),
    }
}

impl Days {
    /// Quantiles over replications, the share of replications closed and mean incidents, a value each `every` days.
    fn fan(&self, every: usize) -> Drawn {
        let averaged: Vec<Vec<f64>> = self.each().map(|days| means(days, every)).collect();
        let values = averaged.first().map_or(0, Vec::len);
        let rows = (0..values).map(|value| charts::quantiles(&mut averaged.iter().map(|days| days[value]).collect::<Vec<f64>>()));
        let tonnes: Vec<Quantiles> = rows.collect();
        if tonnes.is_empty() {
            return Drawn {
                tonnes,
                closed: Vec::new(),
                incidents: Vec::new(),
            };
        }
        let closed = self.mean(&self.closed, |closed_h| f64::from(u8::from(closed_h > 0.0)));
        let incidents = self.mean(&self.incidents, |incidents| incidents);
        Drawn {
            tonnes,
            closed: means(&closed, every),
            incidents: means(&incidents, every),
        }
    }

    /// The mean a day from one part of the period to another (0 to 1), replication by replication.
    fn part(&self, from: f64, to: f64) -> Vec<f64> {
        let at = |part: f64| (part * self.count as f64).round() as usize;
        let of_one = |days: &[f64]| stats::mean(&days[at(from)..at(to)]);
        self.each().map(of_one).collect()
    }

    /// The mean of all days, over replications.
    fn average(&self, confidence: f64) -> Estimate {
        stats::mean_interval(&self.part(0.0, 1.0), confidence)
            .within((0.0, f64::INFINITY))
            .into()
    }

    /// What holds of the whole period: the average, a trend or else the range of what is drawn, and the need.
    fn title(
        &self,
        rows: &[Quantiles],
        every: usize,
        (of, telling): (&str, Telling),
        (needed, missed): (Option<f64>, Option<Missed>),
        date: impl Fn(i64) -> String,
    ) -> String {
        let found = self.average(telling.confidence);
        let average = found.value;
        let moves = self.trend(average).or_else(|| self.range(rows, every, average, date));
        let missed = missed.map_or_else(String::new, |missed| format!("; {}", missed.in_words()));
        let (value, interval) = telling.parts(found);
        let interval = interval.map_or_else(String::new, |interval| format!(" ({interval})"));
        let needed = needed.map_or_else(String::new, |need| format!(", of {} needed", in_tonnes(need)));
        format!(
            "{value} tonnes{of} a day on average{interval}{needed}{}{missed}",
            moves.unwrap_or_default()
        )
    }

    /// A rise or fall from third to third, if it is one: clear over the replications, the middle between the ends, and more than a tenth.
    fn trend(&self, average: f64) -> Option<String> {
        const CONFIDENCE: f64 = 0.95;
        if self.count < 9 {
            return None;
        }
        let [first, middle, last] = [0.0, 1.0, 2.0].map(|third| self.part(third / 3.0, (third + 1.0) / 3.0));
        let test = stats::paired_t(&last, &first, CONFIDENCE);
        let clear = test.lower > 0.0 || test.upper < 0.0;
        let [from, through, to] = [&first, &middle, &last].map(|part| stats::mean(part));
        let steady = (through - from) * (to - from) > 0.0 && (to - through) * (to - from) > 0.0;
        // An average far from all thirds has seen something else than a trend.
        let verb = if to > from { "rising" } else { "falling" };
        (clear && steady && (to - from).abs() > 0.1 * average).then(|| {
            format!(
                ", {verb} from {} in the first third of the period to {} in the last",
                rounded(from, average),
                rounded(to, average)
            )
        })
    }

    /// From where to where the medians go, where the greatest stands out from the average: by more than days off in a week make it.
    fn range(&self, rows: &[Quantiles], every: usize, average: f64, date: impl Fn(i64) -> String) -> Option<String> {
        let order = |a: &usize, b: &usize| rows[*a][2].total_cmp(&rows[*b][2]);
        let (least, most) = (0..rows.len()).min_by(order).zip((0..rows.len()).max_by(order))?;
        let (from, to) = (rows[least][2], rows[most][2]);
        if to <= average * if every == 1 { 2.0 } else { 1.5 } {
            return None;
        }
        let when = match every {
            1 => "on",
            7 => "in the week from",
            _ => "in the four weeks from",
        };
        Some(format!(
            "; medians from {} to {}, the peak {when} {}",
            rounded(from, from.max(average / 10.0)),
            rounded(to, to),
            date(self.first + (most * every) as i64),
        ))
    }
}

/// Tonnes of a need.
fn in_tonnes(need: f64) -> String {
    fixed(need, usize::from(need < 100.0 && need.fract() > 0.0))
}

/// The averages of several alternatives, and what is needed. Of more than are drawn the intervals hold for all at once too.
fn several(easel: &Easel, daily: &Daily, telling: Telling) -> String {
    let confidence = telling.at_once(easel.source.all());
    let averages = daily.all.iter().map(|days| days.average(confidence));
    let names = easel.alternatives().iter().map(|alternative| alternative.name.as_str());
    let averages: Vec<(&str, Estimate)> = names.zip(averages).collect();
    let needed = daily
        .need
        .as_ref()
        .map_or_else(String::new, |need| format!("; needed are {} a day", in_tonnes(need.tonnes_per_day)));
    format!(
        "Tonnes{} a day on average{}{needed}",
        daily.of_goods(),
        telling.several(&Several {
            of: &averages,
            all: easel.source.all(),
            way: Way::Nearest
        })
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Replications of the same days, each a little different.
    fn days(of_day: impl Fn(usize) -> f64, count: usize) -> Days {
        let replications = 10;
        Days {
            first: 1,
            count,
            replications,
            tonnes: (0..replications)
                .flat_map(|r| (0..count).map(move |day| (r, day)))
                .map(|(r, day)| of_day(day) + r as f64 * 0.1)
                .collect(),
            closed: vec![0.0; count * replications],
            incidents: vec![0.0; count * replications],
        }
    }

    fn title(days: &Days, missed: Option<Missed>) -> String {
        let every = days_a_value(days.count);
        let telling = Telling {
            unit: "",
            confidence: 0.95,
        };
        days.title(&days.fan(every).tonnes, every, ("", telling), (None, missed), |day| {
            format!("day {day}")
        })
    }

    #[test]
    fn a_rise_is_called_a_rise() {
        let rising = days(|day| 100.0 + 10.0 * day as f64, 30);
        assert_eq!(
            title(&rising, None),
            "245.45 tonnes a day on average (95 % interval 245.23 to 245.67), rising from 150 in the first third of the period to 350 in the last"
        );
        assert_eq!(
            title(&days(|_| 150.0, 30), None),
            "150.45 tonnes a day on average (95 % interval 150.23 to 150.67)"
        );
    }

    #[test]
    fn a_peak_in_the_middle_is_no_rise_though_the_end_lies_above_the_beginning() {
        let peak = days(|day| [200.0, 2_700.0, 900.0][day / 10], 30);
        assert_eq!(
            title(&peak, None),
            "1,267.12 tonnes a day on average (95 % interval 1,266.90 to 1,267.33); medians from 200 to 2,700, the peak on day 20"
        );
    }

    #[test]
    fn days_below_the_need_are_told_though_the_average_lies_above_it() {
        let mostly_low = days(|day| if day % 5 == 0 { 2_000.0 } else { 300.0 }, 50);
        let missed = Missed {
            share: Estimate::alone(0.8),
            window: 1,
            several: false,
        };
        let told = title(&mostly_low, Some(missed));
        assert!(
            told.starts_with("640.45 tonnes a day on average (95 % interval 640.23 to 640.67)"),
            "{told}"
        );
        assert!(told.ends_with("; on 80 % of the days less than needed"), "{told}");
    }

    #[test]
    fn a_part_of_a_week_at_the_end_is_never_dropped_in_silence() {
        assert_eq!(left_out(364, 7), "");
        assert_eq!(left_out(111, 7), "The last value is the mean of 6 days.");
        assert!(left_out(365, 7).starts_with("The last day, alone after whole means, is not drawn"));
        assert!(left_out(366, 7).starts_with("The last 2 days, few after whole means, are not drawn"));
    }
}
