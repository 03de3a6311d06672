//! Which tables are kept for a set of plans, and the columns that they have.

use super::response;
use crate::model::Plan;
use crate::scenario::{End, IncidentProcess, Scenario};
use crate::table::{Frame, Table, catalogue};
use crate::time::{DAY_US, Duration, HOUR_US};

/// The tables that are kept per replication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    Replications,
    Daily,
    DailyCargo,
    DailyOrganisation,
    Stages,
    StageCargo,
    Cargo,
    Organisations,
    Convoys,
    Closures,
    Incidents,
    Regimes,
    Observations,
    FirstTrucks,
    Backlog,
    Flows,
    Escorts,
    Resources,
    Hubs,
    Drivers,
    Timeline,
    QueueSamples,
}

impl Kept {
    pub(super) const ALL: [Kept; 22] = [
        Kept::Replications,
        Kept::Daily,
        Kept::DailyCargo,
        Kept::DailyOrganisation,
        Kept::Stages,
        Kept::StageCargo,
        Kept::Cargo,
        Kept::Organisations,
        Kept::Convoys,
        Kept::Closures,
        Kept::Incidents,
        Kept::Regimes,
        Kept::Observations,
        Kept::FirstTrucks,
        Kept::Backlog,
        Kept::Flows,
        Kept::Escorts,
        Kept::Resources,
        Kept::Hubs,
        Kept::Drivers,
        Kept::Timeline,
        Kept::QueueSamples,
    ];

    /// Whether a scenario has what the table is about. Where none has, nobody misses an empty table.
    fn has_subject(self, scenario: &Scenario) -> bool {
        match self {
            Kept::Regimes => matches!(
                scenario.incidents.as_ref().map(|i| &i.process),
                Some(IncidentProcess::Regimes { .. })
            ),
            Kept::Escorts => scenario.stages.iter().any(|s| s.escort.is_some()),
            Kept::Resources => !scenario.resources.is_empty(),
            Kept::Hubs => !scenario.hubs.is_empty(),
            Kept::Drivers => !scenario.drivers.is_empty() || !scenario.contingents.is_empty(),
            _ => true,
        }
    }

    fn table(self, names: &Names, grid: &QueueGrid) -> Table {
        let ends = End::ALL.map(End::name);
        match self {
            Kept::Replications => catalogue::replications(response::columns(names)),
            Kept::Daily => catalogue::daily(&ends, &names.counters, &names.hubs),
            Kept::DailyCargo => catalogue::daily_cargo(&ends),
            Kept::DailyOrganisation => catalogue::daily_organisation(&ends),
            Kept::Stages => catalogue::stages(),
            Kept::StageCargo => catalogue::stage_cargo(),
            Kept::Cargo => catalogue::cargo(&ends),
            Kept::Organisations => catalogue::organisations(&ends),
            Kept::Convoys => catalogue::convoys(),
            Kept::Closures => catalogue::closures(),
            Kept::Incidents => catalogue::incidents(),
            Kept::Regimes => catalogue::regimes(),
            Kept::Observations => catalogue::observations(),
            Kept::FirstTrucks => catalogue::first_trucks(),
            Kept::Backlog => catalogue::backlog(),
            Kept::Flows => catalogue::flows(),
            Kept::Escorts => catalogue::escorts(),
            Kept::Resources => catalogue::resources(),
            Kept::Hubs => catalogue::hubs(),
            Kept::Drivers => catalogue::drivers(),
            Kept::Timeline => catalogue::timeline(),
            Kept::QueueSamples => catalogue::queue_samples(&grid.stages, &grid.hours),
        }
    }
}

/// Tables made of kept ones over all replications; they may be asked for by name too. Those from `decision` on are there where a study or an option
/// asks.
pub const DERIVED: [&str; 9] = [
    "summary",
    "queue_profile",
    "comparison",
    "decision",
    "regret",
    "synchronisation",
    "frontier",
    "selection",
    "closure_price",
];

/// The hidden table that `queue_profile` is made of.
const QUEUE_SAMPLES: &str = "queue_samples";

/// The stages and times of the queue profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueGrid {
    /// Names of the stages, each once over all plans.
    pub stages: Vec<String>,
    /// Hours between two times: 1, or 24 where a horizon is longer than 60 days. A value then is the greatest of its 24 hours.
    pub step_h: i64,
    /// The times in hours since the start: of the state, or of the beginning of the 24 hours.
    pub hours: Vec<i64>,
}

impl QueueGrid {
    fn new(plans: &[&Plan]) -> QueueGrid {
        let longest = plans.iter().map(|p| p.scenario.horizon.length).max().unwrap_or_default();
        let warm_up = plans.iter().map(|p| p.scenario.horizon.warm_up).min().unwrap_or_default();
        let step_h = if longest > Duration(60 * DAY_US) { 24 } else { 1 };
        let step = step_h * HOUR_US;
        let first = (warm_up.0 + step - 1).div_euclid(step);
        // The end of the run is a state, but no day begins there.
        let last = if step_h == 1 {
            longest.0 / step
        } else {
            (longest.0 - 1).div_euclid(step)
        };
        QueueGrid {
            stages: distinct(plans.iter().flat_map(|p| p.scenario.stages.iter().map(|s| &s.name))),
            step_h,
            hours: (first..=last).map(|k| k * step_h).collect(),
        }
    }

    /// The column of `queue_samples` that holds a stage at a time, both by index. It is empty in the replications of an alternative
    /// that has no such stage or time.
    pub fn column(&self, stage: usize, time: usize) -> usize {
        2 + stage * self.hours.len() + time
    }
}

/// Names that scenarios give and columns bear, each once over all plans.
#[derive(Clone, Debug)]
pub(super) struct Names {
    /// `counts_as` of stages.
    pub(super) counters: Vec<String>,
    /// Streams of travellers; `out` and `in` first, whether there are such or not.
    pub(super) travellers: Vec<String>,
    pub(super) hubs: Vec<String>,
}

impl Names {
    fn new(plans: &[&Plan]) -> Names {
        let usual = ["out", "in"].map(str::to_owned);
        let streams = plans.iter().flat_map(|p| p.scenario.travellers.iter().map(|t| &t.name));
        Names {
            counters: distinct(plans.iter().flat_map(|p| &p.counters)),
            travellers: distinct(usual.iter().chain(streams)),
            hubs: distinct(plans.iter().flat_map(|p| p.scenario.hubs.iter().map(|h| &h.name))),
        }
    }
}

/// Which tables are kept, and the columns that they have.
#[derive(Clone, Debug)]
pub struct Layout {
    tables: Vec<Table>,
    written: Vec<bool>,
    places: [Option<usize>; Kept::ALL.len()],
    names: Names,
    grid: QueueGrid,
}

impl Layout {
    /// The tables that are wanted (none named: all that a plan can fill) for plans whose results stand together. `replications` is
    /// always kept.
    ///
    /// # Errors
    /// A sentence that names a table nobody knows, and the nearest one.
    pub fn new(plans: &[&Plan], wanted: Option<&[String]>) -> Result<Layout, String> {
        Layout::keeping(plans, wanted, &[])
    }

    /// Like [`Layout::new`]; tables named in `also` are kept whether they are wanted or not, but then not to be written.
    ///
    /// # Errors
    /// As [`Layout::new`].
    pub fn keeping(plans: &[&Plan], wanted: Option<&[String]>, also: &[&str]) -> Result<Layout, String> {
        let names = Names::new(plans);
        let grid = QueueGrid::new(plans);
        let all: Vec<Table> = Kept::ALL.into_iter().map(|kept| kept.table(&names, &grid)).collect();
        let known: Vec<&str> = all.iter().map(|t| t.name).filter(|&n| n != QUEUE_SAMPLES).chain(DERIVED).collect();
        for name in wanted.into_iter().flatten() {
            if !known.contains(&name.as_str()) {
                return Err(unknown(name, &known));
            }
        }
        let is_wanted = |name: &str| wanted.is_none_or(|names| names.iter().any(|n| n == name));
        let is_filled = |kept: Kept| wanted.is_some() || plans.iter().any(|p| kept.has_subject(&p.scenario));
        let mut layout = Layout {
            tables: Vec::new(),
            written: Vec::new(),
            places: [None; Kept::ALL.len()],
            names,
            grid,
        };
        for ((place, kept), table) in layout.places.iter_mut().zip(Kept::ALL).zip(all) {
            let hidden = table.name == QUEUE_SAMPLES;
            let written = !hidden && is_wanted(table.name) && is_filled(kept);
            let needed = table.name == "replications" || (hidden && is_wanted("queue_profile"));
            if written || needed || also.contains(&table.name) {
                *place = Some(layout.tables.len());
                layout.tables.push(table);
                layout.written.push(written);
            }
        }
        Ok(layout)
    }

    /// The tables that are kept per replication, in the order of [`Frames`].
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// The place of a kept table by name.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.tables.iter().position(|t| t.name == name)
    }

    /// Whether a kept table is to be written; the others only serve what is made of them.
    pub fn is_written(&self, table: usize) -> bool {
        self.written[table]
    }

    /// The names under which trucks are counted, over all plans.
    pub fn counters(&self) -> &[String] {
        &self.names.counters
    }

    pub(super) const fn names(&self) -> &Names {
        &self.names
    }

    /// The stages and times of `queue_samples`, where that is kept.
    pub fn queue_grid(&self) -> Option<&QueueGrid> {
        self.place(Kept::QueueSamples).map(|_| &self.grid)
    }

    /// The stages and times at which queues are looked at, for the queue profile or the timeline.
    pub(super) fn sampled_grid(&self) -> Option<&QueueGrid> {
        (self.keeps(Kept::QueueSamples) || self.keeps(Kept::Timeline)).then_some(&self.grid)
    }

    pub(super) fn place(&self, kept: Kept) -> Option<usize> {
        self.places[kept as usize]
    }

    pub(super) fn keeps(&self, kept: Kept) -> bool {
        self.place(kept).is_some()
    }

    /// Whether all that is kept of a replication of a plan can be read from columns.
    pub fn is_read_from_columns(&self, plan: &Plan) -> bool {
        let reads = |kept: &Kept| match kept {
            Kept::StageCargo | Kept::Flows | Kept::Timeline => false,
            Kept::FirstTrucks => plan.scenario.observe.first.is_empty(),
            Kept::Replications
            | Kept::Stages
            | Kept::Cargo
            | Kept::Organisations
            | Kept::Convoys
            | Kept::Daily
            | Kept::DailyCargo
            | Kept::DailyOrganisation
            | Kept::Backlog
            | Kept::QueueSamples
            | Kept::Closures
            // Empty where a plan has a line: it has nothing of what they tell.
            | Kept::Incidents
            | Kept::Regimes
            | Kept::Observations
            | Kept::Escorts
            | Kept::Resources
            | Kept::Hubs
            | Kept::Drivers => true,
        };
        Kept::ALL.iter().filter(|kept| self.keeps(**kept)).all(reads)
    }
}

/// Each name once, in order of its first place.
fn distinct<'a>(names: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for name in names {
        if !found.contains(name) {
            found.push(name.clone());
        }
    }
    found
}

fn unknown(name: &str, known: &[&str]) -> String {
    let nearest = known.iter().map(|k| (strsim::osa_distance(name, k), *k)).min();
    match nearest {
        Some((distance, nearest)) if distance <= 1 + name.len() / 3 => format!("no table `{name}`; did you mean `{nearest}`?"),
        _ => format!("no table `{name}`; there are {}", known.join(", ")),
    }
}

/// Rows of the tables of a layout.
#[derive(Clone, Debug, PartialEq)]
pub struct Frames(pub Vec<Frame>);

impl Frames {
    /// No rows yet.
    pub fn new(layout: &Layout) -> Frames {
        Frames(layout.tables.iter().map(Frame::new).collect())
    }

    /// Adds the rows of other frames of the same layout.
    pub fn append(&mut self, other: &Frames) {
        self.0.iter_mut().zip(&other.0).for_each(|(mine, theirs)| mine.append(theirs));
    }

    /// Forgets all rows and keeps the room for them.
    pub fn clear(&mut self) {
        self.0.iter_mut().for_each(Frame::clear);
    }
}
