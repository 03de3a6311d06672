//! What is due, in order.
//!
//! Events come in order of time; those of one instant in order of their class; those of one class as they were scheduled.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use crate::time::{Duration, Time};

/// Class of an event: what comes first among things that fall on one instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// Moments of observation.
    Observation,
    /// Calendars open and close.
    Calendar,
    /// Incidents and changes of regime.
    Incident,
    /// Closures begin and end.
    Closure,
    /// Services and trips complete, lanes are repaired.
    Completion,
    /// Lanes fail.
    Failure,
    /// Trucks and teams come again; loads come to hubs, are approved, released, change hands.
    Return,
    /// Convoys are dispatched.
    Convoy,
    /// Deadlines, and the end of the day for those who wait.
    Deadline,
}

/// Something that will happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// The next moment of observation.
    Observation,
    /// The next change of a calendar.
    Calendar {
        /// Its index.
        calendar: u16,
        /// Its generation when this was scheduled.
        generation: u32,
    },
    /// The incident of this number.
    Incident {
        /// From 1.
        number: u32,
        /// Generation of the process when this was scheduled.
        generation: u32,
    },
    /// The next change of regime.
    Regime {
        /// Generation of the process when this was scheduled.
        generation: u32,
    },
    /// The next spell of a given closure, by index.
    SpellBegins(u16),
    /// A response begins after its notice.
    ResponseBegins {
        /// Index of the response.
        response: u16,
        /// Number of the incident.
        incident: u32,
    },
    /// A closure in force is due to end.
    ClosureEnds(u32),
    /// The humanitarian window opens or closes.
    Window,
    /// A service is over.
    Completion {
        /// The truck.
        truck: u32,
        /// Its generation when this was scheduled.
        generation: u32,
    },
    /// A lane fails.
    Failure {
        /// The stage.
        stage: u16,
        /// The lane, from 0.
        lane: u16,
        /// The lane's generation when this was scheduled.
        generation: u32,
    },
    /// A lane is repaired.
    Repair {
        /// The stage.
        stage: u16,
        /// The lane, from 0.
        lane: u16,
    },
    /// A trip of an escort is over, or turns round.
    Trip {
        /// The group.
        group: u32,
        /// Its generation when this was scheduled.
        generation: u32,
    },
    /// A group of an escort asks again, or leaves after its delay.
    Clearance {
        /// The group.
        group: u32,
        /// Its generation when this was scheduled.
        generation: u32,
    },
    /// The oldest truck at an escort has waited long enough.
    Gathered(u16),
    /// Units of a resource come back.
    UnitsBack {
        /// The resource.
        resource: u16,
        /// How many.
        units: u32,
    },
    /// The next batch of a hub, by the stream of its inflow.
    Batch(u16),
    /// The request for a load in a hub is answered.
    LoadApproval {
        /// The load.
        load: u32,
        /// Its life when this was scheduled.
        life: u32,
    },
    /// The re-consignment of a load in a hub is decided.
    LoadReconsignment {
        /// The load.
        load: u32,
        /// Its life when this was scheduled.
        life: u32,
    },
    /// The shelf life of a load in a hub is over.
    LoadExpiry {
        /// The load.
        load: u32,
        /// Its life when this was scheduled.
        life: u32,
    },
    /// A warning.
    Warning {
        /// The incident of which it warns; 0: none.
        incident: u32,
        /// Generation of the process when this was scheduled.
        generation: u32,
    },
    /// Trucks are diverted from a stage that has been closed for long.
    Diversion {
        /// The stage.
        stage: u16,
        /// Which closing of the stage this belongs to.
        closing: u32,
    },
    /// Parameters change: a step of a driver or of peacekeeping.
    Development(u32),
    /// A truck that was set aside comes again.
    ComesAgain {
        /// The truck.
        truck: u32,
        /// Its life when this was scheduled.
        life: u32,
    },
    /// Held trucks of an organisation are released.
    Release(u16),
    /// The delay of a re-consignment is over.
    Reconsignment {
        /// The truck.
        truck: u32,
        /// Its life when this was scheduled.
        life: u32,
    },
    /// A new day for re-consignments over the daily cap.
    ReconsignmentDay,
    /// The next convoy of a stream.
    Convoy {
        /// The stream.
        stream: u16,
        /// The stream's generation when this was scheduled.
        generation: u32,
    },
    /// A convoy that waited for the reopening goes.
    WaitingConvoy(u16),
    /// Patience is over.
    Patience {
        /// The truck.
        truck: u32,
        /// Its generation when this was scheduled.
        generation: u32,
    },
    /// Shelf life is over.
    Expiry {
        /// The truck.
        truck: u32,
        /// Its life when this was scheduled.
        life: u32,
    },
    /// The end of the day for those who wait at a stage.
    EndOfDay(u16),
}

/// An event with its place in the order: time, class and sequence packed into one number.
#[derive(Clone, Copy, Debug)]
struct Entry {
    key: u128,
    event: Event,
}

const CLASS_SHIFT: u32 = 56;
const TIME_SHIFT: u32 = 64;

impl Entry {
    fn time(&self) -> Time {
        Time((self.key >> TIME_SHIFT) as i64)
    }

    fn class(&self) -> u8 {
        (self.key >> CLASS_SHIFT) as u8
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Entry {}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Entry {
    /// Reversed, because the heap gives its greatest entry first.
    fn cmp(&self, other: &Self) -> Ordering {
        other.key.cmp(&self.key)
    }
}

/// How far ahead events are kept in order.
const AHEAD: Duration = Duration::from_days(1);

/// The future of a replication.
///
/// Only what comes soon is kept in order: shelf lives and the like lie so far ahead, and are so many, that among them every event
/// would have to find its place.
#[derive(Debug, Default)]
pub(super) struct Agenda {
    /// Everything before `boundary`.
    near: BinaryHeap<Entry>,
    /// Everything from `boundary` on.
    far: BinaryHeap<Entry>,
    boundary: Time,
    scheduled: u64,
    end: Time,
}

impl Agenda {
    /// Forgets everything, keeps the memory; nothing at or after `end` will happen.
    pub(super) fn clear(&mut self, end: Time) {
        self.near.clear();
        self.far.clear();
        self.boundary = Time::ZERO + AHEAD;
        self.scheduled = 0;
        self.end = end;
    }

    /// Puts an event into the future, unless it lies beyond the end; `at` is not before the start of the horizon.
    pub(super) fn schedule(&mut self, at: Time, class: Class, event: Event) {
        debug_assert!(at.0 >= 0, "nothing happens before the start of the horizon");
        if at >= self.end {
            return;
        }
        self.scheduled += 1;
        let key = (u128::from(at.0 as u64) << TIME_SHIFT) | (u128::from(class as u8) << CLASS_SHIFT) | u128::from(self.scheduled);
        let heap = if at < self.boundary { &mut self.near } else { &mut self.far };
        heap.push(Entry { key, event });
    }

    /// Brings the next events near, where none is.
    fn bring_near(&mut self) {
        let Some(first) = self.far.peek().map(Entry::time).filter(|_| self.near.is_empty()) else {
            return;
        };
        self.boundary = first + AHEAD;
        while let Some(entry) = self.far.peek().filter(|e| e.time() < self.boundary) {
            self.near.push(*entry);
            self.far.pop();
        }
    }

    /// Time and class of what comes next.
    pub(super) fn next(&mut self) -> Option<(Time, u8)> {
        self.bring_near();
        self.near.peek().map(|e| (e.time(), e.class()))
    }

    /// Takes what comes next.
    pub(super) fn pop(&mut self) -> Option<Event> {
        self.bring_near();
        self.near.pop().map(|e| e.event)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_instant_is_ordered_by_class_and_then_as_scheduled() {
        let mut agenda = Agenda::default();
        agenda.clear(Time(6));
        agenda.schedule(Time(6), Class::Convoy, Event::Convoy { stream: 3, generation: 0 });
        agenda.schedule(Time(5), Class::Convoy, Event::Convoy { stream: 1, generation: 0 });
        agenda.schedule(Time(5), Class::Convoy, Event::Convoy { stream: 2, generation: 0 });
        agenda.schedule(Time(5), Class::Completion, Event::Completion { truck: 1, generation: 0 });
        agenda.schedule(Time(5), Class::Observation, Event::Observation);
        agenda.schedule(Time(4), Class::Deadline, Event::EndOfDay(0));
        let order: Vec<Event> = std::iter::from_fn(|| agenda.pop()).collect();
        assert_eq!(
            order,
            [
                Event::EndOfDay(0),
                Event::Observation,
                Event::Completion { truck: 1, generation: 0 },
                Event::Convoy { stream: 1, generation: 0 },
                Event::Convoy { stream: 2, generation: 0 }
            ]
        );
    }
}
