//! Our laws against samplers that others wrote, by the two-sample Kolmogorov–Smirnov test.

use std::convert::Infallible;

use rand::rand_core::TryRng;
use rand_distr::{Binomial, Distribution, Exp, Gamma, Geometric, LogNormal, Normal, Pert, Poisson, Triangular, Uniform, Weibull};

use super::super::philox::philox;
use super::super::{CountLaw, Law};
use super::{count, plain, uniforms};

const DRAWS: u32 = 100_000;

/// Our generator read as a sequence, for the samplers of others.
struct Sequence {
    counter: u64,
    words: Vec<u32>,
}

impl Sequence {
    fn new() -> Sequence {
        Sequence {
            counter: 0,
            words: Vec::new(),
        }
    }
}

impl TryRng for Sequence {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        if let Some(word) = self.words.pop() {
            return Ok(word);
        }
        let [first, rest @ ..] = philox([self.counter as u32, (self.counter >> 32) as u32, 0, 0], [1, 2]);
        self.counter += 1;
        self.words.extend(rest);
        Ok(first)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(u64::from(self.try_next_u32()?) << 32 | u64::from(self.try_next_u32()?))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(4) {
            chunk.copy_from_slice(&self.try_next_u32()?.to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

#[test]
fn laws_agree_with_the_samplers_of_rand_distr() {
    assert_agree("exponential", &plain("exponential", &[("mean", 4.0)]), &Exp::new(0.25).unwrap());
    assert_agree(
        "lognormal",
        &plain("lognormal", &[("mean", 4.0), ("cv", 0.5)]),
        &LogNormal::from_mean_cv(4.0, 0.5).unwrap(),
    );
    assert_agree(
        "gamma",
        &plain("gamma", &[("mean", 4.0), ("cv", 1.5)]),
        &Gamma::new(1.0 / 2.25, 9.0).unwrap(),
    );
    assert_agree(
        "narrow gamma",
        &plain("gamma", &[("mean", 4.0), ("cv", 0.005)]),
        &Gamma::new(4e4, 1e-4).unwrap(),
    );
    assert_agree(
        "erlang",
        &plain("erlang", &[("mean", 20.0), ("k", 3.0)]),
        &Gamma::new(3.0, 20.0 / 3.0).unwrap(),
    );
    assert_agree(
        "weibull",
        &plain("weibull", &[("scale", 2.0), ("shape", 0.8)]),
        &Weibull::new(2.0, 0.8).unwrap(),
    );
    let triangle = plain("triangular", &[("min", 20.0), ("mode", 35.0), ("max", 90.0)]);
    assert_agree("triangular", &triangle, &Triangular::new(20.0, 90.0, 35.0).unwrap());
    let pert = plain("pert", &[("min", 20.0), ("mode", 35.0), ("max", 90.0)]);
    assert_agree("pert", &pert, &Pert::new(20.0, 90.0).with_mode(35.0).unwrap());
    assert_agree(
        "uniform",
        &plain("uniform", &[("min", 3.0), ("max", 8.0)]),
        &Uniform::new(3.0, 8.0).unwrap(),
    );
    let mut sequence = Sequence::new();
    let normal = Normal::new(5.0, 4.0).unwrap();
    let redrawn = std::iter::repeat_with(|| normal.sample(&mut sequence))
        .filter(|x| *x >= 0.0)
        .take(DRAWS as usize)
        .collect();
    assert_same_law("normal", ours(&plain("normal", &[("mean", 5.0), ("sd", 4.0)])), redrawn);
}

#[test]
fn counts_agree_with_the_samplers_of_rand_distr() {
    let ours = |law: CountLaw| {
        uniforms("samplers.counts", DRAWS)
            .map(|u| law.quantile(u) as f64)
            .collect::<Vec<f64>>()
    };
    let poisson = theirs(&Poisson::new(60.0).unwrap());
    assert_same_law("poisson", ours(count("poisson", &[("mean", 60.0)], 0, None, None)), poisson);
    let binomial = theirs(&Binomial::new(40, 0.3).unwrap().map(|n| n as f64));
    assert_same_law(
        "binomial",
        ours(count("binomial", &[("n", 40.0), ("p", 0.3)], 0, None, None)),
        binomial,
    );
    let geometric = theirs(&Geometric::new(0.125).unwrap().map(|failures| failures as f64 + 1.0));
    assert_same_law("geometric", ours(count("geometric", &[("mean", 8.0)], 0, None, None)), geometric);
    // A Poisson count whose mean has a gamma law.
    let mut sequence = Sequence::new();
    let means = Gamma::new(10.0, 10.5).unwrap();
    let mixed = (0..DRAWS)
        .map(|_| Poisson::new(means.sample(&mut sequence)).unwrap().sample(&mut sequence))
        .collect();
    let negative = count("negative_binomial", &[("mean", 105.0), ("k", 10.0)], 0, None, None);
    assert_same_law("negative binomial", ours(negative), mixed);
}

fn ours(law: &Law) -> Vec<f64> {
    uniforms("samplers", DRAWS).map(|u| law.quantile(u)).collect()
}

fn theirs(sampler: &impl Distribution<f64>) -> Vec<f64> {
    let mut sequence = Sequence::new();
    (0..DRAWS).map(|_| sampler.sample(&mut sequence)).collect()
}

fn assert_agree(name: &str, law: &Law, sampler: &impl Distribution<f64>) {
    assert_same_law(name, ours(law), theirs(sampler));
}

/// The greatest distance of the two empirical distribution functions exceeds 2.23 √(2/n) with probability 10⁻⁴.
fn assert_same_law(name: &str, mut a: Vec<f64>, mut b: Vec<f64>) {
    a.sort_by(f64::total_cmp);
    b.sort_by(f64::total_cmp);
    let (mut i, mut j, mut greatest) = (0, 0, 0.0_f64);
    while i < a.len() && j < b.len() {
        let x = a[i].min(b[j]);
        while i < a.len() && a[i] <= x {
            i += 1;
        }
        while j < b.len() && b[j] <= x {
            j += 1;
        }
        greatest = greatest.max((i as f64 / a.len() as f64 - j as f64 / b.len() as f64).abs());
    }
    let limit = 2.23 * (2.0 / f64::from(DRAWS)).sqrt();
    assert!(greatest < limit, "{name}: distance {greatest} above {limit}");
}
