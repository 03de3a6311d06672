//! The tallies of one stage: who waits, who is in a lane and how, for how long.

use super::level::{Level, Number, Sum};
use super::waits::Waits;
use crate::time::Time;

/// Visits of one kind of goods.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Visits {
    pub(super) arrivals: i64,
    pub(super) served: i64,
    pub(super) lost: i64,
    pub(super) expired: i64,
    /// Waits that ended.
    pub(super) waits: i64,
    /// Those longer than nothing.
    pub(super) waited: i64,
    /// Their sum in microseconds.
    pub(super) wait: i128,
    /// Sum of the times from arrival to leaving, of those served.
    pub(super) time: i128,
}

impl Visits {
    /// A wait ended.
    pub(super) fn waited(&mut self, wait: i64) {
        self.waits += 1;
        self.waited += i64::from(wait > 0);
        self.wait += i128::from(wait);
    }

    /// A truck left after its service, `time` after its arrival.
    pub(super) fn served(&mut self, time: i64) {
        self.served += 1;
        self.time += i128::from(time);
    }
}

/// Visits of all kinds of goods, but for the waits.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    pub(super) arrivals: i64,
    pub(super) served: i64,
    /// Sum of the times from arrival to leaving, of those served, in microseconds.
    pub(super) time: i128,
    pub(super) lost: i64,
    pub(super) expired: i64,
    /// Waits that ended without a start of service, and their sum in microseconds.
    pub(super) gave_up: i64,
    pub(super) gave_up_wait: i128,
    /// Failures of lanes.
    pub(super) failures: i64,
}

/// Products of trucks and microseconds.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Areas {
    pub(super) waiting: i128,
    pub(super) serving: i128,
    pub(super) paused: i128,
    pub(super) blocked: i128,
    /// Lanes under repair while the calendar is open, times microseconds.
    pub(super) down: i128,
    /// Of `serving`: while the calendar is closed.
    pub(super) unstaffed_serving: i128,
    /// Of `serving`: while the calendar is closed or security leaves no lane.
    pub(super) overtime: i128,
    /// Lanes times microseconds with the calendar open.
    pub(super) staffed_lanes: i128,
    /// Microseconds with the calendar open, and closed.
    pub(super) staffed: i64,
    pub(super) unstaffed: i64,
}

/// The tallies of one stage.
#[derive(Clone, Debug)]
pub(super) struct StageTally {
    waiting: Level,
    serving: Number,
    paused: Number,
    blocked: Number,
    counts: Counts,
    /// Every wait that ended.
    waits: Waits,
    /// Whether trucks have come here that had not left another stage just before: only here can one be served for the first time.
    is_first: bool,
    /// By kind of goods, where that is kept.
    visits: Vec<Visits>,
    /// Of those served, how many were told to the counters.
    counted: i64,
    /// Lanes under repair.
    down: u32,
    /// Lanes, and those that the scenario states; 0 where they are unlimited.
    lanes: u32,
    stated_lanes: u32,
    /// Whether the calendar is open.
    open: bool,
    /// Whether security leaves no lane.
    shut: bool,
    /// The areas until `settled`, when the states of calendar, security and lanes last changed; without those of trucks, of which the
    /// area of those in service until then is kept.
    areas: Areas,
    settled: Time,
    settled_serving: i128,
}

impl StageTally {
    /// `cargos` kinds of goods, 0 where visits are not kept by kind.
    pub(super) fn new(cargos: usize, lanes: u32, keeps_waits: bool) -> StageTally {
        StageTally {
            waiting: Level::default(),
            serving: Number::default(),
            paused: Number::default(),
            blocked: Number::default(),
            counts: Counts::default(),
            waits: Waits::new(keeps_waits),
            is_first: false,
            visits: vec![Visits::default(); cargos],
            counted: 0,
            down: 0,
            lanes,
            stated_lanes: lanes,
            open: true,
            shut: false,
            areas: Areas::default(),
            settled: Time::ZERO,
            settled_serving: 0,
        }
    }

    /// Empty, at the start of a replication.
    pub(super) fn reset(&mut self) {
        self.waiting = Level::default();
        (self.serving, self.paused, self.blocked) = (Number::default(), Number::default(), Number::default());
        (self.lanes, self.down) = (self.stated_lanes, 0);
        (self.open, self.shut) = (true, false);
        self.begin(Time::ZERO);
    }

    /// The period that counts begins: forgets what was, keeps what is.
    pub(super) fn begin(&mut self, at: Time) {
        self.waiting.begin(at);
        for number in [&mut self.serving, &mut self.paused, &mut self.blocked] {
            number.begin(at);
        }
        self.counts = Counts::default();
        self.counted = 0;
        self.waits.clear();
        self.visits.fill(Visits::default());
        self.areas = Areas::default();
        (self.settled, self.settled_serving) = (at, 0);
    }

    /// Time has passed in which calendar, security and lanes have not changed.
    pub(super) fn settle(&mut self, at: Time) {
        let dt = (at - self.settled).0;
        let serving = self.serving.area(at);
        let served = serving - self.settled_serving;
        (self.settled, self.settled_serving) = (at, serving);
        let areas = &mut self.areas;
        if self.open {
            areas.staffed += dt;
            areas.staffed_lanes += i128::from(self.lanes) * i128::from(dt);
            areas.down += i128::from(self.down) * i128::from(dt);
        } else {
            areas.unstaffed += dt;
            areas.unstaffed_serving += served;
        }
        if self.shut || !self.open {
            areas.overtime += served;
        }
    }

    /// A visit begins.
    #[inline]
    pub(super) fn arrived(&mut self, at: Time) {
        self.waiting.rise(at);
        self.counts.arrivals += 1;
    }

    /// Trucks come that have not left another stage just before.
    pub(super) const fn set_first(&mut self) {
        self.is_first = true;
    }

    /// Whether a truck can be served here for the first time.
    #[inline]
    pub(super) const fn is_first(&self) -> bool {
        self.is_first
    }

    /// Whether a wait can be kept without making room.
    #[inline]
    pub(super) const fn has_room(&self) -> bool {
        self.waits.has_room()
    }

    /// A first start of service ends a wait.
    pub(super) fn started(&mut self, at: Time, wait: i64) {
        self.waiting.fall(at);
        self.serving.rise(at);
        self.waits.add(wait);
    }

    /// The same where there is room for the wait.
    #[inline]
    pub(super) fn started_within(&mut self, at: Time, wait: i64) {
        self.waiting.fall(at);
        self.serving.rise(at);
        self.waits.add_within(wait);
    }

    pub(super) fn paused(&mut self, at: Time) {
        self.serving.fall(at);
        self.paused.rise(at);
    }

    pub(super) fn resumed(&mut self, at: Time) {
        self.paused.fall(at);
        self.serving.rise(at);
    }

    /// The service is over; until it leaves, the truck is blocked in its lane.
    #[inline]
    pub(super) fn completed(&mut self, at: Time) {
        self.serving.fall(at);
        self.blocked.rise(at);
    }

    /// A truck leaves its lane after its service, `time` after its arrival.
    #[inline]
    pub(super) fn served(&mut self, at: Time, time: i64) {
        self.blocked.fall(at);
        self.counts.served += 1;
        self.counts.time += i128::from(time as u64);
    }

    /// The same at the instant at which its service is over.
    #[inline]
    pub(super) fn passed(&mut self, at: Time, time: i64) {
        self.serving.fall(at);
        self.counts.served += 1;
        self.counts.time += i128::from(time as u64);
    }

    /// What happens from `from` on until a later instant: visits that begin, services that start, and services that end, whose trucks
    /// leave at once; with the arrivals of the visits whose services start and end.
    pub(super) fn read(
        &mut self,
        from: Time,
        arrived: &[Time],
        (start_arrivals, started): (&[Time], &[Time]),
        (end_arrivals, left): (impl ExactSizeIterator<Item = Time>, &[Time]),
    ) {
        let [rises, starts, ends] = [arrived, started, left].map(Sum::of_column);
        self.waiting.read(from, arrived, started, [rises, starts]);
        self.serving.read(starts, ends);
        self.waits
            .extend(start_arrivals.iter().zip(started).map(|(from, to)| (*to - *from).0));
        self.counts.arrivals += rises.count;
        self.counts.served += ends.count;
        self.counts.time += ends.sum - Sum::of(end_arrivals, left.last().copied()).sum;
    }

    /// A truck leaves its lane before its service is over.
    pub(super) fn broken_off(&mut self, at: Time, paused: bool) {
        let number = if paused { &mut self.paused } else { &mut self.serving };
        number.fall(at);
    }

    /// A truck goes back from its lane to the queue; its wait has ended before and does not count again.
    pub(super) fn put_back(&mut self, at: Time, paused: bool) {
        self.broken_off(at, paused);
        self.waiting.rise(at);
    }

    /// A truck that was put back is in a lane again.
    pub(super) fn taken_up(&mut self, at: Time) {
        self.left_again(at);
        self.serving.rise(at);
    }

    /// A truck that was put back leaves the queue.
    pub(super) fn left_again(&mut self, at: Time) {
        self.waiting.fall(at);
    }

    /// A truck leaves the queue without service; a lost one never waited.
    pub(super) fn gave_up(&mut self, at: Time, wait: i64, lost: bool) {
        self.waiting.fall(at);
        if lost {
            self.counts.lost += 1;
        } else {
            self.counts.gave_up += 1;
            self.counts.gave_up_wait += i128::from(wait);
            self.waits.add(wait);
        }
    }

    /// A visit ended as expired.
    pub(super) const fn expired(&mut self) {
        self.counts.expired += 1;
    }

    /// The visits of a kind of goods, where they are kept.
    pub(super) fn of_cargo(&mut self, cargo: u16) -> Option<&mut Visits> {
        self.visits.get_mut(cargo as usize)
    }

    /// So many lanes from now on.
    pub(super) fn has_lanes(&mut self, at: Time, lanes: u32) {
        self.settle(at);
        self.lanes = lanes;
    }

    /// So many lanes are under repair from now on, by a failure or not.
    pub(super) fn lanes_down(&mut self, at: Time, down: u32, failed: bool) {
        self.settle(at);
        self.down = down;
        self.counts.failures += i64::from(failed);
    }

    pub(super) fn opens(&mut self, at: Time, open: bool) {
        self.settle(at);
        self.open = open;
    }

    pub(super) fn shuts(&mut self, at: Time, shut: bool) {
        if shut != self.shut {
            self.settle(at);
            self.shut = shut;
        }
    }

    /// Those served since the last time that they were counted.
    pub(super) const fn newly_served(&mut self) -> i64 {
        let new = self.counts.served - self.counted;
        self.counted = self.counts.served;
        new
    }

    /// Trucks that wait now.
    pub(super) const fn waiting(&self) -> i64 {
        self.waiting.now()
    }

    /// Most trucks that waited for any length of time until `at`.
    pub(super) fn most_waiting(&self, at: Time) -> i64 {
        self.waiting.most(at)
    }

    /// Trucks that stand here now; none if a count was ever negative.
    pub(super) fn standing(&self) -> Option<i64> {
        let lanes = [&self.serving, &self.paused, &self.blocked];
        let sound = self.waiting.is_sound() && lanes.iter().all(|number| number.is_sound());
        sound.then(|| self.waiting.now() + lanes.iter().map(|number| number.now()).sum::<i64>())
    }

    /// The areas until `at`, at which they were settled.
    pub(super) fn areas(&self, at: Time) -> Areas {
        Areas {
            waiting: self.waiting.area(at),
            serving: self.serving.area(at),
            paused: self.paused.area(at),
            blocked: self.blocked.area(at),
            ..self.areas
        }
    }

    pub(super) const fn counts(&self) -> &Counts {
        &self.counts
    }

    /// By kind of goods, where that is kept.
    pub(super) fn visits(&self) -> &[Visits] {
        &self.visits
    }

    /// Every wait that ended.
    pub(super) const fn waits(&self) -> &Waits {
        &self.waits
    }
}
