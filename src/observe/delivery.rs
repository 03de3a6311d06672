//! Deliveries: how long after the dispatch, of what, of whom.

use super::log::Log;
use super::quantile::{Room, Sample};

/// The deliveries of a replication: how long after the dispatch, in microseconds, and of which kind of goods and organisation where that is
/// asked for.
#[derive(Clone, Debug)]
pub(super) struct Deliveries {
    keeps_kinds: bool,
    times: Log<i64>,
    kinds: Log<Kind>,
}

/// The kind of goods and the organisation.
type Kind = [u16; 2];

impl Deliveries {
    /// None yet.
    pub(super) const fn new(keeps_kinds: bool) -> Deliveries {
        Deliveries {
            keeps_kinds,
            times: Log::new(),
            kinds: Log::new(),
        }
    }

    pub(super) const fn clear(&mut self) {
        self.times.clear();
        self.kinds.clear();
    }

    /// Whether one more can be kept without making room.
    #[inline]
    pub(super) const fn has_room(&self) -> bool {
        self.times.has_room()
    }

    /// Makes room for one more where there is none.
    pub(super) fn make_room(&mut self) {
        self.times.make_room();
        if self.keeps_kinds {
            self.kinds.make_room();
        }
    }

    /// One more, room having been made.
    #[inline]
    pub(super) fn push_within(&mut self, time: i64, cargo: u16, organisation: u16) {
        self.times.push_within(time);
        if self.keeps_kinds {
            self.kinds.push_within([cargo, organisation]);
        }
    }

    /// The times of all.
    pub(super) fn times(&self) -> &[i64] {
        self.times.as_slice()
    }

    /// Those of all deliveries.
    pub(super) fn of_all(&self, room: &mut Room) -> DeliveryTimes {
        DeliveryTimes::of(self.times(), room)
    }

    /// Those of each of so many kinds of goods; `all` are those of all deliveries.
    pub(super) fn by_cargo(&self, cargos: usize, all: DeliveryTimes, room: &mut Room) -> Vec<DeliveryTimes> {
        self.by_kind(cargos, |[cargo, _]| cargo, all, room)
    }

    /// Those of each of so many organisations; `all` are those of all deliveries.
    pub(super) fn by_organisation(&self, organisations: usize, all: DeliveryTimes, room: &mut Room) -> Vec<DeliveryTimes> {
        self.by_kind(organisations, |[_, organisation]| organisation, all, room)
    }

    fn by_kind(&self, kinds: usize, kind: impl Fn(Kind) -> u16, all: DeliveryTimes, room: &mut Room) -> Vec<DeliveryTimes> {
        if kinds == 1 {
            return vec![all];
        }
        // The times kind by kind: first where each kind ends, then from there down.
        let own = || self.kinds.as_slice().iter().map(|&own| kind(own) as usize);
        let mut ends = vec![0_usize; kinds];
        own().for_each(|kind| ends[kind] += 1);
        let mut sum = 0;
        for end in &mut ends {
            sum += *end;
            *end = sum;
        }
        let mut times = vec![0; self.times().len()];
        let mut places = ends.clone();
        for (kind, &time) in own().zip(self.times()) {
            places[kind] -= 1;
            times[places[kind]] = time;
        }
        let of = |(begin, end): (usize, usize)| DeliveryTimes::of(&times[begin..end], room);
        places.into_iter().zip(ends).map(of).collect()
    }
}

/// Mean and some quantiles of delivery times, in microseconds; NaN of none.
#[derive(Clone, Copy, Debug)]
pub(super) struct DeliveryTimes {
    pub(super) mean: f64,
    pub(super) p50: f64,
    pub(super) p90: f64,
    pub(super) p95: f64,
    pub(super) max: f64,
}

impl DeliveryTimes {
    fn of(times: &[i64], room: &mut Room) -> DeliveryTimes {
        let sample = Sample::new(0, times);
        let [p50, p90, p95, max] = sample.quantiles([0.5, 0.9, 0.95, 1.0], room);
        DeliveryTimes {
            mean: sample.mean(),
            p50,
            p90,
            p95,
            max,
        }
    }
}
