//! Incidents, given closures, policy.

use super::crossing::{AT_CLOSURE, QUEUE_AT_CLOSURE};
use super::kind::{Field, Kind, Of, Process, Rest, Section, Unit, default, optional, required};

pub(super) static SECURITY: Section = Section {
    what: "the security situation",
    doc: "What happens whatever is decided.",
    fields: &[optional("incidents", Kind::Process(&INCIDENTS), "Incidents.")],
    rest: Rest::Nothing,
};

static INCIDENTS: Process = Process {
    cases: &[("poisson", &POISSON), ("hawkes", &HAWKES), ("regimes", &REGIMES), ("trace", &TRACE)],
};

const SEVERITIES: Field = optional(
    "severity",
    Kind::Named(Of::Severity, &SEVERITY),
    "How grave incidents are; without it: one severity, `incident`, of weight 1.",
);

static POISSON: Section = Section {
    what: "`poisson` incidents",
    doc: "At a constant rate.",
    fields: &[required("rate", Kind::Rate, "Incidents per unit of time."), SEVERITIES],
    rest: Rest::Nothing,
};

static HAWKES: Section = Section {
    what: "`hawkes` incidents",
    doc: "Self-exciting with an exponential kernel; no history at the start.",
    fields: &[
        required("base_rate", Kind::Rate, "Rate of incidents without any before."),
        required(
            "branching",
            Kind::Number(0.0, 1.0),
            "Mean number of further incidents that each one brings about, below 1.",
        ),
        required("decay", Kind::Span, "Mean lag of those (not a half-life)."),
        SEVERITIES,
    ],
    rest: Rest::Nothing,
};

static REGIMES: Section = Section {
    what: "`regimes` of incidents",
    doc: "A Markov chain in continuous time; each state has a rate.",
    fields: &[
        required("regime", Kind::Named(Of::Regime, &REGIME), "The states."),
        optional(
            "start",
            Kind::Either(&[Kind::Name(Of::Regime), Kind::Word(&["stationary"], &[])]),
            "The first state, or `stationary`; without it: the first listed.",
        ),
        SEVERITIES,
    ],
    rest: Rest::Nothing,
};

static REGIME: Section = Section {
    what: "a regime",
    doc: "A state of the security situation.",
    fields: &[
        required("stay", Kind::Span, "Mean of the exponential stay."),
        required("rate", Kind::Rate, "Incidents per unit of time."),
        optional(
            "to",
            Kind::Map(Of::Regime, &Kind::Share),
            "Where it leads, with shares that sum to 1.",
        ),
    ],
    rest: Rest::Nothing,
};

static TRACE: Section = Section {
    what: "a `trace` of incidents",
    doc: "Recorded incidents: a CSV file with the columns `at` and, where there are several severities, `severity`; or the same as `rows`.",
    fields: &[
        optional("file", Kind::File, "The CSV file."),
        optional(
            "rows",
            Kind::Array(&Kind::Table(&INCIDENT_ROW)),
            "The rows themselves, in place of a file.",
        ),
        SEVERITIES,
    ],
    rest: Rest::Nothing,
};

static INCIDENT_ROW: Section = Section {
    what: "a recorded incident",
    doc: "A row of a trace.",
    fields: &[
        required("at", Kind::Date, "When it happened."),
        optional(
            "severity",
            Kind::Name(Of::Severity),
            "How grave it was; may be left out where there is one severity only.",
        ),
    ],
    rest: Rest::Nothing,
};

static SEVERITY: Section = Section {
    what: "a severity",
    doc: "A class of incidents.",
    fields: &[
        required(
            "share",
            Kind::Share,
            "Probability that an incident is of this class; the shares sum to 1.",
        ),
        default("weight", Kind::Number(0.0, f64::INFINITY), "1", "Weight in the exposure."),
        default("loss", Kind::Share, "0", "Probability that the load of an exposed truck is lost."),
    ],
    rest: Rest::Nothing,
};

pub(super) static CLOSURE: Process = Process {
    cases: &[("renewal", &RENEWAL), ("schedule", &SCHEDULE), ("trace", &CLOSURE_TRACE)],
};

const CAPACITY: Field = default("capacity", Kind::Share, "0", "Share of the lanes that stay open, rounded up.");
const SCOPE: Field = optional(
    "scope",
    Kind::Array(&Kind::Name(Of::Stage)),
    "The stages it acts on; without it: all.",
);
const WHOLE_DAYS: Field = default(
    "whole_days",
    Kind::Flag,
    "false",
    "It runs from the start of its day, for its length rounded up to whole days.",
);

static RENEWAL: Section = Section {
    what: "a `renewal` closure",
    doc: "Open and closed spells in turn, independent.",
    fields: &[
        required("open", Kind::Law(Unit::Time), "Open spells."),
        required("closed", Kind::Law(Unit::Time), "Closed spells."),
        default(
            "starts",
            Kind::Word(&["open", "closed"], &[]),
            "\"open\"",
            "The spell that begins at the start.",
        ),
        CAPACITY,
        SCOPE,
        WHOLE_DAYS,
    ],
    rest: Rest::Nothing,
};

static SCHEDULE: Section = Section {
    what: "a `schedule` of closures",
    doc: "Dated spells.",
    fields: &[
        required("spells", Kind::Array(&Kind::Table(&SPELL)), "The spells."),
        CAPACITY,
        SCOPE,
        WHOLE_DAYS,
    ],
    rest: Rest::Nothing,
};

static CLOSURE_TRACE: Section = Section {
    what: "a `trace` of closures",
    doc: "Recorded spells: a CSV file with the columns `from` and `to`, and maybe `capacity` and `scope` (stages joined by `+`); or the same as `rows`.",
    fields: &[
        optional("file", Kind::File, "The CSV file."),
        optional(
            "rows",
            Kind::Array(&Kind::Table(&SPELL)),
            "The rows themselves, in place of a file.",
        ),
        CAPACITY,
        SCOPE,
        WHOLE_DAYS,
    ],
    rest: Rest::Nothing,
};

static SPELL: Section = Section {
    what: "a spell of closure",
    doc: "From its first instant up to, not including, its end.",
    fields: &[
        required("from", Kind::Instant, "Its first instant."),
        required("to", Kind::Instant, "The first instant after it."),
        optional(
            "capacity",
            Kind::Share,
            "Share of the lanes that stay; without it: as the closure says.",
        ),
        optional(
            "scope",
            Kind::Array(&Kind::Name(Of::Stage)),
            "The stages it acts on; without it: as the closure says.",
        ),
    ],
    rest: Rest::Nothing,
};

pub(super) static POLICY: Section = Section {
    what: "a policy",
    doc: "What is decided.",
    fields: &[
        default("name", Kind::Text, "\"\"", "Its name."),
        optional(
            "set",
            Kind::Settings,
            "Parameters that the policy sets, by path: `set = { \"stage.scan.lanes\" = 3 }`.",
        ),
        optional(
            "response",
            Kind::Named(Of::Severity, &RESPONSE),
            "The closure that an incident of a severity brings; severities without one close nothing.",
        ),
        optional(
            "trigger",
            Kind::Named(Of::Trigger, &TRIGGER),
            "Longer closures after several incidents.",
        ),
        optional(
            "reopening",
            Kind::Array(&Kind::Table(&REOPENING)),
            "Steps of capacity after a full closure by the policy, in order.",
        ),
        optional(
            "window",
            Kind::Table(&WINDOW),
            "Hours of each day in which named cargo passes even during a closure.",
        ),
        default(
            "at_closure",
            AT_CLOSURE,
            "\"finish\"",
            "What a closure does to the services under way, at every stage that does not say.",
        ),
        default(
            "queue_at_closure",
            QUEUE_AT_CLOSURE,
            "\"hold\"",
            "What a closure does to those who wait, at every stage that does not say.",
        ),
        optional(
            "return_delay",
            Kind::Law(Unit::Time),
            "How long a turned-back truck stays away; without it: for good.",
        ),
        optional(
            "precaution",
            Kind::Table(&PRECAUTION),
            "Closing in advance, on warnings; without it: warnings are not heeded.",
        ),
        optional(
            "diversion",
            Kind::Table(&DIVERSION),
            "Another way for trucks that wait at stages that are closed for long.",
        ),
    ],
    rest: Rest::Nothing,
};

static RESPONSE: Section = Section {
    what: "a response",
    doc: "The closure that an incident brings; each runs from its own instant, closed is the union.",
    fields: &[
        CAPACITY,
        required("for", Kind::Law(Unit::Time), "How long."),
        SCOPE,
        default(
            "quiet",
            Kind::Duration,
            "\"0h\"",
            "It ends no sooner than so long after the last incident that has a response.",
        ),
        default("notice", Kind::Duration, "\"0h\"", "It begins so long after the incident."),
        WHOLE_DAYS,
    ],
    rest: Rest::Nothing,
};

static TRIGGER: Section = Section {
    what: "a trigger",
    doc: "Fires at the k-th incident that has a response, and at each further one while k lie within the window.",
    fields: &[
        required("incidents", Kind::Whole(1), "So many incidents …"),
        required("within", Kind::Span, "… within so long."),
        CAPACITY,
        required("for", Kind::Law(Unit::Time), "How long."),
        SCOPE,
        WHOLE_DAYS,
    ],
    rest: Rest::Nothing,
};

static REOPENING: Section = Section {
    what: "a step of the reopening",
    doc: "A step of capacity.",
    fields: &[
        required("capacity", Kind::Share, "Share of the lanes that work."),
        required("for", Kind::Law(Unit::Time), "How long the step lasts."),
    ],
    rest: Rest::Nothing,
};

static PRECAUTION: Section = Section {
    what: "a precaution",
    doc: "A closure on a warning. Some incidents are warned of, and some warnings are false.",
    fields: &[
        required("hit", Kind::Share, "Share of the incidents that are warned of."),
        required("lead", Kind::Duration, "How long before the incident the warning comes."),
        default("false_alarms", Kind::Rate, "\"0/d\"", "Warnings that no incident follows."),
        CAPACITY,
        required("for", Kind::Law(Unit::Time), "How long the closure lasts, from the warning on."),
        SCOPE,
    ],
    rest: Rest::Nothing,
};

static DIVERSION: Section = Section {
    what: "a diversion",
    doc: "So long after a stage was closed, and every 24 h while it still is, a share of those who wait there leaves, the oldest first.",
    fields: &[
        required("after", Kind::Span, "How long a stage must have been closed."),
        required(
            "to",
            Kind::Text,
            "The name of a stage, at which they arrive; any other name is that of another entry point, where they end as diverted.",
        ),
        default("share", Kind::Share, "1", "Share of the waiting trucks."),
        default("delay", Kind::Law(Unit::Time), "\"0h\"", "How long that takes."),
        optional(
            "daily_cap",
            Kind::Whole(1),
            "Greatest number of trucks a calendar day; without it: no limit.",
        ),
    ],
    rest: Rest::Nothing,
};

static WINDOW: Section = Section {
    what: "a window",
    doc: "A humanitarian pause.",
    fields: &[
        required("hours", Kind::Hours, "Hours of every day."),
        required("cargo", Kind::Array(&Kind::Name(Of::Cargo)), "Who passes."),
    ],
    rest: Rest::Nothing,
};
