//! Values of parameters as people write them.

use super::cell::Current;
use super::rows::Measure;
use crate::calendar::Hours;
use crate::scenario::world::Status;
use crate::time::{DAY_US, Duration, HOUR_US, MINUTE_US, SECOND_US};
use crate::units::Rate;

/// A number in its unit.
pub(in crate::scenario) fn amount(x: f64, measure: Measure) -> String {
    if !x.is_finite() {
        return "any value".to_owned();
    }
    if measure.is_time() {
        return time(x);
    }
    let rounded = four_digits(x);
    match measure {
        Measure::Rate if x >= 0.0 => rate(x),
        Measure::Rate => format!("-{}", rate(-x)),
        Measure::TonnesLaw => format!("{rounded} t"),
        Measure::PalletsLaw => format!("{rounded} pallets"),
        _ => rounded.to_string(),
    }
}

/// A time as scenarios write it, or to four digits in its greatest unit where that would be long.
fn time(us: f64) -> String {
    // To the millisecond: the rest is rounding.
    let exact = Duration(((us / 1_000.0).round() * 1_000.0) as i64).to_string();
    if exact.len() <= "1d12h30min".len() {
        return exact;
    }
    let units = [(DAY_US, "d"), (HOUR_US, "h"), (MINUTE_US, "min"), (SECOND_US, "s")];
    let (unit, name) = units
        .into_iter()
        .find(|(unit, _)| us.abs() >= *unit as f64)
        .unwrap_or((SECOND_US, "s"));
    format!("{}{name}", four_digits(us / unit as f64))
}

/// A rate by the hour, or by the day where there are few.
fn rate(per_hour: f64) -> String {
    let exact = Rate { per_hour }.to_string();
    if exact.len() <= "0.0125/h".len() {
        exact
    } else if per_hour >= 1.0 {
        format!("{}/h", four_digits(per_hour))
    } else {
        format!("{}/d", four_digits(per_hour * 24.0))
    }
}

/// A number to four digits.
fn four_digits(x: f64) -> f64 {
    if x.abs() <= 0.0 || x.fract().abs() <= 0.0 {
        return x;
    }
    let magnitude = libm::floor(libm::log10(x.abs()));
    let scale = libm::pow(10.0, 3.0 - magnitude);
    // One division: `0.1 * 1000 / 1000` is 0.1.
    (x * scale).round() / scale
}

impl Current {
    /// What stands there, as people write it: of a law its mean and its least and greatest value where it has them.
    pub(in crate::scenario) fn words(&self, measure: Measure) -> String {
        let law = |mean: f64, (low, high): (f64, f64), constant: Option<f64>| match constant {
            Some(x) => amount(x, measure),
            None if high.is_finite() => format!(
                "mean {} ({} to {})",
                amount(mean, measure),
                amount(low, measure),
                amount(high, measure)
            ),
            None => format!("mean {}", amount(mean, measure)),
        };
        match self {
            Current::Number(x) => amount(*x, measure),
            Current::Law(l) => law(l.mean(), l.support(), l.as_constant()),
            Current::Count(l) => {
                let (low, high) = l.support();
                let high = high.map_or(f64::INFINITY, |high| high as f64);
                law(l.mean(), (low as f64, high), l.as_constant().map(|n| n as f64))
            }
            Current::Status(status) => status_words(*status).to_owned(),
            Current::Hours(hours) => hours_words(hours),
        }
    }
}

fn status_words(status: Status) -> &'static str {
    match status {
        Status::Registered => "registered",
        Status::Barred => "barred",
        Status::BarredFrom(_) => "registered, barred from a date on",
        Status::RegisteredFrom(_) => "barred, registered from a date on",
        Status::RegisteredWith { .. } => "decided once",
    }
}

fn hours_words(hours: &Hours) -> String {
    let clock = |d: Duration| format!("{:02}:{:02}", d.0 / 3_600_000_000, d.0 / 60_000_000 % 60);
    if hours.is_empty() {
        return "closed".to_owned();
    }
    let spans: Vec<String> = hours.iter().map(|(from, to)| format!("{}-{}", clock(*from), clock(*to))).collect();
    spans.join(", ")
}
