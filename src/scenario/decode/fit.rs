//! Whether a plain value fits its kind, and if not, the sentence that says so.

use toml::value::Datetime;

use crate::calendar::{CivilDate, CivilDateTime, parse_clock, parse_days, parse_hours};
use crate::scenario::document::{Node, Value, inline};
use crate::scenario::fields::{Kind, Need, Section, Unit};
use crate::scenario::issue::{Issue, alternatives, nearest};
use crate::time::Duration;
use crate::units::{DailyTonnes, Rate};

/// Checks a value without evidence against a kind that is no table, name or law; none: it fits.
pub(super) fn misfit(node: &Node, kind: &Kind) -> Option<Issue> {
    let wrong = || Some(unexpected(node, kind));
    match kind {
        Kind::Text | Kind::File => node.as_text().is_none().then(|| unexpected(node, kind)),
        Kind::Flag => (!matches!(node.value, Value::Flag(_))).then(|| unexpected(node, kind)),
        Kind::Whole(least) => match node.value {
            Value::Whole(n) if u64::try_from(n).is_ok_and(|n| n >= *least) && n <= i64::from(u32::MAX) => None,
            Value::Whole(n) if n > i64::from(u32::MAX) => {
                Some(Issue::error(format!("expected a whole number up to {}, found {n}", u32::MAX)).at(&node.place))
            }
            Value::Whole(n) if n < 0 => {
                Some(Issue::error(format!("expected a whole number of at least {least}, found {n}")).at(&node.place))
            }
            _ => wrong(),
        },
        Kind::Number(least, greatest) => match node.as_number() {
            Some(x) if x.is_finite() && *least <= x && x <= *greatest => None,
            _ => wrong(),
        },
        Kind::Share => match node.as_number() {
            Some(x) if (0.0..=1.0).contains(&x) => None,
            Some(x) if (2.0..=100.0).contains(&x) => Some(unexpected(node, kind).label(format!("as a share of 1: {}?", x / 100.0))),
            _ => wrong(),
        },
        Kind::Duration => read(node, kind, Duration::parse).err(),
        Kind::Span => match read(node, kind, Duration::parse) {
            Ok(Duration(0)) => Some(Issue::error("expected a duration above 0, found none").at(&node.place)),
            other => other.err(),
        },
        Kind::Rate => read(node, kind, Rate::parse).err(),
        Kind::DailyTonnes => read(node, kind, DailyTonnes::parse).err(),
        Kind::Clock => match &node.value {
            Value::Date(d) if d.date.is_none() => Some(in_quotes(node, kind)),
            _ => read(node, kind, parse_clock).err(),
        },
        Kind::Day => match date_of(node) {
            Some(d) if d.time.is_none() => date(node).err(),
            _ => wrong(),
        },
        Kind::Date => match date_of(node) {
            Some(_) => date_time(node).err(),
            None => wrong(),
        },
        Kind::MonthDay => month_day(node).err(),
        Kind::Instant => match &node.value {
            Value::Text(text) => Duration::parse(text).is_err().then(|| {
                let issue = unexpected(node, kind);
                if CivilDateTime::parse(text).is_ok() {
                    issue
                        .label("a date is written without quotes")
                        .fix("take the quotes away", &node.place, text.clone())
                } else {
                    issue
                }
            }),
            _ => misfit(node, &Kind::Date).map(|_| unexpected(node, kind)),
        },
        Kind::Hours => hours(node).err(),
        Kind::Days => days(node).err(),
        Kind::Word(words, later) => word(node, words, later),
        _ => None,
    }
}

/// "expected …, found …" with what helps in the commonest cases.
pub(super) fn unexpected(node: &Node, kind: &Kind) -> Issue {
    let issue = Issue::error(format!("expected {}, found {}", kind.expected(), node.described())).at(&node.place);
    match (&node.value, kind) {
        (Value::Whole(_) | Value::Real(_), Kind::Duration | Kind::Span | Kind::Law(Unit::Time | Unit::Shift) | Kind::Instant) => issue
            .label(with_units(node))
            .note("units of time: us, ms, s, min, h, d, w; such as \"90s\", \"4min\", \"1h30min\", \"2d\""),
        (Value::Whole(_) | Value::Real(_), Kind::Rate | Kind::Law(Unit::Rate)) => issue
            .label("the unit is missing")
            .note("units of rates: /s, /min, /h, /d, /w; such as \"1.5/h\""),
        (Value::Whole(_) | Value::Real(_), Kind::DailyTonnes) => issue
            .label("the unit is missing")
            .note("units: t/d, t/w, kg/d, kg/w; such as \"1400 t/d\""),
        (Value::Whole(_) | Value::Real(_), Kind::Table(section)) if section.field("probability").is_some() => {
            issue.label(format!("write {}", with_probability(node, section)))
        }
        (Value::Text(text), Kind::Date | Kind::Day) if CivilDateTime::parse(text).is_ok() => issue
            .label("a date is written without quotes")
            .fix("take the quotes away", &node.place, text.clone()),
        (Value::Text(text), Kind::Whole(_) | Kind::Number(..) | Kind::Share | Kind::Count) if text.trim().parse::<f64>().is_ok() => issue
            .label("a number is written without quotes")
            .fix("take the quotes away", &node.place, text.trim().to_owned()),
        (Value::Text(text), Kind::Share) if text.trim().ends_with('%') => match text.trim().trim_end_matches('%').trim().parse::<f64>() {
            Ok(x) => issue.label("shares are written as numbers from 0 to 1").fix(
                format!("write {}", x / 100.0),
                &node.place,
                (x / 100.0).to_string(),
            ),
            Err(_) => issue,
        },
        (Value::Text(text), Kind::Flag) if text == "true" || text == "false" => {
            issue.fix("take the quotes away", &node.place, text.clone())
        }
        _ => issue,
    }
}

/// The table that a plain probability was meant to be: `{ probability = 0.1, retry = "1d" }`.
fn with_probability(node: &Node, section: &Section) -> String {
    let others = section
        .fields
        .iter()
        .filter(|f| f.key != "probability" && matches!(f.need, Need::Required));
    let example = |kind: &Kind| match kind {
        Kind::Law(Unit::Time) | Kind::Span | Kind::Duration => "\"1d\"",
        Kind::Law(Unit::Share) | Kind::Share => "0.5",
        _ => "…",
    };
    let rest: Vec<String> = others.map(|f| format!(", {} = {}", f.key, example(&f.kind))).collect();
    let rest = rest.concat();
    format!("{{ probability = {}{rest} }}", inline(node))
}

fn in_quotes(node: &Node, kind: &Kind) -> Issue {
    let text = match &node.value {
        Value::Date(d) => d.to_string(),
        _ => String::new(),
    };
    unexpected(node, kind).label("a clock time is written in quotes").fix(
        "write it in quotes",
        &node.place,
        format!("\"{}\"", text.trim_end_matches(":00")),
    )
}

/// Reads a text by its parser.
pub(super) fn read<T>(node: &Node, kind: &Kind, parse: impl Fn(&str) -> Result<T, String>) -> Result<T, Issue> {
    match &node.value {
        Value::Text(text) => parse(text).map_err(|why| {
            let issue = Issue::error(why).at(&node.place);
            if let Some(short) = in_units(text).filter(|short| parse(short).is_ok()) {
                return issue
                    .label(format!("write \"{short}\""))
                    .fix(format!("write \"{short}\""), &node.place, format!("\"{short}\""));
            }
            let pointed = text.replace(',', ".");
            if pointed != *text && parse(&pointed).is_ok() {
                issue
                    .label("decimals are written with a point")
                    .fix(format!("write \"{pointed}\""), &node.place, format!("\"{pointed}\""))
            } else {
                issue
            }
        }),
        _ => Err(unexpected(node, kind)),
    }
}

/// What a number without a unit may have meant.
fn with_units(node: &Node) -> String {
    let number = inline(node);
    format!("the unit is missing: did you mean \"{number}min\", \"{number}h\" or \"{number}d\"?")
}

/// `7 minutes` as `7min`; none: no unit is spelled out.
fn in_units(text: &str) -> Option<String> {
    const SPELLED: [(&str, &[&str]); 5] = [
        ("s", &["second", "seconds", "secs"]),
        ("min", &["minute", "minutes", "mins"]),
        ("h", &["hour", "hours", "hr", "hrs"]),
        ("d", &["day", "days"]),
        ("w", &["week", "weeks", "wk", "wks"]),
    ];
    let mut out = String::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        if end == 0 {
            let first = rest.chars().next()?;
            if !first.is_whitespace() {
                out.push(first);
            }
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let word = rest[..end].to_lowercase();
        let unit = SPELLED.iter().find(|(_, words)| words.contains(&word.as_str()));
        out.push_str(unit.map_or(word.as_str(), |(unit, _)| unit));
        rest = &rest[end..];
    }
    (out != text.trim()).then_some(out)
}

fn date_of(node: &Node) -> Option<Datetime> {
    match node.value {
        Value::Date(d) if d.date.is_some() => Some(d),
        _ => None,
    }
}

/// A date; a clock time beside it does not count.
pub(super) fn date(node: &Node) -> Result<CivilDate, Issue> {
    let Some(d) = date_of(node).and_then(|d| d.date) else {
        return Err(unexpected(node, &Kind::Day));
    };
    CivilDate::new(
        d.year.try_into().unwrap_or(0),
        d.month.try_into().unwrap_or(0),
        d.day.try_into().unwrap_or(0),
    )
    .map_err(|why| Issue::error(why).at(&node.place))
}

/// A date with its clock time, midnight if none is given.
pub(super) fn date_time(node: &Node) -> Result<CivilDateTime, Issue> {
    let day = date(node)?;
    let Some(d) = date_of(node) else {
        return Err(unexpected(node, &Kind::Date));
    };
    if d.offset.is_some() {
        return Err(Issue::error(format!("expected local time without a zone, found {d}"))
            .at(&node.place)
            .label("the clock is that of the crossing"));
    }
    let Some(t) = d.time else { return Ok(day.at_midnight()) };
    let small = |x: u8| i8::try_from(x).unwrap_or(i8::MAX);
    let micros = i32::try_from(t.nanosecond.unwrap_or(0) / 1_000).unwrap_or(0);
    CivilDateTime::new(day, small(t.hour), small(t.minute), small(t.second.unwrap_or(0)), micros)
        .map_err(|why| Issue::error(why).at(&node.place))
}

/// A month and a day, such as `"06-01"`.
pub(super) fn month_day(node: &Node) -> Result<(u8, u8), Issue> {
    let kind = Kind::MonthDay;
    if let Some(d) = date_of(node).and_then(|d| d.date) {
        let text = format!("{:02}-{:02}", d.month, d.day);
        return Err(unexpected(node, &kind)
            .label("of every year")
            .fix(format!("write \"{text}\""), &node.place, format!("\"{text}\"")));
    }
    read(node, &kind, |text| {
        let wrong = || format!("expected {}, found the text `{text}`", kind.expected());
        let (month, day) = text.split_once('-').ok_or_else(wrong)?;
        let (month, day): (i8, i8) = (month.parse().map_err(|_| wrong())?, day.parse().map_err(|_| wrong())?);
        // 29 February is a day of some years.
        let leap_year = 2024;
        CivilDate::new(leap_year, month, day).map_err(|_| format!("there is no month and day `{text}`"))?;
        Ok((month.unsigned_abs(), day.unsigned_abs()))
    })
}

/// Texts of a text or an array of texts.
fn texts<'a>(node: &'a Node, kind: &Kind) -> Result<Vec<(&'a str, &'a Node)>, Issue> {
    match &node.value {
        Value::Text(text) => Ok(vec![(text, node)]),
        Value::Array(items) => items
            .iter()
            .map(|item| item.as_text().map(|t| (t, item)).ok_or_else(|| unexpected(item, kind)))
            .collect(),
        _ => Err(unexpected(node, kind)),
    }
}

/// Intervals of a day.
pub(super) fn hours(node: &Node) -> Result<Vec<(Duration, Duration)>, Issue> {
    let all = texts(node, &Kind::Hours)?;
    let words: Vec<&str> = all.iter().map(|(text, _)| *text).collect();
    let parsed = parse_hours(&words).map_err(|why| {
        let guilty = all
            .iter()
            .find(|(text, _)| parse_hours(&[text]).is_err())
            .map_or(node, |(_, item)| item);
        Issue::error(why).at(&guilty.place)
    })?;
    for (text, item) in &all {
        if text
            .split_once('-')
            .is_some_and(|(from, to)| parse_clock(from).is_ok() && parse_clock(from) == parse_clock(to))
        {
            return Err(Issue::error(format!("expected hours that end after they begin, found `{text}`"))
                .at(&item.place)
                .note("for a whole day write \"00:00-24:00\" or \"always\""));
        }
    }
    Ok(parsed)
}

/// Days of the week, Monday first.
pub(super) fn days(node: &Node) -> Result<[bool; 7], Issue> {
    let mut all = [false; 7];
    for (text, item) in texts(node, &Kind::Days)? {
        for day in parse_days(text).map_err(|why| Issue::error(why).at(&item.place))? {
            all[day] = true;
        }
    }
    Ok(all)
}

fn word(node: &Node, words: &[&str], later: &[&str]) -> Option<Issue> {
    let Some(text) = node.as_text() else {
        return Some(unexpected(node, &Kind::Text));
    };
    if words.contains(&text) {
        return None;
    }
    if later.contains(&text) {
        return Some(not_built(text).at(&node.place));
    }
    let issue = Issue::error(format!("expected {}, found `{text}`", alternatives(words.iter().copied(), "or"))).at(&node.place);
    Some(match nearest(text, words.iter().copied()) {
        Some(near) => issue
            .label(format!("did you mean `{near}`?"))
            .fix(format!("write `{near}`"), &node.place, format!("\"{near}\"")),
        None => issue,
    })
}

/// A part of the language that this version lacks.
fn not_built(what: &str) -> Issue {
    Issue::error(format!("`{what}` is part of the language but not built yet in this version"))
}
