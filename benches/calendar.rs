//! The event calendar, through a stage whose lanes are always busy: `cargo bench --bench calendar`.
//!
//! The hold model of Jones 1986 (CACM 29:300): every event that is taken puts one back, so that their number stays. Here each end of a service
//! takes the next truck of a queue that never empties before the last trucks; as many ends are pending as there are lanes. What a truck costs
//! besides (its arrival, its draw, the queue) is the same for any number of lanes: what grows with them is the calendar.

mod common;

use criterion::{BenchmarkId, Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use rafah::model::Simulation;

/// Services after those that fill the lanes.
const HOLDS: u32 = 100_000;

fn scenario(lanes: u32) -> String {
    format!(
        r#"
format = 1
[scenario]
name = "hold"
[horizon]
start = 2026-01-01
length = "3650d"
stop = "when_empty"
[cargo.goods]
load = {{ tonnes = 20 }}
[organisation.all]
share = 1
cargo = {{ goods = 1 }}
[convoy.trucks]
arrivals = {{ process = "schedule", at = ["0h"] }}
size = {trucks}
[stage.gate]
lanes = {lanes}
service = {{ dist = "exponential", mean = "{lanes}s" }}
"#,
        trucks = HOLDS + lanes
    )
}

fn calendar(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("calendar");
    group.sample_size(20).sampling_mode(SamplingMode::Flat);
    for lanes in [1, 10, 100, 1_000, 10_000] {
        let plan = common::plan_of(&scenario(lanes));
        let mut simulation = Simulation::new(&plan);
        let events = simulation.run(common::SEED, 1, &mut ());
        group.throughput(Throughput::Elements(events));
        group.bench_function(BenchmarkId::new("lanes", lanes), |bencher| {
            bencher.iter(|| simulation.run(common::SEED, 1, &mut ()));
        });
    }
    group.finish();
}

criterion_group!(benches, calendar);
criterion_main!(benches);
