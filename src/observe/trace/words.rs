//! The words of the trace for what a replication tells.

use crate::model::{Answer, Aside, Cause, HubExit};

/// Where a truck waits that is at no stage.
pub(super) const fn aside(place: Aside) -> &'static str {
    match place {
        Aside::Held => "held",
        Aside::Quota => "quota",
        Aside::TurnedBack => "turned_back",
        Aside::Hub(_) => "hub",
        Aside::Approval => "approval",
        Aside::Repacking => "repacking",
        Aside::Diverted => "diverted",
    }
}

/// Why a truck was returned.
pub(super) const fn why(cause: Cause) -> &'static str {
    match cause {
        Cause::Plain => "",
        Cause::TimedOut => "timed_out",
        Cause::Outcome => "by_outcome",
    }
}

/// An answer to an escort's request.
pub(super) const fn answer(answer: Answer) -> &'static str {
    match answer {
        Answer::Approved => "approved",
        Answer::Delayed => "delayed",
        Answer::Impeded => "impeded",
        Answer::Denied => "denied",
        Answer::Postponed => "postponed",
    }
}

/// What became of a load in a hub.
pub(super) const fn exit(why: HubExit) -> &'static str {
    match why {
        HubExit::Denied => "denied",
        HubExit::Refused => "refused",
        HubExit::Expired => "expired",
    }
}
