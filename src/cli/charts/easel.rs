//! What all charts of a result share: who is drawn, and the words round them.

use super::super::failure::Failure;
use super::super::numbers::whole;
use super::super::summary::version_of;
use super::source::Alternative;
use super::{Picture, Source};
use crate::experiment::{Decision, ResultFolder};
use crate::figure::{Heading, TimeAxis, Width, note};
use crate::time::Time;

/// A result under the pencil.
#[derive(Clone, Copy)]
pub(super) struct Easel<'a> {
    pub(super) source: &'a Source,
    /// The alternatives that are drawn now.
    pub(super) alternatives: &'a [Alternative],
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
        self.alternatives
    }

    /// Pictures whose alternatives share an axis of days: one of all, or one of each where they have not the same period.
    pub(super) fn by_period(&self, draw: impl Fn(&Easel) -> Result<Option<Picture>, Failure>) -> Result<Vec<Picture>, Failure> {
        let all = self.alternatives;
        if all.windows(2).all(|pair| pair[0].is_of_period_of(&pair[1])) {
            return Ok(draw(self)?.into_iter().collect());
        }
        let each = all.chunks(1).map(|alternatives| draw(&Easel { alternatives, ..*self }));
        Ok(each.collect::<Result<Vec<_>, Failure>>()?.into_iter().flatten().collect())
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
        let (all, shown) = (self.source.all(), self.source.alternatives.len());
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
        match self.source.alternatives.as_slice() {
            [_] => chart.to_owned(),
            _ => format!("{chart}-{}", alternative.name.replace(['/', '\\'], "_")),
        }
    }

    /// The name of the files of a picture of what is drawn now.
    pub(super) fn named_by_period(&self, chart: &str) -> String {
        self.only()
            .map_or_else(|| chart.to_owned(), |alternative| self.named(chart, alternative))
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
