//! Values of parameters as people write them.

use super::cell::Current;
use super::rows::Measure;
use crate::calendar::Hours;
use crate::scenario::world::Status;
use crate::time::Duration;
use crate::units::Rate;

/// A number in its unit.
pub(in crate::scenario) fn amount(x: f64, measure: Measure) -> String {
    if !x.is_finite() {
        return "any value".to_owned();
    }
    if measure.is_time() {
        // To the millisecond: the rest is rounding.
        return Duration(((x / 1_000.0).round() * 1_000.0) as i64).to_string();
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
