//! The tallies of one stage: who waits, who is in a lane and how, for how long.

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
    /// Waits that ended with a start of service, and their sum.
    pub(super) starts: i64,
    pub(super) start_wait: i128,
    /// Sum of the times from arrival to leaving, of those served.
    pub(super) time: i128,
}

impl Visits {
    pub(super) const fn join(&mut self, other: &Visits) {
        self.arrivals += other.arrivals;
        self.served += other.served;
        self.lost += other.lost;
        self.expired += other.expired;
        self.waits += other.waits;
        self.waited += other.waited;
        self.wait += other.wait;
        self.starts += other.starts;
        self.start_wait += other.start_wait;
        self.time += other.time;
    }
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
    /// Most trucks that waited for any length of time.
    pub(super) most_waiting: i32,
}

/// The tallies of one stage.
#[derive(Clone, Debug)]
pub(super) struct StageTally {
    waiting: i32,
    serving: i32,
    paused: i32,
    blocked: i32,
    /// Lanes under repair.
    down: i32,
    /// Lanes, and those that the scenario states; 0 where they are unlimited.
    lanes: u32,
    stated_lanes: u32,
    /// The least that one of the four ever was.
    least: i32,
    /// Whether the calendar is open.
    open: bool,
    /// Whether security leaves no lane.
    shut: bool,
    last: Time,
    areas: Areas,
    /// Failures of lanes.
    failures: i64,
    /// By kind of goods.
    visits: Vec<Visits>,
    keeps_waits: bool,
    /// Every wait that ended, in microseconds.
    waits: Vec<i64>,
}

impl StageTally {
    pub(super) fn new(cargos: usize, lanes: u32, keeps_waits: bool) -> StageTally {
        StageTally {
            lanes,
            stated_lanes: lanes,
            waiting: 0,
            serving: 0,
            paused: 0,
            blocked: 0,
            down: 0,
            least: 0,
            open: true,
            shut: false,
            last: Time::ZERO,
            areas: Areas::default(),
            failures: 0,
            visits: vec![Visits::default(); cargos],
            keeps_waits,
            waits: Vec::new(),
        }
    }

    /// So many lanes from now on.
    pub(super) fn has_lanes(&mut self, at: Time, lanes: u32) {
        self.advance(at);
        self.lanes = lanes;
    }

    /// Empty, at the start of a replication.
    pub(super) fn reset(&mut self) {
        self.lanes = self.stated_lanes;
        (self.waiting, self.serving, self.paused, self.blocked) = (0, 0, 0, 0);
        (self.down, self.least, self.open, self.shut) = (0, 0, true, false);
        self.begin(Time::ZERO);
    }

    /// The period that counts begins: forgets what was, keeps what is.
    pub(super) fn begin(&mut self, at: Time) {
        self.last = at;
        self.areas = Areas::default();
        self.failures = 0;
        self.visits.fill(Visits::default());
        self.waits.clear();
    }

    /// Time has passed.
    #[inline]
    pub(super) fn advance(&mut self, at: Time) {
        let dt = at.0 - self.last.0;
        if dt == 0 {
            return;
        }
        self.last = at;
        let areas = &mut self.areas;
        areas.waiting += product(self.waiting, dt);
        areas.serving += product(self.serving, dt);
        areas.paused += product(self.paused, dt);
        areas.blocked += product(self.blocked, dt);
        areas.most_waiting = areas.most_waiting.max(self.waiting);
        if self.open {
            areas.staffed += dt;
            areas.staffed_lanes += i128::from(self.lanes) * i128::from(dt);
            areas.down += product(self.down, dt);
        } else {
            areas.unstaffed += dt;
            areas.unstaffed_serving += product(self.serving, dt);
        }
        if self.shut || !self.open {
            areas.overtime += product(self.serving, dt);
        }
    }

    #[inline]
    pub(super) fn arrived(&mut self, at: Time, cargo: u16) {
        self.advance(at);
        self.waiting += 1;
        self.visits[cargo as usize].arrivals += 1;
    }

    /// A first start of service ends a wait.
    #[inline]
    pub(super) fn started(&mut self, at: Time, cargo: u16, wait: i64) {
        self.advance(at);
        self.waiting -= 1;
        self.serving += 1;
        self.least = self.least.min(self.waiting);
        let visits = &mut self.visits[cargo as usize];
        visits.starts += 1;
        visits.start_wait += i128::from(wait);
        self.waited(cargo, wait);
    }

    #[inline]
    fn waited(&mut self, cargo: u16, wait: i64) {
        let visits = &mut self.visits[cargo as usize];
        visits.waits += 1;
        visits.waited += i64::from(wait > 0);
        visits.wait += i128::from(wait);
        if self.keeps_waits {
            self.waits.push(wait);
        }
    }

    pub(super) fn paused(&mut self, at: Time) {
        self.advance(at);
        self.serving -= 1;
        self.paused += 1;
        self.least = self.least.min(self.serving);
    }

    pub(super) fn resumed(&mut self, at: Time) {
        self.advance(at);
        self.paused -= 1;
        self.serving += 1;
        self.least = self.least.min(self.paused);
    }

    /// The service is over; until it leaves, the truck is blocked in its lane.
    #[inline]
    pub(super) fn completed(&mut self, at: Time) {
        self.advance(at);
        self.serving -= 1;
        self.blocked += 1;
        self.least = self.least.min(self.serving);
    }

    /// A truck leaves its lane after its service, `time` after its arrival.
    #[inline]
    pub(super) fn served(&mut self, at: Time, cargo: u16, time: i64) {
        self.advance(at);
        self.blocked -= 1;
        self.least = self.least.min(self.blocked);
        let visits = &mut self.visits[cargo as usize];
        visits.served += 1;
        visits.time += i128::from(time);
    }

    /// A truck leaves its lane before its service is over.
    pub(super) fn broken_off(&mut self, at: Time, paused: bool) {
        self.advance(at);
        let count = if paused { &mut self.paused } else { &mut self.serving };
        *count -= 1;
        self.least = self.least.min(*count);
    }

    /// A truck goes back from its lane to the queue; its wait has ended before and does not count again.
    pub(super) fn put_back(&mut self, at: Time, paused: bool) {
        self.broken_off(at, paused);
        self.waiting += 1;
    }

    /// A truck that was put back is in a lane again.
    pub(super) fn taken_up(&mut self, at: Time) {
        self.left_again(at);
        self.serving += 1;
    }

    /// A truck that was put back leaves the queue.
    pub(super) fn left_again(&mut self, at: Time) {
        self.advance(at);
        self.waiting -= 1;
        self.least = self.least.min(self.waiting);
    }

    /// So many lanes are under repair from now on, by a failure or not.
    pub(super) fn lanes_down(&mut self, at: Time, down: u32, failed: bool) {
        self.advance(at);
        self.down = i32::try_from(down).unwrap_or(i32::MAX);
        self.failures += i64::from(failed);
    }

    /// A truck leaves the queue without service; a lost one never waited.
    pub(super) fn gave_up(&mut self, at: Time, cargo: u16, wait: i64, lost: bool) {
        self.advance(at);
        self.waiting -= 1;
        self.least = self.least.min(self.waiting);
        if lost {
            self.visits[cargo as usize].lost += 1;
        } else {
            self.waited(cargo, wait);
        }
    }

    /// A visit ended as expired.
    pub(super) fn expired(&mut self, cargo: u16) {
        self.visits[cargo as usize].expired += 1;
    }

    pub(super) fn opens(&mut self, at: Time, open: bool) {
        self.advance(at);
        self.open = open;
    }

    pub(super) fn shuts(&mut self, at: Time, shut: bool) {
        if shut != self.shut {
            self.advance(at);
            self.shut = shut;
        }
    }

    /// Trucks that wait now.
    pub(super) const fn waiting(&self) -> i64 {
        self.waiting as i64
    }

    /// Trucks that stand here now; none if a count was ever negative.
    pub(super) fn standing(&self) -> Option<i64> {
        let counts = [self.waiting, self.serving, self.paused, self.blocked];
        (self.least >= 0).then(|| counts.into_iter().map(i64::from).sum())
    }

    /// Failures of lanes.
    pub(super) const fn failures(&self) -> i64 {
        self.failures
    }

    pub(super) const fn areas(&self) -> &Areas {
        &self.areas
    }

    pub(super) fn visits(&self) -> &[Visits] {
        &self.visits
    }

    /// Every wait that ended, to be sorted as one likes.
    pub(super) fn waits(&mut self) -> &mut [i64] {
        &mut self.waits
    }
}

#[inline]
fn product(trucks: i32, dt: i64) -> i128 {
    i128::from(trucks) * i128::from(dt)
}
