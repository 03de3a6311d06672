//! Time against the size of things, each near linear or the reason why not: `cargo bench --bench scaling [-- --write]`.
//!
//! Sizes of an axis are measured in turns, some rounds, and the median is told in nanoseconds per event. A replication is simulated, tallied and
//! written into rows in this process; numbers of replications are runs of the program on one thread. `--write` puts the table into
//! docs/performance.md and the chart into docs/images/scaling.svg.

#![allow(clippy::print_stdout, reason = "a program whose answer is its output")]
#![allow(clippy::disallowed_methods, reason = "its clock is what it is for")]

mod chart;
#[path = "../common/mod.rs"]
mod common;
mod worlds;

use std::fmt::Write;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use common::Replications;
use rafah::figure::grouped;
use rafah::model::Plan;
use worlds::{AXES, Axis};

const ROUNDS: usize = 5;
/// What is shorter is repeated.
const SHORTEST_S: f64 = 0.1;
/// What is longer is measured once.
const LONGEST_S: f64 = 5.0;

/// What was measured at one size.
pub(crate) struct Measured {
    pub(crate) size: u32,
    /// Of a replication, or of all where their number is the size.
    pub(crate) events: f64,
    /// Median over the rounds.
    pub(crate) seconds: f64,
}

impl Measured {
    pub(crate) fn ns_per_event(&self) -> f64 {
        self.seconds / self.events * 1e9
    }
}

/// Seconds that something takes.
fn seconds(what: impl FnOnce()) -> f64 {
    let begun = Instant::now();
    what();
    begun.elapsed().as_secs_f64()
}

/// One size: seconds for one time, however often it is done for it.
struct Subject<'a> {
    size: u32,
    events: f64,
    once: Box<dyn FnMut() + 'a>,
    rounds: Vec<f64>,
}

impl Subject<'_> {
    fn round(&mut self) {
        if self.rounds.first().is_some_and(|&s| s > LONGEST_S) {
            return;
        }
        let (mut spent, mut times) = (0.0, 0.0);
        while spent < SHORTEST_S {
            spent += seconds(&mut self.once);
            times += 1.0;
        }
        self.rounds.push(spent / times);
    }
}

fn measure(axis: &Axis, folder: &Path) -> Vec<Measured> {
    let plans: Vec<Plan> = axis.sizes.iter().map(|&size| common::plan_of(&(axis.world)(size))).collect();
    let layouts: Vec<_> = plans.iter().map(common::layout).collect();
    let mut subjects: Vec<Subject> = Vec::new();
    for ((&size, plan), layout) in axis.sizes.iter().zip(&plans).zip(&layouts) {
        let mut replications = Replications::new(plan, layout);
        subjects.push(if axis.replicates {
            let known = size.min(100);
            let events: u64 = (1..=known).map(|replication| replications.run(replication)).sum();
            Subject {
                size,
                events: events as f64 / f64::from(known) * f64::from(size),
                once: program(folder, &(axis.world)(size), size),
                rounds: Vec::new(),
            }
        } else {
            Subject {
                size,
                events: replications.run(1) as f64,
                once: Box::new(move || _ = replications.run(1)),
                rounds: Vec::new(),
            }
        });
    }
    for _ in 0..ROUNDS {
        subjects.iter_mut().for_each(Subject::round);
    }
    let measured = subjects.into_iter().map(|mut subject| {
        subject.rounds.sort_by(f64::total_cmp);
        Measured {
            size: subject.size,
            events: subject.events,
            seconds: subject.rounds[subject.rounds.len() / 2],
        }
    });
    measured.collect()
}

/// A run of the program with so many replications.
fn program(folder: &Path, world: &str, replications: u32) -> Box<dyn FnMut()> {
    let (scenario, result) = (folder.join("week.toml"), folder.join("result"));
    std::fs::write(&scenario, world).unwrap_or_else(|error| panic!("{}: {error}", scenario.display()));
    Box::new(move || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rafah"));
        command.args([
            "run",
            "-j",
            "1",
            "--tables",
            "replications,stages",
            "--no-charts",
            "--quiet",
            "--force",
        ]);
        command.args(["-n", &replications.to_string(), "-o"]).args([&result, &scenario]);
        assert!(command.status().is_ok_and(|status| status.success()), "{command:?} failed");
    })
}

fn time(seconds: f64) -> String {
    match seconds {
        s if s < 1e-3 => format!("{:.0} µs", s * 1e6),
        s if s < 1.0 => format!("{:.1} ms", s * 1e3),
        s => format!("{s:.2} s"),
    }
}

fn table(measured: &[(&Axis, Vec<Measured>)]) -> String {
    let mut text = "| what grows | to | events | time | ns an event |\n|---|---:|---:|---:|---:|\n".to_owned();
    for (axis, sizes) in measured {
        for m in sizes {
            let (size, events) = (grouped(f64::from(m.size), 0), grouped(m.events, 0));
            let (time, ns) = (time(m.seconds), grouped(m.ns_per_event(), 0));
            let _ = writeln!(text, "| {} | {size} | {events} | {time} | {ns} |", axis.name);
        }
    }
    text
}

/// Puts a text between the markers `scaling` of the page.
fn put(text: &str) {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/performance.md");
    let (begin, end) = ("<!-- begin scaling -->\n", "<!-- end scaling -->");
    let old = std::fs::read_to_string(&page).unwrap_or_else(|error| panic!("{}: {error}", page.display()));
    let parts = old
        .split_once(begin)
        .and_then(|(before, rest)| Some((before, rest.split_once(end)?.1)));
    let (before, after) = parts.unwrap_or_else(|| panic!("{} lacks {begin} or {end}", page.display()));
    let new = format!("{before}{begin}\n{text}\n{end}{after}");
    std::fs::write(&page, new).unwrap_or_else(|error| panic!("{}: {error}", page.display()));
}

fn main() {
    let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("no temporary folder: {error}"));
    let measured: Vec<(&Axis, Vec<Measured>)> = AXES.iter().map(|axis| (axis, measure(axis, folder.path()))).collect();
    let text = table(&measured);
    print!("{text}");
    if std::env::args().any(|argument| argument == "--write") {
        put(&text);
        let image = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/images/scaling.svg");
        let drawn = rafah::figure::svg(&chart::scene(&measured));
        std::fs::write(&image, drawn).unwrap_or_else(|error| panic!("{}: {error}", image.display()));
    }
}
