//! What a run shows that is worth a sentence: closures, a backlog that grows, a need that is not met.

use super::failure::Failure;
use super::numbers::{fixed, percent, whole};
use crate::experiment::{Alternative, AlternativeOutcome, Outcome, ResultFolder, SummaryRow};
use crate::stats::paired_t;
use crate::table::Frame;

/// Sentences about an alternative.
#[derive(Clone, Debug, Default)]
pub(super) struct Findings {
    pub(super) sentences: Vec<String>,
}

/// A paired difference between an alternative and the first.
#[derive(Clone, Debug)]
pub(super) struct Difference {
    pub(super) response: &'static str,
    pub(super) words: &'static str,
    pub(super) alternative: String,
    pub(super) mean: f64,
    pub(super) lower: f64,
    pub(super) upper: f64,
    /// What shares are multiplied with.
    pub(super) scale: f64,
    pub(super) unit: &'static str,
}

/// What is worth a sentence about an alternative.
pub(super) fn of(alternative: &Alternative, result: &AlternativeOutcome, folder: &ResultFolder) -> Result<Findings, Failure> {
    let mut sentences = Vec::new();
    sentences.extend(closures(alternative, result));
    sentences.extend(closed_days(alternative, folder)?);
    sentences.extend(growth(alternative, result));
    sentences.extend(needs(alternative, folder)?);
    sentences.extend(escorts(alternative, folder)?);
    sentences.extend(developments(alternative, folder)?);
    sentences.extend(nothing(alternative, result));
    Ok(Findings { sentences })
}

fn mean(result: &AlternativeOutcome, response: &str) -> Option<f64> {
    row(result, response).map(|row| row.mean)
}

fn row<'a>(result: &'a AlternativeOutcome, response: &str) -> Option<&'a SummaryRow> {
    result.summary.iter().find(|row| row.response.name == response && row.n > 0)
}

/// How much of the period was closed.
fn closures(alternative: &Alternative, result: &AlternativeOutcome) -> Option<String> {
    let closed = row(result, "closed_h").filter(|row| row.max > 0.0)?;
    let horizon = &alternative.plan.scenario.horizon;
    let period = (horizon.length - horizon.warm_up).as_hours();
    let longest = mean(result, "longest_closure_h").unwrap_or(f64::NAN);
    Some(format!(
        "Security closed the crossing, or a part of it, for {} h in the mean, {} of the period, in {} spells; the longest took {} h in the mean.",
        whole(closed.mean),
        percent(closed.mean / period, 1),
        fixed(mean(result, "closures").unwrap_or(f64::NAN), 1),
        whole(longest),
    ))
}

/// Days by whether security closed something, and by day of the week.
#[derive(Default)]
struct Days {
    /// By day of the week: number, tonnes.
    open: [(f64, f64); 7],
    closed: [(f64, f64); 7],
}

/// What comes through on days with a closure, and on the same days of the week without.
fn closed_days(alternative: &Alternative, folder: &ResultFolder) -> Result<Option<String>, Failure> {
    if !folder.has("daily") {
        return Ok(None);
    }
    let frame = folder.columns("daily", &["alternative", "day", "delivered_tonnes", "closed_h"])?;
    let days = by_closure(&frame, alternative);
    // Days of the week that are never without a closure, or never with one, tell nothing.
    let (mut weight, mut with, mut without) = (0.0, 0.0, 0.0);
    for (open, closed) in days.open.iter().zip(&days.closed) {
        if open.0 > 0.0 && closed.0 > 0.0 {
            weight += closed.0;
            with += closed.1;
            without += open.1 / open.0 * closed.0;
        }
    }
    if weight < 30.0 || without <= 0.0 {
        return Ok(None);
    }
    Ok(Some(format!(
        "On days with a closure {} t come through in the mean, on the same days of the week without one {} t. That is not yet what closures \
         cost, since much of what waits comes later: compare with a run without them.",
        whole(with / weight),
        whole(without / weight),
    )))
}

fn by_closure(frame: &Frame, alternative: &Alternative) -> Days {
    let mut days = Days::default();
    let origin = &alternative.plan.scenario.horizon.origin;
    for row in 0..frame.len() {
        if frame.columns[0].text(row) != Some(&alternative.name) {
            continue;
        }
        let weekday = origin.weekday(frame.columns[1].real(row) as i64 - 1);
        let closed = frame.columns[3].real(row) > 0.0;
        let tally = if closed {
            &mut days.closed[weekday]
        } else {
            &mut days.open[weekday]
        };
        tally.0 += 1.0;
        tally.1 += frame.columns[2].real(row);
    }
    days
}

/// Whether more trucks are on the way the longer the run: then it has no steady state.
fn growth(alternative: &Alternative, result: &AlternativeOutcome) -> Option<String> {
    let (end, average) = (mean(result, "backlog_trucks")?, mean(result, "mean_backlog_trucks")?);
    let dispatched = mean(result, "dispatched_trucks")?;
    let horizon = &alternative.plan.scenario.horizon;
    let days = (horizon.length - horizon.warm_up).as_days();
    // A backlog that grows evenly from nothing is twice its average at the end; a small one may be that by the hour of the day.
    let grows = end > 1.5 * average && end > 2.0 * dispatched / days && end > 0.02 * dispatched;
    grows.then(|| {
        format!(
            "The backlog grows: {} trucks at the end, {} on average over the period. More is dispatched than comes through, so every \
             mean depends on the length of the run.",
            whole(end),
            whole(average),
        )
    })
}

/// The kinds of goods whose need is not met.
fn needs(alternative: &Alternative, folder: &ResultFolder) -> Result<Option<String>, Failure> {
    if !folder.has("cargo") {
        return Ok(None);
    }
    let frame = folder.columns("cargo", &["alternative", "cargo", "need_met"])?;
    let mut short = Vec::new();
    for cargo in alternative
        .plan
        .scenario
        .cargos
        .iter()
        .filter(|cargo| cargo.need_tonnes_per_day.is_some())
    {
        let of_cargo = (0..frame.len())
            .filter(|&row| frame.columns[0].text(row) == Some(&alternative.name) && frame.columns[1].text(row) == Some(&cargo.name));
        let met: Vec<f64> = of_cargo
            .map(|row| frame.columns[2].real(row))
            .filter(|met| met.is_finite())
            .collect();
        let mean = met.iter().sum::<f64>() / met.len() as f64;
        if mean < 0.995 {
            short.push(format!("{} {}", cargo.name, percent(mean, 0)));
        }
    }
    Ok((!short.is_empty()).then(|| format!("Of the need that the scenario states comes through: {}.", short.join(", "))))
}

/// The numbers of a column in the rows of an alternative with a key.
fn values<'a>(frame: &'a Frame, column: usize, alternative: &'a str, key: &'a str) -> impl Iterator<Item = f64> + 'a {
    let is_of = move |row: &usize| frame.columns[0].text(*row) == Some(alternative) && frame.columns[1].text(*row) == Some(key);
    (0..frame.len()).filter(is_of).map(move |row| frame.columns[column].real(row))
}

/// How each escort's requests were answered.
fn escorts(alternative: &Alternative, folder: &ResultFolder) -> Result<Vec<String>, Failure> {
    const ANSWERS: [&str; 5] = ["approved", "delayed", "impeded", "denied", "postponed"];
    if !folder.has("escorts") {
        return Ok(Vec::new());
    }
    let mut columns = vec!["alternative", "escort", "requests", "trips", "trucks"];
    columns.extend(ANSWERS);
    let frame = folder.columns("escorts", &columns)?;
    let mut sentences = Vec::new();
    for stage in alternative.plan.scenario.stages.iter().filter(|stage| stage.escort.is_some()) {
        let sum = |column: usize| values(&frame, column, &alternative.name, &stage.name).sum::<f64>();
        let n = values(&frame, 2, &alternative.name, &stage.name).count() as f64;
        let (requests, trips) = (sum(2), sum(3));
        if requests <= 0.0 {
            continue;
        }
        let answers = ANSWERS.iter().enumerate().map(|(i, answer)| (answer, sum(5 + i)));
        let told = answers.filter(|(_, count)| *count > 0.0);
        let told: Vec<String> = told
            .map(|(answer, count)| format!("{} {answer}", percent(count / requests, 0)))
            .collect();
        let size = if trips > 0.0 {
            format!(" with {} trucks each", fixed(sum(4) / trips, 1))
        } else {
            String::new()
        };
        sentences.push(format!(
            "Escort `{}` asks {} times in the mean: {}. {} trips arrive{size}.",
            stage.name,
            whole(requests / n),
            told.join(", "),
            whole(trips / n),
        ));
    }
    Ok(sentences)
}

/// In which share of the replications each uncertain development happens.
fn developments(alternative: &Alternative, folder: &ResultFolder) -> Result<Option<String>, Failure> {
    if !folder.has("drivers") {
        return Ok(None);
    }
    let frame = folder.columns("drivers", &["alternative", "driver", "happened"])?;
    let scenario = &alternative.plan.scenario;
    let contingents = scenario.contingents.iter().map(|c| format!("contingent.{}", c.name));
    let names = scenario.drivers.iter().map(|d| d.name.clone()).chain(contingents);
    let told: Vec<String> = names
        .map(|name| {
            let happened: Vec<f64> = values(&frame, 2, &alternative.name, &name).collect();
            let share = happened.iter().sum::<f64>() / happened.len() as f64;
            format!("{name} {}", percent(share, 0))
        })
        .collect();
    Ok((!told.is_empty()).then(|| {
        format!(
            "Developments, and in how many of the replications they happen: {}.",
            told.join(", ")
        )
    }))
}

/// A run in which nothing happens is seldom what was meant.
fn nothing(alternative: &Alternative, result: &AlternativeOutcome) -> Option<String> {
    if alternative.plan.scenario.convoys.is_empty() {
        return None;
    }
    let none = |response: &str| row(result, response).is_some_and(|row| row.max <= 0.0);
    if none("dispatched_trucks") {
        Some("No truck was dispatched in any replication.".to_owned())
    } else if none("delivered_trucks") {
        Some("No truck was delivered in any replication.".to_owned())
    } else {
        None
    }
}

/// The responses whose differences are shown: words, scale, unit.
const DIFFERENCES: [(&str, &str, f64, &str); 4] = [
    ("delivered_tonnes", "tonnes delivered", 1.0, ""),
    ("need_met", "need met", 100.0, " %-points"),
    ("delivery_time_mean_h", "mean hours to delivery", 1.0, ""),
    ("closed_h", "hours closed", 1.0, ""),
];

/// How the other alternatives differ from the first, replication by replication.
pub(super) fn differences(outcome: &Outcome, folder: &ResultFolder) -> Result<Vec<Difference>, Failure> {
    let mut found = Vec::new();
    if !folder.has("replications") || outcome.alternatives.len() < 2 {
        return Ok(found);
    }
    for (response, words, scale, unit) in DIFFERENCES {
        let first = folder.column("replications", response, &outcome.alternatives[0].name)?;
        for other in &outcome.alternatives[1..] {
            let values = folder.column("replications", response, &other.name)?;
            let pairs: Vec<(f64, f64)> = values
                .into_iter()
                .zip(first.iter().copied())
                .filter(|(a, b)| a.is_finite() && b.is_finite())
                .collect();
            let (these, those): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
            if these.len() < 2 {
                continue;
            }
            let t = paired_t(&these, &those, outcome.confidence);
            found.push(Difference {
                response,
                words,
                alternative: other.name.clone(),
                mean: t.difference,
                lower: t.lower,
                upper: t.upper,
                scale,
                unit,
            });
        }
    }
    Ok(found)
}
