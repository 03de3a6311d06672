//! The response that a chart is about where there are several: the one that leads the answer of a study, else the tonnes delivered.

use super::super::failure::Failure;
use super::super::numbers::{counted, scaled};
use super::super::{decision, words};
use super::Easel;
use crate::experiment::{Decided, Decision, possible_means};

/// The response of a result that no study asks anything of.
const USUAL: &str = "delivered_tonnes";

/// The response that leads the answer of a study: the first by which anything can be said of the best.
pub(super) fn lead<'a>(easel: &Easel<'a>) -> Option<&'a Decided> {
    easel.answer().and_then(decision::lead)
}

/// The answer of a study with the response that leads it, where alternatives differ by that.
pub(super) fn differing<'a>(easel: &Easel<'a>) -> Option<(&'a Decision, &'a Decided)> {
    easel.answer().zip(lead(easel)).filter(|(_, decided)| !decided.is_level())
}

/// A title in place of one that says who does best, where one alternative was chosen with few replications: those that all have are fewer still, and what
/// they say of the best is not what was chosen. None where none was to be chosen.
pub(super) fn beside_choice(easel: &Easel, what: &str) -> Option<String> {
    let common = easel.source.chosen_over()? as usize;
    let over = counted(common, "replication");
    Some(format!("{what}, in the first {over}, which all have{}", choice(easel)))
}

/// Who was chosen, at the end of a title; nothing where none was.
pub(super) fn choice(easel: &Easel) -> String {
    easel.source.chosen().map_or(String::new(), |name| format!("; chosen is {name}"))
}

/// What a response is called in the middle of a title.
pub(super) fn called(decided: &Decided) -> String {
    decision::called(decided).replace('`', "")
}

/// A number and its unit, if it has one.
pub(super) fn with_unit(number: &str, unit: &str) -> String {
    if unit.is_empty() {
        number.to_owned()
    } else {
        format!("{number} {unit}")
    }
}

/// The values of a response in every replication of the alternatives that are drawn.
pub(super) struct Sampled {
    /// The response.
    pub(super) response: String,
    /// What it is called in the middle of a title.
    pub(super) called: String,
    /// The unit in which it is drawn.
    pub(super) unit: String,
    /// By alternative and replication; NaN where there is no value.
    pub(super) values: Vec<Vec<f64>>,
}

impl Sampled {
    /// Of the first response with a direction that stands in the table `replications`, the one that leads before the others; else of the tonnes
    /// delivered. None where there is no such column.
    pub(super) fn lead(easel: &Easel) -> Result<Option<Sampled>, Failure> {
        let table = easel.folder().describe("replications")?;
        let asked = easel.answer().map_or(&[][..], |answer| &answer.responses);
        let asked = lead(easel)
            .into_iter()
            .chain(asked.iter().filter(|decided| decided.better.is_some()));
        let names = asked.map(|decided| (decided.response.name.as_str(), called(decided)));
        let mut names = names.chain([(USUAL, words::of(USUAL))]);
        let Some((place, (response, called))) = names.find_map(|(name, called)| Some((table.position(name)?, (name, called)))) else {
            return Ok(None);
        };
        let (scale, unit) = scaled(&table.columns[place].unit);
        Ok(Some(Sampled {
            values: values(easel, response, scale)?,
            response: response.to_owned(),
            called,
            unit: unit.to_owned(),
        }))
    }

    /// Between which values the mean of these can lie, in the unit that is drawn.
    pub(super) fn possible_means(&self, values: &[f64]) -> (f64, f64) {
        let (unit, scale) = if self.unit == "%" { ("share", 100.0) } else { ("", 1.0) };
        let finite = || values.iter().copied().filter(|x| x.is_finite());
        let (least, greatest) = (finite().fold(f64::INFINITY, f64::min), finite().fold(f64::NEG_INFINITY, f64::max));
        let (lower, upper) = possible_means(unit, (least / scale, greatest / scale));
        (lower * scale, upper * scale)
    }

    /// What it is called at the beginning of a title.
    pub(super) fn headed(&self) -> String {
        words::capitalised(&self.called)
    }
}

/// A column of `replications` times `scale`, by alternative that is drawn, read in one go.
fn values(easel: &Easel, column: &str, scale: f64) -> Result<Vec<Vec<f64>>, Failure> {
    let frame = easel.folder().columns("replications", &["alternative", column])?;
    let (names, column) = (&frame.columns[0], &frame.columns[1]);
    let mut values = vec![Vec::new(); easel.alternatives().len()];
    for row in 0..frame.len() {
        let name = names.text(row);
        if let Some(place) = easel.alternatives().iter().position(|of| Some(of.name.as_str()) == name) {
            values[place].push(column.real(row) * scale);
        }
    }
    Ok(values)
}
