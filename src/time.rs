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

    /// Reads what scenarios write: `90s`, `4.5min`, `1h30min`, `2d`, `1w`.
    ///
    /// Decimals are exact to the microsecond (the nearest, halves up). A composed duration names its units from the largest
    /// down, each once.
    ///
    /// # Errors
    /// A sentence that lists the units: for a bare number, an unknown unit, months and years (which have no fixed length), a
    /// negative length, or more than some 292 000 years.
    pub fn parse(text: &str) -> Result<Duration, String> {
        parse_duration(text).map_err(|why| format!("expected a duration such as `4min`, {why}"))
    }
}

/// Names of units with their length in microseconds, the largest first.
const UNITS: [(&str, i64); 8] = [
    ("w", 7 * DAY_US),
    ("d", DAY_US),
    ("h", HOUR_US),
    ("min", MINUTE_US),
    ("s", SECOND_US),
    ("sec", SECOND_US),
    ("ms", 1_000),
    ("us", 1),
];

/// The units in the words of messages.
const UNITS_THAT_FIT: &str = "a number with a unit (us, ms, s, min, h, d, w)";

fn parse_duration(text: &str) -> Result<Duration, String> {
    let mut rest = text.trim();
    if rest.is_empty() {
        return Err(format!("{UNITS_THAT_FIT}; found nothing"));
    }
    if rest.starts_with('-') {
        return Err(format!("which is never negative; found `{text}`"));
    }
    let mut total: i128 = 0;
    let mut last_size = i64::MAX;
    while !rest.is_empty() {
        let number_end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let (number, after) = rest.split_at(number_end);
        let after = after.trim_start();
        let unit_end = after
            .find(|c: char| c.is_ascii_digit() || c == '.' || c.is_whitespace())
            .unwrap_or(after.len());
        let (unit, after) = after.split_at(unit_end);
        let size = unit_size(unit, text)?;
        if size >= last_size {
            return Err(format!("its units from the largest down, each once; found `{text}`"));
        }
        last_size = size;
        let part = scaled(number, size).ok_or_else(|| format!("{UNITS_THAT_FIT}; found `{text}`"))?;
        total = total.saturating_add(part);
        rest = after.trim_start();
    }
    i64::try_from(total)
        .map(Duration)
        .map_err(|_| format!("shorter than 292 000 years; found `{text}`"))
}

fn unit_size(unit: &str, text: &str) -> Result<i64, String> {
    match unit {
        "" => Err(format!("{UNITS_THAT_FIT}; found `{text}` without a unit")),
        "m" => Err(format!("{UNITS_THAT_FIT}; found `{text}`, and `m` could be minutes or months")),
        "mo" | "month" | "months" | "M" | "y" | "yr" | "year" | "years" | "a" => Err(format!(
            "{UNITS_THAT_FIT}; found `{text}`, and months and years have no fixed length"
        )),
        _ => UNITS
            .iter()
            .find(|(name, _)| *name == unit)
            .map(|(_, size)| *size)
            .ok_or_else(|| format!("{UNITS_THAT_FIT}; found `{text}`, whose unit `{unit}` is unknown")),
    }
}

/// A decimal times a unit in whole microseconds, without a detour over floating point; none: not a decimal, or too large.
fn scaled(number: &str, size: i64) -> Option<i128> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if (whole.is_empty() && fraction.is_empty()) || fraction.contains('.') || whole.len() > 18 {
        return None;
    }
    let whole = if whole.is_empty() { 0 } else { whole.parse::<i128>().ok()? };
    // Beyond 18 places nothing reaches half a microsecond, even in weeks.
    let fraction = fraction.get(..18).unwrap_or(fraction);
    let digits = if fraction.is_empty() { 0 } else { fraction.parse::<i128>().ok()? };
    let scale = 10_i128.pow(fraction.len() as u32);
    let part = (2 * digits * i128::from(size) + scale) / (2 * scale);
    Some(whole * i128::from(size) + part)
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

    #[test]
    fn durations_are_read_with_their_unit() {
        let read = |text: &str| Duration::parse(text).unwrap().0;
        assert_eq!(read("90s"), 90 * SECOND_US);
        assert_eq!(read("90sec"), 90 * SECOND_US);
        assert_eq!(read("4.5min"), 270 * SECOND_US);
        assert_eq!(read("1h30min"), 90 * MINUTE_US);
        assert_eq!(read("1h 30 min"), 90 * MINUTE_US);
        assert_eq!(read("2d"), 2 * DAY_US);
        assert_eq!(read("1w"), 7 * DAY_US);
        assert_eq!(read("250us"), 250);
        assert_eq!(read("1.5ms"), 1_500);
        assert_eq!(read("0.1s"), 100_000);
        assert_eq!(read(".5h"), 30 * MINUTE_US);
        assert_eq!(read("0min"), 0);
        assert_eq!(read("0.3333333333333333333333d"), 28_800_000_000);
    }

    #[test]
    fn what_is_no_duration_is_refused_with_the_units_that_fit() {
        let refusal = |text: &str| Duration::parse(text).unwrap_err();
        for text in ["6", "0", "5 parsecs", "3mo", "1y", "5m", "", "h", ".h", "1.2.3s", "1e3s", "4 min 5"] {
            assert!(refusal(text).contains("us, ms, s, min, h, d, w"), "{text}: {}", refusal(text));
        }
        assert_eq!(
            refusal("6"),
            "expected a duration such as `4min`, a number with a unit (us, ms, s, min, h, d, w); found `6` without a unit"
        );
        assert!(refusal("3mo").contains("no fixed length"));
        assert!(refusal("-4min").contains("never negative"));
        assert!(refusal("30min1h").contains("largest down"));
        assert!(refusal("1s1sec").contains("each once"));
        assert!(refusal("99999999w").contains("292 000 years"));
        assert!(refusal("99999999999999999999999999999999999999999w").contains("found"));
    }

    proptest::proptest! {
        #[test]
        fn a_duration_reads_back_as_it_was_written(micros in 0..=i64::MAX) {
            proptest::prop_assert_eq!(Duration::parse(&Duration(micros).to_string()), Ok(Duration(micros)));
        }

        #[test]
        fn a_short_duration_reads_back_as_it_was_written(micros in 0..2 * DAY_US) {
            proptest::prop_assert_eq!(Duration::parse(&Duration(micros).to_string()), Ok(Duration(micros)));
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in "[-0-9a-z. ]{0,30}") {
            let _ = Duration::parse(&text);
        }
    }
}
