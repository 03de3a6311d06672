//! Hubs, resources, breakdowns, escorts.

use super::arrivals::INFLOW;
use super::crossing::{OUTCOME, QUEUE, QUEUE_AT_CLOSURE};
use super::kind::{Field, Kind, Of, Rest, Section, Unit, default, optional, required};

pub(super) static HUB: Section = Section {
    what: "a hub",
    doc: "A stock of truckloads upstream. Convoys that draw from it take loads in the order of priority, then of entry.",
    fields: &[
        default(
            "initial_stock",
            Kind::Whole(0),
            "0",
            "Truckloads at the start, approved and of age 0.",
        ),
        optional("inflow", Kind::Process(&INFLOW), "When batches come; without it: nothing comes."),
        optional(
            "stop_above",
            Kind::Whole(0),
            "Senders send nothing while the stock is above this; without it: they always send.",
        ),
        optional(
            "retry",
            Kind::Table(&RETRY),
            "Whether returned trucks try again; without it: they end as returned.",
        ),
        optional(
            "organisation",
            Kind::Mix(Of::Organisation),
            "Organisation of its loads in place of the general shares.",
        ),
        optional(
            "cargo",
            Kind::Mix(Of::Cargo),
            "Cargo of its loads in place of the organisations' shares.",
        ),
    ],
    rest: Rest::Nothing,
};

pub(super) static RETRY: Section = Section {
    what: "a rule for trying again",
    doc: "A returned truck goes back to its hub and takes a slot again.",
    fields: &[
        required("probability", Kind::Share, "Probability that it tries again."),
        required("tries", Kind::Whole(1), "Greatest number of tries, the first included."),
        required("delay", Kind::Law(Unit::Time), "How long it is away."),
    ],
    rest: Rest::Nothing,
};

pub(super) static RESOURCE: Section = Section {
    what: "a resource",
    doc: "Identical units that stages and escorts share; they go to whoever asked first, over all stages.",
    fields: &[
        default("count", Kind::Whole(0), "0", "Units; what peacekeeping provides is added."),
        default("calendar", Kind::Name(Of::Calendar), "\"always\"", "When its units can be taken."),
    ],
    rest: Rest::Nothing,
};

pub(super) static BREAKDOWN: Section = Section {
    what: "a breakdown",
    doc: "Failures of the lanes of a stage, each lane by itself.",
    fields: &[
        required(
            "every",
            Kind::Law(Unit::Time),
            "Time from the start, then from each repair, to the next failure.",
        ),
        required("repair", Kind::Law(Unit::Time), "Time to repair."),
        default(
            "clock",
            Kind::Word(&["calendar", "busy"], &[]),
            "\"calendar\"",
            "What `every` counts: all time, or time in service only.",
        ),
        default(
            "at_failure",
            Kind::Word(&["hold", "restart", "requeue"], &[]),
            "\"hold\"",
            "What happens to the truck under way; `requeue`: it goes to the head of the queue and on with what remained.",
        ),
    ],
    rest: Rest::Nothing,
};

const CV: Field = required(
    "cv",
    Kind::Number(0.0, f64::INFINITY),
    "Coefficient of variation of the factor, which is lognormal with mean 1.",
);
const AUTOCORRELATION: Field = default(
    "autocorrelation",
    Kind::Number(-0.999, 0.999),
    "0",
    "Lag-1 correlation of the normal scores behind the factors of successive days.",
);

pub(super) static DAY_EFFECT: Section = Section {
    what: "a day effect",
    doc: "What is common to a day: strictness, staffing, pace.",
    fields: &[
        CV,
        AUTOCORRELATION,
        default(
            "outcome_odds_cv",
            Kind::Number(0.0, f64::INFINITY),
            "0",
            "Likewise of a factor on the odds of its outcomes.",
        ),
    ],
    rest: Rest::Nothing,
};

pub(super) static CONVOY_DAY_EFFECT: Section = Section {
    what: "a day effect",
    doc: "What is common to the convoys of a day.",
    fields: &[CV, AUTOCORRELATION],
    rest: Rest::Nothing,
};

pub(super) static ESCORT: Section = Section {
    what: "an escort",
    doc: "A step of the way on which trucks gather and go together. A convoy asks for clearance when `size.max` trucks wait, or `size.min` and the oldest for `max_wait`, and its team and vehicles are free.",
    fields: &[
        optional(
            "after",
            Kind::Name(Of::Stage),
            "It stands behind this stage or escort; without it: behind the last stage that serves trucks.",
        ),
        optional(
            "teams",
            Kind::Name(Of::Resource),
            "The resource of which each convoy takes one unit; without it: unlimited.",
        ),
        optional(
            "vehicles",
            Kind::Table(&VEHICLES),
            "Vehicles for its load; without it: it needs none.",
        ),
        required("size", Kind::Table(&SIZE), "Trucks of a convoy."),
        optional(
            "max_wait",
            Kind::Duration,
            "How long the oldest truck waits until a convoy of fewer than `size.max` may go; without it: for ever.",
        ),
        optional(
            "clearance",
            Kind::Table(&CLEARANCE),
            "The answers to a request; without it: approved.",
        ),
        required("trip", Kind::Law(Unit::Time), "Time of a trip, which its trucks share."),
        default(
            "return_time",
            Kind::Law(Unit::Time),
            "\"0min\"",
            "Time from the arrival until the team is back.",
        ),
        optional(
            "intercepted",
            Kind::Table(&INTERCEPTED),
            "What may happen on the way; without it: nothing.",
        ),
        optional("queue", Kind::Table(&QUEUE), "The yard in which trucks gather."),
        default("calendar", Kind::Name(Of::Calendar), "\"always\"", "When convoys may leave."),
        optional(
            "at_closure",
            Kind::Word(&["finish", "hold", "turn_back"], &[]),
            "What a security closure does to convoys under way: they arrive, stand, or gather again; without it: as the policy says, where `restart` lets them arrive.",
        ),
        optional(
            "queue_at_closure",
            QUEUE_AT_CLOSURE,
            "What a security closure does to those who gather; without it: as the policy says.",
        ),
        optional(
            "return_delay",
            Kind::Law(Unit::Time),
            "How long a turned-back truck stays away; without it: as the policy says, else for good.",
        ),
        optional(
            "counts_as",
            Kind::Text,
            "Name under which the trucks that end the trip are counted, such as `collected`.",
        ),
        optional(
            "patience",
            Kind::Law(Unit::Time),
            "How long a truck waits before it ends as expired; without it: for ever.",
        ),
        optional(
            "outcome",
            Kind::Named(Of::Outcome, &OUTCOME),
            "Where some trucks go after the trip; the others go to `next`.",
        ),
        optional(
            "next",
            Kind::Target,
            "Where the others go; without it: to the next stage of the route that serves trucks, after the last one `delivered`.",
        ),
    ],
    rest: Rest::Nothing,
};

static SIZE: Section = Section {
    what: "the size of an escorted convoy",
    doc: "In trucks.",
    fields: &[
        default("min", Kind::Whole(1), "1", "No smaller convoy ever leaves."),
        required(
            "max",
            Kind::Count,
            "Greatest number; a law is drawn for each request, and a draw below `min` counts as `min`.",
        ),
    ],
    rest: Rest::Nothing,
};

static VEHICLES: Section = Section {
    what: "the vehicles of an escorted convoy",
    doc: "As many as its tonnes or its pallets need, whichever are more, rounded up.",
    fields: &[
        required("resource", Kind::Name(Of::Resource), "The resource that they are."),
        optional("tonnes", Kind::Number(0.0, f64::INFINITY), "Tonnes that one takes."),
        optional("pallets", Kind::Number(0.0, f64::INFINITY), "Pallets that one takes."),
        optional(
            "return_time",
            Kind::Law(Unit::Time),
            "Time from the arrival until they are back; without it: they come back with the team.",
        ),
    ],
    rest: Rest::Nothing,
};

static CLEARANCE: Section = Section {
    what: "the clearance",
    doc: "Probabilities of the answers to a request; they sum to 1. Each answer is drawn by itself.",
    fields: &[
        optional("approved", Kind::Share, "It leaves at once; without it: 0."),
        optional("delayed", Kind::Table(&DELAYED), "It leaves later, its team waiting."),
        optional(
            "impeded",
            Kind::Table(&IMPEDED),
            "It leaves, turns round, and its trucks gather again at the head.",
        ),
        optional("denied", Kind::Table(&DENIED), "The same trucks ask again later."),
        optional("postponed", Kind::Table(&DENIED), "As `denied`, counted apart."),
    ],
    rest: Rest::Nothing,
};

const PROBABILITY: Field = required("probability", Kind::Share, "How probable the answer is.");

static DELAYED: Section = Section {
    what: "a delay",
    doc: "The convoy leaves after it without asking again.",
    fields: &[PROBABILITY, required("by", Kind::Law(Unit::Time), "How much later it leaves.")],
    rest: Rest::Nothing,
};

static IMPEDED: Section = Section {
    what: "an impediment",
    doc: "The team is busy until the convoy turns, and free then.",
    fields: &[
        PROBABILITY,
        required("turns_after", Kind::Law(Unit::Time), "How long after it left it turns round."),
    ],
    rest: Rest::Nothing,
};

static DENIED: Section = Section {
    what: "a denial",
    doc: "Team and vehicles are given back; later trucks form convoys of their own meanwhile.",
    fields: &[
        PROBABILITY,
        required("retry", Kind::Law(Unit::Time), "When the same trucks ask again."),
    ],
    rest: Rest::Nothing,
};

static INTERCEPTED: Section = Section {
    what: "an interception",
    doc: "A convoy loses some of its trucks at the instant of its arrival.",
    fields: &[
        required("probability", Kind::Share, "How probable it is, by convoy."),
        required(
            "share",
            Kind::Law(Unit::Share),
            "Share of its trucks that it loses then, rounded at random.",
        ),
    ],
    rest: Rest::Nothing,
};
