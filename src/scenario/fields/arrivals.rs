//! When convoys, batches and groups come.

use super::kind::{Field, Kind, Of, Process, Rest, Section, Unit, default, optional, required};

/// Arrivals of convoys.
pub(super) static ARRIVALS: Process = Process {
    cases: &[
        ("poisson", &POISSON),
        ("renewal", &RENEWAL),
        ("schedule", &SCHEDULE),
        ("trace", &TRACE),
    ],
};

/// Arrivals of groups of travellers.
pub(super) static GROUPS: Process = Process {
    cases: &[
        ("poisson", &POISSON),
        ("renewal", &RENEWAL),
        ("schedule", &SCHEDULE),
        ("trace", &TRACE_OF_GROUPS),
    ],
};

/// Arrivals of batches at a hub.
pub(super) static INFLOW: Process = Process {
    cases: &[
        ("poisson", &POISSON_INFLOW),
        ("renewal", &RENEWAL_INFLOW),
        ("schedule", &SCHEDULE_INFLOW),
        ("trace", &TRACE_OF_BATCHES),
    ],
};

const BATCH: Field = default(
    "batch",
    Kind::Count,
    "1",
    "Truckloads of a batch, all of one sender: the draw, but at least 1.",
);
const RATE: Field = required("rate", Kind::Rate, "Arrivals per unit of time at factor 1.");
const FACTORS: Field = optional("profile", Kind::Table(&PROFILE), "Factors by hour of the day, not normalised.");
const EVERY: Field = required("every", Kind::Law(Unit::Time), "The interval between arrivals.");
const TIMES: Field = optional("times", Kind::Array(&Kind::Clock), "Clock times.");
const DAYS: Field = optional(
    "days",
    Kind::Days,
    "Days of the week on which the clock times hold; without it: every day.",
);
const AT: Field = optional("at", Kind::Array(&Kind::Instant), "Instants, once each.");
const JITTER: Field = optional("jitter", Kind::Law(Unit::Time), "Added to each instant.");
const CALENDAR: Field = optional(
    "calendar",
    Kind::Name(Of::Calendar),
    "Clock times only on days on which an interval of this calendar begins.",
);
const FILE: Field = optional("file", Kind::File, "The CSV file.");
const WHEN: Field = required("at", Kind::Date, "When it came.");

const POISSON_DOC: &str = "Exponential gaps; with a profile the rate is `rate` times the factor of the hour.";
const RENEWAL_DOC: &str = "Independent intervals, the first from the start.";
const SCHEDULE_DOC: &str = "Clock times and dated instants; both may stand together.";

static POISSON: Section = Section {
    what: "`poisson` arrivals",
    doc: POISSON_DOC,
    fields: &[RATE, FACTORS],
    rest: Rest::Nothing,
};

static POISSON_INFLOW: Section = Section {
    what: "a `poisson` inflow",
    doc: POISSON_DOC,
    fields: &[RATE, FACTORS, BATCH],
    rest: Rest::Nothing,
};

static PROFILE: Section = Section {
    what: "a profile",
    doc: "One of: `hours`, `file`, `calendar`, or days and ranges of days, each with 24 factors.",
    fields: &[
        optional("hours", Kind::Array(&Kind::Number(0.0, f64::INFINITY)), "24 factors for every day."),
        optional("file", Kind::File, "A CSV file with the columns `day`, `hour` and `factor`."),
        optional("calendar", Kind::Name(Of::Calendar), "1 while this calendar is open, else 0."),
    ],
    rest: Rest::Days(&Kind::Array(&Kind::Number(0.0, f64::INFINITY))),
};

static RENEWAL: Section = Section {
    what: "`renewal` arrivals",
    doc: RENEWAL_DOC,
    fields: &[EVERY],
    rest: Rest::Nothing,
};

static RENEWAL_INFLOW: Section = Section {
    what: "a `renewal` inflow",
    doc: RENEWAL_DOC,
    fields: &[EVERY, BATCH],
    rest: Rest::Nothing,
};

static SCHEDULE: Section = Section {
    what: "`schedule` arrivals",
    doc: SCHEDULE_DOC,
    fields: &[TIMES, DAYS, AT, JITTER, CALENDAR],
    rest: Rest::Nothing,
};

static SCHEDULE_INFLOW: Section = Section {
    what: "a `schedule` of inflow",
    doc: SCHEDULE_DOC,
    fields: &[TIMES, DAYS, AT, JITTER, CALENDAR, BATCH],
    rest: Rest::Nothing,
};

static TRACE: Section = Section {
    what: "`trace` arrivals",
    doc: "Recorded convoys: a CSV file with the columns `at` and `trucks`, and maybe `organisation`, `cargo`, `tonnes`; or the same as `rows`.",
    fields: &[
        FILE,
        optional(
            "rows",
            Kind::Array(&Kind::Table(&TRACE_ROW)),
            "The rows themselves, in place of a file.",
        ),
    ],
    rest: Rest::Nothing,
};

static TRACE_ROW: Section = Section {
    what: "a recorded convoy",
    doc: "A row of a trace.",
    fields: &[
        WHEN,
        required("trucks", Kind::Whole(0), "Number of trucks."),
        optional("organisation", Kind::Name(Of::Organisation), "Organisation of all its trucks."),
        optional("cargo", Kind::Name(Of::Cargo), "Cargo of all its trucks."),
        optional(
            "tonnes",
            Kind::Number(0.0, f64::INFINITY),
            "Tonnes of the whole convoy, shared evenly.",
        ),
    ],
    rest: Rest::Nothing,
};

static TRACE_OF_GROUPS: Section = Section {
    what: "`trace` arrivals of travellers",
    doc: "Recorded groups: a CSV file with the columns `at` and `people`; or the same as `rows`.",
    fields: &[
        FILE,
        optional(
            "rows",
            Kind::Array(&Kind::Table(&GROUP_ROW)),
            "The rows themselves, in place of a file.",
        ),
    ],
    rest: Rest::Nothing,
};

static GROUP_ROW: Section = Section {
    what: "a recorded group",
    doc: "A row of a trace.",
    fields: &[WHEN, required("people", Kind::Whole(0), "Number of people.")],
    rest: Rest::Nothing,
};

static TRACE_OF_BATCHES: Section = Section {
    what: "a `trace` of inflow",
    doc: "Recorded batches: a CSV file with the columns `at` and `trucks` (truckloads), and maybe `organisation`, `cargo`, `tonnes`; or the same as `rows`.",
    fields: &[
        FILE,
        optional(
            "rows",
            Kind::Array(&Kind::Table(&TRACE_ROW)),
            "The rows themselves, in place of a file.",
        ),
    ],
    rest: Rest::Nothing,
};
