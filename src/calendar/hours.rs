//! Opening hours: a week, seasons that replace it, holidays and special dates; and the openings that follow from them.
//!
//! ```text
//!   dates  >  holidays  >  season  >  week          what holds for the intervals that begin on a day
//! ```

use std::collections::{BTreeMap, BTreeSet};

use super::civil::CivilDate;
use super::origin::Origin;
use crate::time::{Duration, Time};

/// Half-open intervals of a day, since its midnight; an end at or before its start lies on the next day.
pub type Hours = Vec<(Duration, Duration)>;

/// Opening hours. A day without intervals is closed; an interval belongs to the day on which it begins.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Calendar {
    /// Hours of the days of the week, Monday first.
    pub weekly: [Hours; 7],
    /// Dated sections that replace the weekly hours; where two overlap, the later in this list holds.
    pub seasons: Vec<Season>,
    /// Days on which nothing begins.
    pub holidays: Vec<CivilDate>,
    /// Days with hours of their own, before all else; the later in this list holds.
    pub dates: Vec<(CivilDate, Hours)>,
}

/// A dated section that replaces weekly hours.
#[derive(Clone, Debug, PartialEq)]
pub struct Season {
    /// Its name in the scenario.
    pub name: String,
    /// Its first day.
    pub from: CivilDate,
    /// Its last day, included.
    pub to: CivilDate,
    /// Hours of the days of the week, Monday first; none: the weekly hours hold.
    pub weekly: [Option<Hours>; 7],
}

/// A time without break in which a calendar is open: intervals that touch or overlap are one opening.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    /// Its first instant, which may lie before the horizon.
    pub from: Time,
    /// The first instant after it: closing time.
    pub to: Time,
    /// The calendar day on which it begins.
    pub day: i64,
    /// Whether closing time is the end of the last interval that begins on its day.
    ///
    /// That day is the day on which the interval that ends then began (of several, the latest): where an evening shift runs
    /// into the next morning's without a break, the morning's day decides. An opening without end has no closing time, and
    /// what is said here of it means nothing.
    pub last_of_day: bool,
}

/// How far beyond the end openings are followed, in days: longer than any pause before closing.
const FOLLOWED_DAYS: i64 = 8;

impl Calendar {
    /// Open at all times.
    pub fn always() -> Calendar {
        let day = vec![(Duration::ZERO, Duration::from_days(1))];
        Calendar {
            weekly: std::array::from_fn(|_| day.clone()),
            ..Calendar::default()
        }
    }

    /// The openings that are not over at the start of the horizon and begin before `until`, in order of time.
    ///
    /// One that began up to a day before the horizon is told with its true start. An end is true where it lies less than a
    /// week after `until`; a calendar without closing times gives one opening that ends somewhere after that.
    pub fn openings(&self, origin: &Origin, until: Time) -> Vec<Opening> {
        let days = self.by_day();
        let last_day = origin.day_index(until).saturating_add(FOLLOWED_DAYS);
        let mut openings: Vec<Opening> = Vec::new();
        for day in -1..=last_day {
            let mut intervals = intervals_of(days.hours(origin, day), origin.start_of_day(day));
            intervals.sort_unstable();
            let day_end = intervals.iter().map(|(_, to)| *to).max();
            for (from, to) in intervals {
                let last_of_day = Some(to) == day_end;
                match openings.last_mut() {
                    Some(open) if from <= open.to => {
                        if to >= open.to {
                            open.to = to;
                            open.last_of_day = last_of_day;
                        }
                    }
                    _ => openings.push(Opening {
                        from,
                        to,
                        day,
                        last_of_day,
                    }),
                }
            }
        }
        openings.retain(|opening| opening.to > Time::ZERO && opening.from < until);
        openings
    }

    /// Whether an interval begins on a calendar day (days are counted by `origin`).
    pub fn opens_on(&self, origin: &Origin, day: i64) -> bool {
        !self.by_day().hours(origin, day).is_empty()
    }

    /// The calendar days from `first` up to, not including, `end` on which an interval begins.
    pub fn opening_days(&self, origin: &Origin, first: i64, end: i64) -> Vec<i64> {
        let days = self.by_day();
        (first..end).filter(|day| !days.hours(origin, *day).is_empty()).collect()
    }

    fn by_day(&self) -> ByDay<'_> {
        ByDay {
            calendar: self,
            seasons: self
                .seasons
                .iter()
                .rev()
                .map(|season| (season.from.number(), season.to.number(), season))
                .collect(),
            holidays: self.holidays.iter().map(|date| date.number()).collect(),
            dates: self.dates.iter().map(|(date, hours)| (date.number(), hours)).collect(),
        }
    }
}

/// A calendar with its dates as day numbers.
struct ByDay<'a> {
    calendar: &'a Calendar,
    /// The later in the scenario first.
    seasons: Vec<(i64, i64, &'a Season)>,
    holidays: BTreeSet<i64>,
    dates: BTreeMap<i64, &'a Hours>,
}

impl ByDay<'_> {
    fn hours(&self, origin: &Origin, day: i64) -> &[(Duration, Duration)] {
        let number = origin.number_of(day);
        if let Some(hours) = self.dates.get(&number) {
            return hours;
        }
        if self.holidays.contains(&number) {
            return &[];
        }
        let weekday = origin.weekday(day);
        self.seasons
            .iter()
            .filter(|(from, to, _)| (*from..=*to).contains(&number))
            .find_map(|(_, _, season)| season.weekly[weekday].as_ref())
            .unwrap_or(&self.calendar.weekly[weekday])
    }
}

fn intervals_of(hours: &[(Duration, Duration)], midnight: Time) -> Vec<(Time, Time)> {
    hours
        .iter()
        .map(|&(from, to)| {
            let to = if to <= from { to + Duration::from_days(1) } else { to };
            (midnight + from, midnight + to)
        })
        .collect()
}

#[cfg(test)]
mod tests;
