//! Stages.

use super::corridor::{BREAKDOWN, DAY_EFFECT, RETRY};
use super::kind::{Kind, Of, Rest, Section, Unit, default, optional, required};

pub(super) static STAGE: Section = Section {
    what: "a stage",
    doc: "A step of the way, with its lanes and its yard.",
    fields: &[
        default(
            "lanes",
            Kind::Either(&[Kind::Whole(1), Kind::Word(&["unlimited"], &[])]),
            "1",
            "Identical servers; `unlimited`: a pure delay, such as travel.",
        ),
        required("service", Kind::Law(Unit::Time), "Time of a service."),
        optional(
            "service_for",
            Kind::Map(Of::Cargo, &Kind::Law(Unit::Time)),
            "Own times of some cargos.",
        ),
        optional(
            "extra",
            Kind::Named(Of::Extra, &EXTRA),
            "More time in the same lane with some probability, such as a search by hand.",
        ),
        optional("queue", Kind::Table(&QUEUE), "The yard in which trucks wait."),
        default("calendar", Kind::Name(Of::Calendar), "\"always\"", "When it is staffed."),
        default(
            "last_start",
            Kind::Duration,
            "\"0min\"",
            "No new service starts so long before closing.",
        ),
        default(
            "at_close",
            Kind::Word(&["finish", "hold", "restart"], &[]),
            "\"finish\"",
            "What closing time does to the services under way.",
        ),
        default(
            "queue_at_close",
            Kind::Word(&["hold", "return"], &[]),
            "\"hold\"",
            "What the end of the day does to those who wait.",
        ),
        optional(
            "at_closure",
            AT_CLOSURE,
            "What a security closure does to the services under way; without it: as the policy says.",
        ),
        optional(
            "queue_at_closure",
            QUEUE_AT_CLOSURE,
            "What a security closure does to those who wait; without it: as the policy says.",
        ),
        optional(
            "return_delay",
            Kind::Law(Unit::Time),
            "How long a turned-back truck stays away; without it: as the policy says, else for good.",
        ),
        optional(
            "counts_as",
            Kind::Text,
            "Name under which the trucks that leave it are counted, such as `inspected`.",
        ),
        optional(
            "patience",
            Kind::Law(Unit::Time),
            "How long a truck waits before it ends as expired; without it: for ever.",
        ),
        optional(
            "outcome",
            Kind::Named(Of::Outcome, &OUTCOME),
            "Where some trucks go; the others go to `next`.",
        ),
        optional(
            "next",
            Kind::Target,
            "Where the others go; without it: to the next stage of the route that serves the same, after the last one `delivered`.",
        ),
        default(
            "screens",
            Kind::Flag,
            "false",
            "Whether restricted goods are found here; if no stage says so: at the first.",
        ),
        optional(
            "after",
            Kind::Name(Of::Stage),
            "It stands behind this stage; without it: where it is written, in a child file last.",
        ),
        default(
            "serves",
            Kind::Word(&["trucks", "travellers"], &[]),
            "\"trucks\"",
            "What passes through it.",
        ),
        optional(
            "needs",
            Kind::Map(Of::Resource, &Kind::Whole(1)),
            "Units of resources that are taken together with the lane when a service starts.",
        ),
        optional(
            "releases_after",
            Kind::Map(Of::Resource, &Kind::Name(Of::Stage)),
            "The stage at whose end they are given back; without it: this one, and in any case when the truck ends.",
        ),
        optional(
            "breakdown",
            Kind::Table(&BREAKDOWN),
            "Failures of its lanes; without it: they never fail.",
        ),
        optional("day_effect", Kind::Table(&DAY_EFFECT), "A factor common to the services of a day."),
    ],
    rest: Rest::Nothing,
};

/// Used by stages and by the policy.
pub(super) const AT_CLOSURE: Kind = Kind::Word(&["finish", "hold", "restart", "turn_back"], &[]);
/// Used by stages and by the policy.
pub(super) const QUEUE_AT_CLOSURE: Kind = Kind::Word(&["hold", "turn_back"], &[]);

pub(super) static QUEUE: Section = Section {
    what: "a queue",
    doc: "The waiting yard.",
    fields: &[
        default(
            "discipline",
            Kind::Word(&["fifo", "priority", "preemptive_priority", "lifo"], &[]),
            "\"fifo\"",
            "Who is next. `preemptive_priority`: a truck of a lower class makes way and goes on later with what remained.",
        ),
        default(
            "capacity",
            Kind::Either(&[Kind::Whole(0), Kind::Word(&["unlimited"], &[])]),
            "\"unlimited\"",
            "Places in the yard.",
        ),
        default(
            "when_full",
            Kind::Word(&["block", "lose"], &[]),
            "\"block\"",
            "`block`: a truck stays where it is; `lose`: it leaves as lost.",
        ),
    ],
    rest: Rest::Nothing,
};

static EXTRA: Section = Section {
    what: "an extra time",
    doc: "More time in the same lane.",
    fields: &[
        required("probability", Kind::Share, "How probable it is."),
        required("time", Kind::Law(Unit::Time), "How long it takes."),
        optional("for", Kind::Map(Of::Cargo, &Kind::Share), "Own probabilities of some cargos."),
    ],
    rest: Rest::Nothing,
};

pub(super) static OUTCOME: Section = Section {
    what: "an outcome",
    doc: "A way out of a stage other than `next`: by `probability`, or in a fixed cycle by `every`.",
    fields: &[
        optional("probability", Kind::Share, "Share of the trucks that take it."),
        optional(
            "every",
            Kind::Whole(1),
            "Every so-manieth truck takes it, in place of `probability`.",
        ),
        required("to", Kind::Target, "Where it leads."),
        optional("for", Kind::Map(Of::Cargo, &Kind::Share), "Own probabilities of some cargos."),
        optional(
            "retry",
            Kind::Table(&RETRY),
            "With `to = \"returned\"`: own rule for trying again, in place of that of the hub.",
        ),
    ],
    rest: Rest::Nothing,
};
