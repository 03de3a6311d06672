//! Top level, scenario, horizon, calendars, observation.

use super::corridor::{ESCORT, HUB, RESOURCE};
use super::crossing::STAGE;
use super::developments::{CONTINGENT, DRIVER, PEACEKEEPING};
use super::kind::{Field, Kind, Of, Rest, Section, default, optional, required};
use super::security::{CLOSURE, POLICY, SECURITY};
use super::supply::{CARGO, CONVOY, ORGANISATION, RESTRICTIONS, TRAVELLERS};

const ROOT_FIELDS: &[Field] = &[
    required("format", Kind::Whole(1), "Version of the language: 1."),
    optional(
        "extends",
        Kind::Either(&[Kind::File, Kind::Array(&Kind::File)]),
        "File, or files in order, over which this one is laid: table by table; arrays, distributions and processes are replaced whole.",
    ),
    required(
        "scenario",
        Kind::Table(&SCENARIO),
        "What it is called and where its numbers come from.",
    ),
    required("horizon", Kind::Table(&HORIZON), "When the run starts and ends."),
    optional(
        "calendar",
        Kind::Named(Of::Calendar, &CALENDAR),
        "Opening hours by name; `always` is built in.",
    ),
    optional(
        "cargo",
        Kind::Named(Of::Cargo, &CARGO),
        "Kinds of goods. May be left out where there are no convoys.",
    ),
    optional(
        "organisation",
        Kind::Named(Of::Organisation, &ORGANISATION),
        "Consignors. May be left out where there are no convoys.",
    ),
    optional(
        "restrictions",
        Kind::Table(&RESTRICTIONS),
        "What happens to the trucks of barred organisations.",
    ),
    optional("hub", Kind::Named(Of::Hub, &HUB), "Stocks upstream from which convoys may draw."),
    optional("convoy", Kind::Named(Of::Convoy, &CONVOY), "Streams of convoys."),
    optional(
        "travellers",
        Kind::Named(Of::Travellers, &TRAVELLERS),
        "Streams of people who cross, apart from trucks.",
    ),
    optional(
        "resource",
        Kind::Named(Of::Resource, &RESOURCE),
        "What stages and escorts share: teams, vehicles, forklifts, staff.",
    ),
    optional(
        "stage",
        Kind::Named(Of::Stage, &STAGE),
        "The steps of the way; their order is the route. May be left out where there are escorts.",
    ),
    optional(
        "escort",
        Kind::Named(Of::Escort, &ESCORT),
        "Steps of the way on which trucks go together. Wherever a stage may be named, an escort may be named too.",
    ),
    optional("security", Kind::Table(&SECURITY), "Incidents, the same whatever the policy."),
    optional(
        "closure",
        Kind::NamedProcess(Of::Closure, &CLOSURE),
        "Closures given directly, whatever the policy.",
    ),
    optional(
        "policy",
        Kind::Table(&POLICY),
        "How incidents turn into closures. Also the name of a file with `format = 1` and `[policy]`.",
    ),
    optional("contingent", Kind::Named(Of::Contingent, &CONTINGENT), "Troops by contributor."),
    optional("peacekeeping", Kind::Table(&PEACEKEEPING), "What troops do."),
    optional(
        "driver",
        Kind::Named(Of::Driver, &DRIVER),
        "Uncertain developments: each happens with a probability, at a date, and then changes parameters.",
    ),
    optional("observe", Kind::Table(&OBSERVE), "When the state is looked at."),
];

/// A scenario file.
pub(in crate::scenario) static ROOT: Section = Section {
    what: "a scenario",
    doc: "A scenario file is TOML. Sections may stand in any order, but the order of `[stage.*]` is the route of the trucks.",
    fields: ROOT_FIELDS,
    rest: Rest::Nothing,
};

static SCENARIO: Section = Section {
    what: "the description of the scenario",
    doc: "What the scenario is called and where its numbers come from.",
    fields: &[
        required(
            "name",
            Kind::Text,
            "Short name; it stands in the column `alternative` of the results.",
        ),
        default("title", Kind::Text, "\"\"", "One line for people."),
        default("summary", Kind::Text, "\"\"", "A paragraph for people."),
        optional(
            "sources",
            Kind::Table(&SOURCES),
            "Cited sources by key: publisher, title, date, address.",
        ),
        default(
            "need_window",
            Kind::Span,
            "\"7d\"",
            "A day is below need if the tonnes of so long a time up to it are below the need of that time.",
        ),
    ],
    rest: Rest::Nothing,
};

static SOURCES: Section = Section {
    what: "the list of sources",
    doc: "Each key is cited elsewhere as `source = \"KEY\"`.",
    fields: &[],
    rest: Rest::Texts,
};

static HORIZON: Section = Section {
    what: "the horizon",
    doc: "A run covers `start` up to `start` + `length`. The clock is local civil time at the crossing, without summer time.",
    fields: &[
        required("start", Kind::Date, "Date, or date and time, at which the run starts."),
        required("length", Kind::Span, "From start to end, the warm-up included."),
        default("warm_up", Kind::Duration, "\"0d\"", "What happens before this does not count."),
        default(
            "stop",
            Kind::Word(&["at_end", "when_empty"], &[]),
            "\"at_end\"",
            "`when_empty`: the run ends when every stream has ended and no truck is left, at the latest after `length`.",
        ),
    ],
    rest: Rest::Nothing,
};

static CALENDAR: Section = Section {
    what: "a calendar",
    doc: "Keys are days (`fri`) and ranges of days (`sun-thu`, may wrap round the week); days never named are closed. An interval belongs to the day on which it begins and may run over midnight. `dates` hold over `holidays`, these over seasons, these over the week.",
    fields: &[
        optional("holidays", Kind::Array(&Kind::Day), "Days on which nothing begins."),
        optional("dates", Kind::Table(&DATES), "Special days with hours of their own."),
        optional(
            "season",
            Kind::Named(Of::Season, &SEASON),
            "Dated sections that replace weekly hours.",
        ),
    ],
    rest: Rest::Days(&Kind::Hours),
};

static DATES: Section = Section {
    what: "the special days",
    doc: "Such as `2026-07-24 = \"08:00-12:00\"`.",
    fields: &[],
    rest: Rest::Dates(&Kind::Hours),
};

static SEASON: Section = Section {
    what: "a season",
    doc: "Days not named keep the weekly hours.",
    fields: &[
        required("from", Kind::Day, "Its first day."),
        required("to", Kind::Day, "Its last day, included."),
    ],
    rest: Rest::Days(&Kind::Hours),
};

static OBSERVE: Section = Section {
    what: "the observations",
    doc: "The state is recorded just before anything else happens at these instants.",
    fields: &[
        optional("daily", Kind::Array(&Kind::Clock), "Clock times of every day."),
        optional(
            "at",
            Kind::Array(&Kind::Instant),
            "Instants, since the start or dated; the end of the horizon included.",
        ),
        optional(
            "first",
            Kind::Array(&Kind::Whole(1)),
            "Numbers of trucks, by order of arrival at each stage, whose waits are recorded.",
        ),
    ],
    rest: Rest::Nothing,
};
