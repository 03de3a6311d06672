//! The rows of a replication.

mod people;
mod security;
mod stages;

use super::balance::Imbalance;
use super::layout::{Frames, Kept, Layout, QueueGrid};
use super::quantile;
use super::recorder::Recorder;
use super::response::{Rules, Totals, Value};
use crate::model::Plan;
use crate::scenario::{End, IncidentProcess};
use crate::table::{Frame, Row};
use crate::time::HOUR_US;

/// What rows need beside the tallies: names, dates, and where the tables are.
#[derive(Clone)]
pub(super) struct Writer {
    places: [Option<usize>; Kept::ALL.len()],
    rules: Rules,
    stages: Vec<String>,
    lanes: Vec<Option<u32>>,
    cargos: Vec<String>,
    organisations: Vec<String>,
    streams: Vec<String>,
    sources: Vec<String>,
    severities: Vec<String>,
    regimes: Vec<String>,
    /// By calendar day.
    dates: Vec<String>,
    /// By counter of the layout, that of the plan.
    counters: Vec<Option<usize>>,
    first: Vec<u64>,
    grid: Option<QueueGrid>,
    /// By stage of the grid, that of the plan.
    grid_stages: Vec<Option<usize>>,
    /// Delivery times to be selected from.
    times: Vec<i64>,
}

impl Writer {
    pub(super) fn new(plan: &Plan, layout: &Layout) -> Writer {
        let scenario = &plan.scenario;
        let stages: Vec<String> = scenario.stages.iter().map(|s| s.name.clone()).collect();
        let horizon = &scenario.horizon;
        let last = crate::time::Time::ZERO + horizon.length;
        let days = if layout.keeps(Kept::Daily) {
            horizon.origin.day_index(last) + 1
        } else {
            0
        };
        let regimes = match scenario.incidents.as_ref().map(|i| &i.process) {
            Some(IncidentProcess::Regimes { regimes, .. }) => regimes.iter().map(|r| r.name.clone()).collect(),
            _ => Vec::new(),
        };
        let grid = layout.queue_grid().cloned();
        let grid_names = grid.iter().flat_map(|g| &g.stages);
        let severities = scenario.incidents.as_ref().map_or(&[][..], |i| &i.severities);
        Writer {
            places: Kept::ALL.map(|kept| layout.place(kept)),
            rules: Rules::new(layout),
            lanes: scenario.stages.iter().map(|s| s.lanes).collect(),
            cargos: scenario.cargos.iter().map(|c| c.name.clone()).collect(),
            organisations: scenario.organisations.iter().map(|o| o.name.clone()).collect(),
            streams: scenario.convoys.iter().map(|c| c.name.clone()).collect(),
            sources: plan.sources.clone(),
            severities: severities.iter().map(|s| s.name.clone()).collect(),
            regimes,
            dates: (0..days).map(|day| horizon.origin.date_of_day(day)).collect(),
            counters: layout
                .counters()
                .iter()
                .map(|name| plan.counters.iter().position(|c| c == name))
                .collect(),
            first: scenario.observe.first.clone(),
            grid_stages: grid_names.map(|name| stages.iter().position(|s| s == name)).collect(),
            grid,
            stages,
            times: Vec::new(),
        }
    }
}

/// The rows of one replication under way to their frames.
struct Rows<'a> {
    alternative: &'a str,
    replication: u32,
    places: [Option<usize>; Kept::ALL.len()],
    frames: &'a mut Frames,
}

impl Rows<'_> {
    /// Begins a row of a table with its alternative and replication, where the table is kept.
    fn row(&mut self, kept: Kept) -> Option<Row<'_>> {
        let frame: &mut Frame = &mut self.frames.0[self.places[kept as usize]?];
        Some(frame.row().text(self.alternative).whole(i64::from(self.replication)))
    }

    fn keeps(&self, kept: Kept) -> bool {
        self.places[kept as usize].is_some()
    }
}

impl Recorder {
    /// Adds the rows of the replication that has finished, and is then empty for the next one. `frames` are those of the layout.
    ///
    /// # Errors
    /// If trucks or tonnes were not conserved; nothing is written then.
    pub fn write(&mut self, alternative: &str, replication: u32, frames: &mut Frames) -> Result<(), Imbalance> {
        let balanced = self
            .balance
            .close(replication, &self.writer.stages, |stage| self.stages[stage].standing());
        if balanced.is_ok() {
            let mut rows = Rows {
                alternative,
                replication,
                places: self.writer.places,
                frames,
            };
            self.write_replication(&mut rows);
            self.write_days(&mut rows);
            self.write_stages(&mut rows);
            self.write_kinds(&mut rows);
            self.write_convoys(&mut rows);
            self.write_security(&mut rows);
            self.write_looks(&mut rows);
            self.write_places(&mut rows);
        }
        self.reset();
        balanced
    }

    fn write_replication(&mut self, rows: &mut Rows) {
        let length = self.period_length();
        let mut times = std::mem::take(&mut self.writer.times);
        times.clear();
        times.extend(self.deliveries.iter().map(|d| d.time));
        let sum = times.iter().map(|&t| i128::from(t)).sum();
        let mean = quantile::mean(sum, times.len() as i64);
        let [p50, p90, p95, max] = quantile::quantiles(&mut times, [0.5, 0.9, 0.95, 1.0]);
        self.writer.times = times;
        let counted: Vec<Option<i64>> = self.writer.counters.iter().map(|c| c.map(|c| self.period.counted[c])).collect();
        let totals = Totals {
            flows: &self.period,
            counted: &counted,
            backlog: self.balance.present(),
            mean_backlog: ratio(self.backlog.area as f64, length as f64),
            max_backlog: self.backlog.most,
            need_met: self.days.need_met(&self.period, length),
            days_below_need: self.days.below_need().0,
            delivery: [mean, p50, p90, p95, max],
            closures: self.closures.begun(),
            longest_closure: self.closures.spells().iter().map(|s| self.closures.counted(s)).max().unwrap_or(0),
            last_end: self.last_end,
        };
        let Some(mut row) = rows.row(Kept::Replications) else { return };
        for value in self.writer.rules.values(&totals) {
            row = match value {
                Value::Whole(n) => row.whole(n),
                Value::Real(x) => row.real(x),
                Value::Empty => row.empty(),
            };
        }
        row.end();
    }

    fn write_days(&self, rows: &mut Rows) {
        for (day, flows) in self.days.counted() {
            let Some(flows) = flows else { return };
            let number = day.number + 1;
            if let Some(row) = rows.row(Kept::Daily) {
                let dispatched = flows.dispatched().trucks;
                let date = self.writer.dates.get(day.number as usize).map(String::as_str);
                let mut row = row.whole(number).text_or_empty(date).whole(dispatched).whole(dispatched);
                for end in End::ALL {
                    row = row.whole(flows.ended(end).trucks);
                    if end == End::Delivered {
                        row = row.real(flows.ended(end).tonnes());
                    }
                }
                for counter in &self.writer.counters {
                    row = match counter {
                        Some(counter) => row.whole(flows.counted[*counter]),
                        None => row.empty(),
                    };
                }
                row.whole(day.backlog)
                    .real(self.days.need_met(flows, day.length))
                    .real(hours(flows.closed))
                    .real(hours(flows.restricted))
                    .whole(flows.incidents)
                    .end();
            }
            for (cargo, name) in self.writer.cargos.iter().enumerate() {
                if let Some(row) = rows.row(Kept::DailyCargo) {
                    people::fates(row.whole(number).text(name), flows.of_cargo(cargo)).end();
                }
            }
            for (organisation, name) in self.writer.organisations.iter().enumerate() {
                if let Some(row) = rows.row(Kept::DailyOrganisation) {
                    people::fates(row.whole(number).text(name), flows.of_organisation(organisation)).end();
                }
            }
        }
    }
}

fn hours(us: i64) -> f64 {
    us as f64 / HOUR_US as f64
}

/// NaN over nothing.
fn ratio(numerator: f64, denominator: f64) -> f64 {
    if denominator > 0.0 { numerator / denominator } else { f64::NAN }
}
