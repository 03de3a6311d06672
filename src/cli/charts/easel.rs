//! What all charts of a result share: who is drawn, and the words round them.

use super::super::numbers::{fixed, whole};
use super::super::summary::version_of;
use super::Source;
use super::source::Alternative;
use crate::experiment::{Decision, ResultFolder};
use crate::figure::{Heading, TimeAxis, Width, note};
use crate::time::Time;

/// A result under the pencil.
pub(super) struct Easel<'a> {
    pub(super) source: &'a Source,
    /// How wide it is drawn.
    pub(super) width: Width,
}

impl<'a> Easel<'a> {
    /// Its tables.
    pub(super) fn folder(&self) -> &'a ResultFolder {
        &self.source.folder
    }

    /// The alternatives that are drawn.
    pub(super) fn alternatives(&self) -> &'a [Alternative] {
        &self.source.alternatives
    }

    /// The answer to the question of a study.
    pub(super) fn answer(&self) -> Option<&'a Decision> {
        self.source.decision.as_ref()
    }

    pub(super) fn heading(&self, title: String, subtitle: String, of_one: Option<&Alternative>) -> Heading {
        let scenario = of_one.map_or(String::new(), |alternative| {
            format!("{} {}", alternative.name, &alternative.hash[..12.min(alternative.hash.len())])
        });
        let manifest = self.folder().manifest();
        Heading {
            title,
            subtitle,
            note: note(&[
                &self.source.replications(),
                &format!("seed {}", manifest.seed),
                &scenario,
                &self.left_out(),
                &format!("rafah {}", version_of(&manifest.version, manifest.source.as_deref())),
            ]),
            source: String::new(),
        }
    }

    /// Of how many alternatives some are drawn, and which; nothing where all are.
    fn left_out(&self) -> String {
        let (all, shown) = (self.source.all(), self.alternatives().len());
        if shown == all {
            return String::new();
        }
        format!(
            "{shown} of {} alternatives: the reference and those that come first",
            whole(all as f64)
        )
    }

    /// The only alternative, where there is but one.
    pub(super) fn only(&self) -> Option<&'a Alternative> {
        match self.alternatives() {
            [one] => Some(one),
            _ => None,
        }
    }

    /// How many replications of an alternative the tables hold.
    pub(super) fn replications_of(&self, alternative: &Alternative) -> usize {
        let records = &self.folder().manifest().alternatives;
        records
            .iter()
            .find(|record| record.name == alternative.name)
            .map_or(0, |record| record.replications as usize)
    }

    /// The name of the files of a picture of one alternative: the chart's own, with that of the alternative where there are several.
    pub(super) fn named(&self, chart: &str, alternative: &Alternative) -> String {
        match self.only() {
            Some(_) => chart.to_owned(),
            None => format!("{chart}-{}", alternative.name.replace(['/', '\\'], "_")),
        }
    }

    pub(super) fn subtitle(&self, what: &str) -> String {
        self.only()
            .map_or(what.to_owned(), |alternative| format!("{}. {what}", alternative.shown()))
    }
}

/// The calendar days of a horizon.
pub(super) fn dated(alternative: &Alternative) -> TimeAxis {
    let horizon = &alternative.loaded.scenario.horizon;
    let last = horizon.origin.day_index(Time::ZERO + horizon.length);
    TimeAxis::dated((0..=last).map(|day| horizon.origin.date_of_day(day)))
}

/// A number with two digits of the size that matters.
pub(super) fn rounded(value: f64, matters: f64) -> String {
    let size = libm::floor(libm::log10(matters.abs().max(1e-9))) - 1.0;
    if size < 0.0 {
        return fixed(value, (-size) as usize);
    }
    let unit = libm::exp10(size);
    whole((value / unit).round() * unit)
}

/// What alternatives have, after what it is: `: 690 (a), 688 (b)` of up to three, `, of 4 alternatives: from 500 (b) to 900 (c)` of more. Values that are
/// no numbers are left out; `told` is given a value and what of it matters.
pub(super) fn from_least_to_most(names: &[&str], values: &[f64], told: impl Fn(f64, f64) -> String) -> String {
    let found: Vec<(&str, f64)> = (names.iter().copied().zip(values.iter().copied()))
        .filter(|(_, value)| value.is_finite())
        .collect();
    let order = |a: &&(&str, f64), b: &&(&str, f64)| a.1.total_cmp(&b.1);
    let Some((least, most)) = found.iter().min_by(order).zip(found.iter().max_by(order)) else {
        return String::new();
    };
    let spread = (most.1 - least.1).max(0.01 * most.1.abs());
    let told = |(name, value): &(&str, f64)| format!("{} ({name})", told(*value, spread));
    if found.len() <= 3 {
        format!(": {}", found.iter().map(told).collect::<Vec<_>>().join(", "))
    } else {
        format!(
            ", of {} alternatives: from {} to {}",
            whole(found.len() as f64),
            told(least),
            told(most)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_alternatives_have_keeps_the_digits_that_tell_them_apart() {
        assert_eq!(
            from_least_to_most(&["a", "b"], &[690.31, 688.31], rounded),
            ": 690.3 (a), 688.3 (b)"
        );
        let names = ["a", "b", "c", "d"];
        assert_eq!(
            from_least_to_most(&names, &[690.0, 500.0, 900.0, 700.0], rounded),
            ", of 4 alternatives: from 500 (b) to 900 (c)"
        );
        assert_eq!(from_least_to_most(&names[..2], &[f64::NAN, 500.0], rounded), ": 500.0 (b)");
    }

    #[test]
    fn numbers_in_titles_have_the_digits_that_matter() {
        assert_eq!(rounded(412_345.0, 9_876.0), "412,300");
        assert_eq!(rounded(1_234.0, 1_234.0), "1,200");
        assert_eq!(rounded(3.456, 0.5), "3.46");
    }
}
