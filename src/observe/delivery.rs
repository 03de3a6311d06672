//! Deliveries: how long after the dispatch, of what, of whom.

use super::quantile::{Room, Sample};

/// A delivery.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Delivery {
    /// From the dispatch, in microseconds.
    pub(super) time: i64,
    pub(super) cargo: u16,
    pub(super) organisation: u16,
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

    /// Those of all deliveries.
    pub(super) fn of_all(deliveries: &[Delivery], room: &mut Room) -> DeliveryTimes {
        let times: Vec<i64> = deliveries.iter().map(|d| d.time).collect();
        DeliveryTimes::of(&times, room)
    }

    /// Those of each of `kinds` kinds; `all` are those of all deliveries.
    pub(super) fn by_kind(
        deliveries: &[Delivery],
        kinds: usize,
        kind: impl Fn(&Delivery) -> u16,
        all: DeliveryTimes,
        room: &mut Room,
    ) -> Vec<DeliveryTimes> {
        if kinds == 1 {
            return vec![all];
        }
        // The times kind by kind: first where each kind ends, then from there down.
        let mut ends = vec![0_usize; kinds];
        deliveries.iter().for_each(|d| ends[kind(d) as usize] += 1);
        let mut sum = 0;
        for end in &mut ends {
            sum += *end;
            *end = sum;
        }
        let mut times = vec![0; deliveries.len()];
        let mut places = ends.clone();
        for delivery in deliveries {
            let place = &mut places[kind(delivery) as usize];
            *place -= 1;
            times[*place] = delivery.time;
        }
        let of = |(begin, end): (usize, usize)| DeliveryTimes::of(&times[begin..end], room);
        places.into_iter().zip(ends).map(of).collect()
    }
}
