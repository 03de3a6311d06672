//! One replication with its tallies and rows, as `rafah run --tables replications,stages` keeps them: `cargo bench --bench replication`.
//!
//! The answers of W1 and W2 are held against what is known of them before anything is timed.

mod common;

use common::{Replications, layout, plan};
use criterion::{Criterion, SamplingMode, Throughput, criterion_group, criterion_main};

const W1: &str = "benches/scenarios/w1.toml";
const W2: &str = "benches/scenarios/w2.toml";

/// A value and its standard error.
#[derive(Clone, Copy)]
struct Known(f64, f64);

impl Known {
    fn of(values: &[f64]) -> Known {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let squares: f64 = values.iter().map(|x| (x - mean) * (x - mean)).sum();
        Known(mean, (squares / (n - 1.0) / n).sqrt())
    }

    fn check(self, what: &str, known: Known) {
        let error = self.1.hypot(known.1);
        let off = (self.0 - known.0) / error;
        assert!(
            off.abs() <= 3.5,
            "{what}: {:.3} instead of {:.3}, {off:.1} standard errors off: nothing is timed",
            self.0,
            known.0
        );
    }
}

/// Erlang C for four servers at a load of 0.9; a run of a million customers has a standard error of about 0.05.
fn check_w1() {
    let plan = plan(W1);
    let layout = layout(&plan);
    let mut replications = Replications::new(&plan, &layout);
    replications.run(1);
    Known(replications.value("stages", "mean_wait_min"), 0.05).check("mean wait of W1", Known(1.969_383, 0.0));
}

/// The pool of 19,000 replications of five programs that others wrote.
fn check_w2() {
    let plan = plan(W2);
    let layout = layout(&plan);
    let mut replications = Replications::new(&plan, &layout);
    let (mut delivered, mut minutes) = (Vec::new(), Vec::new());
    for replication in 1..=100 {
        replications.run(replication);
        delivered.push(replications.value("replications", "delivered_trucks"));
        minutes.push(60.0 * replications.value("replications", "delivery_time_mean_h"));
    }
    Known::of(&delivered).check("trucks delivered in W2", Known(47_014.0, 6.0));
    Known::of(&minutes).check("minutes in the system of W2", Known(348.6, 1.1));
}

fn replication(criterion: &mut Criterion) {
    check_w1();
    check_w2();
    let mut group = criterion.benchmark_group("replication");
    group.sample_size(20).sampling_mode(SamplingMode::Flat);
    for (name, path) in [
        ("w1", W1),
        ("w2", W2),
        ("baseline-2026", "scenarios/baseline-2026.toml"),
        ("outlook-2026", "scenarios/outlook-2026.toml"),
    ] {
        let plan = plan(path);
        let layout = layout(&plan);
        let mut replications = Replications::new(&plan, &layout);
        group.throughput(Throughput::Elements(replications.run(1)));
        group.bench_function(name, |bencher| bencher.iter(|| replications.run(1)));
    }
    group.finish();
}

criterion_group!(benches, replication);
criterion_main!(benches);
