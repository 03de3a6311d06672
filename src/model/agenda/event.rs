//! What can be due, and what comes first of what falls on one instant.

/// Class of an event: what comes first among things that fall on one instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::model) enum Class {
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
pub(in crate::model) enum Event {
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
    /// The next batch of a hub.
    Batch {
        /// The stream of its inflow.
        stream: u16,
        /// The stream's generation when this was scheduled.
        generation: u32,
    },
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
