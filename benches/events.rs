//! How many events a replication has: `cargo bench --bench events -- N FILE...` prints, for each scenario, its path and the number of events
//! of replications 1 to N. Nothing is timed; instructions.sh and shipped.sh divide by these.

#![allow(clippy::print_stdout, reason = "a program whose answer is its output")]

mod common;

use rafah::model::Simulation;

fn main() {
    // Cargo adds `--bench`.
    let mut given = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let Some(replications) = given.next().and_then(|n| n.parse().ok()) else {
        println!("usage: cargo bench --bench events -- N FILE...");
        return;
    };
    for path in given {
        let plan = common::plan(&path);
        let mut simulation = Simulation::new(&plan);
        let events: Vec<String> = (1..=replications)
            .map(|replication: u32| simulation.run(common::SEED, replication, &mut ()).to_string())
            .collect();
        println!("{path} {}", events.join(" "));
    }
}
