//! Timing driver (not kept).
#![allow(clippy::all, clippy::pedantic, missing_docs, clippy::print_stdout, clippy::disallowed_methods)]
use rafah::{model::{Plan, Simulation}, observe::{Frames, Layout, Recorder}};
struct Disk;
impl rafah::scenario::Reader for Disk { fn read(&self, p: &std::path::Path) -> std::io::Result<String> { std::fs::read_to_string(p) } }
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let n: u32 = a[2].parse().unwrap();
    let obs = a.get(3).map_or("rec", |s| s.as_str());
    let scenario = rafah::scenario::load(std::path::Path::new(&a[1]), &[], &Disk).unwrap_or_else(|_| panic!("bad")).scenario;
    let plan = Plan::compile(&scenario);
    let names = ["replications".to_owned(), "stages".to_owned()];
    let layout = Layout::keeping(&[&plan], Some(&names), &[]).unwrap();
    let mut sim = Simulation::new(&plan);
    let mut rec = Recorder::new(&plan, &layout);
    let mut frames = Frames::new(&layout);
    let t = std::time::Instant::now();
    let mut events = 0;
    for r in 1..=n {
        if obs == "none" { events += sim.run(1, r, &mut ()); } else {
            events += sim.run(1, r, &mut rec);
            rec.write("a", r, &mut frames).unwrap();
        }
    }
    let s = t.elapsed().as_secs_f64();
    println!("{} reps {n} ms/rep {:.3} events/rep {:.0} ns/event {:.1}", a[1], s * 1e3 / n as f64, events as f64 / n as f64, s * 1e9 / events as f64);
}
