//! Rows by kind of goods, organisation and stream of convoys.

use super::super::delivery::DeliveryTimes;
use super::super::flow::{Fates, Load};
use super::super::layout::Kept;
use super::super::quantile;
use super::super::recorder::Recorder;
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

/// Mean, median and 90th percentile of some delivery times, in hours.
fn delivery_hours<'a>(row: Row<'a>, times: &DeliveryTimes) -> Row<'a> {
    let times = [times.mean, times.p50, times.p90];
    times.into_iter().fold(row, |row, us| row.real(us / HOUR_US as f64))
}

impl Recorder {
    /// `delivery` are the delivery times of all.
    pub(super) fn write_kinds(&mut self, rows: &mut Rows, delivery: DeliveryTimes) {
        if rows.keeps(Kept::Cargo) {
            self.write_cargo(rows, delivery);
        }
        if rows.keeps(Kept::Organisations) {
            self.write_organisations(rows, delivery);
        }
    }

    fn write_cargo(&mut self, rows: &mut Rows, delivery: DeliveryTimes) {
        let cargos = self.present_cargo.len();
        let times = self.deliveries.by_cargo(cargos, delivery, &mut self.writer.room);
        let (_, below) = self.days.below_need();
        for (cargo, (name, times)) in self.writer.cargos.iter().zip(&times).enumerate() {
            let Some(row) = rows.row(Kept::Cargo) else { return };
            let flows = self.period.of_cargo(cargo);
            let need = self.days.need(cargo, self.period_length()).unwrap_or(f64::NAN);
            let row = fates(row.text(name), flows).whole(self.present_cargo[cargo]);
            let row = row
                .real(need)
                .real(ratio(flows.ended(End::Delivered).tonnes(), need))
                .real(below[cargo]);
            let supply = self.stocks.supply_of(cargo, |day| self.days.counts(day));
            delivery_hours(row, times)
                .real(supply.mean_days)
                .real(supply.least_days)
                .real(supply.unmet)
                .real(supply.days_without)
                .end();
        }
    }

    fn write_organisations(&mut self, rows: &mut Rows, delivery: DeliveryTimes) {
        let kinds = self.present_organisation.len();
        let times = self.deliveries.by_organisation(kinds, delivery, &mut self.writer.room);
        for (organisation, (name, times)) in self.writer.organisations.iter().zip(&times).enumerate() {
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
            delivery_hours(row, times).end();
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
