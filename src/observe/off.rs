//! Places off the stages.

/// Where a truck can be that is at no stage; placed behind the stages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Off {
    /// Dispatched and not yet anywhere else: for an instant only.
    Dispatched,
    /// Held until registered.
    Held,
    /// Over its quota.
    Quota,
    /// Turned back, to come again.
    TurnedBack,
    /// Waiting for approval.
    Approval,
    /// Being repacked.
    Repacking,
    /// Diverted, on its way.
    Diverted,
    /// Between two stages: for an instant only.
    Between,
    /// Left its last stage: for an instant only.
    Ending,
}

impl Off {
    /// All, in order.
    pub(super) const ALL: [Off; 9] = [
        Off::Dispatched,
        Off::Held,
        Off::Quota,
        Off::TurnedBack,
        Off::Approval,
        Off::Repacking,
        Off::Diverted,
        Off::Between,
        Off::Ending,
    ];

    /// The word of the results.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Off::Dispatched => "dispatched",
            Off::Held => "held",
            Off::Quota => "quota",
            Off::TurnedBack => "turned_back",
            Off::Approval => "approval",
            Off::Repacking => "repacking",
            Off::Diverted => "diverted",
            Off::Between => "between stages",
            Off::Ending => "ending",
        }
    }
}
