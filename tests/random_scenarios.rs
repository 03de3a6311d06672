//! Random scenarios over the whole language: nothing panics, trucks and tonnes are conserved, and a replication depends on nothing
//! but its seed and its number.

mod support;

use std::path::Path;
use std::sync::atomic::AtomicBool;

use proptest::prelude::*;
use rafah::experiment::{Alternative, Csv, Experiment, Formats, Stopping};
use rafah::model::{Plan, Simulation};
use rafah::observe::{Frames, Layout, Recorder};
use rafah::scenario::{End, Scenario};
use rafah::table::Data;
use support::Files;
use support::choices::{Choices, scenario};
use support::idle::Idle;

/// What was written means, or what is wrong with it.
fn read(text: &str) -> Result<Scenario, String> {
    let files = Files([("world.toml", text.to_owned())].into());
    match rafah::scenario::load(Path::new("world.toml"), &[], &files) {
        Ok(loaded) => Ok(loaded.scenario),
        Err(refused) => Err(refused.issues.iter().map(|i| i.message.clone()).collect::<Vec<_>>().join("; ")),
    }
}

/// A column of the rows that a frame of a layout holds.
struct Rows<'a> {
    layout: &'a Layout,
    frames: &'a Frames,
}

impl Rows<'_> {
    fn column(&self, table: &str, column: &str) -> Option<&Data> {
        let place = self.layout.position(table)?;
        let at = self.layout.tables()[place].columns.iter().position(|c| c.name == column)?;
        Some(&self.frames.0[place].columns[at])
    }

    fn sum(&self, table: &str, column: &str) -> f64 {
        let data = self.column(table, column).unwrap_or_else(|| panic!("no {table}.{column}"));
        (0..data.len()).map(|row| data.real(row)).filter(|v| !v.is_nan()).sum()
    }

    /// Every number of every table but signed ones is at least 0.
    fn nothing_is_negative(&self) -> Result<(), String> {
        for (table, frame) in self.layout.tables().iter().zip(&self.frames.0) {
            for (column, data) in table.columns.iter().zip(&frame.columns) {
                let worst = (0..data.len()).map(|row| data.real(row)).fold(0.0, f64::min);
                if worst < 0.0 {
                    return Err(format!("{}.{} is {worst}", table.name, column.name));
                }
            }
        }
        Ok(())
    }

    /// Trucks dispatched have ended or are in the system, in all and by kinds.
    fn ends_and_backlog_make_up_what_was_dispatched(&self) -> Result<(), String> {
        for table in ["replications", "cargo", "organisations"] {
            if self.layout.position(table).is_none() {
                continue;
            }
            let ends: f64 = End::ALL.iter().map(|e| self.sum(table, &format!("{}_trucks", e.name()))).sum();
            let (dispatched, backlog) = (self.sum(table, "dispatched_trucks"), self.sum(table, "backlog_trucks"));
            if (ends + backlog - dispatched).abs() > 0.5 {
                return Err(format!("{table}: {ends} ended and {backlog} there are not {dispatched} dispatched"));
            }
        }
        Ok(())
    }
}

fn replicate(plan: &Plan, layout: &Layout, simulation: &mut Simulation, replication: u32) -> Result<Frames, String> {
    let mut frames = Frames::new(layout);
    // The timeline is that of the first replication only; here none.
    let mut recorder = Recorder::new(plan, layout).with_timeline_of(0);
    simulation.run(5, replication, &mut recorder);
    recorder.write("random", replication, &mut frames).map_err(|e| e.to_string())?;
    Ok(frames)
}

/// All tables as text: empty numbers are NaN, which equal nothing.
fn told(frames: &Frames) -> String {
    format!("{frames:?}")
}

fn holds(text: &str) -> Result<(), String> {
    let Ok(scenario) = read(text) else { return Ok(()) };
    let plan = Plan::compile(&scenario);
    let layout = Layout::new(&[&plan], None)?;
    let mut one = Simulation::new(&plan);
    let first = replicate(&plan, &layout, &mut one, 1)?;
    let second = replicate(&plan, &layout, &mut one, 2)?;
    for frames in [&first, &second] {
        let rows = Rows { layout: &layout, frames };
        rows.nothing_is_negative()?;
        if scenario.horizon.warm_up.0 == 0 {
            rows.ends_and_backlog_make_up_what_was_dispatched()?;
        }
    }
    let mut idle = Idle::new(&scenario);
    one.run(5, 1, &mut idle);
    if let Some(fault) = idle.fault {
        return Err(fault);
    }
    let alone = replicate(&plan, &layout, &mut Simulation::new(&plan), 2)?;
    if told(&second) != told(&alone) {
        return Err("a replication depends on the one before it".to_owned());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, max_shrink_iters: 4000, ..ProptestConfig::default() })]

    #[test]
    fn any_scenario_conserves_trucks_and_repeats(numbers in prop::collection::vec(any::<u16>(), 400)) {
        let text = scenario(&mut Choices::new(&numbers));
        if let Err(message) = holds(&text) {
            prop_assert!(false, "{message}\n{text}");
        }
    }
}

/// Numbers without a pattern that matters, the same on every machine.
fn numbers(i: u16) -> Vec<u16> {
    let mut state = u64::from(i) * 2 + 1;
    let mut next = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as u16
    };
    (0..400).map(|_| next()).collect()
}

#[test]
fn most_of_the_random_scenarios_mean_something() {
    let refused: Vec<String> = (0..300_u16)
        .filter_map(|i| {
            let numbers: Vec<u16> = (0..400_u32)
                .map(|k| (u32::from(i) * 7919 + k * 104_729 + k * k * 31) as u16 ^ (k * 2_654) as u16)
                .collect();
            read(&scenario(&mut Choices::new(&numbers))).err()
        })
        .collect();
    assert!(refused.len() < 60, "{} of 300 were refused: {refused:#?}", refused.len());
}

/// All tables of a scenario, by so many threads.
fn tables(text: &str, jobs: usize) -> Vec<(String, Vec<u8>)> {
    let folder = tempfile::tempdir().expect("a folder");
    let experiment = Experiment {
        alternatives: vec![Alternative {
            name: "random".to_owned(),
            title: String::new(),
            plan: Plan::compile(&read(text).expect("a scenario")),
            resolved: text.to_owned(),
            hash: "0".to_owned(),
        }],
        seed: 5,
        stopping: Stopping::Fixed(6),
        confidence: 0.95,
        jobs: Some(jobs),
        tables: None,
        formats: Formats {
            parquet: false,
            csv: Csv::Every,
        },
        output: folder.path().join("out"),
        force: false,
        question: None,
        study: None,
        closure_price: None,
        command_line: Vec::new(),
    };
    rafah::experiment::run(&experiment, &(), &AtomicBool::new(false)).expect("a result");
    let files = std::fs::read_dir(&experiment.output)
        .expect("a folder")
        .map(|e| e.expect("an entry").path());
    let mut tables: Vec<(String, Vec<u8>)> = files
        .filter(|path| path.extension().is_some_and(|e| e == "csv"))
        .map(|path| {
            (
                path.file_name().expect("a name").to_string_lossy().into_owned(),
                std::fs::read(&path).expect("a file"),
            )
        })
        .collect();
    tables.sort();
    tables
}

#[test]
fn tables_do_not_depend_on_the_number_of_threads() {
    let texts = (0..40).map(|i| scenario(&mut Choices::new(&numbers(i))));
    let mut seen = 0;
    for text in texts.filter(|text| read(text).is_ok()).take(8) {
        let one = tables(&text, 1);
        assert!(one.len() > 5);
        assert!(one == tables(&text, 2), "{text}");
        seen += 1;
    }
    assert_eq!(seen, 8);
}
