//! What is common to a day: strictness, staffing, pace. Independent draws alone would make daily totals too even.

use super::plan::DayFactor;
use crate::random::{Entity, NormalChain, Stream, normal_quantile};

/// A factor of mean 1 that changes from calendar day to calendar day.
#[derive(Clone, Debug)]
pub(super) struct DayChain {
    chain: NormalChain,
    sigma: f64,
    /// The day of `factor`, or none yet.
    day: Option<i64>,
    factor: f64,
}

impl DayChain {
    pub(super) fn new(effect: &DayFactor) -> DayChain {
        DayChain {
            chain: NormalChain::new(effect.autocorrelation),
            sigma: effect.sigma,
            day: None,
            factor: 1.0,
        }
    }

    /// From the next day on the factors spread as this says.
    pub(super) fn set_spread(&mut self, effect: &DayFactor) {
        self.sigma = effect.sigma;
    }

    /// The factor of a day, 0 being the first of the horizon; days are asked for in order. Every day draws once, whether asked for
    /// or not.
    pub(super) fn factor(&mut self, day: i64, draws: Stream) -> f64 {
        while self.day.is_none_or(|d| d < day) {
            let next = self.day.map_or(0, |d| d + 1);
            let entity = Entity::numbered(next as u32, 0);
            let u = self.chain.next(draws.uniform(entity, 0));
            self.factor = libm::exp(self.sigma * normal_quantile(u) - 0.5 * self.sigma * self.sigma);
            self.day = Some(next);
        }
        self.factor
    }
}
