//! The rows of a replication.

mod corridor;
mod people;
mod security;
mod stages;
mod timeline;

use super::balance::Imbalance;
use super::delivery::DeliveryTimes;
use super::layout::{Frames, Kept, Layout, QueueGrid};
use super::quantile::Room;
use super::recorder::Recorder;
use super::response::{Rules, Totals, Value};
use super::stock::Cover;
use crate::model::Plan;
use crate::scenario::{End, Flow, IncidentProcess};
use crate::table::{Frame, Row};
use crate::time::HOUR_US;

/// What rows need beside the tallies: names, dates, and where the tables are.
#[derive(Clone)]
pub(super) struct Writer {
    places: [Option<usize>; Kept::ALL.len()],
    rules: Rules,
    stages: Vec<String>,
    /// None where unlimited, and of escorts.
    lanes: Vec<Option<u32>>,
    /// By stage, whether people pass through it.
    serves_people: Vec<bool>,
    /// Indices of the escorts among the stages.
    escorts: Vec<usize>,
    hubs: Vec<String>,
    /// By hub of the layout, that of the plan.
    layout_hubs: Vec<Option<usize>>,
    /// Name and number of units.
    resources: Vec<(String, i64)>,
    /// The drivers, then the contingents, of which there are so many.
    developments: Vec<String>,
    contingents: usize,
    /// By stream of travellers of the layout, that of the plan.
    travellers: Vec<Option<usize>>,
    has_travellers: bool,
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
    /// When the timeline tells the queues.
    timeline_hours: Vec<i64>,
    /// For quantiles.
    room: Room,
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
        let stages_of = |which: fn(&crate::scenario::Stage) -> bool| scenario.stages.iter().map(which);
        let names = layout.names();
        let hubs: Vec<String> = scenario.hubs.iter().map(|h| h.name.clone()).collect();
        let contingents = scenario.contingents.iter().map(|c| format!("contingent.{}", c.name));
        let place_of_stream = |name: &String| scenario.travellers.iter().position(|t| t.name == *name);
        Writer {
            serves_people: stages_of(|s| s.serves == Flow::Travellers).collect(),
            escorts: (0..stages.len()).filter(|&s| scenario.stages[s].escort.is_some()).collect(),
            layout_hubs: names.hubs.iter().map(|name| hubs.iter().position(|h| h == name)).collect(),
            hubs,
            resources: scenario.resources.iter().map(|r| (r.name.clone(), i64::from(r.count))).collect(),
            developments: scenario.drivers.iter().map(|d| d.name.clone()).chain(contingents).collect(),
            contingents: scenario.contingents.len(),
            travellers: names.travellers.iter().map(place_of_stream).collect(),
            has_travellers: !scenario.travellers.is_empty(),
            timeline_hours: layout.sampled_grid().map_or(Vec::new(), |g| g.hours.clone()),
            places: Kept::ALL.map(|kept| layout.place(kept)),
            rules: Rules::new(layout),
            lanes: (scenario.stages.iter()).map(|s| s.lanes.filter(|_| s.escort.is_none())).collect(),
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
            room: Room::new(),
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
        self.balance.sum_up();
        self.people.sum_up();
        let balanced = self.balanced(replication);
        if balanced.is_ok() {
            let mut rows = Rows {
                alternative,
                replication,
                places: self.writer.places,
                frames,
            };
            let delivery = self.deliveries.of_all(&mut self.writer.room);
            self.write_replication(&mut rows, delivery);
            self.write_days(&mut rows);
            self.write_stages(&mut rows);
            self.write_kinds(&mut rows, delivery);
            self.write_convoys(&mut rows);
            self.write_security(&mut rows);
            self.write_looks(&mut rows);
            self.write_places(&mut rows);
            self.write_escorts(&mut rows);
            self.write_resources(&mut rows);
            self.write_hubs(&mut rows);
            self.write_developments(&mut rows);
            self.write_timeline(&mut rows);
        }
        self.reset();
        balanced
    }

    /// Whether trucks and people are conserved; a stage holds one or the other.
    fn balanced(&self, replication: u32) -> Result<(), Imbalance> {
        let names = &self.writer;
        let of_book = |people: bool| {
            move |stage: usize| {
                let standing = self.stages[stage].standing();
                if names.serves_people[stage] == people { standing } else { Some(0) }
            }
        };
        self.balance.close(replication, &names.stages, &names.hubs, of_book(false))?;
        self.people.close(replication, &names.stages, &[], of_book(true))
    }

    fn write_replication(&self, rows: &mut Rows, delivery: DeliveryTimes) {
        let length = self.period_length();
        let end = self.end.unwrap_or_default();
        let counted: Vec<Option<i64>> = self.writer.counters.iter().map(|c| c.map(|c| self.period.counted[c])).collect();
        let crossed: Vec<Option<i64>> = self.writer.travellers.iter().map(|t| t.map(|t| self.period.crossed[t])).collect();
        let mean_travellers = ratio(self.travellers.area(end) as f64, length as f64);
        let totals = Totals {
            flows: &self.period,
            counted: &counted,
            crossed: &crossed,
            travellers: self.writer.has_travellers.then(|| (self.people.present(), mean_travellers)),
            backlog: self.balance.present(),
            mean_backlog: ratio(self.backlog.area(end) as f64, length as f64),
            max_backlog: self.backlog.most(end),
            need_met: self.days.need_met(&self.period, length),
            days_below_need: self.days.below_need().0,
            supply: self.stocks.supply(|day| self.days.counts(day)),
            exposure: self.incidents.iter().map(|i| i.exposure).sum(),
            delivery,
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
                let mut row = row
                    .whole(number)
                    .text_or_empty(date)
                    .whole(dispatched)
                    .whole(dispatched + flows.again);
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
                row = row
                    .whole(day.backlog)
                    .real(self.days.need_met(flows, day.length))
                    .real(hours(flows.closed))
                    .real(hours(flows.restricted))
                    .whole(flows.incidents);
                self.hub_stocks(row, day.number).end();
            }
            for (cargo, name) in self.writer.cargos.iter().enumerate() {
                if let Some(row) = rows.row(Kept::DailyCargo) {
                    let row = people::fates(row.whole(number).text(name), flows.of_cargo(cargo));
                    let cover = self.stocks.on_day(cargo, day.number);
                    row.real(cover.map_or(f64::NAN, Cover::end_days))
                        .real(cover.map_or(f64::NAN, Cover::unmet))
                        .end();
                }
            }
            for (organisation, name) in self.writer.organisations.iter().enumerate() {
                if let Some(row) = rows.row(Kept::DailyOrganisation) {
                    people::fates(row.whole(number).text(name), flows.of_organisation(organisation)).end();
                }
            }
        }
    }

    /// Loads at the end of a day in all hubs, then in each.
    fn hub_stocks<'a>(&self, row: Row<'a>, day: i64) -> Row<'a> {
        let stock = |hub: usize| self.days.hub_stock(day, hub);
        let whole = |row: Row<'a>, value: Option<i64>| match value {
            Some(value) => row.whole(value),
            None => row.empty(),
        };
        let hubs = self.hubs.len();
        let all = (hubs > 0).then(|| (0..hubs).filter_map(stock).sum());
        let each = self.writer.layout_hubs.iter().map(|hub| hub.and_then(stock));
        each.fold(whole(row, all), whole)
    }
}

fn hours(us: i64) -> f64 {
    us as f64 / HOUR_US as f64
}

/// NaN over nothing.
fn ratio(numerator: f64, denominator: f64) -> f64 {
    if denominator > 0.0 { numerator / denominator } else { f64::NAN }
}
