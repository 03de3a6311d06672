//! The responses of fixed name, in the order of their columns.

use super::{Fixed, LESS, MORE, NEITHER, Value};
use crate::table::Kind::{Real, Whole};
use crate::time::HOUR_US;

fn hours(us: f64) -> Value {
    Value::Real(us / HOUR_US as f64)
}

/// Before the ends.
pub(super) const FIRST: &[Fixed] = &[
    (
        "dispatched_trucks",
        Whole,
        "trucks",
        "trucks dispatched, every truck once",
        NEITHER,
        |t| Value::Whole(t.flows.dispatched().trucks),
    ),
    ("dispatched_tonnes", Real, "t", "load of the trucks dispatched", NEITHER, |t| {
        Value::Real(t.flows.dispatched().tonnes())
    }),
    ("dispatches", Whole, "trucks", "dispatches, tries included", NEITHER, |t| {
        Value::Whole(t.flows.dispatched().trucks + t.flows.again)
    }),
];

/// After the ends.
pub(super) const LAST: &[Fixed] = &[
    (
        "returns",
        Whole,
        "trucks",
        "every return, tried again or not: timed_out and returned_by_outcome",
        LESS,
        |t| Value::Whole(t.flows.returns),
    ),
    (
        "timed_out",
        Whole,
        "trucks",
        "returns because no time was left at closing",
        LESS,
        |t| Value::Whole(t.flows.timed_out),
    ),
    (
        "returned_by_outcome",
        Whole,
        "trucks",
        "returns by the outcome of a stage, or because an approval was not honoured",
        LESS,
        |t| Value::Whole(t.flows.returns - t.flows.timed_out),
    ),
    (
        "reconsigned_trucks",
        Whole,
        "trucks",
        "trucks that went on under another organisation, in a hub too",
        NEITHER,
        |t| Value::Whole(t.flows.all_senders().reconsigned),
    ),
    (
        "denied_trucks",
        Whole,
        "trucks",
        "requests refused, in a hub too: no truck sets out",
        LESS,
        |t| Value::Whole(t.flows.all_senders().denied),
    ),
    ("backlog_trucks", Whole, "trucks", "trucks in the system at the end", LESS, |t| {
        Value::Whole(t.backlog)
    }),
    (
        "mean_backlog_trucks",
        Real,
        "trucks",
        "time average of the trucks in the system",
        LESS,
        |t| Value::Real(t.mean_backlog),
    ),
    (
        "max_backlog_trucks",
        Whole,
        "trucks",
        "most trucks in the system for any length of time",
        LESS,
        |t| Value::Whole(t.max_backlog),
    ),
    (
        "need_met",
        Real,
        "share",
        "sum of min(delivered, need) over the sum of needs",
        MORE,
        |t| Value::Real(t.need_met),
    ),
    (
        "days_below_need",
        Real,
        "share",
        "share of days at whose end the need window of some cargo is not covered",
        LESS,
        |t| Value::Real(t.days_below_need),
    ),
    (
        "days_of_supply_mean",
        Real,
        "d",
        "time average of the stock in Gaza over the daily need, by the needs in tonnes; empty where no stock is stated",
        MORE,
        |t| Value::Real(t.supply.mean_days),
    ),
    (
        "days_of_supply_min",
        Real,
        "d",
        "least stock in Gaza over the daily need, of the scarcest cargo",
        MORE,
        |t| Value::Real(t.supply.least_days),
    ),
    (
        "unmet_need",
        Real,
        "share",
        "share of the need in tonnes that the stocks in Gaza did not cover",
        LESS,
        |t| Value::Real(t.supply.unmet),
    ),
    (
        "days_without_stock",
        Real,
        "share",
        "share of days on which for some time there was none of some cargo in Gaza",
        LESS,
        |t| Value::Real(t.supply.days_without),
    ),
    (
        "delivery_time_mean_h",
        Real,
        "h",
        "mean time from dispatch to delivery",
        LESS,
        |t| hours(t.delivery.mean),
    ),
    (
        "delivery_time_p50_h",
        Real,
        "h",
        "median time from dispatch to delivery",
        LESS,
        |t| hours(t.delivery.p50),
    ),
    (
        "delivery_time_p90_h",
        Real,
        "h",
        "90th percentile of the time from dispatch to delivery",
        LESS,
        |t| hours(t.delivery.p90),
    ),
    (
        "delivery_time_p95_h",
        Real,
        "h",
        "95th percentile of the time from dispatch to delivery",
        LESS,
        |t| hours(t.delivery.p95),
    ),
    (
        "delivery_time_max_h",
        Real,
        "h",
        "longest time from dispatch to delivery",
        LESS,
        |t| hours(t.delivery.max),
    ),
    (
        "closed_h",
        Real,
        "h",
        "time with at least one stage closed by security",
        LESS,
        |t| hours(t.flows.closed as f64),
    ),
    (
        "restricted_h",
        Real,
        "h",
        "time with a stage restricted by security and none closed",
        LESS,
        |t| hours(t.flows.restricted as f64),
    ),
    ("closures", Whole, "closures", "merged spells of closure that began", LESS, |t| {
        Value::Whole(t.closures)
    }),
    (
        "longest_closure_h",
        Real,
        "h",
        "longest merged spell of closure, its part after the warm-up; 0 if none",
        LESS,
        |t| hours(t.longest_closure as f64),
    ),
    ("incidents", Whole, "incidents", "incidents", LESS, |t| {
        Value::Whole(t.flows.incidents)
    }),
    (
        "exposure",
        Real,
        "weighted trucks",
        "trucks exposed to incidents, times the weight of the severity",
        LESS,
        |t| Value::Real(t.exposure),
    ),
    (
        "travellers_waiting",
        Whole,
        "people",
        "travellers on the way at the end; empty where there are none",
        LESS,
        |t| t.travellers.map_or(Value::Empty, |(now, _)| Value::Whole(now)),
    ),
    (
        "mean_travellers_waiting",
        Real,
        "people",
        "time average of the travellers on the way",
        LESS,
        |t| t.travellers.map_or(Value::Empty, |(_, mean)| Value::Real(mean)),
    ),
    (
        "last_end_h",
        Real,
        "h",
        "when the last truck ended, since the start; empty if none did",
        NEITHER,
        |t| t.last_end.map_or(Value::Empty, |at| hours(at.0 as f64)),
    ),
];
