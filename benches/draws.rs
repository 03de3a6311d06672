//! A uniform by its address, and a draw of every family of laws and of counts: `cargo bench --bench draws`.
//!
//! Every family has a row here: one that is new fails until its parameters have a value below.

mod common;

use std::hint::black_box;

use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main, measurement::WallTime};
use rafah::random::{COUNT_FAMILIES, Entity, FAMILIES, Given, Law, Parameter, ParameterKind, Purpose, Stream, build_count, build_law};

/// Draws of one turn: more than a branch predictor learns by heart.
const DRAWS: u32 = 4096;

fn uniforms(stream: &Stream) -> impl Iterator<Item = f64> {
    (0..DRAWS).map(move |i| stream.uniform(Entity::numbered(i / 16, i % 16), 0))
}

/// A usual value of a parameter, in a unit where a minute is 1.
fn number(family: &str, parameter: &str) -> f64 {
    match (family, parameter) {
        ("hyperexponential", "cv") | (_, "mode" | "value") => 2.0,
        (_, "cv" | "sigma") => 0.5,
        (_, "p") => 0.3,
        (_, "min" | "sd") => 1.0,
        (_, "shape") => 1.5,
        (_, "k") => 3.0,
        (_, "max") => 8.0,
        (_, "mean" | "median" | "scale") => 14.0,
        (_, "n") => 20.0,
        _ => panic!("no value for `{parameter}` of `{family}`"),
    }
}

/// The first form of a family with usual values.
fn given(family: &str, form: &[&'static str], parameters: &[Parameter]) -> Given<'static> {
    form.iter().fold(Given::new(), |given, &name| {
        let kind = parameters.iter().find(|p| p.name == name).map(|p| p.kind);
        match kind {
            Some(ParameterKind::Quantities) => given.with_list(name, (0..100).map(f64::from).collect()),
            Some(ParameterKind::Weights) => given.with_list(name, vec![1.0, 3.0]),
            Some(ParameterKind::Laws) => given.with_laws(name, vec![law("lognormal"), law("exponential")]),
            _ => given.with(name, number(family, name)),
        }
    })
}

fn law(name: &str) -> Law {
    let family = FAMILIES.iter().find(|f| f.name == name);
    let family = family.unwrap_or_else(|| panic!("no family `{name}`"));
    let law = build_law(family, &given(name, family.forms[0], family.parameters), None, None);
    law.unwrap_or_else(|fault| panic!("{name}: {fault}"))
}

/// Times what is done with each of the same uniforms.
fn time<T>(group: &mut BenchmarkGroup<WallTime>, name: &str, shares: &[f64], draw: impl Fn(f64) -> T) {
    group.bench_function(name, |bencher| {
        bencher.iter(|| {
            for &u in shares {
                black_box(draw(u));
            }
        });
    });
}

fn draws(criterion: &mut Criterion) {
    let stream = Stream::new(common::SEED, 1, Purpose::named("stage.scan.service"));
    let shares: Vec<f64> = uniforms(&stream).collect();

    let mut group = criterion.benchmark_group("uniform");
    group.throughput(Throughput::Elements(u64::from(DRAWS)));
    group.bench_function("address", |bencher| {
        bencher.iter(|| uniforms(black_box(&stream)).map(black_box).sum::<f64>());
    });
    group.finish();

    let mut group = criterion.benchmark_group("law");
    group.throughput(Throughput::Elements(u64::from(DRAWS)));
    for family in FAMILIES {
        let law = law(family.name);
        time(&mut group, family.name, &shares, |u| law.duration(u));
    }
    group.finish();

    let mut group = criterion.benchmark_group("count");
    group.throughput(Throughput::Elements(u64::from(DRAWS)));
    for family in COUNT_FAMILIES {
        let count = build_count(family, &given(family.name, family.forms[0], family.parameters), 0, None, None);
        let count = count.unwrap_or_else(|fault| panic!("{}: {fault}", family.name));
        time(&mut group, family.name, &shares, |u| count.quantile(u));
    }
    group.finish();
}

criterion_group!(benches, draws);
criterion_main!(benches);
