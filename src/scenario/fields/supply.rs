//! Cargo, organisations, restrictions, convoys.

use super::kind::{Kind, Of, Process, Rest, Section, Unit, default, later, optional, required};

pub(super) static CARGO: Section = Section {
    what: "a cargo",
    doc: "A kind of goods.",
    fields: &[
        required("load", Kind::Table(&LOAD), "What a truck carries."),
        optional(
            "need",
            Kind::DailyTonnes,
            "What is needed a day; without it the cargo has no part in `need_met`.",
        ),
        optional(
            "priority",
            Kind::Whole(0),
            "Class in a queue by priority, 1 is served first; without it: after all that state one.",
        ),
        optional(
            "shelf_life",
            Kind::Law(Unit::Time),
            "Time from dispatch until the load expires; without it: it keeps.",
        ),
        default(
            "restricted",
            Kind::Share,
            "0",
            "Probability that screening rejects the whole truck.",
        ),
        later("repack"),
        later("gaza_stock"),
        later("heat"),
    ],
    rest: Rest::Nothing,
};

static LOAD: Section = Section {
    what: "a load",
    doc: "A truckload.",
    fields: &[
        required("tonnes", Kind::Law(Unit::Tonnes), "Tonnes of a truckload."),
        default("pallets", Kind::Law(Unit::Pallets), "0", "Pallets of a truckload."),
    ],
    rest: Rest::Nothing,
};

pub(super) static ORGANISATION: Section = Section {
    what: "an organisation",
    doc: "A consignor.",
    fields: &[
        required(
            "share",
            Kind::Share,
            "Its share of a convoy's trucks; the shares of all organisations sum to 1.",
        ),
        required("cargo", Kind::Map(Of::Cargo, &Kind::Share), "Shares of its cargo; they sum to 1."),
        default(
            "status",
            Kind::Either(&[Kind::Word(&["registered", "barred"], &[]), Kind::Table(&STATUS)]),
            "\"registered\"",
            "Whether it may bring aid, and when.",
        ),
        optional(
            "daily_quota",
            Kind::Whole(1),
            "Greatest number of trucks dispatched a calendar day; the others come with the next convoy of a later day.",
        ),
        later("approval"),
        later("approval_for"),
    ],
    rest: Rest::Nothing,
};

static STATUS: Section = Section {
    what: "the status of an organisation",
    doc: "Exactly one of `barred_from`, `registered_from` and `registered_with`.",
    fields: &[
        optional("barred_from", Kind::Date, "Registered before this instant, barred from then on."),
        optional(
            "registered_from",
            Kind::Date,
            "Barred before this instant, registered from then on.",
        ),
        optional(
            "registered_with",
            Kind::Share,
            "Probability that it is registered, decided once a replication.",
        ),
        optional("decided", Kind::Date, "From when the decision holds; goes with `registered_with`."),
        optional(
            "before",
            Kind::Word(&["registered", "barred"], &[]),
            "What it is before `decided`; without it: registered.",
        ),
    ],
    rest: Rest::Nothing,
};

pub(super) static RESTRICTIONS: Section = Section {
    what: "the restrictions",
    doc: "What the authorities do.",
    fields: &[default(
        "barred",
        Kind::Either(&[Kind::Word(&["refuse", "hold"], &[]), Kind::Table(&BARRED)]),
        "\"refuse\"",
        "What happens to the trucks of barred organisations.",
    )],
    rest: Rest::Nothing,
};

static BARRED: Section = Section {
    what: "the rule for barred organisations",
    doc: "`refuse`: the truck ends before the first stage; `hold`: it waits until its organisation is registered; `reconsign`: it goes on under another.",
    fields: &[
        required("action", Kind::Word(&["refuse", "hold", "reconsign"], &[]), "What is done."),
        optional(
            "to",
            Kind::Name(Of::Organisation),
            "`reconsign`: the organisation that takes the truck over.",
        ),
        optional(
            "delay",
            Kind::Law(Unit::Time),
            "`reconsign`: how long that takes; without it: no time.",
        ),
        optional(
            "success",
            Kind::Share,
            "`reconsign`: probability that it succeeds, else the truck ends as refused; without it: 1.",
        ),
        optional(
            "daily_cap",
            Kind::Whole(1),
            "`reconsign`: greatest number a calendar day; the others wait for the next.",
        ),
    ],
    rest: Rest::Nothing,
};

pub(super) static CONVOY: Section = Section {
    what: "a convoy",
    doc: "A stream of convoys. The trucks of a convoy arrive together.",
    fields: &[
        required("arrivals", Kind::Process(&ARRIVALS), "When convoys come."),
        optional("size", Kind::Count, "Trucks of a convoy. A trace has none: its rows say it."),
        optional(
            "cargo",
            Kind::Mix(Of::Cargo),
            "Cargo of its trucks in place of the organisations' shares.",
        ),
        optional(
            "organisation",
            Kind::Mix(Of::Organisation),
            "Organisation of its trucks in place of the general shares.",
        ),
        optional(
            "enters",
            Kind::Name(Of::Stage),
            "The stage at which its trucks arrive; without it: the first.",
        ),
        optional(
            "follows",
            Kind::Name(Of::Stage),
            "Sizes are multiplied by the capacity that security leaves at this stage, rounded half up.",
        ),
        default(
            "when_closed",
            Kind::Word(&["go", "wait"], &[]),
            "\"go\"",
            "What a convoy does that is due while its first stage is closed by security; `wait`: it leaves at the reopening.",
        ),
        optional("limit", Kind::Whole(1), "The stream ends after so many convoys."),
        later("draw_from"),
        later("day_effect"),
        later("retry"),
    ],
    rest: Rest::Nothing,
};

pub(super) static ARRIVALS: Process = Process {
    what: "arrivals",
    cases: &[
        ("poisson", &POISSON),
        ("renewal", &RENEWAL),
        ("schedule", &SCHEDULE),
        ("trace", &TRACE),
    ],
};

static POISSON: Section = Section {
    what: "`poisson` arrivals",
    doc: "Exponential gaps; with a profile the rate is `rate` times the factor of the hour.",
    fields: &[
        required("rate", Kind::Rate, "Convoys per unit of time at factor 1."),
        optional("profile", Kind::Table(&PROFILE), "Factors by hour of the day, not normalised."),
    ],
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
    doc: "Independent intervals, the first from the start.",
    fields: &[required("every", Kind::Law(Unit::Time), "The interval between convoys.")],
    rest: Rest::Nothing,
};

static SCHEDULE: Section = Section {
    what: "`schedule` arrivals",
    doc: "Clock times and dated instants; both may stand together.",
    fields: &[
        optional("times", Kind::Array(&Kind::Clock), "Clock times."),
        optional(
            "days",
            Kind::Days,
            "Days of the week on which the clock times hold; without it: every day.",
        ),
        optional("at", Kind::Array(&Kind::Instant), "Instants, once each."),
        optional("jitter", Kind::Law(Unit::Time), "Added to each instant."),
        optional(
            "calendar",
            Kind::Name(Of::Calendar),
            "Clock times only on days on which an interval of this calendar begins.",
        ),
    ],
    rest: Rest::Nothing,
};

static TRACE: Section = Section {
    what: "`trace` arrivals",
    doc: "Recorded convoys: a CSV file with the columns `at` and `trucks`, and maybe `organisation`, `cargo`, `tonnes`; or the same as `rows`.",
    fields: &[
        optional("file", Kind::File, "The CSV file."),
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
        required("at", Kind::Date, "When it came."),
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
