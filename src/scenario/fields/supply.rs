//! Cargo, organisations, restrictions, convoys, travellers.

use super::arrivals::{ARRIVALS, GROUPS};
use super::corridor::CONVOY_DAY_EFFECT;
use super::kind::{Kind, Of, Rest, Section, Unit, default, optional, required};

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
            "Time from entry into the model (its hub, else its dispatch) until the load expires; without it: it keeps.",
        ),
        default(
            "restricted",
            Kind::Share,
            "0",
            "Probability that screening rejects the whole truck.",
        ),
        optional(
            "repack",
            Kind::Table(&REPACK),
            "What may follow a rejection by screening; without it: nothing.",
        ),
        optional(
            "gaza_stock",
            Kind::Duration,
            "Stock in Gaza at the start, as the time for which it covers the need; without it: no stock is followed.",
        ),
        optional(
            "heat",
            Kind::Table(&HEAT),
            "A season of every year in which the load expires faster.",
        ),
    ],
    rest: Rest::Nothing,
};

static REPACK: Section = Section {
    what: "repacking",
    doc: "A rejected truck arrives again at the stage that screens, with a part of its load; the rest counts as rejected tonnes.",
    fields: &[
        required("probability", Kind::Share, "Share of the rejected trucks that come again."),
        required("delay", Kind::Law(Unit::Time), "How long that takes."),
        required("share", Kind::Share, "Share of the load that comes again."),
    ],
    rest: Rest::Nothing,
};

static HEAT: Section = Section {
    what: "the heat",
    doc: "A season of every year, both days included; it may run over the end of the year.",
    fields: &[
        required("from", Kind::MonthDay, "Its first day."),
        required("to", Kind::MonthDay, "Its last day."),
        required(
            "factor",
            Kind::Number(0.0, f64::INFINITY),
            "Above 0: shelf life runs 1/factor times as fast, so 0.5 halves what is left.",
        ),
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
        optional(
            "approval",
            Kind::Table(&APPROVAL),
            "The request that comes before each truckload; without it: none is needed.",
        ),
        optional(
            "approval_for",
            Kind::Map(Of::Cargo, &Kind::Table(&APPROVAL)),
            "Own rules of some cargos.",
        ),
    ],
    rest: Rest::Nothing,
};

static APPROVAL: Section = Section {
    what: "an approval",
    doc: "A truckload waits for it: in its hub, else before the truck arrives.",
    fields: &[
        required("lead", Kind::Law(Unit::Time), "Time from the request to the answer."),
        default("refused", Kind::Share, "0", "Probability that the request is refused."),
        default(
            "not_honoured",
            Kind::Share,
            "0",
            "Share of the approved trucks that are returned at the end of their first service all the same.",
        ),
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
        optional(
            "draw_from",
            Kind::Name(Of::Hub),
            "The hub whose loads it takes: its sizes are slots then, and it goes with fewer trucks where fewer loads are there.",
        ),
        optional("size", Kind::Count, "Trucks of a convoy. A trace has none: its rows say it."),
        optional(
            "day_effect",
            Kind::Table(&CONVOY_DAY_EFFECT),
            "A factor common to the sizes of a day.",
        ),
        optional(
            "cargo",
            Kind::Mix(Of::Cargo),
            "Cargo of its trucks in place of the organisations' shares; not with `draw_from`.",
        ),
        optional(
            "organisation",
            Kind::Mix(Of::Organisation),
            "Organisation of its trucks in place of the general shares; not with `draw_from`.",
        ),
        optional(
            "enters",
            Kind::Name(Of::Stage),
            "The stage at which its trucks arrive; without it: the first that serves trucks.",
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
    ],
    rest: Rest::Nothing,
};

pub(super) static TRAVELLERS: Section = Section {
    what: "a stream of travellers",
    doc: "People who cross in groups, through stages of their own (`serves = \"travellers\"`); they are no part of trucks and tonnes.",
    fields: &[
        required("arrivals", Kind::Process(&GROUPS), "When groups come."),
        optional("size", Kind::Count, "People of a group. A trace has none: its rows say it."),
        optional(
            "enters",
            Kind::Name(Of::Stage),
            "The stage at which they arrive; without it: the first that serves travellers.",
        ),
        optional("limit", Kind::Whole(1), "The stream ends after so many groups."),
    ],
    rest: Rest::Nothing,
};
