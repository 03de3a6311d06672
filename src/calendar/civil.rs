//! Dates and clock times as people write them.

use std::fmt;

use jiff::civil::Date;

use crate::time::{DAY_US, Duration, HOUR_US, MINUTE_US, SECOND_US};

/// A date of the Gregorian calendar. Made by [`CivilDate::new`] or [`CivilDate::parse`], it exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CivilDate {
    /// 1 to 9999.
    pub year: i16,
    /// 1 to 12.
    pub month: i8,
    /// 1 to 31.
    pub day: i8,
}

/// A date with a clock time. Made by [`CivilDateTime::new`] or [`CivilDateTime::parse`], it exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CivilDateTime {
    /// 1 to 9999.
    pub year: i16,
    /// 1 to 12.
    pub month: i8,
    /// 1 to 31.
    pub day: i8,
    /// 0 to 23.
    pub hour: i8,
    /// 0 to 59.
    pub minute: i8,
    /// 0 to 59.
    pub second: i8,
    /// 0 to 999 999.
    pub microsecond: i32,
}

impl CivilDate {
    /// A date that exists.
    ///
    /// # Errors
    /// A sentence such as "2026-02-30 is no date".
    pub fn new(year: i16, month: i8, day: i8) -> Result<CivilDate, String> {
        if year >= 1 && Date::new(year, month, day).is_ok() {
            Ok(CivilDate { year, month, day })
        } else {
            Err(format!("{year:04}-{month:02}-{day:02} is no date"))
        }
    }

    /// Reads `2026-07-01`.
    ///
    /// # Errors
    /// A sentence that says what was expected and what was found.
    pub fn parse(text: &str) -> Result<CivilDate, String> {
        let refused = || format!("expected a date such as `2026-07-01`, found `{text}`");
        let mut parts = text.trim().split('-');
        let mut whole = |width: usize| parts.next().and_then(|part| digits(part, width)).ok_or_else(refused);
        let (year, month, day) = (whole(4)?, whole(2)?, whole(2)?);
        if parts.next().is_some() {
            return Err(refused());
        }
        CivilDate::new(year as i16, month as i8, day as i8)
    }

    /// Midnight at its beginning.
    pub fn at_midnight(self) -> CivilDateTime {
        let CivilDate { year, month, day } = self;
        CivilDateTime {
            year,
            month,
            day,
            hour: 0,
            minute: 0,
            second: 0,
            microsecond: 0,
        }
    }

    /// The number of its day, 0 for 1970-01-01; a date that does not exist counts as the nearest that does.
    pub(super) fn number(self) -> i64 {
        let year = self.year.clamp(1, 9999);
        let first = Date::new(year, self.month.clamp(1, 12), 1).unwrap_or(Date::ZERO);
        let date = Date::new(year, first.month(), self.day.clamp(1, first.days_in_month())).unwrap_or(first);
        epoch().until(date).map_or(0, |span| i64::from(span.get_days()))
    }

    /// The date of a day number, within the years 1 to 9999.
    pub(super) fn of_number(number: i64) -> CivilDate {
        let days = number.clamp(-719_162, 2_932_896);
        let span = jiff::Span::new().try_days(days).unwrap_or_default();
        let date = epoch().checked_add(span).unwrap_or(Date::MAX);
        CivilDate {
            year: date.year(),
            month: date.month(),
            day: date.day(),
        }
    }
}

fn epoch() -> Date {
    jiff::civil::date(1970, 1, 1)
}

impl fmt::Display for CivilDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl CivilDateTime {
    /// An instant that exists.
    ///
    /// # Errors
    /// A sentence such as "2026-02-30 is no date" or "25:00:00 is no clock time".
    pub fn new(date: CivilDate, hour: i8, minute: i8, second: i8, microsecond: i32) -> Result<CivilDateTime, String> {
        let CivilDate { year, month, day } = CivilDate::new(date.year, date.month, date.day)?;
        if jiff::civil::Time::new(hour, minute, second, 0).is_err() || !(0..1_000_000).contains(&microsecond) {
            return Err(format!("{hour:02}:{minute:02}:{second:02} is no clock time"));
        }
        Ok(CivilDateTime {
            year,
            month,
            day,
            hour,
            minute,
            second,
            microsecond,
        })
    }

    /// Reads `2026-07-01` (its midnight), `2026-07-01T08:00:00`, `2026-07-01 08:00`, with up to six decimals of a second.
    ///
    /// # Errors
    /// A sentence that says what was expected and what was found; a zone is refused, since all times are local.
    pub fn parse(text: &str) -> Result<CivilDateTime, String> {
        let trimmed = text.trim();
        let Some((date, clock)) = trimmed.split_once(['T', 't', ' ']) else {
            return CivilDate::parse(trimmed).map(CivilDate::at_midnight);
        };
        let date = CivilDate::parse(date).map_err(|_| format!("expected a date and time such as `2026-07-01T08:00:00`, found `{text}`"))?;
        if clock.contains(['Z', 'z', '+', '-']) {
            return Err(format!("expected local time without a zone, found `{text}`"));
        }
        let since_midnight = parse_clock(clock)?.0;
        if since_midnight >= DAY_US {
            return Err(format!("expected a clock time before 24:00 beside a date, found `{text}`"));
        }
        let part = |size: i64, of: i64| ((since_midnight / size) % of) as i8;
        CivilDateTime::new(
            date,
            part(HOUR_US, 24),
            part(MINUTE_US, 60),
            part(SECOND_US, 60),
            (since_midnight % SECOND_US) as i32,
        )
    }

    /// Its date.
    pub fn date(self) -> CivilDate {
        CivilDate {
            year: self.year,
            month: self.month,
            day: self.day,
        }
    }

    /// Its clock time, since midnight.
    pub fn clock(self) -> Duration {
        Duration(
            i64::from(self.hour) * HOUR_US
                + i64::from(self.minute) * MINUTE_US
                + i64::from(self.second) * SECOND_US
                + i64::from(self.microsecond),
        )
    }
}

/// ISO 8601, with decimals of the second only where there are any.
impl fmt::Display for CivilDateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{:02}:{:02}:{:02}", self.date(), self.hour, self.minute, self.second)?;
        if self.microsecond > 0 {
            write!(f, ".{:06}", self.microsecond)
        } else {
            Ok(())
        }
    }
}

/// Reads a clock time as the time since midnight: `08:00`, `08:00:30`, `08:00:30.25`, up to `24:00`.
///
/// # Errors
/// A sentence that says what was expected and what was found.
pub fn parse_clock(text: &str) -> Result<Duration, String> {
    let refused = || format!("expected a clock time such as `08:00`, found `{text}`");
    let mut parts = text.trim().split(':');
    let hour = parts
        .next()
        .and_then(|part| digits(part, 2).or_else(|| digits(part, 1)))
        .ok_or_else(refused)?;
    let minute = parts.next().and_then(|part| digits(part, 2)).ok_or_else(refused)?;
    let (second, fraction) = match parts.next() {
        None => (0, 0),
        Some(part) => {
            let (second, fraction) = part.split_once('.').unwrap_or((part, "0"));
            let micros = if fraction.len() > 6 {
                None
            } else {
                digits(fraction, fraction.len()).map(|d| d * 10_i64.pow(6 - fraction.len() as u32))
            };
            (digits(second, 2).ok_or_else(refused)?, micros.ok_or_else(refused)?)
        }
    };
    if parts.next().is_some() || minute > 59 || second > 59 {
        return Err(refused());
    }
    let since_midnight = hour * HOUR_US + minute * MINUTE_US + second * SECOND_US + fraction;
    if since_midnight > DAY_US {
        Err(format!("expected a clock time up to 24:00, found `{text}`"))
    } else {
        Ok(Duration(since_midnight))
    }
}

/// Exactly so many decimal digits.
fn digits(text: &str, width: usize) -> Option<i64> {
    if width > 0 && text.len() == width && text.bytes().all(|b| b.is_ascii_digit()) {
        text.parse().ok()
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_when_they_exist() {
        assert_eq!(CivilDate::parse("2028-02-29"), CivilDate::new(2028, 2, 29));
        assert_eq!(CivilDate::parse("2026-02-29"), Err("2026-02-29 is no date".to_owned()));
        for text in [
            "",
            "2026",
            "2026-7-1",
            "01.07.2026",
            "2026-07-01-02",
            "2026-07-xx",
            "2026-07-01x",
            "0000-01-01",
        ] {
            assert!(CivilDate::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn dated_times_are_read_in_every_spelling() {
        let at = |text: &str| CivilDateTime::parse(text).unwrap().to_string();
        assert_eq!(at("2026-07-01"), "2026-07-01T00:00:00");
        assert_eq!(at("2026-07-01T08:00:00"), "2026-07-01T08:00:00");
        assert_eq!(at("2026-07-01 08:05"), "2026-07-01T08:05:00");
        assert_eq!(at("2026-07-01T23:59:59.999999"), "2026-07-01T23:59:59.999999");
        assert_eq!(at("2026-07-01T08:00:00.5"), "2026-07-01T08:00:00.500000");
        for text in [
            "2026-07-01T24:00:00",
            "2026-07-01T08:00:00Z",
            "2026-07-01T08:00:00+02:00",
            "2026-07-01T08",
            "2026-02-30T08:00:00",
        ] {
            assert!(CivilDateTime::parse(text).is_err(), "{text}");
        }
        assert!(CivilDateTime::parse("2026-07-01T08:00:00Z").unwrap_err().contains("without a zone"));
    }

    #[test]
    fn clock_times_run_to_24_hours() {
        assert_eq!(parse_clock("08:00"), Ok(Duration::from_hours(8.0)));
        assert_eq!(parse_clock("8:30"), Ok(Duration::from_hours(8.5)));
        assert_eq!(parse_clock("08:00:30"), Ok(Duration(8 * HOUR_US + 30 * SECOND_US)));
        assert_eq!(parse_clock("24:00"), Ok(Duration::from_days(1)));
        for text in [
            "24:00:01",
            "25:00",
            "08:60",
            "08",
            "8h",
            "",
            "08:00:00:00",
            "-1:00",
            "08:00:00.1234567",
            "08:0",
        ] {
            assert!(parse_clock(text).is_err(), "{text}");
        }
    }

    #[test]
    fn day_numbers_invert() {
        assert_eq!(CivilDate::new(1970, 1, 1).unwrap().number(), 0);
        for number in [-719_162, -1, 0, 59, 20_635, 2_932_896] {
            assert_eq!(CivilDate::of_number(number).number(), number);
        }
        assert_eq!(
            CivilDate {
                year: 2026,
                month: 2,
                day: 31
            }
            .number(),
            CivilDate::new(2026, 2, 28).unwrap().number()
        );
        assert_eq!(CivilDate::of_number(i64::MAX).to_string(), "9999-12-31");
    }
}
