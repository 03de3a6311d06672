//! Simulated time: whole microseconds since the start of the horizon, so that sums never drift and ties are exact.

use std::fmt;
use std::ops::{Add, AddAssign, Mul, Sub};

/// Microseconds in a second.
pub const SECOND_US: i64 = 1_000_000;
/// Microseconds in a minute.
pub const MINUTE_US: i64 = 60 * SECOND_US;
/// Microseconds in an hour.
pub const HOUR_US: i64 = 60 * MINUTE_US;
/// Microseconds in a day of 24 hours.
pub const DAY_US: i64 = 24 * HOUR_US;

/// An instant: microseconds since the start of the horizon, negative before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(pub i64);

/// A length of time in microseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duration(pub i64);

impl Time {
    /// The start of the horizon.
    pub const ZERO: Time = Time(0);
    /// Later than anything that happens.
    pub const NEVER: Time = Time(i64::MAX);

    /// Hours since the start of the horizon.
    pub fn as_hours(self) -> f64 {
        self.0 as f64 / HOUR_US as f64
    }

    /// Minutes since the start of the horizon.
    pub fn as_minutes(self) -> f64 {
        self.0 as f64 / MINUTE_US as f64
    }
}

impl Duration {
    /// No time at all.
    pub const ZERO: Duration = Duration(0);

    /// From hours, rounded to the nearest microsecond.
    pub fn from_hours(hours: f64) -> Duration {
        Duration((hours * HOUR_US as f64).round() as i64)
    }

    /// From minutes, rounded to the nearest microsecond.
    pub fn from_minutes(minutes: f64) -> Duration {
        Duration((minutes * MINUTE_US as f64).round() as i64)
    }

    /// From whole days of 24 hours.
    pub const fn from_days(days: i64) -> Duration {
        Duration(days * DAY_US)
    }

    /// In hours.
    pub fn as_hours(self) -> f64 {
        self.0 as f64 / HOUR_US as f64
    }

    /// In minutes.
    pub fn as_minutes(self) -> f64 {
        self.0 as f64 / MINUTE_US as f64
    }

    /// In days of 24 hours.
    pub fn as_days(self) -> f64 {
        self.0 as f64 / DAY_US as f64
    }
}

impl Add<Duration> for Time {
    type Output = Time;

    fn add(self, d: Duration) -> Time {
        Time(self.0.saturating_add(d.0))
    }
}

impl Sub<Duration> for Time {
    type Output = Time;

    fn sub(self, d: Duration) -> Time {
        Time(self.0.saturating_sub(d.0))
    }
}

impl Sub for Time {
    type Output = Duration;

    fn sub(self, other: Time) -> Duration {
        Duration(self.0 - other.0)
    }
}

impl Add for Duration {
    type Output = Duration;

    fn add(self, other: Duration) -> Duration {
        Duration(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Duration {
    fn add_assign(&mut self, other: Duration) {
        *self = *self + other;
    }
}

impl Sub for Duration {
    type Output = Duration;

    fn sub(self, other: Duration) -> Duration {
        Duration(self.0 - other.0)
    }
}

impl Mul<i64> for Duration {
    type Output = Duration;

    fn mul(self, k: i64) -> Duration {
        Duration(self.0 * k)
    }
}

/// The way a scenario writes it: the largest units first, none that is zero (`1d12h`, `90s`, `0s`).
impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0.unsigned_abs();
        if rest == 0 {
            return f.write_str("0s");
        }
        if self.0 < 0 {
            f.write_str("-")?;
        }
        for (unit, size) in [("d", DAY_US), ("h", HOUR_US), ("min", MINUTE_US)] {
            let whole = rest / size as u64;
            rest %= size as u64;
            if whole > 0 {
                write!(f, "{whole}{unit}")?;
            }
        }
        if rest > 0 {
            write!(f, "{}s", rest as f64 / SECOND_US as f64)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_as_scenarios_write_them() {
        let shown = |d: Duration| d.to_string();
        assert_eq!(shown(Duration::from_hours(36.0)), "1d12h");
        assert_eq!(shown(Duration::from_minutes(1.5)), "1min30s");
        assert_eq!(shown(Duration(1_500_000)), "1.5s");
        assert_eq!(shown(Duration::ZERO), "0s");
    }
}
