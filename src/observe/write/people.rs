//! Rows by kind of goods, organisation and stream of convoys.

use super::super::flow::{Fates, Load};
use super::super::layout::Kept;
use super::super::quantile;
use super::super::recorder::{Delivery, Recorder};
use super::{Rows, ratio};
use crate::scenario::End;
use crate::table::Row;
use crate::time::{HOUR_US, MINUTE_US};

/// Trucks and tonnes dispatched and of each end.
pub(super) fn fates<'a>(row: Row<'a>, fates: Fates) -> Row<'a> {
    let both = |row: Row<'a>, load: Load| row.whole(load.trucks).real(load.tonnes());
    let row = both(row, fates.dispatched());
    End::ALL.into_iter().fold(row, |row, end| both(row, fates.ended(end)))
}

/// Mean, median and 90th percentile of the delivery times of some trucks, in hours; `times` is room to work in.
fn delivery_times(deliveries: &[Delivery], of: impl Fn(&Delivery) -> bool, times: &mut Vec<i64>) -> [f64; 3] {
    times.clear();
    times.extend(deliveries.iter().filter(|d| of(d)).map(|d| d.time));
    let mean = quantile::mean(times.iter().map(|&t| i128::from(t)).sum(), times.len() as i64);
    let [p50, p90] = quantile::quantiles(times, [0.5, 0.9]);
    [mean, p50, p90].map(|us| us / HOUR_US as f64)
}

impl Recorder {
    pub(super) fn write_kinds(&mut self, rows: &mut Rows) {
        let mut times = std::mem::take(&mut self.writer.times);
        if rows.keeps(Kept::Cargo) {
            self.write_cargo(rows, &mut times);
        }
        if rows.keeps(Kept::Organisations) {
            self.write_organisations(rows, &mut times);
        }
        self.writer.times = times;
    }

    fn write_cargo(&self, rows: &mut Rows, times: &mut Vec<i64>) {
        let (_, below) = self.days.below_need();
        for (cargo, name) in self.writer.cargos.iter().enumerate() {
            let Some(row) = rows.row(Kept::Cargo) else { return };
            let flows = self.period.of_cargo(cargo);
            let need = self.days.need(cargo, self.period_length()).unwrap_or(f64::NAN);
            let row = fates(row.text(name), flows).whole(self.present_cargo[cargo]);
            let row = row
                .real(need)
                .real(ratio(flows.ended(End::Delivered).tonnes(), need))
                .real(below[cargo]);
            let times = delivery_times(&self.deliveries, |d| usize::from(d.cargo) == cargo, times);
            let supply = self.stocks.supply_of(cargo, |day| self.days.counts(day));
            times
                .into_iter()
                .fold(row, Row::real)
                .real(supply.mean_days)
                .real(supply.least_days)
                .real(supply.unmet)
                .real(supply.days_without)
                .end();
        }
    }

    fn write_organisations(&self, rows: &mut Rows, times: &mut Vec<i64>) {
        for (organisation, name) in self.writer.organisations.iter().enumerate() {
            let Some(row) = rows.row(Kept::Organisations) else { return };
            let row = fates(row.text(name), self.period.of_organisation(organisation));
            let sender = &self.period.senders[organisation];
            let row = row
                .whole(sender.reconsigned)
                .whole(sender.denied)
                .whole(sender.held)
                .whole(sender.refused)
                .whole(sender.expired)
                .whole(self.present_organisation[organisation]);
            let times = delivery_times(&self.deliveries, |d| usize::from(d.organisation) == organisation, times);
            times.into_iter().fold(row, Row::real).end();
        }
    }

    pub(super) fn write_convoys(&self, rows: &mut Rows) {
        for (tally, name) in self.convoys.iter().zip(&self.writer.streams) {
            let counts = &tally.counts;
            if let Some(row) = rows.row(Kept::Convoys) {
                row.text(name)
                    .whole(counts.convoys)
                    .whole(counts.dispatched)
                    .real(ratio(counts.size as f64, counts.convoys as f64))
                    .real(quantile::mean(counts.first_starts.sum, counts.first_starts.n) / MINUTE_US as f64)
                    .real(quantile::mean(counts.clearings.sum, counts.clearings.n) / MINUTE_US as f64)
                    .end();
            }
        }
    }
}
