//! Names of days, ranges of days and intervals of hours, as scenarios write them.

use super::civil::parse_clock;
use super::hours::Hours;
use crate::time::Duration;

/// The days of the week, Monday first, as scenarios write them.
pub const DAY_NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

const FULL_NAMES: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Reads a day (`fri`) or a range of days that may wrap round the week (`sun-thu`, `fri-tue`); 0 is Monday, in the order of the range.
///
/// # Errors
/// A sentence that lists the names of the days.
pub fn parse_days(text: &str) -> Result<Vec<usize>, String> {
    let refused = || {
        format!(
            "expected a day or a range of days such as `sun-thu` ({}), found `{text}`",
            DAY_NAMES.join(", ")
        )
    };
    let index = |name: &str| {
        let name = name.trim();
        (0..7)
            .find(|&i| name.eq_ignore_ascii_case(DAY_NAMES[i]) || name.eq_ignore_ascii_case(FULL_NAMES[i]))
            .ok_or_else(refused)
    };
    let Some((first, last)) = text.split_once('-') else {
        return index(text).map(|day| vec![day]);
    };
    let (first, last) = (index(first)?, index(last)?);
    let length = (last + 7 - first) % 7 + 1;
    Ok((first..first + length).map(|day| day % 7).collect())
}

/// Reads an interval `08:00-17:00` since midnight, as written; an end at or before its start lies on the next day.
///
/// # Errors
/// A sentence that says what was expected and what was found.
pub fn parse_interval(text: &str) -> Result<(Duration, Duration), String> {
    let refused = || format!("expected hours such as `08:00-17:00`, found `{text}`");
    let (from, to) = text.split_once('-').ok_or_else(refused)?;
    let clock = |part: &str| {
        parse_clock(part).map_err(|_| match no_clock(part) {
            Some(why) => format!("{}: {why}", refused()),
            None => refused(),
        })
    };
    let (from, to) = (clock(from)?, clock(to)?);
    if from >= Duration::from_days(1) {
        return Err(format!("expected hours that begin before 24:00, found `{text}`"));
    }
    Ok((from, to))
}

/// Why digits in the form of a clock time are none; none: they have not that form.
fn no_clock(text: &str) -> Option<String> {
    let (hour, minute) = text.trim().split_once(':')?;
    let (h, m): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    if m > 59 {
        Some(format!("an hour has minutes 00 to 59, `{}` has {m}", text.trim()))
    } else if h * 60 + m > 24 * 60 {
        Some(format!("{} is past 24:00", text.trim()))
    } else {
        None
    }
}

/// Reads the hours of a day: `closed`, `always`, or any number of intervals.
///
/// # Errors
/// A sentence that says what was expected and what was found; `closed` and `always` stand alone.
pub fn parse_hours(texts: &[&str]) -> Result<Hours, String> {
    match texts {
        ["closed"] => Ok(Vec::new()),
        ["always"] => Ok(vec![(Duration::ZERO, Duration::from_days(1))]),
        _ => texts
            .iter()
            .map(|text| match *text {
                "closed" | "always" => Err(format!("expected `{text}` alone or hours such as `08:00-17:00`, found both")),
                text => parse_interval(text).map_err(|why| {
                    if text.contains(':') {
                        why
                    } else {
                        format!("{why}, which is neither `closed` nor `always`")
                    }
                }),
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_of_days_wrap_round_the_week() {
        assert_eq!(parse_days("sun-thu"), Ok(vec![6, 0, 1, 2, 3]));
        assert_eq!(parse_days("fri-tue"), Ok(vec![4, 5, 6, 0, 1]));
        assert_eq!(parse_days("sun-sat"), Ok(vec![6, 0, 1, 2, 3, 4, 5]));
        assert_eq!(parse_days("wed"), Ok(vec![2]));
        assert_eq!(parse_days("wed-wed"), Ok(vec![2]));
        assert_eq!(parse_days("Saturday"), Ok(vec![5]));
        assert_eq!(
            parse_days("sunday-thr"),
            Err("expected a day or a range of days such as `sun-thu` (mon, tue, wed, thu, fri, sat, sun), found `sunday-thr`".to_owned())
        );
    }

    #[test]
    fn hours_are_read_as_written() {
        let hours = |h: f64| Duration::from_hours(h);
        assert_eq!(parse_hours(&["08:00-17:00"]), Ok(vec![(hours(8.0), hours(17.0))]));
        assert_eq!(parse_hours(&["20:00-04:00"]), Ok(vec![(hours(20.0), hours(4.0))]));
        assert_eq!(
            parse_hours(&["08:00-12:00", "13:00-16:00"]),
            Ok(vec![(hours(8.0), hours(12.0)), (hours(13.0), hours(16.0))])
        );
        assert_eq!(parse_hours(&["closed"]), Ok(vec![]));
        assert_eq!(parse_hours(&[]), Ok(vec![]));
        assert_eq!(parse_hours(&["always"]), parse_hours(&["00:00-24:00"]));
        for texts in [
            &["08:00"][..],
            &["24:00-08:00"],
            &["08:00-12:00", "closed"],
            &["8-17"],
            &[""],
            &["open"],
        ] {
            assert!(parse_hours(texts).is_err(), "{texts:?}");
        }
        let refused = |text: &str| parse_hours(&[text]).unwrap_err();
        assert!(refused("08:00-25:00").ends_with("25:00 is past 24:00"));
        assert!(refused("08:75-12:00").ends_with("an hour has minutes 00 to 59, `08:75` has 75"));
    }
}
