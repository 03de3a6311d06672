//! The tallies of a hub: what comes, what waits, what is drawn.

use super::level::Level;
use crate::model::HubExit;
use crate::time::Time;

/// What counts of a hub.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct HubCounts {
    /// Loads that came in batches.
    pub(super) inflow: i64,
    /// Loads of batches that were not sent because the stock was above its limit.
    pub(super) not_sent: i64,
    /// Loads whose request was refused.
    pub(super) denied: i64,
    /// Loads of barred organisations that were refused.
    pub(super) refused: i64,
    /// Loads whose shelf life ended before their first dispatch.
    pub(super) expired: i64,
    /// Loads held until their organisation was registered.
    pub(super) held: i64,
    /// Loads that went on under another organisation.
    pub(super) reconsigned: i64,
    /// Slots of the convoys that drew from it, and the loads that they took.
    pub(super) slots: i64,
    pub(super) drawn: i64,
    /// Trucks that came back to try again, and those that set out again.
    pub(super) returned: i64,
    pub(super) retries: i64,
}

/// The tallies of a hub.
#[derive(Clone, Debug)]
pub(super) struct HubTally {
    pub(super) counts: HubCounts,
    /// All loads there.
    pub(super) stock: Level,
    initial: i64,
}

impl HubTally {
    pub(super) fn new(initial: u32) -> HubTally {
        HubTally {
            counts: HubCounts::default(),
            stock: Level::starting(i64::from(initial)),
            initial: i64::from(initial),
        }
    }

    pub(super) fn reset(&mut self) {
        self.counts = HubCounts::default();
        self.stock = Level::starting(self.initial);
    }

    /// The period that counts begins; what is there stays there.
    pub(super) fn begin(&mut self, at: Time) {
        self.counts = HubCounts::default();
        self.stock.begin(at);
    }

    pub(super) fn batch(&mut self, loads: u32, sent: bool) {
        let count = if sent { &mut self.counts.inflow } else { &mut self.counts.not_sent };
        *count += i64::from(loads);
    }

    pub(super) fn drawn(&mut self, slots: u32, loads: u32) {
        self.counts.slots += i64::from(slots);
        self.counts.drawn += i64::from(loads);
    }

    pub(super) fn exit(&mut self, why: HubExit) {
        let count = match why {
            HubExit::Denied => &mut self.counts.denied,
            HubExit::Refused => &mut self.counts.refused,
            HubExit::Expired => &mut self.counts.expired,
        };
        *count += 1;
    }
}
