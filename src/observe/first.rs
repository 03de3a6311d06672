//! The waits of the first visits to each stage, by order of arrival, from the start of the run.

use crate::model::TruckId;
use crate::time::MINUTE_US;

/// Still waits.
const OPEN: i64 = -1;
/// Left without service.
const NEVER: i64 = -2;
/// Not among the first.
const NONE: u32 = u32::MAX;

/// The first visits.
#[derive(Clone, Debug)]
pub(super) struct FirstVisits {
    /// As many as the scenario asks about; 0: none.
    most: usize,
    /// By stage, the waits of the first visits.
    waits: Vec<Vec<i64>>,
    /// By truck in the arena, which visit it is making.
    visit: Vec<u32>,
}

impl FirstVisits {
    pub(super) fn new(stages: usize, most: usize) -> FirstVisits {
        FirstVisits {
            most,
            waits: vec![Vec::new(); stages],
            visit: Vec::new(),
        }
    }

    pub(super) fn reset(&mut self) {
        self.waits.iter_mut().for_each(Vec::clear);
        self.visit.clear();
    }

    #[inline]
    pub(super) fn arrived(&mut self, id: TruckId, stage: usize) {
        if self.most == 0 {
            return;
        }
        if id.index() >= self.visit.len() {
            self.visit.resize(id.index() + 1, NONE);
        }
        let waits = &mut self.waits[stage];
        self.visit[id.index()] = if waits.len() < self.most { waits.len() as u32 } else { NONE };
        if waits.len() < self.most {
            waits.push(OPEN);
        }
    }

    /// The wait is over, by a start of service or without.
    #[inline]
    pub(super) fn waited(&mut self, id: TruckId, stage: usize, wait: Option<i64>) {
        if self.most > 0
            && let Some(&visit) = self.visit.get(id.index())
            && let Some(slot) = self.waits[stage].get_mut(visit as usize)
        {
            *slot = wait.unwrap_or(NEVER);
        }
    }

    /// The wait of the n-th visit, and the mean wait of those of the first n that started service, in minutes; NaN where it is not
    /// known by the end.
    pub(super) fn waits_min(&self, stage: usize, n: u64) -> (f64, f64) {
        let waits = &self.waits[stage];
        let Some(last) = (n as usize).checked_sub(1).filter(|&last| last < waits.len()) else {
            return (f64::NAN, f64::NAN);
        };
        let first = &waits[..=last];
        let minutes = |us: i64| us as f64 / MINUTE_US as f64;
        let own = if first[last] >= 0 { minutes(first[last]) } else { f64::NAN };
        let served = first.iter().filter(|&&w| w >= 0).count();
        if served == 0 || first.contains(&OPEN) {
            return (own, f64::NAN);
        }
        let sum: i128 = first.iter().filter(|&&w| w >= 0).map(|&w| i128::from(w)).sum();
        (own, sum as f64 / MINUTE_US as f64 / served as f64)
    }
}
