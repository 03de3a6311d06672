//! The axis of time: hours, days, weeks, months or years, whichever leaves room for its labels.

use super::page::{Tick, have_room};
use super::plot::Plot;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A civil date, as far as labels need it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Date {
    year: i32,
    month: usize,
    day: usize,
}

impl Date {
    /// Reads `2026-07-01`.
    fn parse(iso: &str) -> Option<Date> {
        let (year, rest) = iso.trim().split_once('-')?;
        let (month, day) = rest.split_once('-')?;
        let date = Date {
            year: year.parse().ok()?,
            month: month.parse().ok()?,
            day: day.parse().ok()?,
        };
        ((1..=12).contains(&date.month) && (1..=31).contains(&date.day)).then_some(date)
    }

    /// 0 for Monday (Sakamoto's method).
    fn weekday(self) -> i32 {
        const SHIFT: [i32; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
        let year = if self.month < 3 { self.year - 1 } else { self.year };
        let sunday_first = year + year / 4 - year / 100 + year / 400 + SHIFT[self.month - 1] + self.day as i32;
        (sunday_first + 6) % 7
    }

    fn month_name(self) -> &'static str {
        MONTHS[self.month - 1]
    }
}

/// How values in order lie in time, and what the days are called.
#[derive(Clone, Debug)]
pub struct TimeAxis {
    dates: Vec<Date>,
    from: f64,
    step: f64,
    until: f64,
}

impl TimeAxis {
    /// One value a day; `dates` name the calendar days of the whole horizon in order (`2026-07-01`). If one is no such date, days are numbered instead.
    pub fn dated<S: AsRef<str>>(dates: impl IntoIterator<Item = S>) -> TimeAxis {
        let dates: Option<Vec<Date>> = dates.into_iter().map(|date| Date::parse(date.as_ref())).collect();
        TimeAxis {
            dates: dates.unwrap_or_default(),
            from: 0.0,
            step: 1.0,
            until: f64::INFINITY,
        }
    }

    /// One value a day; days are numbered from 1.
    pub fn numbered() -> TimeAxis {
        TimeAxis {
            dates: Vec::new(),
            from: 0.0,
            step: 1.0,
            until: f64::INFINITY,
        }
    }

    /// The same axis for values that lie `step` days apart, of which the first stands for the time that begins `from` days after the first midnight:
    /// `stepping(8.0 / 24.0, 1.0 / 24.0)` for hourly values since eight o'clock, `stepping(0.0, 7.0)` for weekly means.
    #[must_use]
    pub fn stepping(self, from: f64, step: f64) -> TimeAxis {
        TimeAxis {
            from: if from.is_finite() { from } else { 0.0 },
            step: if step > 0.0 && step.is_finite() { step } else { 1.0 },
            ..self
        }
    }

    /// The same axis for values of which the last stands for no time after `end`, in days after the first midnight: a last week of five days.
    #[must_use]
    pub fn until(self, end: f64) -> TimeAxis {
        TimeAxis {
            until: if end > self.from { end } else { f64::INFINITY },
            ..self
        }
    }

    /// The same axis for values of which each stands for `every` of the former.
    pub(super) fn lengthened(self, every: usize) -> TimeAxis {
        TimeAxis {
            step: self.step * every as f64,
            ..self
        }
    }

    /// From one value to the next, in days.
    pub(super) fn step(&self) -> f64 {
        self.step
    }

    /// Where the `index`-th value is drawn, in days: in the middle of the time it stands for.
    pub(super) fn at(&self, index: usize) -> f64 {
        f64::midpoint(self.edge(index), self.edge(index + 1))
    }

    /// Where the time begins that the `index`-th value stands for, in days, or where that of the last ends.
    pub(super) fn edge(&self, index: usize) -> f64 {
        (self.from + self.step * index as f64).min(self.until)
    }

    /// The times that `count` values stand for, in days.
    pub(super) fn range(&self, count: usize) -> (f64, f64) {
        (self.from, self.edge(count.max(1)))
    }

    /// A moment, in days since the first midnight, in words: "3 Jul 2026, 14:00".
    pub(super) fn moment(&self, days: f64) -> String {
        let minutes = (days * 1440.0).round().max(0.0) as usize;
        let (day, minute) = (minutes / 1440, minutes % 1440);
        format!("{}, {:02}:{:02}", self.day(day), minute / 60, minute % 60)
    }

    /// The time that the `index`-th value stands for, in words.
    pub(super) fn told(&self, index: usize) -> String {
        let (from, to) = (self.edge(index), self.edge(index + 1));
        if self.step < 1.0 - 1e-9 {
            return self.moment(from);
        }
        let (first, last) = ((from + 1e-6).floor() as usize, ((to - 1e-6).ceil() - 1.0).max(0.0) as usize);
        if last > first {
            format!("{} to {}", self.day(first), self.day(last))
        } else {
            self.day(first)
        }
    }

    /// A day in words: "3 Jul 2026", or, without dates, "day 3".
    pub(super) fn day(&self, index: usize) -> String {
        self.dates.get(index).map_or_else(
            || format!("day {}", super::counted(index + 1)),
            |date| format!("{} {} {}", date.day, date.month_name(), date.year),
        )
    }

    /// What the axis is called where its labels do not say it themselves.
    pub(super) fn title(&self) -> &'static str {
        if self.dates.is_empty() { "Day of the run" } else { "" }
    }

    /// Ticks under a plot: the shortest of our intervals whose labels have room.
    pub(super) fn ticks(&self, plot: &Plot, range: (f64, f64), page_width: f64) -> Vec<Tick> {
        let edges = (2.0, page_width - 2.0);
        let laid = |interval: Interval| -> Vec<Tick> {
            let marks = if self.dates.is_empty() {
                numbered(interval, range)
            } else {
                self.marks(interval, range)
            };
            marks
                .into_iter()
                .map(|m| Tick::new(plot.x(m.at), m.label, m.second, edges))
                .collect()
        };
        let fitting = |least: usize| {
            let ladder = INTERVALS
                .into_iter()
                .filter(|interval| interval.suits(range.1 - range.0, self.step));
            ladder.map(laid).find(|ticks| ticks.len() >= least && have_room(ticks))
        };
        fitting(2).or_else(|| fitting(1)).unwrap_or_default()
    }

    /// The instants of an interval that lie within a range, with what they say; the year, or the date under hours, stands below the first and each change.
    fn marks(&self, interval: Interval, range: (f64, f64)) -> Vec<Mark> {
        let mut marks: Vec<Mark> = Vec::new();
        let mut told: Option<String> = None;
        let mut mondays = 0;
        let days = self.dates.iter().enumerate().skip(range.0.floor().max(0.0) as usize);
        for (index, &date) in days.take_while(|(index, _)| *index as f64 <= range.1) {
            let monday = date.weekday() == 0;
            for (at, label) in interval.instants(index, date, mondays) {
                // Values of whole days stand in the middle of their day, and so do the labels of days.
                let middle = if self.step >= 1.0 && interval.names_days() { 0.5 } else { 0.0 };
                let at = at + middle;
                if at < range.0 - 1e-9 || at > range.1 + 1e-9 {
                    continue;
                }
                let under = interval.under(date);
                let second = (under != told).then(|| under.clone()).flatten();
                told = under;
                marks.push(Mark { at, label, second });
            }
            mondays += usize::from(monday);
        }
        marks
    }
}

/// A tick in days.
struct Mark {
    at: f64,
    label: String,
    second: Option<String>,
}

/// Days counted from 1, at 1-2-5 distances that the ladder's lengths stand for.
fn numbered(interval: Interval, range: (f64, f64)) -> Vec<Mark> {
    let every = match interval {
        Interval::Hours(_) => return Vec::new(),
        Interval::Days(days) => days,
        Interval::Weeks(weeks) => weeks * 5,
        Interval::Months(months) => [20, 50, 100, 200][[1, 2, 3, 6].iter().position(|&m| m == months).unwrap_or(3)],
        Interval::Years(years) => years * 500,
    };
    let (first, last) = (range.0.floor().max(0.0) as usize, range.1.ceil() as usize);
    (first..last)
        .filter(|day| (day + 1) % every == 0 || (*day == 0 && every > 1))
        .map(|day| Mark {
            at: day as f64 + 0.5,
            label: super::counted(day + 1),
            second: None,
        })
        .filter(|mark| mark.at >= range.0 && mark.at <= range.1)
        .collect()
}

/// A distance between ticks.
#[derive(Clone, Copy, Debug)]
enum Interval {
    Hours(usize),
    Days(usize),
    Weeks(usize),
    Months(usize),
    Years(usize),
}

/// From the shortest to the longest.
const INTERVALS: [Interval; 18] = [
    Interval::Hours(1),
    Interval::Hours(3),
    Interval::Hours(6),
    Interval::Hours(12),
    Interval::Days(1),
    Interval::Days(2),
    Interval::Weeks(1),
    Interval::Weeks(2),
    Interval::Months(1),
    Interval::Months(2),
    Interval::Months(3),
    Interval::Months(6),
    Interval::Years(1),
    Interval::Years(2),
    Interval::Years(5),
    Interval::Years(10),
    Interval::Years(20),
    Interval::Years(50),
];

impl Interval {
    /// Whether it is worth trying: hours within a few days and for values finer than a day only.
    fn suits(self, days: f64, step: f64) -> bool {
        match self {
            Interval::Hours(_) => days <= 4.0 && step < 1.0,
            Interval::Days(_) => days <= 60.0,
            Interval::Weeks(_) => days <= 400.0,
            Interval::Months(_) => days <= 4000.0,
            Interval::Years(_) => true,
        }
    }

    fn names_days(self) -> bool {
        matches!(self, Interval::Days(_) | Interval::Weeks(_))
    }

    /// Its instants on one day, in days since the first midnight, with their labels.
    fn instants(self, index: usize, date: Date, mondays: usize) -> Vec<(f64, String)> {
        let at = index as f64;
        let of_day = || format!("{} {}", date.day, date.month_name());
        match self {
            Interval::Hours(hours) => (0..24_u32)
                .step_by(hours)
                .map(|hour| (at + f64::from(hour) / 24.0, format!("{hour:02}:00")))
                .collect(),
            Interval::Days(days) if index.is_multiple_of(days) => vec![(at, of_day())],
            Interval::Weeks(weeks) if date.weekday() == 0 && mondays.is_multiple_of(weeks) => vec![(at, of_day())],
            Interval::Months(months) if date.day == 1 && (date.month - 1).is_multiple_of(months) => {
                vec![(at, date.month_name().to_owned())]
            }
            Interval::Years(years) if date.day == 1 && date.month == 1 && date.year % years as i32 == 0 => {
                vec![(at, date.year.to_string())]
            }
            _ => Vec::new(),
        }
    }

    /// What the second row says.
    fn under(self, date: Date) -> Option<String> {
        match self {
            Interval::Hours(_) => Some(format!("{} {}", date.day, date.month_name())),
            Interval::Years(_) => None,
            _ => Some(date.year.to_string()),
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::scene::Frame;
    use super::*;

    /// The civil dates from 2026-07-01 on.
    pub(in super::super) fn dates(days: usize) -> Vec<String> {
        let (mut year, mut month, mut day) = (2026, 7, 1);
        let mut dates = Vec::new();
        for _ in 0..days {
            dates.push(format!("{year}-{month:02}-{day:02}"));
            day += 1;
            let leap = year % 4 == 0;
            let length = [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
            if day > length {
                (month, day) = (month + 1, 1);
            }
            if month > 12 {
                (year, month) = (year + 1, 1);
            }
        }
        dates
    }

    fn labels(axis: &TimeAxis, count: usize) -> Vec<String> {
        let frame = Frame::around(&[(40.0, 0.0), (500.0, 100.0)]);
        let range = axis.range(count);
        let plot = Plot::new(frame, range, (0.0, 1.0));
        axis.ticks(&plot, range, 510.0)
            .into_iter()
            .map(|tick| tick.second.map_or(tick.label.clone(), |second| format!("{}/{second}", tick.label)))
            .collect()
    }

    #[test]
    fn weekdays_are_those_of_the_calendar() {
        let day = |iso| Date::parse(iso).expect("a date").weekday();
        assert_eq!([day("2026-07-01"), day("2024-02-29"), day("2000-01-01")], [2, 3, 5]);
        assert!(Date::parse("2026-13-01").is_none() && Date::parse("day 3").is_none());
    }

    #[test]
    fn labels_fit_the_length_of_the_horizon() {
        let of = |days| labels(&TimeAxis::dated(dates(days)), days);
        assert_eq!(of(7)[..2], ["1 Jul/2026", "2 Jul"]);
        assert_eq!(of(60)[..2], ["6 Jul/2026", "13 Jul"]);
        assert_eq!(of(365)[..2], ["Jul/2026", "Aug"]);
        assert!(of(365).contains(&"Jan/2027".to_owned()));
        assert_eq!(of(3650)[..2], ["2027", "2028"]);
        assert_eq!(of(1), ["1 Jul/2026"]);
    }

    #[test]
    fn hours_are_named_where_values_are_hourly() {
        let axis = TimeAxis::dated(dates(3)).stepping(8.0 / 24.0, 1.0 / 24.0);
        assert_eq!(labels(&axis, 40)[..3], ["09:00/1 Jul", "12:00", "15:00"]);
    }

    #[test]
    fn times_are_told_as_long_as_they_are() {
        let axis = TimeAxis::dated(dates(30));
        assert_eq!(axis.told(2), "3 Jul 2026");
        assert_eq!(axis.clone().stepping(0.0, 7.0).until(10.0).told(1), "8 Jul 2026 to 10 Jul 2026");
        assert_eq!(axis.stepping(8.0 / 24.0, 1.0 / 24.0).told(20), "2 Jul 2026, 04:00");
        assert_eq!(
            [TimeAxis::numbered().told(2), TimeAxis::numbered().moment(2.5)],
            ["day 3", "day 3, 12:00"]
        );
    }

    #[test]
    fn days_without_dates_are_numbered_from_one() {
        assert_eq!(labels(&TimeAxis::numbered(), 7), ["1", "2", "3", "4", "5", "6", "7"]);
        assert_eq!(labels(&TimeAxis::dated(["someday"]), 100)[..3], ["1", "5", "10"]);
        assert_eq!(TimeAxis::numbered().title(), "Day of the run");
    }
}
