//! Rows of hubs, resources, escorts, drivers and contingents.

use super::super::layout::Kept;
use super::super::quantile;
use super::super::recorder::Recorder;
use super::{Rows, hours, ratio};
use crate::model::Answer;
use crate::time::{MINUTE_US, Time};

impl Recorder {
    pub(super) fn write_escorts(&self, rows: &mut Rows) {
        for &stage in &self.writer.escorts {
            let Some(row) = rows.row(Kept::Escorts) else { return };
            let tally = &self.escorts[stage];
            let mean_min = |sum| quantile::mean(sum, tally.trips) / MINUTE_US as f64;
            row.text(&self.writer.stages[stage])
                .whole(tally.requests())
                .whole(tally.answers(Answer::Approved))
                .whole(tally.answers(Answer::Delayed))
                .whole(tally.answers(Answer::Impeded))
                .whole(tally.answers(Answer::Denied))
                .whole(tally.answers(Answer::Postponed))
                .whole(tally.trips)
                .whole(tally.trucks)
                .real(ratio(tally.trucks as f64, tally.trips as f64))
                .real(ratio(tally.full as f64, tally.trips as f64))
                .real(mean_min(tally.gathering))
                .real(mean_min(tally.clearance))
                .whole(tally.interceptions)
                .whole(tally.intercepted)
                .whole(tally.vehicles)
                .real(tally.grams as f64 / 1e6)
                .real(tally.pallets)
                .end();
        }
    }

    pub(super) fn write_resources(&self, rows: &mut Rows) {
        let (length, end) = (self.period_length() as f64, self.end.unwrap_or_default());
        for ((name, count), tally) in self.writer.resources.iter().zip(&self.resources) {
            let Some(row) = rows.row(Kept::Resources) else { return };
            row.text(name)
                .whole(*count)
                .real(ratio(tally.in_use.area(end) as f64, tally.there.area(end) as f64))
                .real(ratio(tally.in_use.area(end) as f64, length))
                .real(ratio(tally.waiting.area(end) as f64, length))
                .end();
        }
    }

    pub(super) fn write_hubs(&self, rows: &mut Rows) {
        let (length, end) = (self.period_length() as f64, self.end.unwrap_or_default());
        for (name, tally) in self.writer.hubs.iter().zip(&self.hubs) {
            let Some(row) = rows.row(Kept::Hubs) else { return };
            let counts = &tally.counts;
            row.text(name)
                .whole(counts.inflow)
                .whole(counts.not_sent)
                .whole(counts.denied)
                .whole(counts.refused)
                .whole(counts.expired)
                .whole(counts.held)
                .whole(counts.reconsigned)
                .whole(counts.slots)
                .whole(counts.drawn)
                .whole(counts.slots - counts.drawn)
                .whole(counts.returned)
                .whole(counts.retries)
                .real(ratio(tally.stock.area(end) as f64, length))
                .whole(tally.stock.most(end))
                .whole(tally.stock.now())
                .end();
        }
    }

    pub(super) fn write_developments(&self, rows: &mut Rows) {
        let hour = |at: Time| if at == Time::NEVER { f64::NAN } else { hours(at.0) };
        for (name, development) in self.writer.developments.iter().zip(&self.developments) {
            let Some(row) = rows.row(Kept::Drivers) else { return };
            let sizes: Vec<String> = development.sizes.iter().map(f64::to_string).collect();
            let all = (!sizes.is_empty()).then(|| sizes.join(";"));
            row.text(name)
                .whole(i64::from(development.when != Time::NEVER))
                .real(hour(development.when))
                .real(hour(development.end))
                .real(development.sizes.first().copied().unwrap_or(f64::NAN))
                .text_or_empty(all.as_deref())
                .end();
        }
    }
}
