//! All families by their rows: draws against moments, quantiles against shares, samplers of others against ours.

mod counts;
mod known;
mod laws;
mod quick;
mod samplers;

use super::{COUNT_FAMILIES, CountLaw, Entity, FAMILIES, Given, Law, LawFault, Purpose, Stream, build_count, build_law};

/// A law by the name of its family.
fn law(name: &str, given: &Given, min: Option<f64>, max: Option<f64>) -> Result<Law, LawFault> {
    build_law(
        FAMILIES.iter().find(|f| f.name == name).expect("a family of this name"),
        given,
        min,
        max,
    )
}

/// A law by the name of its family and numbers alone.
fn plain(name: &str, parameters: &[(&'static str, f64)]) -> Law {
    law(name, &numbers(parameters), None, None).expect("a law")
}

/// A count by the name of its family and numbers alone.
fn count(name: &str, parameters: &[(&'static str, f64)], plus: u64, min: Option<u64>, max: Option<u64>) -> CountLaw {
    let family = COUNT_FAMILIES.iter().find(|f| f.name == name).expect("a family of this name");
    build_count(family, &numbers(parameters), plus, min, max).expect("a count")
}

fn numbers(parameters: &[(&'static str, f64)]) -> Given<'static> {
    parameters
        .iter()
        .fold(Given::new(), |given, &(name, value)| given.with(name, value))
}

/// `n` uniforms of a purpose.
fn uniforms(purpose: &str, n: u32) -> impl Iterator<Item = f64> {
    let stream = Stream::new(20_260_701, 0, Purpose::named(purpose));
    (0..n).map(move |i| {
        stream.uniform(
            Entity {
                source: 1,
                group: i / 50,
                member: i % 50,
            },
            0,
        )
    })
}

/// Shares from 10⁻¹⁵ to 1 - 10⁻¹⁵, ascending, dense in the middle and in the tails.
fn grid() -> Vec<f64> {
    let lower = (-3000..0).map(|i| libm::exp10(f64::from(i) / 200.0) * 0.5);
    let upper = (1..=3000).map(|i| 1.0 - libm::exp10(f64::from(-i) / 200.0) * 0.5);
    lower.chain([0.5]).chain(upper).collect()
}

/// That mean and variance of draws lie within four standard errors, that of the variance by the fourth moment.
fn assert_moments(what: &str, draws: &[f64], mean: f64, variance: f64) {
    let n = draws.len() as f64;
    let central = |power: i32| {
        draws
            .iter()
            .map(|x| (0..power).fold(1.0, |product, _| product * (x - mean)))
            .sum::<f64>()
            / n
    };
    let (first, second, fourth) = (central(1), central(2), central(4));
    assert!(
        first.abs() <= 4.0 * (variance / n).sqrt() + 1e-12 * mean.abs(),
        "{what}: mean {} for {mean}",
        mean + first
    );
    let error = ((fourth - second * second).max(0.0) / n).sqrt();
    assert!(
        (second - variance).abs() <= 4.0 * error + 1e-12 * variance,
        "{what}: variance {second} for {variance}"
    );
}
