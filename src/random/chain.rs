//! Correlation from one moment to the next, the marginal law kept.

use super::normal::{normal_cdf, normal_quantile};

/// A Gaussian first-order autoregression behind a copula: uniforms in, correlated uniforms out.
///
/// With independent uniforms every output is uniform in (0, 1), and the normal scores of successive outputs have correlation `rho`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NormalChain {
    rho: f64,
    noise: f64,
    score: Option<f64>,
}

impl NormalChain {
    /// A chain at its start; `rho` from -1 to 1 is the lag-1 correlation of the normal scores.
    pub fn new(rho: f64) -> NormalChain {
        NormalChain {
            rho,
            noise: (1.0 - rho * rho).max(0.0).sqrt(),
            score: None,
        }
    }

    /// The next number for a marginal's quantile function, in the open interval from 0 to 1; the first after a reset is `u` itself.
    pub fn next(&mut self, u: f64) -> f64 {
        let fresh = normal_quantile(u);
        let score = self.score.map_or(fresh, |last| self.rho * last + self.noise * fresh);
        let is_first = self.score.replace(score).is_none();
        if is_first || self.rho.abs() < f64::EPSILON {
            u
        } else {
            normal_cdf(score).clamp(f64::EPSILON / 4.0, 1.0 - f64::EPSILON / 2.0)
        }
    }

    /// Back to the start, where nothing is remembered.
    pub fn reset(&mut self) {
        self.score = None;
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Entity, Purpose, Stream};
    use super::*;

    #[test]
    fn scores_have_the_stated_correlation_and_outputs_stay_uniform() {
        let stream = Stream::new(5, 0, Purpose::named("chain"));
        let mut chain = NormalChain::new(0.4);
        let n = 200_000;
        let outputs: Vec<f64> = (0..n)
            .map(|i| {
                chain.next(stream.uniform(
                    Entity {
                        source: 0,
                        group: i,
                        member: 0,
                    },
                    0,
                ))
            })
            .collect();
        let scores: Vec<f64> = outputs.iter().map(|&v| normal_quantile(v)).collect();
        let lag1 = scores.windows(2).map(|w| w[0] * w[1]).sum::<f64>() / f64::from(n - 1);
        // The products have variance 1 + rho² and are themselves correlated; 0.01 is over four standard errors.
        assert!((lag1 - 0.4).abs() < 0.01, "{lag1}");
        let below = outputs.iter().filter(|&&v| v < 0.25).count() as f64 / f64::from(n);
        assert!((below - 0.25).abs() < 0.006, "{below}");
    }

    #[test]
    fn without_correlation_the_uniforms_pass_unchanged() {
        let mut chain = NormalChain::new(0.0);
        for u in [0.1, 0.7, 1e-16, 0.5] {
            assert!((chain.next(u) - u).abs() < 1e-300);
        }
    }

    #[test]
    fn a_reset_chain_begins_anew() {
        let mut chain = NormalChain::new(0.9);
        let first = chain.next(0.3);
        let second = chain.next(0.3);
        assert!((first - second).abs() > 0.01);
        chain.reset();
        assert_eq!(chain.next(0.3).to_bits(), first.to_bits());
    }
}
