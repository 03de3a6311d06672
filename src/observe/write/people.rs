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

impl Recorder {
    pub(super) fn write_kinds(&mut self, rows: &mut Rows) {
        let length = self.period_length();
        if rows.keeps(Kept::Cargo) {
            let (_, below) = self.days.below_need();
            for cargo in 0..self.writer.cargos.len() {
                let times = self.delivery_times(|d| usize::from(d.cargo) == cargo);
                let Some(row) = rows.row(Kept::Cargo) else { return };
                let flows = self.period.of_cargo(cargo);
                let need = self.days.need(cargo, length).unwrap_or(f64::NAN);
                let row = fates(row.text(&self.writer.cargos[cargo]), flows).whole(self.present_cargo[cargo]);
                let row = row
                    .real(need)
                    .real(ratio(flows.ended(End::Delivered).tonnes(), need))
                    .real(below[cargo]);
                times.into_iter().fold(row, Row::real).end();
            }
        }
        if rows.keeps(Kept::Organisations) {
            for organisation in 0..self.writer.organisations.len() {
                let times = self.delivery_times(|d| usize::from(d.organisation) == organisation);
                let Some(row) = rows.row(Kept::Organisations) else { return };
                let row = fates(
                    row.text(&self.writer.organisations[organisation]),
                    self.period.of_organisation(organisation),
                );
                let row = row
                    .whole(self.period.reconsigned[organisation])
                    .whole(self.present_organisation[organisation]);
                times.into_iter().fold(row, Row::real).end();
            }
        }
    }

    /// Mean, median and 90th percentile of the delivery times of some trucks, in hours.
    fn delivery_times(&mut self, of: impl Fn(&Delivery) -> bool) -> [f64; 3] {
        let times = &mut self.writer.times;
        times.clear();
        times.extend(self.deliveries.iter().filter(|d| of(d)).map(|d| d.time));
        let mean = quantile::mean(times.iter().map(|&t| i128::from(t)).sum(), times.len() as i64);
        let [p50, p90] = quantile::quantiles(times, [0.5, 0.9]);
        [mean, p50, p90].map(|us| us / HOUR_US as f64)
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
