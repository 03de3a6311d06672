//! What may change while the crossing works: contingents, peacekeeping, drivers.

use super::kind::{Field, Kind, Need, Of, Rest, Section, Unit, default, optional, required};

/// A number of at least 0.
const AMOUNT: Kind = Kind::Number(0.0, f64::INFINITY);

pub(super) static CONTINGENT: Section = Section {
    what: "a contingent",
    doc: "Troops of one contributor. `troops`, `effectiveness` and `build_up` are parameters that drivers may change.",
    fields: &[
        required("troops", AMOUNT, "Number of troops."),
        default("probability", Kind::Share, "1", "How probable it is that they come."),
        optional("arrives", Kind::Moment, "When they come; without it: at the start."),
        default(
            "build_up",
            Kind::Duration,
            "\"0d\"",
            "Their number grows over so long, linearly, in daily steps.",
        ),
        default(
            "effectiveness",
            Kind::Share,
            "1",
            "What share of their strength takes effect (rules of engagement).",
        ),
    ],
    rest: Rest::Nothing,
};

pub(super) static PEACEKEEPING: Section = Section {
    what: "peacekeeping",
    doc: "What troops do. Their strength is the sum of troops × effectiveness over all contingents that are there, over `target_troops`.",
    fields: &[
        required("target_troops", AMOUNT, "The effective troops at which the strength is 1, above 0."),
        optional(
            "escort_teams",
            Kind::Table(&ESCORT_TEAMS),
            "Teams that effective troops provide, in whole numbers, beside the count of their resource.",
        ),
        default(
            "incident_elasticity",
            AMOUNT,
            "0",
            "Rates of incidents are multiplied by 1 − this × strength, at least 0.",
        ),
        optional(
            "effects",
            Kind::Array(&Kind::Table(&PEACEKEEPING_EFFECT)),
            "Parameters that strength changes, each multiplied by 1 − (1 − `multiply`) × strength, a strength above 1 taken as 1.",
        ),
    ],
    rest: Rest::Nothing,
};

static ESCORT_TEAMS: Section = Section {
    what: "the escort teams",
    doc: "Effective troops over `per_troops`, rounded down, are added to the count of the resource.",
    fields: &[
        required("resource", Kind::Text, "The resource to which they are added."),
        required("per_troops", AMOUNT, "Effective troops for each team, above 0."),
    ],
    rest: Rest::Nothing,
};

const PARAMETER: Field = required(
    "parameter",
    Kind::Text,
    "Path of the parameter, such as `stage.scan.service` or `stage.scan.service.mean`.",
);

static PEACEKEEPING_EFFECT: Section = Section {
    what: "an effect of peacekeeping",
    doc: "A parameter that strength changes.",
    fields: &[
        PARAMETER,
        required(
            "multiply",
            Kind::Law(Unit::Factor),
            "What it is multiplied by at a strength of 1; a distribution is drawn once a replication.",
        ),
    ],
    rest: Rest::Nothing,
};

pub(super) static DRIVER: Section = Section {
    what: "a driver",
    doc: "An uncertain development. One that does not happen changes nothing, not one random number of anything else.",
    fields: &[
        default("title", Kind::Text, "\"\"", "One line for people."),
        required("probability", Kind::Share, "How probable it is that it happens."),
        optional(
            "when",
            Kind::Moment,
            "When it happens; without it: at the start, or with `after` at once. With both: at the later of the two.",
        ),
        optional(
            "after",
            Kind::Name(Of::Driver),
            "It happens only once this other driver has happened.",
        ),
        optional("lasts", Kind::Law(Unit::Time), "How long it lasts; without it: for good."),
        default("level", Kind::Share, "1", "Scales its effects, from 0 (none) to 1."),
        Field {
            key: "effects",
            kind: Kind::Array(&Kind::Table(&EFFECT)),
            need: Need::Default("[]"),
            doc: "What it changes.",
        },
    ],
    rest: Rest::Nothing,
};

static EFFECT: Section = Section {
    what: "an effect",
    doc: "Exactly one of `multiply`, `add` and `set`. Sizes may be distributions; they are drawn once a replication. On one parameter what sets comes first, then multiplications, then additions. A distribution is scaled or shifted as a whole, whole numbers are rounded to the nearest; `multiply` and `add` act on the own values of cargos too.",
    fields: &[
        PARAMETER,
        optional("multiply", Kind::Law(Unit::Factor), "What the parameter is multiplied by."),
        optional(
            "add",
            Kind::InUnitOf("parameter"),
            "What is added: a duration to times, a rate to rates, a number to others; may be negative.",
        ),
        optional(
            "set",
            Kind::InUnitOf("parameter"),
            "What it becomes, written as the parameter itself. At once, and only with `level = 1`.",
        ),
        default(
            "over",
            Kind::Duration,
            "\"0d\"",
            "It comes in equal daily steps over so long, and goes the same way.",
        ),
    ],
    rest: Rest::Nothing,
};
