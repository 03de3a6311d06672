//! Rows by stage: tallies, first visits, observations, samples, places and moves.

use super::super::balance::Off;
use super::super::layout::Kept;
use super::super::quantile;
use super::super::recorder::Recorder;
use super::{Rows, hours, ratio};
use crate::scenario::End;
use crate::time::{HOUR_US, MINUTE_US};

fn minutes(us: f64) -> f64 {
    us / MINUTE_US as f64
}

impl Recorder {
    pub(super) fn write_stages(&mut self, rows: &mut Rows) {
        let (length, end) = (self.period_length() as f64, self.end.unwrap_or_default());
        for (stage, tally) in self.stages.iter().enumerate() {
            let name = &self.writer.stages[stage];
            for (cargo, visits) in self.writer.cargos.iter().zip(tally.visits()) {
                // People carry no goods.
                if self.writer.serves_people[stage] {
                    break;
                }
                if let Some(row) = rows.row(Kept::StageCargo) {
                    row.text(name)
                        .text(cargo)
                        .whole(visits.arrivals)
                        .whole(visits.served)
                        .whole(visits.lost)
                        .whole(visits.expired)
                        .real(minutes(quantile::mean(visits.wait, visits.waits)))
                        .real(ratio(visits.waited as f64, visits.waits as f64))
                        .real(minutes(quantile::mean(visits.time, visits.served)))
                        .end();
                }
            }
            let Some(row) = rows.row(Kept::Stages) else { continue };
            let (counts, areas, waits) = (tally.counts(), tally.areas(end), tally.waits().sample());
            let levels = [0.5, 0.9, 0.95, 0.99, 1.0];
            let ([p50, p90, p95, p99, max], deviation) = waits.spread(levels, &mut self.writer.room);
            let (starts, start_wait) = (waits.len() as i64 - counts.gave_up, waits.sum() - counts.gave_up_wait);
            let present = areas.waiting + areas.serving + areas.paused + areas.blocked;
            // Service in overtime is staffed by itself.
            let lanes = if self.writer.lanes[stage].is_some() {
                areas.staffed_lanes as f64 + areas.unstaffed_serving as f64
            } else {
                f64::NAN
            };
            row.text(name)
                .whole(counts.arrivals)
                .whole(counts.served)
                .real(minutes(waits.mean()))
                .real(minutes(p50))
                .real(minutes(p90))
                .real(minutes(p95))
                .real(minutes(p99))
                .real(minutes(max))
                .real(minutes(deviation))
                .real(minutes(quantile::mean(start_wait, starts)))
                .real(ratio(tally.waits().longer() as f64, waits.len() as f64))
                .real(ratio(areas.waiting as f64, length))
                .whole(tally.most_waiting(end))
                .real(ratio(present as f64, length))
                .real(minutes(quantile::mean(counts.time, counts.served)))
                .real(ratio(areas.serving as f64, lanes))
                .real(ratio(areas.blocked as f64, lanes))
                .real(ratio(areas.paused as f64, lanes))
                .real(ratio(areas.down as f64, lanes))
                .whole(counts.failures)
                .real(hours(areas.staffed))
                .real(hours(areas.unstaffed))
                .real(areas.overtime as f64 / HOUR_US as f64)
                .whole(counts.lost)
                .whole(counts.expired)
                .end();
        }
    }

    /// First visits, observations, samples of the queues.
    pub(super) fn write_looks(&self, rows: &mut Rows) {
        for (stage, name) in self.writer.stages.iter().enumerate() {
            for &n in &self.writer.first {
                if let Some(row) = rows.row(Kept::FirstTrucks) {
                    let (own, mean) = self.first.waits_min(stage, n);
                    row.text(name).whole(n as i64).real(own).real(mean).end();
                }
            }
        }
        for seen in &self.observations {
            if let Some(row) = rows.row(Kept::Observations) {
                let view = seen.view;
                row.real(seen.at.as_hours())
                    .text(&self.writer.stages[seen.stage])
                    .whole(i64::from(view.waiting))
                    .whole(i64::from(view.in_service))
                    .whole(i64::from(view.waiting) + i64::from(view.in_service) + i64::from(view.blocked))
                    .whole(i64::from(view.open_lanes))
                    .end();
            }
        }
        if let (Some(grid), Some(mut row)) = (&self.writer.grid, rows.row(Kept::QueueSamples)) {
            for stage in &self.writer.grid_stages {
                for &hour in &grid.hours {
                    row = match stage.and_then(|s| self.samples.waiting(hour, s)) {
                        Some(waiting) => row.whole(waiting),
                        None => row.empty(),
                    };
                }
            }
            row.end();
        }
    }

    /// What is where at the end, and what moved from where to where.
    pub(super) fn write_places(&self, rows: &mut Rows) {
        let stages = self.writer.stages.len();
        if !rows.keeps(Kept::Backlog) && !rows.keeps(Kept::Flows) {
            return;
        }
        let names = self.place_names();
        let trucks_pass = (0..stages).filter(|&stage| !self.writer.serves_people[stage]);
        let hubs = (0..self.hubs.len()).map(|hub| usize::from(self.balance.hub(hub)));
        let asides = ASIDES.map(|off| usize::from(self.balance.off(off)));
        for place in trucks_pass.chain(hubs).chain(asides) {
            if let Some(row) = rows.row(Kept::Backlog) {
                let load = self.balance.at(place as u16);
                row.text(&names[place]).whole(load.trucks).real(load.tonnes()).end();
            }
        }
        if self.moves.is_empty() {
            return;
        }
        let targets = self.writer.stages.iter().map(String::as_str).chain(End::ALL.map(End::name));
        let targets: Vec<&str> = targets.chain([Off::Repacking.name()]).collect();
        for (from, moves) in self.moves.chunks_exact(targets.len()).enumerate() {
            for (to, load) in targets.iter().zip(moves).filter(|(_, load)| load.trucks > 0) {
                if let Some(row) = rows.row(Kept::Flows) {
                    row.text(&names[from]).text(to).whole(load.trucks).real(load.tonnes()).end();
                }
            }
        }
    }

    /// By place, its name; that of a hub is made longer where another place has it.
    fn place_names(&self) -> Vec<String> {
        let off = Off::ALL.map(|off| off.name().to_owned());
        let mut names: Vec<String> = self.writer.stages.iter().cloned().chain(off).collect();
        for hub in &self.writer.hubs {
            let taken = names.contains(hub);
            names.push(if taken { format!("hub.{hub}") } else { hub.clone() });
        }
        names
    }
}

/// Where trucks can be at the end that are at no stage and in no hub.
const ASIDES: [Off; 6] = [Off::Held, Off::Quota, Off::Approval, Off::TurnedBack, Off::Repacking, Off::Diverted];
