//! The tallies of escorts and of shared resources.

use super::level::Level;
use crate::model::{Answer, Trip};
use crate::time::Time;

/// The answers to an escort's requests, and its trips that arrived.
#[derive(Clone, Debug, Default)]
pub(super) struct EscortTally {
    /// By answer, in the order of [`Answer`].
    answers: [i64; 5],
    pub(super) trips: i64,
    pub(super) trucks: i64,
    pub(super) full: i64,
    pub(super) vehicles: i64,
    pub(super) grams: i64,
    pub(super) pallets: f64,
    /// From the arrival of the oldest truck, and from the first request, to the departure: sums in microseconds.
    pub(super) gathering: i128,
    pub(super) clearance: i128,
    /// Trips that lost trucks on the way, and those trucks.
    pub(super) interceptions: i64,
    pub(super) intercepted: i64,
}

impl EscortTally {
    /// Nothing has happened, at the start or when the period that counts begins.
    pub(super) fn clear(&mut self) {
        *self = EscortTally::default();
    }

    pub(super) fn answered(&mut self, answer: Answer) {
        self.answers[answer as usize] += 1;
    }

    /// How often an answer was given.
    pub(super) const fn answers(&self, answer: Answer) -> i64 {
        self.answers[answer as usize]
    }

    /// All requests.
    pub(super) fn requests(&self) -> i64 {
        self.answers.iter().sum()
    }

    pub(super) fn trip(&mut self, trip: &Trip) {
        self.trips += 1;
        self.trucks += i64::from(trip.trucks);
        self.full += i64::from(trip.full);
        self.vehicles += i64::from(trip.vehicles);
        self.grams += trip.grams;
        self.pallets += trip.pallets;
        self.gathering += i128::from((trip.departed - trip.oldest).0);
        self.clearance += i128::from((trip.departed - trip.requested).0);
        self.interceptions += i64::from(trip.intercepted > 0);
        self.intercepted += i64::from(trip.intercepted);
    }
}

/// The use of a resource.
#[derive(Clone, Debug)]
pub(super) struct ResourceTally {
    count: i64,
    pub(super) in_use: Level,
    /// Units that there are, and those in use beyond them.
    pub(super) there: Level,
    pub(super) waiting: Level,
}

impl ResourceTally {
    pub(super) fn new(count: u32) -> ResourceTally {
        ResourceTally {
            count: i64::from(count),
            in_use: Level::default(),
            there: Level::starting(i64::from(count)),
            waiting: Level::default(),
        }
    }

    pub(super) fn reset(&mut self) {
        (self.in_use, self.waiting) = (Level::default(), Level::default());
        self.there = Level::starting(self.count);
    }

    /// The period that counts begins; what is in use stays so.
    pub(super) fn begin(&mut self, at: Time) {
        for level in [&mut self.in_use, &mut self.there, &mut self.waiting] {
            level.begin(at);
        }
    }

    pub(super) fn changed(&mut self, at: Time, in_use: u32, available: u32, waiting: u32) {
        self.in_use.set(at, i64::from(in_use));
        self.there.set(at, i64::from(available.max(in_use)));
        self.waiting.set(at, i64::from(waiting));
    }
}
