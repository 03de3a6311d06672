//! The civil date and time at which the horizon starts, and the days counted from it.

use super::civil::{CivilDate, CivilDateTime};
use crate::time::{DAY_US, HOUR_US, MINUTE_US, SECOND_US, Time};

/// Civil date and time of [`Time::ZERO`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Day number of its date, 0 for 1970-01-01.
    day: i64,
    /// Microseconds from its midnight to the start.
    since_midnight: i64,
}

impl Origin {
    /// The start of the horizon.
    ///
    /// # Errors
    /// A sentence such as "2026-02-30 is no date".
    pub fn new(year: i16, month: i8, day: i8, hour: i8, minute: i8, second: i8) -> Result<Origin, String> {
        let date = CivilDate::new(year, month, day)?;
        CivilDateTime::new(date, hour, minute, second, 0).map(Origin::at)
    }

    /// The start of the horizon.
    pub fn at(start: CivilDateTime) -> Origin {
        Origin {
            day: start.date().number(),
            since_midnight: start.clock().0,
        }
    }

    /// The instant of a civil date and time, negative before the start.
    pub fn time_of(&self, at: CivilDateTime) -> Time {
        Time((at.date().number() - self.day) * DAY_US + at.clock().0 - self.since_midnight)
    }

    /// Midnight at or before an instant.
    pub fn day_start(&self, at: Time) -> Time {
        self.start_of_day(self.day_index(at))
    }

    /// The calendar day of an instant; 0 is the day of the start.
    pub fn day_index(&self, at: Time) -> i64 {
        at.0.saturating_add(self.since_midnight).div_euclid(DAY_US)
    }

    /// Midnight at the beginning of a calendar day.
    pub fn start_of_day(&self, day: i64) -> Time {
        Time(day.saturating_mul(DAY_US).saturating_sub(self.since_midnight))
    }

    /// The date of a calendar day, such as `2026-07-01`.
    pub fn date_of_day(&self, day: i64) -> String {
        CivilDate::of_number(self.number_of(day)).to_string()
    }

    /// The day of the week of a calendar day; 0 is Monday.
    pub fn weekday(&self, day: i64) -> usize {
        // 1970-01-01 was a Thursday.
        self.number_of(day).saturating_add(3).rem_euclid(7) as usize
    }

    /// The civil date and time of an instant.
    pub fn civil(&self, at: Time) -> CivilDateTime {
        let CivilDate { year, month, day } = CivilDate::of_number(self.number_of(self.day_index(at)));
        let clock = at.0.saturating_add(self.since_midnight).rem_euclid(DAY_US);
        CivilDateTime {
            year,
            month,
            day,
            hour: (clock / HOUR_US) as i8,
            minute: (clock / MINUTE_US % 60) as i8,
            second: (clock / SECOND_US % 60) as i8,
            microsecond: (clock % SECOND_US) as i32,
        }
    }

    /// The civil date and time of an instant, such as `2026-07-01T08:00:00`.
    pub fn iso(&self, at: Time) -> String {
        self.civil(at).to_string()
    }

    /// The day number, 0 for 1970-01-01, of a calendar day.
    pub(super) fn number_of(self, day: i64) -> i64 {
        self.day.saturating_add(day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_the_day_of_the_start() {
        let origin = Origin::new(2026, 7, 1, 6, 0, 0).unwrap();
        assert_eq!(origin.day_index(Time::ZERO), 0);
        assert_eq!(origin.day_index(Time(18 * HOUR_US - 1)), 0);
        assert_eq!(origin.day_index(Time(18 * HOUR_US)), 1);
        assert_eq!(origin.day_index(Time(-6 * HOUR_US - 1)), -1);
        assert_eq!(origin.day_start(Time::ZERO), Time(-6 * HOUR_US));
        assert_eq!(origin.start_of_day(1), Time(18 * HOUR_US));
        assert_eq!(origin.date_of_day(0), "2026-07-01");
        assert_eq!(origin.date_of_day(-1), "2026-06-30");
        assert_eq!(origin.weekday(0), 2);
        assert_eq!(origin.weekday(-3), 6);
    }

    #[test]
    fn instants_and_civil_times_invert() {
        let origin = Origin::new(2026, 7, 1, 6, 0, 0).unwrap();
        let at = CivilDateTime::parse("2026-07-03T08:00:00.000001").unwrap();
        assert_eq!(origin.time_of(at), Time(50 * HOUR_US + 1));
        assert_eq!(origin.iso(Time(50 * HOUR_US + 1)), "2026-07-03T08:00:00.000001");
        assert_eq!(origin.iso(Time::ZERO), "2026-07-01T06:00:00");
        assert_eq!(origin.civil(origin.time_of(at)), at);
        assert!(Origin::new(2026, 13, 1, 0, 0, 0).is_err());
        assert!(Origin::new(2026, 1, 1, 24, 0, 0).is_err());
    }

    #[test]
    fn a_leap_day_is_a_day() {
        let origin = Origin::new(2028, 2, 28, 0, 0, 0).unwrap();
        assert_eq!(origin.date_of_day(1), "2028-02-29");
        assert_eq!(origin.date_of_day(2), "2028-03-01");
        assert_eq!(origin.time_of(CivilDateTime::parse("2028-03-01").unwrap()), Time(2 * DAY_US));
    }

    #[test]
    fn the_end_of_time_does_no_harm() {
        let origin = Origin::new(2026, 7, 1, 6, 0, 0).unwrap();
        assert!(origin.day_index(Time::NEVER) > 0);
        assert!(origin.iso(Time::NEVER).starts_with("9999-12-31"));
        assert!(origin.start_of_day(i64::MIN) < Time::ZERO);
    }
}
